//! What a person has beside a password: passkeys, an authenticator app, recovery codes.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::CreationChallengeResponse;

use super::App;
use super::directory::DirectoryError;
use super::keys::{crockford, hex, random_hex, unhex};
use super::people::random_uuid;
use crate::db::factors::{CeremonyRow, PasskeyRow, TotpRow};
use crate::db::{DbError, Tx};
use crate::domain::factor::{CEREMONY, Ceremony, Code, PASSKEYS_MAX, RECOVERY_BYTES, RECOVERY_CODES, SECRET_BYTES, TRIES, step_of};
use crate::domain::ids::PersonId;
use crate::domain::invalid::{Fault, FieldFault};

/// Most that wait for an answer from a browser at a time; whoever asks for more is told to come back.
const WAITING: i64 = 20_000;
/// Bytes of a sealed secret's nonce.
const NONCE: usize = 12;

/// A passkey, to its owner.
#[derive(Clone, Debug)]
pub struct OwnPasskey {
    /// By which its owner names it.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// Day of its last log-in.
    pub used_on: Option<String>,
}

/// What a person has.
#[derive(Clone, Debug)]
pub struct Factors {
    /// Oldest first.
    pub passkeys: Vec<OwnPasskey>,
    /// Since when there is an authenticator app.
    pub totp: Option<Timestamp>,
    /// How many are left.
    pub recovery_codes: i64,
    /// Whether the service is reached in a way that allows passkeys.
    pub passkeys_possible: bool,
}

/// A passkey that is being added.
#[derive(Debug, Serialize)]
pub struct NewPasskey {
    /// To answer with.
    pub ceremony: String,
    /// For the browser.
    pub options: CreationChallengeResponse,
}

/// An authenticator app that is being added.
#[derive(Debug)]
pub struct NewTotp {
    /// To answer with.
    pub ceremony: String,
    /// For the app, base32.
    pub secret: String,
    /// The same for a camera, `otpauth://`.
    pub uri: String,
}

/// What was begun, of a kind, by its key.
pub(super) struct Begun {
    pub(super) hash: Vec<u8>,
    pub(super) person: Option<Uuid>,
    pub(super) state: String,
}

impl App {
    /// What a person has beside a password.
    pub async fn factors(&self, id: PersonId) -> Result<Factors, DbError> {
        let passkeys = self.db.passkeys_of(id.0).await?.into_iter().map(own_passkey).collect::<Result<_, _>>()?;
        let totp = self.db.totp(id.0).await?.map(|row| instant(row.created_at)).transpose()?;
        let recovery_codes = self.db.recovery_codes(id.0).await?;
        Ok(Factors { passkeys, totp, recovery_codes, passkeys_possible: self.passkeys.are_possible() })
    }

    /// Begins to add a passkey.
    pub async fn begin_passkey(&self, id: PersonId) -> Result<NewPasskey, DirectoryError> {
        let person = self.db.person(id.0).await?.ok_or(DirectoryError::NotFound)?;
        let there = self.db.passkeys_of(id.0).await?;
        if there.len() >= PASSKEYS_MAX {
            return Err(DirectoryError::TooMany);
        }
        let asked = self.passkeys.ask_new(id.0, &person.login, &person.name, &there).ok_or(DirectoryError::NotFound)??;
        let ceremony = self.begin_ceremony(Ceremony::AddPasskey, Some(id.0), asked.state).await?;
        Ok(NewPasskey { ceremony, options: asked.options })
    }

    /// Adds a passkey; the first factor comes with recovery codes. The other sessions end.
    pub async fn add_passkey(
        &self,
        id: PersonId,
        session: Uuid,
        ceremony: &str,
        name: String,
        answer: Value,
    ) -> Result<(OwnPasskey, Option<Vec<String>>), DirectoryError> {
        let begun = self.begun_by(id, ceremony, Ceremony::AddPasskey).await?;
        let refused = || invalid("/credential", Fault::PasskeyRefused);
        let key = self.passkeys.made(&begun.state, answer).ok_or_else(refused)?;
        let row = PasskeyRow {
            id: random_uuid()?,
            person: id.0,
            credential: key.cred_id().clone(),
            key: serde_json::to_string(&key).map_err(|error| DbError::Corrupt(error.to_string()))?,
            name,
            created_at: self.now().as_microsecond(),
            used_on: None,
        };
        let own = own_passkey(row.clone())?;
        let codes = new_codes()?;
        let hashes = self.code_hashes(&codes);
        let first = self
            .writer
            .write::<_, DirectoryError>(&[], move |tx| {
                Box::pin(async move {
                    over_unless(tx.end_ceremony(begun.hash).await?)?;
                    if tx.passkeys_of(id.0).await?.len() >= PASSKEYS_MAX {
                        return Err(DirectoryError::TooMany);
                    }
                    let first = first_codes(tx, id, &hashes).await?;
                    tx.insert_passkey(&row).await?;
                    tx.end_sessions_of(id.0, Some(session)).await?;
                    Ok(first)
                })
            })
            .await
            // The same authenticator twice.
            .map_err(|error| if matches!(error, DirectoryError::Db(DbError::Conflict(_))) { refused() } else { error })?;
        Ok((own, first.then_some(codes)))
    }

    /// Removes one of a person's passkeys; with the last factor the recovery codes go.
    pub async fn remove_passkey(&self, id: PersonId, passkey: Uuid) -> Result<(), DirectoryError> {
        self.writer
            .write::<_, DirectoryError>(&[], move |tx| {
                Box::pin(async move {
                    if !tx.delete_passkey(id.0, passkey).await? {
                        return Err(DirectoryError::NotFound);
                    }
                    last_codes(tx, id).await
                })
            })
            .await
    }

    /// Begins to add an authenticator app.
    pub async fn begin_totp(&self, id: PersonId) -> Result<NewTotp, DirectoryError> {
        let person = self.db.person(id.0).await?.ok_or(DirectoryError::NotFound)?;
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(|_| no_random())?;
        let ceremony = self.begin_ceremony(Ceremony::AddTotp, Some(id.0), hex(&self.seal(id, &secret)?)).await?;
        let secret = base32::encode(base32::Alphabet::Rfc4648 { padding: false }, &secret);
        let label: String = form_urlencoded::byte_serialize(person.login.as_bytes()).collect();
        let uri = format!("otpauth://totp/Lykta:{label}?secret={secret}&issuer=Lykta");
        Ok(NewTotp { ceremony, secret, uri })
    }

    /// Adds an authenticator app that has shown its first code, in place of any before; the first factor comes with recovery codes. The other
    /// sessions end.
    pub async fn add_totp(&self, id: PersonId, session: Uuid, ceremony: &str, code: &str) -> Result<Option<Vec<String>>, DirectoryError> {
        let begun = self.begun_by(id, ceremony, Ceremony::AddTotp).await?;
        let sealed = unhex::<{ NONCE + SECRET_BYTES + 16 }>(&begun.state).ok_or_else(|| DbError::Corrupt("a ceremony".to_owned()))?;
        let secret = self.unseal(id, &sealed)?;
        let step = match Code::read(code) {
            Code::Totp(code) => step_of(&code, &secret, self.now(), -1),
            Code::Recovery(_) => None,
        };
        let last_step = step.ok_or_else(|| invalid("/code", Fault::WrongCode))?;
        let row = TotpRow { person: id.0, secret: sealed.to_vec(), last_step, created_at: self.now().as_microsecond() };
        let codes = new_codes()?;
        let hashes = self.code_hashes(&codes);
        let first = self
            .writer
            .write::<_, DirectoryError>(&[], move |tx| {
                Box::pin(async move {
                    over_unless(tx.end_ceremony(begun.hash).await?)?;
                    let first = first_codes(tx, id, &hashes).await?;
                    tx.set_totp(&row).await?;
                    tx.end_sessions_of(id.0, Some(session)).await?;
                    Ok(first)
                })
            })
            .await?;
        Ok(first.then_some(codes))
    }

    /// Removes a person's authenticator app; with the last factor the recovery codes go.
    pub async fn remove_totp(&self, id: PersonId) -> Result<(), DirectoryError> {
        self.writer
            .write::<_, DirectoryError>(&[], move |tx| {
                Box::pin(async move {
                    if !tx.delete_totp(id.0).await? {
                        return Err(DirectoryError::NotFound);
                    }
                    last_codes(tx, id).await
                })
            })
            .await
    }

    /// New recovery codes in place of those before; only with a factor that they stand in for.
    pub async fn renew_recovery_codes(&self, id: PersonId) -> Result<Vec<String>, DirectoryError> {
        let codes = new_codes()?;
        let hashes = self.code_hashes(&codes);
        self.writer
            .write::<_, DirectoryError>(&[], move |tx| {
                Box::pin(async move {
                    if !has_factor(tx, id).await? {
                        return Err(DirectoryError::NotFound);
                    }
                    Ok(tx.set_recovery_codes(id.0, &hashes).await?)
                })
            })
            .await?;
        Ok(codes)
    }

    /// Begins to wait for an answer; returns the key that comes with it.
    pub(super) async fn begin_ceremony(&self, kind: Ceremony, person: Option<Uuid>, state: String) -> Result<String, DbError> {
        let key = random_hex::<32>().map_err(|_| no_random())?;
        let (hash, now) = (self.ceremony_hash(&key), self.now());
        let row = CeremonyRow { kind: kind.as_str().to_owned(), person, state, expires_at: (now + CEREMONY).as_microsecond() };
        let begun = self
            .writer
            .write::<_, DbError>(&[], move |tx| Box::pin(async move { tx.begin_ceremony(hash, &row, now.as_microsecond(), WAITING).await }))
            .await?;
        if begun { Ok(key) } else { Err(DbError::Unavailable("too many log-ins at once".to_owned())) }
    }

    /// What was begun with this key, after one more try; `None` when nothing waits (any longer).
    pub(super) async fn begun(&self, key: &str, kinds: &[Ceremony]) -> Result<Option<(Ceremony, Begun)>, DbError> {
        let hash = self.ceremony_hash(key);
        let Some(row) = self.db.ceremony(&hash).await? else { return Ok(None) };
        let kind = Ceremony::parse(&row.kind).filter(|kind| kinds.contains(kind));
        let Some(kind) = kind.filter(|_| row.expires_at > self.now().as_microsecond()) else { return Ok(None) };
        // Counted before it is looked at, so that of many at once none slips by.
        let counted = hash.clone();
        let heard = self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.try_ceremony(counted, TRIES))).await?;
        Ok(heard.then_some((kind, Begun { hash, person: row.person, state: row.state })))
    }

    async fn begun_by(&self, id: PersonId, key: &str, kind: Ceremony) -> Result<Begun, DirectoryError> {
        let begun = self.begun(key, &[kind]).await?.map(|(_, begun)| begun);
        begun.filter(|begun| begun.person == Some(id.0)).ok_or(DirectoryError::Over)
    }

    pub(super) fn ceremony_hash(&self, key: &str) -> Vec<u8> {
        self.keys.one_time("ceremony", key).to_vec()
    }

    fn code_hashes(&self, codes: &[String]) -> Vec<Vec<u8>> {
        codes.iter().filter_map(|code| self.code_hash(code)).collect()
    }

    /// A recovery code as stored; `None` when it is none.
    pub(super) fn code_hash(&self, code: &str) -> Option<Vec<u8>> {
        let bytes = super::keys::read_crockford::<RECOVERY_BYTES>(code)?;
        Some(self.keys.one_time("recovery", &hex(&bytes)).to_vec())
    }

    /// An authenticator app's secret as stored: nonce, then AES-256-GCM, bound to its person.
    fn seal(&self, id: PersonId, secret: &[u8; SECRET_BYTES]) -> Result<Vec<u8>, DbError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| no_random())?;
        let payload = Payload { msg: secret, aad: id.0.as_bytes() };
        let sealed =
            self.cipher().encrypt(&Nonce::from(nonce), payload).map_err(|_| DbError::Corrupt("a secret was not sealed".to_owned()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    pub(super) fn unseal(&self, id: PersonId, sealed: &[u8]) -> Result<[u8; SECRET_BYTES], DbError> {
        let corrupt = || DbError::Corrupt(format!("the authenticator app of {id}"));
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(corrupt)?;
        let payload = Payload { msg: sealed, aad: id.0.as_bytes() };
        let secret = self.cipher().decrypt(&Nonce::from(*nonce), payload).map_err(|_| corrupt())?;
        secret.try_into().map_err(|_| corrupt())
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.keys.one_time("seal", "totp").into())
    }
}

/// Recovery codes, to be told once.
fn new_codes() -> Result<Vec<String>, DbError> {
    let code = |_| {
        let mut bytes = [0; RECOVERY_BYTES];
        getrandom::fill(&mut bytes).map_err(|_| no_random())?;
        Ok(crockford(&bytes))
    };
    (0..RECOVERY_CODES).map(code).collect()
}

/// Whether a person has anything that recovery codes stand in for.
async fn has_factor(tx: &mut Tx, id: PersonId) -> Result<bool, DbError> {
    Ok(tx.totp(id.0).await?.is_some() || !tx.passkeys_of(id.0).await?.is_empty())
}

/// Stores recovery codes for the first factor, before it is added; whether it is the first.
async fn first_codes(tx: &mut Tx, id: PersonId, hashes: &[Vec<u8>]) -> Result<bool, DbError> {
    let first = !has_factor(tx, id).await?;
    if first {
        tx.set_recovery_codes(id.0, hashes).await?;
    }
    Ok(first)
}

async fn last_codes(tx: &mut Tx, id: PersonId) -> Result<(), DirectoryError> {
    if !has_factor(tx, id).await? {
        tx.set_recovery_codes(id.0, &[]).await?;
    }
    Ok(())
}

fn over_unless(waited: bool) -> Result<(), DirectoryError> {
    if waited { Ok(()) } else { Err(DirectoryError::Over) }
}

fn invalid(pointer: &str, fault: Fault) -> DirectoryError {
    DirectoryError::Invalid(vec![FieldFault::at(pointer, fault)])
}

fn no_random() -> DbError {
    DbError::Unavailable("no random numbers".to_owned())
}

fn instant(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(|error| DbError::Corrupt(error.to_string()))
}

fn own_passkey(row: PasskeyRow) -> Result<OwnPasskey, DbError> {
    Ok(OwnPasskey { id: row.id, name: row.name, created_at: instant(row.created_at)?, used_on: row.used_on })
}
