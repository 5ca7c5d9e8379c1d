//! What the language runtime says of a text: flat arrays, no string per token.

use crate::{NameKind, Pos, Rel, Span, Tag};

/// Index of a token in its [`Parse`]. Local: never leaves a reading.
pub type TokenIx = u32;

/// One token. Lemmas are indexes into the parse's own table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Fine tag (Penn Treebank style).
    pub tag: Tag,
    /// Universal part of speech.
    pub pos: Pos,
    /// Relation to the head.
    pub rel: Rel,
    /// Index into [`Parse::lemmas`].
    pub lemma: u32,
    /// Index of the head; a root is its own head.
    pub head: TokenIx,
}

/// A named entity: tokens `first..last` (half-open).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Name {
    /// First token.
    pub first: TokenIx,
    /// One past the last token.
    pub last: TokenIx,
    /// Label of the OntoNotes scheme.
    pub kind: NameKind,
}

/// Tokens, tree, sentences and names of one text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parse {
    /// In text order, disjoint. White-space tokens (tag `_SP`) are kept as spaCy makes them.
    pub tokens: Vec<Token>,
    /// Half-open token ranges, covering all tokens.
    pub sentences: Vec<(TokenIx, TokenIx)>,
    /// In text order, disjoint.
    pub names: Vec<Name>,
    /// Distinct lemmas of this text in order of first use; `lemmas[token.lemma]`.
    pub lemmas: Vec<Box<str>>,
    /// Contextual token vectors, row-major `[tokens × VECTOR]`, empty unless asked for.
    pub vectors: Vec<f32>,
}

impl Parse {
    /// Width of a contextual token vector.
    pub const VECTOR: usize = 96;

    /// The lemma of token `ix`.
    pub fn lemma(&self, ix: TokenIx) -> &str {
        &self.lemmas[self.tokens[ix as usize].lemma as usize]
    }

    /// The span from the first of `tokens` to the last of it (half-open range of token indexes, not empty).
    pub fn span_of(&self, first: TokenIx, last: TokenIx) -> Span {
        self.tokens[first as usize].span.cover(self.tokens[last as usize - 1].span)
    }

    /// The contextual vector of token `ix`, if vectors were asked for.
    pub fn vector(&self, ix: TokenIx) -> Option<&[f32]> {
        self.vectors.get(ix as usize * Self::VECTOR..(ix as usize + 1) * Self::VECTOR)
    }
}
