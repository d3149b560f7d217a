//! `kill -9` in the middle of writing (T34): what was answered 201 is there once, and the change log holds.
//!
//! `LYKTA_STRESS_KILLS=100 LYKTA_STRESS_WRITERS=50` runs the row of the acceptance table in full.

use crate::harness::reports::{random, report};
use crate::harness::server::{Server, check, copy, fresh};
use crate::senders::{Account, Sent, account, send_all, total};
use crate::{alone, setting};

const REPORTS: usize = 200;

#[test]
fn what_was_accepted_survives_kill_9() {
    let _turn = alone();
    let (rounds, writers) = (setting("LYKTA_STRESS_KILLS", 10), setting("LYKTA_STRESS_WRITERS", 8));
    let folder = fresh();
    let (mut accepted, mut cut, mut unheard) = (0, 0, 0);
    let mut server = Server::start(folder.path());
    for round in 0..rounds {
        let before = total(&server).expect("a list");
        let mut sent: Vec<Sent> = (0..REPORTS).map(|_| Sent::new(report())).collect();
        let client = server.client();
        let enough = 20 + (random() as usize % (REPORTS - 60));
        let statuses = send_all(&client, writers, &mut sent, enough, move || server.kill());
        cut += statuses.get(&0).copied().unwrap_or_default();
        accepted += sent.iter().filter(|one| one.receipt.is_some()).count();
        assert!(statuses.get(&0).is_some_and(|broken| *broken > 0), "round {round}: the kill came too late to cut anybody off");

        server = Server::start(folder.path());
        let found = account(&server, before, &sent);
        assert_eq!((found.lost, found.surplus), (0, 0), "round {round}: {found:?}");
        unheard += found.unheard;

        // Everybody tries again with the same id: those who had an answer get it once more, the others are accepted now.
        let heard: Vec<bool> = sent.iter().map(|one| one.receipt.is_some()).collect();
        let mut again: Vec<Sent> = sent.iter().map(|one| Sent::new(one.report.clone())).collect();
        let statuses = send_all(&server.client(), writers, &mut again, usize::MAX, || {});
        let known = heard.iter().filter(|heard| **heard).count() + found.unheard;
        assert_eq!(statuses.get(&200), Some(&known), "round {round}: {statuses:?}");
        assert_eq!(statuses.values().sum::<usize>(), statuses.get(&200).unwrap_or(&0) + statuses.get(&201).unwrap_or(&0));
        for (first, repeat) in sent.iter().zip(&again) {
            assert!(first.receipt.is_none() || first.receipt == repeat.receipt, "a repeat answers with the same receipt");
        }
        assert_eq!(account(&server, before, &again), Account::default(), "round {round}");
    }
    server.kill();
    let (sound, text) = check(folder.path());
    assert!(sound, "{text}");
    println!(
        "kill -9: {rounds} rounds of {REPORTS} reports from {writers} clients: {accepted} accepted before a kill, 0 lost; {cut} connections cut; \
        {unheard} stored unheard, each stored once; chain holds"
    );
}

/// The control: the same check, on a database whose log of unfolded commits is thrown away as if it had never reached the disk.
#[test]
fn control_without_the_log_the_loss_is_seen() {
    let _turn = alone();
    let (folder, amputated) = (fresh(), fresh());
    let server = Server::start(folder.path());
    let before = total(&server).expect("a list");
    let mut sent: Vec<Sent> = (0..50).map(|_| Sent::new(report())).collect();
    send_all(&server.client(), 4, &mut sent, usize::MAX, || {});
    server.kill();
    copy(folder.path(), amputated.path());
    let server = Server::start(amputated.path());
    let found = account(&server, before, &sent);
    assert!(found.lost > 0, "a database without its log must look like one that lost reports: {found:?}");
    println!("control: without the write-ahead log {} of 50 accepted reports are gone, and the check sees it", found.lost);
}
