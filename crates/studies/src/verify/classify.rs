//! Churn and response on the given folds.

use super::{Files, Goal, Teller};
use crate::refusal::Result;
use crate::report::Report;
use crate::sheet::{Sheet, numbers};
use crate::studies::model_frame;
use mining::cart::{Cart, CartOptions};
use mining::metrics::{ece_equal_rows, roc_auc};
use mining::predict::{Answer, PredictOptions, Published, Question, predict};
use mining::split::{fold_splits, pick};
use mining::{Frame, Run};
use std::collections::HashMap;

/// Outcome and fold per row.
pub struct Folds {
    pub positive: Vec<bool>,
    pub fold: Vec<u8>,
}

fn folds(files: &dyn Files, name: &str) -> Result<Folds> {
    let sheet = files.sheet(&format!("folds/{name}.csv"), false)?;
    let column = |name: &str| -> Result<Vec<f64>> {
        let found = sheet.column(name).and_then(numbers).map(|n| n.0);
        found.ok_or_else(|| mining::Error::UnknownColumn { name: name.to_owned() }.into())
    };
    Ok(Folds {
        positive: column("y")?.iter().map(|y| *y > 0.5).collect(),
        fold: column("fold")?.iter().map(|f| *f as u8).collect(),
    })
}

fn frame(sheet: &Sheet, without: &[&str]) -> Result<Frame> {
    model_frame(sheet, without, &mut Report::default())
}

pub fn telco(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let frame = frame(&files.sheet("telco_churn.csv", false)?, &["rownames", "churn"])?;
    let folds = folds(files, "telco_churn")?;
    if let Some(p) = chosen(&frame, &folds, run)? {
        let score = p.card.winner_score();
        told.tell(
            "chosen: ROC-AUC",
            score.auc,
            Goal::AtLeast(0.8445),
            "logistic .8451, LightGBM .8447",
        );
        told.tell("chosen: Brier", score.brier, Goal::AtMost(0.1358), "logistic .1356");
        told.tell("chosen: PR-AUC", score.pr_auc, Goal::Shown, "LightGBM .6599");
        told.tell("chosen: lift in top 10 %", score.lift, Goal::Shown, "logistic 2.86");
        calibration(&p, &folds, told, "LightGBM .025, logistic .028")?;
    } else {
        told.tell("a model is published", 0.0, Goal::AtLeast(1.0), "");
    }
    tree(&frame, &folds, run, told)
}

pub fn marketing(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let frame = frame(&files.sheet("marketing_campaign.csv", false)?, &["ID", "Response"])?;
    let published = (0.907, "LightGBM .9081", "LightGBM .0792", "LightGBM .662");
    response(&frame, &folds(files, "marketing_campaign")?, published, run, told)
}

pub fn bank(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let frame = frame(&files.sheet("bank_marketing.csv", false)?, &["duration", "y"])?;
    let published = (0.801, "XGBoost .8026", "XGBoost .0811", "XGBoost .4572");
    response(&frame, &folds(files, "bank_marketing")?, published, run, told)
}

fn response(
    frame: &Frame,
    folds: &Folds,
    published: (f64, &'static str, &'static str, &'static str),
    run: &Run<'_>,
    told: &mut Teller<'_>,
) -> Result<()> {
    let Some(p) = chosen(frame, folds, run)? else {
        told.tell("a model is published", 0.0, Goal::AtLeast(1.0), "");
        return Ok(());
    };
    let score = p.card.winner_score();
    told.tell("chosen: ROC-AUC", score.auc, Goal::AtLeast(published.0), published.1);
    told.tell("chosen: Brier", score.brier, Goal::Shown, published.2);
    told.tell("chosen: PR-AUC", score.pr_auc, Goal::Shown, published.3);
    calibration(&p, folds, told, "")
}

/// The winner of the competition on the given folds.
fn chosen(frame: &Frame, folds: &Folds, run: &Run<'_>) -> Result<Option<Box<Published>>> {
    let (positive, fold) = (&folds.positive, Some(folds.fold.as_slice()));
    let question = Question { frame, positive, time: None, folds: fold };
    match predict(&question, &PredictOptions::default(), run)? {
        Answer::Published(p) => Ok(Some(p)),
        Answer::Refused(_) => Ok(None),
    }
}

/// Calibration error by bins of equal rows as the mean of the folds (as published), beside what
/// a perfect model would show by chance alone, and over all held-out rows.
fn calibration(
    p: &Published,
    folds: &Folds,
    told: &mut Teller<'_>,
    published: &'static str,
) -> Result<()> {
    let count = folds.fold.iter().max().map_or(0, |f| f + 1);
    let (mut sum, mut chance) = (0.0, 0.0);
    for f in 0..count {
        let rows = p.held_out.iter().filter(|(r, _)| folds.fold[*r] == f);
        let (y, q): (Vec<bool>, Vec<f64>) = rows.map(|&(r, q)| (folds.positive[r], q)).unzip();
        let mut rng = mining::rng::Rng::new(u64::from(f));
        let drawn: Vec<bool> = q.iter().map(|&q| rng.uniform() < q).collect();
        sum += ece_equal_rows(&y, &q, 10)? / f64::from(count);
        chance += ece_equal_rows(&drawn, &q, 10)? / f64::from(count);
    }
    let chance = format!("chosen: ECE, mean of folds (by chance alone {chance:.4})");
    told.tell(chance, sum, Goal::AtMost(0.025), published);
    let (y, q): (Vec<bool>, Vec<f64>) =
        p.held_out.iter().map(|&(r, q)| (folds.positive[r], q)).unzip();
    told.tell(
        "chosen: ECE, all held-out rows",
        ece_equal_rows(&y, &q, 10)?,
        Goal::AtMost(0.025),
        "",
    );
    let name = format!("chosen: {}, ECE by equally wide bins", p.card.winner.name());
    told.tell(name, p.card.winner_score().ece, Goal::AtMost(0.025), "");
    Ok(())
}

fn tree(frame: &Frame, folds: &Folds, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let splits = fold_splits(&folds.fold);
    let mut auc = 0.0;
    for s in &splits {
        let (train, labels) = (frame.take(&s.train), pick(&folds.positive, &s.train));
        let cart = Cart::classify(&train, &labels, &CartOptions::default(), run)?;
        let p = cart.probability(&frame.take(&s.test))?;
        auc += roc_auc(&pick(&folds.positive, &s.test), &p)? / splits.len() as f64;
    }
    told.tell("CART: ROC-AUC", auc, Goal::AtLeast(0.832), "CART .8323");
    Ok(())
}

/// Closed deals with what was known when they were opened: nothing to learn, and it is said.
pub fn opportunities(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let read = |name: &str| files.sheet(&format!("crm_sales_opportunities/{name}.csv"), false);
    let (pipeline, teams, accounts) =
        (read("sales_pipeline")?, read("sales_teams")?, read("accounts")?);
    let text = |sheet: &Sheet, name: &str, row: usize| -> String {
        sheet.column(name).map(|c| c.text(row).to_owned()).unwrap_or_default()
    };
    let index = |sheet: &Sheet, key: &str| -> HashMap<String, usize> {
        (0..sheet.rows).map(|r| (text(sheet, key, r), r)).collect()
    };
    let (of_agent, of_account) = (index(&teams, "sales_agent"), index(&accounts, "account"));
    let names = [
        "sales_agent",
        "product",
        "manager",
        "regional_office",
        "sector",
        "revenue",
        "employees",
        "office_location",
        "engage_month",
    ];
    let mut rows = Vec::new();
    for r in 0..pipeline.rows {
        let stage = text(&pipeline, "deal_stage", r);
        if stage != "Won" && stage != "Lost" {
            continue;
        }
        let (agent, account) = (text(&pipeline, "sales_agent", r), text(&pipeline, "account", r));
        let of = |sheet: &Sheet, at: Option<&usize>, name: &str| {
            at.map(|&row| text(sheet, name, row)).unwrap_or_default()
        };
        let (team, firm) = (of_agent.get(&agent), of_account.get(&account));
        let month = text(&pipeline, "engage_date", r).get(3..5).unwrap_or_default().to_owned();
        rows.push(vec![
            agent.clone(),
            text(&pipeline, "product", r),
            of(&teams, team, "manager"),
            of(&teams, team, "regional_office"),
            of(&accounts, firm, "sector"),
            of(&accounts, firm, "revenue"),
            of(&accounts, firm, "employees"),
            of(&accounts, firm, "office_location"),
            month,
        ]);
    }
    let frame = frame(&Sheet::from_rows(&names, &rows)?, &[])?;
    let folds = folds(files, "crm_sales_opportunities")?;
    let refused = chosen(&frame, &folds, run)?.is_none();
    told.tell(
        "refused: nothing to learn",
        f64::from(u8::from(refused)),
        Goal::AtLeast(1.0),
        "best of eight .5365",
    );
    Ok(())
}
