//! A file's cells as columns of repeated texts; what they mean is read from them later.

mod dates;
mod numbers;
mod spaces;

pub use dates::{day_text, days};
pub use numbers::{number, numbers};

use crate::refusal::{Refusal, Result};
use mining::{Run, Text};
use std::collections::HashMap;

/// Most rows of one sheet.
pub const ROWS_MAX: usize = 50_000_000;
/// Rows between two looks at whether to stop.
const STEP_ROWS: usize = 10_000;

/// One column: a code per row into its different texts, which are trimmed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextColumn {
    /// Its name, unique in the sheet.
    pub name: String,
    /// Per row the index of its text.
    pub codes: Vec<u32>,
    /// The different texts, in order of first appearance.
    pub values: Vec<String>,
}

impl TextColumn {
    /// The text of a row; empty when there is none.
    #[must_use]
    pub fn text(&self, row: usize) -> &str {
        &self.values[self.codes[row] as usize]
    }

    /// True where the text means "not known".
    #[must_use]
    pub fn blanks(&self) -> Vec<bool> {
        self.values.iter().map(|v| is_blank(v)).collect()
    }

    /// How many rows are blank.
    #[must_use]
    pub fn blank_rows(&self) -> usize {
        let blank = self.blanks();
        self.codes.iter().filter(|&&c| blank[c as usize]).count()
    }
}

/// True for texts that mean "not known".
#[must_use]
pub fn is_blank(text: &str) -> bool {
    const WORDS: [&str; 9] = ["na", "n/a", "nan", "null", "none", "-", "?", "–", "#n/a"];
    text.is_empty() || WORDS.iter().any(|w| w.eq_ignore_ascii_case(text))
}

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The columns, in the order of the file.
    pub columns: Vec<TextColumn>,
    /// How many rows.
    pub rows: usize,
    /// What had to be decided while reading.
    pub notes: Vec<Text>,
}

impl Sheet {
    /// Reads an open file to its end. Rows with a fault are left out and counted in the notes;
    /// columns without a name are called by their place, and a name that repeats gets a number.
    ///
    /// # Errors
    /// A file that cannot be read, has no rows, or more than [`ROWS_MAX`]; the wish to stop.
    pub fn read(table: formats::Table, run: &Run<'_>) -> Result<Self> {
        Self::gathered(table, false, run)
    }

    /// Reads a file whose rows are lists of any length, such as baskets; the sheet is as wide as
    /// the longest one.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_lists(table: formats::Table, run: &Run<'_>) -> Result<Self> {
        Self::gathered(table, true, run)
    }

    fn gathered(table: formats::Table, ragged: bool, run: &Run<'_>) -> Result<Self> {
        let names = unique(table.headers());
        let mut columns: Vec<TextColumn> =
            names.into_iter().map(|name| TextColumn { name, ..TextColumn::default() }).collect();
        let mut known: Vec<HashMap<String, u32>> = vec![HashMap::new(); columns.len()];
        let (mut rows, mut faulty) = (0, 0usize);
        let mut first_fault = None;
        for row in table {
            let row = row.map_err(Refusal::file)?;
            if rows % STEP_ROWS == 0 && run.watch.cancelled() {
                return Err(mining::Error::Cancelled.into());
            }
            let fault = row.problems.iter().find(|p| !(ragged && is_length(p)));
            if let Some(problem) = fault {
                faulty += 1;
                first_fault.get_or_insert((row.line, problem.to_string()));
                continue;
            }
            if row.is_blank() {
                continue;
            }
            if rows == ROWS_MAX {
                let what = "rows";
                return Err(
                    mining::Error::TooLarge { what, have: ROWS_MAX + 1, max: ROWS_MAX }.into()
                );
            }
            while ragged && columns.len() < row.cells.len() {
                let name = format!("column {}", columns.len() + 1);
                let empty = vec![0; rows];
                known.push(HashMap::from([(String::new(), 0)]));
                columns.push(TextColumn { name, codes: empty, values: vec![String::new()] });
            }
            for ((column, known), cell) in columns.iter_mut().zip(&mut known).zip(&row.cells) {
                let cell = cell.as_text();
                column.codes.push(code(known, &mut column.values, cell.trim()));
            }
            for (column, known) in columns.iter_mut().zip(&mut known).skip(row.cells.len()) {
                column.codes.push(code(known, &mut column.values, ""));
            }
            rows += 1;
        }
        if rows == 0 {
            return Err(Refusal::no_rows());
        }
        if let [one] = columns.as_slice()
            && !ragged
            && let Some(parted) = spaces::parted(one)
        {
            columns = parted;
        }
        let notes = first_fault.map(|(line, what)| left_out(faulty, line, &what));
        Ok(Self { columns, rows, notes: notes.into_iter().collect() })
    }

    /// A sheet from cells, row after row; for tests and callers that have no file.
    ///
    /// # Errors
    /// A row of another length than the header.
    pub fn from_rows(names: &[&str], rows: &[Vec<String>]) -> Result<Self> {
        let mut columns = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let mut column = TextColumn { name: (*name).to_owned(), ..TextColumn::default() };
            let mut known = HashMap::new();
            for row in rows {
                let cell = row.get(at).ok_or(mining::Error::Length {
                    what: "cells of a row",
                    expected: names.len(),
                    found: row.len(),
                })?;
                column.codes.push(code(&mut known, &mut column.values, cell.trim()));
            }
            columns.push(column);
        }
        Ok(Self { columns, rows: rows.len(), notes: Vec::new() })
    }

    /// The column of that name; case does not matter where no other column differs by it alone.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&TextColumn> {
        let exact = self.columns.iter().find(|c| c.name == name);
        exact.or_else(|| self.columns.iter().find(|c| c.name.eq_ignore_ascii_case(name)))
    }

    /// The names of all columns.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|c| c.name.as_str()).collect()
    }
}

fn code(known: &mut HashMap<String, u32>, values: &mut Vec<String>, text: &str) -> u32 {
    if let Some(&code) = known.get(text) {
        return code;
    }
    let code = values.len() as u32;
    known.insert(text.to_owned(), code);
    values.push(text.to_owned());
    code
}

/// True for rows that are only longer or shorter than the first.
fn is_length(problem: &formats::Problem) -> bool {
    matches!(problem, formats::Problem::RowShort { .. } | formats::Problem::RowLong { .. })
}

fn unique(headers: &[String]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<String> = Vec::with_capacity(headers.len());
    for (at, header) in headers.iter().enumerate() {
        let trimmed = header.trim();
        let base =
            if trimmed.is_empty() { format!("column {}", at + 1) } else { trimmed.to_owned() };
        let count = seen.entry(base.clone()).or_insert(0);
        *count += 1;
        let mut name = if *count == 1 { base.clone() } else { format!("{base} ({count})") };
        while names.contains(&name) {
            *count += 1;
            name = format!("{base} ({count})");
        }
        names.push(name);
    }
    names
}

fn left_out(rows: usize, line: u64, what: &str) -> Text {
    Text::new(
        format!("{rows} faulty rows were left out; the first is on line {line}: {what}"),
        format!("{rows} 行有误，未采用；首个位于第 {line} 行：{what}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_unique() {
        let given = ["a", "a", "", " a (2) ", ""].map(str::to_owned);
        let want = ["a", "a (2)", "column 3", "a (2) (2)", "column 5"];
        assert_eq!(unique(&given), want);
    }

    #[test]
    fn a_file_becomes_columns_and_faulty_rows_are_counted() {
        let bytes = "id;x\n1; a \n2\n3;b;c\n4;a\n;\n".as_bytes();
        let table = formats::open(std::io::Cursor::new(bytes), &formats::Options::named("t.csv"));
        let sheet = Sheet::read(table.expect("a table"), &Run::default()).expect("rows");
        assert_eq!(sheet.rows, 2);
        assert_eq!(sheet.columns[1].values, ["a"]);
        assert!(sheet.notes[0].en.starts_with("2 faulty rows"), "{}", sheet.notes[0].en);
        let options = formats::Options { header: false, ..formats::Options::named("t.csv") };
        let table = formats::open(std::io::Cursor::new(b"a,b\nc\na,c,d\nb\n"), &options);
        let lists = Sheet::read_lists(table.expect("a table"), &Run::default()).expect("rows");
        assert_eq!((lists.rows, lists.columns.len(), lists.notes.len()), (4, 3, 0));
        assert_eq!((lists.columns[2].text(0), lists.columns[2].text(2)), ("", "d"));
    }
}
