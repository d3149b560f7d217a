//! Polygons on the map: whether a place lies inside one, how far it is from the border, and the guard that untrusted
//! GeoJSON polygons pass before any algorithm of `geo` sees them.
//!
//! Coordinates are WGS 84 degrees, longitude first; edges are straight in longitude and latitude, as in RFC 7946.

use geo::{Coord, Distance, Geodesic, Intersects, Line, LinesIter, MultiPolygon, Point};

mod check;

pub use check::{GeometryFault, check_polygon, polygon_from_geojson};

/// WGS 84: semi-major axis in metres and first eccentricity squared (NIMA TR8350.2).
const SEMI_MAJOR_M: f64 = 6_378_137.0;
const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_141_316e-3;

/// Whether a place lies in the polygon; its border counts as inside.
pub fn contains(polygon: &MultiPolygon<f64>, lon: f64, lat: f64) -> bool {
    polygon.intersects(&Coord { x: lon, y: lat })
}

/// Metres between two places along the geodesic of WGS 84 (Karney 2013).
pub fn distance_m(lon1: f64, lat1: f64, lon2: f64, lat2: f64) -> f64 {
    Geodesic.distance(Point::new(lon1, lat1), Point::new(lon2, lat2))
}

/// Metres from a place, inside or outside, to the nearest point of any ring; infinite where the polygon has no ring.
///
/// The nearest point is found on a plane tangent to the ellipsoid at the place; the distance to it is geodesic. Within
/// 0.01 % of GeographicLib up to the 130 km of our key.
pub fn distance_to_border_m(polygon: &MultiPolygon<f64>, lon: f64, lat: f64) -> f64 {
    let plane = Plane::at(lon, lat);
    polygon
        .lines_iter()
        .map(|edge| plane.nearest_to_origin(edge))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(f64::INFINITY, |(_, nearest)| distance_m(lon, lat, nearest.x, nearest.y))
}

/// Metres east and north of a place, for points near it.
struct Plane {
    origin: Coord<f64>,
    per_degree: Coord<f64>,
}

impl Plane {
    fn at(lon: f64, lat: f64) -> Self {
        let (sin, cos) = lat.to_radians().sin_cos();
        let w2 = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
        let prime_vertical = SEMI_MAJOR_M / w2.sqrt();
        let meridian = prime_vertical * (1.0 - ECCENTRICITY_SQUARED) / w2;
        Self { origin: Coord { x: lon, y: lat }, per_degree: Coord { x: (prime_vertical * cos).to_radians(), y: meridian.to_radians() } }
    }

    /// The point of an edge nearest to the place: square metres to it, and itself in degrees.
    fn nearest_to_origin(&self, edge: Line<f64>) -> (f64, Coord<f64>) {
        let metres = |c: Coord<f64>| Coord { x: (c.x - self.origin.x) * self.per_degree.x, y: (c.y - self.origin.y) * self.per_degree.y };
        let (a, b) = (metres(edge.start), metres(edge.end));
        let along = b - a;
        let length2 = along.x * along.x + along.y * along.y;
        let t = if length2 > 0.0 { (-(a.x * along.x + a.y * along.y) / length2).clamp(0.0, 1.0) } else { 0.0 };
        let near = a + along * t;
        (near.x * near.x + near.y * near.y, edge.start + edge.delta() * t)
    }
}

#[cfg(test)]
#[path = "outline_tests.rs"]
mod tests;
