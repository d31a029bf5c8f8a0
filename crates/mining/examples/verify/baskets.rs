//! Itemset and rule counts and times beside the published ones.

use crate::data::{cpu, text};
use crate::retail::Retail;
use mining::Run;
use mining::basket::{Baskets, RuleOptions, SupportMin, frequent, rules};
use std::path::Path;

pub fn run(dir: &Path, retail: &Retail) {
    let file = text(&dir.join("groceries.csv"));
    let lines = file
        .lines()
        .enumerate()
        .flat_map(|(b, l)| l.split(',').map(move |i| (b, i.trim())))
        .filter(|(_, i)| !i.is_empty());
    let (_, groceries) = Baskets::from_lines(lines).expect("valid lines");
    let retail = retail.baskets();
    println!("baskets: groceries {}, online retail {}", groceries.len(), retail.len());
    for (name, baskets, share, confidence, sets, found_rules, pyfim) in [
        ("groceries", &groceries, 0.001, 0.5, 13_492, 5_668, 0.0113),
        ("groceries", &groceries, 0.005, 0.3, 1_001, 482, 0.0059),
        ("retail", &retail, 0.01, 0.5, 1_031, 313, 0.0576),
        ("retail", &retail, 0.005, 0.5, 4_455, 3_581, 0.0957),
    ] {
        let mut times = Vec::new();
        let mut last = (0, 0);
        for _ in 0..7 {
            let from = cpu();
            let found = frequent(baskets, SupportMin::Share(share), 99, &Run::default())
                .expect("valid options");
            let middle = cpu();
            let options = RuleOptions { confidence_min: confidence, ..RuleOptions::default() };
            let r = rules(&found, &options).expect("valid options");
            times.push((middle - from, cpu() - middle));
            last = (found.len(), r.len());
        }
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        println!(
            "  {name:9} {share:.3}: itemsets {} ({sets}) rules {} ({found_rules}); itemsets {:.4} s, rules {:.4} s (pyfim published {pyfim})",
            last.0, last.1, times[3].0, times[3].1
        );
    }
}
