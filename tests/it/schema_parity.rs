//! Both engines have the same tables and columns, and the backup copies every one of them.

use std::collections::BTreeMap;

use lykta::db::backup::TABLES;
use sqlx::{Connection, Row};

use crate::app::TestApp;

type Schema = BTreeMap<String, Vec<(String, bool)>>;

async fn sqlite() -> Schema {
    let app = TestApp::sqlite().await;
    let mut connection = sqlx::SqliteConnection::connect(&app.settings.database_url).await.unwrap();
    let rows = sqlx::query(
        "SELECT m.name AS t, c.name AS c, c.\"notnull\" AS n FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid",
    );
    let rows = rows.fetch_all(&mut connection).await.unwrap();
    collect(rows.iter().map(|row| (row.get("t"), row.get("c"), row.get::<i64, _>("n") == 1)))
}

async fn postgres() -> Option<Schema> {
    let app = TestApp::postgres().await?;
    let mut connection = sqlx::PgConnection::connect(&app.settings.database_url).await.unwrap();
    let rows = sqlx::query(
        "SELECT table_name::text AS t, column_name::text AS c, is_nullable = 'NO' AS n FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
    );
    let rows = rows.fetch_all(&mut connection).await.unwrap();
    Some(collect(rows.iter().map(|row| (row.get("t"), row.get("c"), row.get("n")))))
}

fn collect(rows: impl Iterator<Item = (String, String, bool)>) -> Schema {
    let mut schema = Schema::new();
    for (table, column, required) in rows.filter(|(table, ..)| !table.starts_with("_sqlx") && !table.starts_with("sqlite_")) {
        schema.entry(table).or_default().push((column, required));
    }
    schema
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_tables_and_columns() {
    let sqlite = sqlite().await;
    if let Some(postgres) = postgres().await {
        assert_eq!(sqlite, postgres);
    }
    let copied: BTreeMap<String, Vec<String>> =
        TABLES.iter().map(|t| (t.name.to_owned(), t.columns.iter().map(|c| (*c).to_owned()).collect())).collect();
    let mut named: BTreeMap<String, Vec<String>> =
        sqlite.into_iter().map(|(table, columns)| (table, columns.into_iter().map(|(name, _)| name).collect())).collect();
    assert!(named.remove("session").is_some(), "left out on purpose");
    assert_eq!(copied, named, "what is not in TABLES is not in a backup");
}
