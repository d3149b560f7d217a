//! Public releases as rows: made once, never changed.

use super::dialect::{on, read};
use super::{Db, DbError, Tx};
use crate::domain::ids::MunicipalityCode;

const LIST: &str = "\
    SELECT municipality, period, from_at, to_at, made_at, method, k FROM public_release WHERE municipality = $1 ORDER BY period DESC";
const ALL: &str = "\
    SELECT municipality, period, from_at, to_at, made_at, method, k FROM public_release ORDER BY municipality, period DESC";
const CELLS: &str = "\
    SELECT size_m, category, e, n, count FROM public_release_cell WHERE municipality = $1 AND period = $2 ORDER BY size_m, category, e, n";
const PUT: &str = "\
    INSERT INTO public_release (municipality, period, from_at, to_at, made_at, method, k) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (municipality, period) DO NOTHING";
const PUT_CELL: &str = "\
    INSERT INTO public_release_cell (municipality, period, size_m, category, e, n, count) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// A row of `public_release`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReleaseHead {
    /// Kommun.
    pub municipality: String,
    /// Quarter, `2026-Q3`.
    pub period: String,
    /// Microseconds UTC.
    pub from_at: i64,
    /// Microseconds UTC, exclusive.
    pub to_at: i64,
    /// Microseconds UTC.
    pub made_at: i64,
    /// Name and version of the method.
    pub method: String,
    /// Fewest persons and reports behind a cell.
    pub k: i64,
}

/// A row of `public_release_cell`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReleaseCellRow {
    /// Side of the square, metres.
    pub size_m: i64,
    /// Category node.
    pub category: i64,
    /// Corner east / size.
    pub e: i64,
    /// Corner north / size.
    pub n: i64,
    /// Published count.
    pub count: i64,
}

impl Db {
    /// A kommun's releases, newest first.
    pub async fn releases(&self, municipality: MunicipalityCode) -> Result<Vec<ReleaseHead>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(LIST).bind(municipality.to_string()).fetch_all(pool).await)?)
    }

    /// Every kommun's releases, by code, newest first.
    pub async fn all_releases(&self) -> Result<Vec<ReleaseHead>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }

    /// Every cell of a release.
    pub async fn release_cells(&self, municipality: MunicipalityCode, period: &str) -> Result<Vec<ReleaseCellRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(CELLS).bind(municipality.to_string()).bind(period).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Writes a release; `false` (and nothing written) when the quarter already has one.
    pub async fn put_release(&mut self, head: &ReleaseHead, cells: &[ReleaseCellRow]) -> Result<bool, DbError> {
        let new = on!(self, conn => sqlx::query(PUT)
            .bind(&head.municipality).bind(&head.period).bind(head.from_at).bind(head.to_at).bind(head.made_at).bind(&head.method).bind(head.k)
            .execute(conn).await.map(|done| done.rows_affected() == 1))?;
        if new {
            for cell in cells {
                on!(self, conn => sqlx::query(PUT_CELL)
                    .bind(&head.municipality).bind(&head.period).bind(cell.size_m).bind(cell.category).bind(cell.e).bind(cell.n).bind(cell.count)
                    .execute(conn).await.map(|_| ()))?;
            }
        }
        Ok(new)
    }
}
