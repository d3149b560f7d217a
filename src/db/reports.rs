//! Reports as rows: accepted once, found by id, receipt or version, changed under a version, withdrawn without a trace of the words.

use futures_util::TryStreamExt;
use uuid::Uuid;

use super::dialect::{self, on, read};
use super::{Db, DbError, Tx};
use crate::domain::ids::MunicipalityCode;

/// The columns of [`ReportRow`], as text that `concat!` can take.
macro_rules! select_report {
    ($condition:literal) => {
        concat!(
            "SELECT municipality, id, version, reference, received_at, happened_at, happened_on, time_band, lon, lat, accuracy_m, place_text, ",
            "certain, feeling, category, insecurity, risk, travel_mode, perspectives, avoids, note, reporter, light, status, status_reason, ",
            "answer, answered_at, source, secrecy, moderation, moderation_reason, moderated_at, public_note, opened, released_in, place ",
            "FROM report WHERE ",
            $condition
        )
    };
}

pub(super) use select_report;

const BY_ID: &str = select_report!("id = $1");
const BY_RECEIPT: &str = select_report!("receipt_hash = $1");
const IDS_PER_QUERY: usize = 64;
const BY_IDS: &str = select_report!(
    "municipality = $1 AND id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
    $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, \
    $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65)"
);
const KNOWN: &str = "SELECT content_hash FROM report WHERE id = $1";
const AUTHOR: &str = "SELECT reporter FROM report WHERE municipality = $1 AND id = $2";
const GONE: &str = "SELECT version FROM withdrawn WHERE id = $1 LIMIT 1";
const INSERT: &str = "\
    INSERT INTO report (municipality, id, version, reference, receipt_hash, content_hash, received_at, happened_at, happened_on, time_band,
                        lon, lat, accuracy_m, place_text, certain, feeling, category, insecurity, risk, travel_mode, perspectives, avoids,
                        note, reporter, light, status, status_reason, answer, answered_at, source, secrecy, moderation, moderation_reason,
                        moderated_at, public_note, opened)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,
            $28, $29, $30, $31, $32, $33, $34, $35, $36)";
const UPDATE: &str = "\
    UPDATE report SET version = $3, status = $4, status_reason = $5, answer = $6, answered_at = $7, lon = $8, lat = $9, certain = $10, light = $11,
                      secrecy = $12,
                      closed_at = CASE WHEN $4 IN ('done', 'declined', 'forwarded', 'duplicate') THEN COALESCE(closed_at, $14) ELSE NULL END
    WHERE municipality = $1 AND id = $2 AND version = $13";
const DELETE: &str = "DELETE FROM report WHERE municipality = $1 AND id = $2";
const DELETE_SUPPORT: &str = "DELETE FROM support WHERE municipality = $1 AND report = $2";
const TOMBSTONE: &str =
    "INSERT INTO withdrawn (municipality, id, version, at) VALUES ($1, $2, $3, $4) ON CONFLICT (municipality, id) DO NOTHING";
const UNBURY: &str = "DELETE FROM withdrawn WHERE municipality = $1 AND id = $2";
// Gone, or not to be counted: held, or rejected by a moderator.
const REMOVED_AFTER: &str = "\
    SELECT id FROM withdrawn WHERE municipality = $1 AND version > $2
    UNION ALL SELECT id FROM report WHERE municipality = $1 AND version > $2 AND moderation IN ('held', 'rejected')";
const INDEX_AFTER: &str = "\
    SELECT id, version, received_at, happened_at, happened_on, time_band, lon, lat, category, insecurity, travel_mode, perspectives,
           reporter, light, status, secrecy || ' ' || source AS provenance
    FROM report WHERE municipality = $1 AND version > $2 AND moderation NOT IN ('held', 'rejected')";
const SUPPORT: &str = "\
    INSERT INTO support (municipality, report, reporter, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (municipality, report, reporter) DO NOTHING";
const SUPPORTERS: &str = "SELECT COUNT(*) FROM support WHERE municipality = $1 AND report = $2";
const COUNT_OF_KOMMUN: &str = "SELECT COUNT(*) FROM report WHERE municipality = $1";
// One statement, so that both are of one moment.
const VERSION_AND_COUNT: &str = "\
    SELECT version, (SELECT COUNT(*) FROM report WHERE municipality = $1 AND moderation NOT IN ('held', 'rejected'))
    FROM municipality WHERE code = $1";
/// A row of `report`, without its hashes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReportRow {
    /// Kommun.
    pub municipality: String,
    /// Public id.
    pub id: Uuid,
    /// Version of its last change.
    pub version: i64,
    /// Random short name.
    pub reference: String,
    /// Microseconds UTC.
    pub received_at: i64,
    /// Microseconds UTC.
    pub happened_at: Option<i64>,
    /// `YYYY-MM-DD`, local.
    pub happened_on: Option<String>,
    /// Code.
    pub time_band: Option<String>,
    /// Degrees.
    pub lon: Option<f64>,
    /// Degrees.
    pub lat: Option<f64>,
    /// Metres.
    pub accuracy_m: Option<f64>,
    /// Words.
    pub place_text: Option<String>,
    /// Border certain.
    pub certain: bool,
    /// Code.
    pub feeling: String,
    /// Code.
    pub category: String,
    /// 0–3.
    pub insecurity: Option<i64>,
    /// 0–3.
    pub risk: Option<i64>,
    /// Code.
    pub travel_mode: Option<String>,
    /// Bits.
    pub perspectives: i64,
    /// Code.
    pub avoids: Option<String>,
    /// Words.
    pub note: Option<String>,
    /// 16 bytes.
    pub reporter: Option<Vec<u8>>,
    /// Code.
    pub light: String,
    /// Code.
    pub status: String,
    /// Code.
    pub status_reason: Option<String>,
    /// Public answer.
    pub answer: Option<String>,
    /// Microseconds UTC.
    pub answered_at: Option<i64>,
    /// Where it came from.
    pub source: String,
    /// Code.
    pub secrecy: String,
    /// Code.
    pub moderation: String,
    /// Code.
    pub moderation_reason: Option<String>,
    /// Microseconds UTC.
    pub moderated_at: Option<i64>,
    /// The words that everybody may read.
    pub public_note: Option<String>,
    /// Whether its place or square may be seen while it is shown.
    pub opened: bool,
    /// The release that counted it. Written by a release alone.
    pub released_in: Option<String>,
    /// What it has in common with the other reports of its place. Written by a merge alone.
    pub place: Option<Uuid>,
}

/// The columns the index needs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct IndexRow {
    /// Public id.
    pub id: Uuid,
    /// Version of its last change.
    pub version: i64,
    /// Microseconds UTC.
    pub received_at: i64,
    /// Microseconds UTC.
    pub happened_at: Option<i64>,
    /// `YYYY-MM-DD`.
    pub happened_on: Option<String>,
    /// Code.
    pub time_band: Option<String>,
    /// Degrees.
    pub lon: Option<f64>,
    /// Degrees.
    pub lat: Option<f64>,
    /// Code.
    pub category: String,
    /// 0–3.
    pub insecurity: Option<i64>,
    /// Code.
    pub travel_mode: Option<String>,
    /// Bits.
    pub perspectives: i64,
    /// 16 bytes.
    pub reporter: Option<Vec<u8>>,
    /// Code.
    pub light: String,
    /// Code.
    pub status: String,
    /// Secrecy class and source, with a space between: as one text, because every row of a kommun is handed over at a start.
    pub provenance: String,
}

/// What is stored under an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    No,
    /// A report with this content.
    Yes {
        /// Keyed hash of the canonical content.
        content_hash: Vec<u8>,
    },
    /// It was, and was withdrawn.
    Withdrawn,
}

impl Tx {
    /// What is stored under an id.
    pub async fn known_report(&mut self, id: Uuid) -> Result<Known, DbError> {
        let stored: Option<Vec<u8>> = on!(self, conn => sqlx::query_scalar(KNOWN).bind(id).fetch_optional(conn).await)?;
        if let Some(content_hash) = stored {
            return Ok(Known::Yes { content_hash });
        }
        let gone: Option<i64> = on!(self, conn => sqlx::query_scalar(GONE).bind(id).fetch_optional(conn).await)?;
        Ok(if gone.is_some() { Known::Withdrawn } else { Known::No })
    }

    /// Inserts a report whose id is not known; the version is the log's.
    pub async fn insert_report(&mut self, row: &ReportRow, receipt_hash: Vec<u8>, content_hash: Vec<u8>) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(INSERT)
            .bind(&row.municipality).bind(row.id).bind(row.version).bind(&row.reference).bind(receipt_hash).bind(content_hash)
            .bind(row.received_at).bind(row.happened_at).bind(row.happened_on.as_deref()).bind(row.time_band.as_deref())
            .bind(row.lon).bind(row.lat).bind(row.accuracy_m).bind(row.place_text.as_deref()).bind(row.certain)
            .bind(&row.feeling).bind(&row.category).bind(row.insecurity).bind(row.risk).bind(row.travel_mode.as_deref())
            .bind(row.perspectives).bind(row.avoids.as_deref()).bind(row.note.as_deref()).bind(row.reporter.as_deref())
            .bind(&row.light).bind(&row.status).bind(row.status_reason.as_deref()).bind(row.answer.as_deref())
            .bind(row.answered_at).bind(&row.source).bind(&row.secrecy).bind(&row.moderation).bind(row.moderation_reason.as_deref())
            .bind(row.moderated_at).bind(row.public_note.as_deref()).bind(row.opened)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Writes what a planner may change, if the row is still at the version that was read; `false` when it is not.
    pub async fn update_report(&mut self, row: &ReportRow, version: i64, now: i64) -> Result<bool, DbError> {
        let done = on!(self, conn => sqlx::query(UPDATE)
            .bind(&row.municipality).bind(row.id).bind(version).bind(&row.status).bind(row.status_reason.as_deref())
            .bind(row.answer.as_deref()).bind(row.answered_at).bind(row.lon).bind(row.lat).bind(row.certain).bind(&row.light)
            .bind(&row.secrecy).bind(row.version).bind(now)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }

    /// Removes a report and leaves only that it was.
    pub async fn withdraw_report(&mut self, municipality: MunicipalityCode, id: Uuid, version: i64, at: i64) -> Result<bool, DbError> {
        let code = municipality.to_string();
        let done = on!(self, conn => sqlx::query(DELETE).bind(&code).bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
        on!(self, conn => sqlx::query(DELETE_SUPPORT).bind(&code).bind(id).execute(conn).await.map(|_| ()))?;
        self.delete_photos_of(&code, id).await?;
        on!(self, conn => sqlx::query(TOMBSTONE).bind(&code).bind(id).bind(version).bind(at).execute(conn).await.map(|_| ()))?;
        Ok(done == 1)
    }

    /// Forgets that an id was withdrawn: only for what may come back, such as the example's reports.
    pub async fn forget_withdrawn(&mut self, municipality: &str, id: Uuid) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(UNBURY).bind(municipality).bind(id).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// The keyed hash of who sent a report, where they told; `None` when there is no such report.
    pub async fn author_of(&mut self, municipality: MunicipalityCode, id: Uuid) -> Result<Option<Option<Vec<u8>>>, DbError> {
        Ok(on!(self, conn => sqlx::query_scalar(AUTHOR).bind(municipality.to_string()).bind(id).fetch_optional(conn).await)?)
    }

    /// Adds a supporter; `false` when that reporter already was one.
    pub async fn add_support(&mut self, municipality: MunicipalityCode, report: Uuid, reporter: Vec<u8>, at: i64) -> Result<bool, DbError> {
        let done = on!(self, conn => sqlx::query(SUPPORT)
            .bind(municipality.to_string()).bind(report).bind(reporter).bind(at)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }
}

impl Db {
    /// A report by id.
    pub async fn report(&self, id: Uuid) -> Result<Option<ReportRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?)
    }

    /// A report by the hash of its receipt.
    pub async fn report_by_receipt(&self, receipt_hash: &[u8]) -> Result<Option<ReportRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(BY_RECEIPT).bind(receipt_hash).fetch_optional(pool).await)?)
    }

    /// Reports by id, in the order asked for; ids that are gone are left out. At most a page.
    pub async fn reports_by_ids(&self, municipality: MunicipalityCode, ids: &[Uuid]) -> Result<Vec<ReportRow>, DbError> {
        let mut rows: Vec<ReportRow> = Vec::with_capacity(ids.len());
        // Fixed-size groups keep one prepared statement for all pages; the last is padded with an id that matches itself again.
        for group in ids.chunks(IDS_PER_QUERY) {
            let padded: Vec<Uuid> = group.iter().copied().chain(std::iter::repeat(group[0])).take(IDS_PER_QUERY).collect();
            let mut found: Vec<ReportRow> = read!(self, pool => {
                let mut query = sqlx::query_as(BY_IDS).bind(municipality.to_string());
                for id in &padded {
                    query = query.bind(*id);
                }
                query.fetch_all(pool).await
            })?;
            rows.append(&mut found);
        }
        let position: std::collections::HashMap<Uuid, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        rows.sort_by_key(|row| position.get(&row.id).copied());
        Ok(rows)
    }

    /// The index columns of every report that changed after a version.
    pub async fn index_rows_after(&self, municipality: &str, version: i64, mut each: impl FnMut(IndexRow)) -> Result<(), DbError> {
        let take = |row: IndexRow| {
            each(row);
            std::future::ready(Ok(()))
        };
        if let Self::Postgres { pool } = self
            && version == 0
        {
            // A first load reads every report there is.
            let mut tx = pool.begin().await?;
            sqlx::query(dialect::NO_TIMEOUT_POSTGRES).execute(&mut *tx).await?;
            sqlx::query_as(INDEX_AFTER).bind(municipality).bind(version).fetch(&mut *tx).try_for_each(take).await?;
            tx.commit().await?;
            return Ok(());
        }
        Ok(read!(self, pool => sqlx::query_as(INDEX_AFTER).bind(municipality).bind(version).fetch(pool).try_for_each(take).await)?)
    }

    /// Reports that went away after a version.
    pub async fn removed_after(&self, municipality: &str, version: i64) -> Result<Vec<Uuid>, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(REMOVED_AFTER).bind(municipality).bind(version).fetch_all(pool).await)?)
    }

    /// How many said "me too".
    pub async fn supporters(&self, municipality: MunicipalityCode, report: Uuid) -> Result<i64, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(SUPPORTERS).bind(municipality.to_string()).bind(report).fetch_one(pool).await)?)
    }

    /// How many reports a kommun has.
    pub async fn report_count(&self, municipality: &str) -> Result<i64, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(COUNT_OF_KOMMUN).bind(municipality).fetch_one(pool).await)?)
    }

    /// The version of a kommun's log, and how many reports are live at that version.
    pub async fn version_and_reports(&self, municipality: MunicipalityCode) -> Result<(i64, i64), DbError> {
        Ok(read!(self, pool => sqlx::query_as(VERSION_AND_COUNT).bind(municipality.to_string()).fetch_one(pool).await)?)
    }
}
