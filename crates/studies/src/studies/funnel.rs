//! The sales funnel: how many go on from stage to stage, and how long it takes.

use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Value};
use crate::roles::{Role, called, guess, unknown};
use crate::settings::{Kind, Setting, setting};
use crate::sheet::days;
use mining::text::{number, percent};
use mining::time::{Funnel, Visit, funnel};
use mining::{Run, Text};

const SETTINGS: &[Setting] = &[
    setting(
        "deal",
        Kind::Column,
        "column of the deal; a row is one deal entering one stage",
        "商机列；每行为一个商机进入一个阶段",
    ),
    setting("stage", Kind::Column, "column of the stage", "阶段列"),
    setting("date", Kind::Column, "column of the day of entering", "进入日期列"),
    setting(
        "stages",
        Kind::Columns,
        "the stages in order; those not named are left out; by mean day of entering if not given",
        "按顺序列出的阶段；未列出者不采用；默认按平均进入日期",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "funnel",
    title: ("Sales funnel", "销售漏斗"),
    about: (
        "How many deals go on from stage to stage, and how long it takes",
        "各阶段转化率与所需天数",
    ),
    settings: &[SETTINGS],
    compares: false,
    work,
};

const STAGES_MAX: usize = 30;

fn work(input: &Input<'_>, _: &Run<'_>, report: &mut Report) -> Result<()> {
    let stage = input.column(Role::Stage)?;
    let deal = match input.settings.text("deal") {
        Some(name) => input.named(name)?,
        None => deals(input)?,
    };
    let single = deal.values.len() >= input.sheet.rows;
    if single && input.settings.list("stages").is_empty() {
        return Err(snapshot(stage));
    }
    // A single row per deal says where it stands, not since when.
    let day = if single { vec![0.0; input.sheet.rows] } else { entered(input, report)? };
    let order = stages(input, stage, &day)?;
    let mut place = vec![None; stage.values.len()];
    order.iter().enumerate().for_each(|(at, &code)| place[code] = Some(at));
    let no_deal = deal.blanks();
    let mut visits = Vec::new();
    for row in 0..input.sheet.rows {
        let (d, s) = (deal.codes[row], place[stage.codes[row] as usize]);
        if let (Some(stage), false, false) = (s, no_deal[d as usize], day[row].is_nan()) {
            visits.push(Visit { deal: u64::from(d), stage, day: day[row] });
        }
    }
    let left = input.sheet.rows - visits.len();
    if left > 0 {
        report.warning(
            format!("{left} rows without deal, day or one of the stages were left out"),
            format!("{left} 行缺少商机、日期或不属于所列阶段，未采用"),
        );
    }
    let found = funnel(&visits, order.len())?;
    let names: Vec<&str> = order.iter().map(|&c| stage.values[c].as_str()).collect();
    told(report, &found, &names, single);
    report.tables.push(table(&found, &names));
    report.list = "stages";
    Ok(())
}

fn table(found: &Funnel, names: &[&str]) -> Table {
    let mut table = Table::new(
        "stages",
        Text::new("Stages", "阶段"),
        &[
            ("stage", "stage", "阶段"),
            ("reached", "reached", "到达"),
            ("from_previous", "of the stage before", "上一阶段转化"),
            ("low", "at least", "下限"),
            ("high", "at most", "上限"),
            ("from_start", "of all", "总转化"),
            ("median_days", "days to go on, half", "转入下一阶段天数（中位）"),
            ("p90_days", "nine of ten", "九成"),
            ("resting", "rest here", "停留于此"),
        ],
    );
    for step in &found.steps {
        table.rows.push(vec![
            Value::Raw(names[step.stage].to_owned()),
            Value::Count(step.reached),
            Value::Share(step.from_previous),
            Value::Share(step.low),
            Value::Share(step.high),
            Value::Share(step.from_start),
            Value::Number(step.median_days),
            Value::Number(step.p90_days),
            Value::Count(step.resting),
        ]);
    }
    table
}

/// The narrowest step, how many come to the end, and the picture.
fn told(report: &mut Report, found: &Funnel, names: &[&str], single: bool) {
    if let Some(worst) =
        found.steps[1..].iter().min_by(|a, b| a.from_previous.total_cmp(&b.from_previous))
    {
        let (share, name) = (percent(worst.from_previous), names[worst.stage]);
        let (low, high) = (percent(worst.low), percent(worst.high));
        report.finding(
            format!("the narrowest step leads to {name}: {share} get there ({low} to {high})"),
            format!("最窄的一步是进入 {name}：{share} 到达（{low} 至 {high}）"),
        );
    }
    if let Some(last) = found.steps.last() {
        let (share, time) = (percent(last.from_start), number(found.median_days_to_end));
        match single {
            true => report.finding(
                format!("{share} of these deals have reached the last stage"),
                format!("{share} 的商机已到达最后阶段"),
            ),
            false => report.finding(
                format!(
                    "{share} of all deals reach the last stage, half of them within {time} days"
                ),
                format!("{share} 的商机到达最后阶段，其中一半在 {time} 天内"),
            ),
        }
        report.figure(
            "whole",
            Text::new("reach the end", "到达终点"),
            Value::Share(last.from_start),
        );
    }
    if !single {
        report.figure(
            "days",
            Text::new("days to the end, half", "到达终点天数（中位）"),
            Value::Number(found.median_days_to_end),
        );
    }
    if single {
        report.warning(
            "each deal has one row, so days between stages are not known, and a deal that was left out cannot show how far it came",
            "每个商机只有一行，无法得知阶段间天数；未列入阶段的商机不计",
        );
    }
    let bars = found.steps.iter().map(|s| {
        let note = format!("{} · {}", s.reached, percent(s.from_start));
        Bar::raw(names[s.stage], s.reached as f64).noted(Text::new(&note, &note))
    });
    let title = Text::new("Deals that reach each stage", "到达各阶段的商机");
    report.charts.push(Chart::bars(title.clone(), title, bars.collect(), Unit::Number));
}

/// The day of entering per row.
fn entered(input: &Input<'_>, report: &mut Report) -> Result<Vec<f64>> {
    let date = input.column(Role::Date)?;
    let (day, notes) = days(date)
        .ok_or_else(|| mining::Error::ColumnKind { name: date.name.clone(), need: "dates" })?;
    notes.into_iter().for_each(|n| report.warning(n.en, n.zh));
    Ok(day)
}

/// The column of deals by its usual names.
fn deals<'a>(input: &Input<'a>) -> Result<&'a crate::sheet::TextColumn> {
    const NAMES: &str = "opportunityid opportunityname opportunity dealid dealname deal 商机编号 \
                         商机 商机名称 leadid 线索";
    let named = called(input.sheet, NAMES.split_whitespace());
    named.or_else(|| guess(input.sheet, Role::Customer)).ok_or_else(|| {
        let mut refusal = unknown(input.sheet, Role::Customer);
        refusal.why = Text::new("which column is the deal?", "哪一列是商机？");
        let names = input.sheet.names().join(", ");
        refusal.help = Text::new(
            format!("say it with --deal NAME; the columns are: {names}"),
            format!("请用 --deal 列名 指定；现有列：{names}"),
        );
        refusal
    })
}

/// The refusal when each deal has one row: its present stage says nothing about the order.
fn snapshot(stage: &crate::sheet::TextColumn) -> Refusal {
    let known = stage.values.iter().filter(|v| !v.is_empty()).take(STAGES_MAX).cloned();
    let known = known.collect::<Vec<_>>().join(",");
    Refusal {
        code: "study.which_stages".to_owned(),
        why: Text::new(
            "each deal has one row, its present stage: the order of the stages cannot be found out",
            "每个商机只有一行（当前阶段），无法推断阶段顺序",
        ),
        help: Text::new(
            format!("name them in order with --stages; there are: {known}"),
            format!("请用 --stages 按顺序列出；现有：{known}"),
        ),
    }
}

/// Codes of the stages in order: as set, or by the mean day on which deals enter them.
fn stages(input: &Input<'_>, stage: &crate::sheet::TextColumn, day: &[f64]) -> Result<Vec<usize>> {
    let listed = input.settings.list("stages");
    if !listed.is_empty() {
        let find = |name: &String| stage.values.iter().position(|v| v == name);
        let missing = listed.iter().find(|n| find(n).is_none());
        if let Some(name) = missing {
            let known = stage.values.join(", ");
            return Err(Refusal::setting(Text::new(
                format!("there is no stage {name}; there are: {known}"),
                format!("没有阶段 {name}；现有：{known}"),
            )));
        }
        return Ok(listed.iter().filter_map(find).collect());
    }
    let blank = stage.blanks();
    let mut sums = vec![(0.0, 0.0); stage.values.len()];
    for (&code, &d) in stage.codes.iter().zip(day).filter(|(_, d)| !d.is_nan()) {
        sums[code as usize].0 += d;
        sums[code as usize].1 += 1.0;
    }
    let mut order: Vec<usize> = (0..sums.len()).filter(|&c| !blank[c] && sums[c].1 > 0.0).collect();
    order.sort_by(|&a, &b| (sums[a].0 / sums[a].1).total_cmp(&(sums[b].0 / sums[b].1)));
    if order.len() > STAGES_MAX {
        return Err(
            mining::Error::TooLarge { what: "stages", have: order.len(), max: STAGES_MAX }.into()
        );
    }
    Ok(order)
}
