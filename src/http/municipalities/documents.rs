//! What is told of a kommun: its outline, agreements, focus areas and releases.

use geo::{BoundingRect, Centroid};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::app::registry::Kommun;
use crate::db::releases::ReleaseHead;
use crate::domain::agreement::{self, Scope};
use crate::domain::codes::Category;
use crate::domain::municipality;
use crate::http::geojson::{Feature, FeatureCollection, Members, Outline, Subject};
use crate::http::openapi::codes;

/// A kommun in a list.
pub(super) type MunicipalityFeature<'a> = Feature<MunicipalityProperties<'a>>;
/// Kommuner.
pub(super) type Municipalities<'a> = FeatureCollection<MunicipalityProperties<'a>, NoMembers>;
/// A kommun by itself.
pub(super) type MunicipalityDetailFeature<'a> = Feature<MunicipalityDetail<'a>>;
/// The focus areas of a kommun.
pub(super) type FocusAreas<'a> = FeatureCollection<FocusAreaProperties<'a>, NoFocusAreaMembers>;

/// A kommun.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MunicipalityProperties<'a> {
    /// Four digits.
    #[schema(pattern = "^[0-9]{4}$")]
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// Whether it takes reports here.
    active: bool,
    /// Whether what it holds is example data.
    demo: bool,
    /// Metres within which its border is not certain; 0 for an exact outline.
    #[schema(minimum = 0)]
    uncertainty_m: f64,
    /// Where pure faults are reported.
    #[schema(required)]
    fault_report_url: Option<&'a str>,
    /// Its middle: longitude, latitude.
    #[schema(required, value_type = Option<Vec<f64>>, min_items = 2, max_items = 2)]
    center: Option<[f64; 2]>,
    /// West, south, east, north.
    #[schema(required, value_type = Option<Vec<f64>>, min_items = 4, max_items = 4)]
    bbox: Option<[f64; 4]>,
}

/// A kommun with its agreements and whom to turn to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MunicipalityDetail<'a> {
    #[serde(flatten)]
    known: MunicipalityProperties<'a>,
    /// EPSG code of its metric reference system.
    epsg: u32,
    /// Whom to turn to about personal data.
    contacts: Contacts<'a>,
    /// Cooperation agreements with the police.
    agreements: Vec<Agreement<'a>>,
}

/// Roles and offices, never persons; empty where none is stated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Contacts<'a> {
    /// Who answers for the personal data.
    controller: &'a str,
    /// How to reach the controller.
    controller_contact: &'a str,
    /// How to reach the data protection officer.
    dpo_contact: &'a str,
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bilingual<'a> {
    /// Swedish, the original.
    pub sv: &'a str,
    /// English.
    pub en: &'a str,
}

/// A cooperation agreement between a kommun and its police.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Agreement<'a> {
    #[schema(format = Uuid)]
    id: String,
    /// As written on its first page.
    title: &'a str,
    /// `operative`, `strategic`, …
    kind: &'a str,
    /// Diary number, where one is stated.
    #[schema(required)]
    dnr: Option<&'a str>,
    /// First day.
    #[schema(format = Date)]
    valid_from: String,
    /// Last day.
    #[schema(format = Date)]
    valid_to: String,
    /// Whether its term is over; it still links reports.
    expired: bool,
    /// Who agree.
    parties: Vec<Party<'a>>,
    /// Roles that signed.
    signers: &'a [String],
    /// Stated purposes.
    purposes: Vec<Bilingual<'a>>,
    /// What residents are promised.
    pledges: Vec<Pledge<'a>>,
}

/// One who agrees.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Party<'a> {
    /// Official name.
    name: &'a str,
    /// `kommun`, `police`, `local_police_district`, …
    kind: &'a str,
}

/// What residents are promised (medborgarlöfte).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Pledge<'a> {
    #[schema(format = Uuid)]
    id: String,
    /// As pledged.
    text: Bilingual<'a>,
    /// `both`, `police` or `kommun`.
    promisor: &'a str,
    /// The focus area it belongs to.
    #[schema(required, format = Uuid)]
    focus_area: Option<String>,
}

/// A prioritised theme or place of an agreement (fokusområde).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FocusAreaProperties<'a> {
    /// As written in the agreement, and in English.
    title: Bilingual<'a>,
    /// A place has a shape, a theme has none.
    kind: AreaKind,
    /// What it is about.
    description: Bilingual<'a>,
    /// Categories it covers; none listed means any for a place and none for a theme.
    #[schema(value_type = Vec<codes::Category>)]
    categories: Vec<&'static str>,
    /// The agreement that names it.
    #[schema(format = Uuid)]
    agreement: String,
    /// Its place in the agreement's list, from 1.
    position: i64,
    /// Whether its agreement's term is over; it still links reports.
    expired: bool,
    /// Last day of its agreement.
    #[schema(format = Date)]
    valid_to: String,
}

/// What a focus area is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AreaKind {
    Place,
    Theme,
}

/// The public releases of a kommun.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Releases<'a> {
    /// Its code.
    #[schema(pattern = "^[0-9]{4}$")]
    pub municipality: &'a str,
    /// Newest first.
    pub releases: Vec<Release<'a>>,
}

/// A public release: made once, never changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Release<'a> {
    /// Kommun and quarter.
    #[schema(examples("1060-2026-Q3"))]
    id: String,
    /// The quarter.
    #[schema(pattern = "^[0-9]{4}-Q[1-4]$")]
    period: &'a str,
    /// Reports received from here …
    #[schema(format = DateTime)]
    from: String,
    /// … until here, exclusive.
    #[schema(format = DateTime)]
    to: String,
    /// When it was made.
    #[schema(format = DateTime)]
    made_at: String,
    /// Name and version of the method.
    method: &'a str,
    /// Fewest persons and fewest reports behind a published number.
    k: i64,
}

/// Kommuner by code.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoMembers {}

/// The focus areas of a kommun's agreements.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoFocusAreaMembers {}

impl Subject for MunicipalityProperties<'_> {
    const FEATURE: &'static str = "MunicipalityFeature";
    type Geometry = Outline;
}

impl Subject for MunicipalityDetail<'_> {
    const FEATURE: &'static str = "MunicipalityDetailFeature";
    type Geometry = Outline;
}

impl Subject for FocusAreaProperties<'_> {
    const FEATURE: &'static str = "FocusAreaFeature";
    type Geometry = Option<Outline>;
}

impl Members for NoMembers {
    const COLLECTION: &'static str = "Municipalities";
}

impl Members for NoFocusAreaMembers {
    const COLLECTION: &'static str = "FocusAreas";
}

/// A kommun in a list.
pub(super) fn municipality(kommun: &Kommun) -> MunicipalityFeature<'_> {
    let properties = properties(kommun);
    Feature::new(properties.code.to_owned(), Outline(kommun.outline.clone()), properties)
}

/// Kommuner.
pub(super) const fn municipalities(features: Vec<MunicipalityFeature<'_>>) -> Municipalities<'_> {
    FeatureCollection::new(NoMembers {}, features)
}

fn properties(kommun: &Kommun) -> MunicipalityProperties<'_> {
    let m = &kommun.municipality;
    MunicipalityProperties {
        code: m.code.as_str(),
        name: &m.name,
        active: m.active,
        demo: m.demo,
        uncertainty_m: m.uncertainty_m,
        fault_report_url: m.fault_report_url.as_deref(),
        center: m.outline.centroid().map(|point| [point.x(), point.y()]),
        bbox: m.outline.bounding_rect().map(|rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y]),
    }
}

/// A kommun by itself.
pub(super) fn municipality_detail(kommun: &Kommun, today: Date) -> MunicipalityDetailFeature<'_> {
    let municipality::Contacts { controller, controller_contact, dpo_contact } = &kommun.municipality.contacts;
    let detail = MunicipalityDetail {
        known: properties(kommun),
        epsg: kommun.municipality.epsg,
        contacts: Contacts { controller, controller_contact, dpo_contact },
        agreements: kommun.agreements.iter().map(|agreement| agreement_of(kommun, agreement, today)).collect(),
    };
    Feature::new(kommun.municipality.code.to_string(), Outline(kommun.outline.clone()), detail)
}

fn agreement_of<'a>(kommun: &'a Kommun, agreement: &'a agreement::Agreement, today: Date) -> Agreement<'a> {
    let pledges = kommun.pledges.iter().filter(|pledge| pledge.agreement == agreement.id);
    Agreement {
        id: agreement.id.to_string(),
        title: &agreement.title,
        kind: &agreement.kind,
        dnr: agreement.dnr.as_deref(),
        valid_from: agreement.valid_from.to_string(),
        valid_to: agreement.valid_to.to_string(),
        expired: agreement.expired(today),
        parties: agreement.parties.iter().map(|party| Party { name: &party.name, kind: &party.kind }).collect(),
        signers: &agreement.signers,
        purposes: agreement.purposes.iter().map(Bilingual::of).collect(),
        pledges: pledges
            .map(|pledge| Pledge {
                id: pledge.id.to_string(),
                text: Bilingual::of(&pledge.text),
                promisor: &pledge.promisor,
                focus_area: pledge.focus_area.map(|id| id.to_string()),
            })
            .collect(),
    }
}

/// The focus areas of a kommun.
pub(super) fn focus_areas(kommun: &Kommun, today: Date) -> FocusAreas<'_> {
    let features = kommun
        .areas
        .iter()
        .map(|area| {
            let geometry = match &area.scope {
                Scope::Place { polygon, .. } => Some(Outline(multi_polygon(polygon))),
                Scope::Theme { .. } => None,
            };
            let properties = FocusAreaProperties {
                title: Bilingual::of(&area.title),
                kind: match area.scope {
                    Scope::Place { .. } => AreaKind::Place,
                    Scope::Theme { .. } => AreaKind::Theme,
                },
                description: Bilingual::of(&area.description),
                categories: area.scope.listed().into_iter().map(Category::as_str).collect(),
                agreement: area.agreement.to_string(),
                position: area.position,
                expired: today > area.valid_to,
                valid_to: area.valid_to.to_string(),
            };
            Feature::new(area.id.to_string(), geometry, properties)
        })
        .collect();
    FeatureCollection::new(NoFocusAreaMembers {}, features)
}

fn multi_polygon(polygon: &geo_types::MultiPolygon<f64>) -> Value {
    let ring = |ring: &geo_types::LineString<f64>| ring.coords().map(|c| json!([c.x, c.y])).collect::<Value>();
    let coordinates: Vec<Value> =
        polygon.iter().map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Value>()).collect();
    json!({"type": "MultiPolygon", "coordinates": coordinates})
}

impl<'a> Bilingual<'a> {
    fn of(text: &'a agreement::Bilingual) -> Self {
        Self { sv: &text.sv, en: &text.en }
    }
}

impl<'a> Release<'a> {
    /// A release as everybody sees it.
    pub(crate) fn of(head: &'a ReleaseHead) -> Self {
        let instant = |at: i64| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MIN).to_string();
        Self {
            id: format!("{}-{}", head.municipality, head.period),
            period: &head.period,
            from: instant(head.from_at),
            to: instant(head.to_at),
            made_at: instant(head.made_at),
            method: &head.method,
            k: head.k,
        }
    }
}
