//! Index files: a kommun's index as it was at some version, so that a start reads that instead of every report.
//!
//! Derived like the index itself: a file that is missing, torn, stale, of another history or another Lykta only makes the start slower.
//! A file never holds what was withdrawn or erased: none is written before such rows are out, and it goes when the next one goes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::keys::{random_hex, sync_folder_of};
use crate::db::create_private;
use crate::domain::ids::MunicipalityCode;
use crate::geo::index::{FileFault, Origin, Snapshot};

/// Fewer reports than this are read from the database in no time.
const WORTHWHILE: usize = 1_000;

/// The folder of index files, and what is in it.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    /// The version of each file there is.
    versions: Mutex<BTreeMap<MunicipalityCode, i64>>,
}

impl Shelf {
    /// The shelf that belongs to a keys file: `lykta.keys.json` has `lykta.index` beside it.
    pub fn beside(keys: &Path) -> Self {
        let name = keys.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = name.strip_suffix(".keys.json").unwrap_or(&name);
        Self { folder: keys.with_file_name(format!("{name}.index")), versions: Mutex::default() }
    }

    /// Takes away what an interrupted writer left. Another process that is writing now only fails to, and tries again later.
    pub fn sweep(&self) {
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|ending| ending == "lykta-tmp")
                && let Err(error) = std::fs::remove_file(entry.path())
            {
                tracing::warn!(%error, "an unfinished index file could not be removed");
            }
        }
    }

    fn path(&self, code: MunicipalityCode) -> PathBuf {
        self.folder.join(format!("{code}.index"))
    }

    fn known(&self, code: MunicipalityCode, version: Option<i64>) {
        let mut versions = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        match version {
            Some(version) => versions.insert(code, version),
            None => versions.remove(&code),
        };
    }

    /// Reads a kommun's file, if there is one that is whole and of this program. Blocks.
    pub fn read(&self, code: MunicipalityCode) -> Option<(Snapshot, Origin)> {
        let file = File::open(self.path(code)).ok()?;
        let read = file.metadata().map_err(FileFault::from).and_then(|about| Snapshot::read(BufReader::new(file), about.len()));
        match read {
            Ok((snapshot, origin)) if origin.municipality == code.to_string() && origin.program == program() => {
                self.known(code, Some(origin.version));
                Some((snapshot, origin))
            }
            Ok(_) => None,
            Err(fault) => {
                tracing::warn!(municipality = %code, %fault, "the index file is not used; the index is made from the database");
                None
            }
        }
    }

    /// Whether a file of this snapshot would help the next start.
    pub fn wants(&self, code: MunicipalityCode, snapshot: &Snapshot) -> bool {
        let versions = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        snapshot.len() >= WORTHWHILE && versions.get(&code) != Some(&snapshot.version())
    }

    /// Writes a kommun's file, whole or not at all; `head` is the hash of its change log at the snapshot's version. Blocks, and for as
    /// long as a merge takes where rows no longer hold.
    pub fn write(&self, code: MunicipalityCode, snapshot: &Snapshot, head: Vec<u8>, sources: Vec<String>) -> std::io::Result<()> {
        let settled = snapshot.settled();
        let epsg = settled.crs().epsg();
        let origin = Origin { program: program(), municipality: code.to_string(), version: settled.version(), head, epsg, sources };
        std::fs::create_dir_all(&self.folder)?;
        let random = random_hex::<8>().map_err(std::io::Error::other)?;
        let (path, partial) = (self.path(code), self.folder.join(format!("{code}.{random}.lykta-tmp")));
        let written = create_private(&partial).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 20, file);
            settled.write(origin, &mut out)?;
            out.flush()?;
            out.get_ref().sync_all()?;
            std::fs::rename(&partial, &path)?;
            sync_folder_of(&path)
        });
        if written.is_err() {
            // The first fault is the one to tell; what is left of the file is of no use.
            let _ = std::fs::remove_file(&partial);
        } else {
            self.known(code, Some(settled.version()));
        }
        written
    }

    /// Takes a kommun's file away, because something in it is to be forgotten.
    pub fn discard(&self, code: MunicipalityCode) -> std::io::Result<()> {
        self.known(code, None);
        match std::fs::remove_file(self.path(code)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Rows are made by the program that wrote them: another version may make other rows.
fn program() -> String {
    concat!("lykta ", env!("CARGO_PKG_VERSION")).to_owned()
}
