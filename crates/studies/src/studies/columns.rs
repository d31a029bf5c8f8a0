//! The columns of a sheet as numbers and categories for models, and which of them are left out.

use super::Input;
use crate::refusal::{Refusal, Result};
use crate::report::Report;
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{Sheet, TextColumn, day_text, days, number, numbers};
use mining::predict::Suspicion;
use mining::{Column, Frame, Text};

pub(super) const OUTCOME: &[Setting] = &[
    setting("outcome", Kind::Column, "column of what became of it", "结果列"),
    setting("yes", Kind::Text, "text of the outcome that counts as yes", "视为“是”的取值"),
    setting(
        "no",
        Kind::Text,
        "text that counts as no; rows with any other text are left out",
        "视为“否”的取值；其余取值的行不采用",
    ),
    setting("without", Kind::Columns, "columns to leave out", "不使用的列"),
    setting("only", Kind::Columns, "columns to use, and no others", "仅使用的列"),
];

/// How many texts of an outcome are named in a refusal.
const NAMED_MAX: usize = 10;

/// Stands between the name of a date column and the day its days are counted back from.
const DAYS_BEFORE: &str = ", days before ";

/// The column of the sheet that a model's column was made from.
fn source<'a>(sheet: &'a Sheet, name: &str) -> Option<&'a TextColumn> {
    let same = sheet.columns.iter().find(|c| c.name == name);
    same.or_else(|| {
        let dated = |c: &&TextColumn| {
            name.strip_prefix(c.name.as_str()).is_some_and(|rest| rest.starts_with(DAYS_BEFORE))
        };
        sheet.columns.iter().find(dated)
    })
}

/// The model's columns that are made from those confirmed as known before the outcome.
///
/// # Errors
/// A column that does not exist.
pub(super) fn confirmed(input: &Input<'_>, frame: &Frame) -> Result<Vec<String>> {
    let listed = input.listed("confirm")?;
    let is = |name: &str| source(input.sheet, name).is_some_and(|c| listed.contains(&c));
    let names = frame.columns().iter().map(|c| c.name());
    Ok(names.filter(|name| is(name)).map(str::to_owned).collect())
}

/// Says how to leave out or keep the columns under suspicion, by the names they have in the file.
pub(super) fn advise(report: &mut Report, sheet: &Sheet, suspects: &[Suspicion]) {
    if suspects.is_empty() {
        return;
    }
    let name = |s: &Suspicion| {
        let name = source(sheet, &s.column).map_or(s.column.as_str(), |c| c.name.as_str());
        name.replace(',', "\\,")
    };
    let names = suspects.iter().map(name).collect::<Vec<_>>().join(",");
    report.advice(
        format!("--without \"{names}\" leaves them out, --confirm \"{names}\" keeps them"),
        format!("--without \"{names}\" 可排除，--confirm \"{names}\" 可保留"),
    );
}

/// A sheet's column as a model's column, with a note when something had to be decided.
/// `origin` is the day that dates are counted back from.
fn model_column(column: &TextColumn, origin: f64) -> Result<(Column, Vec<Text>)> {
    if let Some((values, note)) = numbers(column) {
        return Ok((Column::numeric(&column.name, values), note.into_iter().collect()));
    }
    if let Some((days, notes)) = days(column) {
        let name = format!("{}{DAYS_BEFORE}{}", column.name, day_text(origin));
        let ago = days.into_iter().map(|d| origin - d).collect();
        return Ok((Column::numeric(name, ago), notes));
    }
    let blank = column.blanks();
    let cells = column
        .codes
        .iter()
        .map(|&c| (!blank[c as usize]).then(|| column.values[c as usize].as_str()));
    Ok((Column::category(&column.name, cells)?, Vec::new()))
}

/// All columns but those in `without`, as a model takes them; with `only` not empty, just those.
/// Columns that number or name the rows are left out and returned by name.
pub(super) fn frame(
    sheet: &Sheet,
    without: &[&str],
    only: &[&str],
    origin: f64,
    report: &mut Report,
) -> Result<(Frame, Vec<String>)> {
    let (mut columns, mut left_out) = (Vec::new(), Vec::new());
    for column in &sheet.columns {
        let name = column.name.as_str();
        if without.contains(&name) || !(only.is_empty() || only.contains(&name)) {
            continue;
        }
        if only.is_empty() && numbers_rows(column) {
            left_out.push(name.to_owned());
            continue;
        }
        let (found, notes) = model_column(column, origin)?;
        notes.into_iter().for_each(|n| report.warning(n.en, n.zh));
        columns.push(found);
    }
    if !left_out.is_empty() {
        let names = left_out.join(", ");
        report.warning(
            format!("left out because they only number or name the rows: {names}"),
            format!("以下列仅为编号或名称，未采用：{names}"),
        );
    }
    Ok((Frame::new(columns)?, left_out))
}

/// The latest day of any date column that is used, from which ages are counted.
pub(super) fn origin(sheet: &Sheet) -> f64 {
    let latest = |c: &TextColumn| -> Option<f64> {
        if numbers(c).is_some() {
            return None;
        }
        Some(days(c)?.0.into_iter().filter(|d| !d.is_nan()).fold(f64::NEG_INFINITY, f64::max))
    };
    sheet.columns.iter().filter_map(latest).fold(f64::NEG_INFINITY, f64::max).floor()
}

/// True for row numbers and keys: whole numbers that never repeat and count up without gaps, or
/// what is called an id and hardly repeats.
fn numbers_rows(column: &TextColumn) -> bool {
    let n = column.codes.len();
    if n < 20 || (column.values.len() as f64) < KEY_SHARE_MIN * n as f64 {
        return false;
    }
    let name = column.name.to_lowercase();
    let id = name == "id"
        || name.ends_with("_id")
        || name.ends_with(" id")
        || column.name.ends_with("ID")
        || column.name.ends_with("Id")
        || ["编号", "序号"].iter().any(|w| name.ends_with(w));
    let Some(values) = column
        .values
        .iter()
        .map(|v| number(v, false).filter(|x| x.fract() == 0.0))
        .collect::<Option<Vec<f64>>>()
    else {
        return id;
    };
    id || (values.len() == n && values.windows(2).all(|w| w[1] == w[0] + 1.0))
}

/// Share of different texts from which a column that is called an id is one.
const KEY_SHARE_MIN: f64 = 0.9;

/// Who had the outcome: one entry per row, `None` where it is not known yet or left out.
pub(super) struct Outcome<'a> {
    pub column: &'a TextColumn,
    pub of_row: Vec<Option<bool>>,
    /// The text that counts as yes.
    pub yes: String,
}

const YES: [&str; 23] = [
    "yes",
    "y",
    "true",
    "t",
    "1",
    "1.0",
    "won",
    "closed won",
    "converted",
    "accepted",
    "attrited",
    "attrited customer",
    "churn",
    "churned",
    "left",
    "lost customer",
    "exited",
    "positive",
    "是",
    "有",
    "已流失",
    "流失",
    "成交",
];
const NO: [&str; 23] = [
    "no",
    "n",
    "false",
    "f",
    "0",
    "0.0",
    "lost",
    "closed lost",
    "not converted",
    "rejected",
    "no churn",
    "not churned",
    "existing",
    "stayed",
    "retained",
    "existing customer",
    "active",
    "negative",
    "否",
    "无",
    "未流失",
    "留存",
    "未成交",
];

/// Reads the outcome. With two texts, the one that says yes in either language counts as yes;
/// blank cells are not known yet.
pub(super) fn outcome<'a>(input: &Input<'a>) -> Result<Outcome<'a>> {
    let column = input.column(Role::Outcome)?;
    let blank = column.blanks();
    let texts: Vec<&str> =
        column.values.iter().zip(&blank).filter(|(_, b)| !**b).map(|(v, _)| v.as_str()).collect();
    let said = |setting: &str| -> Result<Option<&str>> {
        let Some(text) = input.settings.text(setting) else { return Ok(None) };
        let found = texts.iter().find(|t| **t == text);
        let found = found.or_else(|| texts.iter().find(|t| t.eq_ignore_ascii_case(text)));
        found.copied().map(Some).ok_or_else(|| which_is_yes(column, &texts))
    };
    let (yes, no) = (said("yes")?, said("no")?);
    let is = |list: &[&str], t: &str| {
        list.contains(&t.trim_end_matches(['.', '!']).to_lowercase().as_str())
    };
    // Stages: won and lost are decided, all others are still open.
    let only = |list: &[&str]| -> Option<&str> {
        let mut found = texts.iter().filter(|t| is(list, t));
        found.next().copied().filter(|_| found.next().is_none())
    };
    let (yes, no) = match (yes, no, only(&YES), only(&NO)) {
        (None, None, Some(yes), Some(no)) if texts.len() > 2 => (Some(yes), Some(no)),
        _ => (yes, no),
    };
    let yes = match (yes, no, texts.as_slice()) {
        (Some(yes), _, _) => yes,
        (None, Some(no), [a, b]) => {
            if *a == no {
                b
            } else {
                a
            }
        }
        (None, None, [a, b]) => match (is(&YES, a), is(&YES, b), is(&NO, a), is(&NO, b)) {
            (true, false, ..) | (false, false, false, true) => a,
            (false, true, ..) | (false, false, true, false) => b,
            _ => return Err(which_is_yes(column, &texts)),
        },
        (None, None, [one]) => one,
        _ => return Err(which_is_yes(column, &texts)),
    };
    let of_value: Vec<Option<bool>> = column
        .values
        .iter()
        .zip(&blank)
        .map(|(v, &b)| match () {
            () if b => None,
            () if v == yes => Some(true),
            () if no.is_some_and(|n| n != v) => None,
            () => Some(false),
        })
        .collect();
    let of_row = column.codes.iter().map(|&c| of_value[c as usize]).collect();
    Ok(Outcome { column, of_row, yes: yes.to_owned() })
}

fn which_is_yes(column: &TextColumn, texts: &[&str]) -> Refusal {
    let mut named: Vec<&str> = texts.iter().copied().take(NAMED_MAX).collect();
    if texts.len() > NAMED_MAX {
        named.push("…");
    }
    let (name, list) = (&column.name, named.join(", "));
    Refusal {
        code: "study.which_outcome".to_owned(),
        why: Text::new(
            format!("which text of {name} means yes?"),
            format!("{name} 列的哪个取值表示“是”？"),
        ),
        help: Text::new(
            format!(
                "say it with --yes TEXT (and --no TEXT to leave the others out); there are: {list}"
            ),
            format!("请用 --yes 取值 指定（可用 --no 取值 排除其余）；现有取值：{list}"),
        ),
    }
}
