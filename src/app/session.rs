//! Who is calling: by the operator token, by a machine's token, or by the session that a browser got in exchange for a password.
//!
//! A session is a random id; the store holds its HMAC. The operator's sessions are hashed together with the operator token, so changing
//! the token ends every one of them.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::App;
use super::directory::{DirectoryError, Held};
use super::keys::random_hex;
use super::people::random_uuid;
use crate::db::DbError;
use crate::db::people::PersonRow;
use crate::db::sessions::{SessionRow, TokenRow};
use crate::domain::actor::{Actor, Member};
use crate::domain::ids::PersonId;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::Right;
use crate::domain::person::{self, Scope};

/// Absolute life of a session.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// A session that nobody uses ends after this.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// How exactly the last use is remembered.
const SEEN: SignedDuration = SignedDuration::from_mins(1);
/// How a machine's token begins, so that whoever finds one knows what it is.
pub const TOKEN_PREFIX: &str = "lykta_";
/// Most tokens of one person.
pub const TOKENS_MAX: i64 = 20;
/// How a session of a person begins.
const PERSONAL: &str = "p-";

/// A session that holds.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub actor: Actor,
    /// Its row.
    pub row: SessionRow,
}

/// A session, to its owner.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// By which its owner names it.
    pub id: uuid::Uuid,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it was last used, to a minute.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// A machine's token, to its owner; what it is was told when it was made.
#[derive(Clone, Debug)]
pub struct OwnToken {
    /// By which its owner names it.
    pub id: uuid::Uuid,
    /// What for.
    pub name: String,
    /// What it may do of what its owner may.
    pub scope: Scope,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Somebody who has shown who they are.
#[derive(Clone)]
pub struct Proven {
    /// Who.
    pub id: PersonId,
    /// The stored password that held, where it was by that.
    pub password: Option<String>,
}

/// A person's own account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who.
    pub person: PersonRow,
    /// What they hold today.
    pub held: Vec<Held>,
}

impl App {
    /// Who holds this bearer token; `None` when nobody does.
    pub async fn actor_of_token(&self, token: &str) -> Result<Option<Actor>, DbError> {
        if token.len() >= 16 && bool::from(token.as_bytes().ct_eq(self.operator_token.as_bytes())) {
            return Ok(Some(Actor::Operator));
        }
        if !token.starts_with(TOKEN_PREFIX) {
            return Ok(None);
        }
        let row = self.db.api_token(&self.token_hash(token)).await?;
        let Some(row) = row.filter(|row| row.expires_at > self.now().as_microsecond()) else { return Ok(None) };
        self.member(PersonId(row.person), Scope::parse(&row.scope) != Some(Scope::ReadWrite)).await
    }

    /// Who a person is today; `None` for one who is closed or gone.
    async fn member(&self, id: PersonId, reads_only: bool) -> Result<Option<Actor>, DbError> {
        let known = self.db.person(id.0).await?;
        if known.is_none_or(|person| person.closed) {
            return Ok(None);
        }
        let rights: Arc<[Right]> = self.held_by(id).await?.into_iter().map(|held| held.right).collect();
        Ok(Some(Actor::Person(Member { id, rights, reads_only })))
    }

    /// The person with this login and password. Nobody, a wrong password and a closed account take as long and are told alike.
    pub async fn log_in(&self, login: &str, password: String) -> Result<Option<Proven>, DbError> {
        let known = match person::login(login) {
            Ok(login) => self.db.person_by_login(&login).await?.filter(|person| !person.closed),
            Err(_) => None,
        };
        let stored = known.as_ref().and_then(|person| person.password.clone()).filter(|stored| stored != person::NO_PASSWORD);
        let holds = self.passwords.holds(password, stored).await?;
        Ok(known.filter(|_| holds).map(|person| Proven { id: PersonId(person.id), password: person.password }))
    }

    /// Begins a session for a person, however they have shown who they are.
    pub async fn begin_session(&self, person: Option<PersonId>) -> Result<String, DbError> {
        let proven = person.map(|id| Proven { id, password: None });
        self.begin_proven(proven).await?.ok_or_else(|| DbError::Unavailable("the account is closed".to_owned()))
    }

    /// Begins a session for somebody who has shown who they are, unless that no longer holds: the account was closed, or its password changed, while it
    /// was looked at. `None` is whoever holds the operator token.
    pub async fn begin_proven(&self, proven: Option<Proven>) -> Result<Option<String>, DbError> {
        let person = proven.as_ref().map(|proven| proven.id);
        let random = random_hex::<32>().map_err(|_| DbError::Unavailable("no random numbers".to_owned()))?;
        let session = if person.is_some() { format!("{PERSONAL}{random}") } else { random };
        let now = self.now();
        let row = SessionRow {
            hash: self.session_hash(&session),
            id: random_uuid()?,
            person: person.map(|id| id.0),
            begun_at: now.as_microsecond(),
            seen_at: now.as_microsecond(),
            expires_at: (now + SESSION).as_microsecond(),
        };
        let today = self.today().to_string();
        let begun = self
            .writer
            .write::<_, DbError>(&[], move |tx| {
                Box::pin(async move {
                    if let Some(Proven { id, password }) = proven {
                        let known =
                            tx.person(id.0).await?.filter(|known| !known.closed && (password.is_none() || known.password == password));
                        if known.is_none() {
                            return Ok(false);
                        }
                        tx.person_seen(id.0, today).await?;
                    }
                    tx.begin_session(&row).await?;
                    Ok(true)
                })
            })
            .await?;
        Ok(begun.then_some(session))
    }

    /// Ends a session; one that does not exist has ended already.
    pub async fn end_session(&self, session: &str) -> Result<(), DbError> {
        let hash = self.session_hash(session);
        self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.end_session(hash))).await
    }

    /// Who holds this session; `None` when it is made up or over.
    pub async fn session(&self, session: &str) -> Result<Option<Session>, DbError> {
        let now = self.now();
        let Some(row) = self.db.session(&self.session_hash(session)).await? else { return Ok(None) };
        let idle = now.as_microsecond() - row.seen_at;
        if row.expires_at <= now.as_microsecond() || idle > IDLE.as_micros() as i64 {
            return Ok(None);
        }
        let actor = match row.person {
            Some(person) => self.member(PersonId(person), false).await?,
            None => Some(Actor::Operator),
        };
        if actor.is_some() && idle > SEEN.as_micros() as i64 {
            let hash = row.hash.clone();
            let noted = self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.session_seen(hash, now.as_microsecond()))).await;
            if let Err(error) = noted {
                // A full disk must not throw out whoever could make room.
                tracing::warn!(%error, "the use of a session was not noted");
            }
        }
        Ok(actor.map(|actor| Session { actor, row }))
    }

    /// A person's own account.
    pub async fn account(&self, id: PersonId) -> Result<Option<Account>, DbError> {
        let Some(person) = self.db.person(id.0).await? else { return Ok(None) };
        Ok(Some(Account { person, held: self.held_by(id).await? }))
    }

    /// A person's own sessions, newest first.
    pub async fn own_sessions(&self, id: PersonId) -> Result<Vec<OwnSession>, DbError> {
        let now = self.now().as_microsecond();
        let rows = self.db.sessions_of(id.0, now).await?.into_iter().filter(|row| now - row.seen_at <= IDLE.as_micros() as i64);
        let own = |row: SessionRow| {
            let (begun_at, seen_at, expires_at) = (instant(row.begun_at)?, instant(row.seen_at)?, instant(row.expires_at)?);
            Ok(OwnSession { id: row.id, begun_at, seen_at, expires_at })
        };
        rows.map(own).collect()
    }

    /// Ends one of a person's own sessions.
    pub async fn end_own_session(&self, id: PersonId, session: uuid::Uuid) -> Result<(), DirectoryError> {
        let ended = self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.end_session_of(id.0, session))).await?;
        if ended { Ok(()) } else { Err(DirectoryError::NotFound) }
    }

    /// Ends every session of a person but the one in use.
    pub async fn end_other_sessions(&self, id: PersonId, but: uuid::Uuid) -> Result<(), DbError> {
        self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.end_sessions_of(id.0, Some(but)))).await
    }

    /// Changes a person's own password; their other sessions and their tokens end: who changes it may fear that somebody has got in.
    pub async fn change_password(&self, id: PersonId, session: uuid::Uuid, current: String, new: String) -> Result<(), DirectoryError> {
        let fault = |pointer: &str, fault| DirectoryError::Invalid(vec![FieldFault::at(pointer, fault)]);
        let row = self.db.person(id.0).await?.ok_or(DirectoryError::NotFound)?;
        if !self.passwords.holds(current, row.password.clone()).await? {
            return Err(fault("/current", Fault::WrongPassword));
        }
        person::password(&new, &[&row.login, &row.name, "lykta"]).map_err(|weak| fault("/password", weak))?;
        let hashed = self.passwords.hash(new).await?;
        let held = row.password;
        self.writer
            .write::<_, DirectoryError>(&[], move |tx| {
                Box::pin(async move {
                    let row = tx.person(id.0).await?.ok_or(DirectoryError::NotFound)?;
                    // Reset meanwhile: what was shown holds no longer.
                    if row.closed || row.password != held {
                        return Err(fault("/current", Fault::WrongPassword));
                    }
                    tx.update_person(&PersonRow { password: Some(hashed), ..row }).await?;
                    tx.delete_api_tokens_of(id.0).await?;
                    Ok(tx.end_sessions_of(id.0, Some(session)).await?)
                })
            })
            .await
    }

    /// A person's own tokens, oldest first.
    pub async fn own_tokens(&self, id: PersonId) -> Result<Vec<OwnToken>, DbError> {
        self.db.api_tokens_of(id.0, self.now().as_microsecond()).await?.into_iter().map(own_token).collect()
    }

    /// Makes a token for a machine; it is told once.
    pub async fn make_token(
        &self,
        id: PersonId,
        name: String,
        scope: Scope,
        expires_at: Timestamp,
    ) -> Result<(OwnToken, String), DirectoryError> {
        let random = random_hex::<20>().map_err(|_| DbError::Unavailable("no random numbers".to_owned()))?;
        let token = format!("{TOKEN_PREFIX}{random}");
        let row = TokenRow {
            hash: self.token_hash(&token),
            id: random_uuid()?,
            person: id.0,
            name,
            scope: scope.as_str().to_owned(),
            created_at: self.now().as_microsecond(),
            expires_at: expires_at.as_microsecond(),
        };
        let stored = row.clone();
        let made =
            self.writer.write::<_, DbError>(&[], move |tx| Box::pin(async move { tx.insert_api_token(&stored, TOKENS_MAX).await })).await?;
        if made { Ok((own_token(row)?, token)) } else { Err(DirectoryError::TooMany) }
    }

    /// Removes one of a person's own tokens.
    pub async fn remove_token(&self, id: PersonId, token: uuid::Uuid) -> Result<(), DirectoryError> {
        let gone = self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.delete_api_token(id.0, token))).await?;
        if gone { Ok(()) } else { Err(DirectoryError::NotFound) }
    }

    fn token_hash(&self, token: &str) -> Vec<u8> {
        self.keys.one_time("token", token).to_vec()
    }

    fn session_hash(&self, session: &str) -> Vec<u8> {
        if session.starts_with(PERSONAL) {
            return self.keys.session(&[b"person", session.as_bytes()]).to_vec();
        }
        self.keys.session(&[self.operator_token.as_bytes(), session.as_bytes()]).to_vec()
    }
}

fn instant(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(|error| DbError::Corrupt(error.to_string()))
}

fn own_token(row: TokenRow) -> Result<OwnToken, DbError> {
    let scope = Scope::parse(&row.scope).ok_or_else(|| DbError::Corrupt(format!("token {}", row.id)))?;
    let (created_at, expires_at) = (instant(row.created_at)?, instant(row.expires_at)?);
    Ok(OwnToken { id: row.id, name: row.name, scope, created_at, expires_at })
}
