//! Counts per cell under a filter: exact, live, and the same whether one asks for reports or for the people behind them.

use crate::geo::filter::Filter;
use crate::geo::grid::{CellKey, Grid, Window};
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

/// Counts every placed report that matches the filter in the cell that holds it; with a window, only its cells, each whole.
pub fn heatmap(index: &Snapshot, grid: Grid, statistic: Statistic, filter: &Filter, window: Option<&Window>) -> Heatmap {
    match statistic {
        Statistic::Count => {
            let cells = index.count(grid, filter, window);
            let total = cells.iter().map(|(_, count)| u64::from(*count)).sum();
            Heatmap { cells, total }
        }
        Statistic::Reporters => {
            // A report without a token is nobody, 0.
            let mut people: Vec<(CellKey, u64)> = Vec::new();
            index.select_cells(grid, filter, window, |cell, entry| people.push((cell, entry.reporter().unwrap_or(0))));
            let total = people.len() as u64;
            people.sort_unstable();
            people.dedup();
            let cells = people
                .chunk_by(|a, b| a.0 == b.0)
                .map(|cell| (cell[0].0, cell.iter().filter(|(_, who)| *who != 0).count().max(1) as u32))
                .collect();
            Heatmap { cells, total }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::grid::SquareSize;
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
            let made = heatmap(&index, Grid::Square(SquareSize::M250), statistic, &Filter::default(), None);
            (made.cells.iter().map(|(_, count)| *count).collect::<Vec<_>>(), made.total)
        };
        assert_eq!(of(Statistic::Count), (vec![4, 2, 3], 9));
        assert_eq!(of(Statistic::Reporters), (vec![2, 1, 1], 9));
    }
}
