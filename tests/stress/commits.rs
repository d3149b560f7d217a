//! Power loss (T35), as far as it can be asked cheaply: every accepted report was followed to the disk before its answer.

use std::collections::HashSet;
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

/// Reports sent one after the other, so that no two share a commit.
const REPORTS: usize = 100;

/// Traces a server that takes reports; how many answers of 201 there were, and how many of them went out before what was written for them
/// had reached the disk.
fn answers_and_hasty_ones(inject: &[&str]) -> (usize, usize) {
    let (folder, traces) = (fresh(), tempdir().expect("a folder"));
    let trace = traces.path().join("trace");
    let name = trace.display().to_string();
    let calls = "trace=pwrite64,fsync,fdatasync,write,writev,sendto";
    let mut program = vec!["strace", "-f", "-y", "-e", calls, "-o", &name];
    program.extend(inject);
    let server = Server::start_under(&program, folder.path());
    let mut sent: Vec<Sent> = (0..REPORTS).map(|_| Sent::new(report())).collect();
    let statuses = send_all(&server.client(), 1, &mut sent, usize::MAX, || {});
    assert_eq!(statuses.get(&201), Some(&REPORTS));
    server.kill();
    read(&std::fs::read_to_string(&trace).expect("a trace"))
}

/// Follows a trace call by call: an answer is hasty when no synchronisation of the log was completed since the last write to it, or none
/// at all since the answer before. What another thread folds from the log into the file meanwhile is on the disk already.
fn read(trace: &str) -> (usize, usize) {
    let (mut answers, mut hasty) = (0, 0);
    let mut synced = false;
    // Threads whose synchronisation of the log is under way.
    let mut waiting = HashSet::new();
    for line in trace.lines() {
        let thread = line.split_whitespace().next().unwrap_or_default();
        let of_log = line.contains("-wal>");
        if line.contains("pwrite64(") && of_log {
            synced = false;
        } else if line.contains("HTTP/1.1 201") {
            answers += 1;
            hasty += usize::from(!synced);
            synced = false;
        } else if line.contains("fsync") || line.contains("fdatasync") {
            if of_log && line.contains("<unfinished") {
                waiting.insert(thread);
            } else if (waiting.remove(thread) || of_log) && line.ends_with("= 0") {
                synced = true;
            }
        }
    }
    (answers, hasty)
}

#[test]
fn every_commit_reaches_the_disk_before_its_answer() {
    let _turn = alone();
    if !can_trace() {
        return;
    }
    assert_eq!(answers_and_hasty_ones(&[]), (REPORTS, 0));
    println!("power loss: {REPORTS} reports, each written and synchronised to the disk before its answer");
}

/// The control: synchronisations that are only said to have been made.
#[test]
fn control_without_synchronisation_every_answer_is_hasty() {
    let _turn = alone();
    if !can_trace() {
        return;
    }
    let found = answers_and_hasty_ones(&["-e", "inject=fsync,fdatasync:retval=0"]);
    assert_eq!(found, (REPORTS, REPORTS));
    println!("control: without synchronisation {} of {REPORTS} answers are seen to be hasty", found.1);
}
