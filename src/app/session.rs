//! Who is calling: the operator token, and the session a browser gets in exchange.
//!
//! A session is a random id; the store holds its HMAC together with the operator token, so changing the token ends every session.

use jiff::SignedDuration;
use subtle::ConstantTimeEq;

use super::App;
use super::keys::random_hex;
use crate::db::DbError;
use crate::domain::actor::Actor;

/// Absolute life of a session.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);

impl App {
    /// Who holds this bearer token; `None` when nobody does.
    pub fn actor_of_token(&self, token: &str) -> Option<Actor> {
        (token.len() >= 16 && bool::from(token.as_bytes().ct_eq(self.operator_token.as_bytes()))).then_some(Actor::Operator)
    }

    /// Begins a session for somebody who has shown the token.
    pub async fn begin_session(&self) -> Result<String, DbError> {
        let session = random_hex::<32>().map_err(|_| DbError::Unavailable("no random numbers".to_owned()))?;
        let (hash, now) = (self.session_hash(&session), self.now());
        let expiry = (now + SESSION).as_microsecond();
        self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.begin_session(hash, now.as_microsecond(), expiry))).await?;
        Ok(session)
    }

    /// Ends a session; one that does not exist has ended already.
    pub async fn end_session(&self, session: &str) -> Result<(), DbError> {
        let hash = self.session_hash(session);
        self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.end_session(hash))).await
    }

    /// Who holds this session; `None` when it is made up or over.
    pub async fn actor_of_session(&self, session: &str) -> Result<Option<Actor>, DbError> {
        let expiry = self.db.session_expiry(&self.session_hash(session)).await?;
        Ok(expiry.is_some_and(|expiry| expiry > self.now().as_microsecond()).then_some(Actor::Operator))
    }

    fn session_hash(&self, session: &str) -> Vec<u8> {
        self.keys.session(&[self.operator_token.as_bytes(), session.as_bytes()]).to_vec()
    }
}
