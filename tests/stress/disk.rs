//! A full disk and a disk that fails (T36): refused with a problem document, nothing accepted is lost, service resumes by itself.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::alone;
use crate::commits::can_trace;
use crate::harness::reports::report;
use crate::harness::server::{Server, check, copy, fresh};
use crate::senders::{Account, Sent, account, send, send_all, total};

/// A small disk of its own, unmounted when dropped.
struct Disk {
    folder: TempDir,
}

impl Disk {
    /// `None` where mounting is not allowed.
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self { folder });
        }
        println!("SKIPPED: a small disk cannot be mounted (run as root)");
        None
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room that is left but this much.
    fn fill(&self, but: u64) -> PathBuf {
        let path = self.path().join("ballast");
        let mut ballast = std::fs::File::create(&path).expect("a file");
        while ballast.write_all(&[0; 4_096]).is_ok() {}
        let size = ballast.metadata().expect("a size").len();
        ballast.set_len(size.saturating_sub(but)).expect("a shorter file");
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_refuses_loses_nothing_and_resumes() {
    let _turn = alone();
    let Some(disk) = Disk::mount("64m") else { return };
    copy(fresh().path(), disk.path());
    let server = Server::start(disk.path());
    let before = total(&server).expect("a list");
    let ballast = disk.fill(300 * 1_024);
    let mut sent: Vec<Sent> = (0..2_000).map(|_| Sent::new(report())).collect();
    let statuses = send_all(&server.client(), 8, &mut sent, usize::MAX, || {});
    let (accepted, refused) = (statuses.get(&201).copied().unwrap_or_default(), statuses.get(&507).copied().unwrap_or_default());
    assert!(accepted > 0 && refused > 0, "some fit, then the disk is full: {statuses:?}");
    assert_eq!(accepted + refused, sent.len(), "nothing but 201 and 507: {statuses:?}");

    let answer = server.client().post("/api/v1/reports", &report()).expect("an answer");
    assert!(answer.is_problem(507, "storage-full"), "{} {}", answer.status, answer.json());
    assert_eq!(account(&server, before, &sent), Account::default(), "what was accepted is there, what was refused is not; reads go on");
    assert_eq!(server.client().get("/api/v1/municipalities/0780").expect("an answer").status, 200);
    // What a probe writes is less than a report and may still fit; each one that does leaves less room for the next.
    let unready = (0..500).any(|_| server.client().get("/readyz").expect("an answer").status == 503);
    assert!(unready, "a full disk is not ready");

    std::fs::remove_file(ballast).expect("freed");
    let statuses = send_all(&server.client(), 8, &mut sent, usize::MAX, || {});
    assert_eq!(statuses.get(&201), Some(&refused), "all the refused ones are taken now, without a restart: {statuses:?}");
    assert_eq!(account(&server, before, &sent), Account::default());
    assert_eq!(server.client().get("/readyz").expect("an answer").status, 200, "ready again by itself");
    server.kill();
    let (sound, text) = check(disk.path());
    assert!(sound, "{text}");
    println!(
        "full disk: {accepted} accepted, {refused} refused with 507, 0 lost; {refused} accepted after room was made, no restart; chain holds"
    );
}

/// Sends 200 reports to a server whose calls fail now and then; everybody tries up to forty times.
fn with_failing(calls: &str, fault: &str) {
    let folder = fresh();
    let inject = format!("inject={calls}:{fault}");
    let server = Server::start_under(&["strace", "-f", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-e", &inject], folder.path());
    let before = total(&server).expect("a list");
    let mut sent: Vec<Sent> = (0..200).map(|_| Sent::new(report())).collect();
    let mut client = server.client();
    let mut statuses = crate::senders::Statuses::new();
    for one in &mut sent {
        for _ in 0..40 {
            let status = send(&mut client, one);
            *statuses.entry(status).or_default() += 1;
            if one.receipt.is_some() {
                break;
            }
            assert!(matches!(status, 503 | 507), "a clear refusal: {status}");
        }
    }
    assert!(sent.iter().all(|one| one.receipt.is_some()), "everybody got through: {statuses:?}");
    let refused: usize = [503, 507].iter().filter_map(|status| statuses.get(status)).sum();
    assert!(refused > 0, "the fault was felt: {statuses:?}");
    assert_eq!(account(&server, before, &sent), Account::default(), "each is there once, also where the failure left it open");
    server.kill();
    let (sound, text) = check(folder.path());
    assert!(sound, "{text}");
    println!("{calls} {fault}: 200 reports, {statuses:?}: each stored once, none lost after kill -9; chain holds");
}

#[test]
fn a_failing_disk_loses_nothing() {
    let _turn = alone();
    if !can_trace() {
        return;
    }
    with_failing("fsync,fdatasync", "error=EIO:when=20+11");
    with_failing("pwrite64", "error=ENOSPC:when=200+67");
    with_failing("pwrite64", "error=EIO:when=200+83");
}

/// The control: a disk that says it wrote and did not, so that nothing can be refused.
#[test]
fn control_on_a_disk_that_lies_the_loss_is_seen() {
    let _turn = alone();
    if !can_trace() {
        return;
    }
    let folder = fresh();
    let server = Server::start_under(
        &["strace", "-f", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", "inject=pwrite64:retval=4096:when=100"],
        folder.path(),
    );
    let before = total(&server).expect("a list");
    let mut sent: Vec<Sent> = (0..30).map(|_| Sent::new(report())).collect();
    send_all(&server.client(), 1, &mut sent, usize::MAX, || {});
    server.kill();
    let server = Server::start(folder.path());
    let lost = account(&server, before, &sent).lost;
    assert!(lost > 0, "one write of a commit was never made");
    println!(
        "control: one write that was only said to have been made loses {lost} of 30 accepted reports after kill -9, and the check sees it"
    );
}
