//! What the numbers say: pure functions over indexed places, each citing its source.

pub mod clusters;
pub mod density;
pub mod heatmap;
pub mod isobands;
mod philox;
pub mod release;
pub mod scan;
pub mod summary;
pub mod suppress;
mod union_find;
