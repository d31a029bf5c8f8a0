//! Finds the pattern that fits a column of dates, and says where a second reading fits as well.

use crate::date_pattern::{DatePattern, Moment};
use std::sync::LazyLock;

/// Days, those first that are preferred where several fit.
const DAYS: [&str; 24] = [
    "yyyy-mm-dd",
    "yyyy/m/d",
    "yyyy.m.d",
    "yyyy年m月d日",
    "yyyymmdd",
    "d/m/yyyy",
    "m/d/yyyy",
    "d-m-yyyy",
    "m-d-yyyy",
    "d.m.yyyy",
    "d/m/yy",
    "m/d/yy",
    "yy/m/d",
    "dd-mm-yy",
    "mm-dd-yy",
    "yy-mm-dd",
    "d.m.yy",
    "yy.m.d",
    "d-mmm-yyyy",
    "d-mmm-yy",
    "d mmm yyyy",
    "mmm d, yyyy",
    "mmm d yyyy",
    "d mmm yy",
];
const TIMES: [&str; 15] = [
    "",
    " hh:mm",
    " hh:mm:ss",
    " hh:mm:ss.f",
    " hh:mmz",
    " hh:mm:ssz",
    " hh:mm:ss.fz",
    "Thh:mm",
    "Thh:mm:ss",
    "Thh:mm:ss.f",
    "Thh:mmz",
    "Thh:mm:ssz",
    "Thh:mm:ss.fz",
    " h:mm am/pm",
    " h:mm:ss am/pm",
];
/// Beyond these years a number is rather no date.
const YEARS: std::ops::Range<i16> = 1900..2200;

static CANDIDATES: LazyLock<Vec<DatePattern>> = LazyLock::new(|| {
    let texts =
        DAYS.into_iter().flat_map(|day| TIMES.into_iter().map(move |time| format!("{day}{time}")));
    let chinese = ["hh时mm分", "hh时mm分ss秒"].map(|time| format!("yyyy年m月d日{time}"));
    texts.chain(chinese).map(|text| text.parse().expect("our own patterns are complete")).collect()
});

/// What [`detect`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detected {
    pub pattern: DatePattern,
    /// Another pattern that fits every sample but reads other days from them, as with 03/04/2024. Then a
    /// person must choose.
    pub other: Option<DatePattern>,
}

/// The pattern that fits every sample that is not empty, of several the one whose dates lie closest
/// together; none where no pattern fits or all samples are empty.
pub fn detect(samples: &[&str]) -> Option<Detected> {
    let samples: Vec<&str> =
        samples.iter().map(|sample| sample.trim()).filter(|sample| !sample.is_empty()).collect();
    if samples.is_empty() {
        return None;
    }
    let fitting: Vec<_> =
        CANDIDATES.iter().filter_map(|pattern| Some((pattern, read(pattern, &samples)?))).collect();
    let (pattern, moments) = fitting.iter().min_by_key(|(_, moments)| span(moments))?;
    let other = fitting.iter().find(|(_, others)| others != moments);
    Some(Detected {
        pattern: (*pattern).clone(),
        other: other.map(|(pattern, _)| (*pattern).clone()),
    })
}

/// From the first moment to the last. Real dates lie close together, while a wrong reading, which takes
/// days for years, scatters them.
fn span(moments: &[Moment]) -> Option<jiff::SignedDuration> {
    let times = || moments.iter().map(|moment| moment.civil);
    Some(times().max()?.duration_since(times().min()?))
}

fn read(pattern: &DatePattern, samples: &[&str]) -> Option<Vec<Moment>> {
    let plausible = |moment: &Moment| YEARS.contains(&moment.civil.year());
    samples.iter().map(|sample| pattern.moment(sample).filter(plausible)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_detected() {
        for (samples, pattern, other) in [
            (&["2024-01-05", "2024-12-31"][..], Some("yyyy-mm-dd"), None),
            (&["2024-1-5", ""], Some("yyyy-mm-dd"), None),
            (&["2024/1/5 8:26"], Some("yyyy/m/d hh:mm"), None),
            (&["2024年1月5日"], Some("yyyy年m月d日"), None),
            (&["2024年1月5日14时30分"], Some("yyyy年m月d日hh时mm分"), None),
            (&["20240105", "20241231"], Some("yyyymmdd"), None),
            (&["13/04/2024", "01/04/2024"], Some("d/m/yyyy"), None),
            (&["04/13/2024", "01/04/2024"], Some("m/d/yyyy"), None),
            (&["03/04/2024", "01/04/2024"], Some("d/m/yyyy"), Some("m/d/yyyy")),
            (&["04/04/2024"], Some("d/m/yyyy"), None),
            (&["21-05-13"], Some("dd-mm-yy"), Some("yy-mm-dd")),
            (&["25-12-24", "31-12-24"], Some("dd-mm-yy"), Some("yy-mm-dd")),
            (&["24-12-25", "24-12-31"], Some("yy-mm-dd"), Some("dd-mm-yy")),
            (&["12/1/2010 8:26 AM"], Some("d/m/yyyy h:mm am/pm"), Some("m/d/yyyy h:mm am/pm")),
            (&["2017-10-20T00:00:00.000Z"], Some("yyyy-mm-ddThh:mm:ss.fz"), None),
            (&["2017-10-20T00:00:00+08:00"], Some("yyyy-mm-ddThh:mm:ssz"), None),
            (&["1-Dec-2010"], Some("d-mmm-yyyy"), None),
            (&["12345678"], None, None),
            (&["2024-01-05", "soon"], None, None),
            (&["", " "], None, None),
            (&[], None, None),
        ] {
            let found = detect(samples);
            let names =
                found.map(|found| (found.pattern.to_string(), found.other.map(|o| o.to_string())));
            let expected = pattern.map(|text| (text.to_owned(), other.map(str::to_owned)));
            assert_eq!(names, expected, "{samples:?}");
        }
    }
}
