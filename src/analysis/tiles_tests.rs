//! Every report on one tile of each zoom, held against a count of all rows.

#![expect(clippy::panic, reason = "a test that cannot go on should stop")]

use proptest::prelude::*;

use super::*;
use crate::domain::codes::Status;
use crate::geo::sweref::MetricCrs;

/// A row at a place, made of its number.
fn entry(number: usize, lon: f64, lat: f64) -> Entry {
    let (x, y) = MetricCrs::Sweref99Tm.forward(lon, lat).expect("in Sweden");
    Entry {
        id: Uuid::from_u128(number as u128 + 1),
        version: 1,
        lon,
        lat,
        x,
        y,
        received: 0,
        happened: number as i64 * 1_000_000,
        reporter: 0,
        perspectives: 0,
        year: 2026,
        source: 0,
        hour: 0,
        weekday: 1,
        month: 1,
        time_band: 0,
        light: 0,
        category: (number % Category::ALL.len()) as u8,
        status: (number % Status::ALL.len()) as u8,
        insecurity: 0,
        travel_mode: 0,
    }
}

fn index(rows: &[(f64, f64)]) -> Snapshot {
    Snapshot::build(MetricCrs::Sweref99Tm, 1, rows.iter().enumerate().map(|(number, (lon, lat))| entry(number, *lon, *lat)).collect())
}

/// Every tile of a zoom that reaches into a box.
fn tiles(z: u8, [west, south, east, north]: [f64; 4]) -> Vec<Tile> {
    let n = f64::from(1_u32 << z);
    let ([left, top], [right, bottom]) = (world(west, north), world(east, south));
    let span = |low: f64, high: f64| (low * n).floor() as u32..=((high * n).floor() as u32).min((1 << z) - 1);
    span(left, right).flat_map(|x| span(top, bottom).filter_map(move |y| Tile::new(z, x, y))).collect()
}

/// Reports in the tiles, unsafe and safe.
fn sums(content: &Content) -> (u64, u64) {
    match content {
        Content::Clusters(clusters) => {
            clusters.iter().fold((0, 0), |sum, cluster| (sum.0 + cluster.unsafe_count, sum.1 + cluster.safe_count))
        }
        Content::Spots(spots) => {
            let safe = spots.iter().filter(|spot| spot.category.feeling() == Feeling::Safe).count() as u64;
            (spots.len() as u64 - safe, safe)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_tiles_of_a_zoom_hold_every_report_once(
        rows in proptest::collection::vec((14.50..14.62_f64, 56.24..56.30_f64), 1..300), z in 0..=16_u8, other in 60.0..61.0_f64, asked in any::<Option<bool>>(),
    ) {
        let (here, there) = (index(&rows), index(&[(15.0, other), (15.0, other)]));
        let feeling = asked.map(|safe| if safe { Feeling::Safe } else { Feeling::Unsafe });
        let filter = Filter { feeling, ..Filter::default() };
        let mut found = (0, 0);
        // A square's centre lies up to 64 km from its reports.
        let aside = if z < 10 { 2.5 } else { 0.02 };
        for tile in tiles(z, [14.5 - aside, 56.24 - aside, 14.62 + aside, 56.3 + aside]) {
            let content = reports([(&here, &filter), (&there, &Filter { categories: Some(crate::domain::codes::Bits(0)), ..Filter::default() })].into_iter(), tile);
            prop_assert_eq!(matches!(content, Content::Spots(_)), z >= POINTS_FROM);
            if let Content::Clusters(clusters) = &content {
                prop_assert!(clusters.iter().all(|sum| sum.unsafe_count + sum.safe_count > 0 && sum.at.iter().all(|units| (0..EXTENT).contains(units))));
            }
            let (bad, good) = sums(&content);
            found = (found.0 + bad, found.1 + good);
        }
        let (mut bad, mut good) = (0, 0);
        here.for_each(|entry| *(if entry.feeling() == Feeling::Safe { &mut good } else { &mut bad }) += 1);
        let expected = (if feeling == Some(Feeling::Safe) { 0 } else { bad }, if feeling == Some(Feeling::Unsafe) { 0 } else { good });
        prop_assert_eq!(found, expected);
    }
}

/// Two kommuner meet in a square: it is one sum.
#[test]
fn a_square_on_a_border_is_one_sum() {
    let (a, b) = (index(&[(14.53, 56.27)]), index(&[(14.53, 56.27), (14.53, 56.27)]));
    let filter = Filter::default();
    let found: Vec<_> = tiles(10, [14.4, 56.2, 14.6, 56.4])
        .into_iter()
        .map(|tile| reports([(&a, &filter), (&b, &filter)].into_iter(), tile))
        .filter(|content| sums(content) != (0, 0))
        .collect();
    let [Content::Clusters(clusters)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((clusters.len(), clusters[0].unsafe_count), (1, 3));
}

/// What is too much for points is summed, not cut off; and where it stands does not depend on the order of the index.
#[test]
fn more_than_fit_are_summed() {
    let place = |number: usize| (14.5300 + (number % 97) as f64 * 1e-5, 56.2700 + (number % 89) as f64 * 1e-5);
    let rows: Vec<_> = (0..=POINTS_MAX).map(place).collect();
    let [tile] = tiles(14, [14.53, 56.27, 14.531, 56.271])[..] else { panic!("one tile") };
    let filter = Filter::default();
    let of = |rows: &[(f64, f64)]| {
        let index = index(rows);
        reports(std::iter::once((&index, &filter)), tile)
    };
    let Content::Spots(spots) = of(&rows[1..]) else { panic!("as many as fit") };
    assert!(spots.len() == POINTS_MAX && spots.is_sorted_by_key(|spot| spot.id));
    let Content::Clusters(clusters) = of(&rows) else { panic!("one more") };
    assert!(clusters.len() > 1 && clusters.iter().map(|sum| sum.unsafe_count + sum.safe_count).sum::<u64>() == POINTS_MAX as u64 + 1);

    // The same rows that came in another order.
    let mut entries: Vec<Entry> = rows.iter().enumerate().map(|(number, (lon, lat))| entry(number, *lon, *lat)).collect();
    let later = entries.split_off(5_000);
    let grown =
        Snapshot::build(MetricCrs::Sweref99Tm, 1, later).apply(2, entries.into_iter().map(crate::geo::index::Change::Put).collect());
    assert_eq!(reports(std::iter::once((&grown, &filter)), tile), Content::Clusters(clusters));
}

/// Squares of the lattice nest from zoom to zoom.
#[test]
fn a_sum_is_that_of_the_four_it_falls_into() {
    for zoom in 0..13 {
        let side = |zoom: u8| lattice(zoom).0.metres() as u32 * (1 << lattice(zoom).1);
        assert_eq!(side(zoom), side(zoom + 1) * if zoom < 3 { 1 } else { 2 }, "{zoom}");
    }
}
