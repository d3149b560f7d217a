//! Lykta: where people feel unsafe, and what was done about it.
//!
//! One direction: `domain` ← `geo` ← `analysis` ← `app` ← `http`, `cli`; `db` stands beside `geo` and is used only by `app`.
//! A newcomer finds a feature by its noun: `domain/report.rs` (what it is), `db/reports.rs` (its rows), `app/reports.rs` (what one does
//! with it), `http/reports.rs` (its words on the wire). `docs/life-of-a-report.md` follows one report through all of them.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod db;
pub mod domain;
pub mod geo;
pub mod http;
pub mod settings;
pub mod telemetry;
