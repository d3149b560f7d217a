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
    /// Distinct reporters. A report without a token is never another reporter; a cell with no other reports counts one.
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
                let set = people.entry(grid.cell(entry.x, entry.y, entry.lon, entry.lat)).or_default();
                set.extend(entry.reporter());
            });
            people.into_iter().map(|(cell, set)| (cell, set.len().max(1) as u32)).collect()
        }
    };
    cells.sort_unstable();
    Heatmap { cells, total }
}

/// Whether each cell is made of whole squares of 250 m.
fn whole_tiles(grid: Grid) -> bool {
    matches!(grid, Grid::Square(SquareSize::M250 | SquareSize::M500 | SquareSize::M1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::index::Entry;
    use crate::geo::sweref::MetricCrs;

    fn entry(id: u128, east: f64, reporter: u64) -> Entry {
        let (x, y) = (500_000.0 + east, 6_250_000.0);
        let (lon, lat) = MetricCrs::Sweref99Tm.inverse(x, y).expect("in Sweden");
        Entry {
            id: uuid::Uuid::from_u128(id),
            version: id as i64,
            lon,
            lat,
            x,
            y,
            received: 0,
            happened: 0,
            reporter,
            perspectives: 0,
            year: 2026,
            source: 0,
            hour: 0,
            weekday: 1,
            month: 1,
            time_band: 0,
            light: 0,
            category: 0,
            status: 0,
            insecurity: 0,
            travel_mode: 0,
        }
    }

    #[test]
    fn people_are_counted_once_and_nobody_is_never_another() {
        let (two_and_a_nobody, nobody, one_often) = ([7, 8, 0, 0], [0, 0], [9, 9, 9]);
        let squares = [(1.0, &two_and_a_nobody[..]), (251.0, &nobody), (501.0, &one_often)];
        let people = squares.iter().flat_map(|(east, people)| people.iter().map(move |who| (*east, *who)));
        let rows = people.enumerate().map(|(id, (east, who))| entry(id as u128, east, who)).collect();
        let index = Snapshot::build(MetricCrs::Sweref99Tm, 1, rows);
        let of = |statistic| {
            let made = heatmap(&index, Grid::Square(SquareSize::M250), statistic, &Filter::default());
            (made.cells.iter().map(|(_, count)| *count).collect::<Vec<_>>(), made.total)
        };
        assert_eq!(of(Statistic::Count), (vec![4, 2, 3], 9));
        assert_eq!(of(Statistic::Reporters), (vec![2, 1, 1], 9));
    }
}
