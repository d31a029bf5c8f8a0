//! The words of every problem, in both languages. Codes are stable; words may be improved.

use crate::label::Language;

/// Every code with its words in English and Chinese; `{name}` is a parameter.
pub const CODES: &[(&str, &str, &str)] = &[
    ("any_link_expected", "Give the object and the id of a record.", "请给出对象名和记录编号。"),
    ("authentication", "Please sign in.", "请先登录。"),
    ("backup_damaged", "The backup is damaged: {detail}", "备份文件已损坏：{detail}"),
    (
        "backup_newer",
        "The backup was made by a newer program ({program}); use that one.",
        "该备份由较新版本的程序（{program}）生成，请使用该版本恢复。",
    ),
    ("bad_json", "The body is not valid JSON: {detail}", "请求内容不是有效的 JSON：{detail}"),
    (
        "body_slow",
        "The request did not arrive in time. Check the connection and try again.",
        "请求内容未能及时到达，请检查网络后重试。",
    ),
    ("by_command", "This state is reached by its command only.", "此状态只能通过相应操作达到。"),
    ("card_missing", "This is no part of a card.", "此内容不属于任何名片。"),
    ("card_unclosed", "The card is not closed by END:VCARD.", "名片缺少结尾 END:VCARD。"),
    (
        "cell_error",
        "Column {column} holds the spreadsheet's error {value}.",
        "第 {column} 列含有表格错误值 {value}。",
    ),
    (
        "cell_too_long",
        "Column {column} has more than {chars_max} characters.",
        "第 {column} 列超过 {chars_max} 个字符。",
    ),
    ("cell_unreadable", "Column {column} cannot be read.", "第 {column} 列无法读取。"),
    ("choice_expected", "Choose one of the options.", "请选择一个选项。"),
    (
        "choice_similar",
        "“{value}” is no option. Did you mean “{similar}”?",
        "没有选项“{value}”，您是指“{similar}”吗？",
    ),
    ("choice_unknown", "“{value}” is no option.", "没有选项“{value}”。"),
    (
        "code_required",
        "Give the code of your authenticator app, or a recovery code.",
        "请输入验证器中的动态验证码，或恢复码。",
    ),
    (
        "code_wrong",
        "The code is not right, or was used already. Wait for the next one.",
        "验证码不正确或已使用，请等待下一个验证码。",
    ),
    ("column_unknown", "The file has no column “{column}”.", "文件中没有“{column}”列。"),
    (
        "command_unavailable",
        "“{command}” cannot be done in the record's present state.",
        "记录当前状态下不能执行“{command}”。",
    ),
    (
        "conflict",
        "Somebody changed this at the same time. Please try again.",
        "有人同时修改了此内容，请重试。",
    ),
    ("csrf", "The page is out of date. Reload it and try again.", "页面已过期，请刷新后重试。"),
    ("currency", "This firm keeps its books in {currency}.", "本公司以 {currency} 记账。"),
    ("cursor", "The page mark is not one this list gave.", "分页标记无效。"),
    (
        "damaged",
        "The database is damaged. Whoever runs the program should restore a backup.",
        "数据库已损坏，请联系管理员恢复备份。",
    ),
    ("date_expected", "Give a date such as 2026-11-23.", "请填写日期，例如 2026-11-23。"),
    (
        "date_format",
        "“{value}” is no date; write it as 2026-11-23.",
        "“{value}”不是日期，请写成 2026-11-23。",
    ),
    (
        "date_pattern",
        "“{value}” is no date of the form {pattern}.",
        "“{value}”不符合日期格式 {pattern}。",
    ),
    (
        "date_pattern_invalid",
        "“{pattern}” is no date pattern; write it like yyyy-mm-dd hh:mm.",
        "“{pattern}”不是有效的日期格式，请参照 yyyy-mm-dd hh:mm。",
    ),
    ("day_early", "This day cannot be before the one it follows.", "该日期不能早于其对应的日期。"),
    (
        "disk_failed",
        "The disk failed; nothing was changed. Whoever runs the program should look at it.",
        "磁盘出现故障，未作任何更改，请联系管理员检查。",
    ),
    (
        "disk_full",
        "The disk is full; nothing was changed. Reading goes on.",
        "磁盘已满，未作任何更改；仍可读取。",
    ),
    (
        "duplicate",
        "“{name}” seems to be here already. Choose it, or make a new one even so.",
        "“{name}”似乎已存在。请选择已有记录，或确认仍要新建。",
    ),
    (
        "duplicate_person",
        "“{name}”, with the same e-mail or phone, is known already. Choose where, or make a new one even so.",
        "邮箱或电话相同的“{name}”已存在。请选择其所属记录，或确认仍要新建。",
    ),
    ("duration_format", "Give a length of time in seconds.", "请以秒为单位填写时长。"),
    ("email_format", "“{value}” is no e-mail address.", "“{value}”不是有效的邮箱地址。"),
    ("field_twice", "Two columns go into “{field}”.", "有两列对应到“{field}”。"),
    ("file_empty", "The file is empty.", "文件为空。"),
    ("file_encoding_unknown", "There is no encoding “{name}”.", "没有编码“{name}”。"),
    ("file_encrypted", "The file is protected by a password.", "文件受密码保护。"),
    (
        "file_entry_outside",
        "The file is not safe to open: {entry}",
        "文件不安全，无法打开：{entry}",
    ),
    (
        "file_header_too_long",
        "The first line is longer than {bytes_max} bytes.",
        "首行超过 {bytes_max} 字节。",
    ),
    ("file_kind", "Files of this kind are not read here: {detail}", "不支持读取此类文件：{detail}"),
    (
        "file_kind_unknown",
        "Files of this kind ({found}) cannot be imported. CSV, XLSX, vCard and JSON lines can.",
        "不支持导入此类文件（{found}），请使用 CSV、XLSX、vCard 或 JSON 行。",
    ),
    ("file_large", "The file is larger than {max} bytes.", "文件超过 {max} 字节。"),
    (
        "file_packed_too_tight",
        "{entry} is packed more than {ratio_max} times.",
        "{entry} 的压缩比超过 {ratio_max} 倍。",
    ),
    ("file_packing_damaged", "The packed data are damaged.", "压缩数据已损坏。"),
    ("file_sheet_unknown", "There is no sheet “{name}”.", "没有工作表“{name}”。"),
    ("file_too_large", "The file is larger than {bytes_max} bytes.", "文件超过 {bytes_max} 字节。"),
    (
        "file_too_many_columns",
        "The file has more than {columns_max} columns.",
        "文件超过 {columns_max} 列。",
    ),
    (
        "file_too_many_entries",
        "The file has more than {entries_max} parts.",
        "文件内部条目超过 {entries_max} 个。",
    ),
    (
        "file_unpacked_too_large",
        "Unpacked, the file is larger than {bytes_max} bytes.",
        "解压后文件超过 {bytes_max} 字节。",
    ),
    ("file_unreadable", "The file cannot be read: {detail}", "无法读取文件：{detail}"),
    ("file_workbook_invalid", "The workbook cannot be read: {reason}", "无法读取工作簿：{reason}"),
    ("filter_json", "The filter is not valid JSON.", "筛选条件不是有效的 JSON。"),
    (
        "filter_large",
        "The filter has more than {max} conditions or is nested too deeply.",
        "筛选条件超过 {max} 个或嵌套过深。",
    ),
    (
        "filter_shape",
        "A filter is {\"and\":[…]}, {\"or\":[…]}, {\"not\":…}, {\"search\":…} or {\"field\",\"op\",\"value\"}.",
        "筛选条件的形式为 {\"and\":[…]}、{\"or\":[…]}、{\"not\":…}、{\"search\":…} 或 {\"field\",\"op\",\"value\"}。",
    ),
    (
        "finished",
        "The record is finished; this is kept as it is.",
        "该记录已完结，此项不能再修改。",
    ),
    ("forbidden", "You do not have the right to do this.", "您没有执行此操作的权限。"),
    (
        "idempotency_mismatch",
        "This key was used for another request.",
        "此幂等键已用于另一个请求。",
    ),
    (
        "import_forbidden",
        "You do not have the right to import records of “{object}” in this way.",
        "您没有以此方式导入“{object}”的权限。",
    ),
    (
        "import_state",
        "This cannot be done in the import's present state.",
        "导入当前状态下不能执行此操作。",
    ),
    (
        "instant_expected",
        "Give a moment such as 2026-11-23T08:00:00Z.",
        "请填写时间，例如 2026-11-23T08:00:00Z。",
    ),
    (
        "instant_format",
        "“{value}” is no moment; write it as 2026-11-23T08:00:00Z.",
        "“{value}”不是有效时间，请写成 2026-11-23T08:00:00Z。",
    ),
    (
        "internal",
        "Something went wrong on our side. The request's number is {request_id}.",
        "系统内部出错，请求编号 {request_id}。",
    ),
    ("invalid", "Some fields need another look.", "部分字段需要修改。"),
    (
        "invalid_text",
        "Column {column} has bytes that are no text in the file's encoding.",
        "第 {column} 列含有不符合文件编码的字节。",
    ),
    ("json_invalid", "This is no JSON object: {reason}", "不是有效的 JSON 对象：{reason}"),
    (
        "json_nested",
        "Column {column} holds a nested value, which a table cannot hold.",
        "第 {column} 列含有嵌套的值，无法作为表格处理。",
    ),
    (
        "last_administrator",
        "A firm needs at least one active administrator.",
        "公司至少需要一名有效的管理员。",
    ),
    ("limit_range", "Give a number from 1 to {max}.", "请填写 1 到 {max} 之间的数字。"),
    ("line_too_long", "The row is longer than {bytes_max} bytes.", "该行超过 {bytes_max} 字节。"),
    (
        "link_ambiguous",
        "There is more than one {object} “{value}”.",
        "有多个名为“{value}”的{object}。",
    ),
    ("link_expected", "Give the id of a record.", "请给出记录编号。"),
    (
        "link_unknown",
        "There is no such {object}, or you cannot see it.",
        "{object}不存在，或您无权查看。",
    ),
    ("link_missing", "There is no {object} “{value}”.", "没有名为“{value}”的{object}。"),
    (
        "link_similar",
        "There is no {object} “{value}”. Did you mean “{similar}”?",
        "没有名为“{value}”的{object}，您是指“{similar}”吗？",
    ),
    ("links_expected", "Give a list of record ids.", "请给出记录编号的列表。"),
    ("list_expected", "Give a list of values.", "请给出一组值。"),
    ("loop", "This would make a circle.", "这会形成循环。"),
    ("mapping", "The mapping is not right: {detail}", "字段映射有误：{detail}"),
    (
        "match_expected",
        "Say by which fields existing records are found.",
        "请指定用哪些字段匹配已有记录。",
    ),
    (
        "match_missing",
        "There is no {object} “{value}” to change.",
        "没有可更新的{object}“{value}”。",
    ),
    (
        "match_unmapped",
        "Records are to be found by “{field}”, but no column goes there.",
        "需要用“{field}”匹配记录，但没有列对应到该字段。",
    ),
    ("method", "This address does not take {method}.", "此地址不支持 {method}。"),
    ("not_aggregatable", "“{field}” cannot be summed up.", "“{field}”不能汇总。"),
    ("not_found", "There is no such record, or you cannot see it.", "记录不存在，或您无权查看。"),
    ("not_groupable", "“{field}” cannot be grouped by.", "不能按“{field}”分组。"),
    ("not_sortable", "“{field}” cannot be sorted by.", "不能按“{field}”排序。"),
    ("nul", "Column {column} has a NUL character.", "第 {column} 列含有 NUL 字符。"),
    ("number_digits", "At most {scale} digits after the point.", "小数点后最多 {scale} 位。"),
    ("number_expected", "Give a number.", "请填写数字。"),
    ("number_format", "“{value}” is no number.", "“{value}”不是数字。"),
    ("number_large", "At most {max}.", "不能超过 {max}。"),
    ("number_max", "At most {max}.", "不能大于 {max}。"),
    ("number_min", "At least {min}.", "不能小于 {min}。"),
    (
        "number_out_of_range",
        "Column {column} has a number out of range.",
        "第 {column} 列的数字超出范围。",
    ),
    ("object_expected", "Give a JSON object.", "请给出 JSON 对象。"),
    ("object_unknown", "There is no object “{object}”.", "没有对象“{object}”。"),
    ("operator", "“{operator}” does not go with this field.", "此字段不支持运算符“{operator}”。"),
    ("passkey_refused", "The passkey was not accepted.", "通行密钥验证未通过。"),
    (
        "passkey_unavailable",
        "Passkeys need the address of this firm to be a name, such as crm.example.com, and a secure connection.",
        "使用通行密钥需要通过域名（如 crm.example.com）和安全连接访问。",
    ),
    ("password_common", "This password is too easy to guess.", "密码过于简单。"),
    ("password_short", "Use at least {min} characters.", "密码至少 {min} 个字符。"),
    ("password_wrong", "The password is not right.", "密码不正确。"),
    ("path_deep", "At most {max} links in one path.", "一个路径最多经过 {max} 个关联。"),
    ("period_backwards", "The end cannot be before the beginning.", "结束日期不能早于开始日期。"),
    (
        "period_unknown",
        "“{value}” is no period; try this_month or last_30_days.",
        "“{value}”不是有效时段，例如 this_month 或 last_30_days。",
    ),
    ("phone_format", "“{value}” is no phone number.", "“{value}”不是有效的电话号码。"),
    (
        "quote_stray",
        "Column {column} has text after its closing quote.",
        "第 {column} 列的引号之后还有文字。",
    ),
    ("quote_unclosed", "A quoted cell is never closed.", "有引号未闭合。"),
    ("range_expected", "Give the two ends of the range.", "请给出范围的两端。"),
    (
        "rate_limited",
        "Too many requests. Try again in {seconds} seconds.",
        "请求过于频繁，请 {seconds} 秒后重试。",
    ),
    (
        "place_taken",
        "“{place}” is not empty; a backup is restored into an empty place only.",
        "“{place}”不为空；备份只能恢复到空的位置。",
    ),
    ("read_only", "This field is filled by the system.", "此字段由系统填写。"),
    ("reason", "Reason", "原因"),
    ("required", "This is needed.", "此项必填。"),
    ("return_quantity", "A return's quantities are below zero.", "退货单的数量应为负数。"),
    (
        "row_long",
        "{found} cells where {expected} were expected.",
        "有 {found} 个单元格，应为 {expected} 个。",
    ),
    (
        "row_short",
        "{found} cells instead of the {expected} expected.",
        "只有 {found} 个单元格，应为 {expected} 个。",
    ),
    ("same_record", "Choose another record than this one.", "不能选择同一条记录。"),
    ("scope", "The API key does not allow this.", "该 API 密钥不允许此操作。"),
    (
        "see_as_read_only",
        "You see this as another user: nothing can be changed.",
        "您正在以他人身份查看，不能进行修改。",
    ),
    ("setup_done", "This workspace is set up already.", "此工作区已完成初始设置。"),
    (
        "setup_token",
        "The set-up link is not right; the server printed it when it first started.",
        "设置链接无效；服务器首次启动时已打印正确链接。",
    ),
    ("sign_in_failed", "E-mail or password is not right.", "邮箱或密码不正确。"),
    ("step_elsewhere", "This step belongs to another process.", "该步骤属于另一条流程。"),
    ("step_needs", "The step “{step}” needs this.", "进入“{step}”需要填写此项。"),
    (
        "stale_version",
        "Somebody changed this record while you were editing.",
        "您编辑期间，有人修改了此记录。",
    ),
    ("status_step", "This status cannot follow the present one.", "当前状态不能改为该状态。"),
    ("step_missing", "There is no step of this kind. Add one first.", "没有此类步骤，请先添加。"),
    ("text_control", "Control characters are not taken.", "不能包含控制字符。"),
    ("text_expected", "Give a text.", "请填写文本。"),
    ("text_long", "At most {max} characters.", "最多 {max} 个字符。"),
    (
        "ticket_invalid",
        "The link is no longer good. Ask for a new one.",
        "链接已失效，请重新获取。",
    ),
    (
        "time_zone",
        "“{value}” is no time zone, such as Asia/Shanghai.",
        "“{value}”不是有效时区，例如 Asia/Shanghai。",
    ),
    (
        "timeout",
        "This took too long and was stopped. Narrow it down and try again.",
        "操作超时已停止，请缩小范围后重试。",
    ),
    ("too_large", "The request is larger than {max} bytes.", "请求超过 {max} 字节。"),
    ("too_many", "At most {max}.", "最多 {max} 个。"),
    (
        "too_many_attempts",
        "Too many attempts. Try again in {seconds} seconds.",
        "尝试次数过多，请 {seconds} 秒后重试。",
    ),
    ("too_many_columns", "More than {columns_max} columns.", "超过 {columns_max} 列。"),
    (
        "unavailable",
        "The data cannot be reached at the moment. Try again shortly.",
        "暂时无法访问数据，请稍后重试。",
    ),
    (
        "undo_changed",
        "Somebody changed this record since; it was left as it is.",
        "此记录之后又被修改，已保持原样。",
    ),
    (
        "undo_left",
        "{count} records were changed since and were left as they are.",
        "有 {count} 条记录之后又被修改，已保持原样。",
    ),
    ("unique", "Another {object} has this already.", "已有{object}使用此值。"),
    ("unknown_field", "{object} has no field “{field}”.", "{object}没有字段“{field}”。"),
    ("url_format", "“{value}” is no web address.", "“{value}”不是有效的网址。"),
    ("uscc", "The check digit of this credit code is not right.", "统一社会信用代码校验位不正确。"),
    ("value_expected", "Give a value.", "请填写值。"),
    (
        "version_required",
        "Say which version you change: If-Match or version.",
        "请用 If-Match 或 version 说明修改的版本。",
    ),
    ("yes_no_expected", "Give yes or no.", "请填写是或否。"),
];

/// The words of `code` in `language` with its parameters put in; the code itself when it is unknown.
pub fn render(code: &str, params: &[(&'static str, String)], language: Language) -> String {
    let found = CODES.iter().chain(crate::formula::MESSAGES).find(|(known, _, _)| *known == code);
    let Some((_, en, zh)) = found else { return code.to_owned() };
    let mut words = match language {
        Language::En => (*en).to_owned(),
        Language::Zh => (*zh).to_owned(),
    };
    for (name, value) in params {
        words = words.replace(&format!("{{{name}}}"), value);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_enough_to_be_unique_and_complete() {
        for (index, (code, en, zh)) in CODES.iter().enumerate() {
            assert!(!en.is_empty() && !zh.is_empty(), "{code} lacks a language");
            assert!(
                CODES.iter().skip(index + 1).all(|(other, _, _)| other != code),
                "{code} twice"
            );
            let params = |text: &str| text.matches('{').count();
            assert_eq!(params(en), params(zh), "{code}: the languages differ in parameters");
        }
    }
}
