//! `lykta restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, say};
use crate::app::backup::{restore, verify};
use crate::settings::Settings;

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The backup's folder
    folder: PathBuf,
    /// Only verify it
    #[arg(long)]
    verify: bool,
}

/// Verifies a backup and, unless told otherwise, puts it into the (empty) database and keys file of the settings.
pub(super) async fn run(settings: &Settings, arguments: Arguments) -> Result<ExitCode, Failure> {
    let manifest = if arguments.verify {
        verify(&arguments.folder).await?
    } else {
        restore(&arguments.folder, &settings.app.database_url, &settings.app.keys).await?
    };
    let rows: i64 = manifest.rows.values().sum();
    let done = if arguments.verify { "Verified" } else { "Restored" };
    say(&format!("{done} {rows} rows of {}.", manifest.made_at));
    Ok(ExitCode::SUCCESS)
}
