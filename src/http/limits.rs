//! How often one visitor may do what costs or guesses: token buckets in memory, keyed by a keyed hash of the network address, never stored
//! and never logged.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::problem::{Kind, Problem};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Sending and supporting reports.
    Report,
    /// Trying receipts that are none.
    Receipt,
    /// Trying tokens that do not hold.
    Session,
}

/// The buckets.
#[derive(Debug)]
pub struct Limits {
    /// `None` when the operator has switched it off (to measure); guesses are always counted.
    reports: Option<Lanes>,
    receipts: Lanes,
    sessions: Lanes,
    /// Without it nobody finds an address by trying all of them on a picture of this process's memory.
    hasher: RandomState,
}

/// One bucket for each visitor (the generic cell rate algorithm): when it will be full again says how much is in it.
#[derive(Debug)]
struct Lanes {
    /// How long one takes to come back.
    each: Duration,
    /// How long all take.
    all: Duration,
    full_at: Mutex<HashMap<u64, Instant>>,
}

impl Lanes {
    fn a_minute(most: u32) -> Self {
        let all = Duration::from_mins(1);
        Self { each: all / most, all, full_at: Mutex::default() }
    }

    /// `Err` with the wait when the visitor's bucket is empty; takes one when it is not.
    fn look(&self, visitor: u64, now: Instant, take: bool) -> Result<(), Duration> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full = full_at.get(&visitor).copied().filter(|at| *at > now).unwrap_or(now) + self.each;
        let wait = full.duration_since(now).saturating_sub(self.all);
        if !wait.is_zero() {
            return Err(wait);
        }
        if take {
            full_at.insert(visitor, full);
        }
        Ok(())
    }
}

impl Limits {
    /// `reports` a minute and visitor; receipts and tokens have limits of their own that do not grow with it.
    pub fn new(reports: Option<NonZeroU32>) -> Self {
        Self {
            reports: reports.map(|reports| Lanes::a_minute(reports.get())),
            receipts: Lanes::a_minute(30),
            sessions: Lanes::a_minute(10),
            hasher: RandomState::new(),
        }
    }

    /// Says when to come back to a visitor whose bucket is empty.
    pub fn check(&self, lane: Lane, visitor: IpAddr) -> Result<(), Problem> {
        self.look(lane, visitor, false)
    }

    /// Takes one from the visitor's bucket, or says when to come back.
    pub fn take(&self, lane: Lane, visitor: IpAddr) -> Result<(), Problem> {
        self.look(lane, visitor, true)
    }

    fn look(&self, lane: Lane, visitor: IpAddr, take: bool) -> Result<(), Problem> {
        let lanes = match lane {
            Lane::Report => self.reports.as_ref(),
            Lane::Receipt => Some(&self.receipts),
            Lane::Session => Some(&self.sessions),
        };
        let visitor = self.hasher.hash_one(network(visitor));
        let looked = lanes.map_or(Ok(()), |lanes| lanes.look(visitor, Instant::now(), take));
        looked.map_err(|wait| Problem::new(Kind::RateLimited).retry_after(wait.as_secs() + 1))
    }

    /// Forgets visitors whose buckets are full again.
    pub fn tidy(&self) {
        let now = Instant::now();
        for lanes in self.reports.iter().chain([&self.receipts, &self.sessions]) {
            lanes.full_at.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, at| *at > now);
        }
    }
}

/// What counts as one visitor: an IPv4 address, or an IPv6 /64 (a household has 2⁶⁴ addresses of those).
pub(super) fn network(visitor: IpAddr) -> IpAddr {
    match visitor {
        IpAddr::V4(_) => visitor,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_visitor_cannot_use_up_anothers_share() {
        let limits = Limits::new(NonZeroU32::new(3));
        let (a, b): (IpAddr, IpAddr) = ([203, 0, 113, 1].into(), [203, 0, 113, 2].into());
        assert!((0..3).all(|_| limits.take(Lane::Report, a).is_ok()));
        let refused = limits.take(Lane::Report, a).expect_err("the bucket is empty");
        assert_eq!(refused.retry_after, Some(20), "a third of a minute");
        assert!(limits.take(Lane::Report, b).is_ok() && limits.take(Lane::Receipt, a).is_ok());
    }

    #[test]
    fn a_bucket_fills_again_and_no_more_than_full() {
        let (lanes, start) = (Lanes::a_minute(3), Instant::now());
        let taken = |seconds: u64| (0..9).take_while(|_| lanes.look(7, start + Duration::from_secs(seconds), true).is_ok()).count();
        assert_eq!([0, 19, 20, 60, 3_600, 3_601].map(taken), [3, 0, 1, 2, 3, 0]);
    }

    #[test]
    fn without_a_limit_on_reports_guesses_are_still_counted() {
        let (limits, visitor) = (Limits::new(None), IpAddr::from([203, 0, 113, 1]));
        let most = |lane| (0..100).take_while(|_| limits.take(lane, visitor).is_ok()).count();
        assert_eq!([Lane::Report, Lane::Receipt, Lane::Session].map(most), [100, 30, 10]);
    }

    #[test]
    fn a_household_is_one_visitor() {
        let limits = Limits::new(NonZeroU32::new(1));
        let of = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(limits.take(Lane::Report, of("2001:db8:1:2::1")).is_ok());
        assert!(limits.take(Lane::Report, of("2001:db8:1:2::ffff")).is_err());
        assert!(limits.take(Lane::Report, of("2001:db8:1:3::1")).is_ok());
    }
}
