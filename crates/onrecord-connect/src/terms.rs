//! Terms: what a report is about, as weighted words and names.
//!
//! A word weighs as much as it is rare in English at large, by a fixed table, and as it is frequent in the report; names
//! weigh more. Weights never depend on the pile.

use crate::words::is_apostrophe;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// Terms kept of a report, the weightiest.
const TERMS_MAX: usize = 160;
/// Levels of the table of common words.
const LISTED_LEVELS: f64 = 15.0;
/// Level of words that the table does not list.
const RAREST: u8 = 15;
/// A name weighs so much more than another word as rare.
const NAME_FACTOR: f64 = 1.25;
/// See [`Common::likeness`].
const NAMES_PER_WORDS: f64 = 20.0;
/// Weight of two name words in a row, each time alike: "Ines Calder" says more than "Ines" and "Calder".
const FULL_NAME_WEIGHT: f64 = 0.5;
/// Words rarer than this level may be part of a full name.
const FULL_NAME_LEVEL_MIN: u8 = 3;
/// Weight of a number of two digits and more.
const NUMBER_WEIGHT: f64 = 0.6;
/// A report is judged by so many words from its start: what follows rarely adds a subject.
const WORDS_MAX: usize = 600;

/// A report's terms: hash and weight, by hash; the squares of the weights sum to one.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Terms(pub Vec<(u32, f32)>);

/// Whether a term is a name: its last bit.
pub fn is_name(term: u32) -> bool {
    term & 1 == 1
}

/// What two texts have in common: products of weights, of names and of other words apart.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Common {
    names: f64,
    words: f64,
}

impl Common {
    /// Adds the product of the weights that a term has in both.
    pub fn add(&mut self, term: u32, product: f64) {
        *(if is_name(term) { &mut self.names } else { &mut self.words }) += product;
    }

    /// How alike the two are. Names count for no more than so many times what the other words do: a town, or a minister,
    /// is in many stories.
    pub fn likeness(self) -> f64 {
        self.words + self.names.min(NAMES_PER_WORDS * self.words)
    }
}

impl Terms {
    /// How alike two reports are: at most the cosine of their terms, 0.0..=1.0.
    pub fn likeness(&self, other: &Terms) -> f64 {
        let (mut i, mut j, mut common) = (0, 0, Common::default());
        while let (Some(&(one, weight)), Some(&(two, its))) = (self.0.get(i), other.0.get(j)) {
            if one == two {
                common.add(one, f64::from(weight) * f64::from(its));
            }
            i += usize::from(one <= two);
            j += usize::from(two <= one);
        }
        common.likeness()
    }

    /// The `count` weightiest terms, the weightiest first.
    pub fn weightiest(&self, count: usize) -> Vec<u32> {
        let mut terms = self.0.clone();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms.truncate(count);
        terms.into_iter().map(|(term, _)| term).collect()
    }
}

#[derive(Default)]
struct Use {
    times: u32,
    capitalised: u32,
    level: u8,
    number: bool,
}

impl Use {
    fn is_name(&self) -> bool {
        !self.number && self.capitalised * 2 > self.times
    }
}

/// The terms of texts that belong together: a headline and the blocks of a story.
pub fn terms<'a>(texts: impl IntoIterator<Item = &'a str>) -> Terms {
    let mut uses: BTreeMap<u32, Use> = BTreeMap::new();
    let mut full_names: BTreeMap<u32, u32> = BTreeMap::new();
    let mut left = WORDS_MAX;
    for text in texts {
        // The name word before, and where it ended.
        let mut before: Option<(u32, usize)> = None;
        each_word(text, &mut |start, word| {
            if left == 0 {
                return;
            }
            left -= 1;
            let (hash, number) = hash_folded(word);
            let level = level(hash);
            let capital = word.starts_with(char::is_uppercase);
            let used = uses.entry(hash).or_default();
            used.times += 1;
            used.capitalised += u32::from(capital);
            (used.level, used.number) = (level, number);
            if capital
                && level > FULL_NAME_LEVEL_MIN
                && let Some((first, end)) = before
                && &text[end..start] == " "
            {
                *full_names.entry(first.rotate_left(11) ^ hash).or_default() += 1;
            }
            before = (capital && level > FULL_NAME_LEVEL_MIN).then_some((hash, start + word.len()));
        });
    }
    let words = uses.into_iter().map(|(hash, used)| (hash & !1 | u32::from(used.is_name()), weight(&used)));
    let names = full_names.into_iter().map(|(hash, times)| (hash | 1, grown(times) * FULL_NAME_WEIGHT));
    normal(words.chain(names).filter(|&(_, weight)| weight > 0.0).collect())
}

fn weight(used: &Use) -> f64 {
    let rarity = if used.number { NUMBER_WEIGHT } else { f64::from(used.level) / LISTED_LEVELS };
    let name = if used.is_name() { NAME_FACTOR } else { 1.0 };
    grown(used.times) * rarity * name
}

fn grown(times: u32) -> f64 {
    // The logarithm to base two in steps of an eighth: the same on every machine.
    let mut squares = f64::from(times);
    let mut eighths = 0;
    for _ in 0..3 {
        squares *= squares;
    }
    while squares >= 2.0 {
        squares /= 2.0;
        eighths += 1;
    }
    1.0 + f64::from(eighths) / 8.0 * std::f64::consts::LN_2
}

/// The weightiest, scaled to length one, by hash.
fn normal(mut weighted: Vec<(u32, f64)>) -> Terms {
    weighted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weighted.truncate(TERMS_MAX);
    let length = weighted.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    let mut terms: Vec<(u32, f32)> =
        weighted.into_iter().map(|(hash, weight)| (hash, (weight / length) as f32)).collect();
    terms.sort_unstable_by_key(|&(hash, _)| hash);
    terms.dedup_by_key(|&mut (hash, _)| hash);
    Terms(terms)
}

/// Calls back with each word of two letters or digits and more, and where it starts.
pub(crate) fn each_word<'a>(text: &'a str, word: &mut dyn FnMut(usize, &'a str)) {
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = character.is_alphanumeric() || start.is_some() && is_apostrophe(character);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let found = text[from..at].trim_end_matches(is_apostrophe);
                if found.chars().nth(1).is_some() {
                    word(from, found);
                }
                start = None;
            }
            _ => {}
        }
    }
}

/// Hash of a word without case, possessive and plural s; and whether it is a number. Years say nothing: level and number
/// are those of a word too common to count.
pub(crate) fn hash_folded(word: &str) -> (u32, bool) {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let long = word.len() > 4 && !word.ends_with("ss") && !word.ends_with("SS");
    let word = if long { word.strip_suffix(['s', 'S']).unwrap_or(word) } else { word };
    let number = word.bytes().all(|byte| byte.is_ascii_digit());
    let year = number && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (if year { YEAR } else { crate::words::hash_word(word) }, number && !year)
}

/// All years share one hash, which the table gives level 0.
const YEAR: u32 = 0;

/// How rare a word is in English at large: 0 says nothing, 18 is a word that the table does not list.
pub(crate) fn rarity(word: &str) -> u8 {
    level(hash_folded(word).0)
}

pub(crate) fn level(hash: u32) -> u8 {
    static TABLE: OnceLock<HashMap<u32, u8>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = HashMap::with_capacity(40_000);
        table.insert(YEAR, 0);
        for line in include_str!("../data/background.txt").lines() {
            let mut words = line.split(' ');
            let Some(level) = words.next().and_then(|level| level.parse().ok()) else { continue };
            table.extend(words.map(|word| (crate::words::hash_word(word), level)));
        }
        table
    });
    table.get(&hash).copied().unwrap_or(RAREST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_and_names_weigh_most() {
        let terms = terms(["Ines Calder said the dredging of the harbour in Ballymoor was late."]);
        let of = |word: &str| {
            terms.0.iter().find(|(hash, _)| *hash | 1 == hash_folded(word).0 | 1).map_or(0.0, |&(_, weight)| weight)
        };
        assert!(of("Ballymoor") > of("harbour") && of("harbour") > of("late"));
        assert_eq!(of("the"), 0.0);
        assert_eq!(hash_folded("harbours").0, hash_folded("Harbour").0);
    }

    #[test]
    fn a_text_is_like_itself_and_unlike_another() {
        let one = terms(["Dredging of Ballymoor harbour was stopped by the board on Friday."]);
        let other = terms(["The orchestra of Tarsa opened its season with a symphony."]);
        assert!((one.likeness(&one) - 1.0).abs() < 1e-6);
        assert!(one.likeness(&other) < 0.05);
    }
}
