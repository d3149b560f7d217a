//! The index as its readers and its writer share it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;

use super::{Change, Snapshot};
use crate::geo::sweref::MetricCrs;

/// The index of one kommun: the newest snapshot, swapped whole. Readers take it and never wait; changes come one after the other, and a
/// merge runs beside both.
#[derive(Debug)]
pub struct SpatialIndex {
    current: ArcSwap<Snapshot>,
    /// Held while the next snapshot is made.
    merging: Mutex<Merging>,
}

/// The merge that is under way.
#[derive(Debug, Default)]
struct Merging {
    /// Counts the beginnings: a merge of what has been replaced meanwhile must not come back.
    turn: u64,
    /// What has changed since it began; `None` while there is none.
    since: Option<Vec<Change>>,
}

/// A merge to be run beside the readers, on a thread that may compute for seconds.
#[derive(Debug)]
pub struct Merge {
    index: Arc<SpatialIndex>,
    from: Arc<Snapshot>,
    turn: u64,
}

impl SpatialIndex {
    /// An empty index of a metric reference system.
    pub fn new(crs: MetricCrs) -> Self {
        Self { current: ArcSwap::from_pointee(Snapshot::build(crs, 0, Vec::new())), merging: Mutex::default() }
    }

    /// The index as it is now; stays the same for as long as the caller keeps it.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Puts a snapshot made elsewhere in the place of everything: a first load, or one from a file.
    pub fn replace(&self, snapshot: Snapshot) {
        let mut merging = self.lock();
        *merging = Merging { turn: merging.turn + 1, since: None };
        self.current.store(Arc::new(snapshot));
    }

    /// Applies changes in their order; the index then answers for `version`.
    pub fn apply(&self, version: i64, changes: Vec<Change>) {
        let mut merging = self.lock();
        if let Some(since) = &mut merging.since {
            since.extend(changes.iter().cloned());
        }
        self.current.store(Arc::new(self.snapshot().apply(version, changes)));
    }

    /// A merge, when one is due and none is under way.
    pub fn merge(self: &Arc<Self>) -> Option<Merge> {
        let mut merging = self.lock();
        let from = self.snapshot();
        if merging.since.is_some() || !from.wants_merge() {
            return None;
        }
        *merging = Merging { turn: merging.turn + 1, since: Some(Vec::new()) };
        Some(Merge { index: Arc::clone(self), from, turn: merging.turn })
    }

    fn lock(&self) -> MutexGuard<'_, Merging> {
        // What is guarded is replaced whole, never left half done.
        self.merging.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Merge {
    /// Merges, applies what has changed meanwhile, and swaps the result in.
    pub fn run(self) {
        let merged = self.from.merged();
        let mut merging = self.index.lock();
        if merging.turn == self.turn
            && let Some(since) = merging.since.take()
        {
            let version = self.index.snapshot().version();
            self.index.current.store(Arc::new(merged.apply(version, since)));
        }
    }
}

impl Drop for Merge {
    /// One that was never run, or failed, is no longer under way.
    fn drop(&mut self) {
        let mut merging = self.index.lock();
        if merging.turn == self.turn {
            merging.since = None;
        }
    }
}
