//! How many groups: the silhouette, and whether other seeds find the same groups.

use super::{KMeansOptions, Points, distance, kmeans};
use crate::error::{Error, Result, same_length};
use crate::rng::Rng;
use crate::run::Run;

/// Rows that the silhouette looks at; more are sampled.
const SILHOUETTE_ROWS_MAX: usize = 5_000;

/// Mean silhouette (b − a) / max(a, b) of rows, −1 to 1, by Euclidean distance (Rousseeuw 1987,
/// "Silhouettes", equation 2). Beyond 5,000 rows a sample by `seed` is judged, against itself.
///
/// # Errors
/// [`Error::Length`]; [`Error::TooFew`] with fewer than two groups.
pub fn silhouette(points: &Points, labels: &[u32], seed: u64, run: &Run<'_>) -> Result<f64> {
    same_length("labels", points.rows(), labels.len())?;
    let groups = labels.iter().map(|&l| l as usize + 1).max().unwrap_or(0);
    let rows = Rng::new(seed).sample(points.rows(), SILHOUETTE_ROWS_MAX);
    let mut sizes = vec![0.0; groups];
    rows.iter().for_each(|&r| sizes[labels[r] as usize] += 1.0);
    let used = sizes.iter().filter(|&&s| s > 0.0).count();
    if used < 2 {
        return Err(Error::TooFew { what: "groups", have: used, need: 2 });
    }
    let sums = run.blocks(rows.len(), |range| {
        let mut total = 0.0;
        for &i in &rows[range] {
            let mut to = vec![0.0; groups];
            for &j in &rows {
                to[labels[j] as usize] += distance(points.row(i), points.row(j)).sqrt();
            }
            let own = labels[i] as usize;
            if sizes[own] > 1.0 {
                let a = to[own] / (sizes[own] - 1.0);
                let b = (0..groups)
                    .filter(|&g| g != own && sizes[g] > 0.0)
                    .map(|g| to[g] / sizes[g])
                    .fold(f64::INFINITY, f64::min);
                let larger = a.max(b);
                total += if larger > 0.0 { (b - a) / larger } else { 0.0 };
            }
        }
        total
    });
    Ok(sums.iter().sum::<f64>() / rows.len() as f64)
}

/// Agreement of two groupings of the same rows, 1 if equal and about 0 by chance (Hubert and
/// Arabie 1985, "Comparing partitions", equation 5).
///
/// # Errors
/// [`Error::Length`].
pub fn adjusted_rand(a: &[u32], b: &[u32]) -> Result<f64> {
    same_length("labels", a.len(), b.len())?;
    let mut both = std::collections::BTreeMap::new();
    let mut left = std::collections::BTreeMap::new();
    let mut right = std::collections::BTreeMap::new();
    for (&x, &y) in a.iter().zip(b) {
        *both.entry((x, y)).or_insert(0.0) += 1.0;
        *left.entry(x).or_insert(0.0) += 1.0;
        *right.entry(y).or_insert(0.0) += 1.0;
    }
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let joint: f64 = both.values().map(|&n| pairs(n)).sum();
    let (l, r): (f64, f64) =
        (left.values().map(|&n| pairs(n)).sum(), right.values().map(|&n| pairs(n)).sum());
    let chance = l * r / pairs(a.len() as f64).max(1.0);
    let most = (l + r) / 2.0;
    Ok(if most - chance == 0.0 { 1.0 } else { (joint - chance) / (most - chance) })
}

/// How good a number of groups is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KQuality {
    /// Groups.
    pub k: usize,
    /// See [`super::KMeans`].
    pub inertia: f64,
    /// See [`silhouette`].
    pub silhouette: f64,
    /// Mean adjusted Rand index between groupings of different half samples' centres applied to
    /// all rows; 1 means every half finds the same groups.
    pub stability: f64,
    /// Largest silhouette of as many groups cut from single clouds of the same shape; groups
    /// must do better than that.
    pub one_cloud: f64,
}

/// The suggestion, with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct KChoice {
    /// The suggested number of groups; `None` when no number gives groups worth the name.
    pub k: Option<usize>,
    /// All numbers tried.
    pub tried: Vec<KQuality>,
}

/// Least silhouette and stability for groups to be called real.
const SILHOUETTE_MIN: f64 = 0.25;
const STABILITY_MIN: f64 = 0.6;
/// How far the silhouette must be above that of one cloud.
const ABOVE_CLOUD_MIN: f64 = 0.03;
const CLOUDS: u64 = 4;
const CLOUD_ROWS_MAX: usize = 1_000;

/// Tries every k of `from..=to` and suggests the one with the largest product of silhouette and
/// stability over samples (Ben-Hur, Elisseeff and Guyon 2002, "A stability based method for
/// discovering structure in clustered data"). Suggests none if the silhouette stays below .25
/// ("no substantial structure", Kaufman and Rousseeuw 1990, table 4), if groups are not stable,
/// or if a single normal cloud with the same covariance can be cut as well (the reference idea of
/// Tibshirani, Walther and Hastie 2001, "the gap statistic").
///
/// # Errors
/// As [`kmeans`]; [`Error::Option`] for a range that does not start at 2 or above.
pub fn suggest_k(
    points: &Points,
    from: usize,
    to: usize,
    options: &KMeansOptions,
    run: &Run<'_>,
) -> Result<KChoice> {
    if from < 2 || to < from {
        return Err(Error::Option { name: "from", need: "at least 2 and not above to" });
    }
    let mut tried = Vec::new();
    for k in from..=to {
        let options = KMeansOptions { k, ..options.clone() };
        let found = kmeans(points, &options, run)?;
        let silhouette = silhouette(points, &found.labels, run.seed, run)?;
        let stability = stability(points, &options, run)?;
        let one_cloud = one_cloud(points, &options, run)?;
        tried.push(KQuality { k, inertia: found.inertia, silhouette, stability, one_cloud });
    }
    let worth = |q: &KQuality| q.silhouette * q.stability;
    let k = tried
        .iter()
        .filter(|q| q.silhouette >= SILHOUETTE_MIN && q.stability >= STABILITY_MIN)
        .filter(|q| q.silhouette >= q.one_cloud + ABOVE_CLOUD_MIN)
        .max_by(|a, b| worth(a).total_cmp(&worth(b)))
        .map(|q| q.k);
    Ok(KChoice { k, tried })
}

/// Mean agreement of the groupings that four half samples lead to.
fn stability(points: &Points, options: &KMeansOptions, run: &Run<'_>) -> Result<f64> {
    const HALVES: usize = 4;
    let n = points.rows();
    let judged = Rng::stream(run.seed, 99).sample(n, SILHOUETTE_ROWS_MAX);
    let mut all = Vec::new();
    for half in 0..HALVES as u64 {
        let rows =
            Rng::stream(run.seed, 100 + half).sample(n, (n / 2).clamp(options.k.min(n), 50_000));
        let values = rows.iter().flat_map(|&r| points.row(r).iter().copied()).collect();
        let part = Points::new(values, points.width())?;
        let options = KMeansOptions { starts: 3, ..options.clone() };
        let Ok(found) = kmeans(&part, &options, &run.part(half)) else { return Ok(0.0) };
        let nearest = |row: &[f64]| {
            let d = |c: usize| distance(row, &found.centres[c]);
            (0..found.centres.len()).min_by(|&a, &b| d(a).total_cmp(&d(b))).unwrap_or(0) as u32
        };
        all.push(judged.iter().map(|&r| nearest(points.row(r))).collect::<Vec<u32>>());
    }
    let mut sum = 0.0;
    for a in 0..HALVES {
        for b in a + 1..HALVES {
            sum += adjusted_rand(&all[a], &all[b])?;
        }
    }
    Ok(sum / (HALVES * (HALVES - 1) / 2) as f64)
}

/// Largest silhouette over several normal clouds with the covariance of the points.
fn one_cloud(points: &Points, options: &KMeansOptions, run: &Run<'_>) -> Result<f64> {
    let (n, width) = (points.rows(), points.width());
    let mut covariance = crate::linear::Symmetric::zero(width);
    let mean: Vec<f64> = (0..width)
        .map(|j| points.values()[j..].iter().step_by(width).sum::<f64>() / n as f64)
        .collect();
    for i in 0..n {
        let row: Vec<f64> = points.row(i).iter().zip(&mean).map(|(v, m)| v - m).collect();
        covariance.add_row(&row, 1.0 / n as f64);
    }
    let size: f64 = (0..width).map(|j| covariance.a[j * width + j]).sum();
    covariance.add_diagonal(width, 1e-9 * size + 1e-300);
    let shape = covariance.cholesky()?;
    let mut largest = -1.0f64;
    for cloud in 0..CLOUDS {
        let mut rng = Rng::stream(run.seed, 200 + cloud);
        let values = (0..n.min(CLOUD_ROWS_MAX))
            .flat_map(|_| {
                let z: Vec<f64> = (0..width).map(|_| rng.normal()).collect();
                shape.spread(&z)
            })
            .collect();
        let part = Points::new(values, width)?;
        let options = KMeansOptions { starts: 3, ..options.clone() };
        let Ok(found) = kmeans(&part, &options, &run.part(cloud)) else { continue };
        largest = largest.max(silhouette(&part, &found.labels, run.seed, run)?);
    }
    Ok(largest)
}
