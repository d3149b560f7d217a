//! The cells of a study area: every cell whose centre lies in a polygon, whether anything happened there or not.

use super::{CellKey, Grid};
use crate::geo::shape::Shape;
use crate::geo::sweref::MetricCrs;

/// Candidates that are looked at for each cell that may be returned.
const CANDIDATES: usize = 8;

impl Grid {
    /// The cells whose centre a polygon covers, in order of key. `None` when there are more than `most`, when the polygon fills too little
    /// of its own box to be searched, or when it leaves the projection.
    pub fn cover(self, crs: MetricCrs, shape: &Shape, most: usize) -> Option<Vec<CellKey>> {
        let (low, high) = crs.metric_box(shape.bbox())?;
        // H3 has no rows: its cells are found by the places of squares narrower than half of one.
        let step = if let Self::H3(_) = self { self.size_m() * 0.5 } else { 0.0 };
        let lattice = self.lattice(low, high);
        let wide = |axis: usize| lattice.as_ref().map_or((high[axis] - low[axis]) / step, |lattice| lattice[axis].clone().count() as f64);
        if wide(0) * wide(1) > most as f64 * CANDIDATES as f64 {
            return None;
        }
        let mut cells = Vec::new();
        let mut take = |key: CellKey| {
            if self.centre(key, crs).is_some_and(|(lon, lat)| shape.covers(lon, lat)) {
                cells.push(key);
            }
        };
        if let Some([columns, rows]) = lattice {
            columns.flat_map(|column| rows.clone().map(move |row| CellKey::pack(column, row))).for_each(take);
        } else {
            let steps = [0, 1].map(|axis| ((high[axis] - low[axis]) / step) as u32 + 2);
            let mut candidates: Vec<CellKey> = (0..steps[0])
                .flat_map(|column| (0..steps[1]).map(move |row| (low[0] + f64::from(column) * step, low[1] + f64::from(row) * step)))
                .filter_map(|(x, y)| crs.inverse(x, y).map(|(lon, lat)| self.cell(x, y, lon, lat)))
                .collect();
            candidates.sort_unstable();
            candidates.dedup();
            candidates.into_iter().for_each(&mut take);
        }
        (cells.len() <= most).then_some(cells)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn a_cell_is_in_the_cover_where_its_centre_is_in_the_polygon(
            corner in (13.0..18.0_f64, 55.5..66.0_f64), sides in (0.02..0.06_f64, 0.01..0.03_f64), at in proptest::collection::vec((-0.2..1.2_f64, -0.2..1.2_f64), 60),
        ) {
            let crs = MetricCrs::Sweref99Tm;
            let (west, south, east, north) = (corner.0, corner.1, corner.0 + sides.0, corner.1 + sides.1);
            let ring = vec![(west, south), (east, south), (f64::midpoint(west, east), f64::midpoint(south, north)), (east, north), (west, north), (west, south)];
            let shape = Shape::new(&geo_types::MultiPolygon(vec![geo_types::Polygon::new(ring.into(), vec![])])).expect("not empty");
            for grid in Grid::ALL {
                let cover = grid.cover(crs, &shape, 100_000).expect("not too many");
                prop_assert!(cover.is_sorted());
                for (across, up) in &at {
                    let (lon, lat) = (west + across * sides.0, south + up * sides.1);
                    let (x, y) = crs.forward(lon, lat).expect("in Sweden");
                    let key = grid.cell(x, y, lon, lat);
                    let (lon, lat) = grid.centre(key, crs).expect("a place");
                    prop_assert_eq!(cover.binary_search(&key).is_ok(), shape.covers(lon, lat), "{:?}", grid);
                }
                prop_assert!(cover.len() < 20 || grid.cover(crs, &shape, cover.len() - 1).is_none());
            }
        }
    }
}
