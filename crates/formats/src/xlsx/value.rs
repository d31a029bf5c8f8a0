//! What a stored cell means: its type, its shared text, its number format, and Excel's counting of days.

use super::number_format::NumberFormat;
use super::strings::{Strings, unescape};
use crate::cell::Cell;
use crate::number::plain_number;
use crate::problem::Problem;
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

/// The day that Excel counts after 9999-12-31.
const SERIAL_END: f64 = 2_958_466.0;
const DAY_MS: f64 = 86_400_000.0;

pub(super) struct Values {
    pub strings: Strings,
    pub formats: Vec<NumberFormat>,
    pub is_1904: bool,
}

impl Values {
    /// The cell for a stored value `text` of the type `kind` (the attribute `t`), in column `column`.
    pub fn cell(
        &self,
        kind: &str,
        style: usize,
        text: &str,
        column: usize,
    ) -> Result<Cell, Problem> {
        let unreadable = Problem::CellUnreadable { column };
        match kind {
            _ if text.is_empty() => Ok(Cell::Empty),
            "s" => {
                let shared = text.trim().parse().ok().and_then(|index| self.strings.get(index));
                shared.map(Cell::text).ok_or(unreadable)
            }
            "b" => match text.trim() {
                "1" | "true" => Ok(Cell::Bool(true)),
                "0" | "false" => Ok(Cell::Bool(false)),
                _ => Err(unreadable),
            },
            "e" => Err(Problem::CellError { column, value: text.chars().take(20).collect() }),
            "str" => Ok(Cell::text(unescape(text))),
            "d" => Ok(iso_date(text)),
            "n" | "" => {
                let format = self.formats.get(style).copied().unwrap_or_default();
                self.number(text.trim(), format, column)
            }
            _ => Err(unreadable),
        }
    }

    fn number(&self, text: &str, format: NumberFormat, column: usize) -> Result<Cell, Problem> {
        let out_of_range = Problem::NumberOutOfRange { column };
        let Some(plain) = exact(text) else { return Err(out_of_range) };
        let serial = match format {
            NumberFormat::Number => return Ok(Cell::Number(plain)),
            _ => plain.parse::<f64>().map_err(|_| out_of_range.clone())?,
        };
        match format {
            NumberFormat::Duration => Ok(Cell::text(clock(serial))),
            // A time without a day.
            NumberFormat::DateTime if (0.0..1.0).contains(&serial) => Ok(Cell::text(clock(serial))),
            _ => {
                let at = moment(serial, self.is_1904).ok_or(out_of_range)?;
                let midnight = at.time() == jiff::civil::Time::midnight();
                let is_day = format == NumberFormat::Date && midnight;
                Ok(if is_day { Cell::Date(at.date()) } else { Cell::DateTime(at) })
            }
        }
    }
}

/// Excel writes the float next to a decimal with 17 digits, 1.1 as 1.1000000000000001. Such a one becomes
/// the shortest decimal that is the same float; whole numbers keep all their digits.
fn exact(text: &str) -> Option<String> {
    let plain = plain_number(text)?;
    let digits =
        plain.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if digits > 15 && plain.contains('.') {
        return plain_number(&plain.parse::<f64>().ok()?.to_string());
    }
    Some(plain)
}

/// Days since the end of 1899, the time of day as a fraction. Excel takes 1900 for a leap year, so its
/// day 60 does not exist and the days before count from one day later.
fn moment(serial: f64, is_1904: bool) -> Option<DateTime> {
    if !(0.0..SERIAL_END).contains(&serial) {
        return None;
    }
    let epoch = match serial {
        _ if is_1904 => date(1904, 1, 1),
        serial if serial >= 61.0 => date(1899, 12, 30),
        serial if serial < 60.0 => date(1899, 12, 31),
        _ => return None,
    };
    let ms = (serial * DAY_MS).round() as i64;
    epoch
        .to_datetime(jiff::civil::Time::midnight())
        .checked_add(SignedDuration::from_millis(ms))
        .ok()
}

/// A duration as `h:mm:ss`.
fn clock(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round().min(1e15) as u64;
    let sign = if days < 0.0 && seconds > 0 { "-" } else { "" };
    format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn iso_date(text: &str) -> Cell {
    if let Ok(day) = text.parse::<jiff::civil::Date>()
        && !text.contains('T')
    {
        return Cell::Date(day);
    }
    let zoneless = text.trim_end_matches('Z');
    zoneless.parse().map_or_else(|_| Cell::text(text), Cell::DateTime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_values_become_cells() {
        use NumberFormat::*;
        let values = Values {
            strings: Strings::default(),
            formats: vec![Number, Date, DateTime, Duration],
            is_1904: false,
        };
        let cell = |kind: &str, style, text: &str| values.cell(kind, style, text, 1);
        let number = |text: &str| Ok(Cell::Number(text.into()));
        let text = |text: &str| Ok(Cell::Text(text.into()));
        assert_eq!(cell("", 0, "1.1000000000000001"), number("1.1"));
        assert_eq!(cell("n", 0, "440301199001011234"), number("440301199001011234"));
        assert_eq!(cell("n", 0, "1.5E+3"), number("1500"));
        assert_eq!(cell("n", 0, "abc"), Err(Problem::NumberOutOfRange { column: 1 }));
        assert_eq!(cell("n", 1, "45943"), Ok(Cell::Date(date(2025, 10, 13))));
        assert_eq!(cell("n", 1, "1"), Ok(Cell::Date(date(1900, 1, 1))));
        assert_eq!(cell("n", 1, "60"), Err(Problem::NumberOutOfRange { column: 1 }));
        assert_eq!(cell("n", 1, "61"), Ok(Cell::Date(date(1900, 3, 1))));
        assert_eq!(cell("n", 1, "2958466"), Err(Problem::NumberOutOfRange { column: 1 }));
        let noon = date(2025, 10, 13).at(12, 0, 0, 0);
        assert_eq!(cell("n", 1, "45943.5"), Ok(Cell::DateTime(noon)));
        assert_eq!(cell("n", 2, "45943"), Ok(Cell::DateTime(date(2025, 10, 13).at(0, 0, 0, 0))));
        assert_eq!(cell("n", 2, "0.75"), text("18:00:00"));
        assert_eq!(cell("n", 3, "1.5"), text("36:00:00"));
        assert_eq!(cell("b", 0, "1"), Ok(Cell::Bool(true)));
        assert_eq!(cell("d", 0, "2025-10-13"), Ok(Cell::Date(date(2025, 10, 13))));
        assert_eq!(cell("d", 0, "2025-10-13T12:00:00Z"), Ok(Cell::DateTime(noon)));
        assert_eq!(cell("s", 0, "7"), Err(Problem::CellUnreadable { column: 1 }));
        assert_eq!(
            cell("e", 0, "#N/A"),
            Err(Problem::CellError { column: 1, value: "#N/A".into() })
        );
        assert_eq!(cell("str", 0, "_x0041_"), text("A"));
    }
}
