//! k-means: groups around centres, from several good starts.

use super::{Points, distance};
use crate::error::{Error, Result};
use crate::rng::Rng;
use crate::run::Run;
use std::ops::Range;

/// How to cluster.
#[derive(Debug, Clone)]
pub struct KMeansOptions {
    /// Groups.
    pub k: usize,
    /// Starts; the result with the least inertia is kept.
    pub starts: usize,
    /// Most rounds per start.
    pub rounds_max: usize,
    /// Stops when centres move by less than this share of the mean variance.
    pub tolerance: f64,
}

impl Default for KMeansOptions {
    fn default() -> Self {
        Self { k: 5, starts: 10, rounds_max: 300, tolerance: 1e-4 }
    }
}

/// Groups found.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeans {
    /// k × width, row after row; the largest group comes first.
    pub centres: Vec<Vec<f64>>,
    /// Group of each row.
    pub labels: Vec<u32>,
    /// Rows per group.
    pub sizes: Vec<usize>,
    /// Sum of squared distances of rows to their centres.
    pub inertia: f64,
}

/// Partial sums of one block of rows.
struct Sums {
    /// k × width sums, then k counts.
    sums: Vec<f64>,
    inertia: f64,
    changed: bool,
}

/// Rounds after which starts are compared, and how many of the best are finished.
const SCREEN_ROUNDS: usize = 8;
const FINISHED_STARTS: usize = 3;
/// Rounds after which a swap is first looked at.
const GLANCE_ROUNDS: usize = 3;
/// Squares of k between which the number of swaps grows from one to four per start.
const SWAPS_FROM: usize = 20;
const SWAPS_TO: usize = 80;

/// Lloyd's algorithm (Lloyd 1982, "Least squares quantization in PCM") from k-means++ starts
/// with several candidates per centre (Arthur and Vassilvitskii 2007, section 5). All starts run
/// a few rounds, the best of them to the end; then random swaps are tried, one to four per start:
/// a centre moves to a far point, and the result is kept if better (Fränti and Kivijärvi
/// 2000, "Randomised local search algorithm for the clustering problem"). Sums are formed per
/// block of rows and merged in order, so 1 and N shards give the same result.
///
/// # Errors
/// [`Error::Option`], [`Error::TooFew`] with fewer different rows than groups,
/// [`Error::Cancelled`].
pub fn kmeans(points: &Points, options: &KMeansOptions, run: &Run<'_>) -> Result<KMeans> {
    if options.k == 0 || options.k > 1000 || options.starts == 0 {
        return Err(Error::Option { name: "k", need: "from 1 to 1000, starts at least 1" });
    }
    if points.rows() < options.k {
        return Err(Error::TooFew { what: "rows", have: points.rows(), need: options.k });
    }
    let short = KMeansOptions { rounds_max: SCREEN_ROUNDS, ..options.clone() };
    let mut screened: Vec<KMeans> = Vec::new();
    for start in 0..options.starts {
        run.step(start, options.starts)?;
        let mut rng = Rng::stream(run.seed, start as u64);
        let centres = plus_plus(points, options.k, &mut rng)?;
        let first = if options.starts > 1 { &short } else { options };
        screened.push(lloyd(points, centres, first, run)?);
    }
    screened.sort_by(|a, b| a.inertia.total_cmp(&b.inertia));
    let mut best = screened.remove(0);
    if options.starts > 1 {
        best = lloyd(points, best.centres.concat(), options, run)?;
        for other in screened.into_iter().take(FINISHED_STARTS - 1) {
            let found = lloyd(points, other.centres.concat(), options, run)?;
            if found.inertia < best.inertia {
                best = found;
            }
        }
        best = swaps(points, best, options, run)?;
    }
    Ok(by_size(best, points.width()))
}

/// Tries random swaps of centres: the more groups, the more of them, because the more ways there
/// are to be wrong.
fn swaps(
    points: &Points,
    mut best: KMeans,
    options: &KMeansOptions,
    run: &Run<'_>,
) -> Result<KMeans> {
    let k = options.k;
    let tries = match k {
        0..=2 => 0,
        _ => options.starts * (k * k).clamp(SWAPS_FROM, SWAPS_TO) / SWAPS_FROM,
    };
    let mut rng = Rng::stream(run.seed, u64::MAX);
    for _ in 0..tries {
        run.check()?;
        let mut tried = swapped(points, &best, &mut rng);
        let mut worth = true;
        // Only what comes near after a few rounds is worth going on with.
        for (rounds_max, near) in [(GLANCE_ROUNDS, 1.03), (SCREEN_ROUNDS, 1.005)] {
            let short = KMeansOptions { rounds_max, ..options.clone() };
            let found = lloyd(points, tried, &short, run)?;
            worth = found.inertia < best.inertia * near;
            tried = found.centres.concat();
            if !worth {
                break;
            }
        }
        if worth {
            let found = lloyd(points, tried, options, run)?;
            if found.inertia < best.inertia {
                best = found;
            }
        }
    }
    Ok(best)
}

/// The centres with one of the two cheapest to remove put at a point drawn in proportion to its
/// squared distance from its centre.
fn swapped(points: &Points, found: &KMeans, rng: &mut Rng) -> Vec<f64> {
    let k = found.centres.len();
    let cost = |c: usize| {
        let nearest = (0..k)
            .filter(|&o| o != c)
            .map(|o| distance(&found.centres[c], &found.centres[o]))
            .fold(f64::INFINITY, f64::min);
        nearest * found.sizes[c] as f64
    };
    let mut order: Vec<usize> = (0..k).collect();
    order.sort_by(|&a, &b| cost(a).total_cmp(&cost(b)));
    let removed = order[rng.below(k.min(3))];
    let far = |i: usize| distance(points.row(i), &found.centres[found.labels[i] as usize]);
    let mut left = rng.uniform() * found.inertia;
    let mut chosen = 0;
    for i in 0..points.rows() {
        left -= far(i);
        chosen = i;
        if left <= 0.0 {
            break;
        }
    }
    let mut centres = found.centres.concat();
    let width = points.width();
    centres[removed * width..(removed + 1) * width].copy_from_slice(points.row(chosen));
    centres
}

/// Starting centres: each next one is the best of 2 + ln k candidates drawn in proportion to
/// the squared distance from the centres so far.
fn plus_plus(points: &Points, k: usize, rng: &mut Rng) -> Result<Vec<f64>> {
    let n = points.rows();
    let mut centres = points.row(rng.below(n)).to_vec();
    let mut nearest: Vec<f64> = (0..n).map(|i| distance(points.row(i), &centres)).collect();
    let tries = 2 + (k as f64).ln() as usize;
    for found in 1..k {
        let total: f64 = nearest.iter().sum();
        if total <= 0.0 {
            return Err(Error::TooFew { what: "different rows", have: found, need: k });
        }
        let mut draws: Vec<f64> = (0..tries).map(|_| rng.uniform() * total).collect();
        draws.sort_by(f64::total_cmp);
        let (mut sum, mut picked) = (0.0, Vec::with_capacity(tries));
        for (i, d) in nearest.iter().enumerate() {
            sum += d;
            while picked.len() < tries && draws[picked.len()] < sum {
                picked.push(i);
            }
        }
        let last = (0..n).max_by(|&a, &b| nearest[a].total_cmp(&nearest[b])).unwrap_or(0);
        picked.resize(tries, last);
        let (mut best_total, mut best) = (f64::INFINITY, (last, Vec::new()));
        for candidate in picked {
            let centre = points.row(candidate);
            let closer: Vec<f64> = points
                .values()
                .chunks_exact(points.width())
                .zip(&nearest)
                .map(|(row, d)| distance(row, centre).min(*d))
                .collect();
            let total: f64 = closer.iter().sum();
            if total < best_total {
                (best_total, best) = (total, (candidate, closer));
            }
        }
        centres.extend_from_slice(points.row(best.0));
        nearest = best.1;
    }
    Ok(centres)
}

fn lloyd(
    points: &Points,
    mut centres: Vec<f64>,
    options: &KMeansOptions,
    run: &Run<'_>,
) -> Result<KMeans> {
    let (n, width, k) = (points.rows(), points.width(), options.k);
    let spread: f64 = (0..width)
        .map(|j| {
            let column = points.values()[j..].iter().step_by(width).copied();
            crate::frame::moments(column).1.powi(2)
        })
        .sum::<f64>()
        / width as f64;
    let mut labels: Vec<Vec<u32>> = run.blocks(n, |rows| vec![u32::MAX; rows.len()]);
    for _ in 0..options.rounds_max {
        run.check()?;
        let (mut sums, mut counts, mut changed) = (vec![0.0; k * width], vec![0.0; k], false);
        let cell: Vec<std::sync::Mutex<Vec<u32>>> =
            std::mem::take(&mut labels).into_iter().map(std::sync::Mutex::new).collect();
        let parts = run.blocks(n, |rows| {
            let block = rows.start / crate::run::BLOCK_ROWS;
            let mut labels = cell[block].lock().expect("each block is worked on once");
            assign(points, rows, &centres, k, &mut labels)
        });
        labels = cell
            .into_iter()
            .map(|c| c.into_inner().expect("no worker panicked while holding it"))
            .collect();
        for part in parts {
            sums.iter_mut().zip(&part.sums).for_each(|(a, b)| *a += b);
            counts.iter_mut().zip(&part.sums[k * width..]).for_each(|(a, b)| *a += b);
            changed |= part.changed;
        }
        if !changed {
            break;
        }
        let mut moved = 0.0;
        for c in 0..k {
            // An empty group keeps its centre.
            if counts[c] > 0.0 {
                for j in 0..width {
                    let next = sums[c * width + j] / counts[c];
                    let at = &mut centres[c * width + j];
                    moved += (next - *at) * (next - *at);
                    *at = next;
                }
            }
        }
        if moved <= options.tolerance * spread {
            break;
        }
    }
    Ok(settled(points, &centres, k, run))
}

/// Labels, sizes and inertia for final centres.
fn settled(points: &Points, centres: &[f64], k: usize, run: &Run<'_>) -> KMeans {
    let parts = run.blocks(points.rows(), |rows| {
        let mut labels = vec![u32::MAX; rows.len()];
        let sums = assign(points, rows, centres, k, &mut labels);
        (labels, sums.inertia)
    });
    let centres = centres.chunks_exact(points.width()).map(<[f64]>::to_vec).collect();
    let mut found = KMeans { centres, labels: Vec::new(), sizes: vec![0; k], inertia: 0.0 };
    for (labels, part) in parts {
        found.inertia += part;
        labels.iter().for_each(|&l| found.sizes[l as usize] += 1);
        found.labels.extend(labels);
    }
    found
}

fn assign(
    points: &Points,
    rows: Range<usize>,
    centres: &[f64],
    k: usize,
    labels: &mut [u32],
) -> Sums {
    match points.width() {
        2 => assign_fixed::<2>(points, rows, centres, k, labels),
        3 => assign_fixed::<3>(points, rows, centres, k, labels),
        4 => assign_fixed::<4>(points, rows, centres, k, labels),
        _ => assign_any(points, rows, centres, k, labels),
    }
}

/// The common small widths, with the loop over attributes unrolled.
fn assign_fixed<const W: usize>(
    points: &Points,
    rows: Range<usize>,
    centres: &[f64],
    k: usize,
    labels: &mut [u32],
) -> Sums {
    let (centres, _) = centres.as_chunks::<W>();
    let (values, _) = points.values()[rows.start * W..rows.end * W].as_chunks::<W>();
    let mut totals = vec![[0.0; W]; k];
    let mut counts = vec![0.0; k];
    let (mut inertia, mut changed) = (0.0, false);
    for (row, label) in values.iter().zip(labels) {
        let (mut best, mut at) = (f64::INFINITY, 0);
        for (c, centre) in centres.iter().enumerate() {
            let d: f64 = (0..W).map(|j| (row[j] - centre[j]) * (row[j] - centre[j])).sum();
            let closer = d < best;
            at = if closer { c } else { at };
            best = if closer { d } else { best };
        }
        inertia += best;
        changed |= *label != at as u32;
        *label = at as u32;
        counts[at] += 1.0;
        (0..W).for_each(|j| totals[at][j] += row[j]);
    }
    let mut sums = totals.concat();
    sums.extend(counts);
    Sums { sums, inertia, changed }
}

fn assign_any(
    points: &Points,
    rows: Range<usize>,
    centres: &[f64],
    k: usize,
    labels: &mut [u32],
) -> Sums {
    let width = points.width();
    let mut sums = vec![0.0; k * width + k];
    let (mut inertia, mut changed) = (0.0, false);
    for (i, label) in rows.zip(labels) {
        let row = points.row(i);
        let (mut best, mut at) = (f64::INFINITY, 0);
        for (c, centre) in centres.chunks_exact(width).enumerate() {
            let d = distance(row, centre);
            if d < best {
                (best, at) = (d, c);
            }
        }
        inertia += best;
        changed |= *label != at as u32;
        *label = at as u32;
        sums[k * width + at] += 1.0;
        sums[at * width..(at + 1) * width].iter_mut().zip(row).for_each(|(s, v)| *s += v);
    }
    Sums { sums, inertia, changed }
}

/// Numbers the groups from the largest to the smallest.
fn by_size(found: KMeans, width: usize) -> KMeans {
    let mut order: Vec<usize> = (0..found.sizes.len()).collect();
    order.sort_by_key(|&g| (usize::MAX - found.sizes[g], g));
    let mut place = vec![0u32; order.len()];
    order.iter().zip(0u32..).for_each(|(&g, p)| place[g] = p);
    debug_assert!(found.centres.iter().all(|c| c.len() == width));
    KMeans {
        centres: order.iter().map(|&g| found.centres[g].clone()).collect(),
        labels: found.labels.iter().map(|&l| place[l as usize]).collect(),
        sizes: order.iter().map(|&g| found.sizes[g]).collect(),
        inertia: found.inertia,
    }
}
