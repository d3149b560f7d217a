//! Who reports: some hundreds of devices, a few of them eager, each with a home and with a token for every quarter.

use super::random::{Dice, mix};
use crate::domain::codes::Perspective as P;

/// All the devices of one kommun.
pub(super) struct People {
    salt: u64,
    count: usize,
}

impl People {
    /// Enough people for this many reports.
    pub(super) fn new(salt: u64, reports: usize) -> Self {
        Self { salt, count: (reports * 11 / 20).max(12) }
    }

    /// Somebody: low numbers report more often than high ones.
    pub(super) fn anyone(&self, dice: &mut Dice) -> usize {
        let u = dice.unit();
        (self.count as f64 * u * u.sqrt()) as usize
    }

    /// One of the few who report a certain place.
    pub(super) const fn one_of(&self, place: usize, few: usize, dice: &mut Dice) -> usize {
        let which = dice.below(few);
        (mix(self.salt ^ mix((place as u64) << 8 | which as u64)) % self.count as u64) as usize
    }

    /// Dice that fall alike whenever the same person is met.
    pub(super) const fn dice(&self, person: usize) -> Dice {
        Dice::new(self.salt, person as u64)
    }

    /// The token of a person in a quarter: nothing links it to the same person's next one.
    pub(super) const fn token(&self, person: usize, quarter: usize) -> [u8; 16] {
        Dice::new(mix(self.salt ^ 0x70_6F_6B_65_6E), ((person as u64) << 8) | quarter as u64).bytes()
    }

    /// Whom a person answers as: the same words every time they give them.
    pub(super) fn perspectives(&self, person: usize) -> Vec<P> {
        let mut dice = self.dice(person);
        let _home = dice.bits();
        let mut own = Vec::new();
        own.extend(dice.weighted(&[(Some(P::Woman), 55.0), (Some(P::Man), 36.0), (Some(P::OtherGender), 1.5), (None, 8.0)]).flatten());
        own.extend(dice.weighted(&[(None, 62.0), (Some(P::Youth), 11.0), (Some(P::Child), 2.0), (Some(P::Age65Plus), 17.0)]).flatten());
        own.extend(
            dice.weighted(&[
                (None, 60.0),
                (Some(P::Cyclist), 10.0),
                (Some(P::Stroller), 6.0),
                (Some(P::NightWorker), 4.0),
                (Some(P::WheelchairOrWalker), 3.0),
                (Some(P::LowVision), 2.0),
                (Some(P::HardOfHearing), 2.0),
                (Some(P::NewInSweden), 3.0),
                (Some(P::Visitor), 2.0),
                (Some(P::Cognitive), 1.0),
            ])
            .flatten(),
        );
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_change_with_the_quarter_and_never_meet() {
        let people = People::new(1, 1_000);
        let mut tokens: Vec<_> =
            (0..550).flat_map(|person| (0..8).map(move |quarter| (person, quarter))).map(|(p, q)| people.token(p, q)).collect();
        tokens.sort_unstable();
        tokens.dedup();
        assert_eq!(tokens.len(), 550 * 8);
    }
}
