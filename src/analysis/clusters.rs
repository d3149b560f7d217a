//! Clusters of places that lie close together: DBSCAN.
//!
//! Ester, Kriegel, Sander and Xu, "A density-based algorithm for discovering clusters" (KDD 1996). A point with at least
//! `min_points` points within `eps` metres (itself counted, the distance itself included) is a *core* point; core points
//! within `eps` of each other are in one cluster; another point within `eps` of a core point is on the *border* of its
//! cluster; all others are *noise*.
//!
//! Clusters are numbered by their first core point in the order given, and a point on the border of several belongs to the
//! first of them. That is what the published algorithm does when it meets the points in that order, and scikit-learn, label
//! for label.
//!
//! Exact, by cells of side `eps/√2` (Gunawan 2013, *A faster algorithm for DBSCAN*; Gan and Tao, "DBSCAN revisited",
//! SIGMOD 2015): all points of a cell are within `eps` of each other, so a cell with `min_points` points is core without a
//! distance computed, and clusters are unions of cells.
//!
//! DBSCAN is a description, not a test: with enough points there are always clusters, also in pure chance, and two choices
//! (`eps`, `min_points`) decide how many. It knows nothing of where people are, so it finds town centres.

use std::ops::Range;

use geo::{ConvexHull, MultiPoint, Point, Polygon};
use thiserror::Error;

use super::union_find::UnionFind;

mod cells;

use cells::{Around, Cells, Place, any_within};

/// Name and version of the method, for the answer's own record.
pub const METHOD: &str = "lykta-dbscan/1";
/// The distances that may be asked for, in metres.
pub const EPS_M: (f64, f64) = (1.0, 10_000.0);
/// The least number of points of a core may be up to this.
pub const MAX_MIN_POINTS: u32 = 1000;
/// Points at most.
pub const MAX_POINTS: usize = 5_000_000;

/// Metres: no coordinate of the metric plane is further out.
const MAX_METRES: f64 = 2.0e7;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// Points at most so many metres apart are neighbours; within [`EPS_M`].
    pub eps_m: f64,
    /// A point with so many neighbours, itself included, is core; 1 to [`MAX_MIN_POINTS`].
    pub min_points: u32,
}

impl Default for Parameters {
    /// A street corner or a square, and a number that hardly one person alone brings about.
    fn default() -> Self {
        Self { eps_m: 50.0, min_points: 10 }
    }
}

/// One cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its points, core and border.
    pub points: usize,
    /// Its core points.
    pub core: usize,
    /// The convex hull of its points, metres. It has no area where they lie on one line or one spot.
    pub hull: Polygon<f64>,
    /// The mean of its points, metres.
    pub centroid: [f64; 2],
}

/// All clusters.
#[derive(Clone, Debug, PartialEq)]
pub struct Clustering {
    /// Per point its cluster; none for noise.
    pub labels: Vec<Option<u32>>,
    /// Per point whether it is core.
    pub core: Vec<bool>,
    /// The clusters, by label.
    pub clusters: Vec<Cluster>,
}

/// Why there is no clustering.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ClusterError {
    /// The distance is out of bounds.
    #[error("eps_m is {0}; it must be from 1 to 10000 metres")]
    Eps(f64),
    /// The number of points is out of bounds.
    #[error("min_points is {0}; it must be from 1 to {MAX_MIN_POINTS}")]
    MinPoints(u32),
    /// Too many points.
    #[error("{0} points; at most {MAX_POINTS} can be taken")]
    Points(usize),
    /// A point is nowhere.
    #[error("point {0} has no finite coordinates within 20000 km of the origin")]
    Point(usize),
}

/// Clusters points (metres east, metres north).
pub fn dbscan(points: &[[f64; 2]], parameters: &Parameters) -> Result<Clustering, ClusterError> {
    let Parameters { eps_m, min_points } = *parameters;
    if !(EPS_M.0..=EPS_M.1).contains(&eps_m) {
        return Err(ClusterError::Eps(eps_m));
    }
    if !(1..=MAX_MIN_POINTS).contains(&min_points) {
        return Err(ClusterError::MinPoints(min_points));
    }
    if points.len() > MAX_POINTS {
        return Err(ClusterError::Points(points.len()));
    }
    if let Some(point) = points.iter().position(|point| !point.iter().all(|metres| metres.abs() <= MAX_METRES)) {
        return Err(ClusterError::Point(point));
    }
    let mut cells = Cells::new(points, eps_m);
    find_core(&mut cells, eps_m * eps_m, min_points as usize);
    let mut connected = connect(&mut cells, eps_m * eps_m);
    Ok(label(points, &cells, &mut connected, eps_m * eps_m))
}

/// Puts the core points of every cell first in it.
fn find_core(cells: &mut Cells, eps2: f64, min_points: usize) {
    let mut around = Around::new();
    let mut is_core = Vec::new();
    for at in 0..cells.list.len() {
        let cell = cells.list[at].range();
        if cell.len() >= min_points {
            cells.list[at].core = cell.end as u32;
            continue;
        }
        let near: Vec<usize> = around.of(&cells.list, at).filter(|&other| other != at && cells.apart2(at, other) <= eps2).collect();
        if cell.len() + near.iter().map(|&other| cells.list[other].range().len()).sum::<usize>() < min_points {
            continue;
        }
        is_core.clear();
        is_core.extend(cell.clone().map(|place| has_neighbours(cells, place, cell.len(), &near, eps2, min_points)));
        // Stable, so that the answer does not depend on how places were swapped.
        let places = &mut cells.places[cell.clone()];
        let (core, other): (Vec<_>, Vec<_>) = places.iter().zip(&is_core).partition(|(_, core)| **core);
        let sorted: Vec<Place> = core.iter().chain(&other).map(|(place, _)| **place).collect();
        cells.list[at].core = (cell.start + core.len()) as u32;
        places.copy_from_slice(&sorted);
    }
}

fn has_neighbours(cells: &Cells, place: usize, mut found: usize, near: &[usize], eps2: f64, min_points: usize) -> bool {
    let place = cells.places[place];
    for &other in near {
        let (least2, most2) = cells.list[other].distances2(place.at);
        let range = cells.list[other].range();
        if most2 <= eps2 {
            found += range.len();
        } else if least2 <= eps2 {
            // By the handful: the sum of comparisons is quicker than a branch for each, and a full cell need not be read to its end.
            for handful in cells.places[range].chunks(64) {
                found += handful.iter().filter(|other| place.distance2(**other) <= eps2).count();
                if found >= min_points {
                    return true;
                }
            }
        }
        if found >= min_points {
            return true;
        }
    }
    false
}

/// Which cells' core points are in one cluster.
fn connect(cells: &mut Cells, eps2: f64) -> UnionFind {
    let mut connected = UnionFind::new(cells.list.len());
    let mut around = Around::new();
    let mut near = Vec::new();
    for at in 0..cells.list.len() {
        let core = cells.list[at].core_range();
        if core.is_empty() {
            continue;
        }
        near.clear();
        near.extend(around.of(&cells.list, at).filter(|&other| other < at));
        for &other in &near {
            let other_core = cells.list[other].core_range();
            if other_core.is_empty() || cells.apart2(at, other) > eps2 || connected.root(at as u32) == connected.root(other as u32) {
                continue;
            }
            // The cells are in the order of their places.
            let (before, from) = cells.places.split_at_mut(core.start);
            if any_within(&mut before[other_core], &mut from[..core.len()], eps2) {
                connected.join(at as u32, other as u32);
            }
        }
    }
    connected
}

fn label(points: &[[f64; 2]], cells: &Cells, connected: &mut UnionFind, eps2: f64) -> Clustering {
    const NONE: u32 = u32::MAX;
    let mut core = vec![false; points.len()];
    let mut cell_of = vec![0_u32; points.len()];
    for (at, cell) in cells.list.iter().enumerate() {
        for place in &cells.places[cell.core_range()] {
            core[place.index as usize] = true;
            cell_of[place.index as usize] = at as u32;
        }
    }
    let mut label_of_root = vec![NONE; cells.list.len()];
    let mut labels = vec![NONE; points.len()];
    let mut count = 0;
    for point in (0..points.len()).filter(|&point| core[point]) {
        let label = &mut label_of_root[connected.root(cell_of[point]) as usize];
        if *label == NONE {
            *label = count;
            count += 1;
        }
        labels[point] = *label;
    }
    let mut around = Around::new();
    for (at, cell) in cells.list.iter().enumerate().filter(|(_, cell)| cell.core_range().end < cell.range().end) {
        let mut near: Vec<(u32, Range<usize>)> = around
            .of(&cells.list, at)
            .filter(|&other| !cells.list[other].core_range().is_empty() && cells.apart2(at, other) <= eps2)
            .map(|other| (label_of_root[connected.root(other as u32) as usize], cells.list[other].core_range()))
            .collect();
        near.sort_unstable_by_key(|(label, core)| (*label, core.start));
        for place in &cells.places[cell.core_range().end..cell.range().end] {
            let first = near.iter().find(|(_, core)| cells.places[core.clone()].iter().any(|other| place.distance2(*other) <= eps2));
            if let Some((label, _)) = first {
                labels[place.index as usize] = *label;
            }
        }
    }
    let clusters = describe(points, &labels, &core, count as usize);
    Clustering { labels: labels.into_iter().map(|label| (label != NONE).then_some(label)).collect(), core, clusters }
}

fn describe(points: &[[f64; 2]], labels: &[u32], core: &[bool], count: usize) -> Vec<Cluster> {
    let mut members: Vec<Vec<Point<f64>>> = vec![Vec::new(); count];
    let mut cores = vec![0; count];
    for ((point, label), core) in points.iter().zip(labels).zip(core) {
        if let Some(members) = members.get_mut(*label as usize) {
            members.push(Point::from(*point));
            cores[*label as usize] += usize::from(*core);
        }
    }
    let cluster = |(members, core): (Vec<Point<f64>>, usize)| {
        // Relative to one of them: sums of coordinates in the millions lose digits.
        let origin = members.first().copied().unwrap_or_default();
        let sum = members.iter().fold(Point::new(0.0, 0.0), |sum, member| sum + (*member - origin));
        let mean = origin + sum / members.len() as f64;
        Cluster { points: members.len(), core, centroid: mean.into(), hull: MultiPoint(members).convex_hull() }
    };
    members.into_iter().zip(cores).map(cluster).collect()
}

#[cfg(test)]
#[path = "clusters_tests.rs"]
mod tests;
