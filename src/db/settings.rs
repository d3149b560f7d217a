//! Small facts about the database itself: which keys it was made with, whether the demo is in it.

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

const GET: &str = "SELECT value FROM setting WHERE name = $1";
const PUT_NEW: &str = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
const PUT: &str = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

impl Db {
    /// The value of a setting.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(GET).bind(name).fetch_optional(pool).await)?)
    }
}

impl Tx {
    /// Sets a setting that has no value yet; returns the value it has then, whoever was first.
    pub async fn setting_or(&mut self, name: &'static str, value: String) -> Result<String, DbError> {
        on!(self, conn => sqlx::query(PUT_NEW).bind(name).bind(value).execute(conn).await.map(|_| ()))?;
        Ok(on!(self, conn => sqlx::query_scalar(GET).bind(name).fetch_one(conn).await)?)
    }

    /// Sets a setting.
    pub async fn put_setting(&mut self, name: &'static str, value: String) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(PUT).bind(name).bind(value).execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}
