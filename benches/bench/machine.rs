//! What the figures were measured on.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use crate::harness::figures::Figures;

fn field(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// One line: processor, cores, memory, kernel, load, and how long the disk takes to take a page.
pub(crate) fn describe(folder: &Path) -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default().trim().to_owned();
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let load = read("/proc/loadavg").split(' ').take(3).collect::<Vec<_>>().join(" ");
    let mib = field("/proc/meminfo", "MemTotal").split(' ').next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() >> 10;
    format!(
        "Machine: {}, {cores} cores, {mib} MiB, Linux {}; load before the run {load}; appending 4 KiB and fdatasync: {}.",
        field("/proc/cpuinfo", "model name"),
        read("/proc/sys/kernel/osrelease"),
        syncs(folder)
    )
}

/// Bytes of memory that this process takes.
pub(crate) fn resident() -> usize {
    let kib = field("/proc/self/status", "VmRSS");
    kib.split(' ').next().and_then(|kib| kib.parse::<usize>().ok()).unwrap_or_default() << 10
}

fn syncs(folder: &Path) -> Figures {
    let path = folder.join("sync-probe");
    let mut file = std::fs::File::create(&path).expect("a file");
    let measured = (0..200)
        .map(|_| {
            let started = Instant::now();
            file.write_all(&[1; 4_096]).and_then(|()| file.sync_data()).expect("written");
            started.elapsed()
        })
        .collect();
    std::fs::remove_file(path).expect("removed");
    Figures::new(measured)
}
