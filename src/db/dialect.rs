//! One SQL text, two engines: the macros that run an expression in the arm of the open database, and the few statements that differ.

/// Runs a read on whichever pool is open: `read!(db, pool => sqlx::query(SQL).fetch_all(pool).await)`.
macro_rules! read {
    ($db:expr, $pool:ident => $run:expr) => {
        match $db {
            $crate::db::Db::Sqlite { read: $pool, .. } => $run,
            $crate::db::Db::Postgres { pool: $pool, .. } => $run,
        }
    };
}

/// Runs a statement inside a transaction: `on!(tx, conn => sqlx::query(SQL).execute(conn).await)`.
macro_rules! on {
    ($tx:expr, $conn:ident => $run:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(connection) => {
                let $conn = &mut **connection;
                $run
            }
            $crate::db::Tx::Postgres(connection) => {
                let $conn = &mut **connection;
                $run
            }
        }
    };
}

pub(in crate::db) use {on, read};

/// How a writing transaction begins. A deferred BEGIN on SQLite that writes later gets SQLITE_BUSY at once, whatever the busy timeout.
pub(super) const BEGIN_SQLITE: &str = "BEGIN IMMEDIATE";
/// PostgreSQL: read committed; the kommun's row is locked first, so acts on one kommun follow each other.
pub(super) const BEGIN_POSTGRES: &str = "BEGIN";
/// Locks a kommun's row until commit (SQLite's single writer needs no such thing).
pub(super) const LOCK_MUNICIPALITY_POSTGRES: &str = "SELECT version FROM municipality WHERE code = $1 FOR UPDATE";
/// Wakes the other processes when the transaction commits.
pub(super) const NOTIFY_POSTGRES: &str = "SELECT pg_notify('lykta_change', $1)";
/// Lets the statements of a PostgreSQL transaction take their time (SQLite has no such limit).
pub(super) const NO_TIMEOUT_POSTGRES: &str = "SET LOCAL statement_timeout = 0";
/// The channel of [`NOTIFY_POSTGRES`].
pub(super) const CHANNEL: &str = "lykta_change";
