//! T16: many at once, of different kommuner, with words that tell whose they are: nobody ever sees a word from beyond the wall, whatever
//! pool, cache, index or tile an answer comes from.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::client::Client;
use crate::harness::reports::{id, random};
use crate::harness::server::{Server, TOKEN, fresh, run};
use crate::{alone, setting};

/// Kommun, and a place in it.
const KOMMUNER: [(&str, [f64; 2]); 3] = [("0780", [14.8059, 56.8777]), ("1060", [14.5315, 56.2765]), ("1862", [14.4390, 59.2360])];
const CLIENTS: usize = 200;
const PASSWORD: &str = "lampan över bron blinkar";
/// Every question that tells what is in reports, or how many there are; `MINE` is one's own kommun.
const ASKED: [&str; 9] = [
    "/api/v1/reports?municipality=MINE&limit=200",
    "/api/v1/reports?bbox=10,55,20,62&limit=200",
    "/api/v1/reports?bbox=14.4,56.2,14.9,56.9&category=dark",
    "/api/v1/heatmap?bbox=10,55,20,62&size_m=1000",
    "/api/v1/summary?municipality=MINE",
    "/ogc/collections/reports/items?f=json&limit=200",
    "/ogc/collections/heatmap/items?f=json&limit=200",
    "/tiles/reports/6/34/19.mvt",
    "/tiles/heatmap/7/69/39.mvt?size_m=1000",
];

fn mark(code: &str) -> String {
    format!("märke-{code}-slut")
}

/// A coordinator's token in a kommun.
fn token(server: &Server, folder: &std::path::Path, code: &str) -> String {
    let login = format!("samordnare-{code}@kommun.example");
    let done = run(folder, &["user", "add", &login, "--name", "Samordnare", "--role", "coordinator", "--municipality", code]);
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    let key = told.split_once("#inbjudan=").expect("a link").1.lines().next().expect("a key").to_owned();
    let mut client = server.client();
    let accepted = client.send(
        "POST",
        "/api/v1/invitations/accept",
        &[("content-type", "application/json")],
        json!({"key": key, "password": PASSWORD}).to_string().as_bytes(),
    );
    let accepted = accepted.expect("an answer");
    assert_eq!(accepted.status, 204);
    let cookie = accepted.cookie.expect("a session");
    let headers = [("content-type", "application/json"), ("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
    let end = jiff::Timestamp::from_second(std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a clock").as_secs() as i64).expect("a time");
    let day = (end + jiff::SignedDuration::from_hours(48)).strftime("%Y-%m-%d").to_string();
    let made = client.send(
        "POST",
        "/api/v1/account/tokens",
        &headers,
        json!({"name": "T16", "scope": "read", "expires_on": day}).to_string().as_bytes(),
    );
    made.expect("an answer").json()["token"].as_str().expect("a token").to_owned()
}

/// What of an answer is from beyond the wall.
fn foreign(body: &[u8], mine: &str) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let told = |code: &str| {
        [mark(code), format!("\"municipality\":\"{code}\""), format!("\"{code}-")].into_iter().find(|sign| text.contains(sign))
    };
    KOMMUNER.iter().filter(|(code, _)| *code != mine).find_map(|(code, _)| told(code))
}

#[test]
fn nobody_sees_a_word_from_beyond_the_wall() {
    let _turn = alone();
    let folder = fresh();
    // Two hundred from one address are a proxy's.
    std::fs::write(folder.path().join("lykta.toml"), "trusted_proxies = [\"127.0.0.1\"]\n").expect("written");
    let server = Server::start(folder.path());
    let mut resident = server.client();
    for (code, [lon, lat]) in KOMMUNER {
        for _ in 0..60 {
            let place = json!({"type": "Point", "coordinates": [lon + random() as f64 % 1e6 * 1e-8, lat]});
            let report = json!({"id": id(), "location": place, "feeling": "unsafe", "category": "dark", "note": mark(code)});
            assert_eq!(resident.post("/api/v1/reports", &report).expect("an answer").status, 201);
        }
    }
    let tokens = KOMMUNER.map(|(code, _)| token(&server, folder.path(), code));
    // The control: whoever sees every kommun would be caught by the same look.
    let caught = |client: &mut Client, path: &str| foreign(&client.get(path).expect("an answer").body, "0780").is_some();
    let mut operator = Client::with_token(server.address, TOKEN);
    assert!(caught(&mut operator, ASKED[1]), "the control sees what is beyond");

    // What each sees alone: with nobody else asking, and nobody writing since.
    let alone: Vec<Vec<Vec<u8>>> = KOMMUNER
        .iter()
        .zip(&tokens)
        .map(|((code, _), token)| {
            let mut client = Client::with_token(server.address, token);
            let answers = ASKED.iter().map(|path| client.get(&path.replace("MINE", code)).expect("an answer"));
            answers.inspect(|answer| assert_eq!(answer.status, 200)).map(|answer| answer.body).collect()
        })
        .collect();
    for (at, path) in ASKED.iter().enumerate().filter(|(_, path)| !path.starts_with("/tiles/")) {
        assert!(alone[0][at] != alone[1][at] && alone[1][at] != alone[2][at], "{path} is another for each");
    }
    // Two of the three kommuner lie on these tiles.
    for (at, path) in ASKED.iter().enumerate().filter(|(_, path)| path.starts_with("/tiles/")) {
        assert!(alone[0][at] != alone[1][at] && alone[0][at] != alone[2][at], "{path} is another for each that lies on it");
    }
    let seconds = setting("LYKTA_STRESS_WALLS", 60) as u64;
    let end = Instant::now() + Duration::from_secs(seconds);
    let (asked, own) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for at in 0..CLIENTS {
            let (code, token) = (KOMMUNER[at % 3].0, &tokens[at % 3]);
            let (asked, own, alone, address) = (&asked, &own, &alone[at % 3], server.address);
            scope.spawn(move || {
                let mut client = Client::with_token(address, token);
                while Instant::now() < end {
                    let which = random() as usize % ASKED.len();
                    let path = ASKED[which].replace("MINE", code);
                    let answer = client.get(&path).expect("an answer");
                    // A refusal for want of a place says nothing of anybody.
                    if answer.status == 503 {
                        continue;
                    }
                    assert!(foreign(&answer.body, code).is_none(), "{path} as {code}: {:?}", foreign(&answer.body, code));
                    assert!(answer.status == 200 && answer.body == alone[which], "{path} as {code}: another answer than alone");
                    asked.fetch_add(1, Ordering::Relaxed);
                    own.fetch_add(u64::from(String::from_utf8_lossy(&answer.body).contains(&mark(code))), Ordering::Relaxed);
                }
            });
        }
    });
    let (asked, own) = (asked.into_inner(), own.into_inner());
    println!("{CLIENTS} clients of 3 kommuner, {seconds} s: {asked} answers, {own} with words of one's own, 0 from beyond");
    assert!(asked > 1_000 && own > 100, "too few to say anything");
    server.stop();
}
