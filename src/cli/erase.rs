//! `lykta erase`.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, open_existing, say};
use crate::domain::ids::ReportId;
use crate::settings::Settings;

/// Flags.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Arguments {
    /// All example data
    #[arg(long)]
    demo: bool,
    /// One report, by id
    #[arg(long, value_name = "ID")]
    report: Option<String>,
}

/// Erases.
pub(super) async fn run(settings: &Settings, arguments: Arguments) -> Result<ExitCode, Failure> {
    let app = open_existing(settings).await?;
    if arguments.demo {
        let erased = app.erase_demo().await?;
        if erased.kommuner == 0 {
            say("There is no example data here; nothing was changed.");
        } else {
            say(&format!("Removed the example data: {} reports, their agreements and releases.", erased.reports));
        }
        if erased.left > 0 {
            say(&format!("{} other reports stay in those kommuner: `lykta erase --report ID` removes one.", erased.left));
        }
    }
    if let Some(text) = arguments.report {
        let id = ReportId::parse(&text).ok_or_else(|| format!("{text} is not a report's id"))?;
        app.erase_report(id).await?;
        say("Removed the report. The next release is made without it.");
    }
    app.close().await;
    Ok(ExitCode::SUCCESS)
}
