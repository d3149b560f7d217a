//! The rings of one band.
//!
//! The border of a band consists of directed pieces with the band on their left: across squares along the low level, against
//! it along the high one, and along the border of the lattice. Each piece ends where exactly one other begins, so the rings
//! follow from "what comes next". Which rings belong to one polygon follows without any geometry: pieces of the band that
//! share ground are joined (union–find) across every edge and square, and a ring belongs to the piece its nodes are in.

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::super::density::Surface;
use super::super::union_find::UnionFind;

/// A limit of a band.
#[derive(Clone, Copy)]
pub(super) struct Level {
    /// The value.
    pub(super) value: f64,
    /// How near to the lower end of an edge it may cross, as a share of the edge.
    pub(super) least: f64,
    /// How near to the upper end.
    pub(super) most: f64,
}

/// Nothing comes next.
const END: u32 = u32::MAX;

/// The polygons where the surface is at least `low` (if there is such a limit) and below `high` (likewise).
pub(super) fn band(surface: &Surface, low: Option<Level>, high: Option<Level>) -> MultiPolygon<f64> {
    Tracer::new(surface, [low, high]).polygons()
}

/// Nodes are numbered: first the centres, then for each centre four crossings (of the edge to the east by low and by high, of
/// the edge to the north likewise).
struct Tracer<'a> {
    surface: &'a Surface,
    columns: usize,
    rows: usize,
    limits: [Option<Level>; 2],
    next: Vec<u32>,
    ground: UnionFind,
}

/// An edge between two neighbouring centres: the one further west or south first, and which way it goes from there.
#[derive(Clone, Copy)]
struct Edge {
    from: usize,
    north: bool,
}

impl<'a> Tracer<'a> {
    fn new(surface: &'a Surface, limits: [Option<Level>; 2]) -> Self {
        let nodes = surface.values.len() * 5;
        let (columns, rows) = (surface.lattice.columns, surface.lattice.rows);
        Self { surface, columns, rows, limits, next: vec![END; nodes], ground: UnionFind::new(nodes) }
    }

    fn polygons(mut self) -> MultiPolygon<f64> {
        for row in 0..self.rows {
            for column in 0..self.columns {
                let from = row * self.columns + column;
                if column + 1 < self.columns {
                    let edge = Edge { from, north: false };
                    self.cross_edge(edge, row == 0, row + 1 == self.rows);
                }
                if row + 1 < self.rows {
                    let edge = Edge { from, north: true };
                    self.cross_edge(edge, column + 1 == self.columns, column == 0);
                }
                if column + 1 < self.columns && row + 1 < self.rows {
                    self.cross_square(from);
                }
            }
        }
        self.assemble()
    }

    /// 0 below the band, 1 in it, 2 above it.
    fn class(&self, centre: usize) -> u8 {
        let reached = |limit: &Option<Level>, without| limit.map_or(without, |limit| self.surface.values[centre] >= limit.value);
        let [low, high] = &self.limits;
        u8::from(reached(low, true)) + u8::from(reached(high, false))
    }

    fn other_end(&self, edge: Edge) -> usize {
        edge.from + if edge.north { self.columns } else { 1 }
    }

    fn crossing(&self, edge: Edge, limit: usize) -> u32 {
        (self.surface.values.len() + edge.from * 4 + usize::from(edge.north) * 2 + limit) as u32
    }

    /// Joins the ends of the stretch of an edge that lies in the band; along the lattice's border the stretch is a piece of
    /// the band's border, walked in the edge's direction (the band is north of it or west) or against it.
    fn cross_edge(&mut self, edge: Edge, border_along: bool, border_against: bool) {
        let (a, b) = (edge.from, self.other_end(edge));
        let node = |here: u8, there: u8, centre: usize| match (here, there) {
            (1, _) => Some(centre as u32),
            (0, 1 | 2) => Some(self.crossing(edge, 0)),
            (2, 0 | 1) => Some(self.crossing(edge, 1)),
            _ => None,
        };
        let (class_a, class_b) = (self.class(a), self.class(b));
        let (Some(first), Some(last)) = (node(class_a, class_b, a), node(class_b, class_a, b)) else { return };
        self.ground.join(first, last);
        if border_along {
            self.next[first as usize] = last;
        } else if border_against {
            self.next[last as usize] = first;
        }
    }

    /// The pieces of border within the square north-east of a centre.
    fn cross_square(&mut self, south_west: usize) {
        let (south_east, north_west) = (south_west + 1, south_west + self.columns);
        // Counter-clockwise; each corner with the edge to the next.
        let corners = [
            (south_west, Edge { from: south_west, north: false }),
            (south_east, Edge { from: south_east, north: true }),
            (north_west + 1, Edge { from: north_west, north: false }),
            (north_west, Edge { from: south_west, north: true }),
        ];
        for limit in 0..2 {
            let Some(level) = self.limits[limit] else { continue };
            let values = corners.map(|(corner, _)| self.surface.values[corner]);
            let reaches = values.map(|value| value >= level.value);
            let middle_reaches = values.iter().sum::<f64>() * 0.25 >= level.value;
            for leaving in (0..4).filter(|&at| reaches[at] && !reaches[(at + 1) % 4]) {
                // Walking on around the square, the level is reached again at one edge, or at two: through the middle the
                // border goes to the nearer, around the corner behind to the farther.
                let mut entries = (1..4).map(|ahead| (leaving + ahead) % 4).filter(|&at| !reaches[at] && reaches[(at + 1) % 4]);
                let entering = if middle_reaches { entries.next() } else { entries.next_back() };
                let Some(entering) = entering else { continue };
                let (from, to) = (self.crossing(corners[leaving].1, limit), self.crossing(corners[entering].1, limit));
                self.ground.join(from, to);
                // The band is on the upper side of its low limit and on the lower side of its high one.
                let (from, to) = if limit == 0 { (from, to) } else { (to, from) };
                self.next[from as usize] = to;
            }
        }
    }

    fn assemble(mut self) -> MultiPolygon<f64> {
        // One exterior for each connected piece of ground: the ring with the greatest area.
        let mut rings: Vec<(u32, LineString<f64>, f64)> = Vec::new();
        for start in 0..self.next.len() as u32 {
            if self.next[start as usize] == END {
                continue;
            }
            let mut ring = Vec::new();
            let mut node = start;
            while self.next[node as usize] != END {
                if !self.mid_border(node) {
                    ring.push(self.position(node));
                }
                node = std::mem::replace(&mut self.next[node as usize], END);
            }
            if let Some(first) = ring.first().copied() {
                ring.push(first);
            }
            let area = signed_area(&ring);
            rings.push((self.ground.root(start), LineString(ring), area));
        }
        rings.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)));
        let mut polygons: Vec<Polygon<f64>> = Vec::new();
        let mut piece = END;
        for (root, ring, _) in rings {
            match polygons.last_mut() {
                Some(polygon) if root == piece => polygon.interiors_push(ring),
                _ => polygons.push(Polygon::new(ring, Vec::new())),
            }
            piece = root;
        }
        MultiPolygon(polygons)
    }

    /// Whether a node is a centre on a straight stretch of the lattice's border, which a ring need not name.
    fn mid_border(&self, node: u32) -> bool {
        let node = node as usize;
        let (column, row) = (node % self.columns, node / self.columns);
        let corner = (column == 0 || column + 1 == self.columns) && (row == 0 || row + 1 == self.rows);
        node < self.surface.values.len() && !corner
    }

    fn position(&self, node: u32) -> Coord<f64> {
        let centres = self.surface.values.len();
        let at =
            |centre: usize| Coord { x: self.surface.lattice.x(centre % self.columns), y: self.surface.lattice.y(centre / self.columns) };
        let Some(crossing) = (node as usize).checked_sub(centres) else { return at(node as usize) };
        let edge = Edge { from: crossing / 4, north: crossing % 4 >= 2 };
        let (a, b) = (edge.from, self.other_end(edge));
        let Some(level) = self.limits[crossing % 2] else { return at(a) };
        let (value_a, value_b) = (self.surface.values[a], self.surface.values[b]);
        // Measured from the lower end, so that both bands beside a level compute the same.
        let (lower, upper) = if value_a < value_b { (a, b) } else { (b, a) };
        let rise = (value_a - value_b).abs();
        let share = ((level.value - value_a.min(value_b)) / rise).clamp(level.least, level.most);
        at(lower) + (at(upper) - at(lower)) * share
    }
}

/// Positive for a counter-clockwise ring; relative to its first point, since metric coordinates are large.
fn signed_area(ring: &[Coord<f64>]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    let cross = |pair: &[Coord<f64>]| {
        let (a, b) = (pair[0] - origin, pair[1] - origin);
        a.x * b.y - a.y * b.x
    };
    0.5 * ring.windows(2).map(cross).sum::<f64>()
}
