//! Other people's map and feature servers on the same PostgreSQL, each as its own manual says: Martin (vector tiles), pygeoapi and tipg
//! (OGC API – Features). What the machine lacks is installed under `target/tmp`.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::client::Client;

const MARTIN: &str = "1.14.0";
const PYGEOAPI: &str = "0.21.0";
const TIPG: &str = "1.6.1";

/// A running server; dropped, it is killed.
pub(crate) struct Service {
    child: Child,
    address: SocketAddr,
    /// Its name and version.
    pub(crate) name: String,
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    /// Waits until it takes connections.
    fn start(name: String, address: SocketAddr, command: &mut Command) -> Result<Self, String> {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|error| format!("{name}: {error}"))?;
        let mut service = Self { child, address, name };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = service.child.try_wait().ok().flatten();
            if ended.is_some() || begun.elapsed() > Duration::from_mins(1) {
                return Err(format!("{} does not start", service.name));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(service)
    }

    /// Somebody who asks it.
    pub(crate) fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Martin, one worker for each core, its cache of tiles on.
    pub(crate) fn martin(postgres: &str) -> Result<Self, String> {
        let folder = folder("martin");
        let program = folder.join("bin").join("martin");
        if !program.exists() {
            println!("Getting Martin {MARTIN} (some minutes) …");
            let features = ["--locked", "--no-default-features", "--features", "postgres"];
            let mut install = Command::new("cargo");
            install.args(["install", "martin", "--quiet", "--version", MARTIN]).args(features).arg("--root").arg(&folder);
            succeed(&mut install)?;
        }
        let address = free();
        let mut command = Command::new(program);
        command.arg("--listen-addresses").arg(address.to_string()).arg(postgres);
        Self::start(format!("Martin {MARTIN}"), address, &mut command)
    }

    /// pygeoapi behind gunicorn, one worker: as many as ask.
    pub(crate) fn pygeoapi(postgres: &str) -> Result<Self, String> {
        let python = python()?;
        let folder = folder("pygeoapi");
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let (settings, openapi) = (folder.join("config.yml"), folder.join("openapi.yml"));
        let address = free();
        std::fs::write(&settings, pygeoapi_settings(address, port_of(postgres))).map_err(|error| error.to_string())?;
        let env = |command: &mut Command| {
            command.env("PYGEOAPI_CONFIG", &settings).env("PYGEOAPI_OPENAPI", &openapi);
        };
        let mut generate = Command::new(python.join("pygeoapi"));
        env(&mut generate);
        succeed(generate.args(["openapi", "generate"]).arg(&settings).arg("--output-file").arg(&openapi))?;
        let mut command = Command::new(python.join("gunicorn"));
        env(&mut command);
        command.args(["-w", "1", "-b", &address.to_string(), "pygeoapi.flask_app:APP"]);
        Self::start(format!("pygeoapi {PYGEOAPI}"), address, &mut command)
    }

    /// tipg behind uvicorn.
    pub(crate) fn tipg(postgres: &str) -> Result<Self, String> {
        let address = free();
        let mut command = Command::new(python()?.join("uvicorn"));
        let port = port_of(postgres).to_string();
        let access = [("USER", "lykta"), ("PASS", "none"), ("HOST", "127.0.0.1"), ("PORT", &port), ("DBNAME", "postgres")];
        command.envs(access.map(|(name, value)| (format!("POSTGRES_{name}"), value)));
        command.env("TIPG_MAX_FEATURES_PER_QUERY", "10000");
        command.args(["tipg.main:app", "--log-level", "error", "--port", &address.port().to_string()]);
        Self::start(format!("tipg {TIPG}"), address, &mut command)
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("rivals").join(name)
}

/// Where the programs of the Python that has both are.
fn python() -> Result<PathBuf, String> {
    let folder = folder("python");
    let programs = folder.join("bin");
    if !programs.join("uvicorn").exists() {
        println!("Getting pygeoapi {PYGEOAPI} and tipg {TIPG} …");
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let packages =
            [&format!("pygeoapi=={PYGEOAPI}"), &format!("tipg=={TIPG}"), "psycopg2-binary", "geoalchemy2", "gunicorn", "uvicorn"];
        succeed(Command::new(programs.join("pip")).args(["install", "--quiet"]).args(packages))?;
    }
    Ok(programs)
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let run = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let told = String::from_utf8_lossy(&run.stderr);
    if run.status.success() { Ok(()) } else { Err(told.lines().last().unwrap_or("no reason given").to_owned()) }
}

/// An address that nobody listens on just now.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

fn port_of(postgres: &str) -> u16 {
    let after = postgres.rsplit(':').next().unwrap_or_default();
    after.split('/').next().and_then(|port| port.parse().ok()).expect("the address of the private server")
}

fn pygeoapi_settings(address: SocketAddr, port: u16) -> String {
    format!(
        r#"server:
  bind: {{host: 127.0.0.1, port: {}}}
  url: http://{address}
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {{default_items: 10, max_items: 10000}}
  map: {{url: "", attribution: ""}}
logging: {{level: ERROR}}
metadata:
  identification: {{title: bench, description: bench, keywords: [bench], keywords_type: theme, terms_of_service: "", url: "http://127.0.0.1"}}
  license: {{name: none, url: ""}}
  provider: {{name: none, url: ""}}
  contact: {{name: none}}
resources:
  points:
    type: collection
    title: points
    description: points
    keywords: [points]
    extents: {{spatial: {{bbox: [-180, -90, 180, 90], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}}}
    providers:
      - type: feature
        name: PostgreSQL
        data: {{host: 127.0.0.1, port: {port}, dbname: postgres, user: lykta, password: none, search_path: [public]}}
        id_field: id
        table: points
        geom_field: place
"#,
        address.port()
    )
}
