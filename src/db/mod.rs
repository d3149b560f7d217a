//! The only place with SQL: SQLite by default, PostgreSQL by URL, one text for both.
//!
//! Reads go to a pool. Writes go through one queue per process: whoever waits while a commit reaches the disk shares the next one, each
//! act in its own savepoint, so a refused act leaves no trace and an accepted one is on disk before anybody hears of it.

mod dialect;
mod error;
mod writer;

pub mod access;
pub mod agreements;
pub mod backup;
pub mod changes;
pub mod factors;
pub mod known;
pub mod moderation;
pub mod municipalities;
pub mod parties;
pub mod people;
pub mod photos;
pub mod places;
pub mod population;
pub mod releases;
pub mod reports;
pub mod retention;
pub mod sessions;
pub mod settings;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Postgres, Sqlite};

pub use error::DbError;
pub use writer::{Act, Writer};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file; one connection writes, several read.
    Sqlite {
        /// Read-only connections.
        read: SqlitePool,
        /// The one that writes.
        write: SqlitePool,
        /// The one that folds the log into the file, beside the writing.
        fold: SqlitePool,
        /// Where the file is.
        file: PathBuf,
    },
    /// A server.
    Postgres {
        /// All connections.
        pool: PgPool,
    },
}

/// A connection inside a transaction that the writer began and will end.
#[derive(Debug)]
pub enum Tx {
    /// SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// PostgreSQL.
    Postgres(PoolConnection<Postgres>),
}

impl Db {
    /// Opens a database by URL and brings its schema up to date.
    ///
    /// `sqlite://path` creates the file (and only it: a missing folder is an error, so a mistyped path does not become a new, empty
    /// town); `postgres://…` needs an existing database.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            Self::open_sqlite(Path::new(path)).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url).await
        } else {
            Err(DbError::Unavailable("a database URL begins with sqlite:// or postgres://".to_owned()))
        }
    }

    /// Whether there is a Lykta's database behind this URL already.
    pub async fn exists(url: &str) -> Result<bool, DbError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Ok(Path::new(path).exists());
        }
        let mut connection = PgConnectOptions::from_str(url)?.connect().await?;
        Ok(sqlx::query_scalar("SELECT to_regclass('setting') IS NOT NULL").fetch_one(&mut connection).await?)
    }

    async fn open_sqlite(path: &Path) -> Result<Self, DbError> {
        match create_private(path) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(DbError::Unavailable(format!("{}: {error}", path.display())));
            }
            _ => {}
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            // The log is folded beside the writing, see `writer`; by the writing itself only when that does not keep up (64 MB).
            .pragma("wal_autocheckpoint", "16000")
            // What is deleted is overwritten, not merely forgotten.
            .pragma("secure_delete", "ON");
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        assert_durable(&write).await?;
        SQLITE.run(&write).await.map_err(|e| DbError::Migrate(e.to_string()))?;
        let fold = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
        let read = SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write, fold, file: path.to_owned() })
    }

    async fn open_postgres(url: &str) -> Result<Self, DbError> {
        let options = PgConnectOptions::from_str(url)?
            // A slow question must not hold a connection for ever; a backup and the first load of an index lift it for themselves.
            .options([("statement_timeout", "60000"), ("synchronous_commit", "on")]);
        let pool = PgPoolOptions::new().max_connections(12).acquire_timeout(Duration::from_secs(5)).connect_with(options).await?;
        POSTGRES.run(&pool).await.map_err(|e| DbError::Migrate(e.to_string()))?;
        Ok(Self::Postgres { pool })
    }

    /// `sqlite` or `postgres`.
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }

    /// A stream of wake-ups when another process commits; `None` on SQLite, which is polled.
    pub async fn listen(&self) -> Result<Option<PgListener>, DbError> {
        let Self::Postgres { pool } = self else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(dialect::CHANNEL).await?;
        Ok(Some(listener))
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, fold, .. } => {
                read.close().await;
                fold.close().await;
                write.close().await;
            }
            Self::Postgres { pool } => pool.close().await,
        }
    }
}

/// Makes a file that only its owner reads and writes, and nothing when there is one.
pub fn create_private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// "201 means on disk" holds only in WAL mode with full synchronisation: ask the database itself instead of trusting what was set.
async fn assert_durable(pool: &SqlitePool) -> Result<(), DbError> {
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(pool).await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(pool).await?;
    if mode == "wal" && synchronous == 2 {
        Ok(())
    } else {
        Err(DbError::Unavailable(format!("SQLite gave journal_mode={mode}, synchronous={synchronous}; wal and 2 (FULL) are needed")))
    }
}
