//! Exact Shapley values of a tree in polynomial time.

use super::Tree;
use crate::frame::Frame;

/// One element of the path: which column split, what share of subsets flows on when the column
/// is unknown (`zero`) or known (`one`), and the permutation weight.
#[derive(Clone, Copy)]
struct Step {
    column: usize,
    zero: f64,
    one: f64,
    weight: f64,
}

const NONE: usize = usize::MAX;

/// Adds the Shapley value of each column for one row to `out` (one per column).
///
/// Algorithm 2 of Lundberg, Erion and Lee 2018, "Consistent individualized feature attribution
/// for tree ensembles": the values satisfy Σ φ = f(x) − E f, where the expectation runs over the
/// training rows that reached each node. Cost: leaves × depth².
pub(crate) fn add_shap(tree: &Tree, frame: &Frame, row: usize, scale: f64, out: &mut [f64]) {
    walk(tree, frame, row, 0, &mut Vec::with_capacity(16), (1.0, 1.0, NONE), scale, out);
}

fn extend(path: &mut Vec<Step>, zero: f64, one: f64, column: usize) {
    let length = path.len();
    path.push(Step { column, zero, one, weight: if length == 0 { 1.0 } else { 0.0 } });
    for i in (0..length).rev() {
        let w = path[i].weight;
        path[i + 1].weight += one * w * (i + 1) as f64 / (length + 1) as f64;
        path[i].weight = zero * w * (length - i) as f64 / (length + 1) as f64;
    }
}

fn unwind(path: &mut Vec<Step>, at: usize) {
    let last = path.len() - 1;
    let (zero, one) = (path[at].zero, path[at].one);
    let mut next = path[last].weight;
    for j in (0..last).rev() {
        if one != 0.0 {
            let keep = path[j].weight;
            path[j].weight = next * (last + 1) as f64 / ((j + 1) as f64 * one);
            next = keep - path[j].weight * zero * (last - j) as f64 / (last + 1) as f64;
        } else {
            path[j].weight = path[j].weight * (last + 1) as f64 / (zero * (last - j) as f64);
        }
    }
    for j in at..last {
        let (column, zero, one) = (path[j + 1].column, path[j + 1].zero, path[j + 1].one);
        path[j] = Step { column, zero, one, weight: path[j].weight };
    }
    path.pop();
}

fn unwound_sum(path: &[Step], at: usize) -> f64 {
    let last = path.len() - 1;
    let (zero, one) = (path[at].zero, path[at].one);
    let mut next = path[last].weight;
    let mut total = 0.0;
    for j in (0..last).rev() {
        if one != 0.0 {
            let w = next * (last + 1) as f64 / ((j + 1) as f64 * one);
            total += w;
            next = path[j].weight - w * zero * (last - j) as f64 / (last + 1) as f64;
        } else {
            total += path[j].weight * (last + 1) as f64 / (zero * (last - j) as f64);
        }
    }
    total
}

#[expect(clippy::too_many_arguments, reason = "the recursion of the published algorithm")]
fn walk(
    tree: &Tree,
    frame: &Frame,
    row: usize,
    at: usize,
    path: &mut Vec<Step>,
    arrived: (f64, f64, usize),
    scale: f64,
    out: &mut [f64],
) {
    extend(path, arrived.0, arrived.1, arrived.2);
    let node = &tree.nodes[at];
    let Some((column, _)) = &node.test else {
        for i in 1..path.len() {
            let w = unwound_sum(path, i);
            out[path[i].column] += w * (path[i].one - path[i].zero) * node.value * scale;
        }
        return;
    };
    let (hot, cold) = if Tree::goes_left(node, frame, row) {
        (node.left, node.right)
    } else {
        (node.right, node.left)
    };
    let (mut zero, mut one) = (1.0, 1.0);
    if let Some(k) = (1..path.len()).find(|&k| path[k].column == *column) {
        (zero, one) = (path[k].zero, path[k].one);
        unwind(path, k);
    }
    let share = |child: usize| tree.nodes[child].rows as f64 / node.rows as f64;
    let mut fork = path.clone();
    walk(tree, frame, row, hot, &mut fork, (zero * share(hot), one, *column), scale, out);
    let mut fork = path.clone();
    walk(tree, frame, row, cold, &mut fork, (zero * share(cold), 0.0, *column), scale, out);
}
