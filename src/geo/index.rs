//! The spatial index of one kommun: an immutable base with an R-tree, a small delta with its own, and the rows that no longer hold.
//!
//! Derived from the store and followed by the change log; dropping it loses nothing. A [`Snapshot`] never changes: a writer makes the
//! next one and swaps it in, so no reader ever waits. Rows are compact copies of what filters and counts need, nothing more.
//!
//! Coordinates: `lon`/`lat` WGS 84 degrees; `x`/`y` metres in the kommun's metric reference system. Distances are geodesic metres; the
//! tree works in the projection, whose scale differs from 1 by less than [`SCALE_SLACK`], and candidates are re-measured.

use std::sync::Arc;

use rstar::{AABB, PointDistance, RTree, RTreeObject};
use rustc_hash::FxHashMap;
use uuid::Uuid;

mod segment;

use super::filter::Filter;
use super::outline::distance_m;
use super::sweref::MetricCrs;
use crate::domain::codes::{Bits, Category, Feeling, Status};
use segment::{Ask, Dead, Segment};

/// Marks a small field that the report does not tell.
pub const UNKNOWN: u8 = u8::MAX;

/// Largest relative difference between projected and geodesic distance inside a kommun, with room to spare.
const SCALE_SLACK: f64 = 1.01;

/// How far away and how many similar reports are shown.
const SIMILAR_M: f64 = 250.0;
const SIMILAR: usize = 5;

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

    /// Who reported, if a token tells.
    pub const fn reporter(&self) -> Option<u64> {
        if self.reporter == 0 { None } else { Some(self.reporter) }
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
    dead: Arc<Dead>,
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
                dead.insert(row as usize);
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
        self.base.rows.iter().enumerate().filter(|(row, _)| !self.dead.contains(*row)).for_each(|(_, entry)| each(entry));
        self.delta.rows.values().for_each(each);
    }

    /// Every placed row whose tile meets a box of metres, and perhaps some more.
    fn for_each_near(&self, ask: &Ask, mut each: impl FnMut(&Entry)) {
        self.base.stretches(ask, |_, rows| {
            rows.filter(|row| !self.dead.contains(*row)).for_each(|row| each(&self.base.rows[row]));
        });
        for node in self.delta.tree.locate_in_envelope(AABB::from_corners(ask.low, ask.high)) {
            if let Some(entry) = self.delta.rows.get(&node.id) {
                each(entry);
            }
        }
    }

    /// Every placed report that answers a question.
    pub fn select(&self, filter: &Filter, mut each: impl FnMut(&Entry)) {
        self.select_counted(filter, false, |entry, _| each(entry));
    }

    /// Every placed report that answers a question, with the number it stands for: one, or, `by_tile`, all that answer beside it in the
    /// same square of 250 m (and so of 500 and 1000 m). A square that answers as a whole is then counted without being looked at.
    pub fn select_counted(&self, filter: &Filter, by_tile: bool, mut each: impl FnMut(&Entry, u32)) {
        let ask = self.ask(filter);
        let by_tile = by_tile && filter.is_plain();
        self.base.stretches(&ask, |tile, rows| {
            if by_tile && filter.bbox.is_none_or(|bbox| holds(bbox, tile.bounds)) {
                let count = rows.len() - self.dead.within(rows.clone());
                if count > 0 {
                    // Any row of the stretch tells where it lies, also one that no longer holds.
                    each(&self.base.rows[rows.start], count as u32);
                }
                return;
            }
            for row in rows {
                let entry = &self.base.rows[row];
                if filter.matches(entry) && !self.dead.contains(row) {
                    each(entry, 1);
                }
            }
        });
        self.delta.rows.values().filter(|entry| entry.is_placed() && filter.matches(entry)).for_each(|entry| each(entry, 1));
    }

    /// What the layout can answer of a question.
    fn ask(&self, filter: &Filter) -> Ask {
        let everywhere = Ask::default();
        let (low, high) = filter.envelope().and_then(|bbox| self.metric_box(bbox)).unwrap_or((everywhere.low, everywhere.high));
        let of_feeling = |feeling| Category::ALL.iter().filter(|c| c.feeling() == feeling).map(|c| c.index()).collect::<Bits>();
        let categories = match (filter.categories, filter.feeling.map(of_feeling)) {
            (Some(categories), Some(feeling)) => Some(Bits(categories.0 & feeling.0)),
            (categories, feeling) => categories.or(feeling),
        };
        Ask { low, high, categories, from: filter.from, to: filter.to }
    }

    /// Every report without a point that answers a question which names no place.
    pub fn select_unplaced(&self, filter: &Filter, mut each: impl FnMut(&Entry)) {
        self.for_each(|entry| {
            if !entry.is_placed() && filter.matches_unplaced(entry) {
                each(entry);
            }
        });
    }

    /// What may lie within a geodesic radius, with the square of its distance in the projection, nearest first.
    fn around(&self, (lon, lat): (f64, f64), radius_m: f64, categories: Option<Bits>, keep: impl Fn(&Entry) -> bool) -> Vec<(f64, Entry)> {
        let Some((x, y)) = self.crs.forward(lon, lat) else { return Vec::new() };
        let reach = radius_m * SCALE_SLACK;
        let ask = Ask { low: [x - reach, y - reach], high: [x + reach, y + reach], categories, ..Ask::default() };
        let mut found = Vec::new();
        self.for_each_near(&ask, |entry| {
            let distance_2 = (entry.x - x).powi(2) + (entry.y - y).powi(2);
            if distance_2 <= reach * reach && keep(entry) {
                found.push((distance_2, entry.clone()));
            }
        });
        found.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        found
    }

    /// Reports within a geodesic radius, nearest first.
    pub fn within(&self, lon: f64, lat: f64, radius_m: f64, keep: impl Fn(&Entry) -> bool) -> Vec<Near> {
        let measured = self.around((lon, lat), radius_m, None, keep).into_iter();
        let mut found: Vec<Near> =
            measured.map(|(_, entry)| Near { distance_m: distance_m(lon, lat, entry.lon, entry.lat), entry }).collect();
        found.retain(|near| near.distance_m <= radius_m);
        sort_near(&mut found);
        found
    }

    /// The nearest `k` reports that pass, nearest first.
    pub fn nearest(&self, lon: f64, lat: f64, k: usize, keep: impl Fn(&Entry) -> bool) -> Vec<Near> {
        let Some((x, y)) = self.crs.forward(lon, lat) else { return Vec::new() };
        let mut found = Vec::new();
        let base = self
            .base
            .tree
            .nearest_neighbor_iter([x, y])
            .filter(|n| !self.dead.contains(n.row as usize))
            .map(|n| &self.base.rows[n.row as usize]);
        let delta = self.delta.tree.nearest_neighbor_iter([x, y]).filter_map(|n| self.delta.rows.get(&n.id));
        take_nearest(base, k, (lon, lat), (x, y), &keep, &mut found);
        take_nearest(delta, k, (lon, lat), (x, y), &keep, &mut found);
        sort_near(&mut found);
        found.truncate(k);
        found
    }

    /// Open reports of the same category within 250 m, nearest first, at most five (the duplicate hint of FixMyStreet).
    pub fn similar(&self, lon: f64, lat: f64, category: Category, except: Option<Uuid>) -> Vec<Near> {
        let Some(at) = self.crs.forward(lon, lat) else { return Vec::new() };
        let keep = |entry: &Entry| usize::from(entry.category) == category.index() && entry.is_open() && Some(entry.id) != except;
        let candidates = self.around((lon, lat), SIMILAR_M, Some(Bits::from_iter([category.index()])), keep);
        let mut near = Vec::new();
        take_nearest(candidates.iter().map(|(_, entry)| entry), SIMILAR, (lon, lat), at, &|_| true, &mut near);
        near.retain(|near| near.distance_m <= SIMILAR_M);
        sort_near(&mut near);
        near.truncate(SIMILAR);
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
}

/// Whether a box (west, south, east, north) holds another.
fn holds(outer: [f64; 4], inner: [f64; 4]) -> bool {
    outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
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
