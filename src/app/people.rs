//! What administrators do with people: invite, give roles, close, erase; and what an invited person does with the link.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::App;
use super::directory::{Administered, Assignment, DirectoryError, change, log};
use super::keys::random_hex;
use crate::db::DbError;
use crate::db::people::{AssignmentRow, PersonRow};
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, PartyId, PersonId};
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::party::{Extent, Party, PartyKind};
use crate::domain::permission::Role;
use crate::domain::person::{self, INVITATION_DAYS, Purpose};

/// Most roles of one person.
pub const ASSIGNMENTS_MAX: usize = 50;
/// The name of the root until somebody gives it another.
const ROOT_NAME: &str = "Lykta";

/// A person as administrators see them.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// E-mail address.
    pub login: String,
    /// Name.
    pub name: String,
    /// Whether the invitation was accepted.
    pub active: bool,
    /// May not log in.
    pub closed: bool,
    /// Day of the last log-in, `YYYY-MM-DD`.
    pub seen_on: Option<String>,
    /// What they are for the parties that the caller looks after.
    pub assignments: Vec<Assignment>,
}

/// A person to be invited.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Made by the client.
    pub id: PersonId,
    /// E-mail address, in its one spelling.
    pub login: String,
    /// Name.
    pub name: String,
    /// What they will be.
    pub assignments: Vec<Assignment>,
}

/// What is to be changed of a person.
#[derive(Clone, Debug, Default)]
pub struct PersonPatch {
    /// Name.
    pub name: Option<String>,
    /// Whether the account is closed.
    pub closed: Option<bool>,
    /// All they are for the parties that the caller looks after.
    pub assignments: Option<Vec<Assignment>>,
}

/// A one-time link, told once.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// What the link holds.
    pub key: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// For whom a link is.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Why.
    pub purpose: Purpose,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whom; nobody yet for the first administrator.
    pub person: Option<PersonRow>,
}

impl App {
    /// The people of the parties that a caller looks after, with those parties.
    pub async fn people(&self, by: &Actor) -> Result<(Vec<Person>, Administered), DirectoryError> {
        let administered = self.administered(by).await?;
        let mut held: BTreeMap<Uuid, Vec<Assignment>> = BTreeMap::new();
        for row in self.db.assignments().await? {
            if administered.own.contains(&PartyId(row.party))
                && let Some(assignment) = assignment(&row)
            {
                held.entry(row.person).or_default().push(assignment);
            }
        }
        let rows = self.db.people().await?;
        let people = rows.into_iter().filter_map(|row| Some(person(&row, held.remove(&row.id)?))).collect();
        Ok((people, administered))
    }

    /// A person that the caller looks after.
    pub async fn person(&self, by: &Actor, id: PersonId) -> Result<(Person, Administered), DirectoryError> {
        let (people, administered) = self.people(by).await?;
        let person = people.into_iter().find(|person| person.id == id).ok_or(DirectoryError::NotFound)?;
        Ok((person, administered))
    }

    /// Invites somebody. With the same id and content again: a new link.
    pub async fn invite(&self, by: &Actor, new: NewPerson) -> Result<(Person, Invitation), DirectoryError> {
        let administered = self.administered(by).await?;
        self.check_assignments(&administered, &new.assignments)?;
        if let Some(known) = self.db.person(new.id.0).await? {
            let (person, _) = self.person(by, new.id).await.map_err(|_| DirectoryError::IdReused)?;
            let same = known.login == new.login && known.name == new.name && same_roles(&person.assignments, &new.assignments);
            return if same && !person.active { Ok((person, self.invite_again(by, new.id).await?)) } else { Err(DirectoryError::IdReused) };
        }
        // Of somebody who was erased: the logs must not name another by it.
        if self.db.was_logged("person", &new.id.to_string()).await? {
            return Err(DirectoryError::IdReused);
        }
        if self.db.person_by_login(&new.login).await?.is_some() {
            return Err(DirectoryError::Invalid(vec![FieldFault::at("/login", Fault::Taken)]));
        }
        let row = PersonRow {
            id: new.id.0,
            login: new.login,
            name: new.name,
            password: None,
            closed: false,
            created_at: self.now().as_microsecond(),
            seen_on: None,
        };
        let invitation = self.new_invitation()?;
        let made = person(&row, new.assignments.clone());
        self.store_person(by, &administered.all, row, &new.assignments, Some((&invitation, Purpose::New))).await?;
        Ok((made, invitation))
    }

    /// Stores a person with what they are, and with a link where there is to be one.
    pub(super) async fn store_person(
        &self,
        by: &Actor,
        parties: &[Party],
        row: PersonRow,
        assignments: &[Assignment],
        link: Option<(&Invitation, Purpose)>,
    ) -> Result<(), DirectoryError> {
        let codes = self.concerned(parties, assignments);
        let change = change(self, by, "person", PersonId(row.id), "added", json!({"roles": facts(assignments)}));
        let rows = assignment_rows(row.id, assignments);
        let now = self.now().as_microsecond();
        let link = link.map(|(link, purpose)| (self.link_hash(&link.key), purpose.as_str(), link.expires_at.as_microsecond()));
        let locked = codes.clone();
        let write = self.writer.write::<_, DbError>(&locked, move |tx| {
            Box::pin(async move {
                log(tx, &codes, &change).await?;
                tx.insert_person(&row).await?;
                tx.set_assignments(row.id, &[], &rows).await?;
                if let Some((hash, purpose, expires_at)) = link {
                    tx.invite(hash, Some(row.id), purpose, now, expires_at).await?;
                }
                Ok(())
            })
        });
        // Two who invite the same person at once: the second hears what it would have heard a moment later.
        write.await.map_err(|error| match error {
            DbError::Conflict(_) => DirectoryError::Invalid(vec![FieldFault::at("/login", Fault::Taken)]),
            other => other.into(),
        })
    }

    /// A new link for somebody; the old one, the password and the sessions end.
    pub async fn invite_again(&self, by: &Actor, id: PersonId) -> Result<Invitation, DirectoryError> {
        let (person, administered) = self.person(by, id).await?;
        if by.person().is_some_and(|member| member.id == id) {
            return Err(DirectoryError::OwnRights);
        }
        self.all_own(&administered, id).await?;
        let purpose = if person.active { Purpose::Reset } else { Purpose::New };
        let invitation = self.new_invitation()?;
        let (hash, now, expires_at) =
            (self.link_hash(&invitation.key), self.now().as_microsecond(), invitation.expires_at.as_microsecond());
        let codes = self.concerned(&administered.all, &person.assignments);
        let change = change(self, by, "person", id, "invited", json!({"purpose": purpose.as_str()}));
        self.writer
            .write::<_, DirectoryError>(&codes.clone(), move |tx| {
                Box::pin(async move {
                    let row = tx.person(id.0).await?.ok_or(DirectoryError::NotFound)?;
                    log(tx, &codes, &change).await?;
                    tx.update_person(&PersonRow { password: None, ..row }).await?;
                    tx.end_sessions_of(id.0, None).await?;
                    tx.delete_api_tokens_of(id.0).await?;
                    // Whoever lost the telephone with the app on it begins anew as well.
                    tx.clear_factors(id.0).await?;
                    Ok(tx.invite(hash, Some(id.0), purpose.as_str(), now, expires_at).await?)
                })
            })
            .await?;
        Ok(invitation)
    }

    /// Changes a person: their sessions end when what they may do changes. Nobody changes what they are themselves.
    pub async fn change_person(&self, by: &Actor, id: PersonId, patch: PersonPatch) -> Result<(Person, Administered), DirectoryError> {
        let (before, administered) = self.person(by, id).await?;
        let rights = patch.assignments.is_some() || patch.closed.is_some();
        if rights && by.person().is_some_and(|member| member.id == id) {
            return Err(DirectoryError::OwnRights);
        }
        if patch.closed.is_some() || patch.name.is_some() {
            // Of an account that others look after too, one changes only what it is to one's own parties.
            self.all_own(&administered, id).await?;
        }
        let mut after = before.clone();
        let (new_name, new_closed, new_roles) = (patch.name.clone(), patch.closed, patch.assignments.is_some());
        if let Some(assignments) = patch.assignments {
            self.check_assignments(&administered, &assignments)?;
            after.assignments = assignments;
        }
        after.name = patch.name.unwrap_or(after.name);
        after.closed = patch.closed.unwrap_or(after.closed);
        let roles_changed = !same_roles(&before.assignments, &after.assignments);
        if after.name == before.name && after.closed == before.closed && !roles_changed {
            return Err(DirectoryError::Invalid(vec![FieldFault::at("", Fault::NothingToChange)]));
        }
        let mut codes = self.concerned(&administered.all, &before.assignments);
        codes.extend(self.concerned(&administered.all, &after.assignments));
        codes.sort_unstable();
        codes.dedup();
        let mut said = serde_json::Map::new();
        if after.name != before.name {
            said.insert("name".to_owned(), json!("set"));
        }
        if after.closed != before.closed {
            said.insert("closed".to_owned(), json!(after.closed));
        }
        if roles_changed {
            said.insert("roles".to_owned(), json!({"from": facts(&before.assignments), "to": facts(&after.assignments)}));
        }
        let change = change(self, by, "person", id, "changed", said.into());
        let (rows, own) = (assignment_rows(id.0, &after.assignments), administered.own.iter().map(|id| id.0).collect::<Vec<_>>());
        let ends = roles_changed || new_closed == Some(true);
        self.writer
            .write::<_, DirectoryError>(&codes.clone(), move |tx| {
                Box::pin(async move {
                    let row = tx.person(id.0).await?.ok_or(DirectoryError::NotFound)?;
                    log(tx, &codes, &change).await?;
                    // Only what was asked for: what somebody else has just changed stays.
                    let (name, closed) = (new_name.unwrap_or_else(|| row.name.clone()), new_closed.unwrap_or(row.closed));
                    tx.update_person(&PersonRow { name, closed, ..row }).await?;
                    if new_roles {
                        tx.set_assignments(id.0, &own, &rows).await?;
                    }
                    if ends {
                        tx.end_sessions_of(id.0, None).await?;
                    }
                    if closed {
                        tx.delete_api_tokens_of(id.0).await?;
                        tx.uninvite(id.0).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        Ok((after, administered))
    }

    /// Erases an account: name, login, password, sessions, tokens. The logs keep an id that tells nobody anything.
    pub async fn erase_person(&self, by: &Actor, id: PersonId) -> Result<(), DirectoryError> {
        let (person, administered) = self.person(by, id).await?;
        if by.person().is_some_and(|member| member.id == id) {
            return Err(DirectoryError::OwnRights);
        }
        self.all_own(&administered, id).await?;
        let codes = self.concerned(&administered.all, &person.assignments);
        let change = change(self, by, "person", id, "erased", json!({}));
        self.writer
            .write::<_, DirectoryError>(&codes.clone(), move |tx| {
                Box::pin(async move {
                    log(tx, &codes, &change).await?;
                    Ok(tx.delete_person(id.0).await?)
                })
            })
            .await
    }

    /// A one-time link that makes the first administrator, as long as nobody has an account; one before it ends.
    pub async fn first_invitation(&self) -> Result<Option<Invitation>, DbError> {
        if self.db.people_count().await? > 0 {
            return Ok(None);
        }
        let invitation = self.new_invitation()?;
        let (hash, now, expires_at) =
            (self.link_hash(&invitation.key), self.now().as_microsecond(), invitation.expires_at.as_microsecond());
        let purpose = Purpose::FirstAdministrator.as_str();
        self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.invite(hash, None, purpose, now, expires_at))).await?;
        Ok(Some(invitation))
    }

    /// For whom a link is; `None` when it is made up, used or over.
    pub async fn invited(&self, key: &str) -> Result<Option<Invited>, DbError> {
        let Some(row) = self.db.invitation(&self.link_hash(key)).await? else { return Ok(None) };
        let (Some(purpose), Ok(expires_at)) = (Purpose::parse(&row.purpose), Timestamp::from_microsecond(row.expires_at)) else {
            return Ok(None);
        };
        let person = match row.person {
            Some(id) => self.db.person(id).await?,
            None => None,
        };
        // The first administrator's link is worth nothing once there is somebody.
        let stale = match purpose {
            Purpose::FirstAdministrator => self.db.people_count().await? > 0,
            Purpose::New | Purpose::Reset => person.as_ref().is_none_or(|person| person.closed),
        };
        Ok((expires_at > self.now() && !stale).then_some(Invited { purpose, expires_at, person }))
    }

    /// Uses a link up and sets the password. `first` is name and login of the first administrator. Returns who it is now.
    pub async fn accept(&self, key: &str, password: &str, first: Option<(String, String)>) -> Result<PersonId, DirectoryError> {
        let invited = self.invited(key).await?.ok_or(DirectoryError::NotFound)?;
        let (login, name) = match (&invited.person, &first) {
            (Some(person), None) => (person.login.clone(), person.name.clone()),
            (None, Some((name, login))) => (login.clone(), name.clone()),
            (Some(_), Some(_)) => return Err(DirectoryError::Invalid(vec![FieldFault::at("/login", Fault::UnknownField)])),
            (None, None) => return Err(DirectoryError::Invalid(vec![FieldFault::at("/login", Fault::Missing)])),
        };
        person::password(password, &[&login, &name, "lykta"])
            .map_err(|fault| DirectoryError::Invalid(vec![FieldFault::at("/password", fault)]))?;
        let hashed = self.passwords.hash(password.to_owned()).await?;
        let (hash, now) = (self.link_hash(key), self.now().as_microsecond());
        if let Some(known) = invited.person {
            let (id, actor_id) = (known.id, PersonId(known.id));
            let held = self.held_by(actor_id).await?;
            let mut codes: Vec<MunicipalityCode> = held.iter().flat_map(|held| self.codes_of(&held.right.extent)).collect();
            codes.sort_unstable();
            codes.dedup();
            let change = change(self, &Actor::System, "person", actor_id, "accepted", json!({"purpose": invited.purpose.as_str()}));
            self.writer
                .write::<_, DirectoryError>(&codes.clone(), move |tx| {
                    Box::pin(async move {
                        if !tx.use_invitation(hash, now).await? {
                            return Err(DirectoryError::NotFound);
                        }
                        let row = tx.person(id).await?.ok_or(DirectoryError::NotFound)?;
                        log(tx, &codes, &change).await?;
                        tx.end_sessions_of(id, None).await?;
                        Ok(tx.update_person(&PersonRow { password: Some(hashed), ..row }).await?)
                    })
                })
                .await?;
            return Ok(actor_id);
        }
        self.accept_first(hash, hashed, login, name).await
    }

    async fn accept_first(&self, hash: Vec<u8>, hashed: String, login: String, name: String) -> Result<PersonId, DirectoryError> {
        let id = PersonId(random_uuid()?);
        let now = self.now().as_microsecond();
        let row = PersonRow { id: id.0, login, name, password: Some(hashed), closed: false, created_at: now, seen_on: None };
        self.writer
            .write::<_, DirectoryError>(&[], move |tx| {
                Box::pin(async move { if tx.use_invitation(hash, now).await? { Ok(()) } else { Err(DirectoryError::NotFound) } })
            })
            .await?;
        let root = self.root().await?;
        let assignment = Assignment { party: root.id, role: Role::Administrator, until: None };
        self.store_person(&Actor::System, &[root], row, &[assignment], None).await?;
        Ok(id)
    }

    /// The root of the tree, made where there is none.
    pub async fn root(&self) -> Result<Party, DirectoryError> {
        if let Some(root) = self.parties().await?.into_iter().find(|party| party.parent.is_none()) {
            return Ok(root);
        }
        let root = Party {
            id: PartyId(random_uuid()?),
            parent: None,
            kind: PartyKind::Host,
            name: ROOT_NAME.to_owned(),
            extent: Extent::Everywhere,
            valid_until: None,
        };
        self.store_party(&Actor::System, &root).await?;
        Ok(root)
    }

    /// Refuses what reaches into parties that the caller does not look after.
    async fn all_own(&self, administered: &Administered, id: PersonId) -> Result<(), DirectoryError> {
        let elsewhere =
            self.db.assignments().await?.iter().any(|row| row.person == id.0 && !administered.own.contains(&PartyId(row.party)));
        if elsewhere { Err(DirectoryError::Forbidden) } else { Ok(()) }
    }

    fn check_assignments(&self, administered: &Administered, assignments: &[Assignment]) -> Result<(), DirectoryError> {
        let mut faults = Vec::new();
        if assignments.is_empty() {
            faults.push(FieldFault::at("/assignments", Fault::Missing));
        }
        if assignments.len() > ASSIGNMENTS_MAX {
            faults.push(FieldFault::at("/assignments", Fault::TooMany(ASSIGNMENTS_MAX)));
        }
        for (at, given) in assignments.iter().enumerate().take(ASSIGNMENTS_MAX) {
            let mut fault = |field: &str, fault| faults.push(FieldFault::at(format!("/assignments/{at}/{field}"), fault));
            match administered.party(given.party) {
                None => fault("party", Fault::UnknownParty),
                Some(party) if !party.kind.roles().contains(&given.role) => fault("role", Fault::DoesNotFit),
                Some(_) if !self.is_term(given.until, given.role == Role::Guest) => fault("until", Fault::TermNeeded),
                Some(_) if assignments[..at].iter().any(|before| before.party == given.party && before.role == given.role) => {
                    fault("role", Fault::Taken);
                }
                Some(_) => {}
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(DirectoryError::Invalid(faults)) }
    }

    /// The kommuner that some assignments are in.
    pub(super) fn concerned(&self, parties: &[Party], assignments: &[Assignment]) -> Vec<MunicipalityCode> {
        let of = |assignment: &Assignment| parties.iter().find(|party| party.id == assignment.party);
        let mut codes: Vec<MunicipalityCode> = assignments.iter().filter_map(of).flat_map(|party| self.codes_of(&party.extent)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// A random id for something new.
    pub fn new_id(&self) -> Result<Uuid, DbError> {
        random_uuid()
    }

    fn new_invitation(&self) -> Result<Invitation, DbError> {
        let key = random_hex::<20>().map_err(|_| DbError::Unavailable("no random numbers".to_owned()))?;
        Ok(Invitation { key, expires_at: self.now() + SignedDuration::from_hours(24 * INVITATION_DAYS) })
    }

    fn link_hash(&self, key: &str) -> Vec<u8> {
        self.keys.one_time("invitation", key).to_vec()
    }
}

/// A random id (version 4).
pub(super) fn random_uuid() -> Result<Uuid, DbError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| DbError::Unavailable("no random numbers".to_owned()))?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

fn person(row: &PersonRow, assignments: Vec<Assignment>) -> Person {
    Person {
        id: PersonId(row.id),
        login: row.login.clone(),
        name: row.name.clone(),
        active: row.password.is_some(),
        closed: row.closed,
        seen_on: row.seen_on.clone(),
        assignments,
    }
}

pub(super) fn assignment(row: &AssignmentRow) -> Option<Assignment> {
    let until = row.valid_until.as_deref().and_then(|text| text.parse().ok());
    Some(Assignment { party: PartyId(row.party), role: Role::parse(&row.role)?, until })
}

pub(super) fn assignment_rows(person: Uuid, assignments: &[Assignment]) -> Vec<AssignmentRow> {
    let row = |given: &Assignment| AssignmentRow {
        person,
        party: given.party.0,
        role: given.role.as_str().to_owned(),
        valid_until: given.until.map(|date| date.to_string()),
    };
    assignments.iter().map(row).collect()
}

/// Roles as the log tells them: which, for which party, until when; nothing of who it is.
pub(super) fn facts(assignments: &[Assignment]) -> serde_json::Value {
    let fact = |given: &Assignment| json!({"role": given.role.as_str(), "party": given.party.to_string(), "until": given.until.map(|date| date.to_string())});
    assignments.iter().map(fact).collect()
}

pub(super) fn same_roles(a: &[Assignment], b: &[Assignment]) -> bool {
    a.len() == b.len() && a.iter().all(|one| b.contains(one))
}
