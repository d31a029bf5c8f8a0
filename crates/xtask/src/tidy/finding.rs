//! One broken rule at one place, with what to do about it.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warning,
}

/// Sorted by place, as a reader goes through them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub rule: &'static str,
    pub level: Level,
    pub advice: String,
}

impl Finding {
    pub fn error(path: &str, line: usize, rule: &'static str, advice: String) -> Finding {
        Finding { path: path.to_owned(), line, rule, level: Level::Error, advice }
    }

    pub fn warning(path: &str, line: usize, rule: &'static str, advice: String) -> Finding {
        Finding { level: Level::Warning, ..Finding::error(path, line, rule, advice) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.level == Level::Warning { "warning, " } else { "" };
        write!(out, "{}:{}: {mark}{}: {}", self.path, self.line, self.rule, self.advice)
    }
}
