//! Tiles against their definition, and what is written in them against an independent reader.

#![expect(clippy::panic, reason = "a test that cannot go on should stop")]

use geo::{Area, MultiPolygon, Polygon};
use mvt_reader::Reader;
use mvt_reader::feature::Value as Read;
use proptest::prelude::*;

use super::clip::{Shape, areas, cell, convex, doubled_area, within};
use super::mvt::Layer;
use super::*;

fn tile(z: u8, x: u32, y: u32) -> Tile {
    Tile::new(z, x, y).expect("a tile")
}

/// The tile of a place by the formula of the OpenStreetMap wiki, "Slippy map tilenames".
fn holding(z: u8, lon: f64, lat: f64) -> Tile {
    let (n, lat) = (f64::from(1_u32 << z), lat.to_radians());
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / PI) / 2.0 * n;
    tile(z, ((lon + 180.0) / 360.0 * n) as u32, y as u32)
}

#[test]
fn there_are_as_many_tiles_as_there_are() {
    assert!(Tile::new(0, 0, 0).is_some() && Tile::new(22, (1 << 22) - 1, 0).is_some());
    assert!(
        [(0, 1, 0), (0, 0, 1), (3, 8, 0), (22, 1 << 22, 0), (23, 0, 0), (255, 0, 0)]
            .iter()
            .all(|(z, x, y)| Tile::new(*z, *x, *y).is_none())
    );
}

#[test]
fn a_tile_lies_where_others_say() {
    // mercantile 1.2.1: bounds(tile(14.5315, 56.2765, 14)).
    let bounds = tile(14, 8853, 5079).bounds();
    for (made, known) in bounds.into_iter().zip([14.523_925_781_25, 56.267_761_087_575_83, 14.545_898_437_5, 56.279_960_831_728_46]) {
        assert!((made - known).abs() < 1e-10, "{made} {known}");
    }
    assert!(tile(0, 0, 0).units(world(0.0, 0.0)).iter().all(|units| (units - 2048.0).abs() < 1e-9));
}

proptest! {
    #[test]
    fn every_place_is_one_tiles_and_neighbours_share_their_edge(lon in -180.0..180.0_f64, lat in -85.0..85.0_f64, z in 0..=22_u8) {
        let of = holding(z, lon, lat);
        let [west, south, east, north] = of.bounds();
        let all = [-1_i64, 0, 1].into_iter().flat_map(|x| [-1_i64, 0, 1].map(|y| (i64::from(of.x) + x, i64::from(of.y) + y)));
        let around: Vec<Tile> = all.filter_map(|(x, y)| Tile::new(z, x.try_into().ok()?, y.try_into().ok()?)).collect();
        // Also on its edges and corners, which the formula of others may give to either side.
        for (lon, lat) in [(lon, lat), (west, lat), (lon, north), (east, lat), (lon, south), (west, north), (east, south)] {
            prop_assert_eq!(around.iter().filter(|tile| tile.owns(lon, lat)).count(), 1, "{} {} {}", z, lon, lat);
        }
        prop_assert!(of.owns(f64::midpoint(west, east), f64::midpoint(south, north)));
        if let Some(child) = (z < 22).then(|| holding(z + 1, lon, lat)).filter(|child| child.owns(lon, lat)) {
            prop_assert!(tile(z, child.x / 2, child.y / 2).owns(lon, lat), "zooms nest");
        }
    }

    #[test]
    fn places_lie_where_the_projection_puts_them(lon in -180.0..180.0_f64, lat in -85.0..85.0_f64, z in 0..=22_u8) {
        let of = holding(z, lon, lat);
        prop_assume!(of.owns(lon, lat));
        let (made, exact) = (Places::new(of).units(lon, lat), of.units(world(lon, lat)));
        for axis in [0, 1] {
            prop_assert!((0..EXTENT).contains(&made[axis]));
            // Whole units, cut off, and a hundredth of one for the series.
            prop_assert!((f64::from(made[axis]) + 0.5 - exact[axis]).abs() < 0.51, "{:?} {:?}", made, exact);
        }
    }

    /// What is put in is what an independent reader takes out.
    #[test]
    fn points_come_out_as_they_went_in(
        points in proptest::collection::vec((0..EXTENT, 0..EXTENT, any::<i64>(), "\\PC{0,200}", any::<bool>(), any::<Option<u64>>(), -9.0..9.0_f64), 1..60),
    ) {
        let mut layer = Layer::new("places");
        let (number, words, yes, share) = (layer.key("number"), layer.key("words"), layer.key("yes"), layer.key("share"));
        for (x, y, integer, text, truth, id, double) in &points {
            // Some of them more than once.
            let mut tags = vec![(number, layer.integer(*integer)), (words, layer.text(text)), (share, layer.double(double.round()))];
            if *truth {
                tags.push((yes, layer.yes()));
            }
            layer.point(*id, [*x, *y], &tags);
        }
        let reader = Reader::new(layer.into_tile()).expect("a tile");
        let about = reader.get_layer_metadata().expect("layers");
        prop_assert_eq!((about.len(), about[0].name.as_str(), about[0].extent, about[0].version), (1, "places", 4096, 2));
        let read = reader.get_features(0).expect("features");
        prop_assert_eq!(read.len(), points.len());
        for (feature, (x, y, integer, text, truth, id, double)) in read.iter().zip(&points) {
            let point = match feature.get_geometry() {
                geo_types::Geometry::Point(point) => *point,
                geo_types::Geometry::MultiPoint(points) if points.len() == 1 => points.0[0],
                other => panic!("{other:?}"),
            };
            prop_assert_eq!([point.x(), point.y()].map(|units| units as i32), [*x, *y]);
            prop_assert_eq!(feature.id, *id);
            let said = feature.properties.as_ref().expect("properties");
            let integer = if *integer < 0 { Read::SInt(*integer) } else { Read::UInt(*integer as u64) };
            prop_assert_eq!((said.get("number"), said.get("words")), (Some(&integer), Some(&Read::String(text.clone()))));
            prop_assert_eq!(said.get("share"), Some(&Read::Double(double.round())));
            prop_assert_eq!(said.get("yes"), truth.then_some(&Read::Bool(true)));
        }
    }

    /// Cut to the tiles that it meets, a polygon has the area that it had, its holes cut out.
    #[test]
    fn cutting_keeps_the_area(corners in star(), at in (-3.0..3.0_f64, -3.0..3.0_f64), size in 0.2..4.0_f64) {
        let side = f64::from(EXTENT);
        let ring = |scale: f64| -> Vec<[f64; 2]> { corners.iter().map(|[x, y]| [(at.0 + size * scale * x) * side, (at.1 + size * scale * y) * side]).collect() };
        let (exterior, hole) = (ring(1.0), ring(0.5));
        let cut: f64 = (-8..8).flat_map(|x| (-8..8).map(move |y| (x, y))).map(|(x, y)| {
            let moved = |ring: &[[f64; 2]]| -> Vec<[f64; 2]> { ring.iter().map(|corner| [corner[0] - f64::from(x) * side, corner[1] - f64::from(y) * side]).collect() };
            area(&within(&moved(&exterior), 0.0, side)) - area(&within(&moved(&hole), 0.0, side))
        }).sum();
        let whole = area(&exterior) - area(&hole);
        prop_assert!((cut - whole).abs() < 1e-6 * whole, "{} {}", cut, whole);
    }

    /// On whole units, in a tile and its buffer: valid, wound as MVT wants it, and about as large as what was cut.
    #[test]
    fn areas_are_valid_and_come_out_as_they_went_in(corners in star(), at in (-0.5..1.5_f64, -0.5..1.5_f64), size in 0.001..2.0_f64) {
        let side = f64::from(EXTENT);
        let ring = |scale: f64| -> Vec<[f64; 2]> { corners.iter().map(|[x, y]| [(at.0 + size * scale * x) * side, (at.1 + size * scale * y) * side]).collect() };
        let (exterior, hole) = (ring(1.0), ring(0.5));
        let shapes = areas([exterior.as_slice(), hole.as_slice()].into_iter());
        let (low, high) = (f64::from(-BUFFER), f64::from(EXTENT + BUFFER));
        let cut = area(&within(&exterior, low, high)) - area(&within(&hole, low, high));
        let (mut made, mut around) = (0.0, 0.0);
        for shape in &shapes {
            for (number, ring) in shape.iter().enumerate() {
                let doubled = doubled_area(ring);
                prop_assert!(if number == 0 { doubled > 0 } else { doubled < 0 }, "exterior positive, holes negative");
                prop_assert!(ring.iter().flatten().all(|units| (-BUFFER..=EXTENT + BUFFER).contains(units)));
                made += doubled as f64 / 2.0;
            }
            around += shape.iter().map(|ring| length(ring)).sum::<f64>();
            let polygon = polygon(shape);
            prop_assert!(geo::Validation::is_valid(&polygon), "{:?}", polygon);
        }
        // Rounding moves an edge by less than a unit; a sliver may vanish.
        let slack = around + 2.0 * size * side * corners.len() as f64 * 0.75 + 50.0;
        prop_assert!((made - cut).abs() <= slack, "{} {} {}", made, cut, slack);
        if shapes.is_empty() {
            return Ok(());
        }
        let mut layer = Layer::new("areas");
        let key = layer.key("id");
        let value = layer.own_text("x");
        layer.polygons(Some(7), &shapes, &[(key, value)]);
        let read = Reader::new(layer.into_tile()).expect("a tile").get_features(0).expect("features");
        let read_area = match read[0].get_geometry() {
            geo_types::Geometry::Polygon(polygon) => polygon.unsigned_area(),
            geo_types::Geometry::MultiPolygon(polygons) => polygons.unsigned_area(),
            other => panic!("{other:?}"),
        };
        let written: MultiPolygon<f64> = shapes.iter().map(polygon).collect();
        prop_assert!((f64::from(read_area) - written.unsigned_area()).abs() <= 1e-4 * written.unsigned_area() + 1.0);
    }

    /// A cell is there where any of it is, exactly as far as the buffer reaches.
    #[test]
    fn cells_are_cut_at_the_buffer(at in (-200.0..4300.0_f64, -200.0..4300.0_f64), side in 0.1..9_000.0_f64, turn in -0.2..0.2_f64) {
        let corner = |x: f64, y: f64| [at.0 + side * (x * turn.cos() - y * turn.sin()), at.1 + side * (x * turn.sin() + y * turn.cos())];
        let ring = [corner(0.0, 0.0), corner(0.0, 1.0), corner(1.0, 1.0), corner(1.0, 0.0), corner(0.0, 0.0)];
        let cut = area(&within(&ring, f64::from(-BUFFER), f64::from(EXTENT + BUFFER)));
        match convex(&ring) {
            Some(shape) => {
                let doubled = doubled_area(&shape[0]);
                prop_assert!(doubled > 0 && shape.len() == 1);
                prop_assert!(shape[0].iter().flatten().all(|units| (-BUFFER..=EXTENT + BUFFER).contains(units)));
                prop_assert!((doubled as f64 / 2.0 - cut).abs() <= length(&shape[0]) + 4.0, "{} {}", doubled, cut);
            }
            None => prop_assert!(cut < 1.5 * side.min(1.0).max(length_of(&ring)), "{}", cut),
        }
    }

    /// However small, a cell of the tile is drawn, within a unit of where it is.
    #[test]
    fn the_smallest_cell_is_drawn(at in (0.0..4096.0_f64, 0.0..4096.0_f64), side in 1e-6..3.0_f64, turn in -0.2..0.2_f64) {
        let corner = |x: f64, y: f64| [at.0 + side * (x * turn.cos() - y * turn.sin()), at.1 + side * (x * turn.sin() + y * turn.cos())];
        let ring = [corner(0.0, 0.0), corner(0.0, 1.0), corner(1.0, 1.0), corner(1.0, 0.0), corner(0.0, 0.0)];
        let shape = cell(&ring).expect("drawn");
        prop_assert!(shape.len() == 1 && doubled_area(&shape[0]) > 0);
        prop_assert!(convex(&ring).is_none_or(|convex| convex == shape), "as any other where anything is left of it");
        for drawn in &shape[0] {
            let near = ring.iter().map(|corner| (corner[0] - f64::from(drawn[0])).abs().max((corner[1] - f64::from(drawn[1])).abs()));
            prop_assert!(near.fold(f64::INFINITY, f64::min) <= 1.0 + side, "{:?} {:?}", drawn, ring);
        }
    }
}

/// A ring around its middle, at most one from it.
fn star() -> impl Strategy<Value = Vec<[f64; 2]>> {
    proptest::collection::vec(0.3..1.0_f64, 3..40).prop_map(|radii| {
        let turn = std::f64::consts::TAU / radii.len() as f64;
        radii
            .iter()
            .enumerate()
            .map(|(at, radius)| (radius, (at as f64 * turn).sin_cos()))
            .map(|(radius, (sin, cos))| [radius * cos, radius * sin])
            .collect()
    })
}

fn area(ring: &[[f64; 2]]) -> f64 {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>().abs() / 2.0
}

fn length(ring: &[[i32; 2]]) -> f64 {
    length_of(&ring.iter().map(|corner| corner.map(f64::from)).collect::<Vec<_>>())
}

fn length_of(ring: &[[f64; 2]]) -> f64 {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1])).sum()
}

fn polygon(shape: &Shape) -> Polygon<f64> {
    let mut rings = shape.iter().map(|ring| ring.iter().map(|[x, y]| (f64::from(*x), f64::from(*y))).collect::<geo_types::LineString>());
    Polygon::new(rings.next().expect("an exterior"), rings.collect())
}

#[test]
fn a_layer_without_features_is_an_empty_tile() {
    let mut layer = Layer::new("nothing");
    layer.key("unused");
    layer.polygons(None, &[], &[]);
    assert!(layer.is_empty() && layer.into_tile().is_empty());
}

#[test]
fn rings_without_area_are_dropped() {
    assert_eq!(convex(&[[0.0, 0.0], [100.0, 0.2], [200.0, 0.4], [0.0, 0.0]]), None);
    assert_eq!(convex(&[[-500.0, 0.0], [-300.0, 0.0], [-300.0, 100.0]]), None, "beyond the buffer");
    assert!(areas([[[0.0, 0.0], [100.0, 0.0], [50.0, 0.3]].as_slice()].into_iter()).is_empty());
    assert!(areas(std::iter::empty()).is_empty());
}

#[test]
fn a_spiral_falls_apart_into_valid_pieces() {
    // A comb whose teeth reach into the tile from beyond its eastern edge.
    let comb: Vec<[f64; 2]> = [
        [6000.0, 0.0],
        [3000.0, 0.0],
        [3000.0, 100.0],
        [5000.0, 100.0],
        [5000.0, 200.0],
        [3000.0, 200.0],
        [3000.0, 300.0],
        [6000.0, 300.0],
    ]
    .into();
    let shapes = areas([comb.as_slice()].into_iter());
    assert_eq!(shapes.len(), 2, "the bridge along the edge is gone: {shapes:?}");
    assert!(shapes.iter().all(|shape| doubled_area(&shape[0]) == 2 * 100 * 1160));
}
