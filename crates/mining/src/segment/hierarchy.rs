//! Hierarchical clustering for small sets: a tree of merges that can be cut at any height.

use super::{Points, distance};
use crate::error::{Error, Result};
use crate::run::Run;

/// Most rows; the work grows with the square of their number.
pub const ROWS_MAX: usize = 5_000;

/// Two clusters become one. Clusters 0..n are the rows, n + i is the result of merge i.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    /// First cluster.
    pub a: usize,
    /// Second cluster.
    pub b: usize,
    /// √(increase of the within-cluster sum of squares × 2), the height in a dendrogram.
    pub height: f64,
    /// Rows in the result.
    pub rows: usize,
}

/// The tree of merges, lowest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Hierarchy {
    /// Rows − 1 merges.
    pub merges: Vec<Merge>,
    rows: usize,
}

/// Ward's method (Ward 1963, "Hierarchical grouping to optimize an objective function") by the
/// nearest-neighbour chain with the Lance-Williams update (Murtagh and Legendre 2014, Ward2).
///
/// # Errors
/// [`Error::TooLarge`] beyond 5,000 rows; [`Error::Numeric`] when distances overflow;
/// [`Error::Cancelled`].
pub fn hierarchy(points: &Points, run: &Run<'_>) -> Result<Hierarchy> {
    let n = points.rows();
    if n > ROWS_MAX {
        return Err(Error::TooLarge { what: "rows", have: n, max: ROWS_MAX });
    }
    let mut d = vec![0.0f64; n * n];
    for i in 0..n {
        for j in 0..i {
            let x = distance(points.row(i), points.row(j));
            (d[i * n + j], d[j * n + i]) = (x, x);
        }
    }
    let mut size = vec![1.0f64; n];
    let mut alive = vec![true; n];
    let mut raw: Vec<(usize, usize, f64)> = Vec::new();
    let mut chain: Vec<usize> = Vec::new();
    while raw.len() + 1 < n {
        run.step(raw.len(), n)?;
        if chain.is_empty() {
            chain.push(alive.iter().position(|&a| a).expect("two clusters are left"));
        }
        let top = chain[chain.len() - 1];
        let before = chain.len().checked_sub(2).map(|i| chain[i]);
        let mut next = before.unwrap_or(usize::MAX);
        let mut least = before.map_or(f64::INFINITY, |b| d[top * n + b]);
        for j in (0..n).filter(|&j| alive[j] && j != top) {
            if d[top * n + j] < least {
                (next, least) = (j, d[top * n + j]);
            }
        }
        if next == usize::MAX {
            return Err(Error::Numeric { what: "a matrix" });
        }
        if Some(next) != before {
            chain.push(next);
            continue;
        }
        chain.truncate(chain.len() - 2);
        raw.push((top, next, least));
        let (a, b) = (size[top], size[next]);
        alive[top] = false;
        for k in (0..n).filter(|&k| alive[k] && k != next) {
            let c = size[k];
            let x =
                ((a + c) * d[top * n + k] + (b + c) * d[next * n + k] - c * least) / (a + b + c);
            (d[next * n + k], d[k * n + next]) = (x, x);
        }
        size[next] = a + b;
    }
    Ok(Hierarchy { merges: labelled(raw, n), rows: n })
}

/// Sorts merges by height and names clusters by merge number.
fn labelled(mut raw: Vec<(usize, usize, f64)>, n: usize) -> Vec<Merge> {
    raw.sort_by(|x, y| x.2.total_cmp(&y.2));
    let mut parent: Vec<usize> = (0..2 * n).collect();
    let mut rows = vec![1usize; 2 * n];
    let root = |parent: &mut Vec<usize>, mut i: usize| {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    };
    let mut merges = Vec::with_capacity(raw.len());
    for (i, (x, y, least)) in raw.into_iter().enumerate() {
        let (p, q) = (root(&mut parent, x), root(&mut parent, y));
        let (a, b) = (p.min(q), p.max(q));
        parent[a] = n + i;
        parent[b] = n + i;
        rows[n + i] = rows[a] + rows[b];
        merges.push(Merge { a, b, height: least.max(0.0).sqrt(), rows: rows[n + i] });
    }
    merges
}

impl Hierarchy {
    /// Cuts the tree into `k` clusters, the largest numbered 0; one label per row.
    ///
    /// # Errors
    /// [`Error::Option`] unless 1 ≤ k ≤ rows.
    pub fn cut(&self, k: usize) -> Result<Vec<u32>> {
        if k == 0 || k > self.rows {
            return Err(Error::Option { name: "k", need: "from 1 to the number of rows" });
        }
        let mut of: Vec<usize> = (0..self.rows).collect();
        let mut members: Vec<Vec<usize>> = (0..self.rows).map(|i| vec![i]).collect();
        for m in self.merges.iter().take(self.rows - k) {
            let mut joined = std::mem::take(&mut members[m.a]);
            joined.append(&mut std::mem::take(&mut members[m.b]));
            joined.iter().for_each(|&i| of[i] = members.len());
            members.push(joined);
        }
        let mut left: Vec<usize> = (0..members.len()).filter(|&c| !members[c].is_empty()).collect();
        left.sort_by_key(|&c| (usize::MAX - members[c].len(), members[c].iter().min().copied()));
        let mut label = vec![0u32; members.len()];
        left.iter().zip(0u32..).for_each(|(&c, l)| label[c] = l);
        Ok(of.into_iter().map(|c| label[c]).collect())
    }
}
