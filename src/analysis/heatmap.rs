//! Counts per cell under a filter: exact, live, and the same whether one asks for reports or for the people behind them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::geo::filter::Filter;
use crate::geo::grid::{CellKey, Grid, SquareSize};
use crate::geo::index::Snapshot;

/// What a cell's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// Reports.
    Count,
    /// Distinct reporters; all reports without a token count as one reporter together.
    Reporters,
}

impl Statistic {
    /// The code in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Reporters => "reporters",
        }
    }
}

/// Counts per cell, in order of cell key, and the number of reports that answered the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heatmap {
    /// Cells with at least one.
    pub cells: Vec<(CellKey, u32)>,
    /// Reports counted.
    pub total: u64,
}

/// Counts every placed report that matches the filter in the cell that holds it.
pub fn heatmap(index: &Snapshot, grid: Grid, statistic: Statistic, filter: &Filter) -> Heatmap {
    let mut total = 0;
    let mut cells: Vec<(CellKey, u32)> = match statistic {
        Statistic::Count => {
            let mut counts: FxHashMap<CellKey, u32> = FxHashMap::default();
            index.select_counted(filter, whole_tiles(grid), |entry, count| {
                total += u64::from(count);
                *counts.entry(grid.cell(entry.x, entry.y, entry.lon, entry.lat)).or_default() += count;
            });
            counts.into_iter().collect()
        }
        Statistic::Reporters => {
            let mut people: FxHashMap<CellKey, FxHashSet<u64>> = FxHashMap::default();
            index.select(filter, |entry| {
                total += 1;
                people.entry(grid.cell(entry.x, entry.y, entry.lon, entry.lat)).or_default().insert(entry.reporter);
            });
            people.into_iter().map(|(cell, set)| (cell, set.len() as u32)).collect()
        }
    };
    cells.sort_unstable();
    Heatmap { cells, total }
}

/// Whether each cell is made of whole squares of 250 m.
fn whole_tiles(grid: Grid) -> bool {
    matches!(grid, Grid::Square(SquareSize::M250 | SquareSize::M500 | SquareSize::M1000))
}
