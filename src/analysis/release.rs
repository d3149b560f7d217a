//! The public release: frozen, rounded counts of one quarter's reports, under the privacy rules.
//!
//! A release covers the reports received in one whole quarter, so two releases never share a report and
//! their differences say nothing about anyone. A cell (square × category) is published from `k` reports by
//! `k` distinct reporters up. Its count is rounded to a multiple of 5 by a draw keyed to the very set of
//! records it counts (the cell key of Fraser & Wooton 2005, as in ABS TableBuilder and in the Eurostat
//! guidance for the 2021 census grids): the same records get the same number wherever and however often they
//! are asked for, so repeats cannot be averaged. [`super::suppress`] then hides what could be subtracted.
//! Why it holds, and what it costs: `docs/decisions/0002-public-releases.md`.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, Mac, digest::KeyInit};
use sha2::Sha256;

use super::suppress::{CATEGORIES, Lattice, Rounding, SIZES, protect, square};

/// The method and its version, part of every release.
pub const METHOD: &str = "lykta-release/2";

/// A set of records is published from `k` up, or from one or two more (rule P6): whoever plants `k − 1` and waits does not know.
const MARGINS: u32 = 3;

/// The group index of safe places; those below it are the unsafe groups.
pub const SAFE: u8 = 11;

/// The sizes of the public squares in metres, coarsest first.
pub const SIZES_M: [u16; 3] = [1000, 500, 250];

/// One report as the release sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// First eight bytes of HMAC(release key, report id).
    pub key: u64,
    /// Who reported. A record without a reporter is counted, but is nobody that a threshold on people may count.
    pub reporter: Option<u64>,
    /// Lower-left corner of the 250 m square divided by 250, in SWEREF 99 TM.
    pub leaf: (i64, i64),
    /// Category group, 0..=11; a record of any other group is counted nowhere.
    pub group: u8,
}

/// A node of the category tree: all, all unsafe, or one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Every report.
    All,
    /// Every report of feeling unsafe.
    Unsafe,
    /// One category group; [`SAFE`] is the safe places.
    Group(u8),
}

impl Category {
    /// Its place in the table: all, unsafe, then the groups in order.
    pub fn index(self) -> u8 {
        match self {
            Self::All => 0,
            Self::Unsafe => 1,
            Self::Group(group) => group.saturating_add(2),
        }
    }

    /// The category at a place in the table.
    pub fn from_index(index: u8) -> Option<Self> {
        match index {
            0 => Some(Self::All),
            1 => Some(Self::Unsafe),
            2..=13 => Some(Self::Group(index - 2)),
            _ => None,
        }
    }
}

/// A published cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// Side of the square in metres.
    pub size_m: u16,
    /// Lower-left corner divided by the side.
    pub cell: (i64, i64),
    pub category: Category,
    /// Rounded count, a multiple of 5, never 0.
    pub count: u32,
}

/// A finished release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Sorted by size, place and category.
    pub cells: Vec<Published>,
    /// Cells that passed the threshold and were hidden for the sake of others. For the operator's log;
    /// never public.
    pub withheld: usize,
}

/// The parts of the method that the tests take away to show what happens without.
#[derive(Clone, Copy)]
struct Protection {
    /// How many thresholds there are, from `k` up.
    margins: u32,
    /// Complementary suppression; how many were hidden.
    suppress: fn(&Lattice, &mut [Option<u32>], Rounding) -> usize,
}

/// Makes the release of a set of records: the same records and key give the same release.
///
/// `listed` are the reports that everybody may see one by one. A reader knows them, so they are counted beside the others and protect
/// nobody: the others pass every rule by themselves, and what is added to them the reader could add himself.
pub fn release(records: &[Record], listed: &[Record], key: &[u8; 32], k: u32) -> Release {
    assemble(records, listed, key, k, Protection { margins: MARGINS, suppress: protect })
}

/// Whether a set of records passes the threshold by itself: `k` people or one or two more, as the key says for this very set.
pub fn passes<'a>(records: impl Iterator<Item = &'a Record>, key: &[u8; 32], k: u32) -> bool {
    let (mut reports, mut reporters, mut sum) = (0, BTreeSet::new(), 0_u64);
    for record in records {
        reports += 1;
        reporters.extend(record.reporter);
        sum = sum.wrapping_add(record.key);
    }
    reports.min(reporters.len() as u32) >= k + Draw::new(key).of(MARGIN, sum) % MARGINS
}

fn assemble(records: &[Record], listed: &[Record], key: &[u8; 32], k: u32, protection: Protection) -> Release {
    let lattice = Lattice::kilometre();
    let rounding = Rounding::new(k);
    let draw = Draw::new(key);
    let mut blocks: BTreeMap<(i64, i64), [Vec<&Record>; 2]> = BTreeMap::new();
    for (of, records) in [records, listed].into_iter().enumerate() {
        for record in records.iter().filter(|record| record.group <= SAFE) {
            blocks.entry((record.leaf.0.div_euclid(4), record.leaf.1.div_euclid(4))).or_default()[of].push(record);
        }
    }
    let mut release = Release::default();
    for (block, [records, listed]) in blocks {
        let value = |cell: Tally| {
            let threshold = rounding.k() + draw.of(MARGIN, cell.key) % protection.margins;
            (cell.people() >= threshold).then(|| rounding.value(cell.reports, draw.of(ROUND, cell.key)))
        };
        let mut values: Vec<Option<u32>> = tally(records).into_iter().map(value).collect();
        // Kilometre blocks share no cell, so each is protected by itself.
        release.withheld += (protection.suppress)(&lattice, &mut values, rounding);
        for (value, known) in values.iter_mut().zip(tally(listed)) {
            let rounded = (known.reports + rounding.base() / 2) / rounding.base() * rounding.base();
            if value.is_some() || known.people() >= rounding.k() {
                *value = Some(value.unwrap_or(0) + rounded);
            }
        }
        release.cells.extend(values.iter().enumerate().filter_map(|(id, value)| published(block, id, (*value)?)));
    }
    release.cells.sort_unstable();
    release
}

fn published(block: (i64, i64), id: usize, count: u32) -> Option<Published> {
    let (size, (x, y)) = square(id / CATEGORIES);
    let per_side = SIZES[size];
    let cell = (block.0 * per_side + x, block.1 * per_side + y);
    Some(Published { size_m: SIZES_M[size], cell, category: Category::from_index((id % CATEGORIES) as u8)?, count })
}

/// What is counted in one cell.
#[derive(Clone, Copy, Default)]
struct Tally {
    reports: u32,
    reporters: u32,
    key: u64,
    /// The last reporter seen, by rank.
    last: usize,
}

impl Tally {
    /// What a threshold is held against (rule P2): reports or people, whichever are fewer.
    fn people(self) -> u32 {
        self.reports.min(self.reporters)
    }
}

/// Counts one block's records in every cell of its lattice.
fn tally(mut records: Vec<&Record>) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); 21 * CATEGORIES];
    // By reporter, so that a change of reporter is a new one. Those without one come first and keep rank 0, which is nobody.
    records.sort_unstable_by_key(|record| record.reporter);
    let mut rank = 0;
    let mut before = None;
    for record in records {
        if before != record.reporter {
            rank += 1;
            before = record.reporter;
        }
        let (x, y) = (record.leaf.0.rem_euclid(4) as usize, record.leaf.1.rem_euclid(4) as usize);
        for place in [0, 1 + y / 2 * 2 + x / 2, 5 + y * 4 + x] {
            let feeling = (record.group != SAFE).then_some(Category::Unsafe);
            for category in [Some(Category::All), feeling, Some(Category::Group(record.group))].into_iter().flatten() {
                let tally = &mut tallies[place * CATEGORIES + usize::from(category.index())];
                tally.reports += 1;
                tally.key = tally.key.wrapping_add(record.key);
                tally.reporters += u32::from(tally.last != rank);
                tally.last = rank;
            }
        }
    }
    tallies
}

/// What a draw is for: the two say nothing about each other.
const ROUND: &[u8] = b"round";
const MARGIN: &[u8] = b"margin";

/// The draws of a set of records.
struct Draw(Hmac<Sha256>);

impl Draw {
    fn new(key: &[u8; 32]) -> Self {
        // HMAC pads a short key with zeros to the block size; done here, there is nothing to fail.
        let mut block = [0; 64];
        block[..32].copy_from_slice(key);
        Self(<Hmac<Sha256> as KeyInit>::new(&block.into()))
    }

    /// Uniform, and a function of the set alone: its cell key is the sum of its records' keys.
    fn of(&self, purpose: &[u8], cell_key: u64) -> u32 {
        let mut mac = self.0.clone();
        mac.update(METHOD.as_bytes());
        mac.update(purpose);
        mac.update(&cell_key.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
    }
}

/// A square on the public map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ViewCell {
    /// Lower-left corner divided by the side.
    pub cell: (i64, i64),
    /// The published count, or `None` for "something near, too little here".
    pub count: Option<u32>,
}

/// One map of a release: the published squares of a size and category, and those without a count inside a
/// larger published square. Made of published values only, so it says nothing they do not.
pub fn view(cells: &[Published], size_m: u16, category: Category) -> Vec<ViewCell> {
    let mut squares: BTreeMap<(i64, i64), Option<u32>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.category == category && cell.size_m >= size_m && size_m > 0) {
        let per_side = i64::from(cell.size_m / size_m);
        for (dx, dy) in (0..per_side).flat_map(|dx| (0..per_side).map(move |dy| (dx, dy))) {
            let square = squares.entry((cell.cell.0 * per_side + dx, cell.cell.1 * per_side + dy)).or_default();
            if cell.size_m == size_m {
                *square = Some(cell.count);
            }
        }
    }
    squares.into_iter().map(|(cell, count)| ViewCell { cell, count }).collect()
}

#[cfg(test)]
#[path = "release_attack_tests.rs"]
mod attack_tests;
#[cfg(test)]
#[path = "release_samples.rs"]
mod samples;
#[cfg(test)]
#[path = "release_subtraction_tests.rs"]
mod subtraction_tests;
#[cfg(test)]
#[path = "release_tests.rs"]
mod tests;
