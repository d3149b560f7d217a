//! Online copies: a backup is always an SQLite file, whichever engine it was taken from, and can be restored into either.
//!
//! SQLite copies itself (`VACUUM INTO`: a consistent snapshot while others write). PostgreSQL is read table by table inside one
//! repeatable-read transaction. The same row copier restores into PostgreSQL.

use std::path::Path;

use futures_util::TryStreamExt;
use sqlx::Row;
use sqlx::sqlite::SqlitePoolOptions;
use uuid::Uuid;

use super::dialect::{self, on, read};
use super::{Db, DbError, Tx, create_private};

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Int,
    Real,
    Bool,
    Bytes,
    Uuid,
}

enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Real(Option<f64>),
    Bool(Option<bool>),
    Bytes(Option<Vec<u8>>),
    Uuid(Option<Uuid>),
}

/// A table and the statements that read, write and count it.
#[derive(Debug)]
pub struct Table {
    /// Name.
    pub name: &'static str,
    kinds: &'static [Kind],
    /// Columns in order.
    pub columns: &'static [&'static str],
    select: &'static str,
    insert: &'static str,
    count: &'static str,
}

macro_rules! table {
    ($name:literal: $first:ident $first_kind:ident $first_at:literal $(, $column:ident $kind:ident $at:literal)* $(,)?) => {
        Table {
            name: $name,
            kinds: &[Kind::$first_kind $(, Kind::$kind)*],
            columns: &[stringify!($first) $(, stringify!($column))*],
            select: concat!("SELECT ", stringify!($first) $(, ", ", stringify!($column))*, " FROM ", $name),
            insert: concat!(
                "INSERT INTO ", $name, " (", stringify!($first) $(, ", ", stringify!($column))*, ") VALUES (", $first_at $(, ", ", $at)*, ")"
            ),
            count: concat!("SELECT COUNT(*) FROM ", $name),
        }
    };
}

/// Every table but `session`, `invitation` and `api_token`, which are no part of a backup: what was revoked since would hold again. A test
/// compares this with both schemas.
pub static TABLES: &[Table] = &[
    table!("setting":
        name Text "$1", value Text "$2",
    ),
    table!("municipality":
        code Text "$1", name Text "$2", active Bool "$3", demo Bool "$4", outline Text "$5", uncertainty_m Real "$6",
        epsg Int "$7", fault_report_url Text "$8", contacts Text "$9", version Int "$10", head Bytes "$11",
    ),
    table!("change":
        municipality Text "$1", version Int "$2", at Int "$3", actor Text "$4", entity Text "$5", entity_id Text "$6",
        kind Text "$7", facts Text "$8", prev_hash Bytes "$9", hash Bytes "$10",
    ),
    table!("report":
        municipality Text "$1", id Uuid "$2", version Int "$3", reference Text "$4", receipt_hash Bytes "$5",
        content_hash Bytes "$6", received_at Int "$7", happened_at Int "$8", happened_on Text "$9", time_band Text "$10",
        lon Real "$11", lat Real "$12", accuracy_m Real "$13", place_text Text "$14", certain Bool "$15", feeling Text "$16",
        category Text "$17", insecurity Int "$18", risk Int "$19", travel_mode Text "$20", perspectives Int "$21",
        avoids Text "$22", note Text "$23", reporter Bytes "$24", light Text "$25", status Text "$26", status_reason Text "$27",
        answer Text "$28", answered_at Int "$29", source Text "$30", secrecy Text "$31",
        moderation Text "$32", moderation_reason Text "$33", moderated_at Int "$34", public_note Text "$35", opened Bool "$36",
        released_in Text "$37", place Uuid "$38", closed_at Int "$39", thinned Bool "$40", hold Bool "$41",
    ),
    table!("party":
        id Uuid "$1", parent Uuid "$2", kind Text "$3", name Text "$4", everywhere Bool "$5", valid_until Text "$6",
    ),
    table!("party_municipality":
        municipality Text "$1", party Uuid "$2",
    ),
    table!("person":
        id Uuid "$1", login Text "$2", name Text "$3", password Text "$4", closed Bool "$5", created_at Int "$6", seen_on Text "$7",
    ),
    table!("assignment":
        person Uuid "$1", party Uuid "$2", role Text "$3", valid_until Text "$4",
    ),
    table!("withdrawn":
        municipality Text "$1", id Uuid "$2", version Int "$3", at Int "$4",
    ),
    table!("support":
        municipality Text "$1", report Uuid "$2", reporter Bytes "$3", at Int "$4",
    ),
    table!("agreement":
        municipality Text "$1", id Uuid "$2", version Int "$3", title Text "$4", kind Text "$5", dnr Text "$6",
        valid_from Text "$7", valid_to Text "$8", parties Text "$9", signers Text "$10", purposes Text "$11",
    ),
    table!("focus_area":
        municipality Text "$1", id Uuid "$2", version Int "$3", agreement Uuid "$4", position Int "$5", title Text "$6",
        description Text "$7", kind Text "$8", categories Text "$9", polygon Text "$10",
    ),
    table!("pledge":
        municipality Text "$1", id Uuid "$2", version Int "$3", agreement Uuid "$4", focus_area Uuid "$5", text Text "$6",
        promisor Text "$7",
    ),
    table!("place_name":
        municipality Text "$1", name Text "$2", kind Text "$3", lon Real "$4", lat Real "$5", source Text "$6",
    ),
    table!("population":
        municipality Text "$1", e Int "$2", n Int "$3", people Int "$4", year Int "$5", source Text "$6",
    ),
    table!("access":
        id Uuid "$1", at Int "$2", actor Text "$3", municipality Text "$4", kind Text "$5", report Uuid "$6", reports Int "$7", many Bool "$8",
    ),
    table!("photo":
        municipality Text "$1", id Uuid "$2", report Uuid "$3", received_at Int "$4", sent_hash Bytes "$5", state Text "$6", decided_at Int "$7",
        picture Text "$8", width Int "$9", height Int "$10",
    ),
    table!("passkey":
        id Uuid "$1", person Uuid "$2", credential Bytes "$3", key Text "$4", name Text "$5", created_at Int "$6", used_on Text "$7",
    ),
    table!("totp":
        person Uuid "$1", secret Bytes "$2", last_step Int "$3", created_at Int "$4",
    ),
    table!("recovery_code":
        hash Bytes "$1", person Uuid "$2",
    ),
    table!("identity":
        issuer Text "$1", subject Text "$2", person Uuid "$3", created_at Int "$4",
    ),
    table!("public_release":
        municipality Text "$1", period Text "$2", from_at Int "$3", to_at Int "$4", made_at Int "$5", method Text "$6",
        k Int "$7",
    ),
    table!("public_release_cell":
        municipality Text "$1", period Text "$2", size_m Int "$3", category Int "$4", e Int "$5", n Int "$6", count Int "$7",
    ),
];

impl Db {
    /// Writes a consistent copy of everything into a new SQLite file, while others go on reading and writing.
    pub async fn copy_to_file(&self, file: &Path) -> Result<(), DbError> {
        match self {
            Self::Sqlite { read, .. } => {
                // SQLite takes an empty file for its copy, and leaves its permissions alone.
                create_private(file).map_err(|error| DbError::Unavailable(format!("{}: {error}", file.display())))?;
                sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().into_owned()).execute(read).await?;
                let copy = Self::open_sqlite(file).await?;
                let Self::Sqlite { write, .. } = &copy else { return Ok(()) };
                sqlx::query("DELETE FROM session").execute(write).await?;
                copy.close().await;
                Ok(())
            }
            Self::Postgres { pool } => {
                let target = Self::open_sqlite(file).await?;
                let mut from = Tx::Postgres(pool.acquire().await?);
                from.command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                from.command(dialect::NO_TIMEOUT_POSTGRES).await?;
                let copied = target.fill(&mut from).await;
                from.command("COMMIT").await?;
                target.close().await;
                copied
            }
        }
    }

    /// Fills this database, which must hold nothing yet, from a copy.
    pub async fn fill_from_file(&self, file: &Path) -> Result<(), DbError> {
        let source = Self::open_sqlite(file).await?;
        let Self::Sqlite { read, .. } = &source else { return Err(DbError::Unavailable("not a file".to_owned())) };
        let mut from = Tx::Sqlite(read.acquire().await?);
        let filled = self.fill(&mut from).await;
        drop(from);
        source.close().await;
        filled
    }

    async fn fill(&self, from: &mut Tx) -> Result<(), DbError> {
        let (mut to, begin) = match self {
            Self::Sqlite { write, .. } => (Tx::Sqlite(write.acquire().await?), dialect::BEGIN_SQLITE),
            Self::Postgres { pool } => (Tx::Postgres(pool.acquire().await?), dialect::BEGIN_POSTGRES),
        };
        to.command(begin).await?;
        let copied = async {
            for table in TABLES {
                copy(table, from, &mut to).await?;
            }
            to.command("COMMIT").await
        }
        .await;
        if copied.is_err() {
            to.command("ROLLBACK").await?;
        }
        copied
    }

    /// How many rows each table has.
    pub async fn row_counts(&self) -> Result<Vec<(&'static str, i64)>, DbError> {
        let mut counts = Vec::with_capacity(TABLES.len());
        for table in TABLES {
            let rows: i64 = read!(self, pool => sqlx::query_scalar(table.count).fetch_one(pool).await)?;
            counts.push((table.name, rows));
        }
        Ok(counts)
    }

    /// What the engine itself finds wrong with its file; empty when nothing (PostgreSQL checks its own pages).
    pub async fn integrity(&self) -> Result<Vec<String>, DbError> {
        let Self::Sqlite { read, .. } = self else { return Ok(Vec::new()) };
        let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(read).await?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}

/// What SQLite finds wrong with a file that is not in use.
pub async fn integrity_of_file(file: &Path) -> Result<Vec<String>, DbError> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let lines: Result<Vec<String>, sqlx::Error> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&pool).await;
    pool.close().await;
    Ok(lines?.into_iter().filter(|line| line != "ok").collect())
}

async fn copy(table: &Table, from: &mut Tx, to: &mut Tx) -> Result<(), DbError> {
    on!(from, conn => {
        let mut rows = sqlx::query(table.select).fetch(conn);
        while let Some(row) = rows.try_next().await? {
            let mut values = Vec::with_capacity(table.kinds.len());
            for (at, kind) in table.kinds.iter().enumerate() {
                values.push(match kind {
                    Kind::Text => Value::Text(row.try_get(at)?),
                    Kind::Int => Value::Int(row.try_get(at)?),
                    Kind::Real => Value::Real(row.try_get(at)?),
                    Kind::Bool => Value::Bool(row.try_get(at)?),
                    Kind::Bytes => Value::Bytes(row.try_get(at)?),
                    Kind::Uuid => Value::Uuid(row.try_get(at)?),
                });
            }
            insert(table, values, to).await?;
        }
    });
    Ok(())
}

async fn insert(table: &Table, values: Vec<Value>, to: &mut Tx) -> Result<(), DbError> {
    on!(to, conn => {
        let mut query = sqlx::query(table.insert);
        for value in values {
            query = match value {
                Value::Text(value) => query.bind(value),
                Value::Int(value) => query.bind(value),
                Value::Real(value) => query.bind(value),
                Value::Bool(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
                Value::Uuid(value) => query.bind(value),
            };
        }
        query.execute(conn).await.map(|_| ())
    })?;
    Ok(())
}
