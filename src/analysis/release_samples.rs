//! Synthetic kommuner for the tests of releases: clustered in space and category, some people report often.

use std::collections::{BTreeMap, BTreeSet};

use super::{Category, Protection, Published, Record, Release, SAFE, SIZES_M, assemble, protect, release};

/// The release key of the tests.
pub(crate) const KEY: [u8; 32] = [7; 32];

type Place = (u16, (i64, i64), Category);

/// The release of records of which nobody sees any one by one.
pub(crate) fn made(records: &[Record], key: &[u8; 32], k: u32) -> Release {
    release(records, &[], key, k)
}

/// The same with the threshold at `k` for every set, so that a test knows what is over it.
pub(crate) fn sharp(records: &[Record], key: &[u8; 32], k: u32) -> Release {
    assemble(records, &[], key, k, Protection { margins: 1, suppress: protect })
}

/// What a server without any protection but the threshold on reports would show: exact counts of every
/// cell with `k` reports or more (`by_people`: and `k` reporters).
pub(crate) fn exact(records: &[Record], k: u32, by_people: bool) -> Vec<Published> {
    let mut cells: BTreeMap<Place, (u32, BTreeSet<u64>)> = BTreeMap::new();
    for record in records {
        for size_m in SIZES_M {
            let n = i64::from(size_m / 250);
            let cell = (record.leaf.0.div_euclid(n), record.leaf.1.div_euclid(n));
            let feeling = if record.group == SAFE { &[][..] } else { &[Category::Unsafe] };
            for category in [Category::All, Category::Group(record.group)].iter().chain(feeling) {
                let (count, people) = cells.entry((size_m, cell, *category)).or_default();
                *count += 1;
                people.extend(record.reporter);
            }
        }
    }
    let shown = cells.into_iter().filter(|(_, (count, people))| *count >= k && (!by_people || people.len() >= k as usize));
    shown.map(|((size_m, cell, category), (count, _))| Published { size_m, cell, category, count }).collect()
}

/// A small deterministic generator (SplitMix64, Steele et al. 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// `reports` records around `centres` clusters in a kommun of `span` × `span` squares of 250 m.
pub(crate) fn kommun(seed: u64, reports: usize, centres: u64, span: i64) -> Vec<Record> {
    let mut dice = Dice(seed);
    let centres: Vec<(f64, f64, u64)> =
        (0..centres.max(1)).map(|_| (dice.unit() * span as f64, dice.unit() * span as f64, dice.below(12))).collect();
    let people = (reports as u64 * 7 / 10).max(1);
    (0..reports)
        .map(|_| {
            // Larger towns come first; a tenth of the reports is spread over the countryside.
            let pick = (dice.unit().powi(2) * centres.len() as f64) as usize;
            let (x, y, topic) = centres[pick];
            let away = dice.unit() < 0.1;
            let spread = |dice: &mut Dice| (dice.unit() + dice.unit() + dice.unit() - 1.5) * 4.0;
            let leaf = if away {
                (dice.below(span as u64) as i64, dice.below(span as u64) as i64)
            } else {
                ((x + spread(&mut dice)).floor() as i64, (y + spread(&mut dice)).floor() as i64)
            };
            let group = match dice.below(10) {
                0..=4 => topic,
                5..=6 => u64::from(SAFE),
                _ => dice.below(11),
            };
            let reporter = (dice.below(20) > 0).then(|| dice.below(people));
            Record { key: dice.next(), reporter, leaf, group: group as u8 }
        })
        .collect()
}
