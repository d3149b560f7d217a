//! The audit: can a reader bound some unpublished count to fewer than `k` whole numbers?
//!
//! Atoms inside the same published cells are indistinguishable, so they form one *class*, one unknown of
//! the linear program. The rows are what the reader knows: the range behind each value, and that nested
//! cells of different value hold different records (equal sets get equal values). An unpublished
//! count is safe when two whole-number tables that fit the published values differ by `k − 1` or more in it.

use rustc_hash::FxHashMap;

use super::simplex::{Failure, Simplex};
use super::{Atoms, Lattice, Rounding};

/// Atoms that lie in exactly the same published cells.
struct Class {
    atoms: Atoms,
    /// The published cells they lie in, as positions in [`Audit::cells`].
    cells: Vec<usize>,
}

/// A published cell and what its value says.
struct Cell {
    id: usize,
    atoms: Atoms,
    value: u32,
    low: i64,
    high: i64,
    classes: Vec<usize>,
}

/// An unpublished count to be kept uncertain.
struct Target {
    classes: Vec<usize>,
    /// Part of a class only: it may be 0 whatever the class holds.
    part: bool,
}

/// What the reader knows about one block.
pub(crate) struct Audit<'a> {
    lattice: &'a Lattice,
    cells: Vec<Cell>,
    classes: Vec<Class>,
    /// Pairs (outer, inner) of nested cells known to hold different records.
    distinct: Vec<(usize, usize)>,
    published: Atoms,
    width: i64,
}

impl<'a> Audit<'a> {
    pub(crate) fn new(lattice: &'a Lattice, values: &[Option<u32>], rounding: Rounding) -> Self {
        let mut cells: Vec<Cell> = (lattice.cells.iter().zip(values).enumerate())
            .filter_map(|(id, (shape, value))| {
                let value = (*value)?;
                let (low, high) = rounding.bounds(value);
                Some(Cell { id, atoms: shape.atoms, value, low, high, classes: Vec::new() })
            })
            .collect();
        let published = cells.iter().fold(Atoms::default(), |all, cell| all.union(cell.atoms));
        let classes = classes(&cells, published);
        for (number, class) in classes.iter().enumerate() {
            for &cell in &class.cells {
                cells[cell].classes.push(number);
            }
        }
        let distinct = distinct(&cells);
        Self { lattice, cells, classes, distinct, published, width: i64::from(rounding.k()) - 1 }
    }

    /// The published cell to hide next, or `None` if every unpublished count is uncertain enough.
    pub(crate) fn offender(&self) -> Option<usize> {
        // The common case in one step: room to raise any atom by k − 1 under every published value.
        if self.cells.len() < 2 || self.start(self.width).is_ok_and(|simplex| simplex.point().is_some()) {
            return None;
        }
        let Ok(mut simplex) = self.start(0) else { return self.smallest(&[]) };
        let targets = self.targets();
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
        let behind = rows.iter().map(|&row| match row.checked_sub(2 * self.cells.len()) {
            None => &self.cells[row / 2],
            Some(pair) => &self.cells[self.distinct[pair].1],
        });
        let order = |cell: &&Cell| (cell.atoms.len(), cell.value, cell.id);
        behind.min_by_key(order).or_else(|| self.cells.iter().min_by_key(order)).map(|cell| cell.id)
    }

    /// All tables that fit the published values, with `room` left under each.
    fn start(&self, room: i64) -> Result<Simplex, Failure> {
        let mut rows = Vec::with_capacity(2 * self.cells.len() + self.distinct.len());
        for cell in &self.cells {
            rows.push((cell.classes.iter().map(|&class| (class, 1)).collect(), cell.high - room));
            rows.push((cell.classes.iter().map(|&class| (class, -1)).collect(), -cell.low));
        }
        for &(outer, inner) in &self.distinct {
            let rest = self.cells[outer].classes.iter().filter(|class| !self.cells[inner].classes.contains(class));
            rows.push((rest.map(|&class| (class, -1)).collect(), -1));
        }
        Simplex::feasible(self.classes.len(), &rows)
    }

    /// Widens what has been seen of each target by the table at hand and by the single steps from it.
    fn witness(&self, simplex: &Simplex, targets: &[Target], seen: &mut [(i64, i64)]) {
        let Some(point) = simplex.point() else { return };
        let sums: Vec<i64> = self.cells.iter().map(|cell| cell.classes.iter().map(|&class| point[class]).sum()).collect();
        let up = |class: &Class| class.cells.iter().map(|&cell| self.cells[cell].high - sums[cell]).min().unwrap_or(0);
        let down = |(number, class): (usize, &Class)| {
            let nested = self.distinct.iter().filter(|(outer, inner)| class.cells.contains(outer) && !class.cells.contains(inner));
            let apart = nested.map(|&(outer, inner)| sums[outer] - sums[inner] - 1);
            let above = class.cells.iter().map(|&cell| sums[cell] - self.cells[cell].low);
            above.chain(apart).fold(point[number], i64::min)
        };
        let ups: Vec<i64> = self.classes.iter().map(up).collect();
        let downs: Vec<i64> = self.classes.iter().enumerate().map(down).collect();
        for (target, (low, high)) in targets.iter().zip(seen) {
            let sum: i64 = target.classes.iter().map(|&class| point[class]).sum();
            let best = |steps: &[i64]| target.classes.iter().map(|&class| steps[class]).max().unwrap_or(0);
            *low = (*low).min(sum - best(&downs));
            *high = (*high).max(sum + best(&ups));
        }
    }

    /// Every unpublished count a reader can bound at all, each once.
    fn targets(&self) -> Vec<Target> {
        let is_published = |atoms: Atoms| self.cells.iter().any(|cell| cell.atoms == atoms);
        let mut sets: Vec<Atoms> = Vec::new();
        // Single atoms: an unpublished class of several stands for each of its atoms, and for all it is cut into.
        let mut targets: Vec<Target> = (self.classes.iter().enumerate())
            .filter(|(_, class)| class.atoms.len() > 1)
            .map(|(number, _)| Target { classes: vec![number], part: true })
            .collect();
        sets.extend(self.lattice.cells.iter().map(|shape| shape.atoms).filter(|&atoms| !is_published(atoms)));
        sets.extend(self.remainders());
        sets.sort_unstable();
        sets.dedup();
        for atoms in sets {
            if !atoms.within(self.published) {
                continue;
            }
            let touched: Vec<usize> = (0..self.classes.len()).filter(|&class| self.classes[class].atoms.meets(atoms)).collect();
            // A set that cuts a class is as uncertain as that class.
            if touched.iter().all(|&class| self.classes[class].atoms.within(atoms)) {
                targets.push(Target { classes: touched, part: false });
            }
        }
        targets
    }

    /// What is left of each published cell when published cells inside it are taken away: one of them,
    /// or all the largest along one way of dividing it.
    fn remainders(&self) -> Vec<Atoms> {
        let mut rests = Vec::new();
        for outer in &self.cells {
            let inner = self.cells.iter().filter(|inner| inner.id != outer.id && inner.atoms.within(outer.atoms));
            rests.extend(inner.map(|inner| outer.atoms.minus(inner.atoms)));
            rests.extend([0, 1].map(|way| outer.atoms.minus(self.taken(outer.id, way))));
        }
        rests.retain(|&rest| !rest.is_empty() && !self.is_published_sum(rest));
        rests
    }

    /// The union of the largest published cells below `cell` along one way of dividing.
    fn taken(&self, cell: usize, way: usize) -> Atoms {
        self.lattice.cells[cell].splits[way].iter().fold(Atoms::default(), |all, &child| {
            let here = self.cells.iter().find(|cell| cell.id == child).map(|cell| cell.atoms);
            all.union(here.unwrap_or_else(|| self.taken(child, way)))
        })
    }

    /// Whether a set is made up of published cells side by side, so that its count is published too.
    fn is_published_sum(&self, set: Atoms) -> bool {
        let mut inside: Vec<Atoms> = self.cells.iter().map(|cell| cell.atoms).filter(|atoms| atoms.within(set)).collect();
        inside.sort_unstable_by_key(|atoms| std::cmp::Reverse(atoms.len()));
        let covered = inside.iter().fold(Atoms::default(), |all, atoms| all.union(*atoms)) == set;
        covered && tiled(set, &inside, &mut 1_000)
    }
}

/// Whether `parts` tile `set` exactly; `false` also when `steps` run out, which only makes the audit stricter.
fn tiled(set: Atoms, parts: &[Atoms], steps: &mut usize) -> bool {
    let Some(atom) = set.first() else { return true };
    *steps = steps.saturating_sub(1);
    let fits = |part: &&Atoms| part.holds(atom) && part.within(set);
    *steps > 0 && parts.iter().filter(fits).any(|part| tiled(set.minus(*part), parts, steps))
}

fn classes(cells: &[Cell], published: Atoms) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let mut known: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
    for atom in (0..Atoms::MAX).filter(|&atom| published.holds(atom)) {
        let around: Vec<usize> = (0..cells.len()).filter(|&cell| cells[cell].atoms.holds(atom)).collect();
        let number = *known.entry(around.clone()).or_insert_with(|| {
            classes.push(Class { atoms: Atoms::default(), cells: around });
            classes.len() - 1
        });
        classes[number].atoms.insert(atom);
    }
    classes
}

/// Directly nested published cells with different values.
fn distinct(cells: &[Cell]) -> Vec<(usize, usize)> {
    let nested = |inner: &Cell, outer: &Cell| inner.id != outer.id && inner.atoms.within(outer.atoms);
    let mut pairs = Vec::new();
    for (o, outer) in cells.iter().enumerate() {
        let inside: Vec<usize> = (0..cells.len()).filter(|&i| nested(&cells[i], outer)).collect();
        let direct = inside.iter().filter(|&&i| !inside.iter().any(|&m| nested(&cells[i], &cells[m])));
        pairs.extend(direct.filter(|&&i| cells[i].value != outer.value).map(|&i| (o, i)));
    }
    pairs
}
