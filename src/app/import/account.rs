//! The account of an import: every row of the file is loaded, already there, or rejected with its number and reason.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use super::ImportError;
use crate::domain::invalid::Fault;

/// Rejections kept for the terminal; all of them go to the report file.
const FIRST: usize = 20;
/// Characters of a value that a reason repeats.
const SHOWN: usize = 40;

/// Why a row was not loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A stable code: that of [`Fault::code`] where the API knows the fault.
    pub code: &'static str,
    /// Which field, and what stood there.
    pub detail: String,
}

impl Reason {
    /// A reason with words of its own.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }

    /// A field that breaks a rule of the API. The value is repeated where it helps and cannot be somebody's words.
    pub fn fault(field: &str, fault: &Fault, value: Option<&str>) -> Self {
        let rule = match fault {
            Fault::Geometry(rule) => format!(" ({rule})"),
            Fault::OutOfRange(min, max) => format!(" (not within {min} to {max})"),
            Fault::TooLong(max) => format!(" (more than {max} characters)"),
            Fault::Conflicts(other) | Fault::Needs(other) => format!(" (/{other})"),
            Fault::ReasonNeeded(reasons) if !reasons.is_empty() => format!(" (one of {})", reasons.join(", ")),
            _ => String::new(),
        };
        let value = value.map(|value| format!(" \"{}\"", shown(value))).unwrap_or_default();
        Self { code: fault.code(), detail: format!("/{field}{rule}{value}") }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.detail)
    }
}

/// A value as a terminal and a spreadsheet can take it: short, in one line, without control characters.
pub(super) fn shown(value: &str) -> String {
    let mut text: String = value.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if value.chars().nth(SHOWN).is_some() {
        text.push('…');
    }
    text
}

/// A rejected row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Counted from 1, the line of column names not counted.
    pub row: u64,
    /// Everything that is wrong with it.
    pub reasons: Vec<Reason>,
}

/// What became of every row.
#[derive(Debug, Default)]
pub struct Account {
    /// Rows accounted for.
    pub rows: u64,
    /// Stored now; in a dry run, rows that would be.
    pub loaded: u64,
    /// Of those loaded, how many replaced something.
    pub replaced: u64,
    /// Stored before, with the same content.
    pub known: u64,
    /// Not stored.
    pub rejected: u64,
    /// Personal data masked in loaded rows.
    pub masked: u64,
    /// Loaded rows in which something was masked.
    pub masked_rows: u64,
    /// Texts of loaded rows that were dropped because they accuse somebody who is pointed out.
    pub dropped: u64,
    /// Rejected rows by the code of their first reason.
    pub reasons: BTreeMap<&'static str, u64>,
    /// The first rejections.
    pub first: Vec<Rejection>,
    /// How the columns were read, and what else the operator should know.
    pub notes: Vec<String>,
    file: Option<csv::Writer<File>>,
}

impl Account {
    /// An account that is also written to a file, row by row, for every row that is not loaded.
    pub(super) fn write_to(&mut self, path: &Path, input: &Path) -> Result<(), ImportError> {
        let same = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
        if same(path, input) {
            return Err(ImportError::Request("--report names the file that is imported".to_owned()));
        }
        let file = File::create(path).map_err(|error| ImportError::report(path, &error.to_string()))?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(["row", "outcome", "reason", "id"]).map_err(|error| ImportError::report(path, &error.to_string()))?;
        self.file = Some(writer);
        Ok(())
    }

    /// A row was stored.
    pub(super) fn load(&mut self, masked: u64) {
        self.rows += 1;
        self.loaded += 1;
        self.masked += masked;
        self.masked_rows += u64::from(masked > 0);
    }

    /// A row was stored in the place of something else.
    pub(super) fn replace(&mut self) {
        self.load(0);
        self.replaced += 1;
    }

    /// A row is stored already.
    pub(super) fn know(&mut self, row: u64, id: &str) -> Result<(), ImportError> {
        self.rows += 1;
        self.known += 1;
        self.line(row, "already_there", "", id)
    }

    /// A row was refused.
    pub(super) fn reject(&mut self, row: u64, id: &str, reasons: Vec<Reason>) -> Result<(), ImportError> {
        self.rows += 1;
        self.rejected += 1;
        *self.reasons.entry(reasons.first().map_or("unreadable", |reason| reason.code)).or_default() += 1;
        let text: Vec<String> = reasons.iter().map(Reason::to_string).collect();
        if self.first.len() < FIRST {
            self.first.push(Rejection { row, reasons });
        }
        self.line(row, "rejected", &text.join("; "), id)
    }

    fn line(&mut self, row: u64, outcome: &str, reason: &str, id: &str) -> Result<(), ImportError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let id = shown(id);
        // An id that begins like a formula is shown as text (OWASP CSV injection).
        let id = if id.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { format!("'{id}") } else { id };
        file.write_record([row.to_string().as_str(), outcome, reason, &id]).map_err(|error| ImportError::Report(error.to_string()))
    }

    /// Lets the file reach the disk.
    pub(super) fn finish(&mut self) -> Result<(), ImportError> {
        match &mut self.file {
            Some(file) => file.flush().map_err(|error| ImportError::Report(error.to_string())),
            None => Ok(()),
        }
    }
}
