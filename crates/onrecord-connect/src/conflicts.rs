//! Where wordings differ: numbers, yes against no, days, plans that change, hedges and sources that get lost on the way.
//! Both passages are kept, the earlier first. No verdicts.

use crate::facts::{Number, Proposition};
use crate::likeness::{Scale, are_steps, days_differ, opposed, says_no, speaker_match};
use crate::statements::Item;
use onrecord_model::{Basis, Change, Passage, Span, Stance};
use std::collections::BTreeMap;

/// A difference between two items of a story (indexes, the earlier first).
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Difference {
    pub earlier: usize,
    pub later: usize,
    pub kind: Change,
    /// How telling it is: the more alike the two are else, the more it means that they differ.
    pub weight: f32,
}

/// All differences worth showing: for two statements (or one) and a kind, the most telling pair; for two figures of one measure one
/// pair. O(pairs).
pub(crate) fn differences(
    items: &[Item],
    pairs: &[(usize, usize, f32)],
    group_of: &[usize],
    scale: &Scale,
) -> Vec<Difference> {
    let mut best: BTreeMap<(usize, usize, Change), Difference> = BTreeMap::new();
    for &(a, b, _) in pairs {
        let (earlier, later) = (a.min(b), a.max(b));
        if overlapping(&items[earlier], &items[later]) {
            continue;
        }
        let same = group_of[earlier] == group_of[later];
        let Some((kind, weight)) = kind(&items[earlier], &items[later], same, scale) else { continue };
        let (g, h) = (group_of[earlier].min(group_of[later]), group_of[earlier].max(group_of[later]));
        let found = Difference { earlier, later, kind, weight };
        let slot = best.entry((g, h, kind)).or_insert(found);
        if weight > slot.weight {
            *slot = found;
        }
    }
    one_for_two_figures(items, best.into_values().collect())
}

/// Of differences between the same two figures of one measure the most telling.
fn one_for_two_figures(items: &[Item], all: Vec<Difference>) -> Vec<Difference> {
    let mut best: BTreeMap<(u64, i64, i64), Difference> = BTreeMap::new();
    let mut made = Vec::new();
    for difference in all {
        let figures = clash(items[difference.earlier].what, items[difference.later].what);
        match figures.filter(|_| matches!(difference.kind, Change::Number | Change::Changed)) {
            None => made.push(difference),
            Some((n, m)) => {
                let slot = best.entry((n.unit, n.value.min(m.value), n.value.max(m.value))).or_insert(difference);
                if difference.weight > slot.weight {
                    *slot = difference;
                }
            }
        }
    }
    made.extend(best.into_values());
    made
}

fn overlapping(a: &Item, b: &Item) -> bool {
    a.report() == b.report() && a.what.spans.iter().any(|s| b.what.spans.iter().any(|t| s.overlaps(*t)))
}

/// How alike two propositions must be for a difference of each kind to mean anything, by weighted words.
const FIGURE: f32 = 0.22;
const STEPS: f32 = 0.12;
const DENIAL: f32 = 0.35;
const REPEATED: f32 = 0.3;
const DAY: f32 = 0.4;
const UNSOURCED: f32 = 0.5;

fn kind(a: &Item, b: &Item, same: bool, scale: &Scale) -> Option<(Change, f32)> {
    let (p, q) = (a.what, b.what);
    let alike = scale.cosine(p, q) + if same { 0.1 } else { 0.0 };
    let later = a.day < b.day;
    let one_speaker = speaker_match(a, b) == Some(true);
    if are_steps(p, q) && alike >= STEPS {
        return Some((if later { Change::Changed } else { Change::Number }, 0.5 + alike));
    }
    if let Some((n, m)) = clash(p, q)
        && alike >= FIGURE
        && comparable(n, m)
    {
        let told_anew = later && (one_speaker || corrects(q));
        return Some((if told_anew { Change::Changed } else { Change::Number }, 0.4 + alike));
    }
    if opposed(p, q, scale) && alike >= DENIAL && asserted(p) && asserted(q) {
        return Some((if one_speaker && later { Change::Changed } else { Change::Polarity }, 0.2 + alike));
    }
    if !same || a.report() == b.report() || a.day > b.day {
        return None;
    }
    if days_differ(&p.days, &q.days) && alike >= DAY && same_grain(p, q) && !p.quoted {
        return Some((Change::Date, alike));
    }
    if alike < REPEATED {
        return None;
    }
    if upgraded(p, q) && (q.voice.is_some() || alike >= UNSOURCED) {
        return Some((Change::SourceUpgraded, 0.1 + alike));
    }
    (limited(p) && !limited(q) && !q.quoted && !says_no(q)).then_some((Change::HedgeDropped, alike))
}

/// Whether something is said to be so or not: a question, a refusal to speak and an order are neither.
fn asserted(p: &Proposition) -> bool {
    p.voice.as_ref().is_none_or(|v| !matches!(v.stance, Stance::Asks | Stance::Declines | Stance::Orders))
}

/// Two numbers of one measure that differ, where none of that measure agrees.
fn clash(p: &Proposition, q: &Proposition) -> Option<(Number, Number)> {
    let agree = |n: &Number| q.numbers.iter().any(|m| m.unit == n.unit && m.value == n.value);
    p.numbers.iter().filter(|n| n.unit != 0 && !agree(n)).find_map(|n| {
        let other = q.numbers.iter().find(|m| m.unit == n.unit && m.value != n.value)?;
        Some((*n, *other))
    })
}

/// Figures of one thing are of one size: within four times each other.
fn comparable(n: Number, m: Number) -> bool {
    let (least, most) = (n.value.min(m.value), n.value.max(m.value));
    least > 0 && most / 4 <= least
}

/// Whether the words say that an earlier figure no longer holds.
fn corrects(q: &Proposition) -> bool {
    const WORDS: &[&str] = &["correct", "lower", "raise", "revis", "rose", "risen", "updat", "now", "cut to", "added"];
    let lower = q.text.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

fn same_grain(p: &Proposition, q: &Proposition) -> bool {
    let day = |p: &Proposition| p.days.iter().filter(|d| d.len() == 10).count() == 1;
    day(p) && day(q)
}

/// Whether a proposition is limited in what it says: words of number ("about") limit the number alone.
fn limited(p: &Proposition) -> bool {
    const OF_NUMBER: &[&str] = &["about", "almost", "approximately", "around", "nearly", "roughly", "some"];
    p.hedges.iter().any(|hedge| OF_NUMBER.binary_search(&hedge.as_str()).is_err())
}

/// One unnamed person became several, or somebody's word became the report's own.
fn upgraded(p: &Proposition, q: &Proposition) -> bool {
    let Some(v) = &p.voice else { return false };
    match &q.voice {
        Some(w) => {
            let several = w.basis == Basis::Anonymous && w.count != Some(1) && !one_person(&w.name);
            let one =
                v.basis == Basis::Anonymous && (v.count == Some(1) || one_person(&v.name)) || v.basis == Basis::Named;
            several && one || w.basis == Basis::Unspecified && v.basis != Basis::Unspecified
        }
        None => v.basis == Basis::Anonymous,
    }
}

/// "A source", "the official".
fn one_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let plural =
        lower.split(" of ").next().unwrap_or_default().split(" who ").next().unwrap_or_default().ends_with('s');
    (lower.starts_with("a ") || lower.starts_with("an ") || lower.starts_with("one ") || lower.starts_with("the "))
        && !plural
}

/// Where an item stands; with the words that credit it, where the difference is in these.
pub(crate) fn passage(item: &Item, kind: Change) -> Passage {
    const NEAR: u32 = 200;
    let span = item.what.spans.first().copied().unwrap_or_default();
    let source = item.what.voice.as_ref().and_then(|v| v.source).filter(|_| kind == Change::SourceUpgraded);
    let near = |source: &Span| source.start() < span.end() + NEAR && span.start() < source.end() + NEAR;
    Passage { report: item.report(), span: source.filter(near).map_or(span, |source| source.cover(span)) }
}

/// The most telling differences of a story: at most one for every statement that stands in several reports, and four.
pub(crate) fn most_telling(mut all: Vec<Difference>, statements: usize) -> Vec<Difference> {
    all.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then((a.earlier, a.later, a.kind).cmp(&(b.earlier, b.later, b.kind)))
    });
    all.truncate(4 + statements);
    all
}
