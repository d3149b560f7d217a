//! Reports on map tiles: each by itself where one can see it, summed where one cannot. However it is cut, the tiles of a zoom hold every
//! report that answers a question exactly once.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::codes::{Category, Feeling};
use crate::geo::filter::Filter;
use crate::geo::grid::{Grid, SquareSize, Window};
use crate::geo::index::{Entry, Snapshot};
use crate::geo::tile::{EXTENT, Places, Tile, world};

/// From this zoom reports are points; a tile is about a kilometre wide in Sweden.
pub const POINTS_FROM: u8 = 14;
/// More reports than this in one tile are summed.
pub const POINTS_MAX: usize = 10_000;
/// Where they are summed in a tile of points: so many steps along each side.
const STEPS: i32 = 64;
/// At most this many doublings of a kilometre: 128 km.
const DOUBLINGS_MAX: u8 = 7;

/// A report on a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its id.
    pub id: Uuid,
    /// Units of the tile.
    pub at: [i32; 2],
    /// Microseconds UTC: when it happened, else when it was received.
    pub happened: i64,
    /// Its category.
    pub category: Category,
    /// Index of its status.
    pub status: u8,
    /// Index of its light class.
    pub light: u8,
}

/// Reports summed at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Units of the tile.
    pub at: [i32; 2],
    /// Reports of feeling unsafe.
    pub unsafe_count: u64,
    /// Reports of feeling safe.
    pub safe_count: u64,
}

/// What a tile shows of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Each report, in order of id.
    Spots(Vec<Spot>),
    /// Sums, each of at least one.
    Clusters(Vec<Cluster>),
}

/// The reports of a tile that answer a question asked of one or several kommuner.
///
/// From zoom [`POINTS_FROM`] those that the tile owns: each, or where there are more than [`POINTS_MAX`], sums in 64 × 64 equal parts of
/// the tile at their mean place. Before it the squares of the heatmap's lattice that have their centre in the tile, with a side of
/// 125 m × 2^(13 − zoom) and 128 km at most: they nest, so a sum is that of the four it falls into at the next zoom. It stands at the
/// square's centre.
pub fn reports<'a>(parts: impl Iterator<Item = (&'a Snapshot, &'a Filter)>, tile: Tile) -> Content {
    if tile.zoom() < POINTS_FROM { Content::Clusters(squares(parts, tile)) } else { spots(parts, tile) }
}

/// The grid that is counted, and how often its squares are doubled.
fn lattice(zoom: u8) -> (SquareSize, u8) {
    match zoom {
        13.. => (SquareSize::M125, 0),
        12 => (SquareSize::M250, 0),
        11 => (SquareSize::M500, 0),
        _ => (SquareSize::M1000, (10 - zoom).min(DOUBLINGS_MAX)),
    }
}

fn squares<'a>(parts: impl Iterator<Item = (&'a Snapshot, &'a Filter)>, tile: Tile) -> Vec<Cluster> {
    let (size, doublings) = lattice(tile.zoom());
    let (grid, side) = (Grid::Square(size), size.metres() * f64::from(1_u32 << doublings));
    // A square with its centre in the tile reaches beyond it by half its side.
    let [west, south, east, north] = tile.bounds();
    let (up, aside) = (side / 100_000.0, side / (100_000.0 * south.abs().max(north.abs()).to_radians().cos().max(0.05)));
    let around = [west - aside, south - up, east + aside, north + up];
    let owned = tile.owned();
    let mut sums: BTreeMap<(u32, i32, i32), Cluster> = BTreeMap::new();
    let mut elsewhere = None;
    for (snapshot, filter) in parts {
        let crs = snapshot.crs();
        let window = Window::new(grid, crs, around);
        for feeling in [Feeling::Unsafe, Feeling::Safe] {
            if filter.feeling.is_some_and(|asked| asked != feeling) {
                continue;
            }
            let filter = Filter { feeling: Some(feeling), ..filter.clone() };
            for (key, count) in snapshot.count(grid, &filter, Some(&window)) {
                let Some((column, row)) = grid.column_and_row(key) else { continue };
                let square = (crs.epsg(), column >> doublings, row >> doublings);
                if elsewhere == Some(square) {
                    continue;
                }
                let Some(at) = sums.get(&square).map(|sum| sum.at).or_else(|| {
                    let centre = |index: i32| (f64::from(index) + 0.5) * side;
                    let (lon, lat) = crs.inverse(centre(square.1), centre(square.2))?;
                    owned.holds(lon, lat).then(|| tile.units(world(lon, lat)).map(|units| (units as i32).clamp(0, EXTENT - 1)))
                }) else {
                    elsewhere = Some(square);
                    continue;
                };
                let sum = sums.entry(square).or_insert(Cluster { at, unsafe_count: 0, safe_count: 0 });
                *(if feeling == Feeling::Unsafe { &mut sum.unsafe_count } else { &mut sum.safe_count }) += u64::from(count);
            }
        }
    }
    sums.into_values().collect()
}

fn spots<'a>(parts: impl Iterator<Item = (&'a Snapshot, &'a Filter)>, tile: Tile) -> Content {
    let (owned, places) = (tile.owned(), Places::new(tile));
    let mut spots: Vec<Spot> = Vec::new();
    let mut summed: Option<Summed> = None;
    for (snapshot, filter) in parts {
        let grid = Grid::Square(SquareSize::M250);
        let window = Window::new(grid, snapshot.crs(), tile.bounds());
        snapshot.select_cells(grid, filter, Some(&window), |_, entry: &Entry| {
            if !owned.holds(entry.lon, entry.lat) {
                return;
            }
            let (at, category) = (places.units(entry.lon, entry.lat), entry.category());
            if let Some(summed) = &mut summed {
                return summed.add(at, category.feeling());
            }
            spots.push(Spot { id: entry.id, at, happened: entry.happened, category, status: entry.status, light: entry.light });
            if spots.len() > POINTS_MAX {
                let mut all = Summed::default();
                spots.drain(..).for_each(|spot| all.add(spot.at, spot.category.feeling()));
                summed = Some(all);
            }
        });
    }
    if let Some(summed) = summed {
        return Content::Clusters(summed.clusters());
    }
    // The order of an index depends on how it grew; the same version gives the same tile everywhere.
    spots.sort_unstable_by_key(|spot| spot.id);
    Content::Spots(spots)
}

/// Sums in equal parts of a tile, column by column from the west: of the places, and of both feelings. Of whole numbers, so that no order of
/// adding matters.
#[derive(Debug)]
struct Summed(Vec<([i64; 2], [u64; 2])>);

impl Default for Summed {
    fn default() -> Self {
        Self(vec![Default::default(); (STEPS * STEPS) as usize])
    }
}

impl Summed {
    fn add(&mut self, at: [i32; 2], feeling: Feeling) {
        let [column, row] = at.map(|units| units * STEPS / EXTENT);
        let (place, counts) = &mut self.0[(column * STEPS + row) as usize];
        *place = [place[0] + i64::from(at[0]), place[1] + i64::from(at[1])];
        counts[usize::from(feeling == Feeling::Safe)] += 1;
    }

    fn clusters(&self) -> Vec<Cluster> {
        let cluster = |(place, [unsafe_count, safe_count]): &([i64; 2], [u64; 2])| {
            let all = (unsafe_count + safe_count) as i64;
            (all > 0).then(|| Cluster { at: place.map(|sum| (sum / all) as i32), unsafe_count: *unsafe_count, safe_count: *safe_count })
        };
        self.0.iter().filter_map(cluster).collect()
    }
}

#[cfg(test)]
#[path = "tiles_tests.rs"]
mod tests;
