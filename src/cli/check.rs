//! `lykta check`.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, open_existing, say};
use crate::settings::Settings;

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {}

/// Shows the settings and verifies what is stored; exit code 1 when something is wrong.
pub(super) async fn run(settings: &Settings, _: Arguments) -> Result<ExitCode, Failure> {
    say("Settings (origin on the right)");
    for line in settings.lines() {
        say(&format!("  {line}"));
    }
    let app = open_existing(settings).await?;
    let report = app.check().await?;
    say(&format!("Change logs: {} rows of {} kommuner", report.changes, report.kommuner));
    for broken in &report.broken {
        say(&format!("  BROKEN  {broken}"));
    }
    for line in &report.integrity {
        say(&format!("  DAMAGED {line}"));
    }
    for (code, indexed, stored) in &report.index {
        say(&format!("  INDEX   {code}: {indexed} indexed, {stored} stored"));
    }
    for code in &report.unsettled {
        say(&format!("  index of {code}: not compared, it changes too fast just now"));
    }
    app.close().await;
    if report.is_sound() {
        say("All is well.");
        return Ok(ExitCode::SUCCESS);
    }
    if report.broken.is_empty() && report.integrity.is_empty() {
        say("What is stored is sound, but its index is not. Start the service again: the index is built anew from the database.");
    } else {
        say("Something is wrong. Stop the service and restore the last verified backup: lykta restore FOLDER");
    }
    Ok(ExitCode::FAILURE)
}
