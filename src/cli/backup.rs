//! `lykta backup`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, open_existing, say};
use crate::settings::Settings;

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A folder that does not exist yet
    folder: PathBuf,
}

/// Makes and verifies a backup.
pub(super) async fn run(settings: &Settings, arguments: Arguments) -> Result<ExitCode, Failure> {
    let app = open_existing(settings).await?;
    let manifest = app.backup(&arguments.folder).await?;
    let rows: i64 = manifest.rows.values().sum();
    say(&format!("Backed up {rows} rows and the keys to {}, and verified the copy.", arguments.folder.display()));
    say("The folder holds the server's keys: keep it as safe as the database.");
    app.close().await;
    Ok(ExitCode::SUCCESS)
}
