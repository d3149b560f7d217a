//! The guard for untrusted polygons: from GeoJSON to a polygon that every algorithm of `geo` can take, or the first fault.
//!
//! Coordinates are read here, not by the `geojson` crate, whose conversion panics on short positions. Validity is that of OGC
//! Simple Features 6.1.11 (rings simple, holes inside, parts apart), except that an interior cut in two by touching
//! rings is let through, and direction of rings is not asked for (RFC 7946 § 3.1.6 tells readers not to).
//! Cost: rings are compared through an R-tree, a first fault ends the work, and edges are compared only so often as
//! the allowance of positions permits, so neither stars, zig-zags nor combs keep us.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Area, BoundingRect, Contains, Coord, Intersects, Line, LineString, MultiPolygon, Polygon, Relate};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};
use serde_json::Value;

/// Why a geometry is refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GeometryFault {
    /// Not a GeoJSON Polygon or MultiPolygon, or its `coordinates` are not nested as the type asks.
    NotAPolygon,
    /// No polygon, or a polygon without rings.
    Empty,
    /// A position that is not two or three finite numbers.
    BadPosition,
    /// A longitude beyond ±180° or a latitude beyond ±90°.
    OutOfRange,
    /// More positions, or more rings, than allowed.
    TooLarge,
    /// A ring of fewer than four positions.
    TooFewPositions,
    /// A ring whose last position is not its first.
    NotClosed,
    /// A ring that encloses nothing.
    NoArea,
    /// A ring that crosses, touches or retraces itself.
    SelfIntersection,
    /// Rings that cross, overlap, share a border, or a hole outside its exterior.
    RingsCross,
    /// So many edges side by side that comparing them all would take too long.
    TooIntricate,
}

impl GeometryFault {
    /// A stable code for problem documents.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAPolygon => "not_a_polygon",
            Self::Empty => "empty_geometry",
            Self::BadPosition => "bad_position",
            Self::OutOfRange => "position_out_of_range",
            Self::TooLarge => "too_many_vertices",
            Self::TooFewPositions => "too_few_positions",
            Self::NotClosed => "ring_not_closed",
            Self::NoArea => "no_area",
            Self::SelfIntersection => "self_intersection",
            Self::RingsCross => "rings_cross",
            Self::TooIntricate => "too_intricate",
        }
    }
}

/// Positions to a ring that a large polygon has at least, on average: bounds the pairs of rings to compare.
const POSITIONS_PER_RING: usize = 20;

/// Meetings of edges' boxes to each position that is allowed: the edges of a coast meet fewer than ten others, those of a star of 2,000 spikes
/// some hundreds, those of a comb that lies aslant all the others.
const MEETINGS_PER_POSITION: usize = 500;

/// Reads a GeoJSON geometry of type Polygon or MultiPolygon and checks it as [`check_polygon`] does. An altitude is dropped.
pub fn polygon_from_geojson(value: &Value, max_vertices: usize) -> Result<MultiPolygon<f64>, GeometryFault> {
    let coordinates = value.get("coordinates").ok_or(GeometryFault::NotAPolygon)?;
    let mut budget = max_vertices;
    let polygons = match value.get("type").and_then(Value::as_str) {
        Some("Polygon") => vec![read_polygon(coordinates, &mut budget)?],
        Some("MultiPolygon") => array(coordinates)?.iter().map(|polygon| read_polygon(polygon, &mut budget)).collect::<Result<_, _>>()?,
        _ => return Err(GeometryFault::NotAPolygon),
    };
    check_polygon(&polygons, max_vertices)
}

/// Checks polygons given as rings of [longitude, latitude], the exterior first: at most `max_vertices` positions in all (and a
/// ring to every 20 of them), closed rings of at least four positions, simple, with area, not crossing one another.
/// Repeated positions are dropped.
pub fn check_polygon(polygons: &[Vec<Vec<[f64; 2]>>], max_vertices: usize) -> Result<MultiPolygon<f64>, GeometryFault> {
    if polygons.is_empty() || polygons.iter().any(Vec::is_empty) {
        return Err(GeometryFault::Empty);
    }
    let rings = || polygons.iter().flatten();
    if rings().map(Vec::len).sum::<usize>() > max_vertices || rings().count() > max_vertices.div_ceil(POSITIONS_PER_RING) {
        return Err(GeometryFault::TooLarge);
    }
    let polygons: Vec<Polygon<f64>> = polygons
        .iter()
        .map(|rings| {
            let mut rings = rings.iter().map(|ring| check_ring(ring)).collect::<Result<Vec<_>, _>>()?.into_iter();
            let exterior = rings.next().ok_or(GeometryFault::Empty)?;
            Ok(Polygon::new(exterior, rings.collect()))
        })
        .collect::<Result<_, _>>()?;
    check_crossings(&polygons, max_vertices)?;
    check_holes_and_parts(&polygons)?;
    Ok(MultiPolygon::new(polygons))
}

fn array(value: &Value) -> Result<&Vec<Value>, GeometryFault> {
    value.as_array().ok_or(GeometryFault::NotAPolygon)
}

fn read_polygon(value: &Value, budget: &mut usize) -> Result<Vec<Vec<[f64; 2]>>, GeometryFault> {
    array(value)?
        .iter()
        .map(|ring| {
            let ring = array(ring)?;
            *budget = budget.checked_sub(ring.len()).ok_or(GeometryFault::TooLarge)?;
            ring.iter().map(read_position).collect()
        })
        .collect()
}

fn read_position(value: &Value) -> Result<[f64; 2], GeometryFault> {
    let numbers = array(value)?;
    if !(2..=3).contains(&numbers.len()) {
        return Err(GeometryFault::BadPosition);
    }
    let number = |index: usize| numbers.get(index).and_then(Value::as_f64).ok_or(GeometryFault::BadPosition);
    if numbers.len() == 3 {
        number(2)?;
    }
    Ok([number(0)?, number(1)?])
}

fn check_ring(ring: &[[f64; 2]]) -> Result<LineString<f64>, GeometryFault> {
    if ring.iter().flatten().any(|number| !number.is_finite()) {
        return Err(GeometryFault::BadPosition);
    }
    if ring.iter().any(|&[lon, lat]| lon.abs() > 180.0 || lat.abs() > 90.0) {
        return Err(GeometryFault::OutOfRange);
    }
    if ring.len() < 4 {
        return Err(GeometryFault::TooFewPositions);
    }
    if ring.first() != ring.last() {
        return Err(GeometryFault::NotClosed);
    }
    let mut positions: Vec<Coord<f64>> = ring.iter().map(|&[x, y]| Coord { x, y }).collect();
    positions.dedup();
    let ring = LineString::new(positions);
    // A ring with fewer than three places, or one that goes out and back, has no area.
    if ring.0.len() < 4 || ring_area(&ring) == 0.0 {
        return Err(GeometryFault::NoArea);
    }
    Ok(ring)
}

fn ring_area(ring: &LineString<f64>) -> f64 {
    Polygon::new(ring.clone(), Vec::new()).unsigned_area()
}

/// An edge in the R-tree: which ring it belongs to, and its number within.
type Edge = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

/// No two edges of any rings cross or run along each other, and edges of one ring meet only at the vertex they share.
/// Different rings may still touch, or cross where both have a vertex; [`check_holes_and_parts`] sees to that.
fn check_crossings(polygons: &[Polygon<f64>], max_vertices: usize) -> Result<(), GeometryFault> {
    let rings: Vec<Vec<Line<f64>>> = polygons
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|ring| ring.lines().collect())
        .collect();
    let edges = rings
        .iter()
        .enumerate()
        .flat_map(|(ring, lines)| lines.iter().enumerate().map(move |(edge, line)| Edge::new(envelope(*line), (ring, edge))));
    let tree = RTree::bulk_load(edges.collect());
    let mut meetings = max_vertices.saturating_mul(MEETINGS_PER_POSITION);
    for edge in &tree {
        let (ring, number) = edge.data;
        let Some(line) = rings.get(ring).and_then(|lines| lines.get(number)) else {
            continue;
        };
        for other in tree.locate_in_envelope_intersecting(edge.envelope()) {
            meetings = meetings.checked_sub(1).ok_or(GeometryFault::TooIntricate)?;
            if other.data <= edge.data {
                continue;
            }
            let (other_ring, other_number) = other.data;
            let Some(other_line) = rings.get(other_ring).and_then(|lines| lines.get(other_number)) else {
                continue;
            };
            if ring != other_ring {
                let meeting = line_intersection(*line, *other_line);
                if let Some(LineIntersection::Collinear { .. } | LineIntersection::SinglePoint { is_proper: true, .. }) = meeting {
                    return Err(GeometryFault::RingsCross);
                }
            } else if edges_clash(*line, *other_line, other_number - number, rings.get(ring).map_or(0, Vec::len)) {
                return Err(GeometryFault::SelfIntersection);
            }
        }
    }
    Ok(())
}

/// Whether two edges of one ring of `count` edges meet in more than the vertex that neighbours share.
fn edges_clash(line: Line<f64>, later: Line<f64>, apart: usize, count: usize) -> bool {
    let (before, after) = match apart {
        1 => (line, later),
        _ if apart + 1 == count => (later, line),
        _ => return line.intersects(&later),
    };
    // Neighbours clash when the second runs back along the first.
    matches!(line_intersection(before, after), Some(LineIntersection::Collinear { intersection }) if intersection.start != intersection.end)
}

fn envelope(line: Line<f64>) -> Rectangle<[f64; 2]> {
    Rectangle::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y])
}

/// Holes lie in their exterior and apart from one another, polygons apart from one another; all may touch in points. Edges
/// are known not to cross, so `relate` has few meetings to sort out.
fn check_holes_and_parts(polygons: &[Polygon<f64>]) -> Result<(), GeometryFault> {
    for polygon in polygons.iter().filter(|polygon| !polygon.interiors().is_empty()) {
        let exterior = Polygon::new(polygon.exterior().clone(), Vec::new());
        let holes: Vec<_> = polygon.interiors().iter().map(|ring| Polygon::new(ring.clone(), Vec::new())).collect();
        if !holes.iter().all(|hole| exterior.contains(hole)) {
            return Err(GeometryFault::RingsCross);
        }
        check_apart(&holes)?;
    }
    check_apart(polygons)
}

fn check_apart(polygons: &[Polygon<f64>]) -> Result<(), GeometryFault> {
    let boxed: Vec<_> = polygons.iter().filter_map(|polygon| Some((polygon, polygon.bounding_rect()?))).collect();
    for (index, (polygon, rect)) in boxed.iter().enumerate() {
        for (other, other_rect) in boxed.iter().skip(index + 1) {
            if rect.intersects(other_rect) && !polygon.relate(*other).is_disjoint() && !polygon.relate(*other).is_touches() {
                return Err(GeometryFault::RingsCross);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
