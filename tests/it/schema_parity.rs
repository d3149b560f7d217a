//! Both engines have the same tables, columns, types and keys, and the backup copies every one of them.

use std::collections::BTreeMap;

use lykta::db::backup::TABLES;
use sqlx::{Connection, Row};

use crate::app::TestApp;

/// Of each table, its columns in order: name, type as both engines mean it, whether it is required, place in the primary key (from 1).
type Tables = BTreeMap<String, Vec<(String, &'static str, bool, i64)>>;
/// Of each index that somebody wrote, its table, whether it is unique, and its columns.
type Indexes = BTreeMap<String, (String, bool, String)>;

const SQLITE_TABLES: &str = "\
    SELECT m.name AS t, c.name AS c, c.type AS k, c.\"notnull\" AS n, c.pk AS p
    FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid";
const SQLITE_INDEXES: &str = "\
    SELECT i.name AS i, m.name AS t, i.\"unique\" AS u, (SELECT group_concat(c.name, ' ') FROM pragma_index_info(i.name) c) AS c
    FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin = 'c'";
const POSTGRES_TABLES: &str = "\
    SELECT c.relname::text AS t, a.attname::text AS c, format_type(a.atttypid, a.atttypmod) AS k, a.attnotnull::int::bigint AS n,
           COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint AS p
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, a.attnum";
const POSTGRES_INDEXES: &str = "\
    SELECT x.relname::text AS i, t.relname::text AS t, i.indisunique::int::bigint AS u,
           (SELECT string_agg(a.attname, ' ' ORDER BY k.at) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, at)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS c
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE NOT i.indisprimary AND t.relnamespace = 'public'::regnamespace";

/// One name for what both engines mean. SQLite keeps a UUID as bytes and a boolean as an integer.
fn meant(kind: &str, column: &str) -> &'static str {
    match kind {
        "TEXT" | "text" => "text",
        "REAL" | "double precision" => "real",
        "INTEGER" if ["active", "demo", "certain", "everywhere", "closed", "opened", "thinned", "hold", "many"].contains(&column) => {
            "boolean"
        }
        "INTEGER" | "bigint" => "integer",
        "boolean" => "boolean",
        "BLOB" if ["id", "report", "agreement", "focus_area", "party", "parent", "person", "place"].contains(&column) => "uuid",
        "BLOB" | "bytea" => "bytes",
        "uuid" => "uuid",
        other => panic!("a type that the other engine has no name for: {other}"),
    }
}

macro_rules! schema {
    ($connection:expr, $tables:expr, $indexes:expr) => {{
        let (mut tables, mut indexes) = (Tables::new(), Indexes::new());
        for row in sqlx::query($tables).fetch_all($connection).await.unwrap() {
            let (table, column, kind): (String, String, String) = (row.get("t"), row.get("c"), row.get("k"));
            if !table.starts_with("_sqlx") && !table.starts_with("sqlite_") {
                let kind = meant(&kind, &column);
                tables.entry(table).or_default().push((column, kind, row.get::<i64, _>("n") == 1, row.get("p")));
            }
        }
        for row in sqlx::query($indexes).fetch_all($connection).await.unwrap() {
            indexes.insert(row.get("i"), (row.get("t"), row.get::<i64, _>("u") == 1, row.get("c")));
        }
        (tables, indexes)
    }};
}

async fn sqlite() -> (Tables, Indexes) {
    let app = TestApp::sqlite().await;
    let mut connection = sqlx::SqliteConnection::connect(&app.settings.database_url).await.unwrap();
    schema!(&mut connection, SQLITE_TABLES, SQLITE_INDEXES)
}

async fn postgres() -> Option<(Tables, Indexes)> {
    let app = TestApp::postgres().await?;
    let mut connection = sqlx::PgConnection::connect(&app.settings.database_url).await.unwrap();
    Some(schema!(&mut connection, POSTGRES_TABLES, POSTGRES_INDEXES))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_tables_columns_and_keys() {
    let (tables, indexes) = sqlite().await;
    assert!(tables.values().all(|columns| columns.iter().any(|(.., key)| *key == 1)), "every table has a primary key");
    assert!(indexes.len() >= 6, "{indexes:?}");
    if let Some(postgres) = postgres().await {
        assert_eq!((&tables, &indexes), (&postgres.0, &postgres.1));
    }
    let copied: BTreeMap<String, Vec<String>> =
        TABLES.iter().map(|t| (t.name.to_owned(), t.columns.iter().map(|c| (*c).to_owned()).collect())).collect();
    let mut named: BTreeMap<String, Vec<String>> =
        tables.into_iter().map(|(table, columns)| (table, columns.into_iter().map(|(name, ..)| name).collect())).collect();
    for left_out in ["session", "invitation", "api_token", "ceremony"] {
        assert!(named.remove(left_out).is_some(), "{left_out} is left out on purpose");
    }
    assert_eq!(copied, named, "what is not in TABLES is not in a backup");
}
