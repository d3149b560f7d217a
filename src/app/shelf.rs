//! Index files: a kommun's index as it was at some version, so that a start reads that instead of every report.
//!
//! Derived like the index itself: a file that is missing, torn, stale, of another history or another Lykta only makes the start slower.
//! A file never holds what was withdrawn or erased: none is written before such rows are out, and it goes when the next one goes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::keys::{random_hex, sync_folder_of};
use crate::db::create_private;
use crate::domain::ids::MunicipalityCode;
use crate::geo::index::{FileFault, Origin, Snapshot};

/// Fewer reports than this are read from the database in no time.
const WORTHWHILE: usize = 1_000;

/// The folder of index files, and what this process knows of them.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    places: Mutex<BTreeMap<MunicipalityCode, Place>>,
}

/// What is known of a kommun's file.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The version of its log that the file was made at.
    version: Option<i64>,
    /// Counts the discards: a file begun before one must not appear after it.
    turn: u64,
}

/// Leave to put a file on the shelf, unless something is to be forgotten meanwhile. Taken before the snapshot that is written.
#[derive(Clone, Copy, Debug)]
pub struct Leave(u64);

impl Shelf {
    /// The shelf that belongs to a keys file: `lykta.keys.json` has `lykta.index` beside it.
    pub fn beside(keys: &Path) -> Self {
        let name = keys.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = name.strip_suffix(".keys.json").unwrap_or(&name);
        Self { folder: keys.with_file_name(format!("{name}.index")), places: Mutex::default() }
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

    fn places(&self) -> MutexGuard<'_, BTreeMap<MunicipalityCode, Place>> {
        // Each place is replaced whole.
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a kommun's file, if there is one that is whole and of this program; one that is not is taken away. Blocks.
    pub fn read(&self, code: MunicipalityCode) -> Option<(Snapshot, Origin)> {
        let file = File::open(self.path(code)).ok()?;
        let read = file.metadata().map_err(FileFault::from).and_then(|about| Snapshot::read(BufReader::new(file), about.len()));
        let fault = match read {
            Ok((snapshot, origin)) if origin.municipality == code.to_string() && origin.program == PROGRAM => {
                self.places().entry(code).or_default().version = Some(origin.version);
                return Some((snapshot, origin));
            }
            Ok(_) => FileFault::Foreign,
            Err(fault) => fault,
        };
        tracing::warn!(municipality = %code, %fault, "the index file is not used; the index is made from the database");
        self.discard(code);
        None
    }

    /// Leave to write a kommun's file.
    pub fn leave(&self, code: MunicipalityCode) -> Leave {
        Leave(self.places().entry(code).or_default().turn)
    }

    /// Whether a file of this snapshot would help the next start much: there is none, or it is far behind.
    pub fn wants(&self, code: MunicipalityCode, snapshot: &Snapshot) -> bool {
        let known = self.places().get(&code).and_then(|place| place.version);
        let news = known.map_or(i64::MAX, |version| snapshot.version() - version);
        snapshot.len() >= WORTHWHILE && news >= WORTHWHILE.max(snapshot.len() / 16) as i64
    }

    /// Writes a kommun's file, whole or not at all; `head` is the hash of its change log at the snapshot's version. Blocks, and for as
    /// long as a merge takes where rows no longer hold. Nothing is written where something was discarded since leave was given.
    pub fn write(
        &self,
        code: MunicipalityCode,
        leave: Leave,
        snapshot: &Snapshot,
        head: Vec<u8>,
        sources: Vec<String>,
    ) -> std::io::Result<()> {
        let settled = snapshot.settled();
        let (epsg, version) = (settled.crs().epsg(), settled.version());
        let origin = Origin { program: PROGRAM.to_owned(), municipality: code.to_string(), version, head, epsg, sources };
        std::fs::create_dir_all(&self.folder)?;
        let random = random_hex::<8>().map_err(std::io::Error::other)?;
        let partial = self.folder.join(format!("{code}.{random}.lykta-tmp"));
        let written = create_private(&partial).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 20, file);
            settled.write(origin, &mut out)?;
            out.flush()?;
            out.get_ref().sync_all()?;
            let mut places = self.places();
            let place = places.entry(code).or_default();
            if place.turn != leave.0 {
                return std::fs::remove_file(&partial);
            }
            std::fs::rename(&partial, self.path(code))?;
            place.version = Some(version);
            sync_folder_of(&partial)
        });
        if written.is_err() {
            // The first fault is the one to tell; what is left of the file is of no use.
            let _ = std::fs::remove_file(&partial);
        }
        written
    }

    /// Takes a kommun's file away, because something in it is to be forgotten or does not hold. What is being written from a snapshot taken
    /// before this never appears.
    pub fn discard(&self, code: MunicipalityCode) {
        let mut places = self.places();
        let place = places.entry(code).or_default();
        *place = Place { version: None, turn: place.turn + 1 };
        match std::fs::remove_file(self.path(code)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::error!(municipality = %code, %error, "an index file that is to be forgotten could not be taken away");
            }
            _ => {}
        }
    }
}

/// Rows are made by the program that wrote them: another version may make other rows. The number is raised by whoever changes what
/// `app/rows.rs` makes of a report within a version.
const PROGRAM: &str = concat!("lykta ", env!("CARGO_PKG_VERSION"), " rows 1");
