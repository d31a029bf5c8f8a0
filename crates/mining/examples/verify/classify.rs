//! Churn and response on the given folds, beside the published figures.

use crate::data::{Table, cpu, folds};
use mining::boost::{BoostOptions, Boosted};
use mining::cart::{Cart, CartOptions};
use mining::linear::{Logistic, LogisticOptions};
use mining::metrics::{brier, ece, ece_equal_rows, lift_at, pr_auc, roc_auc};
use mining::neural::{Neural, NeuralOptions};
use mining::predict::{Answer, PredictOptions, Question, Score, predict};
use mining::split::{fold_splits, pick};
use mining::{Frame, Run};
use std::path::Path;

pub fn frame(dir: &Path, name: &str) -> Frame {
    match name {
        "telco_churn" => {
            Table::read(&dir.join("telco_churn.csv"), ',').frame(&["rownames", "churn"])
        }
        "bank_marketing" => {
            Table::read(&dir.join("bank_marketing.csv"), ';').frame(&["duration", "y"])
        }
        _ => Table::read(&dir.join("marketing_campaign.csv"), ';').frame(&["ID", "Response"]),
    }
}

type Fit<'a> = Box<dyn Fn(&Frame, &[bool]) -> Box<dyn Fn(&Frame) -> Vec<f64>> + 'a>;

/// CPU seconds of a fit: the median of five.
fn median_seconds(fit: &Fit, train: &Frame, labels: &[bool]) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let from = cpu();
            drop(fit(train, labels));
            cpu() - from
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

pub fn contenders(dir: &Path, name: &str) {
    let frame = frame(dir, name);
    let (y, fold) = folds(dir, name);
    let run = Run { seed: 1, ..Run::default() };
    let all: Vec<(&str, Fit)> = vec![
        (
            "logistic",
            Box::new(|f, y| {
                let m = Logistic::fit(f, y, &LogisticOptions::default(), &run).expect("fits");
                Box::new(move |f| m.probability(f).expect("same columns"))
            }),
        ),
        (
            "cart",
            Box::new(|f, y| {
                let m = Cart::classify(f, y, &CartOptions::default(), &run).expect("fits");
                Box::new(move |f| m.probability(f).expect("same columns"))
            }),
        ),
        (
            "boosted",
            Box::new(|f, y| {
                let m = Boosted::classify(f, y, &BoostOptions::default(), &run).expect("fits");
                Box::new(move |f| m.probability(f).expect("same columns"))
            }),
        ),
        (
            "neural",
            Box::new(|f, y| {
                let m = Neural::fit(f, y, &NeuralOptions::default(), &run).expect("fits");
                Box::new(move |f| m.probability(f).expect("same columns"))
            }),
        ),
    ];
    println!("{name}: {} rows", frame.rows());
    for (label, fit) in all {
        let mut sums = [0.0; 5];
        let (mut oof, mut seconds) = (vec![0.0; y.len()], 0.0);
        let splits = fold_splits(&fold);
        for s in &splits {
            let (train, labels) = (frame.take(&s.train), pick(&y, &s.train));
            seconds += median_seconds(&fit, &train, &labels);
            let predict = fit(&train, &labels);
            let (p, t) = (predict(&frame.take(&s.test)), pick(&y, &s.test));
            let found = [
                roc_auc(&t, &p),
                pr_auc(&t, &p),
                brier(&t, &p),
                lift_at(&t, &p, 0.1),
                ece(&t, &p, 10),
            ];
            for (s, f) in sums.iter_mut().zip(found) {
                *s += f.expect("valid") / splits.len() as f64;
            }
            s.test.iter().zip(p).for_each(|(&r, p)| oof[r] = p);
        }
        println!(
            "  {label:12} AUC {:.4} PR {:.4} Brier {:.4} lift {:.2} ECE {:.4} pooled {:.4} fit {:.3}s",
            sums[0],
            sums[1],
            sums[2],
            sums[3],
            sums[4],
            ece(&y, &oof, 10).expect("valid"),
            seconds / splits.len() as f64
        );
    }
}

/// The chosen model on the given folds.
pub fn chosen(dir: &Path, name: &str, frame: &Frame) {
    let (y, fold) = folds(dir, name);
    let question = Question { frame, positive: &y, time: None, folds: Some(&fold) };
    let run = Run { seed: 1, shards: 2, ..Run::default() };
    println!("{name}: {} rows, all contenders calibrated", frame.rows());
    let show = |s: &Score| {
        println!(
            "  {:9} AUC {:.4} PR {:.4} Brier {:.4} lift {:.2} ECE {:.4} (mean of folds {:.4})",
            s.contender.name(),
            s.auc,
            s.pr_auc,
            s.brier,
            s.lift,
            s.ece,
            s.ece_of_splits
        );
    };
    match predict(&question, &PredictOptions::default(), &run).expect("valid input") {
        Answer::Published(p) => {
            p.card.scores.iter().for_each(show);
            let of_fold = |f: u8| {
                let rows = p.held_out.iter().filter(|(r, _)| fold[*r] == f);
                let (t, q): (Vec<bool>, Vec<f64>) = rows.map(|&(r, q)| (y[r], q)).unzip();
                // What a perfectly calibrated model would show by chance alone.
                let mut rng = mining::rng::Rng::new(u64::from(f));
                let drawn: Vec<bool> = q.iter().map(|&q| rng.uniform() < q).collect();
                let ece = |t: &[bool]| ece_equal_rows(t, &q, 10).expect("valid") / 5.0;
                (ece(&t), ece(&drawn))
            };
            let sum = (0..5).map(of_fold).fold((0.0, 0.0), |s, e| (s.0 + e.0, s.1 + e.1));
            let (t, q): (Vec<bool>, Vec<f64>) = p.held_out.iter().map(|&(r, q)| (y[r], q)).unzip();
            println!(
                "  chosen, ECE by bins of equal rows: mean of folds {:.4} (a perfect model by chance: {:.4}), all rows {:.4}",
                sum.0,
                sum.1,
                ece_equal_rows(&t, &q, 10).expect("valid")
            );
            println!("  chosen: {}, calibration {}", p.card.winner.name(), p.card.calibration);
        }
        Answer::Refused(r) => {
            r.scores.iter().for_each(show);
            println!("  refused ({}): {}", r.code, r.why.en);
        }
    }
}

/// Closed deals with what was known when they were opened.
pub fn deals(dir: &Path) -> Frame {
    let dir = dir.join("crm_sales_opportunities");
    let pipeline = Table::read(&dir.join("sales_pipeline.csv"), ',');
    let teams = Table::read(&dir.join("sales_teams.csv"), ',');
    let accounts = Table::read(&dir.join("accounts.csv"), ',');
    let stage = pipeline.at("deal_stage");
    let closed: Vec<&Vec<String>> =
        pipeline.rows.iter().filter(|r| r[stage] == "Won" || r[stage] == "Lost").collect();
    let look = |t: &Table, key: &str, column: &str| -> Vec<String> {
        let (from, key, to) = (pipeline.at(t.names[t.at(key)].as_str()), t.at(key), t.at(column));
        closed
            .iter()
            .map(|r| {
                t.rows.iter().find(|x| x[key] == r[from]).map(|x| x[to].clone()).unwrap_or_default()
            })
            .collect()
    };
    let own = |name: &str| closed.iter().map(|r| r[pipeline.at(name)].clone()).collect();
    let month: Vec<String> = closed
        .iter()
        .map(|r| r[pipeline.at("engage_date")].get(3..5).unwrap_or("").to_owned())
        .collect();
    let columns: Vec<(&str, Vec<String>)> = vec![
        ("sales_agent", own("sales_agent")),
        ("product", own("product")),
        ("manager", look(&teams, "sales_agent", "manager")),
        ("regional_office", look(&teams, "sales_agent", "regional_office")),
        ("sector", look(&accounts, "account", "sector")),
        ("revenue", look(&accounts, "account", "revenue")),
        ("employees", look(&accounts, "account", "employees")),
        ("office_location", look(&accounts, "account", "office_location")),
        ("engage_month", month),
    ];
    let columns = columns
        .iter()
        .map(|(name, cells)| {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            mining::frame::infer_column(*name, &cells).expect("few levels")
        })
        .collect();
    Frame::new(columns).expect("equal lengths")
}
