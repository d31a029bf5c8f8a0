//! What a study found, as sentences, figures, tables and charts; how it is shown is elsewhere.

use crate::chart::Chart;
use mining::Text;

/// How a sentence is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A finding.
    Plain,
    /// To beware of.
    Warning,
    /// Why nothing is said, or nothing more.
    Refusal,
    /// What would help, or what to do.
    Advice,
}

impl Tone {
    /// Stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "finding",
            Self::Warning => "warning",
            Self::Refusal => "refusal",
            Self::Advice => "advice",
        }
    }
}

/// One sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// How it is meant.
    pub tone: Tone,
    /// The words.
    pub text: Text,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text of the data, the same in every language.
    Raw(String),
    /// Text of ours.
    Words(Text),
    /// A number.
    Number(f64),
    /// A share of 1, shown in percent.
    Share(f64),
    /// A whole number.
    Count(usize),
    /// A day since 1970-01-01.
    Day(f64),
    /// Nothing.
    None,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Stable name, for JSON and CSV.
    pub key: String,
    /// The name people see.
    pub label: Text,
}

/// A table of findings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Stable name.
    pub key: &'static str,
    /// What it shows.
    pub title: Text,
    /// Its columns.
    pub headings: Vec<Heading>,
    /// Its rows, each as long as the headings, the most important first.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// A table without rows; `headings` are key, English and Chinese.
    #[must_use]
    pub fn new(key: &'static str, title: Text, headings: &[(&str, &str, &str)]) -> Self {
        let headings = headings
            .iter()
            .map(|(key, en, zh)| Heading { key: (*key).to_owned(), label: Text::new(*en, *zh) })
            .collect();
        Self { key, title, headings, rows: Vec::new() }
    }

    /// Adds a column of the data; its key differs from all others.
    pub fn heading(&mut self, name: &str) {
        let mut key = name.to_owned();
        while self.headings.iter().any(|h| h.key == key) {
            key.push('_');
        }
        self.headings.push(Heading { key, label: Text::new(name, name) });
    }
}

/// One number that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stable name.
    pub key: &'static str,
    /// What it is.
    pub label: Text,
    /// How much.
    pub value: Value,
}

/// All that a study found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Stable name of the study.
    pub study: String,
    /// Its title.
    pub title: Text,
    /// Name of the data.
    pub source: String,
    /// Rows read.
    pub rows: usize,
    /// The stable code of the refusal when nothing is published.
    pub refused: Option<String>,
    /// The findings, most important first.
    pub sentences: Vec<Sentence>,
    /// The numbers that matter.
    pub figures: Vec<Figure>,
    /// Pictures.
    pub charts: Vec<Chart>,
    /// Tables; the list that is acted on is called by [`Report::list`].
    pub tables: Vec<Table>,
    /// Key of the table that goes into the CSV file.
    pub list: &'static str,
    /// Where the findings come from and how good they are, line by line.
    pub card: Vec<Figure>,
}

impl Report {
    /// Adds a sentence.
    pub fn say(&mut self, tone: Tone, text: Text) {
        self.sentences.push(Sentence { tone, text });
    }

    /// Adds a finding.
    pub fn finding(&mut self, en: impl Into<String>, zh: impl Into<String>) {
        self.say(Tone::Plain, Text::new(en, zh));
    }

    /// Adds a warning.
    pub fn warning(&mut self, en: impl Into<String>, zh: impl Into<String>) {
        self.say(Tone::Warning, Text::new(en, zh));
    }

    /// Adds advice.
    pub fn advice(&mut self, en: impl Into<String>, zh: impl Into<String>) {
        self.say(Tone::Advice, Text::new(en, zh));
    }

    /// Adds a number that matters.
    pub fn figure(&mut self, key: &'static str, label: Text, value: Value) {
        self.figures.push(Figure { key, label, value });
    }

    /// Adds a line to the card.
    pub fn on_card(&mut self, key: &'static str, label: Text, value: Value) {
        self.card.push(Figure { key, label, value });
    }

    /// The table that goes into the CSV file.
    #[must_use]
    pub fn list_table(&self) -> Option<&Table> {
        self.tables.iter().find(|t| t.key == self.list).or_else(|| self.tables.first())
    }
}
