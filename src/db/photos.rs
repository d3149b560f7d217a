//! Photos: what is known of each. The pictures lie in a store of files, by the key that stands here.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

macro_rules! select_photo {
    ($condition:literal) => {
        concat!("SELECT municipality, id, report, received_at, sent_hash, state, decided_at, picture, width, height FROM photo", $condition)
    };
}

const BY_ID: &str = select_photo!(" WHERE id = $1");
const OF_REPORT: &str = select_photo!(" WHERE municipality = $1 AND report = $2 AND state <> 'storing' ORDER BY received_at, id");
const COUNT: &str = "SELECT COUNT(*) FROM photo WHERE municipality = $1 AND report = $2";
const INSERT: &str = "\
    INSERT INTO photo (municipality, id, report, received_at, sent_hash, state, decided_at, picture, width, height)
    VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, $9)";
const STORED: &str = "UPDATE photo SET state = 'waiting' WHERE id = $1 AND state = 'storing'";
const DECIDE: &str = "UPDATE photo SET state = $3, decided_at = $4, picture = $5 WHERE id = $1 AND picture = $2";
const DELETE: &str = "DELETE FROM photo WHERE municipality = $1 AND id = $2";
const DELETE_OF: &str = "DELETE FROM photo WHERE municipality = $1 AND report = $2";
const FORGET_CUT_SHORT: &str = "DELETE FROM photo WHERE state = 'storing' AND received_at <= $1";
const PICTURES: &str = "SELECT picture FROM photo";

/// A row of `photo`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PhotoRow {
    /// Code.
    pub municipality: String,
    /// Made by the telephone.
    pub id: Uuid,
    /// Of which report.
    pub report: Uuid,
    /// Microseconds UTC.
    pub received_at: i64,
    /// Keyed hash of the file as it came, to know it again.
    pub sent_hash: Vec<u8>,
    /// Code.
    pub state: String,
    /// Microseconds UTC.
    pub decided_at: Option<i64>,
    /// Key of the picture; its small one has the same with another ending.
    pub picture: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

impl Db {
    /// A photo.
    pub async fn photo(&self, id: Uuid) -> Result<Option<PhotoRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?)
    }

    /// The photos of a report, in the order they came.
    pub async fn photos_of(&self, municipality: &str, report: Uuid) -> Result<Vec<PhotoRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(OF_REPORT).bind(municipality).bind(report).fetch_all(pool).await)?)
    }

    /// The key of every picture there should be.
    pub async fn pictures(&self) -> Result<Vec<String>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(PICTURES).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// How many photos a report has.
    pub async fn photo_count(&mut self, municipality: &str, report: Uuid) -> Result<i64, DbError> {
        Ok(on!(self, conn => sqlx::query_scalar(COUNT).bind(municipality).bind(report).fetch_one(conn).await)?)
    }

    /// Adds a photo.
    pub async fn insert_photo(&mut self, row: &PhotoRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(INSERT)
            .bind(&row.municipality).bind(row.id).bind(row.report).bind(row.received_at).bind(&row.sent_hash).bind(&row.state)
            .bind(&row.picture).bind(row.width).bind(row.height)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Notes that a photo's file is written; `false` when the photo is gone.
    pub async fn photo_stored(&mut self, id: Uuid) -> Result<bool, DbError> {
        Ok(on!(self, conn => sqlx::query(STORED).bind(id).execute(conn).await.map(|done| done.rows_affected()))? == 1)
    }

    /// Writes a decision on the photo whose picture was looked at; `false` when it has another by now.
    pub async fn decide_photo(&mut self, row: &PhotoRow, looked_at: String) -> Result<bool, DbError> {
        let done = on!(self, conn => sqlx::query(DECIDE)
            .bind(row.id).bind(looked_at).bind(&row.state).bind(row.decided_at).bind(&row.picture)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }

    /// Removes a photo; `false` when it is gone.
    pub async fn delete_photo(&mut self, municipality: &str, id: Uuid) -> Result<bool, DbError> {
        Ok(on!(self, conn => sqlx::query(DELETE).bind(municipality).bind(id).execute(conn).await.map(|done| done.rows_affected()))? == 1)
    }

    /// Removes the photos of a report.
    pub async fn delete_photos_of(&mut self, municipality: &str, report: Uuid) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(DELETE_OF).bind(municipality).bind(report).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Forgets photos whose file was never written.
    pub async fn forget_cut_short(&mut self, before: i64) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(FORGET_CUT_SHORT).bind(before).execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}
