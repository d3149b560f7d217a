//! What is due to go, and its going.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};
use crate::domain::ids::MunicipalityCode;

// What was imported counts from when it was, not from when somebody else once had it; the example is nobody's.
const DUE: &str = "\
    SELECT id FROM report
    WHERE municipality = $1 AND NOT hold AND source <> 'demo'
      AND (moderation = 'rejected' AND moderated_at < $2 OR (CASE WHEN source = 'resident' THEN received_at ELSE moderated_at END) < $3)
    ORDER BY received_at, id LIMIT $4";
const DUE_WORDS: &str = "\
    SELECT id FROM report
    WHERE municipality = $1 AND NOT hold AND NOT thinned AND source <> 'demo' AND status IN ('done', 'declined', 'forwarded', 'duplicate')
      AND COALESCE(closed_at, answered_at, CASE WHEN source = 'resident' THEN received_at ELSE moderated_at END) < $2
    ORDER BY received_at, id LIMIT $3";
const IS_THINNED: &str = "SELECT thinned FROM report WHERE municipality = $1 AND id = $2";
const THIN: &str = "\
    UPDATE report SET version = $3, thinned = TRUE, note = NULL, place_text = NULL, public_note = NULL, answer = NULL, accuracy_m = NULL,
                      perspectives = 0, avoids = NULL, reporter = NULL
    WHERE municipality = $1 AND id = $2";
const THIN_SUPPORT: &str = "DELETE FROM support WHERE municipality = $1 AND report = $2";
const HOLD: &str = "UPDATE report SET version = $3, hold = $4 WHERE municipality = $1 AND id = $2";
const CLOSED_ACCOUNTS: &str = "SELECT id FROM person WHERE closed AND seen_on IS NOT NULL AND seen_on < $1 ORDER BY id";
const EXPIRED: &str = "\
    SELECT (SELECT COUNT(*) FROM session WHERE expires_at <= $1) + (SELECT COUNT(*) FROM invitation WHERE expires_at <= $1)
         + (SELECT COUNT(*) FROM api_token WHERE expires_at <= $1)";
const FORGET: [&str; 3] = [
    "DELETE FROM session WHERE expires_at <= $1",
    "DELETE FROM invitation WHERE expires_at <= $1",
    "DELETE FROM api_token WHERE expires_at <= $1",
];

impl Db {
    /// Reports that are due to go whole: rejected before one time, received before another (microseconds UTC; the smallest number for never).
    pub async fn reports_due(
        &self,
        municipality: MunicipalityCode,
        (rejected, received): (i64, i64),
        limit: i64,
    ) -> Result<Vec<Uuid>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(DUE).bind(municipality.to_string()).bind(rejected).bind(received).bind(limit)
            .fetch_all(pool).await)?)
    }

    /// Reports whose words are due to go: closed before a time.
    pub async fn words_due(&self, municipality: MunicipalityCode, closed: i64, limit: i64) -> Result<Vec<Uuid>, DbError> {
        Ok(
            read!(self, pool => sqlx::query_scalar(DUE_WORDS).bind(municipality.to_string()).bind(closed).bind(limit).fetch_all(pool).await)?,
        )
    }

    /// Closed accounts that nobody has used since before a day (`YYYY-MM-DD`).
    pub async fn accounts_due(&self, seen_before: &str) -> Result<Vec<Uuid>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(CLOSED_ACCOUNTS).bind(seen_before).fetch_all(pool).await)?)
    }

    /// How many sessions, links and tokens have run out.
    pub async fn expired(&self, now: i64) -> Result<i64, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(EXPIRED).bind(now).fetch_one(pool).await)?)
    }

    /// Takes what was deleted out of the store's own leavings: SQLite's log is folded into its file and cut to nothing, PostgreSQL's dead rows are
    /// cleared. `false` when somebody was reading: then it is to be tried again.
    pub async fn scrub(&self) -> Result<bool, DbError> {
        match self {
            Self::Sqlite { fold, .. } => {
                let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(fold).await?;
                Ok(busy == 0)
            }
            Self::Postgres { pool } => {
                sqlx::query("VACUUM report, support, person").execute(pool).await?;
                Ok(true)
            }
        }
    }
}

impl Tx {
    /// Whether the words of a report are gone; `None` when all of it is.
    pub async fn is_thinned(&mut self, municipality: MunicipalityCode, id: Uuid) -> Result<Option<bool>, DbError> {
        Ok(on!(self, conn => sqlx::query_scalar(IS_THINNED).bind(municipality.to_string()).bind(id).fetch_optional(conn).await)?)
    }

    /// Takes the words of a report, and what could lead to whom.
    pub async fn thin_report(&mut self, municipality: MunicipalityCode, id: Uuid, version: i64) -> Result<(), DbError> {
        let code = municipality.to_string();
        on!(self, conn => sqlx::query(THIN).bind(&code).bind(id).bind(version).execute(conn).await.map(|_| ()))?;
        on!(self, conn => sqlx::query(THIN_SUPPORT).bind(&code).bind(id).execute(conn).await.map(|_| ()))?;
        self.delete_photos_of(&code, id).await
    }

    /// Holds a report back from going, or no longer.
    pub async fn hold_report(&mut self, municipality: MunicipalityCode, id: Uuid, version: i64, hold: bool) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(HOLD).bind(municipality.to_string()).bind(id).bind(version).bind(hold).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Forgets sessions, links and tokens that have run out.
    pub async fn forget_expired(&mut self, now: i64) -> Result<(), DbError> {
        for statement in FORGET {
            on!(self, conn => sqlx::query(statement).bind(now).execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }
}
