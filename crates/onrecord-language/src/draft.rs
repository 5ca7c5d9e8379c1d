//! One document while the pipeline works on it: flat arrays, each filled by one step.

use crate::form::FormIx;
use onrecord_model::{Name, Pos, Rel, Span, Tag, TokenIx};

/// A token as the tokenizer makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// Where it stands.
    pub span: Span,
    /// Its word form.
    pub form: FormIx,
    /// Whether one space follows that belongs to it (spaCy's `whitespace_`).
    pub space_after: bool,
}

/// All steps' results over one document. After a step has run, its arrays are as long as `tokens`.
#[derive(Default)]
pub(crate) struct Draft {
    /// Tokenizer.
    pub tokens: Vec<RawToken>,
    /// Tagger, then attribute ruler.
    pub tags: Vec<Tag>,
    /// Attribute ruler.
    pub pos: Vec<Pos>,
    /// Parser: index of the head, a root is its own.
    pub heads: Vec<TokenIx>,
    /// Parser.
    pub rels: Vec<Rel>,
    /// Parser: whether a sentence starts here.
    pub starts: Vec<bool>,
    /// Entity recogniser.
    pub names: Vec<Name>,
    /// Lemmatizer: an id of the worker's table of lemmas.
    pub lemmas: Vec<u32>,
}
