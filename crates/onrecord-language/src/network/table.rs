//! A bounded table of what depends on the word form alone, filled as forms come.

use super::kernels::FORM_ROW;

const NONE: u32 = u32::MAX;

/// Row 0 stands for no word: it is zero, and always there.
pub(crate) const NO_WORD: u32 = 0;

/// Rows by key. Keys are small numbers (indexes of forms); a full table gives away the rows longest unused.
pub(crate) struct Table {
    pub rows: Vec<f32>,
    slot_of: Vec<u32>,
    owners: Vec<u32>,
    used: Vec<u32>,
    capacity: usize,
    hand: usize,
    round: u32,
}

impl Table {
    /// A table of at most `capacity` rows, except that a round always finds room for all its keys.
    pub fn new(capacity: usize) -> Table {
        Table {
            rows: vec![0.0; FORM_ROW],
            slot_of: Vec::new(),
            owners: vec![NONE],
            used: vec![0],
            capacity,
            hand: 1,
            round: 0,
        }
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        *self = Table::new(self.capacity);
    }

    /// Begins a round: rows asked for during a round stay until the next one begins.
    pub fn begin(&mut self) {
        self.round += 1;
    }

    /// The slot of `key`; if it is new, it is also put on the list of `missing` (key, slot), to be filled.
    pub fn slot(&mut self, key: u32, missing: &mut Vec<(u32, u32)>) -> u32 {
        let at = key as usize;
        if at >= self.slot_of.len() {
            self.slot_of.resize(at + 1, NONE);
        }
        let mut slot = self.slot_of[at];
        if slot == NONE {
            slot = self.free_slot();
            self.slot_of[at] = slot;
            self.owners[slot as usize] = key;
            missing.push((key, slot));
        }
        self.used[slot as usize] = self.round;
        slot
    }

    fn free_slot(&mut self) -> u32 {
        if self.owners.len() > self.capacity {
            // One turn of the hand: a row used within the last rounds gets older, one unused for long is given away.
            for _ in 0..self.owners.len() {
                let slot = self.hand;
                self.hand = if slot + 1 < self.owners.len() { slot + 1 } else { 1 };
                if self.used[slot] + 8 < self.round {
                    self.slot_of[self.owners[slot] as usize] = NONE;
                    return slot as u32;
                }
            }
        }
        let slot = self.owners.len() as u32;
        self.owners.push(NONE);
        self.used.push(0);
        self.rows.resize(self.rows.len() + FORM_ROW, 0.0);
        slot
    }
}
