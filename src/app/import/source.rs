//! The file: what kind it is, what it holds, and its rows one by one.
//!
//! A file is read twice. The first reading finds whether it reads as a whole, counts the rows and gathers the column names, so that a
//! broken file is refused before anything of it is stored; the second hands out the rows. Neither holds more than a row at a time.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ImportError;
use super::row::{Body, Row};
use super::{delimited, geojson};

/// Largest GeoJSON file.
const MAX_GEOJSON: u64 = 512 << 20;
/// Largest row: a feature of 200,000 vertices with all decimals needs some 10 MiB. What is larger is an unclosed quote or an attack.
const MAX_ROW: u64 = 48 << 20;
/// Most different property names that are listed.
const MAX_COLUMNS: usize = 10_000;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Delimited(u8),
    GeoJson,
}

/// A file that can be read.
#[derive(Clone, Debug)]
pub(super) struct Source {
    path: PathBuf,
    format: Format,
    /// Where the content begins, after a byte order mark.
    start: u64,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) rows: u64,
    pub(super) columns: Vec<String>,
    pub(super) geojson: bool,
}

/// What reading stops with; `None` means that the taker wants no more.
pub(super) type Stopped = Option<String>;

impl Source {
    /// Looks at the name and the first line.
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let unreadable = |why: &str| ImportError::Unreadable { path: path.to_owned(), why: why.to_owned() };
        let mut file = File::open(path).map_err(|error| unreadable(&error.to_string()))?;
        let metadata = file.metadata().map_err(|error| unreadable(&error.to_string()))?;
        if !metadata.is_file() {
            // It is read twice, which a pipe cannot be.
            return Err(unreadable("not a file"));
        }
        let mut head = vec![0; 64 << 10];
        let read = read_up_to(&mut file, &mut head).map_err(|error| unreadable(&error.to_string()))?;
        head.truncate(read);
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Err(unreadable("written in UTF-16: save it as UTF-8"));
        }
        let start = if head.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
        let head = &head[start..];
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let is_json = matches!(extension.as_deref(), Some("geojson" | "json")) || head.trim_ascii_start().starts_with(b"{");
        let format = if is_json { Format::GeoJson } else { Format::Delimited(delimited::sniff(head)) };
        if is_json && metadata.len() > MAX_GEOJSON {
            return Err(unreadable("GeoJSON of more than 512 MiB: divide it, or use CSV"));
        }
        Ok(Self { path: path.to_owned(), format, start: start as u64 })
    }

    /// Reads everything once and keeps only what the file as a whole tells.
    pub(super) fn survey(&self) -> Result<Survey, ImportError> {
        let mut survey = Survey { geojson: self.format == Format::GeoJson, ..Survey::default() };
        if let Format::Delimited(delimiter) = self.format {
            survey.columns = delimited::header(self.reader()?, delimiter).map_err(|why| self.unreadable(why))?;
        }
        let mut columns = std::collections::BTreeSet::new();
        self.for_each(&mut |row, _| {
            survey.rows += 1;
            for name in row.body.iter().flat_map(Body::property_names) {
                if columns.len() < MAX_COLUMNS && !columns.contains(name) {
                    columns.insert(name.clone());
                }
            }
            true
        })?;
        survey.columns.extend(columns);
        Ok(survey)
    }

    /// Hands every row, with its size in bytes, to `each`, until that says `false`.
    pub(super) fn for_each(&self, each: &mut dyn FnMut(Row, u64) -> bool) -> Result<(), ImportError> {
        let reader = self.reader()?;
        let stopped = match self.format {
            Format::Delimited(delimiter) => delimited::for_each(reader, delimiter, each),
            Format::GeoJson => geojson::for_each(reader, each),
        };
        stopped.or_else(|stopped| stopped.map_or(Ok(()), |why| Err(self.unreadable(why))))
    }

    fn reader(&self) -> Result<Bounded, ImportError> {
        let open = || {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(self.start))?;
            Ok(Bounded { file: BufReader::with_capacity(64 << 10, file), taken: Taken::default() })
        };
        open().map_err(|error: io::Error| self.unreadable(error.to_string()))
    }

    fn unreadable(&self, why: String) -> ImportError {
        ImportError::Unreadable { path: self.path.clone(), why }
    }
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// How many bytes the row being read has taken so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(Arc<AtomicU64>);

impl Taken {
    /// A row is complete: its size, and the count begins again.
    pub(super) fn next_row(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

/// A reader that ends with an error inside a row too large to be one, before it fills the memory.
pub(super) struct Bounded {
    file: BufReader<File>,
    taken: Taken,
}

impl Bounded {
    pub(super) fn taken(&self) -> Taken {
        self.taken.clone()
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if self.taken.0.fetch_add(read as u64, Ordering::Relaxed) > MAX_ROW {
            return Err(io::Error::other("a row of more than 48 MiB (a quote that is not closed?)"));
        }
        Ok(read)
    }
}
