//! BG/NBD and Gamma-Gamma on CDNOW beside the published parameters.

use crate::data::{civil, cpu, text};
use mining::Run;
use mining::lifetime::{BgNbd, GammaGamma, ParetoNbd, Purchasing, histories};
use mining::metrics::roc_auc;
use mining::segment::Order;
use std::collections::BTreeMap;
use std::path::Path;

pub fn orders(path: &Path) -> Vec<Order> {
    text(path)
        .lines()
        .filter_map(|l| {
            let cells: Vec<&str> = l.split_whitespace().collect();
            let at = cells.iter().position(|c| c.len() == 8 && c.starts_with("199"))?;
            let date: i64 = cells[at].parse().ok()?;
            Some(Order {
                customer: cells[at - 1].parse().ok()?,
                day: civil(date / 10_000, date / 100 % 100, date % 100) as f64,
                amount: cells.last()?.parse().ok()?,
            })
        })
        .collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let cov: f64 = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    let sq = |v: &[f64], m: f64| v.iter().map(|x| (x - m).powi(2)).sum::<f64>().sqrt();
    cov / sq(a, ma) / sq(b, mb)
}

pub fn run(dir: &Path) {
    let cut = civil(1997, 9, 30) as f64;
    for (name, published) in [
        (
            "sample",
            "r .2426 α 4.4136 a .7929 b 2.4259 LL −9582.43, r .6256, MAE .7855, AUC .7725, top 10 % .502",
        ),
        ("master", "r .2516 α 4.789 a .7234 b 2.161 LL −95368.4, r .6688, top 10 % .516"),
    ] {
        let orders = orders(&dir.join("cdnow").join(format!("CDNOW_{name}.txt")));
        let h = histories(&orders, cut).expect("valid orders");
        let from = cpu();
        let m = BgNbd::fit(&h, &Run::default()).expect("fits");
        let seconds = cpu() - from;
        let mut days: BTreeMap<u64, BTreeMap<i64, f64>> = BTreeMap::new();
        for o in orders.iter().filter(|o| o.day > cut) {
            *days.entry(o.customer).or_default().entry(o.day as i64).or_insert(0.0) += o.amount;
        }
        let of = |c: u64| days.get(&c);
        let actual: Vec<f64> =
            h.iter().map(|h| of(h.customer).map_or(0.0, |d| d.len() as f64)).collect();
        let spent: Vec<f64> =
            h.iter().map(|h| of(h.customer).map_or(0.0, |d| d.values().sum())).collect();
        let expected: Vec<f64> = h.iter().map(|h| m.expected(h, 39.0)).collect();
        let mae =
            actual.iter().zip(&expected).map(|(a, e)| (a - e).abs()).sum::<f64>() / h.len() as f64;
        let active: Vec<bool> = actual.iter().map(|&a| a > 0.0).collect();
        let g = GammaGamma::fit(&h, &Run::default()).expect("fits");
        let value: Vec<f64> =
            h.iter().zip(&expected).map(|(h, e)| e * g.expected_amount(h)).collect();
        let mut order: Vec<usize> = (0..h.len()).collect();
        order.sort_by(|&a, &b| value[b].total_cmp(&value[a]));
        let top: f64 = order[..h.len() / 10].iter().map(|&i| spent[i]).sum::<f64>()
            / spent.iter().sum::<f64>();
        println!(
            "CDNOW {name} ({} customers): r {:.4} α {:.4} a {:.4} b {:.4} LL {:.2}, correlation {:.4}, MAE {:.4}, AUC {:.4}; Gamma-Gamma p {:.2} q {:.2} v {:.2}; top 10 % hold {:.3}; fit {seconds:.3} s",
            h.len(),
            m.r,
            m.alpha,
            m.a,
            m.b,
            m.log_likelihood,
            correlation(&actual, &expected),
            mae,
            roc_auc(&active, &expected).expect("both"),
            g.p,
            g.q,
            g.gamma,
            top
        );
        println!("  published: {published}; p 6.25 q 3.74 v 15.44; fit .103 s");
        if name == "sample" {
            let from = cpu();
            let p = ParetoNbd::fit(&h, &Run::default()).expect("fits");
            println!(
                "  Pareto/NBD r {:.4} α {:.3} s {:.4} β {:.3} LL {:.2} (Fader and Hardie: .553 10.578 .606 11.669 −9595.0), {:.2} s",
                p.r,
                p.alpha,
                p.s,
                p.beta,
                p.log_likelihood,
                cpu() - from
            );
        }
    }
}
