//! `lykta import`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Failure, open, say, say_error};
use crate::app::import::{Account, Kind, Request};
use crate::domain::ids::MunicipalityCode;
use crate::settings::Settings;

/// Rows between two lines of progress.
const STEP: u64 = 5_000;

/// Flags.
#[derive(Debug, Args)]
#[command(after_help = "GeoJSON (WGS 84) or CSV (comma, semicolon or tab; UTF-8; the first line names the columns).\n\
    The fields of each kind, the reasons for which a row is rejected, and examples: docs/import.md")]
pub(super) struct Arguments {
    /// What the file holds
    #[arg(value_enum)]
    what: What,
    /// The file
    file: PathBuf,
    /// The kommun that everything in the file belongs to
    #[arg(long, value_name = "CODE")]
    municipality: Option<String>,
    /// Which column fills which field, or a constant: FIELD=COLUMN,FIELD==VALUE
    #[arg(long, value_name = "MAP")]
    map: Vec<String>,
    /// Which value of the category column is which category, * for all others: VALUE=CODE,*=CODE
    #[arg(long, value_name = "VALUES")]
    values: Vec<String>,
    /// Name of the source; rows are known again by it [default: the file's name]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// With boundaries: the kommuner take reports from now on
    #[arg(long)]
    activate: bool,
    /// With focus-areas: first day of an agreement that has to be made
    #[arg(long, value_name = "DATE")]
    valid_from: Option<String>,
    /// With focus-areas: its last day
    #[arg(long, value_name = "DATE")]
    valid_to: Option<String>,
    /// Account for every row and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write every row that is not loaded to a CSV file: row,outcome,reason,id
    #[arg(long, value_name = "FILE.csv")]
    report: Option<PathBuf>,
}

/// What one can import.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Exact outlines of kommuner
    Boundaries,
    /// Agreements of a kommun and its police
    Agreements,
    /// Focus areas of an agreement
    FocusAreas,
    /// What an agreement promises residents
    Pledges,
    /// Reports from another system
    Reports,
    /// Place names for the search box
    Places,
    /// Inhabitants of squares of 1 km (SCB)
    Population,
    /// Which kommuner take reports here, and whom to turn to
    Municipalities,
}

/// Imports, and prints the account of rows.
pub(super) async fn run(settings: &Settings, arguments: Arguments) -> Result<ExitCode, Failure> {
    let request = request(arguments)?;
    let app = open(settings).await?;
    let mut account = Account::default();
    let mut told = 0;
    let mut progress = |done: u64, total: u64| {
        if done / STEP > told {
            told = done / STEP;
            say_error(&format!("{done} of {total} rows …"));
        }
    };
    let done = app.import(&request, &mut account, &mut progress).await;
    if done.is_ok() || account.rows > 0 {
        print(&request, &account, done.is_ok());
    }
    app.close().await;
    done?;
    Ok(ExitCode::SUCCESS)
}

fn request(arguments: Arguments) -> Result<Request, Failure> {
    let date = |flag: &str, text: Option<String>| {
        text.map(|text| text.parse::<Date>().map_err(|_| format!("{flag}: {text} is not a date such as 2026-11-23"))).transpose()
    };
    let municipality = arguments
        .municipality
        .map(|text| MunicipalityCode::parse(&text).ok_or_else(|| format!("{text} is not a four-digit code")))
        .transpose()?;
    let kind = match arguments.what {
        What::Boundaries => Kind::Boundaries,
        What::Agreements => Kind::Agreements,
        What::FocusAreas => Kind::FocusAreas,
        What::Pledges => Kind::Pledges,
        What::Reports => Kind::Reports,
        What::Places => Kind::Places,
        What::Population => Kind::Population,
        What::Municipalities => Kind::Municipalities,
    };
    // A flag that would be ignored is a misunderstanding better told now.
    let foreign = [
        ("--activate", arguments.activate, Kind::Boundaries),
        ("--values", !arguments.values.is_empty(), Kind::Reports),
        ("--valid-from", arguments.valid_from.is_some(), Kind::FocusAreas),
        ("--valid-to", arguments.valid_to.is_some(), Kind::FocusAreas),
    ];
    if let Some((flag, ..)) = foreign.into_iter().find(|(_, given, of)| *given && *of != kind) {
        return Err(format!("{flag} has no meaning here").into());
    }
    Ok(Request {
        kind,
        file: arguments.file,
        municipality,
        map: arguments.map,
        values: arguments.values,
        source: arguments.source,
        activate: arguments.activate,
        valid: (date("--valid-from", arguments.valid_from)?, date("--valid-to", arguments.valid_to)?),
        dry_run: arguments.dry_run,
        report: arguments.report,
    })
}

fn print(request: &Request, account: &Account, complete: bool) {
    for note in &account.notes {
        say(note);
    }
    let file = request.file.display();
    match (complete, request.dry_run) {
        (false, _) => say(&format!("{file}: ended after {} rows; the same command goes on from there", account.rows)),
        (true, true) => say(&format!("{file}: {} rows; a dry run, nothing was written", account.rows)),
        (true, false) => say(&format!("{file}: {} rows", account.rows)),
    }
    let replaced = if account.replaced > 0 { format!(" ({} in the place of what was there)", account.replaced) } else { String::new() };
    say(&format!("{:>9} loaded{replaced}", account.loaded));
    say(&format!("{:>9} already there", account.known));
    say(&format!("{:>9} rejected", account.rejected));
    for (code, count) in &account.reasons {
        say(&format!("          {count:>9} {code}"));
    }
    if account.masked > 0 {
        say(&format!("Personal data masked: {} findings in {} of the loaded rows", account.masked, account.masked_rows));
    }
    if account.dropped > 0 {
        say(&format!("Texts dropped that accuse somebody who is pointed out: {} in the loaded rows", account.dropped));
    }
    if !account.first.is_empty() {
        let all = account.rejected == account.first.len() as u64;
        say(if all { "The rejected rows:" } else { "The first rejected rows (--report FILE.csv lists all):" });
        for rejection in &account.first {
            let reasons: Vec<String> = rejection.reasons.iter().map(ToString::to_string).collect();
            say(&format!("  row {}: {}", rejection.row, reasons.join("; ")));
        }
    }
}
