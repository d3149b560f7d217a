//! Whose account somebody gets who comes from another's log-in service, and what their groups give them.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::OidcError;
use super::providers::Provider;
use crate::app::App;
use crate::app::directory::{Assignment, change, log};
use crate::app::people::{assignment_rows, facts, random_uuid, same_roles};
use crate::db::DbError;
use crate::db::people::PersonRow;
use crate::domain::actor::Actor;
use crate::domain::ids::{PartyId, PersonId};
use crate::domain::person::{NAME_MAX, NO_PASSWORD, login as read_login};

/// Most groups of somebody that are read.
const GROUPS_MAX: usize = 2_000;

impl App {
    /// The account of somebody a provider vouches for: the one they had, one that was invited, or a new one. What their groups give, and what those give no
    /// longer, is written at every log-in; roles that no group is named for stay as they are.
    pub(super) async fn oidc_person(&self, provider: &Provider, subject: &str, claims: &Map<String, Value>) -> Result<PersonId, OidcError> {
        let parties = self.administered(&Actor::System).await?.all;
        let groups = groups(claims.get(&provider.claims.groups));
        let ruled: Vec<(bool, Assignment)> = provider
            .roles
            .iter()
            .filter_map(|rule| {
                let role = rule.role()?;
                let party = parties.iter().find(|party| party.id.0 == rule.party && party.kind.roles().contains(&role))?;
                Some((groups.contains(&rule.group.as_str()), Assignment { party: party.id, role, until: None }))
            })
            .collect();
        let mut given: Vec<Assignment> = Vec::new();
        for (_, assignment) in ruled.iter().filter(|(member, _)| *member) {
            if !given.iter().any(|there| (there.party, there.role) == (assignment.party, assignment.role)) {
                given.push(assignment.clone());
            }
        }
        let known = match self.db.identity(&provider.issuer, subject).await? {
            Some(id) => self.db.person(id).await?,
            None => self.link(provider, subject, claims).await?,
        };
        let Some(known) = known else { return self.add(provider, subject, claims, &given).await };
        if known.closed {
            return Err(OidcError::NoAccount);
        }
        let id = PersonId(known.id);
        let before = self.assignments_of(id).await?;
        let mut after: Vec<Assignment> = before
            .iter()
            .filter(|there| !ruled.iter().any(|(_, rule)| (rule.party, rule.role) == (there.party, there.role)))
            .cloned()
            .collect();
        // A role by a group that was given by hand before keeps its day.
        after.extend(
            given.iter().map(|new| before.iter().find(|there| (there.party, there.role) == (new.party, new.role)).unwrap_or(new).clone()),
        );
        if !same_roles(&before, &after) {
            self.regroup(&parties, id, &before, &after).await?;
        }
        if after.is_empty() { Err(OidcError::NoAccount) } else { Ok(id) }
    }

    /// An account that somebody invited by hand, taken by whoever has its e-mail address; only where the operator allows it and the provider has made sure.
    async fn link(&self, provider: &Provider, subject: &str, claims: &Map<String, Value>) -> Result<Option<PersonRow>, OidcError> {
        let verified = claims.get("email_verified").and_then(Value::as_bool) == Some(true);
        let Some(login) = login(provider, claims).filter(|_| provider.link_by_login && verified) else { return Ok(None) };
        let Some(person) = self.db.person_by_login(&login).await?.filter(|person| !person.closed) else { return Ok(None) };
        let (issuer, subject, id, now) = (provider.issuer.clone(), subject.to_owned(), person.id, self.now().as_microsecond());
        let linked = self.writer.write::<_, DbError>(&[], move |tx| {
            Box::pin(async move {
                // The invitation is accepted by this.
                if let Some(row) = tx.person(id).await?.filter(|row| row.password.is_none()) {
                    tx.update_person(&PersonRow { password: Some(NO_PASSWORD.to_owned()), ..row }).await?;
                    tx.uninvite(id).await?;
                }
                tx.insert_identity(&issuer, &subject, id, now).await
            })
        });
        linked.await?;
        Ok(Some(person))
    }

    async fn add(
        &self,
        provider: &Provider,
        subject: &str,
        claims: &Map<String, Value>,
        given: &[Assignment],
    ) -> Result<PersonId, OidcError> {
        if given.is_empty() {
            return Err(OidcError::NoAccount);
        }
        let Some(login) = login(provider, claims) else {
            return Err(OidcError::Refused(format!("no e-mail address in the claim {}", provider.claims.login)));
        };
        if self.db.person_by_login(&login).await?.is_some() {
            // Somebody's already; that it is the same person, nobody has said.
            return Err(OidcError::NoAccount);
        }
        let name = claims.get(&provider.claims.name).and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
        let row = PersonRow {
            id: random_uuid()?,
            name: name.unwrap_or(&login).chars().filter(|c| !c.is_control()).take(NAME_MAX).collect(),
            login,
            password: Some(NO_PASSWORD.to_owned()),
            closed: false,
            created_at: self.now().as_microsecond(),
            seen_on: None,
        };
        let parties = self.administered(&Actor::System).await?.all;
        let id = PersonId(row.id);
        self.store_person(&Actor::System, &parties, row, given, None).await?;
        let (issuer, subject, now) = (provider.issuer.clone(), subject.to_owned(), self.now().as_microsecond());
        self.writer
            .write::<_, DbError>(&[], move |tx| Box::pin(async move { tx.insert_identity(&issuer, &subject, id.0, now).await }))
            .await?;
        Ok(id)
    }

    async fn assignments_of(&self, id: PersonId) -> Result<Vec<Assignment>, DbError> {
        Ok(self.db.assignments().await?.iter().filter(|row| row.person == id.0).filter_map(crate::app::people::assignment).collect())
    }

    async fn regroup(
        &self,
        parties: &[crate::domain::party::Party],
        id: PersonId,
        before: &[Assignment],
        after: &[Assignment],
    ) -> Result<(), OidcError> {
        let mut codes = self.concerned(parties, before);
        codes.extend(self.concerned(parties, after));
        codes.sort_unstable();
        codes.dedup();
        let said = json!({"roles": {"from": facts(before), "to": facts(after)}});
        let change = change(self, &Actor::System, "person", id, "changed", said);
        let rows = assignment_rows(id.0, after);
        let touched: Vec<Uuid> = before
            .iter()
            .chain(after)
            .map(|given| given.party)
            .collect::<std::collections::BTreeSet<PartyId>>()
            .into_iter()
            .map(|party| party.0)
            .collect();
        let locked = codes.clone();
        let write = self.writer.write::<_, DbError>(&locked, move |tx| {
            Box::pin(async move {
                log(tx, &codes, &change).await?;
                tx.set_assignments(id.0, &touched, &rows).await?;
                tx.end_sessions_of(id.0, None).await
            })
        });
        Ok(write.await?)
    }
}

fn login(provider: &Provider, claims: &Map<String, Value>) -> Option<String> {
    claims.get(&provider.claims.login).and_then(Value::as_str).and_then(|text| read_login(text).ok())
}

/// Groups, told as a list or as one text.
fn groups(claim: Option<&Value>) -> Vec<&str> {
    match claim {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().take(GROUPS_MAX).filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
