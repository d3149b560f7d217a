//! Where the service is, as those who ask reach it.

use axum::http::{HeaderMap, header};

use super::Server;

/// What stands before a path in an absolute link: as the operator says, else as the request names this host, if that is a name.
pub(super) fn base_url(server: &Server, headers: &HeaderMap) -> String {
    base(&server.settings.base_url, headers)
}

fn base(configured: &str, headers: &HeaderMap) -> String {
    if !configured.is_empty() {
        return configured.trim_end_matches('/').to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    // Only what a host may be made of: the rest would be somebody's own text in our answer.
    let named = !host.is_empty() && host.len() <= 255 && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    // Without a name, links begin at the root of whatever host this is.
    if named { format!("http://{host}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_a_host_that_is_a_name_gets_into_links() {
        let of = |host: &'static str| base("", &HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]));
        assert_eq!(of("localhost:8080"), "http://localhost:8080");
        assert_eq!(of("[::1]:8080"), "http://[::1]:8080");
        assert_eq!(of("evil/\"><script>"), "");
        assert_eq!(base("https://lykta.example/", &HeaderMap::new()), "https://lykta.example");
    }
}
