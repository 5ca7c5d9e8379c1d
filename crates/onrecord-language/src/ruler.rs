//! The attribute ruler: patterns over fine tags, relations and lower-case words that set part of speech and lemma.

use crate::error::ModelError;
use crate::fields::Fields;
use crate::form::Lexicon;
use crate::model::Model;
use onrecord_model::{Label, Pos, Rel, Tag};

/// What the patterns ask of a token. All of it is as tokenizer, tagger and parser left it.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// See [`Ruler::word`].
    pub word: u8,
    pub tag: Tag,
    pub rel: Rel,
    pub is_space: bool,
}

/// What the patterns set, the last one that sets it winning.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Attributes<'r> {
    pub pos: Option<Pos>,
    pub tag: Option<Tag>,
    pub rel: Option<Rel>,
    pub lemma: Option<&'r str>,
    /// What the lemmatizer wants to know of the morphology: see [`crate::lemmatizer`].
    pub morphology: Option<u8>,
}

/// The patterns of a model, in order of precedence: later over earlier.
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// Indexes of the rules over two tokens.
    pairs: Vec<usize>,
    /// Ids of the words that patterns name, sorted.
    words: Vec<u64>,
    /// By relation: relations with the same number are the same to every pattern.
    rel_classes: Vec<u8>,
}

struct Rule {
    first: Condition,
    /// Of the next token.
    second: Option<Condition>,
    /// Which of the two gets the attributes.
    target: usize,
    pos: Option<Pos>,
    tag: Option<Tag>,
    rel: Option<Rel>,
    lemma: Option<Box<str>>,
    morphology: Option<u8>,
}

/// What a pattern asks of one token: sets of numbers, and whether it is white space.
struct Condition {
    tags: u64,
    rels: u64,
    words: [u64; 4],
    space: Option<bool>,
}

impl Condition {
    fn holds(&self, token: Asked) -> bool {
        self.tags >> token.tag as u8 & 1 == 1
            && self.rels >> token.rel as u8 & 1 == 1
            && self.words[token.word as usize / 64] >> (token.word % 64) & 1 == 1
            && self.space.is_none_or(|space| space == token.is_space)
    }
}

impl Ruler {
    pub fn new(model: &Model, lexicon: &Lexicon) -> Result<Ruler, ModelError> {
        let mut reader = Reader { fields: Fields::new(model, "ruler.rules")?, words: Vec::new() };
        let count = reader.fields.short()?;
        let mut rules = (0..count).map(|_| reader.rule()).collect::<Result<Vec<Rule>, _>>()?;
        // Words were numbered as they came; number them in the order of their ids, so that one search finds them.
        let ids: Vec<u64> = reader.words.iter().map(|word| lexicon.id(word)).collect();
        let mut words = ids.clone();
        words.sort_unstable();
        let numbers: Vec<u8> = ids.iter().map(|id| words.partition_point(|known| known < id) as u8 + 1).collect();
        for condition in rules.iter_mut().flat_map(|rule| [Some(&mut rule.first), rule.second.as_mut()]).flatten() {
            renumber(&mut condition.words, &numbers);
        }
        reader.fields.end()?;
        let pairs = (0..rules.len()).filter(|&ix| rules[ix].second.is_some()).collect();
        let rel_classes = rel_classes(&rules);
        Ok(Ruler { rules, pairs, words, rel_classes })
    }

    /// The number of the word with this id in lower case, 0 for words that no pattern names.
    pub fn word(&self, lower: u64) -> u8 {
        self.words.binary_search(&lower).map_or(0, |found| found as u8 + 1)
    }

    /// A number that is the same for relations between which no pattern tells a difference.
    pub fn rel_class(&self, rel: Rel) -> u8 {
        self.rel_classes[rel as usize]
    }

    /// Whether a pattern over two tokens may start at `token`.
    pub fn opens_pair(&self, token: Asked) -> bool {
        self.pairs.iter().any(|&ix| self.rules[ix].first.holds(token))
    }

    /// Calls `found` with each pattern over two tokens that holds for `first` and `second`, and with 0 or 1: which of the
    /// two it speaks of.
    pub fn pairs(&self, first: Asked, second: Asked, mut found: impl FnMut(usize, usize)) {
        for &ix in &self.pairs {
            let rule = &self.rules[ix];
            if rule.first.holds(first) && rule.second.as_ref().is_some_and(|condition| condition.holds(second)) {
                found(ix, rule.target);
            }
        }
    }

    /// The attributes that patterns set on `token`: those over one token that hold for it, and `pairs` of which the caller
    /// knows that they hold.
    pub fn attributes(&self, token: Asked, pairs: &[usize]) -> Attributes<'_> {
        let mut set = Attributes::default();
        for (ix, rule) in self.rules.iter().enumerate() {
            let holds = match rule.second {
                None => rule.first.holds(token),
                Some(_) => pairs.contains(&ix),
            };
            if holds {
                set = Attributes {
                    pos: rule.pos.or(set.pos),
                    tag: rule.tag.or(set.tag),
                    rel: rule.rel.or(set.rel),
                    lemma: rule.lemma.as_deref().or(set.lemma),
                    morphology: rule.morphology.or(set.morphology),
                };
            }
        }
        set
    }
}

/// Numbers relations so that those which are in the same sets of all conditions get the same number.
fn rel_classes(rules: &[Rule]) -> Vec<u8> {
    let sets: Vec<u64> =
        rules.iter().flat_map(|rule| [Some(&rule.first), rule.second.as_ref()]).flatten().map(|c| c.rels).collect();
    let alike = |a: Rel, b: Rel| sets.iter().all(|set| set >> a as u8 & 1 == set >> b as u8 & 1);
    let first_alike = |rel: Rel| Rel::ALL.iter().position(|&other| alike(rel, other)).unwrap_or(rel as usize) as u8;
    Rel::ALL.iter().map(|&rel| first_alike(rel)).collect()
}

/// Moves the bit of each word from its old number to its new one; old numbers count from 1, bit 0 is any other word.
fn renumber(words: &mut [u64; 4], numbers: &[u8]) {
    let old = *words;
    for (ix, &new) in numbers.iter().enumerate() {
        let bit = old[(ix + 1) / 64] >> ((ix + 1) % 64) & 1;
        let place = &mut words[new as usize / 64];
        *place = *place & !(1 << (new % 64)) | bit << (new % 64);
    }
}

struct Reader<'m> {
    fields: Fields<'m>,
    words: Vec<&'m str>,
}

impl<'m> Reader<'m> {
    fn rule(&mut self) -> Result<Rule, ModelError> {
        let (count, target) = (self.fields.byte()? as usize, self.fields.byte()? as usize);
        if !(1..=2).contains(&count) || target >= count {
            return Err(self.fields.wrong("a pattern is not of one or two tokens"));
        }
        let first = self.condition()?;
        let second = if count == 2 { Some(self.condition()?) } else { None };
        let (pos, tag, rel) = (self.fields.text()?, self.fields.text()?, self.fields.text()?);
        let lemma = self.fields.text()?;
        let morphology = self.fields.byte()?;
        Ok(Rule {
            first,
            second,
            target,
            pos: self.label(pos)?,
            tag: self.label(tag)?,
            rel: self.label(rel)?,
            lemma: (!lemma.is_empty()).then(|| lemma.into()),
            morphology: (morphology != u8::MAX).then_some(morphology),
        })
    }

    /// None if no label is named.
    fn label<L: Label>(&self, name: &str) -> Result<Option<L>, ModelError> {
        if name.is_empty() {
            return Ok(None);
        }
        L::from_name(name).map(Some).ok_or_else(|| self.fields.wrong("a pattern sets a label that there is not"))
    }

    fn condition(&mut self) -> Result<Condition, ModelError> {
        let tags = self.labels::<Tag>()?;
        let kind = self.fields.byte()?;
        let mut words = [0; 4];
        for word in self.fields.texts()? {
            let number = 1 + match self.words.iter().position(|known| *known == word) {
                Some(known) => known,
                None => {
                    self.words.push(word);
                    self.words.len() - 1
                }
            };
            let place = words.get_mut(number / 64).ok_or_else(|| self.fields.wrong("it names too many words"))?;
            *place |= 1 << (number % 64);
        }
        let words = self.set(kind, words)?;
        let rels = self.labels::<Rel>()?;
        let space = match self.fields.byte()? {
            0 => None,
            1 => Some(true),
            _ => Some(false),
        };
        Ok(Condition { tags, rels, words, space })
    }

    /// The set of the labels' numbers. Labels that the model never gives are left out.
    fn labels<L: Label>(&mut self) -> Result<u64, ModelError> {
        let kind = self.fields.byte()?;
        let names = self.fields.texts()?;
        let numbers = names.iter().filter_map(|name| L::ALL.iter().position(|label| label.name() == *name));
        let set = numbers.fold(0, |set, number| set | 1 << number);
        Ok(self.set(kind, [set])?[0])
    }

    /// Everything, the set itself, or everything else.
    fn set<const N: usize>(&self, kind: u8, set: [u64; N]) -> Result<[u64; N], ModelError> {
        match kind {
            0 => Ok([u64::MAX; N]),
            1 => Ok(set),
            2 => Ok(set.map(|bits| !bits)),
            _ => Err(self.fields.wrong("a pattern has a condition of an unknown kind")),
        }
    }
}
