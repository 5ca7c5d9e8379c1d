//! Who said what, to whom, on whose word: fields of utterances against annotated passages, one JSON object a line.
//!
//! A predicted utterance matches an annotated one when their contents share at least half of the words of each, and their sources
//! too (or both have none; an annotated source counts with or without its apposition); one to one, best overlap first. A field is
//! scored over matched utterances that have it in the annotation. `onrecord eval chains` reads the passages of
//! `sets/chains/passages.jsonl`, which were written for this program; those tagged `tune` may be looked at, those tagged `check` were
//! written before any result was seen and are for measuring.

use crate::staged::{self, Text};
use crate::{Chains, Table, sets};
use onrecord::rows::UtteranceRow;
use onrecord::{Engine, Progress};
use serde::Deserialize;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

static OWN: &str = include_str!("../sets/chains/passages.jsonl");

/// A passage with its utterances.
#[derive(Deserialize)]
struct Passage {
    id: String,
    text: String,
    #[serde(default)]
    outlet: String,
    #[serde(default)]
    published: String,
    #[serde(default)]
    tags: Vec<String>,
    utterances: Vec<Gold>,
}

/// An annotated utterance.
#[derive(Deserialize)]
struct Gold {
    within: Option<usize>,
    form: String,
    stance: String,
    speaker: Option<String>,
    addressee: Option<String>,
    basis: String,
    anonymity: Option<Unnamed>,
    #[serde(default)]
    via: Vec<String>,
    spans: Spans,
}

#[derive(Deserialize)]
struct Unnamed {
    count: Option<u32>,
    reason: Option<String>,
}

/// Half-open code points.
#[derive(Deserialize)]
struct Spans {
    source: Option<(u32, u32)>,
    source_full: Option<(u32, u32)>,
    content: Vec<(u32, u32)>,
}

/// Scores all passages of a file, or of the program's own set.
pub fn score(data: &Chains, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Table> {
    let mut passages: Vec<Passage> = match &data.data {
        Some(path) => sets::read(path)?,
        None => OWN.lines().map(serde_json::from_str).collect::<Result<_, _>>()?,
    };
    if let Some(tag) = &data.split {
        passages.retain(|passage| passage.tags.contains(tag));
    }
    anyhow::ensure!(!passages.is_empty(), "there are no such passages");
    let texts: Vec<Text> = passages
        .iter()
        .map(|p| Text {
            name: p.id.clone(),
            text: p.text.clone(),
            outlet: p.outlet.clone(),
            published: p.published.clone(),
        })
        .collect();
    let gold: BTreeMap<&str, &Passage> = passages.iter().map(|p| (&*p.id, p)).collect();
    let mut counts = Counts { listing: data.errors, ..Counts::default() };
    staged::read(&texts, engine, progress, &mut |text, row| {
        counts.add(gold[&*text.name], &row.utterances);
        Ok(())
    })?;
    counts.errors.iter().for_each(|line| println!("{line}"));
    Ok(counts.table())
}

/// Indexes of the words that lie inside `spans`.
fn inside(words: &[(u32, u32)], spans: &[(u32, u32)]) -> BTreeSet<usize> {
    let held = |word: &(u32, u32)| spans.iter().any(|span| span.0 <= word.0 && word.1 <= span.1);
    (0..words.len()).filter(|&ix| held(&words[ix])).collect()
}

/// Runs of letters, digits and underscores, as half-open code points.
fn words(text: &str) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for (at, letter) in text.chars().enumerate() {
        let at = at as u32;
        if letter.is_alphanumeric() || letter == '_' {
            match found.last_mut() {
                Some(word) if word.1 == at => word.1 += 1,
                _ => found.push((at, at + 1)),
            }
        }
    }
    found
}

/// Whether two sets share at least half of each; two empty ones do.
fn close<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
    let shared = a.intersection(b).count();
    a.is_empty() && b.is_empty() || shared > 0 && 2 * shared >= a.len() && 2 * shared >= b.len()
}

/// Words of a name in lower case, without an article before it.
fn name_key(name: &str) -> Vec<String> {
    let mut key: Vec<String> = name
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if key.first().is_some_and(|word| matches!(&**word, "the" | "a" | "an")) && name.contains(char::is_whitespace) {
        key.remove(0);
    }
    key
}

/// One name holds all words of the other, and the last word of one is in the other.
fn same_name(gold: &str, predicted: Option<&str>) -> bool {
    let (gold, predicted) = (name_key(gold), name_key(predicted.unwrap_or_default()));
    let held = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let (Some(gold_last), Some(last)) = (gold.last(), predicted.last()) else { return false };
    (held(&gold, &predicted) || held(&predicted, &gold)) && (predicted.contains(gold_last) || gold.contains(last))
}

/// For each annotated utterance the predicted one that matches it.
fn matches(passage: &Passage, predicted: &[UtteranceRow]) -> BTreeMap<usize, usize> {
    let words = words(&passage.text);
    let set = |span: Option<(u32, u32)>| inside(&words, span.as_slice());
    let own: Vec<_> = predicted
        .iter()
        .map(|u| {
            let content: Vec<(u32, u32)> = u.content.iter().map(|c| (c.start, c.end)).collect();
            (inside(&words, &content), set(u.source.as_ref().map(|s| (s.start, s.end))))
        })
        .collect();
    let mut candidates: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (at, gold) in passage.utterances.iter().enumerate() {
        let content = inside(&words, &gold.spans.content);
        let (source, full) = (set(gold.spans.source), set(gold.spans.source_full));
        for (to, (own_content, own_source)) in own.iter().enumerate() {
            let same_source = close(&source, own_source) || !full.is_empty() && close(&full, own_source);
            if close(&content, own_content) && same_source {
                let shared = content.intersection(own_content).count();
                candidates.push((shared, content.union(own_content).count().max(1), at, to));
            }
        }
    }
    // The greater share of words in common first: a/b before c/d where ad > cb.
    let better = |a: &(usize, usize, usize, usize), b: &(usize, usize, usize, usize)| -> Ordering {
        (b.0 * a.1).cmp(&(a.0 * b.1)).then((a.2, a.3).cmp(&(b.2, b.3)))
    };
    candidates.sort_by(better);
    let (mut found, mut used) = (BTreeMap::new(), BTreeSet::new());
    for (_, _, at, to) in candidates {
        if !found.contains_key(&at) && used.insert(to) {
            found.insert(at, to);
        }
    }
    found
}

#[derive(Default)]
struct Counts {
    gold: u64,
    predicted: u64,
    matched: u64,
    /// Field: right, and all.
    fields: BTreeMap<&'static str, (u64, u64)>,
    /// Passages without an utterance: with a predicted one, and all.
    traps: (u64, u64),
    listing: bool,
    errors: Vec<String>,
}

impl Counts {
    fn add(&mut self, passage: &Passage, predicted: &[UtteranceRow]) {
        let found = matches(passage, predicted);
        self.gold += passage.utterances.len() as u64;
        self.predicted += predicted.len() as u64;
        self.matched += found.len() as u64;
        if passage.utterances.is_empty() {
            self.traps.0 += u64::from(!predicted.is_empty());
            self.traps.1 += 1;
        }
        for (&at, &to) in &found {
            self.fields(passage, &passage.utterances[at], &predicted[to], &found, predicted);
        }
        for (at, gold) in passage.utterances.iter().enumerate() {
            let is_found = found.contains_key(&at);
            if gold.within.is_some() {
                self.count("found of those inside others", is_found);
            }
            if !gold.via.is_empty() {
                self.count("found of those with carriers", is_found);
            }
            if !is_found {
                let slice = |span: (u32, u32)| cut(&passage.text, span);
                let source = gold.spans.source.map(slice).unwrap_or_default();
                self.list(format!("{} missed: {source} | {}", passage.id, slice(gold.spans.content[0])));
            }
        }
        for (to, utterance) in predicted.iter().enumerate() {
            if !found.values().any(|&used| used == to) {
                self.list(format!("{} false: {}", passage.id, shown(utterance)));
            }
        }
    }

    fn fields(
        &mut self,
        passage: &Passage,
        gold: &Gold,
        own: &UtteranceRow,
        found: &BTreeMap<usize, usize>,
        predicted: &[UtteranceRow],
    ) {
        let mut field = |name: &'static str, right: bool, want: &str, got: &str| {
            self.count(name, right);
            if !right {
                self.list(format!("{} {name}: want {want:?}, got {got:?}; {}", passage.id, shown(own)));
            }
        };
        if let Some(speaker) = &gold.speaker {
            let name = own.speaker.as_ref().map(|s| &*s.name);
            field("speaker", same_name(speaker, name), speaker, name.unwrap_or_default());
        }
        field("basis", gold.basis == own.basis, &gold.basis, &own.basis);
        field("stance", gold.stance == own.stance, &gold.stance, &own.stance);
        field("form", gold.form == own.form, &gold.form, &own.form);
        let via: Vec<&str> = own.via.iter().map(|v| &*v.name).collect();
        if !gold.via.is_empty() {
            let all = gold.via.iter().zip(&via).all(|(want, got)| same_name(want, Some(*got)));
            field("via", via.len() == gold.via.len() && all, &gold.via.join(" > "), &via.join(" > "));
        } else if !via.is_empty() {
            field("via where there is none", false, "", &via.join(" > "));
        }
        if let Some(within) = gold.within {
            let container = found.get(&within).map(|&to| &predicted[to].id);
            let right = container.is_some() && own.within.as_ref() == container;
            field("within", right, &format!("utterance {within}"), own.within.as_deref().unwrap_or("none"));
        }
        if let Some(addressee) = &gold.addressee {
            let name = own.addressee.as_ref().map(|a| &*a.name);
            field("addressee", same_name(addressee, name), addressee, name.unwrap_or_default());
        }
        let unnamed = own.anonymity.as_ref();
        if let Some(count) = gold.anonymity.as_ref().and_then(|a| a.count) {
            let got = unnamed.and_then(|a| a.count);
            field("anonymity count", got == Some(count), &count.to_string(), &format!("{got:?}"));
        }
        if let Some(reason) = gold.anonymity.as_ref().and_then(|a| a.reason.as_ref()) {
            let got = unnamed.and_then(|a| a.reason.as_deref()).unwrap_or_default();
            let set = |text: &str| name_key(text).into_iter().collect::<BTreeSet<_>>();
            field("anonymity reason", !got.is_empty() && close(&set(reason), &set(got)), reason, got);
        }
    }

    fn count(&mut self, field: &'static str, right: bool) {
        let counts = self.fields.entry(field).or_default();
        counts.0 += u64::from(right);
        counts.1 += 1;
    }

    fn list(&mut self, line: String) {
        if self.listing {
            self.errors.push(line);
        }
    }

    fn table(&self) -> Table {
        let mut table = Table { columns: vec!["%"], counted: vec!["right", "of"], measures: Vec::new() };
        let mut add = |name: &str, (right, all): (u64, u64)| {
            let share = if all > 0 { 100.0 * right as f64 / all as f64 } else { 0.0 };
            table.add(name, vec![share], vec![right, all]);
        };
        add("utterances, precision", (self.matched, self.predicted));
        add("utterances, recall", (self.matched, self.gold));
        add("utterances, F1", (2 * self.matched, self.predicted + self.gold));
        self.fields.iter().for_each(|(name, counts)| add(name, *counts));
        add("passages without utterance where one was found", self.traps);
        table
    }
}

fn cut(text: &str, (start, end): (u32, u32)) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

/// An utterance in one line.
fn shown(utterance: &UtteranceRow) -> String {
    let exact = |words: &Option<onrecord::rows::Words>| words.as_ref().map_or("-", |w| &*w.exact).to_owned();
    let content: Vec<&str> = utterance.content.iter().map(|c| &*c.exact).collect();
    format!("{} | {} | {}", exact(&utterance.source), exact(&utterance.cue), content.join(" … "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_articles_and_titles() {
        assert!(same_name("Orla Finch", Some("Finch")));
        assert!(same_name("the Harbour Post", Some("Harbour Post")));
        // A first name alone counts, as it does in the scorer that others use.
        assert!(same_name("Orla Finch", Some("Orla")));
        assert!(!same_name("Orla Finch", None));
        assert!(!same_name("Orla Finch", Some("Nils Finch")));
    }

    #[test]
    fn sets_are_close_when_each_shares_half() {
        let set = |list: &[u32]| list.iter().copied().collect::<BTreeSet<_>>();
        assert!(close(&set(&[]), &set(&[])));
        assert!(close(&set(&[1, 2]), &set(&[2, 3])));
        assert!(!close(&set(&[1]), &set(&[])));
        assert!(!close(&set(&[1, 2, 3]), &set(&[3])));
    }

    #[test]
    fn the_own_set_is_whole() {
        for line in OWN.lines() {
            let passage: Passage = serde_json::from_str(line).expect("an annotated passage");
            let length = passage.text.chars().count() as u32;
            assert!(passage.tags.iter().any(|tag| tag == "tune" || tag == "check"), "{}", passage.id);
            for (ix, gold) in passage.utterances.iter().enumerate() {
                let spans = gold.spans.content.iter().chain(&gold.spans.source).chain(&gold.spans.source_full);
                assert!(spans.into_iter().all(|span| span.0 < span.1 && span.1 <= length), "{}", passage.id);
                assert!(gold.within.is_none_or(|outer| outer < ix), "{}", passage.id);
            }
        }
    }
}
