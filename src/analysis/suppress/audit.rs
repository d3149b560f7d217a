//! The audit: can a reader bound some unpublished count to fewer than `k` whole numbers?
//!
//! A count is safe when two whole-number tables that fit the published values differ by `k − 1` or more in
//! it. Tables are met while a linear program is solved for each count in turn; each serves all counts.

use super::reader::{Cell, Class, Fact, Reader};
use super::simplex::Simplex;
use super::targets::{Target, targets};
use super::{Lattice, Rounding};

/// The audit of one block.
pub(crate) struct Audit<'a> {
    lattice: &'a Lattice,
    reader: Reader,
    /// How far two tables must differ.
    width: i64,
}

impl<'a> Audit<'a> {
    pub(crate) fn new(lattice: &'a Lattice, values: &[Option<u32>], rounding: Rounding) -> Self {
        Self { lattice, reader: Reader::new(lattice, values, rounding), width: i64::from(rounding.k()) - 1 }
    }

    /// The published cell to hide next, or `None` if every unpublished count is uncertain enough.
    pub(crate) fn offender(&self) -> Option<usize> {
        // The common case in one step: room to raise any atom by k − 1 under every published value.
        if self.reader.cells.len() < 2 || self.reader.tables(self.width).is_ok_and(|simplex| simplex.point().is_some()) {
            return None;
        }
        let Ok(mut simplex) = self.reader.tables(0) else { return self.smallest(&[]) };
        let targets = targets(&self.reader, self.lattice);
        let mut seen: Vec<(i64, i64)> = targets.iter().map(|target| (if target.part { 0 } else { i64::MAX }, 0)).collect();
        self.witness(&simplex, &targets, &mut seen);
        for (number, target) in targets.iter().enumerate() {
            let mut binding = Vec::new();
            for sign in [1, -1] {
                if seen[number].1.saturating_sub(seen[number].0) >= self.width {
                    break;
                }
                let Some(rows) = simplex.maximise(&target.classes, sign) else { return self.smallest(&[]) };
                binding.extend(rows);
                self.witness(&simplex, &targets, &mut seen);
            }
            if seen[number].1.saturating_sub(seen[number].0) < self.width {
                return self.smallest(&binding);
            }
        }
        None
    }

    /// The finest, then smallest, of the published cells behind the given rows (of all, if none).
    fn smallest(&self, rows: &[usize]) -> Option<usize> {
        let behind = rows.iter().map(|&row| match self.reader.facts[row] {
            Fact::High(cell) | Fact::Low(cell) | Fact::Apart(_, cell) => &self.reader.cells[cell],
        });
        let order = |cell: &&Cell| (cell.atoms.len(), cell.value, cell.id);
        behind.min_by_key(order).or_else(|| self.reader.cells.iter().min_by_key(order)).map(|cell| cell.id)
    }

    /// Widens what has been seen of each target by the table at hand and by the single steps from it.
    fn witness(&self, simplex: &Simplex, targets: &[Target], seen: &mut [(i64, i64)]) {
        let Some(point) = simplex.point() else { return };
        let sums: Vec<i64> = self.reader.cells.iter().map(|cell| cell.classes.iter().map(|&class| point[class]).sum()).collect();
        let up = |class: &Class| class.cells.iter().map(|&cell| self.reader.cells[cell].high - sums[cell]).min().unwrap_or(0);
        let apart: Vec<(usize, usize, i64)> = (self.reader.facts.iter())
            .filter_map(
                |fact| if let Fact::Apart(outer, inner) = *fact { Some((outer, inner, sums[outer] - sums[inner] - 1)) } else { None },
            )
            .collect();
        let down = |(number, class): (usize, &Class)| {
            let nested = apart.iter().filter(|(outer, inner, _)| class.cells.contains(outer) && !class.cells.contains(inner));
            let above = class.cells.iter().map(|&cell| sums[cell] - self.reader.cells[cell].low);
            above.chain(nested.map(|&(.., spare)| spare)).fold(point[number], i64::min)
        };
        let ups: Vec<i64> = self.reader.classes.iter().map(up).collect();
        let downs: Vec<i64> = self.reader.classes.iter().enumerate().map(down).collect();
        for (target, (low, high)) in targets.iter().zip(seen) {
            let sum: i64 = target.classes.iter().map(|&class| point[class]).sum();
            let best = |steps: &[i64]| target.classes.iter().map(|&class| steps[class]).max().unwrap_or(0);
            *low = (*low).min(sum - best(&downs));
            *high = (*high).max(sum + best(&ups));
        }
    }
}
