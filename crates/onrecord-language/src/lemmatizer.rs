//! The rule lemmatizer: suffix rules, exceptions and an index of known base forms, by part of speech.
//!
//! Of the morphology it asks four things, one bit each: 1 singular, 2 infinitive (or no verb form), 4 finite present without
//! a number, 8 positive degree.

use crate::error::ModelError;
use crate::fields::Fields;
use crate::form::Lexicon;
use crate::hash::hash_string;
use crate::model::Model;
use onrecord_model::Pos;

const SINGULAR: u8 = 1;
const INFINITIVE: u8 = 2;
const FINITE_PRESENT: u8 = 4;
const POSITIVE: u8 = 8;

/// The tables of a model.
pub(crate) struct Lemmatizer {
    /// Adjectives, adverbs, nouns, verbs, punctuation.
    parts: [Part; 5],
    /// Hashes of known base forms, sorted, and for each the parts of speech that know it, one bit a part.
    index: Vec<u64>,
    index_parts: Vec<u8>,
}

struct Part {
    /// An ending and what takes its place.
    rules: Vec<(Box<str>, Box<str>)>,
    /// Hashes of irregular words, sorted, and their base forms, a line each.
    exceptions: Vec<u64>,
    exception_forms: Vec<Box<str>>,
}

impl Lemmatizer {
    pub fn new(model: &Model) -> Result<Lemmatizer, ModelError> {
        let mut fields = Fields::new(model, "lemmatizer.tables")?;
        let mut part = || {
            let rules = (0..fields.short()?).map(|_| Ok((fields.text()?.into(), fields.text()?.into())));
            let rules = rules.collect::<Result<_, ModelError>>()?;
            let exceptions = fields.sorted_longs()?;
            let exception_forms = exceptions.iter().map(|_| Ok(fields.text()?.into()));
            Ok::<Part, ModelError>(Part {
                rules,
                exception_forms: exception_forms.collect::<Result<_, ModelError>>()?,
                exceptions,
            })
        };
        let parts = [part()?, part()?, part()?, part()?, part()?];
        let index = fields.sorted_longs()?;
        let index_parts = fields.bytes(index.len())?.to_vec();
        fields.end()?;
        Ok(Lemmatizer { parts, index, index_parts })
    }

    /// The lemma of a word.
    pub fn lemma(&self, lexicon: &Lexicon, word: &str, pos: Pos, morphology: u8) -> String {
        let is_base = morphology & (INFINITIVE | POSITIVE) != 0
            || pos == Pos::Noun && morphology & SINGULAR != 0
            || pos == Pos::Verb && morphology & FINITE_PRESENT != 0;
        let part = match pos {
            _ if is_base => return word.to_lowercase(),
            Pos::Adj => 0,
            Pos::Adv => 1,
            Pos::Noun => 2,
            Pos::Verb => 3,
            Pos::Punct => 4,
            Pos::Propn => return word.into(),
            _ => return word.to_lowercase(),
        };
        self.by_rules(lexicon, &word.to_lowercase(), part).unwrap_or_else(|| word.into())
    }

    /// The first form that exceptions, rules that lead to a known word, and other rules give, in this order.
    fn by_rules(&self, lexicon: &Lexicon, word: &str, part: usize) -> Option<String> {
        let Part { rules, exceptions, exception_forms } = &self.parts[part];
        let mut forms: Vec<String> = Vec::new();
        let mut unknown = None;
        for (old, new) in rules {
            let Some(stem) = word.strip_suffix(&**old) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
            } else if self.is_known(&form, part) {
                forms.insert(0, form);
            } else if !form.chars().all(|c| lexicon.alphabetic.holds(c)) {
                forms.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        if let Ok(found) = exceptions.binary_search(&hash_string(word)) {
            for form in exception_forms[found].split('\n') {
                if !forms.iter().any(|known| known == form) {
                    forms.insert(0, form.into());
                }
            }
        }
        forms.into_iter().next().or(unknown)
    }

    fn is_known(&self, form: &str, part: usize) -> bool {
        self.index.binary_search(&hash_string(form)).is_ok_and(|found| self.index_parts[found] >> part & 1 == 1)
    }
}
