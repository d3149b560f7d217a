//! DuckDB, through `rivals.py`: whole table in memory, stored cells, rows in the order of a Hilbert curve.

use std::fmt::Write;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use lykta::geo::index::Entry;
use serde::Deserialize;

use crate::cell;
use crate::compare::{Answer, same};
use crate::data::hilbert_order;
use crate::ours::Ours;
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
    let told = python(folder).and_then(|python| {
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

/// A Python that can import DuckDB: the machine's own, or one in a folder of its own.
fn python(folder: &Path) -> Result<PathBuf, String> {
    let imports = |python: &Path| Command::new(python).args(["-c", "import duckdb"]).output().is_ok_and(|run| run.status.success());
    let own = PathBuf::from("python3");
    let made = folder.join("duckdb").join("bin").join("python");
    if imports(&own) {
        return Ok(own);
    }
    if !imports(&made) {
        println!("Getting duckdb {VERSION} …");
        succeed(Command::new(&own).args(["-m", "venv"]).arg(folder.join("duckdb")))?;
        succeed(Command::new(&made).args(["-m", "pip", "install", "--quiet", &format!("duckdb=={VERSION}")]))?;
    }
    Ok(made)
}

fn succeed(command: &mut Command) -> Result<Vec<u8>, String> {
    let run = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let told = String::from_utf8_lossy(&run.stderr);
    if run.status.success() { Ok(run.stdout) } else { Err(told.lines().last().unwrap_or("no reason given").to_owned()) }
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
