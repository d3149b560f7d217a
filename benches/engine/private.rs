//! A PostgreSQL server of one's own.

use std::path::Path;
use std::process::Command;

/// Room for everything in memory, and nothing compiled just in time.
pub(crate) const SETTINGS: [&str; 9] = [
    "shared_buffers=4GB",
    "work_mem=256MB",
    "maintenance_work_mem=1GB",
    "effective_cache_size=8GB",
    "random_page_cost=1.1",
    "jit=off",
    "autovacuum=off",
    "max_parallel_workers_per_gather=0",
    "max_wal_size=8GB",
];

/// A private server; stopped and removed when dropped.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) url: String,
    folder: String,
}

impl Server {
    fn script() -> Command {
        Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/postgres.sh"))
    }

    /// Starts one.
    pub(crate) fn start() -> Result<Self, String> {
        let made = Self::script().args(SETTINGS).output().map_err(|error| error.to_string())?;
        let told = String::from_utf8_lossy(&made.stdout).into_owned();
        match told.trim().split_once(' ') {
            Some((url, folder)) if made.status.success() => Ok(Self { url: url.to_owned(), folder: folder.to_owned() }),
            _ => Err(format!("no server starts (package postgresql): {}", String::from_utf8_lossy(&made.stderr).trim())),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing can be done about one that does not stop.
        let _ = Self::script().args(["stop", &self.folder]).status();
    }
}
