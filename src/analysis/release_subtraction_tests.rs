//! T02, subtraction of squares, categories and totals. The attacker is written from the outside: it knows the
//! method and the published cells, and uses none of the code that protects them (its linear programs are
//! solved by `microlp`). Each test has its control run, with the protection off, where the attacker wins.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

use super::samples::{Dice, KEY, exact, kommun, made};
use super::{Category, Protection, Published, Record, Rounding, assemble, release};

/// A count the attacker has bounded: from `low` to `high`.
#[derive(Clone, Debug, PartialEq)]
struct Bounded {
    what: String,
    low: i64,
    high: i64,
}

/// What the attacker believes a published value to mean.
type Meaning<'a> = &'a dyn Fn(u32) -> (i64, i64);

/// A set of the 16 × 12 finest unknowns of a block, a quarter-kilometre square and a group each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Set([u128; 2]);

impl Set {
    fn of(size_m: u16, (x, y): (i64, i64), category: Category) -> Self {
        let n = usize::from(size_m / 250);
        let groups = match category {
            Category::All => 0..=11,
            Category::Unsafe => 0..=10,
            Category::Group(group) => usize::from(group)..=usize::from(group),
        };
        let corner = |at: i64| at.rem_euclid(i64::from(1000 / size_m)) as usize * n;
        let mut set = Self([0; 2]);
        for (column, row) in (0..n).flat_map(|dx| (0..n).map(move |dy| (corner(x) + dx, corner(y) + dy))) {
            for group in groups.clone() {
                let atom = (row * 4 + column) * 12 + group;
                set.0[atom / 128] |= 1 << (atom % 128);
            }
        }
        set
    }

    fn zip(self, other: Self, f: impl Fn(u128, u128) -> u128) -> Self {
        Self([f(self.0[0], other.0[0]), f(self.0[1], other.0[1])])
    }

    fn minus(self, other: Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    fn len(self) -> u32 {
        self.0[0].count_ones() + self.0[1].count_ones()
    }

    fn apart(self, other: Self) -> bool {
        self.minus(other) == self
    }

    fn within(self, other: Self) -> bool {
        self.minus(other).len() == 0
    }
}

/// For each class of unknowns, whether some of it lies in the set in question and whether some lies outside.
type Split = Vec<(bool, bool)>;

/// Solves for every unpublished cell, and for every published cell less published cells inside it; returns
/// those bounded to fewer than `k` whole numbers.
fn subtract(cells: &[Published], k: i64, meaning: Meaning) -> Vec<Bounded> {
    let mut blocks: BTreeMap<(i64, i64), Vec<Published>> = BTreeMap::new();
    for cell in cells {
        let per_block = i64::from(1000 / cell.size_m);
        blocks.entry((cell.cell.0.div_euclid(per_block), cell.cell.1.div_euclid(per_block))).or_default().push(*cell);
    }
    blocks.into_iter().flat_map(|(block, cells)| Solver::new(block, &cells, meaning).narrow(k)).collect()
}

struct Known {
    cell: Published,
    atoms: Set,
    low: i64,
    high: i64,
}

struct Solver {
    block: (i64, i64),
    known: Vec<Known>,
    /// Atoms by the published cells they lie in (positions in `known`).
    classes: BTreeMap<Vec<usize>, Set>,
    /// Nested cells of different value: the outer holds a record that the inner does not.
    apart: Vec<(usize, usize)>,
}

impl Solver {
    fn new(block: (i64, i64), cells: &[Published], meaning: Meaning) -> Self {
        let known: Vec<Known> = (cells.iter())
            .map(|&cell| {
                let (low, high) = meaning(cell.count);
                Known { cell, atoms: Set::of(cell.size_m, cell.cell, cell.category), low, high }
            })
            .collect();
        let mut classes: BTreeMap<Vec<usize>, Set> = BTreeMap::new();
        for atom in 0..192 {
            let mut one = Set([0; 2]);
            one.0[atom / 128] = 1 << (atom % 128);
            let around = (0..known.len()).filter(|&i| one.within(known[i].atoms)).collect();
            let class = classes.entry(around).or_insert(Set([0; 2]));
            *class = class.zip(one, |a, b| a | b);
        }
        let nested = |outer: &Known, inner: &Known| inner.atoms.within(outer.atoms) && inner.cell.count != outer.cell.count;
        let pairs = (0..known.len()).flat_map(|outer| (0..known.len()).map(move |inner| (outer, inner)));
        let apart = pairs.filter(|&(outer, inner)| nested(&known[outer], &known[inner])).collect();
        Self { block, known, classes, apart }
    }

    fn narrow(&self, k: i64) -> Vec<Bounded> {
        let mut answers: BTreeMap<Split, Option<(i64, i64)>> = BTreeMap::new();
        let mut found = Vec::new();
        for (what, set) in self.unpublished() {
            // Which classes lie inside, outside or across is all the answer depends on.
            let split: Split = self.classes.values().map(|class| (!class.apart(set), !class.within(set))).collect();
            let answer = *answers.entry(split.clone()).or_insert_with(|| self.solve(&split));
            if let Some((low, high)) = answer.filter(|(low, high)| high - low + 1 < k) {
                found.push(Bounded { what, low, high });
            }
        }
        found
    }

    /// The sets to bound: unpublished cells, and remainders of published cells.
    fn unpublished(&self) -> Vec<(String, Set)> {
        let mut sets = Vec::new();
        for size_m in [1000, 500, 250] {
            let n = i64::from(1000 / size_m);
            for (dx, dy) in (0..n).flat_map(|dx| (0..n).map(move |dy| (dx, dy))) {
                let cell = (self.block.0 * n + dx, self.block.1 * n + dy);
                for category in (0..14).filter_map(Category::from_index) {
                    let set = Set::of(size_m as u16, cell, category);
                    if self.known.iter().all(|known| known.atoms != set) {
                        sets.push((format!("{size_m} {cell:?} {category:?}"), set));
                    }
                }
            }
        }
        for outer in &self.known {
            let inside = |known: &&Known| known.atoms != outer.atoms && known.atoms.within(outer.atoms);
            let inner: Vec<&Known> = self.known.iter().filter(inside).collect();
            for one in &inner {
                self.remainder(outer, &[one], &mut sets);
            }
            let same_category: Vec<&Known> = inner.iter().filter(|i| i.cell.category == outer.cell.category).copied().collect();
            let same_place: Vec<&Known> = inner.iter().filter(|i| i.cell.size_m == outer.cell.size_m).copied().collect();
            for size in [500, 250] {
                let children: Vec<&Known> = same_category.iter().filter(|i| i.cell.size_m == size).copied().collect();
                self.remainder(outer, &children, &mut sets);
            }
            let groups: Vec<&Known> = same_place.iter().filter(|i| matches!(i.cell.category, Category::Group(_))).copied().collect();
            self.remainder(outer, &groups, &mut sets);
            for family in [inner, same_category, same_place] {
                self.remainder(outer, &largest_disjoint(&family), &mut sets);
            }
        }
        sets
    }

    /// Adds `outer` less `inner`, unless that is nothing or itself a sum of published cells.
    fn remainder(&self, outer: &Known, inner: &[&Known], sets: &mut Vec<(String, Set)>) {
        let rest = inner.iter().fold(outer.atoms, |rest, known| rest.minus(known.atoms));
        let within: Vec<Set> = self.known.iter().map(|known| known.atoms).filter(|atoms| atoms.within(rest)).collect();
        if !tiled(rest, &within) {
            let name = |known: &Known| format!("{} {:?} {:?}", known.cell.size_m, known.cell.cell, known.cell.category);
            let minus: Vec<String> = inner.iter().map(|known| name(known)).collect();
            sets.push((format!("{} − {}", name(outer), minus.join(" − ")), rest));
        }
    }

    /// The smallest and largest sum of a set over all tables that fit; `None` if there is no limit.
    fn solve(&self, split: &Split) -> Option<(i64, i64)> {
        let open = self.classes.keys().zip(split).any(|(around, (inside, _))| around.is_empty() && *inside);
        if open {
            return None;
        }
        let optimum = |direction| {
            let mut problem = Problem::new(direction);
            let mut terms = vec![Vec::new(); self.known.len()];
            for (around, (inside, outside)) in self.classes.keys().zip(split) {
                for (present, weight) in [(inside, 1.0), (outside, 0.0)] {
                    if *present && !around.is_empty() {
                        let variable = problem.add_var(weight, (0.0, f64::INFINITY));
                        for &i in around {
                            terms[i].push((variable, 1.0));
                        }
                    }
                }
            }
            for (known, terms) in self.known.iter().zip(&terms) {
                problem.add_constraint(terms.as_slice(), ComparisonOp::Ge, known.low as f64);
                problem.add_constraint(terms.as_slice(), ComparisonOp::Le, known.high as f64);
            }
            for (outer, inner) in &self.apart {
                let mut rest = terms[*outer].clone();
                rest.retain(|term| !terms[*inner].contains(term));
                problem.add_constraint(rest.as_slice(), ComparisonOp::Ge, 1.0);
            }
            problem.solve().ok().map(|solution| solution.objective())
        };
        let low = optimum(OptimizationDirection::Minimize)?;
        let high = optimum(OptimizationDirection::Maximize)?;
        Some(((low - 1e-6).ceil() as i64, (high + 1e-6).floor() as i64))
    }
}

/// Whether a set is a sum of published cells (nothing is).
fn tiled(rest: Set, parts: &[Set]) -> bool {
    let first = Set(if rest.0[0] == 0 { [0, rest.0[1] & rest.0[1].wrapping_neg()] } else { [rest.0[0] & rest.0[0].wrapping_neg(), 0] });
    let fits = |part: &&Set| first.within(**part) && part.within(rest);
    rest.len() == 0 || parts.iter().filter(fits).any(|part| tiled(rest.minus(*part), parts))
}

/// As many of the largest cells as fit side by side.
fn largest_disjoint<'a>(family: &[&'a Known]) -> Vec<&'a Known> {
    let mut family = family.to_vec();
    family.sort_by_key(|known| std::cmp::Reverse(known.atoms.len()));
    let mut chosen: Vec<&Known> = Vec::new();
    for known in family {
        if chosen.iter().all(|other| other.atoms.apart(known.atoms)) {
            chosen.push(known);
        }
    }
    chosen
}

/// A release with rounding but without complementary suppression.
fn unprotected(records: &[Record], key: &[u8; 32], k: u32) -> Vec<Published> {
    assemble(records, &[], key, k, Protection { margins: 1, suppress: |_, _, _| 0 }).cells
}

fn attack(cells: &[Published], k: u32) -> Vec<Bounded> {
    let rounding = Rounding::new(k);
    subtract(cells, i64::from(k), &|value| rounding.bounds(value))
}

/// A block made to be subtracted: a few full cells and a few single reports beside them.
fn trap(seed: u64) -> Vec<Record> {
    let mut dice = Dice(seed);
    let mut records = Vec::new();
    for _ in 0..=dice.below(5) {
        let (leaf, group) = ((dice.below(4) as i64, dice.below(4) as i64), [0, 1, 11][dice.below(3) as usize]);
        let count = [1, 1, 2, 4, 5, 6, 9, 14][dice.below(8) as usize];
        records.extend((0..count).map(|_| Record { key: dice.next(), reporter: Some(dice.next()), leaf, group }));
    }
    records
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_can_be_subtracted_from_a_random_kommun(
        seed: u64, reports in 5_usize..160, centres in 1_u64..4, span in 1_i64..12, k in prop::sample::select(vec![3_u32, 5, 5, 5, 10]),
    ) {
        let records = kommun(seed, reports, centres, span);
        prop_assert_eq!(attack(&made(&records, &KEY, k).cells, k), []);
    }

    #[test]
    fn nothing_can_be_subtracted_from_a_trap(seed: u64, key: [u8; 32]) {
        prop_assert_eq!(attack(&made(&trap(seed), &key, 5).cells, 5), []);
    }
}

#[test]
fn without_protection_the_same_attacker_wins() {
    let (mut rounded_only, mut exact_counts) = (0, 0);
    for seed in 0..12 {
        for records in [trap(seed), kommun(seed, 120, 2, 6)] {
            rounded_only += attack(&unprotected(&records, &KEY, 5), 5).len();
            exact_counts += subtract(&exact(&records, 5, true), 5, &|count| (i64::from(count), i64::from(count))).len();
            assert_eq!(attack(&made(&records, &KEY, 5).cells, 5), []);
        }
    }
    assert!(rounded_only > 10, "rounding alone stood up to subtraction: {rounded_only}");
    assert!(exact_counts > 100, "exact counts stood up to subtraction: {exact_counts}");
}

/// Groups of fewer than `k` reports, none of them public, of which a reader who takes away the public ones knows that somebody is there.
fn given_away(cells: &[Published], public: &[Record], others: &[Record], k: u32, bounds: Meaning) -> usize {
    let [public, others] = [public, others].map(|records| exact(records, 1, false));
    let of = |counts: &[Published], cell: &Published| {
        let found = counts.iter().find(|at| (at.size_m, at.cell, at.category) == (cell.size_m, cell.cell, cell.category));
        found.map_or(0, |at| at.count)
    };
    let known = |cell: &&Published| of(&others, cell) < k && bounds(cell.count).0 > i64::from(of(&public, cell));
    cells.iter().filter(known).count()
}

#[test]
fn what_everybody_sees_one_by_one_protects_nobody() {
    let rounding = Rounding::new(5);
    let (mut together, mut apart) = (0, 0);
    for seed in 0..24 {
        let all = kommun(seed, 160, 2, 5);
        let (listed, counted) = all.split_at(60);
        // Control: counted with the others, they are subtracted from the others.
        together += given_away(&made(&all, &KEY, 5).cells, listed, counted, 5, &|value| rounding.bounds(value));
        // The reader who knows them takes away what they have added; what is left is a release of the others, and of no more.
        let known = release(&[], listed, &KEY, 1).cells;
        let others: Vec<Published> = release(counted, listed, &KEY, 5)
            .cells
            .into_iter()
            .filter_map(|mut cell| {
                let added = known.iter().find(|at| (at.size_m, at.cell, at.category) == (cell.size_m, cell.cell, cell.category));
                cell.count -= added.map_or(0, |at| at.count);
                (cell.count > 0).then_some(cell)
            })
            .collect();
        assert_eq!(others, made(counted, &KEY, 5).cells);
        apart += attack(&others, 5).len() + given_away(&others, &[], counted, 5, &|value| rounding.bounds(value));
    }
    assert!(together > 20, "{together}");
    assert_eq!(apart, 0);
}
