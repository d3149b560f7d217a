//! Removing what must go: one report, or the whole example.

use serde_json::json;

use super::App;
use super::reports::ReportError;
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::municipality::Contacts;

impl App {
    /// Removes one report and everything it said, by id.
    pub async fn erase_report(&self, id: ReportId) -> Result<(), ReportError> {
        let row = self.db.report(id.0).await?.ok_or(ReportError::NotFound)?;
        let code = MunicipalityCode::parse(&row.municipality).ok_or(ReportError::NotFound)?;
        self.withdraw(&Actor::Operator, code, id).await
    }

    /// Empties every example kommun: reports (also those sent while trying), agreements and releases. Returns how many reports went.
    pub async fn erase_demo(&self) -> Result<u64, DbError> {
        let mut removed = 0;
        let registry = self.registry();
        for kommun in registry.kommuner.values().filter(|kommun| kommun.municipality.demo) {
            let (code, now) = (kommun.municipality.code, self.now());
            let contacts = serde_json::to_string(&Contacts::default()).unwrap_or_else(|_| "{}".to_owned());
            let (version, reports) = self
                .writer
                .write::<_, DbError>(&[code], move |tx| {
                    Box::pin(async move {
                        let change = NewChange {
                            at: now,
                            actor: Actor::Operator,
                            entity: "municipality",
                            entity_id: code.to_string(),
                            kind: "emptied",
                            facts: json!({}),
                        };
                        let version = tx.append_change(code, change).await?;
                        let reports = tx.empty_municipality(code, version, now.as_microsecond()).await?;
                        tx.set_profile(code, false, false, None, contacts).await?;
                        Ok((version, reports))
                    })
                })
                .await?;
            removed += reports;
            self.indexes.wait_for(code, version).await;
        }
        self.writer.write::<_, DbError>(&[], |tx| Box::pin(tx.put_setting("demo", "removed".to_owned()))).await?;
        Ok(removed)
    }
}
