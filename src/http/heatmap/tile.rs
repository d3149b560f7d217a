//! Cells on map tiles: the properties of the GeoJSON answer as tags, those that are `null` left out.

use super::features::{Pieces, Said, Values};
use crate::geo::grid::{Grid, Window};
use crate::geo::tile::mvt::{Layer, Value};
use crate::geo::tile::{Tile, clip};
use crate::http::problem::Problem;

/// The name of the layer.
pub(in crate::http) const HEATMAP: &str = "heatmap";
/// The media type of tiles.
pub(in crate::http) const MVT: &str = "application/vnd.mapbox-vector-tile";

/// What a property holds, as a tile has it.
pub(in crate::http) trait Tag {
    /// Its number in the layer; `None` for what is not there.
    fn tag(&self, layer: &mut Layer) -> Option<Value>;
}

impl Tag for u32 {
    fn tag(&self, layer: &mut Layer) -> Option<Value> {
        Some(layer.integer(i64::from(*self)))
    }
}

impl Tag for i8 {
    fn tag(&self, layer: &mut Layer) -> Option<Value> {
        Some(layer.integer(i64::from(*self)))
    }
}

impl Tag for f64 {
    fn tag(&self, layer: &mut Layer) -> Option<Value> {
        // What is no number is `null` in JSON too.
        self.is_finite().then(|| layer.double(*self))
    }
}

impl<T: Tag> Tag for Option<T> {
    fn tag(&self, layer: &mut Layer) -> Option<Value> {
        self.as_ref()?.tag(layer)
    }
}

impl Pieces {
    /// The cells that meet a tile, each with all that is said of it; no bytes when there are none.
    pub(in crate::http) fn tile<T: Values>(&self, grid: Grid, cells: &[Said<T>], tile: Tile) -> Result<Vec<u8>, Problem> {
        let mut window: Option<(u32, Window)> = None;
        let mut meets = |(crs, key, _): &&Said<T>| {
            // The cells of a reference system come together.
            let of_crs = window.take().filter(|(epsg, _)| *epsg == crs.epsg());
            let (epsg, of_crs) = of_crs.unwrap_or_else(|| (crs.epsg(), Window::new(grid, *crs, tile.bounds())));
            let holds = of_crs.holds(*key);
            window = Some((epsg, of_crs));
            holds
        };
        let near: Vec<&Said<T>> = cells.iter().filter(|cell| meets(cell)).collect();
        super::bounded(near.len(), grid)?;
        let mut layer = Layer::new(HEATMAP);
        let name = layer.key("cell");
        let keys: Vec<_> = T::FIELDS.iter().map(|(field, _)| layer.key(field)).collect();
        let mut tags = Vec::with_capacity(1 + keys.len());
        let outlines = self.outlines(grid, near.iter().map(|(crs, key, _)| (*crs, *key)));
        for (outline, (crs, key, said)) in outlines.into_iter().zip(near) {
            let Some(outline) = outline else { continue };
            let ring: Vec<[f64; 2]> = outline.iter().map(|corner| tile.units(*corner)).collect();
            let Some(shape) = clip::cell(&ring) else { continue };
            tags.clear();
            tags.push((name, layer.own_text(&grid.id(*key, *crs))));
            said.tags(&mut layer, &keys, &mut tags);
            layer.polygons(grid.number_of(*key, *crs), &[shape], &tags);
        }
        Ok(layer.into_tile())
    }
}
