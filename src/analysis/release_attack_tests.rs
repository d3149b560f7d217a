//! T01, T03, T05 and bisection: attackers who compare, repeat, flood or zoom. Each has its control run, with
//! the protection off, where the same attacker wins.

use std::collections::BTreeSet;

use super::samples::{Dice, KEY, exact, kommun};
use super::{Category, Published, Record, Rounding, ViewCell, clip, release, view};

/// The groups of 1 to `k − 1` reports that the difference of two tables gives away.
fn differences(earlier: &[Published], later: &[Published], k: u32) -> usize {
    let same = |a: &Published, b: &Published| (a.size_m, a.cell, a.category) == (b.size_m, b.cell, b.category);
    let pairs = earlier.iter().filter_map(|a| later.iter().find(|b| same(a, b)).map(|b| a.count.abs_diff(b.count)));
    pairs.filter(|difference| (1..k).contains(difference)).count()
}

fn all_pairs(tables: &[Vec<Published>], k: u32) -> usize {
    let pairs = (0..tables.len()).flat_map(|later| (0..later).map(move |earlier| (earlier, later)));
    pairs.map(|(earlier, later)| differences(&tables[earlier], &tables[later], k)).sum()
}

#[test]
fn t01_the_releases_of_a_year_cannot_be_differenced() {
    let year: Vec<Record> = kommun(1, 1500, 6, 20);
    let quarters: Vec<&[Record]> = year.chunks(375).collect();
    let releases: Vec<Vec<Published>> = quarters.iter().map(|quarter| release(quarter, &KEY, 5).cells).collect();
    assert!(releases.iter().all(|cells| cells.len() > 50));
    assert_eq!(all_pairs(&releases, 5), 0);
    // The bytes do not change when they are made again.
    assert_eq!(release(quarters[0], &KEY, 5).cells, releases[0]);

    // Control: exact counts up to now, every quarter. Each difference is the exact size of a small group.
    let so_far: Vec<Vec<Published>> = (1..=4).map(|quarter| exact(&year[..quarter * 375], 5, true)).collect();
    assert!(all_pairs(&so_far, 5) > 100);
}

#[test]
fn t03_a_thousand_repeats_give_one_answer() {
    let mut records = kommun(3, 60, 1, 4);
    let mut dice = Dice(3);
    let mut answers = BTreeSet::new();
    for _ in 0..1000 {
        // The order in which the database hands them out makes no difference either.
        let (a, b) = (dice.below(60) as usize, dice.below(60) as usize);
        records.swap(a, b);
        answers.insert(release(&records, &KEY, 5).cells);
    }
    assert_eq!(answers.len(), 1);
    let shown: Vec<Published> = answers.into_iter().flatten().collect();
    let counted = exact(&records, 5, true);
    let off = |cell: &&Published| {
        counted.iter().any(|c| (c.size_m, c.cell, c.category) == (cell.size_m, cell.cell, cell.category) && c.count != cell.count)
    };
    let cell = shown.iter().find(off).expect("some published value differs from its count");
    let truth = counted.iter().find(|c| (c.size_m, c.cell, c.category) == (cell.size_m, cell.cell, cell.category)).expect("it was counted");

    // Control: with a fresh draw each time the mean is the exact count.
    let rounding = Rounding::new(5);
    let total: u32 = (0..1000).map(|_| rounding.value(truth.count, dice.next() as u32)).sum();
    assert_eq!((f64::from(total) / 1000.0).round() as u32, truth.count);
}

/// `n` reports in one square, by the reporter that `who` names.
fn crowd(n: u64, who: impl Fn(u64) -> Option<u64>) -> Vec<Record> {
    let mut dice = Dice(5);
    (0..n).map(|i| Record { key: dice.next(), reporter: who(i), leaf: (2, 3), group: 4 }).collect()
}

#[test]
fn t05_one_loud_person_is_no_crowd() {
    let hidden = [
        crowd(20, |_| Some(1)),
        crowd(20, |_| None),
        crowd(20, |i| Some(i % 4)),
        // Unknown reporters count as one together: four known and any number of unknown are five.
        crowd(20, |i| (i < 3).then_some(i)),
        crowd(4, Some),
    ];
    for records in hidden {
        assert_eq!(release(&records, &KEY, 5).cells, []);
        // Control: the threshold on reports alone shows them all (but for the four).
        assert_eq!(exact(&records, 5, false).is_empty(), records.len() < 5);
    }
    for records in [crowd(20, |i| Some(i % 5)), crowd(20, |i| (i < 4).then_some(i)), crowd(5, Some)] {
        assert_eq!(release(&records, &KEY, 5).cells.len(), 9);
    }
}

/// Halves a box `[west, south, east, north]` for as long as the answers tell the halves apart, towards the
/// smaller answer above zero, down to a metre.
fn bisect(mut bbox: [f64; 4], ask: impl Fn([f64; 4]) -> u32) -> [f64; 4] {
    while bbox[2] - bbox[0] > 1.0 || bbox[3] - bbox[1] > 1.0 {
        let ([mut low, mut high], side) = ([bbox, bbox], usize::from(bbox[3] - bbox[1] > bbox[2] - bbox[0]));
        let middle = f64::midpoint(bbox[side], bbox[side + 2]);
        (low[side + 2], high[side]) = (middle, middle);
        let (below, above) = (ask(low), ask(high));
        if below == above && below == ask(bbox) {
            return bbox;
        }
        bbox = if above == 0 || (below > 0 && below <= above) { low } else { high };
    }
    bbox
}

#[test]
fn shrinking_boxes_never_look_inside_a_cell() {
    let records = kommun(11, 300, 3, 12);
    let cells = release(&records, &KEY, 5).cells;
    let mut dice = Dice(11);
    let mut found = 0;
    for size_m in [1000, 500, 250] {
        let side = f64::from(size_m);
        let map = view(&cells, size_m, Category::All);
        let shown: Vec<&ViewCell> = map.iter().filter(|square| square.count.is_some()).collect();
        assert!(!shown.is_empty());
        for _ in 0..334 {
            let square = shown[dice.below(shown.len() as u64) as usize];
            let (west, south) = (square.cell.0 as f64 * side, square.cell.1 as f64 * side);
            // Any box inside the square, of any size, has the square for an answer.
            let (x, y, size) = (dice.unit() * 0.9, dice.unit() * 0.9, dice.unit() * 0.099 + 1e-6);
            let bbox = [west + x * side, south + y * side, west + (x + size) * side, south + (y + size) * side].map(|m| m + side * 1e-7);
            assert_eq!(clip(&map, size_m, bbox), [*square]);
        }
        let kommun = [-2_000.0, -2_000.0, 6_000.0, 6_000.0];
        let total = |bbox| clip(&map, size_m, bbox).iter().filter_map(|square| square.count).sum();
        // However the boxes shrink, the last answer is a whole square of five reports or more.
        assert!(total(bisect(kommun, total)) >= 5);

        // Control: a live exact count by box leads to one report, to the metre.
        let places: Vec<(f64, f64)> =
            (records.iter()).map(|r| ((r.leaf.0 as f64 + dice.unit()) * 250.0, (r.leaf.1 as f64 + dice.unit()) * 250.0)).collect();
        let within = |b: [f64; 4]| places.iter().filter(|p| p.0 >= b[0] && p.0 < b[2] && p.1 >= b[1] && p.1 < b[3]).count();
        let bbox = bisect(kommun, |b| within(b) as u32);
        assert!(bbox[2] - bbox[0] <= 1.0 && bbox[3] - bbox[1] <= 1.0);
        found += within(bbox);
    }
    assert_eq!(found, 3);
}
