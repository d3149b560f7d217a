//! Rates against scipy (through `exact_tests`) and spdep.

use super::{LEAST_POPULATION, LengthError, empirical_bayes, empirical_bayes_local, rate};
use crate::analysis::neighbours::Neighbours;
use crate::geo::grid::{CellKey, Grid};

/// Made by `tests/reference/rates/make.R`.
const KEY: &str = include_str!("../../tests/reference/rates/bayes.csv");

/// Counts, population, the answers for all and for near, and the neighbours.
fn key() -> (Vec<u32>, Vec<u32>, Vec<[f64; 2]>, Vec<CellKey>) {
    let mut rows: Vec<(CellKey, Vec<f64>)> = KEY
        .lines()
        .skip(2)
        .map(|line| {
            let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
            (CellKey::pack(cells[0] as i32, cells[1] as i32), cells)
        })
        .collect();
    rows.sort_by_key(|row| row.0);
    assert_eq!(rows.len(), 120);
    let column = |at: usize| rows.iter().map(|row| row.1[at] as u32).collect();
    (column(2), column(3), rows.iter().map(|row| [row.1[4], row.1[5]]).collect(), rows.iter().map(|row| row.0).collect())
}

#[test]
fn shrunken_rates_are_those_of_spdep() {
    let (counts, population, expected, cells) = key();
    let neighbours = Neighbours::contiguous(Grid::square(1000.0).expect("offered"), &cells, 1).expect("in order");
    let all = empirical_bayes(&counts, &population).expect("alike");
    let near = empirical_bayes_local(&counts, &population, &neighbours).expect("alike");
    let (mut few, mut worst) = (0, 0.0f64);
    for (at, expected) in expected.iter().enumerate() {
        for (found, expected) in [all[at], near[at]].into_iter().zip(expected) {
            let Some(found) = found else {
                assert!(population[at] < LEAST_POPULATION);
                few += 1;
                continue;
            };
            assert!(population[at] >= LEAST_POPULATION);
            worst = worst.max((found / expected - 1.0).abs());
        }
    }
    assert!(few >= 10 && worst < 1.0e-12, "{few} {worst}");
}

#[test]
fn where_nobody_lives_nothing_is_drawn_from() {
    let (mut counts, mut population, _, cells) = key();
    let neighbours = |cells: &[CellKey]| Neighbours::contiguous(Grid::square(1000.0).expect("offered"), cells, 1).expect("in order");
    let without = (&counts[1..], &population[1..]);
    let all = empirical_bayes(without.0, without.1).expect("alike");
    let near = empirical_bayes_local(without.0, without.1, &neighbours(&cells[1..])).expect("alike");
    (counts[0], population[0]) = (4, 0);
    assert_eq!(empirical_bayes(&counts, &population), Ok([vec![None], all].concat()));
    assert_eq!(empirical_bayes_local(&counts, &population, &neighbours(&cells)), Ok([vec![None], near].concat()));
    assert_eq!(empirical_bayes(&[0, 0], &[0, 0]), Ok(vec![None, None]));
    assert_eq!(empirical_bayes(&[0, 0], &[60, 80]), Ok(vec![Some(0.0), Some(0.0)]));
    assert_eq!((empirical_bayes(&[1], &[]), empirical_bayes_local(&[1], &[1], &neighbours(&cells))), (Err(LengthError), Err(LengthError)));
}

#[test]
fn a_rate_has_limits_and_needs_people() {
    // R 4.2.2: poisson.test(3, 250)$conf.int * 1000
    let found = rate(3, 250, 1_000.0).expect("enough people");
    let expected = [12.0, 2.474_688_491_58, 35.069_092_278_97];
    for (found, expected) in [found.rate, found.low, found.high].into_iter().zip(expected) {
        assert!((found / expected - 1.0).abs() < 1.0e-10, "{found} {expected}");
    }
    assert_eq!((rate(3, LEAST_POPULATION - 1, 1_000.0), rate(0, 0, 1_000.0)), (None, None));
    assert_eq!(rate(0, LEAST_POPULATION, 1_000.0).map(|rate| (rate.rate, rate.low)), Some((0.0, 0.0)));
}
