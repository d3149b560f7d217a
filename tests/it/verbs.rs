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

#[test]
fn hotspots_go_out_as_csv_and_what_made_them_beside() {
    let folder = tempfile::tempdir().unwrap();
    let cells = (0..6).flat_map(|col| (0..6).map(move |row| format!("{col},{row},{}\n", if col < 2 && row < 2 { 9 } else { 0 })));
    std::fs::write(folder.path().join("grid.csv"), format!("col,row,count\n{}", cells.collect::<String>())).unwrap();
    let ask = |more: &[&str]| lykta(folder.path()).args(["analyse", "gi-star", "grid.csv"]).args(more).output().unwrap();
    let (plain, permuted) = (ask(&[]), ask(&["--permutations", "999", "--seed", "7"]));
    let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(plain.status.success() && permuted.status.success());
    assert_eq!((lines(&plain.stdout).len(), lines(&permuted.stdout).len()), (37, 37));
    assert!(lines(&permuted.stdout)[1].starts_with(&lines(&plain.stdout)[1]));
    assert!(lines(&permuted.stderr)[0].contains("lykta-gi-star/2: 36 cells") && lines(&permuted.stderr)[0].contains("seed 7"));
    assert_eq!(permuted.stdout, ask(&["--permutations", "999", "--seed", "7"]).stdout);
    let nowhere = lykta(folder.path()).args(["analyse", "gi-star", "none.csv"]).output().unwrap();
    assert!(!nowhere.status.success() && String::from_utf8_lossy(&nowhere.stderr).contains("none.csv"));
    assert!(!ask(&["--seed", "7"]).status.success());
}

/// From the console: somebody is added for a kommun whose party is made on the way, gets a link, and goes again.
#[test]
fn people_are_added_listed_closed_and_erased_from_the_console() {
    let folder = tempfile::tempdir().unwrap();
    greeting(folder.path());
    let user = |args: &[&str]| {
        let done = lykta(folder.path()).arg("user").args(args).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr))
    };
    assert!(user(&["list"]).1.contains("Nobody has an account"));
    let (added, told) = user(&["add", "anna@kommun.example", "--name", "Anna", "--role", "coordinator", "--municipality", "0780"]);
    assert!(added && told.contains("/konto#inbjudan="), "{told}");
    for (args, why) in [
        (vec!["add", "anna", "--name", "Anna", "--role", "coordinator"], "is not an e-mail address"),
        (vec!["add", "b@kommun.example", "--name", "B", "--role", "boss"], "boss is not a role: coordinator"),
        (vec!["add", "b@kommun.example", "--name", "B", "--role", "coordinator"], "coordinator is no role of Lykta (host): administrator"),
        (vec!["add", "anna@kommun.example", "--name", "B", "--role", "planner", "--municipality", "0780"], "/login taken"),
        (vec!["add", "b@kommun.example", "--name", "B", "--role", "planner", "--municipality", "0000"], "there is no kommun 0000"),
        (vec!["link", "nobody@kommun.example"], "nobody has the login"),
    ] {
        let (done, told) = user(&args);
        assert!(!done && told.contains(why), "{args:?}: {told}");
    }
    let listed = user(&["list"]).1;
    assert!(listed.contains("anna@kommun.example  Anna  invited") && listed.contains("coordinator of Växjö"), "{listed}");
    assert!(user(&["parties"]).1.contains("municipality  Växjö  0780"));
    assert!(user(&["close", "anna@kommun.example"]).0 && user(&["list"]).1.contains("Anna  closed"));
    assert!(user(&["open", "Anna@kommun.example"]).0 && user(&["erase", "anna@kommun.example"]).0);
    assert!(user(&["list"]).1.contains("Nobody has an account"));
}

/// The first administrator's link is printed as long as nobody has an account; each start makes the one before worthless.
#[test]
fn the_first_start_prints_a_link_for_the_first_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let link = || {
        let mut child =
            lykta(folder.path()).args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.map_while(Result::ok).find(|line| line.contains("First administrator"));
        child.kill().unwrap();
        child.wait().unwrap();
        line.expect("a link").split_once("/konto#inbjudan=").expect("a key").1.to_owned()
    };
    let (first, second) = (link(), link());
    assert!(first.len() == 40 && first != second);
}
