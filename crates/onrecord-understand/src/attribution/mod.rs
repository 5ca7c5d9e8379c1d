//! The attribution layer: who is credited with which words.
//!
//! [`attributions`] finds source, cue and content of every attribution, the outermost ones and those inside their
//! content. Spans follow the guidelines of PolNeAR (Newell, Margolin, Ruths 2018).

mod decode;
pub mod features;
mod judge;
mod learned;
mod lexicon;
mod nest;
mod quoted;
mod rules;
mod runs;
mod spans;
mod tagger;
mod tree;
mod weights;

use crate::quotes::Quote;
use onrecord_model::{Parse, Span};
pub use spans::Candidate;
use tree::Tree;
pub use weights::{Model, WeightsError};

/// One attribution: an act of saying, thinking or wanting, its source and its content.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribution {
    /// The attribution whose content holds this one; an earlier index of the list.
    pub within: Option<u32>,
    /// Who is credited, as written.
    pub source: Option<Span>,
    /// The words that credit; none for a quotation that names its speaker by place alone.
    pub cue: Option<Span>,
    /// What is said: parts in text order, disjoint, none crossing a block; never empty.
    pub content: Vec<Span>,
    /// Probability that the attribution is right, 0.0..=1.0.
    pub score: f32,
}

/// Longer reports are read by rules alone.
pub const LEARNED_TOKENS_MAX: u32 = 300_000;

/// What a trainer needs to know of a text: everything the learned tagger sees but the token vectors.
pub struct Description {
    /// `[tokens × features::TOKEN_FIELDS]`.
    pub tokens: Vec<u16>,
    /// Sentence of each token.
    pub sentences: Vec<u32>,
    /// Token ranges that are read on their own.
    pub chunks: Vec<(u32, u32)>,
    /// What the rules find.
    pub rules: Vec<Candidate>,
}

/// Describes a text for a trainer.
pub fn describe(text: &str, blocks: &[Span], parse: &Parse, quotes: &[Quote]) -> Description {
    let tree = Tree::new(parse);
    let layout = spans::Layout::new(text, blocks, parse, quotes);
    let context = rules::Context::new(&tree, &layout);
    let rules = rules::candidates(&context);
    Description {
        tokens: features::tokens(&context, &rules),
        sentences: (0..tree.len()).map(|t| tree.sentence(t)).collect(),
        chunks: features::chunks(&context),
        rules,
    }
}

/// All attributions of a text, containers before what they contain, else in text order of the content.
///
/// `blocks` are the parsed blocks of the text, in order; `quotes` are its quotations. With a `model` and the parse's
/// vectors the outermost attributions are the learned tagger's and the rules find those inside; else the rules find all.
/// Linear in the number of tokens.
pub fn attributions(
    text: &str,
    blocks: &[Span],
    parse: &Parse,
    quotes: &[Quote],
    model: Option<&Model>,
) -> Vec<Attribution> {
    if parse.tokens.is_empty() {
        return Vec::new();
    }
    let tree = Tree::new(parse);
    let layout = spans::Layout::new(text, blocks, parse, quotes);
    let context = rules::Context::new(&tree, &layout);
    let mut rules = rules::candidates(&context);
    let has_vectors = parse.vectors.len() == parse.tokens.len() * Parse::VECTOR;
    let Some(model) = model.filter(|_| has_vectors && tree.len() <= LEARNED_TOKENS_MAX) else {
        runs::extend(&context, &mut rules);
        return nest::settle(&context, rules);
    };
    let mut found = learned::candidates(&context, model, &rules);
    runs::extend(&context, &mut found);
    found.retain(|c| !c.content.is_empty());
    found.extend(runs::by_colon(&layout, &found, &rules));
    let nested = learned::inside(&found, rules, tree.len());
    found.extend(nested);
    nest::settle(&context, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotes::quotes;
    use onrecord_model::{Label, Pos, Rel, Tag, Token};
    use proptest::prelude::*;

    const WORDS: &[(&str, Tag)] = &[
        ("said", Tag::Vbd),
        ("say", Tag::Vb),
        ("told", Tag::Vbd),
        ("claim", Tag::Nn),
        ("expected", Tag::Vbn),
        ("was", Tag::Vbd),
        ("Orr", Tag::Nnp),
        ("she", Tag::Prp),
        ("that", Tag::In),
        ("to", Tag::To),
        ("According", Tag::Vbg),
        ("reportedly", Tag::Rb),
        ("“", Tag::OpenQuote),
        ("”", Tag::CloseQuote),
        (",", Tag::Comma),
        (":", Tag::Colon),
        (".", Tag::Stop),
        ("\n", Tag::Space),
    ];

    /// A text of these words with arbitrary trees: `(word, relation, head within the sentence of at most 12 words)`.
    fn arbitrary_parse(choices: &[(usize, usize, usize)]) -> (String, Vec<Span>, Parse) {
        let (mut text, mut parse, mut blocks) = (String::new(), Parse::default(), Vec::new());
        for (ix, (word, rel, head)) in choices.iter().enumerate() {
            let (word, tag) = WORDS[word % WORDS.len()];
            let sentence = (ix / 12 * 12, (ix / 12 * 12 + 12).min(choices.len()));
            if ix % 24 == 0 {
                text.push_str(if ix > 0 { "\n\n" } else { "" });
                blocks.push(Span::new(text.len() as u32, text.len() as u32));
            }
            let start = text.len() as u32;
            text.push_str(word);
            let end = text.len() as u32;
            let block = blocks.last_mut().expect("a block was opened");
            *block = Span::new(block.start(), end);
            // Heads lie before their tokens, so that there is no circle.
            let head = if ix == sentence.0 { ix } else { sentence.0 + head % (ix - sentence.0) };
            let rel = Rel::ALL[rel % Rel::ALL.len()];
            let lemma = parse.lemmas.len() as u32;
            parse.lemmas.push(match word {
                "said" => "say".into(),
                "told" => "tell".into(),
                w => w.into(),
            });
            parse.tokens.push(Token { span: Span::new(start, end), tag, pos: Pos::X, rel, lemma, head: head as u32 });
            if ix + 1 == sentence.1 {
                parse.sentences.push((sentence.0 as u32, sentence.1 as u32));
            }
            text.push(' ');
        }
        (text, blocks, parse)
    }

    proptest! {
        #[test]
        fn parts_stay_in_blocks_and_inside_their_container(choices in prop::collection::vec((0usize..99, 0usize..99, 0usize..99), 0..80)) {
            let (text, blocks, parse) = arbitrary_parse(&choices);
            let found = attributions(&text, &blocks, &parse, &quotes(&text, &blocks), None);
            for (ix, a) in found.iter().enumerate() {
                prop_assert!(!a.content.is_empty() && (0.0..=1.0).contains(&a.score));
                for part in &a.content {
                    prop_assert!(!part.is_empty() && blocks.iter().any(|b| b.contains(*part)));
                }
                prop_assert!(a.content.windows(2).all(|w| w[0].end() <= w[1].start()));
                if let Some(outer) = a.within {
                    prop_assert!((outer as usize) < ix);
                    let outer = &found[outer as usize];
                    prop_assert!(a.content.iter().all(|p| outer.content.iter().any(|o| o.contains(*p))));
                }
            }
        }
    }

    /// Numbers that look like token vectors: any, but always the same.
    fn some_vectors(tokens: usize, seed: u64) -> Vec<f32> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u64 << 24) as f32 * 4.0 - 2.0
        };
        (0..tokens * Parse::VECTOR).map(|_| next()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn the_tagger_reads_any_tree_and_any_vectors(
            choices in prop::collection::vec((0usize..99, 0usize..99, 0usize..99), 0..120),
            seed in any::<u64>(),
        ) {
            let model = crate::Models::english().expect("the carried weights").attribution;
            let (text, blocks, mut parse) = arbitrary_parse(&choices);
            parse.vectors = some_vectors(parse.tokens.len(), seed);
            let quotes = quotes(&text, &blocks);
            let found = attributions(&text, &blocks, &parse, &quotes, model.as_ref());
            for a in &found {
                prop_assert!(!a.content.is_empty() && (0.0..=1.0).contains(&a.score));
                prop_assert!(a.content.iter().all(|part| !part.is_empty() && blocks.iter().any(|b| b.contains(*part))));
                prop_assert!(a.content.windows(2).all(|w| w[0].end() <= w[1].start()));
            }
            let again = attributions(&text, &blocks, &parse, &quotes, model.as_ref());
            prop_assert_eq!(found, again);
        }
    }

    /// Texts that ask for much: all in quotation marks, or in quotations within quotations.
    #[test]
    fn quotation_marks_without_end_are_read() {
        let model = crate::Models::english().expect("the carried weights").attribution;
        let orders: [fn(usize) -> usize; 4] =
            [|ix| [6, 0, 7, 12][ix % 4], |ix| [12, 13][ix % 2], |_| 12, |ix| if ix < 3_000 { 12 } else { 13 }];
        for word in orders {
            let choices: Vec<_> = (0..6_000).map(|ix| (word(ix), 30, ix % 7)).collect();
            let (text, blocks, mut parse) = arbitrary_parse(&choices);
            parse.vectors = some_vectors(parse.tokens.len(), 7);
            for blocks in [blocks.clone(), vec![Span::new(0, blocks.last().map_or(0, |b| b.end()))]] {
                let quotes = quotes(&text, &blocks);
                let found = attributions(&text, &blocks, &parse, &quotes, model.as_ref());
                assert!(found.iter().all(|a| !a.content.is_empty()));
            }
        }
    }

    #[test]
    fn long_text_is_read_in_linear_time() {
        let pattern = [(6, 30, 0), (0, 0, 0), (12, 44, 1), (7, 30, 1), (2, 12, 1), (13, 44, 1), (16, 44, 1)];
        let choices: Vec<_> = (0..200_000).map(|ix| pattern[ix % pattern.len()]).collect();
        let (text, blocks, parse) = arbitrary_parse(&choices);
        let one = [Span::new(0, blocks.last().map_or(0, |b| b.end()))];
        assert!(!attributions(&text, &one, &parse, &quotes(&text, &one), None).is_empty());
    }
}
