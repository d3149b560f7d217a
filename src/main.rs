//! The `lykta` command: parses its arguments, runs, and prints the chain of errors.

use std::process::ExitCode;

fn main() -> ExitCode {
    lykta::cli::run()
}
