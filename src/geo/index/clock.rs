//! Where in a run of places, in order of time, a moment lies: guessed from how the times of all are spread, then found beside the guess.
//!
//! An interpolation search (W. W. Peterson, Addressing for random-access storage, 1957) on the ranks of a sample: a run of `n` places is
//! off its guess by about √n/2, so that one or two cache lines are read where halving reads as many as it has steps.

/// How the times of places are spread.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// Seconds of some of the places, in order.
    sample: Vec<u32>,
}

/// Most places in the sample: it stays in the cache, and is off by less than a run of some thousands is.
const SAMPLE: usize = 4096;
/// How many are read around a guess: two or three cache lines. A run of no more is read whole.
const WINDOW: usize = 32;

impl Clock {
    /// Of places in any order.
    pub(super) fn of(seconds: &[u32]) -> Self {
        let mut sample: Vec<u32> = seconds.iter().step_by(seconds.len().div_ceil(SAMPLE).max(1)).copied().collect();
        sample.sort_unstable();
        Self { sample }
    }

    /// Makes a moment ready for many runs.
    pub(super) fn aim(&self, second: u32) -> Aim {
        let before = self.sample.partition_point(|other| *other < second);
        // In 2³²ths, so that a guess is a multiplication.
        let share = ((before as u64) << 32) / (self.sample.len() as u64).max(1);
        Aim { second, share }
    }
}

/// A moment that is searched for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aim {
    second: u32,
    /// Of all places before it, in 2³²ths.
    share: u64,
}

impl Aim {
    /// How many of these seconds, in order, come before the moment.
    #[inline]
    pub(super) fn before(self, seconds: &[u32]) -> u32 {
        if seconds.len() <= WINDOW { self.counted(seconds) } else { self.guessed(seconds) }
    }

    fn counted(self, seconds: &[u32]) -> u32 {
        seconds.iter().map(|second| u32::from(*second < self.second)).sum()
    }

    // Apart, so that the short runs, which are most, stay a tight loop: with it in between they take three times as long.
    #[inline(never)]
    fn guessed(self, seconds: &[u32]) -> u32 {
        let guess = ((seconds.len() as u64 * self.share) >> 32) as usize;
        let low = guess.saturating_sub(WINDOW / 2).min(seconds.len() - WINDOW);
        let high = low + WINDOW;
        let Some(window) = seconds[low..].first_chunk::<WINDOW>() else { return self.halved(seconds) };
        match self.counted(window) as usize {
            0 => self.halved(&seconds[..low]),
            WINDOW => high as u32 + self.halved(&seconds[high..]),
            before => (low + before) as u32,
        }
    }

    #[cold]
    fn halved(self, seconds: &[u32]) -> u32 {
        seconds.partition_point(|second| *second < self.second) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds in order, spread as `of` says.
    fn run(len: u32, of: impl Fn(u32) -> u32) -> Vec<u32> {
        let mut seconds: Vec<u32> = (0..len).map(of).collect();
        seconds.sort_unstable();
        seconds
    }

    #[test]
    fn a_moment_is_found_in_any_run_by_any_clock() {
        let even = |at: u32| at.wrapping_mul(2_654_435_761) >> 8;
        let burst = |at: u32| if at.is_multiple_of(50) { even(at) } else { 9_000_000 + at % 3 };
        let clocks = [run(10_000, even), run(300, burst), run(5, |_| 9_000_001), vec![]].map(|seconds| Clock::of(&seconds));
        for len in [0, 1, 31, 32, 33, 64, 100, 5_000] {
            for seconds in [run(len, even), run(len, burst), run(len, |_| 9_000_001), run(len, |at| u32::MAX - at)] {
                let moments = seconds.iter().flat_map(|at| [at.saturating_sub(1), *at, at.saturating_add(1)]);
                for moment in moments.step_by(7).chain([0, 9_000_001, 9_000_002, u32::MAX]) {
                    let wanted = seconds.partition_point(|second| *second < moment) as u32;
                    for clock in &clocks {
                        assert_eq!(clock.aim(moment).before(&seconds), wanted, "{moment} in {len}");
                    }
                }
            }
        }
    }
}
