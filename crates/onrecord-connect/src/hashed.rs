//! A map for keys that are hashes or small numbers already, where the time to find one counts.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hash map without the cost of hashing. Its order says nothing: nothing that it is walked through for may depend on it.
pub(crate) type Hashed<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

/// Spreads a number over all bits.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
