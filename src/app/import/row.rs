//! One row of a file, before anything is known of what it means: a CSV record or a GeoJSON feature, behind the same few questions.

use std::borrow::Cow;
use std::sync::Arc;

use csv::ByteRecord;
use serde_json::{Map, Value};

use super::account::Reason;
use crate::domain::invalid::{Expected, Fault};

/// A row with its number, counted from 1; one that has no readable form carries the reason instead.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) number: u64,
    pub(super) body: Result<Body, Reason>,
}

/// What a row holds.
#[derive(Debug)]
pub(super) struct Body {
    values: Values,
    /// The GeoJSON geometry of a feature.
    pub(super) geometry: Option<Value>,
    /// The `id` member of a feature.
    pub(super) feature_id: Option<String>,
}

#[derive(Debug)]
enum Values {
    Csv { record: ByteRecord, header: Arc<Vec<String>> },
    Json(Map<String, Value>),
}

impl Body {
    /// A CSV record; one whose fields do not match the column names is no row.
    pub(super) fn from_csv(record: ByteRecord, header: &Arc<Vec<String>>) -> Result<Self, Reason> {
        if record.len() != header.len() {
            let line = record.position().map_or(0, csv::Position::line);
            return Err(Reason::new("ragged", format!("{} fields under {} column names (line {line})", record.len(), header.len())));
        }
        Ok(Self { values: Values::Csv { record, header: Arc::clone(header) }, geometry: None, feature_id: None })
    }

    /// A GeoJSON feature.
    pub(super) fn from_feature(value: Value) -> Result<Self, Reason> {
        let broken = |what: &str| Reason::new("not_a_feature", what);
        let Value::Object(mut feature) = value else { return Err(broken("not a JSON object")) };
        if feature.get("type").and_then(Value::as_str) != Some("Feature") {
            return Err(broken("its type is not Feature"));
        }
        let properties = match feature.remove("properties") {
            Some(Value::Object(properties)) => properties,
            None | Some(Value::Null) => Map::new(),
            Some(_) => return Err(broken("its properties are not an object")),
        };
        let geometry = match feature.remove("geometry") {
            Some(geometry @ Value::Object(_)) => Some(geometry),
            None | Some(Value::Null) => None,
            Some(_) => return Err(broken("its geometry is not an object")),
        };
        let feature_id = match feature.remove("id") {
            Some(Value::String(id)) => Some(id),
            Some(Value::Number(id)) => Some(id.to_string()),
            _ => None,
        };
        Ok(Self { values: Values::Json(properties), geometry, feature_id })
    }

    /// A geometry that stands alone in its file.
    pub(super) fn from_geometry(geometry: Map<String, Value>) -> Self {
        Self { values: Values::Json(Map::new()), geometry: Some(Value::Object(geometry)), feature_id: None }
    }

    /// The names of a feature's properties.
    pub(super) fn property_names(&self) -> impl Iterator<Item = &String> {
        match &self.values {
            Values::Json(properties) => Some(properties.keys()),
            Values::Csv { .. } => None,
        }
        .into_iter()
        .flatten()
    }

    /// The text in a column, trimmed; `None` when it is empty. A list of texts is joined by spaces.
    pub(super) fn text(&self, at: usize, name: &str) -> Result<Option<Cow<'_, str>>, Reason> {
        let text = match &self.values {
            Values::Csv { record, .. } => match record.get(at) {
                Some(bytes) => Cow::Borrowed(
                    std::str::from_utf8(bytes).map_err(|_| Reason::new("not_utf8", format!("column {name}: save the file as UTF-8")))?,
                ),
                None => return Ok(None),
            },
            Values::Json(properties) => match properties.get(name) {
                None | Some(Value::Null) => return Ok(None),
                Some(Value::String(text)) => Cow::Borrowed(text.as_str()),
                Some(Value::Number(number)) => Cow::Owned(number.to_string()),
                Some(Value::Bool(flag)) => Cow::Borrowed(if *flag { "true" } else { "false" }),
                Some(Value::Array(items)) => match items.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
                    Some(texts) => Cow::Owned(texts.join(" ")),
                    None => return Err(Reason::fault(name, &Fault::WrongType(Expected::Text), None)),
                },
                Some(Value::Object(_)) => return Err(Reason::fault(name, &Fault::WrongType(Expected::Text), None)),
            },
        };
        let trimmed = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        Ok(if trimmed.is_empty() { None } else { Some(trimmed) })
    }

    /// Everything the row says, in one form that does not depend on the order of columns or on empty ones.
    pub(super) fn content(&self) -> Vec<u8> {
        match &self.values {
            Values::Csv { record, header } => {
                let mut cells: Vec<(&str, &[u8])> =
                    header.iter().map(String::as_str).zip(record.iter()).filter(|(_, value)| !value.is_empty()).collect();
                cells.sort_unstable();
                let mut content = Vec::new();
                for (name, value) in cells {
                    for part in [name.as_bytes(), value] {
                        content.extend_from_slice(&(part.len() as u64).to_be_bytes());
                        content.extend_from_slice(part);
                    }
                }
                content
            }
            Values::Json(properties) => serde_json::json!([properties, self.geometry, self.feature_id]).to_string().into_bytes(),
        }
    }
}
