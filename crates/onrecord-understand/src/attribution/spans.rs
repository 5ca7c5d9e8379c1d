//! Token ranges and what stands around them: blocks, quotations, trimming to the characters of a passage.

use super::tree::{Range, Tree};
use crate::quotes::Quote;
use onrecord_model::{Parse, Rel, Span, Tag, TokenIx};

/// No quotation, no block.
pub const NONE: u32 = u32::MAX;

/// An attribution before it is settled, in half-open token ranges.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Candidate {
    /// The token that the cue turns on.
    pub anchor: TokenIx,
    /// Source, if any.
    pub source: Option<Range>,
    /// Cue.
    pub cue: Range,
    /// Parts of the content in text order, disjoint.
    pub content: Vec<Range>,
    /// How sure, 0.0..=1.0.
    pub score: f32,
    /// Found by the learned tagger: its word counts before that of a rule.
    pub learned: bool,
}

/// What the tokens stand in.
pub struct Layout<'a> {
    /// The text.
    pub text: &'a str,
    /// The parse.
    pub parse: &'a Parse,
    /// Quotations of the text.
    pub quotes: &'a [Quote],
    /// Innermost quotation of each token (its marks belong to it), or [`NONE`].
    pub quote: Vec<u32>,
    /// Block of each token.
    pub block: Vec<u32>,
    /// Token range of each block.
    pub block_tokens: Vec<Range>,
}

impl<'a> Layout<'a> {
    /// Lays tokens over blocks and quotations.
    pub fn new(text: &'a str, blocks: &[Span], parse: &'a Parse, quotes: &'a [Quote]) -> Layout<'a> {
        let n = parse.tokens.len();
        let (mut quote, mut block) = (vec![NONE; n], vec![NONE; n]);
        let mut block_tokens = vec![(0, 0); blocks.len()];
        let (mut block_at, mut quote_at) = (0, 0);
        let mut open: Vec<u32> = Vec::new();
        for (ix, token) in parse.tokens.iter().enumerate() {
            let at = token.span.start();
            while block_at < blocks.len() && blocks[block_at].end() <= at {
                block_at += 1;
            }
            if block_at < blocks.len() && blocks[block_at].start() <= at {
                block[ix] = block_at as u32;
                let range: &mut Range = &mut block_tokens[block_at];
                *range = (if range.1 == 0 { ix as u32 } else { range.0 }, ix as u32 + 1);
            }
            while quote_at < quotes.len() && quotes[quote_at].span.start() < token.span.end().max(at + 1) {
                open.push(quote_at as u32);
                quote_at += 1;
            }
            while open.last().is_some_and(|q| quotes[*q as usize].span.end() <= at) {
                open.pop();
            }
            quote[ix] = open.last().copied().unwrap_or(NONE);
        }
        Layout { text, parse, quotes, quote, block, block_tokens }
    }

    /// The outermost quotation around a token.
    pub fn outer_quote(&self, token: TokenIx) -> Option<u32> {
        let innermost = self.quote[token as usize];
        (innermost != NONE).then(|| self.outermost(innermost))
    }

    fn outermost(&self, mut quote: u32) -> u32 {
        // Nesting deeper than this is not prose; the bound keeps the walk linear.
        for _ in 0..16 {
            match self.quotes[quote as usize].within {
                Some(outer) => quote = outer,
                None => break,
            }
        }
        quote
    }

    /// The tokens of a quotation, marks included.
    pub fn quote_tokens(&self, quote: u32) -> Range {
        let span = self.quotes[quote as usize].span;
        let first = self.parse.tokens.partition_point(|t| t.span.end() <= span.start());
        let last = self.parse.tokens.partition_point(|t| t.span.start() < span.end());
        (first as u32, last as u32)
    }

    /// The words of a token.
    pub fn word(&self, token: TokenIx) -> &str {
        &self.text[self.parse.tokens[token as usize].span]
    }

    /// Drops white space and outer commas, stops and the like; quotation marks stay.
    pub fn trim(&self, range: Range) -> Option<Range> {
        let (mut first, mut last) = range;
        let drop = |t: TokenIx, end: bool| match self.parse.tokens[t as usize].tag {
            Tag::Space | Tag::Comma | Tag::Colon => true,
            Tag::Stop => !end || self.quote[t as usize] == NONE && !matches!(self.word(t), "?" | "!"),
            Tag::Hyph | Tag::Nfp => true,
            Tag::Cc => end,
            _ => false,
        };
        while first < last && drop(first, false) {
            first += 1;
        }
        while first < last && drop(last - 1, true) && !self.closes_inside(last - 1, first) {
            last -= 1;
        }
        (first < last).then_some((first, last))
    }

    /// Drops white space at both ends.
    pub fn trim_space(&self, range: Range) -> Option<Range> {
        let (mut first, mut last) = range;
        let space = |t: TokenIx| self.parse.tokens[t as usize].tag == Tag::Space;
        while first < last && space(first) {
            first += 1;
        }
        while first < last && space(last - 1) {
            last -= 1;
        }
        (first < last).then_some((first, last))
    }

    /// Whether punctuation at `token` stands inside a quotation that opened in the range from `first`.
    fn closes_inside(&self, token: TokenIx, first: TokenIx) -> bool {
        let quote = self.quote[token as usize];
        quote != NONE && self.parse.tokens[first as usize].span.start() <= self.quotes[quote as usize].span.start()
    }

    /// The characters of a token range.
    pub fn span(&self, range: Range) -> Span {
        self.parse.span_of(range.0, range.1)
    }

    /// Splits a range where a block ends.
    pub fn by_block(&self, range: Range, out: &mut Vec<Range>) {
        let mut first = range.0;
        for t in range.0..range.1 {
            if t > first && self.block[t as usize] != self.block[first as usize] {
                out.push((first, t));
                first = t;
            }
        }
        if first < range.1 {
            out.push((first, range.1));
        }
    }
}

/// The verb group around `verb`: auxiliaries, negation and adverbs that touch it, its particle.
pub fn verb_group(tree: &Tree<'_>, verb: TokenIx) -> Range {
    let (low, high) = tree.sentence_range(verb);
    let belongs = |t: TokenIx| {
        tree.head(t) == verb
            && matches!(tree.rel(t), Rel::Aux | Rel::Auxpass | Rel::Neg | Rel::Advmod | Rel::Prt)
            && tree.tag(t) != Tag::To
            && tree.edges(t) == (t, t + 1)
            && !matches!(tree.tag(t), Tag::Wrb | Tag::Wdt | Tag::Wp)
    };
    let mut first = verb;
    while first > low && belongs(first - 1) {
        first -= 1;
    }
    while first < verb && tree.rel(first) == Rel::Advmod && !starts_group(tree, first) {
        first += 1;
    }
    let mut last = verb + 1;
    while last < high && belongs(last) && matches!(tree.rel(last), Rel::Prt | Rel::Neg) {
        last += 1;
    }
    (first, last)
}

/// Adverbs that link sentences ("however", "meanwhile", "then") do not belong to the verb group.
fn starts_group(tree: &Tree<'_>, adverb: TokenIx) -> bool {
    !matches!(
        tree.parse.lemma(adverb),
        "however" | "meanwhile" | "then" | "now" | "later" | "instead" | "so" | "when" | "yesterday"
    )
}

/// The noun phrase headed by `noun`: its subtree without an incidental clause after a comma and without outer marks.
pub fn noun_phrase(tree: &Tree<'_>, layout: &Layout<'_>, noun: TokenIx, outside: TokenIx) -> Option<Range> {
    let (first, mut last) = tree.edges(noun);
    for child in tree.children(noun) {
        let edges = tree.edges(*child);
        let incidental = matches!(tree.rel(*child), Rel::Relcl | Rel::Advcl | Rel::Parataxis | Rel::Ccomp)
            && edges.0 > noun
            && layout.parse.tokens[edges.0 as usize - 1].tag == Tag::Comma;
        if incidental {
            last = last.min(edges.0);
        }
    }
    let (first, last) = if outside < noun { (first.max(outside + 1), last) } else { (first, last.min(outside)) };
    layout.trim((first, last.max(noun + 1)))
}

/// `range` without the tokens of `holes` (sorted, disjoint).
pub fn without(range: Range, holes: &[Range]) -> Vec<Range> {
    let mut out = Vec::new();
    let mut at = range.0;
    for hole in holes {
        if hole.1 <= at || hole.0 >= range.1 {
            continue;
        }
        if hole.0 > at {
            out.push((at, hole.0));
        }
        at = at.max(hole.1);
    }
    if at < range.1 {
        out.push((at, range.1));
    }
    out
}
