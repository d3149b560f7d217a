//! The suppression against brute force: on lattices small enough to list every table there is.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

use super::lattice::Node;
use super::simplex::{Failure, Simplex};
use super::*;

#[test]
fn a_value_stands_for_exactly_the_counts_in_its_bounds() {
    for k in [1, 2, 3, 5, 6, 10, 12] {
        let rounding = Rounding::new(k);
        let mut behind: BTreeMap<u32, BTreeSet<i64>> = BTreeMap::new();
        for n in k..k + 80 {
            for draw in 0..rounding.base() {
                behind.entry(rounding.value(n, draw)).or_default().insert(i64::from(n));
            }
        }
        for (value, counts) in behind.into_iter().take(4) {
            let (low, high) = rounding.bounds(value);
            assert_eq!(counts, (low..=high).collect(), "k {k}, value {value}");
            assert!(high - low + 1 >= i64::from(k) && value % 5 == 0);
        }
    }
}

#[test]
fn rounding_is_nearest_after_an_offset_of_two_and_unbiased() {
    let rounding = Rounding::new(5);
    for n in 5..100 {
        let nearest = |offset: u32| (n + offset) / 5 * 5;
        let values: Vec<u32> = (0..5).map(|draw| rounding.value(n, draw)).collect();
        // n + (draw − 2), to the nearest multiple: (n + draw − 2 + 2) / 5.
        assert_eq!(values, (0..5).map(nearest).collect::<Vec<_>>());
        assert_eq!(values.iter().sum::<u32>(), 5 * n);
    }
}

/// A root over so many leaves.
fn fan(leaves: usize) -> Vec<Node> {
    let root = Node { leaves: (0..leaves).collect(), children: (1..=leaves).collect() };
    std::iter::once(root).chain((0..leaves).map(|leaf| Node { leaves: vec![leaf], children: Vec::new() })).collect()
}

fn point() -> Vec<Node> {
    vec![Node { leaves: vec![0], children: Vec::new() }]
}

/// A root, two halves, and two quarters of the first half.
fn deep() -> Vec<Node> {
    let node = |leaves: &[usize], children: &[usize]| Node { leaves: leaves.to_vec(), children: children.to_vec() };
    vec![node(&[0, 1, 2], &[1, 2]), node(&[0, 1], &[3, 4]), node(&[2], &[]), node(&[0], &[]), node(&[1], &[])]
}

fn lattices() -> Vec<(Lattice, usize)> {
    vec![
        (Lattice::product(&fan(2), &point()), 2),
        (Lattice::product(&fan(4), &point()), 4),
        (Lattice::product(&deep(), &point()), 3),
        (Lattice::product(&fan(2), &fan(2)), 4),
    ]
}

fn sum(table: &[i64], atoms: Atoms) -> i64 {
    (0..table.len()).filter(|&atom| atoms.holds(atom)).map(|atom| table[atom]).sum()
}

/// All tables of whole numbers that fit the published values; atoms under no value stay 0.
fn tables(lattice: &Lattice, atoms: usize, values: &[Option<u32>], rounding: Rounding) -> Vec<Vec<i64>> {
    let known: Vec<(Atoms, i64, i64)> = (lattice.cells.iter().zip(values))
        .filter_map(|(shape, value)| (*value).map(|value| (shape.atoms, rounding.bounds(value).0, rounding.bounds(value).1)))
        .collect();
    let mut found = vec![Vec::new()];
    for atom in 0..atoms {
        let limit = known.iter().filter(|(set, ..)| set.holds(atom)).map(|&(.., high)| high).min().unwrap_or(0);
        let longer = found.iter().flat_map(|table: &Vec<i64>| (0..=limit).map(move |n| [table.as_slice(), &[n]].concat()));
        found = longer.filter(|table| known.iter().all(|&(set, _, high)| sum(table, set) <= high)).collect();
    }
    // Nested cells of different value do not hold the same records.
    let pairs = lattice.cells.iter().zip(values).flat_map(|outer| lattice.cells.iter().zip(values).map(move |inner| (outer, inner)));
    let apart: Vec<(Atoms, Atoms)> = pairs
        .filter(|((outer, a), (inner, b))| a.is_some() && b.is_some() && a != b && inner.atoms.within(outer.atoms))
        .map(|((outer, _), (inner, _))| (outer.atoms, inner.atoms))
        .collect();
    found.retain(|table| {
        known.iter().all(|&(set, low, _)| sum(table, set) >= low)
            && apart.iter().all(|&(outer, inner)| sum(table, outer) > sum(table, inner))
    });
    found
}

/// The unpublished sets that all fitting tables bound to fewer than `k` values.
fn narrow(lattice: &Lattice, atoms: usize, values: &[Option<u32>], rounding: Rounding) -> Vec<Atoms> {
    let published: Vec<Atoms> =
        (lattice.cells.iter().zip(values)).filter(|(_, value)| value.is_some()).map(|(shape, _)| shape.atoms).collect();
    let all = published.iter().fold(Atoms::default(), |all, set| all.union(*set));
    let mut sets: Vec<Atoms> = lattice.cells.iter().map(|shape| shape.atoms).filter(|set| set.within(all)).collect();
    // Every published cell less every choice of published cells inside it, side by side.
    let mut rests: Vec<Atoms> = published.clone();
    while let Some(rest) = rests.pop() {
        let less = published.iter().filter(|set| set.within(rest) && **set != rest).map(|set| rest.minus(*set));
        for smaller in less.filter(|smaller| !sets.contains(smaller)).collect::<BTreeSet<_>>() {
            sets.push(smaller);
            rests.push(smaller);
        }
    }
    let tables = tables(lattice, atoms, values, rounding);
    assert!(!tables.is_empty(), "the true table always fits");
    sets.retain(|&set| {
        let sums = tables.iter().map(|table| sum(table, set));
        let width = sums.clone().max().unwrap_or(0) - sums.min().unwrap_or(0) + 1;
        !set.is_empty() && !tiled(set, &published) && width < i64::from(rounding.k())
    });
    sets
}

/// Whether a set is a sum of published cells.
fn tiled(set: Atoms, published: &[Atoms]) -> bool {
    set.is_empty() || published.iter().any(|part| part.within(set) && tiled(set.minus(*part), published))
}

/// The rounded values of a table, in cells with `k` reports.
fn rounded(lattice: &Lattice, table: &[i64], draws: &[u32], rounding: Rounding) -> Vec<Option<u32>> {
    let mut by_set: BTreeMap<BTreeSet<usize>, u32> = BTreeMap::new();
    let value = |(shape, draw): (&lattice::Shape, &u32)| {
        let held = (0..table.len()).filter(|&atom| shape.atoms.holds(atom) && table[atom] > 0).collect();
        let n = sum(table, shape.atoms) as u32;
        let draw = *by_set.entry(held).or_insert(*draw);
        (n >= rounding.k()).then(|| rounding.value(n, draw))
    };
    lattice.cells.iter().zip(draws).map(value).collect()
}

/// Small counts are where it hurts: most atoms hold 0 to 7.
fn small() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(0_i64), 6 => 1_i64..8, 1 => 8_i64..16]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_audit_agrees_with_a_list_of_all_tables(
        which in 0_usize..4, table in prop::collection::vec(small(), 4), draws in prop::collection::vec(0_u32..60, 9), k in 2_u32..7,
    ) {
        let (lattice, atoms) = lattices().swap_remove(which);
        let rounding = Rounding::new(k);
        let mut values = rounded(&lattice, &table[..atoms], &draws, rounding);
        let before = values.clone();
        let safe = narrow(&lattice, atoms, &values, rounding).is_empty();
        let hidden = protect(&lattice, &mut values, rounding);
        prop_assert_eq!(narrow(&lattice, atoms, &values, rounding), []);
        // It hides when there is need and only then, and only hides.
        prop_assert_eq!(hidden == 0, safe);
        prop_assert!(values.iter().zip(&before).all(|(after, before)| after.is_none() || after == before));
        prop_assert_eq!(values.iter().flatten().count() + hidden, before.iter().flatten().count());
    }

    #[test]
    fn the_solver_agrees_with_another(
        rows in prop::collection::vec((prop::collection::vec(-1_i64..=1, 5), -6_i64..20), 1..9), sum in prop::sample::subsequence(vec![0_usize, 1, 2, 3, 4], 1..5),
        sign in prop::sample::select(vec![1_i64, -1]),
    ) {
        let sparse: Vec<_> = rows.iter().map(|(row, limit)| (row.iter().copied().enumerate().collect::<Vec<_>>(), *limit)).collect();
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let x: Vec<_> = (0..5).map(|i| problem.add_var(if sum.contains(&i) { sign as f64 } else { 0.0 }, (0.0, f64::INFINITY))).collect();
        for (row, limit) in &rows {
            let terms: Vec<_> = x.iter().zip(row).map(|(x, a)| (*x, *a as f64)).collect();
            problem.add_constraint(terms.as_slice(), ComparisonOp::Le, *limit as f64);
        }
        let other = problem.solve().map(|solution| solution.objective());
        match Simplex::feasible(5, &sparse) {
            Err(failure) => {
                prop_assert_eq!(failure, Failure::Infeasible);
                prop_assert!(matches!(other, Err(microlp::Error::Infeasible)));
            }
            Ok(mut simplex) => {
                let binding = simplex.maximise(&sum, sign).expect("small numbers");
                match other {
                    Err(error) => prop_assert!(matches!(error, microlp::Error::Unbounded) && binding.is_empty()),
                    Ok(best) => if let Some(point) = simplex.point() {
                        let value: i64 = sum.iter().map(|&i| point[i] * sign).sum();
                        prop_assert!((value as f64 - best).abs() < 1e-6, "{} {}", value, best);
                        let fits = |(row, limit): &(Vec<i64>, i64)| row.iter().zip(&point).map(|(a, x)| a * x).sum::<i64>() <= *limit;
                        prop_assert!(point.iter().all(|x| *x >= 0) && rows.iter().all(fits));
                    },
                }
            }
        }
    }
}

#[test]
fn without_protection_the_list_of_tables_gives_counts_away() {
    // A square of 10 (true count 9) around one of 15 (true count 11) would leave at most 3 for the rest.
    let lattice = Lattice::product(&fan(2), &point());
    let rounding = Rounding::new(5);
    let mut values = vec![Some(10), Some(15), None];
    assert_eq!(narrow(&lattice, 2, &values, rounding).len(), 1);
    assert_eq!(protect(&lattice, &mut values, rounding), 1);
    assert_eq!(values, [Some(10), None, None]);
}

/// The unpublished counts bounded to fewer than `k` values by a reader who repeats the whole method, thresholds
/// and suppression included, on every world there could be; and how many unpublished counts there were.
fn narrowed_by_repeating(leaves: usize, top: i64, protection: fn(&Lattice, &mut [Option<u32>], Rounding) -> usize) -> (usize, usize) {
    let (lattice, rounding) = (Lattice::product(&fan(leaves), &point()), Rounding::new(5));
    let mut ranges: BTreeMap<Vec<Option<u32>>, Vec<(i64, i64)>> = BTreeMap::new();
    for world in 0..(top as usize + 1).pow(leaves as u32) {
        let table: Vec<i64> = (0..leaves).map(|leaf| (world / (top as usize + 1).pow(leaf as u32)) as i64 % (top + 1)).collect();
        let sums: Vec<i64> = lattice.cells.iter().map(|shape| sum(&table, shape.atoms)).collect();
        for (voices, draws) in (0..1 << leaves).flat_map(|voices| (0..2 << leaves).map(move |draws| (voices, draws))) {
            // In each leaf either everyone reported once, or one person reported everything.
            let people: Vec<i64> = (0..leaves).map(|leaf| if voices >> leaf & 1 == 1 { table[leaf].min(1) } else { table[leaf] }).collect();
            let value = |(cell, shape): (usize, &lattice::Shape)| {
                // Each set of records rounds down or up as a whole; the first cell that holds it decides.
                let same = |other: Atoms| (0..leaves).all(|leaf| table[leaf] == 0 || other.holds(leaf) == shape.atoms.holds(leaf));
                let first = lattice.cells.iter().position(|other| same(other.atoms)).unwrap_or(cell);
                let draw = if draws >> first & 1 == 1 { rounding.base() - 1 } else { 0 };
                (sum(&people, shape.atoms) >= i64::from(rounding.k())).then(|| rounding.value(sums[cell] as u32, draw))
            };
            let mut shown: Vec<Option<u32>> = lattice.cells.iter().enumerate().map(value).collect();
            protection(&lattice, &mut shown, rounding);
            let range = ranges.entry(shown).or_insert_with(|| sums.iter().map(|&n| (n, n)).collect());
            for (range, n) in range.iter_mut().zip(&sums) {
                *range = (range.0.min(*n), range.1.max(*n));
            }
        }
    }
    // Only releases whose counts cannot lie beyond the worlds listed.
    ranges.retain(|shown, _| shown.iter().flatten().all(|&value| rounding.bounds(value).1 <= top));
    let unpublished = ranges.iter().flat_map(|(shown, ranges)| {
        let open = |atoms: Atoms| (0..leaves).any(|leaf| atoms.holds(leaf) && shown[0].is_none() && shown[leaf + 1].is_none());
        let hidden = lattice.cells.iter().zip(shown).zip(ranges).filter(move |((shape, value), _)| value.is_none() && !open(shape.atoms));
        hidden.map(|(_, range)| range.1 - range.0 + 1)
    });
    let widths: Vec<i64> = unpublished.collect();
    (widths.iter().filter(|width| **width < 5).count(), widths.len())
}

#[test]
fn repeating_the_whole_method_gives_no_count_away() {
    for (leaves, top, least) in [(2, 19, 15), (3, 9, 5)] {
        let (narrowed, all) = narrowed_by_repeating(leaves, top, protect);
        assert!(narrowed == 0 && all >= least, "{narrowed} of {all}");
    }
    // Control: without suppression some are.
    assert!(narrowed_by_repeating(2, 19, |_, _, _| 0).0 > 0);
}
