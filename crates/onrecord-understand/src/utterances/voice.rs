//! Who speaks, and on whose word.

use super::chains::Chains;
use super::source::{self, Source, SourceKind};
use crate::words::{Words, begins_with_any, lower};
use onrecord_model::{Anonymity, Basis, ChainIx, EntityKind, Rel, Span, Speaker, Tag, TokenIx, Utterance};

/// The speaker of one utterance with the basis of his word.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Voice {
    pub speaker: Option<Speaker>,
    pub basis: Basis,
    pub anonymity: Option<Anonymity>,
}

impl Voice {
    /// Nobody is credited.
    pub fn nobody() -> Voice {
        Voice { speaker: None, basis: Basis::Unspecified, anonymity: None }
    }

    /// The voice of another utterance again.
    pub fn of(utterance: &Utterance) -> Voice {
        Voice { speaker: utterance.speaker.clone(), basis: utterance.basis, anonymity: utterance.anonymity.clone() }
    }
}

/// The voice behind the source `span`. `container` is the utterance around it, `before` the utterances already made.
pub(super) fn voice(
    words: &Words,
    chains: &Chains,
    span: Span,
    container: Option<&Utterance>,
    before: &[Utterance],
) -> Voice {
    let Some(source) = source::read(words, span) else { return Voice::nobody() };
    let alone = words.text[source.description].len() == words.form(source.head).len();
    let chain = chains.of(source.head).or_else(|| chains.bearer(words.form(source.head)).filter(|_| alone));
    match source.kind {
        SourceKind::Pronoun => pronoun(words, chains, &source, chain, container),
        SourceKind::Member => member(words, chains, &source, before),
        SourceKind::Person => named(words, chains, &source, chain),
        SourceKind::Other(basis) => said_before(words, chains, &source, chain, before)
            .unwrap_or_else(|| described(words, chains, &source, chain, basis)),
    }
}

/// "The source", "these people": whoever spoke unnamed before, where the words are no mention of someone known.
fn said_before(
    words: &Words,
    chains: &Chains,
    source: &Source,
    chain: Option<ChainIx>,
    before: &[Utterance],
) -> Option<Voice> {
    const GENERAL: &[&str] = &["insider", "person", "source"];
    let first = chain.and_then(|ix| chains.description(ix)).and_then(|span| words.head(span));
    let known = first.is_some_and(|head| head != source.head) || chain.is_some_and(|ix| chains.is_named(ix));
    let definite = ["the", "this", "that", "these", "those"]
        .iter()
        .any(|the| words.is(words.range(source.description).start, the));
    if known || !definite || !words.lemma_in(source.head, GENERAL) && !words.is(source.head, "people") {
        return None;
    }
    let plural = matches!(words.token(source.head).tag, Tag::Nns | Tag::Nnps);
    let fits = |u: &&Utterance| u.anonymity.as_ref().is_some_and(|a| plural == (a.count != Some(1)));
    before.iter().rev().take(6).find(fits).map(Voice::of)
}

fn pronoun(
    words: &Words,
    chains: &Chains,
    source: &Source,
    chain: Option<ChainIx>,
    container: Option<&Utterance>,
) -> Voice {
    let form = words.lower(source.head);
    let first_person = matches!(&*form, "i" | "we" | "me" | "us");
    if let (true, Some(container)) = (first_person, container) {
        return Voice::of(container);
    }
    let Some(ix) = chain else {
        let basis = match &*form {
            "they" | "them" | "who" | "we" => Basis::Anonymous,
            "it" | "which" | "that" => Basis::Organisation,
            _ => Basis::Named,
        };
        return Voice { speaker: None, basis, anonymity: None };
    };
    if chains.is_named(ix) {
        return known(chains, ix, source);
    }
    match chains.description(ix).and_then(|span| source::read(words, span)) {
        Some(first) => match first.kind {
            SourceKind::Person => known_as(chains, ix, Basis::Named),
            SourceKind::Other(basis) => described(words, chains, &first, Some(ix), basis),
            SourceKind::Pronoun | SourceKind::Member => {
                let mut voice = known_as(chains, ix, Basis::Anonymous);
                voice.anonymity = Some(anonymity(words, &first));
                voice
            }
        },
        None => known_as(chains, ix, Basis::Named),
    }
}

/// "Another", "a third", "one of them": one or some of the people described before.
fn member(words: &Words, chains: &Chains, source: &Source, before: &[Utterance]) -> Voice {
    let text = words.text[source.description].to_string();
    let last = before.iter().rev().find(|u| u.anonymity.is_some());
    // "them" may be known, whatever was said last.
    let of = source::partitive(words, source.head);
    let group = of
        .and_then(|of| chains.of(of))
        .filter(|&ix| !chains.is_named(ix))
        .and_then(|ix| chains.description(ix))
        .and_then(|span| source::read(words, span))
        .or_else(|| last?.source.and_then(|span| source::read(words, span)))
        .filter(|group| group.kind != SourceKind::Member && group.kind != SourceKind::Pronoun)
        .map(|group| source::partitive(words, group.head).unwrap_or(group.head));
    let form = words.lower(source.head);
    let name = match group {
        Some(noun) if of.is_some() => format!("{form} of the {}", plain_noun(words, noun, words.form(noun))),
        Some(noun) if matches!(&*form, "another" | "one") => {
            format!("{form} {}", plain_noun(words, noun, &words.lemma(noun)))
        }
        _ => text.clone(),
    };
    let count = source.count.or(Some(1)).filter(|_| !begins_with_any(&text, &["others"]));
    let reason = last.and_then(|u| u.anonymity.as_ref()).and_then(|g| g.reason.clone());
    Voice {
        speaker: Some(Speaker { chain: None, name }),
        basis: Basis::Anonymous,
        anonymity: Some(Anonymity { count, described_as: text, reason }),
    }
}

/// A noun, as `form`, with the adjectives and nouns right before it.
fn plain_noun(words: &Words, noun: TokenIx, form: &str) -> String {
    let sentence = words.sentence(noun);
    let proper = |ix: TokenIx| matches!(words.token(ix).tag, Tag::Nnp | Tag::Nnps);
    let part = |ix: TokenIx| {
        let token = words.token(ix);
        matches!(token.rel, Rel::Amod | Rel::Compound | Rel::Nmod | Rel::Conj | Rel::Cc)
            && token.tag != Tag::Cd
            && (token.head == noun || words.token(token.head).head == noun)
    };
    let mut first = noun;
    while first > sentence.start && part(first - 1) {
        first -= 1;
    }
    let mut name = String::new();
    for ix in first..noun {
        let word = words.form(ix);
        // The capital of a sentence's first word is no part of it.
        if ix == sentence.start && !proper(ix) {
            name.push_str(&lower(word))
        } else {
            name.push_str(word)
        };
        name.push(' ');
    }
    if noun == sentence.start && !proper(noun) {
        name.push_str(&lower(form))
    } else {
        name.push_str(form)
    };
    name
}

/// A person known by name or by an office that one person holds.
fn named(words: &Words, chains: &Chains, source: &Source, chain: Option<ChainIx>) -> Voice {
    if let Some(ix) = chain {
        // A name that coreference knows for an outlet or a body ("Reuters", "Downing Street").
        let kind = chains.list[ix as usize].kind;
        if chains.is_outlet(ix) {
            return known_as(chains, ix, Basis::Outlet);
        }
        if matches!(kind, EntityKind::Organisation | EntityKind::Place) {
            return known_as(chains, ix, Basis::Organisation);
        }
        return known_as(chains, ix, Basis::Named);
    }
    Voice {
        speaker: Some(Speaker { chain: None, name: name_text(words, chains, source) }),
        basis: Basis::Named,
        anonymity: None,
    }
}

fn described(words: &Words, chains: &Chains, source: &Source, chain: Option<ChainIx>, basis: Basis) -> Voice {
    if let Some(ix) = chain {
        let kind = chains.list[ix as usize].kind;
        if chains.is_named(ix) && kind == EntityKind::Person && basis != Basis::Document {
            return known_as(chains, ix, Basis::Named);
        }
        if basis == Basis::Anonymous && kind == EntityKind::Organisation {
            return known(chains, ix, source);
        }
        if basis == Basis::Organisation && chains.is_outlet(ix) {
            return known_as(chains, ix, Basis::Outlet);
        }
        let mut voice = known_as(chains, ix, basis);
        if basis == Basis::Anonymous {
            // "the officials" are the "two White House officials" of before.
            let first = chains.description(ix).and_then(|span| source::read(words, span));
            let mut unnamed = anonymity(words, first.as_ref().unwrap_or(source));
            unnamed.count = unnamed.count.or(source.count);
            voice.anonymity = Some(unnamed);
            voice.speaker = Some(Speaker {
                chain: Some(ix),
                name: anonymous_name(words, chains, first.as_ref().unwrap_or(source)),
            });
        }
        return voice;
    }
    let speaker = Some(Speaker { chain: None, name: anonymous_name(words, chains, source) });
    let speaker = if basis == Basis::Unspecified { None } else { speaker };
    let anonymity = (basis == Basis::Anonymous).then(|| anonymity(words, source));
    Voice { speaker, basis, anonymity }
}

fn known(chains: &Chains, ix: ChainIx, _source: &Source) -> Voice {
    let basis = match chains.list[ix as usize].kind {
        _ if chains.is_outlet(ix) => Basis::Outlet,
        EntityKind::Organisation | EntityKind::Place => Basis::Organisation,
        EntityKind::Work => Basis::Document,
        _ => Basis::Named,
    };
    known_as(chains, ix, basis)
}

fn known_as(chains: &Chains, ix: ChainIx, basis: Basis) -> Voice {
    let name = chains.list[ix as usize].name.clone();
    Voice { speaker: Some(Speaker { chain: Some(ix), name }), basis, anonymity: None }
}

fn anonymity(words: &Words, source: &Source) -> Anonymity {
    Anonymity { count: source.count, described_as: words.text[source.description].to_string(), reason: None }
}

/// The description, with a possessive pronoun at its start replaced by its owner's name ("her solicitor").
fn anonymous_name(words: &Words, chains: &Chains, source: &Source) -> String {
    owned(words, chains, &words.text[source.description], source.description)
}

/// `text`, or where `span` begins with a possessive pronoun, its words with the owner's name.
pub(super) fn owned(words: &Words, chains: &Chains, text: &str, span: Span) -> String {
    let first = words.range(span).start;
    if words.token(first).tag != Tag::PrpPoss {
        return text.to_string();
    }
    let Some(owner) = chains.of(first) else { return text.to_string() };
    let name = &chains.list[owner as usize].name;
    // "The driver … his lawyer": a short description owns as well as a name.
    let possessive = |span: Span| words.range(span).any(|ix| words.token(ix).tag == Tag::PrpPoss);
    let short = name.split(' ').count() <= 4 && chains.description(owner).is_some_and(|span| !possessive(span));
    if !chains.is_named(owner) && !short {
        return text.to_string();
    }
    let rest = &words.text[Span::new(words.token(first).span.end(), span.end())];
    let bare = name.trim_end_matches("'s").trim_end_matches("’s");
    format!("{bare}'s{rest}")
}

/// The name without titles: the tokens of the person's name in the description, else the description.
fn name_text(words: &Words, chains: &Chains, source: &Source) -> String {
    let head = source.head;
    if let Some(name) = words.name_at(head) {
        return words.text[words.parse.span_of(name.first, name.last)].to_string();
    }
    anonymous_name(words, chains, source)
}
