//! What makes each group special, and a name for it in both languages.

use super::Points;
use crate::error::{Error, Result, same_length};
use crate::text::Text;

/// One group as people see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its number.
    pub group: usize,
    /// Rows in it.
    pub rows: usize,
    /// Share of all rows.
    pub share: f64,
    /// Mean of every attribute, in the attribute's unit.
    pub means: Vec<f64>,
    /// Distance of each mean from the mean of all, in standard deviations of all.
    pub z: Vec<f64>,
    /// Suggested name: its two most striking attributes.
    pub name: Text,
}

/// Profiles of all groups; `points` are the attributes in their own units, `names` one name per
/// attribute, `labels` one group per row.
///
/// # Errors
/// [`Error::Length`].
pub fn profiles(points: &Points, labels: &[u32], names: &[Text]) -> Result<Vec<Profile>> {
    same_length("labels", points.rows(), labels.len())?;
    same_length("names", points.width(), names.len())?;
    let groups =
        labels.iter().map(|&l| l as usize + 1).max().ok_or(Error::Empty { what: "rows" })?;
    let (width, n) = (points.width(), points.rows() as f64);
    let of_all: Vec<(f64, f64)> = (0..width)
        .map(|j| crate::frame::moments(points.values()[j..].iter().step_by(width).copied()))
        .collect();
    let mut sums = vec![vec![0.0; width]; groups];
    let mut rows = vec![0usize; groups];
    for (i, &l) in labels.iter().enumerate() {
        rows[l as usize] += 1;
        sums[l as usize].iter_mut().zip(points.row(i)).for_each(|(s, v)| *s += v);
    }
    Ok((0..groups)
        .map(|group| {
            let count = rows[group].max(1) as f64;
            let means: Vec<f64> = sums[group].iter().map(|s| s / count).collect();
            let z: Vec<f64> = means
                .iter()
                .zip(&of_all)
                .map(|(m, (mean, sd))| if *sd > 0.0 { (m - mean) / sd } else { 0.0 })
                .collect();
            let name = name(&z, names);
            Profile { group, rows: rows[group], share: rows[group] as f64 / n, means, z, name }
        })
        .collect())
}

fn name(z: &[f64], names: &[Text]) -> Text {
    let mut order: Vec<usize> = (0..z.len()).filter(|&j| z[j].abs() >= 0.25).collect();
    order.sort_by(|&a, &b| z[b].abs().total_cmp(&z[a].abs()));
    if order.is_empty() {
        return Text::new("average", "普通");
    }
    let word = |z: f64| match z {
        z if z >= 1.5 => ("very high", "很高"),
        z if z > 0.0 => ("high", "较高"),
        z if z > -1.5 => ("low", "较低"),
        _ => ("very low", "很低"),
    };
    let parts = order.iter().take(2);
    let en: Vec<String> =
        parts.clone().map(|&j| format!("{} {}", word(z[j]).0, names[j].en)).collect();
    let zh: Vec<String> = parts.map(|&j| format!("{}{}", names[j].zh, word(z[j]).1)).collect();
    Text::new(en.join(", "), zh.join("、"))
}
