//! A polygon prepared for many questions: whether it covers a point, and whether a whole box lies inside it.
//!
//! Coordinates are WGS 84 degrees, edges straight in longitude and latitude. The border belongs to the polygon. Both answers are exact
//! (robust orientation, Shewchuk 1997): the same as testing every edge, but only those in the strip of the question are looked at.

use std::sync::Arc;

use geo::kernels::RobustKernel;
use geo::{BoundingRect, Coord, Kernel, Line, LinesIter, MultiPolygon, Orientation, Polygon};

/// How a box lies to a polygon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// No point of the box is covered.
    Outside,
    /// Every point of the box is covered.
    Inside,
    /// An edge touches the box.
    Crossed,
}

/// A polygon, ready to be asked. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Shape {
    parts: Arc<[Part]>,
    bbox: [f64; 4],
}

/// One polygon of several.
#[derive(Debug)]
struct Part {
    bbox: [f64; 4],
    /// Strips of equal height from the south; `starts[i]..starts[i + 1]` are the edges that reach strip `i`.
    starts: Vec<u32>,
    edges: Vec<Line<f64>>,
    per_degree: f64,
}

impl Shape {
    /// Prepares a polygon (WGS 84); `None` when it is empty.
    pub fn new(polygon: &MultiPolygon<f64>) -> Option<Self> {
        let parts: Arc<[Part]> = polygon.iter().filter_map(Part::new).collect();
        let bbox = parts.iter().map(|part| part.bbox).reduce(join)?;
        Some(Self { parts, bbox })
    }

    /// West, south, east, north in degrees.
    pub const fn bbox(&self) -> [f64; 4] {
        self.bbox
    }

    /// Whether a point lies inside or on the edge.
    pub fn covers(&self, lon: f64, lat: f64) -> bool {
        self.parts.iter().any(|part| part.covers(Coord { x: lon, y: lat }))
    }

    /// How a closed box (west, south, east, north) lies.
    pub fn relation(&self, bounds: [f64; 4]) -> Relation {
        if self.parts.iter().any(|part| part.touches(bounds)) {
            Relation::Crossed
        } else if self.covers(bounds[0], bounds[1]) {
            // No edge touches the box: all of it is as its corner is.
            Relation::Inside
        } else {
            Relation::Outside
        }
    }
}

impl Part {
    fn new(polygon: &Polygon<f64>) -> Option<Self> {
        let rect = polygon.bounding_rect()?;
        let bbox = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
        let lines: Vec<Line<f64>> = polygon.lines_iter().collect();
        // Fewer strips for a polygon whose edges are tall, so that the lists stay a few times as long as the ring.
        let mut strips = lines.len().clamp(1, 8_192);
        loop {
            let mut part = Self { bbox, starts: vec![0; strips + 1], edges: Vec::new(), per_degree: 0.0 };
            part.per_degree = strips as f64 / (bbox[3] - bbox[1]).max(f64::MIN_POSITIVE);
            let reached = |line: &Line<f64>| part.strip(line.start.y.min(line.end.y))..part.strip(line.start.y.max(line.end.y)) + 1;
            let total: usize = lines.iter().map(|line| reached(line).len()).sum();
            if total > 16 * lines.len() + 64 && strips > 1 {
                strips /= 2;
                continue;
            }
            let mut listed: Vec<(usize, Line<f64>)> = Vec::with_capacity(total);
            for line in &lines {
                listed.extend(reached(line).map(|strip| (strip, *line)));
            }
            listed.sort_by_key(|(strip, _)| *strip);
            for (strip, _) in &listed {
                part.starts[strip + 1] += 1;
            }
            for strip in 0..strips {
                part.starts[strip + 1] += part.starts[strip];
            }
            part.edges = listed.into_iter().map(|(_, line)| line).collect();
            return Some(part);
        }
    }

    /// The strip of a latitude, the outermost for what lies beyond.
    fn strip(&self, lat: f64) -> usize {
        // A negative or missing number becomes 0.
        (((lat - self.bbox[1]) * self.per_degree) as usize).min(self.starts.len() - 2)
    }

    fn edges_in(&self, first: usize, last: usize) -> &[Line<f64>] {
        &self.edges[self.starts[first] as usize..self.starts[last + 1] as usize]
    }

    /// Even-odd rule over all rings, with the border inside.
    fn covers(&self, point: Coord<f64>) -> bool {
        let [west, south, east, north] = self.bbox;
        if !(point.x >= west && point.x <= east && point.y >= south && point.y <= north) {
            return false;
        }
        let strip = self.strip(point.y);
        let mut inside = false;
        for Line { start, end } in self.edges_in(strip, strip) {
            let (low, high) = if start.y <= end.y { (*start, *end) } else { (*end, *start) };
            if point.y < low.y || point.y > high.y || point.x > low.x.max(high.x) {
                continue;
            }
            let crosses = low.y <= point.y && point.y < high.y;
            if point.x < low.x.min(high.x) {
                inside ^= crosses;
                continue;
            }
            match RobustKernel::orient2d(low, high, point) {
                Orientation::Collinear => return true,
                // West of an edge that points north: a ray to the east meets it.
                Orientation::CounterClockwise => inside ^= crosses,
                Orientation::Clockwise => {}
            }
        }
        inside
    }

    /// Whether an edge has a point in common with a closed box.
    fn touches(&self, bounds: [f64; 4]) -> bool {
        let [west, south, east, north] = bounds;
        if west > self.bbox[2] || east < self.bbox[0] || south > self.bbox[3] || north < self.bbox[1] {
            return false;
        }
        self.edges_in(self.strip(south), self.strip(north)).iter().any(|edge| meets(edge, bounds))
    }
}

/// Whether a segment meets a closed box: their boxes do, and the corners are not all on one side of its line.
fn meets(Line { start, end }: &Line<f64>, [west, south, east, north]: [f64; 4]) -> bool {
    if start.x.max(end.x) < west || start.x.min(end.x) > east || start.y.max(end.y) < south || start.y.min(end.y) > north {
        return false;
    }
    let corners = [(west, south), (east, south), (east, north), (west, north)];
    let sides = corners.map(|(x, y)| RobustKernel::orient2d(*start, *end, Coord { x, y }));
    sides.iter().any(|side| *side == Orientation::Collinear || *side != sides[0])
}

/// The box around two boxes.
pub fn join(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[cfg(test)]
mod tests {
    use geo::Intersects;
    use proptest::prelude::*;

    use super::*;

    /// A star-shaped ring with a hole, and a second polygon beside it; on coarse coordinates, so that points fall on edges and corners.
    fn polygon(radii: &[u8]) -> MultiPolygon<f64> {
        let ring = |scale: f64| {
            let turn = std::f64::consts::TAU / radii.len() as f64;
            let corner = |(at, radius): (usize, &u8)| {
                let (sin, cos) = (at as f64 * turn).sin_cos();
                let radius = scale * f64::from(radius % 6 + 4);
                Coord { x: (radius * cos).round() * 0.25, y: (radius * sin).round() * 0.25 }
            };
            geo::LineString::new(radii.iter().enumerate().map(corner).collect())
        };
        let beside = geo::Rect::new((3.0, 3.0), (4.5, 3.5)).to_polygon();
        MultiPolygon(vec![Polygon::new(ring(1.0), vec![ring(0.25)]), beside])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 100_000, ..ProptestConfig::default() })]

        #[test]
        fn a_point_is_covered_where_geo_says_so(radii in proptest::collection::vec(any::<u8>(), 8..24), at in proptest::collection::vec((-24..40_i32, -24..40_i32), 40)) {
            let polygon = polygon(&radii);
            // Rounding can fold a ring over itself; geo and we only promise the same for valid ones.
            prop_assume!(geo::Validation::is_valid(&polygon));
            let shape = Shape::new(&polygon).expect("not empty");
            for (x, y) in at {
                let point = Coord { x: f64::from(x) * 0.125, y: f64::from(y) * 0.125 };
                prop_assert_eq!(shape.covers(point.x, point.y), polygon.intersects(&point), "{:?}", point);
            }
        }

        #[test]
        fn a_box_is_inside_outside_or_crossed_as_geo_relates_it(
            radii in proptest::collection::vec(any::<u8>(), 8..24), boxes in proptest::collection::vec((-24..40_i32, -24..40_i32, 0..8_i32, 0..8_i32), 40),
        ) {
            let polygon = polygon(&radii);
            prop_assume!(geo::Validation::is_valid(&polygon));
            let shape = Shape::new(&polygon).expect("not empty");
            for (x, y, wide, high) in boxes {
                let bounds = [x, y, x + wide + 1, y + high + 1].map(|eighth| f64::from(eighth) * 0.125);
                let rect = geo::Rect::new((bounds[0], bounds[1]), (bounds[2], bounds[3]));
                let touched = polygon.lines_iter().any(|edge| edge.intersects(&rect));
                let relation = if touched { Relation::Crossed } else if polygon.intersects(&rect) { Relation::Inside } else { Relation::Outside };
                prop_assert_eq!(shape.relation(bounds), relation, "{:?}", bounds);
            }
        }
    }
}
