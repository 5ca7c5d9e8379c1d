//! The arc-eager transition system as spaCy has it: a stack, a buffer, and words put back onto the buffer.

use crate::scorer::MISSING;

/// No token.
const NONE: u32 = u32::MAX;
/// No arc.
const END: u32 = u32::MAX;

/// What an action does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Move {
    /// The next word of the buffer goes onto the stack.
    Shift,
    /// The top of the stack goes away, or back to the buffer if it has no head yet.
    Reduce,
    /// The next word of the buffer becomes head of the top of the stack, which goes away.
    Left,
    /// The top of the stack becomes head of the next word of the buffer, which goes onto the stack.
    Right,
    /// A sentence begins at the second word of the buffer.
    Break,
}

/// How many moves there are.
pub(super) const MOVES_COUNT: usize = 5;

/// A parse under way.
#[derive(Default)]
pub(super) struct State {
    length: u32,
    next: u32,
    stack: Vec<u32>,
    /// Words put back, the nearest last.
    put_back: Vec<u32>,
    heads: Vec<u32>,
    labels: Vec<u16>,
    was_put_back: Vec<bool>,
    starts: Vec<bool>,
    /// The arc last added, by head: to children on the left and on the right.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    /// Child, and the arc that its head got before it.
    arcs: Vec<(u32, u32)>,
}

impl State {
    /// Begins a document of `length` tokens.
    pub fn begin(&mut self, length: usize) {
        self.length = length as u32;
        self.next = 0;
        self.stack.clear();
        self.put_back.clear();
        self.arcs.clear();
        for tokens in [&mut self.heads, &mut self.last_left, &mut self.last_right] {
            tokens.clear();
            tokens.resize(length, NONE);
        }
        self.labels.clear();
        self.labels.resize(length, 0);
        for flags in [&mut self.was_put_back, &mut self.starts] {
            flags.clear();
            flags.resize(length, false);
        }
        if let Some(first) = self.starts.first_mut() {
            *first = true;
        }
    }

    /// Whether nothing is left to do.
    pub fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    /// Gives up: nothing is left to do.
    pub fn finish(&mut self) {
        self.stack.clear();
        self.put_back.clear();
        self.next = self.length;
    }

    /// Head and label of a token, if it has a head.
    pub fn arc(&self, token: usize) -> Option<(u32, u16)> {
        (self.heads[token] != NONE).then(|| (self.heads[token], self.labels[token]))
    }

    /// The tokens that the network looks at.
    pub fn features(&self) -> [u32; 8] {
        const { assert!(NONE == MISSING) }
        let (b0, s0) = (self.buffer(0), self.stacked(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stacked(1),
            self.stacked(2),
            self.last_child(&self.last_left, b0),
            self.last_child(&self.last_left, s0),
            self.last_child(&self.last_right, s0),
        ]
    }

    /// What may be done: a set of moves, one bit for each by its number.
    pub fn valid(&self) -> usize {
        let is_stack_empty = self.stack.is_empty();
        let left = self.buffer_length();
        let b0 = self.buffer(0);
        let at_start = self.is_start(b0);
        let is_put_back = b0 != NONE && self.was_put_back[b0 as usize];
        let shift = is_stack_empty || (left >= 2 && !at_start && !is_put_back);
        let arc = !is_stack_empty && left > 0 && !at_start;
        let b1 = self.buffer(1);
        let breaks = left >= 2 && b1 == b0.wrapping_add(1) && !self.is_start(b1);
        let moves: [bool; MOVES_COUNT] = [shift, !is_stack_empty, arc, arc, breaks];
        moves.iter().rev().fold(0, |set, &valid| set << 1 | usize::from(valid))
    }

    /// Does it. The move must be a valid one.
    pub fn act(&mut self, action: Move, label: u16) {
        match action {
            Move::Shift => self.push(),
            Move::Reduce => self.reduce(),
            Move::Left => {
                let (b0, s0) = (self.buffer(0), self.stacked(0));
                self.add_arc(b0, s0, label);
                self.was_put_back[b0 as usize] = false;
                self.stack.pop();
            }
            Move::Right => {
                self.add_arc(self.stacked(0), self.buffer(0), label);
                self.push();
            }
            Move::Break => {
                let b1 = self.buffer(1) as usize;
                self.starts[b1] = true;
            }
        }
    }

    fn buffer_length(&self) -> u32 {
        self.length - self.next + self.put_back.len() as u32
    }

    fn buffer(&self, index: usize) -> u32 {
        let back = self.put_back.len();
        if index < back {
            return self.put_back[back - 1 - index];
        }
        let token = self.next + (index - back) as u32;
        if token < self.length { token } else { NONE }
    }

    fn stacked(&self, index: usize) -> u32 {
        let depth = self.stack.len();
        if index < depth { self.stack[depth - 1 - index] } else { NONE }
    }

    fn last_child(&self, last: &[u32], head: u32) -> u32 {
        match last.get(head as usize) {
            Some(&arc) if arc != END => self.arcs[arc as usize].0,
            _ => NONE,
        }
    }

    fn is_start(&self, token: u32) -> bool {
        self.starts.get(token as usize).copied().unwrap_or(false)
    }

    fn push(&mut self) {
        let token = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn reduce(&mut self) {
        let is_last = self.stack.len() == 1;
        let Some(top) = self.stack.pop() else { return };
        if self.heads[top as usize] == NONE && !is_last {
            self.was_put_back[top as usize] = true;
            self.put_back.push(top);
        }
    }

    fn add_arc(&mut self, head: u32, child: u32, label: u16) {
        let old = self.heads[child as usize];
        if old != NONE {
            self.drop_arc(old, child);
        }
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.arcs.push((child, last[head as usize]));
        last[head as usize] = self.arcs.len() as u32 - 1;
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    /// Takes back the arc if it is the one its head got last; else it stays among the children, as in spaCy.
    fn drop_arc(&mut self, head: u32, child: u32) {
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        let arc = last[head as usize];
        if arc != END && self.arcs[arc as usize].0 == child {
            last[head as usize] = self.arcs[arc as usize].1;
        }
    }
}
