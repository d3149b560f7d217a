//! Gi* against esda, spdep and published answers.

use proptest::prelude::*;

use super::{CountsError, gi_star, p_normal};
use crate::analysis::neighbours::Neighbours;
use crate::analysis::{fdr, hotspots};
use crate::geo::grid::{CellKey, Grid};
use crate::geo::shared_data;

/// Made by `tests/reference/hotspots/make.py` and `make.R`.
const ESDA: &str = include_str!("../../tests/reference/hotspots/gi_star.csv");
const SPDEP: &str = include_str!("../../tests/reference/hotspots/spdep.csv");

/// The numbers of one case of the key: a, b, count, z, p, q, and spdep's z.
fn case(name: &str) -> Vec<[f64; 7]> {
    let rows = ESDA.lines().zip(SPDEP.lines()).skip(2).filter(|(row, _)| row.split(',').next() == Some(name));
    let numbers = |(row, spdep): (&str, &str)| {
        let cells: Vec<f64> = row.split(',').skip(1).chain([spdep]).map(|cell| cell.parse().expect("a number")).collect();
        cells.try_into().expect("seven")
    };
    rows.map(numbers).collect()
}

fn neighbours_of(name: &str, rows: &[[f64; 7]]) -> Neighbours {
    let cells: Vec<CellKey> = rows.iter().map(|row| CellKey::pack(row[0] as i32, row[1] as i32)).collect();
    match name.split_once(' ').expect("two words") {
        ("square", rings) => Neighbours::contiguous(Grid::square(250.0).expect("offered"), &cells, rings.parse().expect("rings")),
        ("hex", rings) => Neighbours::contiguous(Grid::hex(100.0).expect("offered"), &cells, rings.parse().expect("rings")),
        (_, band) => {
            let places: Vec<(f64, f64)> = rows.iter().map(|row| (row[0], row[1])).collect();
            Neighbours::within(&places, band.parse().expect("metres"))
        }
    }
    .expect("cells in order")
}

#[test]
fn z_p_and_q_are_those_of_esda_spdep_and_scipy() {
    let mut worst = [0.0f64; 4];
    for name in ["square 1", "square 2", "hex 1", "hex 2", "band 1500"] {
        let rows = case(name);
        assert_eq!(rows.len(), 240, "{name}");
        let neighbours = neighbours_of(name, &rows);
        let counts: Vec<u32> = rows.iter().map(|row| row[2] as u32).collect();
        let found = hotspots::hotspots(&counts, &neighbours, 0, 0).expect("counts");
        assert_eq!(found.z, gi_star(&counts, &neighbours).expect("counts"));
        for (row, ((z, p), q)) in rows.iter().zip(found.z.iter().zip(&found.p_analytic).zip(&found.q_analytic)) {
            let (z, p, q) = (z.expect("defined"), p.expect("defined"), q.expect("defined"));
            let apart = [z - row[3], z - row[6], (p - row[4]) / row[4], (q - row[5]) / row[5]];
            worst = std::array::from_fn(|which| if apart[which].abs() <= worst[which] { worst[which] } else { apart[which].abs() });
        }
    }
    assert!(worst[0] < 1.0e-12 && worst[1] < 1.0e-12, "z: {worst:?}");
    assert!(worst[2] < 1.0e-12 && worst[3] < 1.0e-12, "p, q: {worst:?}");
}

#[test]
fn memphis_robberies_are_those_of_the_shared_key() {
    let Some(text) = shared_data::read("gistar-ref/memphis_robberies_grid_ref.csv") else { return };
    let mut rows: Vec<(CellKey, u32, f64)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
            (CellKey::pack(cells[0] as i32, cells[1] as i32), cells[4] as u32, cells[5])
        })
        .collect();
    rows.sort_by_key(|row| row.0);
    assert_eq!(rows.len(), 74 * 59);
    let cells: Vec<CellKey> = rows.iter().map(|row| row.0).collect();
    let counts: Vec<u32> = rows.iter().map(|row| row.1).collect();
    let neighbours = Neighbours::contiguous(Grid::square(500.0).expect("offered"), &cells, 1).expect("in order");
    for (z, row) in gi_star(&counts, &neighbours).expect("counts").into_iter().zip(&rows) {
        assert!((z.expect("defined") - row.2).abs() < 1.0e-6, "{row:?}");
    }
}

/// Getis & Ord 1996, the 16 by 16 grid, at five distances.
#[test]
fn the_grid_of_getis_and_ord_is_as_published() {
    let Some(text) = shared_data::read("gistar-ref/getisord_1996_16x16.csv") else { return };
    let rows: Vec<Vec<f64>> =
        text.lines().skip(1).map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect();
    assert_eq!(rows.len(), 256);
    let places: Vec<(f64, f64)> = rows.iter().map(|row| (row[0], row[1])).collect();
    let counts: Vec<u32> = rows.iter().map(|row| row[2] as u32).collect();
    for (band, column) in [(30.0, 4), (60.0, 6), (90.0, 8), (120.0, 10), (150.0, 12)] {
        let neighbours = Neighbours::within(&places, band).expect("places");
        for (z, row) in gi_star(&counts, &neighbours).expect("counts").into_iter().zip(&rows) {
            assert!((z.expect("defined") - row[column]).abs() < 1.0e-6, "{band} {row:?}");
        }
    }
}

#[test]
fn where_nothing_varies_there_is_no_statistic() {
    let line: Vec<(f64, f64)> = (0..4).map(|x| (f64::from(x) * 10.0, 0.0)).collect();
    let of = |counts: &[u32], band| gi_star(counts, &Neighbours::within(&line[..counts.len()], band).expect("places"));
    assert_eq!(of(&[3, 3, 3, 3], 10.0), Ok(vec![None; 4]));
    assert_eq!(of(&[0, 0, 0, 0], 10.0), Ok(vec![None; 4]));
    // The second cell of three has all beside it.
    let found = of(&[1, 2, 4], 10.0).expect("counts");
    assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!((of(&[5], 10.0), of(&[], 10.0)), (Ok(vec![None]), Ok(vec![])));
    assert_eq!(gi_star(&[1, 2], &Neighbours::within(&line, 10.0).expect("places")), Err(CountsError::Length));
    assert!(of(&[u32::MAX; 4], 10.0).is_ok());
    let many = vec![(0.0, 0.0); 300];
    assert_eq!(gi_star(&[u32::MAX; 300], &Neighbours::within(&many, 10.0).expect("places")), Err(CountsError::Total));
}

#[test]
fn p_is_that_of_the_normal_tables() {
    // R 4.2.2: 2*pnorm(-z)
    for (z, p) in [(0.0, 1.0), (1.959_963_984_540_054, 0.05), (-2.575_829_303_548_901, 0.01), (10.0, 1.523_970_604_832_105e-23)] {
        assert!((p_normal(z) / p - 1.0).abs() < 1.0e-13, "{z}: {}", p_normal(z));
    }
}

proptest! {
    #[test]
    fn z_is_its_formula(counts in prop::collection::vec(0u32..2_000_000_000, 4..30), reach in 0u32..3) {
        let places: Vec<(f64, f64)> = (0..counts.len()).map(|at| (at as f64 * 10.0, 0.0)).collect();
        let neighbours = Neighbours::within(&places, f64::from(reach) * 10.0 + 5.0).expect("places");
        let n = counts.len() as f64;
        let mean = counts.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
        let s = (counts.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / n).sqrt();
        for (row, z) in neighbours.rows().zip(gi_star(&counts, &neighbours).expect("counts")) {
            let w = row.len() as f64;
            let sum: f64 = row.iter().map(|&at| f64::from(counts[at as usize])).sum();
            let expected = (sum - mean * w) / (s * ((n * w - w * w) / (n - 1.0)).sqrt());
            match z {
                Some(z) => prop_assert!((z - expected).abs() < 1.0e-9, "{} {}", z, expected),
                None => prop_assert!(s == 0.0 || row.len() == counts.len()),
            }
        }
    }

    /// The class is the level of q on the side of z.
    #[test]
    fn classes_are_levels(z in -5.0f64..5.0, q in 0.0f64..0.2) {
        let class = fdr::class(z, q);
        prop_assert_eq!(class != 0, q <= 0.10);
        prop_assert_eq!(class.abs() >= 2, q <= 0.05);
        prop_assert_eq!(class.abs() == 3, q <= 0.01);
        prop_assert!(class == 0 || (class > 0) == (z >= 0.0));
    }
}
