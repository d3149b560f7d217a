//! Map tiles: which part of the world a tile shows, and where in it a place lies.
//!
//! Web Mercator (EPSG:3857) in the XYZ scheme: at zoom z the world is 2^z × 2^z tiles, x from 180° west, y from the north. Inside a tile
//! places are counted in units of 1/4096 of its side ([`EXTENT`]), x to the east, y to the south.
//!
//! y = (1 − asinh(tan φ) / π) / 2 of the world's height (Snyder 1987, eq. 7-2, on the sphere).

use std::f64::consts::PI;

pub mod clip;
pub mod mvt;

/// Units along a side of a tile.
pub const EXTENT: i32 = 4_096;
/// Units around a tile in which outlines are still drawn, so that a line along the edge is as wide on both sides.
pub const BUFFER: i32 = 64;
/// The finest zoom: a unit is two millimetres.
pub const ZOOM_MAX: u8 = 22;

/// From this zoom the series of [`Places`] is exact to a hundredth of a unit.
const SERIES_FROM: u8 = 8;

/// A tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    z: u8,
    x: u32,
    y: u32,
}

impl Tile {
    /// The tile of a zoom, a column and a row, where there is one.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        (z <= ZOOM_MAX && x < 1 << z && y < 1 << z).then_some(Self { z, x, y })
    }

    /// Its zoom.
    pub const fn zoom(self) -> u8 {
        self.z
    }

    /// West, south, east, north in degrees. Neighbours have the same number for the edge they share, at every zoom.
    pub fn bounds(self) -> [f64; 4] {
        [self.lon(self.x), self.lat(self.y + 1), self.lon(self.x + 1), self.lat(self.y)]
    }

    /// Which places are this tile's: every place is one tile's at each zoom. A tile owns its western and northern edge; those at the ends
    /// of the world own what lies beyond.
    pub fn owned(self) -> Owned {
        let [west, south, east, north] = self.bounds();
        let last = (1 << self.z) - 1;
        Owned {
            west: if self.x == 0 { f64::NEG_INFINITY } else { west },
            south: if self.y == last { f64::NEG_INFINITY } else { south },
            east: if self.x == last { f64::INFINITY } else { east },
            north: if self.y == 0 { f64::INFINITY } else { north },
        }
    }

    /// Whether a place (degrees) is one of those.
    pub fn owns(self, lon: f64, lat: f64) -> bool {
        self.owned().holds(lon, lat)
    }

    /// Where a point of the [`world`] lies, in units; beyond 0 and [`EXTENT`] outside the tile.
    pub fn units(self, [x, y]: [f64; 2]) -> [f64; 2] {
        // Times a power of two: nothing is lost before the difference.
        let of = |world: f64, tile: u32| (world * f64::from(1_u32 << self.z) - f64::from(tile)) * f64::from(EXTENT);
        [of(x, self.x), of(y, self.y)]
    }

    fn lon(self, x: u32) -> f64 {
        f64::from(x) / f64::from(1_u32 << self.z) * 360.0 - 180.0
    }

    fn lat(self, y: u32) -> f64 {
        (PI * (1.0 - 2.0 * f64::from(y) / f64::from(1_u32 << self.z))).sinh().atan().to_degrees()
    }
}

/// The places of a tile, ready to be asked for many of them.
#[derive(Clone, Copy, Debug)]
pub struct Owned {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Owned {
    /// Whether a place (degrees) is among them.
    pub fn holds(&self, lon: f64, lat: f64) -> bool {
        lon >= self.west && lon < self.east && lat <= self.north && lat > self.south
    }
}

/// A place (degrees) as a share of the world's width from the west and of its height from the north; infinitely far at the poles.
pub fn world(lon: f64, lat: f64) -> [f64; 2] {
    [(lon + 180.0) / 360.0, 0.5 - lat.to_radians().tan().asinh() / (2.0 * PI)]
}

/// Finds the whole units of many places of one tile.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    tile: Tile,
    west: f64,
    /// Units per degree of longitude.
    east: f64,
    middle: f64,
    /// Units to the south of the tile's northern edge by powers of the degrees north of `middle`: the Taylor series of the projection.
    series: [f64; 5],
}

impl Places {
    /// For a tile.
    pub fn new(tile: Tile) -> Self {
        let [west, south, _, north] = tile.bounds();
        let middle = f64::midpoint(south, north);
        let (s, c) = middle.to_radians().sin_cos();
        let per_radian = -f64::from(EXTENT) * f64::from(1_u32 << tile.z) / (2.0 * PI);
        let degree = PI / 180.0;
        let series = [
            tile.units(world(west, middle))[1],
            per_radian * degree / c,
            per_radian * degree.powi(2) * s / (2.0 * c.powi(2)),
            per_radian * degree.powi(3) * (1.0 + s * s) / (6.0 * c.powi(3)),
            per_radian * degree.powi(4) * s * (5.0 + s * s) / (24.0 * c.powi(4)),
        ];
        Self { tile, west, east: f64::from(EXTENT) * f64::from(1_u32 << tile.z) / 360.0, middle, series }
    }

    /// Whole units of a place that the tile [owns](Tile::owns), each from 0 to 4095.
    pub fn units(&self, lon: f64, lat: f64) -> [i32; 2] {
        let y = if self.tile.z < SERIES_FROM {
            self.tile.units(world(lon, lat))[1]
        } else {
            let north = lat - self.middle;
            self.series.iter().rev().fold(0.0, |sum, term| sum * north + term)
        };
        // A float becomes the nearest whole number there is; on the very edge rounding may have gone either way.
        [(lon - self.west) * self.east, y].map(|units| (units as i32).clamp(0, EXTENT - 1))
    }
}

#[cfg(test)]
#[path = "tile_tests.rs"]
mod tests;
