//! Whom a report credits: a credit line, the agency of its dateline, "as first reported by the Echo".
//!
//! Names are compared with an outlet only when two reports share text, so a credit keeps the words next to its cue and
//! the outlet decides how many of them are its name.

use crate::words::hash_word;
use onrecord_model::{BlockKind, Reading, Report, Span};
use serde::{Deserialize, Serialize};

/// How much of the report a credit covers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum CreditKind {
    /// The whole report: a credit line or the agency of the dateline.
    Whole,
    /// A part that is not told: "… contributed to this report".
    Contributed,
    /// What stands beside it: "according to", "first reported by".
    Cited,
}

/// Where in [`Credit::name`] the name stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum NameAt {
    /// It is the name.
    All,
    /// The name begins it.
    Start,
    /// The name ends it.
    End,
}

/// Words by which a report credits somebody.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Credit {
    /// How much it covers.
    pub kind: CreditKind,
    /// The name, with words beside it where its bounds are open.
    pub name: String,
    /// Where the name stands.
    pub at: NameAt,
    /// The words in the text; empty for a credit that stands beside the text.
    pub span: Span,
}

/// Words kept beside a cue.
const NAME_WORDS: usize = 6;
/// Credits kept of one report.
const CREDITS_MAX: usize = 64;
/// How far into a paragraph the agency of a dateline may stand, in bytes.
const DATELINE_BYTES: usize = 100;

/// The credits of a report, in order of kind and place. `story` are the spans to look in.
pub fn credits(report: &Report, story: &[Span]) -> Vec<Credit> {
    let text = &*report.text;
    let mut credits = Vec::new();
    if !report.credit.trim().is_empty() {
        credits.push(whole(report.credit.trim(), Span::default()));
    }
    for block in report.blocks.iter().filter(|block| block.kind == BlockKind::Dateline) {
        credits.extend(in_brackets(text, block.span));
    }
    for span in story.iter().take(2) {
        let mut end = (span.end() as usize).min(span.start() as usize + DATELINE_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        credits.extend(in_brackets(text, Span::new(span.start(), end as u32)).filter(|c| dash_follows(text, c.span)));
    }
    for &span in story {
        cited(text, span, &mut credits);
    }
    credits.truncate(CREDITS_MAX);
    credits.sort();
    credits.dedup();
    credits
}

/// Adds the carriers that a reading found between speakers and the report.
pub fn add_carriers(credits: &mut Vec<Credit>, reading: &Reading) {
    let carriers = reading.utterances.iter().flat_map(|utterance| &utterance.via);
    credits.extend(carriers.take(CREDITS_MAX).map(|carrier| Credit {
        kind: CreditKind::Cited,
        name: carrier.name.clone(),
        at: NameAt::All,
        span: carrier.span,
    }));
    credits.sort();
    credits.dedup();
}

impl Credit {
    /// Whether the credit names this outlet (its name, an alias, its initials, its host, or its last word).
    pub fn names(&self, outlet: &str, host: &str) -> bool {
        let outlet = plain_words(outlet);
        let credit = plain_words(&self.name);
        if credit.is_empty() || outlet.is_empty() {
            return false;
        }
        if self.at == NameAt::All {
            return same_outlet(&credit, &outlet, host) || is_short_name(&credit, &outlet);
        }
        let counts = 1..=credit.len();
        let part = |n: usize| if self.at == NameAt::Start { &credit[..n] } else { &credit[credit.len() - n..] };
        counts.into_iter().any(|n| same_outlet(part(n), &outlet, host)) || self.has_short_name(&outlet)
    }

    /// "the Echo" where the bounds of the name are open: an article before it, no further name after it.
    fn has_short_name(&self, outlet: &[String]) -> bool {
        let raw: Vec<&str> = self.name.split_whitespace().collect();
        let (article, word, next) = match self.at {
            NameAt::End if raw.len() >= 2 => (raw[raw.len() - 2], raw[raw.len() - 1], ""),
            NameAt::Start if raw.len() >= 2 => (raw[0], raw[1], raw.get(2).copied().unwrap_or("")),
            _ => return false,
        };
        let ends = word.ends_with([',', '.', ';', ':']) || !next.starts_with(char::is_uppercase);
        article.eq_ignore_ascii_case("the") && ends && is_short_name(&plain_words(word), outlet)
    }
}

/// A name folded for comparison.
pub(crate) fn plain_name(name: &str) -> String {
    let words = plain_words(name);
    canonical(&words).map_or_else(|| words.join(" "), str::to_string)
}

/// Whether two names mean one outlet or agency.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (plain_words(one), plain_words(other));
    same_outlet(&one, &other, "") || same_outlet(&other, &one, "")
}

/// Whether two names, in lower-case words, are of one outlet.
fn same_outlet(credit: &[String], outlet: &[String], host: &str) -> bool {
    if credit == outlet || canonical(credit).is_some_and(|name| canonical(outlet) == Some(name)) {
        return true;
    }
    let joined = credit.concat();
    if joined.len() < 3 {
        return false;
    }
    if outlet.concat() == joined || host.split('.').next() == Some(&joined) {
        return true;
    }
    credit.len() == 1 && is_initials(&joined, outlet)
}

/// "Echo" for the Ballycastle Echo: the last word, unless it is one that half of all papers bear.
fn is_short_name(name: &[String], outlet: &[String]) -> bool {
    const COMMON: &[&str] =
        &["news", "online", "com", "today", "daily", "report", "media", "tv", "radio", "wire", "press"];
    outlet.len() > 1 && name.len() == 1 && outlet.last() == name.first() && !COMMON.contains(&name[0].as_str())
}

/// Ways in which running text writes an outlet's name, as hashes of words: its own, and its aliases. A name of one word
/// counts only where it is known to be an outlet's, for "observer" and "time" are words too.
pub(crate) fn written_names(outlet: &str) -> Vec<Vec<u32>> {
    let words = plain_words(outlet);
    let alias = ALIASES.iter().find(|(name, _)| canonical(&words) == Some(name));
    let known = alias.map_or(&[][..], |(_, names)| names);
    let mut names: Vec<Vec<u32>> = known
        .iter()
        .filter(|name| name.contains(' ') || name.len() > 5)
        .map(|name| name.split(' ').map(hash_word).collect())
        .collect();
    if words.len() > 1 {
        names.push(words.iter().map(|word| hash_word(word)).collect());
    }
    names
}

/// "BNW" for Baltic Newswire: begins each word, in order, and may go on inside one.
fn is_initials(letters: &str, outlet: &[String]) -> bool {
    if outlet.len() < 2 || letters.len() > 5 || letters.len() < outlet.len() {
        return false;
    }
    let mut letters = letters.chars().peekable();
    for word in outlet {
        let mut characters = word.chars();
        if letters.next() != characters.next() {
            return false;
        }
        // A further letter may be of this word if the next word does not begin with it.
        let next_words: Vec<char> =
            outlet.iter().skip_while(|w| *w != word).skip(1).filter_map(|w| w.chars().next()).collect();
        while letters
            .peek()
            .is_some_and(|&letter| next_words.first() != Some(&letter) && characters.any(|c| c == letter))
        {
            letters.next();
        }
    }
    letters.next().is_none()
}

/// One name for outlets that are known by several.
fn canonical(words: &[String]) -> Option<&'static str> {
    let name = words.join(" ");
    ALIASES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|&(name, _)| name)
}

/// Lower-case words of a name without a leading article.
fn plain_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.replace('.', "").to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words
}

fn whole(name: &str, span: Span) -> Credit {
    Credit { kind: CreditKind::Whole, name: name.to_string(), at: NameAt::All, span }
}

/// Names in round brackets that could be an agency: short, with a capital.
fn in_brackets(text: &str, within: Span) -> impl Iterator<Item = Credit> + '_ {
    text[within].match_indices('(').filter_map(move |(open, _)| {
        let start = within.start() as usize + open + 1;
        let length = text[start..within.end() as usize].find(')')?;
        let name = &text[start..start + length];
        let fits =
            (2..=30).contains(&length) && name.starts_with(char::is_uppercase) && !name.contains(['\n', ',', ';']);
        fits.then(|| whole(name, Span::new(start as u32, (start + length) as u32)))
    })
}

fn dash_follows(text: &str, span: Span) -> bool {
    text[span.end() as usize + 1..].trim_start().starts_with(['-', '–', '—', ':'])
}

/// Credits beside cues in running text. One walk over the word starts.
fn cited(text: &str, within: Span, credits: &mut Vec<Credit>) {
    let offset = within.start() as usize;
    let slice = &text[within];
    let bytes = slice.as_bytes();
    for at_word in (0..bytes.len()).filter(|&at| at == 0 || matches!(bytes[at - 1], b' ' | b'\n')) {
        for &(cue, at, kind) in CUES {
            let found =
                bytes.get(at_word..at_word + cue.len()).is_some_and(|word| word.eq_ignore_ascii_case(cue.as_bytes()));
            if !found || credits.len() >= CREDITS_MAX {
                continue;
            }
            let (from, to) = match at {
                NameAt::End => (words_back(slice, at_word), at_word),
                _ => (at_word + cue.len(), words_on(slice, at_word + cue.len())),
            };
            let name = slice[from..to].trim();
            if !name.is_empty() {
                let from = offset + from + (slice[from..to].len() - slice[from..to].trim_start().len());
                let span = Span::new(from as u32, (from + name.len()) as u32);
                credits.push(Credit { kind, name: name.to_string(), at, span });
            }
        }
    }
}

/// The byte where the words before `end` begin; a sentence's end stops it.
fn words_back(text: &str, end: usize) -> usize {
    let mut from = end;
    for word in text[..end].trim_end().rsplit([' ', '\n']).take(NAME_WORDS) {
        if word.is_empty() || word.ends_with(['.', '!', '?', '”', '"']) && from != end {
            break;
        }
        from = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    from
}

/// The byte where the words after `start` end; a stop or comma ends them.
fn words_on(text: &str, start: usize) -> usize {
    let mut to = start;
    for word in text[start..].trim_start().split([' ', '\n']).take(NAME_WORDS) {
        if word.is_empty() {
            break;
        }
        to = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        if word.ends_with(['.', ',', ';', ':', '!', '?']) {
            break;
        }
    }
    to
}

use CreditKind::{Cited, Contributed};

const CUES: &[(&str, NameAt, CreditKind)] = &[
    ("according to ", NameAt::Start, Cited),
    ("reported by ", NameAt::Start, Cited),
    ("obtained by ", NameAt::Start, Cited),
    ("published by ", NameAt::Start, Cited),
    ("an interview with ", NameAt::Start, Cited),
    ("told ", NameAt::Start, Cited),
    ("first reported", NameAt::End, Cited),
    ("reported", NameAt::End, Cited),
    ("reports", NameAt::End, Cited),
    ("has learned", NameAt::End, Cited),
    ("contributed to this", NameAt::End, Contributed),
];

/// Outlets and agencies that go by several names.
const ALIASES: &[(&str, &[&str])] = &[
    ("AAP", &["aap", "australian associated press"]),
    ("ABC News", &["abc", "abc news"]),
    ("AFP", &["afp", "agence france presse", "agence francepresse"]),
    ("ANSA", &["ansa"]),
    ("AP", &["ap", "associated press", "ap news", "apnews"]),
    ("BBC", &["bbc", "bbc news", "british broadcasting corporation"]),
    ("Bloomberg", &["bloomberg", "bloomberg news"]),
    ("Boston Globe", &["boston globe", "globe"]),
    ("Canadian Press", &["cp", "canadian press"]),
    ("Breitbart", &["breitbart", "breitbart news"]),
    ("BuzzFeed", &["buzzfeed", "buzzfeed news"]),
    ("CBS News", &["cbs", "cbs news"]),
    ("CNN", &["cnn", "cable news network", "cnn wire"]),
    ("dpa", &["dpa", "deutsche presse agentur", "german press agency"]),
    ("EFE", &["efe", "agencia efe"]),
    ("Financial Times", &["ft", "financial times"]),
    ("Fox News", &["fox", "fox news"]),
    ("Guardian", &["guardian", "guardian news"]),
    ("HuffPost", &["huffpost", "huffington post", "huff post", "huffpo"]),
    ("Interfax", &["interfax"]),
    ("Los Angeles Times", &["lat", "la times", "los angeles times"]),
    ("NBC News", &["nbc", "nbc news"]),
    ("New York Times", &["nyt", "ny times", "new york times", "nytimes"]),
    ("NPR", &["npr", "national public radio"]),
    ("PA", &["pa", "pa media", "press association"]),
    ("Politico", &["politico"]),
    ("PTI", &["pti", "press trust of india"]),
    ("Reuters", &["reuters", "thomson reuters", "reuters news agency"]),
    ("TASS", &["tass", "itar tass"]),
    ("UPI", &["upi", "united press international"]),
    ("USA Today", &["usa today", "usatoday"]),
    ("Wall Street Journal", &["wsj", "wall street journal"]),
    ("Washington Post", &["wapo", "wash post", "washington post"]),
    ("Xinhua", &["xinhua", "xinhua news agency"]),
];
