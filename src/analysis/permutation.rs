//! How often chance alone gives a cell as much, or as little: the conditional permutation test of the local statistics.
//!
//! The count of a cell stays; its k other neighbours are drawn without replacement from the n − 1 other cells (Anselin 1995,
//! Geographical Analysis 27, 93–115, section 3). With weights of 0 and 1, Gi* rises with the sum of those k, so sums are what is
//! compared, as whole numbers: no rounding decides a tie.
//!
//! **The draws are shared, and yet exact for every cell.** A permutation is one sequence of distinct cells drawn from all n. Its
//! first k cells are a draw for every cell that is not among them; for one that is, they are the first k + 1 cells without it.
//! That is the sequence with the cell struck out, which is a sequence drawn from the other n − 1. So the sums for one k are
//! computed and sorted once for all cells, and only the cells among the first k need a second look. The p of one cell is that
//! of draws made for it alone; across cells the Monte Carlo errors are correlated, as they are in GeoDa and esda, which share
//! draws too.

use super::neighbours::Neighbours;

/// The most permutations.
const MAX_PERMUTATIONS: u32 = 999_999;

/// The most cells drawn in all (permutations × the most neighbours a cell has), some 500 MB at worst.
const MAX_DRAWS: u64 = 1 << 25;

/// Why there is no permutation test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PermutationError {
    /// None, or more than 999,999.
    #[error("permutations are 1 to {MAX_PERMUTATIONS}")]
    Permutations,
    /// Many permutations of many neighbours.
    #[error("{permutations} permutations of {neighbours} neighbours are too many: fewer permutations, or a smaller neighbourhood")]
    Draws {
        /// As asked.
        permutations: u32,
        /// The most a cell has.
        neighbours: usize,
    },
}

/// How many permutations gave a cell's neighbours at least, and at most, what they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extremes {
    /// #≥
    pub at_least: u32,
    /// #≤
    pub at_most: u32,
}

impl Extremes {
    /// The two-sided p: min(1, 2 (1 + min(#≥, #≤)) / (R + 1)).
    pub fn two_sided(self, permutations: u32) -> f64 {
        (2.0 * self.folded(permutations)).min(1.0)
    }

    /// The p of the side the cell is on: (1 + min(#≥, #≤)) / (R + 1). GeoDa and esda (`p_sim`) show this one, except that they
    /// take R − #≥ for #≤: there a tie is a surprise in a low cell, and an empty neighbourhood in a nearly empty grid has the least
    /// p there can be. Here a tie never counts as a surprise.
    pub fn folded(self, permutations: u32) -> f64 {
        f64::from(1 + self.at_least.min(self.at_most)) / (f64::from(permutations) + 1.0)
    }
}

/// The extremes of every cell, for so many permutations; the same seed gives the same. `counts` has one for each cell. `None`
/// for a cell with all cells beside it, whose sum never varies.
pub fn extremes(counts: &[u32], neighbours: &Neighbours, permutations: u32, seed: u64) -> Result<Vec<Option<Extremes>>, PermutationError> {
    if permutations == 0 || permutations > MAX_PERMUTATIONS {
        return Err(PermutationError::Permutations);
    }
    let cells = observe(counts, neighbours);
    let most = most_others(&cells);
    if u64::from(permutations) * (most as u64 + 1) > MAX_DRAWS {
        return Err(PermutationError::Draws { permutations, neighbours: most });
    }
    let mut shuffle = Shuffle::new(counts.len(), most + 1);
    Ok(compare(counts, &cells, permutations, |number, drawn| drawn.copy_from_slice(shuffle.draw(seed, number))))
}

/// Compares every cell with the sequences that `draw` writes: of distinct cells, one more than the most others a cell has.
fn compare(counts: &[u32], cells: &[Option<Observed>], permutations: u32, mut draw: impl FnMut(u32, &mut [u32])) -> Vec<Option<Extremes>> {
    let most = most_others(cells);
    let mut kept: Vec<Option<Sums>> = (0..=most).map(|_| None).collect();
    for cell in cells.iter().flatten() {
        kept[cell.others].get_or_insert_with(|| Sums { of_each: Vec::with_capacity(permutations as usize), below: Vec::new() });
    }
    // What the second look changes for each cell: its #≥ and its #≤.
    let mut corrections = vec![(0i32, 0i32); cells.len()];
    let mut drawn = vec![0u32; (most + 1).min(counts.len())];
    // The sum of the first j.
    let mut sums = vec![0u64; most + 2];
    for number in 0..permutations {
        draw(number, &mut drawn);
        for (j, &cell) in drawn.iter().enumerate() {
            sums[j + 1] = sums[j] + u64::from(counts[cell as usize]);
        }
        for (kept, &sum) in kept.iter_mut().zip(&sums) {
            if let Some(kept) = kept {
                kept.of_each.push(sum);
            }
        }
        for (position, &drawn) in drawn.iter().enumerate() {
            let drawn = drawn as usize;
            let Some(cell) = cells[drawn].filter(|cell| position < cell.others) else { continue };
            let with = sums[cell.others];
            let without = sums[cell.others + 1] - u64::from(counts[drawn]);
            corrections[drawn].0 += i32::from(without >= cell.sum) - i32::from(with >= cell.sum);
            corrections[drawn].1 += i32::from(without <= cell.sum) - i32::from(with <= cell.sum);
        }
    }
    kept.iter_mut().flatten().for_each(Sums::close);
    let extremes = |(cell, (at_least, at_most)): (&Option<Observed>, (i32, i32))| {
        let cell = cell.as_ref()?;
        let shared = kept[cell.others].as_ref()?.extremes(cell.sum, permutations);
        Some(Extremes { at_least: shared.at_least.saturating_add_signed(at_least), at_most: shared.at_most.saturating_add_signed(at_most) })
    };
    cells.iter().zip(corrections).map(extremes).collect()
}

fn most_others(cells: &[Option<Observed>]) -> usize {
    cells.iter().flatten().map(|cell| cell.others).max().unwrap_or(0)
}

/// A cell as it is: how many other neighbours it has and what they have together.
#[derive(Clone, Copy)]
struct Observed {
    others: usize,
    sum: u64,
}

fn observe(counts: &[u32], neighbours: &Neighbours) -> Vec<Option<Observed>> {
    let of = |(own, row): (&u32, &[u32])| {
        let sum: u64 = row.iter().map(|&other| u64::from(counts[other as usize])).sum();
        (row.len() < counts.len()).then_some(Observed { others: row.len() - 1, sum: sum - u64::from(*own) })
    };
    counts.iter().zip(neighbours.rows()).map(of).collect()
}

/// The sums of so many drawn cells over all permutations.
struct Sums {
    of_each: Vec<u64>,
    /// Each sum there is, rising, with the number of permutations that gave less; and the end.
    below: Vec<(u64, u32)>,
}

impl Sums {
    fn close(&mut self) {
        self.of_each.sort_unstable();
        let mut below = 0;
        for run in self.of_each.chunk_by(|a, b| a == b) {
            self.below.push((run[0], below));
            below += run.len() as u32;
        }
        self.of_each = Vec::new();
    }

    fn extremes(&self, sum: u64, permutations: u32) -> Extremes {
        let below = |from: usize| self.below.get(from).map_or(permutations, |&(_, below)| below);
        let at = self.below.partition_point(|&(other, _)| other < sum);
        let equal = self.below.get(at).is_some_and(|&(other, _)| other == sum);
        Extremes { at_least: permutations - below(at), at_most: below(at + usize::from(equal)) }
    }
}

/// Sequences of distinct cells, each order equally likely: the first steps of a Fisher–Yates shuffle (Durstenfeld 1964,
/// Communications of the ACM 7, 420), taken back after each.
struct Shuffle {
    cells: Vec<u32>,
    partners: Vec<usize>,
}

impl Shuffle {
    fn new(cells: usize, length: usize) -> Self {
        Self { cells: (0..cells as u32).collect(), partners: (0..length.min(cells)).collect() }
    }

    /// The sequence of a permutation, by its number: it does not depend on those before.
    fn draw(&mut self, seed: u64, number: u32) -> &[u32] {
        for (at, &partner) in self.partners.iter().enumerate().rev() {
            self.cells.swap(at, partner);
        }
        let n = self.cells.len();
        let mut state = mix(mix(seed).wrapping_add(u64::from(number)));
        for (at, partner) in self.partners.iter_mut().enumerate() {
            state = state.wrapping_add(GOLDEN);
            *partner = at + bounded(mix(state), n - at);
            self.cells.swap(at, *partner);
        }
        &self.cells[..self.partners.len()]
    }
}

/// 2^64 / φ, odd: the step of SplitMix64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The output of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA, figure 16) for a state.
fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number below `n` (Lemire 2019, ACM TOMACS 29): no number is likelier than another by more than n / 2^64, under 2^−42.
fn bounded(random: u64, n: usize) -> usize {
    ((u128::from(random) * n as u128) >> 64) as usize
}

#[cfg(test)]
#[path = "permutation_tests.rs"]
mod tests;
