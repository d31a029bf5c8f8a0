//! The moment at which something is decided, given from outside: pure code has no clock of its own.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The moment of a request, in the workspace's time zone.
#[derive(Debug, Clone)]
pub struct Now {
    /// The moment, UTC.
    pub at: Timestamp,
    /// The workspace's time zone, in which days begin and end.
    pub zone: TimeZone,
}

impl Now {
    /// The moment `at` in `zone`, to the microsecond (what the store keeps).
    pub fn new(at: Timestamp, zone: TimeZone) -> Now {
        let at =
            Timestamp::from_microsecond(at.as_microsecond()).expect("a timestamp's own micros");
        Now { at, zone }
    }

    /// Today in the workspace's time zone.
    pub fn today(&self) -> Date {
        self.day_of(self.at)
    }

    /// The day on which `at` falls in the workspace's time zone.
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }

    /// The first moment of `day` in the workspace's time zone.
    pub fn start_of(&self, day: Date) -> Timestamp {
        day.to_zoned_datetime(self.zone.clone()).map_or(Timestamp::MIN, |zoned| zoned.timestamp())
    }
}
