//! What people do with reports: submit, support, look up by receipt, withdraw, answer, list.

mod list;

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub use self::list::{Cursor, Found, Page};
use super::App;
use super::keys::crockford;
use super::published::{SimilarReport, is_public};
use super::query::among;
use super::registry::{Kommun, Registry};
use super::rows;
use super::same_place::SharedPlace;
use crate::db::DbError;
use crate::db::changes::{ChangeRow, NewChange};
use crate::db::reports::Known;
use crate::domain::access::Look;
use crate::domain::actor::Actor;
use crate::domain::codes::{Category, CloseReason, Light, Secrecy, Status};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::moderation::{Moderation, Review};
use crate::domain::permission::Act;
use crate::domain::position::Position;
use crate::domain::report::{NewReport, Place, Report, ReporterToken};
use crate::geo::index::Near;
use crate::geo::sun;

/// Why an act on a report was not done. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The place lies in no kommun.
    #[error("outside every kommun")]
    Outside,
    /// The kommun does not take reports here.
    #[error("the kommun is not active")]
    Inactive(Box<Inactive>),
    /// The id is taken by a report with other content.
    #[error("the id is used")]
    IdReused,
    /// The report was withdrawn.
    #[error("withdrawn")]
    Withdrawn,
    /// No such report, or not for this caller to see.
    #[error("not found")]
    NotFound,
    /// Changed by somebody else since it was read.
    #[error("stale")]
    Stale,
    /// Not allowed.
    #[error("forbidden")]
    Forbidden,
    /// Something in it breaks a rule.
    #[error("invalid")]
    Invalid(Vec<FieldFault>),
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A kommun that cannot take a report here, and where its residents can turn instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inactive {
    /// Code.
    pub code: MunicipalityCode,
    /// Name.
    pub name: String,
    /// Its own fault report page.
    pub fault_report_url: Option<String>,
}

/// Whether the report was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// Stored now.
    New,
    /// Stored before, with the same content.
    Known,
}

/// What the sender gets back.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The stored report.
    pub report: Report,
    /// Its kommun.
    pub kommun: Arc<Kommun>,
    /// The code by which the sender finds it again.
    pub receipt: String,
    /// Similar open reports nearby, of those the sender may see.
    pub similar: Vec<SimilarReport>,
}

/// A public answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When.
    pub at: Option<Timestamp>,
    /// In words.
    pub text: String,
}

/// What a planner changes.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// New state.
    pub status: Option<Status>,
    /// Why, when it closes.
    pub reason: Option<CloseReason>,
    /// Public answer; `Some(None)` takes it back.
    pub answer: Option<Option<String>>,
    /// Where it is, for a report that had only words.
    pub location: Option<Position>,
    /// Whom it is for.
    pub secrecy: Option<Secrecy>,
}

/// A report with what surrounds it.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The report.
    pub report: Report,
    /// Its kommun.
    pub kommun: Arc<Kommun>,
    /// How many said "me too".
    pub supporters: i64,
    /// Similar open reports nearby.
    pub similar: Vec<Near>,
    /// The place it shares with other reports.
    pub place: Option<SharedPlace>,
    /// What happened to it.
    pub history: Vec<ChangeRow>,
}

/// Where a report came from when a resident sent it.
pub const RESIDENT: &str = "resident";

impl App {
    /// Accepts a report: on disk, in the log and in the index before this returns.
    pub async fn submit_report(&self, by: &Actor, new: NewReport) -> Result<(Submitted, Receipt), ReportError> {
        let content_hash = self.keys.content(new.canonical().to_string().as_bytes()).to_vec();
        let (kommun, certain) = match kommun_of(&self.registry(), &new.place) {
            Ok(found) => found,
            // A report that was stored is answered as before, whatever became of its kommun since: its sender may never have heard.
            Err(refusal) => {
                let known = self.db.known_reports(&[new.id.0]).await?.remove(&new.id.0).unwrap_or(Known::No);
                return if is_same(&known, &content_hash)? { self.known_receipt(by, new.id).await } else { Err(refusal) };
            }
        };
        let code = kommun.municipality.code;
        let (at, accuracy_m, place_text) = match &new.place {
            Place::Point { at, accuracy_m, text } => (Some(*at), *accuracy_m, text.clone()),
            Place::Words { text, .. } => (None, None, Some(text.clone())),
        };
        let held = self.brake(&kommun, new.id, &new.place, new.note.as_deref(), self.now());
        let report = Report {
            id: new.id,
            municipality: code,
            reference: new_reference()?,
            version: 0,
            received_at: self.now(),
            when: new.when,
            at,
            accuracy_m,
            place_text,
            certain,
            feeling: new.feeling,
            category: new.category,
            insecurity: new.insecurity,
            risk: new.risk,
            travel_mode: new.travel_mode,
            perspectives: new.perspectives,
            avoids: new.avoids,
            note: new.note,
            reporter: new.reporter.map(|token| self.reporter_hash(token, code)),
            light: light(at, new.when.light_instant()),
            status: Status::Received,
            status_reason: None,
            answer: None,
            answered_at: None,
            source: RESIDENT.to_owned(),
            secrecy: Secrecy::Partners,
            review: Review::new(if held.is_some() { Moderation::Held } else { Moderation::Waiting }, held),
            place: None,
        };
        match self.store_report(by, report, content_hash).await? {
            Stored::New(report) => {
                self.indexes.wait_for(report.municipality, report.version).await;
                Ok((Submitted::New, self.receipt(by, *report, kommun).await?))
            }
            Stored::Known => self.known_receipt(by, new.id).await,
        }
    }

    /// The receipt of a report that was stored before.
    async fn known_receipt(&self, by: &Actor, id: ReportId) -> Result<(Submitted, Receipt), ReportError> {
        let report = rows::report(self.db.report(id.0).await?.ok_or(ReportError::Withdrawn)?)?;
        let kommun = self.registry().kommun(report.municipality).cloned().ok_or(ReportError::NotFound)?;
        self.indexes.wait_for(report.municipality, report.version).await;
        Ok((Submitted::Known, self.receipt(by, report, kommun).await?))
    }

    async fn receipt(&self, by: &Actor, report: Report, kommun: Arc<Kommun>) -> Result<Receipt, ReportError> {
        let similar = if by.may(Act::ReadReports, report.municipality) {
            self.similar(by, &report).iter().map(SimilarReport::of).collect()
        } else {
            match report.at {
                Some(at) => self.public_similar(at, report.category, Some(report.id.0)).await?,
                None => Vec::new(),
            }
        };
        let receipt = crockford(&self.keys.receipt(report.id.0));
        Ok(Receipt { report, kommun, receipt, similar })
    }

    /// Stores a complete report unless its id is known; the caller decides what its content is.
    pub(super) async fn store_report(&self, by: &Actor, report: Report, content_hash: Vec<u8>) -> Result<Stored, ReportError> {
        let receipt_hash = Sha256::digest(self.keys.receipt(report.id.0)).to_vec();
        // Whoever tells of a place is a resident then, also with an account: the log must not say who.
        let actor = if *by == Actor::System { Actor::System } else { Actor::Resident };
        self.writer
            .write(&[report.municipality], move |tx| {
                Box::pin(async move {
                    if is_same(&tx.known_report(report.id.0).await?, &content_hash)? {
                        return Ok(Stored::Known);
                    }
                    let mut report = report;
                    let change = NewChange {
                        at: report.received_at,
                        actor,
                        entity: "report",
                        entity_id: report.id.to_string(),
                        kind: "created",
                        facts: json!({"placed": report.at.is_some(), "source": report.source}),
                    };
                    report.version = tx.append_change(report.municipality, change).await?;
                    tx.insert_report(&rows::row(&report), receipt_hash, content_hash).await?;
                    Ok(Stored::New(Box::new(report)))
                })
            })
            .await
    }

    /// Says "me too" to a report that one may see: everybody, what is public. Saying it twice changes nothing.
    pub async fn support_report(&self, by: &Actor, id: ReportId, reporter: ReporterToken) -> Result<(), ReportError> {
        let report = rows::report(self.db.report(id.0).await?.ok_or(ReportError::NotFound)?)?;
        let code = report.municipality;
        if !is_public(&report) && !may_read(by, &report) {
            return Err(ReportError::NotFound);
        }
        let (hash, now, actor) = (self.reporter_hash(reporter, code).to_vec(), self.now(), Actor::Resident);
        self.writer
            .write(&[code], move |tx| {
                Box::pin(async move {
                    // It may have been withdrawn since it was looked up: nothing may be left to a report that is gone.
                    let author = tx.author_of(code, id.0).await?.ok_or(ReportError::NotFound)?;
                    if author.as_ref() == Some(&hash) {
                        return Ok(());
                    }
                    if tx.add_support(code, id.0, hash, now.as_microsecond()).await? {
                        let change =
                            NewChange { at: now, actor, entity: "report", entity_id: id.to_string(), kind: "supported", facts: json!({}) };
                        tx.append_change(code, change).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// A report with its surroundings, for those with the right.
    pub async fn report_detail(&self, by: &Actor, id: ReportId) -> Result<Detail, ReportError> {
        let report = self.visible_report(by, id).await?;
        let kommun = self.registry().kommun(report.municipality).cloned().ok_or(ReportError::NotFound)?;
        Ok(Detail {
            supporters: self.db.supporters(report.municipality, id.0).await?,
            similar: self.similar(by, &report),
            place: self.place_of(by, &report).await?,
            history: self.db.changes_of(report.municipality, "report", &id.to_string()).await?,
            report,
            kommun,
        })
    }

    /// As [`App::report_detail`], for somebody who looks at it.
    pub async fn look_at_report(&self, by: &Actor, id: ReportId) -> Result<Detail, ReportError> {
        let detail = self.report_detail(by, id).await?;
        self.note_look(by, detail.report.municipality, Look::Report, Some(id), 1).await?;
        Ok(detail)
    }

    pub(super) async fn visible_report(&self, by: &Actor, id: ReportId) -> Result<Report, ReportError> {
        let report = rows::report(self.db.report(id.0).await?.ok_or(ReportError::NotFound)?)?;
        // Not allowed reads exactly like not there.
        if may_read(by, &report) { Ok(report) } else { Err(ReportError::NotFound) }
    }

    /// Changes state, answers, or places a report; only from a version that was read.
    pub async fn patch_report(
        &self,
        by: &Actor,
        id: ReportId,
        read: &[(MunicipalityCode, i64)],
        patch: Patch,
    ) -> Result<Detail, ReportError> {
        let mut report = self.visible_report(by, id).await?;
        if !by.may(Act::HandleReports, report.municipality) && !by.may(Act::Classify, report.municipality) {
            return Err(ReportError::Forbidden);
        }
        if !read.contains(&(report.municipality, report.version)) {
            return Err(ReportError::Stale);
        }
        let mut facts = serde_json::Map::new();
        let mut faults = Vec::new();
        if let Some(status) = patch.status {
            if status != report.status && !report.status.next().contains(&status) {
                faults.push(FieldFault::at("/status", Fault::Transition));
            }
            let reasons = status.reasons();
            match patch.reason {
                Some(reason) if reasons.contains(&reason) => report.status_reason = Some(reason),
                None if reasons.is_empty() => report.status_reason = None,
                _ => {
                    let allowed = reasons.iter().map(|reason| reason.as_str()).collect();
                    faults.push(FieldFault::at("/reason", Fault::ReasonNeeded(allowed)));
                }
            }
            facts.insert("status".to_owned(), json!({"from": report.status.as_str(), "to": status.as_str()}));
            facts.insert("reason".to_owned(), json!(patch.reason.map(CloseReason::as_str)));
            report.status = status;
        } else if patch.reason.is_some() {
            faults.push(FieldFault::at("/reason", Fault::Needs("status")));
        }
        if let Some(answer) = patch.answer.filter(|answer| answer.is_some() || report.answer.is_some()) {
            facts.insert("answer".to_owned(), json!(if answer.is_some() { "set" } else { "removed" }));
            report.answered_at = answer.is_some().then(|| self.now());
            report.answer = answer;
        }
        if let Some(at) = patch.location {
            if !self.came_in_words(&report).await? {
                faults.push(FieldFault::at("/location", Fault::HasPoint));
            }
            match self.registry().locator.locate(at.lon(), at.lat()) {
                Some(located) if located.code == report.municipality => report.certain = located.certain,
                // A place in another kommun would move the report across a wall: that is a hand-over, not an edit.
                _ => faults.push(FieldFault::at("/location", Fault::UnknownMunicipality)),
            }
            report.at = Some(at);
            report.light = light(Some(at), report.when.light_instant());
            facts.insert("location".to_owned(), json!("set"));
        }
        if let Some(class) = patch.secrecy.filter(|class| *class != report.secrecy) {
            // Whoever could put it where they do not see it could not take it back.
            if !by.readable(report.municipality).holds(class) {
                faults.push(FieldFault::at("/secrecy", Fault::BeyondRight));
            }
            facts.insert("secrecy".to_owned(), json!({"from": report.secrecy.as_str(), "to": class.as_str()}));
            report.secrecy = class;
        }
        if faults.is_empty() && facts.is_empty() {
            faults.push(FieldFault::at("", Fault::NothingToChange));
        }
        if !faults.is_empty() {
            return Err(ReportError::Invalid(faults));
        }
        let code = report.municipality;
        let classifies = facts.contains_key("secrecy");
        let handles = facts.len() > usize::from(classifies);
        if handles && !by.may(Act::HandleReports, code) || classifies && !by.may(Act::Classify, code) {
            return Err(ReportError::Forbidden);
        }
        let version = self.update(by, report, Value::Object(facts)).await?;
        self.indexes.wait_for(version.0, version.1).await;
        self.report_detail(by, id).await
    }

    /// Whether the sender gave no point of their own. A planner's placing hides that in the row; the change log remembers.
    async fn came_in_words(&self, report: &Report) -> Result<bool, DbError> {
        if report.at.is_none() {
            return Ok(true);
        }
        let log = self.db.changes_of(report.municipality, "report", &report.id.to_string()).await?;
        let created = log.iter().find(|change| change.kind == "created");
        let facts: Value = created.and_then(|change| serde_json::from_str(&change.facts).ok()).unwrap_or_default();
        Ok(facts["placed"] == json!(false))
    }

    async fn update(&self, by: &Actor, report: Report, facts: Value) -> Result<(MunicipalityCode, i64), ReportError> {
        let (now, actor, code) = (self.now(), by.clone(), report.municipality);
        let version = self
            .writer
            .write(&[code], move |tx| {
                Box::pin(async move {
                    let change = NewChange { at: now, actor, entity: "report", entity_id: report.id.to_string(), kind: "changed", facts };
                    let version = tx.append_change(code, change).await?;
                    // The row's own version guards against two planners at once, in whatever process they are.
                    if tx.update_report(&rows::row(&report), version, now.as_microsecond()).await? {
                        Ok(version)
                    } else {
                        Err(ReportError::Stale)
                    }
                })
            })
            .await?;
        Ok((code, version))
    }

    /// How many said "me too" to each of these.
    pub async fn supporters(&self, report: &Report) -> Result<i64, DbError> {
        self.db.supporters(report.municipality, report.id.0).await
    }

    pub(super) fn similar(&self, by: &Actor, report: &Report) -> Vec<Near> {
        let (Some(at), Some(live)) = (report.at, self.indexes.live(report.municipality)) else { return Vec::new() };
        let (snapshot, sources) = (live.snapshot(), live.sources());
        let readable = among(&sources, by.readable(report.municipality), &[]);
        snapshot.similar(at.lon(), at.lat(), report.category, Some(report.id.0), readable)
    }

    pub(super) fn reporter_hash(&self, token: ReporterToken, code: MunicipalityCode) -> [u8; 16] {
        self.keys.reporter(&token.0, code.as_str())
    }
}

/// Whether somebody may read a report, with its true point and all its words.
fn may_read(by: &Actor, report: &Report) -> bool {
    by.may(Act::ReadReports, report.municipality) && by.readable(report.municipality).holds(report.secrecy)
}

/// Which kommun a report belongs to, and whether that is beyond doubt; refused where it takes none.
fn kommun_of(registry: &Registry, place: &Place) -> Result<(Arc<Kommun>, bool), ReportError> {
    let (kommun, certain) = match place {
        Place::Point { at, .. } => {
            let located = registry.locator.locate(at.lon(), at.lat()).ok_or(ReportError::Outside)?;
            (registry.kommun(located.code).ok_or(ReportError::Outside)?, located.certain)
        }
        Place::Words { municipality, .. } => {
            let unknown = || ReportError::Invalid(vec![FieldFault::at("/municipality", Fault::UnknownMunicipality)]);
            (registry.kommun(*municipality).ok_or_else(unknown)?, true)
        }
    };
    if kommun.municipality.active {
        return Ok((Arc::clone(kommun), certain));
    }
    Err(ReportError::Inactive(Box::new(Inactive {
        code: kommun.municipality.code,
        name: kommun.municipality.name.clone(),
        fault_report_url: kommun.municipality.fault_report_url.clone(),
    })))
}

/// Whether what is stored under an id is the same report; another content, or one that was withdrawn, is refused.
fn is_same(known: &Known, content: &[u8]) -> Result<bool, ReportError> {
    match known {
        Known::Yes { content_hash } if content_hash == content => Ok(true),
        Known::Yes { .. } => Err(ReportError::IdReused),
        Known::Withdrawn => Err(ReportError::Withdrawn),
        Known::No => Ok(false),
    }
}

/// What became of a report to be stored.
pub(super) enum Stored {
    /// Stored now.
    New(Box<Report>),
    /// Already there.
    Known,
}

/// The focus areas that cover a report.
pub fn areas_of<'a>(kommun: &'a Kommun, report: &Report) -> Vec<&'a crate::domain::agreement::FocusArea> {
    kommun.areas.covering(report.at.map(|at| (at.lon(), at.lat())), report.category)
}

/// Light at a place and moment; unknown without either.
pub(super) fn light(at: Option<Position>, moment: Option<Timestamp>) -> Light {
    match (at, moment) {
        (Some(at), Some(moment)) => sun::light_at(at.lon(), at.lat(), moment),
        _ => Light::Unknown,
    }
}

/// Whether anything of a category's place may become public, and how.
pub fn publishes_cell(category: Category) -> bool {
    category.publication_class() != crate::domain::codes::PublicationClass::Aggregate
}

/// A random name one can say on the phone: eight Crockford characters. It finds nothing by itself.
pub(super) fn new_reference() -> Result<String, DbError> {
    let mut bytes = [0; 5];
    getrandom::fill(&mut bytes).map_err(|_| DbError::Unavailable("no random numbers".to_owned()))?;
    Ok(crockford(&bytes))
}
