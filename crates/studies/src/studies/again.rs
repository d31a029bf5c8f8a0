//! Who will buy again and who is leaving, learnt from order lines, with value beside risk.

use super::orders::{COLUMNS, Lines, lines};
use super::predict::{SETTINGS as MODELS, card, contenders, joined, judged, options, tree};
use super::{Input, Study};
use crate::chart::{Chart, Kind as Picture};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Tone, Value};
use crate::settings::{Kind, Setting, setting};
use crate::sheet::day_text;
use mining::activity::Activities;
use mining::predict::{Answer, Published, Question, predict};
use mining::rng::Rng;
use mining::segment::Order;
use mining::text::{number, percent};
use mining::{Frame, Run, Text};

const SETTINGS: &[Setting] = &[
    setting(
        "days",
        Kind::Whole,
        "days within which a customer buys again or is leaving (91)",
        "多少天内是否再次购买（默认 91）",
    ),
    MODELS[3],
    MODELS[5],
];

pub(super) const STUDY: Study = Study {
    name: "churn",
    title: ("Who will buy again, who is leaving", "复购与流失预测"),
    about: (
        "Learns from order lines who buys again within some days; risk and value of each customer",
        "从订单明细学习谁会在若干天内再次购买；给出每位客户的风险与价值",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

/// Days of history before the earliest window that is learnt from.
const HISTORY_DAYS_MIN: f64 = 60.0;
const WINDOWS_MAX: usize = 6;
/// Rows learnt from; of more, customers are sampled.
const ROWS_MAX: usize = 300_000;
const REASONS_ROWS_MAX: usize = 1_000;

/// What was known of customers at several days, and whether they bought within the horizon.
struct Windows {
    frame: Frame,
    again: Vec<bool>,
    cut: Vec<f64>,
}

fn windows(orders: &[Order], today: f64, days: f64, run: &Run<'_>) -> Result<Windows> {
    let first = orders.iter().map(|o| o.day).fold(f64::INFINITY, f64::min);
    let cuts: Vec<f64> = (1..=WINDOWS_MAX)
        .map(|w| today - days * w as f64)
        .filter(|cut| cut - first >= HISTORY_DAYS_MIN.max(days / 2.0))
        .collect();
    if cuts.len() < 2 {
        let (have, need) = ((today - first).floor(), 2.0 * days + HISTORY_DAYS_MIN.max(days / 2.0));
        return Err(Refusal {
            code: "study.too_short".to_owned(),
            why: Text::new(
                format!(
                    "the orders span {have} days; {need} are needed to learn from one period and judge on a later one"
                ),
                format!("订单仅跨 {have} 天；须有 {need} 天才能以较早时段学习、较晚时段检验"),
            ),
            help: Text::new(
                "take a longer period, or fewer days with --days",
                "请延长取数时段，或用 --days 缩短期限",
            ),
        });
    }
    let (mut frames, mut again, mut cut_of) = (Vec::new(), Vec::new(), Vec::new());
    for &cut in cuts.iter().rev() {
        let found = Activities::of(orders, cut, run)?;
        let frame = found.features()?;
        let mut rows = Rng::new(run.seed).sample(frame.rows(), ROWS_MAX / cuts.len());
        rows.truncate(frame.rows());
        let bought = found.ordered_within(orders, days);
        again.extend(rows.iter().map(|&r| bought[r]));
        cut_of.extend(rows.iter().map(|_| cut));
        frames.push(frame.take(&rows));
    }
    Ok(Windows { frame: Frame::stacked(&frames)?, again, cut: cut_of })
}

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let lines = lines(input, report)?;
    let days = input.settings.whole("days", 91, 7, 1000)? as f64;
    let orders = lines.orders();
    let windows = windows(&orders, lines.today, days, run)?;
    let mut options = options(input, "", "")?;
    options.horizon = Text::new(
        format!("orders again within {days} days of {}", day_text(lines.today)),
        format!("自 {} 起 {days} 天内再次购买", day_text(lines.today)),
    );
    let question = Question {
        frame: &windows.frame,
        positive: &windows.again,
        time: Some(&windows.cut),
        folds: None,
    };
    let p = match predict(&question, &options, run)? {
        Answer::Published(p) => p,
        Answer::Refused(refusal) => {
            report.refused = Some(refusal.code.to_owned());
            report.say(Tone::Refusal, refusal.why.clone());
            report.say(Tone::Advice, refusal.help.clone());
            contenders(report, &refusal.scores, None);
            return Ok(());
        }
    };
    card(report, &p.card);
    contenders(report, &p.card.scores, Some(p.card.winner));
    judged(report, &p, &windows.again)?;
    tree(report, &windows.frame, &windows.again, run)?;
    let now = Activities::of(&orders, lines.today, run)?;
    list(report, &p, &lines, &now)
}

/// Every customer with the risk of leaving and the money so far, and the four fields of both.
fn list(report: &mut Report, p: &Published, lines: &Lines<'_>, now: &Activities) -> Result<()> {
    let frame = now.features()?;
    let again = p.probability(&frame)?;
    let money = now.money();
    let customers: Vec<u64> = now.customers().collect();
    let mut sorted = money.clone();
    sorted.sort_by(f64::total_cmp);
    let valuable = sorted[sorted.len() * 3 / 4];
    let risky = |q: f64| q < 0.5;
    fields(report, &again, &money, valuable);
    let at_risk: Vec<usize> =
        (0..again.len()).filter(|&i| risky(again[i]) && money[i] >= valuable).collect();
    let worth = number(at_risk.iter().map(|&i| money[i]).sum::<f64>());
    report.finding(
        format!("{} of the most valuable quarter will more likely leave than buy; they brought {worth} so far", at_risk.len()),
        format!("最有价值的四分之一中，{} 位更可能流失，累计贡献 {worth}", at_risk.len()),
    );
    let mut order: Vec<usize> = (0..again.len()).collect();
    let rank = |i: usize| (1.0 - again[i]) * money[i].max(0.0);
    order.sort_by(|&a, &b| rank(b).total_cmp(&rank(a)));
    let top: Vec<usize> = order.iter().copied().take(REASONS_ROWS_MAX).collect();
    let reasons = p.reasons(&frame.take(&top), 3)?;
    let mut table = Table::new(
        "customers",
        Text::new("Customers by money at risk", "客户（按风险金额）"),
        &[
            ("customer", "customer", "客户"),
            ("leaving", "leaving", "流失概率"),
            ("again", "buys again", "复购概率"),
            ("money", "money so far", "累计金额"),
            ("band", "field", "象限"),
            ("reasons", "reasons", "理由"),
        ],
    );
    for (at, &i) in order.iter().enumerate() {
        let band = match (risky(again[i]), money[i] >= valuable) {
            (true, true) => Text::new("save", "挽留"),
            (true, false) => Text::new("let go cheaply", "低成本触达"),
            (false, true) => Text::new("care for", "维护"),
            (false, false) => Text::new("develop", "培育"),
        };
        let why = reasons.get(at).map(|r| joined(r.iter().map(|r| &r.text)));
        table.rows.push(vec![
            Value::Raw(lines.name(customers[i]).to_owned()),
            Value::Share(1.0 - again[i]),
            Value::Share(again[i]),
            Value::Number(money[i]),
            Value::Words(band),
            why.map_or(Value::None, Value::Words),
        ]);
    }
    report.tables.push(table);
    report.list = "customers";
    Ok(())
}

fn fields(report: &mut Report, again: &[f64], money: &[f64], valuable: f64) {
    let n = again.len() as f64;
    let cell = |leaving: bool, high: bool| {
        let inside: Vec<usize> = (0..again.len())
            .filter(|&i| (again[i] < 0.5) == leaving && (money[i] >= valuable) == high)
            .collect();
        let worth: f64 = inside.iter().map(|&i| money[i]).sum();
        let (count, share) = (inside.len(), percent(inside.len() as f64 / n));
        let lines = [format!("{count} · {share}"), number(worth)];
        (inside.len() as f64 / n, lines.map(|l| Text::new(&l, &l)).to_vec())
    };
    let title = Text::new("Value and risk", "价值 × 风险");
    report.charts.insert(
        0,
        Chart {
            alt: Text::new(
                "each field: customers, and their money so far",
                "每格：客户数、累计金额",
            ),
            title,
            kind: Picture::Grid {
                columns: vec![Text::new("stays", "可能复购"), Text::new("leaving", "可能流失")],
                rows: vec![Text::new("others", "其余"), Text::new("best quarter", "前四分之一")],
                axes: (Text::new("risk", "风险"), Text::new("money so far", "累计金额")),
                cells: [false, true]
                    .map(|high| [false, true].map(|l| cell(l, high)).to_vec())
                    .to_vec(),
            },
        },
    );
}
