//! How a study runs: its seed, how many shards share the work, who watches and may stop it.

use crate::error::{Error, Result};
use rayon::prelude::*;
use std::ops::Range;

/// Hears of progress and may ask a study to stop.
pub trait Watch: Sync {
    /// `done` of `total` steps are finished; both count the same unit.
    fn progress(&self, _done: usize, _total: usize) {}
    /// True when the study should stop; it then returns [`Error::Cancelled`] soon.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Watches nothing and never stops a study.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {}

/// The circumstances of a run. They decide how fast a study is; of its result, only `seed` does.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Decides every random choice.
    pub seed: u64,
    /// Into how many parts rows are dealt; parts are worked on in parallel and merged. 1 keeps
    /// all work on the calling thread.
    pub shards: usize,
    /// Hears of progress.
    pub watch: &'a dyn Watch,
}

impl Default for Run<'_> {
    fn default() -> Self {
        Self { seed: 0, shards: 1, watch: &Unwatched }
    }
}

/// Rows per block of a partial sum. Sums are formed per block and then added in block order, so
/// floating-point results do not depend on the number of shards.
pub const BLOCK_ROWS: usize = 4096;

impl Run<'_> {
    /// The same circumstances with another seed, for part `index` of a study.
    #[must_use]
    pub fn part(&self, index: u64) -> Self {
        let mut rng = crate::rng::Rng::stream(self.seed, index);
        Self { seed: rng.bits(), ..*self }
    }

    /// Stops when asked to.
    pub(crate) fn check(&self) -> Result<()> {
        if self.watch.cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Reports progress and stops when asked to.
    pub(crate) fn step(&self, done: usize, total: usize) -> Result<()> {
        self.watch.progress(done, total);
        self.check()
    }

    /// `work` on every index of `0..n`, in parallel when there is more than one shard; results
    /// in order of index.
    pub(crate) fn each<T: Send>(
        &self,
        n: usize,
        work: impl Fn(usize) -> T + Sync + Send,
    ) -> Vec<T> {
        if self.shards <= 1 || n <= 1 {
            (0..n).map(work).collect()
        } else {
            (0..n).into_par_iter().map(work).collect()
        }
    }

    /// One partial result per block of [`BLOCK_ROWS`] rows, in row order.
    pub(crate) fn blocks<T: Send>(
        &self,
        rows: usize,
        work: impl Fn(Range<usize>) -> T + Sync + Send,
    ) -> Vec<T> {
        self.each(rows.div_ceil(BLOCK_ROWS), |block| {
            let from = block * BLOCK_ROWS;
            work(from..(from + BLOCK_ROWS).min(rows))
        })
    }

    /// The row ranges of the shards, in order and without gaps.
    #[must_use]
    pub fn shard_ranges(&self, rows: usize) -> Vec<Range<usize>> {
        let shards = self.shards.clamp(1, rows.max(1));
        (0..shards).map(|s| rows * s / shards..rows * (s + 1) / shards).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_cover_all_rows_once() {
        for shards in 1..9 {
            let run = Run { shards, ..Run::default() };
            let ranges = run.shard_ranges(1001);
            assert_eq!(ranges.first().map(|r| r.start), Some(0));
            assert_eq!(ranges.last().map(|r| r.end), Some(1001));
            assert!(ranges.windows(2).all(|w| w[0].end == w[1].start));
        }
    }

    #[test]
    fn block_sums_do_not_depend_on_shards() {
        let x: Vec<f64> = (0..20_000).map(|i| (f64::from(i)).sin()).collect();
        let sum = |shards| -> f64 {
            let run = Run { shards, ..Run::default() };
            run.blocks(x.len(), |r| x[r].iter().sum::<f64>()).into_iter().sum()
        };
        assert_eq!(sum(1).to_bits(), sum(4).to_bits());
    }
}
