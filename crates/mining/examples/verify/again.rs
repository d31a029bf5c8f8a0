//! Will they buy again within 91 days? Learnt from an earlier window, judged on a later one.

use crate::data::civil;
use crate::retail::Retail;
use crate::segments::orders;
use mining::linear::{Logistic, LogisticOptions};
use mining::metrics::roc_auc;
use mining::segment::Order;
use mining::{Column, Frame, Run};
use std::collections::BTreeMap;

/// What was known of every customer at `cut`: RFM, gaps and windows; and who bought after it.
fn features(orders: &[Order], cut: f64, horizon: f64) -> (Frame, Vec<bool>, Vec<f64>) {
    let mut known: BTreeMap<u64, Vec<&Order>> = BTreeMap::new();
    orders
        .iter()
        .filter(|o| o.day < cut)
        .for_each(|o| known.entry(o.customer).or_default().push(o));
    let later: std::collections::BTreeSet<u64> = orders
        .iter()
        .filter(|o| o.day >= cut && o.day < cut + horizon)
        .map(|o| o.customer)
        .collect();
    let names = [
        "recency",
        "ln orders",
        "ln money",
        "age",
        "mean gap",
        "silence over gap",
        "orders 30",
        "orders 90",
        "orders 180",
        "ln money 90",
        "mean order",
    ];
    let mut columns = vec![Vec::new(); names.len()];
    let (mut y, mut silent) = (Vec::new(), Vec::new());
    for (c, list) in &known {
        let mut days: Vec<f64> = list.iter().map(|o| o.day.floor()).collect();
        days.sort_by(f64::total_cmp);
        days.dedup();
        let (first, last) = (days[0], days[days.len() - 1]);
        let gap = if days.len() > 1 { (last - first) / (days.len() - 1) as f64 } else { f64::NAN };
        let recency = cut - last;
        let money: f64 = list.iter().map(|o| o.amount).sum();
        let within = |d: f64| list.iter().filter(|o| cut - o.day <= d).count() as f64;
        let recent: f64 = list.iter().filter(|o| cut - o.day <= 90.0).map(|o| o.amount).sum();
        let row = [
            recency.ln_1p(),
            (list.len() as f64).ln(),
            money.ln_1p(),
            (cut - first).ln_1p(),
            gap.ln_1p(),
            (recency / gap.max(1.0)).ln_1p(),
            within(30.0).ln_1p(),
            within(90.0).ln_1p(),
            within(180.0).ln_1p(),
            recent.ln_1p(),
            (money / list.len() as f64).ln_1p(),
        ];
        columns.iter_mut().zip(row).for_each(|(c, v)| c.push(v));
        y.push(later.contains(c));
        silent.push(-recency);
    }
    let columns = names.iter().zip(columns).map(|(n, v)| Column::numeric(*n, v)).collect();
    (Frame::new(columns).expect("equal lengths"), y, silent)
}

pub fn run(retail: &Retail) {
    let orders = orders(retail);
    let end = civil(2011, 12, 10) as f64;
    let (train, y, _) = features(&orders, end - 182.0, 91.0);
    let (test, truth, silence) = features(&orders, end - 91.0, 91.0);
    let m = Logistic::fit(&train, &y, &LogisticOptions::default(), &Run::default()).expect("fits");
    let p = m.probability(&test).expect("same columns");
    println!(
        "buys again within 91 days: {} customers learnt from, {} judged; logistic AUC {:.4} (.7409), recency alone {:.4} (.6819)",
        y.len(),
        truth.len(),
        roc_auc(&truth, &p).expect("both outcomes"),
        roc_auc(&truth, &silence).expect("both outcomes")
    );
}
