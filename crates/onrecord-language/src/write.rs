//! From drafts to what callers get.

use crate::draft::Draft;
use onrecord_model::{Parse, Token};

/// Which lemmas a text has already, by their numbers among the worker's lemmas.
#[derive(Default)]
pub(crate) struct LemmaSlots {
    /// For each of the worker's lemmas: the text that last used it, and its index there.
    slots: Vec<(u32, u32)>,
    text: u32,
}

impl LemmaSlots {
    /// Begins a text.
    pub fn begin(&mut self) {
        self.text += 1;
    }

    /// The worker's lemmas are numbered anew.
    pub fn clear(&mut self) {
        self.slots.clear();
    }

    /// Appends a document to the parse of its text. `lemma` gives a lemma's characters by its number.
    pub fn write<'a>(&mut self, draft: &Draft, lemma: impl Fn(u32) -> &'a str, parse: &mut Parse) {
        let base = parse.tokens.len() as u32;
        parse.tokens.reserve(draft.tokens.len());
        for (ix, raw) in draft.tokens.iter().enumerate() {
            let number = draft.lemmas[ix] as usize;
            if number >= self.slots.len() {
                self.slots.resize(number + 1, (0, 0));
            }
            if self.slots[number].0 != self.text {
                self.slots[number] = (self.text, parse.lemmas.len() as u32);
                parse.lemmas.push(lemma(draft.lemmas[ix]).into());
            }
            parse.tokens.push(Token {
                span: raw.span,
                tag: draft.tags[ix],
                pos: draft.pos[ix],
                rel: draft.rels[ix],
                lemma: self.slots[number].1,
                head: base + draft.heads[ix],
            });
        }
        let mut first = base;
        for (ix, &is_start) in draft.starts.iter().enumerate() {
            let here = base + ix as u32;
            if is_start && here > first {
                parse.sentences.push((first, here));
                first = here;
            }
        }
        let end = parse.tokens.len() as u32;
        if end > first {
            parse.sentences.push((first, end));
        }
        for &name in &draft.names {
            let mut name = name;
            name.first += base;
            name.last += base;
            parse.names.push(name);
        }
    }
}
