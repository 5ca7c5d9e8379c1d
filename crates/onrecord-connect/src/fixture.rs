//! Small invented digests for tests: reports with people and things said, without text behind them.

use crate::Digest;
use crate::digest::TextFacts;
use crate::facts::{ChainFact, Facts, Number, Proposition, Voice, hash};
use onrecord_model::{Basis, EntityKind, ReportId, Span, Stance, UtteranceRef};
use std::sync::Arc;

/// A report by `outlet` on `day` with these facts.
pub(crate) fn report(id: u64, outlet: &str, day: &str, facts: Facts) -> Arc<Digest> {
    let mut digest = Digest {
        report: ReportId(id),
        title: format!("Report {id}"),
        outlet: outlet.to_string(),
        host: String::new(),
        published: (!day.is_empty()).then(|| day.to_string()),
        text: TextFacts::default(),
        terms: crate::terms::Terms::default(),
        passages: crate::passages::Passages::default(),
        facts,
        points: Vec::new(),
    };
    digest.read_meaning();
    Arc::new(digest)
}

/// A chain of that name with these titles.
pub(crate) fn chain(kind: EntityKind, name: &str, titles: &[&str]) -> ChainFact {
    ChainFact {
        kind,
        name: name.to_string(),
        named: true,
        aliases: vec![name.to_string()],
        roles: titles.iter().map(|t| (t.to_string(), t.starts_with("former"), Span::new(0, 1))).collect(),
        first: Span::new(0, 1),
        mentions: 1,
        gender: (0, 0),
        human: false,
        also: Vec::new(),
    }
}

/// Something said at position `at` (tens of characters): the words of `text` of four letters and more are its terms.
pub(crate) fn said(report: u64, at: u32, text: &str, voice: Option<Voice>) -> Proposition {
    let span = Span::new(at * 10, at * 10 + 9);
    let id = ReportId(report);
    let mut terms: Vec<u64> =
        text.split_whitespace().filter(|w| w.len() > 3).map(|w| hash(&w.to_lowercase())).collect();
    terms.sort_unstable();
    terms.dedup();
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |ix: usize| Some((words[ix].parse::<i64>().ok()?, words.get(ix + 1)?));
    let numbers = (0..words.len())
        .filter_map(number)
        .map(|(n, unit)| Number { value: n * 1000, unit: hash(&unit.to_lowercase()), span })
        .collect();
    let negated = words.iter().any(|w| matches!(*w, "not" | "no" | "never"));
    Proposition {
        at: if voice.is_some() { UtteranceRef::Said(id, at) } else { UtteranceRef::OwnVoice(id, span) },
        sentence: span,
        spans: vec![span],
        text: text.to_string(),
        act: String::new(),
        rarity: vec![12; terms.len()],
        denied: if negated { terms.clone() } else { Vec::new() },
        terms,
        predicate: Vec::new(),
        names: Vec::new(),
        numbers,
        days: Vec::new(),
        negated,
        hedges: words.iter().filter(|w| matches!(**w, "may" | "might")).map(|w| w.to_string()).collect(),
        whole: true,
        quoted: false,
        headline: false,
        voice,
    }
}

/// A voice that says so.
pub(crate) fn voice(basis: Basis, name: &str) -> Option<Voice> {
    Some(Voice {
        basis,
        stance: Stance::Asserts,
        chain: None,
        name: name.to_string(),
        count: None,
        via: Vec::new(),
        said: None,
        source: Some(Span::new(0, 1)),
        within: None,
        in_private: false,
    })
}

/// The same, through a carrier.
pub(crate) fn through(voice: Option<Voice>, carrier: &str) -> Option<Voice> {
    voice.map(|v| Voice { via: vec![(None, carrier.to_string())], ..v })
}
