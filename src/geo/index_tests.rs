//! Every answer of the index against a scan of all rows, after any order of changes and merges.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::agreement::LinkingRule;
use crate::domain::codes::Bits;
use crate::domain::codes::Feeling;
use crate::geo::filter::{AreaCondition, CellCondition};
use crate::geo::shape::Shape;

const CRS: MetricCrs = MetricCrs::Sweref99Tm;

fn entry(id: u8, lon: f64, lat: f64, category: u8, status: u8) -> Entry {
    let (x, y) = CRS.forward(lon, lat).unwrap_or((f64::NAN, f64::NAN));
    Entry {
        id: Uuid::from_u128(u128::from(id) + 1),
        version: i64::from(id),
        lon,
        lat,
        x,
        y,
        received: i64::from(id) * 1_000,
        happened: i64::from(id) * 1_000 - 3_000,
        reporter: u64::from(id % 5),
        perspectives: u16::from(id),
        year: 2026,
        source: u16::from(id % 3),
        hour: id % 24,
        weekday: id % 7 + 1,
        month: id % 12 + 1,
        time_band: id % 5,
        light: id % 4,
        category: category % 37,
        status: status % 8,
        insecurity: id % 4,
        travel_mode: if id % 6 == 5 { UNKNOWN } else { id % 16 },
    }
}

/// What the log may do to one of 60 reports: put it somewhere (or nowhere yet), or remove it.
#[derive(Clone, Debug)]
enum Step {
    Put(u8, Option<(f64, f64)>, u8, u8),
    Remove(u8),
    Merge,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let place = proptest::option::weighted(0.9, (14.50..14.56_f64, 56.26..56.30_f64));
    let step = prop_oneof![
        8 => (0..60_u8, place, 0..4_u8, 0..8_u8).prop_map(|(id, at, category, status)| Step::Put(id, at, category, status)),
        2 => (0..60_u8).prop_map(Step::Remove),
        1 => Just(Step::Merge),
    ];
    proptest::collection::vec(step, 1..120)
}

/// The index after the steps, a few at a time, and the rows it must know.
fn play(steps: &[Step]) -> (Snapshot, Vec<Entry>) {
    let mut index = Snapshot::build(CRS, 0, Vec::new());
    let mut rows: Vec<Entry> = Vec::new();
    for (at, batch) in steps.chunks(7).enumerate() {
        let mut changes = Vec::new();
        let mut merge = false;
        for step in batch {
            match step {
                Step::Put(id, place, category, status) => {
                    let (lon, lat) = place.unwrap_or((f64::NAN, f64::NAN));
                    let entry = entry(*id, lon, lat, *category, *status);
                    rows.retain(|row| row.id != entry.id);
                    rows.push(entry.clone());
                    changes.push(Change::Put(entry));
                }
                Step::Remove(id) => {
                    let id = Uuid::from_u128(u128::from(*id) + 1);
                    rows.retain(|row| row.id != id);
                    changes.push(Change::Remove(id));
                }
                Step::Merge => merge = true,
            }
        }
        index = index.apply(at as i64 + 1, changes);
        if merge {
            index = index.merged();
        }
    }
    (index, rows)
}

fn ids(rows: impl IntoIterator<Item = Entry>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = rows.into_iter().map(|row| row.id).collect();
    ids.sort_unstable();
    ids
}

fn selected(index: &Snapshot, filter: &Filter) -> Vec<Uuid> {
    let mut found = Vec::new();
    index.select(filter, |entry| found.push(entry.clone()));
    ids(found)
}

fn square(west: f64, south: f64, side: f64) -> Option<Shape> {
    let rect = geo_types::Rect::new((west, south), (west + side, south + side / 2.0));
    Shape::new(&geo_types::MultiPolygon(vec![rect.to_polygon()]))
}

/// Every condition there is, each asked for in some of the questions.
fn filters() -> impl Strategy<Value = Filter> {
    let bits = |most: u32| proptest::option::weighted(0.2, (0..1_u64 << most).prop_map(Bits));
    let moment = || {
        proptest::option::weighted(
            0.2,
            prop_oneof![0..60_000_i64, (0..62_i64).prop_map(|id| id * 1_000), Just(-1), Just(5_000_000_000_000_000)],
        )
    };
    let place = || (14.49..14.56_f64, 56.25..56.30_f64, 0.0005..0.1_f64);
    let codes = (bits(24), bits(8), bits(13), bits(5), bits(4), bits(16), bits(8), bits(10));
    let areas = proptest::option::weighted(0.2, proptest::collection::vec((place(), 0..16_u64, any::<bool>(), any::<bool>()), 0..3));
    let rest = (
        proptest::option::weighted(0.3, (0..64_u64).prop_map(Bits)),
        proptest::option::weighted(0.2, prop_oneof![Just(Feeling::Unsafe), Just(Feeling::Safe)]),
        moment(),
        moment(),
        proptest::option::weighted(0.2, 0..5_u8),
        proptest::option::weighted(0.2, proptest::collection::vec(0..4_u16, 0..3)),
        proptest::option::weighted(0.1, 0..60_i64),
        proptest::option::weighted(0.3, place()),
        proptest::option::weighted(0.3, place()),
        areas,
        proptest::option::weighted(0.3, (0..Grid::ALL.len(), 14.50..14.56_f64, 56.26..56.30_f64)),
    );
    (codes, rest).prop_map(|(codes, rest)| {
        let (hours, weekdays, months, time_bands, light, travel_modes, statuses, perspectives) = codes;
        let (categories, feeling, from, to, insecurity_min, sources, since, bbox, polygon, areas, cell) = rest;
        let area = |((west, south, side), categories, place, drawn)| AreaCondition {
            rule: LinkingRule { categories: Bits(categories), place },
            shape: if drawn { square(west, south, side) } else { None },
        };
        Filter {
            bbox: bbox.map(|(west, south, side)| [west, south, west + side, south + side / 2.0]),
            polygon: polygon.and_then(|(west, south, side)| square(west, south, side)),
            cell: cell.map(|(grid, lon, lat)| {
                let (x, y) = CRS.forward(lon, lat).expect("in Sweden");
                CellCondition::new(Grid::ALL[grid], Grid::ALL[grid].cell(x, y, lon, lat), CRS).expect("in Sweden")
            }),
            areas: areas.map(|areas| areas.into_iter().map(area).collect()),
            categories,
            feeling,
            from,
            to,
            hours,
            weekdays,
            months,
            light,
            time_bands,
            travel_modes,
            perspectives,
            insecurity_min,
            statuses,
            sources,
            since,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_report_is_held_once_as_it_last_was(steps in steps()) {
        let (index, rows) = play(&steps);
        prop_assert_eq!(index.len(), rows.len());
        let sorted = |mut rows: Vec<(Uuid, i64, u8)>| { rows.sort_unstable(); rows };
        let mut all = Vec::new();
        index.for_each(|entry| all.push((entry.id, entry.version, entry.category)));
        prop_assert_eq!(sorted(all), sorted(rows.iter().map(|row| (row.id, row.version, row.category)).collect()));
    }

    #[test]
    fn the_times_are_those_of_live_reports(steps in steps()) {
        let (index, rows) = play(&steps);
        let times = rows.iter().map(|row| row.happened);
        prop_assert_eq!(index.times(), times.clone().min().zip(times.max()));
    }

    #[test]
    fn a_box_a_polygon_and_an_area_select_what_a_scan_selects(steps in steps(), west in 14.49..14.56_f64, south in 56.25..56.30_f64, side in 0.0005..0.05_f64) {
        let (index, rows) = play(&steps);
        let area = AreaCondition { rule: LinkingRule { categories: Bits(0b0110), place: true }, shape: square(west, south, side) };
        let theme = AreaCondition { rule: LinkingRule { categories: Bits(0b1000), place: false }, shape: None };
        for filter in [
            Filter { bbox: Some([west, south, west + side, south + side / 2.0]), ..Filter::default() },
            Filter { polygon: square(west, south, side), categories: Some(Bits(0b0101)), ..Filter::default() },
            Filter { areas: Some(vec![area.clone()]), ..Filter::default() },
            Filter { areas: Some(vec![area, theme]), statuses: Some(Bits(0b1111)), ..Filter::default() },
            Filter { hours: Some(Bits(0xff)), insecurity_min: Some(2), perspectives: Some(Bits(3)), sources: Some(vec![1, 2]), ..Filter::default() },
        ] {
            let scan = rows.iter().filter(|row| row.is_placed() && filter.matches(row)).cloned();
            prop_assert_eq!(selected(&index, &filter), ids(scan));
        }
    }

    #[test]
    fn pages_hold_what_a_scan_selects_in_order(steps in steps(), filter in filters(), most in 1..20_usize) {
        let (index, rows) = play(&steps);
        let answers = |row: &&Entry| if row.is_placed() { filter.matches(row) } else { filter.matches_unplaced(row) };
        let mut keys: Vec<PageKey> = rows.iter().filter(answers).map(PageKey::of).collect();
        keys.sort_unstable();
        prop_assert_eq!(index.matched(&filter), keys.len() as u64);
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let page: Vec<PageKey> = index.page(&filter, after, most).into_iter().map(PageKey::of).collect();
            prop_assert!(page.len() <= most);
            after = page.last().copied();
            read.extend(page);
            if after.is_none() || read.len() > keys.len() { break }
        }
        prop_assert_eq!(read, keys);
        for row in &rows {
            prop_assert_eq!(index.get(row.id).map(|found| (found.version, found.category)), Some((row.version, row.category)));
        }
    }

    /// Whatever is written and merged between two pages: a report that is there all the time, where it was, is read once.
    #[test]
    fn writing_between_pages_hides_and_repeats_nothing(steps in steps(), most in 1..12_usize) {
        let mut index = play(&steps[..steps.len() / 2]).0;
        let mut known: Vec<PageKey> = Vec::new();
        index.for_each(|row| known.push(PageKey::of(row)));
        let (mut read, mut after): (Vec<PageKey>, _) = (Vec::new(), None);
        // A step between two pages; what it touches may come or not.
        let mut later = steps[steps.len() / 2..].iter();
        loop {
            let page: Vec<PageKey> = index.page(&Filter::default(), after, most).into_iter().map(PageKey::of).collect();
            prop_assert!(page.is_sorted() && page.first().is_none_or(|first| Some(*first) > after));
            let Some(last) = page.last() else { break };
            after = Some(*last);
            read.extend(page);
            match later.next() {
                Some(Step::Put(id, place, category, status)) => {
                    let (lon, lat) = place.unwrap_or((f64::NAN, f64::NAN));
                    let entry = entry(*id, lon, lat, *category, *status);
                    known.retain(|key| key.id != entry.id || *key == PageKey::of(&entry));
                    index = index.apply(0, vec![Change::Put(entry)]);
                }
                Some(Step::Remove(id)) => {
                    let id = Uuid::from_u128(u128::from(*id) + 1);
                    known.retain(|key| key.id != id);
                    index = index.apply(0, vec![Change::Remove(id)]);
                }
                Some(Step::Merge) => index = index.merged(),
                None => {}
            }
        }
        for key in &known {
            prop_assert_eq!(read.iter().filter(|other| *other == key).count(), 1, "{:?}", key);
        }
    }

    #[test]
    fn each_cell_of_each_grid_has_what_a_scan_counts(
        steps in steps(), filter in filters(), view in proptest::option::of((14.49..14.56_f64, 56.25..56.30_f64, 0.0005..0.1_f64)),
    ) {
        let (index, rows) = play(&steps);
        let answers: Vec<&Entry> = rows.iter().filter(|row| row.is_placed() && filter.matches(row)).collect();
        prop_assert_eq!(selected(&index, &filter), ids(answers.iter().copied().cloned()));
        for grid in Grid::ALL {
            let window = view.map(|(west, south, side)| Window::new(grid, CRS, [west, south, west + side, south + side / 2.0]));
            let cell = |row: &Entry| grid.cell(row.x, row.y, row.lon, row.lat);
            let mut scanned = std::collections::BTreeMap::new();
            for row in &answers {
                if window.as_ref().is_none_or(|window| window.holds(cell(row))) {
                    *scanned.entry(cell(row)).or_insert(0_u32) += 1;
                }
            }
            prop_assert_eq!(index.count(grid, &filter, window.as_ref()), scanned.into_iter().collect::<Vec<_>>(), "{:?}", grid);
            let mut of_cells = Vec::new();
            index.select_cells(grid, &filter, window.as_ref(), |key, row| of_cells.push((key, row.id)));
            let mut in_cells: Vec<_> = answers.iter().filter(|row| window.as_ref().is_none_or(|window| window.holds(cell(row)))).map(|row| (cell(row), row.id)).collect();
            of_cells.sort_unstable();
            in_cells.sort_unstable();
            prop_assert_eq!(of_cells, in_cells);
        }
    }

    /// Asked for by itself, a cell has what the heatmap counts in it, whichever grid answers; all cells together have everything.
    #[test]
    fn a_cell_asked_for_has_what_is_counted_in_it(steps in steps(), filter in filters(), number in 0..Grid::ALL.len()) {
        let (index, _) = play(&steps);
        let (grid, filter) = (Grid::ALL[number], Filter { cell: None, ..filter });
        let (mut all, mut of_cells) = (selected(&index, &filter), Vec::new());
        for (key, count) in index.count(grid, &filter, None) {
            let asked = Filter { cell: CellCondition::new(grid, key, CRS), ..filter.clone() };
            prop_assert_eq!(index.count(grid, &asked, None), [(key, count)]);
            prop_assert_eq!(index.matched(&asked), u64::from(count));
            prop_assert_eq!(index.page(&asked, None, 100).len(), count as usize);
            of_cells.extend(selected(&index, &asked));
        }
        of_cells.sort_unstable();
        all.sort_unstable();
        prop_assert_eq!(of_cells, all);
    }

    #[test]
    fn a_window_holds_every_cell_that_its_box_meets(lon in 13.0..18.0_f64, lat in 55.5..68.0_f64, side in 0.0001..0.2_f64, inside in (0.0..1.0_f64, 0.0..1.0_f64)) {
        let bbox = [lon, lat, lon + side, lat + side];
        let (at_lon, at_lat) = (lon + inside.0 * side, lat + inside.1 * side);
        let (x, y) = CRS.forward(at_lon, at_lat).expect("in Sweden");
        for grid in Grid::ALL {
            let window = Window::new(grid, CRS, bbox);
            prop_assert!(window.holds(grid.cell(x, y, at_lon, at_lat)), "{grid:?}");
            // Not the whole country: two widths beside it nothing is held.
            let far = lon - 0.3 * side - 12.0 * grid.size_m() / 50_000.0;
            let (x, y) = CRS.forward(far, lat).expect("beside");
            prop_assert!(!window.holds(grid.cell(x, y, far, lat)), "{grid:?}");
        }
    }

    #[test]
    fn nearest_within_and_similar_are_what_a_scan_says(steps in steps(), lon in 14.49..14.57_f64, lat in 56.25..56.31_f64, radius in 1.0..3_000.0_f64, k in 0..12_usize) {
        let (index, rows) = play(&steps);
        let mut scan: Vec<(f64, Uuid)> = rows.iter().filter(|row| row.is_placed()).map(|row| (distance_m(lon, lat, row.lon, row.lat), row.id)).collect();
        scan.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let near = |found: Vec<Near>| found.into_iter().map(|near| (near.distance_m, near.entry.id)).collect::<Vec<_>>();
        prop_assert_eq!(near(index.nearest(lon, lat, k, |_| true)), scan.iter().take(k).copied().collect::<Vec<_>>());
        prop_assert_eq!(near(index.within(lon, lat, radius, |_| true)), scan.iter().take_while(|(metres, _)| *metres <= radius).copied().collect::<Vec<_>>());
        let category = Category::ALL[1];
        let of = |id: Uuid| rows.iter().find(|row| row.id == id);
        let similar: Vec<(f64, Uuid)> = scan
            .iter()
            .filter(|(metres, id)| *metres <= 250.0 && of(*id).is_some_and(|row| row.category == 1 && row.status < 4))
            .take(5)
            .copied()
            .collect();
        prop_assert_eq!(near(index.similar(lon, lat, category, None, None)), similar);
    }

    #[test]
    fn an_old_snapshot_stays_as_it_was(steps in steps(), more in steps()) {
        let (index, rows) = play(&steps);
        let mut changes = Vec::new();
        for step in &more {
            if let Step::Put(id, Some((lon, lat)), category, status) = step {
                changes.push(Change::Put(entry(*id, *lon, *lat, *category, *status)));
            }
        }
        let _ = index.apply(1_000, changes).merged();
        prop_assert_eq!(index.len(), rows.len());
        prop_assert_eq!(selected(&index, &Filter::default()), ids(rows.into_iter().filter(Entry::is_placed)));
    }
}

fn origin(version: i64) -> Origin {
    Origin {
        program: "test".to_owned(),
        municipality: "1060".to_owned(),
        version,
        head: vec![7; 32],
        epsg: CRS.epsg(),
        sources: vec!["app".to_owned()],
    }
}

fn written(index: &Snapshot) -> Vec<u8> {
    let mut bytes = Vec::new();
    index.write(origin(index.version()), &mut bytes).expect("settled");
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn a_file_gives_back_what_was_written(steps in steps(), filter in filters()) {
        let (index, rows) = play(&steps);
        index.count(Grid::ALL[6], &filter, None);
        let settled = index.settled();
        prop_assert_eq!(index.write(origin(1), Vec::new()).is_ok(), index.is_settled());
        let bytes = written(&settled);
        let (read, from) = Snapshot::read(&bytes[..], bytes.len() as u64).expect("whole");
        prop_assert_eq!(from, origin(index.version()));
        prop_assert_eq!(read.version(), index.version());
        let all = |index: &Snapshot| {
            let mut all = Vec::new();
            index.for_each(|entry| all.push((entry.id, format!("{entry:?}"))));
            all.sort_unstable();
            all
        };
        prop_assert_eq!(all(&read), all(&index));
        prop_assert_eq!(read.len(), rows.len());
        for grid in Grid::ALL {
            prop_assert_eq!(read.count(grid, &filter, None), index.count(grid, &filter, None));
        }
        for row in &rows {
            prop_assert!(read.apply(99, vec![Change::Remove(row.id)]).len() + 1 == rows.len());
        }
    }
}

#[test]
fn a_torn_or_changed_file_is_refused_wherever_it_is_torn() {
    let rows = (0..40).map(|id| entry(id, 14.5 + f64::from(id) * 0.001, 56.27, id % 4, 0)).collect();
    let bytes = written(&Snapshot::build(CRS, 5, rows));
    let read = |bytes: &[u8]| Snapshot::read(bytes, bytes.len() as u64).map(|(index, _)| index.len());
    assert_eq!(read(&bytes).expect("whole"), 40);
    assert!((0..bytes.len()).all(|end| read(&bytes[..end]).is_err()));
    assert!(read(&[&bytes[..], &[0]].concat()).is_err());
    let mut changed = bytes.clone();
    for at in 0..bytes.len() {
        changed[at] ^= 0x10;
        assert!(read(&changed).is_err(), "byte {at}");
        changed[at] = bytes[at];
    }
}

/// A row of a crowded spot: few cells, few kinds, moments over days, every third off the whole second.
fn crowded(id: u32, seed: u64) -> Entry {
    let mixed = (u64::from(id) ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let part = |shift: u32, n: u64| (mixed >> shift) % n;
    let (lon, lat) = (14.53 + part(3, 40) as f64 * 2e-4, 56.27 + part(11, 40) as f64 * 1e-4);
    let happened = part(17, 200_000) as i64 * 1_000_000 + if id.is_multiple_of(3) { part(5, 999_999) as i64 } else { 0 };
    Entry {
        id: Uuid::from_u128(u128::from(id) + 1),
        happened,
        ..entry((mixed % 251) as u8, lon, lat, part(29, 3) as u8, part(41, 8) as u8)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Runs that are searched rather than counted, answers of many batches, and parts that are worn.
    #[test]
    fn a_crowd_is_counted_as_a_scan_counts_it(
        n in 2_500..4_000_u32, changed in 0..3_500_u32, seed in any::<u64>(), merge in any::<bool>(),
        moments in proptest::collection::vec((0..4_000_u32, -2..3_i64, any::<bool>()), 2), categories in 1..8_u64, hours in proptest::option::of(1..0x00ff_ffff_u64),
    ) {
        let mut index = Snapshot::build(CRS, 1, (0..n).map(|id| crowded(id, seed)).collect());
        let moved: Vec<Entry> = (0..changed.min(n)).map(|id| crowded(id, !seed)).collect();
        index = index.apply(2, moved.iter().cloned().map(Change::Put).collect());
        prop_assert!(changed <= 2_100 || index.wants_merge(), "a part is worn, or the delta is full");
        if merge {
            index = index.merged();
        }
        let rows: Vec<Entry> = moved.into_iter().chain((changed.min(n)..n).map(|id| crowded(id, seed))).collect();
        // At, just before and just after a moment when something happened, or anywhere on the second.
        let moment = |(id, beside, whole): (u32, i64, bool)| {
            let at = rows[id as usize % rows.len()].happened;
            if whole { at.div_euclid(1_000_000) * 1_000_000 + beside * 1_000_000 } else { at + beside }
        };
        let (a, b) = (moment(moments[0]), moment(moments[1]));
        for (from, to) in [(Some(a.min(b)), Some(a.max(b))), (Some(a), None), (None, Some(b)), (Some(a.max(b)), Some(a.min(b)))] {
            let filter = Filter { categories: Some(Bits(categories)), from, to, hours: hours.map(Bits), ..Filter::default() };
            for grid in Grid::ALL {
                let mut scanned = std::collections::BTreeMap::new();
                for row in rows.iter().filter(|row| filter.matches(row)) {
                    *scanned.entry(grid.cell(row.x, row.y, row.lon, row.lat)).or_insert(0_u32) += 1;
                }
                prop_assert_eq!(index.count(grid, &filter, None), scanned.into_iter().collect::<Vec<_>>(), "{:?} {:?}", grid, (from, to));
            }
        }
    }
}
