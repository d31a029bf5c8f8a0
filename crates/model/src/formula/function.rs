//! The functions of formulas and how many arguments each takes. Not what they compute, see `calls` and `days`.

/// A function; written `f(x, y)` or `x.f(y)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The least of numbers, texts, dates or instants.
    Min,
    /// The greatest of numbers, texts, dates or instants.
    Max,
    /// A number without its sign.
    Abs,
    /// A number to so many digits after the point (0 when not given), halves away from zero.
    Round,
    /// The greatest whole number not above.
    Floor,
    /// The least whole number not below.
    Ceil,
    /// Characters of a text, elements of a list.
    Size,
    /// Whether a text has another in it, or a list an element.
    Contains,
    /// Whether a text begins with another.
    StartsWith,
    /// Whether a text ends with another.
    EndsWith,
    /// A text in small letters.
    Lower,
    /// A text in capital letters.
    Upper,
    /// A text without white space at its ends.
    Trim,
    /// A text with another text in it wherever a third was.
    Replace,
    /// Texts, numbers, yes/no, dates and instants one after the other as a text; null is empty.
    Concat,
    /// The first value that is not null.
    Coalesce,
    /// Whether a value is null, the empty text or a list without elements.
    IsEmpty,
    /// Today, a date, in the workspace's time zone.
    Today,
    /// This moment, an instant.
    Now,
    /// Days from the first to the second date or instant; below zero when the second is earlier.
    DaysBetween,
    /// A date or instant so many days later, at the same time of day.
    AddDays,
    /// A date or instant so many months later; the month's last day where it has no such day.
    AddMonths,
    /// The year of a date or instant.
    Year,
    /// The month, 1 to 12.
    Month,
    /// The day of the month, 1 to 31.
    Day,
    /// The date written as `2026-11-23`.
    Date,
}

/// Function, name, least and most arguments.
pub(super) const FUNCTIONS: &[(Function, &str, usize, usize)] = &[
    (Function::Min, "min", 1, usize::MAX),
    (Function::Max, "max", 1, usize::MAX),
    (Function::Abs, "abs", 1, 1),
    (Function::Round, "round", 1, 2),
    (Function::Floor, "floor", 1, 1),
    (Function::Ceil, "ceil", 1, 1),
    (Function::Size, "size", 1, 1),
    (Function::Contains, "contains", 2, 2),
    (Function::StartsWith, "startsWith", 2, 2),
    (Function::EndsWith, "endsWith", 2, 2),
    (Function::Lower, "lower", 1, 1),
    (Function::Upper, "upper", 1, 1),
    (Function::Trim, "trim", 1, 1),
    (Function::Replace, "replace", 3, 3),
    (Function::Concat, "concat", 1, usize::MAX),
    (Function::Coalesce, "coalesce", 1, usize::MAX),
    (Function::IsEmpty, "isEmpty", 1, 1),
    (Function::Today, "today", 0, 0),
    (Function::Now, "now", 0, 0),
    (Function::DaysBetween, "daysBetween", 2, 2),
    (Function::AddDays, "addDays", 2, 2),
    (Function::AddMonths, "addMonths", 2, 2),
    (Function::Year, "year", 1, 1),
    (Function::Month, "month", 1, 1),
    (Function::Day, "day", 1, 1),
    (Function::Date, "date", 1, 1),
];

impl Function {
    /// The function called `name`.
    pub fn of(name: &str) -> Option<Function> {
        FUNCTIONS.iter().find(|(_, known, _, _)| *known == name).map(|(function, ..)| *function)
    }

    /// How it is written.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What is wrong with `count` arguments, in the words of a count: `2`, `1–2` or `1+`.
    pub(super) fn miscounted(self, count: usize) -> Option<String> {
        let &(_, _, least, most) = self.row();
        if (least..=most).contains(&count) {
            return None;
        }
        Some(match most {
            usize::MAX => format!("{least}+"),
            _ if least == most => least.to_string(),
            _ => format!("{least}–{most}"),
        })
    }

    fn row(self) -> &'static (Function, &'static str, usize, usize) {
        FUNCTIONS.iter().find(|(function, ..)| *function == self).expect("every function has a row")
    }
}
