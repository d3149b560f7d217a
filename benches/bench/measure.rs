//! The questions that are timed.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use lykta::app::query::ReportQuery;
use lykta::domain::codes::Category;
use lykta::domain::ids::MunicipalityCode;
use lykta::geo::grid::{Grid, SquareSize};
use lykta::geo::index::Snapshot;
use lykta::geo::sweref::MetricCrs;

use crate::data;
use crate::harness::client::Client;
use crate::harness::figures::Figures;
use crate::harness::reports::{KOMMUN, random, report, unit};
use crate::harness::server::Server;

/// What was measured, and how long it took together.
pub(crate) type Measured = (Figures, Duration);

/// Three categories and a year.
pub(crate) const FILTER: &str = "&category=dark,unsafe_crossing,litter_decay&from=2025-06-01&to=2026-06-01";

/// The index of the kommun as the store gives it.
pub(crate) fn index(folder: &Path) -> Snapshot {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let app = data::open(folder).await;
        let query = ReportQuery { municipality: MunicipalityCode::parse(KOMMUN), ..ReportQuery::default() };
        let snapshot = app
            .resolve(&lykta::domain::actor::Actor::System, lykta::domain::permission::Act::SeeLive, &query)
            .expect("a kommun")
            .remove(0)
            .snapshot;
        app.close().await;
        Snapshot::clone(&snapshot)
    })
}

/// Similar reports near 10,000 random ones, asked of the index itself.
pub(crate) fn similar_on(index: &Snapshot) -> Measured {
    let mut places = Vec::new();
    index.for_each(|entry| places.push((entry.lon, entry.lat, entry.category(), entry.id)));
    let (mut measured, mut found) = (Vec::new(), 0);
    let began = Instant::now();
    for _ in 0..10_000 {
        let (lon, lat, category, id): (f64, f64, Category, _) = places[random() as usize % places.len()];
        let started = Instant::now();
        found += index.similar(lon, lat, category, Some(id), None).len();
        measured.push(started.elapsed());
    }
    let wall = began.elapsed();
    assert!(found > 0, "a million reports have neighbours");
    (Figures::new(measured), wall)
}

/// Runs `ask` from `clients` connections until it has been asked `requests` times or the time is up.
pub(crate) fn crowd(client: &Client, clients: usize, requests: usize, limit: Duration, ask: impl Fn(&mut Client) + Sync) -> Measured {
    let (asked, measured) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let (mut client, mut own) = (client.clone(), Vec::new());
                while asked.fetch_add(1, Ordering::Relaxed) < requests && began.elapsed() < limit {
                    let started = Instant::now();
                    ask(&mut client);
                    own.push(started.elapsed());
                }
                measured.lock().expect("not poisoned").append(&mut own);
            });
        }
    });
    (Figures::new(measured.into_inner().expect("not poisoned")), began.elapsed())
}

const LONG: Duration = Duration::from_mins(2);

/// Reads single reports, each with its similar ones.
pub(crate) fn details(server: &Server, requests: usize) -> Measured {
    let list = server.planner().get(&format!("/api/v1/reports?municipality={KOMMUN}&limit=1000")).expect("a list").json();
    let features = list["features"].as_array().expect("features");
    let ids: Vec<&str> = features.iter().filter_map(|feature| feature["id"].as_str()).collect();
    crowd(&server.planner(), 1, requests, LONG, |client| {
        let id = ids[random() as usize % ids.len()];
        assert_eq!(client.get(&format!("/api/v1/reports/{id}")).expect("an answer").status, 200);
    })
}

/// A window of 6×4 km somewhere over the town, so that no two questions are alike.
pub(crate) fn city_view(_: usize, filter: &str) -> String {
    format!("/api/v1/heatmap?municipality={KOMMUN}&grid=square&size_m=250&bbox={}{filter}", bbox())
}

/// Everything, with a parameter that changes so that nothing can be remembered.
pub(crate) fn whole_kommun(turn: usize) -> String {
    format!("/api/v1/heatmap?municipality={KOMMUN}&grid=square&size_m=250&from=1999-01-01T00:00:{:02}Z", turn % 60)
}

/// Pages of 1,000 reports in a box that is yet to be said.
pub(crate) const ITEMS: &str = "/ogc/collections/reports/items?limit=1000&bbox=";

/// A window of 6×4 km somewhere over the town: west, south, east, north.
pub(crate) fn bbox() -> String {
    let (west, south) = (14.757 + (unit() - 0.5) * 0.02, 56.860 + (unit() - 0.5) * 0.01);
    format!("{west:.6},{south:.6},{:.6},{:.6}", west + 0.0985, south + 0.0359)
}

/// A page of 1,000 reports in such a window.
pub(crate) fn page_in_a_box(_: usize) -> String {
    format!("{ITEMS}{}", bbox())
}

/// A page of 1,000 reports that begins somewhere in the middle of the whole kommun.
pub(crate) fn deep_page(_: usize) -> String {
    let (lon, lat) = (14.757 + (unit() - 0.5) * 0.1, 56.878 + (unit() - 0.5) * 0.05);
    let (x, y) = MetricCrs::Sweref99Tm.forward(lon, lat).expect("in the domain");
    let cell = Grid::Square(SquareSize::M125).cell(x, y, lon, lat);
    format!("/ogc/collections/reports/items?limit=1000&after={KOMMUN}_{:016x}_00000000-0000-4000-8000-000000000000", cell.0)
}

/// Asks for heatmaps, or features.
pub(crate) fn heatmaps(server: &Server, clients: usize, requests: usize, path: impl Fn(usize) -> String + Sync) -> Measured {
    let turn = AtomicUsize::new(0);
    crowd(&server.planner(), clients, requests, LONG, |client| {
        let answer = client.get(&path(turn.fetch_add(1, Ordering::Relaxed))).expect("an answer");
        assert!(answer.status == 200 && answer.body.len() > 1_000, "{}", answer.status);
    })
}

/// Sends reports for a while.
pub(crate) fn posts(server: &Server, clients: usize, time: Duration) -> Measured {
    crowd(&server.client(), clients, usize::MAX, time, |client| {
        assert_eq!(client.post("/api/v1/reports", &report()).expect("an answer").status, 201);
    })
}

/// Reports and looks at the same time.
pub(crate) fn both(server: &Server, time: Duration) -> (Measured, Measured) {
    std::thread::scope(|scope| {
        let reporting = scope.spawn(|| posts(server, 8, time));
        let planner = server.planner();
        let looking = crowd(&planner, 4, usize::MAX, time, |client| {
            assert_eq!(client.get(&city_view(0, FILTER)).expect("an answer").status, 200);
        });
        (reporting.join().expect("the reporters"), looking)
    })
}
