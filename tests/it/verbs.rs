//! The command line as an operator types it: what it refuses, and what it prints.

use std::io::{BufRead, BufReader};
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::{Command, Stdio};

fn lykta(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lykta"));
    command.current_dir(folder).env_clear();
    command
}

/// What `lykta serve` prints about the planner's page before it is ended.
fn greeting(folder: &Path) -> String {
    let mut child = lykta(folder).args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let plan = lines.map_while(Result::ok).find(|line| line.trim_start().starts_with("Plan "));
    child.kill().unwrap();
    child.wait().unwrap();
    plan.expect("a line about the planner's page")
}

#[test]
fn a_verb_in_the_wrong_folder_makes_no_new_town() {
    let folder = tempfile::tempdir().unwrap();
    for verb in [["backup", "copy"].as_slice(), &["check"], &["release"], &["erase", "--demo"]] {
        let done = lykta(folder.path()).args(verb).output().unwrap();
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && told.contains("there is no Lykta in lykta.db"), "{verb:?}: {told}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{verb:?}");
    }
}

#[test]
fn the_environment_is_read_with_care() {
    let folder = tempfile::tempdir().unwrap();
    let no_text = std::ffi::OsString::from_vec(vec![0xff, 0xfe]);
    for (name, value, message) in [
        ("LYKTA_DATABSE_URL", "sqlite://x.db".into(), "LYKTA_DATABSE_URL is not a setting"),
        ("LYKTA_LOG", "lykta=loud".into(), "log=lykta=loud"),
        ("LYKTA_BASE_URL", no_text.clone(), "LYKTA_BASE_URL is not UTF-8"),
        ("ELSEWHERE", no_text, "there is no Lykta"),
    ] {
        let done = lykta(folder.path()).arg("check").env(name, value).output().unwrap();
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && told.contains(message), "{name}: {told}");
    }
}

/// Standard output of a service is kept in a journal; the token is told once.
#[test]
fn the_made_operator_token_is_printed_at_the_first_start_only() {
    let folder = tempfile::tempdir().unwrap();
    assert!(greeting(folder.path()).contains("/plan#key="));
    let again = greeting(folder.path());
    assert!(!again.contains("#key=") && again.contains("lykta.keys.json"), "{again}");
    for name in ["lykta.db", "lykta.keys.json"] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(folder.path().join(name)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{name} is its owner's alone");
    }
}
