//! Many phones at once, what they were told, and whether it was true.

use std::collections::BTreeMap;
use std::io::Result;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::harness::client::Client;
use crate::harness::reports::{KOMMUN, id_of};
use crate::harness::server::Server;

/// What a phone knows: its report, and the receipt once the server has answered 201 or 200.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// The body, as it was sent.
    pub report: Value,
    /// The receipt of the first 201 or 200.
    pub receipt: Option<String>,
}

impl Sent {
    /// Not sent yet.
    pub(crate) const fn new(report: Value) -> Self {
        Self { report, receipt: None }
    }
}

/// How often each status came; connections that broke count as 0.
pub(crate) type Statuses = BTreeMap<u16, usize>;

/// Sends what has no receipt yet from `clients` connections; after `enough` receipts `then` is called once, while the rest goes on.
/// Each report is tried once.
pub(crate) fn send_all(client: &Client, clients: usize, sent: &mut [Sent], enough: usize, then: impl FnOnce() + Send) -> Statuses {
    let statuses = Mutex::new(Statuses::new());
    let accepted = AtomicUsize::new(0);
    let then = Mutex::new(Some(then));
    let waiting: Vec<&mut Sent> = sent.iter_mut().filter(|sent| sent.receipt.is_none()).collect();
    let queue = Mutex::new(waiting.into_iter());
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let mut client = client.clone();
                while let Some(one) = next(&queue) {
                    let status = send(&mut client, one);
                    *statuses.lock().expect("not poisoned").entry(status).or_default() += 1;
                    if one.receipt.is_some() && accepted.fetch_add(1, Ordering::SeqCst) + 1 == enough {
                        let act = then.lock().expect("not poisoned").take();
                        if let Some(act) = act {
                            act();
                        }
                    }
                }
            });
        }
    });
    statuses.into_inner().expect("not poisoned")
}

fn next<'a>(queue: &Mutex<impl Iterator<Item = &'a mut Sent>>) -> Option<&'a mut Sent> {
    queue.lock().expect("not poisoned").next()
}

/// Sends one report once; the status, 0 when no answer came.
pub(crate) fn send(client: &mut Client, one: &mut Sent) -> u16 {
    match client.post("/api/v1/reports", &one.report) {
        Ok(answer) => {
            if matches!(answer.status, 200 | 201) {
                let receipt = answer.json()["receipt"].as_str().map(str::to_owned);
                assert!(receipt.is_some(), "an accepted report has a receipt");
                assert!(one.receipt.is_none() || one.receipt == receipt, "a repeat answers with the same receipt");
                one.receipt = receipt;
            }
            answer.status
        }
        Err(_) => 0,
    }
}

/// How many reports the kommun has, by the planner's list.
pub(crate) fn total(server: &Server) -> Result<usize> {
    let answer = server.planner().get(&format!("/api/v1/reports?municipality={KOMMUN}&limit=1"))?;
    Ok(answer.json()["total"].as_u64().map_or(0, |total| total as usize))
}

/// How the store looks to those who sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Account {
    /// Accepted, but not there.
    pub lost: usize,
    /// There, though the sender never heard so: a repeat will tell.
    pub unheard: usize,
    /// Rows beyond the ones that were there before and one for each id found.
    pub surplus: i64,
}

/// Compares what senders were told with what is stored now; `before` is the number of reports before they began.
pub(crate) fn account(server: &Server, before: usize, sent: &[Sent]) -> Account {
    let mut planner = server.planner();
    let mut account = Account::default();
    let mut found = 0;
    for one in sent {
        let answer = planner.get(&format!("/api/v1/reports/{}", id_of(&one.report))).expect("an answer");
        match (answer.status, one.receipt.is_some()) {
            (200, heard) => {
                found += 1;
                account.unheard += usize::from(!heard);
            }
            (404, heard) => account.lost += usize::from(heard),
            (status, _) => panic!("a planner who looks for a report gets {status}"),
        }
    }
    account.surplus = total(server).expect("a list") as i64 - before as i64 - found;
    account
}
