//! Where one is, in which form one wants it, and the links to everything else. Links are absolute: GIS programs do not resolve others.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::html;
use crate::http::Server;
use crate::http::address::base_url;
use crate::http::extract::Parameters;
use crate::http::form::one_of;
use crate::http::problem::Language;

/// A form that a document comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Html,
}

impl Format {
    const ALL: [Self; 2] = [Self::Json, Self::Html];

    /// The code in `f`.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Json => Self::Html,
            Self::Html => Self::Json,
        }
    }

    /// What the caller would rather have (RFC 9110 § 12.5.1); JSON where it does not say.
    fn accepted(headers: &HeaderMap) -> Self {
        let (mut page, mut data, mut any) = (0.0_f32, 0.0_f32, 0.0_f32);
        for part in headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')).take(32)
        {
            let mut pieces = part.split(';').map(str::trim);
            let kind = pieces.next().unwrap_or_default().to_ascii_lowercase();
            let quality = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let best = match kind.as_str() {
                "text/html" | "application/xhtml+xml" | "text/*" => &mut page,
                "*/*" => &mut any,
                kind if kind.starts_with("application/") => &mut data,
                _ => continue,
            };
            *best = best.max(quality);
        }
        if page > data && page >= any { Self::Html } else { Self::Json }
    }
}

/// A link (RFC 8288).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OgcLink)]
pub(super) struct Link {
    /// Absolute.
    pub(super) href: String,
    /// What it leads to.
    #[schema(examples("self", "next", "items"))]
    pub(super) rel: &'static str,
    /// Media type.
    pub(super) r#type: &'static str,
    /// In the reader's language.
    pub(super) title: String,
}

/// The media type of a kind of document as JSON.
pub(super) const JSON: &str = "application/json";
/// The same of features.
pub(super) const GEOJSON: &str = "application/geo+json";
/// The same of the description.
pub(super) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// The request as its links see it.
#[derive(Clone, Debug)]
pub(super) struct Here {
    /// Up to and with `/ogc`.
    root: String,
    /// What follows.
    path: String,
    /// The parameters, decoded.
    query: Vec<(String, String)>,
    accepted: Format,
    /// What the reader reads.
    pub(super) language: Language,
}

impl FromRequestParts<Server> for Here {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Self::Rejection> {
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let path = parts.uri.path().strip_prefix("/ogc").unwrap_or_default();
        Ok(Self {
            root: format!("{}/ogc", base_url(server, &parts.headers)),
            path: if path.is_empty() { "/" } else { path }.to_owned(),
            query: query.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            accepted: Format::accepted(&parts.headers),
            language: Language::from_header(parts.headers.get(header::ACCEPT_LANGUAGE)),
        })
    }
}

impl Here {
    /// Takes `f`, or what the caller accepts.
    pub(super) fn format(&self, parameters: &mut Parameters) -> Format {
        parameters.parsed("f", |text| one_of(text, &Format::ALL, Format::as_str)).unwrap_or(self.accepted)
    }

    /// In the reader's language.
    pub(super) const fn says(&self, sv: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Swedish => sv,
            Language::English => en,
        }
    }

    /// The address of something below the root.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// The path below the root.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Everything of the request that an answer may depend on.
    pub(super) fn name(&self, format: Format) -> String {
        format!("{}{}?{:?}{}{}", self.root, self.path, self.query, format.as_str(), self.language.tag())
    }

    /// The same address with one parameter set.
    fn with(&self, name: &str, value: &str) -> String {
        let kept = self.query.iter().filter(|(other, value)| other != name && !value.is_empty());
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).append_pair(name, value).finish();
        format!("{}{}?{query}", self.root, self.path)
    }

    /// A link to something below the root.
    pub(super) fn link(&self, rel: &'static str, path: &str, kind: &'static str, title: &str) -> Link {
        Link { href: self.address(path), rel, r#type: kind, title: title.to_owned() }
    }

    /// This document, and the same in its other form; `kind` is its media type as JSON.
    pub(super) fn own(&self, format: Format, kind: &'static str) -> Vec<Link> {
        [
            ("self", format, self.says("Det här dokumentet", "This document")),
            ("alternate", format.other(), self.says("I annan form", "In another form")),
        ]
        .map(|(rel, format, title)| {
            let r#type = if format == Format::Html { html::CONTENT_TYPE_PLAIN } else { kind };
            let title = format!("{title} ({})", if format == Format::Html { "HTML" } else { "JSON" });
            Link { href: self.with("f", format.as_str()), rel, r#type, title }
        })
        .into()
    }

    /// The page that follows.
    pub(super) fn next(&self, format: Format, after: &str) -> Link {
        let r#type = if format == Format::Html { html::CONTENT_TYPE_PLAIN } else { GEOJSON };
        Link { href: self.with("after", after), rel: "next", r#type, title: self.says("Nästa sida", "Next page").to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_browser_gets_a_page_and_a_program_gets_json() {
        let of = |text: &'static str| Format::accepted(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(text))]));
        assert_eq!(of("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), Format::Html);
        for program in ["*/*", "application/geo+json, application/json", "text/html;q=0.5, application/json", "image/png", "text/html;q=0"]
        {
            assert_eq!(of(program), Format::Json, "{program}");
        }
        assert_eq!(Format::accepted(&HeaderMap::new()), Format::Json);
    }
}
