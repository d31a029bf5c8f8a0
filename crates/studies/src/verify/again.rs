//! Will they buy again within 91 days? Learnt from earlier windows, judged on the last one.

use super::{Files, Goal, Teller, retail};
use crate::refusal::Result;
use mining::activity::Activities;
use mining::predict::{Answer, PredictOptions, Question, predict};
use mining::segment::Order;
use mining::{Frame, Run};

const DAYS: f64 = 91.0;

pub fn run(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let retail = retail::read(files)?;
    let orders = retail.orders();
    let cuts = [3.0, 2.0, 1.0].map(|w| retail::SNAPSHOT - w * DAYS);
    let (mut frames, mut again, mut cut_of, mut money) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for cut in cuts {
        let found = Activities::of(&orders, cut, run)?;
        let bought = found.ordered_within(&orders, DAYS);
        cut_of.extend(bought.iter().map(|_| cut));
        money.extend(next_money(&found, &orders, cut));
        again.extend(bought);
        frames.push(found.features()?);
    }
    let frame = Frame::stacked(&frames)?;
    let question = Question { frame: &frame, positive: &again, time: Some(&cut_of), folds: None };
    // One period: all rows of the last window.
    let options = PredictOptions { folds: 1, ..PredictOptions::default() };
    let Answer::Published(p) = predict(&question, &options, run)? else {
        told.tell("a model is published", 0.0, Goal::AtLeast(1.0), "");
        return Ok(());
    };
    for score in &p.card.scores[1..] {
        told.tell(format!("{}: ROC-AUC", score.contender.name()), score.auc, Goal::Shown, "");
    }
    let name = format!("chosen ({}): ROC-AUC", p.card.winner.name());
    told.tell(
        name,
        p.card.winner_score().auc,
        Goal::AtLeast(0.738),
        "logistic .7409, LightGBM .7322",
    );
    let mut order: Vec<&(usize, f64)> = p.held_out.iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let all: f64 = order.iter().map(|(r, _)| money[*r]).sum();
    let top: f64 = order[..order.len() / 10].iter().map(|(r, _)| money[*r]).sum();
    told.tell("next spend of the top 10 %", top / all, Goal::Shown, ".548 – .557");
    Ok(())
}

/// Money of every customer within the horizon after the cut.
fn next_money(found: &Activities, orders: &[Order], cut: f64) -> Vec<f64> {
    let mut of: std::collections::HashMap<u64, f64> = std::collections::HashMap::new();
    for o in orders.iter().filter(|o| o.day >= cut && o.day < cut + DAYS) {
        *of.entry(o.customer).or_insert(0.0) += o.amount;
    }
    found.customers().map(|c| of.get(&c).copied().unwrap_or(0.0)).collect()
}
