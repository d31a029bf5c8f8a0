//! Small dense symmetric systems; not for matrices of thousands of rows.

use crate::error::{Error, Result};

/// A symmetric matrix of which only the upper triangle (row ≤ column) is kept up to date.
#[derive(Debug, Clone)]
pub(crate) struct Symmetric {
    pub n: usize,
    pub a: Vec<f64>,
}

impl Symmetric {
    pub fn zero(n: usize) -> Self {
        Self { n, a: vec![0.0; n * n] }
    }

    /// Adds weight·x·xᵀ. Zeros in `x` cost nothing, which suits one-hot rows.
    pub fn add_row(&mut self, x: &[f64], weight: f64) {
        for (i, &xi) in x.iter().enumerate() {
            if xi == 0.0 {
                continue;
            }
            let scale = weight * xi;
            let row = &mut self.a[i * self.n + i..(i + 1) * self.n];
            for (a, &xj) in row.iter_mut().zip(&x[i..]) {
                *a += scale * xj;
            }
        }
    }

    /// Adds weight·x·xᵀ of the entries that are not 0; slots ascend.
    pub fn add_entries(&mut self, slots: &[u32], values: &[f64], weight: f64) {
        for (at, (&i, &xi)) in slots.iter().zip(values).enumerate() {
            let scale = weight * xi;
            let row = &mut self.a[i as usize * self.n..(i as usize + 1) * self.n];
            for (&j, &xj) in slots[at..].iter().zip(&values[at..]) {
                row[j as usize] += scale * xj;
            }
        }
    }

    /// Adds Σ weight·x·xᵀ of four dense rows at once, which touches the matrix once.
    pub fn add_four(&mut self, rows: [&[f64]; 4], weights: [f64; 4]) {
        let n = self.n;
        for i in 0..n {
            let scale: [f64; 4] = std::array::from_fn(|k| weights[k] * rows[k][i]);
            let target = &mut self.a[i * n + i..(i + 1) * n];
            let [a, b, c, d] = rows.map(|r| &r[i..n]);
            for (j, t) in target.iter_mut().enumerate() {
                *t += scale[0] * a[j] + scale[1] * b[j] + scale[2] * c[j] + scale[3] * d[j];
            }
        }
    }

    pub fn merge(&mut self, other: &Self) {
        self.a.iter_mut().zip(&other.a).for_each(|(a, b)| *a += b);
    }

    pub fn add_diagonal(&mut self, upto: usize, value: f64) {
        (0..upto).for_each(|i| self.a[i * self.n + i] += value);
    }

    /// The factor U with UᵀU = A, in place of the upper triangle (Golub and Van Loan, "Matrix
    /// computations", algorithm 4.2.1).
    pub fn cholesky(mut self) -> Result<Cholesky> {
        let n = self.n;
        for k in 0..n {
            let pivot = self.a[k * n + k];
            if !pivot.is_finite() || pivot <= 0.0 {
                return Err(Error::Numeric { what: "a linear system" });
            }
            let root = pivot.sqrt();
            self.a[k * n + k..(k + 1) * n].iter_mut().for_each(|v| *v /= root);
            let (done, rest) = self.a.split_at_mut((k + 1) * n);
            let row = &done[k * n..];
            for (i, target) in rest.chunks_exact_mut(n).enumerate() {
                let i = k + 1 + i;
                let factor = row[i];
                if factor == 0.0 {
                    continue;
                }
                target[i..].iter_mut().zip(&row[i..]).for_each(|(t, r)| *t -= factor * r);
            }
        }
        Ok(Cholesky { n, u: self.a })
    }
}

/// A Cholesky factor.
pub(crate) struct Cholesky {
    n: usize,
    u: Vec<f64>,
}

impl Cholesky {
    /// The x with A·x = b.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let n = self.n;
        let mut x = b.to_vec();
        for i in 0..n {
            x[i] /= self.u[i * n + i];
            let xi = x[i];
            let (_, tail) = x.split_at_mut(i + 1);
            tail.iter_mut()
                .zip(&self.u[i * n + i + 1..(i + 1) * n])
                .for_each(|(t, u)| *t -= u * xi);
        }
        for i in (0..n).rev() {
            let row = &self.u[i * n + i + 1..(i + 1) * n];
            let sum: f64 = row.iter().zip(&x[i + 1..]).map(|(u, x)| u * x).sum();
            x[i] = (x[i] - sum) / self.u[i * n + i];
        }
        x
    }

    /// Uᵀz, which has covariance A when z is standard normal.
    pub fn spread(&self, z: &[f64]) -> Vec<f64> {
        (0..self.n).map(|j| (0..=j).map(|i| self.u[i * self.n + j] * z[i]).sum()).collect()
    }

    /// The diagonal of A⁻¹.
    pub fn inverse_diagonal(&self) -> Vec<f64> {
        (0..self.n)
            .map(|i| {
                let mut unit = vec![0.0; self.n];
                unit[i] = 1.0;
                self.solve(&unit)[i]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_what_it_was_made_from() {
        let mut s = Symmetric::zero(3);
        for x in [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0], [3.0, 0.0, 1.0], [1.0, 1.0, 1.0]] {
            s.add_row(&x, 1.0);
        }
        let full = |i: usize, j: usize| s.a[i.min(j) * 3 + i.max(j)];
        let want = [1.0, -2.0, 0.5];
        let b: Vec<f64> = (0..3).map(|i| (0..3).map(|j| full(i, j) * want[j]).sum()).collect();
        let got = s.clone().cholesky().expect("positive definite").solve(&b);
        assert!(got.iter().zip(&want).all(|(g, w)| (g - w).abs() < 1e-10), "{got:?}");
        assert!(Symmetric::zero(2).cholesky().is_err());
    }
}
