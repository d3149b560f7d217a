//! DuckDB, through `rivals.py`: whole table in memory, stored cells, rows in the order of a Hilbert curve.

use std::fmt::Write;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;

use lykta::geo::index::Entry;
use serde::Deserialize;

use crate::cell;
use crate::compare::{Answer, same};
use crate::data::hilbert_order;
use crate::ours::Ours;
use crate::programs::{python, succeed};
use crate::question::{Question, columns};
use crate::table::Table;
use crate::timing::Timing;

const VERSION: &str = "1.5.5";

/// What the script tells of one question.
#[derive(Deserialize)]
struct Told {
    counts: Vec<(i64, u32)>,
    /// Microseconds of each run, for each number of threads.
    threads: Vec<(u32, Vec<f64>)>,
}

/// Compares with DuckDB, where Python has it or can get it.
pub(crate) fn compare(rows: &[Entry], ours: &Ours, folder: &Path, table: &mut Table) {
    let told = python(folder, "duckdb", "duckdb", &[&format!("duckdb=={VERSION}")]).and_then(|python| {
        println!("Filling DuckDB …");
        ask(&python, rows, &ours.questions, folder)
    });
    let told = match told {
        Ok(told) => told,
        Err(why) => return table.absent("DuckDB", &why),
    };
    let asked = ours.questions.iter().zip(&ours.answers).filter(|(question, _)| can(question));
    for ((question, (answer, timing)), told) in asked.zip(told) {
        let mut counts: Answer = told.counts.iter().map(|(cell, n)| (cell::key(question.grid, *cell), *n)).collect();
        counts.sort_unstable();
        let equal = same(question, "DuckDB", answer, &counts);
        println!("Equal to DuckDB: {}, {equal} cells.", question.name);
        for (threads, times) in told.threads {
            let goal = question.goals.duckdb.filter(|_| threads == 1);
            let rival = format!("DuckDB {VERSION}, stored cell, {threads} thread{}", if threads == 1 { "" } else { "s" });
            table.compare(question.name, &rival, Timing::of(times), *timing, goal);
        }
    }
}

/// Polygons would take its spatial extension, which is not asked for.
fn can(question: &Question) -> bool {
    question.ring.is_none()
}

fn ask(python: &Path, rows: &[Entry], questions: &[Question], folder: &Path) -> Result<Vec<Told>, String> {
    let file = folder.join("places.csv");
    write(rows, &file).map_err(|error| error.to_string())?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/engine/rivals.py");
    let asked: Vec<String> = questions.iter().filter(|question| can(question)).map(sql).collect();
    let told = succeed(Command::new(python).arg(script).arg(&file).args(asked));
    std::fs::remove_file(&file).map_err(|error| error.to_string())?;
    serde_json::from_slice(&told?).map_err(|error| error.to_string())
}

fn sql(question: &Question) -> String {
    let mut sql = format!("SELECT {} AS cell, count(*) AS n FROM points WHERE {}", question.column, question.conditions);
    if let Some([west, south, east, north]) = question.reach() {
        write!(sql, " AND x BETWEEN {west} AND {east} AND y BETWEEN {south} AND {north}").expect("written");
    }
    sql + " GROUP BY cell"
}

fn write(rows: &[Entry], path: &Path) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "x,y,ts,cat,hour,light,status,{}", columns().map(|(column, _)| column).join(","))?;
    for number in hilbert_order(rows) {
        let row = &rows[number as usize];
        write!(file, "{},{},{},{},{},{},{}", row.x, row.y, row.happened, row.category, row.hour, row.light, row.status)?;
        for (_, grid) in columns() {
            write!(file, ",{}", cell::number(grid, row))?;
        }
        writeln!(file)?;
    }
    file.flush()
}
