//! Who is logged in, and the tokens of machines: by keyed hashes, until a moment. Not in a backup: whoever had logged out since would be
//! logged in again.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

const INSERT: &str = "INSERT INTO session (hash, id, person, begun_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
const BY_HASH: &str = "SELECT hash, id, person, begun_at, seen_at, expires_at FROM session WHERE hash = $1";
const OF_PERSON: &str =
    "SELECT hash, id, person, begun_at, seen_at, expires_at FROM session WHERE person = $1 AND expires_at > $2 ORDER BY begun_at DESC, id";
const SEEN: &str = "UPDATE session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2";
const DELETE: &str = "DELETE FROM session WHERE hash = $1";
const DELETE_OF: &str = "DELETE FROM session WHERE person = $1 AND id = $2";
const DELETE_OTHERS: &str = "DELETE FROM session WHERE person = $1 AND id <> $2";
const DELETE_ALL_OF: &str = "DELETE FROM session WHERE person = $1";
const DELETE_EXPIRED: &str = "DELETE FROM session WHERE expires_at <= $1";
const TOKEN: &str = "SELECT hash, id, person, name, scope, created_at, expires_at FROM api_token WHERE hash = $1";
const TOKENS_OF: &str = "SELECT hash, id, person, name, scope, created_at, expires_at FROM api_token WHERE person = $1 AND expires_at > $2 ORDER BY created_at, id";
const INSERT_TOKEN: &str =
    "INSERT INTO api_token (hash, id, person, name, scope, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const COUNT_TOKENS: &str = "SELECT COUNT(*) FROM api_token WHERE person = $1";
const DELETE_TOKEN: &str = "DELETE FROM api_token WHERE person = $1 AND id = $2";
const DELETE_EXPIRED_TOKENS: &str = "DELETE FROM api_token WHERE expires_at <= $1";
const DELETE_TOKENS_OF: &str = "DELETE FROM api_token WHERE person = $1";

/// A row of `session`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// Keyed hash of what the browser holds.
    pub hash: Vec<u8>,
    /// By which its owner names it.
    pub id: Uuid,
    /// Whose; `None` for whoever showed the operator token.
    pub person: Option<Uuid>,
    /// Microseconds UTC.
    pub begun_at: i64,
    /// Microseconds UTC, to a minute.
    pub seen_at: i64,
    /// Microseconds UTC.
    pub expires_at: i64,
}

/// A row of `api_token`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TokenRow {
    /// Keyed hash of the token.
    pub hash: Vec<u8>,
    /// By which its owner names it.
    pub id: Uuid,
    /// Whose.
    pub person: Uuid,
    /// What for.
    pub name: String,
    /// Code.
    pub scope: String,
    /// Microseconds UTC.
    pub created_at: i64,
    /// Microseconds UTC.
    pub expires_at: i64,
}

impl Db {
    /// A session by its hash.
    pub async fn session(&self, hash: &[u8]) -> Result<Option<SessionRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(BY_HASH).bind(hash).fetch_optional(pool).await)?)
    }

    /// A person's sessions that are not over, newest first.
    pub async fn sessions_of(&self, person: Uuid, now: i64) -> Result<Vec<SessionRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(OF_PERSON).bind(person).bind(now).fetch_all(pool).await)?)
    }

    /// A machine's token by its hash.
    pub async fn api_token(&self, hash: &[u8]) -> Result<Option<TokenRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(TOKEN).bind(hash).fetch_optional(pool).await)?)
    }

    /// A person's tokens that are not over, oldest first.
    pub async fn api_tokens_of(&self, person: Uuid, now: i64) -> Result<Vec<TokenRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(TOKENS_OF).bind(person).bind(now).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Begins a session, and forgets those that are over.
    pub async fn begin_session(&mut self, row: &SessionRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(DELETE_EXPIRED).bind(row.begun_at).execute(conn).await.map(|_| ()))?;
        on!(self, conn => sqlx::query(INSERT)
            .bind(&row.hash).bind(row.id).bind(row.person).bind(row.begun_at).bind(row.seen_at).bind(row.expires_at)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Notes that a session is in use.
    pub async fn session_seen(&mut self, hash: Vec<u8>, at: i64) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(SEEN).bind(hash).bind(at).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&mut self, hash: Vec<u8>) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(DELETE).bind(hash).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends one of a person's sessions; `false` when it is not theirs.
    pub async fn end_session_of(&mut self, person: Uuid, id: Uuid) -> Result<bool, DbError> {
        let ended = on!(self, conn => sqlx::query(DELETE_OF).bind(person).bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(ended == 1)
    }

    /// Ends a person's sessions, but for one.
    pub async fn end_sessions_of(&mut self, person: Uuid, but: Option<Uuid>) -> Result<(), DbError> {
        match but {
            Some(id) => on!(self, conn => sqlx::query(DELETE_OTHERS).bind(person).bind(id).execute(conn).await.map(|_| ()))?,
            None => on!(self, conn => sqlx::query(DELETE_ALL_OF).bind(person).execute(conn).await.map(|_| ()))?,
        }
        Ok(())
    }

    /// Adds a token unless the person has this many already, and forgets those that are over; `false` when there were too many.
    pub async fn insert_api_token(&mut self, row: &TokenRow, most: i64) -> Result<bool, DbError> {
        on!(self, conn => sqlx::query(DELETE_EXPIRED_TOKENS).bind(row.created_at).execute(conn).await.map(|_| ()))?;
        let there: i64 = on!(self, conn => sqlx::query_scalar(COUNT_TOKENS).bind(row.person).fetch_one(conn).await)?;
        if there >= most {
            return Ok(false);
        }
        on!(self, conn => sqlx::query(INSERT_TOKEN)
            .bind(&row.hash).bind(row.id).bind(row.person).bind(&row.name).bind(&row.scope).bind(row.created_at).bind(row.expires_at)
            .execute(conn).await.map(|_| ()))?;
        Ok(true)
    }

    /// Removes one of a person's tokens; `false` when it is not theirs.
    pub async fn delete_api_token(&mut self, person: Uuid, id: Uuid) -> Result<bool, DbError> {
        let gone = on!(self, conn => sqlx::query(DELETE_TOKEN).bind(person).bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(gone == 1)
    }

    /// Removes a person's tokens.
    pub async fn delete_api_tokens_of(&mut self, person: Uuid) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(DELETE_TOKENS_OF).bind(person).execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}
