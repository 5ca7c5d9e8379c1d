//! Reports for tests: made by hand, or drawn from a number.
#![allow(dead_code)]

use onrecord_connect::{Digest, digest::digest_report};
use onrecord_model::{CopyEdge, OriginMap, Report, ReportId};
use std::sync::Arc;

/// A report with nothing but what copies need.
pub fn report(id: u64, outlet: &str, published: Option<&str>, text: &str) -> Report {
    Report {
        id: ReportId(id),
        name: format!("r{id}"),
        file: String::new(),
        sha256: String::new(),
        title: String::new(),
        outlet: outlet.into(),
        authors: Vec::new(),
        credit: String::new(),
        dateline: String::new(),
        url: String::new(),
        published: published.map(str::to_string),
        language: "en".into(),
        text: text.into(),
        blocks: Vec::new(),
        origin: OriginMap::default(),
        notes: Vec::new(),
    }
}

/// Its digest.
pub fn digest(id: u64, outlet: &str, published: Option<&str>, text: &str) -> Arc<Digest> {
    Arc::new(digest_report(&report(id, outlet, published, text)))
}

/// Edges as one line each: parent, child, rival or not, what the direction rests on, unseen parent.
pub fn lines(edges: &[CopyEdge]) -> Vec<String> {
    let line = |edge: &CopyEdge| {
        let rival = if edge.rival { " (rival)" } else { "" };
        let unseen = edge.unseen_parent.as_deref().map(|name| format!(" [{name}]")).unwrap_or_default();
        format!("{} -> {} {:.2} {:?}{rival}{unseen}", edge.from.0, edge.to.0, edge.share, edge.direction)
    };
    edges.iter().map(line).collect()
}

/// A sequence of numbers that looks random and is always the same.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (((self.0 >> 33) * limit as u64) >> 31) as usize
    }
}

/// A paragraph that is the same for the same number and shares no long run of words with those of other numbers.
pub fn paragraph(number: u64) -> String {
    let mut numbers = Numbers(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 77);
    let words: Vec<&str> = (0..45).map(|_| WORDS[numbers.below(WORDS.len())]).collect();
    format!("{}.", words.join(" "))
}

/// Paragraphs joined to a text.
pub fn text(paragraphs: &[String]) -> String {
    paragraphs.join("\n\n")
}

const WORDS: &[&str] = &[
    "harbour",
    "council",
    "voted",
    "on",
    "monday",
    "to",
    "close",
    "the",
    "old",
    "ferry",
    "and",
    "a",
    "bridge",
    "of",
    "steel",
    "was",
    "planned",
    "for",
    "spring",
    "by",
    "engineers",
    "who",
    "found",
    "cracks",
    "in",
    "seven",
    "pillars",
    "after",
    "winter",
    "storms",
    "mayor",
    "asked",
    "residents",
    "with",
    "boats",
    "wait",
    "until",
    "inspectors",
    "came",
    "from",
    "capital",
    "where",
    "ministers",
    "were",
    "divided",
    "over",
    "money",
    "fishing",
    "fleet",
    "said",
    "it",
    "lost",
    "three",
    "weeks",
    "work",
    "while",
    "cargo",
    "ships",
    "turned",
    "north",
    "into",
    "deeper",
    "water",
    "market",
    "prices",
    "rose",
    "slowly",
    "school",
    "children",
    "walked",
    "longer",
    "way",
    "round",
    "tower",
    "clock",
    "stopped",
    "at",
    "noon",
    "when",
    "power",
    "failed",
    "hospital",
    "kept",
    "its",
    "lamps",
    "burning",
    "oil",
    "arrived",
    "late",
];
