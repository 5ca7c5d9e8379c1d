//! Statements: utterances and own-voice sentences that say the same thing in other words.
//!
//! Inside one story, propositions are compared by the content words they share, weighted by how rare a word is in the story;
//! groups grow by [average linkage](crate::linkage) while their members stay alike. What differs in detail (a number, a
//! hedge, the speaker) stays visible: it is for [`conflicts`](crate::conflicts) to show, not for grouping to hide.

use crate::Digest;
use crate::facts::{Proposition, hash};
use crate::likeness::{self, Scale, copied_pairs, features};
use crate::linkage::{self, Alike};
use crate::meaning;
use crate::origins::Evidence;
use crate::speakers::{Speaker, speaker};
use onrecord_model::{ReportId, Stance, UtteranceRef};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A proposition of a story with where and when it was published, and who speaks.
#[derive(Clone)]
pub(crate) struct Item<'a> {
    pub digest: &'a Digest,
    pub what: &'a Proposition,
    /// Publication day, the undated last.
    pub day: &'a str,
    /// Who says so; none in the report's own voice.
    pub speaker: Option<Speaker>,
    /// What it says, as a point; empty where it says too little, or was not read.
    pub point: &'a [i8],
}

impl Item<'_> {
    pub fn report(&self) -> ReportId {
        self.digest.report
    }
}

/// A day after all others, for reports without one.
pub(crate) const UNDATED: &str = "9999-99-99";

/// The propositions of a story in order of day, report and place, without those that are left to another.
pub(crate) fn items<'a>(digests: &'a [Arc<Digest>], evidence: &Evidence) -> Vec<Item<'a>> {
    let mut made: Vec<Item> = Vec::new();
    for digest in digests {
        let day = digest.published.as_deref().and_then(|p| p.get(..10)).unwrap_or(UNDATED);
        let propositions = &digest.facts.propositions;
        for (ix, what) in propositions.iter().enumerate() {
            if left_to(propositions, ix).is_none() {
                let voice = what.voice.as_ref();
                let speaker = voice.map(|v| speaker(digest.report, v, evidence.entities, evidence.entity_of));
                let point = digest.points.get(ix).map_or(&[][..], Vec::as_slice);
                made.push(Item { digest, what, day, speaker, point });
            }
        }
    }
    let place = |item: &Item| (item.what.spans.first().copied(), item.what.at);
    made.sort_by(|a, b| (a.day, a.report(), place(a)).cmp(&(b.day, b.report(), place(b))));
    made
}

/// The utterances that are left to another, by the one to which they are left: they belong to its statement and to its origin.
pub(crate) fn left(digests: &[Arc<Digest>]) -> BTreeMap<UtteranceRef, Vec<UtteranceRef>> {
    const WAY: usize = 4;
    let mut made: BTreeMap<UtteranceRef, Vec<UtteranceRef>> = BTreeMap::new();
    for digest in digests {
        let propositions = &digest.facts.propositions;
        for (ix, one) in propositions.iter().enumerate() {
            let mut to = left_to(propositions, ix);
            for _ in 0..WAY {
                to = to.map(|next| left_to(propositions, next).unwrap_or(next));
            }
            if let Some(to) = to.filter(|_| matches!(one.at, UtteranceRef::Said(..))) {
                made.entry(propositions[to].at).or_default().push(one.at);
            }
        }
    }
    made
}

/// The proposition of its report to which another is left, if it is. One that mostly carries somebody else's word ("the Courier reports
/// that two aides said …") is left to the one it carries; a thought told inside somebody's words ("he did not want to …") to those
/// words, which have its negation. So is what somebody is told to have offered or planned.
pub(crate) fn left_to(propositions: &[Proposition], ix: usize) -> Option<usize> {
    const CUE: u32 = 12;
    let one = &propositions[ix];
    let voice = one.voice.as_ref()?;
    let length = |p: &Proposition| p.spans.iter().map(|s| s.len()).sum::<u32>();
    let inside = |inner: &Proposition, outer: &Proposition| {
        inner.spans.iter().all(|s| outer.spans.iter().any(|o| o.contains(*s))) && length(inner) < length(outer)
    };
    let thought = |stance| matches!(stance, Stance::Believes | Stance::Expects | Stance::Promises);
    let first = ix.saturating_sub(12);
    let near = propositions[first..(ix + 12).min(propositions.len())].iter().enumerate();
    let others = near.map(|(at, other)| (first + at, other)).filter(|(_, o)| o.at != one.at && o.voice.is_some());
    if thought(voice.stance) {
        let around = others.filter(|(_, outer)| inside(one, outer));
        return around.min_by_key(|&(at, outer)| (length(outer), at)).map(|(at, _)| at);
    }
    // What it carries, with the words that credit it, is most of it.
    let credited = |inner: &Proposition| {
        let source = inner.voice.as_ref().and_then(|v| v.source);
        let own = source.filter(|source| one.spans.iter().any(|span| span.contains(*source)));
        length(inner) + own.map_or(0, |source| source.len() + CUE)
    };
    let speaks = |p: &Proposition| p.voice.as_ref().is_some_and(|v| !thought(v.stance));
    others
        .filter(|(_, inner)| speaks(inner) && inside(inner, one) && credited(inner) * 10 >= length(one) * 6)
        .min_by_key(|&(at, inner)| (std::cmp::Reverse(length(inner)), at))
        .map(|(at, _)| at)
}

/// Odds below which a pair is as good as unlike; pairs that share nothing count as much.
pub(crate) const FLOOR: f32 = -4.0;

/// Average odds from which two groups are one statement. Below even, since what is joined on little counts as possible alone
/// ([`SURE`]); much lower, it joins what nobody would.
pub(crate) const SAME: f32 = -0.8;

/// Pairs that may be one statement, by index, with the odds above [`FLOOR`].
pub(crate) fn pairs(items: &[Item], scale: &Scale, evidence: &Evidence) -> Vec<Alike> {
    let mut pairs = Vec::new();
    each_candidate(items, scale, evidence, &mut |a, b, copied| {
        let weighed = likeness::odds(&features(items, a, b, scale, copied));
        let odds = weighed - likeness::against(items, a, b, scale) - FLOOR;
        if odds > 0.0 {
            pairs.push((a as u32, b as u32, odds));
        }
    });
    pairs
}

/// Pairs that may be one statement, by index, and whether they stand at one place of copied text.
pub(crate) fn candidates(items: &[Item], scale: &Scale, evidence: &Evidence) -> Vec<((usize, usize), bool)> {
    let mut found = Vec::new();
    each_candidate(items, scale, evidence, &mut |a, b, copied| found.push(((a, b), copied)));
    found
}

/// Calls back with each pair that may be one statement, in order, and whether it stands at one place of copied text; the others
/// share a word. Each proposition is compared with at most `WORD_REACH` others for each of its words, so that a story of any size costs
/// time in proportion to it.
fn each_candidate(items: &[Item], scale: &Scale, evidence: &Evidence, take: &mut dyn FnMut(usize, usize, bool)) {
    const WORD_REACH: usize = 60;
    const NAME_REACH: usize = 12;
    let mut postings: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (ix, item) in items.iter().enumerate() {
        for &term in &item.what.terms {
            postings.entry(term).or_default().push(ix);
        }
    }
    let copied = copied_pairs(items, evidence.copies);
    let mut others: Vec<usize> = Vec::new();
    for (one, item) in items.iter().enumerate() {
        for term in &item.what.terms {
            let list = &postings[term];
            let reach = if scale.is_name(*term) { NAME_REACH } else { WORD_REACH };
            others.extend(list[list.partition_point(|&ix| ix <= one)..].iter().take(reach));
        }
        let theirs = &copied[copied.partition_point(|&(a, _)| a < one)..copied.partition_point(|&(a, _)| a <= one)];
        others.extend(theirs.iter().map(|&(_, b)| b));
        others.extend(near(items, one));
        others.sort_unstable();
        others.dedup();
        for other in others.drain(..) {
            take(one, other, theirs.binary_search(&(one, other)).is_ok());
        }
    }
}

/// How many of the items after one are compared with it by the sense of their words.
pub(crate) const REACH: usize = 400;

/// The items after one that say something alike by the sense of their words, whether they share one or not.
fn near(items: &[Item], one: usize) -> impl Iterator<Item = usize> {
    const ALIKE: f32 = 0.45;
    let point = items[one].point;
    let later = items.iter().enumerate().skip(one + 1).take(if point.is_empty() { 0 } else { REACH });
    later.filter(move |(_, item)| meaning::cosine(point, item.point) >= ALIKE).map(|(ix, _)| ix)
}

/// Average odds from which a wording that nobody shares may belong to a statement that several reports have, if they are clearly better
/// than for any other. Of such, every other did on stories kept apart: it is possible, never certain ([`SURE`]).
const MAYBE: f32 = -1.6;

/// By how much, as the logarithm of odds.
const CLEARLY: f32 = 0.8;

/// Groups of items, and the group of each.
pub(crate) fn groups(items: &[Item], pairs: &[Alike]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut groups = linkage::groups(items.len(), pairs, SAME - FLOOR);
    let mut group_of = vec![0; items.len()];
    for (ix, group) in groups.iter().enumerate() {
        for &item in group {
            group_of[item] = ix;
        }
    }
    let attached = attached(items, &groups, &group_of, pairs);
    for &(item, to) in &attached {
        groups[group_of[item]].retain(|&member| member != item);
        groups[to].push(item);
        group_of[item] = to;
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    (groups, group_of)
}

/// Items that only their own report has, each with the group of several reports to which it may belong: one a report that has no wording
/// in it. O(p log p) for p pairs.
fn attached(items: &[Item], groups: &[Vec<usize>], group_of: &[usize], pairs: &[Alike]) -> Vec<(usize, usize)> {
    let of_several = |group: &Vec<usize>| group.iter().any(|&ix| items[ix].report() != items[group[0]].report());
    let several: Vec<bool> = groups.iter().map(of_several).collect();
    let mut likeness: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for &(a, b, odds) in pairs {
        for (item, of) in [(a as usize, b as usize), (b as usize, a as usize)] {
            if !several[group_of[item]] && several[group_of[of]] {
                *likeness.entry((item, group_of[of])).or_default() += odds;
            }
        }
    }
    // For each item the group that it is most like, how much, and how much it is like the next.
    let mut most: BTreeMap<usize, (f32, usize, f32)> = BTreeMap::new();
    for ((item, group), sum) in likeness {
        let average = sum / groups[group].len() as f32;
        let (first, to, second) = most.entry(item).or_insert((0.0, group, 0.0));
        if average > *first {
            (*second, *first, *to) = (*first, average, group);
        } else {
            *second = second.max(average);
        }
    }
    let mut likely: Vec<(f32, usize, usize)> = most
        .into_iter()
        .filter(|(_, (first, _, second))| *first >= MAYBE - FLOOR && first - second >= CLEARLY)
        .map(|(item, (first, group, _))| (first, item, group))
        .collect();
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let told = |group: usize| groups[group].iter().map(move |&ix| (group, items[ix].report()));
    let mut has: BTreeSet<(usize, ReportId)> = likely.iter().flat_map(|&(_, _, group)| told(group)).collect();
    likely.retain(|&(_, item, group)| has.insert((group, items[item].report())));
    likely.into_iter().map(|(_, item, group)| (item, group)).collect()
}

/// The items of one statement.
pub(crate) struct Group {
    /// Indexes, sorted.
    pub members: Vec<usize>,
    /// Those of them that no wording of another report surely says too; none where one report has all.
    pub unsure: BTreeSet<usize>,
}

/// Odds from which a wording surely belongs where it was joined: of what was joined on less, three in four did on stories kept apart and
/// two in three on the second set of annotated ones; of what was joined on more, nine in ten.
const SURE: f32 = 1.2;

/// For each of `groups` (as `group_of` tells them) which members are in it on weak links alone, or ask what others say.
pub(crate) fn with_unsure(
    items: &[Item],
    groups: &[Vec<usize>],
    group_of: &[usize],
    pairs: &[Alike],
    scale: &Scale,
) -> Vec<Group> {
    let mut best: Vec<f32> = vec![0.0; items.len()];
    for &(a, b, odds) in pairs {
        let (a, b) = (a as usize, b as usize);
        if group_of[a] == group_of[b] && items[a].report() != items[b].report() {
            best[a] = best[a].max(odds);
            best[b] = best[b].max(odds);
        }
    }
    let group = |members: &Vec<usize>| {
        let several = members.iter().any(|&ix| items[ix].report() != items[members[0]].report());
        let said = members.iter().any(|&ix| !scale.asks(ix));
        let weak = |ix: &usize| best[*ix] < SURE - FLOOR || said && scale.asks(*ix);
        let unsure = members.iter().copied().filter(|ix| several && weak(ix)).collect();
        Group { members: members.clone(), unsure }
    };
    groups.iter().map(group).collect()
}

/// The clearest wording of a group: the one most like the others, of readable length, that can stand by itself; the earliest of equals.
pub(crate) fn gist(items: &[Item], group: &[usize], scale: &Scale) -> String {
    let clear = |ix: usize| {
        let what = items[ix].what;
        let others = group.iter().take(40).filter(|&&o| o != ix);
        let like: f32 = others.map(|&o| scale.likeness(ix, o)).sum();
        let words = what.text.split_whitespace().count() + what.act.split_whitespace().count();
        let readable = if (5..=32).contains(&words) { 0.25 } else { 0.0 };
        let whole = if what.spans.len() == 1 { 0.1 } else { 0.0 } + if what.whole { 0.3 } else { 0.0 };
        like / group.len() as f32 + readable + whole
    };
    let best = group.iter().copied().fold(None, |best: Option<(f32, usize)>, ix| {
        let value = clear(ix);
        if best.is_none_or(|(top, _)| value > top) { Some((value, ix)) } else { best }
    });
    best.map_or_else(String::new, |(_, ix)| tidy(&items[ix].what.wording()))
}

/// One line of text without what ties it to the words around it: a conjunction before or after, a comma, a quotation mark whose
/// fellow stands elsewhere.
fn tidy(text: &str) -> String {
    const BEFORE: &[&str] =
        &["after", "although", "and", "as", "because", "but", "since", "so", "that", "though", "when", "while"];
    const AFTER: &[&str] = &["after", "and", "as", "because", "but", "or", "that", "when", "which", "while", "who"];
    let loose = |c: char| matches!(c, ',' | ';' | ':' | '-' | '–' | '—');
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_end_matches(loose).to_lowercase();
    // "Two days after the bridge fell".
    const UNITS: &[&str] = &["day", "days", "hour", "hours", "month", "months", "week", "weeks", "year", "years"];
    let far_off = |words: &[&str]| UNITS.contains(&bare(words[1]).as_str()) && matches!(words[2], "after" | "before");
    if words.len() > 5 && far_off(&words) {
        words.drain(..3);
    }
    while words.len() > 3 && BEFORE.binary_search(&bare(words[0]).as_str()).is_ok() {
        words.remove(0);
    }
    while words.len() > 3 && AFTER.binary_search(&bare(words[words.len() - 1]).as_str()).is_ok() {
        words.pop();
    }
    let line = words.join(" ");
    let mut line = line.trim_matches(|c| loose(c) || c == ' ');
    for (open, close) in [("‘‘", "’’"), ("``", "''")] {
        if line.contains(open) != line.contains(close) {
            line = line.trim_start_matches(open).trim_end_matches(close);
        }
    }
    for (open, close) in [('“', '”'), ('"', '"'), ('‘', '’')] {
        let marks = line.matches([open, close]).count();
        if marks % 2 == 1 && (open != '‘' || !line.contains('’') || line.ends_with('’')) {
            line = line.strip_prefix(open).or_else(|| line.strip_suffix(close)).unwrap_or(line);
        }
    }
    line.trim_matches(|c| loose(c) || c == ' ').to_string()
}

/// Durable id of a statement: its utterances.
pub(crate) fn statement_id(utterances: &[UtteranceRef]) -> u64 {
    let mut key = String::from("statement");
    for utterance in utterances {
        match utterance {
            UtteranceRef::Said(report, ix) => key.push_str(&format!(" {report} {ix}")),
            UtteranceRef::Part(report, ix, span) => key.push_str(&format!(" {report} {ix} {span:?}")),
            UtteranceRef::OwnVoice(report, span) => key.push_str(&format!(" {report} {span:?}")),
        }
    }
    hash(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gist_is_cut_free_of_the_words_around_it() {
        insta::assert_snapshot!([
            "that the bridge had passed every inspection",
            "because we cannot be certain how many were in the cars",
            "fell into the river before dawn on Tuesday, injuring 14 people and",
            "Divers are going down again now,",
            "all of them are alive,\"",
            "“It went soft, like a mattress,”",
            "and so it",
            "Two days after the bridge fell into the river",
            "How do you take a job and then leave?’’",
        ]
        .map(tidy)
        .join("\n"), @r#"
        the bridge had passed every inspection
        we cannot be certain how many were in the cars
        fell into the river before dawn on Tuesday, injuring 14 people
        Divers are going down again now
        all of them are alive
        “It went soft, like a mattress,”
        and so it
        the bridge fell into the river
        How do you take a job and then leave?
        "#);
    }
}
