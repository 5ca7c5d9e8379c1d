//! A bounded table of what depends on the word form alone, filled as forms come.

use super::buffer::Buffer;

const NONE: u32 = u32::MAX;

/// Row 0 stands for no word: it is zero, and always there.
pub(crate) const NO_WORD: u32 = 0;

/// Rows by key. Keys are small numbers (indexes of forms). In a full table a hand goes round: a row that was not used
/// since the hand last passed it is given away.
pub(crate) struct Table {
    pub rows: Buffer,
    slot_of: Vec<u32>,
    owners: Vec<u32>,
    /// By slot: the round of the last use, and the round from which on a use counts when the hand comes.
    used: Vec<u32>,
    counts_from: Vec<u32>,
    width: usize,
    capacity: usize,
    hand: usize,
    round: u32,
}

impl Table {
    /// A table of at most `capacity` rows of `width` numbers, except that a round always finds room for all its keys.
    pub fn new(capacity: usize, width: usize) -> Table {
        let mut rows = Buffer::with_capacity((capacity + 1) * width);
        rows.fit(width);
        Table {
            rows,
            slot_of: Vec::new(),
            owners: vec![NONE],
            used: vec![0],
            counts_from: vec![0],
            width,
            capacity,
            hand: 1,
            round: 0,
        }
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        *self = Table::new(self.capacity, self.width);
    }

    /// The row at `slot`.
    pub fn row(&mut self, slot: u32) -> &mut [f32] {
        &mut self.rows[slot as usize * self.width..][..self.width]
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
            self.counts_from[slot as usize] = self.round + 1;
            missing.push((key, slot));
        }
        self.used[slot as usize] = self.round;
        slot
    }

    fn free_slot(&mut self) -> u32 {
        if self.owners.len() > self.capacity {
            // The first turn may find that all were used again, the second finds one, unless this round needs them all.
            for _ in 0..2 * self.owners.len() {
                let slot = self.hand;
                self.hand = if slot + 1 < self.owners.len() { slot + 1 } else { 1 };
                if self.used[slot] < self.counts_from[slot] && self.used[slot] < self.round {
                    self.slot_of[self.owners[slot] as usize] = NONE;
                    return slot as u32;
                }
                self.counts_from[slot] = self.round;
            }
        }
        let slot = self.owners.len() as u32;
        self.owners.push(NONE);
        self.used.push(0);
        self.counts_from.push(0);
        self.rows.fit(self.rows.len() + self.width);
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks for the keys in one round; gives those that were missing.
    fn ask(table: &mut Table, keys: &[u32]) -> Vec<u32> {
        let mut missing = Vec::new();
        table.begin();
        let slots: Vec<u32> = keys.iter().map(|&key| table.slot(key, &mut missing)).collect();
        for (i, &slot) in slots.iter().enumerate() {
            assert!(slot != NO_WORD && keys.iter().zip(&slots).all(|(k, s)| (*k == keys[i]) == (*s == slot)));
        }
        missing.into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn what_is_known_is_not_missing() {
        let mut table = Table::new(4, 16);
        assert_eq!(ask(&mut table, &[7, 8, 7]), [7, 8]);
        assert_eq!(ask(&mut table, &[8, 9]), [9]);
    }

    #[test]
    fn what_is_used_again_stays() {
        let mut table = Table::new(4, 16);
        for once in 0..50 {
            let missing = ask(&mut table, &[100, 200 + once]);
            assert_eq!(missing.contains(&100), once == 0);
        }
        assert!(table.owners.len() <= 5);
    }

    #[test]
    fn a_round_finds_room_for_all_its_keys() {
        let mut table = Table::new(2, 16);
        let keys: Vec<u32> = (0..10).collect();
        assert_eq!(ask(&mut table, &keys), keys);
        assert_eq!(ask(&mut table, &keys), []);
    }
}
