//! The same documents as plain pages: headings, lists and tables that a screen reader reads, no style, no script, everything escaped.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::links::Here;

/// The media type of a page.
pub(super) const CONTENT_TYPE: &str = "text/html; charset=utf-8";
/// The same in links.
pub(super) const CONTENT_TYPE_PLAIN: &str = "text/html";

/// Appends; writing to a String cannot fail.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A document as a page.
pub(super) fn page(here: &Here, document: &Value) -> String {
    let title = document["title"].as_str().unwrap_or_else(|| here.path().rsplit('/').find(|part| !part.is_empty()).unwrap_or("Lykta"));
    let mut body = format!("<h1>{}</h1>\n", escaped(title));
    match document["features"].as_array() {
        Some(features) => table(here, document, features, &mut body),
        None => members(document.as_object(), &mut body),
    }
    links(here, document, &mut body);
    whole(here, title, &body)
}

/// A page around a body.
pub(super) fn whole(here: &Here, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{} – Lykta</title>\n</head>\n<body>\n{}<main>\n{body}</main>\n</body>\n</html>\n",
        here.language.tag(),
        escaped(title),
        trail(here),
    )
}

/// The way here from the landing page.
fn trail(here: &Here) -> String {
    let label = here.says("Sökväg", "Breadcrumb");
    let mut trail = format!("<nav aria-label=\"{label}\">\n<ol>\n<li><a href=\"{}\">Lykta</a></li>\n", escaped(&here.address("/?f=html")));
    let mut path = String::new();
    let parts: Vec<&str> = here.path().split('/').filter(|part| !part.is_empty()).collect();
    for (number, part) in parts.iter().enumerate() {
        path.push('/');
        path.push_str(part);
        let current = if number + 1 == parts.len() { " aria-current=\"page\"" } else { "" };
        let address = escaped(&here.address(&format!("{path}?f=html")));
        put(&mut trail, format_args!("<li><a href=\"{address}\"{current}>{}</a></li>\n", escaped(part)));
    }
    trail + "</ol>\n</nav>\n"
}

/// A value in words.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => escaped(text),
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| format!("{}: {}", escaped(name), words(value))).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// Everything but the title and the links.
fn members(fields: Option<&Map<String, Value>>, out: &mut String) {
    let told = |name: &str| !matches!(name, "title" | "links" | "type");
    out.push_str("<dl>\n");
    for (name, value) in fields.into_iter().flatten().filter(|(name, _)| told(name)) {
        put(out, format_args!("<dt>{}</dt>\n", escaped(name)));
        let list = value.as_array().filter(|list| list.iter().any(Value::is_object));
        match list {
            Some(list) => {
                for one in list {
                    let href = one["links"][0]["href"].as_str().unwrap_or_default();
                    let name = one["title"].as_str().or(one["id"].as_str()).unwrap_or_default();
                    let says = one["description"].as_str().unwrap_or_default();
                    put(out, format_args!("<dd><a href=\"{}\">{}</a><br>{}</dd>\n", escaped(href), escaped(name), escaped(says)));
                }
            }
            None => put(out, format_args!("<dd>{}</dd>\n", words(value))),
        }
    }
    out.push_str("</dl>\n");
}

fn table(here: &Here, document: &Value, features: &[Value], out: &mut String) {
    let numbers = format!(
        "{} {} {} {}",
        words(&document["numberReturned"]),
        here.says("av", "of"),
        words(&document["numberMatched"]),
        here.says("objekt", "features")
    );
    let columns: Vec<&String> =
        features.first().and_then(|feature| feature["properties"].as_object()).into_iter().flat_map(Map::keys).collect();
    put(out, format_args!("<table>\n<caption>{numbers}</caption>\n<thead>\n<tr><th scope=\"col\">id</th>"));
    for name in &columns {
        put(out, format_args!("<th scope=\"col\">{}</th>", escaped(name)));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for feature in features {
        let id = feature["id"].as_str().unwrap_or_default();
        let href = here.address(&format!("{}/{id}?f=html", here.path()));
        put(out, format_args!("<tr><th scope=\"row\"><a href=\"{}\">{}</a></th>", escaped(&href), escaped(id)));
        for name in &columns {
            put(out, format_args!("<td>{}</td>", words(&feature["properties"][name.as_str()])));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn links(here: &Here, document: &Value, out: &mut String) {
    put(out, format_args!("<h2>{}</h2>\n<ul>\n", here.says("Länkar", "Links")));
    for link in document["links"].as_array().into_iter().flatten() {
        let text = |name: &str| escaped(link[name].as_str().unwrap_or_default());
        let [href, rel, kind, title] = ["href", "rel", "type", "title"].map(text);
        put(out, format_args!("<li><a href=\"{href}\" rel=\"{rel}\" type=\"{kind}\">{title}</a></li>\n"));
    }
    out.push_str("</ul>\n");
}

/// The description, operation by operation.
pub(super) fn description(here: &Here, document: &Value) -> String {
    let title = here.says("Beskrivning", "Description");
    let mut body = format!("<h1>{title}</h1>\n<p>{}</p>\n", words(&document["info"]["description"]));
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let operation = &item["get"];
        put(&mut body, format_args!("<h2><code>GET /ogc{}</code></h2>\n<p>{}</p>\n", escaped(path), words(&operation["summary"])));
        let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        if !parameters.is_empty() {
            body.push_str("<dl>\n");
            for parameter in parameters {
                put(
                    &mut body,
                    format_args!("<dt><code>{}</code></dt>\n<dd>{}</dd>\n", words(&parameter["name"]), words(&parameter["description"])),
                );
            }
            body.push_str("</dl>\n");
        }
    }
    whole(here, title, &body)
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(escaped("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }
}
