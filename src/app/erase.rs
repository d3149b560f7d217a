//! Removing what must go: one report, or the whole example.

use serde_json::json;

use super::App;
use super::demo::install::{SOURCE, STATE, agreement_id, has_demo_profile};
use super::municipalities::contacts_text;
use super::reports::ReportError;
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::db::municipalities::MunicipalityRow;
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
        let row = self.db.report(id.0).await?.ok_or(ReportError::NotFound)?;
        let code = MunicipalityCode::parse(&row.municipality).ok_or(ReportError::NotFound)?;
        self.withdraw(&Actor::Operator, code, id).await
    }

    /// Removes what the example made: its reports, agreements and every release they are counted in. What others sent or set stays. One
    /// act: all of it or, on a failure, nothing.
    pub async fn erase_demo(&self) -> Result<ErasedDemo, DbError> {
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
