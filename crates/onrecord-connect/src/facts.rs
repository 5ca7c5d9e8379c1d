//! What entities, statements, origins and events are made of: the facts of one reading, boiled down.

use crate::numbers::{plain_number, scale};
use crate::other_names::other_names;
use onrecord_model::{
    Addressee, Basis, Chain, ChainIx, EntityKind, Form, MentionKind, Parse, Pos, Reading, Rel, Span, Stance, Tag,
    TokenIx, Utterance, UtteranceIx, UtteranceRef,
};
use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

/// Facts of one report.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Who and what occurs: one for each chain of the reading, in its order.
    pub chains: Vec<ChainFact>,
    /// What is said, by somebody or in the report's own voice, in text order.
    pub propositions: Vec<Proposition>,
    /// Sentences with a day or month in them, in text order.
    pub days: Vec<DayFact>,
}

/// A chain, boiled down.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChainFact {
    /// What it is.
    pub kind: EntityKind,
    /// Fullest name.
    pub name: String,
    /// Whether that is a proper name.
    pub named: bool,
    /// Other wordings of the name, sorted.
    pub aliases: Vec<String>,
    /// Titles: as written, whether past, where.
    pub roles: Vec<(String, bool, Span)>,
    /// First mention.
    pub first: Span,
    /// How many mentions.
    pub mentions: u32,
    /// How often a pronoun or an honorific says that it is a man, and that it is a woman.
    #[serde(default)]
    pub gender: (u16, u16),
    /// Whether a name is followed by "who".
    #[serde(default)]
    pub human: bool,
    /// Other names that the report gives beside the name ("born Dale"), and where.
    #[serde(default)]
    pub also: Vec<(String, Span)>,
}

/// A number with what it counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Number {
    /// Thousandths.
    pub value: i64,
    /// Hash of the stem of the noun counted, or 0.
    pub unit: u64,
    /// Where it stands.
    pub span: Span,
}

/// One thing said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Proposition {
    /// Which utterance or sentence.
    pub at: UtteranceRef,
    /// Its parts in the report's text.
    pub spans: Vec<Span>,
    /// The words of the parts, verbatim, joined by a space.
    pub text: String,
    /// Hashes of the stems of its content words, with the names behind pronouns and descriptions. Sorted, distinct.
    pub terms: Vec<u64>,
    /// The same in text order, with repetitions: for finding the part of a long passage that says what a short one says.
    pub sequence: Vec<u64>,
    /// Those of `terms` that are names.
    pub names: Vec<u64>,
    /// Numbers in it.
    pub numbers: Vec<Number>,
    /// Days and months in it (TIMEX3 values), sorted.
    pub days: Vec<String>,
    /// Whether its main clause is negated or it is a denial.
    pub negated: bool,
    /// Words that limit it ("may", "up to", "offered"), lower case, sorted.
    pub hedges: Vec<String>,
    /// Whether most of it stands in quotation marks.
    pub quoted: bool,
    /// Who says so; none in the report's own voice.
    pub voice: Option<Voice>,
}

/// Who says so, on whose word.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Voice {
    /// On whose word.
    pub basis: Basis,
    /// What the speaker does.
    pub stance: Stance,
    /// The speaker's chain.
    pub chain: Option<ChainIx>,
    /// Name or description; empty when nobody is credited.
    pub name: String,
    /// How many unnamed people.
    pub count: Option<u32>,
    /// Carriers, nearest the speaker first: chain, name.
    pub via: Vec<(Option<ChainIx>, String)>,
    /// The day it was said, where the words say so.
    pub said: Option<String>,
    /// The words that credit.
    pub source: Option<Span>,
    /// The utterance around this one.
    pub within: Option<UtteranceIx>,
    /// Whether it was said to somebody who is neither an outlet nor the public: what of it is known, others told.
    pub in_private: bool,
}

/// A sentence with a resolved day or month.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DayFact {
    /// TIMEX3 value.
    pub value: String,
    /// First and last day.
    pub interval: (String, String),
    /// The time expression.
    pub span: Span,
    /// The sentence.
    pub sentence: Span,
    /// The sentence, verbatim.
    pub text: String,
    /// Stems of its content words, as in [`Proposition::terms`].
    pub terms: Vec<u64>,
}

/// The facts of a reading. O(tokens + mentions).
pub fn facts(reading: &Reading) -> Facts {
    let maker = Maker::new(reading);
    Facts { chains: chains(reading), propositions: maker.propositions(), days: maker.days() }
}

fn chains(reading: &Reading) -> Vec<ChainFact> {
    let text = &*reading.report.text;
    reading.chains.iter().map(|chain| chain_fact(text, chain)).collect()
}

fn chain_fact(text: &str, chain: &Chain) -> ChainFact {
    let mut aliases: Vec<String> = chain
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Name)
        .map(|m| text[m.span].split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    aliases.sort();
    aliases.dedup();
    ChainFact {
        kind: chain.kind,
        name: chain.name.clone(),
        named: !aliases.is_empty(),
        aliases,
        roles: chain.roles.iter().map(|r| (r.title.clone(), r.past, r.span)).collect(),
        first: chain.mentions.first().map(|m| m.span).unwrap_or_default(),
        mentions: chain.mentions.len() as u32,
        gender: gender(text, chain),
        human: chain.mentions.iter().any(|m| m.kind == MentionKind::Name && clause(&text[m.span]).is_some()),
        also: other_names(text, chain),
    }
}

/// The words after "who" in a mention.
fn clause(mention: &str) -> Option<&str> {
    mention.split_once(", who ").or_else(|| mention.split_once(", whose ")).map(|(_, clause)| clause)
}

fn gender(text: &str, chain: &Chain) -> (u16, u16) {
    let (mut he, mut she): (u16, u16) = (0, 0);
    for mention in &chain.mentions {
        let first = text[mention.span].split_whitespace().next().unwrap_or_default().to_lowercase();
        match (mention.kind, first.trim_end_matches('.')) {
            (MentionKind::Pronoun, "he" | "him" | "his" | "himself") => he = he.saturating_add(1),
            (MentionKind::Pronoun, "she" | "her" | "hers" | "herself") => she = she.saturating_add(1),
            (MentionKind::Name, "mr" | "sir" | "lord") => he = he.saturating_add(3),
            (MentionKind::Name, "mrs" | "ms" | "miss" | "lady" | "dame" | "madam") => she = she.saturating_add(3),
            _ => {}
        }
        // "Dale, who lost her sister"
        for word in clause(&text[mention.span]).into_iter().flat_map(str::split_whitespace) {
            match word {
                "he" | "his" | "himself" => he = he.saturating_add(1),
                "she" | "her" | "herself" => she = she.saturating_add(1),
                _ => {}
            }
        }
    }
    (he, she)
}

/// FNV-1a over bytes, 64 bits: stable over machines and versions.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Verbs that carry no content of their own.
#[rustfmt::skip]
const LIGHT: &[&str] = &[
    "add", "ask", "be", "become", "come", "do", "get", "give", "go", "have", "keep", "know", "let", "make", "may", "put", "report", "say", "see", "seem", "take", "tell",
    "think", "want",
];

/// Words that limit what is said.
#[rustfmt::skip]
const HEDGES: &[&str] = &[
    "about", "allegedly", "almost", "apparently", "appear", "approximately", "around", "consider", "could", "estimate", "expect", "likely", "may", "maybe", "might",
    "nearly", "offer", "perhaps", "plan", "possible", "possibly", "probably", "propose", "reportedly", "roughly", "seem", "some", "suspect", "try", "unconfirmed",
];

struct Maker<'a> {
    reading: &'a Reading,
    parse: &'a Parse,
    text: &'a str,
    stemmer: Stemmer,
    /// Stem hash of each distinct lemma of the parse; 0 for what is no content word.
    stems: Vec<u64>,
    /// Whether each distinct lemma of the parse limits what is said.
    hedges: Vec<bool>,
    /// The chain of which each token heads a mention that is no name.
    refers: Vec<Option<ChainIx>>,
    /// Whether a token belongs to a description of somebody who has a name: it says who, not what.
    describes: Vec<bool>,
    /// Names of the chains as stem hashes.
    names: Vec<Vec<u64>>,
}

impl<'a> Maker<'a> {
    fn new(reading: &'a Reading) -> Maker<'a> {
        let (parse, text) = (&reading.parse, &*reading.report.text);
        let stemmer = Stemmer::create(Algorithm::English);
        let stems = parse
            .lemmas
            .iter()
            .map(|lemma| {
                let lower = lemma.to_lowercase();
                if LIGHT.binary_search(&lower.as_str()).is_ok() { 0 } else { hash(&stemmer.stem(&lower)) }
            })
            .collect();
        let hedge = |lemma: &str| HEDGES.binary_search(&lemma.to_lowercase().as_str()).is_ok();
        let hedges = parse.lemmas.iter().map(|lemma| hedge(lemma)).collect();
        let mut maker = Maker {
            reading,
            parse,
            text,
            stemmer,
            stems,
            hedges,
            refers: vec![None; parse.tokens.len()],
            describes: vec![false; parse.tokens.len()],
            names: Vec::new(),
        };
        maker.names = reading.chains.iter().map(|chain| maker.name_terms(chain)).collect();
        for (ix, chain) in reading.chains.iter().enumerate() {
            for mention in chain.mentions.iter().filter(|m| m.kind != MentionKind::Name) {
                if let Some(head) = maker.head(mention.span) {
                    maker.refers[head as usize] = Some(ix as ChainIx);
                }
                let range = maker.range(mention.span);
                if range.len() <= 4 && !maker.names[ix].is_empty() {
                    maker.describes[range.start as usize..range.end as usize].fill(true);
                }
            }
        }
        maker
    }

    fn range(&self, span: Span) -> std::ops::Range<TokenIx> {
        let tokens = &self.parse.tokens;
        let first = tokens.partition_point(|t| t.span.end() <= span.start());
        let last = tokens.partition_point(|t| t.span.start() < span.end());
        first as TokenIx..last.max(first) as TokenIx
    }

    fn head(&self, span: Span) -> Option<TokenIx> {
        let range = self.range(span);
        let top = |&ix: &TokenIx| {
            let head = self.parse.tokens[ix as usize].head;
            head == ix || !range.contains(&head)
        };
        range.clone().find(top)
    }

    /// Distinguishing words of a chain's name: a person's surname, else all words with a capital.
    fn name_terms(&self, chain: &Chain) -> Vec<u64> {
        if !chain.mentions.iter().any(|m| m.kind == MentionKind::Name) {
            return Vec::new();
        }
        let mut words = chain.name.split_whitespace().filter(|w| w.starts_with(char::is_uppercase));
        let stem = |w: &str| hash(&self.stemmer.stem(&w.trim_end_matches("’s").trim_end_matches("'s").to_lowercase()));
        match chain.kind {
            EntityKind::Person => words.next_back().map(stem).into_iter().collect(),
            _ => words.map(stem).collect(),
        }
    }

    fn propositions(&self) -> Vec<Proposition> {
        let utterances = &self.reading.utterances;
        let mut made: Vec<Proposition> =
            utterances.iter().enumerate().map(|(ix, utterance)| self.said(ix as UtteranceIx, utterance)).collect();
        made.extend(self.own_voice());
        made.retain(|p| p.terms.len() >= 2);
        made.sort_by_key(|p| (p.spans.first().copied(), p.at));
        made
    }

    fn said(&self, ix: UtteranceIx, utterance: &Utterance) -> Proposition {
        let report = self.reading.report.id;
        let name = utterance.speaker.as_ref().map(|s| s.name.clone()).unwrap_or_default();
        let voice = Voice {
            basis: utterance.basis,
            stance: utterance.stance,
            chain: utterance.speaker.as_ref().and_then(|s| s.chain),
            name,
            count: utterance.anonymity.as_ref().and_then(|a| a.count),
            via: utterance.via.iter().map(|c| (c.chain, c.name.clone())).collect(),
            said: utterance.said.as_ref().map(|s| s.value.clone()),
            source: utterance.source,
            within: utterance.within,
            in_private: utterance.addressee.as_ref().is_some_and(|to| self.is_private(to, utterance)),
        };
        let mut made = self.proposition(UtteranceRef::Said(report, ix), &utterance.content);
        made.quoted = utterance.form == Form::Direct;
        // "denied that any letter had been written": the denial is in the cue.
        made.negated |= utterance.stance == Stance::Denies;
        made.voice = Some(voice);
        made
    }

    fn is_private(&self, to: &Addressee, utterance: &Utterance) -> bool {
        const PUBLIC: &[&str] = &[
            "audience",
            "conference",
            "court",
            "crowd",
            "media",
            "press",
            "public",
            "reporter",
            "reporters",
            "journalists",
            "supporters",
            "voters",
        ];
        let last = to.name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        let outlet = utterance.via.iter().any(|carrier| carrier.name == to.name);
        let own = !self.reading.report.outlet.is_empty()
            && self.reading.report.outlet.ends_with(to.name.trim_start_matches("the "));
        !(outlet || own || PUBLIC.contains(&last.as_str()))
    }

    /// What of each sentence belongs to no utterance: all of it, or its longest run of at least six words.
    fn own_voice(&self) -> Vec<Proposition> {
        let mut taken = vec![false; self.parse.tokens.len()];
        for utterance in &self.reading.utterances {
            for span in utterance.content.iter().chain(&utterance.source).chain(&utterance.cue) {
                for ix in self.range(*span) {
                    taken[ix as usize] = true;
                }
            }
        }
        let titles: Vec<Span> = self
            .reading
            .report
            .blocks
            .iter()
            .filter(|b| b.kind == onrecord_model::BlockKind::Title)
            .map(|b| b.span)
            .collect();
        let mut made = Vec::new();
        for &(first, last) in &self.parse.sentences {
            let whole = (first, last);
            let Some((mut first, last)) = longest_free(&taken, first, last) else { continue };
            if (first, last) != whole && !self.is_clause(first, last) {
                continue;
            }
            while first + 1 < last
                && matches!(self.parse.tokens[first as usize].pos, Pos::Punct | Pos::Cconj | Pos::Space)
            {
                first += 1;
            }
            let span = trim(self.text, self.parse.span_of(first, last));
            if span.is_empty() || titles.iter().any(|t| t.overlaps(span)) {
                continue;
            }
            made.push(self.proposition(UtteranceRef::OwnVoice(self.reading.report.id, span), &[span]));
        }
        made
    }

    /// Whether a run of tokens says something by itself: the verb at its top has its subject in it.
    fn is_clause(&self, first: TokenIx, last: TokenIx) -> bool {
        let tokens = &self.parse.tokens;
        let run = first..last;
        let top = |ix: TokenIx| tokens[ix as usize].head == ix || !run.contains(&tokens[ix as usize].head);
        let verb = |ix: TokenIx| matches!(tokens[ix as usize].pos, Pos::Verb | Pos::Aux);
        let subject = |of: TokenIx| {
            run.clone().any(|ix| {
                let token = &tokens[ix as usize];
                token.head == of
                    && matches!(token.rel, Rel::Nsubj | Rel::Nsubjpass)
                    && !matches!(token.tag, Tag::Wdt | Tag::Wp)
            })
        };
        run.clone().find(|&ix| top(ix) && verb(ix)).is_some_and(subject)
    }

    fn proposition(&self, at: UtteranceRef, spans: &[Span]) -> Proposition {
        let (mut terms, mut names, mut numbers, mut hedges) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut negated = false;
        for &span in spans {
            let range = self.range(span);
            for ix in range.clone() {
                self.term(ix, &mut terms, &mut names);
                self.number(ix, &mut numbers);
                let lemma = self.parse.tokens[ix as usize].lemma as usize;
                if self.hedges[lemma] {
                    hedges.push(self.parse.lemmas[lemma].to_lowercase());
                }
            }
            negated |= self.negated(range);
        }
        let sequence = terms.clone();
        terms.sort_unstable();
        terms.dedup();
        names.sort_unstable();
        names.dedup();
        hedges.sort();
        hedges.dedup();
        let mut days: Vec<String> = self
            .reading
            .times
            .iter()
            .filter(|t| t.interval.is_some() && spans.iter().any(|s| s.contains(t.span)))
            .map(|t| t.value.clone())
            .collect();
        days.sort();
        days.dedup();
        let text = spans.iter().map(|&s| &self.text[s]).collect::<Vec<_>>().join(" ");
        Proposition {
            at,
            spans: spans.to_vec(),
            text,
            terms,
            sequence,
            names,
            numbers,
            days,
            negated,
            hedges,
            quoted: false,
            voice: None,
        }
    }

    /// The content words that token `ix` adds.
    fn term(&self, ix: TokenIx, terms: &mut Vec<u64>, names: &mut Vec<u64>) {
        let token = &self.parse.tokens[ix as usize];
        if let Some(chain) = self.refers[ix as usize] {
            terms.extend_from_slice(&self.names[chain as usize]);
            names.extend_from_slice(&self.names[chain as usize]);
        }
        let content = match token.pos {
            Pos::Num if self.text[token.span].eq_ignore_ascii_case("one") => false,
            Pos::Noun | Pos::Verb | Pos::Adj | Pos::Propn | Pos::Num => true,
            Pos::Adv => token.tag != Tag::Wrb && self.text[token.span].len() > 4,
            _ => false,
        };
        let stem = self.stems[token.lemma as usize];
        if !content || stem == 0 {
            return;
        }
        terms.push(stem);
        if token.pos == Pos::Propn || self.describes[ix as usize] {
            names.push(stem);
        }
    }

    fn number(&self, ix: TokenIx, numbers: &mut Vec<Number>) {
        let token = &self.parse.tokens[ix as usize];
        if token.pos != Pos::Num {
            return;
        }
        // "800 million" is one number: read at its last token.
        if let Some(next) = self.parse.tokens.get(ix as usize + 1)
            && next.pos == Pos::Num
            && scale(&self.text[next.span]).is_some()
        {
            return;
        }
        let own = &self.text[token.span];
        let before = ix.checked_sub(1).map(|p| &self.text[self.parse.tokens[p as usize].span]);
        let value = match (scale(own), before.and_then(plain_number)) {
            (Some(times), Some(value)) => value.checked_mul(times),
            (Some(times), None) => times.checked_mul(1000),
            (None, _) => plain_number(own),
        };
        let Some(value) = value else { return };
        let mut head = token.head;
        while self.parse.tokens[head as usize].pos == Pos::Num && self.parse.tokens[head as usize].head != head {
            head = self.parse.tokens[head as usize].head;
        }
        let unit = match self.parse.tokens[head as usize].pos {
            Pos::Noun | Pos::Propn | Pos::Sym => self.stems[self.parse.tokens[head as usize].lemma as usize],
            _ => 0,
        };
        numbers.push(Number { value, unit, span: token.span });
    }

    /// Whether the verb on which the range hangs is negated.
    fn negated(&self, range: std::ops::Range<TokenIx>) -> bool {
        let tokens = &self.parse.tokens;
        let main = range.clone().find(|&ix| {
            let token = &tokens[ix as usize];
            matches!(token.pos, Pos::Verb | Pos::Aux)
                && !matches!(token.rel, Rel::Aux | Rel::Auxpass)
                && (token.head == ix || !range.contains(&token.head))
        });
        range.clone().any(|ix| {
            let token = &tokens[ix as usize];
            let negation = token.rel == Rel::Neg
                || matches!(
                    &self.text[token.span],
                    "no" | "No" | "nobody" | "Nobody" | "none" | "None" | "neither" | "Neither"
                );
            let head = tokens[token.head as usize].head;
            // "did not want to be left alone" wishes something away; it does not say that it was not so.
            let wish = matches!(
                &*self.parse.lemmas[tokens[token.head as usize].lemma as usize],
                "want" | "wish" | "like" | "need"
            );
            negation && !wish && main.is_none_or(|m| token.head == m || head == m || token.head == ix)
        })
    }

    fn days(&self) -> Vec<DayFact> {
        let mut made = Vec::new();
        for time in &self.reading.times {
            let Some(interval) = time.interval.clone() else { continue };
            let Some(sentence) = self.sentence(time.span) else { continue };
            let span = trim(self.text, sentence);
            let proposition = self.proposition(UtteranceRef::OwnVoice(self.reading.report.id, span), &[span]);
            made.push(DayFact {
                value: time.value.clone(),
                interval,
                span: time.span,
                sentence: span,
                text: self.text[span].to_string(),
                terms: proposition.terms,
            });
        }
        made
    }

    fn sentence(&self, span: Span) -> Option<Span> {
        let ix = self.range(span).start;
        let at = self.parse.sentences.partition_point(|&(_, last)| last <= ix);
        self.parse
            .sentences
            .get(at)
            .filter(|(first, last)| first < last)
            .map(|&(first, last)| self.parse.span_of(first, last))
    }
}

/// The longest run of tokens that nothing has taken: the whole sentence, or six tokens and more of it.
fn longest_free(taken: &[bool], first: TokenIx, last: TokenIx) -> Option<(TokenIx, TokenIx)> {
    const LEAST: TokenIx = 6;
    let (mut best, mut start) = ((first, first), first);
    for ix in first..=last {
        if ix == last || taken[ix as usize] {
            if ix - start > best.1 - best.0 {
                best = (start, ix);
            }
            start = ix + 1;
        }
    }
    let length = best.1 - best.0;
    (length > 0 && (length >= LEAST || length == last - first)).then_some(best)
}

fn trim(text: &str, span: Span) -> Span {
    let own = &text[span];
    let start = span.start() + (own.len() - own.trim_start().len()) as u32;
    let end = span.end() - (own.len() - own.trim_end().len()) as u32;
    Span::new(start.min(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_binary_search() {
        assert!(LIGHT.is_sorted());
        assert!(HEDGES.is_sorted());
    }
}
