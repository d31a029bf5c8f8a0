//! Groups nobody has named yet, by k-means, with a suggested number, profiles and names.

use super::columns::frame;
use super::orders::{COLUMNS, lines, needs_amounts};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Kind as Picture, Series, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use mining::frame::Values;
use mining::rng::Rng;
use mining::segment::{
    KChoice, KMeansOptions, Points, Profile, kmeans, profiles, rfm, silhouette, suggest_k,
};
use mining::text::{number, percent};
use mining::{Run, Text};

pub(super) const SETTINGS: &[Setting] = &[
    setting("k", Kind::Whole, "number of groups; suggested if not given", "分组数；默认由系统建议"),
    setting(
        "only",
        Kind::Columns,
        "columns of numbers to group by; without them order lines are grouped by RFM, other tables by all their numbers",
        "用于分组的数值列；默认：订单明细按 RFM，其他表按全部数值列",
    ),
    setting(
        "k-max",
        Kind::Whole,
        "largest number of groups tried (8)",
        "尝试的最大分组数（默认 8）",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "segments",
    title: ("Clusters", "聚类细分"),
    about: (
        "Finds groups of alike customers and says what sets them apart",
        "找出相似的客户群并说明其特征",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

/// Rows from which the number of groups is suggested.
const SUGGEST_ROWS_MAX: usize = 20_000;
/// Skewness from which a column of positive numbers is compressed.
const SKEW_MAX: f64 = 2.0;

/// What is grouped: numbers in their own units, the same ready for distances, and names.
pub(super) struct Attributes {
    pub points: Points,
    pub scaled: Points,
    pub names: Vec<Text>,
    pub rows: Vec<String>,
    pub row_label: Text,
}

/// The attributes as set, or what the data offer.
pub(super) fn attributes(input: &Input<'_>, report: &mut Report) -> Result<Attributes> {
    let only = input.listed("only")?;
    let customers = input.maybe(Role::Customer)?;
    let repeats = customers.is_some_and(|c| c.values.len() < c.codes.len());
    if only.is_empty() && repeats && input.maybe(Role::Date)?.is_some() {
        return of_orders(input, report);
    }
    let chosen: Vec<&str> = only.iter().map(|c| c.name.as_str()).collect();
    let (frame, _) = frame(input.sheet, &[], &chosen, super::columns::origin(input.sheet), report)?;
    let (mut names, mut columns) = (Vec::new(), Vec::new());
    for column in frame.columns() {
        match column.values() {
            Values::Numeric(v) if column.distinct() > 1 => {
                names.push(Text::new(column.name(), column.name()));
                columns.push(filled(column.name(), v, report));
            }
            Values::Numeric(_) => {}
            Values::Category(_) if chosen.contains(&column.name()) => {
                let (name, need) = (column.name().to_owned(), "numbers");
                return Err(mining::Error::ColumnKind { name, need }.into());
            }
            Values::Category(_) => {}
        }
    }
    if columns.is_empty() {
        return Err(Refusal {
            help: Text::new("clusters need columns of numbers", "聚类需要数值列"),
            ..mining::Error::NoColumns.into()
        });
    }
    let width = columns.len();
    let own = |cells: &[Vec<f64>]| -> Vec<f64> {
        (0..input.sheet.rows).flat_map(|r| cells.iter().map(move |c| c[r])).collect()
    };
    let points = Points::new(own(&columns), width)?;
    let shaped: Vec<Vec<f64>> = columns.into_iter().map(compressed).collect();
    let scaled = Points::new(own(&shaped), width)?.standardised(false);
    let label = customers.filter(|c| c.values.len() == c.codes.len());
    let label =
        label.or_else(|| input.sheet.columns.iter().find(|c| c.values.len() == c.codes.len()));
    let rows = (0..input.sheet.rows)
        .map(|r| label.map_or_else(|| (r + 1).to_string(), |c| c.text(r).to_owned()))
        .collect();
    let row_label = label.map_or_else(|| Text::new("row", "行"), |c| Text::new(&c.name, &c.name));
    Ok(Attributes { points, scaled, names, rows, row_label })
}

fn of_orders(input: &Input<'_>, report: &mut Report) -> Result<Attributes> {
    let lines = lines(input, report)?;
    needs_amounts(input, &lines)?;
    let found = rfm(&lines.orders(), lines.today)?;
    let values = found.iter().flat_map(|c| [c.recency_days, c.frequency, c.monetary]).collect();
    let points = Points::new(values, 3)?;
    let scaled = points.standardised(true);
    let names = vec![
        Text::new("days since the last order", "距上次购买天数"),
        Text::new("orders", "购买次数"),
        Text::new("money", "金额"),
    ];
    let rows = found.iter().map(|c| lines.name(c.customer).to_owned()).collect();
    Ok(Attributes { points, scaled, names, rows, row_label: Text::new("customer", "客户") })
}

/// Missing numbers become the median, with a note.
fn filled(name: &str, values: &[f64], report: &mut Report) -> Vec<f64> {
    let mut known: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    let missing = values.len() - known.len();
    if missing == 0 {
        return values.to_vec();
    }
    let middle = known.len() / 2;
    let median = *known.select_nth_unstable_by(middle, f64::total_cmp).1;
    let shown = number(median);
    report.warning(
        format!("{missing} missing values of {name} were set to the median, {shown}"),
        format!("{name} 列的 {missing} 个缺失值按中位数 {shown} 处理"),
    );
    values.iter().map(|v| if v.is_nan() { median } else { *v }).collect()
}

fn compressed(values: Vec<f64>) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let moment = |p: i32| values.iter().map(|v| (v - mean).powi(p)).sum::<f64>() / n;
    // Huge numbers overflow here; their skewness is then no number, and they stay as they are.
    let skew = moment(3) / moment(2).powf(1.5);
    let positive = values.iter().all(|v| *v >= 0.0);
    if positive && skew > SKEW_MAX { values.iter().map(|v| v.ln_1p()).collect() } else { values }
}

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let attributes = attributes(input, report)?;
    let k_max = input.settings.whole("k-max", 8, 2, 20)?;
    let given = match input.settings.number("k")? {
        Some(_) => Some(input.settings.whole("k", 5, 2, 1000)?),
        None => None,
    };
    let n = attributes.scaled.rows();
    let rows = Rng::new(run.seed).sample(n, SUGGEST_ROWS_MAX);
    let sample = rows.iter().flat_map(|&r| attributes.scaled.row(r).iter().copied()).collect();
    let sample = Points::new(sample, attributes.scaled.width())?;
    let choice = if n > 2 {
        suggest_k(&sample, 2, k_max.min(n - 1), &KMeansOptions::default(), run)?
    } else {
        KChoice { k: None, tried: Vec::new() }
    };
    tried(report, &choice);
    let Some(k) = given.or(choice.k) else {
        report.refused = Some("study.one_cloud".to_owned());
        report.say(
            crate::report::Tone::Refusal,
            Text::new(
                "no number of groups is better than cutting one cloud of customers at will, so none is suggested",
                "任何分组数都不优于对单一群体的随意切分，因此不建议分组",
            ),
        );
        report.advice(
            "group by other columns (--only), or name a number with --k if you need bands of equal size rather than types",
            "请换用其他列（--only）；若只需分档而非分类型，可用 --k 指定组数",
        );
        return Ok(());
    };
    if given.is_some() && choice.k != given {
        match choice.k {
            Some(s) => report.warning(
                format!("the data suggest {s} groups rather than {k}"),
                format!("数据更支持分为 {s} 组，而非 {k} 组"),
            ),
            None => report.warning(
                format!(
                    "the data do not suggest groups: the {k} groups are cuts through one cloud"
                ),
                format!("数据并未呈现自然分组：这 {k} 组只是对整体的切分"),
            ),
        }
    }
    let found = kmeans(&attributes.scaled, &KMeansOptions { k, ..KMeansOptions::default() }, run)?;
    let width = silhouette(&attributes.scaled, &found.labels, run.seed, run)?;
    report.figure("k", Text::new("groups", "分组数"), Value::Count(k));
    report.figure("silhouette", Text::new("silhouette", "轮廓系数"), Value::Number(width));
    report.figure("inertia", Text::new("inertia", "组内平方和"), Value::Number(found.inertia));
    groups(report, &attributes, &found.labels)
}

fn tried(report: &mut Report, choice: &KChoice) {
    let mut table = Table::new(
        "tried",
        Text::new("Numbers of groups tried", "尝试过的分组数"),
        &[
            ("k", "groups", "组数"),
            ("silhouette", "silhouette", "轮廓系数"),
            ("stability", "stability", "稳定性"),
            ("one_cloud", "silhouette of one cloud", "单一群体的轮廓系数"),
            ("inertia", "inertia", "组内平方和"),
        ],
    );
    for q in &choice.tried {
        let numbers = [q.silhouette, q.stability, q.one_cloud, q.inertia].map(Value::Number);
        table.rows.push([vec![Value::Count(q.k)], numbers.to_vec()].concat());
    }
    let line = |of: fn(&mining::segment::KQuality) -> f64| -> Vec<(f64, f64)> {
        choice.tried.iter().map(|q| (q.k as f64, of(q))).collect()
    };
    if choice.tried.len() > 1 {
        let title = Text::new("How well so many groups part the customers", "不同分组数的区分程度");
        report.charts.push(Chart::lines(
            title.clone(),
            title,
            vec![
                Series::line(Text::new("silhouette", "轮廓系数"), line(|q| q.silhouette)),
                Series::line(Text::new("stability", "稳定性"), line(|q| q.stability)),
                Series::reference(Text::new("one cloud", "单一群体"), line(|q| q.one_cloud)),
            ],
            (Text::new("groups", "分组数"), Unit::Number),
            (Text::new("0 to 1", "0 至 1"), Unit::Number),
        ));
    }
    report.tables.push(table);
}

/// Profiles, pictures and the list of who is in which group.
pub(super) fn groups(report: &mut Report, a: &Attributes, labels: &[u32]) -> Result<()> {
    let found = profiles(&a.points, labels, &a.names)?;
    for p in found.iter().take(3) {
        let share = percent(p.share);
        report.finding(
            format!("group {}, {share} of all: {}", p.group + 1, p.name.en),
            format!("第 {} 组，占 {share}：{}", p.group + 1, p.name.zh),
        );
    }
    let mut table = Table::new(
        "groups",
        Text::new("Groups", "分组"),
        &[
            ("group", "group", "组"),
            ("name", "name", "名称"),
            ("members", "members", "数量"),
            ("share", "of all", "占比"),
        ],
    );
    for name in &a.names {
        table.headings.push(crate::report::Heading { key: name.en.clone(), label: name.clone() });
    }
    for p in &found {
        let head = [
            Value::Count(p.group + 1),
            Value::Words(p.name.clone()),
            Value::Count(p.rows),
            Value::Share(p.share),
        ];
        table
            .rows
            .push(head.into_iter().chain(p.means.iter().map(|m| Value::Number(*m))).collect());
    }
    report.tables.push(table);
    pictures(report, a, &found);
    let mut list = Table::new("members", Text::new("Who is in which group", "分组名单"), &[]);
    list.headings = [
        ("member", a.row_label.clone()),
        ("group", Text::new("group", "组")),
        ("name", Text::new("name", "名称")),
    ]
    .into_iter()
    .map(|(key, label)| crate::report::Heading { key: key.to_owned(), label })
    .collect();
    for name in &a.names {
        list.headings.push(crate::report::Heading { key: name.en.clone(), label: name.clone() });
    }
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|&i| labels[i]);
    for i in order {
        let profile = &found[labels[i] as usize];
        let head = [
            Value::Raw(a.rows[i].clone()),
            Value::Count(profile.group + 1),
            Value::Words(profile.name.clone()),
        ];
        list.rows.push(
            head.into_iter().chain(a.points.row(i).iter().map(|v| Value::Number(*v))).collect(),
        );
    }
    report.tables.push(list);
    report.list = "members";
    Ok(())
}

fn pictures(report: &mut Report, a: &Attributes, found: &[Profile]) {
    let bars = found
        .iter()
        .map(|p| {
            Bar::new(
                Text::new(
                    format!("{}: {}", p.group + 1, p.name.en),
                    format!("{}:{}", p.group + 1, p.name.zh),
                ),
                p.share,
            )
        })
        .collect();
    let title = Text::new("Size of the groups", "各组规模");
    report.charts.push(Chart::bars(title.clone(), title, bars, Unit::Share));
    let shown = a.names.len().min(12);
    let cells = found
        .iter()
        .map(|p| {
            (0..shown)
                .map(|j| {
                    let shade = (p.z[j] / 4.0 + 0.5).clamp(0.0, 1.0);
                    (shade, vec![Text::new(number(p.means[j]), number(p.means[j]))])
                })
                .collect()
        })
        .collect();
    let title = Text::new(
        "Means of the groups; darker is higher than others",
        "各组均值；颜色越深越高于其他组",
    );
    report.charts.push(Chart {
        title: title.clone(),
        alt: title,
        kind: Picture::Grid {
            columns: a.names[..shown].to_vec(),
            rows: found
                .iter()
                .map(|p| {
                    Text::new(format!("group {}", p.group + 1), format!("第 {} 组", p.group + 1))
                })
                .collect(),
            axes: (Text::default(), Text::default()),
            cells,
        },
    });
}
