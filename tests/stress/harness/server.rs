//! The real program as a child process, on a folder of its own and a free port.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

use super::client::Client;

/// The token with the planner's rights.
pub(crate) const TOKEN: &str = "stress-operator-token";
/// The program under test.
const LYKTA: &str = env!("CARGO_BIN_EXE_lykta");

/// A running server; dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Kept open: a program whose standard output breaks is another test.
    _output: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: SocketAddr,
}

/// The program with the settings of a folder: database and keys lie there, the token is known, visitors are not limited.
pub(crate) fn lykta(folder: &Path) -> Command {
    set_up(Command::new(LYKTA), folder)
}

fn set_up(mut command: Command, folder: &Path) -> Command {
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LYKTA_")) {
        command.env_remove(name);
    }
    command
        .env("LYKTA_DATABASE_URL", format!("sqlite://{}", folder.join("lykta.db").display()))
        .env("LYKTA_OPERATOR_TOKEN", TOKEN)
        .env("LYKTA_LISTEN", "127.0.0.1:0")
        .env("LYKTA_RATE_LIMIT", "off")
        .env("LYKTA_LOG", "error")
        .current_dir(folder);
    command
}

/// Runs a verb to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    lykta(folder).args(arguments).output().expect("the program runs")
}

/// Whether `lykta check` finds everything in order, and what it printed.
pub(crate) fn check(folder: &Path) -> (bool, String) {
    let output = run(folder, &["check"]);
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

impl Server {
    /// Serves a folder.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::spawn(lykta(folder), folder, "serve")
    }

    /// Serves a folder with settings of its own, what it logs in a file of the folder.
    pub(crate) fn start_with(folder: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = lykta(folder);
        command.envs(settings.iter().copied());
        let log = File::options().create(true).append(true).open(folder.join("log.txt")).expect("a log");
        Self::spawn_logging(command, folder, "serve", log)
    }

    /// Serves a folder under another program: a tracer, or a shell that sets a limit first.
    pub(crate) fn start_under(program: &[impl AsRef<OsStr>], folder: &Path) -> Self {
        let mut command = Command::new(&program[0]);
        command.args(&program[1..]).arg(LYKTA);
        Self::spawn(set_up(command, folder), folder, "serve")
    }

    fn spawn(command: Command, folder: &Path, verb: &str) -> Self {
        let log = File::options().create(true).append(true).open(std::env::temp_dir().join("lykta-stress.log")).expect("a log");
        Self::spawn_logging(command, folder, verb, log)
    }

    fn spawn_logging(mut command: Command, folder: &Path, verb: &str, log: File) -> Self {
        let mut child = command.arg(verb).stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        let port = loop {
            line.clear();
            let read = output.read_line(&mut line).expect("readable output");
            assert!(read > 0, "`lykta {verb}` ended before it served {}", folder.display());
            if let Some(url) = line.trim().strip_prefix("Lykta: ") {
                break url.rsplit(':').next().and_then(|port| port.parse::<u16>().ok()).expect("a port");
            }
        };
        Self { child, _output: output, address: SocketAddr::from(([127, 0, 0, 1], port)) }
    }

    /// A resident.
    pub(crate) const fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// A planner.
    pub(crate) fn planner(&self) -> Client {
        Client::with_token(self.address, TOKEN)
    }

    /// The process that is `lykta`, also under a tracer.
    pub(crate) fn pid(&self) -> u32 {
        let own = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{own}/task/{own}/children")).unwrap_or_default();
        children.split_whitespace().find_map(|pid| pid.parse().ok()).unwrap_or(own)
    }

    /// Resident memory in bytes, now and at its highest.
    pub(crate) fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() * 1_024
        };
        (of("VmRSS:"), of("VmHWM:"))
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.signal("KILL");
        self.child.wait().expect("it ended");
    }

    /// Asks it to stop, and waits.
    pub(crate) fn stop(mut self) {
        self.signal("TERM");
        let status = self.child.wait().expect("it ended");
        assert!(status.success(), "a graceful stop ends well: {status}");
    }

    fn signal(&self, name: &str) {
        let done = Command::new("kill").args([&format!("-{name}"), &self.pid().to_string()]).status().expect("kill runs");
        assert!(done.success(), "kill -{name}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.signal("KILL");
            let _ = self.child.wait();
        }
    }
}

/// A folder with a database of its own: a copy of the demo, closed.
pub(crate) fn fresh() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(seed(), folder.path());
    folder
}

/// Copies a database and its keys, without its log.
pub(crate) fn copy(from: &Path, to: &Path) {
    for name in ["lykta.db", "lykta.keys.json"] {
        std::fs::copy(from.join(name), to.join(name)).expect("copied");
    }
}

/// The demo, filled in once.
fn seed() -> &'static Path {
    static SEED: OnceLock<PathBuf> = OnceLock::new();
    SEED.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stress-demo");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Server::spawn(lykta(&folder), &folder, "demo").stop();
        folder
    })
}
