//! Groups by merging the most alike, for small sets.

use super::clusters::{Attributes, SETTINGS, attributes, groups};
use super::orders::COLUMNS;
use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Tone, Value};
use mining::segment::{Hierarchy, hierarchy, silhouette};
use mining::{Run, Text};

pub(super) const STUDY: Study = Study {
    name: "hierarchy",
    title: ("Hierarchical clusters", "层次聚类"),
    about: (
        "Merges the most alike customers step by step; for up to 5,000",
        "逐步合并最相似的客户，适用于 5,000 户以内",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

/// Least silhouette for groups to be called real (Kaufman and Rousseeuw 1990, table 4).
const SILHOUETTE_MIN: f64 = 0.25;
/// Merges drawn, the last ones.
const MERGES_SHOWN: usize = 15;

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let attributes = attributes(input, report)?;
    let tree = hierarchy(&attributes.scaled, run).map_err(|e| Refusal {
        help: match e {
            mining::Error::TooLarge { .. } => Text::new(
                "for more rows use the study segments",
                "数据较多时请使用 segments（k-means 聚类）",
            ),
            _ => Text::default(),
        },
        ..Refusal::from(e)
    })?;
    let k_max = input.settings.whole("k-max", 8, 2, 20)?.min(attributes.scaled.rows());
    let (k, width) = match input.settings.number("k")? {
        Some(_) => {
            let k = input.settings.whole("k", 4, 1, attributes.scaled.rows())?;
            (k, silhouette(&attributes.scaled, &tree.cut(k)?, run.seed, run).ok())
        }
        None => best(&attributes, &tree, k_max, run)?,
    };
    heights(report, &tree);
    if let Some(width) = width {
        report.figure("silhouette", Text::new("silhouette", "轮廓系数"), Value::Number(width));
        if width < SILHOUETTE_MIN {
            report.say(
                Tone::Warning,
                Text::new(
                    "the groups hardly part: read them as bands, not as types",
                    "各组区分不明显：宜视为分档而非类型",
                ),
            );
        }
    }
    report.figure("k", Text::new("groups", "分组数"), Value::Count(k));
    groups(report, &attributes, &tree.cut(k)?)
}

/// The number of groups with the largest silhouette.
fn best(
    a: &Attributes,
    tree: &Hierarchy,
    k_max: usize,
    run: &Run<'_>,
) -> Result<(usize, Option<f64>)> {
    let mut best = (1, None);
    for k in 2..=k_max {
        let Ok(width) = silhouette(&a.scaled, &tree.cut(k)?, run.seed, run) else { continue };
        if best.1.is_none_or(|b| width > b) {
            best = (k, Some(width));
        }
    }
    Ok(best)
}

fn heights(report: &mut Report, tree: &Hierarchy) {
    let from = tree.merges.len().saturating_sub(MERGES_SHOWN);
    let shown = &tree.merges[from..];
    let bars = shown.iter().enumerate().rev().map(|(i, m)| {
        let (before, after) = (shown.len() - i + 1, shown.len() - i);
        Bar::new(
            Text::new(
                format!("{before} groups become {after}"),
                format!("{before} 组并为 {after} 组"),
            ),
            m.height,
        )
    });
    report.charts.push(Chart::bars(
        Text::new("How unlike the merged groups are", "被合并各组的差异程度"),
        Text::new(
            "a long bar means that two unlike groups were merged",
            "条形越长，合并的两组差异越大",
        ),
        bars.collect(),
        Unit::Number,
    ));
}
