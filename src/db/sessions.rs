//! Who is logged in: by a hash, until a moment. Not in a backup: whoever had logged out since would be logged in again.

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

const INSERT: &str = "INSERT INTO session (hash, expires_at) VALUES ($1, $2)";
const DELETE: &str = "DELETE FROM session WHERE hash = $1";
const DELETE_EXPIRED: &str = "DELETE FROM session WHERE expires_at <= $1";
const EXPIRY: &str = "SELECT expires_at FROM session WHERE hash = $1";

impl Db {
    /// When a session ends, microseconds UTC; `None` when there is none.
    pub async fn session_expiry(&self, hash: &[u8]) -> Result<Option<i64>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(EXPIRY).bind(hash).fetch_optional(pool).await)?)
    }
}

impl Tx {
    /// Begins a session, and forgets those that are over.
    pub async fn begin_session(&mut self, hash: Vec<u8>, now: i64, expires_at: i64) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(DELETE_EXPIRED).bind(now).execute(conn).await.map(|_| ()))?;
        on!(self, conn => sqlx::query(INSERT).bind(hash).bind(expires_at).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&mut self, hash: Vec<u8>) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(DELETE).bind(hash).execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}
