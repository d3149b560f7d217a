//! The whole server beside its rivals, over the wire, with the same client: the same views of the same reports.

use std::collections::BTreeMap;
use std::time::Duration;

use lykta::domain::codes::Category;
use lykta::geo::grid::Grid;
use lykta::geo::index::Snapshot;
use serde_json::Value;

use crate::harness::client::Client;
use crate::harness::reports::{KOMMUN, unit};
use crate::harness::server::Server;
use crate::measure::{self, Measured, crowd};
use crate::postgis::Postgis;

const CLIENTS: usize = 16;
const COLUMNS: &str = "application/vnd.lykta.columns+json";
/// How much wider the rival looks, so that it has the whole of each cell in the view: degrees of more than 125 m.
const AROUND: [f64; 2] = [0.0045, 0.0025];

/// A window of 6 × 4 km over the town, some 1,500 squares of 125 m, and where it lies.
struct View([f64; 4]);

impl View {
    fn anywhere() -> Self {
        let (west, south) = (14.757 + (unit() - 0.5) * 0.02, 56.860 + (unit() - 0.5) * 0.01);
        Self([west, south, west + 0.0985, south + 0.0359])
    }

    fn ours(&self) -> String {
        let [west, south, east, north] = self.0;
        format!(
            "/api/v1/heatmap?municipality={KOMMUN}&grid=square&size_m=125&view={west:.6},{south:.6},{east:.6},{north:.6}{}",
            measure::FILTER
        )
    }

    fn theirs(&self, path: &str) -> String {
        let [west, south, east, north] = self.0;
        let (x, y) = (AROUND[0], AROUND[1]);
        let at = |time: &str| time.parse::<jiff::Timestamp>().expect("a time").as_microsecond();
        // Midnight in Sweden, in summer.
        let (from, to) = (at("2025-05-31T22:00:00Z"), at("2026-05-31T22:00:00Z"));
        let categories = [Category::Dark, Category::UnsafeCrossing, Category::LitterDecay].map(|category| category.index().to_string());
        format!("{path}?{},{},{},{};{from};{to};{}", west - x, south - y, east + x, north + y, categories.join(","))
    }

    fn holds(&self, ring: &Value) -> bool {
        let [west, south, east, north] = self.0;
        let at = |axis: usize| ring[0][axis].as_f64().expect("a number");
        (west..east).contains(&at(0)) && (south..north).contains(&at(1))
    }

    /// Cells with a corner in the view, and what is counted in them.
    fn counts(&self, collection: &Value) -> BTreeMap<String, u64> {
        let features = collection["features"].as_array().expect("features").iter();
        let inside = features.filter(|feature| self.holds(&feature["geometry"]["coordinates"][0]));
        let told = inside.map(|feature| &feature["properties"]);
        told.map(|told| (told["cell"].as_str().expect("a cell").to_owned(), told["count"].as_u64().expect("a count"))).collect()
    }
}

/// Asks, and takes a whole answer.
fn ask(client: &mut Client, path: &str, accept: &str, encoding: &str) {
    let answer = client.send("GET", path, &[("accept", accept), ("accept-encoding", encoding)], b"").expect("an answer");
    assert!(answer.status == 200 && answer.body.len() > 500, "{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
}

fn row(work: &str, rival: &str, share: f64, theirs: &Measured, ours: &Measured, goal: f64) {
    let ms = |(figures, _): &Measured, share| figures.percentile(share).as_secs_f64() * 1e3;
    let rate = |(figures, wall): &Measured| figures.len() as f64 / wall.as_secs_f64();
    let ratio = ms(theirs, share) / ms(ours, share);
    println!(
        "| {work} | {rival} | {:.1} / {:.1}; {:.0}/s | {:.2} / {:.2}; {:.0}/s | {ratio:.0}× | {goal:.0}× | {} |",
        ms(theirs, 0.5),
        ms(theirs, 0.99),
        rate(theirs),
        ms(ours, 0.5),
        ms(ours, 0.99),
        rate(ours),
        if ratio >= goal { "yes" } else { "no" }
    );
}

/// Prints the comparisons, after both have answered alike.
pub(crate) fn compare(server: &Server, index: &Snapshot) {
    let grid = Grid::square(125.0).expect("offered");
    println!("\nFilling PostgreSQL …");
    let rival = match Postgis::start(index, grid) {
        Ok(rival) => rival,
        Err(why) => return println!("ABSENT: the server is not compared with PostGIS: {why}"),
    };
    let theirs = Client::new(rival.address);
    println!("{}.", rival.version);
    let mut cells = 0;
    for _ in 0..20 {
        let view = View::anywhere();
        let ours = view.counts(&server.planner().get(&view.ours()).expect("an answer").json());
        let answer = theirs.clone().send("GET", &view.theirs("/geojson"), &[], b"").expect("an answer");
        let body = zstd::decode_all(answer.body.as_slice()).expect("zstd");
        let rival = view.counts(&serde_json::from_slice(&body).expect("JSON"));
        assert!(ours == rival && !ours.is_empty(), "PostGIS counts otherwise: {} cells, ours {}", rival.len(), ours.len());
        cells += ours.len();
    }
    println!("Equal to PostGIS: 20 views, {cells} cells.");
    println!(
        "\n| work | rival | rival, p50 / p99 ms; rate | ours, p50 / p99 ms; rate | ratio | goal | met |\n|---|---|---|---|---|---|---|"
    );

    let long = Duration::from_mins(2);
    let values = crowd(&theirs, CLIENTS, 320, long, |client| ask(client, &View::anywhere().theirs("/values"), "*/*", "identity"));
    let columns = crowd(&server.planner(), CLIENTS, 20_000, long, |client| ask(client, &View::anywhere().ours(), COLUMNS, "identity"));
    row("values only, 16 clients, p99", "PostGIS, stored cell, behind axum", 0.99, &values, &columns, 400.0);

    let geojson = "application/geo+json";
    let one = crowd(&theirs, 1, 40, long, |client| ask(client, &View::anywhere().theirs("/geojson"), "*/*", "zstd"));
    let cold = crowd(&server.planner(), 1, 1_000, long, |client| ask(client, &View::anywhere().ours(), geojson, "zstd"));
    row("GeoJSON + zstd, 1 client, each view new, p50", "GeoJSON by PostGIS, behind axum", 0.5, &one, &cold, 70.0);
    let view = View::anywhere();
    let again = crowd(&server.planner(), 1, 10_000, long, |client| ask(client, &view.ours(), geojson, "zstd"));
    row("the same view again, p50", "GeoJSON by PostGIS, behind axum", 0.5, &one, &again, 2_000.0);
}
