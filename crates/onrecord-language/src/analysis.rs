//! Part of speech and lemma of every token: attribute ruler, then lemmatizer.
//!
//! Nearly all patterns look at one token alone, so what comes out for a form with a tag and a kind of relation is worked out
//! once and kept.

use crate::draft::Draft;
use crate::error::ModelError;
use crate::form::{FormIx, Forms, Identity, Lexicon};
use crate::hash::hash_string;
use crate::lemmatizer::Lemmatizer;
use crate::model::Model;
use crate::ruler::{Asked, Ruler};
use onrecord_model::{Pos, Rel, Tag};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// No more analyses are kept than these, some 4 MB.
const ANALYSES_MAX: usize = 1 << 17;

/// The rules.
pub(crate) struct Analyser {
    ruler: Ruler,
    lemmatizer: Lemmatizer,
}

/// What comes out for a token.
#[derive(Clone, Copy)]
struct Analysis {
    pos: Pos,
    tag: Tag,
    /// Set on white space.
    rel: Option<Rel>,
    /// Whether a pattern over two tokens may start here.
    opens_pair: bool,
    lemma: u32,
}

/// The analyses that one worker has made, and the lemmas they name. Never changes an answer.
///
/// Analyses belong to forms: whoever clears the worker's forms must clear this too.
#[derive(Default)]
pub(crate) struct AnalysisCache {
    known: HashMap<u64, Analysis, BuildHasherDefault<Identity>>,
    lemmas: Lemmas,
    of_tokens: Vec<Analysis>,
    pairs: Vec<(usize, usize)>,
}

impl AnalysisCache {
    /// Forgets all of it; numbers of lemmas given out before mean nothing any more.
    pub fn clear(&mut self) {
        self.known.clear();
        self.lemmas = Lemmas::default();
    }

    /// The lemma with this number (see [`Draft::lemmas`]).
    pub fn lemma(&self, number: u32) -> &str {
        let (start, end) = self.lemmas.ranges[number as usize];
        &self.lemmas.text[start as usize..end as usize]
    }
}

impl Analyser {
    pub fn new(model: &Model, lexicon: &Lexicon) -> Result<Analyser, ModelError> {
        Ok(Analyser { ruler: Ruler::new(model, lexicon)?, lemmatizer: Lemmatizer::new(model)? })
    }

    /// Sets part of speech and lemma of all tokens, which have tags and relations; sets tag and relation of white space.
    pub fn analyse(&self, lexicon: &Lexicon, forms: &Forms, cache: &mut AnalysisCache, draft: &mut Draft) {
        let asked = |draft: &Draft, ix: usize| {
            let form = forms.get(draft.tokens[ix].form);
            let (tag, rel) = (draft.tags[ix], draft.rels[ix]);
            Asked { word: self.ruler.word(form.lower), tag, rel, is_space: form.is_space }
        };
        cache.of_tokens.clear();
        cache.pairs.clear();
        for ix in 0..draft.tokens.len() {
            let form = draft.tokens[ix].form;
            let key = self.key(form, draft.tags[ix], draft.rels[ix]);
            let analysis = match cache.known.get(&key) {
                Some(known) => *known,
                None => {
                    let made = self.analysis(lexicon, forms.text(form), asked(draft, ix), &[], &mut cache.lemmas);
                    if cache.known.len() < ANALYSES_MAX {
                        cache.known.insert(key, made);
                    }
                    made
                }
            };
            cache.of_tokens.push(analysis);
            if analysis.opens_pair && ix + 1 < draft.tokens.len() {
                let found = |rule, target| cache.pairs.push((ix + target, rule));
                self.ruler.pairs(asked(draft, ix), asked(draft, ix + 1), found);
            }
        }
        cache.pairs.sort_unstable();
        for of_token in cache.pairs.chunk_by(|a, b| a.0 == b.0) {
            let ix = of_token[0].0;
            let rules: Vec<usize> = of_token.iter().map(|&(_, rule)| rule).collect();
            let text = forms.text(draft.tokens[ix].form);
            cache.of_tokens[ix] = self.analysis(lexicon, text, asked(draft, ix), &rules, &mut cache.lemmas);
        }
        draft.pos.clear();
        draft.lemmas.clear();
        for (ix, analysis) in cache.of_tokens.iter().enumerate() {
            draft.pos.push(analysis.pos);
            draft.lemmas.push(analysis.lemma);
            draft.tags[ix] = analysis.tag;
            if let Some(rel) = analysis.rel {
                draft.rels[ix] = rel;
            }
        }
    }

    /// One number for all that an analysis depends on, spread over all bits.
    fn key(&self, form: FormIx, tag: Tag, rel: Rel) -> u64 {
        let packed = u64::from(form) << 16 | (tag as u64) << 8 | u64::from(self.ruler.rel_class(rel));
        packed.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
    }

    fn analysis(&self, lexicon: &Lexicon, text: &str, token: Asked, pairs: &[usize], lemmas: &mut Lemmas) -> Analysis {
        let set = self.ruler.attributes(token, pairs);
        let pos = set.pos.unwrap_or(Pos::Empty);
        let lemma = match set.lemma {
            Some(lemma) => lemmas.number(lemma),
            None => lemmas.number(&self.lemmatizer.lemma(lexicon, text, pos, set.morphology.unwrap_or(0))),
        };
        let tag = set.tag.unwrap_or(token.tag);
        Analysis { pos, tag, rel: set.rel, opens_pair: self.ruler.opens_pair(token), lemma }
    }
}

/// Distinct lemmas, numbered as they come.
#[derive(Default)]
struct Lemmas {
    by_hash: HashMap<u64, u32, BuildHasherDefault<Identity>>,
    text: String,
    ranges: Vec<(u32, u32)>,
}

impl Lemmas {
    fn number(&mut self, lemma: &str) -> u32 {
        let mut key = hash_string(lemma);
        while let Some(&number) = self.by_hash.get(&key) {
            let (start, end) = self.ranges[number as usize];
            if &self.text[start as usize..end as usize] == lemma {
                return number;
            }
            key = key.wrapping_add(1);
        }
        let number = self.ranges.len() as u32;
        let start = self.text.len() as u32;
        self.text.push_str(lemma);
        self.ranges.push((start, self.text.len() as u32));
        self.by_hash.insert(key, number);
        number
    }
}
