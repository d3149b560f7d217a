//! Densities against spatstat, edge shares against quadrature, and every path against the definition.

use proptest::prelude::*;

use super::*;

/// Made by `tests/reference/density/make.R`.
const POINTS: &str = include_str!("../../tests/reference/density/points.csv");
/// Made by `tests/reference/density/make_edge.py`.
const EDGE: &str = include_str!("../../tests/reference/density/edge.csv");

fn rows(text: &str) -> Vec<Vec<f64>> {
    text.lines().skip(2).map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect()
}

fn parameters(kernel: Kernel, bandwidth_m: f64) -> Parameters {
    Parameters { kernel, bandwidth_m, edge_correction: false }
}

const LATTICE: Lattice = Lattice { west: 480_000.0, south: 6_250_000.0, step_m: 50.0, columns: 12, rows: 6 };

#[test]
fn densities_at_the_events_are_those_of_spatstat() {
    let reference = rows(POINTS);
    let events: Vec<[f64; 2]> = reference.iter().map(|row| [row[0], row[1]]).collect();
    let weights: Vec<f64> = reference.iter().map(|row| row[2]).collect();
    let columns = [
        (3, Kernel::Quartic, 200.0, None),
        (4, Kernel::Quartic, 60.0, None),
        (5, Kernel::Quartic, 200.0, Some(&weights[..])),
        (6, Kernel::Gaussian, 100.0, None),
        (7, Kernel::Gaussian, 40.0, Some(&weights[..])),
    ];
    let mut worst = 0.0_f64;
    for (column, kernel, bandwidth_m, weights) in columns {
        for row in &reference {
            // A lattice of one cell whose centre is the event.
            let lattice = Lattice { west: row[0] - 4.0, south: row[1] - 4.0, step_m: 8.0, columns: 1, rows: 1 };
            let made = density(&events, weights, &lattice, None, &parameters(kernel, bandwidth_m)).expect("within bounds");
            worst = worst.max((made.values[0] / 1.0e6 - row[column]).abs() / row[column]);
        }
    }
    assert_eq!(reference.len(), 240);
    assert!(worst < 1.0e-10, "{worst:e}");
}

#[test]
fn shares_within_the_edge_are_those_of_quadrature() {
    let mut worst = [0.0_f64; 2];
    let reference = rows(EDGE);
    for (kernel, bandwidth_m, column) in [(Kernel::Quartic, 200.0, 2), (Kernel::Gaussian, 70.0, 3)] {
        let parameters = parameters(kernel, bandwidth_m);
        let shares = edge::share_within(&LATTICE, None, &parameters, Reach::of(&LATTICE, &parameters).cells);
        for row in &reference {
            let share = shares[row[1] as usize * LATTICE.columns + row[0] as usize];
            worst[column - 2] = worst[column - 2].max((share - row[column]).abs());
        }
    }
    assert_eq!(reference.len(), 72);
    assert!(worst.iter().all(|worst| *worst < 1.0e-4), "{worst:?}");
}

#[test]
fn the_edge_correction_divides_by_the_share_and_leaves_out_what_is_outside() {
    let area: Vec<bool> = (0..LATTICE.cells()).map(|cell| cell % LATTICE.columns >= 4).collect();
    let inside = [[LATTICE.x(4), LATTICE.y(2)], [LATTICE.x(9), LATTICE.y(5)]];
    let outside = [LATTICE.x(3), LATTICE.y(2)];
    let corrected = Parameters { edge_correction: true, ..Parameters::default() };
    let made = density(&[inside[0], outside, inside[1]], None, &LATTICE, Some(&area), &corrected).expect("within bounds");
    let plain = density(&inside, None, &LATTICE, None, &Parameters::default()).expect("within bounds");
    let shares = edge::share_within(&LATTICE, Some(&area), &corrected, 4.0);
    for cell in 0..LATTICE.cells() {
        let expected = if area[cell] { plain.values[cell] / shares[cell] } else { 0.0 };
        assert!((made.values[cell] - expected).abs() <= 1.0e-12 * expected, "cell {cell}");
    }
    // An area cut from the lattice is the same as a lattice of that size.
    let cut = Lattice { west: LATTICE.x(4) - 25.0, columns: 8, ..LATTICE };
    let cut_shares = edge::share_within(&cut, None, &corrected, 4.0);
    for (cell, share) in cut_shares.iter().enumerate() {
        assert!((share - shares[cell / 8 * 12 + cell % 8 + 4]).abs() < 1.0e-12);
    }
}

#[test]
fn an_uncorrected_area_still_sees_the_events_beside_it() {
    let area: Vec<bool> = (0..LATTICE.cells()).map(|cell| cell % LATTICE.columns >= 4).collect();
    let event = [[LATTICE.x(3), LATTICE.y(2)]];
    let made = density(&event, None, &LATTICE, Some(&area), &Parameters::default()).expect("within bounds");
    assert!(made.values[2 * 12 + 4] > 0.0 && made.values[2 * 12 + 3] == 0.0);
}

#[test]
fn what_is_out_of_bounds_is_refused_by_name() {
    let refused = |lattice: Lattice, parameters: Parameters| density(&[[0.0, 0.0]], None, &lattice, None, &parameters).err();
    let normal = Parameters::default();
    for bandwidth_m in [0.0, -1.0, 9.9, 49.0, 10_001.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(refused(LATTICE, Parameters { bandwidth_m, ..normal }), Some(DensityError::Bandwidth(_))), "{bandwidth_m}");
    }
    let lattices = [
        Lattice { columns: 0, ..LATTICE },
        Lattice { columns: 2001, rows: 2000, ..LATTICE },
        Lattice { columns: usize::MAX, rows: 3, ..LATTICE },
        Lattice { step_m: 0.0, ..LATTICE },
        Lattice { step_m: f64::NAN, ..LATTICE },
        Lattice { west: f64::NAN, ..LATTICE },
        Lattice { south: 1.0e300, ..LATTICE },
    ];
    for lattice in lattices {
        assert_eq!(refused(lattice, normal), Some(DensityError::Lattice), "{lattice:?}");
    }
    let with = |event: [f64; 2], weight: &[f64], area: &[bool]| density(&[event], Some(weight), &LATTICE, Some(area), &normal).err();
    let (good, area) = ([480_000.0, 6_250_000.0], [true; 72]);
    assert_eq!(with([f64::NAN, 0.0], &[1.0], &area), Some(DensityError::Event(0)));
    assert_eq!(with(good, &[-1.0], &area), Some(DensityError::Weight(0)));
    assert_eq!(with(good, &[f64::NAN], &area), Some(DensityError::Weight(0)));
    assert_eq!(with(good, &[], &area), Some(DensityError::Length { what: "weights", given: 0, expected: 1 }));
    assert_eq!(with(good, &[1.0], &area[1..]), Some(DensityError::Length { what: "area", given: 71, expected: 72 }));
    // A kernel of 16 000 cells across, on 4 million cells or on one.
    let (huge, one) =
        (Lattice { step_m: 1.0, columns: 2000, rows: 2000, ..LATTICE }, Lattice { step_m: 1.0, columns: 1, rows: 1, ..LATTICE });
    let wide = Parameters { kernel: Kernel::Gaussian, bandwidth_m: 10_000.0, edge_correction: true };
    assert!(matches!(refused(huge, wide), Some(DensityError::Work(_))));
    assert!(matches!(refused(one, wide), Some(DensityError::Work(_))));
    let many = vec![good; 6000];
    assert!(matches!(density(&many, None, &huge, None, &Parameters { edge_correction: false, ..wide }), Err(DensityError::Work(_))));
}

#[test]
fn no_events_give_an_empty_map() {
    let corrected = Parameters { edge_correction: true, ..Parameters::default() };
    let made = density(&[], None, &LATTICE, Some(&[false; 72]), &corrected).expect("within bounds");
    assert_eq!(made.values, vec![0.0; 72]);
}

proptest! {
    #[test]
    fn every_cell_has_the_sum_of_the_definition(
        events in prop::collection::vec(((-900.0..1500.0_f64), (-900.0..1200.0_f64), 0.0..3.0_f64), 0..40),
        bandwidth_m in 50.0..700.0_f64,
        gaussian: bool,
    ) {
        let kernel = if gaussian { Kernel::Gaussian } else { Kernel::Quartic };
        let weights: Vec<f64> = events.iter().map(|event| event.2).collect();
        let events: Vec<[f64; 2]> = events.iter().map(|event| [LATTICE.west + event.0, LATTICE.south + event.1]).collect();
        let made = density(&events, Some(&weights), &LATTICE, None, &parameters(kernel, bandwidth_m)).expect("within bounds");
        let b2 = bandwidth_m * bandwidth_m;
        for cell in 0..LATTICE.cells() {
            let (x, y) = (LATTICE.x(cell % LATTICE.columns), LATTICE.y(cell / LATTICE.columns));
            let expected: f64 = events.iter().zip(&weights).map(|(event, weight)| {
                let d2 = (event[0] - x).powi(2) + (event[1] - y).powi(2);
                let k = match kernel {
                    Kernel::Quartic if d2 < b2 => 3.0 / (PI * b2) * (1.0 - d2 / b2).powi(2),
                    Kernel::Quartic => 0.0,
                    Kernel::Gaussian => (-d2 / (2.0 * b2)).exp() / (2.0 * PI * b2),
                };
                weight * k * 1.0e6
            }).sum();
            let peak = weights.iter().sum::<f64>() * M2_PER_KM2 * kernel.peak(bandwidth_m);
            prop_assert!((made.values[cell] - expected).abs() <= 1.0e-12 * expected + 1.0e-13 * peak, "{} for {expected}", made.values[cell]);
        }
    }

    #[test]
    fn moving_everything_moves_the_map(east in -20_i32..20, north in -20_i32..20, seed in 0_u32..1000) {
        let at = |number: u32| f64::from((number * 7919 + seed * 104_729) % 60_000) / 100.0;
        let events: Vec<[f64; 2]> = (0..30).map(|number| [LATTICE.west + at(number), LATTICE.south + at(number + 100) / 2.0]).collect();
        let (dx, dy) = (f64::from(east) * 62.5, f64::from(north) * 62.5);
        let moved: Vec<[f64; 2]> = events.iter().map(|event| [event[0] + dx, event[1] + dy]).collect();
        let there = Lattice { west: LATTICE.west + dx, south: LATTICE.south + dy, ..LATTICE };
        let of = |events: &[[f64; 2]], lattice: &Lattice| density(events, None, lattice, None, &Parameters::default()).expect("within bounds").values;
        for (a, b) in of(&events, &LATTICE).iter().zip(of(&moved, &there)) {
            prop_assert!((a - b).abs() <= 1.0e-9 * a.max(1.0));
        }
    }
}
