//! When business happens: weeks, seasons, holidays. Days count from `today` (0), the past is negative.

use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::random::Random;

/// Days of order history.
pub(crate) const HISTORY_DAYS: i32 = 730;
/// Days simulated beyond today: known to the truths, never written.
pub(crate) const FUTURE_DAYS: i32 = 150;
/// Days with a demand of their own: accounts may be older than the orders kept.
const FIRST_DAY: i32 = -HISTORY_DAYS - 60;
const LAST_DAY: i32 = FUTURE_DAYS + 60;
/// The demo begins at 11 o'clock of `today` in Shanghai: nothing that was done is later.
pub(crate) const NOW_MINUTE: i32 = 11 * 60;

/// Who buys when in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Season {
    /// Firms: quarter ends, a strong year end, a dead Spring Festival.
    Business,
    /// Schools: the summer holidays.
    School,
    /// Authorities: the end of the budget year.
    Budget,
}

/// Demand by month, January first.
fn months(season: Season) -> [f64; 12] {
    match season {
        Season::Business => {
            [0.85, 0.70, 1.15, 0.95, 0.95, 1.15, 0.85, 0.85, 1.15, 0.90, 1.15, 1.35]
        }
        Season::School => [0.40, 0.30, 0.55, 0.60, 0.85, 1.60, 2.60, 2.30, 1.00, 0.60, 0.60, 0.60],
        Season::Budget => [0.40, 0.30, 0.70, 0.70, 0.80, 1.00, 0.70, 0.80, 1.10, 1.20, 2.00, 2.30],
    }
}

/// Demand by weekday; people order little at weekends.
fn weekday(day: Weekday) -> f64 {
    match day {
        Weekday::Monday => 1.20,
        Weekday::Tuesday => 1.35,
        Weekday::Wednesday => 1.30,
        Weekday::Thursday => 1.20,
        Weekday::Friday => 1.05,
        Weekday::Saturday => 0.12,
        Weekday::Sunday => 0.06,
    }
}

/// Chinese New Year's day, as (month, day), 2020 to 2040.
const NEW_YEAR: [(i8, i8); 21] = [
    (1, 25),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
    (1, 28),
    (2, 15),
    (2, 4),
    (1, 24),
    (2, 12),
];

fn holiday(date: Date) -> f64 {
    let (month, day) = usize::try_from(date.year() - 2020)
        .ok()
        .and_then(|index| NEW_YEAR.get(index).copied())
        .unwrap_or((2, 5));
    let new_year = Date::constant(date.year(), month, day);
    let after = days_between(new_year, date);
    if (-3..=9).contains(&after) {
        return 0.15;
    }
    match (date.month(), date.day()) {
        (10, 1..=7) => 0.2,
        (5, 1..=4) => 0.4,
        _ => 1.0,
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    let span = to.duration_since(from);
    (span.as_hours() / 24) as i32
}

/// Days of the firm around `today`.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    today: Date,
    /// Demand up to and including each day, for each season; the mean day has 1.
    demand: [Vec<f64>; 3],
}

impl Calendar {
    /// The calendar of a firm that stands at `today`.
    pub fn new(today: Date) -> Calendar {
        let demand = [Season::Business, Season::School, Season::Budget].map(|season| {
            let weights: Vec<f64> = (FIRST_DAY..=LAST_DAY)
                .map(|day| {
                    let date = shift(today, day);
                    let month = months(season)[date.month() as usize - 1];
                    month * weekday(date.weekday()) * holiday(date)
                })
                .collect();
            let mean = weights.iter().sum::<f64>() / weights.len() as f64;
            let mut sum = 0.0;
            weights
                .iter()
                .map(|weight| {
                    sum += weight / mean;
                    sum
                })
                .collect()
        });
        Calendar { today, demand }
    }

    /// The date of a day.
    pub fn date(&self, day: i32) -> Date {
        shift(self.today, day)
    }

    /// Whether people work on this day.
    pub fn is_working(&self, day: i32) -> bool {
        let date = self.date(day);
        weekday(date.weekday()) > 0.5 && holiday(date) > 0.5
    }

    /// The first working day from `day` on; today itself at the latest if `day` is not later.
    pub fn working(&self, day: i32) -> i32 {
        let found = (day..day + 20).find(|d| self.is_working(*d)).unwrap_or(day);
        if day <= 0 { found.min(0) } else { found }
    }

    /// A moment: minutes after midnight in Shanghai (which has had no summer time since 1991).
    pub fn at(&self, day: i32, minute: i32) -> Timestamp {
        let midnight = Offset::constant(8)
            .to_timestamp(self.date(day).at(0, 0, 0, 0))
            .expect("the demo's years lie within the calendar");
        midnight + i64::from(minute).minutes()
    }

    /// A moment in office hours of `day`; of today, not after [`NOW_MINUTE`].
    pub fn office(&self, day: i32, random: &mut Random) -> Timestamp {
        let minute = random.between(8 * 60 + 40, 18 * 60 + 10);
        let limit = if day == 0 { NOW_MINUTE } else { i32::MAX };
        let minute = if minute > limit { random.between(8 * 60 + 40, limit) } else { minute };
        self.at(day, minute)
    }

    fn index(day: f64) -> usize {
        (day - f64::from(FIRST_DAY)).clamp(0.0, f64::from(LAST_DAY - FIRST_DAY)) as usize
    }

    /// The demand of one day, the mean being 1.
    #[cfg(test)]
    fn demand(&self, season: Season, day: i32) -> f64 {
        let sums = &self.demand[season as usize];
        let index = Calendar::index(f64::from(day));
        sums[index] - if index == 0 { 0.0 } else { sums[index - 1] }
    }

    /// The day on which demand of `gap` mean days has passed since `day`: a renewal process under
    /// this clock keeps its rhythm and still follows weeks and seasons.
    pub fn after(&self, season: Season, day: i32, gap: f64) -> i32 {
        let sums = &self.demand[season as usize];
        let target = sums[Calendar::index(f64::from(day))] + gap;
        let index = sums.partition_point(|sum| *sum < target);
        (FIRST_DAY + index as i32).max(day + 1)
    }
}

fn shift(today: Date, day: i32) -> Date {
    today.checked_add(day.days()).expect("the demo's years lie within the calendar")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn seasons_shape_demand() {
        let calendar = Calendar::new(date(2026, 11, 23));
        let total = |season, month: i8| -> f64 {
            (-HISTORY_DAYS..=0)
                .filter(|day| calendar.date(*day).month() == month)
                .map(|day| calendar.demand(season, day))
                .sum()
        };
        assert!(total(Season::School, 7) > 3.0 * total(Season::School, 3));
        assert!(total(Season::Business, 12) > 1.3 * total(Season::Business, 2));
        // 2026-02-17 was New Year's day.
        let festival = days_between(date(2026, 11, 23), date(2026, 2, 17));
        assert!(!calendar.is_working(festival));
        assert_eq!(calendar.date(festival), date(2026, 2, 17));
    }

    #[test]
    fn gaps_keep_their_length_on_average() {
        let calendar = Calendar::new(date(2026, 11, 23));
        let day = calendar.after(Season::Business, -700, 365.0);
        assert!((-350..=-320).contains(&day), "{day}");
        assert_eq!(calendar.at(0, 0).to_string(), "2026-11-22T16:00:00Z");
    }
}
