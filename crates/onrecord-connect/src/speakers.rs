//! Who speaks, across reports: the person, or the body for which a person speaks.

use crate::entities::{ChainRef, name_words, organisation};
use crate::facts::Voice;
use onrecord_model::{Basis, Entity, EntityKind, ReportId};
use std::collections::BTreeMap;

/// A voice with what tells whether two voices are one.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Speaker {
    pub basis: Basis,
    /// Index of the entity, where the speaker is one.
    pub entity: Option<usize>,
    /// Lower-case words of the name.
    pub words: Vec<String>,
    /// The body for which a person speaks, or the body itself: lower-case words.
    pub body: Vec<String>,
    /// Posts: those of a person, or the one by which the voice is described.
    pub offices: Vec<String>,
    /// Whether it is known by its post alone.
    pub by_office: bool,
}

/// The speaker behind a voice of `report`.
pub(crate) fn speaker(
    report: ReportId,
    voice: &Voice,
    entities: &[Entity],
    entity_of: &BTreeMap<ChainRef, usize>,
) -> Speaker {
    let entity = voice.chain.and_then(|chain| entity_of.get(&(report, chain)).copied());
    let person = entity.is_some_and(|entity| entities[entity].kind == EntityKind::Person);
    // One word with a capital may just begin a headline: "Officials: no vote".
    let words = voice.name.split_whitespace();
    let proper = (words.clone().count() >= 2 || person) && words.clone().all(|w| w.starts_with(char::is_uppercase));
    // A bare name is no unnamed source, and a person no body, whatever they were read as.
    let basis = match voice.basis {
        Basis::Anonymous if proper || is_the_officer(voice) => Basis::Named,
        Basis::Anonymous if is_text(&voice.name) => Basis::Document,
        Basis::Organisation if person => Basis::Named,
        basis => basis,
    };
    let entity_of = entity.map(|entity| &entities[entity]);
    let words = name_words(&voice.name);
    let by_office = words.last().is_some_and(|word| is_office(word)) && basis == Basis::Named;
    let mut offices: Vec<String> = if by_office { words.last().cloned().into_iter().collect() } else { Vec::new() };
    let titles = entity_of.into_iter().flat_map(|entity| &entity.roles).map(|role| name_words(&role.title));
    offices.extend(titles.filter_map(|title| title.into_iter().rev().find(|word| is_office(word))));
    Speaker { basis, entity, words, body: body(voice, entity_of), offices, by_office }
}

fn is_office(word: &str) -> bool {
    OFFICES.binary_search(&word).is_ok()
}

/// "The chief executive of the harbour": one person holds the post, and everybody may know who.
fn is_the_officer(voice: &Voice) -> bool {
    let lower = voice.name.to_lowercase();
    lower.starts_with("the ") && voice.count.is_none_or(|count| count == 1) && holds_office(&voice.name)
}

/// "A statement signed by the treasurer": a paper, not who signed it.
fn is_text(name: &str) -> bool {
    let head = name.split([',', ';']).next().unwrap_or_default().to_lowercase();
    let head = head.split_whitespace().take_while(|word| !matches!(*word, "by" | "from" | "of" | "signed" | "to"));
    head.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).any(|word| word == "statement" || is_paper(word))
}

impl Speaker {
    /// Whether two named voices are one origin: one person, one body, one document.
    pub fn is(&self, other: &Speaker) -> bool {
        if self.entity.is_some() && self.entity == other.entity
            || self.is_the_holder(other)
            || other.is_the_holder(self)
        {
            return true;
        }
        match (self.basis, other.basis) {
            (Basis::Document, Basis::Document) => {
                let paper = |w: &&String| w.len() > 5 || is_paper(w);
                self.words.last() == other.words.last()
                    || self.words.iter().filter(paper).any(|w| other.words.contains(w))
            }
            // A document and its author are one on its content.
            (Basis::Document, Basis::Named | Basis::Organisation) => {
                self.shares_body(other) || other.words.last().is_some_and(|w| self.words.contains(w))
            }
            (Basis::Named | Basis::Organisation, Basis::Document) => other.is(self),
            (Basis::Named | Basis::Organisation, Basis::Named | Basis::Organisation) => {
                let (a, b) = (&self.words, &other.words);
                let surname = a.len() == 1 && b.last() == a.last() || b.len() == 1 && a.last() == b.last();
                let named = !a.is_empty() && (a == b || surname);
                let told_apart = self.entity.zip(other.entity).is_some_and(|(one, two)| one != two);
                // "Ospina" is one of those who are called so; two full names are two people.
                self.shares_body(other) || named && (!told_apart || surname)
            }
            _ => false,
        }
    }

    /// "The Lestonian president", where the other is a president of nothing else.
    fn is_the_holder(&self, other: &Speaker) -> bool {
        const STEM: usize = 5;
        let alike = |a: &String, b: &String| a.get(..STEM).is_some() && a.get(..STEM) == b.get(..STEM) || a == b;
        let together = self.body.iter().any(|a| other.body.iter().any(|b| alike(a, b)));
        self.by_office
            && other.basis == Basis::Named
            && !other.by_office
            && self.offices.first().is_some_and(|office| other.offices.contains(office))
            && (self.body.is_empty() || other.body.is_empty() || together)
    }

    /// Whether the two speak for one body: officers, lawyers and spokespeople of it.
    pub fn shares_body(&self, other: &Speaker) -> bool {
        let some = |body: &[String]| matches!(body, [one] if one == "company" || one == "firm");
        let (a, b) = (&self.body, &other.body);
        // "The company" is whichever body of the story is one.
        !a.is_empty() && !b.is_empty() && (a.last() == b.last() || some(a) || some(b))
    }

    /// "A spokeswoman": of whom, is not said.
    pub fn is_bodiless(&self) -> bool {
        self.body.is_empty() && self.words.last().is_some_and(|w| w.starts_with("spokes"))
    }
}

/// What documents are called.
const PAPERS: &[&str] = &[
    "audit",
    "correction",
    "diary",
    "email",
    "file",
    "letter",
    "log",
    "memo",
    "minutes",
    "note",
    "notes",
    "paper",
    "report",
    "review",
    "statement",
    "study",
];

/// Whether a word is what a document is called.
pub(crate) fn is_paper(word: &str) -> bool {
    PAPERS.binary_search(&word).is_ok()
}

/// Titles of people who speak for a body: its officers, lawyers and spokespeople.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "administrator", "attorney", "boss", "ceo", "chair", "chairman", "chairwoman", "chief", "commander", "commissioner", "director", "editor", "executive", "founder",
    "governor", "head", "lawyer", "leader", "manager", "mayor", "minister", "owner", "president", "principal", "secretary", "solicitor", "spokesman", "spokesperson",
    "spokeswoman", "superintendent",
];

/// The body that speaks through this voice: the organisation itself, that of one of its officers, or that of which a document is.
fn body(voice: &Voice, entity: Option<&Entity>) -> Vec<String> {
    let named = entity.map_or(voice.name.as_str(), |entity| entity.name.as_str());
    let described = [named, voice.name.as_str()].into_iter().find(|name| holds_office(name));
    if let Some(description) = described {
        return name_words(&body_of(description));
    }
    match voice.basis {
        Basis::Organisation => name_words(named),
        Basis::Document => name_words(&organisation(&voice.name)),
        _ => {
            let roles = entity.into_iter().flat_map(|entity| &entity.roles).filter(|role| holds_office(&role.title));
            let of = |role: &onrecord_model::RoleSpan| {
                if role.organisation.is_empty() { body_of(&role.title) } else { role.organisation.clone() }
            };
            roles.map(|role| name_words(&of(role))).find(|words| !words.is_empty()).unwrap_or_default()
        }
    }
}

fn holds_office(title: &str) -> bool {
    let lower = title.to_lowercase();
    let former = lower.starts_with("former") || lower.starts_with("ex-");
    let head = lower.split([',', ';']).next().unwrap_or_default();
    !former && name_words(head).iter().any(|word| is_office(word))
}

/// "a ministry spokesman" → "ministry"; "a spokeswoman for the fund" → "fund"; "the founder of Tarn" → "Tarn".
fn body_of(title: &str) -> String {
    let body = organisation(title);
    if !body.is_empty() {
        return body;
    }
    let office =
        |word: &str| OFFICES.binary_search(&word).is_ok() || matches!(word, "a" | "an" | "the" | "its" | "deputy");
    title.split_whitespace().filter(|w| !office(&w.to_lowercase())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_sorted_for_the_binary_search() {
        assert!(OFFICES.is_sorted());
        assert!(PAPERS.is_sorted());
    }
}
