//! The acts: one function per thing a person does. Permission, transaction, change log and index meet here and nowhere else; `http`,
//! `cli` and jobs call the same functions.

pub mod access;
pub mod backup;
pub mod basemap;
pub mod check;
pub mod clusters;
pub mod demo;
pub mod directory;
pub mod erase;
mod erasures;
pub mod factors;
pub mod follow;
pub mod hotspots;
pub mod import;
pub mod keys;
pub mod moderation;
pub mod municipalities;
pub mod oidc;
pub mod outbound;
pub mod parties;
mod passkeys;
pub mod passwords;
pub mod people;
pub mod photos;
pub mod places;
pub mod population;
pub mod proofs;
pub mod published;
pub mod query;
pub mod rates;
mod receipts;
pub mod registry;
pub mod releases;
pub mod reports;
pub mod retention;
pub mod rows;
pub mod same_place;
pub mod scan;
pub mod session;
mod shelf;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use crate::db::{Db, DbError, Writer};
use crate::domain::ids::MunicipalityCode;
use crate::domain::time::Clock;
use follow::{Follower, Indexes};
use keys::{KeyError, Keys};

/// The computer's own clock.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the one place where time comes in")]
        Timestamp::now()
    }
}

/// What an [`App`] is opened with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// The keys file.
    pub keys: PathBuf,
    /// The operator token; `None` uses the one made at the first start.
    pub operator_token: Option<String>,
    /// `none`, a `.pmtiles` file or a style URL.
    pub basemap: String,
    /// Whether a report that looks like one of many is held until somebody has looked.
    pub brake: bool,
    /// A retention plan of one's own, JSON; else the built-in one.
    pub retention: Option<PathBuf>,
    /// How browsers reach the service, such as `https://lykta.example.se`: passkeys belong to it. Empty: no passkeys.
    pub origin: String,
    /// Log-in services that are trusted, TOML.
    pub oidc: Option<PathBuf>,
}

/// Why an [`App`] does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// There is no database, and none was to be made.
    #[error("there is no Lykta in {0}: `lykta serve`, `demo` and `import` make one, `restore` puts a backup there")]
    NoDatabase(String),
    /// The retention plan.
    #[error(transparent)]
    Retention(#[from] retention::PlanError),
    /// The log-in services.
    #[error(transparent)]
    Oidc(#[from] oidc::providers::ProvidersError),
    /// The list of what was erased.
    #[error("the list of what was erased cannot be read: {0}")]
    Erasures(std::io::Error),
    /// The base map.
    #[error(transparent)]
    Basemap(#[from] basemap::BasemapError),
}

/// How far work is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Acts that wait for the writer.
    pub writes_waiting: i64,
    /// Versions of the change logs that the indexes have not applied, in all.
    pub index_behind: i64,
}

/// Everything an act needs.
#[derive(Debug)]
pub struct App {
    db: Db,
    writer: Writer,
    indexes: Arc<Indexes>,
    keys: Keys,
    clock: Arc<dyn Clock>,
    operator_token: String,
    keys_are_new: bool,
    /// Held by who asks whether the store is ready.
    probe: tokio::sync::Mutex<()>,
    releases: releases::Cache,
    published: published::Cache,
    brakes: Option<moderation::Brakes>,
    plan: crate::domain::retention::Plan,
    erasures: erasures::Erasures,
    /// Woken when something was erased, whose leavings are to go as well.
    scrubbing: tokio::sync::Notify,
    /// Where the keys and what belongs to them lie.
    keys_file: PathBuf,
    passwords: passwords::Passwords,
    passkeys: passkeys::Passkeys,
    photos: photos::Photos,
    oidc: Vec<oidc::Known>,
    origin: String,
    looked: access::Hours,
    basemap: basemap::Basemap,
    follower: tokio::task::JoinHandle<()>,
}

impl std::fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl App {
    /// As [`App::open`], but a database that is not there is an error: looking at the wrong place must not make a new, empty town.
    pub async fn open_existing(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let url = &settings.database_url;
        if Db::exists(url).await? {
            return Self::open(settings, clock).await;
        }
        // The URL of a server may hold a password.
        Err(OpenError::NoDatabase(url.strip_prefix("sqlite://").unwrap_or("this PostgreSQL database").to_owned()))
    }

    /// Opens the database (or makes it), brings it up to date, loads the indexes and starts following the change logs.
    pub async fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let db = Db::open(&settings.database_url).await?;
        if db.setting("keys").await?.is_some() && !settings.keys.exists() {
            // Making new keys here would only hide that the right ones are gone.
            return Err(KeyError::Missing(settings.keys.clone()).into());
        }
        let (keys, keys_are_new) = Keys::open(&settings.keys)?;
        let built_in = Arc::new(built_in_kommuner());
        let writer = Writer::start(db.clone());
        remember_keys(&db, &writer, &keys, settings).await?;
        municipalities::seed(&db, &writer, &built_in).await?;
        let erasures = erasures::Erasures::beside(&settings.keys);
        erase::again(&db, &writer, &erasures, clock.now()).await?;
        let follower = Follower::load(db.clone(), built_in, shelf::Shelf::beside(&settings.keys)).await?;
        let indexes = follower.indexes();
        let follower = tokio::spawn(follower.run());
        let operator_token = settings.operator_token.clone().unwrap_or_else(|| keys.operator_token().to_owned());
        let basemap = basemap::Basemap::open(&settings.basemap)?;
        let releases = releases::Cache::default();
        let oidc = oidc::open(oidc::providers::read(settings.oidc.as_deref())?)?;
        let plan = retention::read_plan(settings.retention.as_deref())?;
        Ok(Self {
            db,
            writer,
            indexes,
            keys,
            clock,
            operator_token,
            keys_are_new,
            probe: tokio::sync::Mutex::default(),
            releases,
            published: published::Cache::default(),
            plan,
            erasures,
            scrubbing: tokio::sync::Notify::new(),
            keys_file: settings.keys.clone(),
            brakes: settings.brake.then(moderation::Brakes::default),
            passwords: passwords::Passwords::default(),
            passkeys: passkeys::Passkeys::of(&settings.origin),
            photos: photos::Photos::in_store(photos::store::Store::beside(&settings.keys)?),
            oidc,
            origin: settings.origin.clone(),
            looked: access::Hours::default(),
            basemap,
            follower,
        })
    }

    /// The current instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Kommuner, agreements, areas and names.
    pub fn registry(&self) -> Arc<registry::Registry> {
        self.indexes.registry()
    }

    /// The base map that is served.
    pub const fn basemap(&self) -> &basemap::Basemap {
        &self.basemap
    }

    /// The token that gives the planner's rights.
    pub fn operator_token(&self) -> &str {
        &self.operator_token
    }

    /// Whether the keys, and with them the operator token, were made when this was opened: the one time to tell it.
    pub const fn keys_are_new(&self) -> bool {
        self.keys_are_new
    }

    /// Whether a report can be taken: the writer writes to the disk, and the follower follows. Any failure is "unavailable".
    pub async fn ready(&self) -> Result<(), DbError> {
        if self.follower.is_finished() {
            return Err(DbError::Unavailable("the index follows no longer".to_owned()));
        }
        // A real write, because an empty one succeeds on a full disk; one at a time, so that asking often costs no more.
        let _turn = self.probe.lock().await;
        let now = self.now().to_string();
        let written = self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.put_setting("ready", now))).await;
        written.map_err(|error| DbError::Unavailable(error.to_string()))
    }

    /// What monitoring asks of a running Lykta.
    pub async fn figures(&self) -> Result<Figures, DbError> {
        let mut behind = 0;
        for head in self.db.heads().await? {
            let live = MunicipalityCode::parse(&head.code).and_then(|code| self.indexes.live(code));
            behind += live.map_or(0, |live| (head.version - live.snapshot().version()).max(0));
        }
        Ok(Figures { writes_waiting: self.writer.waiting() as i64, index_behind: behind })
    }

    /// Lets the database finish and closes it, and leaves index files for the next start.
    pub async fn close(&self) {
        // The follower holds a connection to hear of other processes' commits; the pool would wait for it.
        self.follower.abort();
        Arc::clone(&self.indexes).shelve(self.db.clone()).await;
        self.db.close().await;
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

/// The first process to start on a database decides which keys it has.
async fn remember_keys(db: &Db, writer: &Writer, keys: &Keys, settings: &Settings) -> Result<(), OpenError> {
    let own = keys.fingerprint();
    let known = if let Some(known) = db.setting("keys").await? {
        known
    } else {
        let own = own.clone();
        writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.setting_or("keys", own))).await?
    };
    if known == own { Ok(()) } else { Err(KeyError::Foreign(settings.keys.clone()).into()) }
}

/// The 290 kommuner inside the binary: code → name and outline (see `src/data/README.md` for source and licence).
fn built_in_kommuner() -> BTreeMap<MunicipalityCode, (String, Value)> {
    let parsed: Value = serde_json::from_str(include_str!("../data/kommuner.geojson")).unwrap_or_default();
    let features = parsed["features"].as_array().cloned().unwrap_or_default();
    features
        .into_iter()
        .filter_map(|mut feature| {
            let code = MunicipalityCode::parse(feature["properties"]["code"].as_str()?)?;
            let name = feature["properties"]["name"].as_str()?.to_owned();
            Some((code, (name, feature["geometry"].take())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_290_kommuner_are_inside() {
        let kommuner = built_in_kommuner();
        assert_eq!(kommuner.len(), 290);
        for (code, name) in [("1060", "Olofström"), ("1862", "Degerfors"), ("0780", "Växjö")] {
            let code = MunicipalityCode::parse(code).expect("a code");
            assert_eq!(kommuner.get(&code).map(|(name, _)| name.as_str()), Some(name));
        }
    }
}
