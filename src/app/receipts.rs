//! What one can do with a receipt: look at the report it is for, and withdraw it.

use std::sync::Arc;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::App;
use super::keys::read_crockford;
use super::registry::Kommun;
use super::reports::ReportError;
use super::rows;
use crate::db::changes::NewChange;
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::report::Report;

impl App {
    /// The report of a receipt; anything that is not a receipt is simply not found.
    pub async fn report_of_receipt(&self, receipt: &str) -> Result<(Report, Arc<Kommun>), ReportError> {
        let bytes = read_crockford::<10>(receipt).ok_or(ReportError::NotFound)?;
        let row = self.db.report_by_receipt(&Sha256::digest(bytes)).await?.ok_or(ReportError::NotFound)?;
        let report = rows::report(row)?;
        let kommun = self.registry().kommun(report.municipality).cloned().ok_or(ReportError::NotFound)?;
        Ok((report, kommun))
    }

    /// Withdraws by receipt: the row is gone, only that it was remains.
    pub async fn withdraw_by_receipt(&self, receipt: &str) -> Result<(), ReportError> {
        let (report, _) = self.report_of_receipt(receipt).await?;
        self.withdraw(&Actor::Resident, report.municipality, report.id).await
    }

    /// Removes a report and everything it said.
    pub(super) async fn withdraw(&self, by: &Actor, code: MunicipalityCode, id: ReportId) -> Result<(), ReportError> {
        let (now, actor) = (self.now(), by.clone());
        let version = self
            .writer
            .write(&[code], move |tx| {
                Box::pin(async move {
                    let change =
                        NewChange { at: now, actor, entity: "report", entity_id: id.to_string(), kind: "withdrawn", facts: json!({}) };
                    let version = tx.append_change(code, change).await?;
                    if tx.withdraw_report(code, id.0, version, now.as_microsecond()).await? {
                        Ok(version)
                    } else {
                        Err(ReportError::NotFound)
                    }
                })
            })
            .await?;
        self.indexes.wait_for(code, version).await;
        Ok(())
    }
}
