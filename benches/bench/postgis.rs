//! The rival of the whole server: PostgreSQL with PostGIS and a stored cell behind a minimal handler of the same framework, on the same
//! places. Its best case: rows in the order of their cells, everything warm, geometry of cells stored in degrees, sixteen connections.

use std::fmt::Write;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use lykta::geo::grid::Grid;
use lykta::geo::index::Snapshot;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Row};

use crate::cell;
use crate::private::{SETTINGS, Server};

/// Connections, as many as there are clients.
const CONNECTIONS: u32 = 16;
/// Rows sent at a time.
const CHUNK: usize = 20_000;

/// A running rival.
pub(crate) struct Postgis {
    /// Where its handler listens.
    pub(crate) address: SocketAddr,
    /// Where the database does.
    pub(crate) url: String,
    /// What it is.
    pub(crate) version: String,
    /// Both end with it.
    _runtime: tokio::runtime::Runtime,
    _server: Server,
}

impl Postgis {
    /// Starts one with the placed reports of an index, each with its cell of a grid.
    pub(crate) fn start(index: &Snapshot, grid: Grid) -> Result<Self, String> {
        let server = Server::start()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())?;
        let (address, version) = runtime.block_on(async {
            let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(&server.url).await.map_err(|error| error.to_string())?;
            let version = fill(&pool, index, grid).await.map_err(|error| error.to_string())?;
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|error| error.to_string())?;
            let address = listener.local_addr().map_err(|error| error.to_string())?;
            let router = Router::new().route("/values", get(values)).route("/geojson", get(geojson)).with_state(pool);
            tokio::spawn(async move { axum::serve(listener, router).await });
            Ok::<_, String>((address, version))
        })?;
        Ok(Self { address, url: server.url.clone(), version, _runtime: runtime, _server: server })
    }
}

async fn fill(pool: &PgPool, index: &Snapshot, grid: Grid) -> sqlx::Result<String> {
    let run = async |sql: &str| sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await.map(drop);
    run("CREATE EXTENSION postgis; CREATE UNLOGGED TABLE points (id int PRIMARY KEY, ts bigint, cat smallint, cell bigint, place geometry(Point, 4326));
         CREATE UNLOGGED TABLE cells (cell bigint PRIMARY KEY, name text, shape geometry(Polygon, 4326))")
    .await?;
    let mut rows = Vec::with_capacity(index.len());
    index.for_each(|entry| {
        if entry.is_placed() {
            rows.push((cell::number(grid, entry), entry.happened, entry.category, entry.lon, entry.lat));
        }
    });
    rows.sort_by_key(|row| row.0);
    let mut connection = pool.acquire().await?;
    let mut copy = connection.copy_in_raw("COPY points FROM STDIN").await?;
    for (number, chunk) in rows.chunks(CHUNK).enumerate() {
        let mut text = String::new();
        for (at, (cell, happened, category, lon, lat)) in chunk.iter().enumerate() {
            let id = number * CHUNK + at;
            writeln!(text, "{id}\t{happened}\t{category}\t{cell}\tSRID=4326;POINT({lon} {lat})").expect("written");
        }
        copy.send(text.into_bytes()).await?;
    }
    copy.finish().await?;
    let crs = index.crs();
    let mut copy = connection.copy_in_raw("COPY cells FROM STDIN").await?;
    let mut text = String::new();
    for run in rows.chunk_by(|a, b| a.0 == b.0) {
        let key = cell::key(grid, run[0].0);
        let ring = grid.ring(key, crs).expect("in the projection");
        let corners: Vec<String> = ring.iter().map(|[lon, lat]| format!("{lon} {lat}")).collect();
        writeln!(text, "{}\t{}\tSRID=4326;POLYGON(({}))", run[0].0, grid.id(key, crs), corners.join(",")).expect("written");
    }
    copy.send(text.into_bytes()).await?;
    copy.finish().await?;
    run("CREATE INDEX ON points USING gist (place)").await?;
    run("CREATE INDEX ON points (cell)").await?;
    run("VACUUM (ANALYZE) points, cells").await?;
    let version = sqlx::query("SELECT split_part(version(), ' (', 1) || ', PostGIS ' || postgis_lib_version()").fetch_one(pool).await?;
    Ok(format!("{}: {}", version.try_get::<String, _>(0)?, SETTINGS.join(", ")))
}

/// `west,south,east,north;from;to;category,…`: what the comparison asks, trusted.
fn counted(asked: Option<String>) -> String {
    let asked = asked.unwrap_or_default();
    let mut parts = asked.split(';');
    let mut part = || parts.next().unwrap_or_default();
    let (view, from, to, categories) = (part(), part(), part(), part());
    format!(
        "SELECT cell, count(*) AS n FROM points WHERE place && ST_MakeEnvelope({view}, 4326) AND ts >= {from} AND ts < {to}
         AND cat IN ({categories}) GROUP BY cell"
    )
}

type Refused = (StatusCode, String);

fn failed(error: impl std::fmt::Display) -> Refused {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

/// Names of cells and how many lie in each.
async fn values(State(pool): State<PgPool>, RawQuery(asked): RawQuery) -> Result<impl IntoResponse, Refused> {
    let sql = format!(
        "SELECT json_build_object('cell', json_agg(name), 'count', json_agg(n))::text FROM ({}) counted JOIN cells USING (cell)",
        counted(asked)
    );
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&pool).await.map_err(failed)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], row.try_get::<String, _>(0).map_err(failed)?))
}

/// A FeatureCollection that PostGIS writes, compressed as ours.
async fn geojson(State(pool): State<PgPool>, RawQuery(asked): RawQuery) -> Result<impl IntoResponse, Refused> {
    let sql = format!(
        "SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(json_build_object('type', 'Feature', 'id', name,
         'geometry', ST_AsGeoJSON(shape, 7)::json, 'properties', json_build_object('cell', name, 'count', n))))::text
         FROM ({}) counted JOIN cells USING (cell)",
        counted(asked)
    );
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&pool).await.map_err(failed)?;
    let body = zstd::bulk::compress(row.try_get::<String, _>(0).map_err(failed)?.as_bytes(), 1).map_err(failed)?;
    Ok(([(header::CONTENT_TYPE, "application/geo+json"), (header::CONTENT_ENCODING, "zstd")], body))
}
