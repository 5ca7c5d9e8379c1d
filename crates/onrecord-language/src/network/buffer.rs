//! Room for numbers that begins where a cache line begins: no load or store of sixteen then touches two lines.

use std::ops::{Deref, DerefMut};

#[repr(C, align(64))]
#[derive(Clone, Copy)]
struct Line([f32; 16]);

/// A growing array of `f32`, its first one at a multiple of 64 bytes.
#[derive(Default)]
pub(crate) struct Buffer {
    lines: Vec<Line>,
    length: usize,
}

impl Buffer {
    /// Room for `length` numbers without a move.
    pub fn with_capacity(length: usize) -> Buffer {
        Buffer { lines: Vec::with_capacity(length.div_ceil(16)), length: 0 }
    }

    /// Brings it to a length: what stands in it stays, numbers behind that are zero or what stood there before.
    pub fn fit(&mut self, length: usize) {
        let lines = length.div_ceil(16);
        if lines > self.lines.len() {
            self.lines.resize(lines, Line([0.0; 16]));
        }
        self.length = length;
    }
}

impl From<&[f32]> for Buffer {
    fn from(numbers: &[f32]) -> Buffer {
        let mut buffer = Buffer::default();
        buffer.fit(numbers.len());
        buffer.copy_from_slice(numbers);
        buffer
    }
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: lines are plain numbers without padding, and `length` is at most what they hold.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.length) }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.length) }
    }
}

#[cfg(test)]
mod tests {
    use super::Buffer;

    #[test]
    fn a_buffer_grows_and_keeps_what_it_holds() {
        let mut buffer = Buffer::from(&[1.0, 2.0, 3.0][..]);
        buffer.fit(40);
        assert_eq!((buffer.len(), buffer.as_ptr() as usize % 64), (40, 0));
        assert_eq!((&buffer[..3], buffer[39]), (&[1.0, 2.0, 3.0][..], 0.0));
        buffer.fit(2);
        assert_eq!(buffer[..], [1.0, 2.0]);
    }
}
