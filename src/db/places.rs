//! Names of places, for the search box.

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

const ALL: &str = "SELECT municipality, name, kind, lon, lat, source FROM place_name ORDER BY municipality, name, kind, lon, lat";
const PUT: &str = "\
    INSERT INTO place_name (municipality, name, kind, lon, lat, source) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (municipality, name, kind, lon, lat) DO NOTHING";

/// A row of `place_name`.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct PlaceRow {
    /// Kommun.
    pub municipality: String,
    /// Name.
    pub name: String,
    /// `locality`, …
    pub kind: String,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
    /// Where the name comes from.
    pub source: String,
}

impl Db {
    /// Every name.
    pub async fn places(&self) -> Result<Vec<PlaceRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Adds a name; `false` when it was there.
    pub async fn put_place(&mut self, row: &PlaceRow) -> Result<bool, DbError> {
        let done = on!(self, conn => sqlx::query(PUT)
            .bind(&row.municipality).bind(&row.name).bind(&row.kind).bind(row.lon).bind(row.lat).bind(&row.source)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }
}
