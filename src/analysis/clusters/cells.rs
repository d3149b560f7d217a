//! Points in square cells of side `eps/√2`, and which cells are near each other.

use std::ops::Range;

/// A point with its number in the order given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) at: [f64; 2],
    pub(super) index: u32,
}

impl Place {
    pub(super) fn distance2(self, other: Self) -> f64 {
        let (dx, dy) = (self.at[0] - other.at[0], self.at[1] - other.at[1]);
        dx * dx + dy * dy
    }
}

/// The rectangle around some points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    low: [f64; 2],
    high: [f64; 2],
}

impl Extent {
    fn of(places: &[Place]) -> Self {
        let nothing = Self { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] };
        places.iter().fold(nothing, |extent, place| Self {
            low: [extent.low[0].min(place.at[0]), extent.low[1].min(place.at[1])],
            high: [extent.high[0].max(place.at[0]), extent.high[1].max(place.at[1])],
        })
    }

    /// Bounds of the squared distances between the points of two rectangles. Subtraction, squares and sums round
    /// monotonically, so they bound the computed distances too and comparing them with `eps²` decides nothing wrongly.
    fn distances2(self, other: Self) -> (f64, f64) {
        let axis = |k: usize| {
            let (up, down) = (other.low[k] - self.high[k], self.low[k] - other.high[k]);
            (up.max(down).max(0.0), (other.high[k] - self.low[k]).max(self.high[k] - other.low[k]))
        };
        let ((least_x, most_x), (least_y, most_y)) = (axis(0), axis(1));
        (least_x * least_x + least_y * least_y, most_x * most_x + most_y * most_y)
    }

    /// The longer axis.
    fn axis(self) -> usize {
        usize::from(self.high[1] - self.low[1] > self.high[0] - self.low[0])
    }

    fn length(self) -> f64 {
        self.high[self.axis()] - self.low[self.axis()]
    }
}

/// A cell with points in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Row and column, so that keys sort like the cells.
    key: u64,
    start: u32,
    end: u32,
    /// Where its core points end.
    pub(super) core: u32,
    extent: Extent,
}

impl Cell {
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn core_range(&self) -> Range<usize> {
        self.start as usize..self.core as usize
    }

    /// Bounds of the squared distances from a point to those of the cell.
    pub(super) fn distances2(&self, at: [f64; 2]) -> (f64, f64) {
        self.extent.distances2(Extent { low: at, high: at })
    }
}

/// The points by cell.
pub(super) struct Cells {
    /// By row, then by column.
    pub(super) list: Vec<Cell>,
    /// Cell by cell.
    pub(super) places: Vec<Place>,
}

/// A hair less than `1/√2`: whatever is rounded, two points of a cell are never more than `eps` apart.
const SIDE: f64 = std::f64::consts::FRAC_1_SQRT_2 * (1.0 - 1.0e-6);
/// Cells further than this from each other, in rows or columns, have no neighbours in each other.
const REACH: u64 = 2;

impl Cells {
    /// Sorts points into cells. At most 2³² points within 2 · 10⁷ m, `eps` at least 1 m: rows and columns fit 32 bits.
    pub(super) fn new(points: &[[f64; 2]], eps_m: f64) -> Self {
        let west = points.iter().fold(f64::INFINITY, |west, point| west.min(point[0]));
        let south = points.iter().fold(f64::INFINITY, |south, point| south.min(point[1]));
        let step = |metres: f64| (metres / (eps_m * SIDE)) as u64 + REACH;
        let key = |point: &[f64; 2]| step(point[1] - south) << 32 | step(point[0] - west);
        let mut keyed: Vec<(u64, u32)> = points.iter().zip(0..).map(|(point, index)| (key(point), index)).collect();
        keyed.sort_unstable();
        let places: Vec<Place> = keyed.iter().map(|&(_, index)| Place { at: points[index as usize], index }).collect();
        let mut start = 0;
        let cell = |run: &[(u64, u32)]| {
            let end = start + run.len();
            let extent = Extent::of(&places[start..end]);
            let cell = Cell { key: run[0].0, start: start as u32, end: end as u32, core: start as u32, extent };
            start = end;
            cell
        };
        let list = keyed.chunk_by(|a, b| a.0 == b.0).map(cell).collect();
        Self { list, places }
    }

    /// A lower bound of the squared distances between the points of two cells.
    pub(super) fn apart2(&self, a: usize, b: usize) -> f64 {
        self.list[a].extent.distances2(self.list[b].extent).0
    }
}

/// Finds the cells around one, for cell after cell in their order.
pub(super) struct Around {
    /// Per row in reach, the first cell that is not too far west.
    cursors: [usize; 2 * REACH as usize + 1],
}

impl Around {
    pub(super) fn new() -> Self {
        Self { cursors: [0; 2 * REACH as usize + 1] }
    }

    /// The cells at most [`REACH`] rows and columns from cell `at`, itself among them. `at` must not fall between calls.
    pub(super) fn of<'a>(&'a mut self, list: &'a [Cell], at: usize) -> impl Iterator<Item = usize> + 'a {
        let key = list[at].key;
        (0..).zip(&mut self.cursors).flat_map(move |(row, cursor)| {
            let first = key + (row << 32) - (REACH << 32) - REACH;
            while list.get(*cursor).is_some_and(|cell| cell.key < first) {
                *cursor += 1;
            }
            (*cursor..list.len()).take_while(move |&other| list[other].key <= first + 2 * REACH)
        })
    }
}

/// Whether any point of one set is within `eps` of any of the other; may change their order. Halves the wider set until the
/// rectangles around both decide, so that two crowded cells do not cost the product of their sizes.
pub(super) fn any_within(a: &mut [Place], b: &mut [Place], eps2: f64) -> bool {
    const FEW: usize = 256;
    if a.len() * b.len() <= FEW {
        return a.iter().any(|a| b.iter().any(|b| a.distance2(*b) <= eps2));
    }
    let (extent_a, extent_b) = (Extent::of(a), Extent::of(b));
    let (least2, most2) = extent_a.distances2(extent_b);
    if least2 > eps2 || most2 <= eps2 {
        return most2 <= eps2;
    }
    let (wide, other, axis) = if extent_a.length() >= extent_b.length() { (a, b, extent_a.axis()) } else { (b, a, extent_b.axis()) };
    let middle = wide.len() / 2;
    wide.select_nth_unstable_by(middle, |one, two| one.at[axis].total_cmp(&two.at[axis]));
    let (low, high) = wide.split_at_mut(middle);
    any_within(low, other, eps2) || any_within(high, other, eps2)
}
