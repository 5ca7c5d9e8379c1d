//! Text to tokens, as spaCy's English tokenizer does it.
//!
//! A text is cut at white space into chunks. A chunk that is a special case has its tokens listed; from any other chunk
//! prefixes and suffixes are cut off until a special case or nothing to cut is left; what is left is one token if it is a
//! web address, else it is cut at its infixes. At last, special cases are put together that the cutting took apart.
//! Chunks met before are not cut again: see [`ChunkCache`].

mod address;
mod affixes;
mod characters;
mod chunks;
mod special;
#[cfg(test)]
mod tests;

pub(crate) use chunks::ChunkCache;

use crate::draft::RawToken;
use crate::error::ModelError;
use crate::form::{FormIx, Forms, Lexicon};
use crate::model::Model;
use affixes::Affixes;
use characters::class;
use onrecord_model::Span;
use special::{Node, SpecialToken, Specials};

/// The rules of the tokenizer.
pub(crate) struct Tokenizer {
    affixes: Affixes,
    specials: Specials,
}

/// A token of a chunk.
#[derive(Clone, Copy)]
struct Piece {
    bytes: u32,
    form: FormIx,
    /// Where a sequence of special tokens stands after this token as its first, or 0.
    node: Node,
}

/// What a worker interns into: the makers of forms and the forms made.
struct Interner<'a> {
    lexicon: &'a Lexicon,
    forms: &'a mut Forms,
}

impl Tokenizer {
    pub fn new(model: &Model, lexicon: &Lexicon) -> Result<Tokenizer, ModelError> {
        Ok(Tokenizer { affixes: Affixes::new(model)?, specials: Specials::new(model, lexicon)? })
    }

    /// Appends the tokens of `text` to `tokens`; their spans are moved right by `shift` bytes.
    pub fn tokenize(
        &self,
        lexicon: &Lexicon,
        forms: &mut Forms,
        cache: &mut ChunkCache,
        text: &str,
        shift: u32,
        tokens: &mut Vec<RawToken>,
    ) {
        let first = tokens.len();
        let mut intern = Interner { lexicon, forms };
        cache.nodes.clear();
        let mut at = 0;
        let mut in_space = self.is_space_at(text, 0);
        while at < text.len() {
            let end = self.run_end(text, at, in_space);
            if end > at {
                let pieces = cache.pieces_of(&text[at..end], |pieces| self.cut(&mut intern, &text[at..end], pieces));
                let mut start = shift + at as u32;
                for piece in pieces.0 {
                    let span = Span::new(start, start + piece.bytes);
                    tokens.push(RawToken { span, form: piece.form, space_after: false });
                    pieces.1.push(piece.node);
                    start = span.end();
                }
            }
            at = end;
            // One space after a token belongs to it; more of it, or other white space, is a token.
            if text.as_bytes().get(at) == Some(&b' ') {
                if let Some(last) = tokens[first..].last_mut() {
                    last.space_after = true;
                }
                at += 1;
            }
            in_space = !in_space;
        }
        if cache.nodes.iter().any(|&node| node != 0) {
            self.join(&mut intern, &cache.nodes, text, shift, tokens, first);
        }
    }

    fn is_space_at(&self, text: &str, at: usize) -> bool {
        text[at..].chars().next().is_some_and(|c| self.affixes.characters.is(c, class::SPACE))
    }

    /// End of the run of white space (or of everything else) that starts at `from`.
    fn run_end(&self, text: &str, from: usize, in_space: bool) -> usize {
        let bytes = text.as_bytes();
        let mut at = from;
        while at < bytes.len() {
            if bytes[at].is_ascii() {
                if matches!(bytes[at], b'\t'..=b'\r' | 0x1c..=b' ') != in_space {
                    break;
                }
                at += 1;
            } else {
                let c = text[at..].chars().next().expect("a character starts here");
                if self.affixes.characters.is(c, class::SPACE) != in_space {
                    break;
                }
                at += c.len_utf8();
            }
        }
        at
    }

    /// Cuts a chunk into pieces.
    fn cut(&self, intern: &mut Interner, chunk: &str, pieces: &mut Vec<Piece>) {
        let mut suffixes = Vec::new();
        let (mut start, mut end) = (0, chunk.len());
        while start < end {
            let left = &chunk[start..end];
            if self.specials.has(left) {
                break;
            }
            let prefix = self.affixes.prefix(left);
            if prefix > 0 && self.specials.has(&left[prefix..]) {
                self.push(intern, &left[..prefix], None, pieces);
                start += prefix;
                break;
            }
            let suffix = self.affixes.suffix(&left[prefix..]);
            if suffix > 0 && self.specials.has(&left[..left.len() - suffix]) {
                suffixes.push(suffix);
                end -= suffix;
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                self.push(intern, &left[..prefix], None, pieces);
                start += prefix;
            }
            if suffix > 0 {
                suffixes.push(suffix);
                end -= suffix;
            }
        }
        self.cut_core(intern, &chunk[start..end], pieces);
        for suffix in suffixes.into_iter().rev() {
            self.push(intern, &chunk[end..end + suffix], None, pieces);
            end += suffix;
        }
    }

    /// Cuts what is left of a chunk without its prefixes and suffixes.
    fn cut_core(&self, intern: &mut Interner, core: &str, pieces: &mut Vec<Piece>) {
        if let Some(special) = self.specials.find(core) {
            let mut at = 0;
            for SpecialToken { bytes, norm } in special {
                self.push(intern, &core[at..at + bytes], norm.as_deref(), pieces);
                at += bytes;
            }
            return;
        }
        let mut rest = 0;
        if !address::is_address(&self.affixes.characters, core) {
            self.affixes.infixes(core, |start, end| {
                // An infix with nothing before it is none.
                if start == 0 {
                    return;
                }
                if start > rest {
                    self.push(intern, &core[rest..start], None, pieces);
                }
                self.push(intern, &core[start..end], None, pieces);
                rest = end;
            });
        }
        if rest < core.len() {
            self.push(intern, &core[rest..], None, pieces);
        }
    }

    fn push(&self, intern: &mut Interner, text: &str, norm: Option<&str>, pieces: &mut Vec<Piece>) {
        let form = intern.forms.intern(intern.lexicon, text, norm);
        let node = self.specials.step(0, intern.forms.get(form).orth).unwrap_or(0);
        pieces.push(Piece { bytes: text.len() as u32, form, node });
    }

    /// Puts special cases together that stand in `tokens[first..]` in parts. `nodes` has one item for each of these tokens.
    fn join(
        &self,
        intern: &mut Interner,
        nodes: &[Node],
        text: &str,
        shift: u32,
        tokens: &mut Vec<RawToken>,
        first: usize,
    ) {
        let found = self.sequences(intern.forms, nodes, &tokens[first..]);
        if found.is_empty() {
            return;
        }
        let parts = tokens.split_off(first);
        let mut next = 0;
        for (start, end) in longest_first(found, parts.len()) {
            tokens.extend_from_slice(&parts[next..start]);
            next = end;
            let span = parts[start].span.cover(parts[end - 1].span);
            let joined = &text[(span.start() - shift) as usize..(span.end() - shift) as usize];
            // The sequence may have white space in it, and then is no special case.
            let Some(special) = self.specials.find(joined) else {
                tokens.extend_from_slice(&parts[start..end]);
                continue;
            };
            let mut at = 0;
            for token in special {
                let form = intern.forms.intern(intern.lexicon, &joined[at..at + token.bytes], token.norm.as_deref());
                let start = span.start() + at as u32;
                let span = Span::new(start, start + token.bytes as u32);
                tokens.push(RawToken { span, form, space_after: false });
                at += token.bytes;
            }
            if let Some(last) = tokens.last_mut() {
                last.space_after = parts[end - 1].space_after;
            }
        }
        tokens.extend_from_slice(&parts[next..]);
    }

    /// All sequences of tokens (half-open) whose characters, put together, may be a special case.
    fn sequences(&self, forms: &Forms, nodes: &[Node], tokens: &[RawToken]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (start, &node) in nodes.iter().enumerate().filter(|(_, node)| **node != 0) {
            let (mut node, mut end) = (node, start + 1);
            loop {
                if self.specials.ends(node) {
                    found.push((start, end));
                }
                let Some(token) = tokens.get(end) else { break };
                let Some(next) = self.specials.step(node, forms.get(token.form).orth) else { break };
                node = next;
                end += 1;
            }
        }
        found
    }
}

/// Of overlapping ranges the longest, and of equally long ones the first; in order of their starts. As in spaCy, a range
/// blocks what it touches even where it is not chosen itself.
fn longest_first(mut ranges: Vec<(usize, usize)>, count: usize) -> Vec<(usize, usize)> {
    ranges.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
    let mut seen = vec![false; count];
    ranges.retain(|&(start, end)| {
        let is_free = !seen[start] && !seen[end - 1];
        seen[start..end].fill(true);
        is_free
    });
    ranges.sort_unstable();
    ranges
}
