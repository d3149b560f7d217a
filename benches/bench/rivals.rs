//! The whole server beside its rivals, over the wire, with the same client: the same views of the same reports.

use std::collections::BTreeMap;
use std::time::Duration;

use lykta::domain::codes::Category;
use lykta::geo::grid::Grid;
use lykta::geo::index::Snapshot;
use mvt_reader::Reader;
use serde_json::Value;

use crate::harness::client::Client;
use crate::harness::reports::{KOMMUN, unit};
use crate::harness::server::Server;
use crate::measure::{self, Measured, crowd};
use crate::postgis::Postgis;
use crate::services::Service;

const LONG: Duration = Duration::from_mins(2);
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

    let values = crowd(&theirs, CLIENTS, 320, LONG, |client| ask(client, &View::anywhere().theirs("/values"), "*/*", "identity"));
    let columns = crowd(&server.planner(), CLIENTS, 20_000, LONG, |client| ask(client, &View::anywhere().ours(), COLUMNS, "identity"));
    row("values only, 16 clients, p99", "PostGIS, stored cell, behind axum", 0.99, &values, &columns, 400.0);

    let geojson = "application/geo+json";
    let one = crowd(&theirs, 1, 40, LONG, |client| ask(client, &View::anywhere().theirs("/geojson"), "*/*", "zstd"));
    let cold = crowd(&server.planner(), 1, 1_000, LONG, |client| ask(client, &View::anywhere().ours(), geojson, "zstd"));
    row("GeoJSON + zstd, 1 client, each view new, p50", "GeoJSON by PostGIS, behind axum", 0.5, &one, &cold, 70.0);
    let view = View::anywhere();
    let again = crowd(&server.planner(), 1, 10_000, LONG, |client| ask(client, &view.ours(), geojson, "zstd"));
    row("the same view again, p50", "GeoJSON by PostGIS, behind axum", 0.5, &one, &again, 2_000.0);
    features(server, &rival, index.len());
    tiles(server, &rival);
}

/// Pages of features: a thousand in a box, and a thousand from the middle of all.
fn features(server: &Server, rival: &Postgis, total: usize) {
    let services = [
        (Service::pygeoapi(&rival.url), "/collections/points/items?f=json"),
        (Service::tipg(&rival.url), "/collections/public.points/items?f=geojson"),
    ];
    let goals = [400.0, 300.0];
    let ours = |client: &mut Client| ask(client, &measure::page_in_a_box(0), "*/*", "identity");
    let boxed = crowd(&server.planner(), 1, 2_000, LONG, ours);
    let deep = crowd(&server.planner(), 1, 2_000, LONG, |client| ask(client, &measure::deep_page(0), "*/*", "identity"));
    for (service, path) in services {
        let service = match service {
            Ok(service) => service,
            Err(why) => {
                println!("| everything | **ABSENT**: {why} | – | – | – | – | – |");
                continue;
            }
        };
        for _ in 0..5 {
            let bbox = measure::bbox();
            let matched = |answer: &Value| answer["numberMatched"].as_u64().expect("a number");
            let mine = server.planner().get(&format!("{}{bbox}", measure::ITEMS)).expect("an answer").json();
            let other = service.client().get(&format!("{path}&limit=1000&bbox={bbox}")).expect("an answer").json();
            assert!(matched(&mine) == matched(&other) && matched(&mine) > 1_000, "{} finds other reports", service.name);
            assert!(other["features"].as_array().map(Vec::len) == Some(1_000), "{}: not a page", service.name);
        }
        let theirs = crowd(&service.client(), 1, 30, LONG, |client| {
            ask(client, &format!("{path}&limit=1000&bbox={}", measure::bbox()), "*/*", "identity");
        });
        row("OGC items, 1,000 in a box, 1 client, p50", &service.name, 0.5, &theirs, &boxed, goals[0]);
        let offset = total / 2;
        let theirs =
            crowd(&service.client(), 1, 30, LONG, |client| ask(client, &format!("{path}&limit=1000&offset={offset}"), "*/*", "identity"));
        row("OGC items, 1,000 from the middle of all, 1 client, p50", &service.name, 0.5, &theirs, &deep, goals[1]);
    }
}

/// The largest tile of points over the town, asked for again and again in gzip.
fn tiles(server: &Server, rival: &Postgis) {
    let martin = match Service::martin(&rival.url) {
        Ok(martin) => martin,
        Err(why) => return println!("| cached tile in gzip | **Martin: ABSENT**, {why} | – | – | – | – | – |"),
    };
    let gzip = [("accept-encoding", "gzip")];
    let sized = |client: &mut Client, path: &str, headers: &[(&str, &str)]| {
        let answer = client.send("GET", path, headers, b"").expect("an answer");
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    };
    let mut planner = server.planner();
    // The tiles of zoom 14 around the middle of the town.
    let (x, y) = (8_865, 5_029);
    let names = (x - 4..=x + 4).flat_map(|x| (y - 4..=y + 4).map(move |y| format!("14/{x}/{y}")));
    let ours = |name: &str| format!("/tiles/reports/{name}.mvt?municipality={KOMMUN}");
    let points = |tile: Vec<u8>| Reader::new(tile).expect("a tile").get_features(0).expect("features");
    // More than ten thousand points are summed; only tiles of points are alike.
    let pointed = |tile: &[u8]| {
        !tile.is_empty()
            && points(tile.to_vec()).iter().all(|one| one.properties.as_ref().is_some_and(|said| said.contains_key("category")))
    };
    let sizes = names.map(|name| (sized(&mut planner, &ours(&name), &[]), name)).filter(|(tile, _)| pointed(tile));
    let Some((tile, name)) = sizes.max_by_key(|(tile, _)| tile.len()) else { return println!("no tile of points over the town") };
    let theirs = format!("/points/{name}");
    let other = sized(&mut martin.client(), &theirs, &[]);
    let (mine, others) = (points(tile.clone()).len(), points(other.clone()).len());
    println!("Tile {name}: {mine} points, {} KB; Martin {others} with its buffer, {} KB.", tile.len() >> 10, other.len() >> 10);
    assert!(others >= mine && mine > 0, "Martin has fewer points");
    let asked = |client: &Client, path: &str, times| crowd(client, 8, times, LONG, |client| drop(sized(client, path, &gzip)));
    let (theirs, ours) = (asked(&martin.client(), &theirs, 200), asked(&planner, &ours(&name), 20_000));
    let rate = |(figures, wall): &Measured| figures.len() as f64 / wall.as_secs_f64();
    let ratio = rate(&ours) / rate(&theirs);
    println!(
        "| a tile of {} KB again and again, gzip, 8 clients | {} | {:.0}/s | {:.0}/s | {ratio:.0}× | 100× | {} |",
        tile.len() >> 10,
        martin.name,
        rate(&theirs),
        rate(&ours),
        if ratio >= 100.0 { "yes" } else { "no" }
    );
}
