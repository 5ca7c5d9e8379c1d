//! What a story as a whole tells about its propositions: which words and measures are rare in it, which figure came first, which reports
//! keep company.

use crate::claims::Claim;
use crate::likeness::{Scale, common};
use crate::statements::Item;
use onrecord_model::ReportId;
use std::collections::{BTreeMap, BTreeSet};

/// What a story says, to tell what is rare in it and what comes first.
pub(crate) struct Ground<'a, 'b> {
    pub items: &'b [Item<'a>],
    pub claims: &'b [Claim],
    pub scale: &'b Scale,
    /// Weight of the topic of each item.
    weights: Vec<f32>,
    /// How many items speak of each term.
    spoken: BTreeMap<u64, u32>,
    /// The item that first has each figure of a unit.
    pub first: BTreeMap<(u64, i64), usize>,
    /// Figures of a unit that follow each other as they were first told.
    pub steps: BTreeSet<(u64, i64, i64)>,
    /// How alike each two reports are, by all their words.
    company: BTreeMap<(ReportId, ReportId), f32>,
}

impl<'a, 'b> Ground<'a, 'b> {
    /// O(n log n).
    pub fn new(items: &'b [Item<'a>], claims: &'b [Claim], scale: &'b Scale) -> Ground<'a, 'b> {
        let (mut spoken, mut first) = (BTreeMap::new(), BTreeMap::new());
        let mut last: BTreeMap<u64, i64> = BTreeMap::new();
        let mut steps = BTreeSet::new();
        for (ix, claim) in claims.iter().enumerate() {
            for &term in &claim.topic {
                *spoken.entry(term).or_default() += 1;
            }
            for figure in &claim.figures {
                if items[ix].what.headline || claim.old {
                    continue;
                }
                let fresh = !first.contains_key(&(figure.unit, figure.value));
                first.entry((figure.unit, figure.value)).or_insert(ix);
                if let Some(before) = fresh.then(|| last.insert(figure.unit, figure.value)).flatten() {
                    steps.insert((figure.unit, before, figure.value));
                }
            }
        }
        let weight = |claim: &Claim| claim.topic.iter().map(|&term| scale.weight(term)).sum();
        let weights = claims.iter().map(weight).collect();
        Ground { items, claims, scale, weights, spoken, first, steps, company: company(items, claims, scale) }
    }

    /// How few items speak of a word.
    pub fn rareness(&self, term: u64) -> f32 {
        2.0 / self.spoken.get(&term).copied().unwrap_or(2).max(2) as f32
    }

    /// Weight of all that an item is about.
    pub fn weight(&self, ix: usize) -> f32 {
        self.weights[ix]
    }

    /// How much two reports have in common: whether they speak of one course of events.
    pub fn company(&self, one: ReportId, other: ReportId) -> f32 {
        self.company.get(&(one.min(other), one.max(other))).copied().unwrap_or(1.0)
    }
}

/// How alike reports are: the cosine of their words, for each two that a story of moderate size has.
fn company(items: &[Item], claims: &[Claim], scale: &Scale) -> BTreeMap<(ReportId, ReportId), f32> {
    /// Reports that are compared with each one before them.
    const REACH: usize = 40;
    let mut terms: BTreeMap<ReportId, BTreeSet<u64>> = BTreeMap::new();
    for (item, claim) in items.iter().zip(claims) {
        terms.entry(item.report()).or_default().extend(&claim.topic);
    }
    let all: Vec<(ReportId, Vec<u64>)> = terms.into_iter().map(|(id, set)| (id, set.into_iter().collect())).collect();
    let sum = |terms: &mut dyn Iterator<Item = u64>| terms.map(|t| scale.weight(t)).sum::<f32>().max(0.1);
    let sums: Vec<f32> = all.iter().map(|(_, its)| sum(&mut its.iter().copied())).collect();
    let mut made = BTreeMap::new();
    for (at, (id, its)) in all.iter().enumerate() {
        for ((other, theirs), whole) in all[at + 1..].iter().zip(&sums[at + 1..]).take(REACH) {
            made.insert((*id, *other), sum(&mut common(its, theirs)) / sums[at].min(*whole));
        }
    }
    made
}
