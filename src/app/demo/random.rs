//! Dice that fall alike on every machine and with every library version.
//!
//! SplitMix64 (Steele, Lea & Flood 2014) spreads a seed; xoshiro256++ (Blackman & Vigna 2019) makes the stream.
//! Only integers and exactly rounded float operations are used, so the stream never depends on a maths library.

/// One step of SplitMix64: also a good 64-bit mixer for hashing small numbers.
pub(super) const fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A xoshiro256++ generator.
pub(super) struct Dice([u64; 4]);

impl Dice {
    /// A stream of its own for every pair of seed and purpose.
    pub(super) const fn new(seed: u64, purpose: u64) -> Self {
        let a = mix(seed ^ mix(purpose));
        let b = mix(a);
        let c = mix(b);
        Self([a, b, c, mix(c)])
    }

    /// 64 random bits.
    pub(super) const fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// 128 random bits.
    pub(super) const fn bytes(&mut self) -> [u8; 16] {
        (((self.bits() as u128) << 64) | self.bits() as u128).to_be_bytes()
    }

    /// Uniform in `0.0..1.0`.
    pub(super) const fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Uniform in `low..high`.
    pub(super) const fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in `0..n`; 0 when `n` is 0.
    pub(super) const fn below(&mut self, n: usize) -> usize {
        ((self.bits() as u128 * n as u128) >> 64) as usize
    }

    /// True with this probability.
    pub(super) const fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// About normal, mean 0 and deviation 1: the sum of six uniforms, so never farther out than 4.3.
    pub(super) fn normal(&mut self) -> f64 {
        let sum: f64 = (0..6).map(|_| self.unit()).sum();
        (sum - 3.0) * std::f64::consts::SQRT_2
    }

    /// A positive wait with median about `median` and a long tail, cut at a hundred times the median.
    pub(super) const fn wait(&mut self, median: f64) -> f64 {
        let u = self.unit();
        let wait = median * u / (1.01 - u);
        if wait > 100.0 * median { 100.0 * median } else { wait }
    }

    /// A direction: a unit vector (by rejection, so without sine and cosine).
    pub(super) fn direction(&mut self) -> (f64, f64) {
        loop {
            let (x, y) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            let length = x * x + y * y;
            if (0.01..1.0).contains(&length) {
                return (x / length.sqrt(), y / length.sqrt());
            }
        }
    }

    /// One of the values, by weight; the weights need not sum to anything.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(T, f64)]) -> Option<T> {
        let total: f64 = choices.iter().map(|(_, weight)| weight).sum();
        let mut left = self.unit() * total;
        for (value, weight) in choices {
            left -= weight;
            if left < 0.0 {
                return Some(*value);
            }
        }
        choices.last().map(|(value, _)| *value)
    }

    /// One of the values, all alike.
    pub(super) fn one_of<'a, T: ?Sized>(&mut self, values: &[&'a T]) -> Option<&'a T> {
        values.get(self.below(values.len())).copied()
    }
}

/// A table for drawing many times by weight: cumulative sums, found by bisection.
pub(super) struct Table(Vec<f64>);

impl Table {
    /// From the weights, in order.
    pub(super) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        Self(
            weights
                .into_iter()
                .map(|weight| {
                    sum += weight;
                    sum
                })
                .collect(),
        )
    }

    /// The position of one weight, drawn in proportion to it.
    pub(super) fn draw(&self, dice: &mut Dice) -> usize {
        let target = dice.unit() * self.0.last().copied().unwrap_or_default();
        self.0.partition_point(|sum| *sum <= target).min(self.0.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix_gives_the_published_sequence() {
        // The first outputs for seed 1234567, as published with the reference implementation in C.
        let step = 0x9E37_79B9_7F4A_7C15_u64;
        let seed = 1_234_567_u64;
        assert_eq!(mix(seed), 6_457_827_717_110_365_317);
        assert_eq!(mix(seed.wrapping_add(step)), 3_203_168_211_198_807_973);
    }

    #[test]
    fn xoshiro_gives_the_published_sequence() {
        // State 1, 2, 3, 4: the test vector of the reference implementation.
        let mut dice = Dice([1, 2, 3, 4]);
        assert_eq!([dice.bits(), dice.bits(), dice.bits()], [41_943_041, 58_720_359, 3_588_806_011_781_223]);
    }

    #[test]
    fn draws_follow_their_weights() {
        let mut dice = Dice::new(1, 2);
        let table = Table::new([1.0, 0.0, 3.0]);
        let mut seen = [0; 3];
        for _ in 0..10_000 {
            seen[table.draw(&mut dice)] += 1;
        }
        assert!(seen[1] == 0 && (2_300..2_700).contains(&seen[0]), "{seen:?}");
    }
}
