//! Example data for a first look: synthetic reports that nobody ever made, for kommuner that are real.
//!
//! Everything but `install` (which stores it, and makes the past releases) is pure and deterministic. The parts:
//! `agreements` (what the real agreements state), `random` (dice), `calendar` (days, hours and seasons), `ground`
//! (streets, squares and hamlets), `mixes` (what is reported where and when), `people` (who reports), `notes` and
//! `answers` (words), `synthetic` (all of it together). `logins` are the people one can log in as.

pub mod agreements;
mod answers;
mod calendar;
mod ground;
pub mod install;
mod logins;
mod mixes;
mod notes;
mod people;
mod random;
pub mod synthetic;
