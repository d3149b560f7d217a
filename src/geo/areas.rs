//! Which focus areas cover a place: the linking rule over an R-tree of the place areas' boxes, beside the list of themes.
//!
//! The link is a function of the report and the areas as they are, never stored: a new or changed area relinks every report it covers
//! by being there.

use rstar::{AABB, RTree, RTreeObject};

use super::filter::AreaCondition;
use super::shape::Shape;
use crate::domain::agreement::{FocusArea, Scope};
use crate::domain::codes::Category;
use crate::domain::ids::FocusAreaId;

/// The focus areas of a kommun, in the order of their agreements.
#[derive(Debug, Default)]
pub struct Areas {
    list: Vec<(FocusArea, AreaCondition)>,
    places: RTree<AreaBox>,
}

#[derive(Clone, Debug)]
struct AreaBox {
    envelope: AABB<[f64; 2]>,
    at: usize,
}

impl RTreeObject for AreaBox {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

impl Areas {
    /// Builds from the areas of one kommun.
    pub fn new(areas: Vec<FocusArea>) -> Self {
        let list: Vec<_> = areas
            .into_iter()
            .map(|area| {
                let shape = match &area.scope {
                    Scope::Place { polygon, .. } => Shape::new(polygon),
                    Scope::Theme { .. } => None,
                };
                let condition = AreaCondition { rule: area.scope.rule(), shape };
                (area, condition)
            })
            .collect();
        let boxes = list
            .iter()
            .enumerate()
            .filter_map(|(at, (_, condition))| {
                let [west, south, east, north] = condition.shape.as_ref()?.bbox();
                Some(AreaBox { envelope: AABB::from_corners([west, south], [east, north]), at })
            })
            .collect();
        Self { list, places: RTree::bulk_load(boxes) }
    }

    /// All areas, in order.
    pub fn iter(&self) -> impl Iterator<Item = &FocusArea> {
        self.list.iter().map(|(area, _)| area)
    }

    /// All areas as conditions, in the same order.
    pub fn conditions(&self) -> Vec<AreaCondition> {
        self.list.iter().map(|(_, condition)| condition.clone()).collect()
    }

    /// One area as a condition.
    pub fn condition(&self, id: FocusAreaId) -> Option<&AreaCondition> {
        self.list.iter().find(|(area, _)| area.id == id).map(|(_, condition)| condition)
    }

    /// The places whose box meets a box of degrees (west, south, east, north), in order.
    pub fn near(&self, [west, south, east, north]: [f64; 4]) -> Vec<&FocusArea> {
        let envelope = AABB::from_corners([west, south], [east, north]);
        let mut found: Vec<usize> = self.places.locate_in_envelope_intersecting(envelope).map(|place| place.at).collect();
        found.sort_unstable();
        found.into_iter().filter_map(|at| self.list.get(at).map(|(area, _)| area)).collect()
    }

    /// The areas that cover a report, in order; `at` is `None` while it has only words for its place.
    pub fn covering(&self, at: Option<(f64, f64)>, category: Category) -> Vec<&FocusArea> {
        let themes = self.list.iter().enumerate().filter(|(_, (_, condition))| !condition.rule.place).map(|(at, _)| at);
        let places = at.into_iter().flat_map(|(lon, lat)| self.places.locate_in_envelope_intersecting(AABB::from_point([lon, lat])));
        let covers = |near: &usize| self.list.get(*near).is_some_and(|(_, condition)| condition.covers_at(at, category.index()));
        let mut found: Vec<usize> = themes.chain(places.map(|place| place.at)).filter(covers).collect();
        found.sort_unstable();
        found.into_iter().filter_map(|at| self.list.get(at).map(|(area, _)| area)).collect()
    }
}

#[cfg(test)]
#[path = "areas_tests.rs"]
mod tests;
