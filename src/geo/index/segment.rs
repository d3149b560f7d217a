//! The base of an index: rows laid out by place, kind and time, so that most questions read a few unbroken stretches of memory, and the
//! R-tree that finds what is nearest.
//!
//! Rows with a point come first, tile by tile (squares of [`TILE_M`], column by column), within a tile by category and then by time.

use std::ops::Range;

use rstar::{AABB, PointDistance, RTree, RTreeObject};
use uuid::Uuid;

use super::Entry;
use crate::domain::codes::Bits;

/// Edge of a tile in metres. Whole tiles make whole squares of 250, 500 and 1000 m.
const TILE_M: f64 = 250.0;

/// A row's place in the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    at: [f64; 2],
    /// Its number.
    pub(super) row: u32,
}

impl RTreeObject for Node {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.at)
    }
}

impl PointDistance for Node {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        (self.at[0] - point[0]).powi(2) + (self.at[1] - point[1]).powi(2)
    }
}

/// The rows of one square of ground.
#[derive(Clone, Debug)]
pub(super) struct Tile {
    column: i32,
    row: i32,
    rows: Range<usize>,
    /// West, south, east, north of its rows in degrees.
    pub(super) bounds: [f64; 4],
}

/// What the layout itself answers: a box in metres, categories, a span of time. The default asks for everything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    /// South-west corner.
    pub(super) low: [f64; 2],
    /// North-east corner.
    pub(super) high: [f64; 2],
    /// Categories by index; `None` allows all.
    pub(super) categories: Option<Bits>,
    /// First moment, inclusive.
    pub(super) from: Option<i64>,
    /// First moment after.
    pub(super) to: Option<i64>,
}

impl Default for Ask {
    fn default() -> Self {
        Self { low: [f64::NEG_INFINITY; 2], high: [f64::INFINITY; 2], categories: None, from: None, to: None }
    }
}

/// Rows with what finds them; immutable once shared.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    /// All rows.
    pub(super) rows: Vec<Entry>,
    /// Those with a point.
    pub(super) tree: RTree<Node>,
    tiles: Vec<Tile>,
    /// Row numbers in order of id.
    by_id: Vec<u32>,
}

impl Segment {
    /// Lays out rows.
    pub(super) fn build(mut rows: Vec<Entry>) -> Self {
        let key = |entry: &Entry| (!entry.is_placed(), tile_index(entry.x), tile_index(entry.y), entry.category, entry.happened);
        rows.sort_unstable_by_key(key);
        let placed = rows.partition_point(Entry::is_placed);
        let mut tiles: Vec<Tile> = Vec::new();
        for (number, entry) in rows[..placed].iter().enumerate() {
            let (column, row) = (tile_index(entry.x), tile_index(entry.y));
            match tiles.last_mut() {
                Some(tile) if (tile.column, tile.row) == (column, row) => {
                    tile.rows.end = number + 1;
                    let [west, south, east, north] = tile.bounds;
                    tile.bounds = [west.min(entry.lon), south.min(entry.lat), east.max(entry.lon), north.max(entry.lat)];
                }
                _ => tiles.push(Tile { column, row, rows: number..number + 1, bounds: [entry.lon, entry.lat, entry.lon, entry.lat] }),
            }
        }
        let nodes = rows[..placed].iter().enumerate().map(|(row, entry)| Node { at: [entry.x, entry.y], row: row as u32 }).collect();
        let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
        by_id.sort_unstable_by_key(|row| rows[*row as usize].id);
        Self { tree: RTree::bulk_load(nodes), rows, tiles, by_id }
    }

    /// The number of a row.
    pub(super) fn find(&self, id: Uuid) -> Option<u32> {
        self.by_id.binary_search_by_key(&id, |row| self.rows[*row as usize].id).ok().map(|at| self.by_id[at])
    }

    /// Every stretch of rows of asked categories and time in the tiles that the box meets; of each the tile and the row numbers.
    pub(super) fn stretches(&self, ask: &Ask, mut each: impl FnMut(&Tile, Range<usize>)) {
        let [columns, rows] = [0, 1].map(|axis| tile_index(ask.low[axis])..=tile_index(ask.high[axis]));
        let mut at = self.tiles.partition_point(|tile| tile.column < *columns.start());
        while let Some(column) = self.tiles.get(at).map(|tile| tile.column).filter(|column| columns.contains(column)) {
            at += self.tiles[at..].partition_point(|tile| tile.column == column && tile.row < *rows.start());
            while let Some(tile) = self.tiles.get(at).filter(|tile| tile.column == column && rows.contains(&tile.row)) {
                self.stretches_of(tile, ask, &mut each);
                at += 1;
            }
            at += self.tiles[at..].partition_point(|tile| tile.column == column);
        }
    }

    fn stretches_of(&self, tile: &Tile, ask: &Ask, each: &mut impl FnMut(&Tile, Range<usize>)) {
        let (mut at, end) = (tile.rows.start, tile.rows.end);
        if ask.categories.is_none() && ask.from.is_none() && ask.to.is_none() {
            each(tile, at..end);
            return;
        }
        while at < end {
            let category = self.rows[at].category;
            let wanted = ask.categories.map_or(1, |bits| bits.0 >> category);
            if wanted & 1 == 0 {
                // On to the next category that is asked for, if there is one.
                let next = category.saturating_add(wanted.trailing_zeros() as u8);
                at += self.rows[at..end].partition_point(|entry| entry.category < next);
                continue;
            }
            let rows = &self.rows[at..end];
            let rows = &rows[..rows.partition_point(|entry| entry.category == category)];
            let from = ask.from.map_or(0, |from| rows.partition_point(|entry| entry.happened < from));
            let to = ask.to.map_or(rows.len(), |to| rows.partition_point(|entry| entry.happened < to));
            if from < to {
                each(tile, at + from..at + to);
            }
            at += rows.len();
        }
    }
}

/// Which column or row of tiles holds a coordinate in metres; the outermost for what lies beyond all.
fn tile_index(metres: f64) -> i32 {
    (metres / TILE_M).floor() as i32
}

/// Rows of a segment that no longer hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Dead {
    words: Vec<u64>,
    count: usize,
}

impl Dead {
    /// How many.
    pub(super) const fn len(&self) -> usize {
        self.count
    }

    /// Whether this row is one.
    pub(super) fn contains(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Marks a row.
    pub(super) fn insert(&mut self, row: usize) {
        if self.words.len() <= row / 64 {
            self.words.resize(row / 64 + 1, 0);
        }
        let word = &mut self.words[row / 64];
        self.count += usize::from(*word >> (row % 64) & 1 == 0);
        *word |= 1 << (row % 64);
    }

    /// How many lie in a stretch.
    pub(super) fn within(&self, rows: Range<usize>) -> usize {
        if self.count == 0 { 0 } else { rows.filter(|row| self.contains(*row)).count() }
    }
}
