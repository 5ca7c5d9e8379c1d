//! Reading a section of mixed fields from its start to its end. All numbers are little-endian; a string is its length in
//! bytes (`u16`) and its UTF-8.

use crate::error::ModelError;
use crate::model::Model;

/// What is left to read of one section.
pub(crate) struct Fields<'m> {
    section: &'static str,
    rest: &'m [u8],
}

impl<'m> Fields<'m> {
    /// All of the section `name`.
    pub fn new(model: &'m Model, section: &'static str) -> Result<Fields<'m>, ModelError> {
        Ok(Fields { section, rest: model.bytes(section)? })
    }

    /// The error that says `what` is wrong with this section.
    pub fn wrong(&self, what: &'static str) -> ModelError {
        ModelError::Shape { section: self.section, what }
    }

    fn take(&mut self, count: usize) -> Result<&'m [u8], ModelError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(|| self.wrong("it is cut short"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next `count` bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'m [u8], ModelError> {
        self.take(count)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Result<u8, ModelError> {
        Ok(self.take(1)?[0])
    }

    /// The next two bytes.
    pub fn short(&mut self) -> Result<u16, ModelError> {
        let bytes = self.take(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    /// The next four bytes.
    pub fn word(&mut self) -> Result<u32, ModelError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// The next `count` numbers of two bytes.
    pub fn shorts(&mut self, count: usize) -> Result<Vec<u16>, ModelError> {
        let bytes = self.take(count.saturating_mul(2))?;
        Ok(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect())
    }

    /// A count and so many numbers of eight bytes, each greater than the one before it.
    pub fn sorted_longs(&mut self) -> Result<Vec<u64>, ModelError> {
        let count = self.word()? as usize;
        let bytes = self.take(count.saturating_mul(8))?;
        let longs: Vec<u64> = bytes.as_chunks().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect();
        match longs.is_sorted_by(|a, b| a < b) {
            true => Ok(longs),
            false => Err(self.wrong("its keys are out of order")),
        }
    }

    /// The next string.
    pub fn text(&mut self) -> Result<&'m str, ModelError> {
        let count = self.short()? as usize;
        std::str::from_utf8(self.take(count)?).map_err(|_| self.wrong("it has a string that is not UTF-8"))
    }

    /// A count and so many strings.
    pub fn texts(&mut self) -> Result<Vec<&'m str>, ModelError> {
        let count = self.short()?;
        (0..count).map(|_| self.text()).collect()
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), ModelError> {
        match self.rest.is_empty() {
            true => Ok(()),
            false => Err(self.wrong("it has something behind its end")),
        }
    }
}
