//! The changes since the last merge: a few thousand rows at most, and an R-tree over those with a point.

use rstar::{AABB, PointDistance, RTree, RTreeObject};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::entry::Entry;

/// Rows by id, and where they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Delta {
    /// All of them.
    pub(super) rows: FxHashMap<Uuid, Entry>,
    tree: RTree<Node>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    at: [f64; 2],
    id: Uuid,
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

impl Delta {
    /// Adds a row; there must be none with its id.
    pub(super) fn insert(&mut self, entry: Entry) {
        if entry.is_placed() {
            self.tree.insert(Node { at: [entry.x, entry.y], id: entry.id });
        }
        self.rows.insert(entry.id, entry);
    }

    /// Takes a row out, if it is there.
    pub(super) fn remove(&mut self, id: Uuid) {
        if let Some(old) = self.rows.remove(&id)
            && old.is_placed()
        {
            self.tree.remove(&Node { at: [old.x, old.y], id });
        }
    }

    /// Rows within a radius of a point, in metres.
    pub(super) fn within(&self, at: [f64; 2], radius: f64) -> impl Iterator<Item = &Entry> {
        self.tree.locate_within_distance(at, radius * radius).filter_map(|node| self.rows.get(&node.id))
    }

    /// The `k` nearest rows that pass, and those less than `stretch` times as far as the last of them.
    pub(super) fn nearest(&self, at: [f64; 2], k: usize, stretch: f64, keep: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
        let mut found = Vec::new();
        if k == 0 {
            return found;
        }
        let mut last = f64::INFINITY;
        for node in self.tree.nearest_neighbor_iter(at) {
            let distance = node.distance_2(&at).sqrt();
            if found.len() >= k && distance > last * stretch {
                break;
            }
            if let Some(entry) = self.rows.get(&node.id).filter(|entry| keep(entry)) {
                found.push(entry);
                if found.len() == k {
                    last = distance;
                }
            }
        }
        found
    }
}
