//! Where things are: metric coordinates, the sun, grids, outlines and the spatial index.
//!
//! Pure geometry over domain types. No I/O, no clock, no logging: what is derived here can be dropped and made again.

pub mod areas;
pub mod axes;
pub mod filter;
pub mod grid;
pub mod index;
pub mod kommuner;
pub mod outline;
pub mod shape;
#[cfg(test)]
pub(crate) mod shared_data;
pub mod sun;
pub mod sweref;
pub mod tile;
