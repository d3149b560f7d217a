//! The passkeys of this service (Web Authentication, `webauthn-rs`): they belong to the name by which it is reached.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use webauthn_rs_proto::ResidentKeyRequirement;

use crate::db::DbError;
use crate::db::factors::PasskeyRow;

/// What a browser is asked, and what is kept of it until the answer.
pub(super) struct Asked<T> {
    /// For `navigator.credentials`.
    pub(super) options: T,
    /// JSON.
    pub(super) state: String,
}

/// The service as authenticators know it; `None` where it is not reached by a name over https (or on localhost), as browsers demand.
#[derive(Debug)]
pub(super) struct Passkeys(Option<Webauthn>);

impl Passkeys {
    /// Of a service that is reached by this URL.
    pub(super) fn of(origin: &str) -> Self {
        let build = |origin: &Url| {
            let Some(Host::Domain(name)) = origin.host() else { return None };
            if origin.scheme() != "https" && name != "localhost" {
                return None;
            }
            WebauthnBuilder::new(name, origin).ok()?.rp_name("Lykta").build().ok()
        };
        Self(Url::parse(origin).ok().as_ref().and_then(build))
    }

    /// Whether there can be any.
    pub(super) const fn are_possible(&self) -> bool {
        self.0.is_some()
    }

    /// Asks for a new passkey, other than those there are.
    pub(super) fn ask_new(
        &self,
        person: Uuid,
        login: &str,
        name: &str,
        there: &[PasskeyRow],
    ) -> Option<Result<Asked<CreationChallengeResponse>, DbError>> {
        let not_again = there.iter().map(|row| row.credential.clone()).collect();
        let (mut options, state) = match self.0.as_ref()?.start_passkey_registration(person, login, name, Some(not_again)) {
            Ok(asked) => asked,
            Err(error) => return Some(Err(failed(&error))),
        };
        // One that the authenticator itself remembers, so that nobody need write who they are.
        if let Some(selection) = &mut options.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
        }
        Some(keep(&state).map(|state| Asked { options, state }))
    }

    /// The passkey in an answer; `None` when it is none to what was asked.
    pub(super) fn made(&self, state: &str, answer: Value) -> Option<Passkey> {
        let answer: RegisterPublicKeyCredential = serde_json::from_value(answer).ok()?;
        self.0.as_ref()?.finish_passkey_registration(&answer, &read::<PasskeyRegistration>(state)?).ok()
    }

    /// Asks for one of these passkeys; `None` when there are none.
    pub(super) fn ask(&self, there: &[PasskeyRow]) -> Option<Result<Asked<RequestChallengeResponse>, DbError>> {
        let keys: Vec<Passkey> = there.iter().filter_map(|row| read(&row.key)).collect();
        if keys.is_empty() {
            return None;
        }
        let asked = self.0.as_ref()?.start_passkey_authentication(&keys).map_err(|error| failed(&error));
        Some(asked.and_then(|(options, state)| Ok(Asked { options, state: keep(&state)? })))
    }

    /// Whether an answer is one of those asked for: which it was.
    pub(super) fn shown(&self, state: &str, answer: Value) -> Option<AuthenticationResult> {
        let answer: PublicKeyCredential = serde_json::from_value(answer).ok()?;
        self.0.as_ref()?.finish_passkey_authentication(&answer, &read::<PasskeyAuthentication>(state)?).ok()
    }

    /// Asks for any passkey of this service.
    pub(super) fn ask_any(&self) -> Option<Result<Asked<RequestChallengeResponse>, DbError>> {
        let asked = self.0.as_ref()?.start_discoverable_authentication().map_err(|error| failed(&error));
        Some(asked.and_then(|(mut options, state)| {
            // A button, not the list that a field offers.
            options.mediation = None;
            Ok(Asked { options, state: keep(&state)? })
        }))
    }

    /// Whose passkey, and which, an answer says it is: to be looked up, not to be believed.
    pub(super) fn claimed(&self, answer: &Value) -> Option<(Uuid, Vec<u8>)> {
        let answer: PublicKeyCredential = serde_json::from_value(answer.clone()).ok()?;
        let (person, credential) = self.0.as_ref()?.identify_discoverable_authentication(&answer).ok()?;
        Some((person, credential.to_vec()))
    }

    /// Whether an answer is by this passkey.
    pub(super) fn shown_any(&self, state: &str, answer: Value, key: &str) -> Option<AuthenticationResult> {
        let answer: PublicKeyCredential = serde_json::from_value(answer).ok()?;
        let state = read::<DiscoverableAuthentication>(state)?;
        self.0.as_ref()?.finish_discoverable_authentication_v2(&answer, state, read::<Passkey>(key)?).ok()
    }
}

/// A passkey as stored after it was shown: its counter has moved.
pub(super) fn moved(key: &str, shown: &AuthenticationResult) -> Option<String> {
    let mut key: Passkey = read(key)?;
    key.update_credential(shown)?;
    serde_json::to_string(&key).ok()
}

fn keep(state: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(state).map_err(|error| DbError::Corrupt(error.to_string()))
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn failed(error: &WebauthnError) -> DbError {
    DbError::Corrupt(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_belong_to_a_name() {
        for (origin, possible) in [
            ("https://lykta.example.se", true),
            ("http://localhost:8080", true),
            ("http://lykta.example.se", false),
            ("http://127.0.0.1:8080", false),
            ("https://203.0.113.1", false),
            ("", false),
        ] {
            assert_eq!(Passkeys::of(origin).are_possible(), possible, "{origin}");
        }
    }
}
