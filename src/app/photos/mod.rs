//! Photos of a report: taken with its receipt, kept without anything but the picture, looked at before anybody else sees them.

pub mod picture;
pub mod store;

use std::collections::HashSet;
use std::sync::Arc;

use bytes::Bytes;
use jiff::SignedDuration;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, RwLock, Semaphore};
use uuid::Uuid;

use self::picture::{Picture, PictureError};
use self::store::{Size, Store, key_of};
use super::App;
use super::published::is_public;
use super::reports::ReportError;
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::db::photos::PhotoRow;
use crate::domain::access::Look;
use crate::domain::actor::Actor;
use crate::domain::ids::ReportId;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::moderation::Moderation;
use crate::domain::permission::Act;
use crate::domain::photo::{PHOTOS_MAX, PhotoDecision, PhotoState, WINDOW};
use crate::domain::report::Report;

/// How many pictures are worked on at once: each may take some hundred megabytes.
const AT_ONCE: usize = 2;
/// How many more may be on their way or wait for their turn, each in memory.
const WAITING: usize = 6;
/// After this a file that was to be written is not coming.
const CUT_SHORT: SignedDuration = SignedDuration::from_hours(1);

/// The working on pictures, and where they lie.
#[derive(Debug)]
pub(super) struct Photos {
    store: Store,
    working: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Held for writing while files that no row knows of are removed, for reading by whoever writes a file before its row.
    sweeping: RwLock<()>,
}

/// A photo, to whoever may know of it.
#[derive(Clone, Debug)]
pub struct Photo {
    /// Made by the telephone.
    pub id: Uuid,
    /// What was decided.
    pub state: PhotoState,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Why a photo was not taken. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// What is wrong with the file.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The report has as many as it may.
    #[error("too many")]
    TooMany,
    /// Its report came too long ago.
    #[error("too late")]
    Late,
    /// As for reports.
    #[error(transparent)]
    Report(#[from] ReportError),
}

impl From<DbError> for PhotoError {
    fn from(error: DbError) -> Self {
        Self::Report(error.into())
    }
}

/// A place among the pictures that are in memory.
#[derive(Debug)]
pub struct Place {
    _held: OwnedSemaphorePermit,
}

fn busy() -> DbError {
    DbError::Unavailable("too many pictures at once".to_owned())
}

impl Photos {
    pub(super) fn in_store(store: Store) -> Self {
        Self {
            store,
            working: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            sweeping: RwLock::new(()),
        }
    }

    /// A place for a picture that is on its way; whoever finds none is told to come back.
    fn place(&self) -> Result<Place, DbError> {
        Arc::clone(&self.waiting).try_acquire_owned().map(|held| Place { _held: held }).map_err(|_| busy())
    }

    /// Works on a picture off the threads that answer. Its turn is held by the work itself: a caller who goes away makes no room for another.
    async fn work<T: Send + 'static>(&self, place: Place, work: impl FnOnce() -> T + Send + 'static) -> Result<T, DbError> {
        let turn = Arc::clone(&self.working).acquire_owned().await.map_err(|_| busy())?;
        let worked = tokio::task::spawn_blocking(move || {
            let _held = (place, turn);
            work()
        });
        worked.await.map_err(|_| DbError::Unavailable("a picture was not worked on".to_owned()))
    }
}

impl App {
    /// Makes room for a photo of the report of a receipt, before it is sent.
    pub async fn expect_photo(&self, receipt: &str) -> Result<(Report, Place), PhotoError> {
        let (report, _) = self.report_of_receipt(receipt).await?;
        Ok((report, self.photos.place()?))
    }

    /// Takes a photo; `false` beside it when it was there already. It is on disk when this returns.
    pub async fn add_photo(&self, (report, place): (Report, Place), id: Uuid, bytes: Bytes) -> Result<(Photo, bool), PhotoError> {
        let sent_hash = self.keys.content(&bytes).to_vec();
        if let Some(known) = self.known(&report, id, &sent_hash).await? {
            return Ok((known, false));
        }
        if self.now().duration_since(report.received_at) > WINDOW {
            return Err(PhotoError::Late);
        }
        let picture = self.photos.work(place, move || picture::read(&bytes)).await??;
        let (code, now) = (report.municipality, self.now());
        let row = PhotoRow {
            municipality: code.to_string(),
            id,
            report: report.id.0,
            received_at: now.as_microsecond(),
            sent_hash: sent_hash.clone(),
            state: PhotoState::Storing.as_str().to_owned(),
            decided_at: None,
            picture: Store::key(id, &picture),
            width: picture.width.into(),
            height: picture.height.into(),
        };
        let key = row.picture.clone();
        let change = self.photo_change(&Actor::Resident, report.id, "photo_added", json!({"photo": id}));
        // The row first: a file that no row knows of is a leaving, and goes.
        let codes = [code];
        let written = self.writer.write::<_, PhotoError>(&codes, move |tx| {
            Box::pin(async move {
                tx.author_of(code, report.id.0).await?.ok_or(ReportError::NotFound)?;
                if tx.photo_count(&row.municipality, row.report).await? >= PHOTOS_MAX {
                    return Err(PhotoError::TooMany);
                }
                tx.append_change(code, change).await?;
                Ok(tx.insert_photo(&row).await?)
            })
        });
        match written.await {
            // Sent twice at once.
            Err(PhotoError::Report(ReportError::Db(DbError::Conflict(_)))) => {
                let known = self
                    .known(&report, id, &sent_hash)
                    .await?
                    .ok_or(ReportError::Db(DbError::Unavailable("sent twice at once".to_owned())))?;
                return Ok((known, false));
            }
            other => other?,
        }
        self.photos.store.put(&key, &picture).await?;
        let stored = self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.photo_stored(id))).await?;
        if !stored {
            // Withdrawn meanwhile.
            self.photos.store.delete(&key).await?;
            return Err(ReportError::NotFound.into());
        }
        Ok((Photo { id, state: PhotoState::Waiting, width: picture.width, height: picture.height }, true))
    }

    /// A photo that was sent before, the same in every byte.
    async fn known(&self, report: &Report, id: Uuid, sent_hash: &[u8]) -> Result<Option<Photo>, PhotoError> {
        let Some(row) = self.db.photo(id).await? else { return Ok(None) };
        if row.report != report.id.0 || row.sent_hash != sent_hash {
            return Err(ReportError::IdReused.into());
        }
        match photo(&row)? {
            // Another request is writing it, or was cut short: then it is forgotten within the hour and can come again.
            Photo { state: PhotoState::Storing, .. } => Err(DbError::Unavailable("it is being written".to_owned()).into()),
            photo => Ok(Some(photo)),
        }
    }

    /// Removes a photo by the receipt of its report.
    pub async fn remove_photo(&self, receipt: &str, id: Uuid) -> Result<(), PhotoError> {
        let (report, _) = self.report_of_receipt(receipt).await?;
        let row = self.db.photo(id).await?.filter(|row| row.report == report.id.0).ok_or(ReportError::NotFound)?;
        let code = report.municipality;
        let change = self.photo_change(&Actor::Resident, report.id, "photo_removed", json!({"photo": id}));
        self.writer
            .write::<_, PhotoError>(&[code], move |tx| {
                Box::pin(async move {
                    if !tx.delete_photo(&row.municipality, id).await? {
                        return Err(ReportError::NotFound.into());
                    }
                    tx.append_change(code, change).await?;
                    Ok(())
                })
            })
            .await?;
        self.scrubbing.notify_one();
        Ok(())
    }

    /// The photos of the report of a receipt.
    pub async fn photos_of_receipt(&self, receipt: &str) -> Result<Vec<Photo>, PhotoError> {
        let (report, _) = self.report_of_receipt(receipt).await?;
        self.photos_of(&report, |_| true).await
    }

    /// The photos of a report that somebody may see: all, or those that everybody sees.
    pub async fn photos(&self, by: &Actor, id: ReportId) -> Result<Vec<Photo>, PhotoError> {
        match self.visible_report(by, id).await {
            Ok(report) => self.photos_of(&report, |_| true).await,
            Err(ReportError::NotFound) => {
                let report = self.public_report(id).await?;
                self.photos_of(&report, |photo| photo.state == PhotoState::Shown).await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn photos_of(&self, report: &Report, seen: impl Fn(&Photo) -> bool) -> Result<Vec<Photo>, PhotoError> {
        let rows = self.db.photos_of(report.municipality.as_str(), report.id.0).await?;
        let photos = rows.iter().map(photo).collect::<Result<Vec<_>, _>>()?;
        Ok(photos.into_iter().filter(|photo| seen(photo)).collect())
    }

    /// A report whose words and pictures everybody may see.
    async fn public_report(&self, id: ReportId) -> Result<Report, ReportError> {
        let report = super::rows::report(self.db.report(id.0).await?.ok_or(ReportError::NotFound)?)?;
        let shown = is_public(&report) && report.review.state == Moderation::Shown;
        if shown { Ok(report) } else { Err(ReportError::NotFound) }
    }

    /// A photo's picture, and whether everybody may see it. One that the caller may not see is not there.
    pub async fn picture(&self, by: &Actor, id: Uuid, size: Size) -> Result<(Bytes, bool), PhotoError> {
        let row = self.db.photo(id).await?.ok_or(ReportError::NotFound)?;
        let public = PhotoState::parse(&row.state) == Some(PhotoState::Shown) && self.public_report(ReportId(row.report)).await.is_ok();
        if !public {
            let report = self.visible_report(by, ReportId(row.report)).await?;
            if size == Size::Whole {
                self.note_look(by, report.municipality, Look::Report, Some(report.id), 1).await?;
            }
        }
        let bytes = self.photos.store.get(&row.picture, size).await?.ok_or(ReportError::NotFound)?;
        Ok((bytes, public))
    }

    /// Decides on a photo. What is hidden is hidden in the pixels, and the picture from before is gone; taking the decision back does not bring it back.
    pub async fn decide_photo(&self, by: &Actor, id: Uuid, decision: PhotoDecision) -> Result<Photo, PhotoError> {
        let row = self.db.photo(id).await?.ok_or(ReportError::NotFound)?;
        let report = self.visible_report(by, ReportId(row.report)).await?;
        let code = report.municipality;
        if !by.may(Act::Moderate, code) {
            return Err(ReportError::Forbidden.into());
        }
        let before = photo(&row)?;
        let faults = decision.faults(before.width, before.height);
        if !faults.is_empty() {
            return Err(ReportError::Invalid(faults).into());
        }
        let hidden = decision.hidden.len();
        let _unswept = self.photos.sweeping.read().await;
        let burnt = if hidden == 0 { None } else { Some(self.burnt(&row, decision.hidden).await?) };
        let key = burnt.as_ref().map_or_else(|| row.picture.clone(), |picture| Store::key(id, picture));
        if let Some(picture) = &burnt {
            // Beside the one from before, which no row knows of afterwards; cut short here, this one is the leaving.
            self.photos.store.put(&key, picture).await?;
        }
        let decided_at = (decision.state != PhotoState::Waiting).then(|| self.now().as_microsecond());
        let new = PhotoRow { state: decision.state.as_str().to_owned(), decided_at, picture: key.clone(), ..row.clone() };
        let facts = json!({"photo": id, "from": row.state, "to": new.state, "hidden": hidden});
        let change = self.photo_change(by, report.id, "photo_moderated", facts);
        let looked_at = row.picture.clone();
        self.writer
            .write::<_, PhotoError>(&[code], move |tx| {
                Box::pin(async move {
                    if !tx.decide_photo(&new, looked_at).await? {
                        return Err(ReportError::Stale.into());
                    }
                    tx.append_change(code, change).await?;
                    Ok(())
                })
            })
            .await?;
        if key != row.picture {
            self.photos.store.delete(&row.picture).await?;
        }
        Ok(Photo { state: decision.state, ..before })
    }

    async fn burnt(&self, row: &PhotoRow, hidden: Vec<crate::domain::photo::Hidden>) -> Result<Picture, PhotoError> {
        let bytes = self.photos.store.get(&row.picture, Size::Whole).await?.ok_or(ReportError::NotFound)?;
        let burnt = self.photos.work(self.photos.place()?, move || picture::hide(&bytes, &hidden)).await?;
        // It was written by this: that it does not read is the store's doing.
        burnt.map_err(|error| DbError::Corrupt(format!("photo {}: {error}", row.id)).into())
    }

    /// Removes files that no row knows of: of what was erased, and of what was cut short.
    pub(super) async fn sweep_photos(&self) -> Result<(), DbError> {
        let before = (self.now() - CUT_SHORT).as_microsecond();
        self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.forget_cut_short(before))).await?;
        let _alone = self.photos.sweeping.write().await;
        // The files first: what comes between has its row before its file.
        let files = self.photos.store.files().await?;
        if files.is_empty() {
            return Ok(());
        }
        let known: HashSet<String> = self.db.pictures().await?.into_iter().collect();
        for file in files.iter().filter(|file| !known.contains(key_of(file))) {
            self.photos.store.remove(file).await?;
        }
        Ok(())
    }

    /// The store of pictures.
    pub(super) const fn pictures(&self) -> &Store {
        &self.photos.store
    }

    fn photo_change(&self, by: &Actor, report: ReportId, kind: &'static str, facts: serde_json::Value) -> NewChange {
        NewChange { at: self.now(), actor: by.clone(), entity: "report", entity_id: report.to_string(), kind, facts }
    }
}

fn photo(row: &PhotoRow) -> Result<Photo, DbError> {
    let corrupt = || DbError::Corrupt(format!("photo {}", row.id));
    let state = PhotoState::parse(&row.state).ok_or_else(corrupt)?;
    let pixels = |length: i64| u32::try_from(length).map_err(|_| corrupt());
    Ok(Photo { id: row.id, state, width: pixels(row.width)?, height: pixels(row.height)? })
}

/// What is wrong with a file, for whoever sent it.
pub fn fault(error: PictureError) -> FieldFault {
    let fault = match error {
        PictureError::Unknown => Fault::NotAPicture,
        PictureError::Broken => Fault::BrokenPicture,
        PictureError::TooLarge => Fault::TooManyPixels,
    };
    FieldFault::at("", fault)
}
