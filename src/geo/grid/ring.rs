//! Which cells lie around a cell: the disk of ring k.

use std::ops::RangeInclusive;

use h3o::CellIndex;

use super::{CellKey, Grid};

impl Grid {
    /// The cell itself and every cell within `rings` steps of it, in order of key. A step crosses an edge of a hexagon or H3
    /// cell (around a pentagon five, not six), an edge or a corner of a square. A key that is no H3 cell stands alone.
    pub fn disk(self, key: CellKey, rings: u8) -> Vec<CellKey> {
        let mut cells: Vec<CellKey> = if let Self::H3(_) = self {
            let Ok(centre) = CellIndex::try_from(key.0) else { return vec![key] };
            centre.grid_disk::<Vec<_>>(u32::from(rings)).into_iter().map(|cell| CellKey(cell.into())).collect()
        } else {
            let aside = -i32::from(rings)..=i32::from(rings);
            aside
                .filter_map(|aside| self.disk_column(key, rings, aside))
                .flat_map(|keys| (keys.start().0..=keys.end().0).map(CellKey))
                .collect()
        };
        cells.sort_unstable();
        cells
    }

    /// The part of [`disk`](Self::disk) that stands `aside` columns to the east: one run of keys, for all keys of a column sort
    /// by row. `None` beyond the last column, beyond the rings, and for H3, which has no columns.
    ///
    /// For a fixed `aside`, a greater key's run starts no earlier.
    pub(crate) fn disk_column(self, key: CellKey, rings: u8, aside: i32) -> Option<RangeInclusive<CellKey>> {
        let (column, row) = key.unpack();
        let (there, rings) = (column.checked_add(aside)?, i32::from(rings));
        if aside.abs() > rings {
            return None;
        }
        let (first, last) = match self {
            Self::Square(_) => (row.saturating_sub(rings), row.saturating_add(rings)),
            Self::Hex(_) => {
                // In half heights: odd columns stand one up, and each column aside the disk loses one at both ends.
                let (level, reach) = (2 * i64::from(row) + i64::from(column & 1), i64::from(2 * rings - aside.abs()));
                let row_at = |level: i64| ((level - i64::from(there & 1)) / 2).clamp(i32::MIN.into(), i32::MAX.into()) as i32;
                (row_at(level - reach), row_at(level + reach))
            }
            Self::H3(_) => return None,
        };
        Some(CellKey::pack(there, first)..=CellKey::pack(there, last))
    }
}

#[cfg(test)]
#[path = "ring_tests.rs"]
mod tests;
