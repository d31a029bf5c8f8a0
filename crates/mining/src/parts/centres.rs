//! One round of k-means over a part of the points.

use super::exact::{Exact, LARGEST, merge, zeros};
use crate::error::{Error, Result, same_length};
use crate::segment::{Points, distance};

/// What a round of Lloyd's algorithm (Lloyd 1982, "Least squares quantization in PCM") needs of a
/// part of the points: per centre the sum and number of the points nearest to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreSums {
    width: usize,
    sums: Vec<Exact>,
    counts: Vec<u64>,
    inertia: Exact,
}

impl CentreSums {
    /// Deals the points to the nearest of `centres` (k × width, in the points' unit; the first
    /// of equally near ones).
    ///
    /// # Errors
    /// [`Error::Option`] without centres; [`Error::Length`] for a centre of another width;
    /// [`Error::OutOfRange`] for a point with a number beyond ±2⁴⁰ (standardise first).
    pub fn of(points: &Points, centres: &[Vec<f64>]) -> Result<Self> {
        if centres.is_empty() {
            return Err(Error::Option { name: "centres", need: "at least one" });
        }
        let width = points.width();
        centres.iter().try_for_each(|c| same_length("numbers", width, c.len()))?;
        let mut all = Self {
            width,
            sums: zeros(centres.len() * width),
            counts: vec![0; centres.len()],
            inertia: Exact::default(),
        };
        for row in 0..points.rows() {
            let point = points.row(row);
            if point.iter().any(|v| v.abs() > LARGEST) {
                return Err(Error::OutOfRange { what: "attribute", row });
            }
            let (mut best, mut at) = (f64::INFINITY, 0);
            for (c, centre) in centres.iter().enumerate() {
                let d = distance(point, centre);
                if d < best {
                    (best, at) = (d, c);
                }
            }
            all.counts[at] += 1;
            all.inertia.add(best);
            let sums = &mut all.sums[at * width..(at + 1) * width];
            sums.iter_mut().zip(point).for_each(|(s, &v)| s.add(v));
        }
        Ok(all)
    }

    /// Both parts together.
    ///
    /// # Errors
    /// [`Error::Length`] when they were made for other numbers of centres or attributes.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        same_length("numbers", self.sums.len(), other.sums.len())?;
        same_length("groups", self.counts.len(), other.counts.len())?;
        merge(&mut self.sums, &other.sums);
        self.counts.iter_mut().zip(&other.counts).for_each(|(a, b)| *a += b);
        self.inertia.merge(other.inertia);
        Ok(self)
    }

    /// The next centres, k × width: the means; a centre without points stays as in `before`.
    ///
    /// # Errors
    /// [`Error::Length`] when `before` has another number of centres.
    pub fn centres(&self, before: &[Vec<f64>]) -> Result<Vec<Vec<f64>>> {
        same_length("groups", self.counts.len(), before.len())?;
        let of = |c: usize| -> Vec<f64> {
            let sums = &self.sums[c * self.width..(c + 1) * self.width];
            match self.counts[c] {
                0 => before[c].clone(),
                n => sums.iter().map(|s| s.value() / n as f64).collect(),
            }
        };
        Ok((0..before.len()).map(of).collect())
    }

    /// Points per centre.
    #[must_use]
    pub fn sizes(&self) -> &[u64] {
        &self.counts
    }

    /// Sum of squared distances to the centres the points were dealt to.
    #[must_use]
    pub fn inertia(&self) -> f64 {
        self.inertia.value()
    }
}
