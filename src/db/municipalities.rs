//! Kommuner as rows.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};
use crate::domain::ids::MunicipalityCode;

const ALL: &str = "\
    SELECT code, name, active, demo, outline, uncertainty_m, epsg, fault_report_url, contacts, version
    FROM municipality ORDER BY code";
const SEED: &str = "\
    INSERT INTO municipality (code, name, active, demo, outline, uncertainty_m, epsg, fault_report_url, contacts, version, head)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10) ON CONFLICT (code) DO NOTHING";
const SET_OUTLINE: &str = "UPDATE municipality SET name = $2, outline = $3, uncertainty_m = $4, epsg = $5, active = $6 WHERE code = $1";
const SET_PROFILE: &str = "UPDATE municipality SET active = $2, demo = $3, fault_report_url = $4, contacts = $5 WHERE code = $1";
// A report that was buried before, came back and goes again goes at the new version, or no follower would hear of it.
const BURY_REPORTS: &str = "\
    INSERT INTO withdrawn (municipality, id, version, at) SELECT municipality, id, $2, $3 FROM report WHERE municipality = $1 AND source = $4
    ON CONFLICT (municipality, id) DO UPDATE SET version = excluded.version, at = excluded.at";
const DELETE_SUPPORT: &str =
    "DELETE FROM support WHERE municipality = $1 AND report IN (SELECT id FROM report WHERE municipality = $1 AND source = $2)";
const DELETE_REPORTS: &str = "DELETE FROM report WHERE municipality = $1 AND source = $2";
const DELETE_AGREEMENT: [&str; 3] = [
    "DELETE FROM pledge WHERE municipality = $1 AND agreement = $2",
    "DELETE FROM focus_area WHERE municipality = $1 AND agreement = $2",
    "DELETE FROM agreement WHERE municipality = $1 AND id = $2",
];
// What they had counted may be counted again.
const DELETE_RELEASES: [&str; 3] = [
    "DELETE FROM public_release_cell WHERE municipality = $1",
    "DELETE FROM public_release WHERE municipality = $1",
    "UPDATE report SET released_in = NULL WHERE municipality = $1",
];
const VERSIONS: &str = "SELECT code, version FROM municipality";
const COUNT: &str = "SELECT COUNT(*) FROM municipality";

/// A row of `municipality`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MunicipalityRow {
    /// Four digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Takes reports.
    pub active: bool,
    /// Holds example data.
    pub demo: bool,
    /// GeoJSON geometry, `None` for the built-in outline.
    pub outline: Option<String>,
    /// Metres.
    pub uncertainty_m: f64,
    /// EPSG code.
    pub epsg: i64,
    /// Where faults are reported.
    pub fault_report_url: Option<String>,
    /// JSON.
    pub contacts: String,
    /// Head of the log.
    pub version: i64,
}

impl Db {
    /// Every kommun.
    pub async fn municipalities(&self) -> Result<Vec<MunicipalityRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }

    /// How many kommuner there are.
    pub async fn municipality_count(&self) -> Result<i64, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)?)
    }

    /// The version of every kommun's log: what a follower polls.
    pub async fn versions(&self) -> Result<Vec<(String, i64)>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(VERSIONS).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Adds a kommun; one that is there stays as it is.
    pub async fn seed_municipality(&mut self, row: &MunicipalityRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(SEED)
            .bind(&row.code).bind(&row.name).bind(row.active).bind(row.demo).bind(row.outline.as_deref()).bind(row.uncertainty_m)
            .bind(row.epsg).bind(row.fault_report_url.as_deref()).bind(&row.contacts).bind(super::changes::GENESIS.to_vec())
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Replaces an outline (with its name, reference system and how sure it is).
    pub async fn set_outline(&mut self, row: &MunicipalityRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(SET_OUTLINE)
            .bind(&row.code).bind(&row.name).bind(row.outline.as_deref()).bind(row.uncertainty_m).bind(row.epsg).bind(row.active)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Sets whether a kommun takes reports, whether it is an example, and whom to turn to.
    pub async fn set_profile(
        &mut self,
        code: MunicipalityCode,
        active: bool,
        demo: bool,
        fault_report_url: Option<String>,
        contacts: String,
    ) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(SET_PROFILE)
            .bind(code.to_string()).bind(active).bind(demo).bind(fault_report_url).bind(contacts)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Removes a kommun's reports of one source, which leave their tombstones, and their support. Returns how many reports went.
    pub async fn delete_source(&mut self, code: MunicipalityCode, source: &str, version: i64, at: i64) -> Result<u64, DbError> {
        let code = code.to_string();
        on!(self, conn => sqlx::query(BURY_REPORTS).bind(&code).bind(version).bind(at).bind(source).execute(conn).await.map(|_| ()))?;
        on!(self, conn => sqlx::query(DELETE_SUPPORT).bind(&code).bind(source).execute(conn).await.map(|_| ()))?;
        let gone =
            on!(self, conn => sqlx::query(DELETE_REPORTS).bind(&code).bind(source).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(gone)
    }

    /// Removes an agreement with its focus areas and pledges.
    pub async fn delete_agreement(&mut self, code: MunicipalityCode, id: Uuid) -> Result<(), DbError> {
        for statement in DELETE_AGREEMENT {
            on!(self, conn => sqlx::query(statement).bind(code.to_string()).bind(id).execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Removes a kommun's releases.
    pub async fn delete_releases(&mut self, code: MunicipalityCode) -> Result<(), DbError> {
        for statement in DELETE_RELEASES {
            on!(self, conn => sqlx::query(statement).bind(code.to_string()).execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }
}
