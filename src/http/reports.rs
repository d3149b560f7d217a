//! Reports on the wire: sending, listing, reading, answering, supporting, and the receipt.

mod documents;
mod moderation;
mod published;

use std::net::IpAddr;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use self::documents::{PageMembers, ReceiptView, ReportDetailFeature, ReportReceipt, report_detail, report_feature};
use self::published::{ReportList, public_list};
use super::extract::{Caller, JsonBody, Parameters, PathPart, Visitor};
use super::form::Form;
use super::geojson::FeatureCollection;
use super::limits::Lane;
use super::openapi::answers::{Acts, Asks, Finds, Knows, Limited, NeedsRight, Reads, TakesJson, Writes};
use super::openapi::bodies::{NewReport as NewReportBody, ReceiptCode, ReportPatch, Support};
use super::openapi::parameters::{IfMatch, PageParameters, ReportFilters, ReportPath};
use super::problem::{Kind, Language, Problem, ProblemDocument};
use super::query::{next_link, polygon, report_query};
use super::{Server, answer, csv};
use crate::app::keys::unhex;
use crate::app::reports::{Cursor, Detail, Patch, ReportError, Submitted};
use crate::domain::codes::{Avoids, Category, CloseReason, Feeling, Perspective, Secrecy, Status, TimeBand, TravelMode};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::invalid::Fault;
use crate::domain::permission::Act;
use crate::domain::report::{NewReport, Place, ReporterToken, When};
use crate::domain::text::{ANSWER_MAX, NOTE_MAX, PLACE_TEXT_MAX};

/// Reports on a page unless asked otherwise, and at most.
pub(super) const PAGE: (usize, usize) = (100, 1_000);
/// A phone's clock may be this far ahead.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(10);
/// What happened longer ago than this is history, not a report.
const OLDEST: SignedDuration = SignedDuration::from_hours(20 * 366 * 24);

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(create_report, list_reports))
        .routes(routes!(get_report, patch_report))
        .routes(routes!(support_report))
        .routes(routes!(published::list_similar))
        .routes(routes!(moderation::list_moderation))
        .routes(routes!(moderation::moderate_report))
        .routes(routes!(moderation::merge_report, moderation::unmerge_report))
        .routes(routes!(read_receipt, withdraw_report))
}

/// Sends a report.
///
/// A repeat of the same id and content answers 200 with the same receipt, so a phone that does not know whether its first try arrived may
/// try again. In an emergency call 112; a report here is not a report to the police.
#[utoipa::path(
    post, path = "/reports", tag = "reports",
    request_body(content = NewReportBody, example = json!({
        "id": "6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10", "location": {"type": "Point", "coordinates": [14.5315, 56.2765]}, "accuracy_m": 12,
        "feeling": "unsafe", "category": "lighting_broken", "insecurity": 2, "occurred_on": "2026-11-20", "time_band": "evening",
        "travel_mode": "walking", "perspectives": ["woman"], "avoids": "sometimes", "note": "Tre lampor är släckta i tunneln.",
    })),
    responses(
        (status = 201, description = "Stored.", body = ReportReceipt, headers(("Location" = String, description = "The report, for planners."))),
        (status = 200, description = "Was stored before, with the same content.", body = ReportReceipt, headers(("Location" = String))),
        (status = 409, description = "The id is taken by a report with other content (`/problems/id-reused`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 410, description = "The report was withdrawn (`/problems/withdrawn`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson,
        (status = 422, description = "Fields are missing, unknown or break a rule, all faults at once (`/problems/invalid`); the words hold personal data (`/problems/personal-data`) or accuse somebody who is pointed out (`/problems/suspicion`): nothing is stored; the place is in no kommun (`/problems/outside`) or in one that takes no reports here (`/problems/inactive`).", body = ProblemDocument, content_type = "application/problem+json"),
        Knows, Acts, Limited, Writes,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn create_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    Visitor(visitor): Visitor,
    language: Language,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    server.limits.take(Lane::Report, visitor)?;
    let new = new_report(body, server.app.now())?;
    let (submitted, receipt) = server.app.submit_report(&actor, new).await?;
    let status = match submitted {
        Submitted::New => StatusCode::CREATED,
        Submitted::Known => StatusCode::OK,
    };
    let location = HeaderValue::from_str(&format!("/api/v1/reports/{}", receipt.report.id)).map_err(|_| Problem::new(Kind::Internal))?;
    let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, headers, axum::Json(ReportReceipt::of(&receipt, language))).into_response())
}

/// Parses the body; every fault at once.
fn new_report(body: Value, now: Timestamp) -> Result<NewReport, Problem> {
    let mut form = Form::new(body)?;
    let id = form.required("id", |form| form.parsed("id", ReportId::from_client));
    let place = place(&mut form);
    let category = form.required("category", |form| form.code("category", Category::ALL, Category::as_str));
    let feeling = form.required("feeling", |form| form.code("feeling", Feeling::ALL, Feeling::as_str));
    if let (Some(category), Some(feeling)) = (category, feeling)
        && category.feeling() != feeling
    {
        form.fault("category", Fault::FeelingMismatch);
    }
    let when = when(&mut form, now);
    let insecurity = form.small("insecurity", 3);
    let risk = form.small("risk", 3);
    let travel_mode = form.code("travel_mode", TravelMode::ALL, TravelMode::as_str);
    let perspectives = form.codes("perspectives", Perspective::ALL, Perspective::as_str).into_iter().map(Perspective::index).collect();
    let avoids = form.code("avoids", Avoids::ALL, Avoids::as_str);
    let note = form.words("note", NOTE_MAX);
    let reporter = form.parsed("reporter", |text| unhex::<16>(text).map(ReporterToken).ok_or(Fault::NotAToken));
    let read = match (id, place, category, feeling) {
        (Some(id), Some(place), Some(category), Some(feeling)) => {
            Some(NewReport { id, place, feeling, category, insecurity, risk, travel_mode, when, perspectives, avoids, note, reporter })
        }
        _ => None,
    };
    form.finish(read)
}

fn form_has_fault(form: &Form, pointer: &str) -> bool {
    form.faults().iter().any(|fault| fault.pointer == pointer)
}

fn place(form: &mut Form) -> Option<Place> {
    let (has_point, has_words) = (form.has("location"), form.has("place_text"));
    let at = form.point("location");
    let accuracy_m = form.number("accuracy_m", 0.0, 1e6);
    let text = form.words("place_text", PLACE_TEXT_MAX);
    let municipality = form.parsed("municipality", |text| MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality));
    match (at, text) {
        (Some(at), text) => {
            if municipality.is_some() {
                form.fault("municipality", Fault::Conflicts("location"));
            }
            Some(Place::Point { at, accuracy_m, text })
        }
        (None, _) if has_point => None,
        (None, Some(text)) => {
            if accuracy_m.is_some() {
                form.fault("accuracy_m", Fault::Needs("location"));
            }
            let municipality = municipality.or_else(|| {
                form.fault("municipality", Fault::Missing);
                None
            })?;
            Some(Place::Words { text, municipality })
        }
        (None, None) => {
            if !has_words || !form_has_fault(form, "/place_text") {
                form.fault("location", Fault::NeedsPlace);
            }
            None
        }
    }
}

fn when(form: &mut Form, now: Timestamp) -> When {
    let both = form.has("occurred_at") && form.has("occurred_on");
    let band_beside = form.has("occurred_at") && form.has("time_band");
    let at = form.instant("occurred_at");
    let on = form.date("occurred_on");
    let band = form.code("time_band", TimeBand::ALL, TimeBand::as_str);
    if both {
        form.fault("occurred_on", Fault::Conflicts("occurred_at"));
    }
    if band_beside {
        form.fault("time_band", Fault::Conflicts("occurred_at"));
    }
    if let Some(at) = at {
        check_time(form, "occurred_at", at, now);
    }
    if let Some(start) = on.and_then(crate::domain::time::start_of_day) {
        check_time(form, "occurred_on", start, now);
    }
    match (at, on, band) {
        (Some(at), ..) => When::At(at),
        (None, Some(date), band) => When::On(date, band),
        (None, None, Some(band)) => When::Band(band),
        (None, None, None) => When::Unknown,
    }
}

fn check_time(form: &mut Form, field: &str, at: Timestamp, now: Timestamp) {
    let age = now.duration_since(at);
    if age < -CLOCK_SLACK {
        form.fault(field, Fault::InTheFuture);
    } else if age > OLDEST {
        form.fault(field, Fault::TooOld);
    }
}

/// Lists reports.
///
/// For those with the right, all that answer the filters, live, newest first; as CSV, whole, when `Accept` asks for `text/csv`. For everybody else
/// those that a moderator has shown, in the geometry of their publication class: the place of a thing, or the square of what was felt, once enough
/// people have told of it; of the filters `municipality`, `bbox` (of what is shown), `group`, `category`, `feeling` and `status`.
#[utoipa::path(
    get, path = "/reports", tag = "reports",
    params(ReportFilters, PageParameters),
    responses(
        (status = 200, description = "A page of reports.", content((ReportList = "application/geo+json"), (String = "text/csv"))),
        (status = 413, description = "More than 100,000 rows of CSV (`/problems/too-large`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, NeedsRight, Reads,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn list_reports(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let mut query = report_query(&mut parameters);
    let reads = query.municipality.map_or_else(|| caller.0.may_somewhere(Act::ReadReports), |code| caller.0.may(Act::ReadReports, code));
    let csv = csv::wants_csv(&headers);
    let drawn = !reads && !csv && parameters.take("polygon").is_some();
    query.polygon = polygon(&mut parameters).await;
    let limit = parameters.parsed("limit", |text| match text.parse::<usize>() {
        Ok(limit) if (1..=PAGE.1).contains(&limit) => Ok(limit),
        _ => Err(Fault::OutOfRange(1.0, PAGE.1 as f64)),
    });
    if !reads && !csv {
        let after = parameters.take("after");
        parameters.finish()?;
        return public_list(&server, &headers, &uri, &query, drawn, (after, limit.unwrap_or(PAGE.0))).await;
    }
    let after = parameters.parsed("after", cursor);
    let actor = caller.who_may(Act::ReadReports)?;
    parameters.finish()?;
    if csv {
        return csv::reports(&server, &actor, &query).await;
    }
    let page = server.app.list_reports(&actor, &query, after, limit.unwrap_or(PAGE.0)).await?;
    let next = page.next.map(|next| next_link(&uri, &format!("{}_{}", next.received, next.id.simple())));
    let members = PageMembers::new(page.total, page.versions.iter().map(|(_, version)| *version).sum(), next);
    let features = page.reports.iter().map(|(report, kommun)| report_feature(report, kommun)).collect();
    Ok(answer::private_geojson(&FeatureCollection::new(members, features)))
}

fn cursor(text: &str) -> Result<Cursor, Fault> {
    let (received, id) = text.split_once('_').ok_or(Fault::Unreadable)?;
    Ok(Cursor { received: received.parse().map_err(|_| Fault::Unreadable)?, id: Uuid::try_parse(id).map_err(|_| Fault::Unreadable)? })
}

/// Reads a report.
///
/// With what happened to it, the status it may take next, and similar open reports within 250 m.
#[utoipa::path(
    get, path = "/reports/{id}", tag = "reports",
    params(ReportPath),
    responses(
        (status = 200, description = "The report.", body = ReportDetailFeature, content_type = "application/geo+json", headers(("ETag" = String, description = "For `If-Match`."))),
        Asks, Knows, Finds, Reads,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn get_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let id = ReportId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    Ok(detail_response(&server.app.look_at_report(&actor, id).await?))
}

fn detail_response(detail: &Detail) -> Response {
    let mut response = answer::private_geojson(&report_detail(detail));
    if let Ok(etag) = HeaderValue::from_str(&etag((detail.report.municipality, detail.report.version))) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}

fn etag((municipality, version): (MunicipalityCode, i64)) -> String {
    format!("\"{municipality}-{version}\"")
}

/// The version that an [`etag`] names; anything else names none.
fn version_of(tag: &str) -> Option<(MunicipalityCode, i64)> {
    let (code, version) = tag.trim().strip_prefix('"')?.strip_suffix('"')?.split_once('-')?;
    let read = (MunicipalityCode::parse(code)?, version.parse().ok()?);
    // A number has many spellings, a tag has one.
    (tag.trim() == etag(read)).then_some(read)
}

/// The versions that `If-Match` names; `*` would be met by any, also one that nobody has read.
fn condition(headers: &HeaderMap) -> Result<Vec<(MunicipalityCode, i64)>, Problem> {
    let tags = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).filter(|tags| tags.trim() != "*");
    let tags = tags.ok_or_else(|| Problem::new(Kind::PreconditionRequired))?;
    Ok(tags.split(',').filter_map(version_of).collect())
}

/// Changes a report.
///
/// Its status, the public answer (`null` or empty words take it back), or the place of one that came in words; only from the version that was
/// read.
#[utoipa::path(
    patch, path = "/reports/{id}", tag = "reports",
    params(ReportPath, IfMatch),
    request_body(content = ReportPatch, example = json!({"status": "planned", "answer": "Lamporna byts i veckan."})),
    responses(
        (status = 200, description = "The report as it is now.", body = ReportDetailFeature, content_type = "application/geo+json", headers(("ETag" = String))),
        (status = 412, description = "Changed by somebody else since it was read (`/problems/stale`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing (`/problems/precondition-required`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, Knows, Acts, Finds, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn patch_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    PathPart(id): PathPart,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let id = ReportId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    if !actor.may_somewhere(Act::ReadReports) {
        return Err(Problem::new(Kind::NotFound));
    }
    let read = condition(&headers)?;
    let mut form = Form::new(body)?;
    let patch = Patch {
        status: form.code("status", Status::ALL, Status::as_str),
        reason: form.code("reason", CloseReason::ALL, CloseReason::as_str),
        answer: form.words_or_none("answer", ANSWER_MAX),
        location: form.point("location"),
        secrecy: form.code("secrecy", Secrecy::ALL, Secrecy::as_str),
    };
    let patch = form.finish(Some(patch))?;
    Ok(detail_response(&server.app.patch_report(&actor, id, &read, patch).await?))
}

/// Says "me too".
///
/// To a report that everybody may see. Saying it twice changes nothing.
#[utoipa::path(
    post, path = "/reports/{id}/support", tag = "reports",
    params(ReportPath),
    request_body(content = Support, example = json!({"reporter": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"})),
    responses((status = 204, description = "Counted."), Asks, TakesJson, Knows, Acts, Finds, Limited, Writes),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn support_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    Visitor(visitor): Visitor,
    PathPart(id): PathPart,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    server.limits.take(Lane::Report, visitor)?;
    let id = ReportId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    let mut form = Form::new(body)?;
    let reporter =
        form.required("reporter", |form| form.parsed("reporter", |text| unhex::<16>(text).map(ReporterToken).ok_or(Fault::NotAToken)));
    let reporter = form.finish(reporter)?;
    server.app.support_report(&actor, id, reporter).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn receipt_of(body: Value) -> Result<String, Problem> {
    let mut form = Form::new(body)?;
    let receipt = form.required("receipt", |form| form.string("receipt"));
    form.finish(receipt)
}

/// Counts a receipt that is none.
fn guessed<T>(server: &Server, visitor: IpAddr, found: Result<T, ReportError>) -> Result<T, Problem> {
    if let Err(ReportError::NotFound) = found {
        // Empty just now or not: the answer to this one is the same.
        let _ = server.limits.take(Lane::Receipt, visitor);
    }
    Ok(found?)
}

/// Reads a receipt.
///
/// What became of the report, and what of it may be seen by others. A `POST`, so that the code stands in no log.
#[utoipa::path(
    post, path = "/receipts", tag = "receipts",
    request_body(content = ReceiptCode, example = json!({"receipt": "7Q2M-0XKD-9T3A-VB51"})),
    responses(
        (status = 200, description = "The report as its sender sees it.", body = ReceiptView),
        (status = 404, description = "No report has this receipt (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, Limited, Reads,
    ),
)]
async fn read_receipt(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    language: Language,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    server.limits.check(Lane::Receipt, visitor)?;
    let receipt = receipt_of(body)?;
    let (report, kommun) = guessed(&server, visitor, server.app.report_of_receipt(&receipt).await)?;
    let answers = server.app.answers(&report).await?;
    Ok(answer::private_json(&ReceiptView::of(&report, answers, &kommun, language)))
}

/// Withdraws a report.
///
/// Its words, place and tokens are gone; only that there was one remains.
#[utoipa::path(
    delete, path = "/receipts", tag = "receipts",
    request_body(content = ReceiptCode, example = json!({"receipt": "7Q2M-0XKD-9T3A-VB51"})),
    responses(
        (status = 204, description = "Withdrawn."),
        (status = 404, description = "No report has this receipt (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, Limited, Writes,
    ),
)]
async fn withdraw_report(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    server.limits.check(Lane::Receipt, visitor)?;
    let receipt = receipt_of(body)?;
    guessed(&server, visitor, server.app.withdraw_by_receipt(&receipt).await)?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().expect("a time")
    }

    fn faults(body: Value) -> Vec<(String, &'static str)> {
        new_report(body, now()).expect_err("refused").faults.into_iter().map(|fault| (fault.pointer, fault.fault.code())).collect()
    }

    #[test]
    fn all_faults_come_at_once_each_at_its_field() {
        let found = faults(json!({
            "id": "1", "location": {"type": "Point", "coordinates": [0, 0]}, "category": "gloomy", "insecurity": 4, "perspectives": ["woman", 7],
            "occurred_at": "2027-01-01T00:00:00Z", "surprise": true, "reporter": "xyz",
        }));
        let pointers: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
        for pointer in
            ["/id", "/location", "/category", "/feeling", "/insecurity", "/perspectives/1", "/occurred_at", "/surprise", "/reporter"]
        {
            assert!(pointers.contains(&pointer), "{pointer} is missing in {pointers:?}");
        }
    }

    #[test]
    fn words_alone_need_their_kommun_and_a_point_brings_its_own() {
        let base = json!({"id": "6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10", "category": "dark", "feeling": "unsafe"});
        let with = |more: Value| {
            let mut body = base.clone();
            body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            body
        };
        assert_eq!(faults(base.clone()), [("/location".to_owned(), "needs_place")]);
        assert_eq!(faults(with(json!({"place_text": "tunneln"}))), [("/municipality".to_owned(), "missing")]);
        assert!(new_report(with(json!({"place_text": "tunneln", "municipality": "1060"})), now()).is_ok());
        assert_eq!(faults(with(json!({"category": "lively"}))).first().map(|fault| fault.1), Some("needs_place"));
    }
}
