//! Inhabitants of squares of 1 km: Statistics Sweden's grid in SWEREF 99 TM, by the square's id or its polygon.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use geo::BoundingRect;
use serde_json::json;

use super::account::Reason;
use super::facts::Standing;
use super::fields::Fields;
use super::mapping::{Field, Mapping, also, field};
use super::row::Row;
use super::shape;
use super::{ImportError, Job};
use crate::app::App;
use crate::app::population::GRID;
use crate::app::registry::Registry;
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::db::population::PopulationRow;
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::{Expected, Fault};
use crate::geo::grid::{CellKey, SquareSize, square_corner};
use crate::geo::sweref::MetricCrs;

const FIELDS: &[Field] = &[
    also("cell", &["rutid", "rutid_scb", "ruta"]),
    also("people", &["population", "befolkning", "beftotalt"]),
    field("year"),
    also("municipality", &["kommunkod", "kommun_kod", "code"]),
];
/// More than live in any square kilometre of the world.
const MOST_PEOPLE: u32 = 200_000;
const YEARS: (u32, u32) = (1900, 2100);
/// A polygon may be so far off the square it stands for, in metres: coordinates of six decimals.
const SLACK_M: f64 = 10.0;

impl App {
    /// Imports inhabitants by square. A square that is there already is replaced.
    pub(super) async fn import_population(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        if !job.survey.geojson {
            job.require(&mapping, "cell")?;
        }
        job.require(&mapping, "people")?;
        let (registry, source) = (self.registry(), job.name.clone());
        if let Some(code) = job.request.municipality {
            registry.kommun(code).ok_or_else(|| ImportError::Request(format!("there is no kommun {code}")))?;
        }
        let mut seen: HashSet<CellKey> = HashSet::new();
        let mut told: BTreeSet<MunicipalityCode> = BTreeSet::new();
        let mut last: BTreeMap<MunicipalityCode, i64> = BTreeMap::new();
        let mut batches = job.batches();
        while let Some(batch) = batches.next().await {
            let mut ready: BTreeMap<MunicipalityCode, Vec<(u64, Standing, PopulationRow)>> = BTreeMap::new();
            for row in batch {
                match read_square(&mapping, &registry, job.request.municipality, &source, &row) {
                    Err(reasons) => job.account.reject(row.number, "", reasons)?,
                    Ok((_, cell, square)) if !seen.insert(cell) => {
                        let id = GRID.id(cell, MetricCrs::Sweref99Tm);
                        job.account.reject(
                            row.number,
                            &id,
                            vec![Reason::new("duplicate", format!("an earlier row is about {}", square_name(&square)))],
                        )?;
                    }
                    Ok((code, cell, square)) => {
                        told.insert(code);
                        ready.entry(code).or_default().push((row.number, standing(&registry, code, cell, &square), square));
                    }
                }
            }
            for (code, squares) in ready {
                let changed: Vec<PopulationRow> =
                    squares.iter().filter(|(_, standing, _)| *standing != Standing::Same).map(|(.., square)| square.clone()).collect();
                if !changed.is_empty() && !job.request.dry_run {
                    last.insert(code, self.store_population(code, changed, &source).await?);
                }
                for (number, standing, square) in squares {
                    match standing {
                        Standing::New => job.account.load(0),
                        Standing::Changed => job.account.replace(),
                        Standing::Same => job.account.know(number, &square_name(&square))?,
                    }
                }
            }
            job.tell_progress();
        }
        batches.end().await?;
        for kommun in told.iter().filter_map(|code| registry.kommun(*code)) {
            let older = kommun.population.iter().filter(|(cell, _)| !seen.contains(cell)).count();
            if older > 0 {
                let municipality = &kommun.municipality;
                job.account.notes.push(format!(
                    "{} {}: {older} squares are not in this file; they keep what was imported before",
                    municipality.code, municipality.name
                ));
            }
        }
        self.settle(last).await;
        Ok(())
    }

    /// Stores squares in one act with one change.
    async fn store_population(&self, code: MunicipalityCode, squares: Vec<PopulationRow>, source: &str) -> Result<i64, DbError> {
        let (now, source) = (self.now(), source.to_owned());
        self.writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    for square in &squares {
                        tx.put_population(square).await?;
                    }
                    let facts = json!({"count": squares.len(), "source": source});
                    let change = NewChange {
                        at: now,
                        actor: Actor::System,
                        entity: "population",
                        entity_id: code.to_string(),
                        kind: "imported",
                        facts,
                    };
                    tx.append_change(code, change).await
                })
            })
            .await
    }
}

/// How a square stands to what is stored.
fn standing(registry: &Registry, code: MunicipalityCode, cell: CellKey, square: &PopulationRow) -> Standing {
    let stored = registry.kommun(code).and_then(|kommun| kommun.population.square(cell));
    Standing::of(
        stored.map(|stored| i64::from(stored.people) == square.people && stored.year == square.year && *stored.source == *square.source),
    )
}

fn square_name(square: &PopulationRow) -> String {
    format!("{:06}{:07}", square.e, square.n)
}

fn read_square(
    mapping: &Mapping,
    registry: &Registry,
    asked: Option<MunicipalityCode>,
    source: &str,
    row: &Row,
) -> Result<(MunicipalityCode, CellKey, PopulationRow), Vec<Reason>> {
    let body = row.body.as_ref().map_err(|reason| vec![reason.clone()])?;
    let mut fields = Fields::new(mapping, body);
    let cell =
        fields.parsed("cell", |text| GRID.parse_id(text, MetricCrs::Sweref99Tm).filter(|cell| is_whole(*cell)).ok_or(Fault::Unreadable));
    let cell = match (cell, fields.text("cell"), &body.geometry) {
        (None, None, Some(geometry)) => {
            let cell = shape::polygon(Some(geometry))
                .and_then(|polygon| square_of(&polygon).ok_or_else(|| Reason::new("not_a_square", "not a square of 1 km in SWEREF 99 TM")));
            cell.map_err(|reason| fields.reason(reason)).ok()
        }
        (None, None, None) => {
            fields.fault("cell", &Fault::Missing, None);
            None
        }
        (cell, ..) => cell,
    };
    let people = whole(&mut fields, "people", (0, MOST_PEOPLE));
    if people.is_none() && fields.text("people").is_none() {
        fields.fault("people", &Fault::Missing, None);
    }
    let year = whole(&mut fields, "year", YEARS);
    let named = fields.text("municipality").map(std::borrow::Cow::into_owned);
    let code = match (named, asked) {
        (Some(text), asked) => {
            let code = MunicipalityCode::parse(&text).filter(|code| asked.is_none_or(|asked| asked == *code));
            let code = code.filter(|code| registry.kommun(*code).is_some());
            if code.is_none() {
                fields.fault("municipality", &Fault::UnknownMunicipality, Some(&text));
            }
            code
        }
        (None, Some(asked)) => Some(asked),
        (None, None) => {
            let middle = cell.and_then(|cell| GRID.centre(cell, MetricCrs::Sweref99Tm));
            let code = middle.and_then(|(lon, lat)| registry.locator.locate(lon, lat)).map(|located| located.code);
            if cell.is_some() && code.is_none() {
                fields.reason(Reason::new("outside", "outside every kommun"));
            }
            code
        }
    };
    if code.and_then(|code| registry.kommun(code)).is_some_and(|kommun| kommun.crs != MetricCrs::Sweref99Tm) {
        fields.reason(Reason::new("outside", "the kommun is not measured in SWEREF 99 TM"));
    }
    let reasons = fields.reasons();
    match (code, cell, people) {
        (Some(code), Some(cell), Some(people)) if reasons.is_empty() => {
            let (e, n) = square_corner(cell, SquareSize::M1000);
            let row = PopulationRow {
                municipality: code.to_string(),
                e: e as i64,
                n: n as i64,
                people: people.into(),
                year: year.map(i64::from),
                source: source.to_owned(),
            };
            Ok((code, cell, row))
        }
        _ => Err(reasons),
    }
}

/// Whether a square lies where ids have six and seven digits.
fn is_whole(cell: CellKey) -> bool {
    let (e, n) = square_corner(cell, SquareSize::M1000);
    (0.0..1.0e6).contains(&e) && (0.0..1.0e7).contains(&n)
}

/// A whole number in a range.
fn whole(fields: &mut Fields<'_>, field: &str, (least, most): (u32, u32)) -> Option<u32> {
    fields.parsed(field, |text| match super::fields::number(text) {
        Some(number) if number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(&number) => Ok(number as u32),
        Some(number) if number.fract() == 0.0 => Err(Fault::OutOfRange(f64::from(least), f64::from(most))),
        _ => Err(Fault::WrongType(Expected::WholeNumber)),
    })
}

/// The square that a polygon stands for: the one its middle lies in, if its box is the square's.
fn square_of(polygon: &geo::MultiPolygon<f64>) -> Option<CellKey> {
    let crs = MetricCrs::Sweref99Tm;
    let metres: Vec<(f64, f64)> =
        polygon.iter().flat_map(|polygon| polygon.exterior().coords()).map(|at| crs.forward(at.x, at.y)).collect::<Option<_>>()?;
    let rect = geo::MultiPoint::from(metres).bounding_rect()?;
    let middle = rect.center();
    let (lon, lat) = crs.inverse(middle.x, middle.y)?;
    let cell = GRID.cell(middle.x, middle.y, lon, lat);
    let (e, n) = square_corner(cell, SquareSize::M1000);
    let corners = [(rect.min().x, e), (rect.min().y, n), (rect.max().x, e + 1_000.0), (rect.max().y, n + 1_000.0)];
    (is_whole(cell) && corners.iter().all(|(found, meant)| (found - meant).abs() <= SLACK_M)).then_some(cell)
}
