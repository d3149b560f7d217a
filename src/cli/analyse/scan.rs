//! `lykta analyse scan`: the cases of cells and what is expected in them in, clusters out.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::super::{Failure, say_error};
use super::column;
use crate::analysis::scan::{MAX_CELLS, METHOD, Parameters, Scan, scan};

/// The most bytes a file may hold.
const MAX_BYTES: u64 = 64 << 20;

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// CSV with the columns x, y (metres), cases, expected (residents, or cases of a control group, in any unit), one row for each cell;
    /// other columns are not read
    #[arg(value_name = "CELLS.csv")]
    file: PathBuf,
    /// The greatest share of all that is expected in one circle
    #[arg(long, value_name = "SHARE", default_value_t = Parameters::default().max_share)]
    radius_share: f64,
    /// The greatest radius
    #[arg(long, value_name = "METRES", default_value_t = Parameters::default().max_radius_m)]
    max_radius_m: f64,
    /// Simulations that p is held against
    #[arg(long, value_name = "R", default_value_t = Parameters::default().permutations)]
    permutations: u32,
    /// Draws the simulations; the same seed gives the same
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Reads, computes, prints.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| format!("{name}: {error}"))?;
    let cells = read(file, MAX_BYTES).map_err(|error| format!("{name}: {error}"))?;
    let found = analyse(&cells, arguments)?;
    match io::stdout().lock().write_all(write(&cells, &found).as_bytes()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    let Arguments { radius_share, max_radius_m, permutations, seed, .. } = arguments;
    say_error(&format!(
        "{METHOD}: {} cases in {} cells, {} circles of at most {max_radius_m} m and a share of {radius_share}, {permutations} permutations of seed {seed}",
        found.cases,
        cells.cases.len(),
        found.zones
    ));
    Ok(())
}

/// The columns of the file.
#[derive(Debug, Default)]
struct Cells {
    places: Vec<[f64; 2]>,
    cases: Vec<u32>,
    expected: Vec<f64>,
}

/// Every row, or the first that does not read, by its line.
fn read(file: impl Read, most: u64) -> Result<Cells, Failure> {
    let mut bounded = file.take(most + 1);
    let cells = rows(&mut bounded);
    if bounded.limit() == 0 {
        return Err(format!("larger than {most} bytes").into());
    }
    cells
}

fn rows(file: impl Read) -> Result<Cells, Failure> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let headers = reader.headers()?.clone();
    let [x, y, cases, expected] =
        [column(&headers, "x")?, column(&headers, "y")?, column(&headers, "cases")?, column(&headers, "expected")?];
    let mut cells = Cells::default();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        if cells.cases.len() == MAX_CELLS {
            return Err(format!("line {line}: more than {MAX_CELLS} cells").into());
        }
        let text = |at: usize| record.get(at).unwrap_or_default();
        let wrong = |at: usize, what: &str| format!("line {line}: {} {:?} is not {what}", &headers[at], text(at));
        let number = |at: usize| text(at).parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| wrong(at, "a number"));
        cells.places.push([number(x)?, number(y)?]);
        cells.cases.push(text(cases).parse().map_err(|_| wrong(cases, "a count"))?);
        cells.expected.push(number(expected)?);
    }
    Ok(cells)
}

fn analyse(cells: &Cells, arguments: &Arguments) -> Result<Scan, Failure> {
    let Arguments { radius_share, max_radius_m, permutations, seed, .. } = *arguments;
    let parameters = Parameters { max_share: radius_share, max_radius_m, permutations, seed, ..Parameters::default() };
    Ok(scan(&cells.places, &cells.cases, &cells.expected, &parameters)?)
}

/// The clusters as CSV, the most likely first. What is not defined is empty.
fn write(cells: &Cells, found: &Scan) -> String {
    let mut text = String::from("rank,x,y,radius_m,cells,cases,expected,relative_risk,llr,p,p_gumbel\n");
    let shown = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    for (at, cluster) in found.clusters.iter().enumerate() {
        let [x, y] = cells.places[cluster.centre];
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{},{x},{y},{},{},{},{},{},{},{},{}",
            at + 1,
            cluster.radius_m,
            cluster.cells.len(),
            cluster.observed,
            cluster.expected,
            shown(cluster.relative_risk),
            cluster.llr,
            cluster.p,
            shown(cluster.p_gumbel),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Result<String, String> {
        let arguments = Arguments { file: PathBuf::new(), radius_share: 0.5, max_radius_m: 5_000.0, permutations: 999, seed: 1 };
        let cells = read(text.as_bytes(), MAX_BYTES).map_err(|error| error.to_string())?;
        analyse(&cells, &arguments).map(|found| write(&cells, &found)).map_err(|error| error.to_string())
    }

    /// The brute force in NumPy found the same first cluster in the made-up cells.
    #[test]
    fn made_up_cells_come_out_as_the_reference_has_them() {
        let file = include_str!("../../../tests/reference/scan/made_up.csv");
        let rows = file.lines().skip(2).map(|row| row.split(',').take(4).collect::<Vec<_>>().join(","));
        let file = std::iter::once("x,y,expected,cases".to_owned()).chain(rows).collect::<Vec<_>>().join("\n");
        let made = answer(&file).expect("clusters");
        let key = include_str!("../../../tests/reference/scan/clusters.csv");
        let first: Vec<&str> = key.lines().find(|row| row.starts_with("made_up,0.5,5000,")).expect("a cluster").split(',').collect();
        let row: Vec<&str> = made.lines().nth(1).expect("a cluster").split(',').collect();
        let number = |text: &str| text.parse::<f64>().expect("a number");
        assert_eq!((row[0], row[4], number(row[5])), ("1", first[8].split(' ').count().to_string().as_str(), number(first[3])));
        assert!((number(row[6]) - number(first[4])).abs() < 1.0e-9 && (number(row[8]) - number(first[5])).abs() < 1.0e-9, "{row:?}");
    }

    #[test]
    fn what_does_not_read_is_named_by_its_line() {
        for (text, message) in [
            ("", "there is no column x"),
            ("x,y,cases\n", "there is no column expected"),
            ("x,y,cases,expected\n0,0,1,1\n0,b,1,1\n", "line 3: y \"b\" is not a number"),
            ("x,y,cases,expected\n0,0,-1,1\n", "line 2: cases \"-1\" is not a count"),
            ("x,y,cases,expected\n0,0,1,inf\n", "line 2: expected \"inf\" is not a number"),
            ("x,y,cases,expected\n0,0,1,0\n", "cell 0 has cases but none are expected"),
            ("x,y,cases,expected\n", "0 cases; there must be from 1 to 5000000"),
        ] {
            assert_eq!(answer(text), Err(message.to_owned()));
        }
        assert!(read("x,y,cases,expected\n0,0,1,1\n".as_bytes(), 20).is_err_and(|error| error.to_string() == "larger than 20 bytes"));
    }
}
