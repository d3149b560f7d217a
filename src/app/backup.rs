//! Backups: a folder with the data as one SQLite file, the keys, and a manifest by which both are verified.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::App;
use super::check::{Broken, verify_chains};
use super::keys::{KeyError, Keys, hex, sync_folder_of};
use super::photos::store::{Store, key_of};
use crate::db::backup::integrity_of_file;
use crate::db::{Db, DbError, create_private};

const DATA: &str = "lykta.db";
const KEYS: &str = "keys.json";
const PHOTOS: &str = "photos";
const MANIFEST: &str = "manifest.json";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The Lykta that made it.
    pub lykta: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// SHA-256 of each file.
    pub files: BTreeMap<String, String>,
    /// Rows of each table.
    pub rows: BTreeMap<String, i64>,
    /// SHA-256 of all the above, so that the manifest itself cannot change unseen.
    pub seal: String,
}

impl Manifest {
    fn expected_seal(&self) -> Option<String> {
        let unsealed = serde_json::to_vec(&Self { seal: String::new(), ..self.clone() }).ok()?;
        Some(hex(&Sha256::digest(unsealed)))
    }
}

/// Why a backup was not made, or is not to be trusted.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The place is taken.
    #[error("{0} already exists: a backup is never written over another")]
    Exists(PathBuf),
    /// The target of a restore holds something.
    #[error("the target is not empty: a backup is restored into an empty place")]
    NotEmpty,
    /// The manifest does not read.
    #[error("{0} is not a backup of Lykta")]
    NotABackup(PathBuf),
    /// A file is not what it was.
    #[error("{0} was changed since the backup was made")]
    Changed(String),
    /// The data does not hold together.
    #[error("the data is damaged: {0}")]
    Damaged(String),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl App {
    /// Copies everything into a new folder while others read and write, then verifies the copy as `restore` would.
    pub async fn backup(&self, folder: &Path) -> Result<Manifest, BackupError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| BackupError::Io { path, source }
        };
        create_folder(folder).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => BackupError::Exists(folder.to_owned()),
            _ => io(folder)(error),
        })?;
        let data = folder.join(DATA);
        self.db.copy_to_file(&data).await?;
        let copy = Db::open(&sqlite_url(&data)).await?;
        let rows = copy.row_counts().await?.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        let pictures = copy.pictures().await?.into_iter().collect();
        copy.close().await;
        self.keys.publish(&folder.join(KEYS))?;
        sync(&data).map_err(io(&data))?;
        let mut files: BTreeMap<String, String> =
            [DATA, KEYS].into_iter().map(|name| Ok((name.to_owned(), digest(&folder.join(name))?))).collect::<Result<_, BackupError>>()?;
        for (name, path) in self.copy_pictures(folder, &pictures).await? {
            files.insert(name, digest(&path)?);
        }
        let mut manifest = Manifest {
            lykta: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.now().to_string(),
            engine: self.db.engine().to_owned(),
            files,
            rows,
            seal: String::new(),
        };
        manifest.seal = manifest.expected_seal().ok_or_else(|| BackupError::NotABackup(folder.to_owned()))?;
        let path = folder.join(MANIFEST);
        let text = serde_json::to_vec_pretty(&manifest).map_err(|_| BackupError::NotABackup(folder.to_owned()))?;
        create_private(&path).and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all())).map_err(io(&path))?;
        sync_folder_of(&path).map_err(io(&path))?;
        verify(folder).await
    }
}

impl App {
    /// Copies the pictures that the copied data knows of. One that was erased since is not there, and not missed.
    async fn copy_pictures(&self, folder: &Path, known: &BTreeSet<String>) -> Result<Vec<(String, PathBuf)>, BackupError> {
        let mut copied = Vec::new();
        for file in self.pictures().files().await? {
            if !known.contains(key_of(&file)) {
                continue;
            }
            let name = format!("{PHOTOS}/{file}");
            let path = folder.join(&name);
            let bytes = match self.pictures().file(&file).await {
                Err(DbError::Unavailable(_)) if !self.pictures().files().await?.contains(&file) => continue,
                other => other?,
            };
            let io = |source| BackupError::Io { path: path.clone(), source };
            std::fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(io)?;
            create_private(&path).and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all())).map_err(io)?;
            copied.push((name, path));
        }
        Ok(copied)
    }
}

/// Whether a manifest's file is one of a backup: nothing in it leads out of its folder.
fn belongs(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_hexdigit() || b"smalljpg.".contains(&byte)) && !part.starts_with('.')
    };
    [DATA, KEYS].contains(&name)
        || name.strip_prefix(PHOTOS).and_then(|rest| rest.strip_prefix('/')).is_some_and(|rest| rest.split('/').all(plain))
}

/// Checks a backup: every file as it was, the engine finds nothing wrong, every change log unbroken.
pub async fn verify(folder: &Path) -> Result<Manifest, BackupError> {
    let path = folder.join(MANIFEST);
    let text = std::fs::read(&path).map_err(|source| BackupError::Io { path, source })?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| BackupError::NotABackup(folder.to_owned()))?;
    if manifest.expected_seal().as_deref() != Some(&manifest.seal) {
        return Err(BackupError::Changed(MANIFEST.to_owned()));
    }
    if [DATA, KEYS].iter().any(|name| !manifest.files.contains_key(*name)) || !manifest.files.keys().all(|name| belongs(name)) {
        return Err(BackupError::NotABackup(folder.to_owned()));
    }
    for (name, known) in &manifest.files {
        if *known != digest(&folder.join(name))? {
            return Err(BackupError::Changed(name.clone()));
        }
    }
    // Opening the copy itself would add a log beside it: what is looked at is a copy of the copy.
    let scratch = folder.join("verify.lykta-tmp");
    let io = |source| BackupError::Io { path: scratch.clone(), source };
    std::fs::copy(folder.join(DATA), &scratch).map_err(io)?;
    let checked = check_data(&scratch, &manifest).await;
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", scratch.display()));
    }
    checked.map(|()| manifest)
}

async fn check_data(data: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let wrong = integrity_of_file(data).await?;
    if let Some(first) = wrong.first() {
        return Err(BackupError::Damaged(first.clone()));
    }
    let db = Db::open(&sqlite_url(data)).await?;
    // A backup of an older Lykta has not every table of this one.
    let named = |(name, _): &(&str, i64)| manifest.rows.contains_key(*name);
    let rows: BTreeMap<String, i64> =
        db.row_counts().await?.into_iter().filter(named).map(|(name, count)| (name.to_owned(), count)).collect();
    let broken: Vec<Broken> = verify_chains(&db).await?.1;
    db.close().await;
    if rows != manifest.rows {
        return Err(BackupError::Damaged("the tables do not have the rows that the manifest says".to_owned()));
    }
    match broken.first() {
        Some(broken) => Err(BackupError::Damaged(broken.to_string())),
        None => Ok(()),
    }
}

/// Verifies a backup and puts it into an empty database with its keys. A keys file that is there already must hold the same keys.
pub async fn restore(folder: &Path, database_url: &str, keys: &Path) -> Result<Manifest, BackupError> {
    let manifest = verify(folder).await?;
    let own = Keys::read(&folder.join(KEYS))?.ok_or_else(|| KeyError::Missing(folder.join(KEYS)))?;
    if Keys::read(keys)?.is_some_and(|there| there.fingerprint() != own.fingerprint()) {
        return Err(BackupError::Exists(keys.to_owned()));
    }
    let data = folder.join(DATA);
    // The keys go before the data: data without its keys would not open.
    if let Some(path) = database_url.strip_prefix("sqlite://").map(Path::new) {
        // SQLite would play a log that was left there over the restored file.
        if ["", "-wal", "-shm"].iter().any(|ending| PathBuf::from(format!("{}{ending}", path.display())).exists()) {
            return Err(BackupError::NotEmpty);
        }
        own.publish(keys)?;
        let partial = path.with_extension("lykta-tmp");
        let io = |source| BackupError::Io { path: path.to_owned(), source };
        // A leftover of a restore that was cut short.
        let _ = std::fs::remove_file(&partial);
        copy_private(&data, &partial).and_then(|()| std::fs::rename(&partial, path)).and_then(|()| sync_folder_of(path)).map_err(io)?;
    } else {
        let db = Db::open(database_url).await?;
        if db.row_counts().await?.iter().any(|(_, rows)| *rows > 0) {
            return Err(BackupError::NotEmpty);
        }
        own.publish(keys)?;
        // The copier opens its source as a database, which adds a log beside it: never beside the backup itself.
        let scratch = folder.join("restore.lykta-tmp");
        std::fs::copy(&data, &scratch).map_err(|source| BackupError::Io { path: scratch.clone(), source })?;
        let filled = db.fill_from_file(&scratch).await;
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", scratch.display()));
        }
        db.close().await;
        filled?;
    }
    let store = Store::beside(keys)?;
    for name in manifest.files.keys() {
        if let Some(file) = name.strip_prefix(PHOTOS).and_then(|rest| rest.strip_prefix('/')) {
            let path = folder.join(name);
            let bytes = std::fs::read(&path).map_err(|source| BackupError::Io { path, source })?;
            store.put_file(file, bytes).await?;
        }
    }
    Ok(manifest)
}

/// Makes a folder that only its owner opens; its parents as usual.
fn create_folder(folder: &Path) -> std::io::Result<()> {
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn copy_private(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut copy = create_private(to)?;
    std::io::copy(&mut std::fs::File::open(from)?, &mut copy)?;
    copy.sync_all()
}

fn sqlite_url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

fn digest(path: &Path) -> Result<String, BackupError> {
    let io = |source| BackupError::Io { path: path.to_owned(), source };
    let mut digest = Sha256::new();
    let mut file = std::fs::File::open(path).map_err(io)?;
    std::io::copy(&mut file, &mut digest).map_err(io)?;
    Ok(hex(&digest.finalize()))
}

fn sync(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path)?.sync_all()
}
