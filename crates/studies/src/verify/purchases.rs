//! BG/NBD, Pareto/NBD and Gamma-Gamma on the CDNOW customers.

use super::{Files, Goal, Teller};
use crate::refusal::Result;
use mining::Run;
use mining::lifetime::{BgNbd, GammaGamma, History, ParetoNbd, Purchasing, histories};
use mining::metrics::roc_auc;
use mining::segment::Order;
use std::collections::BTreeMap;

/// 1997-09-30, the end of the 39 weeks that are learnt from.
const CUT: f64 = 10_134.0;
const WEEKS: f64 = 39.0;

/// Lines of customer, day as yyyymmdd, pieces, dollars; the sample has a second number first.
fn orders(text: &str) -> Vec<Order> {
    let day = |date: i64| -> Option<f64> {
        let (y, m, d) = (date / 10_000, date / 100 % 100, date % 100);
        let civil = jiff::civil::Date::new(y as i16, m as i8, d as i8).ok()?;
        let span = civil.duration_since(jiff::civil::date(1970, 1, 1));
        Some(span.as_secs() as f64 / 86_400.0)
    };
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let at = cells.iter().position(|c| c.len() == 8 && c.starts_with("199"))?;
            Some(Order {
                customer: cells.get(at.checked_sub(1)?)?.parse().ok()?,
                day: day(cells[at].parse().ok()?)?,
                amount: cells.last()?.parse().ok()?,
            })
        })
        .collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let both: f64 = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    let size = |v: &[f64], m: f64| v.iter().map(|x| (x - m).powi(2)).sum::<f64>().sqrt();
    both / size(a, ma) / size(b, mb)
}

/// Parameters, log likelihood, hold-out correlation and share of the top tenth, as published.
struct Published {
    name: &'static str,
    parameters: [f64; 4],
    tolerances: [f64; 4],
    likelihood: (f64, f64),
    correlation: f64,
    top: f64,
    words: &'static str,
}

pub fn run(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let sample = Published {
        name: "sample",
        parameters: [0.2426, 4.4136, 0.7929, 2.4259],
        tolerances: [0.003; 4],
        likelihood: (-9582.43, 0.01),
        correlation: 0.6256,
        top: 0.502,
        words: "Fader, Hardie and Lee 2005",
    };
    // The figures of the master set are published with fewer digits.
    let master = Published {
        name: "master",
        parameters: [0.2516, 4.789, 0.7234, 2.161],
        tolerances: [0.003; 4],
        likelihood: (-95_368.4, 0.06),
        correlation: 0.6688,
        top: 0.516,
        words: "master set",
    };
    for published in [sample, master] {
        one(files, run, told, &published)?;
    }
    Ok(())
}

fn one(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>, p: &Published) -> Result<()> {
    let name = p.name;
    let orders = orders(&files.text(&format!("cdnow/CDNOW_{name}.txt"))?);
    let found = histories(&orders, CUT)?;
    let m = BgNbd::fit(&found, run)?;
    let names = ["r", "α", "a", "b"];
    for (at, value) in [m.r, m.alpha, m.a, m.b].into_iter().enumerate() {
        let goal = Goal::Near(p.parameters[at], p.tolerances[at]);
        told.tell(
            format!("{name}: BG/NBD {} (published {})", names[at], p.parameters[at]),
            value,
            goal,
            p.words,
        );
    }
    told.tell(
        format!("{name}: log likelihood (published {})", p.likelihood.0),
        m.log_likelihood,
        Goal::Near(p.likelihood.0, p.likelihood.1),
        p.words,
    );
    let mut later: BTreeMap<u64, BTreeMap<i64, f64>> = BTreeMap::new();
    for o in orders.iter().filter(|o| o.day > CUT) {
        *later.entry(o.customer).or_default().entry(o.day as i64).or_insert(0.0) += o.amount;
    }
    let of = |c: u64| later.get(&c);
    let actual: Vec<f64> =
        found.iter().map(|h| of(h.customer).map_or(0.0, |d| d.len() as f64)).collect();
    let spent: Vec<f64> =
        found.iter().map(|h| of(h.customer).map_or(0.0, |d| d.values().sum())).collect();
    let expected: Vec<f64> = found.iter().map(|h| m.expected(h, WEEKS)).collect();
    told.tell(
        format!("{name}: hold-out correlation"),
        correlation(&actual, &expected),
        Goal::AtLeast(p.correlation - 0.0006),
        p.words,
    );
    let active: Vec<bool> = actual.iter().map(|a| *a > 0.0).collect();
    told.tell(
        format!("{name}: AUC of who is active"),
        roc_auc(&active, &expected)?,
        Goal::Shown,
        "sample .7725",
    );
    let spend = GammaGamma::fit(&found, run)?;
    let value: Vec<f64> =
        found.iter().zip(&expected).map(|(h, e)| e * spend.expected_amount(h)).collect();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| value[b].total_cmp(&value[a]));
    let top: f64 = order[..found.len() / 10].iter().map(|&i| spent[i]).sum();
    let share = top / spent.iter().sum::<f64>();
    told.tell(
        format!("{name}: hold-out spend of the best 10 %"),
        share,
        Goal::AtLeast(p.top - 0.003),
        p.words,
    );
    if name == "sample" {
        spending(&found, &spend, run, told)?;
    }
    Ok(())
}

fn spending(
    found: &[History],
    spend: &GammaGamma,
    run: &Run<'_>,
    told: &mut Teller<'_>,
) -> Result<()> {
    told.tell("sample: Gamma-Gamma p", spend.p, Goal::Near(6.25, 0.01), "6.25");
    told.tell("sample: Gamma-Gamma q", spend.q, Goal::Near(3.74, 0.01), "3.74");
    told.tell("sample: Gamma-Gamma γ", spend.gamma, Goal::Near(15.44, 0.02), "15.44");
    let pareto = ParetoNbd::fit(found, run)?;
    told.tell(
        "sample: Pareto/NBD log likelihood",
        pareto.log_likelihood,
        Goal::Near(-9595.0, 0.1),
        "−9595.0",
    );
    Ok(())
}
