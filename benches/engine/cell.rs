//! How rivals store a cell: as a number that they can hash well.
//!
//! Not our key as it is: PostgreSQL folds the halves of a `bigint` upon each other to hash it, and columns folded upon rows meet so
//! often that its grouping took six times as long.

use lykta::geo::grid::{CellKey, Grid};
use lykta::geo::index::Entry;

/// More than there are rows of squares or hexagons, the finest from the equator to the pole; and small enough for a number of 32 bits.
const ROWS: i64 = 200_000;

/// The cell of a row as they store it: column and row in one number, or the H3 index.
pub(crate) fn number(grid: Grid, row: &Entry) -> i64 {
    let CellKey(key) = grid.cell(row.x, row.y, row.lon, row.lat);
    let half = |half: u32| i64::from(half as i32 ^ i32::MIN);
    if matches!(grid, Grid::H3(_)) { key as i64 } else { half((key >> 32) as u32) * ROWS + half(key as u32) }
}

/// Our key of such a number.
pub(crate) fn key(grid: Grid, number: i64) -> CellKey {
    if matches!(grid, Grid::H3(_)) { CellKey(number as u64) } else { at((number / ROWS) as i32, (number % ROWS) as i32) }
}

/// Our key of a square or hexagon in a column and row, each offset as [`CellKey`] tells.
pub(crate) fn at(column: i32, row: i32) -> CellKey {
    let sortable = |value: i32| u64::from((value ^ i32::MIN) as u32);
    CellKey(sortable(column) << 32 | sortable(row))
}
