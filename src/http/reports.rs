//! Reports on the wire: sending, listing, reading, answering, supporting, and the receipt.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::extract::{Caller, JsonBody, Parameters, Visitor};
use super::form::Form;
use super::geojson::{Feature, FeatureCollection, Geometry};
use super::limits::Lane;
use super::problem::{Kind, Problem};
use super::query::report_query;
use super::{Server, answer, csv};
use crate::app::keys::unhex;
use crate::app::registry::Kommun;
use crate::app::reports::{Cursor, Detail, Patch, Receipt, Submitted, areas_of, publishes_cell};
use crate::domain::codes::{Avoids, Category, CloseReason, Feeling, Perspective, Status, TimeBand, TravelMode};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::invalid::Fault;
use crate::domain::report::{NewReport, Place, Report, ReporterToken, When};
use crate::domain::text::{ANSWER_MAX, NOTE_MAX, PLACE_TEXT_MAX};
use crate::geo::grid::Grid;

/// Reports on a page unless asked otherwise, and at most.
const PAGE: (usize, usize) = (100, 1_000);
/// A phone's clock may be this far ahead.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(10);
/// What happened longer ago than this is history, not a report.
const OLDEST: SignedDuration = SignedDuration::from_hours(20 * 366 * 24);

/// The routes of this file.
pub fn routes() -> Router<Server> {
    Router::new()
        .route("/reports", post(create_report).get(list_reports))
        .route("/reports/{id}", get(get_report).patch(patch_report))
        .route("/reports/{id}/support", post(support_report))
        .route("/receipts", post(read_receipt).delete(withdraw_by_receipt))
}

/// Takes a report; a repeat of the same id and content answers 200 with the same receipt.
async fn create_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    Visitor(visitor): Visitor,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    server.limits.check(Lane::Report, visitor)?;
    let new = new_report(body, server.app.now())?;
    let (submitted, receipt) = server.app.submit_report(&actor, new).await?;
    let status = match submitted {
        Submitted::New => StatusCode::CREATED,
        Submitted::Known => StatusCode::OK,
    };
    let location = HeaderValue::from_str(&format!("/api/v1/reports/{}", receipt.report.id)).map_err(|_| Problem::new(Kind::Internal))?;
    let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, headers, axum::Json(receipt_document(&receipt))).into_response())
}

/// Parses the body; every fault at once.
fn new_report(body: Value, now: Timestamp) -> Result<NewReport, Problem> {
    let mut form = Form::new(body)?;
    let id = required(&mut form, "id", |form| form.parsed("id", ReportId::from_client));
    let place = place(&mut form);
    let category = required(&mut form, "category", |form| form.code("category", Category::ALL, Category::as_str));
    let feeling = required(&mut form, "feeling", |form| form.code("feeling", Feeling::ALL, Feeling::as_str));
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

/// A field that must be there: absent is a fault, unreadable already is one.
fn required<T>(form: &mut Form, field: &str, read: impl FnOnce(&mut Form) -> Option<T>) -> Option<T> {
    if form.has(field) {
        return read(form);
    }
    form.fault(field, Fault::Missing);
    None
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

fn receipt_document(receipt: &Receipt) -> Value {
    let report = &receipt.report;
    let areas: Vec<Value> =
        areas_of(&receipt.kommun, report).iter().map(|area| json!({"id": area.id.to_string(), "title": area.title.sv})).collect();
    json!({
        "id": report.id.to_string(),
        "reference": report.reference,
        "receipt": receipt.receipt,
        "municipality": {"code": report.municipality.as_str(), "name": receipt.kommun.municipality.name, "certain": report.certain},
        "focus_areas": areas,
        "light": report.light.as_str(),
        "published": published(&receipt.kommun, report),
        "status": report.status.as_str(),
        "similar": similar(&receipt.similar),
    })
}

/// The square by which a report may at most appear: 250 m, none for what is only ever counted.
fn published(kommun: &Kommun, report: &Report) -> Option<Geometry> {
    let at = report.at.filter(|_| publishes_cell(report.category))?;
    let grid = Grid::square(250.0)?;
    let (x, y) = kommun.crs.forward(at.lon(), at.lat())?;
    grid.ring(grid.cell(x, y, at.lon(), at.lat()), kommun.crs).map(Geometry::polygon)
}

fn similar(near: &[crate::geo::index::Near]) -> Value {
    near.iter()
        .map(|near| {
            let status = Status::from_index(usize::from(near.entry.status)).map(Status::as_str);
            json!({
                "id": near.entry.id.hyphenated().to_string(),
                "category": near.entry.category().as_str(),
                "status": status,
                "distance_m": (near.distance_m * 10.0).round() / 10.0,
            })
        })
        .collect()
}

/// A report as its planners see it.
#[derive(Debug, Serialize)]
pub struct ReportProperties {
    reference: String,
    municipality: String,
    received_at: String,
    occurred_at: Option<String>,
    occurred_on: Option<String>,
    time_band: Option<&'static str>,
    light: &'static str,
    category: &'static str,
    group: &'static str,
    feeling: &'static str,
    insecurity: Option<u8>,
    risk: Option<u8>,
    travel_mode: Option<&'static str>,
    perspectives: Vec<&'static str>,
    avoids: Option<&'static str>,
    note: Option<String>,
    place_text: Option<String>,
    accuracy_m: Option<f64>,
    certain: bool,
    status: &'static str,
    status_reason: Option<&'static str>,
    answer: Option<String>,
    answered_at: Option<String>,
    source: String,
    focus_areas: Vec<String>,
    version: i64,
    #[serde(flatten)]
    detail: Option<DetailProperties>,
}

/// What only the page of one report shows.
#[derive(Debug, Serialize)]
struct DetailProperties {
    supporters: i64,
    similar: Value,
    history: Value,
    transitions: Value,
}

/// A report as a Feature.
pub fn report_feature(report: &Report, kommun: &Kommun) -> Feature<ReportProperties> {
    let on = match report.when {
        When::On(date, _) => Some(date.to_string()),
        _ => None,
    };
    let properties = ReportProperties {
        reference: report.reference.clone(),
        municipality: report.municipality.to_string(),
        received_at: report.received_at.to_string(),
        occurred_at: report.when.instant().map(|at| at.to_string()),
        occurred_on: on,
        time_band: report.when.band().map(TimeBand::as_str),
        light: report.light.as_str(),
        category: report.category.as_str(),
        group: report.category.group().as_str(),
        feeling: report.feeling.as_str(),
        insecurity: report.insecurity,
        risk: report.risk,
        travel_mode: report.travel_mode.map(TravelMode::as_str),
        perspectives: Perspective::ALL.iter().filter(|p| report.perspectives.contains(p.index())).map(|p| p.as_str()).collect(),
        avoids: report.avoids.map(Avoids::as_str),
        note: report.note.clone(),
        place_text: report.place_text.clone(),
        accuracy_m: report.accuracy_m,
        certain: report.certain,
        status: report.status.as_str(),
        status_reason: report.status_reason.map(CloseReason::as_str),
        answer: report.answer.clone(),
        answered_at: report.answered_at.map(|at| at.to_string()),
        source: report.source.clone(),
        focus_areas: areas_of(kommun, report).iter().map(|area| area.id.to_string()).collect(),
        version: report.version,
        detail: None,
    };
    Feature::new(report.id.to_string(), report.at.map(|at| Geometry::point(at.lon(), at.lat())), properties)
}

/// The members beside a list of reports.
#[derive(Debug, Serialize)]
struct PageMembers {
    total: usize,
    version: i64,
    next: Option<String>,
}

/// Reports that answer the filters, newest first; as CSV when that is what is accepted.
async fn list_reports(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let query = report_query(&mut parameters);
    let limit = parameters.parsed("limit", |text| match text.parse::<usize>() {
        Ok(limit) if (1..=PAGE.1).contains(&limit) => Ok(limit),
        _ => Err(Fault::OutOfRange(1.0, PAGE.1 as f64)),
    });
    let after = parameters.parsed("after", cursor);
    parameters.finish()?;
    let actor = caller.planner()?;
    if wants_csv(&headers) {
        return csv::reports(&server, &actor, &query).await;
    }
    let page = server.app.list_reports(&actor, &query, after, limit.unwrap_or(PAGE.0)).await?;
    let members = PageMembers {
        total: page.total,
        version: page.versions.iter().map(|(_, version)| *version).sum(),
        next: page.next.map(|next| next_link(&uri, next)),
    };
    let features = page.reports.iter().map(|(report, kommun)| report_feature(report, kommun)).collect();
    Ok(answer::private_geojson(&FeatureCollection::new(members, features)))
}

fn wants_csv(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.split(',').any(|kind| kind.trim().starts_with("text/csv")))
}

fn cursor(text: &str) -> Result<Cursor, Fault> {
    let (received, id) = text.split_once('_').ok_or(Fault::Unreadable)?;
    Ok(Cursor { received: received.parse().map_err(|_| Fault::Unreadable)?, id: Uuid::try_parse(id).map_err(|_| Fault::Unreadable)? })
}

fn next_link(uri: &axum::http::Uri, next: Cursor) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        if name != "after" {
            query.append_pair(&name, &value);
        }
    }
    query.append_pair("after", &format!("{}_{}", next.received, next.id.simple()));
    format!("/api/v1/reports?{}", query.finish())
}

async fn get_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let id = ReportId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    Ok(detail_response(server.app.report_detail(&actor, id).await?))
}

fn detail_response(detail: Detail) -> Response {
    let mut feature = report_feature(&detail.report, &detail.kommun);
    let history = detail
        .history
        .iter()
        .map(|change| {
            let facts: Value = serde_json::from_str(&change.facts).unwrap_or_default();
            let at = Timestamp::from_microsecond(change.at).map(|at| at.to_string()).ok();
            json!({"version": change.version, "at": at, "actor": change.actor, "kind": change.kind, "facts": facts})
        })
        .collect();
    let transitions = detail
        .report
        .status
        .next()
        .iter()
        .map(|status| json!({"status": status.as_str(), "reasons": status.reasons().iter().map(|reason| reason.as_str()).collect::<Vec<_>>()}))
        .collect();
    feature.properties.detail =
        Some(DetailProperties { supporters: detail.supporters, similar: similar(&detail.similar), history, transitions });
    let mut response = answer::private_geojson(&feature);
    if let Ok(etag) = HeaderValue::from_str(&etag(&detail.report)) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}

fn etag(report: &Report) -> String {
    format!("\"{}-{}\"", report.municipality, report.version)
}

async fn patch_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let id = ReportId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    if !actor.may_plan_everywhere() {
        return Err(Problem::new(Kind::NotFound));
    }
    let Some(condition) = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()) else {
        return Err(Problem::new(Kind::PreconditionRequired));
    };
    let version =
        condition.trim_matches('"').rsplit('-').next().and_then(|version| version.parse().ok()).ok_or_else(|| Problem::new(Kind::Stale))?;
    let mut form = Form::new(body)?;
    let patch = Patch {
        status: form.code("status", Status::ALL, Status::as_str),
        reason: form.code("reason", CloseReason::ALL, CloseReason::as_str),
        answer: form.words("answer", ANSWER_MAX),
        location: form.point("location"),
    };
    let patch = form.finish(Some(patch))?;
    Ok(detail_response(server.app.patch_report(&actor, id, version, patch).await?))
}

async fn support_report(
    State(server): State<Server>,
    Caller(actor): Caller,
    Visitor(visitor): Visitor,
    Path(id): Path<String>,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    server.limits.check(Lane::Report, visitor)?;
    let id = ReportId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    let mut form = Form::new(body)?;
    let reporter = required(&mut form, "reporter", |form| {
        form.parsed("reporter", |text| unhex::<16>(text).map(ReporterToken).ok_or(Fault::NotAToken))
    });
    let reporter = form.finish(reporter)?;
    server.app.support_report(&actor, id, reporter).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn receipt_of(body: Value) -> Result<String, Problem> {
    let mut form = Form::new(body)?;
    let receipt = required(&mut form, "receipt", |form| form.string("receipt"));
    form.finish(receipt)
}

async fn read_receipt(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    server.limits.check(Lane::Receipt, visitor)?;
    let (report, kommun) = server.app.report_of_receipt(&receipt_of(body)?).await?;
    let answers: Vec<Value> = report
        .answer
        .iter()
        .map(|text| json!({"at": report.answered_at.map(|at| at.to_string()), "text": text, "status": report.status.as_str()}))
        .collect();
    let areas: Vec<Value> =
        areas_of(&kommun, &report).iter().map(|area| json!({"id": area.id.to_string(), "title": area.title.sv})).collect();
    let document = json!({
        "id": report.id.to_string(),
        "reference": report.reference,
        "municipality": {"code": report.municipality.as_str(), "name": kommun.municipality.name, "certain": report.certain},
        "received_at": report.received_at.to_string(),
        "category": report.category.as_str(),
        "group": report.category.group().as_str(),
        "feeling": report.feeling.as_str(),
        "light": report.light.as_str(),
        "status": report.status.as_str(),
        "status_reason": report.status_reason.map(CloseReason::as_str),
        "answers": answers,
        "public": {"class": report.category.publication_class().as_str(), "area": published(&kommun, &report)},
        "focus_areas": areas,
        "placed": report.at.is_some(),
    });
    Ok(answer::private_json(&document))
}

async fn withdraw_by_receipt(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    server.limits.check(Lane::Receipt, visitor)?;
    server.app.withdraw_by_receipt(&receipt_of(body)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
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
