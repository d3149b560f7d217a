//! PostgreSQL with PostGIS, on a private server with room for everything in memory.
//!
//! Its best case on purpose: rows lie in the order of a Hilbert curve, cells are stored, everything is analysed and warm, nothing is
//! compiled just in time, and no row but the sum of an answer comes back while it is timed.

use std::fmt::Write;

use lykta::geo::grid::Grid;
use lykta::geo::index::Entry;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Connection, Row};

use crate::cell;
use crate::compare::{Answer, same, same_whole};
use crate::data::{CORNER, SIDE, hilbert_order};
use crate::near::{Answers, NEAREST, RADIUS, Timings, centres};
use crate::ours::Ours;
use crate::private::{SETTINGS, Server};
use crate::question::{Bounds, Question, columns};
use crate::table::Table;
use crate::tiles;
use crate::timing::Timing;

/// Runs of a measured question, after one that is compared and one for warmth.
const RUNS: usize = 5;
/// Rows sent at a time.
const CHUNK: usize = 20_000;

/// Compares with PostgreSQL, where it can be started.
pub(crate) fn compare(rows: &[Entry], ours: &Ours, table: &mut Table) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let compared = Server::start().and_then(|server| {
        runtime.block_on(async {
            let connection = PgConnection::connect(&server.url).await.map_err(|error| error.to_string())?;
            let mut rival = Rival { connection };
            rival
                .run("CREATE EXTENSION postgis")
                .await
                .map_err(|error| format!("no extension (package postgresql-*-postgis-3): {error}"))?;
            rival.everything(rows, ours, table).await.map_err(|error| error.to_string())
        })
    });
    if let Err(why) = compared {
        table.absent("PostGIS", &why);
    }
}

fn envelope([west, south, east, north]: Bounds) -> String {
    format!("ST_MakeEnvelope({west},{south},{east},{north},3006)")
}

/// Grouping by a stored cell: rows in the box, a hair's breadth more as boxes are single floats, and for a polygon the exact test in
/// the same degrees as ours. A row on the border belongs to both; none lies there.
fn stored(question: &Question) -> String {
    let mut sql = format!("SELECT {} AS cell, count(*) AS n FROM points WHERE {}", question.column, question.conditions);
    let mut and = |text: String| write!(sql, " AND {text}").expect("written");
    if let Some(reach) = question.reach() {
        and(format!("geom && {}", envelope(reach)));
    }
    if let Some(ring) = &question.ring {
        let corners: Vec<String> = ring.iter().map(|(lon, lat)| format!("{lon} {lat}")).collect();
        and(format!("ST_Intersects(place, 'SRID=4326;POLYGON(({}))'::geometry)", corners.join(",")));
    }
    sql + " GROUP BY 1"
}

/// The same by the grid that PostGIS makes over the view.
fn joined(question: &Question) -> String {
    let all = [CORNER[0], CORNER[1], CORNER[0] + SIDE, CORNER[1] + SIDE];
    let shape = if matches!(question.grid, Grid::Square(_)) { "ST_SquareGrid" } else { "ST_HexagonGrid" };
    format!(
        "SELECT g.i, g.j, count(*) AS n FROM {shape}({}, {}) g JOIN points ON ST_Intersects(points.geom, g.geom) WHERE {} GROUP BY 1, 2",
        question.grid.size_m(),
        envelope(question.view.map_or(all, |view| view.metres)),
        question.conditions
    )
}

fn summed(sql: &str) -> String {
    format!("SELECT count(*), sum(n)::bigint FROM ({sql}) answer")
}

struct Rival {
    connection: PgConnection,
}

type Result<T, E = sqlx::Error> = std::result::Result<T, E>;

impl Rival {
    async fn run(&mut self, sql: &str) -> Result<()> {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await.map(drop)
    }

    async fn rows(&mut self, sql: &str) -> Result<Vec<PgRow>> {
        sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut self.connection).await
    }

    async fn timed(&mut self, sql: &str) -> Result<Timing> {
        let mut times = Vec::new();
        for run in 0..=RUNS {
            let started = std::time::Instant::now();
            self.rows(sql).await?;
            if run > 0 {
                times.push(started.elapsed().as_secs_f64() * 1e6);
            }
        }
        Ok(Timing::of(times))
    }

    async fn counts(&mut self, grid: Grid, sql: &str) -> Result<Answer> {
        let mut answer = Vec::new();
        for row in self.rows(sql).await? {
            let cell = if row.len() == 2 { cell::key(grid, row.try_get(0)?) } else { cell::at(row.try_get(0)?, row.try_get(1)?) };
            answer.push((cell, row.try_get::<i64, _>("n")? as u32));
        }
        answer.sort_unstable();
        Ok(answer)
    }

    async fn everything(&mut self, rows: &[Entry], ours: &Ours, table: &mut Table) -> Result<()> {
        println!("Filling PostgreSQL …");
        self.fill(rows).await?;
        let version = self.rows("SELECT split_part(version(), ' (', 1) || ', PostGIS ' || postgis_lib_version()").await?;
        println!("{}: {}.", version[0].try_get::<String, _>(0)?, SETTINGS.join(", "));
        for (question, (answer, timing)) in ours.questions.iter().zip(&ours.answers) {
            let sql = stored(question);
            let equal = same(question, "PostGIS", answer, &self.counts(question.grid, &sql).await?);
            println!("Equal to PostGIS by stored cells: {}, {equal} cells.", question.name);
            table.compare(question.name, "PostGIS, stored cell", self.timed(&summed(&sql)).await?, *timing, question.goals.stored);
            if question.joins {
                let sql = joined(question);
                let equal = same_whole(question, "PostGIS", answer, &self.counts(question.grid, &sql).await?);
                println!("Equal to PostGIS by its own grid: {}, {equal} cells.", question.name);
                table.compare(question.name, "PostGIS, grid join", self.timed(&summed(&sql)).await?, *timing, question.goals.join);
            }
        }
        self.with_workers(ours, table).await?;
        self.with_covering_index(ours, table).await?;
        self.near(rows, ours, table).await?;
        self.tiles(rows, table).await
    }

    /// Rows in the order of the curve, then indexes.
    async fn fill(&mut self, rows: &[Entry]) -> Result<()> {
        let cells = columns().map(|(column, _)| format!("{column} bigint")).join(", ");
        self.run(&format!(
            "CREATE EXTENSION pg_prewarm; CREATE UNLOGGED TABLE points (ts bigint, {cells}, id int, cat smallint, hour smallint,
             light smallint, status smallint, geom geometry(Point, 3006), place geometry(Point, 4326))"
        ))
        .await?;
        let mut copy = self.connection.copy_in_raw("COPY points FROM STDIN").await?;
        for chunk in hilbert_order(rows).chunks(CHUNK) {
            let mut text = String::new();
            for number in chunk {
                line(&mut text, *number, &rows[*number as usize]);
            }
            copy.send(text.into_bytes()).await?;
        }
        copy.finish().await?;
        self.run("CREATE INDEX place_of ON points USING gist (geom)").await?;
        for (column, _) in columns() {
            self.run(&format!("CREATE INDEX of_{column} ON points ({column})")).await?;
        }
        self.run("VACUUM (ANALYZE) points").await?;
        self.run("SELECT pg_prewarm('points'), pg_prewarm('place_of')").await
    }

    /// The first questions again with two more processes.
    async fn with_workers(&mut self, ours: &Ours, table: &mut Table) -> Result<()> {
        // Without the second statement a prepared question keeps its plan.
        self.run("SET max_parallel_workers_per_gather = 2; DISCARD PLANS").await?;
        for (question, (_, timing)) in ours.questions.iter().zip(&ours.answers).filter(|(question, _)| question.joins) {
            for (rival, sql) in [("PostGIS, stored cell, 2 workers", stored(question)), ("PostGIS, grid join, 2 workers", joined(question))]
            {
                table.compare(question.name, rival, self.timed(&summed(&sql)).await?, *timing, None);
            }
        }
        self.run("SET max_parallel_workers_per_gather = 0; DISCARD PLANS").await
    }

    /// Each question of the whole region again with an index that holds all it asks for, so that no row is looked at.
    async fn with_covering_index(&mut self, ours: &Ours, table: &mut Table) -> Result<()> {
        for (question, (answer, timing)) in ours.questions.iter().zip(&ours.answers) {
            if question.view.is_none() && question.joins {
                self.run(&format!("CREATE INDEX covering ON points (cat, ts, {})", question.column)).await?;
                self.run("VACUUM (ANALYZE) points").await?;
                self.run("SELECT pg_prewarm('covering')").await?;
                let sql = stored(question);
                same(question, "PostgreSQL with a covering index", answer, &self.counts(question.grid, &sql).await?);
                let rival = format!("PostgreSQL, index on (cat, ts, {}) made for it", question.column);
                table.compare(question.name, &rival, self.timed(&summed(&sql)).await?, *timing, None);
                self.run("DROP INDEX covering").await?;
            }
        }
        Ok(())
    }

    /// All centres in one statement, so that no way to the server and back is measured.
    async fn near(&mut self, rows: &[Entry], ours: &Ours, table: &mut Table) -> Result<()> {
        let value = |(n, [x, y]): (usize, [f64; 2])| format!("({n}, ST_SetSRID(ST_MakePoint({x}, {y}), 3006))");
        let values = centres().into_iter().enumerate().map(value).collect::<Vec<_>>().join(",");
        self.run(&format!(
            "CREATE TEMP TABLE centres (n int, at geometry(Point, 3006)); INSERT INTO centres VALUES {values}; ANALYZE centres"
        ))
        .await?;
        let nearest = format!(
            "SELECT centres.n, near.id FROM centres CROSS JOIN LATERAL (SELECT id FROM points ORDER BY geom <-> at LIMIT {NEAREST}) near"
        );
        let within = format!("SELECT centres.n, points.id FROM centres JOIN points ON ST_DWithin(points.geom, at, {RADIUS})");
        let found = Answers::of_rows(rows, self.found(&nearest).await?, self.found(&within).await?);
        ours.near.0.same("PostGIS", &found);
        println!("Equal to PostGIS: nearest {NEAREST} and all within {RADIUS} m at {} points.", centres().len());
        let each = |timing: Timing| timing.divided(centres().len() as f64);
        let summed = |sql: &str| format!("SELECT count(*), sum(id) FROM ({sql}) found");
        let theirs = Timings { nearest: each(self.timed(&summed(&nearest)).await?), within: each(self.timed(&summed(&within)).await?) };
        table.compare("nearest 10", "PostGIS", theirs.nearest, ours.near.1.nearest, Some(60.0));
        table.compare("all within 50 m", "PostGIS", theirs.within, ours.near.1.within, Some(35.0));
        Ok(())
    }

    /// A tile made in the server, and not sent.
    async fn tiles(&mut self, rows: &[Entry], table: &mut Table) -> Result<()> {
        for (count, goal) in tiles::SIZES.into_iter().filter(|(count, _)| *count <= rows.len()) {
            let rows = &rows[..count];
            assert!(tiles::owns(rows), "a row lies beyond the tile");
            self.run(&tiles::table(count)).await?;
            let sql = tiles::sql();
            let theirs = self.rows(&sql).await?;
            tiles::same(tiles::written(rows), theirs[0].try_get(0)?);
            println!("Equal to PostGIS: a tile of {count} points.");
            let theirs = self.timed(&format!("SELECT length(tile) FROM ({sql}) made")).await?;
            let ours = Timing::measure(50, || tiles::written(rows));
            table.compare(&format!("tile of {count} points"), "PostGIS, ST_AsMVT", theirs, ours, Some(goal));
        }
        Ok(())
    }

    async fn found(&mut self, sql: &str) -> Result<Vec<Vec<u32>>> {
        let mut found = vec![Vec::new(); centres().len()];
        for row in self.rows(sql).await? {
            found[row.try_get::<i32, _>(0)? as usize].push(row.try_get::<i32, _>(1)? as u32);
        }
        Ok(found)
    }
}

/// A line of `COPY`: points as EWKB in hexadecimal digits, so that every bit of a coordinate arrives.
fn line(text: &mut String, number: u32, row: &Entry) {
    let mut add = |value: &dyn std::fmt::Display| write!(text, "{value}\t").expect("written");
    add(&row.happened);
    for (_, grid) in columns() {
        add(&cell::number(grid, row));
    }
    add(&number);
    for code in [row.category, row.hour, row.light, row.status] {
        add(&code);
    }
    for (srid, x, y) in [(3_006_u32, row.x, row.y), (4_326, row.lon, row.lat)] {
        let point = format_args!("0101000020{:08x}{:016x}{:016x}", srid.swap_bytes(), x.to_bits().swap_bytes(), y.to_bits().swap_bytes());
        text.write_fmt(point).expect("written");
        text.push(if srid == 4_326 { '\n' } else { '\t' });
    }
}
