//! `lykta analyse gi-star`: a grid's counts in, its hotspots out.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::super::{Failure, say_error};
use crate::analysis::hotspots::{Hotspots, PERMUTATIONS, hotspots};
use crate::analysis::neighbours::{Neighbours, Rule};
use crate::geo::grid::{CellKey, Grid, SquareSize};

/// The most a file may hold.
struct Limits {
    cells: usize,
    bytes: u64,
}

const LIMITS: Limits = Limits { cells: 2_000_000, bytes: 512 << 20 };

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// CSV with the columns col, row, count (and x, y for --band), one row for each cell of the study area, empty ones too;
    /// other columns are not read
    #[arg(value_name = "GRID.csv")]
    file: PathBuf,
    /// Cells whose x, y are at most so far apart are neighbours [default: cells that touch, at a corner too]
    #[arg(long, value_name = "METRES")]
    band: Option<f64>,
    #[arg(long, value_name = "R", help = format!("Adds p_permutation, p_folded, q_permutation, class from R conditional permutations; {PERMUTATIONS} for a large grid"))]
    permutations: Option<u32>,
    /// Draws the permutations; the same seed gives the same
    #[arg(long, requires = "permutations", default_value_t = 1)]
    seed: u64,
}

/// Reads, computes, prints.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| format!("{name}: {error}"))?;
    let cells = read(file, arguments.band.is_some(), &LIMITS).map_err(|error| format!("{name}: {error}"))?;
    let found = analyse(&cells, arguments)?;
    match io::stdout().lock().write_all(write(&cells, &found).as_bytes()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    say_error(&told(&found));
    Ok(())
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq)]
struct Cell {
    column: i32,
    row: i32,
    count: u32,
    /// Metres, where they are asked for.
    place: (f64, f64),
}

/// Every row, or the first that does not read, by its line.
fn read(file: impl Read, with_places: bool, limits: &Limits) -> Result<Vec<Cell>, Failure> {
    let mut bounded = file.take(limits.bytes + 1);
    let cells = rows(&mut bounded, with_places, limits.cells);
    if bounded.limit() == 0 {
        return Err(format!("larger than {} bytes", limits.bytes).into());
    }
    let cells = cells?;
    no_twins(&cells)?;
    Ok(cells)
}

fn rows(file: impl Read, with_places: bool, most: usize) -> Result<Vec<Cell>, Failure> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        let mut places = headers.iter().enumerate().filter(|(_, header)| header.trim_start_matches('\u{feff}') == name);
        match (places.next(), places.next()) {
            (Some((at, _)), None) => Ok(at),
            (None, _) => Err(format!("there is no column {name}")),
            _ => Err(format!("there are two columns {name}")),
        }
    };
    let (at_column, at_row, at_count) = (column("col")?, column("row")?, column("count")?);
    let at_place = if with_places { Some((column("x")?, column("y")?)) } else { None };
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        if cells.len() == most {
            return Err(format!("line {line}: more than {most} cells").into());
        }
        let text = |at: usize| record.get(at).unwrap_or_default();
        let wrong = |at: usize, what: &str| format!("line {line}: {} {:?} is not {what}", &headers[at], text(at));
        let index = |at: usize| text(at).parse::<i32>().map_err(|_| wrong(at, "a whole number"));
        let metres = |at: usize| text(at).parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| wrong(at, "a number"));
        cells.push(Cell {
            column: index(at_column)?,
            row: index(at_row)?,
            count: text(at_count).parse().map_err(|_| wrong(at_count, "a count"))?,
            place: at_place.map_or(Ok((0.0, 0.0)), |(x, y)| metres(x).and_then(|x| Ok((x, metres(y)?))))?,
        });
    }
    Ok(cells)
}

/// A cell that stands twice would count twice.
fn no_twins(cells: &[Cell]) -> Result<(), Failure> {
    let order = in_order(cells);
    let twins = order.windows(2).find(|pair| key(&cells[pair[0]]) == key(&cells[pair[1]]));
    twins.map_or(Ok(()), |pair| {
        let Cell { column, row, .. } = cells[pair[0]];
        Err(format!("cells {} and {} are both col {column}, row {row}", pair[0] + 1, pair[1] + 1).into())
    })
}

fn key(cell: &Cell) -> CellKey {
    CellKey::pack(cell.column, cell.row)
}

/// The numbers of the cells, in order of their keys.
fn in_order(cells: &[Cell]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by_key(|&at| key(&cells[at]));
    order
}

/// The hotspots, in order of key.
fn analyse(cells: &[Cell], arguments: &Arguments) -> Result<Hotspots, Failure> {
    let order = in_order(cells);
    let counts: Vec<u32> = order.iter().map(|&at| cells[at].count).collect();
    let neighbours = if let Some(band) = arguments.band {
        Neighbours::within(&order.iter().map(|&at| cells[at].place).collect::<Vec<_>>(), band)?
    } else {
        // Squares of any size touch alike.
        let keys: Vec<CellKey> = order.iter().map(|&at| key(&cells[at])).collect();
        Neighbours::contiguous(Grid::Square(SquareSize::M1000), &keys, 1)?
    };
    if arguments.permutations == Some(0) {
        return Err("no permutations: leave --permutations out".into());
    }
    Ok(hotspots(&counts, &neighbours, arguments.permutations.unwrap_or(0), arguments.seed)?)
}

/// The answer as CSV, in the order of the file. What is not defined is empty.
fn write(cells: &[Cell], found: &Hotspots) -> String {
    let mut text = String::from("col,row,count,gi_star,p,q");
    if found.permuted.is_some() {
        text.push_str(",p_permutation,p_folded,q_permutation,class");
    }
    text.push('\n');
    let mut place_of = vec![0; cells.len()];
    for (place, at) in in_order(cells).into_iter().enumerate() {
        place_of[at] = place;
    }
    for (cell, at) in cells.iter().zip(place_of) {
        let numbers = [&found.z, &found.p_analytic, &found.q_analytic].into_iter();
        let more = found.permuted.iter().flat_map(|permuted| [&permuted.p, &permuted.p_folded, &permuted.q]);
        // Writing to a String cannot fail.
        let _ = write!(text, "{},{},{}", cell.column, cell.row, cell.count);
        for number in numbers.chain(more).map(|column| column[at]) {
            text.push(',');
            let _ = number.map_or(Ok(()), |number| write!(text, "{number}"));
        }
        if found.permuted.is_some() {
            text.push(',');
            let _ = found.class[at].map_or(Ok(()), |class| write!(text, "{class}"));
        }
        text.push('\n');
    }
    text
}

/// What the figures follow from, in a line.
fn told(found: &Hotspots) -> String {
    let rule = match found.rule {
        Rule::Rings(_) => "queen contiguity".to_owned(),
        Rule::Band(metres) => format!("within {metres} m"),
    };
    let permuted =
        found.permuted.as_ref().map_or_else(String::new, |made| format!(", {} permutations of seed {}", made.permutations, made.seed));
    format!("{}: {} cells, mean {}, population sd {}, {rule}{permuted}", found.method, found.n, found.mean, found.sd)
}

#[cfg(test)]
#[path = "gi_star_tests.rs"]
mod tests;
