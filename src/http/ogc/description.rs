//! The description for GIS programs: OpenAPI 3.0 in one piece, with every parameter where it is used, since some readers follow no
//! reference. What people read is `/api/openapi.json`.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::IntoParams;

use super::asked::LIMIT;
use super::collection::Collection;
use super::documents::Document;
use super::html;
use super::links::{GEOJSON, Here, JSON, OPENAPI};
use crate::domain::actor::Actor;
use crate::domain::permission::Act;
use crate::geo::axes::Axes;
use crate::http::openapi::parameters::{GridParameters, ItemsParameters};
use crate::http::problem::Problem;

/// The description as a document.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Description(pub(super) Value);

impl Document for Description {
    fn content_type(&self) -> &'static str {
        OPENAPI
    }

    fn page(&self, here: &Here) -> Result<String, Problem> {
        Ok(html::description(here, &self.0))
    }
}

/// What the public may ask of the heatmap, beside what every collection takes.
const PUBLIC_FILTERS: [&str; 5] = ["municipality", "group", "feeling", "from", "to"];

/// The description of what a caller may see.
pub(super) fn of(here: &Here, actor: &Actor) -> Value {
    let operation = |id: &str, summary: &str, parameters: Vec<Value>, kind: &str| {
        let problem = json!({"description": "A problem document (RFC 9457).", "content": {"application/problem+json": {"schema": {"type": "object"}}}});
        json!({"get": {
            "operationId": id, "summary": summary, "tags": ["ogc"], "parameters": parameters,
            "responses": {
                "200": {"description": summary, "content": {kind: {"schema": {"type": "object"}}, "text/html": {"schema": {"type": "string"}}}},
                "400": problem, "404": problem, "500": problem,
            },
        }})
    };
    let form = || vec![query("f", "JSON or a page.", json!({"type": "string", "enum": ["json", "html"]}))];
    let mut paths = json!({
        "/": operation("getLandingPage", here.says("Ingång", "Landing page"), form(), JSON),
        "/conformance": operation("getConformance", here.says("Delar av standarden", "Parts of the standard"), form(), JSON),
        "/api": operation("getDescription", here.says("Den här beskrivningen", "This description"), form(), OPENAPI),
        "/collections": operation("getCollections", here.says("Datamängder", "Collections"), form(), JSON),
    });
    for collection in Collection::all(actor) {
        let (id, title, path) = (collection.id(), collection.title(here), format!("/collections/{}", collection.id()));
        let name: String = id.split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
        let feature =
            json!({"name": "featureId", "in": "path", "required": true, "description": "The feature's id.", "schema": {"type": "string"}});
        paths[&path] = operation(&format!("describe{name}"), title, form(), JSON);
        paths[format!("{path}/items")] =
            operation(&format!("get{name}"), collection.description(here), [form(), items(collection, actor)].concat(), GEOJSON);
        paths[format!("{path}/items/{{featureId}}")] =
            operation(&format!("getOneOf{name}"), title, [form(), vec![feature, reference_system("crs")]].concat(), GEOJSON);
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Lykta: OGC API – Features", "version": env!("CARGO_PKG_VERSION"),
            "description": here.says("Läs med QGIS, GDAL och andra GIS-program.", "To be read with QGIS, GDAL and other GIS programs."),
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"},
        },
        "servers": [{"url": here.address("")}],
        "paths": paths,
        "components": {"securitySchemes": {
            "basic": {"type": "http", "scheme": "basic", "description": "The operator token as the password, under any name."},
            "bearer": {"type": "http", "scheme": "bearer", "description": "The operator token."},
        }},
        "security": [{}, {"basic": []}, {"bearer": []}],
    })
}

#[expect(clippy::needless_pass_by_value, reason = "a json! literal reads best where it is used")]
fn query(name: &str, what: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": what, "schema": schema, "style": "form", "explode": false})
}

fn reference_system(name: &str) -> Value {
    let systems = Axes::ALL.map(Axes::uri);
    query(
        name,
        "A reference system by its URI; CRS84 unless asked.",
        json!({"type": "string", "format": "uri", "enum": systems, "default": systems[0]}),
    )
}

/// The parameters of a collection's items.
fn items(collection: Collection, actor: &Actor) -> Vec<Value> {
    let (planner, number) = (actor.may_somewhere(Act::SeeLive), json!({"type": "number"}));
    let mut all = vec![
        query("limit", "Features on a page.", json!({"type": "integer", "minimum": 1, "maximum": LIMIT.1, "default": LIMIT.0})),
        query(
            "bbox",
            "Lower corner, then upper corner, in the reference system of bbox-crs; six numbers with heights.",
            json!({"type": "array", "minItems": 4, "maxItems": 6, "items": number}),
        ),
        reference_system("bbox-crs"),
        query("datetime", "An instant or an interval (RFC 3339), ends inclusive, either of them open (..).", json!({"type": "string"})),
        reference_system("crs"),
        query("after", "Where the page begins; taken from the next link.", json!({"type": "string"})),
    ];
    let (filters, grids) = (described::<ItemsParameters>(), described::<GridParameters>());
    let named = |list: Vec<Value>, names: &[&str]| {
        list.into_iter().filter(|one| one["name"].as_str().is_some_and(|name| names.contains(&name))).collect::<Vec<_>>()
    };
    let taken: Vec<String> = all.iter().filter_map(|one| one["name"].as_str().map(str::to_owned)).collect();
    let own = |list: Vec<Value>| {
        list.into_iter()
            .filter(|one| one["name"].as_str().is_some_and(|name| name != "f" && !taken.iter().any(|other| other == name)))
            .collect::<Vec<_>>()
    };
    let statistic = query(
        "statistic",
        "Reports, or the distinct people behind them.",
        json!({"type": "string", "enum": super::heatmap::STATISTICS.map(crate::analysis::heatmap::Statistic::as_str), "default": "count"}),
    );
    let public_size =
        query("size_m", "Side of the squares in metres.", json!({"type": "number", "enum": [250, 500, 1000], "default": 1000}));
    all.extend(match collection {
        Collection::FocusAreas => named(filters, &["municipality"]),
        Collection::Reports => named(own(filters), &REPORT_FILTERS),
        Collection::Heatmap if planner => {
            [named(own(filters), &REPORT_FILTERS), named(grids, &["grid", "size_m", "resolution", "public"]), vec![statistic]].concat()
        }
        Collection::Heatmap => [named(own(filters), &PUBLIC_FILTERS), vec![public_size]].concat(),
    });
    all
}

/// The report filters that collections take: all but `polygon`.
const REPORT_FILTERS: [&str; 19] = [
    "municipality",
    "group",
    "category",
    "feeling",
    "from",
    "to",
    "hour",
    "weekday",
    "month",
    "light",
    "time_band",
    "travel_mode",
    "perspective",
    "insecurity_min",
    "focus_area",
    "cell",
    "status",
    "source",
    "since",
];

/// Parameters as they are described to everybody else: what they use of OpenAPI 3.1 is also OpenAPI 3.0.
fn described<T: IntoParams>() -> Vec<Value> {
    T::into_params(|| None).iter().filter_map(|parameter| serde_json::to_value(parameter).ok()).collect()
}
