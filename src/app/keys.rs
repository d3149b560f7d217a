//! The server's secret keys: what makes receipts, counts people and perturbs releases. They live in one file beside the database, belong
//! to every backup, and the database remembers their fingerprint so that it is never opened with others by mistake.

use std::io::Write;
use std::path::{Path, PathBuf};

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::db::create_private;

/// Why the keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("keys file {path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not what Lykta writes.
    #[error("keys file {0} does not read as Lykta's keys")]
    Unreadable(PathBuf),
    /// The database was made with other keys.
    #[error("this database was made with other keys than those in {0}: restore the keys file that belongs to it")]
    Foreign(PathBuf),
    /// The database has keys, but their file is gone.
    #[error("the keys file {0} of this database is missing: put it back, or restore a backup (it holds the keys)")]
    Missing(PathBuf),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
}

/// The keys, 256 bits each; `Debug` shows none.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    receipts: String,
    reporters: String,
    releases: String,
    sessions: String,
    /// The operator token made at the first start, when none was given.
    operator_token: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Reads the file, or makes it (readable by its owner only) when it is not there; says whether it was made now.
    pub fn open(path: &Path) -> Result<(Self, bool), KeyError> {
        if let Some(keys) = Self::read(path)? {
            return Ok((keys, false));
        }
        let keys = Self::generate()?;
        if keys.publish(path)? {
            return Ok((keys, true));
        }
        // Another process was first: its keys are the ones.
        Ok((Self::read(path)?.ok_or_else(|| KeyError::Missing(path.to_owned()))?, false))
    }

    /// Reads the file; `None` when it is not there.
    pub fn read(path: &Path) -> Result<Option<Self>, KeyError> {
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| KeyError::Unreadable(path.to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(KeyError::Io { path: path.to_owned(), source }),
        }
    }

    fn generate() -> Result<Self, KeyError> {
        Ok(Self {
            receipts: random_hex::<32>()?,
            reporters: random_hex::<32>()?,
            releases: random_hex::<32>()?,
            sessions: random_hex::<32>()?,
            operator_token: random_hex::<20>()?,
        })
    }

    /// Writes the file so that it is either whole or absent after a power loss; `false` (and nothing written) when there is one.
    pub fn publish(&self, path: &Path) -> Result<bool, KeyError> {
        let io = |source| KeyError::Io { path: path.to_owned(), source };
        let text = serde_json::to_vec_pretty(self).map_err(|_| KeyError::Unreadable(path.to_owned()))?;
        // A name of its own: several processes may start on one path at once.
        let partial = path.with_extension(format!("{}.lykta-tmp", random_hex::<8>()?));
        let mut file = create_private(&partial).map_err(io)?;
        // A link, unlike a renaming, never replaces what is there.
        let linked = file.write_all(&text).and_then(|()| file.sync_all()).and_then(|()| std::fs::hard_link(&partial, path));
        std::fs::remove_file(&partial).map_err(io)?;
        match linked {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
            other => other.map_err(io)?,
        }
        sync_folder_of(path).map_err(io)?;
        Ok(true)
    }

    /// What the database remembers of its keys.
    pub fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        for key in [&self.receipts, &self.reporters, &self.releases] {
            digest.update(key.as_bytes());
            digest.update([0]);
        }
        hex(&digest.finalize()[..16])
    }

    /// The token made at the first start.
    pub fn operator_token(&self) -> &str {
        &self.operator_token
    }

    /// A report's receipt: 80 bits that follow from its id.
    pub fn receipt(&self, id: uuid::Uuid) -> [u8; 10] {
        cut(&mac(&self.receipts, &[id.as_bytes()]))
    }

    /// A reporter token as stored: with the kommun, so that nobody can be followed from one kommun to another.
    pub fn reporter(&self, token: &[u8; 16], municipality: &str) -> [u8; 16] {
        cut(&mac(&self.reporters, &[token, municipality.as_bytes()]))
    }

    /// What is stored of a report's content to know it again. Keyed, because the content holds the reporter's token: whoever steals the
    /// database alone must not find a token by trying.
    pub fn content(&self, canonical: &[u8]) -> [u8; 32] {
        mac(&self.reporters, &[b"content", canonical])
    }

    /// The key of one release.
    pub fn release(&self, municipality: &str, period: &str) -> [u8; 32] {
        mac(&self.releases, &[municipality.as_bytes(), period.as_bytes()])
    }

    /// A report's key inside a release.
    pub fn release_record(&self, municipality: &str, period: &str, id: uuid::Uuid) -> u64 {
        u64::from_be_bytes(cut(&mac(&self.releases, &[municipality.as_bytes(), period.as_bytes(), id.as_bytes()])))
    }

    /// A one-time link's key, or a machine's token, as stored.
    pub fn one_time(&self, kind: &str, key: &str) -> [u8; 32] {
        mac(&self.sessions, &[kind.as_bytes(), key.as_bytes()])
    }

    /// A session as stored.
    pub fn session(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.sessions, parts)
    }
}

/// Makes a new name in a folder last through a power loss.
pub(super) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

/// HMAC-SHA-256 over length-prefixed parts.
fn mac(key: &str, parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length, so the error arm cannot be met; an empty key would only weaken, and the file always holds 64 digits.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn cut<const N: usize>(bytes: &[u8; 32]) -> [u8; N] {
    std::array::from_fn(|at| bytes[at])
}

pub(super) fn random_hex<const N: usize>() -> Result<String, KeyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(hex(&bytes))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads lower- or upper-case hexadecimal of exactly `N` bytes.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let pairs = text.as_bytes().chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?));
    if text.len() == N * 2 { pairs.collect::<Option<Vec<u8>>>()?.try_into().ok() } else { None }
}

/// Crockford base32 in groups of four: what people copy by hand.
pub fn crockford(bytes: &[u8]) -> String {
    let plain = base32::encode(base32::Alphabet::Crockford, bytes);
    let groups: Vec<&str> = plain.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("-")
}

/// Reads what [`crockford`] wrote, forgiving case, separators and the letters people confuse (O for 0, I and L for 1).
pub fn read_crockford<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() > 128 {
        return None;
    }
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.'))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    base32::decode(base32::Alphabet::Crockford, &plain)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_survives_being_copied_by_hand() {
        let bytes: [u8; 10] = [0, 1, 2, 250, 251, 252, 253, 254, 255, 128];
        let text = crockford(&bytes);
        assert_eq!(text.len(), 19, "sixteen characters in four groups");
        assert_eq!(read_crockford(&text), Some(bytes));
        assert_eq!(read_crockford(&text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l")), Some(bytes));
        assert_eq!(read_crockford::<10>("not a receipt"), None);
        assert_eq!(read_crockford::<10>(""), None);
    }

    #[test]
    fn keys_are_made_once_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.json");
        let (made, new) = Keys::open(&path).expect("made");
        let (read, again) = Keys::open(&path).expect("read");
        assert_eq!((new, again), (true, false));
        assert_eq!(made.fingerprint(), read.fingerprint());
        let id = uuid::uuid!("6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10");
        assert_eq!(made.receipt(id), read.receipt(id));
        assert_ne!(made.reporter(&[7; 16], "1060"), made.reporter(&[7; 16], "0780"), "one person is two in two kommuner");
        let (other, _) = Keys::open(&folder.path().join("other.json")).expect("made");
        assert_eq!(made.content(b"dark"), read.content(b"dark"));
        assert_ne!(made.content(b"dark"), other.content(b"dark"), "without the keys nobody finds what was said by trying");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).expect("there").permissions()) & 0o777, 0o600);
    }

    #[test]
    fn processes_that_start_at_once_have_the_same_keys() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lykta.keys.json");
        let starts = std::sync::Barrier::new(16);
        let fingerprints: std::collections::BTreeSet<String> = std::thread::scope(|scope| {
            let open = || {
                starts.wait();
                Keys::open(&path).expect("opened").0.fingerprint()
            };
            let processes: Vec<_> = (0..16).map(|_| scope.spawn(open)).collect();
            processes.into_iter().map(|process| process.join().expect("opened")).collect()
        });
        assert_eq!(fingerprints.len(), 1);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside the keys");
    }

    #[test]
    fn hex_reads_what_it_wrote() {
        assert_eq!(unhex::<3>(&hex(&[0, 127, 255])), Some([0, 127, 255]));
        assert!(unhex::<2>("00").is_none() && unhex::<1>("zz").is_none() && unhex::<1>("é").is_none());
        assert!(unhex::<2>("+f+f").is_none(), "no signs");
    }
}
