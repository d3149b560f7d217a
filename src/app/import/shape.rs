//! Polygons of trusted files: several features as one shape, and a shape as the GeoJSON that is stored.

use geo::{MultiPolygon, unary_union};
use serde_json::{Value, json};

use super::account::Reason;
use crate::app::registry::TRUSTED_VERTICES;
use crate::domain::invalid::Fault;
use crate::geo::outline::{GeometryFault, check_polygon, polygon_from_geojson};

/// The polygon of a feature's geometry.
pub(super) fn polygon(geometry: Option<&Value>) -> Result<MultiPolygon<f64>, Reason> {
    let geometry = geometry.ok_or_else(|| fault(GeometryFault::NotAPolygon))?;
    polygon_from_geojson(geometry, TRUSTED_VERTICES).map_err(fault)
}

/// Why a shape is refused.
pub(super) fn fault(fault: GeometryFault) -> Reason {
    Reason::fault("geometry", &Fault::Geometry(fault.code()), None)
}

/// One shape of several that may touch or overlap, such as the districts of a county.
pub(super) fn merge(mut shapes: Vec<MultiPolygon<f64>>) -> Result<MultiPolygon<f64>, GeometryFault> {
    if shapes.len() == 1
        && let Some(only) = shapes.pop()
    {
        return Ok(only);
    }
    check_polygon(&coordinates(&unary_union(&shapes)), TRUSTED_VERTICES)
}

/// The rings as lists of positions.
fn coordinates(shape: &MultiPolygon<f64>) -> Vec<Vec<Vec<[f64; 2]>>> {
    let ring = |ring: &geo::LineString<f64>| ring.coords().map(|c| [c.x, c.y]).collect();
    shape.iter().map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()).collect()
}

/// The GeoJSON that is stored.
pub(super) fn to_geojson(shape: &MultiPolygon<f64>) -> Value {
    json!({"type": "MultiPolygon", "coordinates": coordinates(shape)})
}

/// Positions in all rings.
pub(super) fn vertices(shape: &MultiPolygon<f64>) -> usize {
    shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())).map(|ring| ring.0.len()).sum()
}

/// Whether stored GeoJSON says the same as a shape. Compared after a round through text, as the store does it.
pub(super) fn is_stored(shape: &Value, stored: &Value) -> bool {
    serde_json::from_str::<Value>(&shape.to_string()).is_ok_and(|shape| shape == *stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![geo::Rect::new((west, 56.0), (west + 1.0, 57.0)).to_polygon()])
    }

    #[test]
    fn neighbours_become_one_ring() {
        let merged = merge(vec![square(14.0), square(15.0)]).expect("merged");
        assert_eq!((merged.0.len(), merged.0[0].interiors().len()), (1, 0));
        assert!(crate::geo::outline::contains(&merged, 15.0, 56.5));
        let apart = merge(vec![square(14.0), square(18.0)]).expect("merged");
        assert_eq!(apart.0.len(), 2);
    }

    #[test]
    fn what_is_stored_is_found_again() {
        let shape = to_geojson(&square(14.123_456_789_012_34));
        let stored: Value = serde_json::from_str(&shape.to_string()).expect("json");
        assert!(is_stored(&shape, &stored) && !is_stored(&to_geojson(&square(14.2)), &stored));
    }
}
