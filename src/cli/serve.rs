//! `lykta serve` and `lykta demo`.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::{Failure, open, say};
use crate::app::App;
use crate::http::{Server, metrics, serve};
use crate::settings::Settings;

/// Flags of both verbs.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address and port [default: 127.0.0.1:8080] [env: LYKTA_LISTEN]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// How visitors reach the service, such as https://lykta.example.se [env: LYKTA_BASE_URL]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Base map: none, a .pmtiles file, or the https:// URL of a style [env: LYKTA_BASEMAP]
    #[arg(long, value_name = "MAP")]
    basemap: Option<String>,
}

impl Arguments {
    /// Adds what was given to the flags.
    pub(super) fn flags(&self, flags: &mut BTreeMap<&'static str, String>) {
        flags.extend(self.listen.clone().map(|value| ("listen", value)));
        flags.extend(self.base_url.clone().map(|value| ("base_url", value)));
        flags.extend(self.basemap.clone().map(|value| ("basemap", value)));
    }
}

/// Serves until the process is told to stop.
pub(super) async fn run(settings: &Settings, demo: bool) -> Result<ExitCode, Failure> {
    // The port first: a second start on the same port must fail before it touches anything.
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
    let address = listener.local_addr()?;
    let metrics = match settings.metrics_listen {
        Some(address) => Some(TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?),
        None => None,
    };
    let app = open(settings).await?;
    if demo {
        app.install_demo(|name| say(&format!("Filling in example data: {name} …"))).await?;
    }
    let server = Server::new(Arc::clone(&app), settings.http.clone())?;
    if let Some(listener) = metrics {
        tokio::spawn(metrics::serve(listener, server.clone()));
    }
    // Before anybody hears that the service runs: whoever asks it to stop from then on is heard.
    let stop = stop()?;
    let url = url(settings, address);
    greet(settings, &app, &url, demo || app.keys_are_new());
    if demo && let Some((logins, password)) = app.demo_logins().await? {
        say(&format!("  Log in as             {}", logins.join(", ")));
        say(&format!("  Password of them all  {password}"));
    } else if let Some(link) = app.first_invitation().await? {
        say(&format!("  First administrator  {url}/konto#inbjudan={}", link.key));
    }
    let house = Arc::clone(&app);
    let house = tokio::spawn(async move { house.keep_house().await });
    serve(listener, server, stop).await?;
    house.abort();
    app.close().await;
    Ok(ExitCode::SUCCESS)
}

/// How the service is reached.
fn url(settings: &Settings, address: SocketAddr) -> String {
    if !settings.base_url.is_empty() {
        return settings.base_url.clone();
    }
    let host = if address.ip().is_loopback() { "localhost".to_owned() } else { address.ip().to_string() };
    format!("http://{host}:{}", address.port())
}

/// Says where the service is and how to log in. A made operator token is shown only when it is new, or with the demo: what a service
/// prints ends up in journals.
fn greet(settings: &Settings, app: &App, url: &str, show_token: bool) {
    say(&format!("Lykta: {url}"));
    say("  Report and receipts  /   /kvitto");
    say("  Public map           /karta");
    if settings.app.operator_token.is_some() {
        say("  Plan                 /plan   (log in with LYKTA_OPERATOR_TOKEN)");
    } else if show_token {
        say(&format!("  Plan                 {url}/plan#key={}", app.operator_token()));
    } else {
        say(&format!("  Plan                 /plan   (log in with the operator_token in {})", settings.app.keys.display()));
    }
}

/// Listens from now on; resolves on Ctrl-C, or when the service manager asks.
#[cfg(unix)]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

/// Resolves on Ctrl-C.
#[cfg(not(unix))]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
