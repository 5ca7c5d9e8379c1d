//! Chunks cut before: one look-up for most chunks of a text.

use super::Piece;
use super::special::Node;
use crate::form::Identity;
use crate::hash::hash_string;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// Longer chunks are rare, and each is cut anew.
const CHUNK_BYTES_MAX: usize = 64;
/// No more chunks are kept than these, some 6 MB.
const CHUNKS_MAX: usize = 1 << 16;

/// The chunks that one worker has cut, and their pieces. Never changes an answer.
///
/// Pieces name forms: whoever clears the worker's forms must clear this too.
#[derive(Default)]
pub(crate) struct ChunkCache {
    by_hash: HashMap<u64, Chunk, BuildHasherDefault<Identity>>,
    text: String,
    pieces: Vec<Piece>,
    /// Pieces of a chunk that is not kept.
    loose: Vec<Piece>,
    /// For each token of the text at work: see [`Piece::node`].
    pub(super) nodes: Vec<Node>,
}

#[derive(Clone, Copy)]
struct Chunk {
    text: (u32, u32),
    pieces: (u32, u32),
}

fn range((start, end): (u32, u32)) -> Range<usize> {
    start as usize..end as usize
}

impl ChunkCache {
    /// Forgets all chunks.
    pub fn clear(&mut self) {
        self.by_hash.clear();
        self.text.clear();
        self.pieces.clear();
    }

    /// The pieces of `chunk`, made by `cut` unless they are known; and the nodes, for the caller to add to.
    pub(super) fn pieces_of(&mut self, chunk: &str, cut: impl FnOnce(&mut Vec<Piece>)) -> (&[Piece], &mut Vec<Node>) {
        let hash = hash_string(chunk);
        let known = self.by_hash.get(&hash).copied();
        match known {
            Some(known) if &self.text[range(known.text)] == chunk => {
                (&self.pieces[range(known.pieces)], &mut self.nodes)
            }
            // A chunk is not kept if it is long, if there are many, or if another one has the same hash.
            None if chunk.len() <= CHUNK_BYTES_MAX && self.by_hash.len() < CHUNKS_MAX => {
                let start = (self.text.len() as u32, self.pieces.len() as u32);
                self.text.push_str(chunk);
                cut(&mut self.pieces);
                let end = (self.text.len() as u32, self.pieces.len() as u32);
                let chunk = Chunk { text: (start.0, end.0), pieces: (start.1, end.1) };
                self.by_hash.insert(hash, chunk);
                (&self.pieces[range(chunk.pieces)], &mut self.nodes)
            }
            _ => {
                self.loose.clear();
                cut(&mut self.loose);
                (&self.loose, &mut self.nodes)
            }
        }
    }
}
