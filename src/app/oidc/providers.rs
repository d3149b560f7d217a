//! Which log-in services the operator trusts: a TOML file beside the other settings.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use uuid::Uuid;

use crate::domain::permission::Role;

/// Most providers.
const PROVIDERS_MAX: usize = 20;

/// Why the file is not taken.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {why}")]
pub struct ProvidersError {
    /// Which file.
    pub path: PathBuf,
    /// Why.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: Vec<Provider>,
}

/// A log-in service (an OpenID Provider).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// In the address of its log-in: `a`–`z`, digits and `-`.
    pub id: String,
    /// On the button.
    pub name: String,
    /// Issuer, exactly as it calls itself.
    pub issuer: String,
    /// What it calls this service.
    pub client_id: String,
    /// Where the secret is; without one PKCE alone proves who asks for the token.
    pub client_secret_file: Option<PathBuf>,
    /// Asked for beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// Levels of assurance, any of which is enough; none asks for nothing.
    #[serde(default)]
    pub acr_values: Vec<String>,
    /// Whether it may be on the operator's own network.
    #[serde(default)]
    pub private_network: bool,
    /// Certificates to trust beside the public ones, PEM.
    pub ca_file: Option<PathBuf>,
    /// Whether an account that was invited by hand may be taken by whoever the provider says has its e-mail address, verified.
    #[serde(default)]
    pub link_by_login: bool,
    /// Where the provider says what.
    #[serde(default)]
    pub claims: Claims,
    /// What membership of a group gives. Somebody unknown with none of them gets no account.
    #[serde(default)]
    pub roles: Vec<GroupRole>,
}

/// Names of claims.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claims {
    /// E-mail address.
    pub login: String,
    /// Name.
    pub name: String,
    /// Groups: a text or a list of texts.
    pub groups: String,
}

impl Default for Claims {
    fn default() -> Self {
        Self { login: "email".to_owned(), name: "name".to_owned(), groups: "groups".to_owned() }
    }
}

/// What membership of a group gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRole {
    /// As the provider writes it.
    pub group: String,
    /// Code of the role.
    role: String,
    /// For which party.
    pub party: Uuid,
}

impl GroupRole {
    /// The role; the file was refused if it named none.
    pub fn role(&self) -> Option<Role> {
        Role::parse(&self.role)
    }
}

fn scopes() -> Vec<String> {
    vec!["email".to_owned(), "profile".to_owned()]
}

/// Reads the file; none is no provider.
pub fn read(path: Option<&Path>) -> Result<Vec<Provider>, ProvidersError> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let refused = |why: String| ProvidersError { path: path.to_owned(), why };
    let text = std::fs::read_to_string(path).map_err(|error| refused(error.to_string()))?;
    let file: File = toml::from_str(&text).map_err(|error| refused(error.to_string()))?;
    if file.provider.len() > PROVIDERS_MAX {
        return Err(refused(format!("more than {PROVIDERS_MAX} providers")));
    }
    for (at, provider) in file.provider.iter().enumerate() {
        let named = !provider.id.is_empty() && provider.id.len() <= 32;
        if !named || !provider.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            return Err(refused(format!("provider {}: id must be 1–32 of a–z, 0–9 and -", at + 1)));
        }
        if file.provider[..at].iter().any(|other| other.id == provider.id || other.issuer == provider.issuer) {
            return Err(refused(format!("provider {}: id or issuer is there already", provider.id)));
        }
        if let Some(unknown) = provider.roles.iter().find(|rule| rule.role().is_none_or(|role| role == Role::Guest)) {
            return Err(refused(format!("provider {}: {} is not a role that a group can give", provider.id, unknown.role)));
        }
    }
    Ok(file.provider)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_understood_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("oidc.toml");
        let least = "[[provider]]\nid = \"kommun\"\nname = \"Kommunen\"\nissuer = \"https://id.example.se\"\nclient_id = \"lykta\"\n";
        let rule = "[[provider.roles]]\ngroup = \"g\"\nparty = \"6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10\"\nrole = ";
        for (text, good) in [
            (least.to_owned(), true),
            (format!("{least}{rule}\"planner\"\n"), true),
            (format!("{least}{rule}\"guest\"\n"), false),
            (format!("{least}{rule}\"king\"\n"), false),
            (format!("{least}{least}"), false),
            (least.replace("kommun\"", "Kommun!\""), false),
            (format!("{least}issuers = \"x\"\n"), false),
            (String::new(), false),
        ] {
            std::fs::write(&path, &text).expect("written");
            assert_eq!(read(Some(&path)).is_ok(), good, "{text}");
        }
        assert!(read(None).is_ok_and(|providers| providers.is_empty()));
        assert!(read(Some(&folder.path().join("none.toml"))).is_err());
    }
}
