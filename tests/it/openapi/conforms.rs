//! Whether a value is what a schema of the description says: the keywords that Lykta's own description uses, and a panic at any other,
//! so that none is overlooked.

use serde_json::Value;

/// Keywords that say nothing about whether a value conforms.
const SILENT: &[&str] = &["description", "examples", "default", "required", "properties", "additionalProperties", "maxProperties"];

/// Where a value is not what the schema says; empty when it is.
pub(super) fn faults(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(document, schema, value, "", &mut found);
    found
}

/// What a schema refers to, or the schema itself.
pub(super) fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => document.pointer(name.strip_prefix('#').expect("a local reference")).unwrap_or_else(|| panic!("{name} is not there")),
        None => schema,
    }
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = resolved(document, schema);
    let matching = |schemas: &Value| schemas.as_array().unwrap().iter().filter(|one| faults(document, one, value).is_empty()).count();
    for (keyword, says) in schema.as_object().unwrap_or_else(|| panic!("{at}: {schema}")) {
        let holds = match keyword.as_str() {
            "type" => says.as_array().map_or_else(|| is(says, value), |any| any.iter().any(|kind| is(kind, value))),
            "enum" => says.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|number| number >= says.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= says.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= says.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= says.as_u64().unwrap()),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 <= says.as_u64().unwrap()),
            "format" => value.as_str().is_none_or(|text| reads_as(says.as_str().unwrap(), text)),
            // The one shape of pattern that matters here; the rest are for readers.
            "pattern" => {
                value.as_str().is_none_or(|text| says != "^[0-9]{4}$" || text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
            }
            "oneOf" => matching(says) == 1,
            "anyOf" => matching(says) >= 1,
            "allOf" => matching(says) == says.as_array().unwrap().len(),
            "items" => {
                let from = schema["prefixItems"].as_array().map_or(0, Vec::len);
                for (index, item) in value.as_array().into_iter().flatten().enumerate().skip(from).filter(|_| says.is_object()) {
                    check(document, says, item, &format!("{at}/{index}"), found);
                }
                says.is_object() || value.as_array().is_none_or(|items| items.len() <= from)
            }
            "prefixItems" => {
                for (index, (item, says)) in value.as_array().into_iter().flatten().zip(says.as_array().unwrap()).enumerate() {
                    check(document, says, item, &format!("{at}/{index}"), found);
                }
                true
            }
            "propertyNames" => value
                .as_object()
                .is_none_or(|fields| fields.keys().all(|name| faults(document, says, &Value::from(name.as_str())).is_empty())),
            silent if SILENT.contains(&silent) => true,
            other => panic!("{at}: the keyword {other} is not known here"),
        };
        if !holds {
            found.push(format!("{at}: {keyword} {says}, but {value}"));
        }
    }
    let Some(fields) = value.as_object() else { return };
    let missing = schema["required"].as_array().into_iter().flatten().filter(|name| !fields.contains_key(name.as_str().unwrap()));
    found.extend(missing.map(|name| format!("{at}: {name} is missing")));
    for (name, field) in fields {
        let at = format!("{at}/{name}");
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Object(_)) => check(document, &schema["additionalProperties"], field, &at, found),
            (Value::Null, Value::Bool(false)) => found.push(format!("{at}: not described")),
            (Value::Null, _) => {}
            (says, _) => check(document, says, field, &at, found),
        }
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no type is called {other}"),
    }
}

fn reads_as(format: &str, text: &str) -> bool {
    match format {
        "uuid" => uuid::Uuid::try_parse(text).is_ok(),
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        "date" => text.parse::<jiff::civil::Date>().is_ok(),
        other => panic!("no format is called {other}"),
    }
}

/// Fields of a value that its schema does not name, however deep: the description is to be whole.
pub(super) fn unnamed(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    names(document, &[schema], value, "", &mut found);
    found.dedup();
    found
}

fn names(document: &Value, schemas: &[&Value], value: &Value, at: &str, found: &mut Vec<String>) {
    let mut all: Vec<&Value> = Vec::new();
    let mut open: Vec<&Value> = schemas.to_vec();
    while let Some(schema) = open.pop() {
        let schema = resolved(document, schema);
        all.push(schema);
        open.extend(["allOf", "oneOf", "anyOf"].iter().filter_map(|keyword| schema[*keyword].as_array()).flatten());
    }
    for item in value.as_array().into_iter().flatten() {
        let items: Vec<&Value> = all.iter().map(|schema| &schema["items"]).filter(|items| items.is_object()).collect();
        names(document, &items, item, at, found);
    }
    // An object whose fields are free says so by describing none.
    let fields = value.as_object().filter(|_| all.iter().any(|schema| schema["properties"].is_object()));
    for (name, field) in fields.into_iter().flatten() {
        let known: Vec<&Value> = all.iter().map(|schema| &schema["properties"][name]).filter(|says| says.is_object()).collect();
        if known.is_empty() {
            found.push(format!("{at}/{name}"));
        }
        names(document, &known, field, &format!("{at}/{name}"), found);
    }
}
