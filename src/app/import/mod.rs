//! Taking in files: boundaries, agreements with focus areas and pledges, reports, place names and population, from GeoJSON and CSV.
//!
//! A file that does not read as a whole is refused before anything of it is stored. Of any other, every row is accounted for: loaded,
//! already there, or rejected with its number and reason. Importing a file twice changes nothing the second time. What is stored goes
//! through the writer and the change log like any act, so that running servers follow.

mod account;
mod agreements;
mod boundaries;
mod delimited;
mod facts;
mod fields;
mod focus_areas;
mod geojson;
mod mapping;
mod municipalities;
mod places;
mod pledges;
mod population;
mod reports;
mod row;
mod shape;
mod source;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub use account::{Account, Reason, Rejection};

use self::mapping::{Field, Mapping};
use self::row::Row;
use self::source::{Source, Survey};
use super::App;
use super::registry::Kommun;
use crate::db::DbError;
use crate::domain::ids::MunicipalityCode;
use crate::domain::text;

/// Rows written together.
const BATCH: usize = 500;
/// Bytes of rows kept together, whatever their number.
const BATCH_BYTES: u64 = 4 << 20;

/// Longest name of a source.
const SOURCE_MAX: usize = 100;
/// How often an import waits for the index.
const PATIENCE: usize = 30;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Outlines of kommuner.
    Boundaries,
    /// Agreements of a kommun and its police.
    Agreements,
    /// Focus areas of an agreement.
    FocusAreas,
    /// What an agreement promises.
    Pledges,
    /// Reports.
    Reports,
    /// Place names.
    Places,
    /// Inhabitants of squares of 1 km.
    Population,
    /// Which kommuner take reports, and whom to turn to.
    Municipalities,
}

/// What to import, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// What the file holds.
    pub kind: Kind,
    /// The file.
    pub file: PathBuf,
    /// The kommun that everything in the file belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// `field=column` or `field==constant`.
    pub map: Vec<String>,
    /// `value=category`, `*` for any other value.
    pub values: Vec<String>,
    /// Name of the source; the file's name without it.
    pub source: Option<String>,
    /// Make the kommuner of imported boundaries take reports.
    pub activate: bool,
    /// First and last day of an agreement that is made.
    pub valid: (Option<Date>, Option<Date>),
    /// Account for everything, write nothing.
    pub dry_run: bool,
    /// Where every row that is not loaded is written down.
    pub report: Option<PathBuf>,
}

/// Why an import ended before every row was accounted for.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file as a whole does not read; nothing of it was stored.
    #[error("{path} does not read: {why}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// What was asked for does not fit the file or the database; nothing was stored.
    #[error("{0}")]
    Request(String),
    /// The account cannot be written.
    #[error("the report file: {0}")]
    Report(String),
    /// The store; what was loaded before stays, and the same command goes on from there.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl ImportError {
    fn report(path: &Path, why: &str) -> Self {
        Self::Report(format!("{}: {why}", path.display()))
    }
}

/// Told how many rows of how many are done.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// What every importer works with.
struct Job<'a> {
    request: &'a Request,
    source: Source,
    survey: Survey,
    /// The name under which rows are stored.
    name: String,
    account: &'a mut Account,
    progress: Progress<'a>,
}

impl App {
    /// Imports a file. The account tells what became of each row; it is as complete as the import got, also when that fails.
    pub async fn import(&self, request: &Request, account: &mut Account, progress: Progress<'_>) -> Result<(), ImportError> {
        let name = source_name(request)?;
        let source = Source::open(&request.file)?;
        let surveyed = source.clone();
        let survey = tokio::task::spawn_blocking(move || surveyed.survey()).await.map_err(|error| broken(&error))??;
        if let Some(path) = &request.report {
            account.write_to(path, &request.file)?;
        }
        let job = Job { request, source, survey, name, account, progress };
        let done = match request.kind {
            Kind::Boundaries => self.import_boundaries(job).await,
            Kind::Agreements => self.import_agreements(job).await,
            Kind::Pledges => self.import_pledges(job).await,
            Kind::FocusAreas => self.import_focus_areas(job).await,
            Kind::Reports => self.import_reports(job).await,
            Kind::Places => self.import_places(job).await,
            Kind::Population => self.import_population(job).await,
            Kind::Municipalities => self.import_municipalities(job).await,
        };
        account.finish()?;
        done
    }

    /// Waits until what was written can be read here: longer than a request would, since an import is long and nobody answers a phone.
    async fn settle(&self, written: impl IntoIterator<Item = (MunicipalityCode, i64)>) {
        for (code, version) in written {
            for _ in 0..PATIENCE {
                self.indexes.wait_for(code, version).await;
                if self.indexes.live(code).is_some_and(|live| live.snapshot().version() >= version) {
                    break;
                }
            }
        }
    }
}

impl Job<'_> {
    /// Resolves the columns and notes how they are read.
    fn mapping(&mut self, fields: &[Field]) -> Result<Mapping, ImportError> {
        let mapping = Mapping::resolve(fields, &self.request.map, &self.survey)?;
        self.account.notes.extend(mapping.notes());
        Ok(mapping)
    }

    /// The kommun that everything in the file belongs to.
    fn kommun(&self, app: &App) -> Result<Arc<Kommun>, ImportError> {
        let missing = || ImportError::Request("this file belongs to a kommun: give --municipality CODE".to_owned());
        let code = self.request.municipality.ok_or_else(missing)?;
        app.registry().kommun(code).cloned().ok_or_else(|| ImportError::Request(format!("there is no kommun {code}")))
    }

    /// A field without which no row could be loaded.
    fn require(&self, mapping: &Mapping, field: &str) -> Result<(), ImportError> {
        if mapping.has(field) || self.survey.rows == 0 {
            return Ok(());
        }
        let columns = if self.survey.columns.is_empty() { "none".to_owned() } else { self.survey.columns.join(", ") };
        Err(ImportError::Request(format!(
            "nothing fills the field {field}: give --map {field}=COLUMN or --map {field}==VALUE; the columns are {columns}"
        )))
    }

    /// Starts reading the rows beside the work on them.
    fn batches(&self) -> Batches {
        let (sender, rows) = mpsc::channel(2);
        let source = self.source.clone();
        let reader = tokio::task::spawn_blocking(move || {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            source.for_each(&mut |row, size| {
                batch.push(row);
                bytes += size;
                if batch.len() < BATCH && bytes < BATCH_BYTES {
                    return true;
                }
                bytes = 0;
                sender.blocking_send(std::mem::take(&mut batch)).is_ok()
            })?;
            // Nobody listens any more only when the import has failed already.
            let _ = sender.blocking_send(batch);
            Ok(())
        });
        Batches { rows, reader }
    }

    fn tell_progress(&mut self) {
        (self.progress)(self.account.rows, self.survey.rows);
    }
}

fn source_name(request: &Request) -> Result<String, ImportError> {
    let name = request.source.clone().or_else(|| request.file.file_name().map(|name| name.to_string_lossy().into_owned()));
    match text::clean(&name.unwrap_or_default(), SOURCE_MAX) {
        Ok(Some(name)) => Ok(format!("import:{name}")),
        _ => Err(ImportError::Request(format!("--source: give a name of at most {SOURCE_MAX} characters"))),
    }
}

/// The rows of a file, some at a time.
struct Batches {
    rows: mpsc::Receiver<Vec<Row>>,
    reader: JoinHandle<Result<(), ImportError>>,
}

impl Batches {
    async fn next(&mut self) -> Option<Vec<Row>> {
        self.rows.recv().await
    }

    /// What the reader ended with.
    async fn end(self) -> Result<(), ImportError> {
        drop(self.rows);
        self.reader.await.map_err(|error| broken(&error))?
    }
}

fn broken(error: &tokio::task::JoinError) -> ImportError {
    ImportError::Request(format!("the reader failed: {error}"))
}
