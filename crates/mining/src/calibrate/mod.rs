//! Making scores mean what they say: from a score to the share of positives behind it.

use crate::error::Result;
use crate::linear::sigmoid;
use crate::metrics::row_log_loss;
use crate::rng::Rng;

/// A learnt map from score (0 to 1) to probability.
#[derive(Debug, Clone, PartialEq)]
pub enum Calibrator {
    /// The score is right as it is.
    None,
    /// p = σ(a·logit(score) + b).
    Platt {
        /// The slope.
        a: f64,
        /// The intercept.
        b: f64,
    },
    /// Rising straight lines through these points (score, probability).
    Isotonic {
        /// The points, by rising score.
        points: Vec<(f64, f64)>,
    },
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-7, 1.0 - 1e-7);
    (p / (1.0 - p)).ln()
}

fn checked(positive: &[bool], score: &[f64]) -> Result<()> {
    crate::error::all_finite("score", score)?;
    crate::error::same_length("scores", positive.len(), score.len())?;
    crate::split::two_classes(positive.len(), positive)
}

impl Calibrator {
    /// Platt's sigmoid on the log odds of the score, by Newton's method with his smoothed targets
    /// (Platt 1999, "Probabilistic outputs for support vector machines", equation 13; Lin, Lin
    /// and Weng 2007, algorithm 1).
    ///
    /// # Errors
    /// [`crate::Error::OneClass`], [`crate::Error::NotFinite`], [`crate::Error::Length`].
    pub fn platt(positive: &[bool], score: &[f64]) -> Result<Self> {
        checked(positive, score)?;
        let yes = positive.iter().filter(|&&p| p).count() as f64;
        let no = positive.len() as f64 - yes;
        let (high, low) = ((yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0));
        let rows: Vec<(f64, f64)> = positive
            .iter()
            .zip(score)
            .map(|(&y, &s)| (logit(s), if y { high } else { low }))
            .collect();
        let loss = |a: f64, b: f64| -> f64 {
            rows.iter()
                .map(|&(x, t)| {
                    let z = a * x + b;
                    z.max(0.0) + (-z.abs()).exp().ln_1p() - t * z
                })
                .sum()
        };
        let (mut a, mut b) = (1.0, 0.0);
        for _ in 0..100 {
            let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (0.0, 0.0, 1e-9, 0.0, 1e-9);
            for &(x, t) in &rows {
                let p = sigmoid(a * x + b);
                let (d, w) = (p - t, p * (1.0 - p));
                ga += d * x;
                gb += d;
                haa += w * x * x;
                hab += w * x;
                hbb += w;
            }
            let det = haa * hbb - hab * hab;
            if det.is_nan() || det <= 0.0 {
                break;
            }
            let (da, db) = ((hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det);
            // What is left to gain is lost in rounding.
            if ga * da + gb * db < 1e-12 * rows.len() as f64 {
                break;
            }
            let here = loss(a, b);
            let mut scale = 1.0;
            while scale > 1e-6 && loss(a - scale * da, b - scale * db) > here {
                scale /= 2.0;
            }
            (a, b) = (a - scale * da, b - scale * db);
        }
        // A falling map would turn the order round; a constant is the honest answer then.
        if a < 0.0 {
            (a, b) = (0.0, logit(yes / (yes + no)));
        }
        Ok(Self::Platt { a, b })
    }

    /// The rising step function of least squares by pool-adjacent-violators (Ayer et al. 1955;
    /// Zadrozny and Elkan 2002 for probabilities), joined by straight lines between the middles
    /// of the steps, each drawn by one row towards the base rate.
    ///
    /// # Errors
    /// As [`Self::platt`].
    pub fn isotonic(positive: &[bool], score: &[f64]) -> Result<Self> {
        checked(positive, score)?;
        let mut order: Vec<usize> = (0..score.len()).collect();
        order.sort_by(|&a, &b| score[a].total_cmp(&score[b]));
        // Blocks of (rows, positives, sum of scores).
        let mut blocks: Vec<(f64, f64, f64)> = Vec::new();
        let mut i = 0;
        while i < order.len() {
            let mut block = (0.0, 0.0, 0.0);
            let s = score[order[i]];
            while i < order.len() && score[order[i]] == s {
                block.0 += 1.0;
                block.1 += f64::from(u8::from(positive[order[i]]));
                block.2 += s;
                i += 1;
            }
            while let Some(&(n, y, x)) = blocks.last() {
                if y / n < block.1 / block.0 {
                    break;
                }
                block = (block.0 + n, block.1 + y, block.2 + x);
                blocks.pop();
            }
            blocks.push(block);
        }
        let rate = positive.iter().filter(|&&p| p).count() as f64 / positive.len() as f64;
        let points = blocks.iter().map(|&(n, y, x)| (x / n, (y + rate) / (n + 1.0))).collect();
        Ok(Self::Isotonic { points })
    }

    /// The map of the three that has the lowest log loss in 5-fold cross-validation; a simpler
    /// one stays unless beaten by more than one standard error.
    ///
    /// # Errors
    /// As [`Self::platt`].
    pub fn choose(positive: &[bool], score: &[f64], seed: u64) -> Result<Self> {
        checked(positive, score)?;
        let mut order: Vec<usize> = (0..score.len()).collect();
        Rng::new(seed).shuffle(&mut order);
        let mut loss: [Vec<f64>; 3] = std::array::from_fn(|_| vec![0.0; score.len()]);
        for fold in 0..5 {
            let pick = |test: bool| -> Vec<usize> {
                (0..order.len()).filter(|p| (p % 5 == fold) == test).map(|p| order[p]).collect()
            };
            let (train, test) = (pick(false), pick(true));
            let y: Vec<bool> = train.iter().map(|&r| positive[r]).collect();
            let s: Vec<f64> = train.iter().map(|&r| score[r]).collect();
            let maps = match (Self::platt(&y, &s), Self::isotonic(&y, &s)) {
                (Ok(platt), Ok(isotonic)) => [Self::None, platt, isotonic],
                _ => return Ok(Self::None),
            };
            for (loss, map) in loss.iter_mut().zip(&maps) {
                test.iter().for_each(|&r| loss[r] = row_log_loss(positive[r], map.apply(score[r])));
            }
        }
        if beats(&loss[2], &loss[0]) && beats(&loss[2], &loss[1]) {
            return Self::isotonic(positive, score);
        }
        if beats(&loss[1], &loss[0]) { Self::platt(positive, score) } else { Ok(Self::None) }
    }

    /// The probability for a score.
    #[must_use]
    pub fn apply(&self, score: f64) -> f64 {
        match self {
            Self::None => score,
            Self::Platt { a, b } => sigmoid(a * logit(score) + b),
            Self::Isotonic { points } => interpolate(points, score),
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Platt { .. } => "platt",
            Self::Isotonic { .. } => "isotonic",
        }
    }
}

/// True when losses `a` are lower than `b` by more than one standard error of the difference.
pub(crate) fn beats(a: &[f64], b: &[f64]) -> bool {
    let differences = a.iter().zip(b).map(|(a, b)| b - a);
    let (mean, deviation) = crate::frame::moments(differences);
    mean > deviation / (a.len() as f64).sqrt() && mean > 0.0
}

fn interpolate(points: &[(f64, f64)], x: f64) -> f64 {
    let after = points.partition_point(|p| p.0 <= x);
    match (points.get(after.wrapping_sub(1)), points.get(after)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0),
        (Some(only), None) | (None, Some(only)) => only.1,
        (None, None) => x,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::ece;

    fn overconfident(n: usize) -> (Vec<bool>, Vec<f64>) {
        let mut rng = Rng::new(9);
        let z: Vec<f64> = (0..n).map(|_| rng.normal() * 1.5).collect();
        let y = z.iter().map(|&z| rng.uniform() < sigmoid(z)).collect();
        (y, z.iter().map(|&z| sigmoid(3.0 * z + 1.0)).collect())
    }

    #[test]
    fn wrong_scores_become_right() {
        let (y, s) = overconfident(8000);
        let before = ece(&y, &s, 10).expect("valid");
        let maps = [
            Calibrator::platt(&y, &s).expect("two classes"),
            Calibrator::isotonic(&y, &s).expect("two classes"),
            Calibrator::choose(&y, &s, 1).expect("two classes"),
        ];
        for map in maps {
            let p: Vec<f64> = s.iter().map(|&s| map.apply(s)).collect();
            let after = ece(&y, &p, 10).expect("valid");
            assert!(after < 0.02 && after < before / 3.0, "{before} {after} {}", map.name());
        }
    }

    #[test]
    fn order_is_never_turned_round() {
        let (y, s) = overconfident(500);
        let against: Vec<bool> = y.iter().map(|y| !y).collect();
        for map in [Calibrator::platt(&against, &s), Calibrator::isotonic(&against, &s)] {
            let map = map.expect("two classes");
            let steps: Vec<f64> = (0..=100).map(|i| map.apply(f64::from(i) / 100.0)).collect();
            assert!(steps.windows(2).all(|w| w[1] >= w[0] - 1e-12));
        }
    }
}
