//! Exact probabilities against mpmath and scipy, and against plain sums.

use proptest::prelude::*;

use super::{
    binomial, binomial_at_least, binomial_at_most, binomial_two_sided, poisson, poisson_at_least, poisson_at_most, poisson_limits,
};

/// Made by `tests/reference/rates/make.py`.
const CHANCES: &str = include_str!("../../tests/reference/rates/chances.csv");
const POISSON: &str = include_str!("../../tests/reference/rates/poisson.csv");

fn rows(key: &str) -> Vec<Vec<f64>> {
    key.lines().skip(2).map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect()
}

#[test]
fn single_chances_have_their_digits_in_the_tails_too() {
    let rows = rows(CHANCES);
    assert_eq!(rows.len(), 250);
    // A number that is none fails too.
    assert!(rows.iter().all(|row| (binomial(row[0] as u64, row[1] as u64, row[2]) / row[3] - 1.0).abs() < 1.0e-11));
}

#[test]
fn garwood_limits_are_those_of_chi_squared() {
    let rows = rows(POISSON);
    assert_eq!(rows.len(), 120);
    assert!(poisson_limits(0).0 <= 0.0);
    let apart = |row: &Vec<f64>| {
        let (low, high) = poisson_limits(row[0] as u64);
        [if row[0] > 0.0 { (low / row[1] - 1.0).abs() } else { 0.0 }, (high / row[2] - 1.0).abs()]
    };
    assert!(rows.iter().flat_map(apart).all(|apart| apart < 1.0e-10));
}

proptest! {
    /// Every tail is the sum of its chances, and both tails make one.
    #[test]
    fn tails_are_sums(n in 1u64..200, share in 0.001f64..0.999, at in 0.0f64..1.0) {
        let x = (at * n as f64) as u64;
        let (below, above): (f64, f64) = ((0..=x).map(|k| binomial(k, n, share)).sum(), (x..=n).map(|k| binomial(k, n, share)).sum());
        prop_assert!((binomial_at_most(x, n, share) - below).abs() < 1.0e-12);
        prop_assert!((binomial_at_least(x, n, share) - above).abs() < 1.0e-12);
        let mean = n as f64 * share;
        let below: f64 = (0..=x).map(|k| poisson(k, mean)).sum();
        prop_assert!((poisson_at_most(x, mean) - below).abs() < 1.0e-12);
        prop_assert!((poisson_at_least(x, mean) + below - poisson(x, mean) - 1.0).abs() < 1.0e-12);
    }

    /// The definition: all outcomes that are no likelier.
    #[test]
    fn two_sided_is_all_that_is_no_likelier(n in 1u64..200, share in 0.001f64..0.999, at in 0.0f64..=1.0) {
        let x = (at * n as f64) as u64;
        let own = binomial(x, n, share) * (1.0 + 1.0e-7);
        let expected: f64 = (0..=n).map(|k| binomial(k, n, share)).filter(|&chance| chance <= own).sum();
        prop_assert!((binomial_two_sided(x, n, share) - expected.min(1.0)).abs() < 1.0e-12);
    }
}
