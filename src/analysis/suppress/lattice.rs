//! The public lattice of one square kilometre: three sizes of squares times the category tree.
//!
//! An *atom* is the finest count there is, one 250 m square and one category group. Every cell of the
//! lattice is a set of atoms, so nesting, overlap and subtraction are set operations.

/// A set of atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Atoms([u64; 3]);

impl Atoms {
    /// How many atoms a set can hold.
    pub(crate) const MAX: usize = 192;

    pub(crate) fn insert(&mut self, atom: usize) {
        self.0[atom / 64] |= 1 << (atom % 64);
    }

    pub(crate) fn holds(self, atom: usize) -> bool {
        self.0[atom / 64] >> (atom % 64) & 1 == 1
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & !other.0[i]))
    }

    pub(crate) fn first(self) -> Option<usize> {
        let word = self.0.iter().position(|word| *word != 0)?;
        Some(word * 64 + self.0[word].trailing_zeros() as usize)
    }

    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }

    pub(crate) fn within(self, other: Self) -> bool {
        self.minus(other).is_empty()
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        !self.within(Self(other.0.map(|word| !word)))
    }

    pub(crate) fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

/// A cell of the lattice.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// What it counts.
    pub(crate) atoms: Atoms,
    /// The cells it divides into: by place, and by category.
    pub(crate) splits: [Vec<usize>; 2],
}

/// All cells that may be published for one block, and how they nest.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    pub(crate) cells: Vec<Shape>,
}

/// A node of one of the two trees a lattice is the product of: its leaves and its children.
pub(crate) struct Node {
    pub(crate) leaves: Vec<usize>,
    pub(crate) children: Vec<usize>,
}

impl Lattice {
    /// The product of a tree of places and a tree of categories; cell `p * categories + c`.
    pub(crate) fn product(places: &[Node], categories: &[Node]) -> Self {
        let width = categories.iter().flat_map(|node| &node.leaves).max().map_or(0, |last| last + 1);
        let cells = places.iter().enumerate().flat_map(|(p, place)| {
            categories.iter().enumerate().map(move |(c, category)| {
                let mut atoms = Atoms::default();
                for leaf in &place.leaves {
                    category.leaves.iter().for_each(|group| atoms.insert(leaf * width + group));
                }
                let by_place = place.children.iter().map(|child| child * categories.len() + c).collect();
                let by_category = category.children.iter().map(|child| p * categories.len() + child).collect();
                Shape { atoms, splits: [by_place, by_category] }
            })
        });
        Self { cells: cells.collect() }
    }
}

/// Squares per side of a block, coarsest first.
pub(crate) const SIZES: [i64; 3] = [1, 2, 4];

/// Nodes of the category tree: all, unsafe, eleven unsafe groups, safe.
pub(crate) const CATEGORIES: usize = 14;

/// The size (as a position in [`SIZES`]) and the place in the block of a square, numbered from the coarsest.
pub(crate) fn square(number: usize) -> (usize, (i64, i64)) {
    let (size, rest) = match number {
        0 => (0, 0),
        1..=4 => (1, number - 1),
        _ => (2, number - 5),
    };
    let per_side = 1 << size;
    (size, ((rest % per_side) as i64, (rest / per_side) as i64))
}

impl Lattice {
    /// The lattice of the release: 1000, 500 and 250 m squares, each in every category.
    pub(crate) fn kilometre() -> Self {
        let leaves_of = |number: usize| {
            let (size, (x, y)) = square(number);
            let span = 4 >> size;
            let cells = (0..span).flat_map(move |dy| (0..span).map(move |dx| (dx, dy)));
            cells.map(|(dx, dy)| (y as usize * span + dy) * 4 + x as usize * span + dx).collect::<Vec<_>>()
        };
        let children_of = |number: usize| match number {
            0 => (1..5).collect(),
            1..=4 => leaves_of(number).into_iter().map(|leaf| leaf + 5).collect(),
            _ => Vec::new(),
        };
        let places: Vec<Node> = (0..21).map(|n| Node { leaves: leaves_of(n), children: children_of(n) }).collect();
        let mut categories = vec![
            Node { leaves: (0..12).collect(), children: vec![1, 13] },
            Node { leaves: (0..11).collect(), children: (2..13).collect() },
        ];
        categories.extend((0..12).map(|group| Node { leaves: vec![group], children: Vec::new() }));
        Self::product(&places, &categories)
    }
}
