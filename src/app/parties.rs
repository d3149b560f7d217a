//! What administrators do with parties: add, change, remove.

use serde_json::json;

use super::App;
use super::directory::{DirectoryError, change, log};
use crate::db::parties::PartyRow;
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, PartyId};
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::party::{Extent, Party, PartyKind};
use crate::domain::permission::Role;
use crate::domain::person::TERM_MAX_DAYS;
use jiff::civil::Date;

/// Most kommuner that are named for one party.
pub const MUNICIPALITIES_MAX: usize = 300;

/// A party to be added.
#[derive(Clone, Debug)]
pub struct NewParty {
    /// Made by the client.
    pub id: PartyId,
    /// The party above.
    pub parent: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// Its name.
    pub name: String,
    /// Where it works; `None` is where its parent works.
    pub municipalities: Option<Vec<MunicipalityCode>>,
    /// Last day.
    pub valid_until: Option<Date>,
}

/// What is to be changed of a party.
#[derive(Clone, Debug, Default)]
pub struct PartyPatch {
    /// Its name.
    pub name: Option<String>,
    /// Where it works.
    pub municipalities: Option<Vec<MunicipalityCode>>,
    /// Last day; `Some(None)` takes the end away.
    pub valid_until: Option<Option<Date>>,
}

impl App {
    /// Adds a party below one that the caller looks after; `false` when the same was there already.
    pub async fn add_party(&self, by: &Actor, new: NewParty) -> Result<(Party, bool), DirectoryError> {
        let administered = self.administered(by).await?;
        let fault = |pointer: &str, fault| DirectoryError::Invalid(vec![FieldFault::at(pointer, fault)]);
        let parent = administered.party(new.parent).ok_or_else(|| fault("/parent", Fault::UnknownParty))?;
        if !parent.kind.below().contains(&new.kind) {
            return Err(fault("/kind", Fault::DoesNotFit));
        }
        let extent = self.extent(new.kind, parent, new.municipalities)?;
        self.check_term(new.kind, new.valid_until)?;
        let party = Party { id: new.id, parent: Some(parent.id), kind: new.kind, name: new.name, extent, valid_until: new.valid_until };
        if let Some(known) = administered.all.iter().find(|known| known.id == party.id) {
            return if *known == party { Ok((party, false)) } else { Err(DirectoryError::IdReused) };
        }
        self.store_party(by, &party).await?;
        Ok((party, true))
    }

    /// Stores a party that is complete and right.
    pub(super) async fn store_party(&self, by: &Actor, party: &Party) -> Result<(), DirectoryError> {
        let codes = self.codes_of(&party.extent);
        let facts = json!({"kind": party.kind.as_str(), "parent": party.parent.map(|id| id.to_string())});
        let change = change(self, by, "party", party.id, "added", facts);
        let (row, extent) = (row(party), stored(&party.extent));
        self.writer
            .write(&codes.clone(), move |tx| {
                Box::pin(async move {
                    log(tx, &codes, &change).await?;
                    Ok(tx.insert_party(&row, &extent).await?)
                })
            })
            .await
    }

    /// Changes a party that the caller looks after. Nobody changes a party that they are an administrator of from elsewhere than above.
    pub async fn change_party(&self, by: &Actor, id: PartyId, patch: PartyPatch) -> Result<Party, DirectoryError> {
        let administered = self.administered(by).await?;
        let before = administered.party(id).ok_or(DirectoryError::NotFound)?.clone();
        let mut party = before.clone();
        party.name = patch.name.unwrap_or(party.name);
        let touches_reach = patch.municipalities.is_some() || patch.valid_until.is_some();
        let parent = before.parent.and_then(|parent| administered.party(parent));
        if touches_reach {
            // Where a party works is for those above it to say: its own administrators would give themselves more.
            let parent = parent.ok_or(DirectoryError::OwnRights)?;
            if let Some(codes) = patch.municipalities {
                party.extent = self.extent(party.kind, parent, Some(codes))?;
                let below = administered.all.iter().filter(|child| child.parent == Some(id));
                if below.into_iter().any(|child| !party.extent.holds(&child.extent)) {
                    return Err(DirectoryError::InUse);
                }
            }
            if let Some(until) = patch.valid_until {
                self.check_term(party.kind, until)?;
                party.valid_until = until;
            }
        }
        if party == before {
            return Err(DirectoryError::Invalid(vec![FieldFault::at("", Fault::NothingToChange)]));
        }
        let mut codes = self.codes_of(&before.extent);
        codes.extend(self.codes_of(&party.extent));
        codes.sort_unstable();
        codes.dedup();
        let fields: Vec<&str> = [
            (party.name != before.name, "name"),
            (party.extent != before.extent, "municipalities"),
            (party.valid_until != before.valid_until, "valid_until"),
        ]
        .into_iter()
        .filter_map(|(changed, field)| changed.then_some(field))
        .collect();
        let change = change(self, by, "party", id, "changed", json!({"fields": fields}));
        let (row, extent) = (row(&party), stored(&party.extent));
        self.writer
            .write::<_, DirectoryError>(&codes.clone(), move |tx| {
                Box::pin(async move {
                    log(tx, &codes, &change).await?;
                    tx.update_party(&row).await?;
                    Ok(tx.set_party_extent(row.id, &extent).await?)
                })
            })
            .await?;
        Ok(party)
    }

    /// Removes a party without people and without parties below it.
    pub async fn remove_party(&self, by: &Actor, id: PartyId) -> Result<(), DirectoryError> {
        let administered = self.administered(by).await?;
        let party = administered.party(id).ok_or(DirectoryError::NotFound)?;
        if party.parent.is_none() {
            return Err(DirectoryError::InUse);
        }
        let codes = self.codes_of(&party.extent);
        let change = change(self, by, "party", id, "removed", json!({}));
        self.writer
            .write(&codes.clone(), move |tx| {
                Box::pin(async move {
                    log(tx, &codes, &change).await?;
                    if tx.delete_party(id.0).await? { Ok(()) } else { Err(DirectoryError::InUse) }
                })
            })
            .await
    }

    /// Where a new party works.
    fn extent(&self, kind: PartyKind, parent: &Party, asked: Option<Vec<MunicipalityCode>>) -> Result<Extent, DirectoryError> {
        let fault = |fault| DirectoryError::Invalid(vec![FieldFault::at("/municipalities", fault)]);
        let Some(mut codes) = asked else {
            // Everything below the root works somewhere in particular.
            return if parent.kind == PartyKind::Host { Err(fault(Fault::Missing)) } else { Ok(parent.extent.clone()) };
        };
        codes.sort_unstable();
        codes.dedup();
        let registry = self.registry();
        if codes.iter().any(|code| registry.kommun(*code).is_none()) {
            return Err(fault(Fault::UnknownMunicipality));
        }
        if codes.is_empty() {
            return Err(fault(Fault::Missing));
        }
        if kind != PartyKind::PoliceDistrict && codes.len() > 1 {
            return Err(fault(Fault::TooMany(1)));
        }
        let extent = Extent::In(codes);
        if parent.extent.holds(&extent) { Ok(extent) } else { Err(fault(Fault::BeyondParent)) }
    }

    /// Guests are invited for a term.
    pub(super) fn check_term(&self, kind: PartyKind, until: Option<Date>) -> Result<(), DirectoryError> {
        let needs = kind.roles().contains(&Role::Guest);
        if self.is_term(until, needs) {
            Ok(())
        } else {
            Err(DirectoryError::Invalid(vec![FieldFault::at("/valid_until", Fault::TermNeeded)]))
        }
    }

    /// Whether a last day is one: from today, and for a guest within a year.
    pub(super) fn is_term(&self, until: Option<Date>, needed: bool) -> bool {
        let today = self.today();
        let latest = today.checked_add(jiff::Span::new().days(TERM_MAX_DAYS)).unwrap_or(Date::MAX);
        match until {
            Some(until) => until >= today && (!needed || until <= latest),
            None => !needed,
        }
    }
}

fn row(party: &Party) -> PartyRow {
    PartyRow {
        id: party.id.0,
        parent: party.parent.map(|id| id.0),
        kind: party.kind.as_str().to_owned(),
        name: party.name.clone(),
        everywhere: party.extent == Extent::Everywhere,
        valid_until: party.valid_until.map(|date| date.to_string()),
    }
}

fn stored(extent: &Extent) -> Vec<String> {
    match extent {
        Extent::Everywhere => Vec::new(),
        Extent::In(codes) => codes.iter().map(ToString::to_string).collect(),
    }
}
