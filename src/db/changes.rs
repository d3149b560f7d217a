//! The change log: one per kommun, gapless, in commit order, each row chained to the one before.
//!
//! `facts` holds field names and non-personal values only, so that erasing a report never has to rewrite the log.

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::dialect::{on, read};
use super::{Db, DbError, Tx};
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;

const NEXT: &str = "UPDATE municipality SET version = version + 1 WHERE code = $1 RETURNING version, head";
const APPEND: &str = "\
    INSERT INTO change (municipality, version, at, actor, entity, entity_id, kind, facts, prev_hash, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const SET_HEAD: &str = "UPDATE municipality SET head = $2 WHERE code = $1";
const PAGE: &str = "\
    SELECT version, at, actor, entity, entity_id, kind, facts, prev_hash, hash
    FROM change WHERE municipality = $1 AND version > $2 ORDER BY version LIMIT 1000";
const OF_ENTITY: &str = "\
    SELECT version, at, actor, entity, entity_id, kind, facts, prev_hash, hash
    FROM change WHERE municipality = $1 AND entity = $2 AND entity_id = $3 ORDER BY version LIMIT 1000";
const OTHERS: &str = "SELECT COUNT(*) FROM change WHERE municipality = $1 AND version > $2 AND entity NOT IN ('report', 'party', 'person')";
// What comes in and who agrees shows nothing to everybody.
const SHOWS: &str = "\
    SELECT EXISTS (SELECT 1 FROM change WHERE municipality = $1 AND version > $2 AND kind NOT IN ('created', 'supported'))";
const LOGGED: &str = "SELECT EXISTS (SELECT 1 FROM change WHERE entity = $1 AND entity_id = $2)";
const HASH_AT: &str = "SELECT hash FROM change WHERE municipality = $1 AND version = $2";
const HEADS: &str = "SELECT code, version, head FROM municipality ORDER BY code";

/// What an act writes into the log.
#[derive(Clone, Debug)]
pub struct NewChange {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// `report`, `focus_area`, `release`, …
    pub entity: &'static str,
    /// Its id.
    pub entity_id: String,
    /// `created`, `answered`, `withdrawn`, …
    pub kind: &'static str,
    /// Field names and non-personal values.
    pub facts: Value,
}

/// A row of the log.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChangeRow {
    /// Position in the kommun's log, from 1.
    pub version: i64,
    /// Microseconds UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What kind of thing.
    pub entity: String,
    /// Which.
    pub entity_id: String,
    /// What was done.
    pub kind: String,
    /// JSON.
    pub facts: String,
    /// Hash of the row before.
    pub prev_hash: Vec<u8>,
    /// Hash of this row.
    pub hash: Vec<u8>,
}

/// The head of a kommun's log.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HeadRow {
    /// Kommun.
    pub code: String,
    /// Last version.
    pub version: i64,
    /// Its hash.
    pub head: Vec<u8>,
}

/// What a log starts from.
pub const GENESIS: [u8; 32] = [0; 32];

impl ChangeRow {
    /// The hash this row must have: every field, length first, after the hash of the row before.
    pub fn expected_hash(&self, municipality: &str) -> [u8; 32] {
        let mut digest = Sha256::new();
        let (version, at) = (self.version.to_be_bytes(), self.at.to_be_bytes());
        let fields: [&[u8]; 9] = [
            &self.prev_hash,
            municipality.as_bytes(),
            &version,
            &at,
            self.actor.as_bytes(),
            self.entity.as_bytes(),
            self.entity_id.as_bytes(),
            self.kind.as_bytes(),
            self.facts.as_bytes(),
        ];
        for field in fields {
            digest.update((field.len() as u64).to_be_bytes());
            digest.update(field);
        }
        digest.finalize().into()
    }
}

impl Tx {
    /// Appends to a kommun's log and returns the version taken.
    pub async fn append_change(&mut self, municipality: MunicipalityCode, change: NewChange) -> Result<i64, DbError> {
        let code = municipality.to_string();
        let (version, prev_hash): (i64, Vec<u8>) = on!(self, conn => sqlx::query_as(NEXT).bind(&code).fetch_one(conn).await)?;
        let mut row = ChangeRow {
            version,
            at: change.at.as_microsecond(),
            actor: change.actor.name(),
            entity: change.entity.to_owned(),
            entity_id: change.entity_id,
            kind: change.kind.to_owned(),
            facts: change.facts.to_string(),
            prev_hash,
            hash: Vec::new(),
        };
        row.hash = row.expected_hash(&code).to_vec();
        on!(self, conn => sqlx::query(APPEND)
            .bind(&code).bind(row.version).bind(row.at).bind(&row.actor).bind(&row.entity).bind(&row.entity_id)
            .bind(&row.kind).bind(&row.facts).bind(&row.prev_hash).bind(&row.hash)
            .execute(conn).await.map(|_| ()))?;
        on!(self, conn => sqlx::query(SET_HEAD).bind(&code).bind(&row.hash).execute(conn).await.map(|_| ()))?;
        Ok(version)
    }
}

impl Db {
    /// Whether anything has happened in a kommun after a version that may change what everybody sees.
    pub async fn may_show_after(&self, municipality: MunicipalityCode, version: i64) -> Result<bool, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(SHOWS).bind(municipality.to_string()).bind(version).fetch_one(pool).await)?)
    }

    /// Whether any log has something of this kind by this id.
    pub async fn was_logged(&self, entity: &str, id: &str) -> Result<bool, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(LOGGED).bind(entity).bind(id).fetch_one(pool).await)?)
    }

    /// Up to 1,000 rows of a kommun's log after a version.
    pub async fn changes_after(&self, municipality: &str, version: i64) -> Result<Vec<ChangeRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(PAGE).bind(municipality).bind(version).fetch_all(pool).await)?)
    }

    /// What happened to one thing.
    pub async fn changes_of(&self, municipality: MunicipalityCode, entity: &str, id: &str) -> Result<Vec<ChangeRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(OF_ENTITY).bind(municipality.to_string()).bind(entity).bind(id).fetch_all(pool).await)?)
    }

    /// Whether anything that the registry holds changed after a version: not reports, nor parties and people.
    pub async fn other_changes_after(&self, municipality: &str, version: i64) -> Result<bool, DbError> {
        let count: i64 = read!(self, pool => sqlx::query_scalar(OTHERS).bind(municipality).bind(version).fetch_one(pool).await)?;
        Ok(count > 0)
    }

    /// The hash of a row of a kommun's log: it stands for everything up to that row.
    pub async fn hash_at(&self, municipality: MunicipalityCode, version: i64) -> Result<Option<Vec<u8>>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(HASH_AT).bind(municipality.to_string()).bind(version).fetch_optional(pool).await)?)
    }

    /// Version and head hash of every kommun's log.
    pub async fn heads(&self) -> Result<Vec<HeadRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(HEADS).fetch_all(pool).await)?)
    }
}
