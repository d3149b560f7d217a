//! Bands against contourpy, as valid polygons, and as a partition of the lattice.

use geo::{Area, Contains, Point, Validation};
use proptest::prelude::*;

use super::*;

/// Made by `tests/reference/isobands/make.py`.
const SURFACE: &str = include_str!("../../tests/reference/isobands/surface.csv");
const AREAS: &str = include_str!("../../tests/reference/isobands/areas.csv");

fn surface(columns: usize, values: Vec<f64>) -> Surface {
    let rows = values.len() / columns;
    Surface { lattice: Lattice { west: 480_000.0, south: 6_250_000.0, step_m: 50.0, columns, rows }, values }
}

/// Area by coordinates relative to the lattice, as metric coordinates squared lose digits.
fn area(surface: &Surface, polygons: &MultiPolygon<f64>) -> f64 {
    use geo::Translate;
    polygons.translate(-surface.lattice.west, -surface.lattice.south).signed_area()
}

fn rectangle(surface: &Surface) -> f64 {
    let lattice = surface.lattice;
    ((lattice.columns - 1) * (lattice.rows - 1)) as f64 * lattice.step_m * lattice.step_m
}

#[test]
fn areas_and_rings_are_those_of_contourpy() {
    let rows: Vec<&str> = SURFACE.lines().skip(1).collect();
    let values: Vec<f64> = rows.iter().flat_map(|row| row.split(',').map(|cell| cell.parse::<f64>().expect("a number"))).collect();
    let surface = surface(values.len() / rows.len(), values);
    let reference: Vec<Vec<f64>> =
        AREAS.lines().skip(2).map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect();
    let levels: Vec<f64> = reference.iter().map(|row| row[0]).collect();
    let bands = isobands(&surface, &levels).expect("bands");
    assert_eq!(bands.len(), 9);
    let mut worst = 0.0_f64;
    for (band, row) in bands.iter().zip(&reference) {
        let holes: usize = band.polygons.iter().map(|polygon| polygon.interiors().len()).sum();
        assert_eq!((band.polygons.0.len(), holes), (row[3] as usize, row[4] as usize), "from {}", band.low);
        worst = worst.max((area(&surface, &band.polygons) / row[2] - 1.0).abs());
        assert!(band.polygons.is_valid(), "{:?}", band.polygons.validation_errors());
    }
    assert!(worst < 1.0e-9, "{worst:e}");
}

#[test]
fn a_flat_surface_is_one_rectangle() {
    let flat = surface(4, vec![2.0; 12]);
    let bands = isobands(&flat, &[1.0, 2.0, 3.0]).expect("bands");
    assert_eq!(bands.iter().map(|band| band.polygons.0.len()).collect::<Vec<_>>(), [0, 1, 0]);
    assert_eq!(bands[1].polygons.0[0].exterior().0.len(), 5, "corners only, the first again");
    assert!((area(&flat, &bands[1].polygons) - rectangle(&flat)).abs() < 1.0e-6);
    assert_eq!((bands[1].low, bands[1].high, bands[2].high), (2.0, Some(3.0), None));
}

#[test]
fn an_island_in_a_hole_is_its_own_polygon() {
    let ring = |column: i32, row: i32| (column - 4).abs().max((row - 4).abs());
    let values = (0..81).map(|cell| if [1, 3].contains(&ring(cell % 9, cell / 9)) { 0.0 } else { 5.0 }).collect();
    let bands = isobands(&surface(9, values), &[1.0]).expect("bands");
    let holes: Vec<usize> = bands[0].polygons.iter().map(|polygon| polygon.interiors().len()).collect();
    assert_eq!(holes, [1, 1, 0], "frame, ring, middle");
    assert!(bands[0].polygons.is_valid());
}

#[test]
fn bands_as_narrow_as_allowed_are_still_bands() {
    // Both levels are nearer to the centres below, or above, than a border may come, and less apart along the edge.
    let steep = surface(6, (0..36).map(|cell| if (cell % 6 + cell / 6) % 2 == 0 { 5.0 } else { -5.0 }).collect());
    for low in [-5.0 + 1.0e-8, 5.0 - 1.0e-8 - 5.1e-6] {
        let bands = isobands(&steep, &[low, low + 5.1e-6]).expect("bands");
        assert!(bands.iter().all(|band| band.polygons.is_valid()));
        assert!(area(&steep, &bands[0].polygons) > 0.0);
    }
}

#[test]
fn levels_are_steps_of_the_maximum_or_quantiles_of_what_is_above_zero() {
    let some = surface(3, vec![0.0, 4.0, 1.0, 0.0, 2.0, 8.0]);
    assert_eq!(levels(&some, Levels::Equal(3)), Ok(vec![2.0, 4.0, 6.0]));
    // numpy.quantile([1, 2, 4, 8], [1/4, 1/2, 3/4])
    assert_eq!(levels(&some, Levels::Quantiles(3)), Ok(vec![1.75, 3.0, 5.0]));
    assert_eq!(levels(&surface(3, vec![0.0, 7.0, 7.0, 0.0, 7.0, 7.0]), Levels::Quantiles(12)), Ok(vec![7.0]), "one value, one level");
    assert_eq!(levels(&surface(3, vec![0.0; 6]), Levels::Equal(5)), Ok(vec![]));
    for count in [0, 13] {
        assert_eq!(levels(&some, Levels::Equal(count)), Err(IsobandError::Levels(count)));
    }
}

#[test]
fn what_is_out_of_bounds_is_refused_by_name() {
    let some = surface(3, vec![0.0, 4.0, 1.0, 0.0, 2.0, 8.0]);
    assert_eq!(isobands(&some, &[]), Err(IsobandError::Levels(0)));
    assert_eq!(isobands(&some, &[1.0, 1.0]), Err(IsobandError::Level(1)));
    assert_eq!(isobands(&some, &[1.0, 1.0 + 1.0e-7]), Err(IsobandError::Level(1)));
    assert_eq!(isobands(&some, &[f64::NAN]), Err(IsobandError::Level(0)));
    assert_eq!(isobands(&surface(1, vec![1.0; 6]), &[1.0]), Err(IsobandError::Lattice));
    assert_eq!(isobands(&surface(3, vec![f64::NAN; 6]), &[1.0]), Err(IsobandError::Values));
    assert_eq!(levels(&surface(3, vec![f64::INFINITY; 6]), Levels::Equal(2)), Err(IsobandError::Values));
}

proptest! {
    /// Whole numbers as values and levels: levels that equal values, plateaus, saddles, everything that is degenerate.
    #[test]
    fn bands_cover_the_lattice_once_and_hold_their_centres(
        columns in 2_usize..9,
        cells in prop::collection::vec(0_u8..6, 81),
        rows in 2_usize..9,
        first in 1_u8..4,
    ) {
        let surface = surface(columns, cells[..columns * rows].iter().map(|value| f64::from(*value)).collect());
        // From 0, so that nothing is outside.
        let levels: Vec<f64> = [0.0].into_iter().chain((first..6).map(f64::from)).collect();
        let bands = isobands(&surface, &levels).expect("bands");
        let covered: f64 = bands.iter().map(|band| area(&surface, &band.polygons)).sum();
        prop_assert!((covered / rectangle(&surface) - 1.0).abs() < 1.0e-9, "{covered}");
        for band in &bands {
            prop_assert!(band.polygons.is_valid(), "{:?}", band.polygons.validation_errors());
            for polygon in &band.polygons {
                prop_assert!(geo::Winding::is_ccw(polygon.exterior()) && polygon.interiors().iter().all(geo::Winding::is_cw));
            }
        }
        // Centres on the border of the lattice are on the border of a band, inside none.
        for row in 1..rows - 1 {
            for column in 1..columns - 1 {
                let value = surface.values[row * columns + column];
                let centre = Point::new(surface.lattice.x(column), surface.lattice.y(row));
                for band in &bands {
                    let belongs = value >= band.low && band.high.is_none_or(|high| value < high);
                    prop_assert_eq!(band.polygons.contains(&centre), belongs, "{} in {}..{:?}", value, band.low, band.high);
                }
            }
        }
    }

    #[test]
    fn neighbouring_bands_do_not_overlap(values in prop::collection::vec(0.0..1.0_f64, 36), low in 0.1..0.5_f64, x in 0.0..250.0_f64, y in 0.0..250.0_f64) {
        let surface = surface(6, values);
        let bands = isobands(&surface, &[0.0, low, low + 0.2, low + 0.3]).expect("bands");
        let place = Point::new(surface.lattice.x(0) + x, surface.lattice.y(0) + y);
        prop_assert!(bands.iter().filter(|band| band.polygons.contains(&place)).count() <= 1);
    }
}
