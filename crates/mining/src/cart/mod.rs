//! One decision tree that people can read: CART with pruning, class probabilities and rules.

mod grow;
mod prune;

use crate::error::{Error, Result, all_finite, same_length};
use crate::frame::{Frame, Schema};
use crate::run::Run;
use crate::split::two_classes;
use crate::tree::{Binned, Rule, Tree, add_shap};
use grow::{Grown, grow};
pub(crate) use grow::{Target, search};

/// How far a grown tree is cut back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pruning {
    /// Not at all.
    None,
    /// By this cost per leaf (share of the root's impurity).
    Cost(f64),
    /// By the cost that cross-validation over so many folds finds best; with `one_error`, by
    /// the largest cost within one standard error of the best (Breiman et al. 1984, 3.4.3).
    CrossValidated {
        /// 2 or more.
        folds: usize,
        /// Takes the smaller tree.
        one_error: bool,
    },
}

/// How to grow.
#[derive(Debug, Clone)]
pub struct CartOptions {
    /// Most tests from root to leaf, 1 to 20.
    pub depth_max: usize,
    /// Fewest rows per leaf.
    pub leaf_rows_min: usize,
    /// Most bins per column, 2 to 255.
    pub bins_max: usize,
    /// How the tree is cut back.
    pub pruning: Pruning,
    /// Rows of prior belief with which every node is drawn towards its parent; 0 for none.
    pub shrinkage: f64,
}

impl Default for CartOptions {
    fn default() -> Self {
        Self {
            depth_max: 8,
            leaf_rows_min: 50,
            bins_max: 255,
            pruning: Pruning::CrossValidated { folds: 5, one_error: false },
            shrinkage: 100.0,
        }
    }
}

/// A fitted tree (Breiman, Friedman, Olshen and Stone 1984, "Classification and regression
/// trees"): splits by the Gini index (or squared error), minimal cost-complexity pruning
/// (section 3.3), and node values drawn towards their parents (Agarwal et al. 2022,
/// "Hierarchical shrinkage", equation 1), which betters probabilities and keeps the rules.
#[derive(Debug, Clone)]
pub struct Cart {
    schema: Schema,
    tree: Tree,
    /// Per node the share of each class; for amounts a single number, the mean.
    shares: Vec<Vec<f64>>,
    cost: f64,
}

impl Cart {
    /// Fits probabilities to one outcome per row.
    ///
    /// # Errors
    /// [`Error::OneClass`], [`Error::Length`], [`Error::Empty`], [`Error::NoColumns`],
    /// [`Error::Option`], [`Error::Cancelled`].
    pub fn classify(
        frame: &Frame,
        positive: &[bool],
        options: &CartOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        two_classes(frame.rows(), positive)?;
        let classes: Vec<usize> = positive.iter().map(|&p| usize::from(p)).collect();
        fit(frame, &Target::Classes { of_row: &classes, count: 2 }, options, run)
    }

    /// Fits shares of `count` classes (2 to 64); `class` has one number below `count` per row.
    ///
    /// # Errors
    /// As [`Self::classify`], and [`Error::OutOfRange`].
    pub fn classify_many(
        frame: &Frame,
        class: &[usize],
        count: usize,
        options: &CartOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        same_length("classes", frame.rows(), class.len())?;
        if !(2..=64).contains(&count) {
            return Err(Error::Option { name: "count", need: "from 2 to 64" });
        }
        if let Some(row) = class.iter().position(|&c| c >= count) {
            return Err(Error::OutOfRange { what: "class", row });
        }
        if class.is_empty() {
            return Err(Error::Empty { what: "rows" });
        }
        if class.iter().all(|&c| c == class[0]) {
            return Err(Error::OneClass { rows: class.len() });
        }
        fit(frame, &Target::Classes { of_row: class, count }, options, run)
    }

    /// Fits amounts by squared error to one target per row.
    ///
    /// # Errors
    /// As [`Self::classify`], and [`Error::NotFinite`].
    pub fn regress(
        frame: &Frame,
        target: &[f64],
        options: &CartOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        same_length("targets", frame.rows(), target.len())?;
        all_finite("target", target)?;
        if target.is_empty() {
            return Err(Error::Empty { what: "rows" });
        }
        fit(frame, &Target::amounts(target), options, run)
    }

    /// Probability of "yes" per row, or the expected amount.
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn probability(&self, frame: &Frame) -> Result<Vec<f64>> {
        let frame = self.schema.align(frame)?;
        Ok((0..frame.rows())
            .map(|row| self.tree.nodes[self.tree.leaf_of(&frame, row)].value)
            .collect())
    }

    /// Share of each class per row (rows × classes).
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn class_shares(&self, frame: &Frame) -> Result<Vec<Vec<f64>>> {
        let frame = self.schema.align(frame)?;
        Ok((0..frame.rows())
            .map(|row| self.shares[self.tree.leaf_of(&frame, row)].clone())
            .collect())
    }

    /// Most likely class per row.
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn classes(&self, frame: &Frame) -> Result<Vec<usize>> {
        let best = |s: &Vec<f64>| (0..s.len()).max_by(|&a, &b| s[a].total_cmp(&s[b])).unwrap_or(0);
        Ok(self.class_shares(frame)?.iter().map(best).collect())
    }

    /// Exact Shapley values of the probability (rows × columns), see [`crate::tree`].
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn contributions(&self, frame: &Frame) -> Result<Vec<Vec<f64>>> {
        let frame = self.schema.align(frame)?;
        let width = frame.columns().len();
        Ok((0..frame.rows())
            .map(|row| {
                let mut out = vec![0.0; width];
                add_shap(&self.tree, &frame, row, 1.0, &mut out);
                out
            })
            .collect())
    }

    /// One sentence per leaf, highest value first.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        self.tree.rules(&self.schema)
    }

    /// The tree, for drawing.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Shares of classes in a node (for amounts: the mean alone).
    #[must_use]
    pub fn node_shares(&self, node: usize) -> &[f64] {
        &self.shares[node]
    }

    /// The columns it was learnt from.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Cost per leaf by which it was pruned.
    #[must_use]
    pub fn pruning_cost(&self) -> f64 {
        self.cost
    }
}

fn fit(frame: &Frame, target: &Target<'_>, options: &CartOptions, run: &Run<'_>) -> Result<Cart> {
    if !(1..=20).contains(&options.depth_max) {
        return Err(Error::Option { name: "depth_max", need: "from 1 to 20" });
    }
    if options.leaf_rows_min == 0 {
        return Err(Error::Option { name: "leaf_rows_min", need: "at least 1" });
    }
    if !(options.shrinkage >= 0.0 && options.shrinkage.is_finite()) {
        return Err(Error::Option { name: "shrinkage", need: "at least 0" });
    }
    run.check()?;
    let binned = Binned::learn(frame, options.bins_max)?;
    let rows: Vec<u32> = (0..frame.rows() as u32).collect();
    let grown = grow(&binned, rows, target, options, run);
    let cost = match options.pruning {
        Pruning::None => 0.0,
        Pruning::Cost(cost) if cost >= 0.0 => cost,
        Pruning::Cost(_) => return Err(Error::Option { name: "cost", need: "at least 0" }),
        Pruning::CrossValidated { folds, one_error } => {
            let setting = prune::Setting { frame, binned: &binned, target, options, run };
            prune::best_cost(&grown, &setting, folds, one_error)?
        }
    };
    let Grown { tree, shares } = prune::finish(&grown, cost, options.shrinkage);
    Ok(Cart { schema: binned.schema, tree, shares, cost })
}

#[cfg(test)]
mod tests;
