//! The queue of writes: acts that wait while a commit reaches the disk share the next one.
//!
//! Each act runs in its own savepoint. One that fails is rolled back alone; when the transaction itself is lost (a full disk, a broken
//! connection) every act of the batch is told so and none was kept. A reply is sent only after the commit.

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};

use super::dialect::{self, on};
use super::{Db, DbError, Tx};
use crate::domain::ids::MunicipalityCode;

/// Acts that may share one commit.
const BATCH: usize = 64;
/// Acts that may wait; more than this is answered "try again" at once.
const QUEUE: usize = 1_024;

/// What an act does with the transaction; `Err` undoes it alone.
pub trait Act<T, E>: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static {}
impl<T, E, F> Act<T, E> for F where F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static {}

/// Tells the waiting caller how the commit went.
type Reply = Box<dyn FnOnce(Result<(), Lost>) + Send>;
/// Runs the act (not at all when the transaction is already lost); says whether to keep what it wrote, and how to answer once the
/// commit is known.
type Job = Box<dyn for<'t> FnOnce(Option<&'t mut Tx>) -> BoxFuture<'t, (bool, Reply)> + Send>;

struct Request {
    municipalities: Vec<MunicipalityCode>,
    job: Job,
}

/// Why a whole batch was lost.
#[derive(Clone, Debug)]
enum Lost {
    Full,
    Unavailable(String),
}

impl From<Lost> for DbError {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Full => Self::Full,
            Lost::Unavailable(why) => Self::Unavailable(why),
        }
    }
}

impl From<DbError> for Lost {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Full => Self::Full,
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// The handle by which acts are written; cheap to clone.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Request>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("municipalities", &self.municipalities).finish_non_exhaustive()
    }
}

impl Writer {
    /// Starts the writing task; it ends when the last handle is dropped and the queue is empty.
    pub fn start(db: Db) -> Self {
        let (queue, requests) = mpsc::channel(QUEUE);
        tokio::spawn(run(db, requests));
        Self { queue }
    }

    /// How many acts wait.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Runs an act that changes these kommuner and returns once it is on disk.
    pub async fn write<T, E>(&self, municipalities: &[MunicipalityCode], act: impl Act<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            Box::pin(async move {
                let outcome = match tx {
                    // A panic is the act's own: undone like a refused one, and the acts after it are still written.
                    Some(tx) => AssertUnwindSafe(act(tx)).catch_unwind().await.ok(),
                    None => None,
                };
                let keep = matches!(outcome, Some(Ok(_)));
                let reply: Reply = Box::new(move |committed| {
                    let outcome = match (outcome, committed) {
                        (Some(Err(error)), _) => Err(error),
                        (Some(Ok(value)), Ok(())) => Ok(value),
                        (_, Err(lost)) => Err(DbError::from(lost).into()),
                        (None, Ok(())) => Err(DbError::Unavailable("the act panicked".to_owned()).into()),
                    };
                    // A caller that has gone away (a cut connection) needs no answer; what it sent is kept all the same.
                    let _ = answer.send(outcome);
                });
                (keep, reply)
            })
        });
        let request = Request { municipalities: municipalities.to_vec(), job };
        if self.queue.try_send(request).is_err() {
            return Err(DbError::Unavailable("too many acts are waiting to be written".to_owned()).into());
        }
        answered.await.unwrap_or_else(|_| Err(DbError::Unavailable("the writer stopped".to_owned()).into()))
    }
}

async fn run(db: Db, mut requests: mpsc::Receiver<Request>) {
    let mut folding = Folding::default();
    while let Some(first) = requests.recv().await {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            match requests.try_recv() {
                Ok(request) => batch.push(request),
                Err(_) => break,
            }
        }
        let acts = batch.len();
        commit(&db, batch).await;
        folding.written(&db, acts);
    }
}

/// Folds SQLite's log into its file every now and then, on a connection of its own: done by a commit, it would hold that one, and all
/// behind it, for the time that a thousand pages take.
#[derive(Default)]
struct Folding {
    /// Acts since it was last begun.
    acts: usize,
    running: Option<tokio::task::JoinHandle<()>>,
}

/// Acts after which the log is folded: some hundred pages of it.
const FOLD_EVERY: usize = 64;

impl Folding {
    fn written(&mut self, db: &Db, acts: usize) {
        self.acts += acts;
        let Db::Sqlite { fold, .. } = db else { return };
        if self.acts < FOLD_EVERY || self.running.as_ref().is_some_and(|running| !running.is_finished()) {
            return;
        }
        self.acts = 0;
        let fold = fold.clone();
        self.running = Some(tokio::spawn(async move {
            // Waits for nobody, and nobody waits for it.
            if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&fold).await {
                tracing::warn!(%error, "the log was not folded into the database");
            }
        }));
    }
}

/// One transaction for a batch: everything kept is on disk when the replies go out.
async fn commit(db: &Db, batch: Vec<Request>) {
    let mut replies = Vec::with_capacity(batch.len());
    // In order of code, so that two processes never wait for each other in a circle.
    let codes: BTreeSet<MunicipalityCode> = batch.iter().flat_map(|request| request.municipalities.iter().copied()).collect();
    let result = match begin(db, codes).await {
        Ok(mut tx) => {
            let result = perform(&mut tx, batch, &mut replies).await;
            if result.is_err() {
                abandon(tx).await;
            }
            result
        }
        Err(error) => {
            refuse(batch, &mut replies).await;
            Err(Lost::from(error))
        }
    };
    if let Err(lost) = &result {
        tracing::error!(error = ?lost, "a batch of writes was lost; its senders were told");
    }
    for reply in replies {
        reply(result.clone());
    }
}

async fn begin(db: &Db, codes: BTreeSet<MunicipalityCode>) -> Result<Tx, DbError> {
    let mut tx = match db {
        Db::Sqlite { write, .. } => Tx::Sqlite(write.acquire().await?),
        Db::Postgres { pool } => Tx::Postgres(pool.acquire().await?),
    };
    match prepare(&mut tx, codes).await {
        Ok(()) => Ok(tx),
        Err(error) => {
            // The transaction may have begun: returned to its pool inside it, the connection would fail whoever gets it next.
            abandon(tx).await;
            Err(error)
        }
    }
}

async fn prepare(tx: &mut Tx, codes: BTreeSet<MunicipalityCode>) -> Result<(), DbError> {
    let begin = match tx {
        Tx::Sqlite(_) => dialect::BEGIN_SQLITE,
        Tx::Postgres(_) => dialect::BEGIN_POSTGRES,
    };
    tx.command(begin).await?;
    if let Tx::Postgres(connection) = tx {
        for code in codes {
            sqlx::query(dialect::LOCK_MUNICIPALITY_POSTGRES).bind(code.to_string()).execute(&mut **connection).await?;
            sqlx::query(dialect::NOTIFY_POSTGRES).bind(code.to_string()).execute(&mut **connection).await?;
        }
    }
    Ok(())
}

async fn perform(tx: &mut Tx, batch: Vec<Request>, replies: &mut Vec<Reply>) -> Result<(), Lost> {
    let mut batch = batch.into_iter();
    while let Some(request) = batch.next() {
        if let Err(error) = perform_one(tx, request, replies).await {
            // The transaction is gone. Running the rest now would write outside any transaction: they are refused instead.
            refuse(batch.collect(), replies).await;
            return Err(error.into());
        }
    }
    tx.command("COMMIT").await.map_err(Lost::from)
}

async fn perform_one(tx: &mut Tx, request: Request, replies: &mut Vec<Reply>) -> Result<(), DbError> {
    let savepoint = tx.command("SAVEPOINT act").await;
    let (keep, reply) = (request.job)(savepoint.is_ok().then_some(&mut *tx)).await;
    replies.push(reply);
    savepoint?;
    if !keep {
        tx.command("ROLLBACK TO SAVEPOINT act").await?;
    }
    tx.command("RELEASE SAVEPOINT act").await
}

async fn refuse(batch: Vec<Request>, replies: &mut Vec<Reply>) {
    for request in batch {
        replies.push((request.job)(None).await.1);
    }
}

/// Ends a lost transaction. A connection that cannot even roll back is closed instead of returned to its pool.
async fn abandon(mut tx: Tx) {
    if tx.command("ROLLBACK").await.is_err() {
        match tx {
            // SQLite has already rolled back by itself when ROLLBACK is refused; the connection is sound.
            Tx::Sqlite(_) => {}
            Tx::Postgres(connection) => drop(connection.detach()),
        }
    }
}

impl Tx {
    /// Runs a statement without parameters.
    pub(super) async fn command(&mut self, sql: &'static str) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// No commit folds so little: the file only grows if the log is folded beside the writing.
    #[tokio::test(flavor = "multi_thread")]
    async fn the_log_is_folded_beside_the_writing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lykta.db");
        let db = Db::open(&format!("sqlite://{}", path.display())).await.expect("opened");
        let size = || path.metadata().expect("a file").len();
        let writer = Writer::start(db.clone());
        let command = |sql: &'static str| writer.write::<(), DbError>(&[], move |tx: &mut Tx| Box::pin(tx.command(sql)));
        command("CREATE TABLE filler (bytes BLOB)").await.expect("written");
        let before = size();
        for _ in 0..2 * FOLD_EVERY {
            command("INSERT INTO filler VALUES (randomblob(20000))").await.expect("written");
        }
        let begun = Instant::now();
        while size() < before + 1_000_000 {
            assert!(begun.elapsed() < Duration::from_secs(30), "{} bytes after {before}", size());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        db.close().await;
    }
}
