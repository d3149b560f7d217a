//! Points as a vector tile, three properties each: ours from degrees, PostGIS from points that already lie on the map's plane.

use std::fmt::Write;

use lykta::domain::codes::Category;
use lykta::geo::index::Entry;
use lykta::geo::tile::mvt::Layer;
use lykta::geo::tile::{Places, Tile};
use mvt_reader::Reader;
use mvt_reader::feature::Value;

/// How many points, and what the issue asks for.
pub(crate) const SIZES: [(usize, f64); 2] = [(10_000, 60.0), (100_000, 120.0)];
/// The tile that all of the region lies in.
const AT: (u8, u32, u32) = (8, 136, 77);

/// The tile of the first so many rows.
pub(crate) fn written(rows: &[Entry]) -> Vec<u8> {
    let (z, x, y) = AT;
    let places = Places::new(Tile::new(z, x, y).expect("a tile"));
    let mut layer = Layer::new("reports");
    let [category, hour, status] = ["category", "hour", "status"].map(|name| layer.key(name));
    let categories: Vec<_> = Category::ALL.iter().map(|code| layer.text(code.as_str())).collect();
    for row in rows {
        let (at, hours) = (layer.integer(row.hour.into()), layer.integer(row.status.into()));
        let tags = [(category, categories[usize::from(row.category)]), (hour, at), (status, hours)];
        layer.point(None, places.units(row.lon, row.lat), &tags);
    }
    layer.into_tile()
}

/// Whether the tile owns every row; one that it does not would be drawn at its edge.
pub(crate) fn owns(rows: &[Entry]) -> bool {
    let (z, x, y) = AT;
    Tile::new(z, x, y).is_some_and(|tile| rows.iter().all(|row| tile.owns(row.lon, row.lat)))
}

/// Makes the table of so many points for PostGIS.
pub(crate) fn table(count: usize) -> String {
    let mut names = String::new();
    for code in Category::ALL {
        write!(names, "{}({}, '{}')", if names.is_empty() { "" } else { "," }, code.index(), code.as_str()).expect("written");
    }
    format!(
        "DROP TABLE IF EXISTS tile; CREATE TEMP TABLE tile AS SELECT ST_Transform(place, 3857) AS geom, name AS category, hour::int, status::int \
         FROM points JOIN (VALUES {names}) names (code, name) ON code = cat WHERE id < {count} ORDER BY id; ANALYZE tile"
    )
}

/// The tile of that table.
pub(crate) fn sql() -> String {
    let (z, x, y) = AT;
    format!(
        "SELECT ST_AsMVT(t, 'reports', 4096, 'geom') AS tile FROM (SELECT ST_AsMVTGeom(geom, ST_TileEnvelope({z}, {x}, {y}), 4096, 0, false) AS geom, \
         category, hour, status FROM tile) t"
    )
}

/// Stops where two tiles differ: every point, in order, to a unit (theirs is rounded, ours cut off), with its properties.
pub(crate) fn same(ours: Vec<u8>, theirs: Vec<u8>) {
    let (ours, theirs) = (points(ours), points(theirs));
    assert_eq!(ours.len(), theirs.len(), "PostGIS has another number of points");
    for (ours, theirs) in ours.iter().zip(&theirs) {
        let near = (0..2).all(|axis| (ours.0[axis] - theirs.0[axis]).abs() <= 1.0);
        assert!(near && ours.1 == theirs.1, "PostGIS has another point: {ours:?} {theirs:?}");
    }
}

fn points(tile: Vec<u8>) -> Vec<([f32; 2], Vec<String>)> {
    let features = Reader::new(tile).expect("a tile").get_features(0).expect("features");
    let point = |feature: mvt_reader::feature::Feature| {
        let said = feature.properties.unwrap_or_default();
        let text = |name: &str| match said.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Int(number) | Value::SInt(number)) => number.to_string(),
            Some(Value::UInt(number)) => number.to_string(),
            other => format!("{other:?}"),
        };
        let at = match feature.geometry {
            geo_types::Geometry::Point(point) => Some(point),
            geo_types::Geometry::MultiPoint(points) if points.len() == 1 => points.0.first().copied(),
            _ => None,
        };
        let at = at.expect("one point");
        ([at.x(), at.y()], ["category", "hour", "status"].map(text).to_vec())
    };
    features.into_iter().map(point).collect()
}
