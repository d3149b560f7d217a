//! Whether what is stored holds together: the change logs, the engine's own pages, and the index against the database.

use super::App;
use crate::db::changes::GENESIS;
use crate::db::{Db, DbError};
use crate::domain::ids::MunicipalityCode;

/// How often the index and the table are asked for the same version while others write.
const TRIES: usize = 100;

/// Where a change log is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which kommun's log.
    pub municipality: String,
    /// The first version that does not hold.
    pub version: i64,
    /// What is wrong with it.
    pub why: &'static str,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the change log of {} is broken at version {}: {}", self.municipality, self.version, self.why)
    }
}

/// What `lykta check` found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Rows of all change logs that were verified.
    pub changes: u64,
    /// Kommuner with at least one change.
    pub kommuner: usize,
    /// Breaks in the logs.
    pub broken: Vec<Broken>,
    /// What the engine finds wrong.
    pub integrity: Vec<String>,
    /// Kommuner whose index and table disagree: code, indexed, stored.
    pub index: Vec<(MunicipalityCode, usize, i64)>,
    /// Kommuner that changed too fast for their index to be compared.
    pub unsettled: Vec<MunicipalityCode>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.broken.is_empty() && self.integrity.is_empty() && self.index.is_empty()
    }
}

impl App {
    /// Looks everything over.
    pub async fn check(&self) -> Result<Report, DbError> {
        let (changes, broken) = verify_chains(&self.db).await?;
        let mut report = Report { changes, broken, integrity: self.db.integrity().await?, ..Report::default() };
        for head in self.db.heads().await?.iter().filter(|head| head.version > 0) {
            report.kommuner += 1;
            let Some(code) = MunicipalityCode::parse(&head.code) else { continue };
            match self.index_and_table(code).await? {
                Some((indexed, stored)) if indexed as i64 != stored => {
                    // The next start is to read the database, whatever a file says.
                    self.indexes.discard_file(code);
                    report.index.push((code, indexed, stored));
                }
                Some(_) => {}
                None => report.unsettled.push(code),
            }
        }
        Ok(report)
    }

    /// Reports in the index and in the table at one and the same version; `None` when that was not met while others wrote.
    async fn index_and_table(&self, code: MunicipalityCode) -> Result<Option<(usize, i64)>, DbError> {
        for _ in 0..TRIES {
            let (version, stored) = self.db.version_and_reports(code).await?;
            self.indexes.wait_for(code, version).await;
            let Some(live) = self.indexes.live(code) else { continue };
            let snapshot = live.snapshot();
            // An index may hold what was written after the version it tells; only when nothing was is it exactly of that version. One that
            // is still behind will not get there.
            if snapshot.version() < version || self.db.version_and_reports(code).await? == (snapshot.version(), stored) {
                return Ok(Some((snapshot.len(), stored)));
            }
        }
        Ok(None)
    }
}

/// Follows every change log from its first row to the head that the kommun remembers; returns the rows seen and the breaks.
pub async fn verify_chains(db: &Db) -> Result<(u64, Vec<Broken>), DbError> {
    let (mut rows, mut broken) = (0, Vec::new());
    for head in db.heads().await? {
        let (mut version, mut hash) = (0, GENESIS.to_vec());
        let mut fault = None;
        'log: loop {
            let page = db.changes_after(&head.code, version).await?;
            if page.is_empty() {
                break;
            }
            for row in page {
                rows += 1;
                let why = if row.version != version + 1 {
                    Some("a row is missing")
                } else if row.prev_hash != hash {
                    Some("it does not follow the row before")
                } else if row.hash != row.expected_hash(&head.code) {
                    Some("its content was changed")
                } else {
                    None
                };
                if why.is_some() {
                    fault = why.map(|why| (version + 1, why));
                    break 'log;
                }
                (version, hash) = (row.version, row.hash);
                // Rows written while this runs are the next check's.
                if version == head.version {
                    break 'log;
                }
            }
        }
        if fault.is_none() && (version != head.version || hash != head.head) {
            fault = Some((version + 1, "the log ends before the head that the kommun remembers"));
        }
        broken.extend(fault.map(|(version, why)| Broken { municipality: head.code.clone(), version, why }));
    }
    Ok((rows, broken))
}
