//! Relative days such as `this_month` or `last_30_days`, turned into a span of days.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// The longest span in days that `last_N_days` and `next_N_days` take.
const DAYS_MAX: i64 = 36_500;

/// The first day of the span that `word` means on `today`, and the day after its last.
/// `None` for an unknown word. Weeks begin on Monday.
pub fn span_of(word: &str, today: Date) -> Option<(Date, Date)> {
    let month = today.first_of_month();
    let quarter_month = (month.month() - 1) / 3 * 3 + 1;
    let quarter = Date::new(month.year(), quarter_month, 1).ok()?;
    let year = Date::new(month.year(), 1, 1).ok()?;
    let week = monday_of(today)?;
    let (start, unit): (Date, Span) = match word {
        "today" => (today, 1.day()),
        "yesterday" => (today.yesterday().ok()?, 1.day()),
        "tomorrow" => (today.tomorrow().ok()?, 1.day()),
        "this_week" => (week, 1.week()),
        "last_week" => (week.checked_sub(1.week()).ok()?, 1.week()),
        "next_week" => (week.checked_add(1.week()).ok()?, 1.week()),
        "this_month" => (month, 1.month()),
        "last_month" => (month.checked_sub(1.month()).ok()?, 1.month()),
        "next_month" => (month.checked_add(1.month()).ok()?, 1.month()),
        "this_quarter" => (quarter, 3.months()),
        "last_quarter" => (quarter.checked_sub(3.months()).ok()?, 3.months()),
        "this_year" => (year, 1.year()),
        "last_year" => (year.checked_sub(1.year()).ok()?, 1.year()),
        "overdue" => return Some((Date::new(1000, 1, 1).ok()?, today)),
        other => return days_of(other, today),
    };
    Some((start, start.checked_add(unit).ok()?))
}

fn monday_of(day: Date) -> Option<Date> {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(back.days()).ok()
}

/// `last_N_days` ends with today; `next_N_days` begins with tomorrow.
fn days_of(word: &str, today: Date) -> Option<(Date, Date)> {
    let number = |prefix: &str| -> Option<i64> {
        let days: i64 = word.strip_prefix(prefix)?.strip_suffix("_days")?.parse().ok()?;
        (1..=DAYS_MAX).contains(&days).then_some(days)
    };
    let tomorrow = today.tomorrow().ok()?;
    if let Some(days) = number("last_") {
        return Some((tomorrow.checked_sub(days.days()).ok()?, tomorrow));
    }
    let days = number("next_")?;
    Some((tomorrow, tomorrow.checked_add(days.days()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(word: &str, from: &str, to: &str) {
        let (start, end) = span_of(word, date(2026, 11, 25)).unwrap();
        assert_eq!((start.to_string().as_str(), end.to_string().as_str()), (from, to), "{word}");
    }

    #[test]
    fn words_become_half_open_spans() {
        check("today", "2026-11-25", "2026-11-26");
        check("this_week", "2026-11-23", "2026-11-30");
        check("last_month", "2026-10-01", "2026-11-01");
        check("this_quarter", "2026-10-01", "2027-01-01");
        check("last_quarter", "2026-07-01", "2026-10-01");
        check("last_7_days", "2026-11-19", "2026-11-26");
        check("next_2_days", "2026-11-26", "2026-11-28");
        check("overdue", "1000-01-01", "2026-11-25");
        assert_eq!(span_of("last_0_days", date(2026, 11, 25)), None);
        assert_eq!(span_of("last_99999999999_days", date(2026, 11, 25)), None);
        assert_eq!(span_of("someday", date(2026, 11, 25)), None);
    }
}
