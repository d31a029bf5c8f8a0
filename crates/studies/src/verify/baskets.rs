//! Numbers of itemsets and rules.

use super::{Files, Goal, Teller, retail};
use crate::refusal::Result;
use crate::studies::listed_baskets;
use mining::Run;
use mining::basket::{RuleOptions, SupportMin, frequent, rules};

pub fn run(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let groceries = listed_baskets(&files.sheet("groceries.csv", true)?)?;
    let retail = retail::read(files)?.baskets()?;
    told.tell("groceries: baskets", groceries.len() as f64, Goal::Near(9835.0, 0.0), "9,835");
    for (name, baskets, share, confidence, sets, found_rules) in [
        ("groceries", &groceries, 0.001, 0.5, 13_492.0, 5_668.0),
        ("groceries", &groceries, 0.005, 0.3, 1_001.0, 482.0),
        ("online_retail", &retail, 0.01, 0.5, 1_031.0, 313.0),
        ("online_retail", &retail, 0.005, 0.5, 4_455.0, 3_581.0),
    ] {
        let found = frequent(baskets, SupportMin::Share(share), 99, run)?;
        let options = RuleOptions { confidence_min: confidence, ..RuleOptions::default() };
        let made = rules(&found, &options)?;
        let exact = |value| Goal::Near(value, 0.0);
        told.tell(format!("{name} at {share}: itemsets"), found.len() as f64, exact(sets), "exact");
        told.tell(
            format!("{name} at {share}: rules"),
            made.len() as f64,
            exact(found_rules),
            "exact",
        );
    }
    Ok(())
}
