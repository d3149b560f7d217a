//! Gi* and clusters beside esda, spdep, scikit-learn and PostGIS, on the middle of the first million places.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use lykta::analysis::clusters::{Clustering, Parameters, dbscan};
use lykta::analysis::gi_star::{gi_star, p_normal};
use lykta::analysis::hotspots::{Hotspots, hotspots};
use lykta::analysis::neighbours::Neighbours;
use lykta::geo::grid::{CellKey, Grid};
use lykta::geo::index::Entry;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Row};

use crate::private::Server;
use crate::programs::{python, succeed};
use crate::question::{View, middle};
use crate::table::Table;
use crate::timing::Timing;

/// Places looked at, as in the study, whatever the size of the run.
const PLACES: usize = 1_000_000;
/// Squares of 250 m in a square of so many: 10,816 cells.
const SIDE: i32 = 104;
const PERMUTATIONS: u32 = 999;
const SEED: u64 = 20_261_123;
const CLUSTERS: Parameters = Parameters { eps_m: 30.0, min_points: 20 };
/// Runs of a rival in the database.
const RUNS: usize = 7;
const ESDA: &str = "2.9.0";
const SCIKIT_LEARN: &str = "1.9.1";

/// What is asked, and what we say.
struct Asked {
    counts: Vec<u32>,
    analytic: (Vec<Option<f64>>, Timing),
    permuted: (Hotspots, Timing),
    places: Vec<[f64; 2]>,
    clusters: (Clustering, Timing),
}

/// What `studies.py` tells; times in microseconds.
#[derive(Deserialize)]
struct Python {
    z: Vec<f64>,
    p_folded: Vec<f64>,
    analytic_us: Vec<f64>,
    permuted_us: Vec<f64>,
    labels: Vec<i64>,
    core: Vec<usize>,
    clusters_us: Vec<f64>,
}

/// Compares with those that are there.
pub(crate) fn compare(rows: &[Entry], folder: &Path, table: &mut Table) {
    let asked = Asked::of(&rows[..rows.len().min(PLACES)]);
    println!("\nStatistics: {} cells, {} places in {} clusters.", asked.counts.len(), asked.places.len(), asked.clusters.0.clusters.len());
    let files = asked.write(folder).expect("written");
    for (rival, told) in [
        ("esda, scikit-learn", asked.python(folder, &files, table)),
        ("spdep", asked.spdep(&files[0], table)),
        ("PostGIS (clusters)", asked.postgis(table)),
    ] {
        if let Err(why) = told {
            table.absent(rival, &why);
        }
    }
}

impl Asked {
    fn of(rows: &[Entry]) -> Self {
        let grid = Grid::square(250.0).expect("offered");
        let [x, y] = middle().map(|at| (at / 250.0) as i32 - SIDE / 2);
        let cells: Vec<CellKey> = (0..SIDE * SIDE).map(|at| CellKey::pack(x + at / SIDE, y + at % SIDE)).collect();
        let mut counted: FxHashMap<CellKey, u32> = FxHashMap::default();
        for row in rows {
            *counted.entry(grid.cell(row.x, row.y, row.lon, row.lat)).or_default() += 1;
        }
        let counts: Vec<u32> = cells.iter().map(|cell| counted.get(cell).copied().unwrap_or(0)).collect();
        let neighbours = Neighbours::contiguous(grid, &cells, 1).expect("neighbours");
        println!("Neighbours of {} cells: {:.0} µs.", cells.len(), neighbours_cost(grid, &cells).median);
        let ask = |permutations| hotspots(&counts, &neighbours, permutations, SEED).expect("a statistic");
        let measured = |permutations| (ask(permutations), Timing::measure(101, || ask(permutations)));
        let [west, south, east, north] = View::around(middle()).metres;
        let inside = |row: &&Entry| row.x >= west && row.x <= east && row.y >= south && row.y <= north;
        let places: Vec<[f64; 2]> = rows.iter().filter(inside).map(|row| [row.x, row.y]).collect();
        let clusters = || dbscan(&places, &CLUSTERS).expect("clusters");
        let clusters = (clusters(), Timing::measure(31, clusters));
        // What the rivals give: z and its p, no q.
        let z_and_p = || gi_star(&counts, &neighbours).expect("z").into_iter().map(|z| (z, z.map(p_normal))).collect::<Vec<_>>();
        let analytic = (gi_star(&counts, &neighbours).expect("z"), Timing::measure(301, z_and_p));
        println!("With q and classes: {:.0} µs.", measured(0).1.median);
        let permuted = measured(PERMUTATIONS);
        Self { counts, analytic, permuted, places, clusters }
    }

    /// Counts and places as files.
    fn write(&self, folder: &Path) -> std::io::Result<[std::path::PathBuf; 2]> {
        let (mut counts, mut places) = (String::new(), String::new());
        self.counts.iter().for_each(|count| writeln!(counts, "{count}").expect("written"));
        self.places.iter().for_each(|[x, y]| writeln!(places, "{x},{y}").expect("written"));
        let files = ["counts.csv", "places.csv"].map(|name| folder.join(name));
        std::fs::write(&files[0], counts)?;
        std::fs::write(&files[1], places)?;
        Ok(files)
    }

    fn python(&self, folder: &Path, [counts, places]: &[std::path::PathBuf; 2], table: &mut Table) -> Result<(), String> {
        let packages = [&format!("esda=={ESDA}"), &format!("scikit-learn=={SCIKIT_LEARN}"), "numba"];
        let python = python(folder, "statistics", "esda, numba, sklearn", &packages)?;
        println!("Asking esda {ESDA} and scikit-learn {SCIKIT_LEARN} …");
        let (side, permutations) = (SIDE.to_string(), PERMUTATIONS.to_string());
        let (eps, least) = (CLUSTERS.eps_m.to_string(), CLUSTERS.min_points.to_string());
        let mut script = Command::new(python);
        script.arg(script_named("studies.py")).arg(counts).args([side, permutations]).arg(places).args([eps, least]);
        let told: Python = serde_json::from_slice(&succeed(&mut script)?).map_err(|error| error.to_string())?;
        self.same_z("esda", &told.z);
        self.compare_analytic(&format!("esda {ESDA}"), told.analytic_us, Some(3_500.0), table);
        // esda takes R − #≥ for #≤ (see `analysis::permutation`): ties differ, but sums this large are seldom equal.
        let ours = &self.permuted.0.permuted.as_ref().expect("permuted").p_folded;
        alike("esda", ours, &told.p_folded);
        self.compare_permuted(&format!("esda {ESDA}"), told.permuted_us, 16.0, table);

        let labels: Vec<i64> = self.clusters.0.labels.iter().map(|label| label.map_or(-1, i64::from)).collect();
        assert!(labels == told.labels, "scikit-learn finds other clusters");
        let core: Vec<usize> = (0..self.places.len()).filter(|at| self.clusters.0.core[*at]).collect();
        assert!(core == told.core, "scikit-learn finds other core points");
        println!("Equal to scikit-learn: the label of each of {} places.", labels.len());
        table.compare(
            &self.clustering(),
            &format!("scikit-learn {SCIKIT_LEARN}"),
            Timing::of(told.clusters_us),
            self.clusters.1,
            Some(33.0),
        );
        Ok(())
    }

    fn spdep(&self, counts: &Path, table: &mut Table) -> Result<(), String> {
        println!("Asking spdep …");
        let (side, permutations) = (SIDE.to_string(), PERMUTATIONS.to_string());
        let told = succeed(Command::new("Rscript").arg(script_named("studies.R")).arg(counts).args([side, permutations]))
            .map_err(|error| format!("{error} (package r-cran-spdep)"))?;
        let told = String::from_utf8(told).map_err(|error| error.to_string())?;
        let mut lines = told.lines();
        let rival = format!("spdep {}", lines.next().unwrap_or_default().trim());
        let (analytic, permuted) = (numbers(lines.next())?, numbers(lines.next())?);
        let z: Vec<f64> = lines.map(|line| line.parse().map_err(|error| format!("{line:?}: {error}"))).collect::<Result<_, _>>()?;
        self.same_z("spdep", &z);
        self.compare_analytic(&rival, analytic, None, table);
        // Its permutations draw with replacement and let the cell's own count go: another question, so its p are not held against ours.
        self.compare_permuted(&rival, permuted, 100.0, table);
        Ok(())
    }

    fn postgis(&self, table: &mut Table) -> Result<(), String> {
        let server = Server::start()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let told = runtime.block_on(async {
            let mut connection = PgConnection::connect(&server.url).await?;
            let run = async |connection: &mut PgConnection, sql: &str| sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await;
            run(&mut connection, "CREATE EXTENSION postgis; CREATE TABLE points (id int, geom geometry(Point, 3006))").await?;
            for (chunk, places) in self.places.chunks(10_000).enumerate() {
                let row = |(at, [x, y]): (usize, &[f64; 2])| format!("({}, ST_SetSRID(ST_MakePoint({x}, {y}), 3006))", chunk * 10_000 + at);
                let rows: Vec<String> = places.iter().enumerate().map(row).collect();
                run(&mut connection, &format!("INSERT INTO points VALUES {}", rows.join(","))).await?;
            }
            run(&mut connection, "CREATE INDEX ON points USING gist (geom); ANALYZE points").await?;
            let (eps, least) = (CLUSTERS.eps_m, CLUSTERS.min_points);
            let sql = format!("SELECT id, ST_ClusterDBSCAN(geom, {eps}, {least}) OVER () AS label FROM points");
            let found = sqlx::query(AssertSqlSafe(sql.as_str())).fetch_all(&mut connection).await?;
            let mut labels: Vec<Option<i32>> = vec![None; self.places.len()];
            for row in found {
                labels[row.try_get::<i32, _>(0)? as usize] = row.try_get(1)?;
            }
            let summed = format!("SELECT count(*), sum(label) FROM ({sql}) answer");
            let mut times = Vec::new();
            for _ in 0..RUNS {
                let started = std::time::Instant::now();
                sqlx::query(AssertSqlSafe(summed.as_str())).fetch_all(&mut connection).await?;
                times.push(started.elapsed().as_secs_f64() * 1e6);
            }
            Ok::<_, sqlx::Error>((labels, times))
        });
        let (labels, times) = told.map_err(|error| error.to_string())?;
        self.same_core(&labels);
        table.compare(&self.clustering(), "PostGIS, ST_ClusterDBSCAN", Timing::of(times), self.clusters.1, Some(15.0));
        Ok(())
    }

    fn clustering(&self) -> String {
        format!("DBSCAN, {} places, {} m, {} points", self.places.len(), CLUSTERS.eps_m, CLUSTERS.min_points)
    }

    fn compare_analytic(&self, rival: &str, times: Vec<f64>, goal: Option<f64>, table: &mut Table) {
        table.compare(&format!("Gi*, {} cells, z and p", self.counts.len()), rival, Timing::of(times), self.analytic.1, goal);
    }

    fn compare_permuted(&self, rival: &str, times: Vec<f64>, goal: f64, table: &mut Table) {
        let work = format!("Gi*, {} cells, {PERMUTATIONS} permutations", self.counts.len());
        table.compare(&work, rival, Timing::of(times), self.permuted.1, Some(goal));
    }

    fn same_z(&self, rival: &str, theirs: &[f64]) {
        let ours = &self.analytic.0;
        assert!(ours.len() == theirs.len(), "{rival} has {} cells, we {}", theirs.len(), ours.len());
        let apart = |(ours, theirs): (&Option<f64>, &f64)| ours.map_or(f64::INFINITY, |z| (z - theirs).abs());
        let most = ours.iter().zip(theirs).map(apart).fold(0.0, f64::max);
        assert!(most < 1e-9, "{rival}: z differs by {most}");
        println!("Equal to {rival}: z of {} cells, largest difference {most:.1e}.", ours.len());
    }

    /// Border points may go to any cluster beside them; core points may not, and noise is noise.
    fn same_core(&self, theirs: &[Option<i32>]) {
        let ours = &self.clusters.0;
        let (mut to, mut from) = (FxHashMap::default(), FxHashMap::default());
        for (at, label) in theirs.iter().enumerate() {
            assert!(label.is_some() == ours.labels[at].is_some(), "PostGIS: noise differs at place {at}");
            if let (true, Some(mine), Some(label)) = (ours.core[at], ours.labels[at], label) {
                assert!(*to.entry(mine).or_insert(*label) == *label && *from.entry(*label).or_insert(mine) == mine, "PostGIS: place {at}");
            }
        }
        println!("Equal to PostGIS: {} clusters of core points, and what is noise.", to.len());
    }
}

/// Two draws of the same p differ by chance: no more than six standard errors, and the least step of each.
fn alike(rival: &str, ours: &[Option<f64>], theirs: &[f64]) {
    let (mut held, mut beyond) = (0, 0);
    for (ours, theirs) in ours.iter().zip(theirs) {
        let Some(ours) = ours else { continue };
        let p = f64::midpoint(*ours, *theirs).clamp(1e-3, 1.0 - 1e-3);
        let bound = 6.0 * (p * (1.0 - p) * 4.0 / f64::from(PERMUTATIONS)).sqrt() + 4.0 / f64::from(PERMUTATIONS);
        held += 1;
        beyond += usize::from((ours - theirs).abs() > bound);
    }
    println!("Beside {rival}: permutation p of {held} cells, {beyond} further apart than chance explains.");
    assert!(held > 1_000 && beyond == 0, "{rival} has other p");
}

fn neighbours_cost(grid: Grid, cells: &[CellKey]) -> Timing {
    Timing::measure(31, || Neighbours::contiguous(grid, cells, 1).expect("neighbours"))
}

fn script_named(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/engine").join(name)
}

fn numbers(line: Option<&str>) -> Result<Vec<f64>, String> {
    let read = line.unwrap_or_default().split_whitespace().map(f64::from_str).collect::<Result<_, _>>();
    read.map_err(|error| format!("{line:?}: {error}"))
}
