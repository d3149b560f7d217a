//! The command line: parse, call `app`, print. One file per verb.

mod analyse;
mod backup;
mod check;
mod erase;
mod import;
mod release;
mod restore;
mod serve;
mod user;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser, Subcommand};

use crate::app::{App, SystemClock};
use crate::settings::Settings;

/// Where people feel unsafe, and what was done about it.
#[derive(Debug, Parser)]
#[command(name = "lykta", version, about, arg_required_else_help = true)]
struct Arguments {
    /// Settings file [default: lykta.toml, where it is]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Database: sqlite://FILE or postgres://… [default: sqlite://lykta.db] [env: LYKTA_DATABASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// File with the server's keys [default: beside the database] [env: LYKTA_KEYS]
    #[arg(long, global = true, value_name = "FILE")]
    keys: Option<String>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve what is in the database
    Serve(serve::Arguments),
    /// Fill an empty database with example kommuner and serve it
    Demo(serve::Arguments),
    /// Take in boundaries, focus areas, reports or place names from GeoJSON or CSV
    Import(import::Arguments),
    /// Make the public release of a quarter that is over
    Release(release::Arguments),
    /// Remove a report, or all example data
    Erase(erase::Arguments),
    /// Add, list, close and erase people with an account
    User(user::Arguments),
    /// Copy everything into a folder, while Lykta runs
    Backup(backup::Arguments),
    /// Put a backup into an empty place
    Restore(restore::Arguments),
    /// Show the settings, and verify schema, change logs and files
    Check(check::Arguments),
    /// Compute something from the command line
    Analyse(analyse::Arguments),
}

/// What a verb fails with; its chain is printed.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the command line; the exit code is 0 when it did what was asked, 2 for words that do not parse.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match perform(arguments) {
        Ok(code) => code,
        Err(failure) => {
            let mut text = format!("lykta: {failure}");
            let mut source = failure.source();
            while let Some(cause) = source {
                text = format!("{text}: {cause}");
                source = cause.source();
            }
            say_error(&text);
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Some(verb) = arguments.verb else {
        Arguments::command().print_help()?;
        return Ok(ExitCode::from(2));
    };
    let mut flags: BTreeMap<&'static str, String> = BTreeMap::new();
    flags.extend(arguments.database.map(|value| ("database_url", value)));
    flags.extend(arguments.keys.map(|value| ("keys", value)));
    if let Verb::Serve(serve) | Verb::Demo(serve) = &verb {
        serve.flags(&mut flags);
    }
    if let Verb::Analyse(analyse) = verb {
        // Pure computing: needs neither settings nor a database.
        return analyse::run(analyse);
    }
    let settings = Settings::resolve(arguments.config.as_deref(), &environment()?, &flags)?;
    crate::telemetry::start(&settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match verb {
            Verb::Serve(_) => serve::run(&settings, false).await,
            Verb::Demo(_) => serve::run(&settings, true).await,
            Verb::Import(arguments) => import::run(&settings, arguments).await,
            Verb::Release(arguments) => release::run(&settings, arguments).await,
            Verb::Erase(arguments) => erase::run(&settings, arguments).await,
            Verb::User(arguments) => user::run(&settings, arguments).await,
            Verb::Backup(arguments) => backup::run(&settings, arguments).await,
            Verb::Restore(arguments) => restore::run(&settings, arguments).await,
            Verb::Check(arguments) => check::run(&settings, arguments).await,
            Verb::Analyse(_) => Ok(ExitCode::FAILURE),
        }
    })
}

/// Lykta's own variables; others may hold what is no text.
fn environment() -> Result<BTreeMap<String, String>, Failure> {
    let mut own = BTreeMap::new();
    for (name, value) in std::env::vars_os() {
        if let Some(name) = name.to_str().filter(|name| name.starts_with("LYKTA_")) {
            let value = value.into_string().map_err(|_| format!("{name} is not UTF-8"))?;
            own.insert(name.to_owned(), value);
        }
    }
    Ok(own)
}

/// Opens the app by its settings, with the computer's clock; makes the database where there is none.
async fn open(settings: &Settings) -> Result<Arc<App>, Failure> {
    Ok(Arc::new(App::open(&settings.app, Arc::new(SystemClock)).await?))
}

/// As [`open`], for verbs that have nothing to do where there is no database.
async fn open_existing(settings: &Settings) -> Result<Arc<App>, Failure> {
    Ok(Arc::new(App::open_existing(&settings.app, Arc::new(SystemClock)).await?))
}

/// Prints a line; a closed pipe is nobody's fault.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a line to standard error.
fn say_error(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
