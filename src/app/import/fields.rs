//! Reading a row field by field, gathering every reason against it: the same rules as the API's form, for text instead of JSON.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::account::Reason;
use super::mapping::{Filling, Mapping};
use super::row::Body;
use crate::domain::guard;
use crate::domain::invalid::{Expected, Fault};
use crate::domain::position::Position;
use crate::domain::{text, time};

/// A row being read.
pub(super) struct Fields<'a> {
    mapping: &'a Mapping,
    pub(super) body: &'a Body,
    reasons: Vec<Reason>,
    /// Personal data masked so far.
    pub(super) masked: u64,
    /// Texts dropped so far because they accuse somebody who is pointed out.
    pub(super) dropped: u64,
}

/// An instant, or a date without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Instant(Timestamp),
    Day(Date),
}

impl<'a> Fields<'a> {
    pub(super) fn new(mapping: &'a Mapping, body: &'a Body) -> Self {
        Self { mapping, body, reasons: Vec::new(), masked: 0, dropped: 0 }
    }

    /// Notes a fault of a field.
    pub(super) fn fault(&mut self, field: &str, fault: &Fault, value: Option<&str>) {
        self.reason(Reason::fault(field, fault, value));
    }

    /// Notes a reason, once.
    pub(super) fn reason(&mut self, reason: Reason) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    /// The reasons so far; none means that the row can be loaded.
    pub(super) fn reasons(self) -> Vec<Reason> {
        self.reasons
    }

    /// The text of a field, trimmed; `None` when it is empty or does not read.
    pub(super) fn text(&mut self, field: &str) -> Option<Cow<'a, str>> {
        let read = match self.mapping.filling(field)? {
            Filling::Constant(constant) => return Some(Cow::Borrowed(constant.as_str())).filter(|constant| !constant.is_empty()),
            Filling::Column(at, name) => self.body.text(*at, name),
        };
        read.unwrap_or_else(|reason| {
            self.reason(reason);
            None
        })
    }

    /// A field that reads as something.
    pub(super) fn parsed<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Result<T, Fault>) -> Option<T> {
        let text = self.text(field)?;
        parse(&text).map_err(|fault| self.fault(field, &fault, Some(&text))).ok()
    }

    /// A code of a vocabulary.
    pub(super) fn code<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        self.parsed(field, |text| parse(text).ok_or(Fault::NotAllowed(Vec::new())))
    }

    /// Codes separated by spaces or commas.
    pub(super) fn codes<T>(&mut self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let Some(text) = self.text(field) else { return Vec::new() };
        let mut found = Vec::new();
        for word in text.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()) {
            match parse(word) {
                Some(code) => found.push(code),
                None => self.fault(field, &Fault::NotAllowed(Vec::new()), Some(word)),
            }
        }
        found
    }

    /// A small whole number.
    pub(super) fn small(&mut self, field: &str, max: u8) -> Option<u8> {
        self.parsed(field, |text| match number(text) {
            Some(number) if number.fract() == 0.0 && (0.0..=f64::from(max)).contains(&number) => Ok(number as u8),
            Some(_) => Err(Fault::OutOfRange(0.0, f64::from(max))),
            None => Err(Fault::WrongType(Expected::WholeNumber)),
        })
    }

    /// Cleaned words as they are.
    pub(super) fn words(&mut self, field: &str, max: usize) -> Option<String> {
        let raw = self.text(field)?;
        text::clean(&raw, max).unwrap_or_else(|fault| {
            // The words themselves are not repeated: they are somebody's.
            self.fault(field, &fault, None);
            None
        })
    }

    /// Cleaned words that must be there.
    pub(super) fn required_words(&mut self, field: &str, max: usize) -> Option<String> {
        let before = self.reasons.len();
        let words = self.words(field, max);
        if words.is_none() && self.reasons.len() == before {
            self.fault(field, &Fault::Missing, None);
        }
        words
    }

    /// Cleaned words in which personal data is masked and counted. Words with a suspicion against somebody are dropped and counted.
    pub(super) fn masked_words(&mut self, field: &str, max: usize) -> Option<String> {
        let words = self.words(field, max)?;
        let seen = guard::inspect(&words);
        if !seen.suspicions.is_empty() {
            self.dropped += 1;
            return None;
        }
        self.masked += seen.personal.len() as u64;
        Some(if seen.personal.is_empty() { words } else { guard::mask(&words, &seen.personal) })
    }

    /// An instant or a date that has been, and is not too long ago.
    pub(super) fn moment(&mut self, field: &str, now: Timestamp) -> Option<Moment> {
        self.parsed(field, |text| {
            let moment = moment(text)?;
            let start = match moment {
                Moment::Instant(at) => at,
                Moment::Day(date) => time::start_of_day(date).ok_or(Fault::NotADate)?,
            };
            let age = now.duration_since(start);
            if age < -CLOCK_SLACK {
                Err(Fault::InTheFuture)
            } else if age > OLDEST {
                Err(Fault::TooOld)
            } else {
                Ok(moment)
            }
        })
    }

    /// The position: columns `lon` and `lat`, else the feature's point. `None` without a reason when the row has neither.
    pub(super) fn position(&mut self) -> Option<Position> {
        let (lon, lat) = (self.text("lon"), self.text("lat"));
        let read = match (lon, lat) {
            (None, None) => match self.body.geometry.as_ref().map(point) {
                Some(Ok((lon, lat))) => Position::new(lon, lat).map_err(|fault| (fault, Some(format!("{lon} {lat}")))),
                Some(Err(fault)) => Err((fault, None)),
                None => return None,
            },
            (lon, lat) => {
                let shown = format!("{} {}", lon.as_deref().unwrap_or("-"), lat.as_deref().unwrap_or("-"));
                match (lon.as_deref().and_then(number), lat.as_deref().and_then(number)) {
                    (Some(lon), Some(lat)) => Position::new(lon, lat).map_err(|fault| (fault, Some(shown))),
                    _ => Err((Fault::NotAPoint, Some(shown))),
                }
            }
        };
        read.map_err(|(fault, value)| self.fault("location", &fault, value.as_deref())).ok()
    }
}

/// A clock may be this far ahead; what happened longer ago than this is history, not a report. As in the API.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(10);
const OLDEST: SignedDuration = SignedDuration::from_hours(20 * 366 * 24);

/// A number, with a decimal point or, as Swedish spreadsheets write it, a decimal comma.
pub(super) fn number(text: &str) -> Option<f64> {
    if text.contains(',') && !text.contains('.') { text.replacen(',', ".", 1).parse().ok() } else { text.parse().ok() }
}

/// The coordinates of a GeoJSON Point.
fn point(geometry: &Value) -> Result<(f64, f64), Fault> {
    let coordinates = geometry.get("coordinates").and_then(Value::as_array).map(Vec::as_slice);
    match (geometry.get("type").and_then(Value::as_str), coordinates) {
        (Some("Point"), Some([lon, lat] | [lon, lat, _])) => match (lon.as_f64(), lat.as_f64()) {
            (Some(lon), Some(lat)) => Ok((lon, lat)),
            _ => Err(Fault::NotAPoint),
        },
        _ => Err(Fault::NotAPoint),
    }
}

/// Reads `YYYY-MM-DD`, RFC 3339, and `YYYY-MM-DD HH:MM[:SS]` with or without an offset; without one it is Swedish local time.
fn moment(text: &str) -> Result<Moment, Fault> {
    if text.len() == 10 {
        return text.parse().map(Moment::Day).map_err(|_| Fault::NotADate);
    }
    // jiff reads more forms than these, some of them by surprise (2026-W30, 20261123T21).
    if !text.is_ascii() || text.len() < 16 || text.as_bytes()[4] != b'-' {
        return Err(Fault::NotATime);
    }
    if let Ok(instant) = text.parse() {
        return Ok(Moment::Instant(instant));
    }
    let local: DateTime = text.parse().map_err(|_| Fault::NotATime)?;
    // Swedish clocks change on the hour, so minutes can be added to the hour's instant.
    let past_hour = SignedDuration::new(i64::from(local.minute()) * 60 + i64::from(local.second()), local.subsec_nanosecond());
    let instant = time::at_hour(local.date(), local.hour()).and_then(|hour| hour.checked_add(past_hour).ok());
    instant.map(Moment::Instant).ok_or(Fault::NotATime)
}

impl Moment {
    /// The local date.
    pub(super) fn date(self) -> Date {
        match self {
            Self::Instant(at) => time::local_date(at),
            Self::Day(date) => date,
        }
    }

    /// The instant; of a date, its beginning.
    pub(super) fn instant(self) -> Option<Timestamp> {
        match self {
            Self::Instant(at) => Some(at),
            Self::Day(date) => time::start_of_day(date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_registers_write_them() {
        let instant = |text: &str| match moment(text) {
            Ok(Moment::Instant(at)) => at.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(instant("2008-07-01 17:09:23+00:00"), "2008-07-01T17:09:23Z");
        assert_eq!(instant("2026-11-23T21:30:00+01:00"), "2026-11-23T20:30:00Z");
        assert_eq!(instant("2026-07-23 21:30"), "2026-07-23T19:30:00Z", "without an offset it is Swedish time");
        assert_eq!(instant("2026-03-29 02:30:00"), "2026-03-29T01:30:00Z", "the hour that summer time skips");
        assert_eq!(moment("2026-11-23"), Ok(Moment::Day(jiff::civil::date(2026, 11, 23))));
        for wrong in
            ["", "2026", "20261123", "2026-13-01", "2026-11-23T", "23/11/2026 10:00", "2026-11-23 25:00:00", "２０２６-11-23 10:00"]
        {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_may_have_a_decimal_comma() {
        assert_eq!((number("14,53"), number("14.53"), number("-1e1")), (Some(14.53), Some(14.53), Some(-10.0)));
        assert_eq!((number("1,234.5"), number("1,2,3"), number("abc")), (None, None, None));
    }
}
