//! Why a study could not be done: one table of refusals with stable codes.

use crate::text::Text;
use std::fmt;

/// A refusal. `code` is stable and is what programs should match on; the text is for people.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields are named in the sentence of their refusal")]
#[non_exhaustive]
pub enum Error {
    /// There is nothing to work on; names what is empty.
    Empty { what: &'static str },
    /// Two inputs that belong together differ in length.
    Length { what: &'static str, expected: usize, found: usize },
    /// A value that must be finite is NaN or infinite.
    NotFinite { what: &'static str, row: usize },
    /// A value lies outside what is possible (a negative count, a date after the snapshot).
    OutOfRange { what: &'static str, row: usize },
    /// All outcomes are the same, so nothing can be told apart.
    OneClass { rows: usize },
    /// Fewer rows (or rows of the rarer outcome) than the study needs.
    TooFew { what: &'static str, have: usize, need: usize },
    /// More than the stated limit.
    TooLarge { what: &'static str, have: usize, max: usize },
    /// An option has a value that makes no sense; says what would.
    Option { name: &'static str, need: &'static str },
    /// A column is missing from the data.
    UnknownColumn { name: String },
    /// Two columns bear one name.
    DuplicateColumn { name: String },
    /// A column is of another kind than the model learnt.
    ColumnKind { name: String, need: &'static str },
    /// No column is usable (all constant, empty or left out).
    NoColumns,
    /// The numbers do not allow a solution (for example a singular matrix).
    Numeric { what: &'static str },
    /// The watcher asked to stop.
    Cancelled,
}

impl Error {
    /// The stable code of this refusal, such as `mining.one_class`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "mining.empty",
            Self::Length { .. } => "mining.length",
            Self::NotFinite { .. } => "mining.not_finite",
            Self::OutOfRange { .. } => "mining.out_of_range",
            Self::OneClass { .. } => "mining.one_class",
            Self::TooFew { .. } => "mining.too_few",
            Self::TooLarge { .. } => "mining.too_large",
            Self::Option { .. } => "mining.option",
            Self::UnknownColumn { .. } => "mining.unknown_column",
            Self::DuplicateColumn { .. } => "mining.duplicate_column",
            Self::ColumnKind { .. } => "mining.column_kind",
            Self::NoColumns => "mining.no_columns",
            Self::Numeric { .. } => "mining.numeric",
            Self::Cancelled => "mining.cancelled",
        }
    }

    /// The refusal as a sentence in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        let zh = match self {
            Self::Empty { what } => format!("没有{}", chinese(what)),
            Self::Length { what, expected, found } => {
                format!("{}：应有 {expected}，实有 {found}", chinese(what))
            }
            Self::NotFinite { what, row } => {
                format!("第 {} 行的{}不是数字", row + 1, chinese(what))
            }
            Self::OutOfRange { what, row } => {
                format!("第 {} 行的{}超出范围", row + 1, chinese(what))
            }
            Self::OneClass { rows } => format!("全部 {rows} 行的结果都相同"),
            Self::TooFew { what, have, need } => {
                format!("{}仅有 {have}，至少需要 {need}", chinese(what))
            }
            Self::TooLarge { what, have, max } => {
                format!("{}有 {have}，最多允许 {max}", chinese(what))
            }
            Self::Option { name, .. } => format!("参数 {name} 取值无效"),
            Self::UnknownColumn { name } => format!("没有名为 {name} 的列"),
            Self::DuplicateColumn { name } => format!("列名 {name} 重复"),
            Self::ColumnKind { name, .. } => format!("列 {name} 的类型不符"),
            Self::NoColumns => "没有可用的列".to_owned(),
            Self::Numeric { what } => format!("{}无解", chinese(what)),
            Self::Cancelled => "已按要求停止".to_owned(),
        };
        Text::new(self.to_string(), zh)
    }
}

/// The Chinese for what a refusal is about; what is not listed stays as it is.
fn chinese(what: &'static str) -> &'static str {
    const WORDS: [(&str, &str); 40] = [
        ("rows", "数据行"),
        ("day", "日期"),
        ("days", "日期"),
        ("orders", "订单"),
        ("order", "订单"),
        ("customers", "客户"),
        ("time", "时间"),
        ("times", "时间"),
        ("periods", "时期"),
        ("class", "类别"),
        ("classes", "类别"),
        ("visits", "阶段记录"),
        ("validation cases", "验证样本"),
        ("usable splits", "可用的划分"),
        ("stage", "阶段"),
        ("probability", "概率"),
        ("positive values", "正数"),
        ("levels of a column", "列的不同取值"),
        ("itemsets", "项集"),
        ("items", "商品"),
        ("item", "商品"),
        ("history", "购买历史"),
        ("groups", "分组"),
        ("encoded columns", "编码后的列"),
        ("different rows", "互不相同的行"),
        ("different dates", "不同的日期"),
        ("customers with two order days", "有两个下单日的客户"),
        ("customers with repeat amounts", "有复购金额的客户"),
        ("customers who came back", "回头客"),
        ("columns", "列"),
        ("baskets", "购物篮"),
        ("a matrix", "矩阵"),
        ("a linear system", "方程组"),
        ("target", "目标值"),
        ("targets", "目标值"),
        ("outcomes", "结果"),
        ("snapshot", "截止日"),
        ("today", "截止日"),
        ("value", "数值"),
        ("attribute", "属性"),
    ];
    WORDS.iter().find(|(en, _)| *en == what).map_or(what, |(_, zh)| zh)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { what } => write!(f, "there are no {what}"),
            Self::Length { what, expected, found } => {
                write!(f, "{what}: {expected} expected, {found} found")
            }
            Self::NotFinite { what, row } => write!(f, "{what} is not a number in row {}", row + 1),
            Self::OutOfRange { what, row } => {
                write!(f, "{what} is out of range in row {}", row + 1)
            }
            Self::OneClass { rows } => write!(f, "all {rows} rows have the same outcome"),
            Self::TooFew { what, have, need } => write!(f, "{have} {what}, but {need} are needed"),
            Self::TooLarge { what, have, max } => {
                write!(f, "{have} {what}, but at most {max} are possible")
            }
            Self::Option { name, need } => write!(f, "{name} must be {need}"),
            Self::UnknownColumn { name } => write!(f, "there is no column {name}"),
            Self::DuplicateColumn { name } => write!(f, "column {name} occurs twice"),
            Self::ColumnKind { name, need } => write!(f, "column {name} must be {need}"),
            Self::NoColumns => write!(f, "no column can be used"),
            Self::Numeric { what } => write!(f, "{what} cannot be solved with these numbers"),
            Self::Cancelled => write!(f, "stopped on request"),
        }
    }
}

impl std::error::Error for Error {}

/// The result of every study.
pub type Result<T> = std::result::Result<T, Error>;

/// `Err` unless both lengths agree.
pub(crate) fn same_length(what: &'static str, expected: usize, found: usize) -> Result<()> {
    if expected == found { Ok(()) } else { Err(Error::Length { what, expected, found }) }
}

/// `Err` at the first value that is NaN or infinite.
pub(crate) fn all_finite(what: &'static str, values: &[f64]) -> Result<()> {
    match values.iter().position(|v| !v.is_finite()) {
        None => Ok(()),
        Some(row) => Err(Error::NotFinite { what, row }),
    }
}
