//! How a deal is worked and how it ends: the habits that win, with their effects.

use super::plan::{FAST_MINUTES, WIN_BASE, WIN_COMPETITOR, WIN_FAST, WIN_THREADS, WIN_VISITS};
use crate::calendar::Calendar;
use crate::random::{Random, logistic};
use crate::world::{Habits, Outcome, Work};
use jiff::Timestamp;

/// Share of deals in which a competitor is known.
const COMPETITOR_SHARE: f64 = 0.3;
/// Share of failed deals that were no deals at all.
const INVALID_SHARE: f64 = 0.05;

/// Stages of the pipelines, the first of which new workspaces have by themselves: pipeline, code, Chinese, English, probability, kind, required fields.
pub(crate) const STAGES: [(usize, &str, &str, &str, i64, &str, &str); 12] = [
    (0, "new", "初步接洽", "New", 10, "open", ""),
    (0, "qualified", "需求确认", "Qualified", 30, "open", ""),
    (0, "proposal", "方案报价", "Proposal", 60, "open", ""),
    (0, "negotiation", "商务谈判", "Negotiation", 80, "open", ""),
    (0, "won", "赢单", "Won", 100, "won", ""),
    (0, "lost", "输单", "Lost", 0, "lost", ""),
    (0, "invalid", "无效", "Invalid", 0, "invalid", ""),
    (1, "enquiry", "渠道询价", "Channel enquiry", 15, "open", ""),
    (1, "registered", "项目报备", "Registered", 45, "open", "expected_amount"),
    (1, "won", "赢单", "Won", 100, "won", ""),
    (1, "lost", "输单", "Lost", 0, "lost", ""),
    (1, "invalid", "无效", "Invalid", 0, "invalid", ""),
];

/// How a salesperson with these habits works a deal.
pub(crate) fn work(habits: Habits, competitors: &[usize], random: &mut Random) -> Work {
    let fast = random.chance(habits.fast);
    let response_minutes = if fast {
        random.between(12, FAST_MINUTES - 20)
    } else {
        random.between(20 * 60, 110 * 60)
    };
    let visits = if random.chance(habits.visits) {
        2 + random.poisson(0.7)
    } else {
        usize::from(random.chance(0.4))
    };
    let threads = if random.chance(habits.threads) { 2 + random.below(2) } else { 1 };
    Work {
        fast,
        response_minutes,
        visits,
        mails: random.poisson(habits.mails),
        calls: 1 + random.poisson(1.2),
        threads,
        competitor: random.chance(COMPETITOR_SHARE).then(|| *random.pick(competitors)),
    }
}

/// The chance to win a deal that is worked like this.
pub(crate) fn win_chance(work: &Work) -> f64 {
    let mut odds = WIN_BASE;
    odds += if work.fast { WIN_FAST } else { 0.0 };
    odds += if work.visits >= 2 { WIN_VISITS } else { 0.0 };
    odds += if work.threads >= 2 { WIN_THREADS } else { 0.0 };
    odds += if work.competitor.is_some() { WIN_COMPETITOR } else { 0.0 };
    logistic(odds)
}

/// How a deal ends.
pub(crate) fn outcome(work: &Work, random: &mut Random) -> Outcome {
    if random.chance(win_chance(work)) {
        Outcome::Won
    } else if random.chance(INVALID_SHARE) {
        Outcome::Invalid
    } else {
        Outcome::Lost
    }
}

/// Why a deal was lost: follows from how it was worked.
pub(crate) fn lost_reason(work: &Work, random: &mut Random) -> &'static str {
    let rival = if work.competitor.is_some() { 5.0 } else { 0.2 };
    let slow = if work.fast { 0.6 } else { 1.6 };
    let alone = if work.threads >= 2 { 0.5 } else { 1.8 };
    let reasons = [
        ("competitor", rival),
        ("timing", slow),
        ("no_decision", alone),
        ("price", 1.6),
        ("no_budget", 1.2),
        ("product", if work.visits >= 2 { 0.4 } else { 1.0 }),
        ("other", 0.3),
    ];
    reasons[random.weighted(reasons.iter().map(|r| r.1))].0
}

/// The stages a deal went through in `pipeline` from `created_at` to its end or to `now`.
pub(crate) fn stages(
    calendar: &Calendar,
    pipeline: usize,
    (created, created_at): (i32, Timestamp),
    close: i32,
    outcome: Outcome,
    random: &mut Random,
) -> Vec<(usize, Timestamp)> {
    let of = |kind: &str| -> Vec<usize> {
        (0..STAGES.len()).filter(|s| STAGES[*s].0 == pipeline && STAGES[*s].5 == kind).collect()
    };
    let open = of("open");
    let length = f64::from((close - created).max(1));
    let part = match outcome {
        Outcome::Open => (f64::from(-created) / length).min(0.98),
        Outcome::Won => 1.0,
        Outcome::Lost | Outcome::Invalid => random.unit(),
    };
    let reached = ((part * open.len() as f64).ceil() as usize).clamp(1, open.len());
    let end = if outcome == Outcome::Open { 0 } else { close };
    let mut entered = vec![(open[0], created_at)];
    for (number, stage) in open.iter().enumerate().take(reached).skip(1) {
        let day = created + (f64::from(end - created) * number as f64 / reached as f64) as i32;
        entered.push((*stage, calendar.office(calendar.working(day).min(end), random)));
    }
    let last = match outcome {
        Outcome::Open => None,
        Outcome::Won => of("won").first().copied(),
        Outcome::Lost => of("lost").first().copied(),
        Outcome::Invalid => of("invalid").first().copied(),
    };
    if let Some(stage) = last {
        entered.push((stage, calendar.office(close, random)));
    }
    in_order(&mut entered);
    entered
}

/// A stage is never entered before the one in front of it.
fn in_order(entered: &mut [(usize, Timestamp)]) {
    for index in 1..entered.len() {
        entered[index].1 = entered[index].1.max(entered[index - 1].1);
    }
}
