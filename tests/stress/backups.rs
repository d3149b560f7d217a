//! Backup under load, restore into an empty place (T39): what was there at the cut is there again, byte for byte, and damage is noticed.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use tempfile::tempdir;

use crate::alone;
use crate::harness::client::Client;
use crate::harness::reports::report;
use crate::harness::server::{Server, check, copy, fresh, run};
use crate::rows::{assert_same, content_at, heads};
use crate::senders::{Sent, account, send, send_all, total};

/// Sends from four phones until told to stop; what was accepted.
fn load(client: &Client, stop: &AtomicBool) -> Vec<Sent> {
    std::thread::scope(|scope| {
        let phones: Vec<_> = (0..4)
            .map(|_| {
                let mut client = client.clone();
                scope.spawn(move || {
                    let mut sent = Vec::new();
                    while !stop.load(Ordering::SeqCst) {
                        let mut one = Sent::new(report());
                        assert_eq!(send(&mut client, &mut one), 201);
                        sent.push(one);
                    }
                    sent
                })
            })
            .collect();
        phones.into_iter().flat_map(|phone| phone.join().expect("a phone")).collect()
    })
}

#[test]
fn a_backup_under_load_restores_to_what_was_there() {
    let _turn = alone();
    let (folder, place, target) = (fresh(), tempdir().expect("a folder"), tempdir().expect("a folder"));
    let backup = place.path().join("backup");
    let server = Server::start(folder.path());
    let before = total(&server).expect("a list");
    let mut early: Vec<Sent> = (0..100).map(|_| Sent::new(report())).collect();
    send_all(&server.client(), 4, &mut early, usize::MAX, || {});

    let stop = AtomicBool::new(false);
    let client = server.client();
    let (during, made) = std::thread::scope(|scope| {
        let phones = scope.spawn(|| load(&client, &stop));
        std::thread::sleep(std::time::Duration::from_millis(300));
        let made = run(folder.path(), &["backup", &backup.display().to_string()]);
        std::thread::sleep(std::time::Duration::from_millis(300));
        stop.store(true, Ordering::SeqCst);
        (phones.join().expect("the phones"), made)
    });
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    server.stop();

    let restored = run(target.path(), &["restore", &backup.display().to_string()]);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let (source, copy) = (folder.path().join("lykta.db"), target.path().join("lykta.db"));
    let cut = heads(&copy);
    assert_same(&content_at(&copy, &cut), &content_at(&source, &cut));
    let keys = |folder: &Path| std::fs::read(folder.join("lykta.keys.json")).expect("keys");
    assert!(keys(folder.path()) == keys(target.path()), "the keys belong to the backup");
    let (sound, text) = check(target.path());
    assert!(sound, "{text}");

    let server = Server::start(target.path());
    let found = account(&server, before, &early);
    assert_eq!(found.lost, 0, "{found:?}");
    let held = found.surplus as usize;
    assert!(held > 0 && held < during.len(), "the cut fell among the {} reports sent meanwhile: {held}", during.len());
    let mut resident = server.client();
    for one in &early {
        let answer = resident.post("/api/v1/receipts", &json!({"receipt": one.receipt})).expect("an answer");
        assert_eq!((answer.status, &answer.json()["id"]), (200, &one.report["id"]), "a receipt from before the cut");
    }
    let changes: i64 = cut.iter().map(|(_, version)| version).sum();
    println!(
        "backup under load: {} reports before it, {} during, {held} of those in the cut; {changes} log rows, all tables and the keys equal; {} receipts work",
        early.len(),
        during.len(),
        early.len()
    );
}

#[test]
fn damage_is_noticed_and_nothing_is_written_over() {
    let _turn = alone();
    let (folder, place) = (fresh(), tempdir().expect("a folder"));
    let backup = place.path().join("backup");
    let name = backup.display().to_string();
    assert!(run(folder.path(), &["backup", &name]).status.success());
    assert!(!run(folder.path(), &["backup", &name]).status.success(), "a backup is not written over another");
    let refused = run(folder.path(), &["restore", &name]);
    assert!(!refused.status.success(), "a restore goes into an empty place only");
    assert!(check(folder.path()).0, "and leaves what it found as it was");

    let mut flips = 0;
    for entry in std::fs::read_dir(&backup).expect("a backup") {
        let path = entry.expect("a file").path();
        let whole = std::fs::read(&path).expect("a file");
        // Every byte of the small files, some of the large one: its digest covers each alike.
        let step = (whole.len() / 16).max(1);
        let places: Vec<usize> =
            if whole.len() < 4_096 { (0..whole.len()).step_by(7).collect() } else { (0..whole.len()).step_by(step).collect() };
        for at in places {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << (at % 8);
            std::fs::write(&path, damaged).expect("written");
            let target = tempdir().expect("a folder");
            let outcome = run(target.path(), &["restore", &name]);
            assert!(!outcome.status.success(), "byte {at} of {}", path.display());
            assert!(
                !target.path().join("lykta.db").exists() && !target.path().join("lykta.keys.json").exists(),
                "a damaged backup leaves nothing"
            );
            flips += 1;
        }
        std::fs::write(&path, whole).expect("written");
    }
    assert!(run(place.path(), &["restore", &name, "--verify"]).status.success(), "undamaged again");
    println!("backup: {flips} flipped bits in all its files, {flips} noticed; a used target refused");
}

/// The control: the database file copied while the server runs, which is no backup.
#[test]
fn control_a_copied_file_lacks_the_newest_reports() {
    let _turn = alone();
    let (folder, copied) = (fresh(), tempdir().expect("a folder"));
    let server = Server::start(folder.path());
    let before = total(&server).expect("a list");
    let mut sent: Vec<Sent> = (0..50).map(|_| Sent::new(report())).collect();
    send_all(&server.client(), 4, &mut sent, usize::MAX, || {});
    copy(folder.path(), copied.path());
    server.stop();
    let server = Server::start(copied.path());
    let lost = account(&server, before, &sent).lost;
    assert!(lost > 0, "cp lykta.db is no backup");
    println!("control: `cp lykta.db` under a running server lacks {lost} of 50 accepted reports");
}
