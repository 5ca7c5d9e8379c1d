//! Disjoint sets.

/// Disjoint sets whose root is always the least member.
pub(crate) struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    pub fn new(count: usize) -> Sets {
        Sets { parent: (0..count).collect() }
    }

    pub fn root(&mut self, ix: usize) -> usize {
        let mut at = ix;
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Makes `ix` a set of its own.
    pub fn take_out(&mut self, ix: usize) {
        let root = self.root(ix);
        let members: Vec<usize> = (0..self.parent.len()).filter(|&m| m != ix && self.root(m) == root).collect();
        self.parent[ix] = ix;
        if let Some(&least) = members.first() {
            for member in members {
                self.parent[member] = least;
            }
        }
    }
}
