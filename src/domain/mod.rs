//! Words and rules of the field: what a report, a kommun, an agreement *is*.
//!
//! Pure: no database, no web, no clock, no randomness. Everything that enters is parsed into one of these types, and past that
//! point no raw string or coordinate pair travels on.

pub mod access;
pub mod actor;
pub mod agreement;
pub mod brake;
pub mod codes;
pub mod factor;
pub mod guard;
pub mod ids;
pub mod invalid;
pub mod moderation;
pub mod municipality;
pub mod party;
pub mod permission;
pub mod person;
pub mod photo;
pub mod position;
pub mod report;
pub mod retention;
pub mod text;
pub mod time;
