//! The index against a model, while readers, a writer and merges meet in every order that chance finds.
//!
//! `LYKTA_STRESS_SECONDS` makes it longer.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use lykta::domain::codes::Bits;
use lykta::geo::filter::Filter;
use lykta::geo::grid::{CellKey, Grid};
use lykta::geo::index::{Change, Entry, Snapshot, SpatialIndex};
use lykta::geo::sweref::MetricCrs;
use uuid::Uuid;

use crate::{alone, setting};

const CRS: MetricCrs = MetricCrs::Sweref99Tm;
/// Versions that readers may still be looking at.
const REMEMBERED: usize = 4_096;

/// A known sequence (SplitMix64, Steele et al. 2014), so that a failure comes again.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

fn entry(random: &mut Random, id: u64, version: i64) -> Entry {
    let placed = random.below(50) > 0;
    let (lon, lat) = (14.5 + random.below(2_000) as f64 * 1e-4, 56.2 + random.below(1_000) as f64 * 1e-4);
    let (lon, lat) = if placed { (lon, lat) } else { (f64::NAN, f64::NAN) };
    let (x, y) = CRS.forward(lon, lat).unwrap_or((f64::NAN, f64::NAN));
    Entry {
        id: Uuid::from_u64_pair(id.wrapping_mul(0x9e37_79b9_7f4a_7c15), id),
        version,
        lon,
        lat,
        x,
        y,
        received: version,
        happened: random.below(100_000_000_000_000) as i64,
        reporter: random.below(500),
        perspectives: random.below(8) as u16,
        year: 2026,
        source: random.below(3) as u16,
        hour: random.below(24) as u8,
        weekday: random.below(7) as u8 + 1,
        month: random.below(12) as u8 + 1,
        time_band: random.below(5) as u8,
        light: random.below(4) as u8,
        category: random.below(37) as u8,
        status: random.below(8) as u8,
        insecurity: random.below(4) as u8,
        travel_mode: random.below(16) as u8,
    }
}

/// What a reader must find at a version.
#[derive(Debug, PartialEq)]
struct Truth {
    rows: usize,
    /// Counts of the squares under each filter.
    counted: Vec<Vec<(CellKey, u32)>>,
    /// The largest version of a row, and the sum of all.
    versions: (i64, i64),
}

fn filters() -> [Filter; 3] {
    let evenings = Some((18..24).collect::<Bits>());
    [
        Filter::default(),
        Filter { categories: Some(Bits(0b1011_0110)), from: Some(20_000_000_000_001), to: Some(70_000_000_000_000), ..Filter::default() },
        Filter { bbox: Some([14.55, 56.22, 14.62, 56.26]), hours: evenings, statuses: Some(Bits(0b1111)), ..Filter::default() },
    ]
}

const GRIDS: [usize; 3] = [1, 2, 7];

fn truth_of_model(model: &HashMap<Uuid, Entry>) -> Truth {
    let mut counted = Vec::new();
    for (filter, grid) in filters().iter().zip(GRIDS.map(|number| Grid::ALL[number])) {
        let mut cells: BTreeMap<CellKey, u32> = BTreeMap::new();
        for row in model.values().filter(|row| row.is_placed() && filter.matches(row)) {
            *cells.entry(grid.cell(row.x, row.y, row.lon, row.lat)).or_default() += 1;
        }
        counted.push(cells.into_iter().collect());
    }
    let versions = model.values().map(|row| row.version);
    Truth { rows: model.len(), counted, versions: (versions.clone().max().unwrap_or_default(), versions.sum()) }
}

fn truth_of_index(index: &Snapshot) -> Truth {
    let counted = filters().iter().zip(GRIDS).map(|(filter, grid)| index.count(Grid::ALL[grid], filter, None)).collect();
    let (mut most, mut sum) = (0, 0);
    index.for_each(|row| {
        most = most.max(row.version);
        sum += row.version;
    });
    Truth { rows: index.len(), counted, versions: (most, sum) }
}

/// One writer with inserts, changes and removals in batches; merges beside it; readers that hold every snapshot against the model as it
/// was at that version.
#[test]
fn the_index_is_the_model_at_every_version_while_merges_run() {
    let _alone = alone();
    let time = Duration::from_secs(setting("LYKTA_STRESS_SECONDS", 20) as u64);
    let index = Arc::new(SpatialIndex::new(CRS));
    let truths: Mutex<BTreeMap<i64, Truth>> = Mutex::new(BTreeMap::from([(0, truth_of_model(&HashMap::new()))]));
    let (done, checked, merged) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let (began, mut version) = (Instant::now(), 0);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let snapshot = index.snapshot();
                    let found = truth_of_index(&snapshot);
                    let truths = truths.lock().expect("not poisoned");
                    if let Some(truth) = truths.get(&snapshot.version()) {
                        assert!(*truth == found, "version {}: the model and the index differ", snapshot.version());
                        checked.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                match index.merge() {
                    Some(merge) => {
                        merge.run();
                        merged.fetch_add(1, Ordering::Relaxed);
                    }
                    None => std::thread::yield_now(),
                }
            }
        });
        let (mut random, mut model): (Random, HashMap<Uuid, Entry>) = (Random(7), HashMap::new());
        while began.elapsed() < time {
            version += 1;
            let mut changes = Vec::new();
            for _ in 0..=random.below(if version % 50 == 0 { 6_000 } else { 200 }) {
                let row = entry(&mut random, 0, version);
                let id = random.below(20_000);
                let row = Entry { id: Uuid::from_u64_pair(id.wrapping_mul(0x9e37_79b9_7f4a_7c15), id), ..row };
                if random.below(4) == 0 {
                    model.remove(&row.id);
                    changes.push(Change::Remove(row.id));
                } else {
                    model.insert(row.id, row.clone());
                    changes.push(Change::Put(row));
                }
            }
            {
                // The truth first: a reader may be faster than the writer.
                let mut truths = truths.lock().expect("not poisoned");
                truths.insert(version, truth_of_model(&model));
                while truths.len() > REMEMBERED {
                    truths.pop_first();
                }
            }
            if version % 997 == 0 {
                // As after a change of everything: a merge that is under way must not bring the old back.
                index.replace(Snapshot::build(CRS, version, model.values().cloned().collect()));
            } else {
                index.apply(version, changes);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    let (checked, merged) = (checked.into_inner(), merged.into_inner());
    println!("{version} versions in {:.0} s, {merged} merges, {checked} snapshots held against the model", began.elapsed().as_secs_f64());
    assert!(checked > 100 && merged > 3, "too little happened to show anything");
}
