//! Where wordings differ: numbers, yes against no, days, plans that change, hedges and sources that get lost on the way.
//! Both passages are kept, the earlier first. No verdicts.
//!
//! Any two propositions of a story that share a word are looked at, whether they are one statement or not. What makes a conflict is a
//! [contrast](crate::contrasts) between two that speak of one fact; how surely they do is weighed without what contrasts.

use crate::claims::{Claim, Figure};
use crate::contrasts::{self, Contrast, Pair};
use crate::ground::Ground;
use crate::likeness::{Scale, are_steps, speaker_match};
use crate::linkage::Alike;
use crate::statements::{FLOOR, Item, SAME, UNDATED};
use onrecord_model::{Change, Passage, ReportId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A difference between two items of a story (indexes, the earlier first).
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Difference {
    pub earlier: usize,
    pub later: usize,
    pub kind: Change,
    /// How telling it is: the logarithm of the odds that a reader would call it one.
    pub weight: f32,
}

/// Differences worth showing, the most telling first: for two sentences one, for two statements (or one) and a kind one, for two figures
/// of one measure one; not more than the story's size allows. O(n) for n propositions, each compared with at most `REACH` others a word.
pub(crate) fn differences(items: &[Item], pairs: &[Alike], group_of: &[usize], scale: &Scale) -> Vec<Difference> {
    if most(items) == 0 {
        return Vec::new();
    }
    let claims: Vec<Claim> = items.iter().map(|item| Claim::new(item.what, item.day)).collect();
    let ground = Ground::new(items, &claims, scale);
    let first = first_sayings(&ground, pairs);
    let mut all: Vec<Difference> = Vec::new();
    each_candidate(items, &claims, pairs, scale, &mut |earlier, later, odds| {
        let Some((contrast, weight)) = (Pair { ground: &ground, earlier, later }).strongest(odds) else { return };
        let weight = weight - scale.room(earlier, later);
        if weight < LEAST {
            return;
        }
        // Who said it first stands for all who say it.
        let (one, other) = (first[earlier].min(first[later]), first[earlier].max(first[later]));
        let apart = one != other && !one_sentence(&items[one], &items[other]);
        let told = Pair { ground: &ground, earlier: one, later: other };
        let pair = if apart && told.has(contrast) { told } else { Pair { ground: &ground, earlier, later } };
        let (earlier, later) = (pair.earlier, pair.later);
        let kind = kind(&items[earlier], &items[later], &pair, contrast);
        all.push(Difference { earlier, later, kind, weight });
    });
    all.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then((a.earlier, a.later, a.kind).cmp(&(b.earlier, b.later, b.kind)))
    });
    let mut shown = distinct(items, &claims, group_of, all);
    shown.truncate(most(items));
    shown
}

/// Each candidate that contrasts at all, the earlier first: in what (one flag for each of [`contrasts::CONTRASTS`]) and the facts that
/// are weighed. For whoever learns the weights.
pub(crate) fn contrasted(items: &[Item], pairs: &[Alike], scale: &Scale) -> Vec<(usize, usize, Vec<bool>, Vec<f32>)> {
    let claims: Vec<Claim> = items.iter().map(|item| Claim::new(item.what, item.day)).collect();
    let ground = Ground::new(items, &claims, scale);
    let mut made = Vec::new();
    each_candidate(items, &claims, pairs, scale, &mut |earlier, later, odds| {
        let pair = Pair { ground: &ground, earlier, later };
        let has: Vec<bool> = contrasts::CONTRASTS.iter().map(|&contrast| pair.has(contrast)).collect();
        if has.contains(&true) {
            made.push((earlier, later, has, pair.facts(odds).to_vec()));
        }
    });
    made
}

/// The logarithm of odds from which a difference is shown.
const LEAST: f32 = -2.1;

/// How many differences a story may show: some two for each of its reports, and never more than a reader gets through. A report by
/// itself is no story: what two voices say in it is for its reader to see.
fn most(items: &[Item]) -> usize {
    const PER_REPORT: f32 = 2.2;
    const MOST: usize = 60;
    let reports: BTreeSet<ReportId> = items.iter().map(Item::report).collect();
    if reports.len() < 2 {
        return 0;
    }
    ((PER_REPORT * reports.len() as f32) as usize).min(MOST)
}

/// Calls back with each pair of items that share a word of their topic or a measure, in order, and the odds that they are one
/// statement. No list of all pairs is held.
fn each_candidate(
    items: &[Item],
    claims: &[Claim],
    pairs: &[Alike],
    scale: &Scale,
    take: &mut dyn FnMut(usize, usize, f32),
) {
    const REACH: usize = 60;
    const NAME_REACH: usize = 12;
    // People, and figures of nothing that is named, are looked at together.
    let unit = |figure: &Figure| if figure.people { 0 } else { figure.unit };
    let fresh = first_wordings(items, claims);
    let mut postings: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut counted: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for &ix in &fresh {
        for &term in &claims[ix].topic {
            postings.entry(term).or_default().push(ix);
        }
        for unit in claims[ix].figures.iter().map(unit).collect::<BTreeSet<u64>>() {
            counted.entry(unit).or_default().push(ix);
        }
    }
    let after = |list: &[usize], one: usize| list.partition_point(|&ix| ix <= one);
    let mut others: Vec<usize> = Vec::new();
    for &one in &fresh {
        for term in &claims[one].topic {
            let (list, reach) = (&postings[term], if scale.is_name(*term) { NAME_REACH } else { REACH });
            others.extend(list[after(list, one)..].iter().take(reach));
        }
        for figure in &claims[one].figures {
            let list = &counted[&unit(figure)];
            others.extend(list[after(list, one)..].iter().take(REACH));
        }
        others.sort_unstable();
        others.dedup();
        for other in others.drain(..) {
            if !one_sentence(&items[one], &items[other]) && claims[one].plain != claims[other].plain {
                let at = pairs.binary_search_by_key(&(one as u32, other as u32), |pair| (pair.0, pair.1));
                take(one, other, at.map_or(FLOOR, |at| pairs[at].2 + FLOOR));
            }
        }
    }
}

/// Items that no earlier one says in the same words: what is copied contrasts with nothing that its original does not. Headlines only
/// sum up.
fn first_wordings(items: &[Item], claims: &[Claim]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let words = |ix: usize| {
        let (what, claim) = (items[ix].what, &claims[ix]);
        let values: Vec<i64> = claim.figures.iter().map(|figure| figure.value).collect();
        (&what.terms, &what.denied, values, &claim.times, claim.limited)
    };
    (0..items.len()).filter(|&ix| !items[ix].what.headline && seen.insert(words(ix))).collect()
}

/// For each item the first that says the same: likelier one statement than two, and without a contrast.
fn first_sayings(ground: &Ground, pairs: &[Alike]) -> Vec<usize> {
    const DIFFERENT: [Contrast; 4] = [Contrast::Figures, Contrast::Times, Contrast::Sides, Contrast::Limit];
    let mut first: Vec<usize> = (0..ground.items.len()).collect();
    for &(a, b, _) in pairs.iter().filter(|pair| pair.2 + FLOOR >= SAME) {
        let (earlier, later) = (a.min(b) as usize, a.max(b) as usize);
        let pair = Pair { ground, earlier, later };
        if earlier < first[later] && !ground.items[earlier].what.headline && !DIFFERENT.iter().any(|&c| pair.has(c)) {
            first[later] = earlier;
        }
    }
    first
}

fn one_sentence(a: &Item, b: &Item) -> bool {
    let overlap = |s: &Span| b.what.spans.iter().any(|t| s.overlaps(*t));
    a.report() == b.report() && (a.what.sentence.overlaps(b.what.sentence) || a.what.spans.iter().any(overlap))
}

/// What a contrast is called. Figures and plans of one speaker, or of a count that grows, that differ on a later day have changed.
fn kind(a: &Item, b: &Item, pair: &Pair, contrast: Contrast) -> Change {
    let later = a.day < b.day && b.day != UNDATED;
    let claim = &pair.ground.claims[pair.later];
    let told_anew = later && (speaker_match(a, b) == Some(true) || claim.turns);
    match contrast {
        Contrast::Figures if later && (told_anew || are_steps(a.what, b.what) || claim.moves) => Change::Changed,
        Contrast::Figures => Change::Number,
        Contrast::Times if told_anew => Change::Changed,
        Contrast::Times => Change::Date,
        Contrast::Sides if told_anew => Change::Changed,
        Contrast::Sides => Change::Polarity,
        Contrast::Turn => Change::Changed,
        Contrast::Limit => Change::HedgeDropped,
        Contrast::Source => Change::SourceUpgraded,
    }
}

/// Of differences in order those that say something new: no two between the same sentences or the same figures, one for two statements
/// and a kind, and no sentence against everything.
fn distinct(items: &[Item], claims: &[Claim], group_of: &[usize], all: Vec<Difference>) -> Vec<Difference> {
    const USES: u32 = 3;
    let mut seen = Seen::default();
    let mut made = Vec::new();
    for difference in all {
        let (a, b) = (difference.earlier, difference.later);
        let place = |ix: usize| (items[ix].report(), whole(&items[ix]));
        let (one, other) = (place(a).min(place(b)), place(a).max(place(b)));
        let (g, h) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
        let two = contrasts::clash(&claims[a], &claims[b])
            .filter(|_| matches!(difference.kind, Change::Number | Change::Changed))
            .map(|(n, m)| (n.unit, n.value.min(m.value), n.value.max(m.value)));
        let used = |place| seen.uses.get(place).is_some_and(|&uses| uses >= USES);
        let known = seen.sentences.contains(&(one, other))
            || seen.statements.contains(&(g, h, difference.kind))
            || two.is_some_and(|two| seen.figures.contains(&two));
        if known || used(&one) || used(&other) {
            continue;
        }
        seen.sentences.insert((one, other));
        seen.statements.insert((g, h, difference.kind));
        seen.figures.extend(two);
        *seen.uses.entry(one).or_default() += 1;
        *seen.uses.entry(other).or_default() += 1;
        made.push(difference);
    }
    made
}

/// A sentence of a report.
type Place = (ReportId, Span);

/// What the differences that are shown already say.
#[derive(Default)]
struct Seen {
    sentences: BTreeSet<(Place, Place)>,
    statements: BTreeSet<(usize, usize, Change)>,
    figures: BTreeSet<(u64, i64, i64)>,
    uses: BTreeMap<Place, u32>,
}

/// The sentence in which an item stands.
fn whole(item: &Item) -> Span {
    let parts = item.what.spans.iter().copied().reduce(Span::cover).unwrap_or_default();
    if item.what.sentence.is_empty() { parts } else { item.what.sentence }
}

/// Where an item stands: its sentence, which tells who says so.
pub(crate) fn passage(item: &Item) -> Passage {
    Passage { report: item.report(), span: whole(item) }
}
