//! Small piles for tests.

use super::found::{Copy, Found, Report};
use super::gold::{Gold, Pile, file};
use std::collections::BTreeMap;

/// A pile of one story `s` with this gold.
pub fn pile(gold: &str) -> Pile {
    let gold: Gold = serde_json::from_str(gold).expect("gold");
    Pile { gold: BTreeMap::from([("s".to_owned(), gold)]), files: Vec::new() }
}

/// A record of these reports of story `s`, with the copies that `rows` names.
pub fn found(reports: &[&str], rows: &str) -> Found {
    let rows: serde_json::Value = serde_json::from_str(rows).expect("rows");
    let report = |name: &&str| Report { id: (*name).to_owned(), file: file("s", name), story: None };
    let copies: Vec<(String, String)> = serde_json::from_value(rows["copies"].clone()).unwrap_or_default();
    Found {
        reports: reports.iter().map(report).collect(),
        copies: copies.into_iter().map(|(from, to)| Copy { from, to }).collect(),
        utterances: serde_json::from_value(rows["utterances"].clone()).unwrap_or_default(),
        statements: serde_json::from_value(rows["statements"].clone()).unwrap_or_default(),
        entities: serde_json::from_value(rows["entities"].clone()).unwrap_or_default(),
        events: serde_json::from_value(rows["events"].clone()).unwrap_or_default(),
    }
}
