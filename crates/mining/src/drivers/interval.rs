//! Intervals of rate differences, and p values corrected for many tests.

use crate::lifetime::normal_quantile;

/// Confidence interval of rate₁ − rate₂ (Newcombe 1998, "Interval estimation for the difference
/// between independent proportions", method 10: Wilson intervals combined). Counts of positives
/// and rows; (−1, 1) when a group is empty.
#[must_use]
pub fn rate_difference(
    yes1: usize,
    n1: usize,
    yes2: usize,
    n2: usize,
    confidence: f64,
) -> (f64, f64) {
    if n1 == 0 || n2 == 0 {
        return (-1.0, 1.0);
    }
    let z = normal_quantile(0.5 + confidence / 2.0);
    let wilson = |yes: usize, n: usize| {
        let (n, z2) = (n as f64, z * z);
        let p = yes as f64 / n;
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
        (p, centre - half, centre + half)
    };
    let ((p1, l1, u1), (p2, l2, u2)) = (wilson(yes1, n1), wilson(yes2, n2));
    let difference = p1 - p2;
    let down = ((p1 - l1).powi(2) + (u2 - p2).powi(2)).sqrt();
    let up = ((u1 - p1).powi(2) + (p2 - l2).powi(2)).sqrt();
    (difference - down, difference + up)
}

/// P values corrected so that picking all below q keeps the expected share of false findings
/// below q (Benjamini and Hochberg 1995, "Controlling the false discovery rate"), in the order
/// given.
#[must_use]
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut out = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (place, &i) in order.iter().enumerate() {
        let rank = (p.len() - place) as f64;
        least = least.min(p[i] * p.len() as f64 / rank);
        out[i] = least;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        // Newcombe 1998, table II, example (a): 56/70 − 48/80.
        let (low, high) = rate_difference(56, 70, 48, 80, 0.95);
        assert!((low - 0.0524).abs() < 1e-4 && (high - 0.3339).abs() < 1e-4, "{low} {high}");
        let p = adjusted(&[0.01, 0.04, 0.03, 0.5]);
        let want = [0.04, 0.053_333, 0.053_333, 0.5];
        assert!(p.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-5), "{p:?}");
    }
}
