//! T01, T03, T04 and T05: attackers who compare, repeat, plant or flood. Each has its control run, with the protection off, where the same attacker
//! wins. Who shrinks a box is met in `tests/it/public.rs`, on the server's own answers.

use std::collections::{BTreeMap, BTreeSet};

use super::samples::{Dice, KEY, exact, kommun, made, sharp};
use super::{Category, MARGINS, Protection, Published, Record, Rounding, assemble, protect};

type Place = (u16, (i64, i64), Category);
type Bounds = fn(u32) -> (i64, i64);

/// What a reader of rounded values knows of a count, and what a reader of exact ones does.
const ROUNDED: Bounds = |value| Rounding::new(5).bounds(value);
const EXACT: Bounds = |value| (i64::from(value), i64::from(value));

/// Every count of a table, as the reader bounds it.
fn known(table: &[Published], bounds: Bounds) -> BTreeMap<Place, (i64, i64)> {
    table.iter().map(|cell| ((cell.size_m, cell.cell, cell.category), bounds(cell.count))).collect()
}

/// The categories that a count of this one contains.
fn within(category: Category) -> Vec<Category> {
    let all = (0..14).filter_map(Category::from_index);
    match category {
        Category::All => all.collect(),
        Category::Unsafe => all.filter(|part| !matches!(part, Category::All | Category::Group(super::SAFE))).collect(),
        Category::Group(_) => vec![category],
    }
}

/// Groups of 1 to `k − 1` reports that a reader derives who takes the later table for the earlier one grown: each cell and category of the
/// later less the same, or any part of it, in the earlier.
fn derived(earlier: &[Published], later: &[Published], k: i64, bounds: Bounds) -> usize {
    let (earlier, later) = (known(earlier, bounds), known(later, bounds));
    let pairs = later.iter().flat_map(|((size_m, cell, category), of)| {
        within(*category).into_iter().filter_map(|part| Some((*of, *earlier.get(&(*size_m, *cell, part))?)))
    });
    pairs.filter(|(of, part)| of.0 - part.1 >= 1 && of.1 - part.0 < k).count()
}

fn all_pairs(tables: &[Vec<Published>], bounds: Bounds) -> usize {
    let pairs = (0..tables.len()).flat_map(|later| (0..=later).map(move |earlier| (earlier, later)));
    pairs.map(|(earlier, later)| derived(&tables[earlier], &tables[later], 5, bounds)).sum()
}

#[test]
fn t01_the_releases_of_a_year_cannot_be_differenced() {
    let year: Vec<Record> = kommun(1, 1500, 6, 20);
    let quarters: Vec<&[Record]> = year.chunks(375).collect();
    let releases: Vec<Vec<Published>> = quarters.iter().map(|quarter| made(quarter, &KEY, 5).cells).collect();
    assert!(releases.iter().all(|cells| cells.len() > 50));
    assert_eq!(all_pairs(&releases, ROUNDED), 0);
    // The bytes do not change when they are made again.
    assert_eq!(made(quarters[0], &KEY, 5).cells, releases[0]);

    // Control: exact counts, quarter by quarter: category less category. And exact counts up to now: quarter less quarter as well.
    let exact_quarters: Vec<Vec<Published>> = quarters.iter().map(|quarter| exact(quarter, 5, true)).collect();
    assert!(all_pairs(&exact_quarters, EXACT) > 100);
    let so_far: Vec<Vec<Published>> = (1..=4).map(|quarter| exact(&year[..quarter * 375], 5, true)).collect();
    assert!(all_pairs(&so_far, EXACT) > all_pairs(&exact_quarters, EXACT));

    // Control: rounding alone does not make releases that grow safe. The same set has the same value, so a value that moved tells that
    // somebody reported here meanwhile, and one that stands still for a year that hardly anybody did; quarters that share no report say neither.
    let grown: Vec<Vec<Published>> = (1..=4).map(|quarter| made(&year[..quarter * 375], &KEY, 5).cells).collect();
    let moved = |a: &[Published], b: &[Published]| {
        let (a, b) = (known(a, EXACT), known(b, EXACT));
        a.iter().filter(|(place, value)| b.get(*place).is_some_and(|later| later.0 > value.0)).count()
    };
    assert!(grown.windows(2).all(|pair| moved(&pair[0], &pair[1]) > 20));
    assert!(grown.windows(2).all(|pair| moved(&pair[1], &pair[0]) <= moved(&pair[0], &pair[1]) / 4), "they all but only grow");
    assert!(releases.windows(2).all(|pair| moved(&pair[1], &pair[0]) > moved(&pair[0], &pair[1]) / 4), "quarters rise and fall");
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
        answers.insert(made(&records, &KEY, 5).cells);
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
        // Four known, and any number who do not tell who they are.
        crowd(20, |i| (i < 4).then_some(i)),
        crowd(4, Some),
    ];
    for records in hidden {
        assert_eq!(sharp(&records, &KEY, 5).cells, []);
        // Control: the threshold on reports alone shows them all (but for the four).
        assert_eq!(exact(&records, 5, false).is_empty(), records.len() < 5);
    }
    for records in [crowd(20, |i| Some(i % 5)), crowd(20, |i| (i < 5).then_some(i)), crowd(5, Some)] {
        assert_eq!(sharp(&records, &KEY, 5).cells.len(), 9);
    }
}

/// What a reader sees of a victim's kilometre, where an attacker has planted reports by as many phones in squares that lie in each other:
/// in the victim's square, and in the squares of 500 m and 1 km around it, in the victim's category.
fn seen(planted: [u64; 3], victim: bool, seed: u64, margins: u32) -> Vec<Published> {
    let mut dice = Dice(seed);
    let leaves = [(0, 0), (1, 0), (2, 2)];
    let mut records = Vec::new();
    for (leaf, count) in leaves.into_iter().zip(planted) {
        records.extend((0..count).map(|_| Record { key: dice.next(), reporter: Some(dice.next()), leaf, group: 4 }));
    }
    if victim {
        records.push(Record { key: dice.next(), reporter: Some(dice.next()), leaf: leaves[0], group: 4 });
    }
    assemble(&records, &[], &KEY, 5, Protection { margins, suppress: protect }).cells
}

/// How much better than a coin's the best guess is, from what is published: the total variation between the world with the victim and the one without.
fn advantage(planted: [u64; 3], margins: u32) -> f64 {
    const WORLDS: u64 = 400;
    let mut tally: BTreeMap<Vec<Published>, [f64; 2]> = BTreeMap::new();
    for world in 0..WORLDS {
        for (at, victim) in [false, true].into_iter().enumerate() {
            tally.entry(seen(planted, victim, world * 2 + at as u64, margins)).or_default()[at] += 1.0 / WORLDS as f64;
        }
    }
    tally.values().map(|[without, with]| (with - without).max(0.0)).sum()
}

#[test]
fn t04_whoever_plants_and_waits_does_not_know() {
    // Control: with one threshold for all, four planted reports show the fifth at once.
    assert!(advantage([4, 0, 0], 1) > 0.999);
    // One square: the threshold is met by the victim in one case of three, and a square that is not shown says nothing certain.
    for planted in 3..=6 {
        let found = advantage([planted, 0, 0], MARGINS);
        assert!(found < 0.40, "{planted} planted: {found}");
    }
    // The best found: the three thresholds tried at once, on squares that lie in each other. Six false reports by six phones have to pass a
    // moderator for it, and what is not shown still says nothing certain.
    for planted in [[4, 1, 1], [4, 1, 0]] {
        let found = advantage(planted, MARGINS);
        assert!(found < 0.70, "{planted:?}: {found}");
    }
}
