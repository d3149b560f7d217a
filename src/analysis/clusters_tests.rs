//! DBSCAN against scikit-learn, label for label, and against the definition.

use std::io::Read;

use geo::{Area, BoundingRect, Intersects};
use proptest::prelude::*;

use super::*;
use crate::geo::shared_data;
use crate::geo::sweref::MetricCrs;

/// Made by `tests/reference/clusters/make.py`.
const MADE_UP: &str = include_str!("../../tests/reference/clusters/made_up.csv");
const MEMPHIS: &str = include_str!("../../tests/reference/clusters/memphis.csv");
const LANCASHIRE: &str = include_str!("../../tests/reference/clusters/lancashire.csv");

fn rows(text: &str) -> Vec<Vec<f64>> {
    text.lines().skip(2).map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect()
}

fn clustered(points: &[[f64; 2]], eps_m: f64, min_points: u32) -> Clustering {
    dbscan(points, &Parameters { eps_m, min_points }).expect("within bounds")
}

/// Labels as scikit-learn writes them.
fn signed(made: &Clustering) -> Vec<i64> {
    made.labels.iter().map(|label| label.map_or(-1, i64::from)).collect()
}

fn assert_same(made: &Clustering, reference: &[Vec<f64>], column: usize) {
    let labels: Vec<i64> = reference.iter().map(|row| row[column] as i64).collect();
    let core: Vec<bool> = reference.iter().map(|row| row[column + 1] > 0.5).collect();
    assert_eq!(signed(made), labels);
    assert_eq!(made.core, core);
}

#[test]
fn labels_are_those_of_scikit_learn() {
    let reference = rows(MADE_UP);
    let points: Vec<[f64; 2]> = reference.iter().map(|row| [row[0], row[1]]).collect();
    for (column, eps_m, min_points) in [(2, 20.0, 5), (4, 20.0, 4), (6, 35.0, 12), (8, 9.0, 3)] {
        assert_same(&clustered(&points, eps_m, min_points), &reference, column);
    }
    assert_eq!(points.len(), 702);
}

#[test]
fn robberies_in_memphis_cluster_as_in_scikit_learn() {
    let Some(text) = shared_data::read("crime-memphis/robberies_2019.csv") else { return };
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let points: Vec<[f64; 2]> = table
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let (x, y) = MetricCrs::Utm { zone: 16, south: false }
                .forward(row[3].parse().expect("lon"), row[4].parse().expect("lat"))
                .expect("in zone");
            [x, y]
        })
        .collect();
    let reference = rows(MEMPHIS);
    assert_same(&clustered(&points, 150.0, 5), &reference, 0);
    assert_same(&clustered(&points, 400.0, 12), &reference, 2);
    assert_eq!(reference.len(), 2245);
}

#[test]
fn disorder_in_lancashire_clusters_as_in_scikit_learn() {
    let Some(file) = shared_data::available("crime-lancashire-asb/lancashire_asb_2022.tab.gz") else { return };
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(file).expect("a file")).read_to_string(&mut text).expect("text");
    let points: Vec<[f64; 2]> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let (x, y) = MetricCrs::Utm { zone: 30, south: false }
                .forward(cells[1].parse().expect("lon"), cells[2].parse().expect("lat"))
                .expect("in zone");
            [x, y]
        })
        .collect();
    assert_eq!(points.len(), 56_434);
    let reference = rows(LANCASHIRE);
    for (eps_m, min_points) in [(30.0, 20), (100.0, 60)] {
        let made = clustered(&points, eps_m, min_points);
        let expected: Vec<[usize; 4]> = reference
            .iter()
            .map(|row| row.iter().map(|number| *number as usize).collect::<Vec<_>>())
            .filter(|row| row[..2] == [eps_m as usize, min_points as usize])
            .map(|row| [row[3], row[4], row[5], row[6]])
            .collect();
        let mut sums = vec![[0; 4]; made.clusters.len()];
        for (row, (label, core)) in made.labels.iter().zip(&made.core).enumerate() {
            if let Some(label) = label {
                let core = usize::from(*core);
                for (sum, one) in sums[*label as usize].iter_mut().zip([1, core, row, row * core]) {
                    *sum += one;
                }
            }
        }
        assert_eq!(sums, expected);
        for (cluster, sum) in made.clusters.iter().zip(&sums) {
            assert_eq!([cluster.points, cluster.core], sum[..2]);
        }
    }
    assert_eq!(reference.len(), 369);
}

#[test]
fn a_cluster_is_described_by_its_points() {
    let square =
        [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [5.0, 5.0], [500.0, 500.0]].map(|[x, y]| [674_000.0 + x, 6_580_000.0 + y]);
    let made = clustered(&square, 8.0, 5);
    assert_eq!(made.labels, [Some(0), Some(0), Some(0), Some(0), Some(0), None]);
    assert_eq!(made.core, [false, false, false, false, true, false]);
    let cluster = &made.clusters[0];
    assert_eq!((cluster.points, cluster.core, cluster.centroid), (5, 1, [674_005.0, 6_580_005.0]));
    assert!((cluster.hull.unsigned_area() - 100.0).abs() < 1.0e-6);
    assert!(cluster.hull.exterior().0.len() == 5);
}

#[test]
fn one_spot_and_one_line_have_a_hull_without_area() {
    for points in [vec![[7.0, 7.0]; 30_000], (0..300).map(|at| [f64::from(at), f64::from(at)]).collect()] {
        let made = clustered(&points, 10.0, 5);
        assert_eq!(made.clusters.len(), 1);
        let hull = &made.clusters[0].hull;
        assert!(hull.unsigned_area() < 1.0e-9);
        assert!(hull.bounding_rect().is_some_and(|extent| points.iter().all(|point| extent.intersects(&Point::from(*point)))));
    }
}

#[test]
fn two_crowds_just_out_of_reach_stay_apart() {
    // Two slanting rows of people whose rectangles overlap: the pairs need the halving.
    let row = |shift: f64| (0..4000).map(move |at| [f64::from(at) * 0.002 + shift, f64::from(at) * 0.002]);
    // The rows are shift/√2 apart.
    let (apart, together): (Vec<_>, Vec<_>) = (row(0.0).chain(row(14.2)).collect(), row(0.0).chain(row(14.1)).collect());
    assert_eq!(clustered(&apart, 10.0, 5).clusters.len(), 2);
    assert_eq!(clustered(&together, 10.0, 5).clusters.len(), 1);
}

#[test]
fn what_is_out_of_bounds_is_refused_by_name() {
    let refused = |eps_m, min_points, at| dbscan(&[[0.0, 0.0], at], &Parameters { eps_m, min_points }).err();
    let here = [1.0, 1.0];
    for eps_m in [0.0, 0.99, -1.0, 10_001.0, f64::INFINITY] {
        assert_eq!(refused(eps_m, 5, here), Some(ClusterError::Eps(eps_m)));
    }
    assert!(matches!(refused(f64::NAN, 5, here), Some(ClusterError::Eps(_))));
    assert_eq!(refused(10.0, 0, here), Some(ClusterError::MinPoints(0)));
    assert_eq!(refused(10.0, 1001, here), Some(ClusterError::MinPoints(1001)));
    for metres in [f64::NAN, f64::NEG_INFINITY, 2.1e7] {
        assert_eq!(refused(10.0, 5, [0.0, metres]), Some(ClusterError::Point(1)));
    }
    // As far apart as it goes, in the smallest cells.
    assert_eq!(dbscan(&[[-2.0e7; 2], [2.0e7; 2]], &Parameters { eps_m: 1.0, min_points: 1 }).map(|made| made.clusters.len()), Ok(2));
    assert_eq!(dbscan(&[], &Parameters::default()).map(|made| made.clusters.len()), Ok(0));
}

/// The paper's algorithm word for word: from the first core point not yet taken, take all that can be reached.
fn by_definition(points: &[[f64; 2]], eps_m: f64, min_points: u32) -> (Vec<i64>, Vec<bool>) {
    let near = |a: &[f64; 2], b: &[f64; 2]| (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) <= eps_m * eps_m;
    let around = |point: usize| (0..points.len()).filter(move |&other| near(&points[point], &points[other]));
    let core: Vec<bool> = (0..points.len()).map(|point| around(point).count() >= min_points as usize).collect();
    let mut labels = vec![-1; points.len()];
    let mut label = 0;
    for first in 0..points.len() {
        if !core[first] || labels[first] >= 0 {
            continue;
        }
        let mut open = vec![first];
        while let Some(point) = open.pop() {
            if labels[point] < 0 {
                labels[point] = label;
                if core[point] {
                    open.extend(around(point));
                }
            }
        }
        label += 1;
    }
    (labels, core)
}

proptest! {
    /// Whole metres: many points on the same spot, and many pairs exactly eps apart.
    #[test]
    fn labels_are_those_of_the_definition(
        points in prop::collection::vec((0_i32..60, 0_i32..60), 0..250),
        eps_m in 1_i32..15,
        min_points in 1_u32..12,
        far: bool,
    ) {
        let origin = if far { [480_000.0, 6_250_000.0] } else { [-30.0, -30.0] };
        let points: Vec<[f64; 2]> = points.iter().map(|(x, y)| [origin[0] + f64::from(*x), origin[1] + f64::from(*y)]).collect();
        let made = clustered(&points, f64::from(eps_m), min_points);
        let (labels, core) = by_definition(&points, f64::from(eps_m), min_points);
        prop_assert_eq!(signed(&made), labels);
        prop_assert_eq!(&made.core, &core);
        prop_assert_eq!(made.clusters.iter().map(|cluster| cluster.core).sum::<usize>(), core.iter().filter(|core| **core).count());
    }

    #[test]
    fn real_places_cluster_as_defined(points in prop::collection::vec((0.0..300.0_f64, 0.0..300.0_f64), 0..300), eps_m in 5.0..60.0_f64, min_points in 2_u32..20) {
        let points: Vec<[f64; 2]> = points.iter().map(|(x, y)| [480_000.0 + x, 6_250_000.0 + y]).collect();
        let made = clustered(&points, eps_m, min_points);
        let (labels, core) = by_definition(&points, eps_m, min_points);
        prop_assert_eq!(signed(&made), labels);
        prop_assert_eq!(&made.core, &core);
    }
}
