//! Stories, by BCubed, and events on the right day.

use super::Score;
use super::found::{Found, day};
use super::gold::{Pile, file};
use super::words::Bag;
use crate::stories::bcubed;
use std::collections::{BTreeMap, BTreeSet};

/// Reports by the story they were put in; a single report is a story by itself.
pub fn stories(pile: &Pile, found: &Found) -> Score {
    let mut gold: BTreeMap<String, String> = BTreeMap::new();
    for (story, of) in pile.gold.iter().filter(|(story, _)| *story != "noise") {
        gold.extend(of.story_of.keys().map(|name| (file(story, name), story.clone())));
    }
    gold.extend(pile.files.iter().filter(|file| file.starts_with("noise__")).map(|file| (file.clone(), file.clone())));
    let files = found.files();
    let placed: BTreeMap<&str, &str> = found
        .reports
        .iter()
        .map(|report| (files[report.id.as_str()], report.story.as_deref().unwrap_or(&report.id)))
        .collect();
    // A report that the record lost is by itself too.
    let label = |file: &str| placed.get(file).map_or_else(|| format!("missing:{file}"), |story| (*story).to_owned());
    let found: Vec<String> = gold.keys().map(|file| label(file)).collect();
    let labels: Vec<(&str, &str)> = gold.values().map(String::as_str).zip(found.iter().map(String::as_str)).collect();
    let (precision, recall, reports) = bcubed(&labels);
    let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
    let groups = found.iter().collect::<BTreeSet<_>>().len();
    Score { name: "stories, BCubed", values: vec![f1, precision, recall], counts: vec![groups as u64, reports as u64] }
}

/// Events of the gold for which one was found on the same day, in a report of both, in words of both.
pub fn score(pile: &Pile, found: &Found) -> Score {
    let files = found.files();
    let events: Vec<(&str, BTreeSet<&str>, Bag)> = found
        .events
        .iter()
        .map(|event| {
            let reports = event.reports.iter().map(|id| files.get(id.as_str()).copied().unwrap_or(id)).collect();
            let texts = event.what.iter().chain(event.passages.iter().map(|passage| &passage.exact));
            (event.when.day(), reports, Bag::of(texts.map(String::as_str)))
        })
        .collect();
    let (mut right, mut of) = (0, 0);
    for (story, gold) in &pile.gold {
        for event in &gold.events {
            of += 1;
            let within: Vec<String> = event.files.iter().map(|name| file(story, name)).collect();
            let words = Bag::of(event.exact.values().chain([&event.what]).map(String::as_str));
            right += usize::from(events.iter().any(|(found, reports, text)| {
                *found == day(&event.when)
                    && within.iter().any(|file| reports.contains(file.as_str()))
                    && words.overlap(text) >= 0.3
            }));
        }
    }
    Score::share("events on the right day", right, of)
}
