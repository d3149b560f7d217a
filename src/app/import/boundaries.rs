//! Exact outlines of kommuner, in the place of the generalised ones in the binary; and test kommuner, whose codes begin with 9.

use std::collections::BTreeMap;

use geo::{BoundingRect, Centroid, MultiPolygon};
use serde_json::{Value, json};

use super::account::Reason;
use super::fields::Fields;
use super::mapping::{Field, Mapping, also};
use super::row::Row;
use super::{ImportError, Job, shape};
use crate::app::App;
use crate::app::registry::{Kommun, Registry};
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::db::municipalities::MunicipalityRow;
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;
use crate::domain::municipality::Contacts;
use crate::geo::outline;
use crate::geo::sweref::MetricCrs;

const FIELDS: &[Field] = &[also("code", &["kommun_kod", "kommunkod"]), also("name", &["kommun", "kommunnamn"])];
/// Longest name.
const NAME_MAX: usize = 100;

/// The features of one kommun.
#[derive(Default)]
struct Gathered {
    rows: Vec<u64>,
    name: Option<String>,
    shapes: Vec<MultiPolygon<f64>>,
    /// The first of its rows that was refused: an outline with a part missing is worse than none.
    refused: Option<u64>,
}

/// An outline ready to be stored.
struct Outline {
    row: MunicipalityRow,
    new: bool,
    facts: Value,
}

impl App {
    /// Imports outlines.
    pub(super) async fn import_boundaries(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        if job.request.municipality.is_none() {
            job.require(&mapping, "code")?;
        }
        let registry = self.registry();
        let mut kommuner: BTreeMap<MunicipalityCode, Gathered> = BTreeMap::new();
        let mut batches = job.batches();
        while let Some(batch) = batches.next().await {
            for row in batch {
                if let Err((own, reasons)) = gather(&mut kommuner, &mapping, &registry, job.request.municipality, &row) {
                    job.account.reject(row.number, &own, reasons)?;
                }
            }
        }
        batches.end().await?;
        let mut last = Vec::new();
        for (code, gathered) in kommuner {
            let known = registry.kommun(code).map(|kommun| &**kommun);
            let version = self.import_boundary(&mut job, &mapping, known, code, gathered).await?;
            last.extend(version.map(|version| (code, version)));
            job.tell_progress();
        }
        self.settle(last).await;
        Ok(())
    }

    async fn import_boundary(
        &self,
        job: &mut Job<'_>,
        mapping: &Mapping,
        known: Option<&Kommun>,
        code: MunicipalityCode,
        gathered: Gathered,
    ) -> Result<Option<i64>, ImportError> {
        let rows = gathered.rows.clone();
        let (outline, polygon) = match prepare(job, mapping, known, code, gathered) {
            Ok(ready) => ready,
            Err(reason) => {
                for row in rows {
                    job.account.reject(row, code.as_str(), vec![reason.clone()])?;
                }
                return Ok(None);
            }
        };
        let Some(outline) = outline else {
            for row in rows {
                job.account.know(row, code.as_str())?;
            }
            return Ok(None);
        };
        if let Some(known) = known {
            job.account.notes.extend(self.left_outside(known, &polygon));
        }
        if outline.new {
            job.account.notes.push(format!("New kommun: {code} {}", outline.row.name));
        }
        if !outline.row.active {
            job.account
                .notes
                .push(format!("{code} {} does not take reports here yet: import with --activate when it should", outline.row.name));
        }
        let version = if job.request.dry_run { None } else { Some(self.store_outline(code, outline).await?) };
        for _ in rows {
            if known.is_some() { job.account.replace() } else { job.account.load(0) }
        }
        Ok(version)
    }

    /// Reports are never moved across the wall between two kommuner by a line on the map; the operator is told instead.
    fn left_outside(&self, known: &Kommun, polygon: &MultiPolygon<f64>) -> Option<String> {
        let live = self.indexes.live(known.municipality.code)?;
        let (mut placed, mut outside) = (0_u64, 0_u64);
        live.snapshot().for_each(|entry| {
            if entry.is_placed() {
                placed += 1;
                outside += u64::from(!outline::contains(polygon, entry.lon, entry.lat));
            }
        });
        (outside > 0).then(|| {
            format!(
                "{} {}: {outside} of {placed} reports now lie outside the outline; they stay where they are",
                known.municipality.code, known.municipality.name
            )
        })
    }

    async fn store_outline(&self, code: MunicipalityCode, outline: Outline) -> Result<i64, DbError> {
        let now = self.now();
        self.writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    if outline.new {
                        tx.seed_municipality(&outline.row).await?;
                    }
                    let change = NewChange {
                        at: now,
                        actor: Actor::System,
                        entity: "municipality",
                        entity_id: code.to_string(),
                        kind: "boundary",
                        facts: outline.facts,
                    };
                    let version = tx.append_change(code, change).await?;
                    tx.set_outline(&outline.row).await?;
                    Ok(version)
                })
            })
            .await
    }
}

/// Puts a row with its kommun, or says why not.
fn gather(
    kommuner: &mut BTreeMap<MunicipalityCode, Gathered>,
    mapping: &Mapping,
    registry: &Registry,
    asked: Option<MunicipalityCode>,
    row: &Row,
) -> Result<(), (String, Vec<Reason>)> {
    let body = row.body.as_ref().map_err(|reason| (String::new(), vec![reason.clone()]))?;
    let mut fields = Fields::new(mapping, body);
    let text = fields.text("code").map(std::borrow::Cow::into_owned);
    let own = text.clone().unwrap_or_default();
    let code = match (text, asked) {
        (None, asked) => asked.ok_or(Fault::Missing),
        (Some(text), asked) => match MunicipalityCode::parse(&text) {
            // A code nobody knows is a slip of the pen: its exact outline would take reports from the kommun that was meant.
            Some(code) if registry.kommun(code).is_none() && !text.starts_with('9') => Err(Fault::UnknownMunicipality),
            Some(code) if asked.is_some_and(|asked| asked != code) => Err(Fault::UnknownMunicipality),
            Some(code) => Ok(code),
            None => Err(Fault::UnknownMunicipality),
        },
    };
    let code = match code {
        Ok(code) => code,
        Err(fault) => return Err((own.clone(), vec![Reason::fault("code", &fault, Some(&own))])),
    };
    let gathered = kommuner.entry(code).or_default();
    let name = fields.words("name", NAME_MAX);
    match (shape::polygon(body.geometry.as_ref()), fields.reasons()) {
        (Ok(shape), reasons) if reasons.is_empty() => {
            gathered.rows.push(row.number);
            gathered.shapes.push(shape);
            gathered.name = gathered.name.take().or(name);
            Ok(())
        }
        (shape, mut reasons) => {
            reasons.extend(shape.err());
            gathered.refused.get_or_insert(row.number);
            Err((code.to_string(), reasons))
        }
    }
}

/// The row to store, `None` when all of it is stored already; with the shape.
fn prepare(
    job: &Job<'_>,
    mapping: &Mapping,
    known: Option<&Kommun>,
    code: MunicipalityCode,
    gathered: Gathered,
) -> Result<(Option<Outline>, MultiPolygon<f64>), Reason> {
    if let Some(row) = gathered.refused {
        return Err(Reason::new("incomplete", format!("row {row} of the same kommun was refused, and half an outline is worse than none")));
    }
    if known.is_none() && !code.as_str().starts_with('9') {
        return Err(Reason::fault("code", &Fault::UnknownMunicipality, Some(code.as_str())));
    }
    // A kommun keeps the name it is known by, unless the operator names another.
    let name =
        gathered.name.filter(|_| known.is_none() || mapping.is_told("name")).or_else(|| known.map(|known| known.municipality.name.clone()));
    let name = name.ok_or_else(|| Reason::fault("name", &Fault::Missing, None))?;
    let features = gathered.shapes.len();
    let polygon = shape::merge(gathered.shapes).map_err(shape::fault)?;
    let crs = crs(&polygon).ok_or_else(|| Reason::fault("geometry", &Fault::Geometry("too_wide_to_measure"), None))?;
    let active = job.request.activate || known.is_some_and(|known| known.municipality.active);
    let stored = shape::to_geojson(&polygon);
    let same = known.is_some_and(|known| {
        let municipality = &known.municipality;
        municipality.uncertainty_m == 0.0
            && municipality.epsg == crs.epsg()
            && municipality.active == active
            && municipality.name == name
            && shape::is_stored(&stored, &known.outline)
    });
    if same {
        return Ok((None, polygon));
    }
    let facts = json!({
        "features": features, "vertices": shape::vertices(&polygon), "epsg": crs.epsg(), "active": active, "source": job.name,
    });
    let row = MunicipalityRow {
        code: code.to_string(),
        name,
        active,
        demo: false,
        outline: Some(stored.to_string()),
        uncertainty_m: 0.0,
        epsg: i64::from(crs.epsg()),
        fault_report_url: None,
        contacts: serde_json::to_string(&Contacts::default()).unwrap_or_else(|_| "{}".to_owned()),
        version: 0,
    };
    Ok((Some(Outline { row, new: known.is_none(), facts }), polygon))
}

/// The metric system of the shape's middle, if it can hold the whole shape.
fn crs(polygon: &MultiPolygon<f64>) -> Option<MetricCrs> {
    let (middle, rect) = (polygon.centroid()?, polygon.bounding_rect()?);
    let crs = MetricCrs::for_point(middle.x(), middle.y());
    let corners = [(rect.min().x, rect.min().y), (rect.min().x, rect.max().y), (rect.max().x, rect.min().y), (rect.max().x, rect.max().y)];
    corners.into_iter().all(|(lon, lat)| crs.forward(lon, lat).is_some()).then_some(crs)
}
