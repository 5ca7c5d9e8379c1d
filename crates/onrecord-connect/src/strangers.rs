//! Reports that were taken into a story by a few weighty words, and tell something else.
//!
//! A town, a minister, a stock phrase make two reports look alike. So a report of a story that has company enough is asked
//! three things, each beside what is usual among the others: what it shares with them beyond the few words that it shares
//! most of; how many of the words that they have in common it has; and whether any passage of it says what a passage of
//! theirs says. Who fails in all of them is a story by itself. Reports that say little cannot be told so and stay.

use crate::Digest;
use crate::passages::shared;
use crate::stories::Link;
use crate::terms::Common;
use onrecord_model::ReportId;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Reports of a story in which a stranger can be told.
const MEMBERS_MIN: usize = 6;
/// Rare words of a report that can be told to be a stranger.
const WORDS_MIN: usize = 40;
/// Weightiest shared terms that are left out.
const LEFT_OUT: usize = 3;
/// What a stranger reaches of what is usual, by both shares in the mean.
const SHARE_MAX: f64 = 0.6;
/// What one share counts for at most.
const SHARE_COUNTED_MAX: f64 = 1.2;
/// What a passage of a stranger shares with one of the others at most: as much as three words that no table lists.
const PASSAGE_MAX: f64 = 3.0;
/// What a stranger's passages share on average, beside what is usual.
const PASSAGES_SHARE_MAX: f64 = 0.7;
/// Reports that say what is usual of passages, and the nearest that each report's passages are held against.
const ASKED: usize = 24;
const NEAREST: usize = 10;
/// A passage is held against the nearest reports, of which so many best ones count.
const BEST: usize = 3;

/// The groups without their strangers, and these by the first of the group that stays. O(terms + links), and for each suspect its passages times those of [`NEAREST`] others.
pub(crate) fn without_strangers(
    groups: Vec<Vec<ReportId>>,
    by_report: &HashMap<ReportId, &Arc<Digest>>,
    links: &[Link],
) -> (Vec<Vec<ReportId>>, BTreeMap<ReportId, Vec<ReportId>>) {
    let mut near: Option<HashMap<ReportId, Vec<(f64, ReportId)>>> = None;
    let mut kept = Vec::with_capacity(groups.len());
    let mut gone = BTreeMap::new();
    for mut group in groups {
        let members: Vec<&Digest> =
            group.iter().filter_map(|report| by_report.get(report).map(|digest| &***digest)).collect();
        let suspects = suspects(&members);
        if !suspects.is_empty() {
            let near = near.get_or_insert_with(|| by_likeness(links));
            let strangers = strangers(&members, &suspects, near);
            group.retain(|report| !strangers.contains(report));
            if let Some(&first) = group.first().filter(|_| !strangers.is_empty()) {
                gone.insert(first, strangers);
            }
        }
        kept.push(group);
    }
    (kept, gone)
}

/// The others that each report is linked with, the most alike first.
fn by_likeness(links: &[Link]) -> HashMap<ReportId, Vec<(f64, ReportId)>> {
    let mut near: HashMap<ReportId, Vec<(f64, ReportId)>> = HashMap::new();
    for &(one, other, likeness) in links {
        near.entry(one).or_default().push((likeness, other));
        near.entry(other).or_default().push((likeness, one));
    }
    #[allow(clippy::iter_over_hash_type)] // each list is sorted by itself: no order
    for others in near.values_mut() {
        others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    near
}

/// Members that share little with the others, by index.
fn suspects(members: &[&Digest]) -> Vec<usize> {
    if members.len() < MEMBERS_MIN {
        return Vec::new();
    }
    let mut all: BTreeMap<u32, (f64, usize)> = BTreeMap::new();
    for &(term, weight) in members.iter().flat_map(|member| &member.terms.0) {
        let (sum, reports) = all.entry(term).or_default();
        *sum += f64::from(weight);
        *reports += 1;
    }
    let others = members.len() - 1;
    let common: Vec<(u32, f64, usize)> = all
        .iter()
        .filter(|(_, (_, reports))| 2 * reports >= others)
        .map(|(&term, &(sum, reports))| (term, sum, reports))
        .collect();
    let shares: Vec<(f64, f64)> = members
        .iter()
        .map(|member| (beyond_the_weightiest(member, &all, others), has_common(member, &common, others)))
        .collect();
    let usual = (median(shares.iter().map(|share| share.0)), median(shares.iter().map(|share| share.1)));
    let part = |value: f64, usual: f64| (value / usual.max(1e-9)).min(SHARE_COUNTED_MAX);
    let strange = |ix: &usize| {
        let (beyond, common) = shares[*ix];
        (part(beyond, usual.0) + part(common, usual.1)) / 2.0 < SHARE_MAX && members[*ix].passages.words() >= WORDS_MIN
    };
    (0..members.len()).filter(strange).collect()
}

/// How alike a member and the others are, but for the terms that make most of it.
fn beyond_the_weightiest(member: &Digest, all: &BTreeMap<u32, (f64, usize)>, others: usize) -> f64 {
    let mut common = Common::default();
    let mut products = Vec::new();
    for &(term, weight) in &member.terms.0 {
        let weight = f64::from(weight);
        let product = weight * (all[&term].0 - weight) / others as f64;
        common.add(term, product);
        products.push(product);
    }
    products.sort_by(|a, b| b.total_cmp(a));
    common.likeness() - products.iter().take(LEFT_OUT).sum::<f64>()
}

/// How much of what at least half of the others have in common the member has, 0.0..=1.0.
fn has_common(member: &Digest, common: &[(u32, f64, usize)], others: usize) -> f64 {
    let (mut has, mut whole) = (0.0, 0.0);
    for &(term, sum, reports) in common {
        let own = member.terms.0.binary_search_by_key(&term, |&(term, _)| term).ok();
        let weight = sum - own.map_or(0.0, |at| f64::from(member.terms.0[at].1));
        if 2 * (reports - usize::from(own.is_some())) >= others {
            whole += weight;
            has += if own.is_some() { weight } else { 0.0 };
        }
    }
    has / f64::max(whole, 1e-9)
}

/// Suspects of whom no passage says what one of the others says.
fn strangers(members: &[&Digest], suspects: &[usize], near: &HashMap<ReportId, Vec<(f64, ReportId)>>) -> Vec<ReportId> {
    let by_report: BTreeMap<ReportId, &Digest> = members.iter().map(|member| (member.report, *member)).collect();
    let passages = |member: &Digest| {
        let linked = near.get(&member.report).into_iter().flatten();
        let nearest: Vec<&Digest> =
            linked.filter_map(|(_, other)| by_report.get(other).copied()).take(NEAREST).collect();
        said_by_others(member, &nearest)
    };
    let step = members.len().div_ceil(ASKED);
    let usual = median(members.iter().step_by(step).map(|member| passages(member).1));
    let strange = |ix: &&usize| {
        let (most, mean) = passages(members[**ix]);
        most < PASSAGE_MAX && mean < PASSAGES_SHARE_MAX * usual
    };
    suspects.iter().filter(strange).map(|&ix| members[ix].report).collect()
}

/// What the passages of a report share with those of others: the best of them, and all in the mean.
fn said_by_others(member: &Digest, others: &[&Digest]) -> (f64, f64) {
    let best_of = |passage: &Vec<(u32, u8)>| {
        let with = |other: &&Digest| other.passages.0.iter().map(|theirs| shared(passage, theirs)).fold(0.0, f64::max);
        let mut found: Vec<f64> = others.iter().map(with).collect();
        found.sort_by(|a, b| b.total_cmp(a));
        found.iter().take(BEST).sum::<f64>() / BEST as f64
    };
    let all: Vec<f64> = member.passages.0.iter().map(best_of).collect();
    let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
    (all.iter().copied().fold(0.0, f64::max), mean)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle), values.len() % 2) {
        (Some(value), 1) => *value,
        (Some(value), _) => (value + values[middle - 1]) / 2.0,
        _ => 0.0,
    }
}
