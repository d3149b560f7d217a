//! Projections against pyproj's answers and against published coordinates.

use proptest::prelude::*;

use super::MetricCrs;
use crate::geo::shared_data;

/// Made by `tests/reference/sweref/make.py`.
const KEY: &str = include_str!("../../tests/reference/sweref/key.csv");

fn rows(text: &str, separator: char) -> impl Iterator<Item = Vec<f64>> + '_ {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
        .map(move |line| line.split(separator).map(|cell| cell.parse().expect("a number")).collect())
}

#[test]
fn agrees_with_pyproj_within_a_millimetre() {
    let mut checked = 0;
    for row in rows(KEY, ',') {
        let [epsg, lon, lat, e, n] = row[..] else { unreachable!("five columns") };
        let crs = MetricCrs::from_epsg(epsg as u32).expect("a code of ours");
        let (x, y) = crs.forward(lon, lat).expect("in the domain");
        assert!((x - e).hypot(y - n) < 0.001, "{epsg} {lon} {lat}: {x} {y} for {e} {n}");
        let (back_lon, back_lat) = crs.inverse(e, n).expect("in the domain");
        assert!((back_lon - lon).hypot(back_lat - lat) < 1e-8, "{epsg} {e} {n}: {back_lon} {back_lat}");
        checked += 1;
    }
    assert_eq!(checked, 560);
}

#[test]
fn agrees_with_published_coordinates_within_a_centimetre() {
    let Some(text) = shared_data::read("sweref/swedish_crs_coordinates.csv") else {
        return;
    };
    let mut checked = 0;
    for row in rows(&text, '|') {
        let (x, y) = MetricCrs::Sweref99Tm.forward(row[1], row[2]).expect("in Sweden");
        assert!((x - row[4]).hypot(y - row[5]) < 0.01, "{row:?}: {x} {y}");
        checked += 1;
    }
    assert_eq!(checked, 18);
}

#[test]
fn picks_the_system_of_a_place() {
    assert_eq!(MetricCrs::for_point(14.53, 56.28), MetricCrs::Sweref99Tm);
    assert_eq!(MetricCrs::for_point(-122.42, 37.77), MetricCrs::Utm { zone: 10, south: false });
    assert_eq!(MetricCrs::for_point(18.42, -33.92), MetricCrs::Utm { zone: 34, south: true });
    assert_eq!(MetricCrs::for_point(180.0, 0.0), MetricCrs::Utm { zone: 60, south: false });
    assert_eq!(MetricCrs::for_point(-180.0, 0.0), MetricCrs::Utm { zone: 1, south: false });
}

#[test]
fn codes_go_both_ways() {
    for code in (32_601..=32_660).chain(32_701..=32_760).chain([3006]) {
        assert_eq!(MetricCrs::from_epsg(code).expect("ours").epsg(), code);
    }
    for code in [0, 3005, 3857, 4326, 32_600, 32_661, 32_700, 32_761] {
        assert_eq!(MetricCrs::from_epsg(code), None);
    }
}

#[test]
fn refuses_what_it_cannot_project() {
    let crs = MetricCrs::Sweref99Tm;
    for (lon, lat) in [(f64::NAN, 60.0), (15.0, f64::INFINITY), (15.0, 84.1), (15.0, -90.0), (46.0, 60.0), (-16.0, 60.0), (1e308, 1e308)] {
        assert_eq!(crs.forward(lon, lat), None, "{lon} {lat}");
    }
    for (e, n) in [(f64::NAN, 6e6), (5e5, f64::NEG_INFINITY), (1e308, 0.0), (5e5, 3e7), (1.9e7, 6e6)] {
        assert_eq!(crs.inverse(e, n), None, "{e} {n}");
    }
    for zone in [0, 61, 255] {
        let crs = MetricCrs::Utm { zone, south: false };
        assert_eq!(crs.forward(15.0, 60.0), None);
        assert_eq!(crs.inverse(500_000.0, 6_600_000.0), None);
    }
}

proptest! {
    #[test]
    fn sweden_round_trips_within_a_tenth_of_a_millimetre(lon in 10.5..24.5, lat in 55.0..69.5) {
        let (e, n) = MetricCrs::Sweref99Tm.forward(lon, lat).expect("in Sweden");
        let (back_lon, back_lat) = MetricCrs::Sweref99Tm.inverse(e, n).expect("in Sweden");
        prop_assert!((back_lon - lon).hypot(back_lat - lat) < 1e-9);
    }

    #[test]
    fn the_world_round_trips_in_its_zone(lon in -180.0..180.0, lat in -84.0..84.0) {
        let crs = MetricCrs::for_point(lon, lat);
        let (e, n) = crs.forward(lon, lat).expect("in its zone");
        let (back_lon, back_lat) = crs.inverse(e, n).expect("in its zone");
        prop_assert!((back_lon - lon).hypot(back_lat - lat) < 1e-8, "{crs:?} {lon} {lat}: {back_lon} {back_lat}");
    }
}
