//! Passkeys, authenticator apps, recovery codes, and what waits for an answer from a browser. The last is in no backup.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

macro_rules! select_passkey {
    ($condition:literal) => {
        concat!("SELECT id, person, credential, key, name, created_at, used_on FROM passkey", $condition)
    };
}

const PASSKEYS_OF: &str = select_passkey!(" WHERE person = $1 ORDER BY created_at, id");
const PASSKEY: &str = select_passkey!(" WHERE credential = $1");
const INSERT_PASSKEY: &str =
    "INSERT INTO passkey (id, person, credential, key, name, created_at, used_on) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const USE_PASSKEY: &str = "UPDATE passkey SET key = $2, used_on = $3 WHERE id = $1";
const DELETE_PASSKEY: &str = "DELETE FROM passkey WHERE person = $1 AND id = $2";
const TOTP: &str = "SELECT person, secret, last_step, created_at FROM totp WHERE person = $1";
const INSERT_TOTP: &str = "INSERT INTO totp (person, secret, last_step, created_at) VALUES ($1, $2, $3, $4)";
const USE_TOTP: &str = "UPDATE totp SET last_step = $2 WHERE person = $1 AND last_step < $2";
const DELETE_TOTP: &str = "DELETE FROM totp WHERE person = $1";
const COUNT_CODES: &str = "SELECT COUNT(*) FROM recovery_code WHERE person = $1";
const INSERT_CODE: &str = "INSERT INTO recovery_code (hash, person) VALUES ($1, $2)";
const USE_CODE: &str = "DELETE FROM recovery_code WHERE person = $1 AND hash = $2";
const DELETE_CODES: &str = "DELETE FROM recovery_code WHERE person = $1";
const CLEAR: [&str; 4] = ["DELETE FROM passkey WHERE person = $1", DELETE_TOTP, DELETE_CODES, "DELETE FROM ceremony WHERE person = $1"];
const FORGET_CEREMONIES: &str = "DELETE FROM ceremony WHERE expires_at <= $1";
const COUNT_CEREMONIES: &str = "SELECT COUNT(*) FROM ceremony";
const INSERT_CEREMONY: &str = "INSERT INTO ceremony (hash, kind, person, state, tries, expires_at) VALUES ($1, $2, $3, $4, 0, $5)";
const CEREMONY: &str = "SELECT kind, person, state, expires_at FROM ceremony WHERE hash = $1";
const TRY_CEREMONY: &str = "UPDATE ceremony SET tries = tries + 1 WHERE hash = $1 AND tries < $2";
const END_CEREMONY: &str = "DELETE FROM ceremony WHERE hash = $1";

const IDENTITY: &str = "SELECT person FROM identity WHERE issuer = $1 AND subject = $2";
const INSERT_IDENTITY: &str = "INSERT INTO identity (issuer, subject, person, created_at) VALUES ($1, $2, $3, $4)";

/// A row of `passkey`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PasskeyRow {
    /// By which its owner names it.
    pub id: Uuid,
    /// Whose.
    pub person: Uuid,
    /// As the authenticator names it.
    pub credential: Vec<u8>,
    /// Public key and counter, JSON.
    pub key: String,
    /// What its owner calls it.
    pub name: String,
    /// Microseconds UTC.
    pub created_at: i64,
    /// `YYYY-MM-DD` of its last log-in, local.
    pub used_on: Option<String>,
}

/// A row of `totp`.
#[derive(Clone, sqlx::FromRow)]
pub struct TotpRow {
    /// Whose.
    pub person: Uuid,
    /// Sealed.
    pub secret: Vec<u8>,
    /// Of the last code that was used.
    pub last_step: i64,
    /// Microseconds UTC.
    pub created_at: i64,
}

/// A row of `ceremony`.
#[derive(Clone, sqlx::FromRow)]
pub struct CeremonyRow {
    /// Code.
    pub kind: String,
    /// Whose; `None` when not known yet.
    pub person: Option<Uuid>,
    /// What its kind needs.
    pub state: String,
    /// Microseconds UTC.
    pub expires_at: i64,
}

impl Db {
    /// A person's passkeys, oldest first.
    pub async fn passkeys_of(&self, person: Uuid) -> Result<Vec<PasskeyRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(PASSKEYS_OF).bind(person).fetch_all(pool).await)?)
    }

    /// A passkey by what its authenticator calls it.
    pub async fn passkey(&self, credential: &[u8]) -> Result<Option<PasskeyRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(PASSKEY).bind(credential).fetch_optional(pool).await)?)
    }

    /// A person's authenticator app.
    pub async fn totp(&self, person: Uuid) -> Result<Option<TotpRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(TOTP).bind(person).fetch_optional(pool).await)?)
    }

    /// How many recovery codes a person has left.
    pub async fn recovery_codes(&self, person: Uuid) -> Result<i64, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(COUNT_CODES).bind(person).fetch_one(pool).await)?)
    }

    /// Who it is that another's log-in service calls by this name.
    pub async fn identity(&self, issuer: &str, subject: &str) -> Result<Option<Uuid>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(IDENTITY).bind(issuer).bind(subject).fetch_optional(pool).await)?)
    }

    /// What waits for an answer, by the hash of its key.
    pub async fn ceremony(&self, hash: &[u8]) -> Result<Option<CeremonyRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(CEREMONY).bind(hash).fetch_optional(pool).await)?)
    }
}

impl Tx {
    /// A person's passkeys, as of this transaction.
    pub async fn passkeys_of(&mut self, person: Uuid) -> Result<Vec<PasskeyRow>, DbError> {
        Ok(on!(self, conn => sqlx::query_as(PASSKEYS_OF).bind(person).fetch_all(conn).await)?)
    }

    /// Adds a passkey.
    pub async fn insert_passkey(&mut self, row: &PasskeyRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(INSERT_PASSKEY)
            .bind(row.id).bind(row.person).bind(&row.credential).bind(&row.key).bind(&row.name).bind(row.created_at).bind(row.used_on.as_deref())
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Notes a log-in by a passkey; `false` when it is gone.
    pub async fn use_passkey(&mut self, id: Uuid, key: String, day: String) -> Result<bool, DbError> {
        let used =
            on!(self, conn => sqlx::query(USE_PASSKEY).bind(id).bind(key).bind(day).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(used == 1)
    }

    /// Removes one of a person's passkeys; `false` when it is not theirs.
    pub async fn delete_passkey(&mut self, person: Uuid, id: Uuid) -> Result<bool, DbError> {
        let gone =
            on!(self, conn => sqlx::query(DELETE_PASSKEY).bind(person).bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(gone == 1)
    }

    /// A person's authenticator app, as of this transaction.
    pub async fn totp(&mut self, person: Uuid) -> Result<Option<TotpRow>, DbError> {
        Ok(on!(self, conn => sqlx::query_as(TOTP).bind(person).fetch_optional(conn).await)?)
    }

    /// Adds an authenticator app in place of any before.
    pub async fn set_totp(&mut self, row: &TotpRow) -> Result<(), DbError> {
        self.delete_totp(row.person).await?;
        on!(self, conn => sqlx::query(INSERT_TOTP)
            .bind(row.person).bind(&row.secret).bind(row.last_step).bind(row.created_at)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Uses a step's code up; `false` when it, or a later one, was used.
    pub async fn use_totp(&mut self, person: Uuid, step: i64) -> Result<bool, DbError> {
        let used = on!(self, conn => sqlx::query(USE_TOTP).bind(person).bind(step).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(used == 1)
    }

    /// Removes a person's authenticator app; `false` when there is none.
    pub async fn delete_totp(&mut self, person: Uuid) -> Result<bool, DbError> {
        let gone = on!(self, conn => sqlx::query(DELETE_TOTP).bind(person).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(gone == 1)
    }

    /// Replaces a person's recovery codes.
    pub async fn set_recovery_codes(&mut self, person: Uuid, hashes: &[Vec<u8>]) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(DELETE_CODES).bind(person).execute(conn).await.map(|_| ()))?;
        for hash in hashes {
            on!(self, conn => sqlx::query(INSERT_CODE).bind(hash).bind(person).execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// How many recovery codes a person has left, as of this transaction.
    pub async fn recovery_codes(&mut self, person: Uuid) -> Result<i64, DbError> {
        Ok(on!(self, conn => sqlx::query_scalar(COUNT_CODES).bind(person).fetch_one(conn).await)?)
    }

    /// Uses a recovery code up; `false` when it is not the person's.
    pub async fn use_recovery_code(&mut self, person: Uuid, hash: Vec<u8>) -> Result<bool, DbError> {
        let used = on!(self, conn => sqlx::query(USE_CODE).bind(person).bind(hash).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(used == 1)
    }

    /// Removes every factor of a person but the password.
    pub async fn clear_factors(&mut self, person: Uuid) -> Result<(), DbError> {
        for statement in CLEAR {
            on!(self, conn => sqlx::query(statement).bind(person).execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Remembers what another's log-in service calls a person.
    pub async fn insert_identity(&mut self, issuer: &str, subject: &str, person: Uuid, now: i64) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(INSERT_IDENTITY).bind(issuer).bind(subject).bind(person).bind(now).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Begins to wait for an answer, unless this many are awaited already, and forgets those that came too late; `false` when there were too many.
    pub async fn begin_ceremony(&mut self, hash: Vec<u8>, row: &CeremonyRow, now: i64, most: i64) -> Result<bool, DbError> {
        on!(self, conn => sqlx::query(FORGET_CEREMONIES).bind(now).execute(conn).await.map(|_| ()))?;
        let there: i64 = on!(self, conn => sqlx::query_scalar(COUNT_CEREMONIES).fetch_one(conn).await)?;
        if there >= most {
            return Ok(false);
        }
        on!(self, conn => sqlx::query(INSERT_CEREMONY)
            .bind(hash).bind(&row.kind).bind(row.person).bind(&row.state).bind(row.expires_at)
            .execute(conn).await.map(|_| ()))?;
        Ok(true)
    }

    /// Counts an answer; `false` when there were as many already, or it waits no longer.
    pub async fn try_ceremony(&mut self, hash: Vec<u8>, most: i64) -> Result<bool, DbError> {
        let counted =
            on!(self, conn => sqlx::query(TRY_CEREMONY).bind(hash).bind(most).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(counted == 1)
    }

    /// Waits no longer; `false` when it did not.
    pub async fn end_ceremony(&mut self, hash: Vec<u8>) -> Result<bool, DbError> {
        let ended = on!(self, conn => sqlx::query(END_CEREMONY).bind(hash).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(ended == 1)
    }
}
