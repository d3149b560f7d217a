//! The agreements of a kommun and its police: title, term, parties, who signed, what for.

use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

use super::account::Reason;
use super::facts::{Fact, Standing};
use super::fields::Fields;
use super::mapping::{Field, Mapping, field};
use super::row::Row;
use super::{ImportError, Job};
use crate::app::App;
use crate::app::registry::Kommun;
use crate::db::agreements::AgreementRow;
use crate::domain::agreement::{Agreement, Bilingual, Party};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;
use crate::domain::text;

const FIELDS: &[Field] = &[
    field("title"),
    field("kind"),
    field("dnr"),
    field("valid_from"),
    field("valid_to"),
    field("parties"),
    field("signers"),
    field("purposes"),
    field("purposes_en"),
];
/// Longest title of an agreement, and longest name of a party or role.
pub(super) const TITLE_MAX: usize = 200;
/// Longest purpose.
const PURPOSE_MAX: usize = 1_000;
/// Most parties, signers or purposes.
const LIST_MAX: usize = 50;
/// What an agreement may be, the commonest first.
const KINDS: [&str; 3] = ["operative", "strategic", "overall"];
/// What a party may be (`Party` in the domain's words).
const PARTY_KINDS: [&str; 11] = [
    "kommun",
    "police",
    "local_police_district",
    "committee",
    "department",
    "company",
    "property_owner",
    "association",
    "business",
    "region",
    "other",
];

/// For ids that follow from names.
pub(super) const NAMESPACE: Uuid = uuid::uuid!("6c796b74-612d-4465-8d6f-000000000002");

/// The id of an agreement that is named by its title.
pub(super) fn agreement_id(code: MunicipalityCode, title: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{code}/agreement/{title}").as_bytes())
}

impl App {
    /// Imports agreements.
    pub(super) async fn import_agreements(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        for needed in ["title", "valid_from", "valid_to"] {
            job.require(&mapping, needed)?;
        }
        let kommun = job.kommun(self)?;
        self.import_facts(job, kommun.municipality.code, |row| {
            let read = read_agreement(&mapping, &kommun, row)?;
            let known = kommun.agreements.iter().find(|agreement| agreement.id.0 == read.id);
            let standing = Standing::of(known.map(|known| is_stored(known, &read)));
            Ok((Fact::Agreement(read), standing))
        })
        .await
    }
}

fn is_stored(known: &Agreement, read: &AgreementRow) -> bool {
    let lists = [json!(known.parties), json!(known.signers), json!(known.purposes)].map(|list| list.to_string());
    (known.kind.as_str(), known.dnr.as_deref()) == (read.kind.as_str(), read.dnr.as_deref())
        && [known.valid_from, known.valid_to].map(|day| day.to_string()) == [read.valid_from.as_str(), read.valid_to.as_str()]
        && [&lists[0], &lists[1], &lists[2]] == [&read.parties, &read.signers, &read.purposes]
}

fn read_agreement(mapping: &Mapping, kommun: &Kommun, row: &Row) -> Result<AgreementRow, Vec<Reason>> {
    let body = row.body.as_ref().map_err(|reason| vec![reason.clone()])?;
    let mut fields = Fields::new(mapping, body);
    let title = fields.required_words("title", TITLE_MAX).unwrap_or_default();
    let kind = fields.code("kind", |kind| KINDS.into_iter().find(|known| *known == kind)).unwrap_or(KINDS[0]);
    let dnr = fields.words("dnr", TITLE_MAX);
    let (from, to) = (day(&mut fields, "valid_from"), day(&mut fields, "valid_to"));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        fields.fault("valid_to", &Fault::Conflicts("valid_from"), None);
    }
    let parties: Vec<Party> = list(&mut fields, "parties", TITLE_MAX).iter().filter_map(|text| party(&mut fields, text)).collect();
    let signers = list(&mut fields, "signers", TITLE_MAX);
    let (sv, en) = (list(&mut fields, "purposes", PURPOSE_MAX), list(&mut fields, "purposes_en", PURPOSE_MAX));
    if !en.is_empty() && en.len() != sv.len() {
        fields.fault("purposes_en", &Fault::Conflicts("purposes"), None);
    }
    let purposes: Vec<Bilingual> =
        (sv.iter().enumerate()).map(|(at, purpose)| Bilingual { sv: purpose.clone(), en: en.get(at).unwrap_or(purpose).clone() }).collect();
    let reasons = fields.reasons();
    let (Some(from), Some(to), []) = (from, to, reasons.as_slice()) else { return Err(reasons) };
    let code = kommun.municipality.code;
    let known = kommun.agreements.iter().find(|agreement| agreement.title == title);
    Ok(AgreementRow {
        municipality: code.to_string(),
        id: known.map_or_else(|| agreement_id(code, &title), |known| known.id.0),
        version: 0,
        title,
        kind: kind.to_owned(),
        dnr,
        valid_from: from.to_string(),
        valid_to: to.to_string(),
        parties: json!(parties).to_string(),
        signers: json!(signers).to_string(),
        purposes: json!(purposes).to_string(),
    })
}

/// A day that must be there.
fn day(fields: &mut Fields<'_>, field: &str) -> Option<Date> {
    if fields.text(field).is_none() {
        fields.fault(field, &Fault::Missing, None);
        return None;
    }
    fields.parsed(field, |text| text.parse().map_err(|_| Fault::NotADate))
}

/// Texts separated by `|`, which names and sentences do without.
fn list(fields: &mut Fields<'_>, field: &str, max: usize) -> Vec<String> {
    let Some(text) = fields.text(field) else { return Vec::new() };
    let mut found = Vec::new();
    for part in text.split('|') {
        match text::clean(part, max) {
            Ok(Some(part)) => found.push(part),
            Ok(None) => {}
            Err(fault) => fields.fault(field, &fault, None),
        }
    }
    if found.len() > LIST_MAX {
        fields.fault(field, &Fault::TooMany(LIST_MAX), None);
    }
    found
}

/// `Name (kind)`.
fn party(fields: &mut Fields<'_>, text: &str) -> Option<Party> {
    let split = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let known = split.and_then(|(name, kind)| Some((name.trim(), PARTY_KINDS.into_iter().find(|known| *known == kind.trim())?)));
    match known {
        Some((name, kind)) if !name.is_empty() => Some(Party { name: name.to_owned(), kind: kind.to_owned() }),
        _ => {
            fields.fault("parties", &Fault::NotAllowed(PARTY_KINDS.to_vec()), Some(text));
            None
        }
    }
}
