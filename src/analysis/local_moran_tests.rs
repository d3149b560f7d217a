//! Local Moran's I against spdep and esda.

use super::local_moran;
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
