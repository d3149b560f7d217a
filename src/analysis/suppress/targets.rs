//! What must stay uncertain: unpublished cells, and what is left when published cells are subtracted.

use super::reader::Reader;
use super::{Atoms, Lattice};

/// An unpublished count to be kept uncertain.
pub(super) struct Target {
    pub(super) classes: Vec<usize>,
    /// Part of a class only: it may be 0 whatever the class holds.
    pub(super) part: bool,
}

/// Every unpublished count a reader can bound at all, each once.
pub(super) fn targets(reader: &Reader, lattice: &Lattice) -> Vec<Target> {
    let is_published = |atoms: Atoms| reader.cells.iter().any(|cell| cell.atoms == atoms);
    let mut sets: Vec<Atoms> = Vec::new();
    // Single atoms: an unpublished class of several stands for each of its atoms, and for all it is cut into.
    let mut targets: Vec<Target> = (reader.classes.iter().enumerate())
        .filter(|(_, class)| class.atoms.len() > 1)
        .map(|(number, _)| Target { classes: vec![number], part: true })
        .collect();
    sets.extend(lattice.cells.iter().map(|shape| shape.atoms).filter(|&atoms| !is_published(atoms)));
    sets.extend(remainders(reader, lattice));
    sets.sort_unstable();
    sets.dedup();
    for atoms in sets {
        if !atoms.within(reader.covered) {
            continue;
        }
        let touched: Vec<usize> = (0..reader.classes.len()).filter(|&class| reader.classes[class].atoms.meets(atoms)).collect();
        // A set that cuts a class is as uncertain as that class.
        if touched.iter().all(|&class| reader.classes[class].atoms.within(atoms)) {
            targets.push(Target { classes: touched, part: false });
        }
    }
    targets
}

/// What is left of each published cell when published cells inside it are taken away: one of them,
/// or all the largest along one way of dividing it.
fn remainders(reader: &Reader, lattice: &Lattice) -> Vec<Atoms> {
    let mut rests = Vec::new();
    for outer in &reader.cells {
        let inner = reader.cells.iter().filter(|inner| inner.id != outer.id && inner.atoms.within(outer.atoms));
        rests.extend(inner.map(|inner| outer.atoms.minus(inner.atoms)));
        rests.extend([0, 1].map(|way| outer.atoms.minus(taken(reader, lattice, outer.id, way))));
    }
    rests.retain(|&rest| !rest.is_empty() && !is_published_sum(reader, rest));
    rests
}

/// The union of the largest published cells below `cell` along one way of dividing.
fn taken(reader: &Reader, lattice: &Lattice, cell: usize, way: usize) -> Atoms {
    lattice.cells[cell].splits[way].iter().fold(Atoms::default(), |all, &child| {
        let here = reader.cells.iter().find(|cell| cell.id == child).map(|cell| cell.atoms);
        all.union(here.unwrap_or_else(|| taken(reader, lattice, child, way)))
    })
}

/// Whether a set is made up of published cells side by side, so that its count is published too.
fn is_published_sum(reader: &Reader, set: Atoms) -> bool {
    let mut inside: Vec<Atoms> = reader.cells.iter().map(|cell| cell.atoms).filter(|atoms| atoms.within(set)).collect();
    inside.sort_unstable_by_key(|atoms| std::cmp::Reverse(atoms.len()));
    let covered = inside.iter().fold(Atoms::default(), |all, atoms| all.union(*atoms)) == set;
    covered && tiled(set, &inside, &mut 1_000)
}

/// Whether `parts` tile `set` exactly; `false` also when `steps` run out, which only makes the audit stricter.
fn tiled(set: Atoms, parts: &[Atoms], steps: &mut usize) -> bool {
    let Some(atom) = set.first() else { return true };
    *steps = steps.saturating_sub(1);
    let fits = |part: &&Atoms| part.holds(atom) && part.within(set);
    *steps > 0 && parts.iter().filter(fits).any(|part| tiled(set.minus(*part), parts, steps))
}
