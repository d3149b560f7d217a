//! Places as they lie in a town: most around a few hundred spots of very different weight, some anywhere.

use lykta::domain::codes::{Category, Group};
use lykta::geo::index::Entry;
use lykta::geo::sweref::MetricCrs;

/// Where the bench takes place: SWEREF 99 TM, 30 × 30 km.
pub(crate) const CRS: MetricCrs = MetricCrs::Sweref99Tm;
/// Its lower left corner, metres.
pub(crate) const CORNER: [f64; 2] = [304_000.0, 6_384_000.0];
/// Its side, metres.
pub(crate) const SIDE: f64 = 30_000.0;
/// 2021-01-01 UTC, and how long the reports go on, in seconds.
pub(crate) const BEGIN: i64 = 1_609_459_200;
pub(crate) const SPAN: i64 = 5 * 365 * 86_400 + 86_400;

/// Metres: keeps every place off the edges of cells. `ST_Intersects` gives such a place to both cells, ours to one.
const OFF_EDGE: f64 = 0.000_3;

/// A small generator with a known sequence (SplitMix64, Steele et al. 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Anywhere in the middle half of the data, metres.
    pub(crate) fn place(&mut self) -> [f64; 2] {
        [0, 1].map(|axis| CORNER[axis] + SIDE * (0.25 + 0.5 * self.unit()))
    }

    /// Less than `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.bits() % n
    }

    /// Standard normal, two at a time (Box and Muller 1958).
    fn normals(&mut self) -> (f64, f64) {
        let (radius, turn) = ((-2.0 * (1.0 - self.unit()).ln()).sqrt(), std::f64::consts::TAU * self.unit());
        (radius * turn.cos(), radius * turn.sin())
    }
}

/// One category of each of the twelve groups, so that a group of the study is a category here.
pub(crate) fn categories() -> Vec<Category> {
    Group::ALL.iter().filter_map(|group| group.categories().next()).collect()
}

/// `n` rows: 85 % around 600 spots (30 to 600 m wide, weights after Pareto), the rest even; twelve kinds after Zipf; five years.
/// Coordinates are centimetres and [`OFF_EDGE`]; `all` spreads each group over all its categories.
pub(crate) fn rows(n: usize, all: bool) -> Vec<Entry> {
    let mut random = Random(20_261_123);
    let mut sum = 0.0;
    let spots: Vec<(f64, f64, f64, f64)> = (0..600)
        .map(|_| {
            sum += (1.0 - random.unit()).powf(-1.0 / 1.2);
            let (sigma, (east, north)) = (30.0 * 20.0_f64.powf(random.unit()), random.normals());
            (sum, CORNER[0] + SIDE / 2.0 + 5_300.0 * east, CORNER[1] + SIDE / 2.0 + 5_300.0 * north, sigma)
        })
        .collect();
    let zipf: Vec<f64> = (1..=12)
        .scan(0.0, |sum, rank| {
            *sum += 1.0 / f64::from(rank);
            Some(*sum)
        })
        .collect();
    let groups: Vec<Vec<Category>> = Group::ALL.iter().map(|group| group.categories().collect()).collect();
    let mut rows = Vec::with_capacity(n);
    while rows.len() < n {
        let (mut x, mut y) = (CORNER[0] + SIDE * random.unit(), CORNER[1] + SIDE * random.unit());
        if random.unit() < 0.85 {
            let at = random.unit() * sum;
            let (_, east, north, sigma) = spots[spots.partition_point(|spot| spot.0 < at).min(599)];
            let (a, b) = random.normals();
            (x, y) = (east + sigma * a, north + sigma * b);
        }
        let inside = |at: f64, axis: usize| at >= CORNER[axis] && at < CORNER[axis] + SIDE;
        if !inside(x, 0) || !inside(y, 1) {
            continue;
        }
        (x, y) = ((x * 100.0).round() / 100.0 + OFF_EDGE, (y * 100.0).round() / 100.0 + OFF_EDGE);
        let (lon, lat) = CRS.inverse(x, y).expect("in Sweden");
        let rank = random.unit() * zipf[11];
        let group = &groups[zipf.partition_point(|upto| *upto < rank).min(11)];
        let category = if all { group[random.below(group.len() as u64) as usize] } else { group[0] };
        let happened = BEGIN + random.below(SPAN as u64) as i64;
        let hour = (happened / 3_600 % 24) as u8;
        rows.push(Entry {
            id: uuid::Uuid::from_u64_pair(random.bits(), random.bits()),
            version: rows.len() as i64 + 1,
            lon,
            lat,
            x,
            y,
            received: happened * 1_000_000,
            happened: happened * 1_000_000,
            reporter: random.below(n as u64 / 3 + 1) + 1,
            perspectives: random.below(8) as u16,
            year: 2021,
            source: random.below(3) as u16,
            hour,
            weekday: (happened / 86_400 % 7) as u8 + 1,
            month: (happened / 86_400 / 31 % 12) as u8 + 1,
            time_band: hour / 5,
            light: if (7..17).contains(&hour) {
                0
            } else if (6..19).contains(&hour) {
                1
            } else {
                2
            },
            category: category.index() as u8,
            status: random.below(4) as u8,
            insecurity: random.below(4) as u8,
            travel_mode: random.below(5) as u8,
        });
    }
    rows
}

/// Numbers of the rows in the order of a Hilbert curve over the data, so that what lies near lies near in a rival's file too.
pub(crate) fn hilbert_order(rows: &[Entry]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_cached_key(|number| {
        let row = &rows[*number as usize];
        hilbert([(row.x, 0), (row.y, 1)].map(|(at, axis)| ((at - CORNER[axis]) / SIDE * 65_536.0) as u32))
    });
    order
}

/// How far along the curve of 65,536 × 65,536 steps a place lies (after Warren, Hacker's Delight).
fn hilbert([mut x, mut y]: [u32; 2]) -> u32 {
    let mut along = 0;
    for bit in (0..16).rev() {
        let (east, north) = (x >> bit & 1, y >> bit & 1);
        along = along << 2 | (3 * east) ^ north;
        if north == 0 {
            if east == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    along
}
