//! The integration tests: one binary, a module per noun.

mod import;
