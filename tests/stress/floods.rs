//! Hostile bodies and many of them: refused with a problem document, memory stays where it was, and the service lives.
//!
//! The strings of `naughty-strings` (under `LYKTA_SHARED`, default `../shared`) are sent as words where the set is at hand.

use std::io::Result;
use std::path::Path;

use serde_json::{Value, json};

use crate::harness::client::{Answer, Client};
use crate::harness::reports::{random, report};
use crate::harness::server::{Server, check, fresh};
use crate::{alone, setting};

/// Most that memory may grow.
const GROWTH: u64 = 64 << 20;

fn naughty_strings() -> Vec<String> {
    let shared = std::env::var("LYKTA_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let path = Path::new(&shared).join("data/naughty-strings/blns.json");
    let Ok(text) = std::fs::read(&path) else {
        println!("SKIPPED: the naughty strings are not at {}", path.display());
        return vec!["\u{202e}\u{0}".to_owned()];
    };
    serde_json::from_slice(&text).expect("a list of strings")
}

fn post(client: &mut Client, body: &[u8], headers: &[(&str, &str)]) -> Result<Answer> {
    let json = [("content-type", "application/json")];
    client.send("POST", "/api/v1/reports", &[json.as_slice(), headers].concat(), body)
}

/// One hostile request; `Err` only where the server hangs up on a body it will not read.
fn attack(client: &mut Client, strings: &[String]) -> Result<Answer> {
    let mut body = report();
    let word = &strings[random() as usize % strings.len()];
    match random() % 12 {
        0 => body["location"]["coordinates"] = json!([1e308, -1e308]),
        1 => body["location"]["coordinates"] = json!([0, 0]),
        2 => body["note"] = json!(word),
        3 => body["place_text"] = json!(word),
        4 => body[word] = json!(word),
        5 => body["category"] = json!(word),
        6 => return post(client, body.to_string().replace("14.", "NaN").as_bytes(), &[]),
        7 => return post(client, format!("{}{}", "[".repeat(30_000), "]".repeat(30_000)).as_bytes(), &[]),
        8 => return post(client, format!("{}1{}", "{\"a\":".repeat(9_000), "}".repeat(9_000)).as_bytes(), &[]),
        9 => return post(client, &[0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0], &[("content-encoding", "gzip")]),
        10 => return client.send("GET", &format!("/api/v1/heatmap?bbox=NaN,1e308,{},-0", "9".repeat(2_000)), &[], b""),
        _ => return client.send("TRACE", "/api/v1/reports/..%2f..%00", &[("x-forwarded-for", "::1")], b""),
    }
    post(client, body.to_string().as_bytes(), &[])
}

/// A valid comb of 2,000 corners that lies aslant: the box of every tooth meets that of every other.
fn comb_aslant() -> String {
    let corner = |at: usize| {
        let along = at as f64 / 2_000.0;
        let across = if at == 0 || at == 1_998 {
            0.0
        } else if matches!(at % 4, 1 | 2) {
            1.0
        } else {
            0.001
        };
        format!("{:.6}%20{:.6}", 14.0 + along - across, 56.0 + along + across)
    };
    (0..1_999).map(corner).collect::<Vec<_>>().join(",")
}

/// T23: strangers are refused before a polygon is read, planners are told within bounds, and the others do not notice.
#[test]
fn a_polygon_bomb_costs_nobody_else() {
    let _turn = alone();
    let folder = fresh();
    let server = Server::start(folder.path());
    let path = format!("/api/v1/reports?municipality=1060&polygon={}", comb_aslant());
    let took = |client: &mut Client, path: &str, status: u16| {
        let started = std::time::Instant::now();
        assert_eq!(client.get(path).expect("an answer").status, status);
        started.elapsed()
    };
    for (right, status, most) in [(false, 401, 50), (true, 400, 1)] {
        let (mut slowest, mut alive) = (std::time::Duration::ZERO, Vec::new());
        std::thread::scope(|scope| {
            let bombs: Vec<_> = (0..most)
                .map(|_| scope.spawn(|| took(&mut if right { server.planner() } else { server.client() }, &path, status)))
                .collect();
            let mut healthy = server.client();
            while bombs.iter().any(|bomb| !bomb.is_finished()) {
                alive.push(took(&mut healthy, "/healthz", 200));
            }
            slowest = bombs.into_iter().map(|bomb| bomb.join().expect("answered")).max().unwrap_or_default();
        });
        alive.sort();
        let p99 = alive.get(alive.len() * 99 / 100).copied().unwrap_or_default();
        println!("polygon bombs, {most} at once, {status}: slowest {slowest:?}; /healthz meanwhile p99 {p99:?} of {}", alive.len());
    }
    server.stop();
}

#[test]
fn hostile_bodies_cost_nothing() {
    let _turn = alone();
    let requests = setting("LYKTA_STRESS_NAUGHTY", 10_000);
    let strings = naughty_strings();
    let folder = fresh();
    let server = Server::start(folder.path());
    let wave = |n: usize| {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut client = server.client();
                    for _ in 0..n / 4 {
                        let answer = attack(&mut client, &strings).expect("an answer");
                        assert!(answer.status < 500 && !(202..400).contains(&answer.status), "{} {}", answer.status, answer.json());
                    }
                });
            }
        });
    };
    wave(400);
    let (before, _) = server.memory();
    wave(requests);
    let large = vec![b'"'; 10 << 20];
    let mut refused = 0;
    for _ in 0..50 {
        // The server says 413 and hangs up; whether the answer gets through before the line breaks is the network's affair.
        match post(&mut server.client(), &large, &[]) {
            Ok(answer) => refused += usize::from(answer.is_problem(413, "too-large")),
            Err(_) => refused += 1,
        }
    }
    assert_eq!(refused, 50);
    let (after, highest) = server.memory();
    assert!(highest.saturating_sub(before) < GROWTH, "memory grew from {before} to {highest} bytes");
    assert_eq!(server.client().get("/healthz").expect("an answer").status, 200);
    let gzip = post(&mut server.client(), b"\x1f\x8b", &[("content-encoding", "gzip")]).expect("an answer");
    assert!(gzip.is_problem(415, "unsupported-media-type"));
    let body: Value = report();
    assert_eq!(server.client().post("/api/v1/reports", &body).expect("an answer").status, 201, "honest reports are taken as before");
    server.stop();
    assert!(check(folder.path()).0);
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    println!(
        "flood: {requests} hostile requests and 50 bodies of 10 MiB: RSS {:.1} → {:.1} MiB (highest {:.1}), no 5xx",
        mib(before),
        mib(after),
        mib(highest)
    );
}
