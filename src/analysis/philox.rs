//! Random numbers by counting: the n-th block of a stream is a function of (seed, stream, n) and of nothing else, so a
//! simulation gives the same answer whoever runs it, in whatever order.
//!
//! Philox4x64-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC'11, 2011). The
//! numbers are those of NumPy's `Philox(key=[seed, stream]).random_raw()`. Not for secrets.

/// The multipliers and key steps of the paper.
const MULTIPLIERS: [u64; 2] = [0xD2E7_470E_E14C_6C93, 0xCA5A_8263_9512_1157];
const WEYL: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xBB67_AE85_84CA_A73B];

/// One stream of random 64-bit numbers.
#[derive(Clone, Debug)]
pub(super) struct Philox {
    key: [u64; 2],
    counter: u64,
    block: [u64; 4],
    used: usize,
}

impl Philox {
    /// The stream number `stream` under `seed`, at its start.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        Self { key: [seed, stream], counter: 0, block: [0; 4], used: 4 }
    }

    /// The next number, uniform over all of `u64`.
    pub(super) fn next(&mut self) -> u64 {
        if self.used == self.block.len() {
            // Counts from 1, as NumPy does.
            self.counter = self.counter.wrapping_add(1);
            self.block = block([self.counter, 0, 0, 0], self.key);
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }
}

fn block(mut c: [u64; 4], mut key: [u64; 2]) -> [u64; 4] {
    for _ in 0..10 {
        let a = u128::from(c[0]) * u128::from(MULTIPLIERS[0]);
        let b = u128::from(c[2]) * u128::from(MULTIPLIERS[1]);
        c = [(b >> 64) as u64 ^ c[1] ^ key[0], b as u64, (a >> 64) as u64 ^ c[3] ^ key[1], a as u64];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `tests/reference/scan/make_philox.py`.
    const REFERENCE: &str = include_str!("../../tests/reference/scan/philox.csv");

    #[test]
    fn the_numbers_are_those_of_numpy() {
        let mut checked = 0;
        for line in REFERENCE.lines().skip(2) {
            let numbers: Vec<u64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
            let mut stream = Philox::new(numbers[0], numbers[1]);
            let drawn: Vec<u64> = (2..numbers.len()).map(|_| stream.next()).collect();
            assert_eq!(drawn, numbers[2..], "seed {} stream {}", numbers[0], numbers[1]);
            checked += drawn.len();
        }
        assert_eq!(checked, 6 * 11);
    }
}
