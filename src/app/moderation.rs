//! Moderation: what waits, and what is decided.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::registry::Kommun;
use super::reports::{Detail, ReportError};
use super::{App, rows};
use crate::db::changes::NewChange;
use crate::domain::access::Look;
use crate::domain::actor::Actor;
use crate::domain::brake::{Brake, Sign};
use crate::domain::guard::{self, Finding};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::moderation::{Decision, Moderation, ModerationReason, opens_at_once};
use crate::domain::permission::Act;
use crate::domain::report::{Place, Report};
use crate::geo::index::Near;

/// What each kommun has been sent lately. Each process has its own: several of them hold a flood a little later.
#[derive(Debug, Default)]
pub struct Brakes(Mutex<HashMap<MunicipalityCode, Brake>>);

/// A report in the queue.
#[derive(Debug)]
pub struct Queued {
    /// The report.
    pub report: Report,
    /// What the guard sees in its words.
    pub findings: Vec<(&'static str, Finding)>,
    /// Reports it may be the same as, nearest first.
    pub similar: Vec<Near>,
}

/// A page of a kommun's queue.
#[derive(Debug)]
pub struct Queue {
    /// The kommun.
    pub kommun: Arc<Kommun>,
    /// The oldest first.
    pub reports: Vec<Queued>,
    /// How many stand where, of those the caller may read.
    pub counts: BTreeMap<Moderation, i64>,
    /// Where the next page begins.
    pub next: Option<(i64, Uuid)>,
}

impl App {
    /// Why a report that has just come should be held, if it should.
    pub(super) fn brake(
        &self,
        kommun: &Kommun,
        id: ReportId,
        place: &Place,
        note: Option<&str>,
        at: Timestamp,
    ) -> Option<ModerationReason> {
        let (position, text) = match place {
            Place::Point { at, text, .. } => (Some(at), text.as_deref()),
            Place::Words { text, .. } => (None, Some(text.as_str())),
        };
        let square = position.and_then(|at| kommun.crs.forward(at.lon(), at.lat())).map(|(x, y)| ((x / 250.0) as i64, (y / 250.0) as i64));
        let words = [text, note].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let mut brakes = self.brakes.as_ref()?.0.lock().unwrap_or_else(PoisonError::into_inner);
        brakes.entry(kommun.municipality.code).or_default().judge(Sign::new(id.0, at, square, &words))
    }

    /// A page of what stands in a state, of the classes the caller may read.
    pub async fn moderation_queue(
        &self,
        by: &Actor,
        code: MunicipalityCode,
        state: Moderation,
        after: Option<(i64, Uuid)>,
        limit: usize,
    ) -> Result<Queue, ReportError> {
        if !by.may(Act::Moderate, code) {
            return Err(ReportError::Forbidden);
        }
        let kommun = self.registry().kommun(code).cloned().ok_or(ReportError::NotFound)?;
        let classes = by.readable(code).codes();
        let mut rows =
            self.db.moderation_queue(code, state.as_str(), &classes, after.unwrap_or((i64::MIN, Uuid::nil())), limit as i64 + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| (row.received_at, row.id));
        let mut reports = Vec::with_capacity(rows.len());
        for row in rows {
            let report = rows::report(row)?;
            let similar = self.similar(by, &report);
            reports.push(Queued { findings: findings(&report), report, similar });
        }
        self.note_look(by, code, Look::Queue, None, reports.len()).await?;
        let counts = self.db.moderation_counts(code, &classes).await?;
        let counts = counts.into_iter().filter_map(|(state, count)| Some((Moderation::parse(&state)?, count))).collect();
        Ok(Queue { kommun, reports, counts, next })
    }

    /// Decides on a report, from a version that was read. Taking a decision back is deciding again.
    pub async fn moderate_report(
        &self,
        by: &Actor,
        id: ReportId,
        read: &[(MunicipalityCode, i64)],
        decision: Decision,
    ) -> Result<Detail, ReportError> {
        let mut report = self.visible_report(by, id).await?;
        let code = report.municipality;
        if !by.may(Act::Moderate, code) {
            return Err(ReportError::Forbidden);
        }
        if !read.contains(&(code, report.version)) {
            return Err(ReportError::Stale);
        }
        let faults = decision.faults();
        if !faults.is_empty() {
            return Err(ReportError::Invalid(faults));
        }
        let (now, actor) = (self.now(), by.clone());
        let facts = json!({
            "from": report.review.state.as_str(), "to": decision.state.as_str(),
            "reason": decision.reason.map(ModerationReason::as_str), "words": decision.words.is_some(),
        });
        let shown = decision.state == Moderation::Shown;
        report.review.opened |= shown && opens_at_once(report.category.publication_class());
        report.review.state = decision.state;
        report.review.reason = decision.reason;
        report.review.words = decision.words;
        report.review.at = (decision.state != Moderation::Waiting).then_some(now);
        let version = self
            .writer
            .write(&[code], move |tx| {
                Box::pin(async move {
                    let change = NewChange { at: now, actor, entity: "report", entity_id: report.id.to_string(), kind: "moderated", facts };
                    let version = tx.append_change(code, change).await?;
                    if tx.moderate_report(&rows::row(&report), version).await? { Ok(version) } else { Err(ReportError::Stale) }
                })
            })
            .await?;
        self.indexes.wait_for(code, version).await;
        self.report_detail(by, id).await
    }
}

/// What the guard sees in the words of a report: those of an import, or of a time before a rule.
fn findings(report: &Report) -> Vec<(&'static str, Finding)> {
    let texts = [("note", report.note.as_deref()), ("place_text", report.place_text.as_deref())];
    let texts = texts.into_iter().filter_map(|(field, text)| Some((field, text?)));
    let seen = texts.flat_map(|(field, text)| {
        let seen = guard::inspect(text);
        seen.suspicions.into_iter().chain(seen.personal).map(move |finding| (field, finding))
    });
    seen.collect()
}
