//! Which cells stand beside which: the binary weights of the local statistics, each cell beside itself.
//!
//! A compressed sparse row adjacency. Cells and places are numbered as they were given; every row is in rising order.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::geo::grid::{CellKey, Grid};

/// The most cells one analysis takes.
pub const MAX_CELLS: usize = 1 << 22;

/// The most pairs of neighbours, 256 MB of them.
const MAX_PAIRS: usize = 1 << 26;

/// Metres: beyond any coordinate of a projection.
const MAX_METRES: f64 = 1.0e9;

/// What makes two cells neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// At most so many steps apart: contiguity of that order. One step on squares is the queen's.
    Rings(u8),
    /// At most so many metres apart.
    Band(f64),
}

/// Why there are no neighbours to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NeighboursError {
    /// See [`MAX_CELLS`].
    #[error("more than {MAX_CELLS} cells")]
    Cells,
    /// Keys must rise, so that none stands twice.
    #[error("the cells are not distinct and in order")]
    Order,
    /// Fewer than one or more than five rings.
    #[error("rings are 1 to 5")]
    Rings,
    /// A band that is no number of metres of at least 1.
    #[error("the band is not a number of metres of at least 1")]
    Band,
    /// The coordinates of a place, by its number, are no metres of a projection.
    #[error("place {0} has no coordinates")]
    Place(usize),
    /// The band is so wide that nearly everything is beside everything.
    #[error("more than {MAX_PAIRS} pairs of neighbours: a smaller band")]
    Pairs,
}

/// The neighbours of each of n cells, the cell itself among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    rule: Rule,
    /// Where each cell's row begins in `members`, and the end: n + 1 of them.
    offsets: Vec<u32>,
    members: Vec<u32>,
}

impl Neighbours {
    /// The cells within `rings` (1 to 5) steps, of those given: distinct keys of the grid in rising order. One ring of squares
    /// is queen contiguity.
    pub fn contiguous(grid: Grid, cells: &[CellKey], rings: u8) -> Result<Self, NeighboursError> {
        if !(1..=5).contains(&rings) {
            return Err(NeighboursError::Rings);
        }
        if !cells.is_sorted_by(|a, b| a < b) {
            return Err(NeighboursError::Order);
        }
        let mut made = Self::empty(Rule::Rings(rings), cells.len())?;
        if let Grid::H3(_) = grid {
            let numbers: FxHashMap<CellKey, u32> = cells.iter().copied().zip(0..).collect();
            for &cell in cells {
                // Keys and numbers rise together.
                made.members.extend(grid.disk(cell, rings).iter().filter_map(|other| numbers.get(other)));
                made.close()?;
            }
            return Ok(made);
        }
        // What stands in one column aside is one run of the keys, and it only moves forward as the cells do.
        let mut runs: Vec<(i32, Range<usize>)> = (-i32::from(rings)..=i32::from(rings)).map(|aside| (aside, 0..0)).collect();
        let forward = |from: &mut usize, beyond: &dyn Fn(CellKey) -> bool| {
            while cells.get(*from).is_some_and(|&key| !beyond(key)) {
                *from += 1;
            }
        };
        for &cell in cells {
            for (aside, run) in &mut runs {
                let Some(keys) = grid.disk_column(cell, rings, *aside) else { continue };
                forward(&mut run.start, &|key| key >= *keys.start());
                forward(&mut run.end, &|key| key > *keys.end());
                made.members.extend(run.start as u32..run.end as u32);
            }
            made.close()?;
        }
        Ok(made)
    }

    /// The places at most `band` metres (at least 1) apart (a distance that equals the band counts); `places` are (x, y) in metres.
    pub fn within(places: &[(f64, f64)], band: f64) -> Result<Self, NeighboursError> {
        if !(1.0..=MAX_METRES).contains(&band) {
            return Err(NeighboursError::Band);
        }
        if let Some(number) = places.iter().position(|(x, y)| !(x.abs() <= MAX_METRES && y.abs() <= MAX_METRES)) {
            return Err(NeighboursError::Place(number));
        }
        let mut made = Self::empty(Rule::Band(band), places.len())?;
        // Buckets a little wider than the band, so that no rounding puts two neighbours two buckets apart.
        let edge = band * (1.0 + 1.0e-6);
        let bucket = |(x, y): (f64, f64)| ((x / edge).floor() as i32, (y / edge).floor() as i32);
        let mut order: Vec<u32> = (0..places.len() as u32).collect();
        order.sort_by_key(|&number| bucket(places[number as usize]));
        let mut buckets: FxHashMap<(i32, i32), &[u32]> = FxHashMap::default();
        for run in order.chunk_by(|&a, &b| bucket(places[a as usize]) == bucket(places[b as usize])) {
            buckets.insert(bucket(places[run[0] as usize]), run);
        }
        for &(x, y) in places {
            let start = made.members.len();
            let (column, row) = bucket((x, y));
            let around = (column - 1..=column + 1).flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row)));
            for &other in around.filter_map(|at| buckets.get(&at)).copied().flatten() {
                let (dx, dy) = (places[other as usize].0 - x, places[other as usize].1 - y);
                if dx * dx + dy * dy <= band * band {
                    made.members.push(other);
                }
            }
            made.members[start..].sort_unstable();
            made.close()?;
        }
        Ok(made)
    }

    fn empty(rule: Rule, cells: usize) -> Result<Self, NeighboursError> {
        if cells > MAX_CELLS {
            return Err(NeighboursError::Cells);
        }
        let mut offsets = Vec::with_capacity(cells + 1);
        offsets.push(0);
        Ok(Self { rule, offsets, members: Vec::with_capacity(9 * cells) })
    }

    /// Ends the row of the members added since the last one.
    fn close(&mut self) -> Result<(), NeighboursError> {
        if self.members.len() > MAX_PAIRS {
            return Err(NeighboursError::Pairs);
        }
        self.offsets.push(self.members.len() as u32);
        Ok(())
    }

    /// What makes them neighbours.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The neighbours of every cell, itself among them, by number.
    pub fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.offsets.windows(2).map(|ends| &self.members[ends[0] as usize..ends[1] as usize])
    }
}

#[cfg(test)]
#[path = "neighbours_tests.rs"]
mod tests;
