//! Where wordings differ: numbers, yes against no, days, plans that change, hedges and sources that get lost on the way.
//! Both passages are kept, the earlier first. No verdicts.

use crate::facts::{Number, Proposition};
use crate::statements::{Item, Scale, differs};
use onrecord_model::{Basis, Change, Passage, Stance};
use std::collections::BTreeMap;

/// A difference between two items of a story (indexes, the earlier first).
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Difference {
    pub earlier: usize,
    pub later: usize,
    pub kind: Change,
    /// How alike the two are: the more alike, the more it means that they differ.
    pub alike: f32,
}

/// All differences worth showing: for two statements (or one) and a kind, the pair that is most alike. O(pairs).
pub(crate) fn differences(items: &[Item], pairs: &[(usize, usize, f32)], group_of: &[usize]) -> Vec<Difference> {
    let mut best: BTreeMap<(usize, usize, Change), Difference> = BTreeMap::new();
    for &(a, b, alike) in pairs {
        let (earlier, later) = (a.min(b), a.max(b));
        if overlapping(&items[earlier], &items[later]) {
            continue;
        }
        let same = group_of[earlier] == group_of[later];
        let Some(kind) = kind(&items[earlier], &items[later], same, alike) else { continue };
        let (g, h) = (group_of[earlier].min(group_of[later]), group_of[earlier].max(group_of[later]));
        let found = Difference { earlier, later, kind, alike };
        let slot = best.entry((g, h, kind)).or_insert(found);
        if alike > slot.alike {
            *slot = found;
        }
    }
    best.into_values().collect()
}

fn overlapping(a: &Item, b: &Item) -> bool {
    a.report() == b.report() && a.what.spans.iter().any(|s| b.what.spans.iter().any(|t| s.overlaps(*t)))
}

fn kind(a: &Item, b: &Item, same: bool, alike: f32) -> Option<Change> {
    let (p, q) = (a.what, b.what);
    let bare = if same { alike } else { alike / 0.45 };
    // What differs must be about the same thing, not only about the same people.
    let content =
        p.terms.iter().filter(|t| q.terms.binary_search(t).is_ok() && p.names.binary_search(t).is_err()).count();
    if content < 2 {
        return None;
    }
    if differs(p) != differs(q) && !(p.quoted && q.quoted) && bare >= 0.6 && asserted(p) && asserted(q) {
        return Some(if same_voice(p, q) && a.day < b.day { Change::Changed } else { Change::Polarity });
    }
    if (same || alike >= 0.30) && numbers_differ(&p.numbers, &q.numbers) {
        let later = a.day < b.day && (same_voice(p, q) || !same);
        return Some(if later { Change::Changed } else { Change::Number });
    }
    if same && a.report() != b.report() && !p.days.is_empty() && !q.days.is_empty() && days_differ(&p.days, &q.days) {
        return Some(Change::Date);
    }
    if same && a.report() != b.report() && a.day <= b.day {
        if !p.hedges.is_empty() && q.hedges.is_empty() && !q.quoted && alike >= 0.5 {
            return Some(Change::HedgeDropped);
        }
        if upgraded(p, q) {
            return Some(Change::SourceUpgraded);
        }
    }
    None
}

/// Whether something is said to be so or not: a question, a refusal to speak and an order are neither.
fn asserted(p: &Proposition) -> bool {
    p.voice.as_ref().is_none_or(|v| !matches!(v.stance, Stance::Asks | Stance::Declines | Stance::Orders))
}

fn same_voice(p: &Proposition, q: &Proposition) -> bool {
    match (&p.voice, &q.voice) {
        (Some(v), Some(w)) => !v.name.is_empty() && v.name == w.name,
        (None, None) => true,
        _ => false,
    }
}

fn numbers_differ(p: &[Number], q: &[Number]) -> bool {
    let agree = |n: &Number, m: &Number| n.unit == m.unit && n.value == m.value;
    let clash = |n: &Number| n.unit != 0 && q.iter().any(|m| m.unit == n.unit) && !q.iter().any(|m| agree(n, m));
    p.iter().any(clash)
}

/// Days of equal grain of which none agrees.
fn days_differ(p: &[String], q: &[String]) -> bool {
    let comparable = p.iter().any(|d| q.iter().any(|e| d.len() == e.len()));
    comparable && !p.iter().any(|d| q.iter().any(|e| d.starts_with(e.as_str()) || e.starts_with(d.as_str())))
}

/// One unnamed person became several, or nobody's word became the report's own.
fn upgraded(p: &Proposition, q: &Proposition) -> bool {
    let Some(v) = &p.voice else { return false };
    let weak = v.basis == Basis::Anonymous && v.count == Some(1) || v.basis == Basis::Unspecified;
    match &q.voice {
        Some(w) => weak && w.basis == Basis::Anonymous && w.count != Some(1) && w.via.is_empty(),
        None => v.basis == Basis::Anonymous,
    }
}

/// Where an item stands.
pub(crate) fn passage(item: &Item) -> Passage {
    Passage { report: item.report(), span: item.what.spans.first().copied().unwrap_or_default() }
}

/// The most telling differences of a story: at most one for every two statements that stand in several reports, and eight.
pub(crate) fn most_telling(mut all: Vec<Difference>, statements: usize, _scale: &Scale) -> Vec<Difference> {
    let rank = |d: &Difference| match d.kind {
        Change::Number | Change::Polarity | Change::Changed => 0.15,
        Change::Date => 0.05,
        Change::HedgeDropped | Change::SourceUpgraded => 0.0,
    } + d.alike;
    all.sort_by(|a, b| {
        rank(b).total_cmp(&rank(a)).then((a.earlier, a.later, a.kind).cmp(&(b.earlier, b.later, b.kind)))
    });
    all.truncate(8 + statements / 2);
    all
}
