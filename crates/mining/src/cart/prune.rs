//! Cutting a grown tree back to what pays, and drawing its values towards their parents.

use super::CartOptions;
use super::grow::{Grown, Target, grow};
use crate::error::{Error, Result};
use crate::frame::Frame;
use crate::rng::Rng;
use crate::run::Run;
use crate::tree::{Binned, Node, Tree};

/// What growing needs again in every fold.
pub(super) struct Setting<'a> {
    pub frame: &'a Frame,
    pub binned: &'a Binned,
    pub target: &'a Target<'a>,
    pub options: &'a CartOptions,
    pub run: &'a Run<'a>,
}

/// Rows × impurity of a node, from its shares.
fn risk(grown: &Grown, at: usize) -> f64 {
    let shares = &grown.shares[at];
    let rows = grown.tree.nodes[at].rows as f64;
    rows * if shares.len() == 1 {
        // A mean alone has no impurity; the spread between children stands in for it below.
        -shares[0] * shares[0]
    } else {
        1.0 - shares.iter().map(|s| s * s).sum::<f64>()
    }
}

/// For every node the cost at which it becomes a leaf in the sequence of minimal cost-complexity
/// subtrees (Breiman et al. 1984, section 3.3); infinite for leaves, made monotone from the top
/// so that cutting by "cost ≤ α" gives the subtree for α.
fn link_costs(grown: &Grown) -> Vec<f64> {
    let nodes = &grown.tree.nodes;
    let mut cut: Vec<bool> = nodes.iter().map(|n| n.test.is_none()).collect();
    let mut cost = vec![f64::INFINITY; nodes.len()];
    let scale = nodes[0].rows as f64;
    loop {
        // Leaves and risk below every node; children come after their parents.
        let mut below: Vec<(f64, f64)> = vec![(1.0, 0.0); nodes.len()];
        let mut weakest: Option<(f64, usize)> = None;
        for at in (0..nodes.len()).rev() {
            if cut[at] {
                below[at] = (1.0, risk(grown, at));
                continue;
            }
            let (l, r) = (below[nodes[at].left], below[nodes[at].right]);
            below[at] = (l.0 + r.0, l.1 + r.1);
            let price = (risk(grown, at) - below[at].1) / (below[at].0 - 1.0) / scale;
            if weakest.is_none_or(|(w, _)| price <= w) {
                weakest = Some((price, at));
            }
        }
        let Some((price, at)) = weakest else { break };
        let before = cost.iter().copied().filter(|c| c.is_finite()).fold(0.0, f64::max);
        cost[at] = price.max(before);
        let mut inside = vec![at];
        while let Some(node) = inside.pop() {
            if !cut[node] {
                cut[node] = true;
                inside.extend([nodes[node].left, nodes[node].right]);
            }
        }
    }
    cost
}

/// The subtree for a cost per leaf, with values drawn towards their parents.
pub(super) fn finish(grown: &Grown, cost: f64, shrinkage: f64) -> Grown {
    let costs = link_costs(grown);
    cut(grown, &costs, cost, shrinkage)
}

fn cut(grown: &Grown, costs: &[f64], cost: f64, shrinkage: f64) -> Grown {
    let old = &grown.tree.nodes;
    let mut out = Grown { tree: Tree { nodes: Vec::new() }, shares: Vec::new() };
    let mut waiting = vec![(0usize, None::<(usize, bool)>)];
    while let Some((from, parent)) = waiting.pop() {
        let at = out.tree.nodes.len();
        let mut shares = grown.shares[from].clone();
        if let Some((up, left)) = parent {
            // The parent's raw shares are those of the node `from` was split from.
            let above = &out.shares[up];
            let parent = &mut out.tree.nodes[up];
            let weight = 1.0 / (1.0 + shrinkage / parent.rows as f64);
            let raw = &grown.shares[raw_parent(old, from)];
            for ((s, above), raw) in shares.iter_mut().zip(above).zip(raw) {
                *s = above + (*s - raw) * weight;
            }
            if shares.len() > 1 {
                // Rounding must not carry a share beyond what a share can be.
                shares.iter_mut().for_each(|s| *s = s.clamp(0.0, 1.0));
            }
            if left { parent.left = at } else { parent.right = at }
        }
        let node = &old[from];
        let keep = node.test.is_some() && (costs[from] > cost);
        let test = if keep { node.test.clone() } else { None };
        let value = Target::value(&shares);
        out.tree.nodes.push(Node { test, value, left: 0, right: 0, ..node.clone() });
        out.shares.push(shares);
        if keep {
            waiting.push((node.right, Some((at, false))));
            waiting.push((node.left, Some((at, true))));
        }
    }
    out
}

fn raw_parent(nodes: &[Node], child: usize) -> usize {
    nodes
        .iter()
        .position(|n| n.test.is_some() && (n.left == child || n.right == child))
        .expect("every node but the root has a parent")
}

/// The cost per leaf that cross-validation finds best.
pub(super) fn best_cost(
    grown: &Grown,
    setting: &Setting<'_>,
    folds: usize,
    one_error: bool,
) -> Result<f64> {
    let rows = setting.frame.rows();
    if !(2..=50).contains(&folds) {
        return Err(Error::Option { name: "folds", need: "from 2 to 50" });
    }
    let mut costs: Vec<f64> =
        link_costs(grown).into_iter().filter(|c| c.is_finite() && *c > 0.0).collect();
    costs.sort_by(f64::total_cmp);
    costs.dedup();
    if costs.is_empty() || rows < 2 * folds {
        return Ok(0.0);
    }
    // Geometric means of neighbours represent the intervals between them (same book, 3.4.2).
    let mut tried = vec![0.0];
    tried.extend(costs.windows(2).map(|w| (w[0] * w[1]).sqrt()));
    tried.push(costs[costs.len() - 1] * 1.0001);
    let mut order: Vec<usize> = (0..rows).collect();
    Rng::new(setting.run.seed).shuffle(&mut order);
    let losses = setting.run.each(folds, |fold| -> Vec<(f64, f64)> {
        let train: Vec<u32> =
            (0..rows).filter(|p| p % folds != fold).map(|p| order[p] as u32).collect();
        let part = grow(setting.binned, train, setting.target, setting.options, setting.run);
        let links = link_costs(&part);
        tried
            .iter()
            .map(|&cost| {
                let tree = cut(&part, &links, cost, setting.options.shrinkage);
                let (mut sum, mut squares) = (0.0, 0.0);
                for p in (fold..rows).step_by(folds) {
                    let leaf = tree.tree.leaf_of(setting.frame, order[p]);
                    let loss = setting.target.loss(order[p], &tree.shares[leaf]);
                    sum += loss;
                    squares += loss * loss;
                }
                (sum, squares)
            })
            .collect()
    });
    setting.run.check()?;
    let n = rows as f64;
    let total =
        |i: usize| losses.iter().fold((0.0, 0.0), |(s, q), fold| (s + fold[i].0, q + fold[i].1));
    let means: Vec<f64> = (0..tried.len()).map(|i| total(i).0 / n).collect();
    let best = (0..tried.len()).min_by(|&a, &b| means[a].total_cmp(&means[b])).unwrap_or(0);
    if !one_error {
        return Ok(tried[best]);
    }
    let error = ((total(best).1 / n - means[best] * means[best]).max(0.0) / n).sqrt();
    let last = (0..tried.len()).rev().find(|&i| means[i] <= means[best] + error);
    Ok(tried[last.unwrap_or(best)])
}
