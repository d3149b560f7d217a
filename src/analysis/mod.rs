//! What the numbers say: pure functions over indexed places, each citing its source.

pub mod change;
pub mod clusters;
pub mod density;
pub mod exact;
pub mod fdr;
pub mod gi_star;
pub mod heatmap;
pub mod hotspots;
pub mod isobands;
pub mod local_moran;
pub mod neighbours;
pub mod permutation;
mod philox;
pub mod rates;
pub mod release;
pub mod scan;
pub mod summary;
pub mod suppress;
pub mod tiles;
mod union_find;
