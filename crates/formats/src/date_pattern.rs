//! Reads dates and times by an explicit pattern such as `dd-mm-yy` or `yyyy年m月d日 hh:mm`; it guesses nothing.

use crate::error::FormatError;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use std::fmt;
use std::str::FromStr;

/// English month names by their first three letters.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Two-digit years from here on are of the last century, as POSIX has it.
const CENTURY_PIVOT: u32 = 69;

/// A pattern of dates. Its letters, in either case, are:
///
/// `yyyy` `yy` year; `m` `mm` month, and after hours or before seconds minutes; `mmm` English month name;
/// `d` `dd` day; `h` `hh` hour; `s` `ss` second; `f` fraction of a second; `am/pm`; `z` offset from UTC,
/// such as `Z` or `+08:00`. `T` and everything that is no letter of the Latin alphabet stands for itself.
///
/// A day, month, hour, minute or second is read with one or two digits however often its letter is
/// repeated, except where numbers touch, as in `yyyymmdd`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatePattern {
    text: String,
    parts: Vec<Part>,
}

/// What a text says: a wall-clock time, midnight where the pattern has none, and the offset if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub civil: DateTime,
    pub offset: Option<Offset>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    Hour,
    Minute,
    Second,
    Fraction,
    HalfDay,
    Offset,
    Literal(char),
}

/// The numbers found in a text, before they are known to make a date.
#[derive(Default)]
struct Found {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    nanosecond: u32,
    afternoon: Option<bool>,
    offset: Option<Offset>,
}

impl FromStr for DatePattern {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let invalid = || FormatError::PatternInvalid { pattern: text.to_owned() };
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            if rest.get(..5).is_some_and(|begin| begin.eq_ignore_ascii_case("am/pm")) {
                parts.push(Part::HalfDay);
                rest = &rest[5..];
                continue;
            }
            let run = rest.chars().take_while(|char| char.eq_ignore_ascii_case(&first)).count();
            let part = match (first.to_ascii_lowercase(), run) {
                ('y', 4) => Part::Year,
                ('y', 2) => Part::ShortYear,
                ('m', 3) => Part::MonthName,
                ('m', 1 | 2) => Part::Month,
                ('d', 1 | 2) => Part::Day,
                ('h', 1 | 2) => Part::Hour,
                ('s', 1 | 2) => Part::Second,
                ('f', _) => Part::Fraction,
                ('z', 1) => Part::Offset,
                ('t', 1) => Part::Literal('T'),
                ('a'..='z', _) => return Err(invalid()),
                _ => Part::Literal(first),
            };
            let taken = if matches!(part, Part::Literal(_)) { 1 } else { run };
            rest = &rest[taken * first.len_utf8()..];
            parts.push(part);
        }
        let parts = with_minutes(parts);
        if is_complete(&parts) {
            Ok(Self { text: text.trim().to_owned(), parts })
        } else {
            Err(invalid())
        }
    }
}

/// The month that stands behind an hour or before a second is a minute.
fn with_minutes(mut parts: Vec<Part>) -> Vec<Part> {
    let is_number = |part: &&Part| !matches!(part, Part::Literal(_));
    for index in 0..parts.len() {
        if parts[index] == Part::Month {
            let before = parts[..index].iter().rev().find(is_number);
            let after = parts[index + 1..].iter().find(is_number);
            if before == Some(&Part::Hour) || after == Some(&Part::Second) {
                parts[index] = Part::Minute;
            }
        }
    }
    parts
}

/// A date must be whole, and a time must not lack its larger units.
fn is_complete(parts: &[Part]) -> bool {
    let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count();
    let needs = |smaller: Part, larger: Part| {
        count(&[smaller]) <= 1 && count(&[smaller]) <= count(&[larger])
    };
    count(&[Part::Year, Part::ShortYear]) == 1
        && count(&[Part::Month, Part::MonthName]) == 1
        && count(&[Part::Day]) == 1
        && count(&[Part::Hour]) <= 1
        && count(&[Part::Hour]) == count(&[Part::Minute])
        && needs(Part::Second, Part::Minute)
        && needs(Part::Fraction, Part::Second)
        && needs(Part::HalfDay, Part::Hour)
        && needs(Part::Offset, Part::Hour)
}

impl fmt::Display for DatePattern {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl DatePattern {
    /// Whether the pattern has a time of day.
    pub fn has_time(&self) -> bool {
        self.parts.contains(&Part::Hour)
    }

    /// The day, without the time if there is one.
    pub fn date(&self, text: &str) -> Option<Date> {
        Some(self.datetime(text)?.date())
    }

    /// The wall-clock time; an offset is passed over.
    pub fn datetime(&self, text: &str) -> Option<DateTime> {
        Some(self.moment(text)?.civil)
    }

    /// Everything the text says. None where it does not fit the pattern from end to end, or is no day
    /// of the calendar. Spaces around it do not count.
    pub fn moment(&self, text: &str) -> Option<Moment> {
        let mut found = Found::default();
        let mut rest = text.trim();
        for (index, part) in self.parts.iter().enumerate() {
            let is_number =
                |part: Option<&Part>| part.is_some_and(|part| !matches!(part, Part::Literal(_)));
            let before = index.checked_sub(1).and_then(|index| self.parts.get(index));
            let tight = is_number(before) || is_number(self.parts.get(index + 1));
            rest = found.take(*part, tight, rest)?;
        }
        if rest.is_empty() { found.moment() } else { None }
    }
}

impl Found {
    /// Reads one part from the front of the text and gives what is left.
    fn take<'a>(&mut self, part: Part, tight: bool, text: &'a str) -> Option<&'a str> {
        let short = if tight { (2, 2) } else { (1, 2) };
        let (target, (digits_min, digits_max)) = match part {
            Part::Literal(literal) => return text.strip_prefix(literal),
            Part::MonthName => return self.take_month_name(text),
            Part::HalfDay => return self.take_half_day(text),
            Part::Offset => return self.take_offset(text),
            Part::Fraction => return self.take_fraction(text),
            Part::Year => (&mut self.year, (4, 4)),
            Part::ShortYear => (&mut self.year, (2, 2)),
            Part::Month => (&mut self.month, short),
            Part::Day => (&mut self.day, short),
            Part::Hour => (&mut self.hour, short),
            Part::Minute => (&mut self.minute, short),
            Part::Second => (&mut self.second, short),
        };
        let digits = leading_digits(text, digits_max);
        if digits.len() < digits_min {
            return None;
        }
        *target = digits.parse().ok()?;
        if part == Part::ShortYear {
            *target += if *target >= CENTURY_PIVOT { 1900 } else { 2000 };
        }
        Some(&text[digits.len()..])
    }

    fn take_month_name<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let end = text.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(text.len());
        let name = text[..end].to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(&name))?;
        self.month = month as u32 + 1;
        Some(text[end..].trim_start_matches('.'))
    }

    fn take_half_day<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let half = text.get(..2)?.to_ascii_lowercase();
        self.afternoon = Some(match half.as_str() {
            "am" => false,
            "pm" => true,
            _ => return None,
        });
        Some(&text[2..])
    }

    fn take_fraction<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let digits = leading_digits(text, 9);
        let value: u32 = digits.parse().ok()?;
        self.nanosecond = value * 10_u32.pow(9 - digits.len() as u32);
        Some(&text[digits.len()..])
    }

    fn take_offset<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let text = text.trim_start();
        if let Some(rest) = text.strip_prefix(['Z', 'z']) {
            self.offset = Some(Offset::UTC);
            return Some(rest);
        }
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let text = text.strip_prefix(['+', '-'])?;
        let hours = leading_digits(text, 2);
        let rest = &text[hours.len()..];
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        let minutes = leading_digits(rest, 2);
        let whole: i32 = hours.parse().ok()?;
        let part: i32 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
        self.offset = Some(Offset::from_seconds(sign * (whole * 3600 + part * 60)).ok()?);
        Some(&rest[minutes.len()..])
    }

    fn moment(self) -> Option<Moment> {
        let hour = match self.afternoon {
            None => self.hour,
            Some(_) if !(1..=12).contains(&self.hour) => return None,
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
        };
        // Each number has at most four digits, the fraction nine, so the casts are exact.
        let date = Date::new(self.year as i16, self.month as i8, self.day as i8).ok()?;
        let (minute, second) = (self.minute as i8, self.second as i8);
        let time = Time::new(hour as i8, minute, second, self.nanosecond as i32).ok()?;
        Some(Moment { civil: date.to_datetime(time), offset: self.offset })
    }
}

fn leading_digits(text: &str, digits_max: usize) -> &str {
    let digits = text.bytes().take(digits_max).take_while(u8::is_ascii_digit).count();
    &text[..digits]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_by_their_pattern() {
        for (pattern, text, read) in [
            ("yyyy-mm-dd", "2024-02-29", Some("2024-02-29T00:00:00")),
            ("yyyy-mm-dd", " 2024-2-9 ", Some("2024-02-09T00:00:00")),
            ("yyyy-mm-dd", "2023-02-29", None),
            ("yyyy-mm-dd", "2024-02-29x", None),
            ("yyyy-mm-dd", "24-02-29", None),
            ("dd-mm-yy", "05-11-68", Some("2068-11-05T00:00:00")),
            ("dd-mm-yy", "05-11-69", Some("1969-11-05T00:00:00")),
            ("yyyy/m/d", "2024/1/5", Some("2024-01-05T00:00:00")),
            ("yyyymmdd", "20240105", Some("2024-01-05T00:00:00")),
            ("yyyymmdd", "2024115", None),
            ("yyyy年m月d日", "2024年1月5日", Some("2024-01-05T00:00:00")),
            ("yyyy年m月d日 hh时mm分", "2024年1月5日 14时30分", Some("2024-01-05T14:30:00")),
            ("yyyy-mm-dd hh:mm:ss", "2024-01-05 14:30:59", Some("2024-01-05T14:30:59")),
            ("yyyy-mm-dd hh:mm:ss", "2024-01-05 24:30:59", None),
            ("YYYY-MM-DD HH:mm", "2024-01-05 04:30", Some("2024-01-05T04:30:00")),
            ("m/d/yyyy h:mm am/pm", "1/5/2024 12:05 AM", Some("2024-01-05T00:05:00")),
            ("m/d/yyyy h:mm am/pm", "1/5/2024 1:05 pm", Some("2024-01-05T13:05:00")),
            ("m/d/yyyy h:mm am/pm", "1/5/2024 13:05 pm", None),
            (
                "yyyy-mm-ddThh:mm:ss.fz",
                "2024-01-05T14:30:59.25Z",
                Some("2024-01-05T14:30:59.25 +0"),
            ),
            ("yyyy-mm-dd hh:mmz", "2024-01-05 14:30 -0330", Some("2024-01-05T14:30:00 -12600")),
            ("d-mmm-yy", "5-Jan-24", Some("2024-01-05T00:00:00")),
            ("mmm d, yyyy", "September 5, 2024", Some("2024-09-05T00:00:00")),
            ("mmm d, yyyy", "Sex 5, 2024", None),
            ("yyyy-mm-dd", "２０２４-01-05", None),
            ("yyyy-mm-dd", "", None),
        ] {
            let pattern: DatePattern = pattern.parse().unwrap();
            let moment = pattern.moment(text).map(|moment| match moment.offset {
                Some(offset) => format!("{} {:+}", moment.civil, offset.seconds()),
                None => moment.civil.to_string(),
            });
            assert_eq!(moment.as_deref(), read, "{pattern} {text:?}");
        }
    }

    #[test]
    fn patterns_that_make_no_date_are_refused() {
        for pattern in [
            "",
            "yyyy",
            "yyyy-mm",
            "yyyy-mm-dd-dd",
            "yyy-mm-dd",
            "yyyy-mm-dd hh",
            "date",
            "d/m/y",
            "yyyy-mm-dd ss",
        ] {
            assert!(pattern.parse::<DatePattern>().is_err(), "{pattern}");
        }
    }
}
