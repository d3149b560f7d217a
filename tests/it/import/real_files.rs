//! Three files that other people collected, each into a test kommun made by importing its boundary.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use lykta::app::import::{Account, Kind, Request};
use lykta::domain::guard;

use super::{Town, code, request, shared, texts};

fn gunzip(path: &Path) -> Vec<u8> {
    let mut content = Vec::new();
    GzDecoder::new(std::fs::File::open(path).expect("there")).read_to_end(&mut content).expect("gunzipped");
    content
}

fn show(name: &str, account: &Account) {
    println!(
        "{name}: {} rows: {} loaded, {} already there, {} rejected {:?}; masked {} in {} rows",
        account.rows, account.loaded, account.known, account.rejected, account.reasons, account.masked, account.masked_rows
    );
}

async fn draw(town: &Town, code_name: (&str, &str), [west, south, east, north]: [f64; 4]) {
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    let feature = serde_json::json!({"type": "Feature", "properties": {"code": code_name.0, "name": code_name.1},
        "geometry": {"type": "Polygon", "coordinates": [ring]}});
    let account = town.import(&Request { activate: true, ..town.request(Kind::Boundaries, "boundary.geojson", feature.to_string()) }).await;
    assert_eq!((account.loaded, account.rejected), (1, 0));
}

/// The second run of any import: the same rejections, nothing loaded, nothing in the log.
async fn again(town: &Town, request: &Request, first: &Account) {
    let before = town.changes().await;
    let second = town.import(request).await;
    assert_eq!((second.rows, second.loaded, second.known), (first.rows, 0, first.loaded));
    assert_eq!(second.reasons, first.reasons);
    assert_eq!(town.changes().await, before);
    town.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn san_franciscos_service_requests() {
    let Some(path) = shared("reports-sf311/sf311_even.csv.gz") else { return };
    let town = Town::sqlite().await;
    draw(&town, ("9311", "San Francisco"), [-122.55, 37.65, -122.3, 37.9]).await;
    let request = Request {
        map: texts(&[
            "category=complaint_type,occurred_at=created_date,received_at=created_date,note=status_notes,place_text=incident_address,id=unique_key",
        ]),
        values: texts(&["Graffiti=damage_graffiti,Garbage=litter_decay,Trees=vegetation", "traffic=heavy_traffic,*=other_unsafe"]),
        ..town.request(Kind::Reports, "sf311.csv", gunzip(&path))
    };
    let account = town.import(&request).await;
    show("sf311", &account);
    assert_eq!(account.rows, 5_045);
    assert_eq!(account.reasons.get("null_island"), Some(&2_131));
    assert_eq!(account.loaded + account.rejected, 5_045);
    let reports = town.reports("9311").await;
    assert_eq!(reports.len() as u64, account.loaded);
    assert!(reports.iter().all(|report| report.certain && report.source == "import:sf311.csv" && report.reporter.is_some()));
    again(&town, &request, &account).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finlands_map_notes() {
    let Some(path) = shared("reports-osmnotes-fi/osm_notes_finland.csv.gz") else { return };
    let town = Town::sqlite().await;
    draw(&town, ("9358", "Finland"), [19.0, 59.5, 31.7, 70.2]).await;
    let request = Request {
        map: texts(&["category==other_unsafe,note=opening_comment,occurred_on=opened_at,id=note_id"]),
        ..town.request(Kind::Reports, "notes.csv", gunzip(&path))
    };
    let account = town.import(&request).await;
    show("osmnotes-fi", &account);
    assert_eq!(account.rows, 16_993);
    assert_eq!(account.reasons.keys().copied().collect::<Vec<_>>(), ["too_long"]);
    assert!(account.masked > 100 && account.masked_rows > 100, "{account:?}");
    let reports = town.reports("9358").await;
    assert_eq!(reports.len() as u64, account.loaded);
    let leaking =
        reports.iter().filter_map(|report| report.note.as_deref()).filter(|note| guard::inspect(note) != guard::Seen::default()).count();
    assert_eq!(leaking, 0, "notes that still hold personal data");
    let masked = reports.iter().filter(|report| report.note.as_deref().is_some_and(|note| note.contains(guard::MASK))).count();
    assert_eq!(masked as u64, account.masked_rows);
    again(&town, &request, &account).await;
}

/// The first part of the file, so that the whole set of tests stays quick; `LYKTA_IMPORT_ALL=1` takes all 56,434 rows.
#[tokio::test(flavor = "multi_thread")]
async fn lancashires_incidents_in_a_county_of_fourteen_districts() {
    let (Some(path), Some(districts)) =
        (shared("crime-lancashire-asb/lancashire_asb_2022.tab.gz"), shared("crime-lancashire-asb/lancashire_districts.geojson"))
    else {
        return;
    };
    let town = Town::sqlite().await;
    let county =
        Request { municipality: code("9033"), map: texts(&["name==Lancashire"]), activate: true, ..request(Kind::Boundaries, districts) };
    let account = town.import(&county).await;
    assert_eq!((account.rows, account.loaded, account.rejected), (14, 14, 0), "{account:?}");
    let account = town.import(&county).await;
    assert_eq!(account.known, 14);
    let mut content = gunzip(&path);
    let all = std::env::var_os("LYKTA_IMPORT_ALL").is_some();
    if !all {
        let end = content.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(5_000).map_or(content.len(), |(at, _)| at + 1);
        content.truncate(end);
    }
    let request = Request {
        municipality: code("9033"),
        map: texts(&["category==disorder_gathering,occurred_on=month,place_text=location"]),
        ..town.request(Kind::Reports, "asb.tab", &content)
    };
    let account = town.import(&request).await;
    show("lancashire-asb", &account);
    assert_eq!(account.rows, if all { 56_434 } else { 5_000 });
    assert_eq!(town.reports("9033").await.len() as u64, account.loaded, "identical rows are different incidents, and all are there");
    assert!(account.loaded * 100 > account.rows * 99, "points are snapped by police.uk; almost all lie in the county");
    again(&town, &request, &account).await;
}
