//! Disks against their definition: distance on the plane, and H3's own library.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::{hex_centre, square_corner};
use super::{CellKey, Grid};
use crate::geo::sweref::MetricCrs;

/// Made by `tests/reference/grid/make_h3_disks.py`.
const H3_DISKS: &str = include_str!("../../../tests/reference/grid/h3_disks.csv");

#[test]
fn h3_disks_are_those_of_h3() {
    let (mut checked, mut pentagons) = (0, 0);
    for line in H3_DISKS.lines().skip(2) {
        let cells: Vec<&str> = line.split(',').collect();
        let resolution = cells[0].parse().expect("a resolution");
        let grid = Grid::h3(resolution).expect("offered");
        let key = |id: &str| grid.parse_id(id, MetricCrs::Sweref99Tm).expect("a cell");
        let expected: BTreeSet<CellKey> = cells[3].split(' ').map(key).collect();
        let made = grid.disk(key(cells[2]), cells[1].parse().expect("rings"));
        assert!(made.is_sorted() && made.len() == expected.len(), "{line}");
        assert_eq!(made.into_iter().collect::<BTreeSet<_>>(), expected, "{line}");
        checked += 1;
        pentagons += usize::from(cells[1] == "1" && expected.len() == 6);
    }
    assert!(checked >= 50 && pentagons >= 5, "{checked} {pentagons}");
}

#[test]
fn the_corners_of_the_plane_have_fewer_cells_around() {
    for grid in [Grid::square(250.0), Grid::hex(100.0)].into_iter().flatten() {
        for key in [CellKey::pack(i32::MIN, i32::MIN), CellKey::pack(i32::MAX, i32::MAX), CellKey::pack(i32::MIN, i32::MAX)] {
            let disk = grid.disk(key, 2);
            assert!(disk.contains(&key) && disk.len() < 14, "{grid:?} {key:?}: {}", disk.len());
        }
    }
    assert_eq!(Grid::h3(9).map(|grid| grid.disk(CellKey(0), 1)), Some(vec![CellKey(0)]));
}

proptest! {
    /// Squares: the cells at most k columns and k rows away. Hexagons: k steps, each to a cell whose centre is one height away.
    #[test]
    fn disks_are_what_steps_reach(column in -50i32..50, row in -50i32..50, rings in 1u8..=5) {
        let key = CellKey::pack(column, row);
        let (square, hex) = (Grid::square(250.0).expect("offered"), Grid::hex(100.0).expect("offered"));
        let mut near = (BTreeSet::from([key]), BTreeSet::from([key]));
        for _ in 0..rings {
            near = (step(&near.0, |a, b| {
                let ((ax, ay), (bx, by)) = (corner(a, square), corner(b, square));
                (ax - bx).abs() < 251.0 && (ay - by).abs() < 251.0
            }), step(&near.1, |a, b| {
                let ((ax, ay), (bx, by)) = (hex_centre(a, 100.0), hex_centre(b, 100.0));
                (ax - bx).hypot(ay - by) < 100.0 * 1.8
            }));
        }
        prop_assert_eq!(square.disk(key, rings), near.0.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(hex.disk(key, rings), near.1.into_iter().collect::<Vec<_>>());
    }
}

fn corner(key: CellKey, grid: Grid) -> (f64, f64) {
    match grid {
        Grid::Square(size) => square_corner(key, size),
        _ => (f64::NAN, f64::NAN),
    }
}

/// Every cell beside one of `from`, among all that could be.
fn step(from: &BTreeSet<CellKey>, beside: impl Fn(CellKey, CellKey) -> bool) -> BTreeSet<CellKey> {
    let around = |&key: &CellKey| {
        let (column, row) = key.unpack();
        let cells = (column - 2..=column + 2).flat_map(move |column| (row - 2..=row + 2).map(move |row| CellKey::pack(column, row)));
        cells.filter(|&other| beside(key, other)).collect::<Vec<_>>()
    };
    from.iter().flat_map(around).collect()
}
