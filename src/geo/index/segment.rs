//! An immutable part of an index: rows in the order of a flat grid, and for each grid of the heatmap a projection.

use std::sync::OnceLock;

use uuid::Uuid;

use super::entry::Entry;
use super::flat::Flat;
use super::projection::Projection;
use super::rows::Rows;
use crate::geo::grid::{Grid, SquareSize};
use crate::geo::sweref::MetricCrs;

/// The grid that questions for rows rather than cells are answered on.
pub(super) const OF_ROWS: Grid = Grid::Square(SquareSize::M250);

/// The span of two spans.
pub(super) fn spanned(one: (i64, i64), other: (i64, i64)) -> (i64, i64) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// Rows with what finds them.
#[derive(Debug)]
pub(super) struct Segment {
    crs: MetricCrs,
    /// All rows: those with a point in the order of `flat`, then the others.
    pub(super) rows: Rows,
    /// Where those with a point are.
    pub(super) flat: Flat,
    /// Row numbers in order of id.
    pub(super) by_id: Vec<u32>,
    /// One for each of [`Grid::ALL`]; made when first asked for.
    projections: [OnceLock<Projection>; Grid::ALL.len()],
    /// When the first and the last happened, microseconds UTC; found when first asked for.
    times: OnceLock<Option<(i64, i64)>>,
}

impl Segment {
    /// Lays out rows, and the grids that are asked for most.
    pub(super) fn build(crs: MetricCrs, mut rows: Vec<Entry>) -> Self {
        let unplaced = rows.extract_if(.., |row| !row.is_placed()).collect::<Vec<_>>();
        let places: Vec<[f64; 2]> = rows.iter().map(|row| [row.x, row.y]).collect();
        let (flat, order) = Flat::build(&places);
        let rows: Vec<Entry> = order.iter().map(|row| rows[*row as usize].clone()).chain(unplaced).collect();
        let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
        by_id.sort_unstable_by_key(|row| rows[*row as usize].id);
        let segment = Self { crs, rows: Rows::new(rows), flat, by_id, projections: Default::default(), times: OnceLock::new() };
        for grid in Grid::DEFAULTS {
            segment.projection(grid);
        }
        segment
    }

    /// How many have a point.
    pub(super) fn placed(&self) -> usize {
        self.flat.len()
    }

    /// The number of a row.
    pub(super) fn find(&self, id: Uuid) -> Option<u32> {
        self.by_id.binary_search_by_key(&id, |row| self.rows[*row as usize].id).ok().map(|at| self.by_id[at])
    }

    /// When the first and the last of its rows happened, microseconds UTC.
    pub(super) fn times(&self) -> Option<(i64, i64)> {
        *self.times.get_or_init(|| self.rows.iter().map(|row| (row.happened, row.happened)).reduce(spanned))
    }

    /// The projection of a grid.
    pub(super) fn projection(&self, grid: Grid) -> &Projection {
        self.projections[grid.number()].get_or_init(|| Projection::build(grid, self.crs, &self.rows[..self.placed()]))
    }

    /// Puts together what was written to a file.
    pub(super) fn of_parts(crs: MetricCrs, rows: Rows, by_id: Vec<u32>, flat: Flat, projections: Vec<(usize, Projection)>) -> Self {
        let made = Self { crs, rows, by_id, flat, projections: Default::default(), times: OnceLock::new() };
        for (number, projection) in projections {
            made.projections[number].get_or_init(|| projection);
        }
        made
    }

    /// The projections that somebody has asked for, with the numbers of their grids.
    pub(super) fn projections(&self) -> impl Iterator<Item = (usize, &Projection)> {
        self.projections.iter().enumerate().filter_map(|(number, made)| made.get().map(|made| (number, made)))
    }

    /// Bytes held: rows, their order by id, the flat grid, each projection.
    pub(super) fn bytes(&self) -> Vec<(String, usize)> {
        let mut parts = vec![
            ("rows".to_owned(), size_of_val(&self.rows[..])),
            ("marks".to_owned(), self.rows.bytes_of_marks()),
            ("by id".to_owned(), size_of_val(&self.by_id[..])),
            ("flat grid".to_owned(), self.flat.bytes()),
        ];
        parts.extend(self.projections().map(|(number, projection)| (format!("{:?}", Grid::ALL[number]), projection.bytes())));
        parts
    }
}
