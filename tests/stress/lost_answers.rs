//! Answers that never arrive (T37): the phone asks again with the same id, and there is one report.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::alone;
use crate::harness::client::{Client, read_answer};
use crate::harness::reports::{id, id_of, report};
use crate::harness::server::{Server, check, fresh};
use crate::senders::{Sent, account, total};

/// When the proxy cuts the line.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// The whole request has been passed on; the server may still be working.
    AfterTheRequest,
    /// The server has answered; not a byte of it is passed on.
    BeforeTheAnswer,
}

/// Passes requests on; cuts as often as told, then lets everything through.
fn proxy(server: SocketAddr, cut: Cut, times: usize) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let cuts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&cuts);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let mut upstream = BufReader::new(TcpStream::connect(server).expect("the server"));
            let request = read_request(&client);
            upstream.get_mut().write_all(&request).expect("passed on");
            if counted.load(Ordering::SeqCst) < times {
                if matches!(cut, Cut::BeforeTheAnswer) {
                    read_answer(&mut upstream).expect("the server answers");
                }
                counted.fetch_add(1, Ordering::SeqCst);
                continue;
            }
            let (answer, _) = read_answer(&mut upstream).expect("the server answers");
            let head = format!(
                "HTTP/1.1 {} -\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                answer.status,
                answer.content_type,
                answer.body.len()
            );
            let mut client = client;
            let _ = client.write_all(head.as_bytes()).and_then(|()| client.write_all(&answer.body));
        }
    });
    (address, cuts)
}

fn read_request(client: &TcpStream) -> Vec<u8> {
    let mut reader = BufReader::new(client);
    let (mut request, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        request.extend_from_slice(line.as_bytes());
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    request.extend_from_slice(&body);
    request
}

/// Tries until an answer comes, at most six times; `renew` changes the report between the tries.
fn try_again(address: SocketAddr, one: &mut Sent, renew: impl Fn(&mut Sent)) -> (usize, u16) {
    for attempt in 1..=6 {
        let status = crate::senders::send(&mut Client::new(address), one);
        if status != 0 {
            return (attempt, status);
        }
        renew(one);
    }
    (6, 0)
}

#[test]
fn a_lost_answer_makes_no_second_report() {
    let _turn = alone();
    let folder = fresh();
    let server = Server::start(folder.path());
    for cut in [Cut::AfterTheRequest, Cut::BeforeTheAnswer] {
        let before = total(&server).expect("a list");
        let mut sent: Vec<Sent> = (0..20).map(|_| Sent::new(report())).collect();
        let mut attempts = 0;
        for one in &mut sent {
            let (address, cuts) = proxy(server.address, cut, 5);
            let (tries, status) = try_again(address, one, |_| {});
            assert_eq!((tries, cuts.load(Ordering::SeqCst)), (6, 5), "five lost answers, then one that comes");
            assert!(matches!(cut, Cut::AfterTheRequest) || status == 200, "the report was known: {status}");
            attempts += tries;
        }
        let found = account(&server, before, &sent);
        assert_eq!((found.lost, found.unheard, found.surplus), (0, 0, 0), "{cut:?}");

        let mut other = sent[0].report.clone();
        other["note"] = json!("Något helt annat.");
        let answer = server.client().post("/api/v1/reports", &other).expect("an answer");
        assert!(answer.is_problem(409, "id-reused"), "{} {}", answer.status, answer.json());
        println!(
            "cut {cut:?}: {} reports, {attempts} attempts, 5 answers lost each: {} stored; other content under a used id: 409",
            sent.len(),
            sent.len()
        );
    }
    server.stop();
    let (sound, text) = check(folder.path());
    assert!(sound, "{text}");
}

/// The control: a phone that makes a new id for every attempt, as one without idempotency would.
#[test]
fn control_without_the_id_every_attempt_is_a_report() {
    let _turn = alone();
    let folder = fresh();
    let server = Server::start(folder.path());
    let before = total(&server).expect("a list");
    let (address, _) = proxy(server.address, Cut::BeforeTheAnswer, 5);
    let mut one = Sent::new(report());
    let first = id_of(&one.report).to_owned();
    try_again(address, &mut one, |one| one.report["id"] = json!(id()));
    assert_ne!(first, id_of(&one.report));
    let found = account(&server, before, std::slice::from_ref(&one));
    assert_eq!(found.surplus, 5, "each lost answer left a report of its own");
    println!("control: with a new id for each attempt one report became {}", found.surplus + 1);
}
