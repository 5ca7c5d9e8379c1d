//! Durable ids: content hashes, so that the same input gives the same names on every machine.

use onrecord_model::{Chain, ReportId, Span, Utterance};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Collects what an id is made of.
struct Maker(Sha256);

impl Maker {
    fn new(kind: &str, report: ReportId) -> Maker {
        let mut hash = Sha256::new();
        hash.update(kind.as_bytes());
        hash.update(report.0.to_le_bytes());
        Maker(hash)
    }

    fn span(&mut self, span: Option<Span>) {
        let (start, end) = span.map_or((u32::MAX, u32::MAX), |span| (span.start(), span.end()));
        self.0.update(start.to_le_bytes());
        self.0.update(end.to_le_bytes());
    }

    fn finish(self) -> u64 {
        let hash = self.0.finalize();
        u64::from_le_bytes(hash[..8].try_into().expect("a SHA-256 has 32 bytes"))
    }
}

/// Ids of a report's utterances, by their index. Two with the same spans are told apart by their order.
pub fn utterance_ids(report: ReportId, utterances: &[Utterance]) -> Vec<u64> {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    let one = |utterance: &Utterance| {
        let mut again = 0;
        loop {
            let mut maker = Maker::new("utterance", report);
            maker.span(utterance.source);
            maker.span(utterance.cue);
            for part in &utterance.content {
                maker.span(Some(*part));
            }
            maker.0.update(u32::to_le_bytes(again));
            let id = maker.finish();
            if seen.insert(id, again).is_none() {
                return id;
            }
            again += 1;
        }
    };
    utterances.iter().map(one).collect()
}

/// Id of a sentence in a report's own voice.
pub fn own_voice_id(report: ReportId, span: Span) -> u64 {
    let mut maker = Maker::new("own-voice", report);
    maker.span(Some(span));
    maker.finish()
}

/// Id of a clause of the utterance `of`.
pub fn part_id(report: ReportId, of: &str, span: Span) -> u64 {
    let mut maker = Maker::new("part", report);
    maker.0.update(of.as_bytes());
    maker.span(Some(span));
    maker.finish()
}

/// Ids of a report's chains, by their index.
pub fn chain_ids(report: ReportId, chains: &[Chain]) -> Vec<u64> {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    let one = |chain: &Chain| {
        let mut again = 0;
        loop {
            let mut maker = Maker::new("chain", report);
            maker.span(chain.mentions.first().map(|mention| mention.span));
            maker.0.update(u32::to_le_bytes(again));
            let id = maker.finish();
            if seen.insert(id, again).is_none() {
                return id;
            }
            again += 1;
        }
    };
    chains.iter().map(one).collect()
}

/// An id as printed: 16 hexadecimal digits.
pub fn hex(id: u64) -> String {
    format!("{id:016x}")
}
