//! What is near a point: the ten nearest, and everything within 50 m, exactly, by our index and by an R-tree alone.

use lykta::geo::index::{Entry, Snapshot};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::data::Random;
use crate::machine::resident;
use crate::question::middle;
use crate::timing::{Timing, micros};

/// How many are asked for.
pub(crate) const NEAREST: usize = 10;
/// Metres.
pub(crate) const RADIUS: f64 = 50.0;

/// Where it is asked: anywhere in the city view.
pub(crate) fn centres() -> Vec<[f64; 2]> {
    let (mut random, [x, y]) = (Random(7), middle());
    (0..1_000).map(|_| [x + 6_000.0 * (random.unit() - 0.5), y + 4_000.0 * (random.unit() - 0.5)]).collect()
}

fn distance_2(at: [f64; 2], x: f64, y: f64) -> f64 {
    (x - at[0]).powi(2) + (y - at[1]).powi(2)
}

/// Answers at every centre. A row is known by its position as made.
pub(crate) struct Answers {
    /// Squares of the distances of the nearest, ascending: which of two equally far rows is told is nobody's promise.
    pub(crate) nearest: Vec<Vec<f64>>,
    /// Rows within the radius, ascending.
    pub(crate) within: Vec<Vec<u32>>,
}

impl Answers {
    /// From rows found by somebody else.
    pub(crate) fn of_rows(rows: &[Entry], nearest: Vec<Vec<u32>>, mut within: Vec<Vec<u32>>) -> Self {
        for found in &mut within {
            found.sort_unstable();
        }
        let far = |at: [f64; 2], row: u32| distance_2(at, rows[row as usize].x, rows[row as usize].y);
        let nearest = nearest.into_iter().zip(centres()).map(|(found, at)| {
            let mut distances: Vec<f64> = found.into_iter().map(|row| far(at, row)).collect();
            distances.sort_unstable_by(f64::total_cmp);
            distances
        });
        Self { nearest: nearest.collect(), within }
    }

    /// Stops where these differ from ours.
    pub(crate) fn same(&self, rival: &str, theirs: &Self) {
        assert!(self.nearest == theirs.nearest, "{rival} finds other nearest rows");
        assert!(self.within == theirs.within, "{rival} finds other rows within {RADIUS} m");
    }
}

/// For one question.
#[derive(Clone, Copy)]
pub(crate) struct Timings {
    pub(crate) nearest: Timing,
    pub(crate) within: Timing,
}

fn each<T>(runs: usize, mut ask: impl FnMut([f64; 2]) -> T) -> Timing {
    let centres = centres();
    let mut pass = || centres.iter().for_each(|at| drop(std::hint::black_box(ask(*at))));
    pass();
    Timing::of((0..runs).map(|_| micros(&mut pass).0).collect()).divided(centres.len() as f64)
}

fn nearest(index: &Snapshot, at: [f64; 2]) -> Vec<(f64, u32)> {
    let found = index.nearest_metres(at, NEAREST, 1.0, |_| true);
    let mut nearest: Vec<(f64, u32)> = found.into_iter().map(|row| (distance_2(at, row.x, row.y), row.version as u32 - 1)).collect();
    nearest.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    nearest.truncate(NEAREST);
    nearest
}

fn within(index: &Snapshot, at: [f64; 2]) -> Vec<u32> {
    let mut found = Vec::new();
    // The index may add a row a hair's breadth beyond.
    index.within_metres(at, RADIUS, |row| {
        if distance_2(at, row.x, row.y) <= RADIUS * RADIUS {
            found.push(row.version as u32 - 1);
        }
    });
    found
}

/// Ours: answers and times.
pub(crate) fn ours(rows: &[Entry], index: &Snapshot) -> (Answers, Timings) {
    let ids = |found: Vec<(f64, u32)>| found.into_iter().map(|(_, row)| row).collect();
    let answers = Answers::of_rows(
        rows,
        centres().into_iter().map(|at| ids(nearest(index, at))).collect(),
        centres().into_iter().map(|at| within(index, at)).collect(),
    );
    (answers, Timings { nearest: each(31, |at| nearest(index, at)), within: each(31, |at| within(index, at)) })
}

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
        distance_2(self.at, point[0], point[1])
    }
}

/// An R-tree alone, with coordinates and the row's number; and what it takes.
pub(crate) struct Floor {
    pub(crate) answers: Answers,
    pub(crate) timings: Timings,
    pub(crate) build_s: f64,
    pub(crate) bytes_per_place: f64,
}

/// Builds the R-tree and asks it.
pub(crate) fn floor(rows: &[Entry]) -> Floor {
    let before = resident();
    let nodes: Vec<Node> = rows.iter().enumerate().map(|(row, entry)| Node { at: [entry.x, entry.y], row: row as u32 }).collect();
    let (build, tree) = micros(|| RTree::bulk_load(nodes));
    let bytes_per_place = resident().saturating_sub(before) as f64 / rows.len() as f64;
    let nearest = |at: [f64; 2]| tree.nearest_neighbor_iter(at).take(NEAREST).map(|node| node.row).collect::<Vec<_>>();
    let within = |at: [f64; 2]| tree.locate_within_distance(at, RADIUS * RADIUS).map(|node| node.row).collect::<Vec<_>>();
    let answers = Answers::of_rows(rows, centres().into_iter().map(nearest).collect(), centres().into_iter().map(within).collect());
    let timings = Timings { nearest: each(31, nearest), within: each(31, within) };
    Floor { answers, timings, build_s: build / 1e6, bytes_per_place }
}
