//! The house rules that a compiler does not know: who may import whom, where SQL stands, what never gets into the repository.

use std::path::{Path, PathBuf};

/// Module → what it may take from the crate, and what it must never name.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &["domain"], &["tokio", "sqlx", "axum", "Timestamp::now", "rstar"]),
    ("geo", &["domain", "geo"], &["tokio", "sqlx", "axum", "tracing", "std::fs", "Timestamp::now"]),
    ("analysis", &["domain", "geo", "analysis"], &["tokio", "sqlx", "axum", "tracing", "std::fs", "Timestamp::now"]),
    ("db", &["domain", "db"], &["axum", "geo::", "format!(\"SELECT", "format!(\"INSERT", "format!(\"UPDATE", "format!(\"DELETE"]),
    ("app", &["domain", "geo", "analysis", "db", "app"], &["axum", "StatusCode", "sqlx::"]),
    ("http", &["app", "domain", "geo", "analysis", "http"], &["sqlx"]),
    ("cli", &["app", "domain", "geo", "analysis", "http", "settings", "telemetry", "cli"], &["sqlx"]),
];

/// Where the table is not followed, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("http/problem.rs", "db", "the one place where failures of the store become status codes"),
    ("http/municipalities/documents.rs", "db", "a release's head is shown as it is stored"),
];

fn sources(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && !["node_modules", "dist", "target"].iter().any(|skip| name == *skip) {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push((path.clone(), std::fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    assert!(!found.is_empty(), "nothing found in {folder}");
    found
}

fn is_test(path: &Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with("_tests.rs") || name.ends_with("shared_data.rs")
}

/// The code before its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
}

/// The modules of the crate that a text names, one by one (`crate::db`) or several at once (`crate::{db, domain::{ids, time}}`).
fn taken(code: &str) -> Vec<&str> {
    let name = |text: &'_ str| text.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().len();
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            found.push(&rest[..name(rest)]);
            continue;
        };
        let (mut depth, mut starts) = (0, true);
        for (at, c) in group.char_indices() {
            if starts && depth == 0 && !c.is_whitespace() {
                found.push(&group[at..at + name(&group[at..])]);
                starts = false;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' => starts = depth == 0,
                _ => {}
            }
        }
    }
    found.retain(|other| !other.is_empty());
    found
}

#[test]
fn modules_are_seen_alone_and_in_groups() {
    assert_eq!(taken("use crate::db::Db;\nlet x = crate::geo::f(crate::app::y);"), ["db", "geo", "app"]);
    assert_eq!(taken("use crate::{db, domain::{ids::{A, B}, time},\n    http as web};\nuse std::{fs, io};"), ["db", "domain", "http"]);
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut broken = Vec::new();
    for (room, may, never) in ROOMS {
        for (path, text) in sources(&format!("src/{room}"), ".rs").iter().filter(|(path, _)| !is_test(path)) {
            let shown = path.to_string_lossy();
            let excused = |other: &str| EXCEPTIONS.iter().any(|(file, module, _)| shown.ends_with(file) && *module == other);
            let code: String =
                code(text).lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |text, line| text + line + "\n");
            for other in taken(&code).into_iter().filter(|other| !may.contains(other) && !excused(other)) {
                broken.push(format!("{shown}: {room} may not use crate::{other}"));
            }
            for line in code.lines() {
                let use_of = |word: &str| line.contains(word) && !(word == "geo::" && line.contains("crate::"));
                broken.extend(never.iter().filter(|word| use_of(word)).map(|word| format!("{shown}: {room} must never name {word}")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> =
        sources("src", ".rs").iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path.display().to_string()).collect();
    assert!(silent.is_empty(), "no //! at the top of {silent:?}");
}

#[test]
fn rooms_stay_small() {
    // Measured without the tests at the end of a file.
    let large: Vec<String> = sources("src", ".rs")
        .iter()
        .filter(|(path, text)| !is_test(path) && code(text).lines().count() > 500)
        .map(|(path, text)| format!("{}: {}", path.display(), code(text).lines().count()))
        .collect();
    assert!(large.is_empty(), "still one room? {large:?}");
}

#[test]
fn nothing_unsafe_for_a_page_is_in_the_web_app() {
    let mut broken = Vec::new();
    for ending in [".svelte", ".ts", ".html"] {
        for (path, text) in sources("web", ending) {
            for word in ["innerHTML", "setHTML(", "{@html", "insertAdjacentHTML", "eval(", "document.write"] {
                let honest = |line: &&str| !line.trim_start().starts_with("//") && !line.trim_start().starts_with('*');
                if text.lines().filter(honest).any(|line| line.contains(word))
                    && !["e2e", ".test.ts"].iter().any(|test| path.to_string_lossy().contains(test))
                {
                    broken.push(format!("{}: {word}", path.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_machine_paths_and_no_registry_hosts_are_in_the_repository() {
    // Written apart so that this file does not find itself.
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("registry.", "npmjs"),
        concat!("crates.", "io/api"),
        concat!("deb.", "debian.org"),
    ];
    let mut broken = Vec::new();
    for ending in [".rs", ".ts", ".svelte", ".md", ".sh", ".toml", ".py", "package-lock.json", "Makefile"] {
        for (path, text) in sources(".", ending) {
            broken.extend(words.iter().filter(|word| text.contains(**word)).map(|word| format!("{}: {word}", path.display())));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_module_knows_a_municipality_by_name() {
    let names = ["Olofström", "Degerfors", "Växjö"];
    let mut broken = Vec::new();
    for room in ["domain", "geo", "analysis", "db", "http"] {
        for (path, text) in sources(&format!("src/{room}"), ".rs").iter().filter(|(path, _)| !is_test(path)) {
            let code: String = code(text).lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            broken.extend(names.iter().filter(|name| code.contains(*name)).map(|name| format!("{}: {name}", path.display())));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
