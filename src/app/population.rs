//! How many live where: squares of 1 km in SWEREF 99 TM, as Statistics Sweden (SCB) has them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::db::population::PopulationRow;
use crate::geo::grid::{CellKey, Grid, SquareSize};

/// The grid of the squares.
pub const GRID: Grid = Grid::Square(SquareSize::M1000);

/// A square's inhabitants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Square {
    /// How many.
    pub people: u32,
    /// At the end of this year, if known.
    pub year: Option<i64>,
    /// Where the number comes from.
    pub source: Arc<str>,
}

/// The squares of a kommun in which somebody is known to live, or nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population(BTreeMap<CellKey, Square>);

impl Population {
    /// From rows of one kommun.
    pub fn new<'a>(rows: impl IntoIterator<Item = &'a PopulationRow>) -> Self {
        let mut sources: BTreeSet<Arc<str>> = BTreeSet::new();
        let square = |row: &'a PopulationRow| {
            let source = sources.get(row.source.as_str()).cloned().unwrap_or_else(|| Arc::from(row.source.as_str()));
            sources.insert(Arc::clone(&source));
            let index = |metres: i64| i32::try_from(metres.div_euclid(1_000)).unwrap_or(i32::MAX);
            let people = u32::try_from(row.people).unwrap_or_default();
            (CellKey::pack(index(row.e), index(row.n)), Square { people, year: row.year, source })
        };
        Self(rows.into_iter().map(square).collect())
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is known of a square of [`GRID`].
    pub fn square(&self, cell: CellKey) -> Option<&Square> {
        self.0.get(&cell)
    }

    /// Inhabitants of a square of [`GRID`]; 0 where none are known.
    pub fn people(&self, cell: CellKey) -> u32 {
        self.square(cell).map_or(0, |square| square.people)
    }

    /// Every square, in order of key.
    pub fn iter(&self) -> impl Iterator<Item = (CellKey, &Square)> {
        self.0.iter().map(|(cell, square)| (*cell, square))
    }

    /// Where the numbers come from.
    pub fn sources(&self) -> Vec<String> {
        self.0.values().map(|square| &square.source).collect::<BTreeSet<_>>().into_iter().map(|source| (**source).to_owned()).collect()
    }

    /// The years they are of.
    pub fn years(&self) -> Vec<i64> {
        self.0.values().filter_map(|square| square.year).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::sweref::MetricCrs;

    #[test]
    fn squares_are_found_by_the_ids_of_statistics_sweden() {
        let row = |e, n, people, year, source: &str| PopulationRow {
            municipality: "2081".to_owned(),
            e,
            n,
            people,
            year,
            source: source.to_owned(),
        };
        let rows = [
            row(509_000, 6_688_000, 68, Some(2025), "b"),
            row(510_000, 6_688_000, 7, None, "a"),
            row(511_000, 6_688_000, 0, Some(2024), "b"),
        ];
        let population = Population::new(&rows);
        let cell = |id: &str| GRID.parse_id(id, MetricCrs::Sweref99Tm).expect("an id");
        let people = ["5090006688000", "5100006688000", "5110006688000", "5120006688000"].map(|id| population.people(cell(id)));
        assert_eq!(people, [68, 7, 0, 0]);
        assert!(population.square(cell("5110006688000")).is_some() && population.square(cell("5120006688000")).is_none());
        assert_eq!((population.sources(), population.years()), (vec!["a".to_owned(), "b".to_owned()], vec![2024, 2025]));
        assert!(!population.is_empty() && Population::new([]).is_empty());
    }
}
