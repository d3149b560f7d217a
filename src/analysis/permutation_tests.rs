//! The permutation test against all subsets, and against esda.

use proptest::prelude::*;

use super::{Extremes, GOLDEN, PermutationError, Shuffle, compare, extremes, mix, most_others, observe};
use crate::analysis::neighbours::Neighbours;
use crate::geo::grid::{CellKey, Grid};

/// Made by `tests/reference/hotspots/make.py`.
const ESDA: &str = include_str!("../../tests/reference/hotspots/permutations.csv");

/// Of all the ways to choose `k` of the others: how many there are, and how many sum to at least and at most `sum`.
fn all_subsets(others: &[u32], k: usize, sum: u64) -> (u64, u64, u64) {
    (0u32..1 << others.len()).filter(|set| set.count_ones() as usize == k).fold((0, 0, 0), |(all, more, less), set| {
        let drawn: u64 = others.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, &x)| u64::from(x)).sum();
        (all + 1, more + u64::from(drawn >= sum), less + u64::from(drawn <= sum))
    })
}

/// What the p of each cell is exactly.
fn exact(counts: &[u32], neighbours: &Neighbours) -> Vec<Option<(u64, u64, u64)>> {
    let of = |(cell, row): (usize, &[u32])| {
        let others: Vec<u32> = counts.iter().enumerate().filter(|(other, _)| *other != cell).map(|(_, &x)| x).collect();
        let sum = row.iter().filter(|&&other| other as usize != cell).map(|&other| u64::from(counts[other as usize])).sum();
        (row.len() < counts.len()).then(|| all_subsets(&others, row.len() - 1, sum))
    };
    neighbours.rows().enumerate().map(of).collect()
}

/// Every order of 0..n.
fn orders(n: u32) -> Vec<Vec<u32>> {
    let longer =
        |order: Vec<u32>| (0..n).filter(|next| !order.contains(next)).map(|next| [&order[..], &[next]].concat()).collect::<Vec<_>>();
    (0..n).fold(vec![Vec::new()], |orders, _| orders.into_iter().flat_map(longer).collect())
}

fn on_a_line(at: &[u32]) -> Neighbours {
    let places: Vec<(f64, f64)> = at.iter().map(|&x| (f64::from(x), 0.0)).collect();
    Neighbours::within(&places, 10.0).expect("places")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Over every order there is, shared draws give each cell exactly what all subsets of its own others give it.
    #[test]
    fn shared_draws_are_exact(cells in prop::collection::vec((0u32..40, 0u32..6), 2..7)) {
        let (at, counts): (Vec<u32>, Vec<u32>) = cells.into_iter().unzip();
        let neighbours = on_a_line(&at);
        let observed = observe(&counts, &neighbours);
        let orders = orders(counts.len() as u32);
        let length = most_others(&observed) + 1;
        let found = compare(&counts, &observed, orders.len() as u32, |number, drawn| {
            drawn.copy_from_slice(&orders[number as usize][..length]);
        });
        for (found, expected) in found.into_iter().zip(exact(&counts, &neighbours)) {
            let found = found.map(|found| (u64::from(found.at_least), u64::from(found.at_most)));
            let of_orders = expected.map(|(all, more, less)| (more * orders.len() as u64 / all, less * orders.len() as u64 / all));
            prop_assert_eq!(found, of_orders);
        }
    }
}

#[test]
fn drawn_at_random_they_tend_to_all_subsets() {
    let counts = [0, 3, 1, 1, 0, 9, 2, 0, 4, 1];
    let neighbours = on_a_line(&[0, 4, 8, 12, 20, 24, 30, 31, 55, 70]);
    let r = 99_999;
    let found = extremes(&counts, &neighbours, r, 4).expect("few");
    for (found, expected) in found.iter().zip(exact(&counts, &neighbours)) {
        let (found, (all, more, less)) = (found.expect("defined"), expected.expect("defined"));
        for (found, exact) in [(found.at_least, more), (found.at_most, less)] {
            let (found, exact) = (f64::from(found) / f64::from(r), exact as f64 / all as f64);
            assert!((found - exact).abs() <= 4.0 * (exact * (1.0 - exact) / f64::from(r)).sqrt(), "{found} {exact}");
        }
    }
    assert_eq!(found, extremes(&counts, &neighbours, r, 4).expect("few"));
    assert_ne!(found, extremes(&counts, &neighbours, r, 5).expect("few"));
}

#[test]
fn the_counts_of_esda_are_within_chance() {
    let rows: Vec<Vec<f64>> =
        ESDA.lines().skip(2).map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect();
    assert_eq!(rows.len(), 240);
    let cells: Vec<CellKey> = rows.iter().map(|row| CellKey::pack(row[0] as i32, row[1] as i32)).collect();
    let counts: Vec<u32> = rows.iter().map(|row| row[2] as u32).collect();
    let neighbours = Neighbours::contiguous(Grid::square(250.0).expect("offered"), &cells, 1).expect("in order");
    let (ours, theirs) = (99_999, 9_999);
    let mut misses = 0;
    for (found, row) in extremes(&counts, &neighbours, ours, 11).expect("few").into_iter().zip(&rows) {
        let found = found.expect("defined");
        for (found, esda) in [(found.at_least, row[3]), (found.at_most, row[4])] {
            let (found, esda) = (f64::from(found + 1) / f64::from(ours + 1), (esda + 1.0) / f64::from(theirs + 1));
            let tolerance = 4.0 * (found * (1.0 - found) * (1.0 / f64::from(ours) + 1.0 / f64::from(theirs))).sqrt() + 1.0e-4;
            misses += usize::from((found - esda).abs() > tolerance);
        }
        // p_sim folds #≥ alone, so that ties count for neither side.
        let folded = f64::from(found.at_least.min(ours - found.at_least) + 1) / f64::from(ours + 1);
        let tolerance = 4.0 * (folded * (1.0 / f64::from(ours) + 1.0 / f64::from(theirs))).sqrt() + 1.0e-4;
        misses += usize::from((folded - row[5]).abs() > tolerance);
    }
    assert_eq!(misses, 0);
}

#[test]
fn p_counts_the_cell_itself_and_is_never_above_one() {
    let of = |at_least, at_most| (Extremes { at_least, at_most }.two_sided(999), Extremes { at_least, at_most }.folded(999));
    assert_eq!(of(0, 999), (0.002, 0.001));
    assert_eq!(of(999, 24), (0.05, 0.025));
    assert_eq!(of(700, 800), (1.0, 0.701));
}

#[test]
fn a_cell_with_nobody_or_everybody_beside_it() {
    // Alone: no draw differs from what it has. All beside it: no p.
    assert_eq!(extremes(&[7, 0, 0], &on_a_line(&[0, 50, 100]), 99, 1), Ok(vec![Some(Extremes { at_least: 99, at_most: 99 }); 3]));
    assert_eq!(extremes(&[7, 0], &on_a_line(&[0, 5]), 99, 1), Ok(vec![None, None]));
    assert_eq!(extremes(&[], &on_a_line(&[]), 99, 1), Ok(vec![]));
}

#[test]
fn there_are_bounds() {
    let many = on_a_line(&(0..1_000).map(|x| x / 100).chain([500]).collect::<Vec<_>>());
    let counts = vec![1; 1_001];
    assert_eq!(extremes(&counts, &many, 0, 1), Err(PermutationError::Permutations));
    assert_eq!(extremes(&counts, &many, 1_000_000, 1), Err(PermutationError::Permutations));
    assert_eq!(extremes(&counts, &many, 99_999, 1), Err(PermutationError::Draws { permutations: 99_999, neighbours: 999 }));
}

#[test]
fn the_generator_is_splitmix64() {
    // The outputs of the authors' C code for the seed 1234567.
    let state = |step: u64| 1_234_567u64.wrapping_add(GOLDEN.wrapping_mul(step));
    assert_eq!([1, 2, 3].map(|step| mix(state(step))), [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
}

#[test]
fn a_permutation_is_its_number_whatever_came_before() {
    let mut one_by_one = Shuffle::new(40, 9);
    for number in 0..20 {
        let drawn = one_by_one.draw(3, number).to_vec();
        assert_eq!(drawn, Shuffle::new(40, 9).draw(3, number));
        let distinct: std::collections::BTreeSet<_> = drawn.iter().collect();
        assert!(distinct.len() == 9 && drawn.iter().all(|&cell| cell < 40));
    }
}
