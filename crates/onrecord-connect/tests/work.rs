//! What is looked at while a story is told follows its reports, also where all of them say the same.

use onrecord_connect::digest::TextFacts;
use onrecord_connect::facts::{Facts, Proposition, hash};
use onrecord_connect::passages::Passages;
use onrecord_connect::terms::Terms;
use onrecord_connect::{Digest, weighed};
use onrecord_model::{ReportId, Span, UtteranceRef};
use std::sync::Arc;

const SENTENCES: [&str; 4] = [
    "harbour board offered contract without tender",
    "ferry service stopped after storm damaged pier",
    "council asked harbour board about ferry contract",
    "engineers measured damaged pier twice before service resumed",
];

fn proposition(report: u64, at: u32, text: &str) -> Proposition {
    let span = Span::new(at * 100, at * 100 + text.len() as u32);
    let mut terms: Vec<u64> = text.split(' ').map(hash).collect();
    terms.sort_unstable();
    Proposition {
        at: UtteranceRef::OwnVoice(ReportId(report), span),
        spans: vec![span],
        sentence: span,
        text: text.to_string(),
        act: String::new(),
        rarity: vec![9; terms.len()],
        predicate: Vec::new(),
        names: Vec::new(),
        numbers: Vec::new(),
        days: Vec::new(),
        negated: false,
        denied: Vec::new(),
        hedges: Vec::new(),
        whole: true,
        quoted: false,
        headline: false,
        voice: None,
        terms,
    }
}

fn report(id: u64) -> Arc<Digest> {
    let propositions = (0..).zip(SENTENCES).map(|(at, text)| proposition(id, at, text)).collect();
    Arc::new(Digest {
        report: ReportId(id),
        title: String::new(),
        outlet: format!("Paper {}", id % 7),
        host: String::new(),
        published: Some("2031-04-02".to_string()),
        text: TextFacts::default(),
        terms: Terms::default(),
        passages: Passages::default(),
        facts: Facts { propositions, ..Facts::default() },
        points: vec![Vec::new(); SENTENCES.len()],
    })
}

#[test]
fn pairs_that_are_weighed_follow_the_number_of_reports() {
    let pairs = |reports: u64| weighed(&(1..=reports).map(report).collect::<Vec<_>>(), &[]).pairs.len() as u64;
    let (few, many) = (pairs(200), pairs(800));
    assert!(few > 10_000, "sentences that share words are compared");
    assert!(many < 5 * few, "{few} pairs of 200 reports, {many} of 800");
}
