//! Agreements, focus areas and pledges as rows.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

const AGREEMENTS: &str = "\
    SELECT municipality, id, version, title, kind, dnr, valid_from, valid_to, parties, signers, purposes
    FROM agreement ORDER BY municipality, valid_from, id";
const FOCUS_AREAS: &str = "\
    SELECT municipality, id, version, agreement, position, title, description, kind, categories, polygon
    FROM focus_area ORDER BY municipality, agreement, position, id";
const PLEDGES: &str = "SELECT municipality, id, version, agreement, focus_area, text, promisor FROM pledge ORDER BY municipality, id";
const PUT_AGREEMENT: &str = "\
    INSERT INTO agreement (municipality, id, version, title, kind, dnr, valid_from, valid_to, parties, signers, purposes)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (municipality, id) DO UPDATE SET version = excluded.version, title = excluded.title, kind = excluded.kind, dnr = excluded.dnr,
        valid_from = excluded.valid_from, valid_to = excluded.valid_to, parties = excluded.parties, signers = excluded.signers,
        purposes = excluded.purposes";
const PUT_FOCUS_AREA: &str = "\
    INSERT INTO focus_area (municipality, id, version, agreement, position, title, description, kind, categories, polygon)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (municipality, id) DO UPDATE SET version = excluded.version, agreement = excluded.agreement, position = excluded.position,
        title = excluded.title, description = excluded.description, kind = excluded.kind, categories = excluded.categories,
        polygon = excluded.polygon";
const PUT_PLEDGE: &str = "\
    INSERT INTO pledge (municipality, id, version, agreement, focus_area, text, promisor) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (municipality, id) DO UPDATE SET version = excluded.version, agreement = excluded.agreement,
        focus_area = excluded.focus_area, text = excluded.text, promisor = excluded.promisor";

/// A row of `agreement`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AgreementRow {
    /// Kommun.
    pub municipality: String,
    /// Id.
    pub id: Uuid,
    /// Version of its last change.
    pub version: i64,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// Diary number.
    pub dnr: Option<String>,
    /// `YYYY-MM-DD`.
    pub valid_from: String,
    /// `YYYY-MM-DD`.
    pub valid_to: String,
    /// JSON.
    pub parties: String,
    /// JSON.
    pub signers: String,
    /// JSON.
    pub purposes: String,
}

/// A row of `focus_area`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FocusAreaRow {
    /// Kommun.
    pub municipality: String,
    /// Id.
    pub id: Uuid,
    /// Version of its last change.
    pub version: i64,
    /// Agreement.
    pub agreement: Uuid,
    /// Order.
    pub position: i64,
    /// JSON, both languages.
    pub title: String,
    /// JSON, both languages.
    pub description: String,
    /// `place` or `theme`.
    pub kind: String,
    /// JSON list of codes.
    pub categories: String,
    /// GeoJSON geometry.
    pub polygon: Option<String>,
}

/// A row of `pledge`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PledgeRow {
    /// Kommun.
    pub municipality: String,
    /// Id.
    pub id: Uuid,
    /// Version of its last change.
    pub version: i64,
    /// Agreement.
    pub agreement: Uuid,
    /// Focus area.
    pub focus_area: Option<Uuid>,
    /// JSON, both languages.
    pub text: String,
    /// Who promises.
    pub promisor: String,
}

impl Db {
    /// Every agreement.
    pub async fn agreements(&self) -> Result<Vec<AgreementRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(AGREEMENTS).fetch_all(pool).await)?)
    }

    /// Every focus area.
    pub async fn focus_areas(&self) -> Result<Vec<FocusAreaRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(FOCUS_AREAS).fetch_all(pool).await)?)
    }

    /// Every pledge.
    pub async fn pledges(&self) -> Result<Vec<PledgeRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(PLEDGES).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Adds or replaces an agreement.
    pub async fn put_agreement(&mut self, row: &AgreementRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(PUT_AGREEMENT)
            .bind(&row.municipality).bind(row.id).bind(row.version).bind(&row.title).bind(&row.kind).bind(row.dnr.as_deref())
            .bind(&row.valid_from).bind(&row.valid_to).bind(&row.parties).bind(&row.signers).bind(&row.purposes)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Adds or replaces a focus area.
    pub async fn put_focus_area(&mut self, row: &FocusAreaRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(PUT_FOCUS_AREA)
            .bind(&row.municipality).bind(row.id).bind(row.version).bind(row.agreement).bind(row.position).bind(&row.title)
            .bind(&row.description).bind(&row.kind).bind(&row.categories).bind(row.polygon.as_deref())
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Adds or replaces a pledge.
    pub async fn put_pledge(&mut self, row: &PledgeRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(PUT_PLEDGE)
            .bind(&row.municipality).bind(row.id).bind(row.version).bind(row.agreement).bind(row.focus_area).bind(&row.text)
            .bind(&row.promisor)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}
