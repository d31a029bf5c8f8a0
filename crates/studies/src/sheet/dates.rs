//! Days out of texts, whatever the notation, and back into a text.

use super::TextColumn;
use formats::{DatePattern, detect};
use jiff::civil::{Date, date};
use mining::Text;

/// Share of the known cells that must be dates for a column to be one of dates.
const SHARE_MIN: f64 = 0.95;
/// Texts that are looked at to find the notation.
const SAMPLES_MAX: usize = 500;
const SECONDS_PER_DAY: f64 = 86_400.0;

/// A column read as days since 1970-01-01, the time of day as fraction: one per row, NaN where
/// blank or no date, with notes on what had to be decided. `None` unless at least 95 % of the
/// cells that are not blank are dates of one notation.
#[must_use]
pub fn days(column: &TextColumn) -> Option<(Vec<f64>, Vec<Text>)> {
    let blank = column.blanks();
    let texts: Vec<&str> =
        column.values.iter().zip(&blank).filter(|(_, b)| !**b).map(|(v, _)| v.as_str()).collect();
    if texts.is_empty() {
        return None;
    }
    let step = texts.len().div_ceil(SAMPLES_MAX);
    let samples: Vec<&str> = texts.iter().copied().step_by(step).collect();
    let found = pattern(&samples)?;
    let of_value: Vec<f64> = column
        .values
        .iter()
        .zip(&blank)
        .map(|(v, &b)| if b { f64::NAN } else { day(&found.0, v).unwrap_or(f64::NAN) })
        .collect();
    let mut rows = vec![0usize; of_value.len()];
    column.codes.iter().for_each(|&c| rows[c as usize] += 1);
    let count = |keep: &dyn Fn(usize) -> bool| -> usize {
        (0..rows.len()).filter(|&i| keep(i)).map(|i| rows[i]).sum()
    };
    let (known, good) = (count(&|i| !blank[i]), count(&|i| !of_value[i].is_nan()));
    if (good as f64) < SHARE_MIN * known as f64 {
        return None;
    }
    let (name, mut notes) = (&column.name, Vec::new());
    if good < known {
        let bad = known - good;
        notes.push(Text::new(
            format!("{bad} cells of {name} are no dates and count as missing"),
            format!("{name} 列有 {bad} 个单元格不是日期，按缺失处理"),
        ));
    }
    if let Some(other) = found.1 {
        let taken = &found.0;
        notes.push(Text::new(
            format!("dates of {name} are read as {taken}; {other} would fit as well"),
            format!("{name} 列的日期按 {taken} 读取；{other} 也说得通"),
        ));
    }
    Some((column.codes.iter().map(|&c| of_value[c as usize]).collect(), notes))
}

/// The notation of the samples, and another one that fits as well. A few faulty samples do not
/// matter.
fn pattern(samples: &[&str]) -> Option<(DatePattern, Option<DatePattern>)> {
    if let Some(found) = detect(samples) {
        return Some((found.pattern, found.other));
    }
    if let Some(months) = months(samples) {
        return Some((months, None));
    }
    let step = samples.len().div_ceil(20);
    samples
        .iter()
        .step_by(step)
        .filter_map(|s| detect(&[s]).map(|found| found.pattern))
        .map(|p| (samples.iter().filter(|s| p.moment(s).is_some()).count(), p))
        .max_by_key(|(fit, _)| *fit)
        .map(|(_, p)| (p, None))
}

/// `2011-12` and `2011/12`, which name a month.
fn months(samples: &[&str]) -> Option<DatePattern> {
    ["yyyy-mm", "yyyy/mm", "yyyy年m月"].into_iter().find_map(|text| {
        let whole: DatePattern = format!("{text}-d").parse().ok()?;
        samples.iter().all(|s| whole.moment(&format!("{s}-1")).is_some()).then_some(whole)
    })
}

fn day(pattern: &DatePattern, text: &str) -> Option<f64> {
    let moment = pattern.moment(text).or_else(|| pattern.moment(&format!("{text}-1")))?;
    let civil = moment.civil;
    let whole = days_of(civil.date());
    let time = civil.time();
    let seconds = f64::from(time.hour()) * 3600.0
        + f64::from(time.minute()) * 60.0
        + f64::from(time.second());
    Some(whole + seconds / SECONDS_PER_DAY)
}

fn days_of(day: Date) -> f64 {
    let span = day.duration_since(date(1970, 1, 1));
    (span.as_secs() as f64 / SECONDS_PER_DAY).round()
}

/// A day number as `yyyy-mm-dd`; `–` for what is no day.
#[must_use]
pub fn day_text(day: f64) -> String {
    let span = jiff::SignedDuration::from_secs((day.floor() * SECONDS_PER_DAY) as i64);
    let found = if day.is_finite() { date(1970, 1, 1).checked_add(span).ok() } else { None };
    found.map_or_else(|| "–".to_owned(), |d| d.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::Sheet;
    use super::*;

    #[track_caller]
    fn check(cells: &[&str], first: Option<&str>, notes: usize) {
        let rows: Vec<Vec<String>> = cells.iter().map(|c| vec![(*c).to_owned()]).collect();
        let column = Sheet::from_rows(&["d"], &rows).expect("one column").columns.remove(0);
        let found = days(&column);
        assert_eq!(found.as_ref().map(|f| day_text(f.0[0])).as_deref(), first, "{cells:?}");
        assert_eq!(found.map_or(0, |f| f.1.len()), notes, "{cells:?}");
    }

    #[test]
    fn days_are_read_as_written() {
        check(&["2010-12-01 08:26:00", "2011-01-02 10:00:00"], Some("2010-12-01"), 0);
        check(&["20-10-16", "25-12-17"], Some("2016-10-20"), 1);
        check(&["19970101", "19980630"], Some("1997-01-01"), 0);
        check(&["2011年3月5日", ""], Some("2011-03-05"), 0);
        check(&["2011-12", "2012-01"], Some("2011-12-01"), 0);
        check(&["03/04/2024"], Some("2024-04-03"), 1);
        check(&["12", "13"], None, 0);
        check(&["soon", "later"], None, 0);
        check(&["", ""], None, 0);
        let mut many: Vec<String> = (1..29).map(|d| format!("2024-01-{d:02}")).collect();
        many.push("never".to_owned());
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        check(&many, Some("2024-01-01"), 1);
        assert_eq!(day_text(f64::NAN), "–");
    }
}
