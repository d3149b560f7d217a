//! Which cells a heatmap has: the grid that is asked for, and how many cells one answer holds.

use crate::domain::invalid::{Fault, FieldFault};
use crate::geo::grid::{Grid, SquareSize};
use crate::http::extract::Parameters;
use crate::http::form::one_of;
use crate::http::problem::Problem;

/// Most cells in one answer, some 20 MB: the smallest squares of a large town, not of a country.
pub(in crate::http) const CELLS_MAX: usize = 50_000;
/// 250 m squares.
pub(in crate::http) const DEFAULT_GRID: Grid = Grid::Square(SquareSize::M250);

/// `grid`, `size_m`, `resolution`; `None` when none is given.
pub(in crate::http) fn grid(parameters: &mut Parameters) -> Option<Grid> {
    let kind = parameters.parsed("grid", |text| one_of(text, &["square", "h3", "hex"], |name| name));
    let size = parameters.parsed("size_m", |text| text.parse::<f64>().map_err(|_| Fault::Unreadable));
    let resolution = parameters.parsed("resolution", |text| text.parse::<u8>().map_err(|_| Fault::Unreadable));
    if kind == Some("h3") {
        if size.is_some() {
            parameters.fault("size_m", Fault::Conflicts("grid=h3"));
        }
        let grid = Grid::h3(resolution.unwrap_or(9));
        if grid.is_none() {
            parameters.fault("resolution", Fault::OutOfRange(7.0, 11.0));
        }
        return grid;
    }
    if resolution.is_some() {
        parameters.fault("resolution", Fault::Needs("grid=h3"));
    }
    let (grid, allowed) = match kind {
        Some("hex") => (Grid::hex(size.unwrap_or(200.0)), vec!["50", "100", "200", "400"]),
        _ if kind.is_none() && size.is_none() => return None,
        _ => (Grid::square(size.unwrap_or(250.0)), vec!["62.5", "125", "250", "500", "1000"]),
    };
    if grid.is_none() {
        parameters.fault("size_m", Fault::NotAllowed(allowed));
    }
    grid
}

/// Refuses what no map shows and no browser holds.
pub(in crate::http) fn bounded(cells: usize, grid: Grid) -> Result<(), Problem> {
    if cells <= CELLS_MAX { Ok(()) } else { Err(too_many_cells(grid, CELLS_MAX)) }
}

pub(super) fn too_many_cells(grid: Grid, most: usize) -> Problem {
    let parameter = if matches!(grid, Grid::H3(_)) { "?resolution" } else { "?size_m" };
    Problem::parameters(vec![FieldFault::at(parameter, Fault::TooManyCells(most))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_of_too_many_cells_says_which_parameter_makes_fewer() {
        let named = |cells, grid| bounded(cells, grid).map_err(|problem| problem.faults[0].pointer.clone());
        let h3 = Grid::h3(11).expect("a resolution");
        assert_eq!((named(CELLS_MAX, DEFAULT_GRID), named(CELLS_MAX, h3)), (Ok(()), Ok(())));
        assert_eq!(named(CELLS_MAX + 1, DEFAULT_GRID), Err("?size_m".to_owned()));
        assert_eq!(named(CELLS_MAX + 1, h3), Err("?resolution".to_owned()));
    }
}
