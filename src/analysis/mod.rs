//! What the numbers say: pure functions over indexed places, each citing its source.

pub mod heatmap;
pub mod release;
pub mod summary;
pub mod suppress;
