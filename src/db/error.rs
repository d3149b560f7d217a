//! What can go wrong between Lykta and its database, sorted by what the caller can do about it.

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A constraint was broken; holds its name where the engine tells.
    #[error("conflict with an existing row ({0})")]
    Conflict(String),
    /// No room on the disk: nothing of the act was kept.
    #[error("the disk is full")]
    Full,
    /// The database does not answer, or more is waiting than can be written: try again.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The database was written by a newer Lykta.
    #[error("migration: {0}")]
    Migrate(String),
    /// A stored row that does not read as what the schema promises.
    #[error("a stored row does not read: {0}")]
    Corrupt(String),
    /// Anything else.
    #[error(transparent)]
    Other(sqlx::Error),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default().to_string();
                if database.is_unique_violation() {
                    return Self::Conflict(database.constraint().unwrap_or_else(|| database.message()).to_owned());
                }
                match code.as_str() {
                    // SQLITE_FULL; PostgreSQL class 53 "insufficient resources": disk_full.
                    "13" | "53100" => Self::Full,
                    // SQLITE_IOERR and its extended codes: the write did not reach the disk; so did nothing of the act.
                    _ if sqlite_primary(&code) == Some(10) => Self::Unavailable(database.message().to_owned()),
                    // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CANTOPEN, SQLITE_READONLY.
                    _ if matches!(sqlite_primary(&code), Some(5 | 6 | 8 | 14)) => Self::Unavailable(database.message().to_owned()),
                    // Shutdown, too many connections, deadlock, serialisation, a statement or a lock that took too long.
                    "57P01" | "57P02" | "57P03" | "53300" | "40P01" | "40001" | "57014" | "55P03" => {
                        Self::Unavailable(database.message().to_owned())
                    }
                    _ => Self::Other(error),
                }
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unavailable(error.to_string())
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Corrupt(error.to_string()),
            _ => Self::Other(error),
        }
    }
}

/// The primary result code of an SQLite error; PostgreSQL's five-character states are not numbers below 100,000 without letters only by
/// accident, so five digits are left alone.
fn sqlite_primary(code: &str) -> Option<u32> {
    if code.len() >= 5 { None } else { code.parse::<u32>().ok().map(|code| code & 0xff) }
}
