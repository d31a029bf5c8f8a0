//! What the engine reaches on public data, beside the published figures; it opens no files and
//! measures no time.

mod again;
mod baskets;
mod classify;
mod purchases;
mod retail;
pub mod samples;
mod segments;
mod suggestions;

use crate::refusal::Result;
use crate::sheet::Sheet;
use mining::Run;

/// Where the data come from.
pub trait Files {
    /// A table of the data directory; with `lists`, rows are lists of any length without header.
    ///
    /// # Errors
    /// A file that is missing or cannot be read.
    fn sheet(&self, name: &str, lists: bool) -> Result<Sheet>;

    /// A file that is no table.
    ///
    /// # Errors
    /// A file that is missing or no text.
    fn text(&self, name: &str) -> Result<String>;
}

/// What a figure must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Not below.
    AtLeast(f64),
    /// Not above.
    AtMost(f64),
    /// This, within so much.
    Near(f64, f64),
    /// Nothing; it is shown for comparison.
    Shown,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which data.
    pub data: &'static str,
    /// What is measured.
    pub measure: String,
    /// What the engine reaches.
    pub reached: f64,
    /// What it must reach.
    pub goal: Goal,
    /// What others published; empty where there is nothing.
    pub published: &'static str,
}

impl Line {
    /// Whether the goal is met.
    #[must_use]
    pub fn holds(&self) -> bool {
        match self.goal {
            Goal::AtLeast(least) => self.reached >= least,
            Goal::AtMost(most) => self.reached <= most,
            Goal::Near(value, within) => (self.reached - value).abs() <= within,
            Goal::Shown => true,
        }
    }
}

/// Hears of each figure as soon as it is known.
pub(crate) struct Teller<'a> {
    data: &'static str,
    tell: &'a mut dyn FnMut(Line),
}

impl Teller<'_> {
    fn tell(
        &mut self,
        measure: impl Into<String>,
        reached: f64,
        goal: Goal,
        published: &'static str,
    ) {
        let data = self.data;
        (self.tell)(Line { data, measure: measure.into(), reached, goal, published });
    }
}

type Part = fn(&dyn Files, &Run<'_>, &mut Teller<'_>) -> Result<()>;

/// The parts, in order.
const PARTS: [(&str, Part); 9] = [
    ("telco_churn", classify::telco),
    ("marketing_campaign", classify::marketing),
    ("bank_marketing", classify::bank),
    ("crm_sales_opportunities", classify::opportunities),
    ("segments", segments::run),
    ("baskets", baskets::run),
    ("purchases", purchases::run),
    ("suggestions", suggestions::run),
    ("again", again::run),
];

/// The names of the parts.
pub fn parts() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|(name, _)| *name)
}

/// Goes through the parts named (all where none is), telling each figure.
///
/// # Errors
/// Data that are missing; the wish to stop.
pub fn verify(
    files: &dyn Files,
    only: &[String],
    run: &Run<'_>,
    tell: &mut dyn FnMut(Line),
) -> Result<()> {
    for (data, part) in PARTS {
        if only.is_empty() || only.iter().any(|o| o == data) {
            part(files, run, &mut Teller { data, tell })?;
        }
    }
    Ok(())
}
