//! How often one visitor may do what costs or guesses: token buckets in memory, keyed by a keyed hash of the network address, never stored
//! and never logged.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::problem::{Kind, Problem};

/// Wrong attempts at one login within [`LOGIN_WINDOW`]: from one visitor, and from all together. The second is wide, so that nobody keeps
/// somebody else out from a few addresses.
const LOGINS: u32 = 20;
const LOGINS_FROM_ALL: u32 = 200;
const LOGIN_WINDOW: Duration = Duration::from_mins(20);

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Sending and supporting reports.
    Report,
    /// Trying receipts that are none.
    Receipt,
    /// Trying passwords.
    Password,
    /// Trying tokens and links that do not hold.
    Key,
}

/// The buckets.
#[derive(Debug)]
pub struct Limits {
    /// `None` when the operator has switched it off (to measure); guesses are always counted.
    reports: Option<Lanes>,
    receipts: Lanes,
    passwords: Lanes,
    keys: Lanes,
    /// Attempts at one login, by visitor and from wherever.
    logins: Lanes,
    logins_from_all: Lanes,
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

    /// Puts one back.
    fn give_back(&self, visitor: u64) {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = full_at.get_mut(&visitor) {
            *at = at.checked_sub(self.each).unwrap_or(*at);
        }
    }
}

impl Limits {
    /// `reports` a minute and visitor; receipts and tokens have limits of their own that do not grow with it.
    pub fn new(reports: Option<NonZeroU32>) -> Self {
        Self {
            reports: reports.map(|reports| Lanes::a_minute(reports.get())),
            receipts: Lanes::a_minute(30),
            passwords: Lanes::a_minute(10),
            keys: Lanes::a_minute(10),
            logins: Lanes { each: LOGIN_WINDOW / LOGINS, all: LOGIN_WINDOW, full_at: Mutex::default() },
            logins_from_all: Lanes { each: LOGIN_WINDOW / LOGINS_FROM_ALL, all: LOGIN_WINDOW, full_at: Mutex::default() },
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

    /// Puts back what was taken for something that was in order.
    pub fn give_back(&self, lane: Lane, visitor: IpAddr) {
        if let Some(lanes) = self.lanes(lane) {
            lanes.give_back(self.hasher.hash_one(network(visitor)));
        }
    }

    /// Counts an attempt at a login, whether somebody has it or not, or says when to come back.
    pub fn take_login(&self, login: &str, visitor: IpAddr) -> Result<(), Problem> {
        let [by_visitor, by_all] = self.login_keys(login, visitor);
        let now = Instant::now();
        let taken = self.logins.look(by_visitor, now, true).and_then(|()| self.logins_from_all.look(by_all, now, true));
        taken.map_err(|wait| Problem::new(Kind::RateLimited).retry_after(wait.as_secs() + 1))
    }

    /// Puts back an attempt that was right.
    pub fn give_back_login(&self, login: &str, visitor: IpAddr) {
        let [by_visitor, by_all] = self.login_keys(login, visitor);
        self.logins.give_back(by_visitor);
        self.logins_from_all.give_back(by_all);
    }

    fn login_keys(&self, login: &str, visitor: IpAddr) -> [u64; 2] {
        let login = login.trim().to_lowercase();
        [self.hasher.hash_one((&login, network(visitor))), self.hasher.hash_one(&login)]
    }

    fn lanes(&self, lane: Lane) -> Option<&Lanes> {
        match lane {
            Lane::Report => self.reports.as_ref(),
            Lane::Receipt => Some(&self.receipts),
            Lane::Password => Some(&self.passwords),
            Lane::Key => Some(&self.keys),
        }
    }

    fn look(&self, lane: Lane, visitor: IpAddr, take: bool) -> Result<(), Problem> {
        let visitor = self.hasher.hash_one(network(visitor));
        let looked = self.lanes(lane).map_or(Ok(()), |lanes| lanes.look(visitor, Instant::now(), take));
        looked.map_err(|wait| Problem::new(Kind::RateLimited).retry_after(wait.as_secs() + 1))
    }

    /// Forgets visitors whose buckets are full again.
    pub fn tidy(&self) {
        let now = Instant::now();
        for lanes in self.reports.iter().chain([&self.receipts, &self.passwords, &self.keys, &self.logins, &self.logins_from_all]) {
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
        assert_eq!([Lane::Report, Lane::Receipt, Lane::Password, Lane::Key].map(most), [100, 30, 10, 10]);
    }

    #[test]
    fn what_was_right_is_put_back_and_nobody_keeps_somebody_out_alone() {
        let limits = Limits::new(None);
        let of = |last: u8| IpAddr::from([203, 0, 113, last]);
        for _ in 0..500 {
            assert!(limits.take(Lane::Password, of(1)).is_ok() && limits.take_login("anna", of(1)).is_ok());
            limits.give_back(Lane::Password, of(1));
            limits.give_back_login("anna", of(1));
        }
        let heard = (0..100).filter(|_| limits.take_login("anna", of(2)).is_ok()).count();
        assert_eq!(heard, 20);
        assert!(limits.take_login("Anna ", of(1)).is_ok(), "from elsewhere");
        let all: usize = (3..=60).map(|last| (0..20).filter(|_| limits.take_login("anna", of(last)).is_ok()).count()).sum();
        assert!(all < 200, "all together are bounded too: {all}");
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
