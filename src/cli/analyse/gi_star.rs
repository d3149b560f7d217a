//! `lykta analyse gi-star`: a grid's counts in, its hotspots out.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::super::{Failure, say_error};
use super::column;
use crate::analysis::hotspots::{Hotspots, PERMUTATIONS, hotspots};
use crate::analysis::neighbours::{Neighbours, Rule};
use crate::geo::grid::{CellKey, Grid, HexSize, SquareSize};
use crate::geo::sweref::MetricCrs;

/// The most a file may hold.
struct Limits {
    cells: usize,
    bytes: u64,
}

const LIMITS: Limits = Limits { cells: 2_000_000, bytes: 512 << 20 };

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// CSV with the columns col, row, count (of H3 cell, count; and x, y for --band), one row for each cell of the study area, empty ones
    /// too; other columns are not read
    #[arg(value_name = "GRID.csv")]
    file: PathBuf,
    /// The shape of the cells: squares, hexagons as ST_HexagonGrid numbers them, or H3
    #[arg(long, value_enum, default_value_t = Shape::Square)]
    grid: Shape,
    /// Cells at most so many steps apart are neighbours; a step crosses an edge, of squares also a corner
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    rings: u8,
    /// Cells whose x, y are at most so far apart are neighbours, whatever their shape
    #[arg(long, value_name = "METRES", conflicts_with = "rings")]
    band: Option<f64>,
    #[arg(long, value_name = "R", help = format!("Adds p_permutation, p_folded, q_permutation, class from R conditional permutations; {PERMUTATIONS} for a large grid"))]
    permutations: Option<u32>,
    /// Draws the permutations; the same seed gives the same
    #[arg(long, requires = "permutations", default_value_t = 1)]
    seed: u64,
}

/// The shape of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shape {
    Square,
    Hex,
    H3,
}

/// Reads, computes, prints.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| format!("{name}: {error}"))?;
    let (grid, cells) = read(file, arguments, &LIMITS).map_err(|error| format!("{name}: {error}"))?;
    let found = analyse(grid, &cells, arguments)?;
    match io::stdout().lock().write_all(write(grid, &cells, &found).as_bytes()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    say_error(&told(grid, &found));
    Ok(())
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq)]
struct Cell {
    key: CellKey,
    count: u32,
    /// Metres, where they are asked for.
    place: (f64, f64),
}

/// Every row and the grid they are of, or the first that does not read, by its line.
fn read(file: impl Read, arguments: &Arguments, limits: &Limits) -> Result<(Grid, Vec<Cell>), Failure> {
    let mut bounded = file.take(limits.bytes + 1);
    let cells = rows(&mut bounded, arguments, limits.cells);
    if bounded.limit() == 0 {
        return Err(format!("larger than {} bytes", limits.bytes).into());
    }
    let (grid, cells) = cells?;
    no_twins(grid, &cells)?;
    Ok((grid, cells))
}

fn rows(file: impl Read, arguments: &Arguments, most: usize) -> Result<(Grid, Vec<Cell>), Failure> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let headers = reader.headers()?.clone();
    let column = |name| column(&headers, name);
    let at_key = match arguments.grid {
        Shape::Square | Shape::Hex => [column("col")?, column("row")?],
        Shape::H3 => [column("cell")?; 2],
    };
    let at_count = column("count")?;
    let at_place = if arguments.band.is_some() { Some((column("x")?, column("y")?)) } else { None };
    // Squares and hexagons of any size touch alike; the resolution of H3 is that of the first cell.
    let mut grid = match arguments.grid {
        Shape::Square => Some(Grid::Square(SquareSize::M1000)),
        Shape::Hex => Some(Grid::Hex(HexSize::M100)),
        Shape::H3 => None,
    };
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
        let key = if arguments.grid == Shape::H3 {
            let named = |grid: &Grid| grid.parse_id(text(at_key[0]), MetricCrs::Sweref99Tm);
            grid = grid.or_else(|| (7..=11).filter_map(Grid::h3).find(|grid| named(grid).is_some()));
            grid.as_ref().and_then(named).ok_or_else(|| wrong(at_key[0], "an H3 cell of resolution 7 to 11, the same as those before"))?
        } else {
            CellKey::pack(index(at_key[0])?, index(at_key[1])?)
        };
        cells.push(Cell {
            key,
            count: text(at_count).parse().map_err(|_| wrong(at_count, "a count"))?,
            place: at_place.map_or(Ok((0.0, 0.0)), |(x, y)| metres(x).and_then(|x| Ok((x, metres(y)?))))?,
        });
    }
    Ok((grid.unwrap_or(Grid::Square(SquareSize::M1000)), cells))
}

/// A cell that stands twice would count twice.
fn no_twins(grid: Grid, cells: &[Cell]) -> Result<(), Failure> {
    let order = in_order(cells);
    let twins = order.windows(2).find(|pair| cells[pair[0]].key == cells[pair[1]].key);
    twins.map_or(Ok(()), |pair| {
        let name = match grid.column_and_row(cells[pair[0]].key) {
            Some((column, row)) => format!("col {column}, row {row}"),
            None => grid.id(cells[pair[0]].key, MetricCrs::Sweref99Tm),
        };
        Err(format!("cells {} and {} are both {name}", pair[0] + 1, pair[1] + 1).into())
    })
}

/// The numbers of the cells, in order of their keys.
fn in_order(cells: &[Cell]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by_key(|&at| cells[at].key);
    order
}

/// The hotspots, in order of key.
fn analyse(grid: Grid, cells: &[Cell], arguments: &Arguments) -> Result<Hotspots, Failure> {
    let order = in_order(cells);
    let counts: Vec<u32> = order.iter().map(|&at| cells[at].count).collect();
    let neighbours = if let Some(band) = arguments.band {
        Neighbours::within(&order.iter().map(|&at| cells[at].place).collect::<Vec<_>>(), band)?
    } else {
        Neighbours::contiguous(grid, &order.iter().map(|&at| cells[at].key).collect::<Vec<_>>(), arguments.rings)?
    };
    if arguments.permutations == Some(0) {
        return Err("no permutations: leave --permutations out".into());
    }
    Ok(hotspots(&counts, &neighbours, arguments.permutations.unwrap_or(0), arguments.seed)?)
}

/// The answer as CSV, in the order of the file. What is not defined is empty.
fn write(grid: Grid, cells: &[Cell], found: &Hotspots) -> String {
    let mut text = String::from(if let Grid::H3(_) = grid { "cell" } else { "col,row" });
    text.push_str(",count,gi_star,p,q");
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
        let _ = match grid.column_and_row(cell.key) {
            Some((column, row)) => write!(text, "{column},{row},{}", cell.count),
            None => write!(text, "{},{}", grid.id(cell.key, MetricCrs::Sweref99Tm), cell.count),
        };
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
fn told(grid: Grid, found: &Hotspots) -> String {
    let rule = match (found.rule, grid) {
        (Rule::Rings(1), Grid::Square(_)) => "queen contiguity".to_owned(),
        (Rule::Rings(1), _) => "cells that touch".to_owned(),
        (Rule::Rings(rings), _) => format!("within {rings} rings"),
        (Rule::Band(metres), _) => format!("within {metres} m"),
    };
    let permuted =
        found.permuted.as_ref().map_or_else(String::new, |made| format!(", {} permutations of seed {}", made.permutations, made.seed));
    format!("{}: {} cells, mean {}, population sd {}, {rule}{permuted}", found.method, found.n, found.mean, found.sd)
}

#[cfg(test)]
#[path = "gi_star_tests.rs"]
mod tests;
