//! Storing reports of a file, a batch at a time: what is known stays as it is, what was withdrawn stays away.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::app::import::account::Reason;
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::db::reports::{Known, ReportRow};
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;

/// What the account needs of a row.
pub(super) struct Told {
    pub(super) number: u64,
    /// What the file calls it.
    pub(super) own_id: String,
    /// Personal data masked in it.
    pub(super) masked: u64,
    /// Texts of it dropped for a suspicion against somebody.
    pub(super) dropped: u64,
}

/// A report ready to be stored.
pub(super) struct Ready {
    pub(super) told: Told,
    pub(super) code: MunicipalityCode,
    pub(super) row: ReportRow,
    pub(super) receipt_hash: Vec<u8>,
    pub(super) content_hash: Vec<u8>,
}

/// What becomes of a report.
pub(super) enum Fate {
    Load,
    Known,
    Refuse(Reason),
}

/// The last version written per kommun.
pub(super) type Versions = HashMap<MunicipalityCode, i64>;

impl App {
    /// What would become of them; `earlier` remembers those of batches before.
    pub(super) async fn foretell(&self, ready: Vec<Ready>, earlier: &mut HashMap<Uuid, Known>) -> Result<Vec<(Told, Fate)>, DbError> {
        earlier.extend(self.db.known_reports(&ids(&ready)).await?);
        Ok(ready
            .into_iter()
            .map(|one| {
                let fate = one.meet(earlier);
                (one.told, fate)
            })
            .collect())
    }

    /// Stores what is not there yet: all of the batch, or nothing of it.
    pub(super) async fn store(&self, ready: Vec<Ready>) -> Result<(Vec<(Told, Fate)>, Versions), DbError> {
        let codes: BTreeSet<MunicipalityCode> = ready.iter().map(|one| one.code).collect();
        if codes.is_empty() {
            return Ok((Vec::new(), Versions::new()));
        }
        let codes: Vec<MunicipalityCode> = codes.into_iter().collect();
        let now = self.now();
        self.writer
            .write(&codes, move |tx| {
                Box::pin(async move {
                    let mut known = tx.known_reports(&ids(&ready)).await?;
                    let (mut fates, mut versions) = (Vec::with_capacity(ready.len()), Versions::new());
                    for mut one in ready {
                        let fate = one.meet(&mut known);
                        if matches!(fate, Fate::Load) {
                            one.row.version = tx.append_change(one.code, one.change(now)).await?;
                            versions.insert(one.code, one.row.version);
                            tx.insert_report(&one.row, one.receipt_hash, one.content_hash).await?;
                        }
                        fates.push((one.told, fate));
                    }
                    Ok((fates, versions))
                })
            })
            .await
    }
}

fn ids(ready: &[Ready]) -> Vec<Uuid> {
    ready.iter().map(|one| one.row.id).collect()
}

impl Ready {
    /// What becomes of it, given what is known; a report that is loaded is known to those after it.
    fn meet(&self, known: &mut HashMap<Uuid, Known>) -> Fate {
        match known.get(&self.row.id) {
            Some(Known::Yes { content_hash }) if *content_hash == self.content_hash => Fate::Known,
            Some(Known::Yes { .. }) => {
                Fate::Refuse(Reason::new("id_reused", "stored before with other content; an import replaces nothing"))
            }
            Some(Known::Withdrawn) => Fate::Refuse(Reason::new("withdrawn", "was withdrawn or erased, and stays away")),
            Some(Known::No) | None => {
                let stored = Known::Yes { content_hash: self.content_hash.clone() };
                known.insert(self.row.id, stored);
                Fate::Load
            }
        }
    }

    fn change(&self, now: Timestamp) -> NewChange {
        NewChange {
            at: now,
            actor: Actor::System,
            entity: "report",
            entity_id: self.row.id.to_string(),
            kind: "created",
            facts: json!({"placed": self.row.lon.is_some(), "source": self.row.source}),
        }
    }
}
