//! A report as plain text for a terminal.

use crate::Language;
use crate::report::{Report, Table, Tone};
use crate::show::{cell, is_number};
use std::fmt::Write;

/// Columns of a terminal that a cell may take.
const CELL_WIDTH_MAX: usize = 44;
const ROWS_SHOWN: usize = 12;

/// The report in one language: findings, figures, and the first rows of each table.
#[must_use]
pub fn terminal(report: &Report, language: Language) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = writeln!(out, "{} · {}\n", language.of(&report.title), report.source);
    for s in &report.sentences {
        let mark = match s.tone {
            Tone::Plain => "•",
            Tone::Warning => "!",
            Tone::Refusal => "✗",
            Tone::Advice => "→",
        };
        let _ = writeln!(out, "{mark} {}", language.of(&s.text));
    }
    if !report.figures.is_empty() {
        let _ = writeln!(out);
        let width = report.figures.iter().map(|f| wide(language.of(&f.label))).max().unwrap_or(0);
        for f in &report.figures {
            let label = padded(language.of(&f.label), width, false);
            let _ = writeln!(out, "{label}  {}", cell(&f.value, language));
        }
    }
    for t in report.tables.iter().filter(|t| !t.rows.is_empty()) {
        let _ = write!(out, "\n{}", table(t, language));
    }
    out
}

fn table(t: &Table, language: Language) -> String {
    let mut lines: Vec<Vec<String>> =
        vec![t.headings.iter().map(|h| language.of(&h.label).to_owned()).collect()];
    for row in t.rows.iter().take(ROWS_SHOWN) {
        lines.push(row.iter().map(|v| cut(&cell(v, language))).collect());
    }
    let right: Vec<bool> = (0..t.headings.len()).map(|c| is_number(&t.rows[0][c])).collect();
    let widths: Vec<usize> = (0..t.headings.len())
        .map(|c| lines.iter().map(|l| wide(&l[c])).max().unwrap_or(0))
        .collect();
    let mut out = format!("{}\n", language.of(&t.title));
    for (at, line) in lines.iter().enumerate() {
        let cells = line.iter().zip(&widths).zip(&right);
        let text: Vec<String> = cells.map(|((c, w), r)| padded(c, *w, *r)).collect();
        out.push_str(text.join("  ").trim_end());
        out.push('\n');
        if at == 0 {
            let rule: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
            out.push_str(&rule.join("  "));
            out.push('\n');
        }
    }
    let more = t.rows.len().saturating_sub(ROWS_SHOWN);
    if more > 0 {
        let words = match language {
            Language::En => format!("… and {more} more\n"),
            Language::Zh => format!("… 另有 {more} 行\n"),
        };
        out.push_str(&words);
    }
    out
}

/// Columns a text takes: Chinese and other wide characters take two.
fn wide(text: &str) -> usize {
    let two = |c: char| {
        matches!(u32::from(c),
            0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
            | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
    };
    text.chars().map(|c| if two(c) { 2 } else { 1 }).sum()
}

fn padded(text: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(wide(text)));
    if right { format!("{space}{text}") } else { format!("{text}{space}") }
}

/// A long text, shortened; control characters, which a terminal would obey, become spaces.
fn cut(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if wide(&clean) <= CELL_WIDTH_MAX {
        return clean;
    }
    let mut out = String::new();
    for c in clean.chars() {
        if wide(&out) + 2 > CELL_WIDTH_MAX - 1 {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
