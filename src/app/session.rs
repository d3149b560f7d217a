//! Who is calling: the operator token, and the short-lived session a browser gets in exchange.
//!
//! A session is `v1.<expiry, seconds>.<HMAC>`; it is signed together with the operator token, so changing the token ends every session.

use subtle::ConstantTimeEq;

use super::App;
use super::keys::{hex, unhex};
use crate::domain::actor::Actor;

/// Absolute life of a session.
pub const SESSION_SECONDS: i64 = 12 * 60 * 60;

impl App {
    /// Who holds this bearer token; `None` when nobody does.
    pub fn actor_of_token(&self, token: &str) -> Option<Actor> {
        (token.len() >= 16 && bool::from(token.as_bytes().ct_eq(self.operator_token.as_bytes()))).then_some(Actor::Operator)
    }

    /// A session for somebody who has shown the token.
    pub fn new_session(&self) -> String {
        let expiry = self.now().as_second() + SESSION_SECONDS;
        format!("v1.{expiry}.{}", hex(&self.sign(expiry)))
    }

    /// Who holds this session; `None` when it is forged or over.
    pub fn actor_of_session(&self, session: &str) -> Option<Actor> {
        let (expiry, signature) = session.strip_prefix("v1.")?.split_once('.')?;
        let expiry: i64 = expiry.parse().ok()?;
        let signature = unhex::<32>(signature)?;
        (expiry > self.now().as_second() && bool::from(signature.ct_eq(&self.sign(expiry)))).then_some(Actor::Operator)
    }

    fn sign(&self, expiry: i64) -> [u8; 32] {
        self.keys.session(&[self.operator_token.as_bytes(), &expiry.to_be_bytes()])
    }
}
