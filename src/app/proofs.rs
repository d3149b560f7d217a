//! Showing who one is beside or instead of a password, while logging in.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::RequestChallengeResponse;

use super::App;
use super::factors::Begun;
use super::passkeys::moved;
use super::session::Proven;
use crate::db::DbError;
use crate::db::factors::PasskeyRow;
use crate::domain::factor::{Ceremony, Code, Factor, step_of};
use crate::domain::ids::PersonId;

/// What is awaited before a session begins.
#[derive(Debug)]
pub struct Awaited {
    /// To answer with.
    pub ceremony: String,
    /// Any of these.
    pub factors: Vec<Factor>,
    /// For the browser, where a passkey is one of them.
    pub options: Option<RequestChallengeResponse>,
}

/// What somebody shows.
#[derive(Debug)]
pub enum Shown {
    /// Of an authenticator app, or a recovery code.
    Code(String),
    /// Of a passkey: what the browser answered.
    Passkey(Value),
}

/// What is kept of a log-in half way.
#[derive(Serialize, Deserialize)]
struct HalfWay {
    password: Option<String>,
    passkey: Option<String>,
}

/// What holds of what was shown, to be used up.
enum Holds {
    Step(i64),
    RecoveryCode(Vec<u8>),
    Passkey { id: uuid::Uuid, key: String },
}

impl App {
    /// What somebody whose password held must show beside it; `None` when nothing.
    pub async fn second_factor(&self, proven: &Proven) -> Result<Option<Awaited>, DbError> {
        let id = proven.id.0;
        let passkeys = self.db.passkeys_of(id).await?;
        let totp = self.db.totp(id).await?.is_some();
        if passkeys.is_empty() && !totp {
            return Ok(None);
        }
        let asked = self.passkeys.ask(&passkeys).transpose()?;
        let (options, passkey) = asked.map_or((None, None), |asked| (Some(asked.options), Some(asked.state)));
        let mut factors = Vec::with_capacity(3);
        factors.extend(passkey.is_some().then_some(Factor::Passkey));
        factors.extend(totp.then_some(Factor::Totp));
        factors.extend((self.db.recovery_codes(id).await? > 0).then_some(Factor::RecoveryCode));
        let state = HalfWay { password: proven.password.clone(), passkey };
        let state = serde_json::to_string(&state).map_err(|error| DbError::Corrupt(error.to_string()))?;
        let ceremony = self.begin_ceremony(Ceremony::SecondFactor, Some(id), state).await?;
        Ok(Some(Awaited { ceremony, factors, options }))
    }

    /// Asks for a passkey in place of login and password; `None` where there can be none.
    pub async fn ask_passkey(&self) -> Result<Option<Awaited>, DbError> {
        let Some(asked) = self.passkeys.ask_any().transpose()? else { return Ok(None) };
        let ceremony = self.begin_ceremony(Ceremony::Passkey, None, asked.state).await?;
        Ok(Some(Awaited { ceremony, factors: vec![Factor::Passkey], options: Some(asked.options) }))
    }

    /// Whether an answer with this key is awaited, and whose it should be, where that is known: only to count wrong ones.
    pub async fn awaited_of(&self, ceremony: &str) -> Result<Option<Option<PersonId>>, DbError> {
        Ok(self.db.ceremony(&self.ceremony_hash(ceremony)).await?.map(|row| row.person.map(PersonId)))
    }

    /// Who it is, by what was awaited. `None` when it does not hold, or nothing is awaited: too late, too often, or used already.
    pub async fn prove(&self, ceremony: &str, shown: Shown) -> Result<Option<Proven>, DbError> {
        let Some((kind, begun)) = self.begun(ceremony, &[Ceremony::SecondFactor, Ceremony::Passkey]).await? else { return Ok(None) };
        let found = match (kind, begun.person, shown) {
            (Ceremony::SecondFactor, Some(id), shown) => self.second(PersonId(id), &begun, shown).await?,
            (Ceremony::Passkey, None, Shown::Passkey(answer)) => self.passkey_alone(&begun, answer).await?,
            _ => None,
        };
        let Some((proven, holds)) = found else { return Ok(None) };
        let (id, today) = (proven.id.0, self.today().to_string());
        let used = self
            .writer
            .write::<_, DbError>(&[], move |tx| {
                Box::pin(async move {
                    let used = match holds {
                        Holds::Step(step) => tx.use_totp(id, step).await?,
                        Holds::RecoveryCode(hash) => tx.use_recovery_code(id, hash).await?,
                        Holds::Passkey { id, key } => tx.use_passkey(id, key, today).await?,
                    };
                    // Of two answers at once one begins a session; one that did not hold leaves it waiting.
                    Ok(used && tx.end_ceremony(begun.hash).await?)
                })
            })
            .await?;
        Ok(used.then_some(proven))
    }

    async fn second(&self, id: PersonId, begun: &Begun, shown: Shown) -> Result<Option<(Proven, Holds)>, DbError> {
        let state: HalfWay = serde_json::from_str(&begun.state).map_err(|error| DbError::Corrupt(error.to_string()))?;
        let holds = match shown {
            Shown::Code(text) => self.code(id, &text).await?,
            Shown::Passkey(answer) => {
                let shown = state.passkey.as_deref().and_then(|asked| self.passkeys.shown(asked, answer));
                match shown {
                    Some(shown) => {
                        let row = self.db.passkey(shown.cred_id().as_ref()).await?.filter(|row| row.person == id.0);
                        row.and_then(|row| Some(Holds::Passkey { id: row.id, key: moved(&row.key, &shown)? }))
                    }
                    None => None,
                }
            }
        };
        Ok(holds.map(|holds| (Proven { id, password: state.password }, holds)))
    }

    async fn code(&self, id: PersonId, text: &str) -> Result<Option<Holds>, DbError> {
        match Code::read(text) {
            Code::Totp(code) => {
                let Some(row) = self.db.totp(id.0).await? else { return Ok(None) };
                let secret = self.unseal(id, &row.secret)?;
                Ok(step_of(&code, &secret, self.now(), row.last_step).map(Holds::Step))
            }
            Code::Recovery(code) => Ok(self.code_hash(&code).map(Holds::RecoveryCode)),
        }
    }

    async fn passkey_alone(&self, begun: &Begun, answer: Value) -> Result<Option<(Proven, Holds)>, DbError> {
        let Some((person, credential)) = self.passkeys.claimed(&answer) else { return Ok(None) };
        let Some(row) = self.db.passkey(&credential).await?.filter(|row| row.person == person) else { return Ok(None) };
        let Some(shown) = self.passkeys.shown_any(&begun.state, answer, &row.key) else { return Ok(None) };
        Ok(held(&row, &shown))
    }
}

fn held(row: &PasskeyRow, shown: &webauthn_rs::prelude::AuthenticationResult) -> Option<(Proven, Holds)> {
    let holds = Holds::Passkey { id: row.id, key: moved(&row.key, shown)? };
    Some((Proven { id: PersonId(row.person), password: None }, holds))
}
