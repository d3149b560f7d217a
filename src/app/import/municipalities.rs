//! Which kommuner take reports here, where they take faults, and whom their residents can turn to.

use std::collections::{BTreeMap, BTreeSet};

use super::account::Reason;
use super::fields::Fields;
use super::mapping::{Field, Mapping, also, field};
use super::row::Row;
use super::{ImportError, Job};
use crate::app::App;
use crate::app::municipalities::Profile;
use crate::app::registry::Registry;
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;
use crate::domain::municipality::Contacts;
use crate::domain::text;

const FIELDS: &[Field] = &[
    also("code", &["kommun_kod", "municipality"]),
    field("active"),
    field("fault_report_url"),
    field("controller"),
    field("controller_contact"),
    field("dpo_contact"),
];
/// Longest name, contact or address.
const TEXT_MAX: usize = 300;

impl App {
    /// Imports profiles of kommuner that are known already.
    pub(super) async fn import_municipalities(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        if job.request.municipality.is_none() {
            job.require(&mapping, "code")?;
        }
        job.require(&mapping, "active")?;
        let registry = self.registry();
        let mut last: BTreeMap<MunicipalityCode, i64> = BTreeMap::new();
        let mut seen: BTreeSet<MunicipalityCode> = BTreeSet::new();
        let mut batches = job.batches();
        while let Some(batch) = batches.next().await {
            for row in batch {
                match read_profile(&mapping, &registry, job.request.municipality, &row) {
                    Err(reasons) => job.account.reject(row.number, "", reasons)?,
                    // Two profiles of one kommun would take turns at every import.
                    Ok((code, _)) if !seen.insert(code) => {
                        let reason = Reason::new("duplicate", format!("an earlier row is about {code}"));
                        job.account.reject(row.number, code.as_str(), vec![reason])?;
                    }
                    Ok((code, profile)) if is_stored(&registry, code, &profile) => job.account.know(row.number, code.as_str())?,
                    Ok((code, profile)) => {
                        if !job.request.dry_run {
                            last.insert(code, self.set_profile(&Actor::System, code, profile).await?);
                        }
                        job.account.load(0);
                    }
                }
            }
            job.tell_progress();
        }
        batches.end().await?;
        self.settle(last).await;
        Ok(())
    }
}

fn is_stored(registry: &Registry, code: MunicipalityCode, profile: &Profile) -> bool {
    registry.kommun(code).is_some_and(|kommun| {
        let m = &kommun.municipality;
        m.active == profile.active && m.fault_report_url == profile.fault_report_url && m.contacts == profile.contacts
    })
}

fn read_profile(
    mapping: &Mapping,
    registry: &Registry,
    asked: Option<MunicipalityCode>,
    row: &Row,
) -> Result<(MunicipalityCode, Profile), Vec<Reason>> {
    let body = row.body.as_ref().map_err(|reason| vec![reason.clone()])?;
    let mut fields = Fields::new(mapping, body);
    // A spreadsheet drops the zero in front of Växjö's 0780: four digits are meant.
    let code = fields.text("code").map(|text| format!("{text:0>4}")).and_then(|text| MunicipalityCode::parse(&text)).or(asked);
    let code = code.filter(|code| registry.kommun(*code).is_some());
    if code.is_none() {
        fields.fault("code", &Fault::UnknownMunicipality, None);
    }
    let active = match fields.text("active").as_deref().map(str::to_lowercase).as_deref() {
        Some("true" | "ja" | "yes" | "1") => Some(true),
        Some("false" | "nej" | "no" | "0") => Some(false),
        other => {
            fields.fault("active", &Fault::NotAllowed(vec!["true", "false"]), other);
            None
        }
    };
    let mut words = |field: &str| {
        let read = fields.text(field).map(|raw| text::clean(&raw, TEXT_MAX));
        match read {
            Some(Ok(words)) => words,
            Some(Err(fault)) => {
                fields.fault(field, &fault, None);
                None
            }
            None => None,
        }
    };
    let url = words("fault_report_url");
    let contacts = Contacts {
        controller: words("controller").unwrap_or_default(),
        controller_contact: words("controller_contact").unwrap_or_default(),
        dpo_contact: words("dpo_contact").unwrap_or_default(),
    };
    // It becomes a link that residents press: nothing but a web page.
    if url.as_ref().is_some_and(|url| !url.starts_with("https://")) {
        fields.fault("fault_report_url", &Fault::Unreadable, url.as_deref());
    }
    let reasons = fields.reasons();
    match (code, active) {
        (Some(code), Some(active)) if reasons.is_empty() => Ok((code, Profile { active, fault_report_url: url, contacts })),
        _ => Err(reasons),
    }
}
