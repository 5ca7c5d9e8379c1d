//! Word forms: everything the pipeline needs to know of a token's characters, worked out once a form.

use crate::error::ModelError;
use crate::hash::hash_string;
use crate::model::{Model, View};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Index of a form in its [`Forms`].
pub(crate) type FormIx = u32;

/// One distinct word form. Ids are spaCy's: the reserved symbol's number, else MurmurHash64A of the characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Id of the characters as they are.
    pub orth: u64,
    /// Id of the normal form.
    pub norm: u64,
    /// Id of the first character.
    pub prefix: u64,
    /// Id of the last three characters.
    pub suffix: u64,
    /// Id of the shape (`Xxxxx`, `dd-dd`).
    pub shape: u64,
    /// Id of the characters in lower case.
    pub lower: u64,
    /// Whether all characters are white space.
    pub is_space: bool,
    /// Where its characters stand in [`Forms::text`].
    start: u32,
    end: u32,
}

/// The forms met so far by one worker, by index.
#[derive(Default)]
pub(crate) struct Forms {
    forms: Vec<Form>,
    text: String,
    by_ids: HashMap<(u64, u64), FormIx, BuildHasherDefault<Identity>>,
}

impl Forms {
    /// The form at `ix`.
    pub fn get(&self, ix: FormIx) -> &Form {
        &self.forms[ix as usize]
    }

    /// The characters of the form at `ix`.
    pub fn text(&self, ix: FormIx) -> &str {
        let form = self.get(ix);
        &self.text[form.start as usize..form.end as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Forgets all of them: indexes given out before mean nothing any more.
    pub fn clear(&mut self) {
        self.forms.clear();
        self.text.clear();
        self.by_ids.clear();
    }

    /// The form with these characters and, if `norm` is given (a tokenizer exception sets one), that normal form.
    pub fn intern(&mut self, lexicon: &Lexicon, text: &str, norm: Option<&str>) -> FormIx {
        let orth = lexicon.id(text);
        let norm = match norm {
            Some(norm) => lexicon.id(norm),
            None => lexicon.norm_id(text, orth),
        };
        if let Some(&known) = self.by_ids.get(&(orth, norm)) {
            return known;
        }
        let ix = self.forms.len() as FormIx;
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.forms.push(lexicon.form(text, orth, norm, start));
        self.by_ids.insert((orth, norm), ix);
        ix
    }
}

/// Tables that make forms out of characters.
pub(crate) struct Lexicon {
    /// Strings whose id is a small number: symbols reserved by spaCy. Sorted by hash.
    symbol_hashes: View<u64>,
    symbol_ids: View<u64>,
    /// Normal forms that are not just the lower case. Sorted by id of the form.
    norm_keys: View<u64>,
    norm_ids: View<u64>,
    /// Character classes as Python's `str` methods have them.
    pub alphabetic: Ranges,
    /// `str.isupper`.
    pub upper: Ranges,
    /// `str.isdigit`.
    pub digit: Ranges,
    /// `str.isspace`.
    pub space: Ranges,
}

impl Lexicon {
    pub fn new(model: &Model) -> Result<Lexicon, ModelError> {
        let symbol_hashes = model.view::<u64>("lexicon.symbol_hashes")?;
        let norm_keys = model.view::<u64>("lexicon.norm_keys")?;
        Ok(Lexicon {
            symbol_ids: model.view_of("lexicon.symbol_ids", symbol_hashes.get().len())?,
            symbol_hashes,
            norm_ids: model.view_of("lexicon.norm_ids", norm_keys.get().len())?,
            norm_keys,
            alphabetic: Ranges::new(model, "unicode.alphabetic")?,
            upper: Ranges::new(model, "unicode.upper")?,
            digit: Ranges::new(model, "unicode.digit")?,
            space: Ranges::new(model, "unicode.space")?,
        })
    }

    /// The id of a string.
    pub fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        let hash = hash_string(text);
        match self.symbol_hashes.get().binary_search(&hash) {
            Ok(found) => self.symbol_ids.get()[found],
            Err(_) => hash,
        }
    }

    /// The id of the normal form of a string whose own id is `orth`.
    pub fn norm_id(&self, text: &str, orth: u64) -> u64 {
        match self.norm_keys.get().binary_search(&orth) {
            Ok(found) => self.norm_ids.get()[found],
            Err(_) => self.lower_id(text, orth),
        }
    }

    fn lower_id(&self, text: &str, orth: u64) -> u64 {
        if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            return orth;
        }
        self.id(&text.to_lowercase())
    }

    fn form(&self, text: &str, orth: u64, norm: u64, start: u32) -> Form {
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last_three = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Form {
            orth,
            norm,
            prefix: self.id(&text[..first]),
            suffix: self.id(&text[last_three..]),
            shape: self.id(&self.shape(text)),
            lower: self.lower_id(text, orth),
            is_space: !text.is_empty() && text.chars().all(|c| self.space.holds(c)),
            start,
            end: start + text.len() as u32,
        }
    }

    /// The shape: letters as `X` or `x`, digits as `d`, runs cut after four.
    fn shape(&self, text: &str) -> String {
        if text.chars().nth(99).is_some() {
            return "LONG".into();
        }
        let mut shape = String::with_capacity(text.len());
        let mut last = None;
        let mut run = 0;
        for c in text.chars() {
            let class = match c {
                c if self.alphabetic.holds(c) => {
                    if self.upper.holds(c) {
                        'X'
                    } else {
                        'x'
                    }
                }
                c if self.digit.holds(c) => 'd',
                c => c,
            };
            run = if last == Some(class) { run + 1 } else { 0 };
            last = Some(class);
            if run < 4 {
                shape.push(class);
            }
        }
        shape
    }
}

/// A set of characters: sorted, disjoint ranges of code points (first, last).
pub(crate) struct Ranges {
    ranges: View<[u32; 2]>,
    ascii: u128,
}

impl Ranges {
    fn new(model: &Model, section: &'static str) -> Result<Ranges, ModelError> {
        let ranges = model.view::<[u32; 2]>(section)?;
        let ascii = (0..128).filter(|&point| is_in(ranges.get(), point)).fold(0, |set, point| set | 1 << point);
        Ok(Ranges { ranges, ascii })
    }

    /// Whether `c` is in the set.
    pub fn holds(&self, c: char) -> bool {
        let point = c as u32;
        if point < 128 { self.ascii >> point & 1 == 1 } else { is_in(self.ranges.get(), point) }
    }
}

fn is_in(ranges: &[[u32; 2]], point: u32) -> bool {
    let after = ranges.partition_point(|&[first, _]| first <= point);
    after > 0 && point <= ranges[after - 1][1]
}

/// The keys are hashes already.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, id: u64) {
        self.0 = self.0.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ id;
    }
}
