//! Progress on the terminal, and the wish to stop.

use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Watches a study: shows how far it is and hears when it should stop.
pub struct Watching {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
}

/// The hand that can stop a study.
pub struct Hand(Arc<AtomicBool>);

impl Hand {
    /// Asks the study to stop soon.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Watching {
    /// With a bar on standard error, where that is a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {elapsed} {pos} / {len} {wide_bar}")
        {
            bar.set_style(style);
        }
        Self { bar, stop: Arc::new(AtomicBool::new(false)) }
    }

    /// The hand that can stop it.
    pub fn hand(&self) -> Hand {
        Hand(Arc::clone(&self.stop))
    }
}

impl mining::Watch for Watching {
    fn progress(&self, done: usize, total: usize) {
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
