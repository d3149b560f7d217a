//! Integration tests in one binary. Those that touch the store run on SQLite and on PostgreSQL; without PostgreSQL they fail unless
//! `LYKTA_TEST_DB=sqlite` says that it is meant.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "the accounts of rows are part of what is shown")]

#[macro_use]
mod both;

mod access;
mod app;
mod associations;
mod authenticator;
mod backup;
mod basemap;
mod cells;
mod changes;
mod clusters;
mod columns;
mod demo;
mod factors;
mod hostile;
mod hotspots;
mod import;
mod limits;
mod metrics;
mod migrations;
mod moderation;
mod ogc;
mod oidc;
mod openapi;
mod people;
mod permissions;
mod photos;
mod planner;
mod public;
mod rates;
mod reports;
mod retention;
mod scan;
mod schema_parity;
mod several;
mod shelf;
mod tidy;
mod tiles;
mod verbs;
mod web;
