//! Cells as GeoJSON text, as columns, and on map tiles. The shape of a cell never changes, so it is projected and written once; an answer
//! is put together from such pieces.

use std::sync::{Arc, PoisonError, RwLock};

use axum::http::HeaderMap;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::documents::CellProperties;
use super::tile::MVT;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::sweref::MetricCrs;
use crate::geo::tile::mvt::{Key, Layer, Value};
use crate::geo::tile::{Tile, world};
use crate::http::csv::takes;
use crate::http::geojson::{FeatureCollection, Members, Polygon};
use crate::http::problem::{Kind, Problem};

/// Pieces of each kind that are kept at most, some 350 bytes each; then begun anew.
const KEPT: usize = 200_000;

/// A cell and what is said of it after its name.
pub(in crate::http) type Said<T> = (MetricCrs, CellKey, T);

/// How a heatmap is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Form {
    /// A FeatureCollection of polygons.
    GeoJson,
    /// A list for each property: what a client needs that draws the cells itself, or has drawn them before.
    Columns,
    /// A map tile: the cells that meet it.
    Tile(Tile),
}

/// The media type of [`Form::Columns`].
pub(super) const COLUMNS: &str = "application/vnd.lykta.columns+json";

impl Form {
    /// What the caller asks for.
    pub(super) fn wanted(headers: &HeaderMap) -> Self {
        if takes(headers, COLUMNS) { Self::Columns } else { Self::GeoJson }
    }

    /// Its media type.
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::Columns => COLUMNS,
            Self::Tile(_) => MVT,
        }
    }

    /// The tag of this form of an answer.
    pub(super) fn tag(self, etag: &str) -> String {
        match self {
            // A tile's place is in the question.
            Self::GeoJson | Self::Tile(_) => etag.to_owned(),
            Self::Columns => format!("{etag}-columns"),
        }
    }
}

/// What is said of a cell: written beside its polygon, as lists, or on a tile.
pub(in crate::http) trait Values: Serialize + Sized {
    /// Its properties and what they hold, in the order of [`tags`](Self::tags), as TileJSON tells it.
    const FIELDS: &'static [(&'static str, &'static str)];

    /// Writes `"property":[…]` for each property, with a comma in front.
    fn columns(cells: &[&Self], text: &mut Vec<u8>) -> serde_json::Result<()>;

    /// Adds each property that is there to the tags of a feature.
    fn tags(&self, layer: &mut Layer, keys: &[Key], tags: &mut Vec<(Key, Value)>);
}

/// Declares what is said of a cell after its name, a struct with at least one field, each with what it holds.
macro_rules! said {
    ($(#[doc = $doc:literal])+ $name:ident { $($field:ident: $type:ty = $holds:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, serde::Serialize)]
        pub(super) struct $name {
            $(pub(super) $field: $type,)+
        }

        impl $crate::http::heatmap::features::Values for $name {
            const FIELDS: &'static [(&'static str, &'static str)] = &[$((stringify!($field), $holds),)+];

            fn columns(cells: &[&Self], text: &mut Vec<u8>) -> serde_json::Result<()> {
                $(
                    text.extend_from_slice(concat!(",\"", stringify!($field), "\":[").as_bytes());
                    for (at, cell) in cells.iter().enumerate() {
                        if at > 0 {
                            text.push(b',');
                        }
                        serde_json::to_writer(&mut *text, &cell.$field)?;
                    }
                    text.push(b']');
                )+
                Ok(())
            }

            fn tags(
                &self,
                layer: &mut $crate::geo::tile::mvt::Layer,
                keys: &[$crate::geo::tile::mvt::Key],
                tags: &mut Vec<($crate::geo::tile::mvt::Key, $crate::geo::tile::mvt::Value)>,
            ) {
                use $crate::http::heatmap::tile::Tag;
                let values = [$(self.$field.tag(layer),)+];
                tags.extend(keys.iter().zip(values).filter_map(|(key, value)| Some((*key, value?))));
            }
        }
    };
}
pub(super) use said;

/// What is known of cells by their names, made when first asked for. A cell of another CRS is another cell.
#[derive(Debug)]
struct Shelf<V>(RwLock<FxHashMap<(u32, Grid, CellKey), V>>);

impl<V> Default for Shelf<V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<V: Clone> Shelf<V> {
    /// What is known of each cell; `None` for one beyond the projection.
    fn of(
        &self,
        grid: Grid,
        cells: impl Iterator<Item = (MetricCrs, CellKey)> + Clone,
        make: impl Fn(Grid, CellKey, MetricCrs) -> Option<V>,
    ) -> Vec<Option<V>> {
        let mut missing = Vec::new();
        let mut pieces: Vec<Option<V>> = {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let piece = |(at, (crs, key)): (usize, (MetricCrs, CellKey))| {
                let piece = known.get(&(crs.epsg(), grid, key)).cloned();
                if piece.is_none() {
                    missing.push((at, crs, key));
                }
                piece
            };
            cells.enumerate().map(piece).collect()
        };
        for (at, crs, key) in &missing {
            pieces[*at] = make(grid, *key, *crs);
        }
        if !missing.is_empty() {
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() + missing.len() > KEPT {
                known.clear();
            }
            for (at, crs, key) in missing {
                known.extend(pieces[at].clone().map(|piece| ((crs.epsg(), grid, key), piece)));
            }
        }
        pieces
    }
}

/// Cells as they are written: the beginnings of Features, up to the properties that differ; the name and the centre; the outline.
#[derive(Debug, Default)]
pub struct Pieces {
    features: Shelf<Arc<str>>,
    names: Shelf<Arc<(String, String)>>,
    outlines: Shelf<Arc<[[f64; 2]]>>,
}

impl Pieces {
    /// A heatmap: its members, and for each cell its name and what is said of it; on a tile no members. A cell beyond the projection is left
    /// out. Too many cells are refused.
    pub(super) fn written<T: Values>(&self, form: Form, grid: Grid, members: impl Members, cells: &[Said<T>]) -> Result<Vec<u8>, Problem> {
        if let Form::Tile(tile) = form {
            return self.tile(grid, cells, tile);
        }
        super::bounded(cells.len(), grid)?;
        let text = if form == Form::Columns { self.columns(grid, &members, cells) } else { self.collection(grid, members, cells) };
        text.map_err(|error| {
            tracing::error!(%error, "cells could not be written");
            Problem::new(Kind::Internal)
        })
    }

    fn collection<T: Values>(&self, grid: Grid, members: impl Members, cells: &[Said<T>]) -> serde_json::Result<Vec<u8>> {
        let mut text = serde_json::to_vec(&FeatureCollection::<CellProperties, _>::new(members, Vec::new()))?;
        // Features come where the empty list ends.
        text.truncate(text.len() - "]}".len());
        text.reserve(cells.len() * 400);
        let empty = text.len();
        for (piece, (.., said)) in self.features.of(grid, keys(cells), feature).iter().zip(cells) {
            let Some(piece) = piece else { continue };
            if text.len() > empty {
                text.push(b',');
            }
            text.extend_from_slice(piece.as_bytes());
            let opened = text.len();
            serde_json::to_writer(&mut text, said)?;
            // The properties go on after the cell's name.
            text[opened] = b',';
            text.push(b'}');
        }
        text.extend_from_slice(b"]}");
        Ok(text)
    }

    fn columns<T: Values>(&self, grid: Grid, members: &impl Members, cells: &[Said<T>]) -> serde_json::Result<Vec<u8>> {
        let mut text = serde_json::to_vec(members)?;
        // The columns come where the members end.
        text.pop();
        text.reserve(cells.len() * 60);
        let names = self.names.of(grid, keys(cells), name);
        let (names, said): (Vec<_>, Vec<&T>) =
            names.iter().zip(cells).filter_map(|(name, (.., said))| Some((name.as_deref()?, said))).unzip();
        let mut list = |what: &str, of: fn(&(String, String)) -> &str| {
            text.extend_from_slice(what.as_bytes());
            for (at, name) in names.iter().enumerate() {
                text.extend_from_slice(if at > 0 { b"," } else { b"" });
                text.extend_from_slice(of(name).as_bytes());
            }
            text.push(b']');
        };
        list(",\"columns\":{\"cell\":[", |(name, _)| name);
        list(",\"centre\":[", |(_, centre)| centre);
        T::columns(&said, &mut text)?;
        text.extend_from_slice(b"}}");
        Ok(text)
    }

    /// The rings of cells on the [`world`] of map tiles, as [`Grid::ring`] gives them; `None` for a cell beyond the projection.
    pub(super) fn outlines(&self, grid: Grid, cells: impl Iterator<Item = (MetricCrs, CellKey)> + Clone) -> Vec<Option<Arc<[[f64; 2]]>>> {
        let outline = |grid: Grid, key, crs| Some(grid.ring(key, crs)?.into_iter().map(|[lon, lat]| world(lon, lat)).collect());
        self.outlines.of(grid, cells, outline)
    }
}

fn keys<T>(cells: &[Said<T>]) -> impl Iterator<Item = (MetricCrs, CellKey)> + Clone {
    cells.iter().map(|(crs, key, _)| (*crs, *key))
}

/// `{"type":"Feature",…,"properties":{"cell":"…"`, as a whole Feature is written.
fn feature(grid: Grid, key: CellKey, crs: MetricCrs) -> Option<Arc<str>> {
    let id = grid.id(key, crs);
    let geometry = serde_json::to_string(&Polygon::new(grid.ring(key, crs)?)).ok()?;
    Some(format!(r#"{{"type":"Feature","id":"{id}","geometry":{geometry},"properties":{{"cell":"{id}""#).into())
}

/// The id and the centre, each as JSON.
fn name(grid: Grid, key: CellKey, crs: MetricCrs) -> Option<Arc<(String, String)>> {
    let (lon, lat) = grid.centre(key, crs)?;
    let centre = [lon, lat].map(|degrees| (degrees * 1e6).round() / 1e6);
    Some(Arc::new((format!("\"{}\"", grid.id(key, crs)), serde_json::to_string(&centre).ok()?)))
}
