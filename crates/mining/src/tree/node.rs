//! A binary tree of tests on columns, and how a row walks it.

use super::ColumnBins;
use crate::frame::{Frame, Values};

/// What an inner node asks; rows that pass go left.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The number is at most this.
    AtMost(f64),
    /// The level code is in this bit set (64 codes per word).
    In(Vec<u64>),
}

impl Test {
    /// From the bins that go left.
    pub(crate) fn of_bins(column: &ColumnBins, left: &[bool]) -> Self {
        match column {
            ColumnBins::Numeric { cuts } => {
                let last = left.iter().rposition(|&l| l).expect("some bin goes left");
                Self::AtMost(cuts.get(last).copied().unwrap_or(f64::INFINITY))
            }
            ColumnBins::Levels { bin, .. } => {
                let mut words = vec![0u64; bin.len().div_ceil(64)];
                for (code, &b) in bin.iter().enumerate() {
                    if left[usize::from(b)] {
                        words[code / 64] |= 1 << (code % 64);
                    }
                }
                Self::In(words)
            }
        }
    }

    fn has(words: &[u64], code: u32) -> bool {
        words.get(code as usize / 64).is_some_and(|w| w >> (code % 64) & 1 == 1)
    }

    /// The level codes that go left; empty for a numeric test.
    #[must_use]
    pub fn codes(&self) -> Vec<u32> {
        match self {
            Self::AtMost(_) => Vec::new(),
            Self::In(words) => {
                (0..words.len() as u32 * 64).filter(|&c| Self::has(words, c)).collect()
            }
        }
    }
}

/// A node; a leaf has no children.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Column asked about and the test; `None` in a leaf.
    pub test: Option<(usize, Test)>,
    /// Where rows go whose value is missing.
    pub missing_left: bool,
    /// Index of the child for rows that pass.
    pub left: usize,
    /// Index of the child for the others.
    pub right: usize,
    /// What the node predicts (probability, amount, or a part of the log odds).
    pub value: f64,
    /// Training rows that reached the node.
    pub rows: usize,
}

impl Node {
    pub(crate) fn leaf(value: f64, rows: usize) -> Self {
        Self { test: None, missing_left: false, left: 0, right: 0, value, rows }
    }
}

/// A tree; node 0 is the root.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// All nodes; children come after their parents.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// True when row `row` of `frame` goes left at an inner node. `frame` must be aligned to the
    /// model's schema.
    pub(crate) fn goes_left(node: &Node, frame: &Frame, row: usize) -> bool {
        let Some((column, test)) = &node.test else { return false };
        match (frame.columns()[*column].values(), test) {
            (Values::Numeric(v), Test::AtMost(cut)) => {
                let x = v[row];
                if x.is_nan() { node.missing_left } else { x <= *cut }
            }
            (Values::Category(c), Test::In(words)) => {
                let code = c.codes()[row];
                if code as usize >= c.levels().len() {
                    node.missing_left
                } else {
                    Test::has(words, code)
                }
            }
            _ => node.missing_left,
        }
    }

    /// The leaf a row ends in.
    #[must_use]
    pub(crate) fn leaf_of(&self, frame: &Frame, row: usize) -> usize {
        let mut at = 0;
        while self.nodes[at].test.is_some() {
            let node = &self.nodes[at];
            at = if Self::goes_left(node, frame, row) { node.left } else { node.right };
        }
        at
    }

    /// How many leaves.
    #[must_use]
    pub fn leaves(&self) -> usize {
        self.nodes.iter().filter(|n| n.test.is_none()).count()
    }

    /// The longest way from root to leaf, in tests.
    #[must_use]
    pub fn depth(&self) -> usize {
        let mut depth = vec![0; self.nodes.len()];
        for (i, node) in self.nodes.iter().enumerate() {
            if node.test.is_some() {
                depth[node.left] = depth[i] + 1;
                depth[node.right] = depth[i] + 1;
            }
        }
        depth.into_iter().max().unwrap_or(0)
    }
}
