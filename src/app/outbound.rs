//! Asking other services over HTTP: only those that the operator has named, never what lies behind a name that leads inside.
//!
//! A name is resolved once and the connection goes to what was looked at; no redirect is followed; size and time are bounded.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Response, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use tower::Service;

/// How long an answer may take in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer.
const ANSWER_MAX: usize = 1024 * 1024;

/// Why another service was not asked, or gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// Its address is not one to connect to.
    #[error("{0} is not a public address")]
    Inside(String),
    /// Plain http, or no address at all.
    #[error("{0} is not an https:// address")]
    Plain(String),
    /// It did not answer, or broke off.
    #[error("no answer: {0}")]
    Unreached(String),
    /// It took too long.
    #[error("no answer within {} s", PATIENCE.as_secs())]
    Late,
    /// Its certificates cannot be read.
    #[error("{0}")]
    Certificates(String),
}

/// Asks other services.
#[derive(Clone, Debug)]
pub struct Outbound {
    client: Client<HttpsConnector<HttpConnector<Resolver>>, Full<Bytes>>,
    inside: bool,
}

impl Outbound {
    /// `inside` allows addresses of the operator's own network, and plain http to this machine. `roots` is a PEM file of certificates to trust beside the
    /// public ones.
    pub fn new(inside: bool, roots: Option<&Path>) -> Result<Self, OutboundError> {
        let mut store: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        if let Some(path) = roots {
            let unread = |error: &dyn std::fmt::Display| OutboundError::Certificates(format!("{}: {error}", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unread(&error))? {
                store.add(certificate.map_err(|error| unread(&error))?).map_err(|error| unread(&error))?;
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| OutboundError::Certificates(error.to_string()))?
            .with_root_certificates(store)
            .with_no_client_auth();
        let mut http = HttpConnector::new_with_resolver(Resolver { inside });
        http.enforce_http(false);
        http.set_connect_timeout(Some(PATIENCE));
        let https = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().wrap_connector(http);
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(https), inside })
    }

    /// Sends a request and reads the whole answer.
    pub async fn ask(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, OutboundError> {
        self.look(request.uri())?;
        let unreached = |error: &dyn std::error::Error| OutboundError::Unreached(causes(error));
        let asked = async {
            let answer = self.client.request(request.map(|body| Full::new(body.into()))).await.map_err(|error| unreached(&error))?;
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_MAX).collect().await.map_err(|error| unreached(&*error))?;
            Ok(Response::from_parts(head, body.to_bytes().to_vec()))
        };
        tokio::time::timeout(PATIENCE, asked).await.map_err(|_| OutboundError::Late)?
    }

    /// An address that is written as numbers never meets the resolver.
    fn look(&self, uri: &Uri) -> Result<(), OutboundError> {
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let numbers = host.parse::<IpAddr>().ok();
        let here = host == "localhost" || numbers.is_some_and(|ip| ip.is_loopback());
        if uri.scheme_str() != Some("https") && !(self.inside && here && uri.scheme_str() == Some("http")) {
            return Err(OutboundError::Plain(uri.to_string()));
        }
        match numbers {
            Some(ip) if !self.inside && !is_public(ip) => Err(OutboundError::Inside(ip.to_string())),
            _ => Ok(()),
        }
    }
}

/// An error with what caused it: the outermost of these says only that there was one.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

/// Resolves names to addresses that may be connected to.
#[derive(Clone, Debug)]
struct Resolver {
    inside: bool,
}

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let inside = self.inside;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One address inside among several is enough to trust none of them.
            if !inside && let Some(bad) = found.iter().find(|address| !is_public(address.ip())) {
                return Err(std::io::Error::other(format!("{name} leads to {}, which is not a public address", bad.ip())));
            }
            Ok(found.into_iter())
        })
    }
}

/// Whether an address is one of the public internet (IANA special-purpose address registries, RFC 6890 and after), however it is wrapped.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_multicast() || ip.is_documentation();
    let reserved = a == 0 || a >= 240 || (a == 100 && b & 0xc0 == 64) || (a, b, c) == (192, 0, 0) || (a == 198 && b & 0xfe == 18);
    !special && !reserved && (a, b, c) != (192, 88, 99)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let v4 = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match parts {
        // IPv4-mapped, NAT64, 6to4: what they wrap decides.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => v4(high, low),
        // Teredo, documentation, ORCHID and the rest of 2001::/23 are not services.
        [0x2001, second, ..] if second < 0x0200 || second == 0xdb8 => false,
        [first, ..] => first & 0xe000 == 0x2000 && first != 0x3fff,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_inside_is_not_public() {
        let inside = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.254",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2001::1",
            "2001:db8::1",
            "2001:10::1",
            "100::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "3fff::1",
        ];
        for text in inside {
            assert!(!is_public(text.parse().expect("an address")), "{text}");
        }
        for text in
            ["8.8.8.8", "193.10.0.1", "100.128.0.1", "172.32.0.1", "2a00:1450::1", "2001:6b0::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]
        {
            assert!(is_public(text.parse().expect("an address")), "the control: {text}");
        }
    }

    #[tokio::test]
    async fn nobody_is_led_inside_by_numbers_names_or_redirects() {
        let canary = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        canary.set_nonblocking(true).expect("set");
        let port = canary.local_addr().expect("bound").port();
        let outbound = Outbound::new(false, None).expect("made");
        // As the WHATWG reader of addresses, which all of them pass first, writes them: decimal, octal, hexadecimal, short, percent-encoded, with dots.
        let forms = [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.1.",
            "%31%32%37.0.0.1",
            "１２７.0.0.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:0:0:1]",
            "[64:ff9b::7f00:1]",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "user@127.0.0.1",
            "127.0.0.1#@example.se",
        ];
        let mut tried = 0;
        for scheme in ["https", "http"] {
            for form in forms {
                let (name, rest) = form.split_once('#').map_or((form, ""), |(name, _)| (name, "#@example.se"));
                let Ok(url) = url::Url::parse(&format!("{scheme}://{name}:{port}/{rest}")) else { continue };
                let mut plain = url.clone();
                plain.set_fragment(None);
                let _ = (plain.set_username(""), plain.set_password(None));
                let request = Request::get(plain.as_str()).body(Vec::new()).expect("a request");
                assert!(outbound.ask(request).await.is_err(), "{url}");
                tried += 1;
            }
        }
        assert!(tried >= 36, "{tried}");
        assert!(canary.accept().is_err(), "nobody came");
        // The control: allowed, it comes.
        let allowed = Outbound::new(true, None).expect("made");
        let request = Request::get(format!("http://localhost:{port}/")).body(Vec::new()).expect("a request");
        let _ = tokio::time::timeout(Duration::from_millis(500), allowed.ask(request)).await;
        assert!(canary.accept().is_ok(), "somebody came");
    }
}
