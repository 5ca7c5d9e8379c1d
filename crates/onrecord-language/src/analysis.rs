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

/// No more analyses are kept than these, some 3 MB.
const ANALYSES_MAX: usize = 1 << 16;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::RawToken;
    use crate::pipeline::ENGLISH;
    use insta::assert_snapshot;
    use onrecord_model::{Label, Span};

    /// Analyses `word/TAG/relation …`; gives `word/TAG/relation/POS/lemma …`.
    fn analysed(tagged: &str) -> String {
        let model = Model::carried(ENGLISH).expect("the carried model opens");
        let lexicon = Lexicon::new(&model).expect("its word forms can be read");
        let analyser = Analyser::new(&model, &lexicon).expect("its rules can be read");
        let (mut forms, mut cache, mut draft) = (Forms::default(), AnalysisCache::default(), Draft::default());
        for token in tagged.split(' ') {
            let parts: Vec<&str> = token.split('/').collect();
            let form = forms.intern(&lexicon, parts[0], None);
            draft.tokens.push(RawToken { span: Span::new(0, 1), form, space_after: true });
            draft.tags.push(Tag::from_name(parts[1]).expect("a tag"));
            draft.rels.push(Rel::from_name(parts[2]).expect("a relation"));
        }
        analyser.analyse(&lexicon, &forms, &mut cache, &mut draft);
        let shown = |ix: usize| {
            let word = forms.text(draft.tokens[ix].form).replace('\n', "\\n");
            let (tag, rel, pos) = (draft.tags[ix].name(), draft.rels[ix].name(), draft.pos[ix].name());
            format!("{word}/{tag}/{rel}/{pos}/{}", cache.lemma(draft.lemmas[ix]).replace('\n', "\\n"))
        };
        (0..draft.tokens.len()).map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_give_parts_of_speech_and_tables_give_lemmas() {
        assert_snapshot!(
            analysed("The/DT/det councils/NNS/nsubj denied/VBD/ROOT it/PRP/dobj twice/RB/advmod ././punct"),
            @"The/DT/det/DET/the councils/NNS/nsubj/NOUN/council denied/VBD/ROOT/VERB/deny it/PRP/dobj/PRON/it twice/RB/advmod/ADV/twice ././punct/PUNCT/."
        );
    }

    #[test]
    fn exceptions_go_before_rules_and_capitals_stay_in_names() {
        assert_snapshot!(
            analysed("Axes/NNS/ROOT better/JJR/amod Smiths/NNPS/nsubj “/``/punct went/VBD/ROOT"),
            @r#"Axes/NNS/ROOT/NOUN/axis better/JJR/amod/ADJ/well Smiths/NNPS/nsubj/PROPN/Smiths “/``/punct/PUNCT/" went/VBD/ROOT/VERB/go"#
        );
    }

    #[test]
    fn relations_tell_auxiliaries_from_verbs() {
        assert_snapshot!(
            analysed("has/VBZ/aux has/VBZ/ROOT that/IN/mark that/DT/nsubj 'd/MD/aux ca/MD/aux n't/RB/neg"),
            @"has/VBZ/aux/AUX/have has/VBZ/ROOT/VERB/have that/IN/mark/SCONJ/that that/DT/nsubj/PRON/that 'd/MD/aux/AUX/would ca/MD/aux/AUX/can n't/RB/neg/PART/not"
        );
    }

    #[test]
    fn patterns_over_two_tokens_hold_for_pairs_only() {
        assert_snapshot!(
            analysed("There/EX/expl 's/VBZ/ROOT he/PRP/nsubj 's/VBZ/ROOT gon/VBG/xcomp na/TO/aux na/TO/aux let/VB/ROOT 's/PRP/nsubj"),
            @"There/EX/expl/PRON/there 's/VBZ/ROOT/VERB/be he/PRP/nsubj/PRON/he 's/VBZ/ROOT/AUX/be gon/VBG/xcomp/VERB/go na/TO/aux/PART/to na/TO/aux/PART/na let/VB/ROOT/VERB/let 's/PRP/nsubj/PRON/us"
        );
    }

    #[test]
    fn white_space_gets_its_own_tag_and_relation() {
        assert_snapshot!(analysed("\n/NN/nsubj a/_SP/dep"), @r"\n/_SP/dep/SPACE/\n a/_SP/dep/X/a");
    }
}
