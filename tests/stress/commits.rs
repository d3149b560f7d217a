//! Power loss (T35), as far as it can be asked cheaply: every accepted report was followed to the disk before its answer.

use std::process::Command;

use tempfile::tempdir;

use crate::alone;
use crate::harness::reports::report;
use crate::harness::server::{Server, fresh};
use crate::senders::{Sent, send_all};

/// Whether system calls can be traced here.
pub(crate) fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output().is_ok_and(|output| output.status.success());
    if !traced {
        println!("SKIPPED: strace is not installed or not allowed (apt-get install strace)");
    }
    traced
}

/// Lines of a trace that are a completed synchronisation.
fn syncs(trace: &std::path::Path) -> usize {
    let text = std::fs::read_to_string(trace).expect("a trace");
    text.lines().filter(|line| (line.contains("fsync") || line.contains("fdatasync")) && line.ends_with("= 0")).count()
}

#[test]
fn every_commit_reaches_the_disk_before_its_answer() {
    let _turn = alone();
    if !can_trace() {
        return;
    }
    const REPORTS: usize = 100;
    let (folder, traces) = (fresh(), tempdir().expect("a folder"));
    let trace = traces.path().join("trace");
    let name = trace.display().to_string();
    let server = Server::start_under(&["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", &name], folder.path());
    let started = syncs(&trace);
    let mut sent: Vec<Sent> = (0..REPORTS).map(|_| Sent::new(report())).collect();
    // One after the other, so that no two share a commit.
    let statuses = send_all(&server.client(), 1, &mut sent, usize::MAX, || {});
    assert_eq!(statuses.get(&201), Some(&REPORTS));
    let made = syncs(&trace) - started;
    assert!(made >= REPORTS, "{made} synchronisations for {REPORTS} commits");
    println!("power loss: {REPORTS} commits one after the other, {made} synchronisations to the disk");
}
