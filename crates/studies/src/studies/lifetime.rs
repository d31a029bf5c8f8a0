//! What customers are worth: expected purchases, probability alive and lifetime value.

use super::orders::{COLUMNS, lines, needs_amounts};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Value};
use crate::settings::{Kind, Setting, setting};
use mining::lifetime::{
    BgNbd, GammaGamma, History, ParetoNbd, Purchasing, histories, lifetime_value,
};
use mining::segment::pareto;
use mining::text::{number, percent};
use mining::{Run, Text};

const SETTINGS: &[Setting] = &[
    setting("weeks", Kind::Whole, "weeks ahead (52)", "预测周数（默认 52）"),
    setting(
        "discount",
        Kind::Number,
        "discount per year, 0 to 1 (0.1)",
        "年折现率，0 至 1（默认 0.1）",
    ),
    setting(
        "model",
        Kind::Choice(&["bgnbd", "pareto"]),
        "BG/NBD or Pareto/NBD; the likelier one if not given",
        "BG/NBD 或 Pareto/NBD；默认取似然较高者",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "lifetime",
    title: ("Lifetime value", "客户终身价值"),
    about: (
        "Expected purchases, probability of being active and value per customer",
        "每位客户的预期购买、活跃概率与价值",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

const WEEKS_PER_YEAR: f64 = 365.25 / 7.0;

enum Model {
    BgNbd(BgNbd),
    Pareto(ParetoNbd),
}

impl Model {
    fn buying(&self) -> &dyn Purchasing {
        match self {
            Self::BgNbd(m) => m,
            Self::Pareto(m) => m,
        }
    }
}

/// The model asked for, or the one under which the customers are likelier; BG/NBD when alike.
fn fitted(input: &Input<'_>, found: &[History], run: &Run<'_>) -> Result<Model> {
    match input.settings.text("model") {
        Some("pareto") => return Ok(Model::Pareto(ParetoNbd::fit(found, run)?)),
        Some(_) => return Ok(Model::BgNbd(BgNbd::fit(found, run)?)),
        None => {}
    }
    let bg = BgNbd::fit(found, run)?;
    if bg.warning().is_some() {
        return Ok(Model::BgNbd(bg));
    }
    match ParetoNbd::fit(found, run) {
        Ok(p) if p.log_likelihood > bg.log_likelihood + 2.0 => Ok(Model::Pareto(p)),
        Err(mining::Error::Cancelled) => Err(mining::Error::Cancelled.into()),
        _ => Ok(Model::BgNbd(bg)),
    }
}

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let lines = lines(input, report)?;
    needs_amounts(input, &lines)?;
    let weeks = input.settings.whole("weeks", 52, 1, 520)?;
    let yearly = input.settings.between("discount", 0.1, 0.0, 1.0)?;
    let discount = (1.0 + yearly).powf(1.0 / WEEKS_PER_YEAR) - 1.0;
    let found = histories(&lines.orders(), lines.today)?;
    let help = Text::new(
        "lifetime value needs customers who came back, on at least ten of whom amounts are known; take a longer period",
        "终身价值需要至少十位有金额记录的回头客；请延长取数时段",
    );
    let helped =
        |e: Refusal| if e.is_cancelled() { e } else { Refusal { help: help.clone(), ..e } };
    let model = fitted(input, &found, run).map_err(helped)?;
    let spend = GammaGamma::fit(&found, run).map_err(|e| helped(e.into()))?;
    parameters(report, &model, &spend);
    let buying = model.buying();
    let mut rows: Vec<(&History, f64, f64, f64)> = Vec::with_capacity(found.len());
    for (at, h) in found.iter().enumerate() {
        if at % 1024 == 0 {
            run.watch.progress(at, found.len());
            if run.watch.cancelled() {
                return Err(mining::Error::Cancelled.into());
            }
        }
        let value = lifetime_value(buying, &spend, h, weeks, discount);
        rows.push((h, buying.expected(h, weeks as f64), buying.alive(h), value));
    }
    rows.sort_by(|a, b| b.3.total_cmp(&a.3));
    told(report, &rows, weeks);
    let mut table = Table::new(
        "customers",
        Text::new("Customers by expected value", "客户（按预期价值）"),
        &[
            ("customer", "customer", "客户"),
            ("repeats", "repeat purchases", "复购次数"),
            ("mean_amount", "mean amount", "平均金额"),
            ("alive", "active", "活跃概率"),
            ("expected", "purchases expected", "预期购买次数"),
            ("expected_amount", "amount expected each", "预期单次金额"),
            ("value", "value", "终身价值"),
        ],
    );
    for (h, expected, alive, value) in rows {
        table.rows.push(vec![
            Value::Raw(lines.name(h.customer).to_owned()),
            Value::Number(h.repeats),
            Value::Number(h.mean_amount),
            Value::Share(alive),
            Value::Number(expected),
            Value::Number(spend.expected_amount(h)),
            Value::Number(value),
        ]);
    }
    report.tables.push(table);
    report.list = "customers";
    Ok(())
}

fn parameters(report: &mut Report, model: &Model, spend: &GammaGamma) {
    let n = |v: f64| format!("{v:.4}");
    let (name, words) = match model {
        Model::BgNbd(m) => {
            if let Some(warning) = m.warning() {
                report.say(crate::report::Tone::Warning, warning);
            }
            (
                "BG/NBD",
                format!(
                    "r {} α {} a {} b {}, LL {:.2}",
                    n(m.r),
                    n(m.alpha),
                    n(m.a),
                    n(m.b),
                    m.log_likelihood
                ),
            )
        }
        Model::Pareto(m) => {
            if let Some(warning) = m.warning() {
                report.say(crate::report::Tone::Warning, warning);
            }
            (
                "Pareto/NBD",
                format!(
                    "r {} α {} s {} β {}, LL {:.2}",
                    n(m.r),
                    n(m.alpha),
                    n(m.s),
                    n(m.beta),
                    m.log_likelihood
                ),
            )
        }
    };
    report.on_card(
        "model",
        Text::new("model of purchases", "购买模型"),
        Value::Raw(format!("{name}: {words}")),
    );
    let words = format!("p {} q {} γ {}", n(spend.p), n(spend.q), n(spend.gamma));
    report.on_card(
        "spend",
        Text::new("model of amounts (Gamma-Gamma)", "金额模型（Gamma-Gamma）"),
        Value::Raw(words),
    );
    report.on_card(
        "formula",
        Text::new("value", "价值"),
        Value::Words(Text::new(
            "Σ over the weeks of (purchases expected in the week × amount expected) / (1 + weekly discount)^week",
            "Σ（当周预期购买次数 × 预期单次金额）÷（1 + 周折现率）^周数",
        )),
    );
}

fn told(report: &mut Report, rows: &[(&History, f64, f64, f64)], weeks: usize) {
    let values: Vec<f64> = rows.iter().map(|r| r.3).collect();
    let total: f64 = values.iter().sum();
    let alive: f64 = rows.iter().map(|r| r.2).sum();
    report.figure(
        "value",
        Text::new(format!("value of the next {weeks} weeks"), format!("未来 {weeks} 周价值")),
        Value::Number(total),
    );
    report.figure(
        "alive",
        Text::new("customers expected to be active", "预计活跃客户"),
        Value::Number(alive),
    );
    report.figure("customers", Text::new("customers", "客户数"), Value::Count(rows.len()));
    if let Ok(p) = pareto(&values) {
        let top = percent(p.value_of_top(0.1));
        report.finding(
            format!(
                "the best 10 % of the customers hold {top} of the expected value, {} in all",
                number(total)
            ),
            format!("前 10 % 的客户占预期价值的 {top}，总额 {}", number(total)),
        );
    }
    let quiet = rows.iter().take(rows.len().div_ceil(5)).filter(|r| r.2 < 0.5).count();
    if quiet > 0 {
        report.finding(
            format!("{quiet} of the most valuable fifth are more likely gone than not"),
            format!("价值最高的五分之一中，{quiet} 位更可能已流失"),
        );
    }
    let bands = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0001];
    let bars = bands
        .windows(2)
        .map(|w| {
            let count = rows.iter().filter(|r| r.2 >= w[0] && r.2 < w[1]).count();
            let label = format!("{} – {}", percent(w[0]), percent(w[1].min(1.0)));
            Bar::raw(&label, count as f64)
        })
        .collect();
    let title = Text::new("Customers by probability of being active", "客户数（按活跃概率）");
    report.charts.push(Chart::bars(title.clone(), title, bars, Unit::Number));
}
