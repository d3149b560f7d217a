//! Where a kommun is told more of something than what is told of everything there lets expect: the spatial scan over its cells.

use super::hotspots::{LEAST, Study, StudyError};
use super::population::GRID;
use super::query::Part;
use crate::analysis::heatmap::{Heatmap, Statistic, heatmap};
use crate::analysis::scan::{Parameters, Scan, scan};
use crate::domain::codes::{Bits, Category};
use crate::geo::filter::{AreaCondition, Filter};
use crate::geo::grid::{CellKey, Grid};

/// What a scan found.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanMap {
    /// The cells that were scanned, in order of key: those where something is expected.
    pub cells: Vec<CellKey>,
    /// Their centres, metres.
    pub centres: Vec<[f64; 2]>,
    /// Cases, by cell.
    pub cases: Vec<u32>,
    /// What the cases were held against, by cell.
    pub expected: Vec<f64>,
    /// Reports that answer and are placed.
    pub total: u64,
    /// Cases in cells where nothing is expected, which are not scanned.
    pub left_out: u64,
    /// What was found, or why there was nothing to look for.
    pub found: Result<Scan, Nothing>,
}

/// Why there is nothing to scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// Too few cells or cases to tell anything from chance.
    TooLittle,
    /// The question leaves nothing out, so that every case is expected where it is.
    Everything,
    /// Nothing is known of the kommun's inhabitants.
    NoPopulation,
}

impl ScanMap {
    /// Scans the answers to a question, held against everything that is told in the same places: what is expected in a cell is in proportion
    /// to its reports (or people) of every category and time.
    pub fn against_reports(part: &Part, grid: Grid, statistic: Statistic, parameters: &Parameters) -> Result<Self, StudyError> {
        let all = heatmap(&part.snapshot, grid, statistic, &place_alone(&part.filter), None);
        let told = heatmap(&part.snapshot, grid, statistic, &part.filter, None);
        let nothing = (all.total == told.total).then_some(Nothing::Everything);
        let expected = all.cells.into_iter().map(|(cell, count)| (cell, f64::from(count))).collect();
        Self::of(part, grid, &told, expected, parameters, nothing)
    }

    /// Scans the answers to a question, held against how many live there: what is expected in a square of 1 km is in proportion to its
    /// inhabitants. Squares where nobody lives are not scanned.
    pub fn against_population(part: &Part, statistic: Statistic, parameters: &Parameters) -> Result<Self, StudyError> {
        let known = &part.kommun.population;
        let told = heatmap(&part.snapshot, GRID, statistic, &part.filter, None);
        let cells = Study::of(part, GRID, statistic)?.cells;
        let lived_in = cells.into_iter().map(|cell| (cell, f64::from(known.people(cell)))).filter(|(_, people)| *people > 0.0).collect();
        Self::of(part, GRID, &told, lived_in, parameters, known.is_empty().then_some(Nothing::NoPopulation))
    }

    /// `expected`: in order of key, above 0.
    fn of(
        part: &Part,
        grid: Grid,
        told: &Heatmap,
        expected: Vec<(CellKey, f64)>,
        parameters: &Parameters,
        nothing: Option<Nothing>,
    ) -> Result<Self, StudyError> {
        let count = |cell: &CellKey| told.cells.binary_search_by_key(cell, |(cell, _)| *cell).map_or(0, |at| told.cells[at].1);
        // A cell beyond the projection is nowhere.
        let centre = |cell: &CellKey| grid.metric_centre(*cell, part.kommun.crs).map(|(x, y)| [x, y]);
        let placed: Vec<(CellKey, [f64; 2], f64)> =
            expected.into_iter().filter_map(|(cell, expected)| Some((cell, centre(&cell)?, expected))).collect();
        let cells: Vec<CellKey> = placed.iter().map(|(cell, ..)| *cell).collect();
        let centres: Vec<[f64; 2]> = placed.iter().map(|(_, centre, _)| *centre).collect();
        let expected: Vec<f64> = placed.iter().map(|(.., expected)| *expected).collect();
        let cases: Vec<u32> = cells.iter().map(count).collect();
        let scanned = cases.iter().map(|cases| u64::from(*cases)).sum::<u64>();
        let left_out = told.cells.iter().map(|(_, count)| u64::from(*count)).sum::<u64>() - scanned;
        let found = if let Some(nothing) = nothing {
            Err(nothing)
        } else if (cells.len() as u64) < LEAST || scanned < LEAST {
            Err(Nothing::TooLittle)
        } else {
            Ok(scan(&centres, &cases, &expected, parameters)?)
        };
        Ok(Self { cells, centres, cases, expected, total: told.total, left_out, found })
    }
}

/// The conditions of a question on the place alone. A theme is everywhere.
fn place_alone(filter: &Filter) -> Filter {
    let everything: Bits = Category::ALL.iter().map(|category| category.index()).collect();
    let place = |area: &AreaCondition| {
        let mut area = area.clone();
        area.rule.categories = everything;
        area
    };
    let areas = filter.areas.as_ref().map(|areas| areas.iter().map(place).collect());
    Filter { bbox: filter.bbox, polygon: filter.polygon.clone(), cell: filter.cell, areas, ..Filter::default() }
}
