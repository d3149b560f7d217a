//! Which things belong together: union by the smaller number, with path halving (Tarjan and van Leeuwen 1984).

/// A partition of `0..n`.
#[derive(Clone, Debug)]
pub(super) struct UnionFind(Vec<u32>);

impl UnionFind {
    /// Each by itself.
    pub(super) fn new(n: usize) -> Self {
        Self((0..n as u32).collect())
    }

    /// The least member of the set that holds `one`.
    pub(super) fn root(&mut self, mut one: u32) -> u32 {
        while self.0[one as usize] != one {
            let above = self.0[self.0[one as usize] as usize];
            self.0[one as usize] = above;
            one = above;
        }
        one
    }

    /// Makes two sets one.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}
