//! Cells against PostGIS, H3's own library and SCB; nesting and names by property.

use proptest::prelude::*;

use super::{CellKey, Grid, HexSize, SquareSize, square_corner, square_parent};
use crate::geo::filter::CellCondition;
use crate::geo::shared_data;
use crate::geo::sweref::MetricCrs;

/// Made by `tests/reference/grid/make_hex.py` and `make_h3.py`.
const HEX: &str = include_str!("../../tests/reference/grid/hex.csv");
const HEX_RINGS: &str = include_str!("../../tests/reference/grid/hex_rings.csv");
const H3: &str = include_str!("../../tests/reference/grid/h3.csv");
const H3_RINGS: &str = include_str!("../../tests/reference/grid/h3_rings.csv");

const SWEREF: MetricCrs = MetricCrs::Sweref99Tm;
const SAN_FRANCISCO: MetricCrs = MetricCrs::Utm { zone: 10, south: false };

/// The rows of a key, without its comment and header.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(2).map(|line| line.split(',').collect())
}

fn number(cell: &str) -> f64 {
    cell.parse().expect("a number")
}

fn pairs(cell: &str) -> Vec<[f64; 2]> {
    let numbers: Vec<f64> = cell.split(' ').map(number).collect();
    numbers.chunks(2).map(|pair| [pair[0], pair[1]]).collect()
}

fn every_grid() -> Vec<Grid> {
    let squares = SquareSize::ALL.into_iter().map(Grid::Square);
    let hexes = HexSize::ALL.into_iter().map(Grid::Hex);
    squares.chain(hexes).chain((7..=11).filter_map(Grid::h3)).collect()
}

#[test]
fn hexagons_are_those_of_postgis() {
    let mut checked = 0;
    for row in rows(HEX) {
        let grid = Grid::hex(number(row[0])).expect("a size");
        let key = grid.cell(number(row[1]), number(row[2]), 0.0, 0.0);
        assert_eq!(grid.id(key, SWEREF), format!("hex{}:{}:{}", row[0], row[3], row[4]), "{row:?}");
        checked += 1;
    }
    assert_eq!(checked, 2800);
}

#[test]
fn hexagon_corners_are_those_of_postgis() {
    let mut checked = 0;
    for row in rows(HEX_RINGS) {
        let grid = Grid::hex(number(row[0])).expect("a size");
        let id = format!("hex{}:{}:{}", row[0], row[1], row[2]);
        let ring = grid.ring(grid.parse_id(&id, SWEREF).expect("an id"), SWEREF).expect("in Sweden");
        let expected = pairs(row[3]);
        assert_eq!(ring.len(), expected.len());
        for (corner, expected) in ring.iter().zip(expected) {
            let (x, y) = SWEREF.forward(corner[0], corner[1]).expect("in Sweden");
            assert!((x - expected[0]).hypot(y - expected[1]) < 1e-4, "{id}: {x} {y} for {expected:?}");
        }
        checked += 1;
    }
    assert_eq!(checked, 27);
}

#[test]
fn h3_cells_are_those_of_the_library() {
    let mut checked = 0;
    for row in rows(H3) {
        let grid = Grid::h3(row[0].parse().expect("a resolution")).expect("a resolution of ours");
        let key = grid.cell(0.0, 0.0, number(row[1]), number(row[2]));
        assert_eq!(grid.id(key, SWEREF), row[3], "{row:?}");
        assert_eq!(grid.parse_id(row[3], SAN_FRANCISCO), Some(key));
        checked += 1;
    }
    assert_eq!(checked, 2500);
}

#[test]
fn h3_corners_are_those_of_the_library() {
    let near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-8;
    let mut checked = 0;
    for row in rows(H3_RINGS) {
        let key = CellKey(u64::from_str_radix(row[0], 16).expect("an index"));
        let grid = (7..=11).filter_map(Grid::h3).find(|grid| grid.parse_id(row[0], SWEREF).is_some()).expect("a resolution");
        let (lon, lat) = grid.centre(key, SWEREF).expect("a cell");
        assert!(near([lon, lat], pairs(row[1])[0]), "{row:?}");
        let ring = grid.ring(key, SWEREF).expect("a cell");
        let expected = pairs(row[2]);
        assert_eq!(ring.len(), expected.len() + 1);
        assert!(ring.iter().zip(expected.iter().cycle()).all(|(&a, &b)| near(a, b)), "{ring:?} {expected:?}");
        checked += 1;
    }
    assert_eq!(checked, 40);
}

#[test]
fn square_ids_are_those_of_scb() {
    let Some(text) = shared_data::read("se-scb-dalarna/befolkning_1km_2025_dalarna.csv") else {
        return;
    };
    let grid = Grid::Square(SquareSize::M1000);
    let mut checked = 0;
    for line in text.lines().skip(1) {
        let row: Vec<&str> = line.split(',').collect();
        let (lon, lat) = (number(row[5]), number(row[6]));
        let (x, y) = SWEREF.forward(lon, lat).expect("in Sweden");
        let key = grid.cell(x, y, lon, lat);
        assert_eq!(grid.id(key, SWEREF), row[0]);
        let (centre_lon, centre_lat) = grid.centre(key, SWEREF).expect("in Sweden");
        assert!((centre_lon - lon).hypot(centre_lat - lat) < 1e-6, "{line}");
        checked += 1;
    }
    assert_eq!(checked, 4004);
}

#[test]
fn square_corners_are_those_of_scb() {
    let Some(text) = shared_data::read("se-scb-dalarna/grid1km_borlange_falun.geojson") else {
        return;
    };
    let collection: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let grid = Grid::Square(SquareSize::M1000);
    let mut checked = 0;
    for feature in collection["features"].as_array().expect("features") {
        let id = feature["properties"]["rutid"].as_str().expect("an id");
        let ring = grid.ring(grid.parse_id(id, SWEREF).expect("an id of ours"), SWEREF).expect("in Sweden");
        let published: Vec<[f64; 2]> = serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).expect("a ring");
        // Six decimals in the file; it may start at another corner.
        let near = |a: &[f64; 2]| published.iter().any(|b| (a[0] - b[0]).abs() < 2e-6 && (a[1] - b[1]).abs() < 2e-6);
        assert!(ring.iter().all(near), "{id}: {ring:?} {published:?}");
        checked += 1;
    }
    assert_eq!(checked, 822);
}

#[test]
fn ids_say_size_and_system() {
    let ids = |crs: MetricCrs, x: f64, y: f64| {
        SquareSize::ALL.map(|size| {
            let grid = Grid::Square(size);
            grid.id(grid.cell(x, y, 0.0, 0.0), crs)
        })
    };
    assert_eq!(
        ids(SWEREF, 352_999.0, 6_860_999.0),
        ["62.5-3529376860937", "125-3528756860875", "3527506860750", "500-3525006860500", "3520006860000"]
    );
    assert_eq!(ids(SAN_FRANCISCO, 551_730.0, 4_180_010.0)[3], "epsg32610-500-5515004180000");
    assert_eq!(ids(SAN_FRANCISCO, 551_730.0, 4_180_010.0)[4], "epsg32610-5510004180000");
    // Outside the digits of SCB.
    assert_eq!(ids(SAN_FRANCISCO, -10.0, 999.0)[4], "epsg32610--1000_0");
    let hex = Grid::Hex(HexSize::M100);
    assert_eq!(hex.id(hex.cell(0.0, 0.0, 0.0, 0.0), SAN_FRANCISCO), "epsg32610-hex100:0:0");
}

#[test]
fn foreign_ids_are_refused() {
    let kilometre = Grid::Square(SquareSize::M1000);
    for id in [
        "",
        "352000",
        "3520006860500",
        "3520006860000 ",
        "+352006860000",
        "520006860000",
        "500-3520006860000",
        "352000_6860000",
        "epsg32633-3520006860000",
        "35200é6860000",
        "99999999999999999999999",
    ] {
        assert_eq!(kilometre.parse_id(id, SWEREF), None, "{id}");
    }
    let hex = Grid::Hex(HexSize::M100);
    for id in ["hex100:1", "hex50:1:1", "hex100:01:1", "hex100:1:99999999999", "hex100:1:1:1"] {
        assert_eq!(hex.parse_id(id, SWEREF), None, "{id}");
    }
    let nine = Grid::h3(9).expect("a resolution");
    for id in ["", "0", "8908866e90fffff0", "8808866e9bfffff", "zz"] {
        assert_eq!(nine.parse_id(id, SWEREF), None, "{id}");
    }
}

#[test]
fn only_the_sizes_of_the_contract_exist() {
    assert_eq!(
        [62.5, 125.0, 250.0, 500.0, 1000.0].map(|size| Grid::square(size).map(Grid::size_m)),
        [62.5, 125.0, 250.0, 500.0, 1000.0].map(Some)
    );
    assert_eq!([50.0, 100.0, 200.0, 400.0].map(|size| Grid::hex(size).map(Grid::size_m)), [50.0, 100.0, 200.0, 400.0].map(Some));
    for size in [0.0, -250.0, 62.0, 2000.0, f64::NAN, f64::INFINITY] {
        assert_eq!((Grid::square(size), Grid::hex(size)), (None, None), "{size}");
    }
    assert_eq!([0, 6, 12, 15, 255].map(Grid::h3), [None; 5]);
    assert_eq!((7..=11).filter_map(Grid::h3).count(), 5);
}

#[test]
fn nonsense_has_a_key_but_no_cell() {
    for grid in every_grid() {
        for value in [f64::NAN, f64::INFINITY, -1e308] {
            let key = grid.cell(value, value, value, value);
            let _ = grid.id(key, SWEREF);
            assert_eq!((grid.ring(key, SWEREF), grid.centre(key, SWEREF)), (None, None), "{grid:?} {value}");
        }
    }
}

#[test]
fn no_place_is_rounded_onto_the_line_above_it() {
    let finest = Grid::Square(SquareSize::M62_5);
    // But for the last number below 0, 10⁻³²⁴ m.
    for column in (-20_000..170_000_i32).filter(|&column| column != 0) {
        let line = f64::from(column) * 62.5;
        let (on, below) = (finest.cell(line, 0.0, 0.0, 0.0).unpack().0, finest.cell(line.next_down(), 0.0, 0.0, 0.0).unpack().0);
        assert_eq!((on, below), (column, column - 1));
    }
}

/// Twice the signed area: positive for counter-clockwise.
fn turn(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2)
        .map(|edge| (edge[0][0] - ring[0][0]) * (edge[1][1] - ring[0][1]) - (edge[1][0] - ring[0][0]) * (edge[0][1] - ring[0][1]))
        .sum()
}

proptest! {
    #[test]
    fn every_cell_is_named_and_drawn_around_its_place(lon in 11.0..24.0, lat in 55.2..69.0) {
        let (x, y) = SWEREF.forward(lon, lat).expect("in Sweden");
        for grid in every_grid() {
            let key = grid.cell(x, y, lon, lat);
            prop_assert_eq!(grid.parse_id(&grid.id(key, SWEREF), SWEREF), Some(key));
            let ring = grid.ring(key, SWEREF).expect("in Sweden");
            prop_assert_eq!(ring.first(), ring.last());
            prop_assert!(turn(&ring) > 0.0, "clockwise: {:?}", grid);
            let (centre_lon, centre_lat) = grid.centre(key, SWEREF).expect("in Sweden");
            let (cx, cy) = SWEREF.forward(centre_lon, centre_lat).expect("in Sweden");
            prop_assert_eq!(grid.cell(cx, cy, centre_lon, centre_lat), key);
            // No place is farther from its centre than a corner: half a diagonal, an edge, and H3 as uneven as it is.
            let reach = match grid { Grid::Square(_) => 0.7072, Grid::Hex(_) => 1.0001, Grid::H3(_) => 1.4 };
            prop_assert!((x - cx).hypot(y - cy) <= reach * grid.size_m());
        }
    }

    /// The box of a cell as a filter holds all its places, also where an edge bows, and a name with its grid says which cell it is.
    #[test]
    fn a_cell_as_a_filter_holds_its_places(lon in 11.0..24.0, lat in 55.2..69.0, along in 0.0..1.0_f64) {
        let (x, y) = SWEREF.forward(lon, lat).expect("in Sweden");
        for grid in every_grid() {
            let key = grid.cell(x, y, lon, lat);
            let name = format!("{}-{}", grid.name(), grid.id(key, SWEREF));
            let (named, id) = Grid::named(&name).expect("a name");
            prop_assert_eq!((named, named.parse_id(id, SWEREF)), (grid, Some(key)));
            let [west, south, east, north] = CellCondition::new(grid, key, SWEREF).expect("in Sweden").around();
            let ring = grid.ring(key, SWEREF).expect("in Sweden");
            let corners: Vec<(f64, f64)> = ring.iter().map(|[lon, lat]| SWEREF.forward(*lon, *lat).expect("in Sweden")).collect();
            let edges = corners.windows(2).map(|edge| (edge[0].0 + along * (edge[1].0 - edge[0].0), edge[0].1 + along * (edge[1].1 - edge[0].1)));
            for (x, y) in edges.chain([(x, y)]) {
                let (lon, lat) = SWEREF.inverse(x, y).expect("in Sweden");
                prop_assert!(lon >= west && lon <= east && lat >= south && lat <= north, "{}", name);
            }
        }
    }

    #[test]
    fn squares_nest_exactly(x in -1e6..1e7, y in -1e6..1e7, on_line in any::<bool>(), below in any::<bool>()) {
        let snap = |v: f64| if on_line { let line = (v / 62.5).round() * 62.5; if below { line.next_down() } else { line } } else { v };
        let (x, y) = (snap(x), snap(y));
        for from in SquareSize::ALL {
            let key = Grid::Square(from).cell(x, y, 0.0, 0.0);
            let (left, bottom) = square_corner(key, from);
            prop_assert!(left <= x && x < left + from.metres() && bottom <= y && y < bottom + from.metres());
            for to in SquareSize::ALL.into_iter().filter(|&to| to >= from) {
                prop_assert_eq!(square_parent(key, from, to), Grid::Square(to).cell(x, y, 0.0, 0.0));
                prop_assert_eq!(square_corner(square_parent(square_parent(key, from, to), to, from), from), square_corner(square_parent(key, from, to), to));
            }
        }
    }

    #[test]
    fn keys_are_as_many_as_cells(a in any::<(i32, i32)>(), b in any::<(i32, i32)>()) {
        let (first, second) = (CellKey::pack(a.0, a.1), CellKey::pack(b.0, b.1));
        prop_assert_eq!(first.unpack(), a);
        prop_assert_eq!(first.cmp(&second), a.cmp(&b));
    }
}
