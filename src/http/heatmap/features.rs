//! Cells as GeoJSON text. The shape of a cell never changes, so it is projected and written once; an answer is put together from such
//! pieces.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::documents::CellProperties;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::sweref::MetricCrs;
use crate::http::geojson::{FeatureCollection, Members, Polygon};
use crate::http::problem::{Kind, Problem};

/// Pieces that are kept at most, some 350 bytes each; then begun anew.
const KEPT: usize = 200_000;

/// A cell and what is said of it after its name.
pub(super) type Said<T> = (MetricCrs, CellKey, T);

/// The beginnings of Features, up to the properties that differ. A cell of another CRS is another cell.
#[derive(Debug, Default)]
pub struct Pieces(RwLock<FxHashMap<(u32, Grid, CellKey), Arc<str>>>);

impl Pieces {
    /// The text of a collection: its members, and for each cell the Feature with its properties `cell` and those of `T`, a struct with at
    /// least one field. A cell beyond the projection is left out.
    pub(super) fn collection<T: Serialize>(&self, grid: Grid, members: impl Members, cells: &[Said<T>]) -> Result<Vec<u8>, Problem> {
        let failed = |error: serde_json::Error| {
            tracing::error!(%error, "cells could not be written");
            Problem::new(Kind::Internal)
        };
        let mut text = serde_json::to_vec(&FeatureCollection::<CellProperties, _>::new(members, Vec::new())).map_err(failed)?;
        // Features come where the empty list ends.
        text.truncate(text.len() - "]}".len());
        text.reserve(cells.len() * 400);
        let empty = text.len();
        for (piece, (.., said)) in self.of(grid, cells).iter().zip(cells) {
            let Some(piece) = piece else { continue };
            if text.len() > empty {
                text.push(b',');
            }
            text.extend_from_slice(piece.as_bytes());
            let opened = text.len();
            serde_json::to_writer(&mut text, said).map_err(failed)?;
            // The properties go on after the cell's name.
            text[opened] = b',';
            text.push(b'}');
        }
        text.extend_from_slice(b"]}");
        Ok(text)
    }

    fn of<T>(&self, grid: Grid, cells: &[Said<T>]) -> Vec<Option<Arc<str>>> {
        let mut missing = Vec::new();
        let mut pieces: Vec<Option<Arc<str>>> = {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let piece = |(at, (crs, key, _)): (usize, &Said<T>)| {
                let piece = known.get(&(crs.epsg(), grid, *key)).cloned();
                if piece.is_none() {
                    missing.push(at);
                }
                piece
            };
            cells.iter().enumerate().map(piece).collect()
        };
        for at in &missing {
            let (crs, key, _) = cells[*at];
            pieces[*at] = written(grid, key, crs);
        }
        if !missing.is_empty() {
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() + missing.len() > KEPT {
                known.clear();
            }
            for at in missing {
                let (crs, key, _) = cells[at];
                known.extend(pieces[at].clone().map(|piece| ((crs.epsg(), grid, key), piece)));
            }
        }
        pieces
    }
}

/// `{"type":"Feature",…,"properties":{"cell":"…"`, as a whole Feature is written.
fn written(grid: Grid, key: CellKey, crs: MetricCrs) -> Option<Arc<str>> {
    let id = grid.id(key, crs);
    let geometry = serde_json::to_string(&Polygon::new(grid.ring(key, crs)?)).ok()?;
    Some(format!(r#"{{"type":"Feature","id":"{id}","geometry":{geometry},"properties":{{"cell":"{id}""#).into())
}
