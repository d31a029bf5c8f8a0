//! What is wrong with a formula: a code, where, and the words for it in both languages. Not how it was found.

/// A formula that cannot be read, does not fit its fields' types or has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// One of the codes of [`MESSAGES`].
    pub code: &'static str,
    /// Where in the source, in characters from 0.
    pub at: usize,
    /// Named parameters of the message.
    pub params: Vec<(&'static str, String)>,
}

impl FormulaError {
    pub(super) fn new(code: &'static str, at: usize) -> FormulaError {
        FormulaError { code, at, params: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> FormulaError {
        self.params.push((name, value.to_string()));
        self
    }
}

/// What is being computed, for its errors: an operator or function and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) at: usize,
    pub(super) name: &'static str,
}

impl Spot {
    /// The error `code`, with the name of what was being computed.
    pub(super) fn error(self, code: &'static str) -> FormulaError {
        FormulaError::new(code, self.at).with("name", self.name)
    }

    /// Values that do not go with this operator or function.
    pub(super) fn types(self) -> FormulaError {
        self.error("formula_types")
    }
}

/// Every code with its words in English and Chinese; `{name}` is a parameter.
#[rustfmt::skip]
pub const MESSAGES: &[(&str, &str, &str)] = &[
    ("formula_arguments", "“{name}” takes {expected} values in its brackets.", "“{name}”的括号内应有 {expected} 个值。"),
    ("formula_branches", "Both outcomes of “? :” need the same type.", "“? :”的两种结果类型须相同。"),
    ("formula_character", "“{found}” cannot stand here; operators and brackets are half-width, texts are in quotes.", "此处不能使用“{found}”；运算符和括号请用半角，文本请加引号。"),
    ("formula_date", "“{value}” is no date; write it as 2026-11-23.", "“{value}”不是日期，请写成 2026-11-23。"),
    ("formula_date_range", "“{name}” gives a date out of range.", "“{name}”得出的日期超出范围。"),
    ("formula_deep", "At most {max} levels of nesting.", "嵌套最多 {max} 层。"),
    ("formula_empty", "The formula is empty.", "公式为空。"),
    ("formula_end", "The formula ends too early.", "公式不完整。"),
    ("formula_escape", "“{found}” is no escape in a text.", "文本中不能使用转义“{found}”。"),
    ("formula_function", "There is no function “{name}”.", "没有函数“{name}”。"),
    ("formula_large", "At most {max} names, values and operators.", "名称、数值和运算符合计最多 {max} 个。"),
    ("formula_list", "A list can only stand right after “in”.", "列表只能紧跟在“in”之后。"),
    ("formula_long", "At most {max} characters.", "最多 {max} 个字符。"),
    ("formula_name", "There is no field “{name}”.", "没有字段“{name}”。"),
    ("formula_number", "“{found}” is no number of at most 28 digits.", "“{found}”不是 28 位以内的数字。"),
    ("formula_overflow", "“{name}” gives a number that is too large.", "“{name}”得出的数字过大。"),
    ("formula_places", "“{name}” takes 0 to {max} digits after the point.", "“{name}”的小数位数应为 0 到 {max}。"),
    ("formula_text_long", "“{name}” gives a text of more than {max} bytes.", "“{name}”得出的文本超过 {max} 字节。"),
    ("formula_text_open", "The text has no closing quote.", "文本缺少结束引号。"),
    ("formula_types", "“{name}” does not go with values of these types.", "“{name}”不能用于这些类型的值。"),
    ("formula_unexpected", "“{found}” is not expected here.", "此处不应出现“{found}”。"),
    ("formula_whole", "“{name}” needs a whole number.", "“{name}”需要整数。"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_the_codes_in_use_each_in_both_languages() {
        let sources = [
            include_str!("calls.rs"),
            include_str!("check.rs"),
            include_str!("days.rs"),
            include_str!("error.rs").split("pub const MESSAGES").next().unwrap(),
            include_str!("eval.rs"),
            include_str!("numbers.rs"),
            include_str!("parse.rs"),
            include_str!("tokens.rs"),
        ]
        .concat();
        let mut used: Vec<&str> =
            sources.split('"').filter(|s| s.starts_with("formula_")).collect();
        used.sort_unstable();
        used.dedup();
        let codes: Vec<&str> = MESSAGES.iter().map(|(code, ..)| *code).collect();
        assert_eq!(codes, used, "each code in use has words, sorted, once");
        for (code, en, zh) in MESSAGES {
            let params = |words: &str| {
                let mut found: Vec<String> = words
                    .split('{')
                    .skip(1)
                    .map(|rest| rest[..rest.find('}').unwrap()].into())
                    .collect();
                found.sort_unstable();
                found
            };
            assert_eq!(params(en), params(zh), "{code}");
        }
    }
}
