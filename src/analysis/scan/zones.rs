//! All circles, made once, and the greatest ratio among them for any counts.

use super::{MAX_WORK, Parameters};

/// A circle: the first so many cells in order of distance from a centre.
struct Zone {
    /// Where its cells end in the list of all centres' cells.
    end: u32,
    /// The least number of cases that is more than expected.
    least: u32,
    /// ln E
    ln_inside: f64,
    /// ln(C − E)
    ln_outside: f64,
}

/// Where the zones and cells of a centre begin.
#[derive(Clone, Copy)]
struct Start {
    zone: u32,
    cell: u32,
}

/// All circles of a map.
pub(super) struct Zones {
    starts: Vec<Start>,
    list: Vec<Zone>,
    cells: Vec<u32>,
    total: u32,
    /// `k ln k` for k from 0 to all cases: no logarithm is taken while scanning.
    k_ln_k: Vec<f64>,
}

/// The circle with the greatest ratio.
pub(super) struct Best {
    pub(super) centre: usize,
    pub(super) llr: f64,
    end: u32,
}

/// Entries of the list of cells at most, to bound memory.
const MAX_ENTRIES: u64 = 10_000_000;
/// Pairs of cells looked at to find who is near whom, at most: some seconds of sorting.
const MAX_PAIRS: usize = 300_000_000;

impl Zones {
    /// The circles around each centroid, up to the radius and share allowed. Cells at the same distance enter together.
    /// `None` if they have more than `most` cells, counted with repetition, or there is too much to sort.
    pub(super) fn new(centroids: &[[f64; 2]], expected: &[f64], total: u32, parameters: &Parameters, most: u64) -> Option<Self> {
        let mut by_x: Vec<u32> = (0..centroids.len() as u32).collect();
        let x = |cell: u32| centroids[cell as usize][0];
        by_x.sort_unstable_by(|a, b| x(*a).total_cmp(&x(*b)));
        // The cells near enough in x, and a metre more: what is exactly at the radius must not be lost by rounding.
        let strip = |centre_x: f64| {
            let reach = parameters.max_radius_m + 1.0;
            let first = by_x.partition_point(|&cell| x(cell) < centre_x - reach);
            let end = by_x.partition_point(|&cell| x(cell) <= centre_x + reach);
            &by_x[first..end.max(first)]
        };
        if centroids.iter().map(|centroid| strip(centroid[0]).len()).sum::<usize>() > MAX_PAIRS {
            return None;
        }
        let radius2 = parameters.max_radius_m * parameters.max_radius_m;
        // A share of exactly so many equal cells must not fail by rounding.
        let most_expected = parameters.max_share * f64::from(total) * (1.0 + 1.0e-9);

        // Of all work, a quarter at most goes to putting cells in order of distance, which a small share may throw away again.
        let mut comparisons = parameters.max_work.min(MAX_WORK) / 4;
        let (mut starts, mut zones, mut cells) = (Vec::new(), Vec::new(), Vec::new());
        let mut near: Vec<(f64, u32)> = Vec::new();
        for &[centre_x, centre_y] in centroids {
            starts.push(Start { zone: zones.len() as u32, cell: cells.len() as u32 });
            near.clear();
            near.extend(strip(centre_x).iter().filter_map(|&cell| {
                let (dx, dy) = (x(cell) - centre_x, centroids[cell as usize][1] - centre_y);
                let distance2 = dx * dx + dy * dy;
                (distance2 <= radius2).then_some((distance2, cell))
            }));
            let due = near.len() as u64 * u64::from(usize::BITS - near.len().leading_zeros());
            comparisons = comparisons.checked_sub(due)?;
            near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut inside = 0.0;
            for ring in near.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
                inside += ring.iter().map(|(_, cell)| expected[*cell as usize]).sum::<f64>();
                if inside > most_expected {
                    break;
                }
                if (cells.len() + ring.len()) as u64 > most.min(MAX_ENTRIES) {
                    return None;
                }
                cells.extend(ring.iter().map(|(_, cell)| *cell));
                if inside > 0.0 {
                    let ln_outside = (f64::from(total) - inside).ln();
                    zones.push(Zone { end: cells.len() as u32, least: inside as u32 + 1, ln_inside: inside.ln(), ln_outside });
                }
            }
        }
        starts.push(Start { zone: zones.len() as u32, cell: cells.len() as u32 });
        let k_ln_k = (0..=total).map(|k| f64::from(k) * f64::from(k.max(1)).ln()).collect();
        Some(Self { starts, list: zones, cells, total, k_ln_k })
    }

    /// How many circles there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// The cells of a circle.
    pub(super) fn cells(&self, best: &Best) -> &[u32] {
        &self.cells[self.starts[best.centre].cell as usize..best.end as usize]
    }

    /// The greatest ratio for these counts, if any is above 0, of the circles that hold no cell at which to `stop`.
    pub(super) fn best(&self, counts: &[u32], stop: impl Fn(u32) -> bool) -> Option<Best> {
        let mut best = Best { centre: 0, llr: 0.0, end: 0 };
        'centres: for (centre, bounds) in self.starts.windows(2).enumerate() {
            let mut at = bounds[0].cell as usize;
            let mut count = 0;
            for zone in &self.list[bounds[0].zone as usize..bounds[1].zone as usize] {
                let before = count;
                for &cell in &self.cells[at..zone.end as usize] {
                    if stop(cell) {
                        continue 'centres;
                    }
                    count += counts[cell as usize];
                }
                at = zone.end as usize;
                // A circle with no more cases than a smaller one has no greater ratio.
                if count == before || count < zone.least {
                    continue;
                }
                // The part outside is never above 0.
                let inside = self.k_ln_k[count as usize] - f64::from(count) * zone.ln_inside;
                if inside <= best.llr {
                    continue;
                }
                let outside = self.total - count;
                let llr = inside + self.k_ln_k[outside as usize] - f64::from(outside) * zone.ln_outside;
                if llr > best.llr {
                    best = Best { centre, llr, end: zone.end };
                }
            }
        }
        (best.end > 0).then_some(best)
    }
}
