//! T01, T03 and T05: attackers who compare, repeat or flood. Each has its control run, with the protection off, where the same attacker
//! wins. Who shrinks a box is met in `tests/it/public.rs`, on the server's own answers.

use std::collections::{BTreeMap, BTreeSet};

use super::samples::{Dice, KEY, exact, kommun};
use super::{Category, Published, Record, Rounding, release};

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
    let releases: Vec<Vec<Published>> = quarters.iter().map(|quarter| release(quarter, &KEY, 5).cells).collect();
    assert!(releases.iter().all(|cells| cells.len() > 50));
    assert_eq!(all_pairs(&releases, ROUNDED), 0);
    // The bytes do not change when they are made again.
    assert_eq!(release(quarters[0], &KEY, 5).cells, releases[0]);

    // Control: exact counts, quarter by quarter: category less category. And exact counts up to now: quarter less quarter as well.
    let exact_quarters: Vec<Vec<Published>> = quarters.iter().map(|quarter| exact(quarter, 5, true)).collect();
    assert!(all_pairs(&exact_quarters, EXACT) > 100);
    let so_far: Vec<Vec<Published>> = (1..=4).map(|quarter| exact(&year[..quarter * 375], 5, true)).collect();
    assert!(all_pairs(&so_far, EXACT) > all_pairs(&exact_quarters, EXACT));

    // Control: rounding alone does not make releases that grow safe. The same set has the same value, so a value that moved tells that
    // somebody reported here meanwhile, and one that stands still for a year that hardly anybody did; quarters that share no report say neither.
    let grown: Vec<Vec<Published>> = (1..=4).map(|quarter| release(&year[..quarter * 375], &KEY, 5).cells).collect();
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
        // Four known, and any number who do not tell who they are.
        crowd(20, |i| (i < 4).then_some(i)),
        crowd(4, Some),
    ];
    for records in hidden {
        assert_eq!(release(&records, &KEY, 5).cells, []);
        // Control: the threshold on reports alone shows them all (but for the four).
        assert_eq!(exact(&records, 5, false).is_empty(), records.len() < 5);
    }
    for records in [crowd(20, |i| Some(i % 5)), crowd(20, |i| (i < 5).then_some(i)), crowd(5, Some)] {
        assert_eq!(release(&records, &KEY, 5).cells.len(), 9);
    }
}
