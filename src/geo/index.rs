//! The spatial index of one kommun: an immutable base with an R-tree, a small delta with its own, and the rows that no longer hold.
//!
//! Derived from the store and followed by the change log; dropping it loses nothing. A [`Snapshot`] never changes: a writer makes the
//! next one and swaps it in, so no reader ever waits. Rows are compact copies of what filters and counts need, nothing more.
//!
//! Coordinates: `lon`/`lat` WGS 84 degrees; `x`/`y` metres in the kommun's metric reference system. Distances are geodesic metres; the
//! tree works in the projection, whose scale differs from 1 by less than [`SCALE_SLACK`], and candidates are re-measured.

use std::sync::Arc;

use rstar::{AABB, PointDistance, RTree, RTreeObject};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::filter::Filter;
use super::outline::distance_m;
use super::sweref::MetricCrs;
use crate::domain::codes::{Category, Feeling, Status};

/// Marks a small field that the report does not tell.
pub const UNKNOWN: u8 = u8::MAX;

/// Largest relative difference between projected and geodesic distance inside a kommun, with room to spare.
const SCALE_SLACK: f64 = 1.01;

/// What the index keeps of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Public id.
    pub id: Uuid,
    /// Version of the kommun's log when the row last changed.
    pub version: i64,
    /// Degrees east; NaN when the report has no point yet.
    pub lon: f64,
    /// Degrees north; NaN when the report has no point yet.
    pub lat: f64,
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
    /// Microseconds UTC.
    pub received: i64,
    /// When it happened, else when it was received; microseconds UTC.
    pub happened: i64,
    /// First 64 bits of the reporter's hash; 0 when none was given.
    pub reporter: u64,
    /// Perspective codes, one bit each.
    pub perspectives: u16,
    /// Local calendar year of the day it happened (received, if unknown).
    pub year: i16,
    /// The kommun's number for the source.
    pub source: u16,
    /// Local hour 0–23 when the moment is known.
    pub hour: u8,
    /// Monday 1 … Sunday 7, of the day it happened (received, if unknown).
    pub weekday: u8,
    /// 1–12, of the day it happened (received, if unknown).
    pub month: u8,
    /// Time band index.
    pub time_band: u8,
    /// Light index.
    pub light: u8,
    /// Category index.
    pub category: u8,
    /// Status index.
    pub status: u8,
    /// 0–3.
    pub insecurity: u8,
    /// Travel mode index.
    pub travel_mode: u8,
}

impl Entry {
    /// Whether it is on the map.
    pub fn is_placed(&self) -> bool {
        self.lon.is_finite() && self.x.is_finite()
    }

    /// The category.
    pub fn category(&self) -> Category {
        Category::from_index(usize::from(self.category)).unwrap_or(Category::OtherUnsafe)
    }

    /// The feeling, which the category decides.
    pub fn feeling(&self) -> Feeling {
        self.category().feeling()
    }

    /// Whether somebody still has something to do.
    pub fn is_open(&self) -> bool {
        Status::from_index(usize::from(self.status)).is_some_and(Status::is_open)
    }
}

/// What the change log did to a report.
#[derive(Clone, Debug)]
pub enum Change {
    /// New, or changed in place.
    Put(Entry),
    /// Gone (withdrawn or erased).
    Remove(Uuid),
}

/// A row's place in the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    at: [f64; 2],
    row: u32,
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

/// Rows with a tree over those on the map; immutable once shared.
#[derive(Clone, Debug, Default)]
struct Segment {
    rows: Vec<Entry>,
    tree: RTree<Node>,
    /// Row numbers in order of id.
    by_id: Vec<u32>,
}

impl Segment {
    fn build(rows: Vec<Entry>) -> Self {
        let nodes =
            rows.iter().enumerate().filter(|(_, e)| e.is_placed()).map(|(row, e)| Node { at: [e.x, e.y], row: row as u32 }).collect();
        let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
        by_id.sort_unstable_by_key(|row| rows[*row as usize].id);
        Self { tree: RTree::bulk_load(nodes), rows, by_id }
    }

    fn find(&self, id: Uuid) -> Option<u32> {
        self.by_id.binary_search_by_key(&id, |row| self.rows[*row as usize].id).ok().map(|at| self.by_id[at])
    }
}

/// The changes since the base was built.
#[derive(Clone, Debug, Default)]
struct Delta {
    rows: FxHashMap<Uuid, Entry>,
    tree: RTree<DeltaNode>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct DeltaNode {
    at: [f64; 2],
    id: Uuid,
}

impl RTreeObject for DeltaNode {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.at)
    }
}

impl PointDistance for DeltaNode {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        (self.at[0] - point[0]).powi(2) + (self.at[1] - point[1]).powi(2)
    }
}

/// A report found near a point.
#[derive(Clone, Debug)]
pub struct Near {
    /// The row.
    pub entry: Entry,
    /// Geodesic metres.
    pub distance_m: f64,
}

/// Everything the index knows of a kommun at one version; cheap to clone, never changes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    crs: MetricCrs,
    version: i64,
    base: Arc<Segment>,
    dead: Arc<FxHashSet<u32>>,
    delta: Arc<Delta>,
}

impl Snapshot {
    /// Builds from all rows of a kommun at a version.
    pub fn build(crs: MetricCrs, version: i64, rows: Vec<Entry>) -> Self {
        Self { crs, version, base: Arc::new(Segment::build(rows)), dead: Arc::default(), delta: Arc::default() }
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
        self.base.rows.len() - self.dead.len() + self.delta.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The next snapshot, with these changes applied in order.
    pub fn apply(&self, version: i64, changes: Vec<Change>) -> Self {
        if changes.is_empty() {
            return Self { version, ..self.clone() };
        }
        let (mut dead, mut delta) = ((*self.dead).clone(), (*self.delta).clone());
        for change in changes {
            let id = match &change {
                Change::Put(entry) => entry.id,
                Change::Remove(id) => *id,
            };
            if let Some(row) = self.base.find(id) {
                dead.insert(row);
            }
            if let Some(old) = delta.rows.remove(&id)
                && old.is_placed()
            {
                delta.tree.remove(&DeltaNode { at: [old.x, old.y], id });
            }
            if let Change::Put(entry) = change {
                if entry.is_placed() {
                    delta.tree.insert(DeltaNode { at: [entry.x, entry.y], id });
                }
                delta.rows.insert(id, entry);
            }
        }
        Self { crs: self.crs, version, base: Arc::clone(&self.base), dead: Arc::new(dead), delta: Arc::new(delta) }
    }

    /// Whether the delta has grown enough to be worth a merge.
    pub fn wants_merge(&self) -> bool {
        self.delta.rows.len() + self.dead.len() > 2_048.max(self.base.rows.len() / 32)
    }

    /// The same content in one fresh base. Takes long for a large kommun: run it beside the readers.
    pub fn merged(&self) -> Self {
        let mut rows = Vec::with_capacity(self.len());
        self.for_each(|entry| rows.push(entry.clone()));
        Self::build(self.crs, self.version, rows)
    }

    /// Every live row, in no particular order.
    pub fn for_each(&self, mut each: impl FnMut(&Entry)) {
        if self.dead.is_empty() {
            self.base.rows.iter().for_each(&mut each);
        } else {
            self.base.rows.iter().enumerate().filter(|(row, _)| !self.dead.contains(&(*row as u32))).for_each(|(_, entry)| each(entry));
        }
        self.delta.rows.values().for_each(each);
    }

    /// Every placed row in a box of metres (edges included).
    fn for_each_in(&self, low: [f64; 2], high: [f64; 2], mut each: impl FnMut(&Entry)) {
        let envelope = AABB::from_corners(low, high);
        for node in self.base.tree.locate_in_envelope(envelope) {
            if !self.dead.contains(&node.row) {
                each(&self.base.rows[node.row as usize]);
            }
        }
        for node in self.delta.tree.locate_in_envelope(envelope) {
            if let Some(entry) = self.delta.rows.get(&node.id) {
                each(entry);
            }
        }
    }

    /// Every placed report that answers a question.
    pub fn select(&self, filter: &Filter, mut each: impl FnMut(&Entry)) {
        let mut test = |entry: &Entry| {
            if entry.is_placed() && filter.matches(entry) {
                each(entry);
            }
        };
        match filter.envelope().and_then(|bbox| self.metric_box(bbox)) {
            // Walking the tree costs some five times a straight scan per row, so it pays only for a part of the kommun.
            Some((low, high)) if !self.covers_most(low, high) => self.for_each_in(low, high, test),
            _ => self.for_each(&mut test),
        }
    }

    /// Every report without a point that answers a question which names no place.
    pub fn select_unplaced(&self, filter: &Filter, mut each: impl FnMut(&Entry)) {
        self.for_each(|entry| {
            if !entry.is_placed() && filter.matches_unplaced(entry) {
                each(entry);
            }
        });
    }

    /// One report by id.
    pub fn get(&self, id: Uuid) -> Option<&Entry> {
        if let Some(entry) = self.delta.rows.get(&id) {
            return Some(entry);
        }
        let row = self.base.find(id)?;
        if self.dead.contains(&row) { None } else { self.base.rows.get(row as usize) }
    }

    /// Reports within a geodesic radius, nearest first.
    pub fn within(&self, lon: f64, lat: f64, radius_m: f64, keep: impl Fn(&Entry) -> bool) -> Vec<Near> {
        let Some((x, y)) = self.crs.forward(lon, lat) else { return Vec::new() };
        let reach = radius_m * SCALE_SLACK;
        let mut found = Vec::new();
        self.for_each_in([x - reach, y - reach], [x + reach, y + reach], |entry| {
            if keep(entry) {
                let distance = distance_m(lon, lat, entry.lon, entry.lat);
                if distance <= radius_m {
                    found.push(Near { entry: entry.clone(), distance_m: distance });
                }
            }
        });
        sort_near(&mut found);
        found
    }

    /// The nearest `k` reports that pass, nearest first.
    pub fn nearest(&self, lon: f64, lat: f64, k: usize, keep: impl Fn(&Entry) -> bool) -> Vec<Near> {
        let Some((x, y)) = self.crs.forward(lon, lat) else { return Vec::new() };
        let mut found = Vec::new();
        let base =
            self.base.tree.nearest_neighbor_iter([x, y]).filter(|n| !self.dead.contains(&n.row)).map(|n| &self.base.rows[n.row as usize]);
        let delta = self.delta.tree.nearest_neighbor_iter([x, y]).filter_map(|n| self.delta.rows.get(&n.id));
        take_nearest(base, k, (lon, lat), (x, y), &keep, &mut found);
        take_nearest(delta, k, (lon, lat), (x, y), &keep, &mut found);
        sort_near(&mut found);
        found.truncate(k);
        found
    }

    /// Open reports of the same category within 250 m, nearest first, at most five (the duplicate hint of FixMyStreet).
    pub fn similar(&self, lon: f64, lat: f64, category: Category, except: Option<Uuid>) -> Vec<Near> {
        let mut near = self.within(lon, lat, 250.0, |entry| {
            usize::from(entry.category) == category.index() && entry.is_open() && Some(entry.id) != except
        });
        near.truncate(5);
        near
    }

    fn metric_box(&self, [west, south, east, north]: [f64; 4]) -> Option<([f64; 2], [f64; 2])> {
        // Straight lines in degrees bow in metres: take eight points of the border and some slack for what lies between.
        let (mid_lon, mid_lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for (lon, lat) in [
            (west, south),
            (mid_lon, south),
            (east, south),
            (east, mid_lat),
            (east, north),
            (mid_lon, north),
            (west, north),
            (west, mid_lat),
        ] {
            let (x, y) = self.crs.forward(lon, lat)?;
            low = [low[0].min(x), low[1].min(y)];
            high = [high[0].max(x), high[1].max(y)];
        }
        let slack = ((high[0] - low[0]) + (high[1] - low[1])) * 0.02 + 1.0;
        Some(([low[0] - slack, low[1] - slack], [high[0] + slack, high[1] + slack]))
    }

    fn covers_most(&self, low: [f64; 2], high: [f64; 2]) -> bool {
        let whole = self.base.tree.root().envelope();
        let (lower, upper) = (whole.lower(), whole.upper());
        let overlap =
            |axis: usize| (high[axis].min(upper[axis]) - low[axis].max(lower[axis])).max(0.0) / (upper[axis] - lower[axis]).max(1.0);
        overlap(0) * overlap(1) > 0.5
    }
}

fn sort_near(found: &mut [Near]) {
    found.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then_with(|| a.entry.id.cmp(&b.entry.id)));
}

/// Takes from rows in order of projected distance until no later one can be among the `k` geodesically nearest.
fn take_nearest<'a>(
    rows: impl Iterator<Item = &'a Entry>,
    k: usize,
    (lon, lat): (f64, f64),
    (x, y): (f64, f64),
    keep: &impl Fn(&Entry) -> bool,
    found: &mut Vec<Near>,
) {
    let mut taken = Vec::new();
    for entry in rows.filter(|entry| keep(entry)) {
        if taken.len() >= k {
            let projected = (entry.x - x).hypot(entry.y - y);
            sort_near(&mut taken);
            if k == 0 || projected > taken[k - 1].distance_m * SCALE_SLACK {
                break;
            }
        }
        taken.push(Near { distance_m: distance_m(lon, lat, entry.lon, entry.lat), entry: entry.clone() });
    }
    found.append(&mut taken);
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
