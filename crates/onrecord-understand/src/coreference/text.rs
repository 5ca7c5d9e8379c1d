//! What all passes read: the parse with its names mended, lemmas in lower case, what nouns say, who bears which surname.

use super::{lexicon, mended};
use crate::words::Words;
use onrecord_model::{Name, NameKind, Parse, Pos, TokenIx};
use std::collections::{HashMap, HashSet};

/// What all passes read: the parse, lemmas in lower case, what nouns say.
pub(super) struct Text<'a> {
    pub words: &'a Words<'a>,
    /// Canonical number of each lemma of the parse: equal when equal in lower case.
    pub canonical: Vec<u32>,
    /// By canonical number.
    pub lower: Vec<String>,
    pub nouns: Vec<Option<lexicon::Noun>>,
    /// Names as the language layer sees them, put right.
    pub names: Vec<Name>,
    /// Name that covers a token: index into `names`, or `u32::MAX`.
    pub name_at: Vec<u32>,
    /// Least and greatest token under each token.
    pub low: Vec<TokenIx>,
    pub high: Vec<TokenIx>,
    /// Sentence of each token.
    pub sentence: Vec<u32>,
    /// Last words of people's names: capitals alone then name them, whatever the tagger made of it ("Sessions").
    pub surnames: HashSet<&'a str>,
}

impl<'a> Text<'a> {
    pub(super) fn new(words: &'a Words<'a>) -> Text<'a> {
        let parse = words.parse;
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut lower = Vec::new();
        let canonical = parse
            .lemmas
            .iter()
            .map(|lemma| {
                let form = lemma.to_lowercase();
                *numbers.entry(form.clone()).or_insert_with(|| {
                    lower.push(form);
                    lower.len() as u32 - 1
                })
            })
            .collect();
        let nouns = lower.iter().map(|lemma| lexicon::noun(lemma)).collect();
        let names = mended::names(words);
        let mut name_at = vec![u32::MAX; parse.tokens.len()];
        for (ix, name) in names.iter().enumerate() {
            name_at[name.first as usize..name.last as usize].fill(ix as u32);
        }
        let mut sentence = vec![0; parse.tokens.len()];
        for (ix, &(first, last)) in parse.sentences.iter().enumerate() {
            sentence[first as usize..last as usize].fill(ix as u32);
        }
        let (low, high) = extents(words);
        let surnames = surnames(words, &names);
        Text { words, canonical, lower, nouns, names, name_at, low, high, sentence, surnames }
    }

    pub(super) fn parse(&self) -> &'a Parse {
        self.words.parse
    }

    /// Canonical lemma of a token.
    pub(super) fn lemma(&self, ix: TokenIx) -> u32 {
        self.canonical[self.words.token(ix).lemma as usize]
    }

    /// The lemma in lower case.
    pub(super) fn lemma_text(&self, ix: TokenIx) -> &str {
        &self.lower[self.lemma(ix) as usize]
    }

    pub(super) fn noun(&self, ix: TokenIx) -> Option<lexicon::Noun> {
        self.nouns[self.lemma(ix) as usize]
    }

    /// Whether a token in capitals is the last word of a person's name of the text.
    pub(super) fn is_surname(&self, ix: TokenIx) -> bool {
        matches!(self.words.token(ix).pos, Pos::Noun | Pos::Propn) && self.surnames.contains(self.words.form(ix))
    }

    /// Whether these tokens are an outlet's name.
    pub(super) fn is_outlet(&self, tokens: std::ops::Range<TokenIx>) -> bool {
        crate::outlets::is_name(&self.words.text[self.parse().span_of(tokens.start, tokens.end)])
    }

    /// The name over a token.
    pub(super) fn name(&self, ix: TokenIx) -> Option<Name> {
        self.names.get(self.name_at[ix as usize] as usize).copied()
    }
}

/// Last words of the names of people that have a first name or a title.
fn surnames<'a>(words: &Words<'a>, names: &[Name]) -> HashSet<&'a str> {
    let titled = |first: TokenIx| first > 0 && lexicon::is_title(&words.form(first - 1).to_lowercase());
    let people = names.iter().filter(|name| name.kind == NameKind::Person);
    people
        .filter(|name| name.last - name.first > 1 || titled(name.first))
        .filter_map(|name| (name.first..name.last).rev().find(|&ix| words.token(ix).pos == Pos::Propn))
        .map(|ix| words.form(ix))
        .filter(|form| form.len() > 2 && form.starts_with(char::is_uppercase) && form.chars().any(char::is_lowercase))
        .collect()
}

/// Least and greatest token under each token, in O(tokens) for trees of any depth.
fn extents(words: &Words) -> (Vec<TokenIx>, Vec<TokenIx>) {
    let count = words.parse.tokens.len();
    let mut low: Vec<TokenIx> = (0..count as TokenIx).collect();
    let mut high = low.clone();
    let mut order = Vec::with_capacity(count);
    let mut todo: Vec<TokenIx> = (0..count as TokenIx).filter(|&ix| words.token(ix).head == ix).collect();
    while let Some(ix) = todo.pop() {
        order.push(ix);
        todo.extend_from_slice(words.children(ix));
    }
    for &ix in order.iter().rev() {
        let head = words.token(ix).head as usize;
        low[head] = low[head].min(low[ix as usize]);
        high[head] = high[head].max(high[ix as usize]);
    }
    (low, high)
}
