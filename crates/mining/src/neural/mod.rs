//! Small neural networks for yes/no and for amounts: the mean of several seeds, each stopped early.

mod net;

use crate::error::{Error, Result, all_finite, same_length};
use crate::frame::{Design, DesignOptions, Frame, Schema};
use crate::rng::Rng;
use crate::run::Run;
use crate::split::two_classes;
use net::{Goal, Net};

/// How to train.
#[derive(Debug, Clone)]
pub struct NeuralOptions {
    /// Neurons of the two hidden layers.
    pub hidden: [usize; 2],
    /// Networks, each from its own seed; their probabilities are averaged.
    pub seeds: usize,
    /// Most passes over the rows.
    pub epochs_max: usize,
    /// Passes without improvement on held-out rows before training stops.
    pub patience: usize,
    /// Step size of Adam.
    pub learning_rate: f64,
    /// Decoupled weight decay per step, times the step size.
    pub decay: f64,
    /// How columns become numbers.
    pub design: DesignOptions,
}

impl Default for NeuralOptions {
    fn default() -> Self {
        let design = DesignOptions { skew_max: 2.0, ..DesignOptions::default() };
        Self {
            hidden: [32, 16],
            seeds: 5,
            epochs_max: 40,
            patience: 4,
            learning_rate: 2e-3,
            decay: 0.05,
            design,
        }
    }
}

/// Networks with one output, and how columns become their inputs.
#[derive(Debug, Clone)]
struct Nets {
    design: Design,
    nets: Vec<Net>,
}

impl Nets {
    fn train(
        frame: &Frame,
        goal: &Goal<'_>,
        options: &NeuralOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        if options.seeds == 0 || options.hidden.iter().any(|&h| h == 0 || h > 1024) {
            return Err(Error::Option { name: "hidden", need: "from 1 to 1024, seeds at least 1" });
        }
        if !(options.learning_rate > 0.0 && options.learning_rate < 1.0) {
            return Err(Error::Option { name: "learning_rate", need: "between 0 and 1" });
        }
        let design = Design::learn(frame, &options.design)?;
        let x: Vec<f32> = design.encode(frame)?.into_iter().map(input).collect();
        let nets: Result<Vec<Net>> = run
            .each(options.seeds, |seed| {
                let mut rng = Rng::stream(run.seed, seed as u64);
                net::train(&x, design.width(), goal, options, &mut rng, run)
            })
            .into_iter()
            .collect();
        Ok(Self { design, nets: nets? })
    }

    /// Per row the mean over the networks of what `shape` makes of their scores.
    fn mean(&self, frame: &Frame, shape: impl Fn(f64) -> f64) -> Result<Vec<f64>> {
        let x = self.design.encode(frame)?;
        let mut row32 = vec![0.0f32; self.design.width()];
        Ok(x.chunks_exact(self.design.width())
            .map(|row| {
                row32.iter_mut().zip(row).for_each(|(a, &b)| *a = input(b));
                let sum: f64 = self.nets.iter().map(|n| shape(n.score(&row32))).sum();
                sum / self.nets.len() as f64
            })
            .collect())
    }
}

/// Far values are as good as very far ones, and would throw the training off.
fn input(x: f64) -> f32 {
    x.clamp(-8.0, 8.0) as f32
}

/// Several trained networks: input → ReLU → ReLU → sigmoid.
///
/// Trained on the log loss by Adam (Kingma and Ba 2015, algorithm 1) with decoupled decay
/// (Loshchilov and Hutter 2019, algorithm 2), weights started after He et al. 2015; the mean of
/// several seeds lowers the variance of one (Lakshminarayanan et al. 2017, "Deep ensembles").
#[derive(Debug, Clone)]
pub struct Neural(Nets);

impl Neural {
    /// Trains on one outcome per row of `frame`.
    ///
    /// # Errors
    /// [`Error::OneClass`], [`Error::Length`], [`Error::Empty`], [`Error::NoColumns`],
    /// [`Error::Option`], [`Error::Cancelled`].
    pub fn fit(
        frame: &Frame,
        positive: &[bool],
        options: &NeuralOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        two_classes(frame.rows(), positive)?;
        Ok(Self(Nets::train(frame, &Goal::Outcomes(positive), options, run)?))
    }

    /// Probability per row: the mean over the networks.
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn probability(&self, frame: &Frame) -> Result<Vec<f64>> {
        self.0.mean(frame, crate::linear::sigmoid)
    }

    /// The columns it was learnt from.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        self.0.design.schema()
    }
}

/// Several trained networks for amounts: as [`Neural`], without the sigmoid and with the squared
/// error of the standardised amount.
#[derive(Debug, Clone)]
pub struct NeuralAmount {
    nets: Nets,
    mean: f64,
    deviation: f64,
}

impl NeuralAmount {
    /// Trains on one amount per row of `frame`, in any unit.
    ///
    /// # Errors
    /// [`Error::NotFinite`], [`Error::Length`], [`Error::Empty`], [`Error::NoColumns`],
    /// [`Error::Option`], [`Error::Cancelled`].
    pub fn fit(
        frame: &Frame,
        target: &[f64],
        options: &NeuralOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        same_length("targets", frame.rows(), target.len())?;
        all_finite("target", target)?;
        if target.is_empty() {
            return Err(Error::Empty { what: "rows" });
        }
        let (mean, deviation) = crate::frame::moments(target.iter().copied());
        let deviation = if deviation > 0.0 { deviation } else { 1.0 };
        let y: Vec<f32> = target.iter().map(|t| ((t - mean) / deviation) as f32).collect();
        let nets = Nets::train(frame, &Goal::Amounts(&y), options, run)?;
        Ok(Self { nets, mean, deviation })
    }

    /// Amount per row, in the unit learnt from: the mean over the networks.
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn amount(&self, frame: &Frame) -> Result<Vec<f64>> {
        self.nets.mean(frame, |score| self.mean + self.deviation * score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Column;
    use crate::metrics::roc_auc;

    #[test]
    fn it_learns_what_no_line_can_part() {
        let mut rng = Rng::new(3);
        let points: Vec<(f64, f64)> = (0..3000).map(|_| (rng.normal(), rng.normal())).collect();
        let y: Vec<bool> = points.iter().map(|(a, b)| a * b > 0.0).collect();
        let frame = Frame::new(vec![
            Column::numeric("a", points.iter().map(|p| p.0).collect()),
            Column::numeric("b", points.iter().map(|p| p.1).collect()),
        ])
        .expect("equal lengths");
        let options = NeuralOptions { seeds: 2, ..NeuralOptions::default() };
        let m = Neural::fit(&frame, &y, &options, &Run::default()).expect("fits");
        let p = m.probability(&frame).expect("same columns");
        assert!(roc_auc(&y, &p).expect("two classes") > 0.97);
        let again = Neural::fit(&frame, &y, &options, &Run { shards: 4, ..Run::default() });
        assert_eq!(p, again.expect("fits").probability(&frame).expect("same columns"));
    }

    #[test]
    fn it_learns_amounts_in_their_unit() {
        let mut rng = Rng::new(4);
        let a: Vec<f64> = (0..3000).map(|_| rng.normal()).collect();
        let y: Vec<f64> = a.iter().map(|a| 5_000.0 + 900.0 * a.abs() + rng.normal()).collect();
        let frame = Frame::new(vec![Column::numeric("a", a)]).expect("one column");
        let options = NeuralOptions { seeds: 2, ..NeuralOptions::default() };
        let m = NeuralAmount::fit(&frame, &y, &options, &Run::default()).expect("fits");
        let found = m.amount(&frame).expect("same columns");
        let off: f64 = found.iter().zip(&y).map(|(f, y)| (f - y).abs()).sum::<f64>() / 3000.0;
        assert!(off < 60.0, "{off}");
        let broken = [f64::NAN; 3000];
        let refused = NeuralAmount::fit(&frame, &broken, &options, &Run::default());
        assert_eq!(refused.map(|_| ()).map_err(|e| e.code()), Err("mining.not_finite"));
    }
}
