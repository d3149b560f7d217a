//! Which tile a path names.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use crate::domain::invalid::{Fault, FieldFault};
use crate::geo::tile::{Tile, ZOOM_MAX};
use crate::http::problem::{Kind, Problem};

/// `{z}/{x}/{y}.mvt`, all whole numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct TilePath {
    z: u32,
    x: u32,
    y: u32,
}

impl TilePath {
    /// The tile, where there is one from this zoom on.
    pub(super) fn tile(self, zoom_from: u8) -> Result<Tile, Problem> {
        let last = if self.z <= u32::from(ZOOM_MAX) { (1_u32 << self.z) - 1 } else { u32::MAX };
        let bounds = [("z", self.z, u32::from(zoom_from), u32::from(ZOOM_MAX)), ("x", self.x, 0, last), ("y", self.y, 0, last)];
        let faults = bounds.into_iter().filter(|(_, value, low, high)| !(low..=high).contains(&value));
        let faults: Vec<_> =
            faults.map(|(name, _, low, high)| FieldFault::at(name, Fault::OutOfRange(f64::from(low), f64::from(high)))).collect();
        if !faults.is_empty() {
            return Err(Problem::parameters(faults));
        }
        Tile::new(self.z as u8, self.x, self.y).ok_or_else(|| Problem::new(Kind::NotFound))
    }

    /// A name of this tile of a layer, for its tag.
    pub(super) fn name(self, layer: &str) -> String {
        format!("{layer}-{}-{}-{}", self.z, self.x, self.y)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for TilePath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let missing = || Problem::new(Kind::NotFound);
        let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
        let number = |name: &str, end: &str| {
            let text = path.iter().find(|(known, _)| *known == name)?.1.strip_suffix(end)?;
            // Digits alone, so that a tile has one name.
            let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
            if plain { text.parse().ok() } else { None }
        };
        match (number("z", ""), number("x", ""), number("y", ".mvt")) {
            (Some(z), Some(x), Some(y)) => Ok(Self { z, x, y }),
            _ => Err(missing()),
        }
    }
}
