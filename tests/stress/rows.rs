//! The content of an SQLite file as text, table by table, to compare two of them at a version of the change log.

use std::collections::BTreeMap;
use std::path::Path;

use lykta::db::backup::TABLES;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

/// Rows of each table, every column written out, in order.
pub(crate) type Content = BTreeMap<&'static str, Vec<String>>;

/// Tables whose rows carry the version of the log they belong to.
const VERSIONED: [&str; 3] = ["change", "report", "withdrawn"];

fn ask(file: &Path, sql: Vec<(&'static str, String)>) -> Content {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(file);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
        let mut content = Content::new();
        for (table, sql) in sql {
            let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&pool).await.expect("rows");
            content.insert(table, rows);
        }
        pool.close().await;
        content
    })
}

/// The last version of each kommun's log.
pub(crate) fn heads(file: &Path) -> Vec<(String, i64)> {
    let sql = "SELECT code || '=' || version FROM municipality WHERE version > 0 ORDER BY code".to_owned();
    let rows = ask(file, vec![("municipality", sql)]).remove("municipality").unwrap_or_default();
    rows.iter()
        .filter_map(|row| row.split_once('='))
        .map(|(code, version)| (code.to_owned(), version.parse().expect("a version")))
        .collect()
}

/// Everything that a database held when its logs stood at these versions. What changes with every act without telling its version (the
/// head of the log, which the log itself proves) is left out.
pub(crate) fn content_at(file: &Path, heads: &[(String, i64)]) -> Content {
    let limits: Vec<String> = heads.iter().map(|(code, version)| format!("(municipality = '{code}' AND version <= {version})")).collect();
    let statements = TABLES.iter().map(|table| {
        let columns = table.columns.iter().filter(|column| table.name != "municipality" || !["version", "head"].contains(*column));
        let row = columns.map(|column| format!("quote({column})")).collect::<Vec<_>>().join(" || '|' || ");
        let only = if VERSIONED.contains(&table.name) { limits.join(" OR ") } else { "TRUE".to_owned() };
        (table.name, format!("SELECT {row} AS line FROM {} WHERE {only} ORDER BY line", table.name))
    });
    ask(file, statements.collect())
}

/// Fails with the first table and row that differ.
pub(crate) fn assert_same(ours: &Content, theirs: &Content) {
    for (table, rows) in ours {
        let other = theirs.get(table).map(Vec::as_slice).unwrap_or_default();
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(Some(row), other.get(at), "{table}, row {at}");
        }
        assert_eq!(rows.len(), other.len(), "{table} has other rows");
    }
}
