//! From text cells to a column; it guesses the kind, and reads no files.

use super::Column;
use crate::error::Result;

/// Cells that mean "not known", compared in lower case.
const BLANKS: [&str; 9] = ["", "na", "n/a", "nan", "null", "none", "-", "?", "–"];

fn is_blank(cell: &str) -> bool {
    BLANKS.contains(&cell.trim().to_lowercase().as_str())
}

/// A column of numbers if every cell that is not blank reads as a finite number, else of
/// categories. Blank cells (also `NA`, `null`, `-`, `?`) are missing. One row per cell.
///
/// # Errors
/// [`crate::Error::TooLarge`] when there are too many levels.
pub fn infer_column(name: impl Into<String>, cells: &[&str]) -> Result<Column> {
    let mut numbers = Vec::with_capacity(cells.len());
    let mut any = false;
    for cell in cells {
        if is_blank(cell) {
            numbers.push(f64::NAN);
            continue;
        }
        match cell.trim().parse::<f64>() {
            Ok(x) if x.is_finite() => numbers.push(x),
            _ => break,
        }
        any = true;
    }
    if numbers.len() == cells.len() && (any || cells.is_empty()) {
        return Ok(Column::numeric(name, numbers));
    }
    Column::category(name, cells.iter().map(|c| if is_blank(c) { None } else { Some(c.trim()) }))
}

#[cfg(test)]
mod tests {
    use super::super::Values;
    use super::*;

    #[test]
    fn kinds_are_guessed_from_all_cells() {
        let kind = |cells: &[&str]| {
            let column = infer_column("x", cells).expect("few levels");
            (matches!(column.values(), Values::Numeric(_)), column.missing())
        };
        assert_eq!(kind(&["1", "", "2.5", "NA"]), (true, 2));
        assert_eq!(kind(&["1", "two"]), (false, 0));
        assert_eq!(kind(&["inf", "1"]), (false, 0));
        assert_eq!(kind(&["", ""]), (false, 2));
    }
}
