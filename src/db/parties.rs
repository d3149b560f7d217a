//! Parties as rows, and the kommuner they work in.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

const ALL: &str = "SELECT id, parent, kind, name, everywhere, valid_until FROM party ORDER BY name, id";
const EXTENTS: &str = "SELECT party, municipality FROM party_municipality ORDER BY party, municipality";
const HEADCOUNT: &str = "SELECT party, COUNT(DISTINCT person) FROM assignment GROUP BY party";
const INSERT: &str = "INSERT INTO party (id, parent, kind, name, everywhere, valid_until) VALUES ($1, $2, $3, $4, $5, $6)";
const UPDATE: &str = "UPDATE party SET name = $2, valid_until = $3 WHERE id = $1";
const DELETE: &str = "DELETE FROM party WHERE id = $1";
const CLEAR_EXTENT: &str = "DELETE FROM party_municipality WHERE party = $1";
const EXTEND: &str = "INSERT INTO party_municipality (municipality, party) VALUES ($1, $2)";
const USED: &str = "\
    SELECT (SELECT COUNT(*) FROM assignment WHERE party = $1) + (SELECT COUNT(*) FROM party WHERE parent = $1)";
const ROOTS: &str = "SELECT COUNT(*) FROM party WHERE parent IS NULL";

/// A row of `party`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PartyRow {
    /// Id.
    pub id: Uuid,
    /// The party above.
    pub parent: Option<Uuid>,
    /// Code.
    pub kind: String,
    /// Name.
    pub name: String,
    /// In every kommun.
    pub everywhere: bool,
    /// `YYYY-MM-DD`, local, inclusive.
    pub valid_until: Option<String>,
}

impl Db {
    /// Every party, by name.
    pub async fn parties(&self) -> Result<Vec<PartyRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }

    /// Party and kommun, one row for each kommun a party works in.
    pub async fn party_extents(&self) -> Result<Vec<(Uuid, String)>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(EXTENTS).fetch_all(pool).await)?)
    }

    /// How many people each party has.
    pub async fn party_people(&self) -> Result<Vec<(Uuid, i64)>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(HEADCOUNT).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Adds a party.
    pub async fn insert_party(&mut self, row: &PartyRow, municipalities: &[String]) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(INSERT)
            .bind(row.id).bind(row.parent).bind(&row.kind).bind(&row.name).bind(row.everywhere).bind(row.valid_until.as_deref())
            .execute(conn).await.map(|_| ()))?;
        self.set_party_extent(row.id, municipalities).await
    }

    /// Renames a party, or changes its term.
    pub async fn update_party(&mut self, row: &PartyRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(UPDATE).bind(row.id).bind(&row.name).bind(row.valid_until.as_deref()).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Sets the kommuner a party works in.
    pub async fn set_party_extent(&mut self, party: Uuid, municipalities: &[String]) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(CLEAR_EXTENT).bind(party).execute(conn).await.map(|_| ()))?;
        for municipality in municipalities {
            on!(self, conn => sqlx::query(EXTEND).bind(municipality).bind(party).execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Removes a party that nobody belongs to and that has none below it; `false` when it is in use.
    pub async fn delete_party(&mut self, party: Uuid) -> Result<bool, DbError> {
        let used: i64 = on!(self, conn => sqlx::query_scalar(USED).bind(party).fetch_one(conn).await)?;
        if used > 0 {
            return Ok(false);
        }
        self.set_party_extent(party, &[]).await?;
        on!(self, conn => sqlx::query(DELETE).bind(party).execute(conn).await.map(|_| ()))?;
        Ok(true)
    }

    /// Whether there is a root already.
    pub async fn has_root_party(&mut self) -> Result<bool, DbError> {
        let roots: i64 = on!(self, conn => sqlx::query_scalar(ROOTS).fetch_one(conn).await)?;
        Ok(roots > 0)
    }
}
