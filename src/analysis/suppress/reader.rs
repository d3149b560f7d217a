//! What a reader of the table knows about one block, as the rows of a linear program.
//!
//! Atoms inside the same published cells are indistinguishable, so they form one *class*, one unknown. The
//! rows are the range behind each value, and that nested cells of different value hold different records
//! (equal sets get equal values).

use rustc_hash::FxHashMap;

use super::simplex::{Failure, Simplex};
use super::{Atoms, Lattice, Rounding};

/// Atoms that lie in exactly the same published cells.
pub(super) struct Class {
    pub(super) atoms: Atoms,
    /// The published cells they lie in, as positions in [`Reader::cells`].
    pub(super) cells: Vec<usize>,
}

/// A published cell and what its value says.
pub(super) struct Cell {
    pub(super) id: usize,
    pub(super) atoms: Atoms,
    pub(super) value: u32,
    pub(super) low: i64,
    pub(super) high: i64,
    pub(super) classes: Vec<usize>,
}

/// Something the reader knows; cells as positions in [`Reader::cells`].
pub(super) enum Fact {
    High(usize),
    Low(usize),
    /// The first cell has all the records of the second and at least one more.
    Apart(usize, usize),
}

/// Everything there is to know.
pub(super) struct Reader {
    pub(super) cells: Vec<Cell>,
    pub(super) classes: Vec<Class>,
    pub(super) facts: Vec<Fact>,
    /// All atoms inside some published cell; of the others nothing is known.
    pub(super) covered: Atoms,
}

impl Reader {
    pub(super) fn new(lattice: &Lattice, values: &[Option<u32>], rounding: Rounding) -> Self {
        let mut cells: Vec<Cell> = (lattice.cells.iter().zip(values).enumerate())
            .filter_map(|(id, (shape, value))| {
                let value = (*value)?;
                let (low, high) = rounding.bounds(value);
                Some(Cell { id, atoms: shape.atoms, value, low, high, classes: Vec::new() })
            })
            .collect();
        let covered = cells.iter().fold(Atoms::default(), |all, cell| all.union(cell.atoms));
        let classes = classes(&cells, covered);
        for (number, class) in classes.iter().enumerate() {
            for &cell in &class.cells {
                cells[cell].classes.push(number);
            }
        }
        let facts = facts(&cells);
        Self { cells, classes, facts, covered }
    }

    /// All tables that fit the published values, with `room` left under each.
    pub(super) fn tables(&self, room: i64) -> Result<Simplex, Failure> {
        let row = |fact: &Fact| match *fact {
            Fact::High(cell) => (self.cells[cell].classes.iter().map(|&class| (class, 1)).collect(), self.cells[cell].high - room),
            Fact::Low(cell) => (self.cells[cell].classes.iter().map(|&class| (class, -1)).collect(), -self.cells[cell].low),
            Fact::Apart(outer, inner) => {
                let rest = self.cells[outer].classes.iter().filter(|class| !self.cells[inner].classes.contains(class));
                (rest.map(|&class| (class, -1)).collect(), -1)
            }
        };
        Simplex::feasible(self.classes.len(), &self.facts.iter().map(row).collect::<Vec<_>>())
    }
}

fn classes(cells: &[Cell], covered: Atoms) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let mut known: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
    for atom in (0..Atoms::MAX).filter(|&atom| covered.holds(atom)) {
        let around: Vec<usize> = (0..cells.len()).filter(|&cell| cells[cell].atoms.holds(atom)).collect();
        let number = *known.entry(around.clone()).or_insert_with(|| {
            classes.push(Class { atoms: Atoms::default(), cells: around });
            classes.len() - 1
        });
        classes[number].atoms.insert(atom);
    }
    classes
}

/// What the values say, without what follows from the rest.
fn facts(cells: &[Cell]) -> Vec<Fact> {
    let nested = |inner: usize, outer: usize| inner != outer && cells[inner].atoms.within(cells[outer].atoms);
    let mut facts = Vec::new();
    for (number, cell) in cells.iter().enumerate() {
        let inside: Vec<usize> = (0..cells.len()).filter(|&inner| nested(inner, number)).collect();
        if !(0..cells.len()).any(|outer| nested(number, outer) && cells[outer].high <= cell.high) {
            facts.push(Fact::High(number));
        }
        if !inside.iter().any(|&inner| cells[inner].low >= cell.low) {
            facts.push(Fact::Low(number));
        }
        let direct = inside.iter().filter(|&&inner| !inside.iter().any(|&between| nested(inner, between)));
        let apart = direct.filter(|&&inner| cells[inner].value != cell.value);
        facts.extend(apart.map(|&inner| Fact::Apart(number, inner)));
    }
    facts
}
