//! Elevations against pvlib's and NREL's answers.

use jiff::Timestamp;

use super::{elevation_deg, light_at};
use crate::domain::report::Light;
use crate::geo::shared_data;

/// Made by `tests/reference/sun/make.py`.
const KEY: &str = include_str!("../../tests/reference/sun/key.csv");

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

#[test]
fn agrees_with_pvlib() {
    let (mut checked, mut worst) = (0, 0.0_f64);
    for line in KEY.lines().filter(|line| !line.starts_with(['#', 'l'])) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |index: usize| cells[index].parse::<f64>().expect("a number");
        let elevation = elevation_deg(number(0), number(1), at(cells[2]));
        worst = worst.max((elevation - number(3)).abs());
        let light = light_at(number(0), number(1), at(cells[2]));
        assert_eq!(format!("{light:?}").to_lowercase(), cells[4], "{line}");
        checked += 1;
    }
    assert_eq!(checked, 480);
    assert!(worst < 0.001, "worst {worst}°");
}

#[test]
fn agrees_with_the_shared_table_within_a_twentieth_of_a_degree() {
    let Some(text) = shared_data::read("solar/solar_positions.csv") else {
        return;
    };
    let (mut checked, mut worst) = (0, 0.0_f64);
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |index: usize| cells[index].parse::<f64>().expect("a number");
        worst = worst.max((elevation_deg(number(2), number(1), at(cells[3])) - number(4)).abs());
        checked += 1;
    }
    assert_eq!(checked, 432);
    assert!(worst < 0.05, "worst {worst}°");
}

#[test]
fn reproduces_the_published_example() {
    // NREL/TP-560-34302, appendix A.5: topocentric zenith 50.11162° with refraction at 1830.14 m; about 0.016° of it refraction.
    let elevation = elevation_deg(-105.1786, 39.742_476, at("2003-10-17T19:30:30Z"));
    assert!((90.0 - elevation - 50.11162).abs() < 0.02, "{elevation}");
}

#[test]
fn says_what_light_it_is() {
    let kiruna = |time| light_at(20.2253, 67.8558, at(time));
    assert_eq!(kiruna("2024-06-20T23:00:00Z"), Light::Day);
    assert_eq!(kiruna("2024-12-20T10:30:00Z"), Light::Twilight);
    assert_eq!(kiruna("2024-12-20T18:00:00Z"), Light::Dark);
}

#[test]
fn has_no_light_for_no_place() {
    for (lon, lat) in [(f64::NAN, 60.0), (15.0, 91.0), (181.0, 60.0), (15.0, f64::NEG_INFINITY)] {
        assert_eq!(light_at(lon, lat, at("2024-06-20T12:00:00Z")), Light::Unknown);
        assert!(elevation_deg(lon, lat, at("2024-06-20T12:00:00Z")).is_nan());
    }
    for time in [Timestamp::MIN, Timestamp::MAX] {
        assert_eq!(light_at(15.0, 60.0, time), Light::Unknown);
    }
}
