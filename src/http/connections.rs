//! How many connections may be open: in all, and from one visitor's network, so that nobody takes every place there is.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;
use rustc_hash::FxHashMap;

use super::limits::network;

/// Open connections at once.
const ALL: usize = 4_096;
/// Open connections at once from one network; a browser opens six.
const EACH: usize = 256;
/// File descriptors kept for the database, files and what else a request opens.
const KEPT: usize = 128;

/// Counts open connections; cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Connections {
    room: usize,
    open: Arc<Mutex<Open>>,
    trusted: Arc<[IpNet]>,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    by_network: FxHashMap<IpAddr, usize>,
}

/// A place that was taken; dropping it frees it.
#[derive(Debug)]
pub(super) struct Place {
    open: Arc<Mutex<Open>>,
    network: Option<IpAddr>,
}

impl Connections {
    /// A trusted proxy speaks for many visitors and may have all the places.
    pub(super) fn new(trusted: &[IpNet]) -> Self {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        Self { room: room(&limits), open: Arc::default(), trusted: trusted.into() }
    }

    /// A place for a connection from this address; `None` when there is none for it.
    pub(super) fn enter(&self, peer: IpAddr) -> Option<Place> {
        let peer = peer.to_canonical();
        let network = (!self.trusted.iter().any(|net| net.contains(&peer))).then(|| network(peer));
        let mut open = lock(&self.open);
        if open.all >= self.room || network.is_some_and(|network| open.by_network.get(&network).is_some_and(|n| *n >= EACH)) {
            return None;
        }
        open.all += 1;
        if let Some(network) = network {
            *open.by_network.entry(network).or_default() += 1;
        }
        Some(Place { open: Arc::clone(&self.open), network })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        open.all -= 1;
        if let Some(network) = self.network
            && let Some(n) = open.by_network.get_mut(&network)
        {
            *n -= 1;
            if *n == 0 {
                open.by_network.remove(&network);
            }
        }
    }
}

/// Places under the process's limits, as Linux states them: a server that has run out of file descriptors can refuse nobody, and reads its
/// own database no more.
fn room(limits: &str) -> usize {
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")).and_then(|line| line.split_whitespace().next());
    let files = files.and_then(|soft| soft.parse::<usize>().ok());
    files.map_or(ALL, |files| ALL.min(files.saturating_sub(KEPT).max(KEPT)))
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    // Two counters: whoever panicked cannot have left them half changed.
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn one_network_cannot_take_the_places_of_another() {
        let connections = Connections::new(&[]);
        let mut taken: Vec<Place> = std::iter::from_fn(|| connections.enter(ip("203.0.113.1"))).collect();
        assert_eq!(taken.len(), EACH);
        assert!(connections.enter(ip("::ffff:203.0.113.1")).is_none(), "the same address, written otherwise");
        assert!(connections.enter(ip("203.0.113.2")).is_some());
        taken.pop();
        assert!(connections.enter(ip("203.0.113.1")).is_some(), "a freed place can be taken again");
    }

    #[test]
    fn a_trusted_proxy_has_all_the_places_and_no_more() {
        let connections = Connections::new(&["10.0.0.0/8".parse().expect("a net")]);
        let taken: Vec<Place> = std::iter::from_fn(|| connections.enter(ip("10.0.0.1"))).collect();
        assert_eq!(taken.len(), connections.room);
        assert!(connections.enter(ip("203.0.113.1")).is_none());
        drop(taken);
        assert!(connections.enter(ip("203.0.113.1")).is_some());
        assert!(lock(&connections.open).by_network.is_empty(), "nobody is remembered");
    }

    #[test]
    fn the_room_follows_the_limit_on_files() {
        let limits = |soft: &str| {
            format!("Limit  Soft Limit  Hard Limit  Units\nMax open files            {soft}                 524288               files\n")
        };
        assert_eq!(room(&limits("1024")), 1_024 - KEPT);
        assert_eq!((room(&limits("65536")), room(&limits("unlimited")), room("")), (ALL, ALL, ALL));
        assert_eq!(room(&limits("64")), KEPT, "below that nothing works anyway");
    }
}
