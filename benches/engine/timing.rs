//! Doing something many times.

use std::time::Instant;

/// Microseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timing {
    /// Half of the runs took no longer.
    pub(crate) median: f64,
    /// The fastest.
    pub(crate) least: f64,
    /// One run in a hundred took longer.
    pub(crate) p99: f64,
}

impl Timing {
    /// Of measured runs, in any order; there must be one.
    pub(crate) fn of(mut micros: Vec<f64>) -> Self {
        micros.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| micros[((micros.len() as f64 * share).ceil() as usize).saturating_sub(1)];
        Self { median: at(0.5), least: at(0.0), p99: at(0.99) }
    }

    /// Of each of so many that were done together.
    pub(crate) fn divided(self, by: f64) -> Self {
        Self { median: self.median / by, least: self.least / by, p99: self.p99 / by }
    }

    /// Of something done a number of times, after once for warmth.
    pub(crate) fn measure<T>(times: usize, mut run: impl FnMut() -> T) -> Self {
        std::hint::black_box(run());
        Self::of((0..times).map(|_| micros(&mut run).0).collect())
    }
}

/// How long something takes once, in microseconds, and what comes of it.
pub(crate) fn micros<T>(run: impl FnOnce() -> T) -> (f64, T) {
    let started = Instant::now();
    let made = std::hint::black_box(run());
    (started.elapsed().as_secs_f64() * 1e6, made)
}
