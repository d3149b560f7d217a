//! `lykta erase`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, open_existing, say};
use crate::domain::ids::ReportId;
use crate::settings::Settings;

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    with: With,
}

/// What goes, or stays.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// All example data
    #[arg(long)]
    demo: bool,
    /// One report, by id
    #[arg(long, value_name = "ID")]
    report: Option<String>,
    /// What the retention plan says is due, as the service does once a day
    #[arg(long)]
    due: bool,
    /// Hold one report back from going by the plan
    #[arg(long, value_name = "ID")]
    hold: Option<String>,
    /// Hold it back no longer
    #[arg(long, value_name = "ID")]
    let_go: Option<String>,
}

/// How what is due goes.
#[derive(Debug, Args)]
#[group(required = false, multiple = true)]
struct With {
    /// Only say what would go
    #[arg(long, requires = "due")]
    dry_run: bool,
    /// Write a proof of what went, JSON, to a file that is not there yet
    #[arg(long, value_name = "FILE", requires = "due")]
    proof: Option<PathBuf>,
}

/// Erases.
pub(super) async fn run(settings: &Settings, Arguments { what, with }: Arguments) -> Result<ExitCode, Failure> {
    let app = open_existing(settings).await?;
    if what.demo {
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
    if let Some(text) = what.report {
        let id = ReportId::parse(&text).ok_or_else(|| format!("{text} is not a report's id"))?;
        app.erase_report(id).await?;
        say("Removed the report. The next release is made without it.");
    }
    for (text, hold) in [(what.hold, true), (what.let_go, false)] {
        let Some(text) = text else { continue };
        let id = ReportId::parse(&text).ok_or_else(|| format!("{text} is not a report's id"))?;
        app.hold_report(id, hold).await?;
        say(if hold { "The report stays, whatever the plan says." } else { "The report goes when the plan says." });
    }
    if what.due {
        let proof = app.retain(with.dry_run).await?;
        let goes = if proof.dry_run { "would go" } else { "gone" };
        for class in &proof.classes {
            match &class.before {
                Some(before) => say(&format!("  {:<16} {:<6} {:>7} {goes}  (before {before})", class.class, class.action, class.count)),
                None => say(&format!("  {:<16} {}", class.class, class.action)),
            }
        }
        if let Some(path) = with.proof {
            proof.write(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            say(&format!("Proof: {}", path.display()));
        }
    }
    app.close().await;
    Ok(ExitCode::SUCCESS)
}
