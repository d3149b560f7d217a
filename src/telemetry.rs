//! Logging: text on a terminal, JSON elsewhere. Nothing that is logged holds words of a report, places or network addresses.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error; an error when the filter does not read.
pub fn start(filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("log={filter}: {error}"))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A second start (in tests) keeps the first.
    let _ = if std::io::stderr().is_terminal() { builder.try_init() } else { builder.json().flatten_event(true).try_init() };
    Ok(())
}
