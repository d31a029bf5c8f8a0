//! Groups of customers: RFM, value matrix, k-means, hierarchical clusters, Pareto and pyramid.

mod hierarchy;
mod kmeans;
mod matrix;
mod pareto;
mod profile;
mod rfm;
mod suggest_k;

pub use hierarchy::{Hierarchy, Merge, hierarchy};
pub use kmeans::{KMeans, KMeansOptions, kmeans};
pub use matrix::{Movement, ValueCell, ValueMatrix, movement, value_matrix};
pub use pareto::{Pareto, Tier, pareto, pyramid};
pub use profile::{Profile, profiles};
pub use rfm::{Cuts, Order, Rfm, RfmOptions, RfmScore, rfm, rfm_scores};
pub use suggest_k::{KChoice, KQuality, adjusted_rand, silhouette, suggest_k};

use crate::error::{Error, Result};

/// Largest number whose squares can be summed up.
const ATTRIBUTE_MAX: f64 = 1e140;

/// Numbers per customer, row after row: rows × width.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    values: Vec<f64>,
    width: usize,
}

impl Points {
    /// From rows × width numbers.
    ///
    /// # Errors
    /// [`Error::Option`] without width; [`Error::Length`]; [`Error::NotFinite`];
    /// [`Error::OutOfRange`] beyond ±10¹⁴⁰, where squares would overflow; [`Error::Empty`]
    /// without rows.
    pub fn new(values: Vec<f64>, width: usize) -> Result<Self> {
        if width == 0 || width > 1000 {
            return Err(Error::Option { name: "width", need: "from 1 to 1000" });
        }
        if values.is_empty() {
            return Err(Error::Empty { what: "rows" });
        }
        let whole = values.len() / width * width;
        crate::error::same_length("numbers", whole, values.len())?;
        crate::error::all_finite("attribute", &values)?;
        if let Some(at) = values.iter().position(|v| v.abs() > ATTRIBUTE_MAX) {
            return Err(Error::OutOfRange { what: "attribute", row: at / width });
        }
        Ok(Self { values, width })
    }

    /// The same points, each attribute compressed with sign(x)·ln(1+|x|) if `log`, then centred
    /// and divided by its population standard deviation. Constant attributes become 0.
    #[must_use]
    pub fn standardised(&self, log: bool) -> Self {
        let mut values = self.values.clone();
        if log {
            values.iter_mut().for_each(|v| *v = v.signum() * v.abs().ln_1p());
        }
        for j in 0..self.width {
            let column = values[j..].iter().step_by(self.width).copied();
            let (mean, deviation) = crate::frame::moments(column);
            let scale = if deviation > 1e-12 * mean.abs() { 1.0 / deviation } else { 0.0 };
            let cells = values[j..].iter_mut().step_by(self.width);
            cells.for_each(|v| *v = (*v - mean) * scale);
        }
        Self { values, width: self.width }
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len() / self.width
    }

    /// Numbers per row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// One row.
    #[must_use]
    pub fn row(&self, index: usize) -> &[f64] {
        &self.values[index * self.width..(index + 1) * self.width]
    }

    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }
}

/// Squared distance of two rows.
pub(crate) fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

#[cfg(test)]
mod tests;
