//! What entities, statements, origins and events are made of: the facts of one reading, boiled down.

use crate::called::{bare_name, is_age, is_name};
use crate::other_names::other_names;
use crate::propositions::Maker;
use onrecord_model::{
    Basis, Chain, ChainIx, EntityKind, MentionKind, Reading, Span, Stance, UtteranceIx, UtteranceRef,
};
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
    /// The sentence in which it stands, with the words that say who says so.
    #[serde(default)]
    pub sentence: Span,
    /// The words of the parts, verbatim, joined by a space.
    pub text: String,
    /// The words of the speech act where the parts are no clause without them: "withdrew" before "the charge of murder". Else empty.
    #[serde(default)]
    pub act: String,
    /// Hashes of the stems of its content words, with the names behind pronouns and descriptions. Sorted, distinct.
    pub terms: Vec<u64>,
    /// How rare each of `terms` is in English at large, 0..=18.
    #[serde(default)]
    pub rarity: Vec<u8>,
    /// Those of `terms` that say what is so: the verb at the top and what completes it. Sorted.
    #[serde(default)]
    pub predicate: Vec<u64>,
    /// Those of `terms` that are names.
    pub names: Vec<u64>,
    /// Numbers in it.
    pub numbers: Vec<Number>,
    /// Days and months in it (TIMEX3 values), sorted.
    pub days: Vec<String>,
    /// Whether its main clause is negated or it is a denial.
    pub negated: bool,
    /// Those of `terms` that are denied: in the scope of "not", "no", "without", or of a denial.
    #[serde(default)]
    pub denied: Vec<u64>,
    /// Words that limit it ("may", "up to", "offered"), lower case, sorted.
    pub hedges: Vec<String>,
    /// Whether its verb has its subject beside it, so that it can be read by itself.
    #[serde(default)]
    pub whole: bool,
    /// Whether most of it stands in quotation marks.
    pub quoted: bool,
    /// Whether it stands in the headline, which sums up what the report says below.
    #[serde(default)]
    pub headline: bool,
    /// Who says so; none in the report's own voice.
    pub voice: Option<Voice>,
}

impl Proposition {
    /// What it says in words that can be read by themselves.
    pub(crate) fn wording(&self) -> String {
        if self.act.is_empty() { self.text.clone() } else { format!("{} {}", self.act, self.text) }
    }

    /// Takes away the words by which it would be compared.
    pub(crate) fn clear(&mut self) {
        for list in [&mut self.terms, &mut self.predicate, &mut self.names, &mut self.denied] {
            list.clear();
        }
        self.rarity.clear();
    }
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
        .map(|m| bare_name(&text[m.span], &chain.name))
        .collect();
    aliases.sort();
    aliases.dedup();
    ChainFact {
        kind: chain.kind,
        name: chain.name.clone(),
        named: !aliases.is_empty() && (chain.kind != EntityKind::Person || is_name(&chain.name)),
        aliases,
        roles: chain.roles.iter().filter(|r| !is_age(&r.title)).map(|r| (r.title.clone(), r.past, r.span)).collect(),
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
