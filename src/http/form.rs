//! Reading a JSON object field by field, gathering every fault with its JSON pointer so that a person corrects the form once.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::problem::{Kind, Problem};
use crate::domain::guard;
use crate::domain::invalid::{Expected, Fault, FieldFault};
use crate::domain::person::NAME_MAX;
use crate::domain::position::Position;
use crate::domain::text;

/// Unknown fields that are named, at most.
const NAMED: usize = 32;

/// An object being read.
#[derive(Debug)]
pub struct Form {
    fields: Map<String, Value>,
    faults: Vec<FieldFault>,
}

impl Form {
    /// Starts on a parsed body; anything but an object is malformed.
    pub fn new(body: Value) -> Result<Self, Problem> {
        match body {
            Value::Object(fields) => Ok(Self { fields, faults: Vec::new() }),
            _ => Err(Problem::new(Kind::Malformed)),
        }
    }

    /// Notes a fault.
    pub fn fault(&mut self, field: &str, fault: Fault) {
        self.faults.push(FieldFault::at(format!("/{}", escaped(field)), fault));
    }

    /// The faults so far.
    pub fn faults(&self) -> &[FieldFault] {
        &self.faults
    }

    /// Takes a field; `null` reads as absent.
    pub fn take(&mut self, field: &str) -> Option<Value> {
        self.fields.remove(field).filter(|value| !value.is_null())
    }

    /// Whether a field is there.
    pub fn has(&self, field: &str) -> bool {
        self.fields.get(field).is_some_and(|value| !value.is_null())
    }

    /// A field that must be there: absent is a fault, unreadable already is one.
    pub fn required<T>(&mut self, field: &str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.has(field) {
            return read(self);
        }
        self.take(field);
        self.fault(field, Fault::Missing);
        None
    }

    /// A string as it is.
    pub fn string(&mut self, field: &str) -> Option<String> {
        if let Value::String(text) = self.take(field)? {
            return Some(text);
        }
        self.fault(field, Fault::WrongType(Expected::Text));
        None
    }

    /// A string of at most so many characters.
    pub fn short(&mut self, field: &str, max: usize) -> Option<String> {
        self.parsed(field, |text| if text.chars().count() <= max { Ok(text.to_owned()) } else { Err(Fault::TooLong(max)) })
    }

    /// An object whose content somebody else reads.
    pub fn object(&mut self, field: &str) -> Option<Value> {
        let value = self.take(field)?;
        if value.is_object() {
            return Some(value);
        }
        self.fault(field, Fault::WrongType(Expected::Object));
        None
    }

    /// A string that reads as something, or the fault that says why not.
    pub fn parsed<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Result<T, Fault>) -> Option<T> {
        let text = self.string(field)?;
        parse(&text).map_err(|fault| self.fault(field, fault)).ok()
    }

    /// A code of a vocabulary.
    pub fn code<T: Copy>(&mut self, field: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Option<T> {
        self.parsed(field, |text| one_of(text, all, name))
    }

    /// A list of codes, each at most once.
    pub fn codes<T: Copy>(&mut self, field: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Vec<T> {
        let Some(value) = self.take(field) else { return Vec::new() };
        let Value::Array(items) = value else {
            self.fault(field, Fault::WrongType(Expected::List));
            return Vec::new();
        };
        if items.len() > all.len() {
            self.fault(field, Fault::TooMany(all.len()));
            return Vec::new();
        }
        let mut found = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match item.as_str().map(|text| one_of(text, all, &name)) {
                Some(Ok(code)) => found.push(code),
                Some(Err(fault)) => self.fault_at(field, at, fault),
                None => self.fault_at(field, at, Fault::WrongType(Expected::Text)),
            }
        }
        found
    }

    /// A list of objects, each read as a form of its own.
    pub fn objects<T>(&mut self, field: &str, max: usize, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let Value::Array(items) = self.take(field)? else {
            self.fault(field, Fault::WrongType(Expected::List));
            return None;
        };
        if items.len() > max {
            self.fault(field, Fault::TooMany(max));
            return None;
        }
        let mut found = Vec::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            let Value::Object(fields) = item else {
                self.fault_at(field, at, Fault::WrongType(Expected::Object));
                continue;
            };
            let mut form = Self { fields, faults: Vec::new() };
            found.extend(read(&mut form));
            form.close();
            let within = |fault: FieldFault| FieldFault::at(format!("/{field}/{at}{}", fault.pointer), fault.fault);
            self.faults.extend(form.faults.into_iter().map(within));
        }
        Some(found)
    }

    /// A list of strings, each of which reads as something.
    pub fn texts<T>(&mut self, field: &str, max: usize, parse: impl Fn(&str) -> Result<T, Fault>) -> Option<Vec<T>> {
        let Value::Array(items) = self.take(field)? else {
            self.fault(field, Fault::WrongType(Expected::List));
            return None;
        };
        if items.len() > max {
            self.fault(field, Fault::TooMany(max));
            return None;
        }
        let mut found = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match item.as_str().map(&parse) {
                Some(Ok(read)) => found.push(read),
                Some(Err(fault)) => self.fault_at(field, at, fault),
                None => self.fault_at(field, at, Fault::WrongType(Expected::Text)),
            }
        }
        Some(found)
    }

    /// Whether a field is there, `null` or not.
    pub fn given(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Yes or no.
    pub fn truth(&mut self, field: &str) -> Option<bool> {
        let value = self.take(field)?.as_bool();
        if value.is_none() {
            self.fault(field, Fault::WrongType(Expected::Truth));
        }
        value
    }

    /// A name, cleaned; empty is a fault.
    pub fn name(&mut self, field: &str) -> Option<String> {
        self.parsed(field, |raw| text::clean(raw, NAME_MAX)?.ok_or(Fault::NotText))
    }

    fn fault_at(&mut self, field: &str, at: usize, fault: Fault) {
        self.faults.push(FieldFault::at(format!("/{field}/{at}"), fault));
    }

    /// A small whole number in a range.
    pub fn small(&mut self, field: &str, max: u8) -> Option<u8> {
        let value = self.take(field)?;
        match value.as_u64() {
            Some(number) if number <= u64::from(max) => Some(number as u8),
            _ if value.is_number() => {
                self.fault(field, Fault::OutOfRange(0.0, f64::from(max)));
                None
            }
            _ => {
                self.fault(field, Fault::WrongType(Expected::WholeNumber));
                None
            }
        }
    }

    /// A length in pixels.
    pub fn pixels(&mut self, field: &str) -> Option<u32> {
        let value = self.take(field)?;
        let read = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if read.is_none() {
            self.fault(field, Fault::WrongType(Expected::WholeNumber));
        }
        read
    }

    /// A number in a range.
    pub fn number(&mut self, field: &str, min: f64, max: f64) -> Option<f64> {
        match self.take(field)?.as_f64() {
            Some(number) if (min..=max).contains(&number) => Some(number),
            Some(_) => {
                self.fault(field, Fault::OutOfRange(min, max));
                None
            }
            None => {
                self.fault(field, Fault::WrongType(Expected::Number));
                None
            }
        }
    }

    /// Cleaned words without personal data and without a suspicion against somebody; `None` when empty.
    pub fn words(&mut self, field: &str, max: usize) -> Option<String> {
        let words = self.parsed(field, |raw| text::clean(raw, max))??;
        let seen = guard::inspect(&words);
        if !seen.suspicions.is_empty() {
            self.fault(field, Fault::Suspicion(seen.suspicions));
        } else if !seen.personal.is_empty() {
            self.fault(field, Fault::PersonalData(seen.personal));
        } else {
            return Some(words);
        }
        None
    }

    /// Words that may also be taken away: `Some(None)` for `null` or empty, `None` when the field is absent.
    pub fn words_or_none(&mut self, field: &str, max: usize) -> Option<Option<String>> {
        let given = self.fields.contains_key(field);
        let words = self.words(field, max);
        given.then_some(words)
    }

    /// An instant.
    pub fn instant(&mut self, field: &str) -> Option<Timestamp> {
        self.parsed(field, |text| text.parse::<Timestamp>().map_err(|_| Fault::NotATime))
    }

    /// A calendar date.
    pub fn date(&mut self, field: &str) -> Option<Date> {
        // jiff reads more forms than the contract has: only YYYY-MM-DD is a date here.
        self.parsed(field, |text| if text.len() == 10 { text.parse::<Date>().map_err(|_| Fault::NotADate) } else { Err(Fault::NotADate) })
    }

    /// A GeoJSON Point.
    pub fn point(&mut self, field: &str) -> Option<Position> {
        let value = self.take(field)?;
        let coordinates = value.get("coordinates").and_then(Value::as_array);
        let read = match (value.get("type").and_then(Value::as_str), coordinates.map(Vec::as_slice)) {
            // A height may follow; it is not kept.
            (Some("Point"), Some([lon, lat] | [lon, lat, Value::Number(_)])) => match (lon.as_f64(), lat.as_f64()) {
                (Some(lon), Some(lat)) => Position::new(lon, lat),
                _ => Err(Fault::NotAPoint),
            },
            _ => Err(Fault::NotAPoint),
        };
        let members = value.as_object().into_iter().flat_map(Map::keys);
        for extra in members.filter(|key| !matches!(key.as_str(), "type" | "coordinates")).take(NAMED) {
            self.faults.push(FieldFault::at(format!("/{field}/{}", escaped(extra)), Fault::UnknownField));
        }
        read.map_err(|fault| self.fault(field, fault)).ok()
    }

    /// Ends the reading: whatever was not taken is unknown; any fault refuses all of it.
    pub fn finish<T>(mut self, read: Option<T>) -> Result<T, Problem> {
        self.close();
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(Problem::invalid(self.faults)),
        }
    }
}

impl Form {
    fn close(&mut self) {
        let left: Vec<String> = self.fields.keys().take(NAMED).cloned().collect();
        for field in left {
            self.fault(&field, Fault::UnknownField);
        }
    }
}

/// A name as part of a JSON pointer (RFC 6901).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The code of a vocabulary with this name.
pub fn one_of<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, Fault> {
    all.iter().copied().find(|code| name(*code) == text).ok_or_else(|| Fault::NotAllowed(all.iter().map(|code| name(*code)).collect()))
}
