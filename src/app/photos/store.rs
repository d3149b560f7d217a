//! Where pictures lie: files below a folder, by the photo's id and the hash of their content.

use std::path::Path;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::picture::Picture;
use crate::app::keys::hex;
use crate::db::DbError;

/// Ending of a picture, and of its small one.
const ENDINGS: [&str; 2] = [".jpg", ".small.jpg"];

/// The pictures.
#[derive(Debug)]
pub struct Store(Box<dyn ObjectStore>);

/// Which of a photo's two pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As large as it is kept.
    Whole,
    /// At most 320 pixels.
    Small,
}

impl Store {
    /// In the folder beside a keys file; it is made, for its owner only, where it is not there.
    pub fn beside(keys: &Path) -> Result<Self, DbError> {
        let name = keys.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = keys.with_file_name(format!("{}.photos", name.strip_suffix(".keys.json").unwrap_or(&name)));
        Self::at(&folder)
    }

    /// In a folder.
    pub fn at(folder: &Path) -> Result<Self, DbError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|error| DbError::Unavailable(format!("{}: {error}", folder.display())))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
        // What is accepted lasts through a power loss; an emptied folder goes with its last picture.
        Ok(Self(Box::new(store.with_fsync(true).with_automatic_cleanup(true))))
    }

    /// What a picture is called.
    pub fn key(photo: Uuid, picture: &Picture) -> String {
        format!("{}/{}", photo.simple(), hex(&Sha256::digest(&picture.jpeg)))
    }

    /// Writes a picture and its small one.
    pub async fn put(&self, key: &str, picture: &Picture) -> Result<(), DbError> {
        for (ending, bytes) in ENDINGS.into_iter().zip([&picture.jpeg, &picture.thumbnail]) {
            self.0.put(&Key::from(format!("{key}{ending}")), PutPayload::from(bytes.clone())).await.map_err(failed)?;
        }
        Ok(())
    }

    /// Reads one of a photo's pictures; `None` when it is gone.
    pub async fn get(&self, key: &str, size: Size) -> Result<Option<Bytes>, DbError> {
        let ending = ENDINGS[usize::from(size == Size::Small)];
        match self.0.get(&Key::from(format!("{key}{ending}"))).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(failed)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Removes a picture and its small one.
    pub async fn delete(&self, key: &str) -> Result<(), DbError> {
        for ending in ENDINGS {
            self.remove(&format!("{key}{ending}")).await?;
        }
        Ok(())
    }

    /// Every file there is.
    pub async fn files(&self) -> Result<Vec<String>, DbError> {
        self.0.list(None).map_ok(|found| found.location.to_string()).try_collect().await.map_err(failed)
    }

    /// Reads a file.
    pub async fn file(&self, name: &str) -> Result<Bytes, DbError> {
        self.0.get(&Key::from(name)).await.map_err(failed)?.bytes().await.map_err(failed)
    }

    /// Writes a file.
    pub async fn put_file(&self, name: &str, bytes: Vec<u8>) -> Result<(), DbError> {
        self.0.put(&Key::from(name), PutPayload::from(bytes)).await.map(|_| ()).map_err(failed)
    }

    /// Removes a file; one that is not there is removed already.
    pub async fn remove(&self, name: &str) -> Result<(), DbError> {
        match self.0.delete(&Key::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

/// The key of the photo that a file belongs to.
pub fn key_of(file: &str) -> &str {
    file.strip_suffix(ENDINGS[1]).or_else(|| file.strip_suffix(ENDINGS[0])).unwrap_or(file)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn failed(error: object_store::Error) -> DbError {
    if let object_store::Error::Generic { source, .. } = &error {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(source.as_ref());
        while let Some(inner) = cause {
            if inner.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::StorageFull) {
                return DbError::Full;
            }
            cause = inner.source();
        }
    }
    DbError::Unavailable(format!("pictures: {error}"))
}
