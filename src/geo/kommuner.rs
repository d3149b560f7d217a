//! Which kommun a point lies in, and how sure one can be.

use geo::{BoundingRect, MultiPolygon};
use rstar::{AABB, RTree, RTreeObject};

use super::outline;
use crate::domain::ids::MunicipalityCode;

/// The outlines of all kommuner in one R-tree of boxes.
#[derive(Debug, Default)]
pub struct Locator {
    tree: RTree<Outline>,
}

#[derive(Debug)]
struct Outline {
    code: MunicipalityCode,
    polygon: MultiPolygon<f64>,
    uncertainty_m: f64,
    envelope: AABB<[f64; 2]>,
}

impl RTreeObject for Outline {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

/// The answer: a kommun, and whether the border is far enough away to be sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// The kommun.
    pub code: MunicipalityCode,
    /// `false` within the outline's uncertainty of the border.
    pub certain: bool,
}

impl Locator {
    /// Builds from outlines (WGS 84) with their uncertainty in metres.
    pub fn new(outlines: impl IntoIterator<Item = (MunicipalityCode, MultiPolygon<f64>, f64)>) -> Self {
        let outlines = outlines
            .into_iter()
            .filter_map(|(code, polygon, uncertainty_m)| {
                let rect = polygon.bounding_rect()?;
                // The box is widened so that a point in a gap between two generalised outlines still meets its neighbours.
                let lat = uncertainty_m / 110_000.0;
                let lon = uncertainty_m / (110_000.0 * rect.max().y.abs().min(85.0).to_radians().cos());
                let envelope = AABB::from_corners([rect.min().x - lon, rect.min().y - lat], [rect.max().x + lon, rect.max().y + lat]);
                Some(Outline { code, polygon, uncertainty_m, envelope })
            })
            .collect();
        Self { tree: RTree::bulk_load(outlines) }
    }

    /// The kommuner that may have something in a box of degrees (west, south, east, north), by code.
    pub fn near(&self, [west, south, east, north]: [f64; 4]) -> Vec<MunicipalityCode> {
        let envelope = AABB::from_corners([west, south], [east, north]);
        let mut codes: Vec<_> = self.tree.locate_in_envelope_intersecting(envelope).map(|outline| outline.code).collect();
        codes.sort_unstable();
        codes
    }

    /// The kommun of a point: one that contains it (of several, the one with the surest border), else the nearest within its
    /// uncertainty, else none.
    pub fn locate(&self, lon: f64, lat: f64) -> Option<Located> {
        let near = || self.tree.locate_in_envelope_intersecting(AABB::from_point([lon, lat]));
        let inside = near()
            .filter(|o| outline::contains(&o.polygon, lon, lat))
            .min_by(|a, b| a.uncertainty_m.total_cmp(&b.uncertainty_m).then(a.code.cmp(&b.code)));
        if let Some(o) = inside {
            let certain = o.uncertainty_m == 0.0 || outline::distance_to_border_m(&o.polygon, lon, lat) > o.uncertainty_m;
            return Some(Located { code: o.code, certain });
        }
        near()
            .map(|o| (outline::distance_to_border_m(&o.polygon, lon, lat), o))
            .filter(|(distance, o)| *distance <= o.uncertainty_m)
            .min_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, o)| Located { code: o.code, certain: false })
    }
}

#[cfg(test)]
#[path = "kommuner_tests.rs"]
mod tests;
