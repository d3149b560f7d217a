//! The list of what was erased, in a file beside the keys: it outlives the database, so that a backup from before an erasure does not bring back
//! what it had taken. A line is a kommun, a random id and a time, and tells nobody anything.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use crate::db::create_private;
use crate::domain::ids::MunicipalityCode;

/// The list.
#[derive(Debug)]
pub(super) struct Erasures {
    path: PathBuf,
    writing: Mutex<()>,
}

impl Erasures {
    /// The list that belongs to a keys file: `lykta.keys.json` has `lykta.erased` beside it.
    pub(super) fn beside(keys: &Path) -> Self {
        let name = keys.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = name.strip_suffix(".keys.json").unwrap_or(&name);
        Self { path: keys.with_file_name(format!("{name}.erased")), writing: Mutex::default() }
    }

    /// Writes down what is about to be erased; on disk when this returns. What is written and then not erased, because the power went, is erased at the
    /// next start: it was to go.
    pub(super) fn write(&self, erased: &[(MunicipalityCode, Uuid)], at: Timestamp) -> std::io::Result<()> {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        match create_private(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().append(true).open(&self.path)?;
        // A line that was cut by a fault must not swallow this one.
        let lines: Vec<String> = erased.iter().map(|(code, id)| format!("\n{code} {id} {}", at.as_microsecond())).collect();
        file.write_all(lines.concat().as_bytes())?;
        file.sync_all()
    }

    /// Everything on the list. A torn line is no entry.
    pub(super) fn read(&self) -> std::io::Result<BTreeSet<(MunicipalityCode, Uuid)>> {
        let mut text = String::new();
        match std::fs::File::open(&self.path) {
            Ok(mut file) => file.read_to_string(&mut text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(error) => return Err(error),
        };
        let entry = |line: &str| {
            let mut parts = line.split(' ');
            let entry = (MunicipalityCode::parse(parts.next()?)?, Uuid::try_parse(parts.next()?).ok()?);
            parts.next()?.parse::<i64>().ok().map(|_| entry)
        };
        Ok(text.lines().filter_map(entry).collect())
    }

    /// Takes ids off the list that may come back: the example's.
    pub(super) fn forget(&self, ids: &BTreeSet<Uuid>) -> std::io::Result<()> {
        let listed = self.read()?;
        if !listed.iter().any(|(_, id)| ids.contains(id)) {
            return Ok(());
        }
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let rest: Vec<String> = listed.iter().filter(|(_, id)| !ids.contains(id)).map(|(code, id)| format!("\n{code} {id} 0")).collect();
        let beside = self.path.with_extension("erased-tmp");
        let _ = std::fs::remove_file(&beside);
        create_private(&beside)?;
        let mut file = OpenOptions::new().write(true).open(&beside)?;
        file.write_all(rest.concat().as_bytes())?;
        file.sync_all()?;
        std::fs::rename(beside, &self.path)
    }
}
