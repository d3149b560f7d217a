//! Test support: the larger reference sets, which are not part of the repository.

use std::io::Write;
use std::path::PathBuf;

/// The text of a file below `$LYKTA_SHARED/data` (default `../shared/data`), or `None` with a line that says what is skipped.
pub(crate) fn read(path: &str) -> Option<String> {
    let full = available(path)?;
    std::fs::read_to_string(full).ok()
}

/// The path of a file or folder there, or `None` with a line that says what is skipped.
pub(crate) fn available(path: &str) -> Option<PathBuf> {
    let shared =
        std::env::var_os("LYKTA_SHARED").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let full = shared.join("data").join(path);
    if full.exists() {
        return Some(full);
    }
    // Past the capture of the test harness, which would hide the line of a passing test.
    let _ = writeln!(std::io::stderr(), "SKIPPED: reference data {path} is absent (set LYKTA_SHARED)");
    None
}
