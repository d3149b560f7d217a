//! Inhabitants by square.

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

const ALL: &str = "SELECT municipality, e, n, people, year, source FROM population ORDER BY municipality, e, n";
const PUT: &str = "\
    INSERT INTO population (municipality, e, n, people, year, source) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (municipality, e, n) DO UPDATE SET people = excluded.people, year = excluded.year, source = excluded.source";

/// A row of `population`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PopulationRow {
    /// Kommun.
    pub municipality: String,
    /// Easting of the lower-left corner, metres in SWEREF 99 TM.
    pub e: i64,
    /// Its northing.
    pub n: i64,
    /// Inhabitants.
    pub people: i64,
    /// At the end of this year, if the file told.
    pub year: Option<i64>,
    /// Where the number comes from.
    pub source: String,
}

impl Db {
    /// Every square.
    pub async fn population(&self) -> Result<Vec<PopulationRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Puts a square in the place of what was said of it before.
    pub async fn put_population(&mut self, row: &PopulationRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(PUT)
            .bind(&row.municipality).bind(row.e).bind(row.n).bind(row.people).bind(row.year).bind(&row.source)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}
