//! An authenticator in software (Web Authentication Level 3, attestation "none", ES256), written from the specification: what the service is asked
//! with must not come from the library that it answers with.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// User present, user verified; with attested credential data.
const SHOWN: u8 = 0x05;
const MADE: u8 = 0x45;

#[derive(Clone)]
pub(crate) struct Authenticator {
    pub(crate) key: SigningKey,
    pub(crate) id: Vec<u8>,
    /// Signature counter.
    pub(crate) counter: u32,
    /// What the browser says the page is.
    pub(crate) origin: String,
    /// Flags of an assertion.
    pub(crate) flags: u8,
    /// The user handle of the last registration.
    pub(crate) user: String,
}

impl Authenticator {
    pub(crate) fn new(seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        Self { key, id: vec![seed; 16], counter: 1, origin: "http://localhost".to_owned(), flags: SHOWN, user: String::new() }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({"type": kind, "challenge": options["publicKey"]["challenge"], "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn head(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(b"localhost").to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// `navigator.credentials.create`.
    pub(crate) fn create(&mut self, options: &Value) -> Value {
        options["publicKey"]["user"]["id"].as_str().unwrap().clone_into(&mut self.user);
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().unwrap(), point.y().unwrap());
        // COSE_Key: {1: EC2, 3: ES256, -1: P-256, -2: x, -3: y}.
        let cose = [&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20][..], x, &[0x22, 0x58, 0x20], y].concat();
        let mut data = self.head(MADE);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(cose);
        // {"fmt": "none", "attStmt": {}, "authData": bytes}.
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let response = json!({
            "attestationObject": B64.encode(object),
            "clientDataJSON": B64.encode(self.client_data("webauthn.create", options)),
            "transports": ["internal"],
        });
        self.credential(&response)
    }

    /// `navigator.credentials.get`; the counter moves.
    pub(crate) fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let (data, client) = (self.head(self.flags), self.client_data("webauthn.get", options));
        let signed = [&data[..], &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        let response = json!({
            "authenticatorData": B64.encode(data),
            "clientDataJSON": B64.encode(client),
            "signature": B64.encode(signature.to_der().as_bytes()),
            "userHandle": self.user,
        });
        self.credential(&response)
    }

    fn credential(&self, response: &Value) -> Value {
        let id = B64.encode(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {}})
    }
}
