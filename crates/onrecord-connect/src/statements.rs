//! Statements: utterances and own-voice sentences that say the same thing in other words.
//!
//! Inside one story, propositions are compared by the content words they share, weighted by how rare a word is in the story;
//! groups grow by average linkage (Sokal and Michener 1958) while their members stay alike. What differs in detail (a number, a
//! hedge, the speaker) stays visible: it is for [`conflicts`](crate::conflicts) to show, not for grouping to hide.

use crate::Digest;
use crate::facts::{Proposition, hash};
use onrecord_model::{ReportId, Stance, UtteranceRef};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A proposition of a story with where and when it was published.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    pub digest: &'a Digest,
    pub what: &'a Proposition,
    /// Publication day, the undated last.
    pub day: &'a str,
}

impl Item<'_> {
    pub fn report(&self) -> ReportId {
        self.digest.report
    }
}

/// A day after all others, for reports without one.
pub(crate) const UNDATED: &str = "9999-99-99";

/// The propositions of a story in order of day, report and place. Utterances that mostly carry another utterance are left to it.
pub(crate) fn items(digests: &[Arc<Digest>]) -> Vec<Item<'_>> {
    let mut made: Vec<Item> = Vec::new();
    for digest in digests {
        let day = digest.published.as_deref().and_then(|p| p.get(..10)).unwrap_or(UNDATED);
        let propositions = &digest.facts.propositions;
        for (ix, what) in propositions.iter().enumerate() {
            if !carries_another(propositions, ix) {
                made.push(Item { digest, what, day });
            }
        }
    }
    made.sort_by(|a, b| (a.day, a.report(), a.what.at).cmp(&(b.day, b.report(), b.what.at)));
    made
}

/// Whether another utterance of the report makes up most of this one's words ("the Courier reports that two aides said …").
fn carries_another(propositions: &[Proposition], ix: usize) -> bool {
    let outer = &propositions[ix];
    if outer.voice.is_none() {
        return false;
    }
    let length = |p: &Proposition| p.spans.iter().map(|s| s.len()).sum::<u32>();
    let near = propositions[ix.saturating_sub(4)..(ix + 12).min(propositions.len())].iter();
    near.filter(|inner| inner.at != outer.at && inner.voice.is_some()).any(|inner| {
        let inside = inner.spans.iter().all(|s| outer.spans.iter().any(|o| o.contains(*s)));
        inside && length(inner) < length(outer) && length(inner) * 10 >= length(outer) * 6
    })
}

/// Words for counts that grow: each step of such a count is a statement of its own.
#[rustfmt::skip]
const GROWING: &[&str] = &[
    "arrest", "bodi", "case", "casualti", "dead", "death", "die", "displac", "fatal", "hospit", "hurt", "infect", "injur", "kill", "miss", "patient", "signatur", "toll",
    "victim", "wound",
];

/// How alike two propositions must be on average to stand in one group, 0.0..=1.0.
const ALIKE: f32 = 0.36;

/// What likeness to a part of a passage counts against likeness to the whole.
const PART: f32 = 0.9;

/// Weighs words by how rare they are in one story.
pub(crate) struct Scale {
    weight: BTreeMap<u64, f32>,
    growing: Vec<u64>,
}

impl Scale {
    pub fn new(items: &[Item]) -> Scale {
        let mut count: BTreeMap<u64, u32> = BTreeMap::new();
        let mut name: BTreeMap<u64, bool> = BTreeMap::new();
        for item in items {
            for &term in &item.what.terms {
                *count.entry(term).or_default() += 1;
            }
            for &term in &item.what.names {
                name.insert(term, true);
            }
        }
        let all = items.len() as f32;
        let weight = count
            .into_iter()
            .map(|(term, n)| {
                let rare = (1.0 + all / n as f32).log2() / (1.0 + all).log2();
                // Who it is about narrows less than what is said of him.
                (term, if name.contains_key(&term) { rare * 0.6 } else { rare })
            })
            .collect();
        Scale { weight, growing: GROWING.iter().map(|w| hash(w)).collect() }
    }

    fn sum(&self, terms: &[u64]) -> f32 {
        terms.iter().map(|t| self.weight.get(t).copied().unwrap_or(1.0)).sum()
    }

    /// How alike two propositions are, 0.0..=1.0. O(terms of the shorter × terms of the longer).
    pub fn alike(&self, a: &Proposition, b: &Proposition) -> f32 {
        let (short, long) = if a.terms.len() <= b.terms.len() { (a, b) } else { (b, a) };
        if short.terms.len() < 3 && !(a.quoted && b.quoted) {
            return 0.0;
        }
        let part = self.best_part(short, long);
        let shared: Vec<u64> = common(&short.terms, &part);
        if shared.len() < 2 {
            return 0.0;
        }
        // Who it is about is not what is said: a word of content must agree.
        let content =
            shared.iter().filter(|t| a.names.binary_search(t).is_err() && b.names.binary_search(t).is_err()).count();
        if content == 0 {
            return 0.0;
        }
        let both = self.sum(&shared);
        let (one, other) = (self.sum(&short.terms), self.sum(&part));
        let cosine = both / (one * other).sqrt();
        let contained = both / one.min(other);
        // Few shared words prove little, however short the shorter one is.
        let evidence = 1.0 - 1.0 / (1.0 + shared.len() as f32 * 0.6);
        let mut score = 0.55 * cosine + 0.45 * contained * evidence;
        if part.len() < long.terms.len() {
            score *= PART;
        }
        if a.numbers.iter().any(|n| b.numbers.iter().any(|m| n.value == m.value && n.unit == m.unit)) {
            score += 0.08;
        }
        if differs(a) != differs(b) && !(a.quoted && b.quoted && contained > 0.8) {
            score *= 0.45;
        }
        if self.steps(a, b, &shared) {
            score *= 0.3;
        }
        score.min(1.0)
    }

    /// The terms of the run of `long` that has most in common with `short`: all of it where it is not much longer. Sorted, distinct.
    fn best_part(&self, short: &Proposition, long: &Proposition) -> Vec<u64> {
        let width = short.terms.len() * 2 + 2;
        if long.sequence.len() <= width + 4 {
            return long.terms.clone();
        }
        let mut best: (f32, usize) = (-1.0, 0);
        for (start, run) in long.sequence.windows(width).enumerate() {
            let mut seen: Vec<u64> = run.iter().copied().filter(|t| short.terms.binary_search(t).is_ok()).collect();
            seen.sort_unstable();
            seen.dedup();
            let weight = self.sum(&seen);
            if weight > best.0 {
                best = (weight, start);
            }
        }
        let mut part = long.sequence[best.1..best.1 + width].to_vec();
        part.sort_unstable();
        part.dedup();
        part
    }

    /// Two steps of a growing count: the same thing counted, with other numbers.
    fn steps(&self, a: &Proposition, b: &Proposition, shared: &[u64]) -> bool {
        let counted = shared.iter().any(|t| self.growing.contains(t));
        let differ =
            a.numbers.iter().any(|n| n.unit != 0 && b.numbers.iter().any(|m| m.unit == n.unit && m.value != n.value));
        counted && differ
    }
}

/// Whether a proposition says no: negated, or a denial.
pub(crate) fn differs(p: &Proposition) -> bool {
    p.negated || p.voice.as_ref().is_some_and(|v| v.stance == Stance::Denies)
}

fn common(a: &[u64], b: &[u64]) -> Vec<u64> {
    let (mut i, mut j, mut made) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                made.push(a[i]);
                i += 1;
                j += 1;
            }
        }
    }
    made
}

/// Pairs that may be alike: they share a word that is not in every other proposition. Each proposition is compared with at most
/// `REACH` others for each of its words, so that a story of any size costs time in proportion to it.
pub(crate) fn pairs(items: &[Item], scale: &Scale) -> Vec<(usize, usize, f32)> {
    const REACH: usize = 120;
    let mut postings: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (ix, item) in items.iter().enumerate() {
        for &term in item.what.terms.iter().filter(|t| item.what.names.binary_search(t).is_err()) {
            postings.entry(term).or_default().push(ix);
        }
    }
    let mut made: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for list in postings.values() {
        for (at, &one) in list.iter().enumerate() {
            for &other in list[at + 1..].iter().take(REACH) {
                made.entry((one, other)).or_insert_with(|| scale.alike(items[one].what, items[other].what));
            }
        }
    }
    made.into_iter().filter(|&(_, s)| s > 0.2).map(|((a, b), s)| (a, b, s)).collect()
}

/// Groups of items, each sorted, by first member. Average linkage down to [`ALIKE`]; ties go to the earlier pair.
pub(crate) fn groups(count: usize, pairs: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
    // Similarity between live groups as sums over pairs of members; absent pairs count nothing.
    let mut links: Vec<BTreeMap<usize, f32>> = vec![BTreeMap::new(); count];
    for &(a, b, s) in pairs {
        links[a].insert(b, s);
        links[b].insert(a, s);
    }
    let mut members: Vec<Vec<usize>> = (0..count).map(|ix| vec![ix]).collect();
    let mut queue: std::collections::BTreeSet<(std::cmp::Reverse<u32>, usize, usize)> =
        pairs.iter().filter(|p| p.2 >= ALIKE).map(|&(a, b, s)| (std::cmp::Reverse(s.to_bits()), a, b)).collect();
    while let Some(&(std::cmp::Reverse(bits), a, b)) = queue.iter().next() {
        queue.remove(&(std::cmp::Reverse(bits), a, b));
        let size = (members[a].len() * members[b].len()) as f32;
        let Some(&sum) = links[a].get(&b) else { continue };
        if size == 0.0 || (sum / size).to_bits() != bits {
            continue; // one of the two has grown since; its new average is in the queue
        }
        let moved = std::mem::take(&mut members[b]);
        members[a].extend(moved);
        links[a].remove(&b);
        for (other, sum) in std::mem::take(&mut links[b]) {
            if other == a {
                continue;
            }
            links[other].remove(&b);
            *links[a].entry(other).or_default() += sum;
        }
        let grown: Vec<(usize, f32)> = links[a].iter().map(|(&o, &s)| (o, s)).collect();
        for (other, sum) in grown {
            links[other].insert(a, sum);
            let average = sum / (members[a].len() * members[other].len()) as f32;
            if average >= ALIKE {
                queue.insert((std::cmp::Reverse(average.to_bits()), a.min(other), a.max(other)));
            }
        }
    }
    let mut made: Vec<Vec<usize>> = members.into_iter().filter(|m| !m.is_empty()).collect();
    for group in &mut made {
        group.sort_unstable();
    }
    made.sort();
    made
}

/// The clearest wording of a group: the one most like the others, of readable length, the earliest of equals.
pub(crate) fn gist(items: &[Item], group: &[usize], scale: &Scale) -> String {
    let clear = |ix: usize| {
        let what = items[ix].what;
        let like: f32 = group.iter().take(40).filter(|&&o| o != ix).map(|&o| scale.alike(what, items[o].what)).sum();
        let words = what.text.split_whitespace().count();
        let readable = if (5..=32).contains(&words) { 0.25 } else { 0.0 };
        let whole = if what.spans.len() == 1 { 0.1 } else { 0.0 };
        like / group.len() as f32 + readable + whole
    };
    let best = group.iter().copied().fold(None, |best: Option<(f32, usize)>, ix| {
        let value = clear(ix);
        if best.is_none_or(|(top, _)| value > top) { Some((value, ix)) } else { best }
    });
    best.map_or_else(String::new, |(_, ix)| tidy(&items[ix].what.text))
}

/// One line of text without the conjunction that ties it to its cue; else as it stands.
fn tidy(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.strip_prefix("that ").map_or(line.clone(), str::to_string)
}

/// Durable id of a statement: its utterances.
pub(crate) fn statement_id(utterances: &[UtteranceRef]) -> u64 {
    let mut key = String::from("statement");
    for utterance in utterances {
        match utterance {
            UtteranceRef::Said(report, ix) => key.push_str(&format!(" {report} {ix}")),
            UtteranceRef::OwnVoice(report, span) => key.push_str(&format!(" {report} {span:?}")),
        }
    }
    hash(&key)
}
