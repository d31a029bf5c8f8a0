//! Inverting a large symmetric positive definite matrix in place, block by block.

use crate::error::{Error, Result};
use crate::run::Run;
use rayon::prelude::*;

const BLOCK: usize = 48;
const ROWS: usize = 4;
const COLUMNS: usize = 4;

/// Replaces the n × n matrix `a` (both triangles filled) by its inverse (both triangles).
///
/// Block Gauss-Jordan elimination without pivoting, in the symmetric form known as the sweep
/// operator (Goodnight 1979, "A tutorial on the SWEEP operator"): only the upper triangle is
/// updated, n³/2 multiplications.
pub(super) fn invert(a: &mut [f64], n: usize, run: &Run<'_>) -> Result<()> {
    for from in (0..n).step_by(BLOCK) {
        run.step(from, n)?;
        let to = (from + BLOCK).min(n);
        let b = to - from;
        // W = rows `from..to` of the matrix, read from the upper triangle.
        let mut w = vec![0.0; b * n];
        for k in 0..b {
            for j in 0..n {
                let (r, c) = if j < from + k { (j, from + k) } else { (from + k, j) };
                w[k * n + j] = a[r * n + c];
            }
        }
        let mut d: Vec<f64> = Vec::with_capacity(b * b);
        for k in 0..b {
            d.extend_from_slice(&w[k * n + from..k * n + to]);
        }
        invert_small(&mut d, b)?;
        // V = D⁻¹ W.
        let mut v = vec![0.0; b * n];
        for (row, d) in v.chunks_exact_mut(n).zip(d.chunks_exact(b)) {
            for (k, &factor) in d.iter().enumerate() {
                row.iter_mut().zip(&w[k * n..(k + 1) * n]).for_each(|(v, w)| *v += factor * w);
            }
        }
        let update = |(band, rows): (usize, &mut [f64])| subtract(rows, band * ROWS, n, b, &w, &v);
        if run.shards <= 1 {
            a.chunks_mut(ROWS * n).enumerate().for_each(update);
        } else {
            a.par_chunks_mut(ROWS * n).enumerate().for_each(update);
        }
        // The swept rows and columns hold V, the swept block −D⁻¹; signs settle at the end.
        for k in 0..b {
            for j in 0..n {
                let value =
                    if (from..to).contains(&j) { -d[k * b + j - from] } else { v[k * n + j] };
                let (r, c) = if j < from + k { (j, from + k) } else { (from + k, j) };
                a[r * n + c] = value;
            }
        }
    }
    for i in 0..n {
        for j in i..n {
            let value = -a[i * n + j];
            a[i * n + j] = value;
            a[j * n + i] = value;
        }
    }
    Ok(())
}

/// Rows `first…` of A minus WᵀV, right of the diagonal band, in tiles that fit in registers.
fn subtract(rows: &mut [f64], first: usize, n: usize, b: usize, w: &[f64], v: &[f64]) {
    let count = rows.len() / n;
    let start = first / COLUMNS * COLUMNS;
    let mut j = start;
    while count == ROWS && j + COLUMNS <= n {
        let mut sum = [[0.0f64; COLUMNS]; ROWS];
        for k in 0..b {
            let wk: &[f64; ROWS] =
                w[k * n + first..][..ROWS].try_into().expect("a slice of that length");
            let vk: &[f64; COLUMNS] =
                v[k * n + j..][..COLUMNS].try_into().expect("a slice of that length");
            for (sum, &wi) in sum.iter_mut().zip(wk) {
                for (s, &vj) in sum.iter_mut().zip(vk) {
                    *s += wi * vj;
                }
            }
        }
        for (i, sum) in sum.iter().enumerate() {
            rows[i * n + j..][..COLUMNS].iter_mut().zip(sum).for_each(|(a, s)| *a -= s);
        }
        j += COLUMNS;
    }
    for i in 0..count {
        for j in j..n {
            let sum: f64 = (0..b).map(|k| w[k * n + first + i] * v[k * n + j]).sum();
            rows[i * n + j] -= sum;
        }
    }
}

/// Gauss-Jordan for the diagonal block.
fn invert_small(d: &mut [f64], b: usize) -> Result<()> {
    for k in 0..b {
        let pivot = d[k * b + k];
        if !pivot.is_finite() || pivot <= 0.0 {
            return Err(Error::Numeric { what: "a matrix" });
        }
        let row: Vec<f64> = d[k * b..(k + 1) * b].iter().map(|x| x / pivot).collect();
        for i in 0..b {
            let factor = d[i * b + k];
            if i != k && factor != 0.0 {
                d[i * b..(i + 1) * b].iter_mut().zip(&row).for_each(|(x, r)| *x -= factor * r);
            }
            d[i * b + k] = -factor / pivot;
        }
        d[k * b..(k + 1) * b].copy_from_slice(&row);
        d[k * b + k] = 1.0 / pivot;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    #[test]
    fn the_inverse_times_the_matrix_is_one() {
        for n in [1, 3, 47, 48, 50, 131] {
            let mut rng = Rng::new(n as u64);
            let x: Vec<f64> = (0..n * n).map(|_| rng.normal()).collect();
            let mut a = vec![0.0; n * n];
            for i in 0..n {
                for j in 0..n {
                    a[i * n + j] = (0..n).map(|k| x[k * n + i] * x[k * n + j]).sum::<f64>()
                        + f64::from(u8::from(i == j)) * 5.0;
                }
            }
            let mut p = a.clone();
            invert(&mut p, n, &Run::default()).expect("positive definite");
            for i in 0..n {
                for j in 0..n {
                    let one: f64 = (0..n).map(|k| a[i * n + k] * p[k * n + j]).sum();
                    let want = f64::from(u8::from(i == j));
                    assert!((one - want).abs() < 1e-8, "n {n} ({i},{j}) {one}");
                }
            }
        }
        assert!(invert(&mut [0.0; 4], 2, &Run::default()).is_err());
    }
}
