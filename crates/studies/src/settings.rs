//! What a study can be told, declared once: the command line and forms are made from it.

use crate::refusal::{Refusal, Result};
use mining::Text;
use std::collections::BTreeMap;

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of a column.
    Column,
    /// Names of columns, parted by commas.
    Columns,
    /// A number.
    Number,
    /// A whole number, 0 or more.
    Whole,
    /// Numbers, parted by commas.
    Numbers,
    /// A day, `yyyy-mm-dd`.
    Day,
    /// Any text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Given or not.
    Flag,
}

/// One setting of a study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Its name, as on the command line.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it is for, in English.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
}

/// A setting as a study declares it.
pub(crate) const fn setting(
    name: &'static str,
    kind: Kind,
    en: &'static str,
    zh: &'static str,
) -> Setting {
    Setting { name, kind, en, zh }
}

/// The values given, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings(BTreeMap<String, String>);

impl Settings {
    /// No settings: everything is found out or has its usual value.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// The same with one more set.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// All that are set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The text of a setting.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    /// Whether a flag is set.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|v| v != "false")
    }

    /// Names in a list; a comma in a name is written `\,`.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<String> {
        let mut out = vec![String::new()];
        let mut chars = self.text(name).unwrap_or_default().chars().peekable();
        while let Some(c) = chars.next() {
            let last = out.len() - 1;
            match c {
                '\\' if chars.peek() == Some(&',') => {
                    chars.next();
                    out[last].push(',');
                }
                ',' | '，' => out.push(String::new()),
                c => out[last].push(c),
            }
        }
        out.into_iter().map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect()
    }

    /// A number, if given.
    ///
    /// # Errors
    /// What is no finite number.
    pub fn number(&self, name: &str) -> Result<Option<f64>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let found = text.parse::<f64>().ok().filter(|x| x.is_finite());
        found.map(Some).ok_or_else(|| wrong(name, "a number", "数字"))
    }

    /// A number between two bounds, or its usual value.
    ///
    /// # Errors
    /// What is no number between them.
    pub fn between(&self, name: &str, usual: f64, from: f64, to: f64) -> Result<f64> {
        let found = self.number(name)?.unwrap_or(usual);
        if (from..=to).contains(&found) {
            return Ok(found);
        }
        Err(Refusal::setting(Text::new(
            format!("--{name} must be from {from} to {to}"),
            format!("--{name} 应在 {from} 至 {to} 之间"),
        )))
    }

    /// A whole number between two bounds, or its usual value.
    ///
    /// # Errors
    /// What is no whole number between them.
    pub fn whole(&self, name: &str, usual: usize, from: usize, to: usize) -> Result<usize> {
        let found = self.between(name, usual as f64, from as f64, to as f64)?;
        if found.fract() == 0.0 {
            return Ok(found as usize);
        }
        Err(wrong(name, "a whole number", "整数"))
    }

    /// A list of numbers; empty when not given.
    ///
    /// # Errors
    /// An item that is no finite number.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>> {
        let read = |item: &String| item.parse::<f64>().ok().filter(|x| x.is_finite());
        let found: Option<Vec<f64>> = self.list(name).iter().map(read).collect();
        found.ok_or_else(|| wrong(name, "numbers parted by commas", "以逗号分隔的数字"))
    }

    /// A day as a number of days since 1970-01-01, if given.
    ///
    /// # Errors
    /// What is no day.
    pub fn day(&self, name: &str) -> Result<Option<f64>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let rows = [vec![text.to_owned()]];
        let sheet = crate::Sheet::from_rows(&[name], &rows)?;
        let found = crate::sheet::days(&sheet.columns[0]).map(|(days, _)| days[0]);
        found
            .map(Some)
            .ok_or_else(|| wrong(name, "a day, such as 2026-03-31", "日期，如 2026-03-31"))
    }
}

fn wrong(name: &str, en: &str, zh: &str) -> Refusal {
    Refusal::setting(Text::new(format!("--{name} must be {en}"), format!("--{name} 应为{zh}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_checked() {
        let s = Settings::new()
            .with("list", "a, b\\, c ,,d")
            .with("n", "1.5")
            .with("day", "2024-02-01")
            .with("bad", "x");
        assert_eq!(s.list("list"), ["a", "b, c", "d"]);
        assert_eq!(s.number("n"), Ok(Some(1.5)));
        assert!(s.whole("n", 1, 0, 9).is_err());
        assert_eq!(s.day("day"), Ok(Some(19_754.0)));
        assert!(s.number("bad").is_err() && s.day("bad").is_err());
        assert_eq!(s.between("none", 0.5, 0.0, 1.0), Ok(0.5));
    }
}
