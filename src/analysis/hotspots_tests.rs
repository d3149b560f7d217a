//! The assembly: which p the class follows, and what is recorded.

use super::{METHOD, hotspots};
use crate::analysis::fdr;
use crate::analysis::neighbours::{Neighbours, Rule};
use crate::geo::grid::{CellKey, Grid};

/// Ten by ten squares with five in each of nine together, and nothing elsewhere.
fn one_cluster() -> (Vec<u32>, Neighbours) {
    let cells: Vec<(i32, i32)> = (0..10).flat_map(|column| (0..10).map(move |row| (column, row))).collect();
    let keys: Vec<CellKey> = cells.iter().map(|&(column, row)| CellKey::pack(column, row)).collect();
    let counts = cells.iter().map(|(column, row)| if (3..6).contains(column) && (3..6).contains(row) { 5 } else { 0 }).collect();
    (counts, Neighbours::contiguous(Grid::square(250.0).expect("offered"), &keys, 1).expect("in order"))
}

#[test]
fn the_class_follows_the_permutations_where_there_are_any() {
    let (counts, neighbours) = one_cluster();
    let alone = hotspots(&counts, &neighbours, 0, 1).expect("counts");
    assert_eq!((alone.method, alone.rule, alone.n), (METHOD, Rule::Rings(1), 100));
    assert!((alone.mean - 0.45).abs() < 1.0e-15 && (alone.sd - (45.0f64 * 5.0 / 100.0 - 0.45 * 0.45).sqrt()).abs() < 1.0e-15);
    assert_eq!((alone.class[44], alone.class[0], &alone.permuted), (Some(3), Some(0), &None));
    let both = hotspots(&counts, &neighbours, 9_999, 1).expect("counts");
    let permuted = both.permuted.as_ref().expect("asked for");
    assert_eq!((&both.z, &both.p_analytic, permuted.permutations, permuted.seed), (&alone.z, &alone.p_analytic, 9_999, 1));
    let classes = both.z.iter().zip(&permuted.q).map(|(z, q)| z.zip(*q).map(|(z, q)| fdr::class(z, q)));
    assert_eq!(both.class, classes.collect::<Vec<_>>());
    assert_eq!((both.class[44], permuted.p[44]), (Some(3), Some(0.000_2)));
    assert!(permuted.p.iter().zip(&permuted.p_folded).all(|(p, folded)| p.zip(*folded).is_some_and(|(p, folded)| p >= folded)));
    assert_eq!(both, hotspots(&counts, &neighbours, 9_999, 1).expect("counts"));
}

/// z counts the cell itself, the permutations only what lies around it: many reports in the middle of fewer than chance gives are no
/// hotspot, however little chance explains the surroundings.
#[test]
fn a_peak_in_a_hollow_is_no_hotspot() {
    let keys: Vec<CellKey> = (0..20).flat_map(|column| (0..20).map(move |row| CellKey::pack(column, row))).collect();
    let near = |cell: usize| (cell / 20).abs_diff(10).max((cell % 20).abs_diff(10));
    let counts: Vec<u32> = (0..400)
        .map(|cell| match near(cell) {
            0 => 1_000,
            1 => 0,
            _ => 10,
        })
        .collect();
    let neighbours = Neighbours::contiguous(Grid::square(250.0).expect("offered"), &keys, 1).expect("in order");
    let found = hotspots(&counts, &neighbours, 99_999, 1).expect("counts");
    let (middle, permuted) = (10 * 20 + 10, found.permuted.expect("asked for"));
    assert!(found.z[middle].is_some_and(|z| z > 2.58) && permuted.q[middle].is_some_and(|q| q <= 0.01));
    assert_eq!(found.class[middle], Some(0));
}

#[test]
fn equal_counts_have_no_hotspots() {
    let (_, neighbours) = one_cluster();
    let found = hotspots(&[4; 100], &neighbours, 99, 1).expect("counts");
    let nothing = vec![None; 100];
    let permuted = found.permuted.expect("asked for");
    assert_eq!([&found.z, &found.p_analytic, &found.q_analytic, &permuted.p, &permuted.p_folded, &permuted.q], [&nothing; 6]);
    assert_eq!(found.class, vec![None; 100]);
    assert!(hotspots(&[4; 99], &neighbours, 99, 1).is_err());
}

/// Places outside the globe share a key that is no cell.
#[test]
fn what_is_no_cell_stands_alone() {
    let grid = Grid::h3(9).expect("offered");
    let mut cells: Vec<CellKey> = [f64::NAN, 14.0, 14.5, 15.0].into_iter().map(|lon| grid.cell(0.0, 0.0, lon, 56.0)).collect();
    cells.sort_unstable();
    let neighbours = Neighbours::contiguous(grid, &cells, 1).expect("in order");
    let found = hotspots(&[1, 5, 0, 2], &neighbours, 99, 1).expect("counts");
    assert!(found.z.iter().all(Option::is_some) && found.permuted.is_some_and(|permuted| permuted.p.iter().all(|&p| p == Some(1.0))));
}
