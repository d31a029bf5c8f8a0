//! The inputs of the speed comparison: the public data sets in the form the engine takes.

use super::{Files, retail};
use crate::refusal::Result;
use crate::report::Report;
use crate::studies::{listed_baskets, model_frame};
use mining::Frame;
use mining::basket::Baskets;
use mining::segment::{Points, rfm};

/// What is worked on.
pub struct Samples {
    /// Groceries and Online Retail.
    pub baskets: [(&'static str, Baskets); 2],
    /// RFM of the Online Retail customers, log and z-scores.
    pub customers: Points,
    /// Name, columns and outcome.
    pub outcomes: Vec<(&'static str, Frame, Vec<bool>)>,
}

/// Reads them all.
///
/// # Errors
/// Data that are missing.
pub fn samples(files: &dyn Files) -> Result<Samples> {
    let groceries = listed_baskets(&files.sheet("groceries.csv", true)?)?;
    let retail = retail::read(files)?;
    let found = rfm(&retail.orders(), retail::SNAPSHOT)?;
    let values = found.iter().flat_map(|c| [c.recency_days, c.frequency, c.monetary]).collect();
    let customers = Points::new(values, 3)?.standardised(true);
    let mut outcomes = Vec::new();
    for (name, file, without, yes) in [
        ("telco_churn", "telco_churn.csv", ["rownames", "churn"], "Yes"),
        ("bank_marketing", "bank_marketing.csv", ["duration", "y"], "yes"),
    ] {
        let sheet = files.sheet(file, false)?;
        let frame = model_frame(&sheet, &without, &mut Report::default())?;
        let column = sheet.column(without[1]).ok_or_else(crate::Refusal::no_rows)?;
        let positive = (0..sheet.rows).map(|r| column.text(r) == yes).collect();
        outcomes.push((name, frame, positive));
    }
    let baskets = [("groceries", groceries), ("online_retail", retail.baskets()?)];
    Ok(Samples { baskets, customers, outcomes })
}
