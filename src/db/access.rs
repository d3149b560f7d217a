//! Who looked at which reports.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};
use crate::domain::ids::MunicipalityCode;

const INSERT: &str =
    "INSERT INTO access (id, at, actor, municipality, kind, report, reports, many) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LATELY: &str = "SELECT COUNT(*) FROM access WHERE actor = $1 AND at > $2";
const PAGE: &str = "\
    SELECT id, at, actor, municipality, kind, report, reports, many FROM access
    WHERE municipality = $1 AND (at < $2 OR at = $2 AND id < $3) AND (many OR NOT $4) ORDER BY at DESC, id DESC LIMIT $5";
const DUE: &str = "SELECT COUNT(*) FROM access WHERE at < $1";
const FORGET: &str = "DELETE FROM access WHERE at < $1";

/// A row of `access`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AccessRow {
    /// Id.
    pub id: Uuid,
    /// Microseconds UTC.
    pub at: i64,
    /// As in the change log.
    pub actor: String,
    /// Kommun.
    pub municipality: String,
    /// Code.
    pub kind: String,
    /// Which, where it was one.
    pub report: Option<Uuid>,
    /// How many were shown.
    pub reports: i64,
    /// Whether it was one of too many.
    pub many: bool,
}

impl Db {
    /// A kommun's rows before a time and id, newest first.
    pub async fn accesses(
        &self,
        municipality: MunicipalityCode,
        (at, id): (i64, Uuid),
        only_many: bool,
        limit: i64,
    ) -> Result<Vec<AccessRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(PAGE).bind(municipality.to_string()).bind(at).bind(id).bind(only_many).bind(limit)
            .fetch_all(pool).await)?)
    }

    /// How many rows are older than a time.
    pub async fn accesses_due(&self, before: i64) -> Result<i64, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(DUE).bind(before).fetch_one(pool).await)?)
    }
}

impl Tx {
    /// How often somebody has looked since a time.
    pub async fn looks_since(&mut self, actor: &str, since: i64) -> Result<i64, DbError> {
        Ok(on!(self, conn => sqlx::query_scalar(LATELY).bind(actor).bind(since).fetch_one(conn).await)?)
    }

    /// Adds a row.
    pub async fn insert_access(&mut self, row: &AccessRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(INSERT)
            .bind(row.id).bind(row.at).bind(&row.actor).bind(&row.municipality).bind(&row.kind).bind(row.report).bind(row.reports).bind(row.many)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Forgets rows older than a time.
    pub async fn forget_accesses(&mut self, before: i64) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(FORGET).bind(before).execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}
