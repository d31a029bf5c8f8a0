//! Counts of both outcomes per bin, from which the next split of a tree is chosen.

use crate::cart::{CartOptions, Target, search};
use crate::error::{Result, same_length};
use crate::frame::Frame;
use crate::tree::{Binned, Test};

/// How columns are cut into bins, learnt once for all parts.
#[derive(Debug)]
pub struct BinCuts(Binned);

impl BinCuts {
    /// Cuts every column of `frame` (all rows, or a sample of them) into at most `bins_max` bins,
    /// 2 to 255.
    ///
    /// # Errors
    /// [`crate::Error::NoColumns`], [`crate::Error::TooLarge`].
    pub fn learn(frame: &Frame, bins_max: usize) -> Result<Self> {
        Ok(Self(Binned::learn(frame, bins_max)?.without_rows()))
    }
}

/// The best next split.
#[derive(Debug, Clone, PartialEq)]
pub struct BestSplit {
    /// Index of the column.
    pub column: usize,
    /// Rows that pass go left.
    pub test: Test,
    /// Where rows go whose value is missing.
    pub missing_left: bool,
    /// Decrease of the Gini index times the number of rows.
    pub gain: f64,
}

/// Rows of either outcome per bin of every column, over a part of the rows of a node (Ben-Haim and
/// Tom-Tov 2010, "A streaming parallel decision tree algorithm", with cuts fixed beforehand).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitCounts {
    /// Per bin the rows with no, then those with yes.
    cells: Vec<i64>,
}

impl SplitCounts {
    /// Counts the rows of `frame`.
    ///
    /// # Errors
    /// [`crate::Error::Length`], and those of [`crate::frame::Schema::align`].
    pub fn of(cuts: &BinCuts, frame: &Frame, positive: &[bool]) -> Result<Self> {
        same_length("outcomes", frame.rows(), positive.len())?;
        let codes = cuts.0.codes_of(frame)?;
        let mut cells = vec![0; cuts.0.bins() * 2];
        for (row, &yes) in codes.chunks_exact(cuts.0.width()).zip(positive) {
            row.iter().for_each(|&code| cells[usize::from(code) * 2 + usize::from(yes)] += 1);
        }
        Ok(Self { cells })
    }

    /// Both parts together.
    ///
    /// # Errors
    /// [`crate::Error::Length`] when they were made with other cuts.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        same_length("bins", self.cells.len(), other.cells.len())?;
        self.cells.iter_mut().zip(&other.cells).for_each(|(a, b)| *a += b);
        Ok(self)
    }

    /// The split that makes both sides purest, each with at least `leaf_rows_min` rows (Breiman
    /// et al. 1984, "Classification and regression trees", section 4.3); nothing where none does.
    ///
    /// # Errors
    /// [`crate::Error::Length`] for other cuts than these counts were made with.
    pub fn best(&self, cuts: &BinCuts, leaf_rows_min: usize) -> Result<Option<BestSplit>> {
        same_length("bins", cuts.0.bins() * 2, self.cells.len())?;
        let mut total = vec![0; 2];
        for cell in self.cells[..cuts.0.offsets[1] * 2].chunks_exact(2) {
            total.iter_mut().zip(cell).for_each(|(t, c)| *t += c);
        }
        let options = CartOptions { leaf_rows_min, ..CartOptions::default() };
        let target = Target::Classes { of_row: &[], count: 2 };
        let found = search(&cuts.0, &self.cells, &total, &target, &options);
        Ok(found.map(|best| BestSplit {
            column: best.column,
            test: Test::of_bins(&cuts.0.columns[best.column], &best.left),
            missing_left: best.missing_left,
            gain: best.gain,
        }))
    }
}
