//! How cells are named: the ids of squares (SCB's where SCB has one), hexagons and H3 cells.

use std::fmt::Write;

use h3o::CellIndex;

use super::{CellKey, Grid, SquareSize, square_corner};
use crate::geo::sweref::MetricCrs;

/// The name of a grid; see [`Grid::name`].
pub(super) fn name(grid: Grid) -> String {
    match grid {
        Grid::Square(_) => format!("square{}", grid.size_m()),
        Grid::Hex(_) => format!("hex{}", grid.size_m()),
        Grid::H3(resolution) => format!("h3r{}", u8::from(resolution)),
    }
}

/// The id of a cell; see [`Grid::id`].
pub(super) fn write(grid: Grid, key: CellKey, crs: MetricCrs) -> String {
    let mut id = crs_prefix(grid, crs);
    // Writing to a String cannot fail.
    let _ = match grid {
        Grid::Square(size) => {
            let (east, north) = whole_corner(key, size);
            write!(id, "{}", size_prefix(size)).and_then(|()| {
                if (0..1_000_000).contains(&east) && (0..10_000_000).contains(&north) {
                    write!(id, "{east:06}{north:07}")
                } else {
                    // Outside the digits SCB uses (far outside Sweden): the two numbers apart, with their signs.
                    write!(id, "{east}_{north}")
                }
            })
        }
        Grid::Hex(size) => {
            let (column, row) = key.unpack();
            write!(id, "hex{}:{column}:{row}", size.metres())
        }
        Grid::H3(_) => write!(id, "{:x}", key.0),
    };
    id
}

/// The key an id names, leniently: the caller compares with what we would have written.
pub(super) fn parse(grid: Grid, text: &str, crs: MetricCrs) -> Option<CellKey> {
    let rest = text.strip_prefix(crs_prefix(grid, crs).as_str())?;
    match grid {
        Grid::Square(size) => {
            let digits = rest.strip_prefix(size_prefix(size))?;
            let (east, north) = match digits.split_once('_') {
                Some(pair) => pair,
                None => digits.split_at_checked(6)?,
            };
            Some(CellKey::pack(index_of(east.parse().ok()?, size)?, index_of(north.parse().ok()?, size)?))
        }
        Grid::Hex(size) => {
            let (column, row) = rest.strip_prefix(&format!("hex{}:", size.metres()))?.split_once(':')?;
            Some(CellKey::pack(column.parse().ok()?, row.parse().ok()?))
        }
        Grid::H3(resolution) => {
            let cell: CellIndex = rest.parse().ok()?;
            (cell.resolution() == resolution).then(|| CellKey(cell.into()))
        }
    }
}

/// H3 cells are the same in every CRS.
fn crs_prefix(grid: Grid, crs: MetricCrs) -> String {
    match (grid, crs) {
        (Grid::H3(_), _) | (_, MetricCrs::Sweref99Tm) => String::new(),
        (_, MetricCrs::Utm { .. }) => format!("epsg{}-", crs.epsg()),
    }
}

fn size_prefix(size: SquareSize) -> &'static str {
    match size {
        SquareSize::M62_5 => "62.5-",
        SquareSize::M125 => "125-",
        SquareSize::M500 => "500-",
        SquareSize::M250 | SquareSize::M1000 => "",
    }
}

/// The corner in whole metres: every other corner of 62.5 m squares ends in a half, which the id leaves out. Corners are at
/// least 62 m apart, so no two ids meet.
fn whole_corner(key: CellKey, size: SquareSize) -> (i64, i64) {
    let (x, y) = square_corner(key, size);
    (x.floor() as i64, y.floor() as i64)
}

/// The column or row whose corner, less its half metre, is `whole`.
fn index_of(whole: i64, size: SquareSize) -> Option<i32> {
    let index = (whole as f64 / size.metres()).ceil();
    (index.abs() < f64::from(i32::MAX)).then_some(index as i32)
}
