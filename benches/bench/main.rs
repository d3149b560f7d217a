//! `make bench`: one kommun with a million synthetic reports, the real program in its release build, and the figures of
//! `docs/performance.md`.
//!
//! The database is filled once and kept in `target/tmp`; each run works on a copy. `LYKTA_BENCH_REPORTS` asks for another size, and
//! `LYKTA_BENCH_TIMES` for so many times the reports, of which only the start is measured.

#![expect(clippy::print_stdout, reason = "the figures are what is asked for")]
#![expect(dead_code, reason = "the harness is shared with the stress tests, which use all of it")]
#![expect(clippy::format_push_string, reason = "building a request head is not what is measured")]

#[path = "../../tests/stress/harness/mod.rs"]
mod harness;

#[path = "../engine/cell.rs"]
mod cell;
mod data;
mod machine;
mod measure;
mod postgis;
#[path = "../engine/private.rs"]
mod private;
mod rivals;
mod services;

use std::time::{Duration, Instant};

use harness::figures::Figures;
use harness::server::{Server, check, copy};

fn row(what: &str, figures: &str) {
    println!("| {what} | {figures} |");
}

fn timed(what: &str, figures: &Figures, wall: Duration) {
    let ms = |share| figures.percentile(share).as_secs_f64() * 1e3;
    let rate = figures.len() as f64 / wall.as_secs_f64();
    row(what, &format!("{:.2} | {:.2} | {:.2} | {rate:.0}", ms(0.5), ms(0.99), ms(1.0)));
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

fn main() {
    let reports = number("LYKTA_BENCH_REPORTS").unwrap_or(1_000_000);
    let times = number("LYKTA_BENCH_TIMES");
    let source = data::filled(reports);
    let folder = source.with_extension("run");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    copy(&source, &folder);
    if let Some(times) = times {
        data::multiply(&folder, times);
    }

    println!("{}", machine::describe(&folder));
    println!("\n| what | figure |\n|---|---|");
    // The index file of whoever ran before must not help.
    let _ = std::fs::remove_dir_all(folder.join("lykta.index"));
    let started = Instant::now();
    let index = measure::index(&folder);
    row("reports in the kommun", &index.len().to_string());
    row("index from the database, and its file", &format!("{:.2} s", started.elapsed().as_secs_f64()));
    let direct = times.is_none().then(|| measure::similar_on(&index));
    let started = Instant::now();
    let server = Server::start(&folder);
    row("time to ready, with the index file", &format!("{:.2} s", started.elapsed().as_secs_f64()));
    let (now, highest) = server.memory();
    row("resident memory when ready (highest while loading)", &format!("{} MiB ({} MiB)", now >> 20, highest >> 20));

    let Some(direct) = direct else {
        server.stop();
        std::fs::remove_dir_all(&folder).expect("removed");
        return;
    };

    println!("\n| what | p50 ms | p99 ms | max ms | per second |\n|---|---|---|---|---|");
    timed("similar, on the index, 1 thread", &direct.0, direct.1);
    let (figures, wall) = measure::details(&server, 2_000);
    timed("`GET /reports/{id}` with similar, 1 client", &figures, wall);
    for (name, clients, requests, filter) in [
        ("city view 6×4 km, 250 m, 3 categories and 1 year, 1 client", 1, 100, measure::FILTER),
        ("city view 6×4 km, 250 m, no filter, 1 client", 1, 100, ""),
        ("city view 6×4 km, 250 m, 3 categories and 1 year, 16 clients", 16, 800, measure::FILTER),
        ("city view 6×4 km, 250 m, no filter, 16 clients", 16, 800, ""),
    ] {
        let (figures, wall) = measure::heatmaps(&server, clients, requests, |turn| measure::city_view(turn, filter));
        timed(&format!("heatmap, {name}"), &figures, wall);
    }
    let (figures, wall) = measure::heatmaps(&server, 1, 50, measure::whole_kommun);
    timed("heatmap, whole kommun, 250 m, 1 client", &figures, wall);
    for clients in [1, 16] {
        let (figures, wall) = measure::heatmaps(&server, clients, 400 * clients, measure::page_in_a_box);
        timed(
            &format!("OGC items, 1,000 reports in a box of 6×4 km, {clients} client{}", if clients == 1 { "" } else { "s" }),
            &figures,
            wall,
        );
    }
    let (figures, wall) = measure::heatmaps(&server, 1, 400, measure::deep_page);
    timed("OGC items, 1,000 reports, a page in the middle of all, 1 client", &figures, wall);
    rivals::compare(&server, &index);
    drop(index);
    println!("\n| what | p50 ms | p99 ms | max ms | per second |\n|---|---|---|---|---|");
    for clients in [1, 32] {
        let (figures, wall) = measure::posts(&server, clients, Duration::from_secs(10));
        timed(&format!("`POST /reports`, {clients} client{}", if clients == 1 { "" } else { "s" }), &figures, wall);
    }
    let (posts, views) = measure::both(&server, Duration::from_secs(10));
    timed("`POST /reports`, 8 clients, while 4 look at city views", &posts.0, posts.1);
    timed("heatmap, city view, 4 clients, while 8 report", &views.0, views.1);
    println!("\nResident memory at the end: {} MiB.", server.memory().0 >> 20);
    server.stop();
    assert!(check(&folder).0, "the store is sound afterwards");
    std::fs::remove_dir_all(&folder).expect("removed");
}
