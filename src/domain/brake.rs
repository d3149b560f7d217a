//! The brake against floods: a report that looks like one of many is held until somebody has looked.
//!
//! Three signs, each seen in what one kommun has been sent lately: a burst in one square, the same words again, one address pointed at again.
//! Nothing here refuses a report: honest ones that come in a burst are counted when a moderator has seen them.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::moderation::ModerationReason;

/// How many reports of one square of 250 m are ordinary within [`BURST_WITHIN`].
pub const BURST: usize = 20;
/// The time in which a burst is counted.
pub const BURST_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// How often the same words, or the same address, are ordinary within a day.
pub const ALIKE: usize = 2;
/// How long anything is remembered.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// How many reports of a kommun are remembered.
const MOST: usize = 20_000;
/// Shorter words are alike by chance.
const LETTERS_MIN: usize = 12;
/// How a street ends in Swedish, lower case.
const STREETS: [&str; 12] =
    ["gatan", "gata", "vägen", "väg", "gränd", "gränden", "stigen", "stig", "torget", "backen", "allén", "esplanaden"];

/// What is looked at of a report. Its words are remembered as hashes only.
#[derive(Clone, Debug)]
pub struct Sign {
    id: Uuid,
    at: Timestamp,
    square: Option<(i64, i64)>,
    words: Option<u64>,
    addresses: Vec<u64>,
}

impl Sign {
    /// Of a report with an id, received at a time, in a square of 250 m (if it is on the map), with these words.
    pub fn new(id: Uuid, at: Timestamp, square: Option<(i64, i64)>, words: &str) -> Self {
        let letters: String = words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let alike = (letters.chars().count() >= LETTERS_MIN).then(|| hash(&letters));
        Self { id, at, square, words: alike, addresses: addresses(words).iter().map(|address| hash(address)).collect() }
    }
}

/// What a kommun has been sent lately.
#[derive(Debug, Default)]
pub struct Brake(VecDeque<Sign>);

impl Brake {
    /// Remembers a report and says why it should be held, if it should. A report that is sent again is judged once.
    pub fn judge(&mut self, sign: Sign) -> Option<ModerationReason> {
        while self.0.front().is_some_and(|first| sign.at.duration_since(first.at) > REMEMBERED) || self.0.len() >= MOST {
            self.0.pop_front();
        }
        let others = || self.0.iter().filter(|other| other.id != sign.id);
        let of_square = |other: &&Sign| other.square == sign.square && sign.at.duration_since(other.at) <= BURST_WITHIN;
        let reason = if sign.words.is_some() && others().filter(|other| other.words == sign.words).count() >= ALIKE {
            Some(ModerationReason::LookAlike)
        } else if sign.addresses.iter().any(|address| others().filter(|other| other.addresses.contains(address)).count() >= ALIKE) {
            Some(ModerationReason::PointedAt)
        } else if sign.square.is_some() && others().filter(of_square).count() >= BURST {
            Some(ModerationReason::Burst)
        } else {
            None
        };
        if !self.0.iter().any(|other| other.id == sign.id) {
            self.0.push_back(sign);
        }
        reason
    }
}

/// Streets with a number in a text, lower case: `storgatan 12`.
fn addresses(words: &str) -> Vec<String> {
    let tokens: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(|token| token.chars().flat_map(char::to_lowercase).collect())
        .collect();
    let numbered = |pair: &&[String]| {
        let street = STREETS.iter().any(|end| pair[0].ends_with(end));
        street && pair[1].len() <= 5 && pair[1].starts_with(|c: char| c.is_ascii_digit())
    };
    tokens.windows(2).filter(numbered).map(|pair| pair.join(" ")).collect()
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).expect("a time")
    }

    fn sign(id: u128, seconds: i64, square: i64, words: &str) -> Sign {
        Sign::new(Uuid::from_u128(id), at(seconds), Some((square, 0)), words)
    }

    #[test]
    fn a_burst_in_one_square_is_held_and_the_next_square_is_not() {
        let mut brake = Brake::default();
        let judged: Vec<_> = (0..1_000_u32).map(|n| brake.judge(sign(n.into(), i64::from(n) * 60 / 1_000, 1, ""))).collect();
        assert!(judged[..BURST].iter().all(Option::is_none));
        assert!(judged[BURST..].iter().all(|reason| *reason == Some(ModerationReason::Burst)));
        assert_eq!(brake.judge(sign(5_000, 61, 2, "")), None);
        // Twenty in an hour are a busy evening.
        let mut calm = Brake::default();
        assert!((0..60_u32).all(|n| calm.judge(sign(n.into(), i64::from(n) * 60, 1, "")).is_none()));
    }

    #[test]
    fn the_same_words_or_the_same_address_for_the_third_time_are_held() {
        let mut brake = Brake::default();
        let texts = ["Lamporna är trasiga här!", "lamporna är trasiga här", "LAMPORNA  är trasiga, här."];
        let judged: Vec<_> = texts.iter().enumerate().map(|(n, text)| brake.judge(sign(n as u128, 1, n as i64, text))).collect();
        assert_eq!(judged, [None, None, Some(ModerationReason::LookAlike)]);
        let texts =
            ["De bråkar på Storgatan 12", "Stök utanför storgatan 12 igen", "Undvik Storgatan 12, alltid folk där", "Storgatan 14 är mörk"];
        let judged: Vec<_> = texts.iter().enumerate().map(|(n, text)| brake.judge(sign(10 + n as u128, 2, n as i64, text))).collect();
        assert_eq!(judged, [None, None, Some(ModerationReason::PointedAt), None]);
        assert_eq!(brake.judge(sign(30, 86_500, 0, "De stökar vid Storgatan 12")), None, "a day later");
    }

    #[test]
    fn a_report_sent_again_is_not_its_own_likeness() {
        let mut brake = Brake::default();
        assert!((0..50).all(|n| brake.judge(sign(7, n, 1, "Det är mörkt vid bron")).is_none()));
        assert!(
            (0..50_u32).all(|n| brake.judge(sign(100 + u128::from(n), 0, i64::from(n), "mörkt")).is_none()),
            "short words are alike by chance"
        );
    }
}
