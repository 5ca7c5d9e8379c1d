//! Byte offsets of the model against code-point offsets of the formats.

use onrecord_model::Span;
use std::sync::Arc;

/// Bytes between two stored counts.
const STRIDE: usize = 128;

/// Converts offsets of one text in both directions. Building is linear in the text, a question costs at most `STRIDE` bytes
/// (plus a binary search on the way back).
#[derive(Clone, Debug)]
pub struct CodePoints {
    text: Arc<str>,
    /// Code points that start before byte `i * STRIDE`; empty for a text that is all ASCII.
    counts: Vec<u32>,
}

/// Whether a byte starts a code point.
fn starts(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

impl CodePoints {
    /// Counts the text.
    pub fn new(text: &Arc<str>) -> CodePoints {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                counts.push(before);
                before += chunk.iter().filter(|byte| starts(**byte)).count() as u32;
            }
            counts.push(before);
        }
        CodePoints { text: text.clone(), counts }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Code points before byte `byte`, which is clamped to the text.
    pub fn of_byte(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        if self.counts.is_empty() {
            return byte as u32;
        }
        let from = byte / STRIDE * STRIDE;
        let inside = self.text.as_bytes()[from..byte].iter().filter(|byte| starts(**byte)).count();
        self.counts[byte / STRIDE] + inside as u32
    }

    /// Byte where code point `point` starts, or nothing beyond the end of the text.
    pub fn to_byte(&self, point: u32) -> Option<u32> {
        if self.counts.is_empty() {
            return (point as usize <= self.text.len()).then_some(point);
        }
        let block = self.counts.partition_point(|count| *count <= point) - 1;
        let mut left = point - self.counts[block];
        let bytes = self.text.as_bytes();
        for (at, byte) in bytes.iter().enumerate().skip(block * STRIDE) {
            if starts(*byte) {
                if left == 0 {
                    return Some(at as u32);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(bytes.len() as u32)
    }

    /// A span of bytes as half-open code points.
    pub fn range(&self, span: Span) -> (u32, u32) {
        (self.of_byte(span.start()), self.of_byte(span.end()))
    }

    /// Half-open code points as a span of bytes, or nothing where they are no range of the text.
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        match (self.to_byte(start)?, self.to_byte(end)?) {
            (from, to) if start <= end => Some(Span::new(from, to)),
            _ => None,
        }
    }

    /// The characters of half-open code points.
    pub fn exact(&self, start: u32, end: u32) -> Option<&str> {
        self.span(start, end).map(|span| &self.text[span])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(text in "(a|é|“|😀|\n| ){0,400}") {
            let points = CodePoints::new(&text.as_str().into());
            let all: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for (point, byte) in all.iter().enumerate() {
                prop_assert_eq!(points.of_byte(*byte as u32), point as u32);
                prop_assert_eq!(points.to_byte(point as u32), Some(*byte as u32));
            }
            prop_assert_eq!(points.to_byte(all.len() as u32), None);
        }
    }
}
