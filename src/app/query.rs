//! The report filters, parsed but not yet resolved: focus areas, sources and the kommuner a question spans become one
//! [`Filter`] per kommun.

use std::sync::Arc;

use super::App;
use super::follow::Live;
use super::registry::Kommun;
use super::reports::ReportError;
use super::rows::Provenance;
use crate::domain::actor::Actor;
use crate::domain::codes::{Bits, Category, Feeling, Group};
use crate::domain::ids::{FocusAreaId, MunicipalityCode};
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::{Act, Readable};
use crate::geo::filter::{CellCondition, Filter, category_bits};
use crate::geo::grid::Grid;
use crate::geo::index::Snapshot;
use crate::geo::shape::Shape;

/// Degrees around a box within which a report in it has its kommun: some kilometres.
pub const BESIDE: f64 = 0.1;

/// What somebody asked for.
#[derive(Clone, Debug, Default)]
pub struct ReportQuery {
    /// One kommun; without it, every kommun the box meets.
    pub municipality: Option<MunicipalityCode>,
    /// West, south, east, north.
    pub bbox: Option<[f64; 4]>,
    /// Any of these groups.
    pub groups: Vec<Group>,
    /// Any of these categories.
    pub categories: Vec<Category>,
    /// This feeling.
    pub feeling: Option<Feeling>,
    /// Microseconds UTC.
    pub from: Option<i64>,
    /// Microseconds UTC, exclusive.
    pub to: Option<i64>,
    /// Local hours.
    pub hours: Option<Bits>,
    /// Weekdays.
    pub weekdays: Option<Bits>,
    /// Months.
    pub months: Option<Bits>,
    /// Light classes.
    pub light: Option<Bits>,
    /// Time bands.
    pub time_bands: Option<Bits>,
    /// Travel modes.
    pub travel_modes: Option<Bits>,
    /// Perspectives.
    pub perspectives: Option<Bits>,
    /// At least.
    pub insecurity_min: Option<u8>,
    /// Any of these areas.
    pub focus_areas: Vec<FocusAreaId>,
    /// Inside.
    pub polygon: Option<Shape>,
    /// Counted in the cell with this id, in a grid of the kommun that is named with it.
    pub cell: Option<(Grid, String)>,
    /// States.
    pub statuses: Option<Bits>,
    /// Source names.
    pub sources: Vec<String>,
    /// Changed after.
    pub since: Option<i64>,
}

/// One kommun's part of a question, with the index it is answered from.
#[derive(Debug)]
pub struct Part {
    /// The kommun.
    pub kommun: Arc<Kommun>,
    /// Its index, fixed for this answer.
    pub snapshot: Arc<Snapshot>,
    /// Where its reports came from and whom they are for, by number.
    pub sources: Arc<Vec<Provenance>>,
    /// The classes that whoever asks may read there.
    pub readable: Readable,
    /// The question.
    pub filter: Filter,
}

impl App {
    /// Resolves a question of somebody who wants to do something with the answer. Faults: neither kommun nor box, a kommun that does not exist, a cell that does not
    /// exist there, or one without a kommun, whose metric reference system its id is of.
    pub fn resolve(&self, by: &Actor, act: Act, query: &ReportQuery) -> Result<Vec<Part>, ReportError> {
        let fault = |fault| ReportError::Invalid(vec![FieldFault::at("?municipality", fault)]);
        let registry = self.registry();
        let kommuner: Vec<Arc<Kommun>> = match (query.municipality, query.bbox) {
            (Some(code), _) => {
                vec![registry.kommun(code).cloned().ok_or_else(|| fault(Fault::UnknownMunicipality))?]
            }
            (None, Some(_)) => registry.kommuner.values().cloned().collect(),
            (None, None) => return Err(fault(Fault::Missing)),
        };
        self.parts(by, act, query, kommuner)
    }

    /// Resolves a question of somebody with the right about a box of the map (west, south, east, north in degrees): of one kommun, or of
    /// every one that may have something there. The box chooses kommuner; it is no filter. Faults: a kommun that does not exist.
    pub fn resolve_near(
        &self,
        by: &Actor,
        act: Act,
        query: &ReportQuery,
        [west, south, east, north]: [f64; 4],
    ) -> Result<Vec<Part>, ReportError> {
        if query.municipality.is_some() {
            return self.resolve(by, act, query);
        }
        let registry = self.registry();
        // Wider than an outline is ever off.
        let near = registry.locator.near([west - BESIDE, south - BESIDE, east + BESIDE, north + BESIDE]);
        self.parts(by, act, query, near.into_iter().filter_map(|code| registry.kommun(code).cloned()).collect())
    }

    /// As [`resolve`](Self::resolve), but a question that names neither kommun nor box is about every kommun.
    pub fn resolve_anywhere(&self, by: &Actor, act: Act, query: &ReportQuery) -> Result<Vec<Part>, ReportError> {
        if query.municipality.is_some() || query.bbox.is_some() {
            return self.resolve(by, act, query);
        }
        self.parts(by, act, query, self.registry().kommuner.values().cloned().collect())
    }

    fn parts(&self, by: &Actor, act: Act, query: &ReportQuery, kommuner: Vec<Arc<Kommun>>) -> Result<Vec<Part>, ReportError> {
        let may = |kommun: &Arc<Kommun>| by.may(act, kommun.municipality.code);
        if query.municipality.is_some() && !kommuner.iter().all(may) {
            return Err(ReportError::Forbidden);
        }
        let fault = |fault| ReportError::Invalid(vec![FieldFault::at("?cell", fault)]);
        if query.cell.is_some() && query.municipality.is_none() {
            return Err(fault(Fault::Needs("municipality")));
        }
        let mut parts = Vec::new();
        // A question of a box is answered from those kommuner of it that one may see.
        for kommun in kommuner.into_iter().filter(may) {
            let condition = |(grid, id): &(Grid, String)| CellCondition::new(*grid, grid.parse_id(id, kommun.crs)?, kommun.crs);
            let cell = query.cell.as_ref().map(|cell| condition(cell).ok_or_else(|| fault(Fault::UnknownCell))).transpose()?;
            parts.extend(self.part(query, cell, by.readable(kommun.municipality.code), kommun));
        }
        Ok(parts)
    }

    fn part(&self, query: &ReportQuery, cell: Option<CellCondition>, readable: Readable, kommun: Arc<Kommun>) -> Option<Part> {
        let live: Arc<Live> = self.indexes.live(kommun.municipality.code)?;
        let (snapshot, sources) = (live.snapshot(), live.sources());
        // After the snapshot: what is named by its version must not hold areas of an older one.
        let kommun = self.registry().kommun(kommun.municipality.code).cloned().unwrap_or(kommun);
        if query.municipality.is_none() && snapshot.is_empty() {
            return None;
        }
        let areas = (!query.focus_areas.is_empty())
            .then(|| query.focus_areas.iter().filter_map(|id| kommun.areas.condition(*id)).cloned().collect::<Vec<_>>());
        let filter = Filter {
            bbox: query.bbox,
            categories: category_bits(&query.groups, &query.categories),
            feeling: query.feeling,
            from: query.from,
            to: query.to,
            hours: query.hours,
            weekdays: query.weekdays,
            months: query.months,
            light: query.light,
            time_bands: query.time_bands,
            travel_modes: query.travel_modes,
            perspectives: query.perspectives,
            insecurity_min: query.insecurity_min,
            areas,
            polygon: query.polygon.clone(),
            cell,
            statuses: query.statuses,
            sources: among(&sources, readable, &query.sources),
            since: query.since,
        };
        Some(Part { kommun, snapshot, sources, readable, filter })
    }
}

/// The numbers of what may be read and is asked for; `None` when that is everything there is.
pub(super) fn among(known: &[Provenance], readable: Readable, asked: &[String]) -> Option<Vec<u16>> {
    let wanted = |of: &Provenance| readable.holds(of.secrecy) && (asked.is_empty() || asked.contains(&of.source));
    let numbers: Vec<u16> = known.iter().enumerate().filter(|(_, of)| wanted(of)).map(|(at, _)| at as u16).collect();
    // The list is no older than the snapshot: nothing in the one has a number that is not in the other.
    (numbers.len() < known.len() || !asked.is_empty()).then_some(numbers)
}
