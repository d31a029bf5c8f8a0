//! Gradient-boosted trees on histograms: many small trees, each correcting the ones before.

mod grow;
mod split;

use crate::error::{Error, Result, all_finite, same_length};
use crate::frame::{Frame, Schema, Values};
use crate::linear::sigmoid;
use crate::rng::Rng;
use crate::run::Run;
use crate::split::two_classes;
use crate::tree::{Binned, Tree, add_shap};
use grow::Grower;

/// Which way a prediction may move as a column grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Never down.
    Up,
    /// Never up.
    Down,
}

/// How to grow.
#[derive(Debug, Clone)]
pub struct BoostOptions {
    /// Trees.
    pub rounds: usize,
    /// Share of each tree's correction that is applied, in (0, 1].
    pub learning_rate: f64,
    /// Most leaves per tree.
    pub leaves_max: usize,
    /// Fewest rows per leaf.
    pub leaf_rows_min: usize,
    /// Penalty on leaf values.
    pub l2: f64,
    /// Most bins per column, 2 to 255.
    pub bins_max: usize,
    /// Share of columns each tree may ask, in (0, 1].
    pub column_share: f64,
    /// Share of rows each tree learns from, in (0, 1].
    pub row_share: f64,
    /// Numeric columns along which predictions may only rise or only fall.
    pub monotone: Vec<(String, Direction)>,
}

impl Default for BoostOptions {
    fn default() -> Self {
        Self {
            rounds: 300,
            learning_rate: 0.05,
            leaves_max: 15,
            leaf_rows_min: 20,
            l2: 1.0,
            bins_max: 255,
            column_share: 1.0,
            row_share: 1.0,
            monotone: Vec::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    Logistic,
    Squared,
}

/// A fitted model: start + Σ trees, on the log-odds scale for yes/no and in the target's unit
/// for amounts.
///
/// Second-order boosting (Friedman 2001, "Greedy function approximation", algorithm 1; leaf
/// value −G/(H+λ) and gain of Chen and Guestrin 2016, "XGBoost", equations 5 and 7), leaf-wise on
/// histograms (Ke et al. 2017, "LightGBM"). Gradients are summed as whole numbers, so trees do
/// not depend on how rows are dealt to shards.
#[derive(Debug, Clone)]
pub struct Boosted {
    schema: Schema,
    loss: Loss,
    start: f64,
    trees: Vec<Tree>,
    gains: Vec<f64>,
}

impl Boosted {
    /// Fits probabilities to one outcome per row.
    ///
    /// # Errors
    /// [`Error::OneClass`], [`Error::Length`], [`Error::Empty`], [`Error::NoColumns`],
    /// [`Error::Option`], [`Error::UnknownColumn`], [`Error::ColumnKind`], [`Error::Cancelled`].
    pub fn classify(
        frame: &Frame,
        positive: &[bool],
        options: &BoostOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        two_classes(frame.rows(), positive)?;
        let target: Vec<f64> = positive.iter().map(|&p| f64::from(u8::from(p))).collect();
        let mean = target.iter().sum::<f64>() / target.len() as f64;
        let start = (mean / (1.0 - mean)).ln();
        fit(frame, &target, Loss::Logistic, start, options, run, &mut |_, _| false)
    }

    /// Fits amounts (squared error) to one target per row.
    ///
    /// # Errors
    /// As [`Self::classify`], and [`Error::NotFinite`].
    pub fn regress(
        frame: &Frame,
        target: &[f64],
        options: &BoostOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        same_length("targets", frame.rows(), target.len())?;
        all_finite("target", target)?;
        if target.is_empty() {
            return Err(Error::Empty { what: "rows" });
        }
        let start = target.iter().sum::<f64>() / target.len() as f64;
        fit(frame, target, Loss::Squared, start, options, run, &mut |_, _| false)
    }

    /// Mean log loss on held-out rows after every round; stops `patience` rounds after the best.
    /// Used to choose the number of rounds.
    ///
    /// # Errors
    /// As [`Self::classify`].
    pub fn validation_path(
        train: (&Frame, &[bool]),
        held_out: (&Frame, &[bool]),
        options: &BoostOptions,
        patience: usize,
        run: &Run<'_>,
    ) -> Result<Vec<f64>> {
        two_classes(train.0.rows(), train.1)?;
        let numbers = |y: &[bool]| y.iter().map(|&p| f64::from(u8::from(p))).collect::<Vec<_>>();
        let (target, held) = (numbers(train.1), numbers(held_out.1));
        let mean = target.iter().sum::<f64>() / target.len() as f64;
        let start = (mean / (1.0 - mean)).ln();
        let loss = (Loss::Logistic, start);
        path((train.0, &target), (held_out.0, &held), loss, options, patience, run)
    }

    /// The same for amounts: mean squared error on held-out rows after every round.
    ///
    /// # Errors
    /// As [`Self::regress`].
    pub fn amount_path(
        train: (&Frame, &[f64]),
        held_out: (&Frame, &[f64]),
        options: &BoostOptions,
        patience: usize,
        run: &Run<'_>,
    ) -> Result<Vec<f64>> {
        same_length("targets", train.0.rows(), train.1.len())?;
        all_finite("target", train.1)?;
        all_finite("target", held_out.1)?;
        let start = train.1.iter().sum::<f64>() / train.1.len().max(1) as f64;
        path(train, held_out, (Loss::Squared, start), options, patience, run)
    }

    /// Score per row: log odds, or amount.
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn score(&self, frame: &Frame) -> Result<Vec<f64>> {
        let frame = self.schema.align(frame)?;
        Ok((0..frame.rows())
            .map(|row| {
                let sum: f64 =
                    self.trees.iter().map(|t| t.nodes[t.leaf_of(&frame, row)].value).sum();
                self.start + sum
            })
            .collect())
    }

    /// Probability per row (for a model of amounts: the amount).
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn probability(&self, frame: &Frame) -> Result<Vec<f64>> {
        let score = self.score(frame)?;
        Ok(match self.loss {
            Loss::Logistic => score.into_iter().map(sigmoid).collect(),
            Loss::Squared => score,
        })
    }

    /// Shapley value of every column for every row (rows × columns), exact; they sum to the
    /// row's score minus [`Self::expected_score`]. Source: see [`crate::tree`].
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn contributions(&self, frame: &Frame) -> Result<Vec<Vec<f64>>> {
        let frame = self.schema.align(frame)?;
        let width = frame.columns().len();
        Ok((0..frame.rows())
            .map(|row| {
                let mut out = vec![0.0; width];
                for tree in &self.trees {
                    add_shap(tree, &frame, row, 1.0, &mut out);
                }
                out
            })
            .collect())
    }

    /// Mean score of the training rows as the trees saw them, the base of the Shapley values.
    #[must_use]
    pub fn expected_score(&self) -> f64 {
        let mean = |tree: &Tree| {
            let leaves = tree.nodes.iter().filter(|n| n.test.is_none());
            leaves.map(|n| n.value * n.rows as f64).sum::<f64>() / tree.nodes[0].rows as f64
        };
        self.start + self.trees.iter().map(mean).sum::<f64>()
    }

    /// Total gain of each column's splits, in column order.
    #[must_use]
    pub fn gains(&self) -> &[f64] {
        &self.gains
    }

    /// The trees.
    #[must_use]
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// The columns it was learnt from.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }
}

/// The held-out loss after every round.
fn path(
    train: (&Frame, &[f64]),
    held_out: (&Frame, &[f64]),
    (loss, start): (Loss, f64),
    options: &BoostOptions,
    patience: usize,
    run: &Run<'_>,
) -> Result<Vec<f64>> {
    same_length("outcomes", held_out.0.rows(), held_out.1.len())?;
    let schema = Schema::of(train.0);
    let frame = schema.align(held_out.0)?;
    let mut score = vec![start; frame.rows()];
    let mut path: Vec<f64> = Vec::new();
    let mut best = (f64::INFINITY, 0);
    fit(train.0, train.1, loss, start, options, run, &mut |round, tree| {
        let mut sum = 0.0;
        for (row, (s, &y)) in score.iter_mut().zip(held_out.1).enumerate() {
            *s += tree.nodes[tree.leaf_of(&frame, row)].value;
            sum += match loss {
                Loss::Logistic => crate::metrics::row_log_loss(y > 0.5, sigmoid(*s)),
                Loss::Squared => (*s - y) * (*s - y),
            };
        }
        let mean = sum / frame.rows().max(1) as f64;
        path.push(mean);
        if mean < best.0 {
            best = (mean, round);
        }
        round >= best.1 + patience
    })?;
    Ok(path)
}

fn check(frame: &Frame, options: &BoostOptions) -> Result<Vec<i8>> {
    let bad = |name, need| Err(Error::Option { name, need });
    if !(options.learning_rate > 0.0 && options.learning_rate <= 1.0) {
        return bad("learning_rate", "above 0 and at most 1");
    }
    if options.leaves_max < 2 || options.leaves_max > 4096 {
        return bad("leaves_max", "from 2 to 4096");
    }
    if options.leaf_rows_min == 0 {
        return bad("leaf_rows_min", "at least 1");
    }
    if !(options.l2 >= 0.0 && options.l2.is_finite()) {
        return bad("l2", "at least 0");
    }
    for (name, share) in [("column_share", options.column_share), ("row_share", options.row_share)]
    {
        if !(share > 0.0 && share <= 1.0) {
            return bad(name, "above 0 and at most 1");
        }
    }
    let mut monotone = vec![0i8; frame.columns().len()];
    for (name, direction) in &options.monotone {
        let at = frame.columns().iter().position(|c| c.name() == name);
        let at = at.ok_or_else(|| Error::UnknownColumn { name: name.clone() })?;
        if !matches!(frame.columns()[at].values(), Values::Numeric(_)) {
            return Err(Error::ColumnKind { name: name.clone(), need: "numbers" });
        }
        monotone[at] = if *direction == Direction::Up { 1 } else { -1 };
    }
    Ok(monotone)
}

fn fit(
    frame: &Frame,
    target: &[f64],
    loss: Loss,
    start: f64,
    options: &BoostOptions,
    run: &Run<'_>,
    stop: &mut dyn FnMut(usize, &Tree) -> bool,
) -> Result<Boosted> {
    let monotone = check(frame, options)?;
    let binned = Binned::learn(frame, options.bins_max)?;
    let mut grower = Grower::new(&binned, options, &monotone, run)?;
    let mut score = vec![start; target.len()];
    let mut trees = Vec::with_capacity(options.rounds);
    let mut rng = Rng::new(run.seed);
    let mut gains = vec![0.0; binned.width()];
    let (mut g, mut h) = (vec![0.0; target.len()], vec![1.0; target.len()]);
    for round in 0..options.rounds {
        run.step(round, options.rounds)?;
        for (i, (&s, &y)) in score.iter().zip(target).enumerate() {
            match loss {
                Loss::Logistic => {
                    let p = sigmoid(s);
                    (g[i], h[i]) = (p - y, (p * (1.0 - p)).max(1e-9));
                }
                Loss::Squared => g[i] = s - y,
            }
        }
        grower.sample(&mut rng);
        let Some(tree) = grower.grow(&g, &h, &mut score, &mut gains) else { break };
        let done = stop(round, &tree);
        trees.push(tree);
        if done {
            break;
        }
    }
    Ok(Boosted { schema: binned.schema.clone(), loss, start, trees, gains })
}

#[cfg(test)]
mod tests;
