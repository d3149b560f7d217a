//! The documents that are no features: landing page, conformance, collections.

use geo::BoundingRect;
use serde::Serialize;
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::collection::Collection as Which;
use super::html;
use super::links::{Format, GEOJSON, Here, JSON, Link, OPENAPI};
use crate::app::registry::Registry;
use crate::domain::actor::Actor;
use crate::geo::axes::Axes;
use crate::geo::shape::join;
use crate::http::openapi::named;
use crate::http::problem::Problem;

/// Degrees around the kommuner: a report or a cell on a border may lie a little beyond.
const MARGIN: f64 = 0.1;

/// A document that is written as JSON or as a page.
pub(super) trait Document: Serialize {
    /// Its media type as JSON.
    fn content_type(&self) -> &'static str {
        JSON
    }

    /// As a page.
    fn page(&self, here: &Here) -> Result<String, Problem> {
        let value = serde_json::to_value(self).map_err(super::written::failed)?;
        Ok(html::page(here, &value))
    }
}

/// The landing page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcLanding)]
pub(super) struct Landing {
    title: &'static str,
    description: &'static str,
    links: Vec<Link>,
}

/// What of the standards is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcConformance)]
#[serde(rename_all = "camelCase")]
pub(super) struct Conformance {
    /// URIs of conformance classes.
    conforms_to: Vec<&'static str>,
}

/// The collections.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcCollections)]
pub(super) struct Collections {
    links: Vec<Link>,
    collections: Vec<Collection>,
}

/// A collection.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcCollection)]
#[serde(rename_all = "camelCase")]
pub(super) struct Collection {
    id: &'static str,
    title: &'static str,
    description: &'static str,
    links: Vec<Link>,
    extent: Extent,
    /// `feature`.
    item_type: &'static str,
    /// Reference systems that geometries can be asked in; the first unless asked.
    crs: Vec<&'static str>,
    /// The one that they are kept in.
    storage_crs: &'static str,
}

/// Where and when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcExtent)]
struct Extent {
    spatial: Spatial,
    temporal: Temporal,
}

/// Where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcSpatialExtent)]
struct Spatial {
    /// West, south, east, north of the kommuner.
    bbox: Vec<[f64; 4]>,
    /// CRS84.
    crs: &'static str,
}

/// When.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OgcTemporalExtent)]
struct Temporal {
    /// Begin and end, `null` for open.
    #[schema(value_type = Vec<Vec<Option<String>>>)]
    interval: [[Option<String>; 2]; 1],
}

impl Document for Landing {}
impl Document for Conformance {}
impl Document for Collections {}
impl Document for Collection {}

impl Landing {
    pub(super) fn of(here: &Here, format: Format) -> Self {
        let mut links = here.own(format, JSON);
        links.push(here.link("service-desc", "/api?f=json", OPENAPI, here.says("Beskrivning (OpenAPI 3.0)", "Description (OpenAPI 3.0)")));
        links.push(here.link(
            "service-doc",
            "/api?f=html",
            html::CONTENT_TYPE_PLAIN,
            here.says("Beskrivning att läsa", "Description to read"),
        ));
        links.push(here.link("conformance", "/conformance", JSON, here.says("Delar av standarden", "Parts of the standard")));
        links.push(here.link("data", "/collections", JSON, here.says("Datamängder", "Collections")));
        Self {
            title: "Lykta",
            description: here.says(
                "Var människor känner sig otrygga, och vad som gjordes åt det. OGC API – Features för GIS-program.",
                "Where people feel unsafe, and what was done about it. OGC API – Features for GIS programs.",
            ),
            links,
        }
    }
}

impl Conformance {
    pub(super) fn of() -> Self {
        Self {
            conforms_to: vec![
                "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
                "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
                "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
                "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
            ],
        }
    }
}

impl Collections {
    pub(super) fn of(here: &Here, format: Format, registry: &Registry, actor: &Actor) -> Self {
        let bbox = around(registry);
        let collections = Which::all(actor).map(|which| Collection::listed(which, here, bbox, Vec::new())).collect();
        Self { links: here.own(format, JSON), collections }
    }
}

impl Collection {
    pub(super) fn of(which: Which, here: &Here, format: Format, registry: &Registry) -> Self {
        Self::listed(which, here, around(registry), here.own(format, JSON))
    }

    fn listed(which: Which, here: &Here, bbox: [f64; 4], mut links: Vec<Link>) -> Self {
        let path = format!("/collections/{}", which.id());
        if links.is_empty() {
            links.push(here.link("self", &path, JSON, which.title(here)));
        }
        for (format, kind) in [("json", GEOJSON), ("html", html::CONTENT_TYPE_PLAIN)] {
            let title = format!("{} ({})", which.title(here), if format == "html" { "HTML" } else { "GeoJSON" });
            links.push(here.link("items", &format!("{path}/items?f={format}"), kind, &title));
        }
        Self {
            id: which.id(),
            title: which.title(here),
            description: which.description(here),
            links,
            extent: Extent {
                spatial: Spatial { bbox: vec![bbox], crs: Axes::Crs84.uri() },
                temporal: Temporal { interval: [[None, None]] },
            },
            item_type: "feature",
            crs: Axes::ALL.map(Axes::uri).to_vec(),
            storage_crs: Axes::Crs84.uri(),
        }
    }
}

/// West, south, east, north of the kommuner that take reports here, or of all while none does.
fn around(registry: &Registry) -> [f64; 4] {
    let of = |active: bool| {
        let outlines = registry.kommuner.values().filter(|kommun| !active || kommun.municipality.active);
        let boxes = outlines.filter_map(|kommun| kommun.municipality.outline.bounding_rect());
        boxes.map(|rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y]).reduce(join)
    };
    let round = |value: f64| (value * 1e4).round() / 1e4;
    let [west, south, east, north] = of(true).or_else(|| of(false)).unwrap_or([-180.0, -90.0, 180.0, 90.0]);
    [(west - MARGIN).max(-180.0), (south - MARGIN).max(-90.0), (east + MARGIN).min(180.0), (north + MARGIN).min(90.0)].map(round)
}

/// A page of features: the schema alone, since features are written straight into bytes.
pub(super) struct FeaturePage;
/// A feature by itself.
pub(super) struct FeatureDocument;

fn feature() -> ObjectBuilder {
    let anything = || ObjectBuilder::new().additional_properties(Some(AdditionalProperties::FreeForm(true)));
    let or_null =
        |object: ObjectBuilder| object.schema_type([Type::Object, Type::Null].into_iter().collect::<utoipa::openapi::schema::SchemaType>());
    let fields = ObjectBuilder::new()
        .property("type", ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["Feature"])))
        .property("id", ObjectBuilder::new().schema_type(Type::String))
        .property("geometry", or_null(anything()).description(Some("GeoJSON, in the reference system of `Content-Crs`.")))
        .property("properties", anything().description(Some("As the collection has them.")));
    ["type", "id", "geometry", "properties"].into_iter().fold(fields, ObjectBuilder::required)
}

fn links() -> ArrayBuilder {
    ArrayBuilder::new().items(named("OgcLink"))
}

impl PartialSchema for FeaturePage {
    fn schema() -> RefOr<Schema> {
        let count = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        let fields = ObjectBuilder::new()
            .property("type", ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["FeatureCollection"])))
            .property("links", links())
            .property(
                "timeStamp",
                ObjectBuilder::new().schema_type(Type::String).description(Some("When it was made; not of a frozen answer.")),
            )
            .property("numberMatched", count().description(Some("Features on all pages.")))
            .property("numberReturned", count().description(Some("Features on this page.")))
            .property("features", ArrayBuilder::new().items(feature()));
        ["type", "links", "numberMatched", "numberReturned", "features"].into_iter().fold(fields, ObjectBuilder::required).into()
    }
}

impl ToSchema for FeaturePage {
    fn name() -> std::borrow::Cow<'static, str> {
        "OgcFeatures".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("OgcLink".to_owned(), Link::schema()));
    }
}

impl PartialSchema for FeatureDocument {
    fn schema() -> RefOr<Schema> {
        feature().property("links", links()).required("links").into()
    }
}

impl ToSchema for FeatureDocument {
    fn name() -> std::borrow::Cow<'static, str> {
        "OgcFeature".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("OgcLink".to_owned(), Link::schema()));
    }
}
