//! Containment and distances against GeographicLib, and the guard against hostile and published polygons.

use geo::MultiPolygon;
use serde_json::{Value, json};

use super::{GeometryFault, contains, distance_m, distance_to_border_m, polygon_from_geojson};

/// Made by `tests/reference/outline/make.py`.
const DISTANCES: &str = include_str!("../../tests/reference/outline/distances.csv");
const BORDERS: &str = include_str!("../../tests/reference/outline/borders.csv");

fn number(cell: &str) -> f64 {
    cell.parse().expect("a number")
}

fn checked(geometry: &Value) -> Result<MultiPolygon<f64>, GeometryFault> {
    polygon_from_geojson(geometry, 2000)
}

fn polygon(rings: &Value) -> Value {
    json!({ "type": "Polygon", "coordinates": rings })
}

#[test]
fn distances_are_geodesic() {
    let mut checked = 0;
    for line in DISTANCES.lines().skip(2) {
        let cells: Vec<f64> = line.split(',').map(number).collect();
        let metres = distance_m(cells[0], cells[1], cells[2], cells[3]);
        assert!((metres - cells[4]).abs() < 0.001, "{line}: {metres}");
        checked += 1;
    }
    assert_eq!(checked, 300);
}

#[test]
fn distances_to_a_border_are_within_a_hundredth_of_a_percent() {
    let (mut checked_rows, mut worst) = (0, 0.0_f64);
    for line in BORDERS.lines().skip(2) {
        let (place, ring) = line.split_once(',').expect("two columns");
        let place: Vec<f64> = place.split(' ').map(number).collect();
        let ring: Vec<f64> = ring.split(' ').map(number).collect();
        let ring: Vec<[f64; 2]> = ring.chunks(2).map(|pair| [pair[0], pair[1]]).collect();
        let polygon = checked(&polygon(&json!([ring]))).expect("valid");
        let metres = distance_to_border_m(&polygon, place[0], place[1]);
        worst = worst.max((metres / place[2] - 1.0).abs());
        checked_rows += 1;
    }
    assert_eq!(checked_rows, 200);
    assert!(worst < 0.0001, "worst {worst}");
}

#[test]
fn the_border_is_inside_and_holes_are_not() {
    let with_hole = checked(&polygon(&json!([
        [[14.0, 56.0], [15.0, 56.0], [15.0, 57.0], [14.0, 57.0], [14.0, 56.0]],
        [[14.4, 56.4], [14.6, 56.4], [14.6, 56.6], [14.4, 56.6], [14.4, 56.4]]
    ])))
    .expect("valid");
    for (lon, lat, inside) in [
        (14.2, 56.2, true),
        (14.0, 56.0, true),
        (14.5, 56.0, true),
        (15.0, 56.3, true),
        (14.4, 56.5, true),
        (14.6, 56.6, true),
        (14.5, 56.5, false),
        (13.999_999, 56.5, false),
        (14.5, 57.000_001, false),
        (f64::NAN, 56.2, false),
    ] {
        assert_eq!(contains(&with_hole, lon, lat), inside, "{lon} {lat}");
    }
    assert!(distance_to_border_m(&with_hole, 14.4, 56.5) < 1e-6);
    assert!((distance_to_border_m(&with_hole, 14.5, 56.5) - 6157.0).abs() < 10.0);
    assert!(distance_to_border_m(&MultiPolygon::new(vec![]), 14.5, 56.5).is_infinite());
}
