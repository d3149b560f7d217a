//! What stands in each layer.

use std::sync::Arc;

use crate::analysis::tiles::{Cluster, Content, Spot};
use crate::app::registry::Kommun;
use crate::domain::agreement::Scope;
use crate::domain::codes::{Category, Light, Status};
use crate::geo::grid::Grid;
use crate::geo::tile::mvt::{Key, Layer, Value};
use crate::geo::tile::{BUFFER, EXTENT, Tile, clip, world};
use crate::http::heatmap::HEATMAP;

pub(super) const REPORTS: &str = "reports";
pub(super) const AREAS: &str = "focus-areas";

/// A layer as TileJSON describes it.
pub(super) struct Described<'a> {
    pub(super) id: &'static str,
    pub(super) description: &'static str,
    /// Properties and what they hold.
    pub(super) fields: &'a [(&'static str, &'static str)],
}

pub(super) const REPORTS_LAYER: Described<'static> = Described {
    id: REPORTS,
    description: "Reports as points from zoom 14 on; as sums before, and where more than 10,000 are in one tile.",
    fields: &[
        ("id", "String: id of the report"),
        ("category", "String"),
        ("group", "String"),
        ("feeling", "String: unsafe or safe"),
        ("status", "String"),
        ("light", "String"),
        ("time", "Number: seconds since 1970 UTC when it happened, else when it was received"),
        ("cluster", "Boolean: true for a sum, which has only the next three"),
        ("point_count", "Number of reports in a sum"),
        ("unsafe", "Number of them of feeling unsafe"),
        ("safe", "Number of them of feeling safe"),
    ],
};

pub(super) const HEATMAP_LAYER: Described<'static> = Described {
    id: HEATMAP,
    description: "Cells with what is said of them; a cell is whole in every tile that it meets.",
    // What follows depends on the statistic.
    fields: &[("cell", "String: id of the cell")],
};

pub(super) const AREAS_LAYER: Described<'static> = Described {
    id: AREAS,
    description: "Focus areas that are places.",
    fields: &[
        ("id", "String: id of the focus area"),
        ("municipality", "String: code of the kommun"),
        ("title_sv", "String"),
        ("title_en", "String"),
        ("categories", "String: codes with commas between them; none for all"),
        ("valid_to", "String: last day of its agreement"),
    ],
};

/// Reports.
pub(super) fn reports(content: &Content) -> Vec<u8> {
    match content {
        Content::Spots(spots) => points(spots),
        Content::Clusters(clusters) => sums(clusters),
    }
}

fn points(spots: &[Spot]) -> Vec<u8> {
    let mut layer = Layer::new(REPORTS);
    let [id, category, group, feeling, status, light, time] =
        ["id", "category", "group", "feeling", "status", "light", "time"].map(|name| layer.key(name));
    // Codes are looked up once, not once a report.
    let of_category: Vec<[(Key, Value); 3]> = (Category::ALL.iter())
        .map(|code| {
            let texts = [(category, code.as_str()), (group, code.group().as_str()), (feeling, code.feeling().as_str())];
            texts.map(|(key, text)| (key, layer.text(text)))
        })
        .collect();
    let of_status: Vec<(Key, Value)> = Status::ALL.iter().map(|code| (status, layer.text(code.as_str()))).collect();
    let of_light: Vec<(Key, Value)> = Light::ALL.iter().map(|code| (light, layer.text(code.as_str()))).collect();
    let mut tags = Vec::new();
    for spot in spots {
        tags.clear();
        let mut name = uuid::Uuid::encode_buffer();
        tags.push((id, layer.own_text(spot.id.hyphenated().encode_lower(&mut name))));
        tags.extend_from_slice(&of_category[spot.category.index()]);
        tags.extend(of_status.get(usize::from(spot.status)));
        tags.extend(of_light.get(usize::from(spot.light)));
        tags.push((time, layer.integer(spot.happened.div_euclid(1_000_000))));
        layer.point(None, spot.at, &tags);
    }
    layer.into_tile()
}

fn sums(clusters: &[Cluster]) -> Vec<u8> {
    let mut layer = Layer::new(REPORTS);
    let [cluster, point_count, of_unsafe, of_safe] = ["cluster", "point_count", "unsafe", "safe"].map(|name| layer.key(name));
    for sum in clusters {
        let mut count = |key, count: u64| (key, layer.integer(count as i64));
        let counts =
            [count(point_count, sum.unsafe_count + sum.safe_count), count(of_unsafe, sum.unsafe_count), count(of_safe, sum.safe_count)];
        let yes = layer.yes();
        let [all, of_unsafe, of_safe] = counts;
        layer.point(None, sum.at, &[(cluster, yes), all, of_unsafe, of_safe]);
    }
    layer.into_tile()
}

/// The zoom from which a cell is at least two pixels wide in Sweden (60° north, tiles of 512 pixels), so that no tile has more of them than
/// a screen has dots for.
pub(super) fn zoom_from(grid: Grid) -> u8 {
    // The equator (WGS 84), halved at 60°.
    const PIXEL_M: f64 = 40_075_016.7 * 0.5 / 512.0;
    let wide = if matches!(grid, Grid::Square(_)) { grid.size_m() } else { 2.0 * grid.size_m() };
    (2.0 * PIXEL_M / wide).log2().ceil() as u8
}

/// Focus areas that are places.
pub(super) fn areas(kommuner: &[Arc<Kommun>], tile: Tile) -> Vec<u8> {
    let [west, south, east, north] = tile.bounds();
    let around = f64::from(BUFFER) / f64::from(EXTENT);
    let (aside, up) = ((east - west) * around, (north - south) * around);
    let mut layer = Layer::new(AREAS);
    let keys = ["id", "municipality", "title_sv", "title_en", "categories", "valid_to"].map(|name| layer.key(name));
    for kommun in kommuner {
        for area in kommun.areas.near([west - aside, south - up, east + aside, north + up]) {
            let Scope::Place { polygon, .. } = &area.scope else { continue };
            let ring = |ring: &geo_types::LineString<f64>| -> Vec<[f64; 2]> {
                ring.coords().map(|corner| tile.units(world(corner.x, corner.y))).collect()
            };
            let mut shapes = Vec::new();
            for polygon in polygon {
                let rings: Vec<_> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect();
                shapes.extend(clip::areas(rings.iter().map(Vec::as_slice)));
            }
            let categories: Vec<&str> = area.scope.listed().into_iter().map(Category::as_str).collect();
            let texts = [
                area.id.to_string(),
                kommun.municipality.code.to_string(),
                area.title.sv.clone(),
                area.title.en.clone(),
                categories.join(","),
                area.valid_to.to_string(),
            ];
            let tags: Vec<(Key, Value)> = keys.into_iter().zip(&texts).map(|(key, text)| (key, layer.text(text))).collect();
            layer.polygons(None, &shapes, &tags);
        }
    }
    layer.into_tile()
}
