//! Pseudo-random numbers that are the same everywhere for the same seed. Not for secrets.

/// A stream of numbers: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Random {
    /// The stream of one thing: a change in how one thing is made leaves all others as they are.
    pub fn stream(seed: u64, what: &str, index: u64) -> Random {
        // FNV-1a, so that streams of different names do not overlap.
        let name = what.bytes().fold(0xCBF2_9CE4_8422_2325u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
        });
        Random { state: mix(seed ^ name).wrapping_add(mix(index.wrapping_add(GOLDEN))) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A number in `[0, 1)`.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Yes with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// An index below `n`, which must not be 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n - 1)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1).max(1) as usize) as i32
    }

    /// One element of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// An index with a chance in proportion to its weight; 0 when all weights are 0.
    pub fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let total: f64 = weights.clone().sum();
        let mut left = self.unit() * total;
        let mut last = 0;
        for (index, weight) in weights.enumerate() {
            if weight > 0.0 {
                last = index;
                if left < weight {
                    return index;
                }
                left -= weight;
            }
        }
        last
    }

    /// Standard normal, as the sum of twelve uniform numbers: no transcendental functions, so no
    /// difference between machines.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Log-normal with this median; `sigma` is the deviation of the logarithm.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    /// Gamma (Erlang) with mean 1; the greater `shape`, the more regular.
    pub fn gamma(&mut self, shape: u32) -> f64 {
        let sum: f64 = (0..shape).map(|_| -(1.0 - self.unit()).ln()).sum();
        sum / f64::from(shape)
    }

    /// Poisson with a small `mean` (Knuth's method).
    pub fn poisson(&mut self, mean: f64) -> usize {
        let limit = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > limit {
            product *= self.unit();
            count += 1;
        }
        count
    }
}

/// The logistic function.
pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_as_said() {
        let mut random = Random::stream(1, "test", 0);
        let n = 20_000;
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let normal: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        assert!(mean(&normal).abs() < 0.03);
        let gamma: Vec<f64> = (0..n).map(|_| random.gamma(4)).collect();
        assert!((mean(&gamma) - 1.0).abs() < 0.03);
        let poisson: Vec<f64> = (0..n).map(|_| random.poisson(2.5) as f64).collect();
        assert!((mean(&poisson) - 2.5).abs() < 0.06);
        let first = (0..n).filter(|_| random.weighted([3.0, 1.0].into_iter()) == 0).count();
        assert!((first as f64 / n as f64 - 0.75).abs() < 0.02);
    }

    #[test]
    fn streams_differ() {
        let firsts: std::collections::BTreeSet<u64> =
            (0..1_000).map(|i| Random::stream(7, "a", i).next()).collect();
        assert_eq!(firsts.len(), 1_000);
        assert_ne!(Random::stream(7, "a", 0).next(), Random::stream(7, "b", 0).next());
    }
}
