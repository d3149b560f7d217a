//! Neighbours against their definition.

use proptest::prelude::*;

use super::{Neighbours, NeighboursError, Rule};
use crate::geo::grid::{CellKey, Grid};

fn rows(neighbours: &Neighbours) -> Vec<Vec<u32>> {
    neighbours.rows().map(<[u32]>::to_vec).collect()
}

#[test]
fn what_is_no_question_has_no_answer() {
    let square = Grid::square(250.0).expect("offered");
    let cells = [CellKey::pack(0, 1), CellKey::pack(0, 0)];
    let of = |cells: &[CellKey], rings| Neighbours::contiguous(square, cells, rings).map(|made| made.cells());
    assert_eq!(of(&cells, 1), Err(NeighboursError::Order));
    assert_eq!(of(&[cells[0], cells[0]], 1), Err(NeighboursError::Order));
    assert_eq!((of(&cells[..1], 0), of(&cells[..1], 6)), (Err(NeighboursError::Rings), Err(NeighboursError::Rings)));
    assert_eq!(of(&[], 5), Ok(0));
    for band in [0.0, -1.0, 0.9, f64::NAN, f64::INFINITY] {
        assert_eq!(Neighbours::within(&[(0.0, 0.0)], band), Err(NeighboursError::Band), "{band}");
    }
    for place in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (1.1e9, 0.0)] {
        assert_eq!(Neighbours::within(&[(0.0, 0.0), place], 10.0), Err(NeighboursError::Place(1)), "{place:?}");
    }
    // 9,000² > 2^26
    assert_eq!(Neighbours::within(&vec![(5.0, 5.0); 9_000], 10.0), Err(NeighboursError::Pairs));
}

#[test]
fn a_distance_that_equals_the_band_counts() {
    let places = [(0.0, 0.0), (30.0, 0.0), (0.0, 60.0), (-999_999_970.0, 0.0), (-1.0e9, 0.0)];
    let made = Neighbours::within(&places, 30.0).expect("places");
    assert_eq!(rows(&made), [vec![0, 1], vec![0, 1], vec![2], vec![3, 4], vec![3, 4]]);
    assert_eq!(made.rule(), Rule::Band(30.0));
}

proptest! {
    /// Row i is: every cell of the disk of i that was given, by number.
    #[test]
    fn cells_beside_each_other_are_those_of_the_disks(
        kept in prop::collection::btree_set((-6i32..6, -6i32..6), 0..90),
        rings in 1u8..=5,
        which in 0usize..3,
    ) {
        let grid = [Grid::square(250.0), Grid::hex(100.0), Grid::h3(9)][which].expect("offered");
        let mut cells: Vec<CellKey> = match grid {
            // Two hundredths of a degree apart stand some six cells.
            Grid::H3(_) => kept.iter().map(|&(a, b)| grid.cell(0.0, 0.0, 14.0 + f64::from(a) * 0.003, 56.0 + f64::from(b) * 0.002)).collect(),
            _ => kept.iter().map(|&(column, row)| CellKey::pack(column, row)).collect(),
        };
        cells.sort_unstable();
        cells.dedup();
        let made = Neighbours::contiguous(grid, &cells, rings).expect("in order");
        let expected: Vec<Vec<u32>> = cells.iter().map(|&cell| {
            let disk = grid.disk(cell, rings);
            (0..).zip(&cells).filter(|(_, other)| disk.contains(other)).map(|(number, _)| number).collect()
        }).collect();
        prop_assert_eq!(rows(&made), expected);
        prop_assert_eq!(made.cells(), cells.len());
    }

    /// Row i is: every place with d² ≤ band².
    #[test]
    fn places_within_a_band_are_those_of_all_pairs(
        places in prop::collection::vec((-50i32..50, -50i32..50), 0..60),
        tenths in 10u32..400,
    ) {
        let band = f64::from(tenths) / 10.0;
        let places: Vec<(f64, f64)> = places.into_iter().map(|(x, y)| (f64::from(x) / 2.0, f64::from(y) / 2.0)).collect();
        let made = Neighbours::within(&places, band).expect("places");
        let beside = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).powi(2) + (a.1 - b.1).powi(2) <= band * band;
        let expected: Vec<Vec<u32>> =
            places.iter().map(|&a| (0..).zip(&places).filter(|&(_, &b)| beside(a, b)).map(|(number, _)| number).collect()).collect();
        prop_assert_eq!(rows(&made), expected);
    }
}
