//! The planted truths as numbers: segments, sources, habits, reasons to leave. The one place to change them.

use crate::calendar::Season;

/// A group of customers that buy alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// Few, large, frequent.
    Key,
    /// Regular replenishment of middling orders.
    Steady,
    /// Rare large purchases that follow a school or budget year.
    Project,
    /// Small frequent orders.
    Small,
    /// One order or two, then never again.
    OneOff,
}

/// How a segment behaves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SegmentPlan {
    pub segment: Segment,
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// Share among customers that stay.
    pub share: f64,
    /// Mean days between orders.
    pub cycle: f64,
    /// Shape of the gamma distribution of gaps: the greater, the more regular.
    pub shape: u32,
    /// Median order in yuan.
    pub value: f64,
    /// Discount in percent, from and to.
    pub discount: (i32, i32),
    /// Industries that are frequent in the segment.
    pub industries: &'static [&'static str],
    /// Chance that a customer of more than a year leaves.
    pub leaves: f64,
    /// Mean contacts beyond two.
    pub contacts: f64,
}

/// The segments, in the order of [`Segment`].
pub(crate) const SEGMENTS: [SegmentPlan; 5] = [
    SegmentPlan {
        segment: Segment::Key,
        code: "key",
        zh: "大客户",
        en: "Key accounts",
        share: 0.10,
        cycle: 18.0,
        shape: 4,
        value: 42_000.0,
        discount: (8, 15),
        industries: &["technology", "finance", "telecommunications"],
        leaves: 0.16,
        contacts: 2.2,
    },
    SegmentPlan {
        segment: Segment::Steady,
        code: "steady",
        zh: "稳定复购",
        en: "Steady replenishers",
        share: 0.38,
        cycle: 48.0,
        shape: 8,
        value: 9_000.0,
        discount: (2, 8),
        industries: &["software", "services", "medical", "manufacturing"],
        leaves: 0.30,
        contacts: 0.6,
    },
    SegmentPlan {
        segment: Segment::Project,
        code: "project",
        zh: "项目采购",
        en: "Project buyers",
        share: 0.21,
        cycle: 110.0,
        shape: 2,
        value: 30_000.0,
        discount: (5, 12),
        industries: &["education", "government", "construction"],
        leaves: 0.0,
        contacts: 1.0,
    },
    SegmentPlan {
        segment: Segment::Small,
        code: "small",
        zh: "小额高频",
        en: "Small and frequent",
        share: 0.31,
        cycle: 36.0,
        shape: 3,
        value: 1_500.0,
        discount: (0, 3),
        industries: &["retail", "wholesale", "marketing", "entertainment"],
        leaves: 0.34,
        contacts: 0.2,
    },
    SegmentPlan {
        segment: Segment::OneOff,
        code: "one_off",
        zh: "一次性客户",
        en: "One-off buyers",
        share: 0.0,
        cycle: 60.0,
        shape: 1,
        value: 4_000.0,
        discount: (0, 5),
        industries: &["other", "employment", "entertainment"],
        leaves: 0.0,
        contacts: 0.2,
    },
];

impl Segment {
    pub(crate) fn plan(self) -> &'static SegmentPlan {
        &SEGMENTS[self as usize]
    }

    /// The season that a customer of this segment and industry follows.
    pub(crate) fn season(self, industry: &str) -> Season {
        match (self, industry) {
            (Segment::Project, "education") => Season::School,
            (Segment::Project, "government") => Season::Budget,
            _ => Season::Business,
        }
    }
}

/// Where customers come from, and what that means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourcePlan {
    pub code: &'static str,
    /// Share of the customers.
    pub share: f64,
    /// Chance of a new customer to be a one-off buyer.
    pub one_off: f64,
    /// Factor on the chance to leave.
    pub leaves: f64,
    /// Share of leads that convert.
    pub converts: f64,
}

const fn source(
    code: &'static str,
    share: f64,
    one_off: f64,
    leaves: f64,
    converts: f64,
) -> SourcePlan {
    SourcePlan { code, share, one_off, leaves, converts }
}

/// Index of the referral in [`SOURCES`].
pub(crate) const REFERRAL: usize = 0;

/// The sources.
pub(crate) const SOURCES: [SourcePlan; 7] = [
    source("referral", 0.18, 0.05, 0.35, 0.50),
    source("partner", 0.10, 0.08, 0.50, 0.40),
    source("web", 0.25, 0.22, 1.00, 0.22),
    source("call", 0.09, 0.24, 1.10, 0.15),
    source("exhibition", 0.18, 0.34, 1.50, 0.14),
    source("advertising", 0.17, 0.50, 2.00, 0.20),
    source("other", 0.03, 0.22, 1.00, 0.10),
];

/// Why a customer leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// Two or three complaints about late delivery in the last two months.
    LateDelivery,
    /// A price rise in the category it buys most.
    PriceRise,
    /// The primary contact left, and nobody took over.
    ContactLeft,
    /// It tries a competitor: gaps grow and orders shrink.
    Competitor,
    /// None that the data show.
    Natural,
}

impl Cause {
    /// The cause's code in the truths.
    pub fn code(self) -> &'static str {
        match self {
            Cause::LateDelivery => "late_delivery",
            Cause::PriceRise => "price_rise",
            Cause::ContactLeft => "contact_left",
            Cause::Competitor => "competitor",
            Cause::Natural => "natural",
        }
    }
}

/// A price rise: category, day, and the factor on the list price in percent.
pub(crate) const PRICE_RISES: [(&str, i32, i64); 2] =
    [("supplies", -250, 114), ("furniture", -95, 112)];

/// Share of loyal customers with one complaint (a decoy), and with two within weeks (noise).
pub(crate) const LOYAL_COMPLAINTS: (f64, f64) = (0.06, 0.012);

/// Log-odds of winning a deal that is worked slowly, from afar, with one contact and no rival.
pub(crate) const WIN_BASE: f64 = -1.35;
/// What a first response within four hours adds to the log-odds.
pub(crate) const WIN_FAST: f64 = 0.9;
/// What two visits or more add.
pub(crate) const WIN_VISITS: f64 = 0.8;
/// What two contacts or more add.
pub(crate) const WIN_THREADS: f64 = 0.7;
/// What a competitor adds.
pub(crate) const WIN_COMPETITOR: f64 = -0.8;
/// Half of the log-odds between answering a lead within four hours and later.
pub(crate) const LEAD_FAST_HALF: f64 = 0.5;
/// Minutes within which a first response is fast.
pub(crate) const FAST_MINUTES: i32 = 240;

/// The new product: code, day of launch, industries that want it, their chance an order and others'.
pub(crate) const LAUNCH: (&str, i32, &[&str], f64, f64) =
    ("HM-RC50", -150, &["technology", "software", "finance"], 0.22, 0.015);
