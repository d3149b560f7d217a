//! The grids of the heatmap: squares on the metric lattice, PostGIS hexagons, H3.
//!
//! A cell is a [`CellKey`] (for counting) or an id (for people and other systems); which grid it belongs to is not in the
//! key. Every place is indexed directly at each grid, never by the parents of a finer one, except that squares nest
//! exactly: all sizes are cut from one lattice of 62.5 m.
//!
//! - *Squares* lie on multiples of their size. 250 and 1000 m in EPSG:3006 carry the ids of Statistics Sweden (SCB,
//!   "Statistik på rutnät"): easting (6 digits) and northing (7) of the lower-left corner in metres, "3520006860000".
//! - *Hexagons* are those of PostGIS `ST_HexagonGrid` (flat-topped, edge = size, origin 0 0, odd columns half a cell up).
//! - *H3* is Uber's index, through `h3o`, resolutions 7 to 11.

use h3o::{CellIndex, LatLng, Resolution};

use super::sweref::MetricCrs;

mod cover;
mod id;
mod ring;
mod window;

pub use window::Window;

/// √3, the ratio of a flat-topped hexagon's height to its edge.
const SQRT_3: f64 = 1.732_050_807_568_877_2;

/// Edge of a square cell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SquareSize {
    /// 62.5 m
    M62_5,
    /// 125 m
    M125,
    /// 250 m, as SCB in densely built areas
    M250,
    /// 500 m
    M500,
    /// 1000 m, as SCB elsewhere
    M1000,
}

impl SquareSize {
    /// Every size, finest first.
    pub const ALL: [Self; 5] = [Self::M62_5, Self::M125, Self::M250, Self::M500, Self::M1000];

    /// The edge in metres.
    pub fn metres(self) -> f64 {
        FINEST_M * f64::from(1u32 << self.doublings())
    }

    /// How many times the finest size doubles to this one.
    fn doublings(self) -> u32 {
        self as u32
    }
}

/// Edge of a hexagonal cell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HexSize {
    /// 50 m
    M50,
    /// 100 m
    M100,
    /// 200 m
    M200,
    /// 400 m
    M400,
}

impl HexSize {
    /// Every size, finest first.
    pub const ALL: [Self; 4] = [Self::M50, Self::M100, Self::M200, Self::M400];

    /// The edge in metres.
    pub fn metres(self) -> f64 {
        50.0 * f64::from(1u32 << (self as u32))
    }
}

/// One way of dividing the ground into cells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Grid {
    /// Squares of the metric lattice.
    Square(SquareSize),
    /// Flat-topped hexagons of the metric plane.
    Hex(HexSize),
    /// H3 cells of one resolution.
    H3(Resolution),
}

/// A cell within a known grid: column and row (each offset so that keys sort by column, then row), or the H3 index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CellKey(pub u64);

/// The lattice all squares are cut from, in metres. Exact in binary, like every corner made of it.
const FINEST_M: f64 = 62.5;

/// Metres: beyond any coordinate of a projection. NaN is not within it either.
const MAX_METRES: f64 = 1.0e9;

/// The key of what is no place: as a square or hexagon far off the plane, as H3 no index.
const NO_CELL: CellKey = CellKey(0);

impl CellKey {
    /// The cell in a column and row of a grid of squares or hexagons.
    pub fn pack(column: i32, row: i32) -> Self {
        let sortable = |value: i32| u64::from((value ^ i32::MIN) as u32);
        Self(sortable(column) << 32 | sortable(row))
    }

    pub(super) fn unpack(self) -> (i32, i32) {
        let signed = |half: u32| half as i32 ^ i32::MIN;
        (signed((self.0 >> 32) as u32), signed(self.0 as u32))
    }
}

impl Grid {
    /// Every grid.
    pub const ALL: [Self; 14] = [
        Self::Square(SquareSize::M62_5),
        Self::Square(SquareSize::M125),
        Self::Square(SquareSize::M250),
        Self::Square(SquareSize::M500),
        Self::Square(SquareSize::M1000),
        Self::Hex(HexSize::M50),
        Self::Hex(HexSize::M100),
        Self::Hex(HexSize::M200),
        Self::Hex(HexSize::M400),
        Self::H3(Resolution::Seven),
        Self::H3(Resolution::Eight),
        Self::H3(Resolution::Nine),
        Self::H3(Resolution::Ten),
        Self::H3(Resolution::Eleven),
    ];

    /// Those that are kept ready.
    pub const DEFAULTS: [Self; 4] =
        [Self::Square(SquareSize::M125), Self::Square(SquareSize::M250), Self::Square(SquareSize::M500), Self::Square(SquareSize::M1000)];

    /// Position in [`Grid::ALL`].
    pub fn number(self) -> usize {
        match self {
            Self::Square(size) => size as usize,
            Self::Hex(size) => SquareSize::ALL.len() + size as usize,
            // No grid is made of another resolution.
            Self::H3(resolution) => {
                (SquareSize::ALL.len() + HexSize::ALL.len() + usize::from(u8::from(resolution)) - 7).min(Self::ALL.len() - 1)
            }
        }
    }

    /// Squares of 62.5, 125, 250, 500 or 1000 m.
    #[expect(clippy::float_cmp, reason = "the sizes are exact in binary")]
    pub fn square(size_m: f64) -> Option<Self> {
        SquareSize::ALL.into_iter().find(|size| size.metres() == size_m).map(Self::Square)
    }

    /// Hexagons with an edge of 50, 100, 200 or 400 m.
    #[expect(clippy::float_cmp, reason = "the sizes are exact in binary")]
    pub fn hex(size_m: f64) -> Option<Self> {
        HexSize::ALL.into_iter().find(|size| size.metres() == size_m).map(Self::Hex)
    }

    /// H3 of resolution 7 to 11.
    pub fn h3(resolution: u8) -> Option<Self> {
        (7..=11).contains(&resolution).then(|| Resolution::try_from(resolution).ok()).flatten().map(Self::H3)
    }

    /// Metres: the edge of a square or hexagon, the mean edge of an H3 cell.
    pub fn size_m(self) -> f64 {
        match self {
            Self::Square(size) => size.metres(),
            Self::Hex(size) => size.metres(),
            Self::H3(resolution) => resolution.edge_length_m(),
        }
    }

    /// The cell that holds a place, given both its metric coordinates (`x` east, `y` north, in the kommun's CRS) and its
    /// degrees. A square owns its lower and left edge. Coordinates that
    /// are no place get a key whose ring is `None`.
    pub fn cell(self, x: f64, y: f64, lon: f64, lat: f64) -> CellKey {
        let on_the_plane = x.abs() <= MAX_METRES && y.abs() <= MAX_METRES;
        let on_the_globe = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        match self {
            Self::Square(_) | Self::Hex(_) if !on_the_plane => NO_CELL,
            Self::H3(_) if !on_the_globe => NO_CELL,
            Self::Square(size) => {
                let index = |metres| lattice_index(metres) >> size.doublings();
                CellKey::pack(index(x), index(y))
            }
            Self::Hex(size) => hex_cell(x, y, size.metres()),
            Self::H3(resolution) => CellKey(LatLng::new(lat, lon).map_or(NO_CELL.0, |place| place.to_cell(resolution).into())),
        }
    }

    /// Column and row of a cell on its lattice; H3 has none.
    pub fn column_and_row(self, key: CellKey) -> Option<(i32, i32)> {
        (!matches!(self, Self::H3(_))).then(|| key.unpack())
    }

    /// A number for a cell that no other cell of the grid has, below 2^53 so that a script holds it exactly: of squares and hexagons of
    /// EPSG:3006 east of its origin and north of the equator, and of H3 cells. `None` for the others.
    pub fn number_of(self, key: CellKey, crs: MetricCrs) -> Option<u64> {
        match self {
            // The base cell and the digits down to the resolution, the only bits that differ.
            Self::H3(resolution) => Some((key.0 & ((1 << 52) - 1)) >> (3 * (15 - u64::from(u8::from(resolution))))),
            Self::Square(_) | Self::Hex(_) => {
                let (column, row) = key.unpack();
                let index = |index: i32| u64::try_from(index).ok().filter(|index| *index < 1 << 26);
                (crs == MetricCrs::Sweref99Tm).then_some(())?;
                Some(index(column)? << 26 | index(row)?)
            }
        }
    }

    /// Its name: `square250`, `hex200`, `h3r9`.
    pub fn name(self) -> String {
        id::name(self)
    }

    /// The grid and the id of a cell that is named with its grid, as in `square250-3520006860000`; whether there is such a cell is for
    /// [`parse_id`](Self::parse_id) to say.
    pub fn named(text: &str) -> Option<(Self, &str)> {
        let (name, cell) = text.split_once('-')?;
        Some((Self::ALL.into_iter().find(|grid| grid.name() == name)?, cell))
    }

    /// The id of a cell: SCB's for squares of 250 and 1000 m in EPSG:3006; "500-3520006860000" for other squares;
    /// "hex100:2353:39614"; an H3 index. A square or hexagon outside EPSG:3006 has its CRS in front: "epsg32610-…".
    pub fn id(self, key: CellKey, crs: MetricCrs) -> String {
        id::write(self, key, crs)
    }

    /// The cell of an id, if it is one of this grid, written as [`id`](Self::id) writes it.
    pub fn parse_id(self, text: &str, crs: MetricCrs) -> Option<CellKey> {
        id::parse(self, text, crs).filter(|&key| self.id(key, crs) == text)
    }

    /// The closed exterior ring as [longitude, latitude], counter-clockwise (RFC 7946): 5 positions for a square, 7 for a
    /// hexagon, as many as H3 gives. `None` where the cell lies outside the projection's domain.
    pub fn ring(self, key: CellKey, crs: MetricCrs) -> Option<Vec<[f64; 2]>> {
        let corner = |x: f64, y: f64| crs.inverse(x, y).map(|(lon, lat)| [lon, lat]);
        let mut ring: Vec<[f64; 2]> = match self {
            Self::Square(size) => {
                let ((x, y), s) = (square_corner(key, size), size.metres());
                [(x, y), (x + s, y), (x + s, y + s), (x, y + s)].into_iter().map(|(x, y)| corner(x, y)).collect::<Option<_>>()?
            }
            Self::Hex(size) => {
                let ((x, y), s) = (hex_centre(key, size.metres()), size.metres());
                let (half, up) = (s * 0.5, s * SQRT_3 * 0.5);
                [(-s, 0.0), (-half, -up), (half, -up), (s, 0.0), (half, up), (-half, up)]
                    .into_iter()
                    .map(|(dx, dy)| corner(x + dx, y + dy))
                    .collect::<Option<_>>()?
            }
            Self::H3(_) => CellIndex::try_from(key.0).ok()?.boundary().iter().map(|vertex| [vertex.lng(), vertex.lat()]).collect(),
        };
        ring.push(*ring.first()?);
        Some(ring)
    }

    /// Longitude and latitude of the cell's centre.
    pub fn centre(self, key: CellKey, crs: MetricCrs) -> Option<(f64, f64)> {
        if let Self::H3(_) = self {
            let centre = LatLng::from(CellIndex::try_from(key.0).ok()?);
            return Some((centre.lng(), centre.lat()));
        }
        let (x, y) = self.metric_centre(key, crs)?;
        crs.inverse(x, y)
    }

    /// Metres east and north of the cell's centre.
    pub fn metric_centre(self, key: CellKey, crs: MetricCrs) -> Option<(f64, f64)> {
        match self {
            Self::Square(size) => {
                let ((x, y), half) = (square_corner(key, size), size.metres() * 0.5);
                Some((x + half, y + half))
            }
            Self::Hex(size) => Some(hex_centre(key, size.metres())),
            Self::H3(_) => {
                let (lon, lat) = self.centre(key, crs)?;
                crs.forward(lon, lat)
            }
        }
    }
}

/// Easting and northing in metres of a square's lower-left corner.
pub fn square_corner(key: CellKey, size: SquareSize) -> (f64, f64) {
    let (column, row) = key.unpack();
    (f64::from(column) * size.metres(), f64::from(row) * size.metres())
}

/// The square of size `to` that holds a square of size `from`; where `to` is the finer one, the lower-left square within.
pub fn square_parent(key: CellKey, from: SquareSize, to: SquareSize) -> CellKey {
    let (column, row) = key.unpack();
    let shift = |index: i32| {
        if to >= from { index >> (to.doublings() - from.doublings()) } else { index << (from.doublings() - to.doublings()) }
    };
    CellKey::pack(shift(column), shift(row))
}

/// Which step of the finest lattice holds a coordinate.
fn lattice_index(metres: f64) -> i32 {
    (metres / FINEST_M).floor() as i32
}

/// The nearest of the hexagon centres around a point: hexagons are the Voronoi cells of their centres.
fn hex_cell(x: f64, y: f64, edge: f64) -> CellKey {
    let near = (x / (1.5 * edge)).round();
    let height = edge * SQRT_3;
    let candidates = [near - 1.0, near, near + 1.0].map(|column| {
        let row = (y / height - odd_shift(column)).round();
        let (dx, dy) = (x - column * 1.5 * edge, y - (row + odd_shift(column)) * height);
        (dx * dx + dy * dy, column, row)
    });
    let (_, column, row) = candidates.into_iter().fold((f64::INFINITY, 0.0, 0.0), |best, one| if one.0 < best.0 { one } else { best });
    CellKey::pack(column as i32, row as i32)
}

fn hex_centre(key: CellKey, edge: f64) -> (f64, f64) {
    let (column, row) = key.unpack();
    (f64::from(column) * 1.5 * edge, (f64::from(row) + odd_shift(f64::from(column))) * edge * SQRT_3)
}

/// Odd columns stand half a hexagon higher.
fn odd_shift(column: f64) -> f64 {
    0.5 * column.rem_euclid(2.0)
}

#[cfg(test)]
#[path = "grid_tests.rs"]
mod tests;
