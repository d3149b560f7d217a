//! `make stress`: faults, kills, cut lines, full disks, slow and hostile clients, against the real program.
//!
//! One test per promise; each prints its figures, and where a protection can be taken away it has a control run without it that must fail.
//! They run one after the other, whatever the number of test threads: most measure something.

#![expect(clippy::print_stdout, reason = "the figures are what is asked for")]
#![expect(clippy::panic, reason = "a test that cannot go on should stop")]
#![expect(clippy::items_after_statements, clippy::format_push_string, reason = "a story reads from top to bottom; nothing here is hot")]

mod backups;
mod commits;
mod disk;
mod floods;
mod guesses;
mod harness;
mod index;
mod kills;
mod lost_answers;
mod postgres;
mod rows;
mod senders;
mod slow_clients;
mod texts;
mod traces;
mod walls;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held by a test while it runs.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A number from the environment, for longer runs.
fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
