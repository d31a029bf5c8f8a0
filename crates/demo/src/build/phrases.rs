//! Subjects and texts of activities and tasks in both languages.

use crate::Language;
use crate::lists::rows;

/// A phrase: its kind, and subject and text in Chinese and English. Tasks have no text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    /// The activity's kind, or what a sign or task is for.
    pub kind: &'static str,
    subject: (&'static str, &'static str),
    text: (&'static str, &'static str),
}

/// Everything that is said.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// Ordinary phrases first, then the signs of leaving: the index in `Activity::phrase`.
    pub activities: Vec<Phrase>,
    pub tasks: Vec<Phrase>,
    /// What leads ask for.
    pub leads: Vec<Phrase>,
}

impl Phrase {
    /// The subject with names filled in.
    pub fn subject(&self, language: Language, product: &str, rival: &str) -> String {
        fill(language.of(self.subject.0, self.subject.1), product, rival)
    }

    /// The text with names filled in.
    pub fn text(&self, language: Language, product: &str, rival: &str) -> String {
        fill(language.of(self.text.0, self.text.1), product, rival)
    }
}

fn fill(text: &str, product: &str, rival: &str) -> String {
    text.replace("{product}", product).replace("{competitor}", rival)
}

fn five(r: &[&'static str]) -> Phrase {
    Phrase { kind: r[0], subject: (r[1], r[2]), text: (r[3], r[4]) }
}

/// Reads the lists.
pub(crate) fn phrases() -> Phrases {
    let subjects = rows(include_str!("../data/subjects.tsv"));
    let signs = rows(include_str!("../data/signs.tsv"));
    Phrases {
        activities: subjects.chain(signs).map(|r| five(&r)).collect(),
        tasks: rows(include_str!("../data/tasks.tsv"))
            .map(|r| Phrase { kind: r[0], subject: (r[1], r[2]), text: ("", "") })
            .collect(),
        leads: rows(include_str!("../data/lead_texts.tsv"))
            .map(|r| Phrase { kind: "lead", subject: (r[0], r[1]), text: (r[0], r[1]) })
            .collect(),
    }
}

/// Indexes of the phrases of one kind.
pub(crate) fn of_kind(phrases: &[Phrase], kind: &str) -> Vec<usize> {
    (0..phrases.len()).filter(|index| phrases[*index].kind == kind).collect()
}
