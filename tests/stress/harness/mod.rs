//! What both the stress tests and the bench stand on: the real program as a child process, a small HTTP client, and made-up reports.

pub mod client;
pub mod figures;
pub mod reports;
pub mod server;
