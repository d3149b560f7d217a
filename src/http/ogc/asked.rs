//! The parameters that every collection takes: how many, where, when, in which reference system, and after what.

use jiff::{Timestamp, civil};

use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::time::start_of_day;
use crate::geo::axes::{Axes, Extent, ExtentFault};
use crate::http::Server;
use crate::http::extract::Parameters;
use crate::http::problem::Problem;
use crate::http::query::instant;

/// Features on a page: unless asked, and at most.
pub(in crate::http) const LIMIT: (usize, usize) = (100, 10_000);

/// What was asked of a collection.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) limit: usize,
    pub(super) extent: Option<Extent>,
    pub(super) time: Span,
    /// In which reference system geometries are written.
    pub(super) axes: Axes,
    /// Where the page begins, as the page before named it.
    pub(super) after: Option<String>,
}

/// A span of time, microseconds UTC, half-open; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

impl Span {
    /// What lies in both.
    pub(super) fn within(self, from: Option<i64>, to: Option<i64>) -> (Option<i64>, Option<i64>) {
        let later = [self.from, from].into_iter().flatten().max();
        (later, [self.to, to].into_iter().flatten().min())
    }

    /// Whether it meets a half-open span.
    pub(super) fn meets(self, from: i64, to: i64) -> bool {
        self.from.is_none_or(|start| to > start) && self.to.is_none_or(|end| from < end)
    }
}

impl Asked {
    /// Takes them.
    pub(super) fn take(parameters: &mut Parameters) -> Self {
        let limit = parameters.parsed("limit", |text| match text.parse::<u64>() {
            // More than the most reads as the most (17-069r4, requirement 21).
            Ok(limit) if limit >= 1 => Ok((limit.min(LIMIT.1 as u64)) as usize),
            _ => Err(Fault::OutOfRange(1.0, LIMIT.1 as f64)),
        });
        let in_axes = reference_system(parameters, "bbox-crs");
        let extent = parameters.parsed("bbox", |text| extent(text, in_axes));
        let time = parameters.parsed("datetime", span).unwrap_or_default();
        let axes = reference_system(parameters, "crs");
        Self { limit: limit.unwrap_or(LIMIT.0), extent, time, axes, after: parameters.take("after") }
    }

    /// Where the page begins, as a collection reads it.
    pub(super) fn begin<T>(&self, parameters: &mut Parameters, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let begin = read(self.after.as_deref()?);
        if begin.is_none() {
            parameters.fault("after", Fault::Unreadable);
        }
        begin
    }
}

/// Takes a reference system by its URI.
pub(super) fn reference_system(parameters: &mut Parameters, name: &str) -> Axes {
    let read = |text: &str| {
        Axes::ALL.into_iter().find(|axes| axes.uri() == text).ok_or_else(|| Fault::NotAllowed(Axes::ALL.map(Axes::uri).to_vec()))
    };
    parameters.parsed(name, read).unwrap_or(Axes::Crs84)
}

/// Refuses a kommun that there is not.
pub(super) fn known(server: &Server, code: Option<MunicipalityCode>) -> Result<(), Problem> {
    let unknown = code.is_some_and(|code| server.app.registry().kommun(code).is_none());
    if unknown { Err(Problem::parameters(vec![FieldFault::at("?municipality", Fault::UnknownMunicipality)])) } else { Ok(()) }
}

/// Four numbers, or six with heights, which nothing here has.
fn extent(text: &str, axes: Axes) -> Result<Extent, Fault> {
    let numbers: Vec<f64> =
        text.split(',').take(7).map(|part| part.trim().parse::<f64>()).collect::<Result<_, _>>().map_err(|_| Fault::Unreadable)?;
    let (low, high) = match numbers[..] {
        [a, b, c, d] => ([a, b], [c, d]),
        [a, b, bottom, c, d, top] if bottom <= top => ([a, b], [c, d]),
        _ => return Err(Fault::Unreadable),
    };
    Extent::new(axes, low, high).map_err(|fault| match (fault, axes) {
        (ExtentFault::Beyond, Axes::Crs84 | Axes::Epsg4326) => Fault::OutOfRange(-180.0, 180.0),
        (ExtentFault::Order | ExtentFault::Beyond, _) => Fault::Unreadable,
    })
}

/// An instant or an interval (RFC 3339), its ends inclusive, either of them open (`..` or nothing); a date is the whole local day.
fn span(text: &str) -> Result<Span, Fault> {
    let last = |text: &str| match text.parse::<civil::Date>() {
        // Not 24 hours: a day on which the clock is set has one less, or one more.
        Ok(date) if text.len() == 10 => {
            instant(text)?;
            // After the last day of the calendar there is nothing.
            Ok(date.tomorrow().ok().and_then(start_of_day).map_or(i64::MAX, Timestamp::as_microsecond))
        }
        _ => instant(text).map(|at| at + 1),
    };
    let Some((start, end)) = text.split_once('/') else {
        return Ok(Span { from: Some(instant(text)?), to: Some(last(text)?) });
    };
    let open = |text: &str| matches!(text, "" | "..");
    if open(start) && open(end) {
        return Ok(Span::default());
    }
    let from = (!open(start)).then(|| instant(start)).transpose()?;
    let to = (!open(end)).then(|| last(end)).transpose()?;
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        return Err(Fault::Unreadable);
    }
    Ok(Span { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_take_their_ends_with_them() {
        let at = |text: &str| instant(text).expect("a time");
        let (a, b) = ("2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z");
        assert_eq!(span(a), Ok(Span { from: Some(at(a)), to: Some(at(a) + 1) }));
        assert_eq!(span(&format!("{a}/{b}")), Ok(Span { from: Some(at(a)), to: Some(at(b) + 1) }));
        for open in [format!("{a}/.."), format!("{a}/")] {
            assert_eq!(span(&open), Ok(Span { from: Some(at(a)), to: None }));
        }
        assert_eq!(span(&format!("../{b}")), Ok(Span { from: None, to: Some(at(b) + 1) }));
        assert_eq!(span("../.."), Ok(Span::default()));
        assert_eq!(span("2026-07-01"), Ok(Span { from: Some(at("2026-07-01")), to: Some(at("2026-07-02")) }));
        // A day on which the clock is set is the whole local day, not 24 hours.
        for (day, next) in [("2026-10-25", "2026-10-26"), ("2026-03-29", "2026-03-30")] {
            assert_eq!(span(day), Ok(Span { from: Some(at(day)), to: Some(at(next)) }));
        }
        for broken in [format!("{b}/{a}"), "soon".to_owned(), format!("{a}/{b}/{b}")] {
            assert!(span(&broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn boxes_have_four_numbers_or_six() {
        let plain = extent("14,56,15,57", Axes::Crs84);
        assert!(plain.is_ok() && plain == extent("14,56,0,15,57,100", Axes::Crs84));
        for broken in
            ["", "14,56,15", "14,56,15,57,1", "a,b,c,d", "NaN,56,15,57", "14,57,15,56", "14,56,15,inf", "14,56,9,15,57,1", "1,2,3,4,5,6,7"]
        {
            assert!(extent(broken, Axes::Crs84).is_err(), "{broken}");
        }
    }
}
