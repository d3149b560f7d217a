//! The false discovery rate against scipy.

use super::{benjamini_hochberg, class};

/// Made by `tests/reference/hotspots/make.py`.
const KEY: &str = include_str!("../../tests/reference/hotspots/fdr.csv");

#[test]
fn q_is_that_of_scipy_and_what_has_no_p_does_not_count() {
    let rows: Vec<(f64, f64)> = KEY
        .lines()
        .skip(2)
        .filter_map(|line| line.split_once(','))
        .map(|(p, q)| (p.parse().expect("a number"), q.parse().expect("a number")))
        .collect();
    assert_eq!(rows.len(), 200);
    // Every third place is a cell without p.
    let p: Vec<Option<f64>> = rows.chunks(2).flat_map(|pair| [Some(pair[0].0), None, Some(pair[1].0)]).collect();
    let q = benjamini_hochberg(&p);
    assert!(p.iter().zip(&q).all(|(p, q)| p.is_some() == q.is_some()));
    for (q, (p, expected)) in q.into_iter().flatten().zip(rows) {
        assert!((q / expected - 1.0).abs() < 1.0e-12, "{p}: {q} {expected}");
    }
    assert_eq!(benjamini_hochberg(&[None, None]), [None, None]);
}

#[test]
fn a_limit_belongs_to_its_class() {
    let classes = [(1.0, 0.01), (1.0, 0.05), (1.0, 0.10), (-1.0, 0.10), (-1.0, 0.0), (1.0, 0.100_001)].map(|(z, q)| class(z, q));
    assert_eq!(classes, [3, 2, 1, -1, -3, 0]);
}
