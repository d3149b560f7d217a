//! Settings: defaults < `lykta.toml` < `LYKTA_*` (`LYKTA_*_FILE` for secrets) < flags; each knows where it came from.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use ipnet::IpNet;

use crate::app::Settings as AppSettings;
use crate::http::HttpSettings;

/// A setting as the operator knows it.
struct Known {
    name: &'static str,
    default: &'static str,
    secret: bool,
}

/// Every setting; the environment variable is `LYKTA_` and the name in capitals.
const KNOWN: &[Known] = &[
    Known { name: "database_url", default: "sqlite://lykta.db", secret: true },
    Known { name: "keys", default: "", secret: false },
    Known { name: "listen", default: "127.0.0.1:8080", secret: false },
    Known { name: "metrics_listen", default: "", secret: false },
    Known { name: "base_url", default: "", secret: false },
    Known { name: "basemap", default: "none", secret: false },
    Known { name: "operator_token", default: "", secret: true },
    Known { name: "trusted_proxies", default: "", secret: false },
    Known { name: "rate_limit", default: "30", secret: false },
    Known { name: "retention", default: "", secret: false },
    Known { name: "oidc", default: "", secret: false },
    Known { name: "log", default: "info", secret: false },
];

/// What begins as a variable of Lykta's but is read by its tests, benches and scripts.
const NO_SETTINGS: &[&str] =
    &["LYKTA_TEST_", "LYKTA_STRESS_", "LYKTA_BENCH_", "LYKTA_IMPORT_", "LYKTA_BLESS", "LYKTA_BIN", "LYKTA_CHROMIUM", "LYKTA_SHARED"];

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built in.
    Default,
    /// `lykta.toml`.
    File,
    /// The environment.
    Environment,
    /// The command line.
    Flag,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A name that is not a setting.
    #[error("{0} is not a setting; the settings are: {1}")]
    Unknown(String, String),
    /// A value that does not read.
    #[error("{name}={value}: {why}")]
    Value {
        /// Setting.
        name: &'static str,
        /// As given.
        value: String,
        /// What it should be.
        why: &'static str,
    },
}

/// All settings, resolved.
#[derive(Clone, Debug)]
pub struct Settings {
    values: BTreeMap<&'static str, (String, Origin)>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where monitoring asks; `None` is nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// How the service is reached.
    pub base_url: String,
    /// For the app.
    pub app: AppSettings,
    /// For HTTP.
    pub http: HttpSettings,
    /// Log filter.
    pub log: String,
}

impl Settings {
    /// Resolves from a file (optional unless named), an environment and flags (name → value).
    pub fn resolve(
        file: Option<&Path>,
        environment: &BTreeMap<String, String>,
        flags: &BTreeMap<&'static str, String>,
    ) -> Result<Self, SettingsError> {
        let mut values: BTreeMap<&'static str, (String, Origin)> =
            KNOWN.iter().map(|known| (known.name, (known.default.to_owned(), Origin::Default))).collect();
        read_file(file, &mut values)?;
        if let Some(name) = environment.keys().find(|name| !is_known(name)) {
            return Err(unknown(name, |known| variable(known.name)));
        }
        for known in KNOWN {
            let variable = variable(known.name);
            if let Some(value) = environment.get(&variable) {
                values.insert(known.name, (value.clone(), Origin::Environment));
            } else if let Some(path) = environment.get(&format!("{variable}_FILE")).filter(|_| known.secret) {
                let text = std::fs::read_to_string(path).map_err(|e| SettingsError::File { path: path.into(), why: e.to_string() })?;
                values.insert(known.name, (text.trim().to_owned(), Origin::Environment));
            }
            if let Some(value) = flags.get(known.name) {
                values.insert(known.name, (value.clone(), Origin::Flag));
            }
        }
        Self::typed(values)
    }

    fn typed(values: BTreeMap<&'static str, (String, Origin)>) -> Result<Self, SettingsError> {
        let get = |name: &'static str| values.get(name).map(|(value, _)| value.clone()).unwrap_or_default();
        let bad = |name: &'static str, why: &'static str| SettingsError::Value { name, value: get(name), why };
        let database_url = get("database_url");
        if !["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| database_url.starts_with(scheme)) {
            // The value may hold a password: it is not repeated.
            return Err(SettingsError::Value {
                name: "database_url",
                value: "…".to_owned(),
                why: "must begin with sqlite:// or postgres://",
            });
        }
        let listen = get("listen").parse().map_err(|_| bad("listen", "must be an address and a port, such as 127.0.0.1:8080"))?;
        let metrics_listen = Some(get("metrics_listen")).filter(|text| !text.is_empty()).map(|text| text.parse()).transpose();
        let metrics_listen = metrics_listen.map_err(|_| bad("metrics_listen", "must be an address and a port, such as 127.0.0.1:9090"))?;
        let proxies = get("trusted_proxies");
        let trusted_proxies = proxies
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(|text| text.parse::<IpNet>().or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from)))
            .collect::<Result<_, _>>()
            .map_err(|_| bad("trusted_proxies", "must be addresses or networks, such as 127.0.0.1,10.0.0.0/8"))?;
        let rate_limit = match get("rate_limit").as_str() {
            "off" => None,
            number => Some(number.parse::<NonZeroU32>().map_err(|_| bad("rate_limit", "must be `off` or reports per minute and visitor"))?),
        };
        let operator_token = Some(get("operator_token")).filter(|token| !token.is_empty());
        if operator_token.as_ref().is_some_and(|token| token.len() < 16) {
            return Err(SettingsError::Value { name: "operator_token", value: "…".to_owned(), why: "must have at least 16 characters" });
        }
        let base_url = get("base_url");
        let listen: SocketAddr = listen;
        // A first look without any setting is by localhost, as the program says when it starts.
        let at_home = base_url.is_empty() && listen.ip().is_loopback();
        let origin = if at_home { format!("http://localhost:{}", listen.port()) } else { base_url.clone() };
        let keys = get("keys");
        let keys = if keys.is_empty() { default_keys(&database_url) } else { keys.into() };
        let retention = Some(get("retention")).filter(|path| !path.is_empty()).map(PathBuf::from);
        let oidc = Some(get("oidc")).filter(|path| !path.is_empty()).map(PathBuf::from);
        if oidc.is_some() && origin.is_empty() {
            return Err(bad("oidc", "needs base_url: the services send people back to it"));
        }
        Ok(Self {
            listen,
            metrics_listen,
            http: HttpSettings { https: base_url.starts_with("https://"), base_url: base_url.clone(), trusted_proxies, rate_limit },
            base_url,
            app: AppSettings {
                database_url,
                keys,
                operator_token,
                basemap: get("basemap"),
                brake: rate_limit.is_some(),
                retention,
                origin,
                oidc,
            },
            log: get("log"),
            values,
        })
    }

    /// Every setting with its value (secrets masked) and origin, for `lykta check`.
    pub fn lines(&self) -> Vec<String> {
        KNOWN
            .iter()
            .filter_map(|known| {
                let (value, origin) = self.values.get(known.name)?;
                let shown = if !known.secret || value.is_empty() || value.starts_with("sqlite://") { value.as_str() } else { "(secret)" };
                Some(format!("{:<16} {shown:<40} {origin:?}", known.name))
            })
            .collect()
    }
}

/// The keys lie beside an SQLite file, or in the working folder for PostgreSQL.
fn default_keys(database_url: &str) -> PathBuf {
    match database_url.strip_prefix("sqlite://") {
        Some(path) => Path::new(path).with_extension("keys.json"),
        None => PathBuf::from("lykta.keys.json"),
    }
}

fn variable(setting: &str) -> String {
    format!("LYKTA_{}", setting.to_uppercase())
}

/// Whether a variable is a setting, the file of a secret one, or none of Lykta's business.
fn is_known(name: &str) -> bool {
    let is = |known: &Known| {
        let variable = variable(known.name);
        name == variable || (known.secret && name.strip_suffix("_FILE") == Some(&variable))
    };
    !name.starts_with("LYKTA_") || KNOWN.iter().any(is) || NO_SETTINGS.iter().any(|prefix| name.starts_with(prefix))
}

fn unknown(name: &str, shown: impl Fn(&Known) -> String) -> SettingsError {
    let all: Vec<String> = KNOWN.iter().map(shown).collect();
    SettingsError::Unknown(name.to_owned(), all.join(", "))
}

const fn bad_type(name: &'static str) -> SettingsError {
    SettingsError::Value { name, value: String::new(), why: "must be text, a number or a list of texts" }
}

fn read_file(file: Option<&Path>, values: &mut BTreeMap<&'static str, (String, Origin)>) -> Result<(), SettingsError> {
    let path = file.unwrap_or(Path::new("lykta.toml"));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.is_none() => return Ok(()),
        Err(error) => return Err(SettingsError::File { path: path.to_owned(), why: error.to_string() }),
    };
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| SettingsError::File { path: path.to_owned(), why: error.to_string() })?;
    for (name, value) in table {
        let Some(known) = KNOWN.iter().find(|known| known.name == name) else {
            return Err(unknown(&name, |known| known.name.to_owned()));
        };
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Array(items) => {
                items.iter().map(toml::Value::as_str).collect::<Option<Vec<_>>>().ok_or_else(|| bad_type(known.name))?.join(",")
            }
            _ => return Err(bad_type(known.name)),
        };
        values.insert(known.name, (value, Origin::File));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(environment: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Result<Settings, SettingsError> {
        let environment = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let flags = flags.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
        Settings::resolve(None, &environment, &flags)
    }

    #[test]
    fn a_flag_beats_the_environment_which_beats_the_default() {
        let settings =
            resolve(&[("LYKTA_LISTEN", "127.0.0.1:1"), ("LYKTA_RATE_LIMIT", "off")], &[("listen", "127.0.0.1:2")]).expect("resolved");
        assert_eq!(settings.listen.port(), 2);
        assert_eq!(settings.http.rate_limit, None);
        assert!(settings.app.keys.ends_with("lykta.keys.json"));
    }

    #[test]
    fn a_url_without_scheme_is_an_error_and_no_new_empty_database() {
        assert!(resolve(&[("LYKTA_DATABASE_URL", "lykta.db")], &[]).is_err());
        assert!(resolve(&[("LYKTA_OPERATOR_TOKEN", "short")], &[]).is_err());
        assert!(resolve(&[("LYKTA_TRUSTED_PROXIES", "10.0.0.0/8, ::1")], &[]).is_ok_and(|s| s.http.trusted_proxies.len() == 2));
    }

    #[test]
    fn a_misspelt_variable_is_named_instead_of_ignored() {
        let misspelt = resolve(&[("LYKTA_DATABASE", "sqlite://x.db")], &[]).expect_err("refused").to_string();
        assert!(misspelt.starts_with("LYKTA_DATABASE is not a setting") && misspelt.contains("LYKTA_DATABASE_URL"), "{misspelt}");
        assert!(resolve(&[("LYKTA_LISTEN_FILE", "/x")], &[]).is_err(), "only secrets are read from files");
        assert!(resolve(&[("LYKTA_TEST_DB", "sqlite"), ("LYKTA_METRICS_LISTEN", "127.0.0.1:0"), ("PATH", "/bin")], &[]).is_ok());
    }

    #[test]
    fn what_is_no_text_in_the_file_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lykta.toml");
        for (text, good) in [("trusted_proxies = [1]", false), ("listen = true", false), ("trusted_proxies = [\"10.0.0.1\"]", true)] {
            std::fs::write(&file, text).expect("written");
            assert_eq!(Settings::resolve(Some(&file), &BTreeMap::new(), &BTreeMap::new()).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn secrets_are_never_shown() {
        let settings = resolve(
            &[("LYKTA_DATABASE_URL", "postgres://lykta:hemligt@localhost/lykta"), ("LYKTA_OPERATOR_TOKEN", "hemligt-hemligt-hemligt")],
            &[],
        );
        let lines = settings.expect("resolved").lines().join("\n");
        assert!(!lines.contains("hemligt") && lines.contains("(secret)"));
    }
}
