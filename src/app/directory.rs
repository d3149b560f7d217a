//! The directory of parties and people: what there is, and who looks after what.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use super::App;
use crate::db::changes::NewChange;
use crate::db::parties::PartyRow;
use crate::db::people::RightRow;
use crate::db::{DbError, Tx};
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, PartyId, PersonId};
use crate::domain::invalid::FieldFault;
use crate::domain::party::{Extent, Party, PartyKind, branch};
use crate::domain::permission::{Right, Role};
use crate::domain::time;

/// Why an act on parties or people was not done. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// Not there, or not for this caller to look after.
    #[error("not found")]
    NotFound,
    /// Not allowed.
    #[error("forbidden")]
    Forbidden,
    /// Nobody gives themselves a role.
    #[error("one's own rights are another's to change")]
    OwnRights,
    /// The id is taken by something with other content.
    #[error("the id is used")]
    IdReused,
    /// It has people, or parties below it.
    #[error("in use")]
    InUse,
    /// What was begun in a browser waits for no answer any longer.
    #[error("over")]
    Over,
    /// Too many already.
    #[error("too many")]
    TooMany,
    /// Something in it breaks a rule.
    #[error("invalid")]
    Invalid(Vec<FieldFault>),
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What somebody is, for whom, until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// For whom.
    pub party: PartyId,
    /// As what.
    pub role: Role,
    /// Last day, local; `None` has no end.
    pub until: Option<Date>,
}

/// What a person holds today, with the party that it is held for.
#[derive(Clone, Debug)]
pub struct Held {
    /// Role and extent.
    pub right: Right,
    /// For whom.
    pub party: PartyId,
    /// What that is.
    pub kind: PartyKind,
    /// Its name.
    pub party_name: String,
    /// Last day.
    pub until: Option<Date>,
}

/// The parties that somebody looks after.
#[derive(Clone, Debug, Default)]
pub struct Administered {
    /// Every party there is.
    pub all: Vec<Party>,
    /// Those of the caller, each after the one above it.
    pub own: Vec<PartyId>,
}

impl Administered {
    /// A party of the caller's.
    pub fn party(&self, id: PartyId) -> Option<&Party> {
        if self.own.contains(&id) { self.all.iter().find(|party| party.id == id) } else { None }
    }
}

impl App {
    /// Today's date where Lykta is.
    pub fn today(&self) -> Date {
        time::local_date(self.now())
    }

    /// What a person holds today.
    pub async fn held_by(&self, person: PersonId) -> Result<Vec<Held>, DbError> {
        Ok(held(self.db.rights_of(person.0, &self.today().to_string()).await?))
    }

    /// Every party.
    pub async fn parties(&self) -> Result<Vec<Party>, DbError> {
        let (rows, extents) = (self.db.parties().await?, self.db.party_extents().await?);
        let mut codes: BTreeMap<uuid::Uuid, Vec<MunicipalityCode>> = BTreeMap::new();
        for (party, code) in extents {
            codes.entry(party).or_default().extend(MunicipalityCode::parse(&code));
        }
        rows.into_iter()
            .map(|row| {
                let codes = codes.remove(&row.id).unwrap_or_default();
                party(row, codes)
            })
            .collect()
    }

    /// The parties that a caller looks after: those they are an administrator of, and all below.
    pub async fn administered(&self, by: &Actor) -> Result<Administered, DirectoryError> {
        let all = self.parties().await?;
        let roots: Vec<PartyId> = match by {
            Actor::System => all.iter().filter(|party| party.parent.is_none()).map(|party| party.id).collect(),
            Actor::Person(member) => {
                let held = self.held_by(member.id).await?;
                held.into_iter().filter(|held| held.right.role == Role::Administrator).map(|held| held.party).collect()
            }
            Actor::Resident | Actor::Operator => return Err(DirectoryError::Forbidden),
        };
        if roots.is_empty() && !matches!(by, Actor::System) {
            return Err(DirectoryError::Forbidden);
        }
        let mut own: Vec<PartyId> = Vec::new();
        for root in roots {
            own.extend(branch(&all, root).into_iter().filter(|id| !own.contains(id)).collect::<Vec<_>>());
        }
        Ok(Administered { all, own })
    }

    /// How many people each party has.
    pub async fn people_by_party(&self) -> Result<BTreeMap<PartyId, i64>, DbError> {
        Ok(self.db.party_people().await?.into_iter().map(|(party, people)| (PartyId(party), people)).collect())
    }

    /// The kommuner of an extent.
    pub(super) fn codes_of(&self, extent: &Extent) -> Vec<MunicipalityCode> {
        match extent {
            Extent::Everywhere => self.registry().kommuner.keys().copied().collect(),
            Extent::In(codes) => codes.clone(),
        }
    }
}

/// Writes what was done with a party or a person into the log of every kommun that it concerns: each can tell who may see its reports.
pub(super) async fn log(tx: &mut Tx, codes: &[MunicipalityCode], change: &NewChange) -> Result<(), DbError> {
    for code in codes {
        tx.append_change(*code, change.clone()).await?;
    }
    Ok(())
}

/// A change of a party or person.
pub(super) fn change(
    app: &App,
    by: &Actor,
    entity: &'static str,
    id: impl std::fmt::Display,
    kind: &'static str,
    facts: Value,
) -> NewChange {
    NewChange { at: app.now(), actor: by.clone(), entity, entity_id: id.to_string(), kind, facts }
}

fn date(text: Option<&str>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}

fn party(row: PartyRow, codes: Vec<MunicipalityCode>) -> Result<Party, DbError> {
    let kind = PartyKind::parse(&row.kind).ok_or_else(|| DbError::Corrupt(format!("party {}", row.id)))?;
    let extent = if row.everywhere { Extent::Everywhere } else { Extent::In(codes) };
    let valid_until = date(row.valid_until.as_deref());
    Ok(Party { id: PartyId(row.id), parent: row.parent.map(PartyId), kind, name: row.name, extent, valid_until })
}

/// Rows, one for each kommun of each assignment and in that order, as what is held. A role that does not read gives nothing.
fn held(rows: Vec<RightRow>) -> Vec<Held> {
    let mut found: Vec<Held> = Vec::new();
    for row in rows {
        let (Some(role), Some(kind)) = (Role::parse(&row.role), PartyKind::parse(&row.kind)) else { continue };
        let code = row.municipality.as_deref().and_then(MunicipalityCode::parse);
        if let Some(last) = found.last_mut().filter(|last| last.party.0 == row.party && last.right.role == role) {
            if let Extent::In(codes) = &mut last.right.extent {
                codes.extend(code);
            }
            continue;
        }
        let extent = if row.everywhere { Extent::Everywhere } else { Extent::In(code.into_iter().collect()) };
        found.push(Held {
            right: Right { role, extent },
            party: PartyId(row.party),
            kind,
            party_name: row.name,
            until: date(row.valid_until.as_deref()),
        });
    }
    found
}
