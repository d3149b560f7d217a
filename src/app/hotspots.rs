//! Hotspots and densities of one kommun: the study area, what is counted in it, and the statistics over that.
//!
//! The study area is every cell whose centre lies in the kommun and in what the question says of place (box, polygon, focus areas), and
//! beside those the cells that hold an answering report: one on the kommun's border counts where it lies.

use std::sync::{Arc, OnceLock};

use super::query::Part;
use crate::analysis::heatmap::{Heatmap, Statistic, heatmap};
use crate::analysis::hotspots::{self, Hotspots, HotspotsError};
use crate::analysis::neighbours::{Neighbours, NeighboursError};
use crate::geo::filter::Filter;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::shape::Shape;

/// Most cells of a study area.
pub const STUDY_MAX: usize = 400_000;
/// With fewer cells, or fewer reports in them, a test finds nothing or anything.
pub const LEAST: u64 = 30;

/// The cells of a kommun, each grid's found when it is first asked for.
#[derive(Debug, Default)]
pub struct Covers([OnceLock<Option<Arc<Vec<CellKey>>>>; Grid::ALL.len()]);

/// Why there is no statistic.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// Too many cells.
    #[error("a study area of more than {STUDY_MAX} cells")]
    TooManyCells,
    /// Too large for a computation.
    #[error(transparent)]
    Neighbours(#[from] NeighboursError),
    /// Too large for a computation.
    #[error(transparent)]
    Hotspots(#[from] HotspotsError),
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
}

/// The cells whose centre lies in the kommun and in every condition on the place, in order of key.
fn study_area(part: &Part, grid: Grid) -> Option<Vec<CellKey>> {
    let crs = part.kommun.crs;
    let Filter { bbox, polygon, areas, .. } = &part.filter;
    let mut conditions: Vec<Vec<Shape>> = Vec::new();
    conditions.extend(bbox.and_then(box_shape).map(|shape| vec![shape]));
    conditions.extend(polygon.clone().map(|shape| vec![shape]));
    if let Some(areas) = areas {
        // A theme is everywhere, and so is a question that may be about one.
        let places: Option<Vec<Shape>> = areas.iter().map(|area| area.shape.clone().filter(|_| area.rule.place)).collect();
        conditions.extend(places);
    }
    let inside = |cell: &CellKey, shapes: &[Shape]| {
        grid.centre(*cell, crs).is_some_and(|(lon, lat)| shapes.iter().any(|shape| shape.covers(lon, lat)))
    };
    if let Some((first, others)) = conditions.split_first() {
        let outline = Shape::new(&part.kommun.municipality.outline)?;
        let mut cells = Vec::new();
        for shape in first {
            cells.extend(grid.cover(crs, shape, STUDY_MAX)?);
        }
        cells.sort_unstable();
        cells.dedup();
        cells.retain(|cell| others.iter().all(|shapes| inside(cell, shapes)) && inside(cell, std::slice::from_ref(&outline)));
        return Some(cells);
    }
    let cover = || Shape::new(&part.kommun.municipality.outline).and_then(|outline| grid.cover(crs, &outline, STUDY_MAX)).map(Arc::new);
    part.kommun.covers.0[grid.number()].get_or_init(cover).as_deref().cloned()
}

fn box_shape([west, south, east, north]: [f64; 4]) -> Option<Shape> {
    Shape::new(&geo_types::Rect::new((west, south), (east, north)).to_polygon().into())
}
