//! From arcs to a tree: lifted arcs go back to their heads, sentences are what roots span.

use onrecord_model::{Rel, TokenIx};

/// A relation as the parser knows it: `prep||dobj` is a `prep` whose true head hangs below as `dobj`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Relation {
    pub rel: Rel,
    pub lifted_from: Option<Rel>,
}

/// Room to work in, kept between documents.
#[derive(Default)]
pub(super) struct Edges {
    left: Vec<u32>,
    right: Vec<u32>,
    is_start: Vec<bool>,
    queue: Vec<u32>,
    next_queue: Vec<u32>,
}

impl Edges {
    /// Moves lifted arcs down to where they belong and marks where sentences start.
    pub fn settle(
        &mut self,
        heads: &mut [TokenIx],
        relations: &mut [Relation],
        is_space: impl Fn(usize) -> bool,
        starts: &mut Vec<bool>,
    ) {
        self.find(heads);
        let mut moved = false;
        for token in 0..heads.len() {
            if let Some(wanted) = relations[token].lifted_from {
                heads[token] = self.find_head(token, wanted, heads, relations, &is_space);
                relations[token].lifted_from = None;
                moved = true;
            }
        }
        if moved {
            self.find(heads);
        }
        starts.clear();
        starts.resize(heads.len(), false);
        for (token, &head) in heads.iter().enumerate() {
            if head as usize == token {
                starts[self.left[token] as usize] = true;
            }
        }
    }

    /// The first token below the head of `token`, breadth first and from the left, that hangs there as `wanted`.
    fn find_head(
        &mut self,
        token: usize,
        wanted: Rel,
        heads: &[TokenIx],
        relations: &[Relation],
        is_space: &impl Fn(usize) -> bool,
    ) -> TokenIx {
        self.queue.clear();
        self.queue.push(heads[token]);
        while !self.queue.is_empty() {
            self.next_queue.clear();
            for &above in &self.queue {
                let above = above as usize;
                for child in self.left[above]..=self.right[above] {
                    let at = child as usize;
                    if at == above || heads[at] as usize != above || at == token || is_space(at) {
                        continue;
                    }
                    if relations[at] == (Relation { rel: wanted, lifted_from: None }) {
                        return child;
                    }
                    self.next_queue.push(child);
                }
            }
            std::mem::swap(&mut self.queue, &mut self.next_queue);
        }
        heads[token]
    }

    /// Finds the outermost tokens below each token. Crossing arcs need several rounds; their number is spaCy's.
    fn find(&mut self, heads: &[TokenIx]) {
        self.left.clear();
        self.left.extend(0..heads.len() as u32);
        self.right.clear();
        self.right.extend(0..heads.len() as u32);
        for round in 0.. {
            if self.spread(heads) || round > 10 {
                break;
            }
        }
    }

    /// One round in both directions; true if every head then lies in its sentence.
    fn spread(&mut self, heads: &[TokenIx]) -> bool {
        let count = heads.len();
        for child in (0..count).chain((0..count).rev()) {
            let head = heads[child] as usize;
            self.left[head] = self.left[head].min(self.left[child]);
            self.right[head] = self.right[head].max(self.right[child]);
        }
        self.is_start.clear();
        self.is_start.resize(count, false);
        for (token, &head) in heads.iter().enumerate() {
            if head as usize == token {
                self.is_start[self.left[token] as usize] = true;
            }
        }
        let mut first = 0;
        for token in 0..count {
            if (token > 0 && self.is_start[token]) || token + 1 == count {
                let sentence = first as u32..token as u32 + 1;
                if heads[first..token].iter().any(|head| !sentence.contains(head)) {
                    return false;
                }
                first = token;
            }
        }
        true
    }
}
