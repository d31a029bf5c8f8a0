//! Columns parted by spaces, as old systems write them: a file that seems to have one column.

use super::{TextColumn, code, number, unique};
use std::collections::HashMap;

/// Fewest rows from which columns can be told from sentences.
const ROWS_MIN: usize = 3;

/// The columns of what was read as one, if every row has the same number of fields, two or more,
/// and half of the first row's fields are numbers. The header is parted, too, where it has as many.
pub(super) fn parted(column: &TextColumn) -> Option<Vec<TextColumn>> {
    let first: Vec<&str> = column.values.first()?.split_whitespace().collect();
    let numbers = first.iter().filter(|f| number(f, false).is_some()).count();
    let same = column.values.iter().all(|v| v.split_whitespace().count() == first.len());
    if column.codes.len() < ROWS_MIN || first.len() < 2 || numbers * 2 < first.len() || !same {
        return None;
    }
    let header: Vec<String> = column.name.split_whitespace().map(str::to_owned).collect();
    let names = if header.len() == first.len() {
        unique(&header)
    } else {
        (0..first.len()).map(letter).collect()
    };
    let fields = names.into_iter().enumerate().map(|(at, name)| {
        let mut found = TextColumn { name, ..TextColumn::default() };
        let mut known = HashMap::new();
        let of_value: Vec<u32> = column
            .values
            .iter()
            .map(|v| {
                let text = v.split_whitespace().nth(at).unwrap_or_default();
                code(&mut known, &mut found.values, text)
            })
            .collect();
        found.codes = column.codes.iter().map(|&c| of_value[c as usize]).collect();
        found
    });
    Some(fields.collect())
}

/// A, B, C … Z, then by number.
fn letter(at: usize) -> String {
    match u8::try_from(at) {
        Ok(at) if at < 26 => char::from(b'A' + at).to_string(),
        _ => format!("column {}", at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sheet;
    use super::*;

    #[track_caller]
    fn check(name: &str, cells: &[&str], want: &[&str]) {
        let rows: Vec<Vec<String>> = cells.iter().map(|c| vec![(*c).to_owned()]).collect();
        let sheet = Sheet::from_rows(&[name], &rows).expect("one column");
        let found = parted(&sheet.columns[0]).unwrap_or_default();
        let names: Vec<&str> = found.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, want, "{name}");
        assert!(found.iter().all(|c| c.codes.len() == cells.len()));
    }

    #[test]
    fn fields_are_told_from_sentences() {
        let rows =
            ["00001 19970101  1   11.77", "00002 19970112  1  12.00", "00002 19970112 5 77.00"];
        check("customer_id  date cds  value", &rows, &["customer_id", "date", "cds", "value"]);
        check("A", &rows, &["A", "B", "C", "D"]);
        check("name", &["John Smith", "Ann Miller", "Bob Brown"], &[]);
        check("x", &["1", "2", "3"], &[]);
        check("x", &["1 2", "2", "3 4"], &[]);
    }
}
