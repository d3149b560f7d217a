//! T11 and T27: nothing that Lykta writes tells who a resident is; and whoever floods it from one place or from a thousand stops nobody else.

use std::path::Path;

use serde_json::{Value, json};

use crate::alone;
use crate::harness::client::{Answer, Client};
use crate::harness::reports::id;
use crate::harness::server::{Server, fresh, run};

const JSON: (&str, &str) = ("content-type", "application/json");

/// Files below a folder that hold some text, and how many files there are.
fn holding(folder: &Path, text: &str) -> (Vec<String>, usize) {
    let (mut found, mut files) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let (more, count) = holding(&path, text);
            found.extend(more);
            files += count;
        } else {
            files += 1;
            let bytes = std::fs::read(&path).expect("a file");
            if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    (found, files)
}

fn report_at(lon: f64, note: &str) -> Value {
    json!({"id": id(), "location": {"type": "Point", "coordinates": [lon, 56.2765]}, "feeling": "unsafe", "category": "dark", "note": note})
}

/// Sends a report as a proxy would pass it on: what the client wrote itself, then the address it came from.
fn pass_on(client: &mut Client, forwarded: &str, agent: &str, report: &Value) -> Answer {
    let headers = [JSON, ("x-forwarded-for", forwarded), ("user-agent", agent), ("referer", "https://sida.example/spar")];
    client.send("POST", "/api/v1/reports", &headers, report.to_string().as_bytes()).expect("an answer")
}

#[test]
fn nothing_that_is_written_tells_who_reported() {
    let _turn = alone();
    let folder = fresh();
    let settings = [("LYKTA_TRUSTED_PROXIES", "127.0.0.1"), ("LYKTA_LOG", "trace"), ("LYKTA_METRICS_LISTEN", "127.0.0.1:19091")];
    let server = Server::start_with(folder.path(), &settings);
    let mut client = server.client();
    let mut receipt = Value::Null;
    for n in 0..500 {
        let lon = 14.531_5 + f64::from(n) * 1e-6;
        let sent = pass_on(
            &mut client,
            &format!("198.51.{}.{}", 100 + n / 250, n % 250 + 1),
            &format!("Sparhund/{n}.7"),
            &report_at(lon, "märket"),
        );
        assert_eq!(sent.status, 201);
        receipt = sent.json()["receipt"].clone();
    }
    let looked = client.post("/api/v1/receipts", &json!({"receipt": receipt})).expect("an answer");
    assert_eq!(looked.status, 200);
    // Some that fail: failures are logged more willingly.
    for n in 0..20 {
        let broken = json!({"id": "x", "note": format!("Ring 070-174 06 58 {n}")});
        assert_eq!(pass_on(&mut client, &format!("198.51.99.{}", n + 1), "Sparhund/fel", &broken).status, 422);
    }
    let mut metrics = Client::new(([127, 0, 0, 1], 19_091).into());
    let told = String::from_utf8_lossy(&metrics.get("/metrics").expect("an answer").body).into_owned();
    assert!(told.contains("lykta_"), "{told}");
    std::fs::write(folder.path().join("metrics.txt"), told).expect("written");
    server.stop();
    let backup = folder.path().join("backup");
    assert!(run(folder.path(), &["backup", backup.to_str().expect("a path")]).status.success());

    // The control: the look finds what is there.
    let (control, files) = holding(folder.path(), "märket");
    assert!(control.len() >= 2 && files >= 6, "{control:?} of {files}");
    assert!(holding(folder.path(), "request").0.iter().any(|path| path.ends_with("log.txt")), "it was logged at all");
    for trace in ["198.51.", "Sparhund", "sida.example", "070-174 06 58", receipt.as_str().expect("a receipt")] {
        assert_eq!(holding(folder.path(), trace).0, Vec::<String>::new(), "{trace}");
    }
    // Where they were is in the database, and in no log.
    for place in ["14.5315", "14.5319", "56.2765"] {
        assert_eq!(holding(folder.path(), place).0, Vec::<String>::new(), "{place}");
    }
    println!("500 reports and 20 refusals, {files} files: no address, agent, referer, receipt or place in any");
}

#[test]
fn a_flood_stops_nobody_else() {
    let _turn = alone();
    let folder = fresh();
    let settings = [("LYKTA_TRUSTED_PROXIES", "127.0.0.1"), ("LYKTA_RATE_LIMIT", "30")];
    let server = Server::start_with(folder.path(), &settings);
    let mut client = server.client();
    // One attacker who writes another address before its own each time, and a victim whose address it writes.
    let heard = (0..300)
        .filter(|n| pass_on(&mut client, &format!("203.0.113.{}, 198.51.100.7", n % 250), "x", &report_at(14.60, "")).status == 201)
        .count();
    assert!((20..=60).contains(&heard), "{heard}");
    for _ in 0..40 {
        pass_on(&mut client, "192.0.2.9, 198.51.100.7", "x", &report_at(14.60, ""));
    }
    assert_eq!(pass_on(&mut client, "192.0.2.9", "x", &report_at(14.62, "")).status, 201, "the one it pretended to be is heard");
    // An IPv6 customer has a /64, not one address.
    let heard6 =
        (0..300).filter(|n| pass_on(&mut client, &format!("2001:db8:1:2::{n:x}"), "x", &report_at(14.61, "")).status == 201).count();
    assert!(heard6 <= 60, "{heard6}");

    // A thousand from a thousand addresses, all of one square.
    // A new connection each time: an idle one is closed.
    let total = |mut planner: Client| {
        planner.get("/api/v1/summary?municipality=1060").expect("an answer").json()["total"].as_u64().expect("a number")
    };
    let before = total(server.planner());
    for n in 0..1_000 {
        let sent = pass_on(&mut client, &format!("100.{}.{}.9", n / 250, n % 250), "x", &report_at(14.531_5, ""));
        assert_eq!(sent.status, 201, "nothing is refused");
    }
    let grown = total(server.planner()) - before;
    assert_eq!(grown, 20, "the rest is held");
    assert_eq!(pass_on(&mut client, "192.0.2.77", "x", &report_at(14.65, "")).status, 201);
    assert_eq!(total(server.planner()) - before, 21, "whoever tells of another place counts at once");
    let held = server.planner().get("/api/v1/moderation?municipality=1060&state=held&limit=1").expect("an answer").json();
    let counts: Vec<(String, u64)> = held["counts"]
        .as_array()
        .expect("counts")
        .iter()
        .map(|count| (count["state"].as_str().expect("a state").to_owned(), count["count"].as_u64().expect("a number")))
        .collect();
    assert_eq!(held["reports"][0]["report"]["properties"]["moderation_reason"], "burst");
    println!(
        "one behind 340 made-up addresses: {heard} heard; a /64: {heard6} of 300; 1,000 from 1,000 addresses in one square: 20 live, {counts:?}"
    );
    server.stop();

    // The control: with the brake off the thousand are live.
    let open = fresh();
    let server = Server::start_with(open.path(), &[("LYKTA_TRUSTED_PROXIES", "127.0.0.1"), ("LYKTA_RATE_LIMIT", "off")]);
    let (mut client, before) = (server.client(), total(server.planner()));
    for _ in 0..200 {
        pass_on(&mut client, "192.0.2.1", "x", &report_at(14.531_5, ""));
    }
    assert_eq!(total(server.planner()) - before, 200);
    server.stop();
}
