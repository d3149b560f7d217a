//! The moderators' queue, their decisions, and which reports are of one place.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::documents::{ReportDetailFeature, ReportFeature, SharedPlaceView, SimilarReport, report_feature};
use super::{condition, cursor, detail_response};
use crate::app::moderation::{Queue, Queued};
use crate::app::published::SimilarReport as Near;
use crate::app::reports::Cursor;
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::invalid::Fault;
use crate::domain::moderation::{Decision, Moderation, ModerationReason};
use crate::domain::permission::Act;
use crate::domain::text::NOTE_MAX;
use crate::http::answer;
use crate::http::extract::{Caller, JsonBody, Parameters, PathPart};
use crate::http::form::{Form, one_of};
use crate::http::openapi::answers::{Acts, Asks, Finds, Knows, NeedsRight, Reads, TakesJson, Writes};
use crate::http::openapi::bodies::{ModerationDecision, PlaceWith};
use crate::http::openapi::codes;
use crate::http::openapi::parameters::{IfMatch, QueueParameters, ReportPath};
use crate::http::problem::{Kind, Problem, ProblemDocument};
use crate::http::query::next_link;
use crate::http::{Server, reports::PAGE};

/// A page of the queue, the oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ModerationQueue {
    /// How many reports stand where.
    counts: Vec<ModerationCount>,
    /// The oldest first.
    reports: Vec<QueuedReport>,
    /// The next page.
    #[schema(required)]
    next: Option<String>,
}

/// How many reports stand somewhere.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ModerationCount {
    #[schema(value_type = codes::Moderation)]
    state: &'static str,
    /// Reports.
    #[schema(minimum = 0)]
    count: i64,
}

/// A report that waits for a moderator.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueuedReport {
    report: ReportFeature,
    /// For `If-Match`.
    etag: String,
    /// What the guard sees in its words.
    findings: Vec<QueuedFinding>,
    /// Reports it may be the same as: open ones of its category within 250 m, nearest first.
    #[schema(max_items = 5)]
    similar: Vec<SimilarReport>,
}

/// Something in the words of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueuedFinding {
    /// `note` or `place_text`.
    field: &'static str,
    /// First Unicode code point.
    start: usize,
    /// One past the last code point.
    end: usize,
    #[schema(value_type = codes::FindingKind)]
    kind: &'static str,
}

impl ModerationQueue {
    fn of(queue: &Queue, next: Option<String>) -> Self {
        let counts = Moderation::ALL
            .iter()
            .map(|state| ModerationCount { state: state.as_str(), count: queue.counts.get(state).copied().unwrap_or(0) });
        let queued = |one: &Queued| QueuedReport {
            report: report_feature(&one.report, &queue.kommun),
            etag: super::etag((one.report.municipality, one.report.version)),
            findings: (one.findings.iter())
                .map(|(field, finding)| QueuedFinding { field, start: finding.start, end: finding.end, kind: finding.kind.as_str() })
                .collect(),
            similar: one.similar.iter().map(Near::of).map(|near| SimilarReport::of(&near)).collect(),
        };
        Self { counts: counts.collect(), reports: queue.reports.iter().map(queued).collect(), next }
    }
}

/// Lists what waits for a moderator.
///
/// Reports of a kommun in one state, the oldest first, each with what the guard sees in its words and what it may be the same as.
#[utoipa::path(
    get, path = "/moderation", tag = "moderation",
    params(QueueParameters),
    responses((status = 200, description = "A page of the queue.", body = ModerationQueue), Asks, NeedsRight, Reads),
    security(("bearer" = []), ("session" = [])),
)]
pub(super) async fn list_moderation(
    State(server): State<Server>,
    caller: Caller,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::Moderate)?;
    let code = parameters.parsed("municipality", |text| MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality));
    let state = parameters.parsed("state", |text| one_of(text, Moderation::ALL, Moderation::as_str)).unwrap_or(Moderation::Waiting);
    let limit = parameters.parsed("limit", |text| match text.parse::<usize>() {
        Ok(limit) if (1..=PAGE.0).contains(&limit) => Ok(limit),
        _ => Err(Fault::OutOfRange(1.0, PAGE.0 as f64)),
    });
    let after = parameters.parsed("after", cursor);
    if code.is_none() && !parameters.is_faulty("municipality") {
        parameters.fault("municipality", Fault::Missing);
    }
    parameters.finish()?;
    let code = code.ok_or_else(|| Problem::new(Kind::NotFound))?;
    let after = after.map(|Cursor { received, id }| (received, id));
    let queue = server.app.moderation_queue(&actor, code, state, after, limit.unwrap_or(20)).await?;
    let next = queue.next.map(|(received, id)| next_link(&uri, &format!("{received}_{}", id.simple())));
    Ok(answer::private_json(&ModerationQueue::of(&queue, next)))
}

/// Decides on a report.
///
/// What of it is counted in releases and seen by everybody, from the version that was read. Taking a decision back is deciding again.
#[utoipa::path(
    put, path = "/reports/{id}/moderation", tag = "moderation",
    params(ReportPath, IfMatch),
    request_body(content = ModerationDecision, example = json!({"state": "shown", "words": "Lampan vid bron blinkar."})),
    responses(
        (status = 200, description = "The report as it is now.", body = ReportDetailFeature, content_type = "application/geo+json", headers(("ETag" = String))),
        (status = 412, description = "Changed by somebody else since it was read (`/problems/stale`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing (`/problems/precondition-required`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, Knows, Acts, Finds, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
pub(super) async fn moderate_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    PathPart(id): PathPart,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let id = readable_id(&id, actor.may_somewhere(Act::ReadReports))?;
    let read = condition(&headers)?;
    let mut form = Form::new(body)?;
    let state = form.required("state", |form| form.code("state", Moderation::ALL, Moderation::as_str));
    let reason = form.code("reason", ModerationReason::ALL, ModerationReason::as_str);
    let words = form.words("words", NOTE_MAX);
    let decision = form.finish(state.map(|state| Decision { state, reason, words }))?;
    Ok(detail_response(&server.app.moderate_report(&actor, id, &read, decision).await?))
}

/// Says that two reports are of one place.
///
/// Each keeps its own supporters, answer and history; those of the place are what they have together. Saying it twice changes nothing.
#[utoipa::path(
    put, path = "/reports/{id}/place", tag = "moderation",
    params(ReportPath),
    request_body(content = PlaceWith, example = json!({"with": "6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10"})),
    responses(
        (status = 200, description = "The place.", body = SharedPlaceView),
        Asks, TakesJson, Knows, Acts, Finds, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
pub(super) async fn merge_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let id = readable_id(&id, actor.may_somewhere(Act::ReadReports))?;
    let mut form = Form::new(body)?;
    let with = form.required("with", |form| form.parsed("with", |text| Uuid::try_parse(text).map_err(|_| Fault::Unreadable)));
    let with = ReportId(form.finish(with)?);
    let place = server.app.merge_reports(&actor, id, with).await?;
    Ok(answer::private_json(&SharedPlaceView::of(&place)))
}

/// Takes a report out of its place.
///
/// With it go its supporters. A place of which one report is left is none.
#[utoipa::path(
    delete, path = "/reports/{id}/place", tag = "moderation",
    params(ReportPath),
    responses((status = 204, description = "It is of no place any more."), Asks, Knows, Acts, Finds, Writes),
    security(("bearer" = []), ("session" = [])),
)]
pub(super) async fn unmerge_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    let id = readable_id(&id, actor.may_somewhere(Act::ReadReports))?;
    server.app.unmerge_report(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An id that one may not see answers exactly like one that does not exist.
fn readable_id(id: &str, reads: bool) -> Result<ReportId, Problem> {
    ReportId::parse(id).filter(|_| reads).ok_or_else(|| Problem::new(Kind::NotFound))
}
