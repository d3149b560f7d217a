//! Reports as CSV for a spreadsheet: UTF-8 with a byte order mark, semicolons, and no cell that a spreadsheet would run.

use axum::body::Body;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::Server;
use super::problem::{Kind, Problem};
use crate::app::query::ReportQuery;
use crate::app::reports::areas_of;
use crate::domain::actor::Actor;
use crate::domain::codes::{Avoids, CloseReason, Perspective, TimeBand, TravelMode};
use crate::domain::permission::Act;
use crate::domain::position::Position;

/// Rows in one file; a larger question is cut by its filters.
const MOST: usize = 100_000;
/// Rows read at once.
const PIECE: usize = 1_000;

const HEAD: [&str; 28] = [
    "reference",
    "municipality",
    "received_at",
    "occurred_at",
    "time_band",
    "light",
    "group",
    "category",
    "feeling",
    "insecurity",
    "risk",
    "travel_mode",
    "perspectives",
    "avoids",
    "note",
    "place_text",
    "lon",
    "lat",
    "accuracy_m",
    "certain",
    "status",
    "status_reason",
    "answer",
    "source",
    "secrecy",
    "focus_areas",
    "id",
    // Which taking home it was: a file that is found tells whose it was, to those who see the log.
    "export",
];

/// Whether the caller asks for CSV.
pub(super) fn wants_csv(headers: &HeaderMap) -> bool {
    takes(headers, "text/csv")
}

/// Whether the caller names a media type among those it takes.
pub(super) fn takes(headers: &HeaderMap, kind: &str) -> bool {
    let accepted = headers.get_all(header::ACCEPT).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    accepted.into_iter().any(|one| {
        let mut parts = one.split(';').map(str::trim);
        // A quality of 0 refuses (RFC 9110 § 12.4.2).
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(kind))
            && !parts.any(|part| part.strip_prefix("q=").is_some_and(|quality| quality.parse() == Ok(0.0)))
    })
}

/// Everything that answers the question, newest first.
pub(super) async fn reports(server: &Server, actor: &Actor, query: &ReportQuery) -> Result<Response, Problem> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(vec![0xef, 0xbb, 0xbf]);
    let broken = |_| Problem::new(Kind::Internal);
    writer.write_record(HEAD).map_err(broken)?;
    let found = server.app.find_reports(actor, Act::Export, query, None, MOST).await?;
    if found.total > MOST {
        return Err(Problem::new(Kind::TooLarge));
    }
    let marks = server.app.note_export(actor, &found).await?;
    for piece in found.pieces(PIECE) {
        for (report, kommun) in &server.app.read_reports(&found, piece).await? {
            let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            let small = |value: Option<u8>| value.map(|value| value.to_string()).unwrap_or_default();
            let perspectives: Vec<&str> =
                Perspective::ALL.iter().filter(|p| report.perspectives.contains(p.index())).map(|p| p.as_str()).collect();
            let areas: Vec<&str> = areas_of(kommun, report).iter().map(|area| area.title.sv.as_str()).collect();
            let record = [
                report.reference.clone(),
                report.municipality.to_string(),
                report.received_at.to_string(),
                report
                    .when
                    .instant()
                    .map(|at| at.to_string())
                    .or_else(|| report.when.date().map(|date| date.to_string()))
                    .unwrap_or_default(),
                report.when.band().map(TimeBand::as_str).unwrap_or_default().to_owned(),
                report.light.as_str().to_owned(),
                report.category.group().as_str().to_owned(),
                report.category.as_str().to_owned(),
                report.feeling.as_str().to_owned(),
                small(report.insecurity),
                small(report.risk),
                report.travel_mode.map(TravelMode::as_str).unwrap_or_default().to_owned(),
                perspectives.join(" "),
                report.avoids.map(Avoids::as_str).unwrap_or_default().to_owned(),
                report.note.clone().unwrap_or_default(),
                report.place_text.clone().unwrap_or_default(),
                number(report.at.map(Position::lon)),
                number(report.at.map(Position::lat)),
                number(report.accuracy_m),
                report.certain.to_string(),
                report.status.as_str().to_owned(),
                report.status_reason.map(CloseReason::as_str).unwrap_or_default().to_owned(),
                report.answer.clone().unwrap_or_default(),
                report.source.clone(),
                report.secrecy.as_str().to_owned(),
                areas.join(", "),
                report.id.to_string(),
                marks.get(&report.municipality).map(ToString::to_string).unwrap_or_default(),
            ];
            writer.write_record(record.iter().map(|cell| harmless(cell).into_owned())).map_err(broken)?;
        }
    }
    let bytes = writer.into_inner().map_err(|_| Problem::new(Kind::Internal))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"lykta-rapporter.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from(bytes)).into_response())
}

/// A cell that begins like a formula is shown as text (OWASP CSV injection); numbers, also negative ones, stay numbers.
fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', ';', '＝', '＋', '－', '＠']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_taken_where_it_is_named_and_not_refused() {
        let asked = |lines: &[&'static str]| {
            lines.iter().map(|line| (header::ACCEPT, axum::http::HeaderValue::from_static(line))).collect::<HeaderMap>()
        };
        for takes in [&["text/csv"][..], &["application/geo+json, TEXT/CSV;q=0.5"], &["text/csv; header=present", "application/json"]] {
            assert!(wants_csv(&asked(takes)), "{takes:?}");
        }
        for not in [&[][..], &["*/*"], &["application/geo+json, text/csv;q=0"], &["text/csv; q=0.0"]] {
            assert!(!wants_csv(&asked(not)), "{not:?}");
        }
    }

    #[test]
    fn formulas_become_text_and_numbers_stay_numbers() {
        for risky in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1", ";x"] {
            assert!(harmless(risky).starts_with('\''), "{risky:?}");
        }
        assert_eq!(harmless("-12.5"), "-12.5");
        assert_eq!(harmless("mörkt - ingen lampa"), "mörkt - ingen lampa");
    }
}
