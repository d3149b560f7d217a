//! Changes against scipy.

use super::{Against, Change, ChangeError, changes};

/// Made by `tests/reference/rates/make.py`.
const KEY: &str = include_str!("../../tests/reference/rates/binomial.csv");

#[test]
fn p_and_limits_are_those_of_scipy() {
    let (mut checked, mut worst) = (0, [0.0f64; 3]);
    for line in KEY.lines().skip(2) {
        let row: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
        let [a, b, s, t, p, low, high]: [f64; 7] = row.try_into().expect("seven numbers");
        let made = changes(&[a as u32], &[b as u32], (s, t), Against::Before).expect("two periods");
        let change = made.cells[0].expect("a count");
        assert_eq!((made.total, made.q[0], change.ratio.is_some()), (Some(change), Some(change.p), a > 0.0));
        // The key has limits of the chance, ours are of the ratio.
        let chance = |ratio: f64| ratio * t / (s + ratio * t);
        let (ours_low, ours_high) = (chance(change.low), change.high.map_or(1.0, chance));
        // A limit of 0 is 0 in both.
        let apart = |ours: f64, key: f64| (ours - key).abs() / key.max(f64::MIN_POSITIVE);
        let all = [apart(change.p, p), apart(ours_low, low), apart(ours_high, high)];
        worst = std::array::from_fn(|which| worst[which].max(all[which]));
        checked += 1;
    }
    assert!(checked > 280, "{checked}");
    assert!(worst.iter().all(|&apart| apart < 1.0e-9), "{worst:?}");
}

#[test]
fn a_general_rise_is_no_change_against_the_total() {
    // Twice as many everywhere, but for one cell that fell.
    let (before, after) = ([200, 200, 200, 200, 0], [430, 420, 440, 110, 0]);
    let by_itself = changes(&before, &after, (1.0, 1.0), Against::Before).expect("two periods");
    let by_all = changes(&before, &after, (1.0, 1.0), Against::Total).expect("two periods");
    assert_eq!(by_itself.total, by_all.total);
    assert!((by_itself.total.and_then(|total| total.ratio).expect("counts") - 1.75).abs() < 1.0e-15);
    let called = |q: &[Option<f64>]| q.iter().map(|q| q.map(|q| q < 0.01)).collect::<Vec<_>>();
    assert_eq!(called(&by_itself.q), [Some(true), Some(true), Some(true), Some(true), None]);
    let ratio = |changes: &[Option<Change>], at: usize| changes[at].and_then(|change| change.ratio).expect("counts");
    assert!((ratio(&by_all.cells, 3) - 0.55 / 1.75).abs() < 1.0e-15);
    assert!(ratio(&by_all.cells, 0) > 1.2 && by_all.q[3] < Some(1.0e-10));
    // What all cells share is gone: had the fourth not fallen, no cell would differ.
    let even = changes(&[200, 200, 200], &[430, 420, 440], (1.0, 1.0), Against::Total).expect("two periods");
    assert_eq!(called(&even.q), [Some(false); 3]);
}

#[test]
fn periods_of_other_lengths_are_made_alike() {
    let made = changes(&[365], &[730], (365.0, 730.0), Against::Before).expect("two periods");
    let change = made.cells[0].expect("counts");
    assert!(change.ratio == Some(1.0) && change.p > 0.99, "{change:?}");
}

#[test]
fn what_is_no_comparison_is_refused() {
    let of = |lengths| changes(&[1], &[1], lengths, Against::Before).map(|_| ());
    for lengths in
        [(0.0, 1.0), (1.0, 0.0), (-1.0, -1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY), (f64::INFINITY, f64::INFINITY), (1.0, 1.0e7)]
    {
        assert_eq!(of(lengths), Err(ChangeError::Periods), "{lengths:?}");
    }
    assert_eq!(of((1.0e6, 1.0)), Ok(()));
    assert_eq!(changes(&[1], &[], (1.0, 1.0), Against::Before), Err(ChangeError::Length));
    assert_eq!(changes(&[u32::MAX], &[2], (1.0, 1.0), Against::Before), Err(ChangeError::Total));
    let nothing_before = changes(&[0, 0], &[3, 0], (1.0, 1.0), Against::Total).expect("two periods");
    assert_eq!((nothing_before.cells, nothing_before.total.is_some()), (vec![None, None], true));
}
