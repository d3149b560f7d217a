//! What must go goes: once a day, and whenever an operator says so; with a proof of what went.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::App;
use super::directory::DirectoryError;
use super::keys::hex;
use crate::db::changes::NewChange;
use crate::db::{DbError, create_private};
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, PersonId};
use crate::domain::retention::{Disposal, Plan, PlanFault, RecordClass};
use crate::domain::time;

/// The plan that Lykta brings.
const BUILT_IN: &str = include_str!("../data/retention.json");
/// Longest file that is read as a plan.
const LONGEST: u64 = 256 * 1024;
/// How often it is looked, and how soon after a start.
const EVERY: Duration = Duration::from_hours(24);
const FIRST: Duration = Duration::from_mins(5);
/// Acts per transaction.
const BATCH: i64 = 500;
/// How long an erasure may have to wait until nobody reads, before its leavings go.
const SCRUB_TRIES: u32 = 20;
const SCRUB_PAUSE: Duration = Duration::from_millis(250);

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The file.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What it says.
    #[error(transparent)]
    Fault(#[from] PlanFault),
}

/// Why what is due did not go.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
    /// An account.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The list of erasures, or the proof.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// What went, or would go.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// When, RFC 3339.
    pub at: String,
    /// Whether nothing was touched.
    pub dry_run: bool,
    /// SHA-256 of the plan's rules.
    pub plan: String,
    /// Of each class.
    pub classes: Vec<Disposed>,
    /// The head of each kommun's change log afterwards.
    pub heads: Vec<Head>,
}

/// What went of a class.
#[derive(Clone, Debug, Serialize)]
pub struct Disposed {
    /// Which.
    pub class: &'static str,
    /// What became of it.
    pub action: &'static str,
    /// Triggered before this, RFC 3339; absent of what is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// How many.
    pub count: usize,
    /// Which, by random ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
}

/// The head of a kommun's change log.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    municipality: String,
    version: i64,
    hash: String,
}

/// The plan of a file, or the one that Lykta brings.
pub(super) fn read_plan(path: Option<&Path>) -> Result<Plan, PlanError> {
    let Some(path) = path else { return Ok(Plan::read(BUILT_IN)?) };
    let io = |source| PlanError::Io { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(io)?.len() > LONGEST {
        return Err(io(std::io::Error::other("longer than any plan")));
    }
    Ok(Plan::read(&std::fs::read_to_string(path).map_err(io)?)?)
}

impl App {
    /// The plan that holds here.
    pub const fn retention_plan(&self) -> &Plan {
        &self.plan
    }

    /// Lets go what is due, or only says what would.
    pub async fn retain(&self, dry_run: bool) -> Result<Proof, RetentionError> {
        let now = self.now();
        let cutoff = |class| self.plan.cutoff(class, now);
        let micros = |class| cutoff(class).map_or(i64::MIN, Timestamp::as_microsecond);
        let (rejected, received, closed) =
            (micros(RecordClass::RejectedReport), micros(RecordClass::Report), micros(RecordClass::ReportWords));
        let (mut whole, mut words) = ([Vec::new(), Vec::new()], Vec::new());
        let codes: Vec<MunicipalityCode> = self.registry().kommuner.keys().copied().collect();
        for code in codes {
            whole[0].extend(self.let_go(code, (rejected, i64::MIN), dry_run).await?);
            whole[1].extend(self.let_go(code, (i64::MIN, received), dry_run).await?);
            words.extend(self.thin(code, closed, dry_run).await?);
        }
        let mut accounts = Vec::new();
        if let Some(before) = cutoff(RecordClass::ClosedAccount) {
            accounts = self.db.accounts_due(&time::local_date(before).to_string()).await?;
            for id in accounts.iter().filter(|_| !dry_run) {
                self.erase_person(&Actor::System, PersonId(*id)).await?;
            }
        }
        let looks = micros(RecordClass::AccessLog);
        let looked = self.db.accesses_due(looks).await?;
        let run_out = self.db.expired(now.as_microsecond()).await?;
        if !dry_run {
            self.writer
                .write::<_, DbError>(&[], move |tx| {
                    Box::pin(async move {
                        tx.forget_accesses(looks).await?;
                        tx.forget_expired(now.as_microsecond()).await
                    })
                })
                .await?;
            self.scrub().await?;
        }
        let [rejected, received] = whole;
        let mut classes = Vec::new();
        for rule in self.plan.rules() {
            let (ids, count) = match rule.class {
                RecordClass::RejectedReport => (rejected.clone(), rejected.len()),
                RecordClass::Report => (received.clone(), received.len()),
                RecordClass::ReportWords => (words.clone(), words.len()),
                RecordClass::ClosedAccount => (accounts.clone(), accounts.len()),
                RecordClass::LinkOrSession => (Vec::new(), usize::try_from(run_out).unwrap_or(0)),
                RecordClass::AccessLog => (Vec::new(), usize::try_from(looked).unwrap_or(0)),
                RecordClass::Release | RecordClass::ChangeLog => (Vec::new(), 0),
            };
            classes.push(Disposed {
                class: rule.class.as_str(),
                action: rule.action.as_str(),
                before: cutoff(rule.class).map(|at| at.to_string()),
                count,
                ids: ids.iter().map(|id| id.hyphenated().to_string()).collect(),
            });
        }
        let rules: Vec<_> = self.plan.rules().iter().map(|rule| json!([rule.class.as_str(), rule.action.as_str(), rule.months])).collect();
        let mut heads = Vec::new();
        for row in self.db.municipalities().await? {
            if row.version > 0 {
                let head = match MunicipalityCode::parse(&row.code) {
                    Some(code) => self.db.hash_at(code, row.version).await?,
                    None => None,
                };
                heads.push(Head { municipality: row.code, version: row.version, hash: hex(&head.unwrap_or_default()) });
            }
        }
        Ok(Proof { at: now.to_string(), dry_run, plan: hex(&Sha256::digest(json!(rules).to_string().as_bytes())), classes, heads })
    }

    /// Reports that go whole, leaving only that they were.
    async fn let_go(&self, code: MunicipalityCode, due: (i64, i64), dry_run: bool) -> Result<Vec<Uuid>, RetentionError> {
        if due == (i64::MIN, i64::MIN) {
            return Ok(Vec::new());
        }
        if dry_run {
            return Ok(self.db.reports_due(code, due, i64::MAX).await?);
        }
        let mut gone = Vec::new();
        loop {
            let ids = self.db.reports_due(code, due, BATCH).await?;
            if ids.is_empty() {
                return Ok(gone);
            }
            let now = self.now();
            let listed: Vec<(MunicipalityCode, Uuid)> = ids.iter().map(|id| (code, *id)).collect();
            self.erasures.write(&listed, now).map_err(|source| RetentionError::Io { path: self.keys_file.clone(), source })?;
            gone.extend(&ids);
            let version = self
                .writer
                .write::<_, DbError>(&[code], move |tx| {
                    Box::pin(async move {
                        let mut version = 0;
                        for id in ids {
                            // Another process may have been here first.
                            if tx.is_thinned(code, id).await?.is_some() {
                                version = tx.append_change(code, change(now, id, "retired")).await?;
                                tx.withdraw_report(code, id, version, now.as_microsecond()).await?;
                            }
                        }
                        Ok(version)
                    })
                })
                .await?;
            self.indexes.wait_for(code, version).await;
        }
    }

    /// Reports whose words go.
    async fn thin(&self, code: MunicipalityCode, closed: i64, dry_run: bool) -> Result<Vec<Uuid>, RetentionError> {
        if closed == i64::MIN {
            return Ok(Vec::new());
        }
        if dry_run {
            return Ok(self.db.words_due(code, closed, i64::MAX).await?);
        }
        let mut thinned = Vec::new();
        loop {
            let ids = self.db.words_due(code, closed, BATCH).await?;
            if ids.is_empty() {
                return Ok(thinned);
            }
            thinned.extend(&ids);
            let now = self.now();
            let version = self
                .writer
                .write::<_, DbError>(&[code], move |tx| {
                    Box::pin(async move {
                        let mut version = 0;
                        for id in ids {
                            if tx.is_thinned(code, id).await? == Some(false) {
                                version = tx.append_change(code, change(now, id, "thinned")).await?;
                                tx.thin_report(code, id, version).await?;
                            }
                        }
                        Ok(version)
                    })
                })
                .await?;
            self.indexes.wait_for(code, version).await;
        }
    }

    /// Takes what was erased out of the store's leavings. Somebody who reads just then is waited for, some seconds.
    pub async fn scrub(&self) -> Result<(), DbError> {
        self.sweep_photos().await?;
        for _ in 0..SCRUB_TRIES {
            if self.db.scrub().await? {
                return Ok(());
            }
            tokio::time::sleep(SCRUB_PAUSE).await;
        }
        tracing::warn!("what was erased is still in the database's log: somebody reads all the time. It goes with the next try");
        self.scrubbing.notify_one();
        Ok(())
    }

    /// Keeps house for as long as the program serves: what is due goes once a day, the leavings of an erasure at once.
    pub async fn keep_house(&self) {
        let mut daily = tokio::time::interval_at(tokio::time::Instant::now() + FIRST, EVERY);
        loop {
            let done = tokio::select! {
                _ = daily.tick() => self.retain_and_prove().await,
                () = self.scrubbing.notified() => self.scrub().await.map_err(RetentionError::from),
            };
            if let Err(error) = done {
                tracing::error!(%error, "what is due to go has not gone; it is tried again tomorrow");
            }
        }
    }

    async fn retain_and_prove(&self) -> Result<(), RetentionError> {
        let proof = self.retain(false).await?;
        if proof.classes.iter().all(|class| class.count == 0 || class.class == RecordClass::LinkOrSession.as_str()) {
            return Ok(());
        }
        let name = self.keys_file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = self.keys_file.with_file_name(format!("{}.retention", name.strip_suffix(".keys.json").unwrap_or(&name)));
        let path = folder.join(format!("{}.json", proof.at.replace(':', "-")));
        let io = |source| RetentionError::Io { path: path.clone(), source };
        std::fs::create_dir_all(&folder).map_err(io)?;
        proof.write(&path).map_err(io)?;
        tracing::info!(proof = %path.display(), "what was due has gone");
        Ok(())
    }
}

impl Proof {
    /// Writes it to a file that is not there yet.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        serde_json::to_writer_pretty(create_private(path)?, self).map_err(std::io::Error::from)
    }

    /// How many things went, or would go.
    pub fn count(&self) -> usize {
        self.classes.iter().filter(|class| class.action != Disposal::Keep.as_str()).map(|class| class.count).sum()
    }
}

fn change(at: Timestamp, id: Uuid, kind: &'static str) -> NewChange {
    NewChange { at, actor: Actor::System, entity: "report", entity_id: id.to_string(), kind, facts: json!({}) }
}
