//! The cells that a map view needs: whole ones, whatever part of them is on the screen.

use std::ops::RangeInclusive;

use super::{CellKey, Grid, MAX_METRES};
use crate::geo::sweref::MetricCrs;

/// Every cell of a grid that meets a box of degrees, and perhaps a few beside it.
#[derive(Clone, Debug)]
pub struct Window {
    grid: Grid,
    crs: MetricCrs,
    lattice: Option<[RangeInclusive<i32>; 2]>,
    /// West, south, east, north in degrees, widened by a cell.
    around: [f64; 4],
}

impl Window {
    /// The window of a box: west, south, east, north in degrees.
    pub fn new(grid: Grid, crs: MetricCrs, bbox: [f64; 4]) -> Self {
        // A cell that meets the box has its centre within its own width; no cell is three edges wide.
        let north = 3.0 * grid.size_m() / 110_000.0;
        let east = north / bbox[1].abs().max(bbox[3].abs()).to_radians().cos().max(0.05);
        let around = [bbox[0] - east, bbox[1] - north, bbox[2] + east, bbox[3] + north];
        let lattice = crs.metric_box(bbox).and_then(|(low, high)| grid.lattice(low, high));
        Self { grid, crs, lattice, around }
    }

    /// Whether a cell belongs to it.
    pub fn holds(&self, key: CellKey) -> bool {
        match &self.lattice {
            Some([columns, rows]) => {
                let (column, row) = key.unpack();
                columns.contains(&column) && rows.contains(&row)
            }
            None => self.grid.centre(key, self.crs).is_some_and(|(lon, lat)| self.holds_centre(lon, lat)),
        }
    }

    /// Whether a cell with this centre (degrees) belongs to it, where there are no columns and rows to tell.
    pub(in crate::geo) fn holds_centre(&self, lon: f64, lat: f64) -> bool {
        let [west, south, east, north] = self.around;
        lon >= west && lon <= east && lat >= south && lat <= north
    }

    /// Columns and rows of its cells: not for H3, nor for a box beyond the projection.
    pub(in crate::geo) const fn lattice(&self) -> Option<&[RangeInclusive<i32>; 2]> {
        self.lattice.as_ref()
    }
}

impl Grid {
    /// Columns and rows of the cells that a box of metres meets; a hexagon's neighbours are taken with it.
    pub(in crate::geo) fn lattice(self, low: [f64; 2], high: [f64; 2]) -> Option<[RangeInclusive<i32>; 2]> {
        let (step, beyond) = match self {
            Self::Square(size) => ([size.metres(); 2], 0),
            Self::Hex(size) => ([size.metres() * 1.5, size.metres() * super::SQRT_3], 1),
            Self::H3(_) => return None,
        };
        let index = |metres: f64, axis: usize| (metres.clamp(-MAX_METRES, MAX_METRES) / step[axis]).floor() as i32;
        Some([0, 1].map(|axis| index(low[axis], axis) - beyond..=index(high[axis], axis) + beyond))
    }
}
