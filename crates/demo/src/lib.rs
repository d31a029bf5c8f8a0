//! The living demo firm: a maker of smart office hardware with two years of history up to today,
//! made from a seed, with truths planted for data mining to find. Pure: no I/O, no clock. Nobody in it is real.
//!
//! ```
//! use demo::{Language, Options, generate};
//! let today = jiff::civil::date(2026, 11, 23);
//! let firm = generate(&Options { seed: 7, scale: 0.02, language: Language::En, today });
//! assert!(firm.records().count() > 1_000);
//! assert!(firm.truths().to_markdown().contains("Segments"));
//! ```

mod build;
mod calendar;
mod language;
mod lists;
mod names;
mod random;
mod record;
mod truths;
mod world;
mod write;

use jiff::civil::Date;

pub use build::plan::{Cause, Segment};
pub use language::Language;
pub use record::{DemoRecord, DemoValue, Key, NATURAL_KEYS, SYSTEM_FIELDS, Step};
pub use truths::{
    AccountTruth, BundleTruth, Decoy, EffectTruth, LaunchTruth, LeavingTruth, SalespersonTruth,
    SegmentTruth, SourceTruth, Truths,
};

/// What firm to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The same seed gives the same firm.
    pub seed: u64,
    /// 1 is about 1,500 accounts, 4,000 contacts, 6,000 leads and opportunities, 12,000 orders and
    /// 30,000 activities: 100,000 records. Volume grows in proportion; the least is a firm of 60 accounts.
    pub scale: f64,
    /// The language of the firm's own texts, and of most customers.
    pub language: Language,
    /// The firm's history ends at 11 o'clock of this day in Shanghai. From 2000 to 2100.
    pub today: Date,
}

/// The demo firm.
#[derive(Debug)]
pub struct Firm {
    world: world::World,
}

/// Makes the firm. Takes a fraction of a second at scale 1; the records are made as they are taken.
pub fn generate(options: &Options) -> Firm {
    Firm { world: build::world(options) }
}

impl Firm {
    /// All records, each after whatever it links to. Made as they are taken.
    pub fn records(&self) -> impl Iterator<Item = DemoRecord> + '_ {
        write::records(&self.world)
    }

    /// What was planted.
    pub fn truths(&self) -> Truths {
        truths::truths(&self.world)
    }
}
