//! How the places of a cell lie to a border that crosses it: by small squares of the cell, most of them wholly on one side, so that a
//! place there is decided by its mark, without its row.

use super::rows::{Mark, box_of, mark};

/// The squares of one cell.
#[derive(Debug)]
pub(super) struct Squares {
    corner: Mark,
    /// A side is 2^`shift` steps of a mark.
    shift: u32,
    /// There are 2^`levels` columns, and as many rows.
    levels: u32,
    /// By column, then row: the categories whose every place there passes, and those where each has to be looked at.
    found: Vec<(u64, u64)>,
}

impl Squares {
    /// Of a cell whose places lie in some bounds (west, south, east, north in degrees). `relation` tells of the places in a closed box the
    /// categories that all pass, and those that have to be looked at; a square is divided while there are any of these among `wanted`.
    pub(super) fn new([west, south, east, north]: [f64; 4], levels: u32, wanted: u64, relation: impl Fn([f64; 4]) -> (u64, u64)) -> Self {
        let (corner, last) = (mark(west, south), mark(east, north));
        let span = (last[0] - corner[0]).max(last[1] - corner[1]);
        let shift = (u32::BITS - span.leading_zeros()).saturating_sub(levels);
        let mut made = Self { corner, shift, levels, found: vec![(0, 0); 1 << (2 * levels)] };
        made.divide([0, 0], levels, wanted, &relation);
        made
    }

    fn divide(&mut self, [column, row]: [usize; 2], level: u32, wanted: u64, relation: &impl Fn([f64; 4]) -> (u64, u64)) {
        let side = 1 << level;
        let found = relation(box_of(self.corner, [column, row].map(|at| at << self.shift), side << self.shift));
        if level > 0 && found.1 & wanted != 0 {
            for (right, up) in [(0, 0), (0, side / 2), (side / 2, 0), (side / 2, side / 2)] {
                self.divide([column + right, row + up], level - 1, wanted, relation);
            }
            return;
        }
        for column in column..column + side {
            let first = (column << self.levels) + row;
            self.found[first..first + side].fill(found);
        }
    }

    /// Whether a place of some categories passes; `None` where only its row decides.
    pub(super) fn told(&self, mark: Mark, categories: u64) -> Option<bool> {
        let [column, row] = [0, 1].map(|axis| (mark[axis].wrapping_sub(self.corner[axis]) >> self.shift) as usize);
        let (sure, perhaps) = *self.found.get((column << self.levels) + row)?;
        if categories & !sure == 0 {
            Some(true)
        } else if categories & (sure | perhaps) == 0 {
            Some(false)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::agreement::LinkingRule;
    use crate::domain::codes::Bits;
    use crate::geo::filter::{AreaCondition, Filter};
    use crate::geo::grid::Grid;
    use crate::geo::index::{Entry, Snapshot};
    use crate::geo::shape::{Relation, Shape};
    use crate::geo::sweref::MetricCrs;

    fn shape(corners: impl IntoIterator<Item = (f64, f64)>) -> Option<Shape> {
        let outline = geo_types::Polygon::new(corners.into_iter().collect(), Vec::new());
        Shape::new(&geo_types::MultiPolygon(vec![outline]))
    }

    /// So many places in 600 × 550 m that a cell is divided, on steps that corners of polygons lie on too.
    fn crowd() -> Vec<Entry> {
        let place = |number: u32| {
            let [lon, lat] = [0.618_034, 0.754_878].map(|share| (f64::from(number) * share).fract());
            let (lon, lat) = (14.52 + (lon * 200.0).round() * 5e-5, 56.28 + (lat * 200.0).round() * 2.5e-5);
            let (x, y) = MetricCrs::Sweref99Tm.forward(lon, lat).expect("in Sweden");
            let id = uuid::Uuid::from_u128(u128::from(number) + 1);
            Entry {
                id,
                lon,
                lat,
                x,
                y,
                category: (number % 3) as u8,
                happened: i64::from(number) * 1_000_000,
                hour: (number % 24) as u8,
                ..Entry::blank()
            }
        };
        (0..6_000).map(place).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn a_crowded_cell_has_what_a_scan_counts(
            rings in proptest::collection::vec((proptest::collection::vec((0..9_u8, 0..9_u8), 3..7), 0..8_u64), 1..4), drawn in any::<bool>(), late in any::<bool>(), west in 0..9_u8,
        ) {
            let rows = crowd();
            let index = Snapshot::build(MetricCrs::Sweref99Tm, 1, rows.clone());
            let corners = |ring: &[(u8, u8)]| shape(ring.iter().map(|(x, y)| (14.52 + f64::from(*x) * 1.25e-3, 56.28 + f64::from(*y) * 6.25e-4)));
            let area = |(ring, categories): &(Vec<_>, u64)| AreaCondition { rule: LinkingRule { categories: Bits(*categories), place: true }, shape: corners(ring) };
            let filter = Filter {
                polygon: if drawn { corners(&rings[0].0) } else { None },
                areas: (!drawn || late).then(|| rings.iter().map(area).collect()),
                bbox: late.then(|| [14.52 + f64::from(west) * 1e-3, 56.2, 14.6, 56.3]),
                from: late.then_some(2_000_000_000),
                hours: (late && drawn).then_some(Bits(0xfff)),
                ..Filter::default()
            };
            for name in ["square1000-", "square500-", "square250-", "hex400-", "h3r8-"] {
                let (grid, _) = Grid::named(name).expect("a grid");
                let mut scanned = std::collections::BTreeMap::new();
                for row in rows.iter().filter(|row| filter.matches(row)) {
                    *scanned.entry(grid.cell(row.x, row.y, row.lon, row.lat)).or_insert(0_u32) += 1;
                }
                prop_assert_eq!(index.count(grid, &filter, None), scanned.into_iter().collect::<Vec<_>>(), "{}", name);
            }
        }

        /// What the squares tell of a place is what the polygon says, on its corners and edges too; and they tell it of most places.
        #[test]
        fn squares_say_what_the_polygon_says(
            corners in proptest::collection::vec((0..9_u8, 0..9_u8), 3..7), places in proptest::collection::vec((0..33_u8, 0..33_u8), 300), levels in 1..6_u32,
        ) {
            let at = |(x, y): (f64, f64)| (14.8 + x * 0.0003, 56.8 + y * 0.0002);
            let shape = shape(corners.iter().map(|(x, y)| at((f64::from(*x), f64::from(*y))))).expect("not empty");
            let places: Vec<_> = places.iter().map(|(x, y)| at((f64::from(*x) / 4.0, f64::from(*y) / 4.0))).collect();
            let bounds = places.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[w, s, e, n], (x, y)| [w.min(*x), s.min(*y), e.max(*x), n.max(*y)]);
            let relation = |bounds| match shape.relation(bounds) {
                Relation::Inside => (u64::MAX, 0),
                Relation::Crossed => (0, u64::MAX),
                Relation::Outside => (0, 0),
            };
            let squares = Squares::new(bounds, levels, 1, relation);
            let told: Vec<_> = places.iter().map(|(lon, lat)| (squares.told(mark(*lon, *lat), 1), shape.covers(*lon, *lat))).collect();
            for (told, covered) in &told {
                prop_assert!(told.is_none_or(|told| told == *covered));
            }
            if levels == 5 {
                prop_assert!(told.iter().filter(|(told, _)| told.is_some()).count() > 100);
            }
        }
    }
}
