//! T32: whoever guesses passwords is heard a few times, and learns nothing from how long an answer takes.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::alone;
use crate::harness::client::Client;
use crate::harness::server::{Server, fresh, run};

/// People with an account; each login is heard twenty times from one visitor.
const PEOPLE: usize = 12;
const EACH: usize = 16;
const PASSWORD: &str = "lampan över bron blinkar";

/// Tries a login as some visitor; the status, and how long it took.
fn attempt(client: &mut Client, visitor: usize, login: &str, password: &str) -> (u16, Duration) {
    let address = format!("198.51.{}.{}", visitor / 250, visitor % 250 + 1);
    let body = json!({"login": login, "password": password}).to_string();
    let begun = Instant::now();
    let headers = [("content-type", "application/json"), ("x-forwarded-for", address.as_str())];
    let answer = client.send("POST", "/api/v1/session", &headers, body.as_bytes()).expect("an answer");
    (answer.status, begun.elapsed())
}

/// Welch's t of two samples (Welch 1947), milliseconds.
fn welch(a: &[f64], b: &[f64]) -> f64 {
    let moments = |sample: &[f64]| {
        let n = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / n;
        (mean, sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((mean_a, error_a), (mean_b, error_b)) = (moments(a), moments(b));
    (mean_a - mean_b) / (error_a + error_b).sqrt()
}

#[test]
fn guessing_passwords_is_slow_and_tells_nothing() {
    let _turn = alone();
    let folder = fresh();
    std::fs::write(folder.path().join("lykta.toml"), "trusted_proxies = [\"127.0.0.1\"]\n").expect("written");
    let logins: Vec<String> = (0..PEOPLE).map(|at| format!("person{at:02}@kommun.example")).collect();
    let links: Vec<String> = logins
        .iter()
        .map(|login| {
            let done = run(folder.path(), &["user", "add", login, "--name", "Person", "--role", "administrator"]);
            let told = String::from_utf8_lossy(&done.stdout).into_owned();
            told.split_once("#inbjudan=").expect("a link").1.lines().next().expect("a key").to_owned()
        })
        .collect();
    let server = Server::start(folder.path());
    let mut client = server.client();
    for key in links {
        let accepted = client.post("/api/v1/invitations/accept", &json!({"key": key, "password": PASSWORD})).expect("an answer");
        assert_eq!(accepted.status, 204);
    }

    // Somebody or nobody, by turns; the control is a password that is refused unread.
    let (mut known, mut unknown, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    let ms = |took: Duration| took.as_secs_f64() * 1e3;
    for at in 0..PEOPLE * EACH {
        let nobody = format!("nobody{:02}@kommun.example", at % PEOPLE);
        for (login, password, sample) in [
            (logins[at % PEOPLE].as_str(), "fel lösenord igen", &mut known),
            (&nobody, "fel lösenord igen", &mut unknown),
            (&format!("unread{at}@kommun.example"), &"x".repeat(1_000), &mut unread),
        ] {
            let (status, took) = attempt(&mut client, 3 * at + sample.len() % 3, login, password);
            assert_eq!(status, 401, "{login}");
            sample.push(ms(took));
        }
    }
    let (t, control) = (welch(&known, &unknown), welch(&known, &unread));
    let mean = |sample: &[f64]| sample.iter().sum::<f64>() / sample.len() as f64;
    println!(
        "{} tries each: somebody {:.2} ms, nobody {:.2} ms, t = {t:.2}; control, refused unread, {:.2} ms, t = {control:.1}",
        known.len(),
        mean(&known),
        mean(&unknown),
        mean(&unread)
    );
    assert!(t.abs() < 4.0, "the time tells who has an account: t = {t}");
    assert!(control.abs() > 10.0, "the control: a difference would be seen");

    // Ten thousand from one visitor: ten a minute are heard, and beside them an honest one logs in.
    let begun = Instant::now();
    let heard = (0..10_000).filter(|at| attempt(&mut client, 40_000, &format!("{at}@kommun.example"), "gissning").0 == 401).count();
    let minutes = begun.elapsed().as_secs_f64() / 60.0;
    println!("10,000 guesses in {:.0} s: {heard} heard", minutes * 60.0);
    assert!(heard as f64 <= 11.0 + 10.0 * minutes, "{heard} were heard in {minutes:.1} minutes");
    // Twenty of one login come back in twenty minutes; this one has four left.
    assert_eq!(attempt(&mut client, 50_000, &logins[0], PASSWORD).0, 204);
    // From everywhere at one login: no more than twenty.
    let target = "target@kommun.example";
    let heard = (0..500).filter(|at| attempt(&mut client, 20_000 + at, target, "gissning").0 == 401).count();
    println!("500 visitors at one login: {heard} heard");
    // Two hundred in twenty minutes, and one more every six seconds: too many to find a password, too few addresses to keep somebody out.
    assert!((190..=230).contains(&heard), "{heard}");
    server.stop();
}
