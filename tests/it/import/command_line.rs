//! `lykta import` as one types it.

use std::path::Path;
use std::process::{Command, Output};

use super::SQUARE;

fn lykta(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lykta"))
        .current_dir(folder)
        .env_clear()
        .args(["--database", "sqlite://lykta.db", "import"])
        .args(arguments)
        .output()
        .expect("started")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_account_is_printed_and_rejections_are_no_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("square.geojson", SQUARE);
    let done = lykta(folder.path(), &["boundaries", "square.geojson", "--activate"]);
    assert!(done.status.success() && stdout(&done).contains("New kommun: 9001 Provköping"), "{}{}", stdout(&done), stderr(&done));

    write("r.csv", &format!("typ,x,lat,nr\n{}skräp,0,0,=1+1\n", "mörkt,13.2,55.7,\n".repeat(6_000)));
    let arguments =
        ["reports", "r.csv", "--map", "category=typ,lon=x,id=nr", "--values", "mörkt=dark,*=other_unsafe", "--report", "out.csv"];
    let done = lykta(folder.path(), &arguments);
    let text = stdout(&done);
    assert_eq!(done.status.code(), Some(0), "{text}{}", stderr(&done));
    assert!(text.contains("r.csv: 6001 rows") && text.contains("6000 loaded") && text.contains("1 null_island"), "{text}");
    assert!(text.contains("row 6001: null_island /location \"0 0\""), "{text}");
    assert!(stderr(&done).contains("of 6001 rows"), "progress: {}", stderr(&done));
    assert_eq!(
        std::fs::read_to_string(folder.path().join("out.csv")).expect("written"),
        "row,outcome,reason,id\n6001,rejected,\"null_island /location \"\"0 0\"\"\",'=1+1\n"
    );

    let done = lykta(folder.path(), &arguments);
    assert!(
        done.status.success() && stdout(&done).contains("0 loaded") && stdout(&done).contains("6000 already there"),
        "{}",
        stdout(&done)
    );
    let report = std::fs::read_to_string(folder.path().join("out.csv")).expect("written");
    assert_eq!(report.lines().filter(|line| line.contains(",already_there,")).count(), 6_000);
}

#[test]
fn a_file_that_does_not_read_and_a_flag_without_meaning_are_failures() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("cut.geojson"), "{\"type\":").expect("written");
    for (arguments, code, message) in [
        (["reports", "cut.geojson"].as_slice(), 1, "cut.geojson does not read: EOF"),
        (&["reports", "absent.csv"], 1, "absent.csv does not read"),
        (&["reports", "cut.geojson", "--activate"], 1, "--activate has no meaning here"),
        (&["places", "cut.geojson", "--municipality", "87"], 1, "not a four-digit code"),
        (&["crashes", "cut.geojson"], 2, "invalid value 'crashes'"),
    ] {
        let done = lykta(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(code), "{arguments:?}: {}", stderr(&done));
        assert!(stderr(&done).contains(message), "{arguments:?}: {}", stderr(&done));
    }
    let help = lykta(folder.path(), &["--help"]);
    assert!(stdout(&help).contains("boundaries") && stdout(&help).contains("population") && !stdout(&help).contains("crashes"));
}
