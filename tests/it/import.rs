//! Importing files: the account adds up, nothing is loaded twice, nothing broken gets in.

mod agreements;
mod areas;
mod boundaries;
mod command_line;
mod files;
mod hostile;
mod municipalities;
mod population;
mod real_files;
mod reports;

use std::path::PathBuf;
use std::sync::Arc;

use lykta::app::App;
use lykta::app::import::{Account, ImportError, Kind, Request};
use lykta::app::query::ReportQuery;
use lykta::db::Db;
use lykta::domain::actor::Actor;
use lykta::domain::ids::MunicipalityCode;
use lykta::domain::report::Report;

use crate::app::{TestApp, shared};

/// A Lykta to import into, and a second connection to look at its store.
struct Town {
    lykta: TestApp,
    app: Arc<App>,
    db: Db,
}

/// The test kommun: one degree square around Lund station, in the place of the real kommuner there.
const SQUARE: &str = r#"{"type":"Feature","properties":{"code":"9001","name":"Provköping"},"geometry":
    {"type":"Polygon","coordinates":[[[13,55.5],[14,55.5],[14,56.5],[13,56.5],[13,55.5]]]}}"#;

impl Town {
    /// One without a test kommun.
    async fn new(lykta: TestApp) -> Self {
        let db = Db::open(&lykta.settings.database_url).await.expect("opened");
        Self { app: Arc::clone(&lykta.app), lykta, db }
    }

    /// One with the active test kommun 9001.
    async fn with_kommun(lykta: TestApp) -> Self {
        let town = Self::new(lykta).await;
        let request = Request { activate: true, ..town.request(Kind::Boundaries, "square.geojson", SQUARE) };
        let account = town.import(&request).await;
        assert_eq!((account.loaded, account.rejected), (1, 0), "{account:?}");
        town
    }

    /// For tests whose work is the same whatever the database.
    async fn sqlite() -> Self {
        Self::new(TestApp::sqlite().await).await
    }

    async fn sqlite_with_kommun() -> Self {
        Self::with_kommun(TestApp::sqlite().await).await
    }

    /// Writes a file.
    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.lykta.path(name);
        std::fs::write(&path, content).expect("written");
        path
    }

    /// A plain request for a new file.
    fn request(&self, kind: Kind, name: &str, content: impl AsRef<[u8]>) -> Request {
        request(kind, self.file(name, content))
    }

    /// Imports; the account must add up.
    async fn import(&self, request: &Request) -> Account {
        let (account, done) = self.try_import(request).await;
        done.expect("imported");
        account
    }

    /// Imports what may be refused.
    async fn try_import(&self, request: &Request) -> (Account, Result<(), ImportError>) {
        let mut account = Account::default();
        let done = self.app.import(request, &mut account, &mut |_, _| {}).await;
        assert_eq!(account.rows, account.loaded + account.known + account.rejected, "{account:?}");
        assert_eq!(account.reasons.values().sum::<u64>(), account.rejected, "{account:?}");
        (account, done)
    }

    /// All reports of a kommun, newest first.
    async fn reports(&self, code: &str) -> Vec<Report> {
        let query = ReportQuery { municipality: MunicipalityCode::parse(code), ..ReportQuery::default() };
        let (mut reports, mut after) = (Vec::new(), None);
        loop {
            let page = self.app.list_reports(&Actor::Operator, &query, after, 1_000).await.expect("a page");
            reports.extend(page.reports.into_iter().map(|(report, _)| report));
            after = page.next;
            if after.is_none() {
                return reports;
            }
        }
    }

    /// How many changes the logs hold in all.
    async fn changes(&self) -> i64 {
        self.db.heads().await.expect("heads").iter().map(|head| head.version).sum()
    }

    /// Every chain is whole, and the index agrees with the table.
    async fn assert_sound(&self) {
        let check = self.app.check().await.expect("checked");
        assert!(check.is_sound(), "{check:?}");
    }
}

fn request(kind: Kind, file: PathBuf) -> Request {
    Request {
        kind,
        file,
        municipality: None,
        map: Vec::new(),
        values: Vec::new(),
        source: None,
        activate: false,
        valid: (None, None),
        dry_run: false,
        report: None,
    }
}

fn code(text: &str) -> Option<MunicipalityCode> {
    MunicipalityCode::parse(text)
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
