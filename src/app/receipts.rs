//! What one can do with a receipt: look at the report it is for, and withdraw it.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::App;
use super::keys::read_crockford;
use super::registry::Kommun;
use super::reports::{Answer, ReportError};
use super::rows;
use crate::db::DbError;
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

    /// What was answered to a report, or publicly to another one of the same place; the oldest first.
    pub async fn answers(&self, report: &Report) -> Result<Vec<Answer>, ReportError> {
        let own = || report.answer.iter().map(|text| Answer { at: report.answered_at, text: text.clone() });
        let Some(place) = report.place else { return Ok(own().collect()) };
        let rows = self.db.answers_of_place(report.municipality, place, report.id.0).await?;
        let others = rows.into_iter().map(|(text, at)| Answer { at: at.and_then(|at| Timestamp::from_microsecond(at).ok()), text });
        let mut answers: Vec<Answer> = own().chain(others).collect();
        answers.sort_by_key(|answer| answer.at);
        Ok(answers)
    }

    /// Withdraws by receipt: the row is gone, only that it was remains.
    pub async fn withdraw_by_receipt(&self, receipt: &str) -> Result<(), ReportError> {
        let (report, _) = self.report_of_receipt(receipt).await?;
        self.withdraw(&Actor::Resident, report.municipality, report.id).await
    }

    /// Removes a report and everything it said.
    pub(super) async fn withdraw(&self, by: &Actor, code: MunicipalityCode, id: ReportId) -> Result<(), ReportError> {
        let (now, actor) = (self.now(), by.clone());
        // First: what is on the list is erased even if this is as far as it comes.
        self.erasures.write(&[(code, id.0)], now).map_err(|error| DbError::Unavailable(format!("the list of what was erased: {error}")))?;
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
        self.scrubbing.notify_one();
        Ok(())
    }
}
