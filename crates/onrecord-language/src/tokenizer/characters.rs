//! Classes of characters, as the tokenizer's expressions and Python's `str` methods have them.

use crate::error::ModelError;
use crate::fields::Fields;
use crate::model::Model;

/// The classes, one bit each, in the order in which the conversion script writes them.
pub(crate) mod class {
    /// White space.
    pub const SPACE: u16 = 1;
    /// A prefix of one character.
    pub const PREFIX: u16 = 1 << 1;
    /// A suffix of one character, whatever stands before it.
    pub const SUFFIX: u16 = 1 << 2;
    /// An infix of one character, whatever stands around it.
    pub const INFIX: u16 = 1 << 3;
    /// Lower-case letters of the expressions (with the letters of scripts that have no case).
    pub const ALPHA_LOWER: u16 = 1 << 4;
    /// Upper-case letters of the expressions (with the letters of scripts that have no case).
    pub const ALPHA_UPPER: u16 = 1 << 5;
    /// Letters of the expressions.
    pub const ALPHA: u16 = 1 << 6;
    /// Quotation marks and some brackets.
    pub const QUOTE: u16 = 1 << 7;
    /// A full stop after such a character is a suffix.
    pub const BEFORE_STOP: u16 = 1 << 8;
    /// `\w`.
    pub const WORD: u16 = 1 << 9;
    /// `\d`.
    pub const DECIMAL: u16 = 1 << 10;
}

const BLOCK: usize = 256;

/// The classes of every code point, in two levels: blocks of 256, equal blocks stored once.
pub(crate) struct Characters {
    index: Vec<u16>,
    classes: Vec<u16>,
}

impl Characters {
    pub fn new(model: &Model) -> Result<Characters, ModelError> {
        let mut fields = Fields::new(model, "tokenizer.characters")?;
        let (index_count, block_count) = (fields.short()? as usize, fields.short()? as usize);
        let index = fields.shorts(index_count)?;
        if index_count != (char::MAX as usize + 1) / BLOCK || index.iter().any(|&block| block as usize >= block_count) {
            return Err(fields.wrong("its index points nowhere"));
        }
        let classes = fields.shorts(block_count * BLOCK)?;
        fields.end()?;
        Ok(Characters { index, classes })
    }

    /// The classes of `c`.
    pub fn of(&self, c: char) -> u16 {
        let point = c as usize;
        self.classes[self.index[point / BLOCK] as usize * BLOCK + point % BLOCK]
    }

    /// Whether `c` is in one of `classes`.
    pub fn is(&self, c: char, classes: u16) -> bool {
        self.of(c) & classes != 0
    }
}
