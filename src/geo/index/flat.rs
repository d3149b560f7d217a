//! A flat grid over places: what lies in a box, within a distance or nearest, by reading a few unbroken stretches of memory.
//!
//! Measured against the R-tree on the same places by `make bench`; the R-tree holds what changes, and is the reference in the tests.

use std::ops::Range;

use super::file::FlatHead;

/// About how many places a cell would hold if they lay evenly.
const PER_CELL: f64 = 8.0;
/// Metres: no cell is smaller.
const FINEST_M: f64 = 16.0;

/// Places in column-major order of equal squares, as the cells of the heatmap are; a place is known by its position in that order.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    pub(super) head: FlatHead,
    /// `starts[i]..starts[i + 1]` are the places of cell `i`.
    pub(super) starts: Vec<u32>,
    /// Metres from the origin, rounded to some millimetres: nearer than [`Flat::slack`] is for the caller to decide.
    pub(super) at: Vec<[f32; 2]>,
}

impl Flat {
    /// Lays out places (metres) and returns them in the grid's order, by their numbers as given.
    pub(super) fn build(places: &[[f64; 2]]) -> (Self, Vec<u32>) {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for place in places {
            for axis in 0..2 {
                low[axis] = low[axis].min(place[axis]);
                high[axis] = high[axis].max(place[axis]);
            }
        }
        if places.is_empty() {
            return (Self::default(), Vec::new());
        }
        let sides = [high[0] - low[0], high[1] - low[1]];
        let even = (sides[0] * sides[1] * PER_CELL / places.len() as f64).sqrt();
        // A long thin cloud must not have more cells than places, nor one spot none.
        let edge = even.max((sides[0] + sides[1]) * PER_CELL / places.len() as f64).max(FINEST_M);
        let [columns, rows] = sides.map(|side| (side / edge) as usize + 1);
        let head = FlatHead { origin: low, edge, columns, rows };
        let mut flat = Self { head, starts: vec![0; columns * rows + 1], at: Vec::new() };
        let cells: Vec<u32> = places.iter().map(|place| (flat.step(0, place[0]) * rows + flat.step(1, place[1])) as u32).collect();
        let order = scatter(&cells, &mut flat.starts);
        flat.at = order.iter().map(|number| places[*number as usize]).map(|[x, y]| [(x - low[0]) as f32, (y - low[1]) as f32]).collect();
        (flat, order)
    }

    /// How many places.
    pub(super) const fn len(&self) -> usize {
        self.at.len()
    }

    /// Bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&self.starts[..]) + size_of_val(&self.at[..])
    }

    /// Which column (axis 0) or row (1) holds a coordinate; the outermost for what lies beyond.
    fn step(&self, axis: usize, metres: f64) -> usize {
        // A negative or missing number becomes 0.
        (((metres - self.head.origin[axis]) / self.head.edge) as usize).min([self.head.columns, self.head.rows][axis].saturating_sub(1))
    }

    /// How much a rounded distance may be wrong, in metres.
    fn slack(&self) -> f32 {
        (self.head.columns.max(self.head.rows) as f64 * self.head.edge * 4.0 * f64::from(f32::EPSILON)) as f32
    }

    /// Stretches of places in the cells that a box (metres) meets.
    pub(super) fn stretches(&self, low: [f64; 2], high: [f64; 2], mut each: impl FnMut(Range<usize>)) {
        let beyond = |axis: usize, count: usize| {
            high[axis] < self.head.origin[axis] || low[axis] > self.head.origin[axis] + count as f64 * self.head.edge
        };
        if self.at.is_empty() || beyond(0, self.head.columns) || beyond(1, self.head.rows) {
            return;
        }
        let (first, last) = (self.step(1, low[1]), self.step(1, high[1]));
        for column in self.step(0, low[0])..=self.step(0, high[0]) {
            let start = column * self.head.rows;
            each(self.starts[start + first] as usize..self.starts[start + last + 1] as usize);
        }
    }

    /// Every place within a radius of a point, in metres, and perhaps a few a hair's breadth beyond.
    pub(super) fn within(&self, [x, y]: [f64; 2], radius: f64, mut each: impl FnMut(usize)) {
        let (px, py) = ((x - self.head.origin[0]) as f32, (y - self.head.origin[1]) as f32);
        let reach = radius as f32 + self.slack();
        self.stretches([x - radius, y - radius], [x + radius, y + radius], |stretch| {
            for (number, [ax, ay]) in stretch.clone().zip(&self.at[stretch]) {
                let (dx, dy) = (ax - px, ay - py);
                if dx * dx + dy * dy <= reach * reach {
                    each(number);
                }
            }
        });
    }

    /// The `k` nearest places that pass, and every other that rounding or `stretch` (a factor of at least 1) puts level with the last
    /// of them; in no order.
    pub(super) fn nearest(&self, [x, y]: [f64; 2], k: usize, stretch: f32, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        if self.at.is_empty() || k == 0 {
            return Vec::new();
        }
        let (px, py) = ((x - self.head.origin[0]) as f32, (y - self.head.origin[1]) as f32);
        let (column, row) = (self.step(0, x) as i64, self.step(1, y) as i64);
        let outside = [x - self.head.origin[0], y - self.head.origin[1]];
        let mut search = Search { k, stretch, slack: self.slack(), best: Vec::with_capacity(k), limit: f32::INFINITY, found: Vec::new() };
        let rings = self.head.columns.max(self.head.rows) as i64;
        for ring in 0..=rings {
            // Nothing in this ring is nearer than its inner edge.
            let inner = (0..2)
                .map(|axis| {
                    let cell = [column, row][axis];
                    let low = (cell - ring + 1) as f64 * self.head.edge;
                    let high = (cell + ring) as f64 * self.head.edge;
                    (outside[axis] - low).min(high - outside[axis])
                })
                .fold(f64::INFINITY, f64::min);
            if ring > 0 && inner > 0.0 && (inner as f32).powi(2) > search.limit {
                break;
            }
            let mut look = |cx: i64, first: i64, last: i64| {
                if cx < 0 || cx >= self.head.columns as i64 || last < 0 || first >= self.head.rows as i64 {
                    return;
                }
                let start = cx as usize * self.head.rows;
                let (first, last) = (first.max(0) as usize, last.min(self.head.rows as i64 - 1) as usize);
                let stretch = self.starts[start + first] as usize..self.starts[start + last + 1] as usize;
                for (number, [ax, ay]) in stretch.clone().zip(&self.at[stretch]) {
                    let (dx, dy) = (ax - px, ay - py);
                    let distance_2 = dx * dx + dy * dy;
                    if distance_2 <= search.limit && keep(number) {
                        search.add(distance_2, number);
                    }
                }
            };
            let (low, high) = (row - ring, row + ring);
            look(column - ring, low, high);
            for cx in column - ring + 1..column + ring {
                look(cx, low, low);
                look(cx, high, high);
            }
            if ring > 0 {
                look(column + ring, low, high);
            }
        }
        let Search { found, limit, .. } = search;
        found.into_iter().filter(|(distance_2, _)| *distance_2 <= limit).map(|(_, number)| number).collect()
    }
}

/// The nearest so far.
struct Search {
    k: usize,
    stretch: f32,
    slack: f32,
    /// Squares of the `k` smallest distances, ascending.
    best: Vec<f32>,
    /// The square of the distance up to which a place may still be among the nearest.
    limit: f32,
    found: Vec<(f32, usize)>,
}

impl Search {
    fn add(&mut self, distance_2: f32, number: usize) {
        self.found.push((distance_2, number));
        let at = self.best.partition_point(|known| *known <= distance_2);
        if at < self.k {
            self.best.truncate(self.k - 1);
            self.best.insert(at, distance_2);
            if self.best.len() == self.k {
                let reach = self.best[self.k - 1].sqrt() * self.stretch + self.slack;
                self.limit = reach * reach;
            }
        }
    }
}

/// Counting sort: positions gathered by bucket. `starts` holds one place more than there are buckets, all zero.
pub(super) fn scatter(buckets: &[u32], starts: &mut [u32]) -> Vec<u32> {
    for bucket in buckets {
        starts[*bucket as usize + 1] += 1;
    }
    for bucket in 1..starts.len() {
        starts[bucket] += starts[bucket - 1];
    }
    let mut next = starts.to_vec();
    let mut gathered = vec![0; buckets.len()];
    for (position, bucket) in buckets.iter().enumerate() {
        let place = &mut next[*bucket as usize];
        gathered[*place as usize] = position as u32;
        *place += 1;
    }
    gathered
}
