//! Polygons cut to a tile and put on its whole units.
//!
//! Cutting is that of Sutherland & Hodgman (1974), one edge of the box after another. It leaves bridges along the box where a polygon falls
//! apart, and rounding can fold a ring over itself; where that can be, [`areas`] resolves both exactly, in whole numbers. An exterior ring
//! has a positive area by the surveyor's formula in units (y to the south), a hole a negative one, as MVT 2.1 § 4.3.4.4 wants them.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::i_float::int::point::IntPoint;

use super::{BUFFER, EXTENT};

/// A ring that does not repeat its first corner, in whole units.
pub type Ring = Vec<[i32; 2]>;
/// A polygon: its exterior and its holes.
pub type Shape = Vec<Ring>;

const LOW: f64 = -(BUFFER as f64);
const HIGH: f64 = (EXTENT + BUFFER) as f64;

/// What is left of a convex ring (units, closed or not) in a tile and its buffer; `None` where that has no area.
pub fn convex(ring: &[[f64; 2]]) -> Option<Shape> {
    let ring = rounded(&within(ring, LOW, HIGH));
    let area = doubled_area(&ring);
    (area != 0).then(|| vec![if area > 0 { ring } else { ring.into_iter().rev().collect() }])
}

/// What is left of a cell, a convex ring, as [`convex`] has it; one so small that nothing is left of it is the whole unit that its middle
/// lies in.
pub fn cell(ring: &[[f64; 2]]) -> Option<Shape> {
    convex(ring).or_else(|| {
        let middle = [0, 1].map(|axis| ring.iter().map(|corner| corner[axis]).sum::<f64>() / ring.len() as f64);
        // Of a larger cell with its middle here something is left.
        let [x, y] = middle.iter().all(|units| (LOW..HIGH).contains(units)).then(|| middle.map(|units| units.floor() as i32))?;
        Some(vec![vec![[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]])
    })
}

/// What is left of a polygon (its exterior, then its holes; units) in a tile and its buffer: none, one or several, each valid.
pub fn areas<'a>(rings: impl Iterator<Item = &'a [[f64; 2]]>) -> Vec<Shape> {
    let point = |[x, y]: [i32; 2]| IntPoint::new(x, y);
    let rings = rings.map(|ring| rounded(&within(ring, LOW, HIGH))).filter(|ring| ring.len() > 2);
    let shape: Vec<Vec<IntPoint>> = rings.map(|ring| ring.into_iter().map(point).collect()).collect();
    let mut overlay = Overlay::new_custom(64, IntOverlayOptions::ogc(), i_overlay::core::solver::Solver::default());
    // What lies in an odd number of rings is inside, whichever way each runs. The exterior comes out counter-clockwise in a plane whose y
    // points up: positive by the surveyor's formula.
    let shapes = overlay.simplify_shapes(&[shape], FillRule::EvenOdd);
    let ring = |ring: Vec<IntPoint>| ring.into_iter().map(|point| [point.x, point.y]).collect();
    shapes.into_iter().map(|shape| shape.into_iter().map(ring).collect()).collect()
}

/// The part of a ring in the square box from `low` to `high`.
pub(super) fn within(ring: &[[f64; 2]], low: f64, high: f64) -> Vec<[f64; 2]> {
    let mut ring = ring.to_vec();
    for axis in [0, 1] {
        if ring.iter().any(|corner| corner[axis] < low) {
            ring = half(&ring, axis, low, |value| value >= low);
        }
        if ring.iter().any(|corner| corner[axis] > high) {
            ring = half(&ring, axis, high, |value| value <= high);
        }
    }
    ring
}

/// The part of a ring on one side of a line across an axis.
fn half(ring: &[[f64; 2]], axis: usize, edge: f64, is_inside: impl Fn(f64) -> bool) -> Vec<[f64; 2]> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    for (to, from) in ring.iter().zip(ring.iter().cycle().skip(ring.len().saturating_sub(1))) {
        if is_inside(from[axis]) != is_inside(to[axis]) {
            let share = (edge - from[axis]) / (to[axis] - from[axis]);
            let mut crossing = [edge; 2];
            crossing[1 - axis] = from[1 - axis] + share * (to[1 - axis] - from[1 - axis]);
            kept.push(crossing);
        }
        if is_inside(to[axis]) {
            kept.push(*to);
        }
    }
    kept
}

/// On whole units, without corners that fall on the one before.
fn rounded(ring: &[[f64; 2]]) -> Ring {
    let mut ring: Ring = ring.iter().map(|corner| corner.map(|units| units.round() as i32)).collect();
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// Twice the area by the surveyor's formula.
pub(super) fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])).sum()
}
