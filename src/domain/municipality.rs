//! A kommun: its outline, how sure one can be of its border, and whom to turn to.

use serde::{Deserialize, Serialize};

use super::ids::MunicipalityCode;

/// How far a built-in, generalised outline may be off (metres), as checked against exact borders.
pub const BUILT_IN_UNCERTAINTY_M: f64 = 3_000.0;

/// Whom to turn to; roles and offices, never persons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// Who answers for the personal data (personuppgiftsansvarig).
    pub controller: String,
    /// How to reach the controller.
    pub controller_contact: String,
    /// How to reach the data protection officer.
    pub dpo_contact: String,
}

/// A kommun as the store knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    /// Four digits.
    pub code: MunicipalityCode,
    /// Official short name.
    pub name: String,
    /// Whether it takes reports here.
    pub active: bool,
    /// Whether what it holds is example data.
    pub demo: bool,
    /// WGS 84.
    pub outline: geo_types::MultiPolygon<f64>,
    /// Metres within which the border is not certain; 0 for an exact outline.
    pub uncertainty_m: f64,
    /// EPSG code of its metric reference system (3006 in Sweden).
    pub epsg: u32,
    /// Where pure faults are reported.
    pub fault_report_url: Option<String>,
    /// Whom to turn to.
    pub contacts: Contacts,
    /// Version of its change log.
    pub version: i64,
}
