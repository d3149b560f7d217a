//! Removing what must go: one report, or the whole example.

use jiff::Timestamp;
use serde_json::json;

use super::demo::install::{SOURCE, STATE, agreement_id, has_demo_profile};
use super::directory::DirectoryError;
use super::erasures::Erasures;
use super::municipalities::contacts_text;
use super::reports::ReportError;
use super::{App, OpenError};
use crate::db::changes::NewChange;
use crate::db::municipalities::MunicipalityRow;
use crate::db::{Db, DbError, Writer};
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::municipality::Contacts;

/// What became of an example that was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErasedDemo {
    /// Kommuner that held example data.
    pub kommuner: usize,
    /// Example reports that went.
    pub reports: u64,
    /// Reports in those kommuner that are not the example's, and stay.
    pub left: i64,
}

impl App {
    /// Removes one report and everything it said, by id.
    pub async fn erase_report(&self, id: ReportId) -> Result<(), ReportError> {
        let code = self.municipality_of(id).await?;
        self.withdraw(&Actor::Operator, code, id).await?;
        Ok(self.scrub().await?)
    }

    /// Holds a report back from going by the retention plan, or no longer.
    pub async fn hold_report(&self, id: ReportId, hold: bool) -> Result<(), ReportError> {
        let (code, now) = (self.municipality_of(id).await?, self.now());
        self.writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    let kind = if hold { "held" } else { "let_go" };
                    let change =
                        NewChange { at: now, actor: Actor::Operator, entity: "report", entity_id: id.to_string(), kind, facts: json!({}) };
                    let version = tx.append_change(code, change).await?;
                    tx.hold_report(code, id.0, version, hold).await
                })
            })
            .await?;
        Ok(())
    }

    async fn municipality_of(&self, id: ReportId) -> Result<MunicipalityCode, ReportError> {
        let row = self.db.report(id.0).await?.ok_or(ReportError::NotFound)?;
        MunicipalityCode::parse(&row.municipality).ok_or(ReportError::NotFound)
    }

    /// Removes what the example made: its reports, agreements and every release they are counted in. What others sent or set stays. One
    /// act: all of it or, on a failure, nothing; its people and parties before.
    pub async fn erase_demo(&self) -> Result<ErasedDemo, DbError> {
        // Always, and first: a run that was cut short must not leave accounts that share a password behind.
        self.erase_demo_people().await.map_err(|error| match error {
            DirectoryError::Db(error) => error,
            other => DbError::Unavailable(other.to_string()),
        })?;
        let rows = self.db.municipalities().await?;
        let kommuner: Vec<(MunicipalityCode, MunicipalityRow)> =
            rows.into_iter().filter(|row| row.demo).filter_map(|row| Some((MunicipalityCode::parse(&row.code)?, row))).collect();
        if kommuner.is_empty() {
            return Ok(ErasedDemo::default());
        }
        let codes: Vec<MunicipalityCode> = kommuner.iter().map(|(code, _)| *code).collect();
        let now = self.now();
        let (reports, versions) = self
            .writer
            .write::<_, DbError>(&codes, move |tx| {
                Box::pin(async move {
                    let (mut reports, mut versions) = (0, Vec::new());
                    for (code, kommun) in kommuner {
                        let change = NewChange {
                            at: now,
                            actor: Actor::Operator,
                            entity: "municipality",
                            entity_id: code.to_string(),
                            kind: "emptied",
                            facts: json!({"source": SOURCE}),
                        };
                        let version = tx.append_change(code, change).await?;
                        reports += tx.delete_source(code, SOURCE, version, now.as_microsecond()).await?;
                        tx.delete_agreement(code, agreement_id(code)).await?;
                        tx.delete_releases(code).await?;
                        // A profile that an operator has set since is not the example's.
                        if has_demo_profile(&kommun) {
                            tx.set_profile(code, false, false, None, contacts_text(&Contacts::default())).await?;
                        } else {
                            tx.set_profile(code, kommun.active, false, kommun.fault_report_url, kommun.contacts).await?;
                        }
                        versions.push((code, version));
                    }
                    tx.put_setting(STATE, "removed".to_owned()).await?;
                    Ok((reports, versions))
                })
            })
            .await?;
        let mut left = 0;
        for (code, version) in &versions {
            self.indexes.wait_for(*code, *version).await;
            left += self.db.report_count(code.as_str()).await?;
        }
        Ok(ErasedDemo { kommuner: versions.len(), reports, left })
    }
}

/// Erases anew what was erased and has come back, with a backup from before.
pub(super) async fn again(db: &Db, writer: &Writer, erasures: &Erasures, now: Timestamp) -> Result<(), OpenError> {
    for (code, id) in erasures.read().map_err(OpenError::Erasures)? {
        if db.report(id).await?.is_none() {
            continue;
        }
        tracing::warn!(municipality = %code, %id, "a report that was erased had come back; it is erased again");
        writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    let change = NewChange {
                        at: now,
                        actor: Actor::System,
                        entity: "report",
                        entity_id: id.to_string(),
                        kind: "withdrawn",
                        facts: json!({}),
                    };
                    let version = tx.append_change(code, change).await?;
                    tx.withdraw_report(code, id, version, now.as_microsecond()).await
                })
            })
            .await?;
    }
    Ok(())
}
