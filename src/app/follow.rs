//! Keeps the indexes in step with the change logs: own commits at once, other processes' by notification (PostgreSQL) or a short poll.
//!
//! The only writer of the indexes. Readers take a snapshot and never wait; one who just wrote waits until the version it wrote is in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::registry::Registry;
use super::rows::{self, Provenance};
use super::shelf::Shelf;
use crate::db::{Db, DbError};
use crate::domain::ids::MunicipalityCode;
use crate::geo::index::{Change, Snapshot, SpatialIndex};
use crate::geo::sweref::MetricCrs;

/// How long another process's commit may stay unseen without a notification.
const POLL: Duration = Duration::from_millis(250);
/// How often index files are brought up to date, and how soon after the start.
const SHELVE: Duration = Duration::from_mins(10);
const SHELVE_FIRST: Duration = Duration::from_mins(1);
/// How long a writer waits for its own version before it answers anyway.
const WAIT: Duration = Duration::from_secs(2);

/// The index of one kommun and its source names, swapped whole.
#[derive(Debug)]
pub struct Live {
    index: Arc<SpatialIndex>,
    sources: ArcSwap<Vec<Provenance>>,
    applied: watch::Sender<i64>,
}

/// Indexes of every kommun, and the seldom-changing rest.
#[derive(Debug)]
pub struct Indexes {
    live: ArcSwap<BTreeMap<MunicipalityCode, Arc<Live>>>,
    registry: ArcSwap<Registry>,
    shelf: Shelf,
    wake: mpsc::UnboundedSender<MunicipalityCode>,
}

impl Live {
    fn new(crs: MetricCrs) -> Self {
        Self { index: Arc::new(SpatialIndex::new(crs)), sources: ArcSwap::default(), applied: watch::Sender::new(0) }
    }

    /// The index as it is now; stays the same for as long as the caller keeps it.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.index.snapshot()
    }

    /// Where reports came from and whom they are for, by number.
    pub fn sources(&self) -> Arc<Vec<Provenance>> {
        self.sources.load_full()
    }

    /// Tells those who wait for it which version is in the index.
    fn announce(&self) {
        self.applied.send_replace(self.snapshot().version());
    }
}

impl Indexes {
    /// The index of a kommun.
    pub fn live(&self, code: MunicipalityCode) -> Option<Arc<Live>> {
        self.live.load().get(&code).cloned()
    }

    /// Kommuner, agreements, areas, names.
    pub fn registry(&self) -> Arc<Registry> {
        self.registry.load_full()
    }

    /// Writes an index file for every kommun whose next start it would shorten. A file that cannot be written is told and done without.
    pub async fn shelve(self: Arc<Self>, db: Db) {
        for (code, live) in self.live.load_full().iter() {
            if let Err(error) = Arc::clone(&self).shelve_one(&db, *code, Arc::clone(live)).await {
                tracing::warn!(municipality = %code, %error, "the index file could not be written; the next start reads the database");
            }
        }
    }

    async fn shelve_one(self: Arc<Self>, db: &Db, code: MunicipalityCode, live: Arc<Live>) -> std::io::Result<()> {
        let leave = self.shelf.leave(code);
        let snapshot = live.snapshot();
        let version = snapshot.version();
        if !self.shelf.wants(code, &snapshot) {
            return Ok(());
        }
        let Some(head) = db.hash_at(code, version).await.map_err(std::io::Error::other)? else { return Ok(()) };
        let indexes = Arc::clone(&self);
        let write = move || indexes.shelf.write(code, leave, &snapshot, head, live.sources().iter().map(ToString::to_string).collect());
        tokio::task::spawn_blocking(write).await.map_err(std::io::Error::other).flatten()?;
        // What another process has removed may not have come here yet, and at the end never will.
        if !db.removed_after(&code.to_string(), version).await.map_err(std::io::Error::other)?.is_empty() {
            self.shelf.discard(code);
        }
        Ok(())
    }

    /// Takes a kommun's index file away: its next start reads the database.
    pub fn discard_file(&self, code: MunicipalityCode) {
        self.shelf.discard(code);
    }

    /// Waits until a version that was just written is in the index.
    pub async fn wait_for(&self, code: MunicipalityCode, version: i64) {
        // The follower lives as long as the indexes; a closed channel only means that the process is stopping.
        let _ = self.wake.send(code);
        let applied = async {
            loop {
                match self.live(code) {
                    Some(live) => {
                        let mut applied = live.applied.subscribe();
                        if *applied.borrow_and_update() >= version {
                            return;
                        }
                        // A change of reference system replaces the index: look again now and then, in case this is the old one.
                        let _ = tokio::time::timeout(POLL, applied.changed()).await;
                    }
                    // A kommun that was made just now.
                    None => tokio::time::sleep(Duration::from_millis(5)).await,
                }
            }
        };
        if tokio::time::timeout(WAIT, applied).await.is_err() {
            tracing::warn!(municipality = %code, version, "the index is behind its change log");
        }
    }
}

/// Follows the logs of every kommun.
pub struct Follower {
    db: Db,
    built_in: Arc<BTreeMap<MunicipalityCode, (String, serde_json::Value)>>,
    indexes: Arc<Indexes>,
    woken: mpsc::UnboundedReceiver<MunicipalityCode>,
    shelving: Option<JoinHandle<()>>,
}

impl Follower {
    /// Loads everything there is, from the shelf as far as it goes, and returns the indexes, ready to be read, with the follower to run.
    pub async fn load(
        db: Db,
        built_in: Arc<BTreeMap<MunicipalityCode, (String, serde_json::Value)>>,
        shelf: Shelf,
    ) -> Result<Self, DbError> {
        let (wake, woken) = mpsc::unbounded_channel();
        // The versions first: what is committed while the rest is read is newer than they are, and read again by the first poll.
        let versions = db.versions().await?;
        let registry = Registry::load(&db, &built_in).await?;
        shelf.sweep();
        let indexes = Arc::new(Indexes { live: ArcSwap::default(), registry: ArcSwap::from_pointee(registry), shelf, wake });
        let follower = Self { db, built_in, indexes, woken, shelving: None };
        follower.know_kommuner();
        for (code, version) in versions {
            if let Some(code) = MunicipalityCode::parse(&code)
                && version > 0
            {
                follower.take_from_shelf(code, version).await?;
                follower.catch_up_index(code, version).await?;
            }
        }
        Ok(follower)
    }

    /// Begins with a kommun's index file, if it belongs to this history.
    async fn take_from_shelf(&self, code: MunicipalityCode, version: i64) -> Result<(), DbError> {
        let (indexes, live) = (Arc::clone(&self.indexes), self.indexes.live(code));
        let read = tokio::task::spawn_blocking(move || indexes.shelf.read(code)).await;
        let (Ok(Some((snapshot, origin))), Some(live)) = (read, live) else { return Ok(()) };
        let of_this_history = origin.version <= version && self.db.hash_at(code, origin.version).await? == Some(origin.head);
        if of_this_history && snapshot.crs() == live.snapshot().crs() {
            tracing::info!(municipality = %code, version = origin.version, reports = snapshot.len(), "index read from its file");
            live.sources.store(Arc::new(origin.sources.iter().map(|text| Provenance::parse(text)).collect()));
            live.index.replace(snapshot);
            live.announce();
        } else {
            tracing::warn!(municipality = %code, "the index file is of another history and is not used");
            self.indexes.shelf.discard(code);
        }
        Ok(())
    }

    /// What the rest of the program reads.
    pub fn indexes(&self) -> Arc<Indexes> {
        Arc::clone(&self.indexes)
    }

    /// Follows until the program ends.
    pub async fn run(mut self) {
        let mut listener = match self.db.listen().await {
            Ok(listener) => listener,
            Err(error) => {
                tracing::warn!(%error, "no notifications; polling only");
                None
            }
        };
        let mut tick = tokio::time::interval(POLL);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut shelve = tokio::time::interval_at(tokio::time::Instant::now() + SHELVE_FIRST, SHELVE);
        shelve.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let result = tokio::select! {
                woken = self.woken.recv() => match woken {
                    Some(code) => self.catch_up_woken(code).await,
                    None => return,
                },
                notified = async {
                    match &mut listener {
                        Some(listener) => listener.recv().await,
                        None => std::future::pending().await,
                    }
                } => match notified {
                    Ok(notification) => match MunicipalityCode::parse(notification.payload()) {
                        Some(code) => self.catch_up_woken(code).await,
                        None => Ok(()),
                    },
                    // The poll below carries on; the listener reconnects by itself at its next recv.
                    Err(error) => { tracing::warn!(%error, "notifications interrupted"); Ok(()) }
                },
                _ = tick.tick() => self.poll().await,
                _ = shelve.tick() => {
                    if self.shelving.as_ref().is_none_or(JoinHandle::is_finished) {
                        self.shelving = Some(tokio::spawn(Arc::clone(&self.indexes).shelve(self.db.clone())));
                    }
                    Ok(())
                }
            };
            if let Err(error) = result {
                tracing::warn!(%error, "the index could not follow; trying again");
                tokio::time::sleep(POLL).await;
            }
        }
    }

    /// Everybody who waits for the same kommun is served by one catch-up.
    async fn catch_up_woken(&mut self, first: MunicipalityCode) -> Result<(), DbError> {
        let mut codes = BTreeSet::from([first]);
        while let Ok(code) = self.woken.try_recv() {
            codes.insert(code);
        }
        for code in codes {
            self.catch_up(code).await?;
        }
        Ok(())
    }

    async fn poll(&mut self) -> Result<(), DbError> {
        for (code, version) in self.db.versions().await? {
            let Some(code) = MunicipalityCode::parse(&code) else { continue };
            let applied = self.indexes.live(code).map_or(-1, |live| live.snapshot().version());
            if version > applied {
                self.catch_up(code).await?;
            }
        }
        Ok(())
    }

    fn know_kommuner(&self) {
        let registry = self.indexes.registry();
        let mut live = (**self.indexes.live.load()).clone();
        for (code, kommun) in &registry.kommuner {
            match live.get(code) {
                Some(known) if known.snapshot().crs() == kommun.crs => {}
                // New, or in another reference system than before: read from the start.
                _ => {
                    live.insert(*code, Arc::new(Live::new(kommun.crs)));
                }
            }
        }
        self.indexes.live.store(Arc::new(live));
    }

    async fn catch_up(&mut self, code: MunicipalityCode) -> Result<(), DbError> {
        let text = code.to_string();
        let Some((_, version)) = self.db.versions().await?.into_iter().find(|(known, _)| *known == text) else { return Ok(()) };
        let applied = self.indexes.live(code).map_or(-1, |live| live.snapshot().version());
        if applied < 0 || self.db.other_changes_after(&text, applied).await? {
            self.indexes.registry.store(Arc::new(Registry::load(&self.db, &self.built_in).await?));
            self.know_kommuner();
        }
        self.catch_up_index(code, version).await
    }

    async fn catch_up_index(&self, code: MunicipalityCode, version: i64) -> Result<(), DbError> {
        let text = code.to_string();
        let Some(live) = self.indexes.live(code) else { return Ok(()) };
        let current = live.snapshot();
        if version > current.version() {
            let mut sources = (*live.sources()).clone();
            let known = sources.len();
            let mut changes = Vec::new();
            let crs = current.crs();
            self.db
                .index_rows_after(&text, current.version(), |row| changes.push(Change::Put(rows::entry(&row, crs, &mut sources))))
                .await?;
            let removed = self.db.removed_after(&text, current.version()).await?;
            let forgets = !removed.is_empty();
            changes.extend(removed.into_iter().map(Change::Remove));
            if sources.len() > known {
                live.sources.store(Arc::new(sources));
            }
            if current.is_empty() && changes.len() > 1_000 {
                // A first load, or one after everything went: straight into a segment.
                let rows = changes.into_iter().filter_map(|change| match change {
                    Change::Put(entry) => Some(entry),
                    Change::Remove(_) => None,
                });
                let rows: Vec<_> = rows.collect();
                let built = tokio::task::spawn_blocking(move || Snapshot::build(crs, version, rows)).await;
                live.index.replace(built.map_err(|error| DbError::Unavailable(error.to_string()))?);
            } else {
                live.index.apply(version, changes);
            }
            if forgets {
                // Before anybody is told that it is done, and after the index is without it: no file can be made of what was before.
                self.indexes.shelf.discard(code);
            }
            live.announce();
        }
        if let Some(merge) = live.index.merge() {
            tokio::task::spawn_blocking(|| merge.run());
        }
        Ok(())
    }
}
