//! The reports everybody may see, and those near a place.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::documents::{ReportPage, SimilarReport};
use crate::app::published::{PublicQuery, PublicReport as Seen, Shown};
use crate::app::query::ReportQuery;
use crate::domain::codes::{Category, Status};
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::position::Position;
use crate::domain::time::Quarter;
use crate::http::Server;
use crate::http::answer;
use crate::http::extract::Parameters;
use crate::http::form::one_of;
use crate::http::geojson::{Feature, FeatureCollection, Members, Point, Polygon, PublicPlace, Subject};
use crate::http::openapi::answers::{Asks, Reads};
use crate::http::openapi::codes;
use crate::http::openapi::parameters::NearParameters;
use crate::http::problem::{Kind, Problem};
use crate::http::query::{decimal, next_link};

/// A page of public reports.
pub(super) type PublicReportPage = FeatureCollection<PublicReport, PublicPageMembers>;

/// What `GET /reports` answers: live to those with the right, else what a moderator has shown.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "a description of two answers, each of which is written by itself")]
pub(super) enum ReportList {
    /// Live.
    Live(ReportPage),
    /// For everybody.
    Public(PublicReportPage),
}

/// A report as everybody may see it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PublicReport {
    #[schema(pattern = "^[0-9]{4}$")]
    municipality: String,
    /// The quarter in which it was received; nothing finer is told.
    #[schema(pattern = "^[0-9]{4}-Q[1-4]$")]
    period: String,
    #[schema(value_type = codes::Category)]
    category: &'static str,
    #[schema(value_type = codes::Group)]
    group: &'static str,
    #[schema(value_type = codes::Feeling)]
    feeling: &'static str,
    #[schema(value_type = codes::PublicationClass)]
    class: &'static str,
    #[schema(value_type = codes::Status)]
    status: &'static str,
    /// The words a moderator has approved.
    #[schema(required)]
    words: Option<String>,
    /// The public answer.
    #[schema(required)]
    answer: Option<String>,
}

/// A page of public reports, the newest quarter first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PublicPageMembers {
    /// How many answer the filters in all.
    total: usize,
    /// The next page.
    #[schema(required)]
    next: Option<String>,
}

impl Subject for PublicReport {
    const FEATURE: &'static str = "PublicReportFeature";
    type Geometry = PublicPlace;
}

impl Members for PublicPageMembers {
    const COLLECTION: &'static str = "PublicReportPage";
}

/// What is near a place.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SimilarReports {
    /// Nearest first.
    #[schema(max_items = 5)]
    similar: Vec<SimilarReport>,
}

/// What everybody may see of a question; filters that would act on what is hidden are refused.
pub(super) async fn public_list(
    server: &Server,
    headers: &HeaderMap,
    uri: &axum::http::Uri,
    query: &ReportQuery,
    drawn: bool,
    (after, limit): (Option<String>, usize),
) -> Result<Response, Problem> {
    let hidden = [
        ("?from", query.from.is_some()),
        ("?to", query.to.is_some()),
        ("?hour", query.hours.is_some()),
        ("?weekday", query.weekdays.is_some()),
        ("?month", query.months.is_some()),
        ("?light", query.light.is_some()),
        ("?time_band", query.time_bands.is_some()),
        ("?travel_mode", query.travel_modes.is_some()),
        ("?perspective", query.perspectives.is_some()),
        ("?insecurity_min", query.insecurity_min.is_some()),
        ("?focus_area", !query.focus_areas.is_empty()),
        ("?polygon", drawn),
        ("?cell", query.cell.is_some()),
        ("?source", !query.sources.is_empty()),
        ("?since", query.since.is_some()),
    ];
    let faults: Vec<FieldFault> =
        hidden.into_iter().filter(|(_, asked)| *asked).map(|(name, _)| FieldFault::at(name, Fault::NotReleased)).collect();
    if !faults.is_empty() {
        return Err(Problem { faults, ..Problem::new(Kind::NotPublic) });
    }
    let after = after
        .map(|text| cursor(&text).ok_or_else(|| Problem::parameters(vec![FieldFault::at("?after", Fault::Unreadable)])))
        .transpose()?;
    let asked = PublicQuery {
        municipality: query.municipality,
        bbox: query.bbox,
        groups: query.groups.clone(),
        categories: query.categories.clone(),
        feeling: query.feeling,
        statuses: query
            .statuses
            .map_or_else(Vec::new, |bits| Status::ALL.iter().copied().filter(|status| bits.contains(status.index())).collect()),
    };
    let (reports, total, more) = server.app.public_reports(&asked, after.as_ref(), limit).await?;
    let next = reports.last().filter(|_| more).map(|last| next_link(uri, &format!("{}_{}", last.period, last.id.simple())));
    let page = PublicReportPage::new(PublicPageMembers { total, next }, reports.into_iter().map(feature).collect());
    answer::public_geojson_tagged(headers, &page)
}

fn cursor(text: &str) -> Option<(String, Uuid)> {
    let (period, id) = text.split_once('_')?;
    Some((Quarter::parse(period)?.to_string(), Uuid::try_parse(id).ok()?))
}

fn feature(report: Seen) -> Feature<PublicReport> {
    let place = match report.shown {
        Shown::At(at) => PublicPlace::At(Point::new(at.lon(), at.lat())),
        Shown::Within(ring) => PublicPlace::Within(Polygon::new(ring)),
    };
    let properties = PublicReport {
        municipality: report.municipality.to_string(),
        period: report.period,
        category: report.category.as_str(),
        group: report.category.group().as_str(),
        feeling: report.category.feeling().as_str(),
        class: report.category.publication_class().as_str(),
        status: report.status.as_str(),
        words: report.words,
        answer: report.answer,
    };
    Feature::new(report.id.hyphenated().to_string(), place, properties)
}

/// Finds similar reports.
///
/// Open ones of the same category that everybody may see, near a place: so that one can say "me too" instead of telling it again.
#[utoipa::path(
    get, path = "/similar", tag = "reports",
    params(NearParameters),
    responses((status = 200, description = "Nearest first.", body = SimilarReports), Asks, Reads),
)]
pub(super) async fn list_similar(State(server): State<Server>, mut parameters: Parameters) -> Result<Response, Problem> {
    let lon = parameters.parsed("lon", |text| decimal(text, -180.0, 180.0));
    let lat = parameters.parsed("lat", |text| decimal(text, -90.0, 90.0));
    let category = parameters.parsed("category", |text| one_of(text, Category::ALL, Category::as_str));
    for (name, given) in [("lon", lon.is_some()), ("lat", lat.is_some()), ("category", category.is_some())] {
        if !given && !parameters.is_faulty(name) {
            parameters.fault(name, Fault::Missing);
        }
    }
    parameters.finish()?;
    let (Some(lon), Some(lat), Some(category)) = (lon, lat, category) else {
        return Err(Problem::parameters(vec![FieldFault::at("?lon", Fault::Missing)]));
    };
    let at = Position::new(lon, lat).map_err(|fault| Problem::parameters(vec![FieldFault::at("?lat", fault)]))?;
    let similar = server.app.public_similar(at, category, None).await?;
    Ok(answer::public_json(&SimilarReports { similar: similar.iter().map(SimilarReport::of).collect() }))
}
