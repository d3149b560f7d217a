//! Slow headers, slow bodies, slow readers (T26): each is closed in time, and an honest visitor does not notice.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::runtime::Runtime;

use crate::harness::figures::Figures;
use crate::harness::reports::report;
use crate::harness::server::{Server, fresh};
use crate::{alone, setting};

/// The longest deadline (30 s) with some room for a busy machine.
const CLOSED: Duration = Duration::from_secs(36);

#[derive(Clone, Copy, Debug)]
enum Slow {
    Headers,
    Body,
    Reader,
}

const KINDS: [Slow; 3] = [Slow::Headers, Slow::Body, Slow::Reader];

/// Connects from an address of its own among a thousand visitors.
async fn connect(to: SocketAddr, number: usize, visitors: usize) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from(([127, 0, 1, 1 + (number % visitors) as u8], 0)))?;
    socket.set_recv_buffer_size(2_048)?;
    socket.connect(to).await
}

/// Holds a connection as long as the server lets it: until a write fails or the server closes. `until` ends it in any case.
async fn hold(kind: Slow, mut stream: TcpStream, large: &str, until: Instant) -> std::io::Result<()> {
    let opening = match kind {
        Slow::Headers => "POST /api/v1/reports HTTP/1.1\r\nhost: lykta\r\n".to_owned(),
        Slow::Body => {
            "POST /api/v1/reports HTTP/1.1\r\nhost: lykta\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n".to_owned()
        }
        Slow::Reader => format!("GET {large} HTTP/1.1\r\nhost: lykta\r\n\r\n"),
    };
    stream.write_all(opening.as_bytes()).await?;
    let mut byte = [0; 1];
    while Instant::now() < until {
        match kind {
            Slow::Headers => stream.write_all(b"x-a: b\r\n").await?,
            Slow::Body => stream.write_all(b" ").await?,
            Slow::Reader => {
                if stream.read(&mut byte).await? == 0 {
                    break;
                }
            }
        }
        if matches!(kind, Slow::Reader) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        } else {
            // Whatever comes (408, or the end) ends it.
            match tokio::time::timeout(Duration::from_secs(1), stream.read(&mut byte)).await {
                Err(_) => {}
                Ok(_) => break,
            }
        }
    }
    Ok(())
}

/// Opens `n` slow connections and opens another whenever one is closed, until `last`; the longest that headers and bodies were held.
/// Slow readers are judged by the server's open sockets: they do not see the end of what they do not read.
fn attack(
    runtime: &Runtime,
    to: SocketAddr,
    (n, visitors): (usize, usize),
    large: &'static str,
    last: Instant,
) -> Arc<(AtomicUsize, Mutex<Duration>)> {
    let seen = Arc::new((AtomicUsize::new(0), Mutex::new(Duration::ZERO)));
    for number in 0..n {
        let seen = Arc::clone(&seen);
        runtime.spawn(async move {
            let kind = KINDS[number % KINDS.len()];
            while Instant::now() < last {
                let opened = Instant::now();
                if let Ok(stream) = connect(to, number, visitors).await {
                    seen.0.fetch_add(1, Ordering::SeqCst);
                    // Readers give up their own end some time after the server must have given up its.
                    let _ = hold(kind, stream, large, last + CLOSED * 2).await;
                    if !matches!(kind, Slow::Reader) {
                        let mut longest = seen.1.lock().expect("not poisoned");
                        *longest = (*longest).max(opened.elapsed());
                    }
                }
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        });
    }
    seen
}

/// Sockets a process has open.
fn sockets(pid: &str) -> usize {
    let Ok(entries) = std::fs::read_dir(format!("/proc/{pid}/fd")) else { return 0 };
    entries
        .flatten()
        .filter(|entry| std::fs::read_link(entry.path()).is_ok_and(|link| link.to_string_lossy().starts_with("socket:")))
        .count()
}

/// What an honest visitor meets until told to stop: reports, the health page, the public map, now and then over a new connection.
fn honest(server: &Server, stop: &AtomicBool) -> (Figures, usize) {
    let (mut measured, mut failed) = (Vec::new(), 0);
    let mut client = server.client();
    for turn in 0.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        if turn % 10 == 0 {
            client = server.client();
        }
        let started = Instant::now();
        let answer = match turn % 3 {
            0 => client.post("/api/v1/reports", &report()),
            1 => client.get("/healthz"),
            _ => client.get("/api/v1/heatmap?municipality=0780"),
        };
        measured.push(started.elapsed());
        failed += usize::from(!answer.is_ok_and(|answer| answer.status < 300));
        std::thread::sleep(Duration::from_millis(20));
    }
    (Figures::new(measured), failed)
}

/// Attacks for a while; fails unless everything is closed in time and the honest visitor is served.
fn withstand(name: &str, server: &Server, n: usize, visitors: usize, seconds: u64) {
    let runtime = Runtime::new().expect("a runtime");
    let pid = server.pid().to_string();
    let idle = sockets(&pid);
    let last = Instant::now() + Duration::from_secs(seconds);
    let seen = attack(&runtime, server.address, (n, visitors), "/api/v1/municipalities", last);
    let stop = AtomicBool::new(false);
    let mut most = 0;
    let (figures, failed) = std::thread::scope(|scope| {
        let visitor = scope.spawn(|| honest(server, &stop));
        while Instant::now() < last {
            most = most.max(sockets(&pid));
            std::thread::sleep(Duration::from_millis(500));
        }
        stop.store(true, Ordering::SeqCst);
        visitor.join().expect("the visitor")
    });
    let opened = seen.0.load(Ordering::SeqCst);
    let ended = Instant::now();
    while sockets(&pid) > idle && ended.elapsed() < CLOSED {
        std::thread::sleep(Duration::from_millis(250));
    }
    let (left, longest) = (sockets(&pid).saturating_sub(idle), *seen.1.lock().expect("not poisoned"));
    println!(
        "slow clients, {name}: {opened} connections opened by {n} clients of {visitors} visitors in {seconds} s, at most {most} sockets open; headers and \
        bodies held at most {:.1} s; {left} left {:.1} s after the last; honest visitor: {figures}, {failed} failed; RSS at most {} MiB",
        longest.as_secs_f64(),
        ended.elapsed().as_secs_f64(),
        server.memory().1 >> 20
    );
    runtime.shutdown_background();
    assert!(longest < CLOSED, "held for {longest:?}");
    assert_eq!(left, 0, "slow readers still hold their connections");
    assert_eq!(failed, 0, "the honest visitor was not served");
    assert!(figures.percentile(0.99) < Duration::from_millis(500), "{figures}");
}

#[test]
fn slow_clients_are_closed_and_nobody_else_notices() {
    let _turn = alone();
    let folder = fresh();
    let server = Server::start(folder.path());
    let own = sockets("self");
    println!(
        "this process: {own} sockets; open files: {}",
        std::fs::read_to_string("/proc/self/limits")
            .unwrap_or_default()
            .lines()
            .find(|line| line.starts_with("Max open files"))
            .unwrap_or_default()
    );
    withstand("2,000 at once", &server, setting("LYKTA_STRESS_SLOW", 2_000), 10, 60);
}

#[test]
fn slow_clients_with_few_file_descriptors() {
    let _turn = alone();
    let folder = fresh();
    let server = Server::start_under(&["sh", "-c", "ulimit -n 1024; exec \"$@\"", "sh"], folder.path());
    withstand("ulimit -n 1024", &server, 2_000, 2, 40);
}

#[test]
fn one_visitor_does_not_take_every_connection() {
    let _turn = alone();
    let folder = fresh();
    let server = Server::start(folder.path());
    let runtime = Runtime::new().expect("a runtime");
    let held = runtime.block_on(async {
        let mut open = Vec::new();
        for _ in 0..400 {
            open.push(connect(server.address, 0, 1).await.expect("connected"));
        }
        // A connection that was refused is closed at once; the others may stay silent for some seconds.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let mut held = Vec::new();
        for mut stream in open {
            if tokio::time::timeout(Duration::from_millis(1), stream.read(&mut [0])).await.is_err() {
                held.push(stream);
            }
        }
        held
    });
    assert_eq!(server.client().get("/healthz").expect("another visitor is served").status, 200);
    assert_eq!(held.len(), 256);
    println!("one visitor: 256 of 400 connections taken, the rest refused at once; another visitor is served");
}

/// The control: the same clients against a server without deadlines.
#[test]
fn control_without_deadlines_they_stay() {
    let _turn = alone();
    const EACH: usize = 10;
    let runtime = Runtime::new().expect("a runtime");
    let address = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let large = axum::routing::get(async || vec![0_u8; 16 << 20]);
        let router = axum::Router::new().route("/large", large).fallback(async |_: bytes::Bytes| "");
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    });
    let idle = sockets("self");
    let last = Instant::now() + Duration::from_secs(1);
    let seen = attack(&runtime, address, (EACH * KINDS.len(), 10), "/large", last);
    std::thread::sleep(CLOSED);
    // Both ends of each connection are this process's.
    let held = (sockets("self") - idle) / 2;
    assert_eq!(held, EACH * KINDS.len(), "{} were opened", seen.0.load(Ordering::SeqCst));
    println!("control: without deadlines {held} of {held} slow connections are open after {} s", CLOSED.as_secs());
    runtime.shutdown_background();
}
