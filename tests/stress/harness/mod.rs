//! What both the stress tests and the bench stand on: the real program as a child process, a small HTTP client, and made-up reports.

pub(crate) mod client;
pub(crate) mod figures;
pub(crate) mod reports;
pub(crate) mod server;
