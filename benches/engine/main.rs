//! `make bench`, second part: the engine beside its rivals, on the same places in the same run; the figures of
//! `docs/performance.md`.
//!
//! Every answer of a rival is held against ours, row by row; the run stops at the first difference, before the table is printed.
//! `LYKTA_BENCH_PLACES` asks for another number of places than a million, and
//! `LYKTA_BENCH_PARTS` for some of its parts (`guard,statistics,rivals,curves`).

#![expect(clippy::print_stdout, reason = "the figures are what is asked for")]

mod cell;
mod compare;
mod data;
mod duckdb;
mod guard;
mod harness;
#[path = "../bench/machine.rs"]
mod machine;
mod near;
mod ours;
mod postgres;
mod private;
mod programs;
mod question;
mod statistics;
mod table;
mod tiles;
mod timing;

use std::path::Path;

use ours::Ours;
use table::Table;

fn main() {
    let places = std::env::var("LYKTA_BENCH_PLACES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-engine");
    std::fs::create_dir_all(&folder).expect("a folder");
    println!("{}", machine::describe(&folder));
    let parts = std::env::var("LYKTA_BENCH_PARTS").unwrap_or_else(|_| "guard,statistics,rivals,curves".to_owned());
    let wanted = |part| parts.split(',').any(|other| other == part);
    if wanted("guard") {
        guard::slowest();
        if parts == "guard" {
            return;
        }
    }
    let rows = data::rows(places, false);
    let mut table = Table::default();
    if wanted("statistics") {
        statistics::compare(&rows, &folder, &mut table);
    }
    let floor = wanted("rivals").then(|| near::floor(&rows));
    let index = ours::build(&rows);
    ours::filed(&index, &folder);
    if let Some(floor) = floor {
        println!("\nAn R-tree alone (rstar): built in {:.2} s, {:.1} bytes per place.", floor.build_s, floor.bytes_per_place);
        let ours = Ours::of(&rows, &index);
        ours.near.0.same("rstar", &floor.answers);
        table.compare("nearest 10", "rstar alone", floor.timings.nearest, ours.near.1.nearest, None);
        table.compare("all within 50 m", "rstar alone", floor.timings.within, ours.near.1.within, None);
        drop(floor);
        postgres::compare(&rows, &ours, &mut table);
        duckdb::compare(&rows, &ours, &folder, &mut table);
    }
    table.print();
    if wanted("curves") {
        ours::moving(&index);
        ours::changing(&rows, &index);
        ours::curves_of_cells_and_conditions(&index);
        ours::curve_of_categories(&index);
        drop(index);
        ours::curve_of_places(&rows);
    }
}
