//! Agreements and their pledges on the way into the store: what each row would change, and one act for all of a file.

use std::collections::BTreeSet;

use serde_json::json;
use uuid::Uuid;

use super::account::Reason;
use super::row::Row;
use super::{ImportError, Job};
use crate::app::App;
use crate::db::agreements::{AgreementRow, PledgeRow};
use crate::db::changes::NewChange;
use crate::db::{DbError, Tx};
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;

/// What a row says.
pub(super) enum Fact {
    Agreement(AgreementRow),
    Pledge(PledgeRow),
}

/// How it stands to what is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    New,
    Changed,
    Same,
}

impl Standing {
    /// Whether something of this id is stored, and the same.
    pub(super) fn of(same: Option<bool>) -> Self {
        match same {
            None => Self::New,
            Some(false) => Self::Changed,
            Some(true) => Self::Same,
        }
    }
}

impl Fact {
    fn id(&self) -> Uuid {
        match self {
            Self::Agreement(row) => row.id,
            Self::Pledge(row) => row.id,
        }
    }

    const fn entity(&self) -> &'static str {
        match self {
            Self::Agreement(_) => "agreement",
            Self::Pledge(_) => "pledge",
        }
    }

    async fn put(self, tx: &mut Tx, version: i64) -> Result<(), DbError> {
        match self {
            Self::Agreement(row) => tx.put_agreement(&AgreementRow { version, ..row }).await,
            Self::Pledge(row) => tx.put_pledge(&PledgeRow { version, ..row }).await,
        }
    }
}

impl App {
    /// Reads every row and stores what is new or changed: all of the file, or none.
    pub(super) async fn import_facts(
        &self,
        mut job: Job<'_>,
        code: MunicipalityCode,
        read: impl Fn(&Row) -> Result<(Fact, Standing), Vec<Reason>>,
    ) -> Result<(), ImportError> {
        let (mut ready, mut seen) = (Vec::new(), BTreeSet::new());
        let mut batches = job.batches();
        while let Some(batch) = batches.next().await {
            for row in batch {
                match read(&row) {
                    Err(reasons) => job.account.reject(row.number, "", reasons)?,
                    Ok((fact, _)) if !seen.insert(fact.id()) => {
                        let reason = Reason::new("duplicate", format!("an earlier row is about the same {}", fact.entity()));
                        job.account.reject(row.number, &fact.id().to_string(), vec![reason])?;
                    }
                    Ok((fact, Standing::Same)) => job.account.know(row.number, &fact.id().to_string())?,
                    Ok(changing) => ready.push(changing),
                }
            }
        }
        batches.end().await?;
        let standings: Vec<Standing> = ready.iter().map(|(_, standing)| *standing).collect();
        if !job.request.dry_run && !ready.is_empty() {
            let (at, source) = (self.now(), job.name.clone());
            let version = self
                .writer
                .write::<_, DbError>(&[code], move |tx| {
                    Box::pin(async move {
                        let mut version = 0;
                        for (fact, standing) in ready {
                            let kind = if standing == Standing::New { "imported" } else { "changed" };
                            let (entity, entity_id, facts) = (fact.entity(), fact.id().to_string(), json!({"source": source}));
                            version =
                                tx.append_change(code, NewChange { at, actor: Actor::System, entity, entity_id, kind, facts }).await?;
                            fact.put(tx, version).await?;
                        }
                        Ok(version)
                    })
                })
                .await?;
            self.settle([(code, version)]).await;
        }
        for standing in standings {
            if standing == Standing::New { job.account.load(0) } else { job.account.replace() }
        }
        job.tell_progress();
        Ok(())
    }
}
