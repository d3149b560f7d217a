//! Hotspots and densities of one kommun: the study area, what is counted in it, and the statistics over that.
//!
//! The study area is every cell whose centre lies in the kommun and in what the question says of place (box, polygon, focus areas), and
//! beside those the cells that hold an answering report: one on the kommun's border counts where it lies.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::query::Part;
use crate::analysis::change::{Against, ChangeError, Changes, changes};
use crate::analysis::density::{self, DensityError, Lattice, Surface};
use crate::analysis::gi_star::CountsError;
use crate::analysis::heatmap::{Heatmap, Statistic, heatmap};
use crate::analysis::hotspots::{self, Hotspots, HotspotsError};
use crate::analysis::local_moran::{self, Associations};
use crate::analysis::neighbours::{Neighbours, NeighboursError};
use crate::analysis::rates::LengthError;
use crate::analysis::scan::ScanError;
use crate::domain::time::{days_of, whole_days};
use crate::geo::filter::Filter;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::shape::Shape;

/// Most cells of a study area.
pub const STUDY_MAX: usize = 400_000;
/// With fewer cells, or fewer reports in them, a test finds nothing or anything.
pub(super) const LEAST: u64 = 30;

/// The cells of a kommun, each grid's found when it is first asked for.
#[derive(Debug, Default)]
pub struct Covers([OnceLock<Option<Arc<Vec<CellKey>>>>; Grid::ALL.len()]);

/// Why there is no statistic.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// Too many cells.
    #[error("a study area of more than {STUDY_MAX} cells, or one that is too much to look through")]
    TooManyCells,
    /// Too large for a computation.
    #[error(transparent)]
    Neighbours(#[from] NeighboursError),
    /// The counts are too many.
    #[error(transparent)]
    Counts(#[from] CountsError),
    /// Too large for a computation.
    #[error(transparent)]
    Hotspots(#[from] HotspotsError),
    /// Too large for a computation.
    #[error(transparent)]
    Density(#[from] DensityError),
    /// Not one count and one population for each cell.
    #[error(transparent)]
    Rates(#[from] LengthError),
    /// Too large for a computation.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// Of the earlier period, or else of the later one, too little lies between the first and the last report.
    #[error("a period too short to hold the other against")]
    Period {
        /// Which of them.
        earlier: bool,
    },
    /// Too many counts.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

/// What is counted where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// In order of key.
    pub cells: Vec<CellKey>,
    /// Of each cell.
    pub counts: Vec<u32>,
    /// Reports that answer.
    pub total: u64,
}

impl Study {
    /// Counts a question's answers over its study area.
    pub fn of(part: &Part, grid: Grid, statistic: Statistic) -> Result<Self, StudyError> {
        let mut cells = study_area(part, grid).ok_or(StudyError::TooManyCells)?;
        let Heatmap { cells: counted, total } = heatmap(&part.snapshot, grid, statistic, &part.filter, None);
        let within = cells.len();
        cells.extend(counted.iter().map(|(cell, _)| *cell).filter(|cell| cells[..within].binary_search(cell).is_err()).collect::<Vec<_>>());
        cells.sort_unstable();
        if cells.len() > STUDY_MAX {
            return Err(StudyError::TooManyCells);
        }
        let mut counts = vec![0; cells.len()];
        for (cell, count) in counted {
            if let Ok(at) = cells.binary_search(&cell) {
                counts[at] = count;
            }
        }
        Ok(Self { cells, counts, total })
    }

    /// Whether there is too little to say anything of.
    pub fn is_too_little(&self) -> bool {
        (self.cells.len() as u64) < LEAST || self.counts.iter().map(|count| u64::from(*count)).sum::<u64>() < LEAST
    }

    /// Gi* with permutation p and q over the cells.
    pub fn hotspots(&self, grid: Grid, rings: u8, permutations: u32, seed: u64) -> Result<Hotspots, StudyError> {
        let neighbours = Neighbours::contiguous(grid, &self.cells, rings)?;
        Ok(hotspots::hotspots(&self.counts, &neighbours, permutations, seed)?)
    }

    /// Local Moran's I with its p and q over the cells.
    pub fn associations(&self, grid: Grid, rings: u8) -> Result<Associations, StudyError> {
        let neighbours = Neighbours::contiguous(grid, &self.cells, rings)?;
        Ok(local_moran::associations(&self.counts, &neighbours)?)
    }
}

/// How many reports, or people, there are around each square of the study area, per km².
#[derive(Clone, Debug)]
pub struct DensityMap {
    /// Over the box of the study area; 0 outside it.
    pub surface: Surface,
    /// Squares of the study area, with their place in the surface.
    pub cells: Vec<(CellKey, usize)>,
    /// Reports that answer.
    pub total: u64,
}

impl DensityMap {
    /// Kernel density of a question's answers on squares of the metric plane; `None` where the study area has no cell, or `grid` no square.
    ///
    /// Of people, each person's reports weigh 1 together, spread over where they were; a report without a token adds nothing.
    pub fn of(part: &Part, grid: Grid, statistic: Statistic, parameters: &density::Parameters) -> Result<Option<Self>, StudyError> {
        let Study { cells, total, .. } = Study::of(part, grid, Statistic::Count)?;
        let placed: Option<Vec<(i32, i32)>> = cells.iter().map(|cell| grid.column_and_row(*cell)).collect();
        let Some(placed) = placed.filter(|placed| !placed.is_empty() && matches!(grid, Grid::Square(_))) else { return Ok(None) };
        let fold = |of: fn(&(i32, i32)) -> i32| {
            placed.iter().map(of).fold((i32::MAX, i32::MIN), |(low, high), value| (low.min(value), high.max(value)))
        };
        // Lines of equal density need squares on both sides.
        let roomy = |(low, high): (i32, i32)| if low == high { (low - 1, high + 1) } else { (low, high) };
        let ((west, east), (south, north)) = (roomy(fold(|(column, _)| *column)), roomy(fold(|(_, row)| *row)));
        let step_m = grid.size_m();
        let lattice = Lattice {
            west: f64::from(west) * step_m,
            south: f64::from(south) * step_m,
            step_m,
            columns: east.abs_diff(west) as usize + 1,
            rows: north.abs_diff(south) as usize + 1,
        };
        let number = |(column, row): (i32, i32)| row.abs_diff(south) as usize * lattice.columns + column.abs_diff(west) as usize;
        let mut area = vec![false; lattice.cells().min(density::MAX_CELLS)];
        if area.len() < lattice.cells() {
            return Err(StudyError::TooManyCells);
        }
        let cells: Vec<(CellKey, usize)> = cells.into_iter().zip(placed.into_iter().map(number)).collect();
        for (_, number) in &cells {
            area[*number] = true;
        }
        let (mut events, mut people) = (Vec::new(), Vec::new());
        part.snapshot.select(&part.filter, |entry| {
            events.push([entry.x, entry.y]);
            people.push(entry.reporter());
        });
        let weights = (statistic == Statistic::Reporters).then(|| weights(&people));
        let surface = density::density(&events, weights.as_deref(), &lattice, Some(&area), parameters)?;
        Ok(Some(Self { surface, cells, total }))
    }
}

/// What changed between two periods.
#[derive(Clone, Debug)]
pub struct ChangeMap {
    /// With a report in either period, in order of key.
    pub cells: Vec<CellKey>,
    /// Of the earlier period.
    pub before: Vec<u32>,
    /// Of the later period.
    pub after: Vec<u32>,
    /// Reports of the earlier and of the later period.
    pub totals: (u64, u64),
    /// What was counted of each, microseconds UTC, half-open.
    pub spans: [(i64, i64); 2],
    /// Days of each.
    pub days: [f64; 2],
    /// Of each cell, and of all.
    pub changes: Changes,
}

impl ChangeMap {
    /// Compares the answers to a question that has a beginning and an end with those of an earlier period (microseconds UTC, half-open).
    ///
    /// Of both periods counts only what lies between the kommun's first and last report, whole local days: before it nobody could report,
    /// and what is to come is not over. A rate is per day of the weekdays and months that are asked for; where a period has no such
    /// day, there is no cell. Cells without a report in either need no study area: they have no change.
    pub fn of(part: &Part, grid: Grid, statistic: Statistic, period: (i64, i64), against: Against) -> Result<Self, StudyError> {
        let known = part.snapshot.times().and_then(whole_days).unwrap_or_default();
        let later = (part.filter.from.unwrap_or(i64::MIN), part.filter.to.unwrap_or(i64::MAX));
        let spans = [period, later].map(|(from, to)| (from.max(known.0), to.min(known.1)));
        let days = spans.map(|span| days_of(span, part.filter.weekdays, part.filter.months));
        if days.iter().any(|days| *days <= 0.0) {
            let changes = Changes { total: None, cells: Vec::new(), q: Vec::new() };
            return Ok(Self { cells: Vec::new(), before: Vec::new(), after: Vec::new(), totals: (0, 0), spans, days, changes });
        }
        let [before, after] = spans.map(|(from, to)| {
            heatmap(&part.snapshot, grid, statistic, &Filter { from: Some(from), to: Some(to), ..part.filter.clone() }, None)
        });
        let mut cells: Vec<CellKey> = before.cells.iter().chain(&after.cells).map(|(cell, _)| *cell).collect();
        cells.sort_unstable();
        cells.dedup();
        let counts = |map: &Heatmap| -> Vec<u32> {
            let count = |cell: &CellKey| map.cells.binary_search_by_key(cell, |(cell, _)| *cell).map_or(0, |at| map.cells[at].1);
            cells.iter().map(count).collect()
        };
        let (first, second) = (counts(&before), counts(&after));
        let changes = changes(&first, &second, (days[0], days[1]), against).map_err(|error| match error {
            ChangeError::Periods => StudyError::Period { earlier: days[0] < days[1] },
            error => StudyError::Change(error),
        })?;
        Ok(Self { cells, before: first, after: second, totals: (before.total, after.total), spans, days, changes })
    }
}

/// Each report's share of its reporter.
fn weights(people: &[Option<u64>]) -> Vec<f64> {
    let mut reports: FxHashMap<u64, u32> = FxHashMap::default();
    for person in people.iter().flatten() {
        *reports.entry(*person).or_default() += 1;
    }
    people.iter().map(|person| person.and_then(|person| reports.get(&person)).map_or(0.0, |reports| 1.0 / f64::from(*reports))).collect()
}

/// The cells whose centre lies in the kommun and in every condition on the place, in order of key.
fn study_area(part: &Part, grid: Grid) -> Option<Vec<CellKey>> {
    let crs = part.kommun.crs;
    let Filter { bbox, polygon, cell: of_cell, areas, .. } = &part.filter;
    let mut conditions: Vec<Vec<Shape>> = Vec::new();
    conditions.extend(bbox.and_then(box_shape).map(|shape| vec![shape]));
    conditions.extend(polygon.clone().map(|shape| vec![shape]));
    conditions.extend(of_cell.and_then(|of_cell| box_shape(of_cell.around())).map(|shape| vec![shape]));
    let counted_there = |cell: &CellKey| of_cell.is_none_or(|of_cell| of_cell.covers_centre(grid, *cell, crs));
    if let Some(areas) = areas {
        // A theme is everywhere, and so is a question that may be about one.
        let places: Option<Vec<Shape>> = areas.iter().map(|area| area.shape.clone().filter(|_| area.rule.place)).collect();
        conditions.extend(places);
    }
    let inside = |cell: &CellKey, shapes: &[Shape]| {
        grid.centre(*cell, crs).is_some_and(|(lon, lat)| shapes.iter().any(|shape| shape.covers(lon, lat)))
    };
    let outline = || Shape::new(&part.kommun.municipality.outline);
    let cover = || outline().and_then(|outline| grid.cover(crs, &outline, STUDY_MAX)).map(Arc::new);
    let whole = part.kommun.covers.0[grid.number()].get_or_init(cover);
    if let Some(cells) = whole {
        let of_question = |cell: &CellKey| conditions.iter().all(|shapes| inside(cell, shapes)) && counted_there(cell);
        return Some(cells.iter().copied().filter(of_question).collect());
    }
    // More cells than can be taken of the whole kommun: perhaps not of what is asked.
    let (first, others) = conditions.split_first()?;
    let outline = outline()?;
    let mut cells = Vec::new();
    for shape in first {
        cells.extend(grid.cover(crs, shape, STUDY_MAX)?);
        if cells.len() > STUDY_MAX {
            return None;
        }
    }
    cells.sort_unstable();
    cells.dedup();
    let of_question = |cell: &CellKey| {
        others.iter().all(|shapes| inside(cell, shapes)) && counted_there(cell) && inside(cell, std::slice::from_ref(&outline))
    };
    cells.retain(of_question);
    Some(cells)
}

fn box_shape([west, south, east, north]: [f64; 4]) -> Option<Shape> {
    Shape::new(&geo_types::Rect::new((west, south), (east, north)).to_polygon().into())
}
