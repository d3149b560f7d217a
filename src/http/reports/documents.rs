//! A report as it is written: to its sender, by its receipt, and to planners.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::published::{SimilarReport as Similar, is_public};
use crate::app::registry::Kommun;
use crate::app::reports::{Answer, Detail, Receipt, areas_of, publishes_cell};
use crate::app::same_place::SharedPlace;
use crate::domain::agreement::FocusArea;
use crate::domain::codes::{Avoids, CloseReason, Perspective, TimeBand, TravelMode};
use crate::domain::moderation::{Moderation, ModerationReason};
use crate::domain::report::{Report, When};
use crate::geo::grid::Grid;
use crate::http::geojson::{Feature, FeatureCollection, Members, Point, Polygon, Subject};
use crate::http::openapi::codes;
use crate::http::problem::Language;

/// A report in a list.
pub(super) type ReportFeature = Feature<ReportProperties>;
/// A page of reports.
pub(super) type ReportPage = FeatureCollection<ReportProperties, PageMembers>;
/// A report with what surrounds it.
pub(super) type ReportDetailFeature = Feature<ReportDetail>;

/// What the sender of a report gets back.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportReceipt {
    #[schema(format = Uuid)]
    id: String,
    /// A random name one can say on the phone.
    #[schema(examples("4H7K-M2QX"))]
    reference: String,
    /// By which the sender finds it again; a secret.
    #[schema(examples("7Q2M-0XKD-9T3A-VB51"))]
    receipt: String,
    municipality: ReportMunicipality,
    /// The focus areas that cover it; perhaps none.
    focus_areas: Vec<FocusAreaLink>,
    #[schema(value_type = codes::Light)]
    light: &'static str,
    /// The square by which it may at most appear; `null` for what is only ever counted.
    #[schema(required)]
    published: Option<Polygon>,
    #[schema(value_type = codes::Status)]
    status: &'static str,
    /// Similar open reports near it that the sender may see, nearest first.
    #[schema(max_items = 5)]
    similar: Vec<SimilarReport>,
}

/// The kommun of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportMunicipality {
    /// Four digits.
    #[schema(pattern = "^[0-9]{4}$")]
    code: String,
    /// Its name.
    name: String,
    /// Whether it is beyond doubt: near a border it may be the neighbour.
    certain: bool,
}

/// A focus area by name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FocusAreaLink {
    #[schema(format = Uuid)]
    id: String,
    /// As written in the agreement, or its translation, by `Accept-Language`.
    title: String,
}

/// A similar open report: of the same category, within 250 m.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SimilarReport {
    #[schema(format = Uuid)]
    id: String,
    #[schema(value_type = codes::Category)]
    category: &'static str,
    #[schema(required, value_type = Option<codes::Status>)]
    status: Option<&'static str>,
    /// How far, metres; absent of one that is only somewhere in the same square.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    distance_m: Option<f64>,
}

/// A report as its sender sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReceiptView {
    #[schema(format = Uuid)]
    id: String,
    /// A random name one can say on the phone.
    reference: String,
    municipality: ReportMunicipality,
    #[schema(format = DateTime)]
    received_at: String,
    #[schema(value_type = codes::Category)]
    category: &'static str,
    #[schema(value_type = codes::Group)]
    group: &'static str,
    #[schema(value_type = codes::Feeling)]
    feeling: &'static str,
    #[schema(value_type = codes::Light)]
    light: &'static str,
    #[schema(value_type = codes::Status)]
    status: &'static str,
    /// Why it was closed.
    #[schema(required, value_type = Option<codes::CloseReason>)]
    status_reason: Option<&'static str>,
    /// What was answered, to it or to another report of the same place.
    answers: Vec<PublicAnswer>,
    /// What of it may be seen by others.
    public: Publication,
    /// The focus areas that cover it; perhaps none.
    focus_areas: Vec<FocusAreaLink>,
    /// Whether it is on the map.
    placed: bool,
}

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PublicAnswer {
    /// When.
    #[schema(required, format = DateTime)]
    at: Option<String>,
    /// In words.
    text: String,
}

/// What of a report may be seen by others.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Publication {
    #[schema(value_type = codes::PublicationClass)]
    class: &'static str,
    /// The square by which it may at most appear; `null` for what is only ever counted, or has no place.
    #[schema(required)]
    area: Option<Polygon>,
    /// What the moderators have decided; one that is held reads as waiting.
    #[schema(value_type = codes::Moderation)]
    moderation: &'static str,
    /// Why it was rejected.
    #[schema(required, value_type = Option<codes::ModerationReason>)]
    reason: Option<&'static str>,
    /// Whether everybody can see it now, as its class allows.
    shown: bool,
    /// The words that everybody may read.
    #[schema(required)]
    words: Option<String>,
}

/// A report as planners see it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportProperties {
    /// A random name one can say on the phone.
    reference: String,
    #[schema(pattern = "^[0-9]{4}$")]
    municipality: String,
    #[schema(format = DateTime)]
    received_at: String,
    /// When it happened, if the moment is known.
    #[schema(required, format = DateTime)]
    occurred_at: Option<String>,
    /// The day, if only that is known.
    #[schema(required, format = Date)]
    occurred_on: Option<String>,
    #[schema(required, value_type = Option<codes::TimeBand>)]
    time_band: Option<&'static str>,
    #[schema(value_type = codes::Light)]
    light: &'static str,
    #[schema(value_type = codes::Category)]
    category: &'static str,
    #[schema(value_type = codes::Group)]
    group: &'static str,
    #[schema(value_type = codes::Feeling)]
    feeling: &'static str,
    /// How it feels, 0–3.
    #[schema(required, maximum = 3)]
    insecurity: Option<u8>,
    /// What could happen, 0–3.
    #[schema(required, maximum = 3)]
    risk: Option<u8>,
    #[schema(required, value_type = Option<codes::TravelMode>)]
    travel_mode: Option<&'static str>,
    #[schema(value_type = Vec<codes::Perspective>)]
    perspectives: Vec<&'static str>,
    #[schema(required, value_type = Option<codes::Avoids>)]
    avoids: Option<&'static str>,
    /// Own words.
    #[schema(required)]
    note: Option<String>,
    /// The place in words.
    #[schema(required)]
    place_text: Option<String>,
    /// The device's accuracy, metres.
    #[schema(required, minimum = 0)]
    accuracy_m: Option<f64>,
    /// Whether the kommun is beyond doubt.
    certain: bool,
    #[schema(value_type = codes::Status)]
    status: &'static str,
    /// Why it was closed.
    #[schema(required, value_type = Option<codes::CloseReason>)]
    status_reason: Option<&'static str>,
    /// The public answer.
    #[schema(required)]
    answer: Option<String>,
    #[schema(required, format = DateTime)]
    answered_at: Option<String>,
    /// `resident`, or the name of an import.
    source: String,
    /// Whom it is for.
    #[schema(value_type = codes::Secrecy)]
    secrecy: &'static str,
    /// What the moderators have decided.
    #[schema(value_type = codes::Moderation)]
    moderation: &'static str,
    /// Why it is held or rejected.
    #[schema(required, value_type = Option<codes::ModerationReason>)]
    moderation_reason: Option<&'static str>,
    /// The words that everybody may read.
    #[schema(required)]
    public_words: Option<String>,
    /// Whether everybody can see it now, as its category's class allows.
    public: bool,
    /// Ids of the focus areas that cover it.
    #[schema(value_type = Vec<uuid::Uuid>)]
    focus_areas: Vec<String>,
    /// Version of the kommun when the report last changed.
    version: i64,
}

/// A report with what surrounds it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportDetail {
    #[serde(flatten)]
    known: ReportProperties,
    /// How many said "me too".
    supporters: i64,
    /// The place it shares with other reports.
    #[schema(required)]
    place: Option<SharedPlaceView>,
    /// Similar open reports near it, nearest first.
    #[schema(max_items = 5)]
    similar: Vec<SimilarReport>,
    /// What happened to it, in order.
    history: Vec<ReportChange>,
    /// The status it may take next.
    transitions: Vec<Transition>,
}

/// A row of the change log.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportChange {
    /// Version of the kommun.
    version: i64,
    #[schema(format = DateTime)]
    at: String,
    /// Who, as a role.
    actor: String,
    /// What was done.
    kind: String,
    /// Names of fields and values that are not personal.
    #[schema(value_type = Object)]
    facts: Value,
}

/// A status a report may take, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Transition {
    #[schema(value_type = codes::Status)]
    status: &'static str,
    /// One of these is needed; empty where none is.
    #[schema(value_type = Vec<codes::CloseReason>)]
    reasons: Vec<&'static str>,
}

/// A page of reports, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PageMembers {
    /// How many answer the filters in all.
    total: usize,
    /// Version of the kommun, or the sum of several.
    version: i64,
    /// The next page.
    #[schema(required)]
    next: Option<String>,
}

impl PageMembers {
    /// Of a live page.
    pub(super) const fn new(total: usize, version: i64, next: Option<String>) -> Self {
        Self { total, version, next }
    }
}

impl Subject for ReportProperties {
    const FEATURE: &'static str = "ReportFeature";
    type Geometry = Option<Point>;
}

impl Subject for ReportDetail {
    const FEATURE: &'static str = "ReportDetailFeature";
    type Geometry = Option<Point>;
}

impl Members for PageMembers {
    const COLLECTION: &'static str = "ReportPage";
}

impl ReportReceipt {
    /// For the sender.
    pub(super) fn of(receipt: &Receipt, language: Language) -> Self {
        let report = &receipt.report;
        Self {
            id: report.id.to_string(),
            reference: report.reference.clone(),
            receipt: receipt.receipt.clone(),
            municipality: ReportMunicipality::of(report, &receipt.kommun),
            focus_areas: links(report, &receipt.kommun, language),
            light: report.light.as_str(),
            published: published(report, &receipt.kommun),
            status: report.status.as_str(),
            similar: receipt.similar.iter().map(SimilarReport::of).collect(),
        }
    }
}

impl ReceiptView {
    /// By receipt.
    pub(super) fn of(report: &Report, answers: Vec<Answer>, kommun: &Kommun, language: Language) -> Self {
        Self {
            id: report.id.to_string(),
            reference: report.reference.clone(),
            municipality: ReportMunicipality::of(report, kommun),
            received_at: report.received_at.to_string(),
            category: report.category.as_str(),
            group: report.category.group().as_str(),
            feeling: report.feeling.as_str(),
            light: report.light.as_str(),
            status: report.status.as_str(),
            status_reason: report.status_reason.map(CloseReason::as_str),
            answers: answers.into_iter().map(|Answer { at, text }| PublicAnswer { at: at.map(|at| at.to_string()), text }).collect(),
            public: Publication::of(report, kommun),
            focus_areas: links(report, kommun, language),
            placed: report.at.is_some(),
        }
    }
}

impl ReportMunicipality {
    fn of(report: &Report, kommun: &Kommun) -> Self {
        Self { code: report.municipality.to_string(), name: kommun.municipality.name.clone(), certain: report.certain }
    }
}

impl SimilarReport {
    pub(super) fn of(near: &Similar) -> Self {
        Self {
            id: near.id.hyphenated().to_string(),
            category: near.category.as_str(),
            status: Some(near.status.as_str()),
            distance_m: near.distance_m.map(|metres| (metres * 10.0).round() / 10.0),
        }
    }
}

/// What several reports are of.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SharedPlaceView {
    #[schema(format = Uuid)]
    id: String,
    /// Its reports, the oldest first.
    #[schema(value_type = Vec<uuid::Uuid>)]
    reports: Vec<String>,
    /// How many people have told of it, in a report or by "me too".
    people: i64,
}

impl SharedPlaceView {
    pub(super) fn of(place: &SharedPlace) -> Self {
        let reports = place.reports.iter().map(|id| id.hyphenated().to_string()).collect();
        Self { id: place.id.hyphenated().to_string(), reports, people: place.people }
    }
}

impl Publication {
    fn of(report: &Report, kommun: &Kommun) -> Self {
        let review = &report.review;
        let state = if review.state == Moderation::Held { Moderation::Waiting } else { review.state };
        Self {
            class: report.category.publication_class().as_str(),
            area: published(report, kommun),
            moderation: state.as_str(),
            reason: review.reason.filter(|_| state == Moderation::Rejected).map(ModerationReason::as_str),
            shown: is_public(report),
            words: review.words.clone(),
        }
    }
}

fn links(report: &Report, kommun: &Kommun, language: Language) -> Vec<FocusAreaLink> {
    let link = |area: &&FocusArea| FocusAreaLink { id: area.id.to_string(), title: language.of(&area.title).to_owned() };
    areas_of(kommun, report).iter().map(link).collect()
}

/// The square by which a report may at most appear: 250 m, none for what is only ever counted.
fn published(report: &Report, kommun: &Kommun) -> Option<Polygon> {
    let at = report.at.filter(|_| publishes_cell(report.category))?;
    let grid = Grid::square(250.0)?;
    let (x, y) = kommun.crs.forward(at.lon(), at.lat())?;
    grid.ring(grid.cell(x, y, at.lon(), at.lat()), kommun.crs).map(Polygon::new)
}

/// A report in a list.
pub(super) fn report_feature(report: &Report, kommun: &Kommun) -> ReportFeature {
    Feature::new(report.id.to_string(), report.at.map(|at| Point::new(at.lon(), at.lat())), properties(report, kommun))
}

/// A report with what surrounds it.
pub(super) fn report_detail(detail: &Detail) -> ReportDetailFeature {
    let report = &detail.report;
    let history = detail.history.iter().map(|change| ReportChange {
        version: change.version,
        at: Timestamp::from_microsecond(change.at).unwrap_or(Timestamp::MIN).to_string(),
        actor: change.actor.clone(),
        kind: change.kind.clone(),
        facts: serde_json::from_str(&change.facts).unwrap_or_default(),
    });
    let transitions = report
        .status
        .next()
        .iter()
        .map(|status| Transition { status: status.as_str(), reasons: status.reasons().iter().map(|reason| reason.as_str()).collect() });
    let properties = ReportDetail {
        known: properties(report, &detail.kommun),
        supporters: detail.supporters,
        place: detail.place.as_ref().map(SharedPlaceView::of),
        similar: detail.similar.iter().map(Similar::of).map(|near| SimilarReport::of(&near)).collect(),
        history: history.collect(),
        transitions: transitions.collect(),
    };
    Feature::new(report.id.to_string(), report.at.map(|at| Point::new(at.lon(), at.lat())), properties)
}

fn properties(report: &Report, kommun: &Kommun) -> ReportProperties {
    let on = match report.when {
        When::On(date, _) => Some(date.to_string()),
        _ => None,
    };
    ReportProperties {
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
        secrecy: report.secrecy.as_str(),
        moderation: report.review.state.as_str(),
        moderation_reason: report.review.reason.map(ModerationReason::as_str),
        public_words: report.review.words.clone(),
        public: is_public(report),
        focus_areas: areas_of(kommun, report).iter().map(|area| area.id.to_string()).collect(),
        version: report.version,
    }
}
