//! How often one visitor may do what costs or guesses: token buckets in memory, keyed by a keyed hash of the network address, never stored
//! and never logged.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

use super::problem::{Kind, Problem};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Sending and supporting reports.
    Report,
    /// Trying receipts.
    Receipt,
    /// Trying tokens.
    Session,
}

/// The buckets; `None` when the operator has switched them off (to measure).
#[derive(Debug)]
pub struct Limits {
    lanes: Option<[DefaultKeyedRateLimiter<u64>; 3]>,
    salt: u64,
}

impl Limits {
    /// `reports` a minute and visitor; receipts and tokens have limits of their own that do not grow with it.
    pub fn new(reports: Option<NonZeroU32>) -> Self {
        let lanes = reports.map(|reports| {
            let minute = |n: u32| Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
            [Quota::per_minute(reports), minute(30), minute(10)].map(DefaultKeyedRateLimiter::keyed)
        });
        let mut salt = [0; 8];
        // Without a salt the buckets still work; they only become guessable to somebody who reads this process's memory.
        let _ = getrandom::fill(&mut salt);
        Self { lanes, salt: u64::from_ne_bytes(salt) }
    }

    /// Takes one from the visitor's bucket, or says when to come back.
    pub fn check(&self, lane: Lane, visitor: IpAddr) -> Result<(), Problem> {
        let Some(lanes) = &self.lanes else { return Ok(()) };
        let bucket = &lanes[lane as usize];
        bucket.check_key(&self.key(visitor)).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Problem::new(Kind::RateLimited).retry_after(wait.as_secs() + 1)
        })
    }

    /// Forgets visitors whose buckets are full again.
    pub fn tidy(&self) {
        for lane in self.lanes.iter().flatten() {
            lane.retain_recent();
        }
    }

    fn key(&self, visitor: IpAddr) -> u64 {
        FxBuildHasher.hash_one((self.salt, network(visitor)))
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
        assert!((0..3).all(|_| limits.check(Lane::Report, a).is_ok()));
        let refused = limits.check(Lane::Report, a).expect_err("the bucket is empty");
        assert!(refused.retry_after.is_some_and(|seconds| seconds >= 1));
        assert!(limits.check(Lane::Report, b).is_ok() && limits.check(Lane::Receipt, a).is_ok());
    }

    #[test]
    fn a_household_is_one_visitor() {
        let limits = Limits::new(NonZeroU32::new(1));
        let of = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(limits.check(Lane::Report, of("2001:db8:1:2::1")).is_ok());
        assert!(limits.check(Lane::Report, of("2001:db8:1:2::ffff")).is_err());
        assert!(limits.check(Lane::Report, of("2001:db8:1:3::1")).is_ok());
    }
}
