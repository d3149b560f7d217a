//! `lykta release`.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, open_existing, say};
use crate::domain::ids::MunicipalityCode;
use crate::domain::time::Quarter;
use crate::settings::Settings;

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Four-digit code; without it, every active kommun
    #[arg(long, value_name = "CODE")]
    municipality: Option<String>,
    /// Such as 2026-Q3; without it, the last quarter that is over
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<String>,
}

/// Makes the releases; one that exists is left as it is.
pub(super) async fn run(settings: &Settings, arguments: Arguments) -> Result<ExitCode, Failure> {
    let app = open_existing(settings).await?;
    let quarter = match &arguments.quarter {
        Some(text) => Quarter::parse(text).ok_or_else(|| format!("{text} is not a quarter such as 2026-Q3"))?,
        None => Quarter::of(app.now()).previous(),
    };
    let codes: Vec<MunicipalityCode> = match &arguments.municipality {
        Some(text) => vec![MunicipalityCode::parse(text).ok_or_else(|| format!("{text} is not a four-digit code"))?],
        None => app.registry().kommuner.values().filter(|k| k.municipality.active).map(|k| k.municipality.code).collect(),
    };
    for code in codes {
        let made = app.make_release(code, quarter, app.now()).await?;
        let what = if made.new { "made" } else { "already made, left as it is" };
        say(&format!(
            "{code} {}: {what}; {} reports received, {} numbers published, {} held back",
            made.period, made.reports, made.cells, made.withheld
        ));
    }
    app.close().await;
    Ok(ExitCode::SUCCESS)
}
