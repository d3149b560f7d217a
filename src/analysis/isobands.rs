//! A surface as bands on a map: polygons of the places where it lies within [low, high).
//!
//! Marching squares (Lorensen and Cline 1987 in two dimensions; filled as in contourpy): between the centres of the
//! lattice's cells the surface is taken as linear along the edges of the squares that four centres span, and the border of a
//! band runs straight through each square. Where two opposite corners are in and two are out, the mean of the four decides
//! whether the band passes through the middle. The bands cover the rectangle that the centres span, from the first to the
//! last: half a cell less than the lattice on each side.
//!
//! The polygons are valid (no ring touches another or itself, exteriors run counter-clockwise, holes clockwise), and
//! neighbouring bands share their border exactly. For that, a border that would pass within a millionth of a cell of
//! a centre is moved away by as much.

use geo::MultiPolygon;
use thiserror::Error;

use super::density::{Lattice, Surface};

mod trace;

/// Name and version of the method, for the answer's own record.
pub const METHOD: &str = "lykta-isobands/1";
/// Bands at most: nobody tells more colours apart.
pub const MAX_BANDS: usize = 12;
/// Cells of the surface at most.
pub const MAX_CELLS: usize = 1_000_000;

/// How close two levels, or a border and a centre, may come: as a share of the greatest value, or of a cell.
const LEAST_GAP: f64 = 1.0e-6;

/// How to choose the levels of a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// So many levels that cut the range from 0 to the maximum into equal steps: `max · i/(n + 1)`.
    Equal(usize),
    /// So many quantiles `i/(n + 1)` of the values above 0 (linear between ranks: type 7 of Hyndman and Fan 1996). Each band
    /// then covers about as much ground as the next, whatever its density: do not read it as danger.
    Quantiles(usize),
}

/// The places where a surface lies within two limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The least value in the band.
    pub low: f64,
    /// What the values stay below; none in the uppermost band.
    pub high: Option<f64>,
    /// Where, in the metric plane. Empty where the surface has no such values.
    pub polygons: MultiPolygon<f64>,
}

/// Why there are no bands.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum IsobandError {
    /// Too few or too many levels.
    #[error("{0} levels; there must be from 1 to {MAX_BANDS}")]
    Levels(usize),
    /// The levels do not rise.
    #[error("level {0} must be finite and lie above the one before by a millionth of the surface's greatest value")]
    Level(usize),
    /// The lattice has no square between centres, or is too large.
    #[error("the surface must have at least 2 columns and 2 rows and at most {MAX_CELLS} cells")]
    Lattice,
    /// The values are not one finite number per cell.
    #[error("the surface must have one finite value per cell")]
    Values,
}

/// The levels of a surface: rising, above 0, and fewer than asked for where the surface has too few different values.
pub fn levels(surface: &Surface, levels: Levels) -> Result<Vec<f64>, IsobandError> {
    let (Levels::Equal(count) | Levels::Quantiles(count)) = levels;
    if !(1..=MAX_BANDS).contains(&count) {
        return Err(IsobandError::Levels(count));
    }
    let mut above_0: Vec<f64> = surface.values.iter().copied().filter(|value| *value > 0.0).collect();
    above_0.sort_unstable_by(f64::total_cmp);
    let Some(&max) = above_0.last() else { return Ok(Vec::new()) };
    if !max.is_finite() {
        return Err(IsobandError::Values);
    }
    let level = |i: usize| {
        let share = i as f64 / (count + 1) as f64;
        match levels {
            Levels::Equal(_) => max * share,
            Levels::Quantiles(_) => {
                let rank = share * (above_0.len() - 1) as f64;
                let (low, high) = (above_0[rank.floor() as usize], above_0[rank.ceil() as usize]);
                low + (high - low) * rank.fract()
            }
        }
    };
    let mut chosen: Vec<f64> = (1..=count).map(level).collect();
    chosen.dedup_by(|next, kept| *next - *kept < 2.0 * LEAST_GAP * max);
    Ok(chosen)
}

/// One band per level, from it to the next; the last is open upwards. Below the first level nothing is drawn.
pub fn isobands(surface: &Surface, levels: &[f64]) -> Result<Vec<Band>, IsobandError> {
    let Lattice { columns, rows, .. } = surface.lattice;
    if columns < 2 || rows < 2 || surface.lattice.cells() > MAX_CELLS {
        return Err(IsobandError::Lattice);
    }
    if surface.values.len() != columns * rows || !surface.values.iter().all(|value| value.is_finite()) {
        return Err(IsobandError::Values);
    }
    if !(1..=MAX_BANDS).contains(&levels.len()) {
        return Err(IsobandError::Levels(levels.len()));
    }
    let greatest = surface.values.iter().fold(0.0_f64, |greatest, value| greatest.max(value.abs()));
    for (number, level) in levels.iter().enumerate() {
        let rises = number == 0 || level - levels[number - 1] >= LEAST_GAP * greatest && *level > levels[number - 1];
        if !level.is_finite() || !rises {
            return Err(IsobandError::Level(number));
        }
    }
    let ranked = |number: usize| {
        levels.get(number).map(|level| trace::Level {
            value: *level,
            // Levels keep their order also where they are moved away from a centre.
            least: LEAST_GAP * (number + 1) as f64,
            most: 1.0 - LEAST_GAP * (levels.len() - number) as f64,
        })
    };
    let band = |number: usize| Band {
        low: levels[number],
        high: levels.get(number + 1).copied(),
        polygons: trace::band(surface, ranked(number), ranked(number + 1)),
    };
    Ok((0..levels.len()).map(band).collect())
}

#[cfg(test)]
#[path = "isobands_tests.rs"]
mod tests;
