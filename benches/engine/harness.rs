//! What is shared with the stress tests.

#[path = "../../tests/stress/harness/figures.rs"]
pub(crate) mod figures;
