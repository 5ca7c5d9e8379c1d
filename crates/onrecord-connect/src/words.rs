//! Words as copying sees them: folded, hashed, with their place in the text.

use onrecord_model::Span;

/// Words of one text, column by column.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Words {
    /// Hash of each word without case and apostrophes.
    pub hashes: Vec<u32>,
    /// First byte of each word.
    pub starts: Vec<u32>,
    /// Length of each word in bytes, at most 255 (what is longer is cut into several words).
    pub lengths: Vec<u8>,
    /// Index of the first word of each paragraph, in order.
    pub paragraphs: Vec<u32>,
}

impl Words {
    /// How many words.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The bytes from the first of the words to the last (half-open range of word indexes, not empty).
    pub fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.starts[first], self.starts[last - 1] + u32::from(self.lengths[last - 1]))
    }

    /// Adds the words of `text[span]`; every line break begins a paragraph, and so does the span.
    pub fn add(&mut self, text: &str, span: Span) {
        let mut fresh = true;
        let mut hash = START;
        let mut start = span.start();
        let mut inside = false;
        for (at, character) in text[span].char_indices() {
            let at = span.start() + at as u32;
            let counts = character.is_alphanumeric();
            // An apostrophe neither ends a word nor counts: "don't" and "don’t" are one word.
            if inside && !counts && !is_apostrophe(character) || inside && at - start > 200 {
                self.push(hash, start, at, &mut fresh);
                inside = false;
            }
            if counts {
                if !inside {
                    (hash, start, inside) = (START, at, true);
                }
                hash = fold(hash, character);
            }
            fresh |= character == '\n';
        }
        if inside {
            self.push(hash, start, span.end(), &mut fresh);
        }
    }

    fn push(&mut self, hash: u32, start: u32, end: u32, fresh: &mut bool) {
        if *fresh {
            self.paragraphs.push(self.len() as u32);
            *fresh = false;
        }
        self.hashes.push(finish(hash));
        self.starts.push(start);
        self.lengths.push((end - start) as u8);
    }
}

/// The hash that [`Words`] gives to a word written so (one word, no spaces).
pub fn hash_word(word: &str) -> u32 {
    finish(word.chars().filter(|c| c.is_alphanumeric()).fold(START, fold))
}

/// Whether a character is one of the apostrophes in use.
pub fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ')
}

const START: u32 = 0x811c_9dc5;

fn fold(hash: u32, character: char) -> u32 {
    if character.is_ascii() {
        return (hash ^ u32::from(character.to_ascii_lowercase() as u8)).wrapping_mul(0x0100_0193);
    }
    character.to_lowercase().fold(hash, |hash, c| (hash ^ c as u32).wrapping_mul(0x0100_0193))
}

/// FNV alone leaves the low bits of short words alike; one round of mixing spreads them.
fn finish(hash: u32) -> u32 {
    let mut h = hash;
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}
