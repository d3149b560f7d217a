//! Local Moran's I against spdep and esda.

use super::{Association, SIGNIFICANT_Q, associations, local_moran};
use crate::analysis::fdr::benjamini_hochberg;
use crate::analysis::neighbours::Neighbours;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::shared_data;

/// Made by `tests/reference/hotspots/make.py` and `make.R`.
const COUNTS: &str = include_str!("../../tests/reference/hotspots/gi_star.csv");
const SPDEP: &str = include_str!("../../tests/reference/hotspots/moran.csv");

/// The numbers of one case of a key.
fn case(key: &str, name: &str) -> Vec<Vec<f64>> {
    let rows = key.lines().filter(|row| row.split(',').next() == Some(name));
    rows.map(|row| row.split(',').skip(1).map(|cell| cell.parse().expect("a number")).collect()).collect()
}

#[test]
fn i_and_its_moments_are_those_of_spdep() {
    let (mut alone, mut worst) = (0, 0.0f64);
    for name in ["square 1", "hex 2", "band 1500"] {
        let rows = case(COUNTS, name);
        let counts: Vec<u32> = rows.iter().map(|row| row[2] as u32).collect();
        let keys: Vec<CellKey> = rows.iter().map(|row| CellKey::pack(row[0] as i32, row[1] as i32)).collect();
        let neighbours = match name {
            "square 1" => Neighbours::contiguous(Grid::square(250.0).expect("offered"), &keys, 1),
            "hex 2" => Neighbours::contiguous(Grid::hex(100.0).expect("offered"), &keys, 2),
            _ => Neighbours::within(&rows.iter().map(|row| (row[0], row[1])).collect::<Vec<_>>(), 1500.0),
        };
        let found = local_moran(&counts, &neighbours.expect("cells")).expect("counts");
        let expected = case(SPDEP, name);
        assert_eq!((found.len(), expected.len()), (240, 240));
        for (found, expected) in found.iter().zip(&expected) {
            let Some(found) = found else {
                assert!(expected[0] < 1.0);
                alone += 1;
                continue;
            };
            let pairs = [(found.i, expected[1]), (found.expected, expected[2]), (found.variance, expected[3])];
            worst = pairs.iter().map(|(ours, key)| (ours - key).abs()).fold(worst, f64::max);
            worst = worst.max((found.z.expect("varies") - expected[4]).abs());
        }
    }
    assert!(alone > 0 && worst < 1.0e-10, "{alone} {worst}");
}

#[test]
fn memphis_is_as_esda_has_it() {
    let Some(text) = shared_data::read("gistar-ref/memphis_robberies_grid_ref.csv") else { return };
    let mut rows: Vec<(CellKey, u32, f64)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
            (CellKey::pack(cells[0] as i32, cells[1] as i32), cells[4] as u32, cells[7])
        })
        .collect();
    rows.sort_by_key(|row| row.0);
    let (keys, counts): (Vec<CellKey>, Vec<u32>) = rows.iter().map(|row| (row.0, row.1)).unzip();
    let neighbours = Neighbours::contiguous(Grid::square(500.0).expect("offered"), &keys, 1).expect("in order");
    let n = rows.len() as f64;
    for (found, row) in local_moran(&counts, &neighbours).expect("counts").into_iter().zip(&rows) {
        assert!((found.expect("defined").i * (n - 1.0) / n - row.2).abs() < 1.0e-6, "{row:?}");
    }
}

#[test]
fn where_nothing_varies_there_is_no_i() {
    let line: Vec<(f64, f64)> = (0..3).map(|x| (f64::from(x) * 10.0, 0.0)).collect();
    let of = |counts: &[u32], band| local_moran(counts, &Neighbours::within(&line, band).expect("places")).expect("counts");
    assert_eq!(of(&[2, 2, 2], 10.0), vec![None; 3]);
    assert_eq!(of(&[1, 2, 4], 5.0), vec![None; 3]);
    // All beside all: I is what it must be. The mean itself: I is 0.
    assert!(of(&[1, 2, 4], 50.0).iter().all(|moran| moran.is_some_and(|moran| moran.z.is_none())));
    assert_eq!(of(&[1, 2, 3], 10.0)[1].map(|moran| (moran.i, moran.z)), Some((0.0, None)));
}

/// A block of nines with a hole, and a lone nine in a block of zeros, in a field of threes and fours: what each cell is called, against the definition.
#[test]
fn clusters_and_outliers_are_the_quadrants_of_what_is_significant() {
    let side = 24;
    let keys: Vec<CellKey> = (0..side).flat_map(|column| (0..side).map(move |row| CellKey::pack(column, row))).collect();
    let count = |column: i32, row: i32| match (column, row) {
        (4, 4) => 0,
        (3..=6, 3..=6) | (18, 18) => 9,
        (16..=20, 16..=20) => 0,
        _ => 3 + u32::from((column * 7 + row * 3) % 4 == 0),
    };
    let counts: Vec<u32> = (0..side).flat_map(|column| (0..side).map(move |row| count(column, row))).collect();
    let neighbours = Neighbours::contiguous(Grid::square(250.0).expect("offered"), &keys, 1).expect("cells");
    let found = associations(&counts, &neighbours).expect("counts");
    let p: Vec<Option<f64>> =
        found.moran.iter().map(|cell| cell.and_then(|cell| cell.z).map(|z| libm::erfc(z.abs() / 2.0_f64.sqrt()))).collect();
    assert!(p.iter().zip(&found.p).all(|(a, b)| a.zip(*b).is_none_or(|(a, b)| (a - b).abs() <= 1.0e-11 * b)));
    assert_eq!(found.q, benjamini_hochberg(&found.p));
    let mean = counts.iter().map(|&count| f64::from(count)).sum::<f64>() / counts.len() as f64;
    assert!((found.mean - mean).abs() < 1.0e-12);
    for (at, row) in neighbours.rows().enumerate() {
        let others: Vec<f64> = row.iter().filter(|&&other| other as usize != at).map(|&other| f64::from(counts[other as usize])).collect();
        let around = others.iter().sum::<f64>() / others.len() as f64;
        let expected = match (f64::from(counts[at]) > mean, around > mean) {
            (true, true) => Association::HighHigh,
            (false, false) => Association::LowLow,
            (true, false) => Association::HighLow,
            (false, true) => Association::LowHigh,
        };
        let significant = found.q[at].is_some_and(|q| q <= SIGNIFICANT_Q);
        assert_eq!(found.association[at], significant.then_some(expected), "cell {at}");
    }
    let at = |column: i32, row: i32| found.association[(column * side + row) as usize];
    let named = [at(5, 5), at(4, 4), at(18, 18), at(17, 20)];
    assert_eq!(named, [Association::HighHigh, Association::LowHigh, Association::HighLow, Association::LowLow].map(Some));
    assert!(found.association.iter().filter(|cell| cell.is_none()).count() > 400);
    let flat = associations(&vec![3; counts.len()], &neighbours).expect("counts");
    assert!(flat.association.iter().all(Option::is_none) && flat.p.iter().all(Option::is_none));
}
