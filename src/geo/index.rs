//! The spatial index of one kommun: immutable segments, a small delta with an R-tree, and the rows that no longer hold.
//!
//! Derived from the store and followed by the change log; dropping it loses nothing. A [`Snapshot`] never changes: a writer makes the
//! next one and swaps it in, so no reader ever waits. Rows are compact copies of what filters and counts need, nothing more.
//!
//! A segment holds its rows in the order of a flat grid (for what is near) and, for each grid of the heatmap, a projection: places by
//! (cell, category, time). Small segments are merged into larger ones beside the readers, so that there are never many.
//!
//! Coordinates: `lon`/`lat` WGS 84 degrees; `x`/`y` metres in the kommun's metric reference system. Distances are geodesic metres; the
//! search works in the projection, whose scale differs from 1 by less than [`SCALE_SLACK`], and candidates are re-measured.

use std::sync::Arc;

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;
use uuid::Uuid;

mod ask;
mod clock;
mod delta;
mod entry;
mod file;
mod flat;
mod page;
mod projection;
mod rows;
mod segment;
mod shared;
mod squares;

use self::ask::Ask;
use self::delta::Delta;
use self::segment::{OF_ROWS, Segment, spanned};
use super::filter::Filter;
use super::grid::{CellKey, Grid, Window};
use super::outline::distance_m;
use super::sweref::MetricCrs;
use crate::domain::codes::{Bits, Category};

pub use self::entry::{Entry, UNKNOWN};
pub use self::file::{FileFault, Origin};
pub use self::page::PageKey;
pub use self::shared::{Merge, SpatialIndex};

/// Largest relative difference between projected and geodesic distance inside a kommun, with room to spare.
const SCALE_SLACK: f64 = 1.01;

/// How far away and how many similar reports are shown.
const SIMILAR_M: f64 = 250.0;
const SIMILAR: usize = 5;

/// A merge takes in every newer part that is at least this share (one in …) of what it already takes.
const FAN: usize = 8;
/// More changes than this are merged: each is looked at by every question.
const DELTA_MAX: usize = 4_096;
/// The same for rows that no longer hold, of which a large segment may keep more, because a merge of it takes longer.
const DEAD_MAX: usize = 65_536;

/// What the change log did to a report.
#[derive(Clone, Debug)]
pub enum Change {
    /// New, or changed in place.
    Put(Entry),
    /// Gone (withdrawn or erased).
    Remove(Uuid),
}

/// A report found near a point.
#[derive(Clone, Debug)]
pub struct Near {
    /// The row.
    pub entry: Entry,
    /// Geodesic metres.
    pub distance_m: f64,
}

/// A segment and its rows that no longer hold.
#[derive(Clone, Debug)]
struct Part {
    segment: Arc<Segment>,
    dead: Arc<RoaringBitmap>,
}

impl Part {
    fn new(segment: Segment) -> Self {
        Self { segment: Arc::new(segment), dead: Arc::default() }
    }

    fn is_live(&self, row: usize) -> bool {
        self.dead.is_empty() || !self.dead.contains(row as u32)
    }

    fn len(&self) -> usize {
        self.segment.rows.len() - self.dead.len() as usize
    }

    /// When the first and the last of its live rows happened.
    fn times(&self) -> Option<(i64, i64)> {
        let (first, last) = self.segment.times()?;
        if self.dead_rows().all(|row| first < row.happened && row.happened < last) {
            return Some((first, last));
        }
        let mut span = None;
        self.for_each(|row| span = span.into_iter().chain([(row.happened, row.happened)]).reduce(spanned));
        span
    }

    fn dead_rows(&self) -> impl Iterator<Item = &Entry> {
        self.dead.iter().map(|row| &self.segment.rows[row as usize])
    }

    fn for_each(&self, each: impl FnMut(&Entry)) {
        self.segment.rows.iter().enumerate().filter(|(row, _)| self.is_live(*row)).map(|(_, entry)| entry).for_each(each);
    }

    /// Whether so much of it no longer holds that it is worth making anew.
    fn is_worn(&self) -> bool {
        self.dead.len() as usize > (self.segment.rows.len() / 32).clamp(DELTA_MAX / 2, DEAD_MAX)
    }
}

/// Everything the index knows of a kommun at one version; cheap to clone, never changes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    crs: MetricCrs,
    version: i64,
    /// Oldest and largest first.
    parts: Vec<Part>,
    delta: Arc<Delta>,
}

impl Snapshot {
    /// Builds from all rows of a kommun at a version.
    pub fn build(crs: MetricCrs, version: i64, rows: Vec<Entry>) -> Self {
        let segment = Segment::build(crs, rows);
        Self { crs, version, parts: vec![Part::new(segment)], delta: Arc::default() }
    }

    /// The version of the change log that this answers for.
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// The metric reference system of `x`/`y`.
    pub const fn crs(&self) -> MetricCrs {
        self.crs
    }

    /// How many reports there are, on the map or not.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Part::len).sum::<usize>() + self.delta.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When the first and the last report happened (else were received), microseconds UTC.
    pub fn times(&self) -> Option<(i64, i64)> {
        let of_delta = self.delta.rows.values().map(|row| (row.happened, row.happened));
        self.parts.iter().filter_map(Part::times).chain(of_delta).reduce(spanned)
    }

    /// The next snapshot, with these changes applied in order.
    pub fn apply(&self, version: i64, changes: Vec<Change>) -> Self {
        if changes.is_empty() {
            return Self { version, ..self.clone() };
        }
        let (mut parts, mut delta) = (self.parts.clone(), (*self.delta).clone());
        for change in changes {
            let id = match &change {
                Change::Put(entry) => entry.id,
                Change::Remove(id) => *id,
            };
            delta.remove(id);
            for part in &mut parts {
                if let Some(row) = part.segment.find(id)
                    && !part.dead.contains(row)
                {
                    Arc::make_mut(&mut part.dead).insert(row);
                }
            }
            if let Change::Put(entry) = change {
                delta.insert(entry);
            }
        }
        Self { crs: self.crs, version, parts, delta: Arc::new(delta) }
    }

    /// Whether enough has changed to be worth a merge.
    pub fn wants_merge(&self) -> bool {
        self.delta.rows.len() > DELTA_MAX || self.parts.iter().any(Part::is_worn)
    }

    /// Whether no row is kept that no longer holds, and none is in the delta.
    pub fn is_settled(&self) -> bool {
        self.delta.rows.is_empty() && self.parts.iter().all(|part| part.dead.is_empty())
    }

    /// The same content in fewer parts. Takes long where a large part is due: run it beside the readers.
    pub fn merged(&self) -> Self {
        self.merge(Part::is_worn)
    }

    /// The same content without rows that no longer hold. Takes as long as building it anew, if a large part has any.
    pub fn settled(&self) -> Self {
        if self.is_settled() { self.clone() } else { self.merge(|part| !part.dead.is_empty()) }
    }

    /// Takes the delta, what is small beside it, and every part from the first that is due into a new part.
    fn merge(&self, is_due: impl Fn(&Part) -> bool) -> Self {
        let due = self.parts.iter().position(is_due).unwrap_or(self.parts.len());
        let (mut kept, mut taken) = (self.parts.clone(), self.delta.rows.len());
        while let Some(part) = kept.pop_if(|part| part.len() <= FAN * taken) {
            taken += part.len();
        }
        kept.truncate(due);
        let mut rows: Vec<Entry> = Vec::with_capacity(self.len() - kept.iter().map(Part::len).sum::<usize>());
        rows.extend(self.delta.rows.values().cloned());
        self.parts[kept.len()..].iter().for_each(|part| part.for_each(|entry| rows.push(entry.clone())));
        let segment = Segment::build(self.crs, rows);
        // Grids that somebody looked at stay ready.
        for (number, _) in self.parts.iter().flat_map(|part| part.segment.projections()) {
            segment.projection(Grid::ALL[number]);
        }
        kept.push(Part::new(segment));
        Self { crs: self.crs, version: self.version, parts: kept, delta: Arc::default() }
    }

    /// Every live row, in no particular order.
    pub fn for_each(&self, mut each: impl FnMut(&Entry)) {
        self.parts.iter().for_each(|part| part.for_each(&mut each));
        self.delta.rows.values().for_each(each);
    }

    /// Every placed report that answers a question.
    pub fn select(&self, filter: &Filter, mut each: impl FnMut(&Entry)) {
        self.select_cells(OF_ROWS, filter, None, |_, entry| each(entry));
    }

    /// Every placed report that answers a question, with the cell that it lies in; of a window's cells only.
    pub fn select_cells(&self, grid: Grid, filter: &Filter, window: Option<&Window>, mut each: impl FnMut(CellKey, &Entry)) {
        let ask = Ask::new(filter);
        let near = self.window_of(grid, filter);
        for part in &self.parts {
            let rows = &part.segment.rows;
            part.segment.projection(grid).each(&ask, window.or(near.as_ref()), rows, |cell, row| {
                if part.is_live(row) {
                    each(cell, &rows[row]);
                }
            });
        }
        self.delta.rows.values().for_each(|entry| {
            if let Some(cell) = answering(grid, filter, window, entry) {
                each(cell, entry);
            }
        });
    }

    /// How many placed reports of each cell answer a question, cells in order of key, none that are empty; of a window's cells only.
    pub fn count(&self, grid: Grid, filter: &Filter, window: Option<&Window>) -> Vec<(CellKey, u32)> {
        let ask = Ask::new(filter);
        let near = self.window_of(grid, filter);
        let mut counted = Vec::new();
        let mut changed: Vec<(CellKey, i32)> = Vec::new();
        for part in &self.parts {
            let of_part = part.segment.projection(grid).count(&ask, window.or(near.as_ref()), &part.segment.rows);
            if counted.is_empty() {
                counted = of_part;
            } else {
                changed.extend(of_part.into_iter().map(|(cell, count)| (cell, count as i32)));
            }
            changed.extend(part.dead_rows().filter_map(|entry| answering(grid, filter, window, entry)).map(|cell| (cell, -1)));
        }
        changed.extend(self.delta.rows.values().filter_map(|entry| answering(grid, filter, window, entry)).map(|cell| (cell, 1)));
        if !changed.is_empty() {
            changed.sort_unstable();
            counted = joined(&counted, &changed);
        }
        counted
    }

    /// The cells of what a filter says of places, where it says it of all of them.
    fn window_of(&self, grid: Grid, filter: &Filter) -> Option<Window> {
        filter.envelope().map(|bbox| Window::new(grid, self.crs, bbox)).filter(|window| window.lattice().is_some())
    }

    /// Every report without a point that answers a question which names no place.
    pub fn select_unplaced<'a>(&'a self, filter: &Filter, mut each: impl FnMut(&'a Entry)) {
        let mut answer = |entry: &'a Entry| {
            if filter.matches_unplaced(entry) {
                each(entry);
            }
        };
        for part in &self.parts {
            let placed = part.segment.placed();
            part.segment.rows.iter().enumerate().skip(placed).filter(|(row, _)| part.is_live(*row)).for_each(|(_, entry)| answer(entry));
        }
        self.delta.rows.values().filter(|entry| !entry.is_placed()).for_each(answer);
    }

    /// Reports within a geodesic radius, nearest first.
    pub fn within(&self, lon: f64, lat: f64, radius_m: f64, keep: impl Fn(&Entry) -> bool) -> Vec<Near> {
        let Some((x, y)) = self.crs.forward(lon, lat) else { return Vec::new() };
        let mut found = Vec::new();
        self.within_metres([x, y], radius_m * SCALE_SLACK, |entry| {
            if keep(entry) {
                found.push(entry);
            }
        });
        let mut found = measured((lon, lat), found);
        found.retain(|near| near.distance_m <= radius_m);
        found
    }

    /// Every placed row within a radius of a point of the projection, in metres, and perhaps a few a hair's breadth beyond.
    pub fn within_metres<'a>(&'a self, at: [f64; 2], radius: f64, mut each: impl FnMut(&'a Entry)) {
        for part in &self.parts {
            part.segment.flat.within(at, radius, |row| {
                if part.is_live(row) {
                    each(&part.segment.rows[row]);
                }
            });
        }
        self.delta.within(at, radius).for_each(each);
    }

    /// The nearest `k` reports that pass, nearest first.
    pub fn nearest(&self, lon: f64, lat: f64, k: usize, keep: impl Fn(&Entry) -> bool) -> Vec<Near> {
        let Some((x, y)) = self.crs.forward(lon, lat) else { return Vec::new() };
        let mut found = measured((lon, lat), self.nearest_metres([x, y], k, SCALE_SLACK, keep));
        found.truncate(k);
        found
    }

    /// The `k` rows nearest to a point of the projection that pass, in no order, and some of those that are less than `stretch` (a
    /// factor) as far away as the last of them.
    pub fn nearest_metres(&self, at: [f64; 2], k: usize, stretch: f64, keep: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
        let mut found = Vec::new();
        for part in &self.parts {
            let rows = &part.segment.rows;
            let near = part.segment.flat.nearest(at, k, stretch as f32, |row| part.is_live(row) && keep(&rows[row]));
            found.extend(near.into_iter().map(|row| &rows[row]));
        }
        found.extend(self.delta.nearest(at, k, stretch, &keep));
        found
    }

    /// Open reports of the same category within 250 m, nearest first, at most five (the duplicate hint of FixMyStreet).
    pub fn similar(&self, lon: f64, lat: f64, category: Category, except: Option<Uuid>, sources: Option<Vec<u16>>) -> Vec<Near> {
        let Some((x, y)) = self.crs.forward(lon, lat) else { return Vec::new() };
        let reach = SIMILAR_M * SCALE_SLACK;
        // A square of degrees around the circle; its cells are read by category.
        let (north, east) = (reach / 111_000.0, reach / (111_000.0 * lat.to_radians().cos().max(0.01)));
        let bbox = Some([lon - east, lat - north, lon + east, lat + north]);
        let filter = Filter { bbox, categories: Some(Bits::from_iter([category.index()])), sources, ..Filter::default() };
        let mut found: Vec<(f64, Entry)> = Vec::new();
        self.select(&filter, |entry| {
            let distance_2 = (entry.x - x).powi(2) + (entry.y - y).powi(2);
            if distance_2 <= reach * reach && entry.is_open() && Some(entry.id) != except {
                found.push((distance_2, entry.clone()));
            }
        });
        // Only what may be among the first by geodesic distance is measured.
        found.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let limit = found.get(SIMILAR - 1).map_or(f64::INFINITY, |(distance_2, _)| distance_2 * SCALE_SLACK * SCALE_SLACK);
        let mut near = measured((lon, lat), found.iter().take_while(|(distance_2, _)| *distance_2 <= limit).map(|(_, entry)| entry));
        near.retain(|near| near.distance_m <= SIMILAR_M);
        near.truncate(SIMILAR);
        near
    }

    /// Bytes held by each kind of part, for the bench.
    pub fn bytes(&self) -> Vec<(String, usize)> {
        let mut sum: FxHashMap<String, usize> = FxHashMap::default();
        for (what, bytes) in self.parts.iter().flat_map(|part| part.segment.bytes()) {
            *sum.entry(what).or_default() += bytes;
        }
        let mut parts: Vec<_> = sum.into_iter().collect();
        parts.sort_unstable();
        parts
    }
}

/// The cell of a row, if the row answers and the cell is of the window.
fn answering(grid: Grid, filter: &Filter, window: Option<&Window>, entry: &Entry) -> Option<CellKey> {
    if !entry.is_placed() || !filter.matches(entry) {
        return None;
    }
    let cell = grid.cell(entry.x, entry.y, entry.lon, entry.lat);
    window.is_none_or(|window| window.holds(cell)).then_some(cell)
}

/// Counts with changes to some of them; both in order of key.
fn joined(counted: &[(CellKey, u32)], changed: &[(CellKey, i32)]) -> Vec<(CellKey, u32)> {
    let mut joined = Vec::with_capacity(counted.len() + changed.len());
    let (mut counted, mut changed) = (counted.iter().peekable(), changed.iter().peekable());
    while let Some(cell) = [counted.peek().map(|(cell, _)| *cell), changed.peek().map(|(cell, _)| *cell)].into_iter().flatten().min() {
        let mut sum = i64::from(counted.next_if(|(key, _)| *key == cell).map_or(0, |(_, count)| *count));
        while let Some((_, change)) = changed.next_if(|(key, _)| *key == cell) {
            sum += i64::from(*change);
        }
        if sum > 0 {
            joined.push((cell, sum as u32));
        }
    }
    joined
}

/// Rows with their geodesic distance, nearest first.
fn measured<'a>((lon, lat): (f64, f64), rows: impl IntoIterator<Item = &'a Entry>) -> Vec<Near> {
    let near = |entry: &Entry| Near { distance_m: distance_m(lon, lat, entry.lon, entry.lat), entry: entry.clone() };
    let mut found: Vec<Near> = rows.into_iter().map(near).collect();
    found.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then_with(|| a.entry.id.cmp(&b.entry.id)));
    found
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
