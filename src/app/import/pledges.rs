//! What an agreement promises residents (medborgarlöften).

use serde_json::json;
use uuid::Uuid;

use super::account::Reason;
use super::agreements::{NAMESPACE, TITLE_MAX};
use super::facts::{Fact, Standing};
use super::fields::Fields;
use super::mapping::{Field, Mapping, field};
use super::row::Row;
use super::{ImportError, Job};
use crate::app::App;
use crate::app::registry::Kommun;
use crate::db::agreements::PledgeRow;
use crate::domain::agreement::{Bilingual, FocusArea, Pledge};

const FIELDS: &[Field] = &[field("text"), field("text_en"), field("promisor"), field("focus_area"), field("agreement")];
/// Longest pledge.
const TEXT_MAX: usize = 1_000;
/// Who can promise.
const PROMISORS: [&str; 3] = ["both", "police", "kommun"];

impl App {
    /// Imports pledges.
    pub(super) async fn import_pledges(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        job.require(&mapping, "text")?;
        let kommun = job.kommun(self)?;
        self.import_facts(job, kommun.municipality.code, |row| {
            let read = read_pledge(&mapping, &kommun, row)?;
            let known = kommun.pledges.iter().find(|pledge| pledge.id.0 == read.id);
            let standing = Standing::of(known.map(|known| is_stored(known, &read)));
            Ok((Fact::Pledge(read), standing))
        })
        .await
    }
}

fn is_stored(known: &Pledge, read: &PledgeRow) -> bool {
    let text = json!(known.text).to_string();
    (known.promisor.as_str(), known.focus_area.map(|area| area.0), &text) == (read.promisor.as_str(), read.focus_area, &read.text)
}

/// A pledge belongs to the agreement it names by title, else to the kommun's latest, and may be a footnote of one of its focus areas.
fn read_pledge(mapping: &Mapping, kommun: &Kommun, row: &Row) -> Result<PledgeRow, Vec<Reason>> {
    let body = row.body.as_ref().map_err(|reason| vec![reason.clone()])?;
    let mut fields = Fields::new(mapping, body);
    let sv = fields.required_words("text", TEXT_MAX).unwrap_or_default();
    let en = fields.words("text_en", TEXT_MAX).unwrap_or_else(|| sv.clone());
    let promisor = fields.code("promisor", |who| PROMISORS.into_iter().find(|known| *known == who)).unwrap_or(PROMISORS[0]);
    let agreement = match fields.words("agreement", TITLE_MAX) {
        Some(title) => kommun.agreements.iter().find(|agreement| agreement.title == title),
        None => kommun.agreements.iter().max_by_key(|agreement| agreement.valid_from),
    };
    if agreement.is_none() {
        fields.reason(Reason::new("not_found", "/agreement: the kommun has no such agreement"));
    }
    let focus_area = fields.words("focus_area", TITLE_MAX).map(|title| {
        let of_agreement = |area: &&FocusArea| agreement.is_some_and(|agreement| area.agreement == agreement.id);
        kommun.areas.iter().filter(of_agreement).find(|area| area.title.sv == title).map(|area| area.id.0)
    });
    if focus_area == Some(None) {
        fields.reason(Reason::new("not_found", "/focus_area: the agreement has no focus area of that title"));
    }
    let reasons = fields.reasons();
    let (Some(agreement), []) = (agreement, reasons.as_slice()) else { return Err(reasons) };
    let code = kommun.municipality.code;
    let known = kommun.pledges.iter().find(|pledge| pledge.agreement == agreement.id && pledge.text.sv == sv);
    let name = format!("{code}/{}/pledge/{sv}", agreement.id.0);
    Ok(PledgeRow {
        municipality: code.to_string(),
        id: known.map_or_else(|| Uuid::new_v5(&NAMESPACE, name.as_bytes()), |known| known.id.0),
        version: 0,
        agreement: agreement.id.0,
        focus_area: focus_area.flatten(),
        text: json!(Bilingual { sv, en }).to_string(),
        promisor: promisor.to_owned(),
    })
}
