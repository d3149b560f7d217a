//! Programs that the rivals are.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python that can import these modules: the machine's own, or one in a folder of its own that has these packages.
pub(crate) fn python(folder: &Path, name: &str, modules: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let imports = |python: &Path| {
        let asked = Command::new(python).args(["-c", &format!("import {modules}")]).output();
        asked.is_ok_and(|run| run.status.success())
    };
    let own = PathBuf::from("python3");
    let made = folder.join(name).join("bin").join("python");
    if imports(&own) {
        return Ok(own);
    }
    if !imports(&made) {
        println!("Getting {} …", packages.join(", "));
        succeed(Command::new(&own).args(["-m", "venv"]).arg(folder.join(name)))?;
        succeed(Command::new(&made).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    }
    Ok(made)
}

/// Runs a program to its end, and gives what it printed.
pub(crate) fn succeed(command: &mut Command) -> Result<Vec<u8>, String> {
    let run = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let told = String::from_utf8_lossy(&run.stderr);
    if run.status.success() { Ok(run.stdout) } else { Err(told.lines().last().unwrap_or("no reason given").to_owned()) }
}
