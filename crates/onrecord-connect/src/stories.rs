//! Stories: reports about one course of events.
//!
//! Each report is compared with the few before it that share its weightiest terms ([`neighbours`]); reports that are
//! joined so are then merged bottom up, as long as all reports of two groups are alike on average ([`groups`]). How alike is
//! alike enough depends on the company that the reports keep: where each has close neighbours, as in two stories about one
//! busy name, more is asked than where reports are few and each tells the story in its own words. Neighbours of a report
//! depend on nothing but the reports just before it, so a pile that grew is mended by asking for the [`affected`] alone.
//! Groups are merged only where two neighbours [`may_join`], so reports that no chain of such neighbours ties together have
//! no part in each other's groups: that is how far a change is felt.

use crate::hashed::Hashed;
use crate::pile::Place;
use crate::strangers::without_strangers;
use crate::terms::{Common, Terms, terms};
use crate::{Digest, Judgement, Judgements, Pile};
use onrecord_model::{ReportId, Story};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::sync::Arc;

/// Terms by which a report is found.
const KEYS: usize = 12;
/// Reports just before that a key finds.
const BEFORE_MAX: usize = 8;
/// Neighbours kept of those found, the most alike.
const NEIGHBOURS_MAX: usize = 10;
/// How alike neighbours are at least.
const NEIGHBOUR_MIN: f64 = 0.12;
/// How alike the reports of two groups must be on average to be one story.
const LIKENESS_MIN: f64 = 0.13;
/// The nearest neighbours, before and after, that are a report's company.
const COMPANY: usize = 7;
/// Two groups must be so many times as alike as their reports are like their company.
const COMPANY_SHARE: f64 = 0.6;
/// Groups so many days apart are half as alike: stories run for months, but they do not rest for years.
const HALF_LIFE_DAYS: f64 = 1000.0;

/// Kind of the keys, in their upper half.
const STORY_KEY: u64 = 3 << 32;

/// The keys by which a report is found.
pub fn keys(digest: &Digest) -> impl Iterator<Item = u64> {
    digest.terms.weightiest(KEYS).into_iter().map(|term| STORY_KEY | u64::from(term))
}

/// The reports before this one, in the order of the pile, that are most alike, with their likeness.
pub fn neighbours(digest: &Digest, pile: &dyn Pile) -> Vec<(ReportId, f64)> {
    let place = digest.place();
    let found: BTreeSet<Place> = keys(digest).flat_map(|key| pile.before(key, place, BEFORE_MAX)).collect();
    let mut neighbours: Vec<(f64, Place)> = found
        .into_iter()
        .filter_map(|place| Some((digest.terms.likeness(&pile.digest(place.report)?.terms), place)))
        .filter(|&(likeness, _)| likeness >= NEIGHBOUR_MIN)
        .collect();
    neighbours.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    neighbours.truncate(NEIGHBOURS_MAX);
    neighbours.into_iter().map(|(likeness, place)| (place.report, likeness)).collect()
}

/// Reports whose neighbours may have changed now that these digests came into the pile, or left it.
pub fn affected(changed: &[Arc<Digest>], pile: &dyn Pile) -> BTreeSet<ReportId> {
    let mut reports = BTreeSet::new();
    for digest in changed {
        reports.insert(digest.report);
        for key in keys(digest) {
            let after = pile.at_or_after(key, digest.place(), BEFORE_MAX + 1);
            reports.extend(after.into_iter().map(|place| place.report));
        }
    }
    reports.retain(|&report| pile.digest(report).is_some());
    reports
}

/// All stories of a pile, by their first report. A report that is like no other is in no story.
pub fn stories(digests: &[Arc<Digest>], pile: &dyn Pile, judgements: &Judgements) -> Vec<Story> {
    let links: Vec<Link> = digests
        .iter()
        .flat_map(|digest| {
            neighbours(digest, pile).into_iter().map(|(other, likeness)| (digest.report, other, likeness))
        })
        .collect();
    stories_of(digests, &links, judgements).into_iter().map(|found| found.story).collect()
}

/// A story with those that were merged with it and tell something else: they have a part in what becomes of its group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The story.
    pub story: Story,
    /// Reports that were sent out of it, by id.
    pub strangers: Vec<ReportId>,
}

/// The stories of these reports, by their first report, with all links of theirs, also to other reports. What no chain of
/// links that [`may_join`] and no judgement ties together never meets in a story, so a part of a pile that is closed under both
/// can be asked by itself.
pub fn stories_of(digests: &[Arc<Digest>], links: &[Link], judgements: &Judgements) -> Vec<Found> {
    let by_report: HashMap<ReportId, &Arc<Digest>> = digests.iter().map(|digest| (digest.report, digest)).collect();
    let (groups, strangers) = without_strangers(groups(digests, links), &by_report, links);
    let mut stories: Vec<(Place, Found)> = judged(groups, judgements)
        .into_iter()
        .filter_map(|group| {
            let members: Vec<Arc<Digest>> =
                group.iter().filter_map(|report| by_report.get(report).map(|digest| (*digest).clone())).collect();
            let first = members.iter().map(|member| member.place()).min()?;
            let gone = group.iter().filter_map(|report| strangers.get(report)).flatten();
            let strangers = gone.copied().filter(|report| !group.contains(report)).collect();
            Some((first, Found { story: story(members, judgements)?, strangers }))
        })
        .collect();
    stories.sort_by_key(|&(first, _)| first);
    stories.into_iter().map(|(_, found)| found).collect()
}

/// Two reports that are neighbours, and how alike they are.
pub type Link = (ReportId, ReportId, f64);

/// A story of these reports; none of fewer than two.
pub fn story(mut members: Vec<Arc<Digest>>, judgements: &Judgements) -> Option<Story> {
    members.sort_by_key(|member| member.place());
    members.dedup_by_key(|member| member.report);
    let first = members.first().filter(|_| members.len() > 1)?;
    let days: Vec<&str> = members.iter().filter_map(|member| member.published.as_deref()?.get(..10)).collect();
    Some(Story {
        id: story_id(first.report),
        title: named(&members, judgements).unwrap_or_else(|| title(&members)),
        reports: members.iter().map(|member| member.report).collect(),
        from: days.iter().min().map(|day| day.to_string()),
        to: days.iter().max().map(|day| day.to_string()),
    })
}

/// How alike a report and its company are, from its likeness to all reports that it is linked with.
pub fn company(mut likenesses: Vec<f64>) -> f64 {
    likenesses.sort_unstable_by(|a, b| b.total_cmp(a));
    likenesses.iter().take(COMPANY).sum::<f64>() / COMPANY as f64
}

/// How much more alike two groups are than they must be, in their companies, to be one story; none where they are not.
fn margin(likeness: f64, companies: (f64, f64)) -> Option<f64> {
    let margin = likeness - COMPANY_SHARE * (companies.0 + companies.1) / 2.0;
    (likeness >= LIKENESS_MIN && margin >= 0.0).then_some(margin)
}

/// Whether a link between two reports in such companies may bring them into one story. No two groups are merged but along
/// such a link.
pub fn may_join(likeness: f64, companies: (f64, f64)) -> bool {
    margin(likeness, companies).is_some()
}

/// Groups of two and more reports, each in order of id, by bottom-up merging along the links. The same links in any order
/// give the same groups. O(links × log links).
pub fn groups(digests: &[Arc<Digest>], links: &[Link]) -> Vec<Vec<ReportId>> {
    let index: HashMap<ReportId, usize> = digests.iter().enumerate().map(|(at, digest)| (digest.report, at)).collect();
    let mut forest = Forest::new(digests, links, &index);
    let links: Vec<(usize, usize, f64)> =
        links.iter().filter_map(|(one, other, by)| Some((*index.get(one)?, *index.get(other)?, *by))).collect();
    let mut heap: BinaryHeap<Candidate> = links
        .iter()
        .filter_map(|&(one, other, likeness)| {
            let places = (digests[one].place(), digests[other].place());
            let (one, other, places) =
                if places.0 < places.1 { (one, other, places) } else { (other, one, (places.1, places.0)) };
            let margin = forest.margin(one, other, likeness)?;
            Some(Candidate { margin, places, one, other, ages: (1, 1) })
        })
        .collect();
    let mut answers: Hashed<(usize, usize), Answer> = Hashed::default();
    while let Some(candidate) = heap.pop() {
        let (one, other) = (forest.root(candidate.one), forest.root(candidate.other));
        if one == other {
            continue;
        }
        let ages = (forest.groups[one].size, forest.groups[other].size);
        if candidate.ages == ages {
            forest.merge(one, other);
            continue;
        }
        // One of the two has grown since: ask again how alike they are, and wait for the turn. Several links of the same two
        // groups have one answer.
        let answer = answers.entry((one.min(other), one.max(other))).or_default();
        let sizes = if one < other { ages } else { (ages.1, ages.0) };
        if answer.sizes != sizes {
            *answer = Answer { sizes, margin: forest.margin(one, other, forest.likeness(one, other)) };
        }
        if let Some(margin) = answer.margin {
            heap.push(Candidate { margin, ages, ..candidate });
        }
    }
    forest.members(digests)
}

/// What came out when two groups of these sizes were asked how alike they are.
#[derive(Default)]
struct Answer {
    sizes: (u32, u32),
    margin: Option<f64>,
}

/// Two reports whose groups may be merged. `ages` are the sizes of the groups when the margin was worked out.
struct Candidate {
    margin: f64,
    places: (Place, Place),
    one: usize,
    other: usize,
    ages: (u32, u32),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> Ordering {
        self.margin.total_cmp(&other.margin).then_with(|| other.places.cmp(&self.places))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Candidate) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// Groups as trees of their merging.
struct Forest<'d> {
    parent: Vec<usize>,
    groups: Vec<Group<'d>>,
}

struct Group<'d> {
    size: u32,
    sum: Sum<'d>,
    /// Sum of how alike each member and its company are.
    company: f64,
    /// First and last minute, where dated.
    minutes: Option<(i64, i64)>,
}

/// Sum of the members' terms. Most reports never join another: theirs are not copied.
enum Sum<'d> {
    One(&'d Terms),
    Many(Hashed<u32, f64>),
}

impl Sum<'_> {
    fn len(&self) -> usize {
        match self {
            Sum::One(terms) => terms.0.len(),
            Sum::Many(sum) => sum.len(),
        }
    }

    fn get(&self, term: u32) -> Option<f64> {
        match self {
            Sum::One(Terms(terms)) => {
                terms.binary_search_by_key(&term, |&(term, _)| term).ok().map(|at| f64::from(terms[at].1))
            }
            Sum::Many(sum) => sum.get(&term).copied(),
        }
    }

    /// Calls back with each term and its weight; of many reports in no order.
    fn each(&self, mut take: impl FnMut(u32, f64)) {
        match self {
            Sum::One(terms) => terms.0.iter().for_each(|&(term, weight)| take(term, f64::from(weight))),
            #[allow(clippy::iter_over_hash_type)] // who asks puts them in order
            Sum::Many(sum) => sum.iter().for_each(|(&term, &weight)| take(term, weight)),
        }
    }

    fn add(self, other: Sum) -> Sum<'static> {
        let mut sum = match self {
            Sum::One(terms) => terms.0.iter().map(|&(term, weight)| (term, f64::from(weight))).collect(),
            Sum::Many(sum) => sum,
        };
        // Each term is added to its own sum: the order does not matter.
        other.each(|term, weight| *sum.entry(term).or_default() += weight);
        Sum::Many(sum)
    }
}

impl<'d> Forest<'d> {
    fn new(digests: &'d [Arc<Digest>], links: &[Link], index: &HashMap<ReportId, usize>) -> Forest<'d> {
        let mut companies: Vec<Vec<f64>> = vec![Vec::new(); digests.len()];
        for (one, other, likeness) in links {
            for at in [one, other].into_iter().filter_map(|report| index.get(report)) {
                companies[*at].push(*likeness);
            }
        }
        let group = |(digest, likenesses): (&'d Arc<Digest>, Vec<f64>)| Group {
            size: 1,
            company: company(likenesses),
            sum: Sum::One(&digest.terms),
            minutes: Some(digest.place().minute)
                .filter(|&minute| minute != Place::UNDATED)
                .map(|minute| (minute, minute)),
        };
        Forest { parent: (0..digests.len()).collect(), groups: digests.iter().zip(companies).map(group).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn margin(&self, one: usize, other: usize, likeness: f64) -> Option<f64> {
        let company = |at: usize| self.groups[at].company / f64::from(self.groups[at].size);
        margin(likeness * self.nearness(one, other), (company(one), company(other)))
    }

    /// The mean likeness of a member of one with a member of the other.
    fn likeness(&self, one: usize, other: usize) -> f64 {
        let (small, large) =
            if self.groups[one].sum.len() <= self.groups[other].sum.len() { (one, other) } else { (other, one) };
        let (small_group, large_group) = (&self.groups[small], &self.groups[large]);
        // Summed in the order of terms, so that rounding is always the same.
        let mut shared: Vec<(u32, f64)> = Vec::with_capacity(small_group.sum.len());
        small_group.sum.each(|term, weight| {
            shared.extend(large_group.sum.get(term).map(|its| (term, weight * its)));
        });
        if let Sum::Many(_) = small_group.sum {
            shared.sort_unstable_by_key(|&(term, _)| term);
        }
        let mut common = Common::default();
        shared.into_iter().for_each(|(term, product)| common.add(term, product));
        let pairs = f64::from(small_group.size) * f64::from(large_group.size);
        common.likeness() / pairs
    }

    /// 1.0 for groups that overlap in time or are undated, less the longer the gap between them.
    fn nearness(&self, one: usize, other: usize) -> f64 {
        let (Some(one), Some(other)) = (self.groups[one].minutes, self.groups[other].minutes) else { return 1.0 };
        let gap_days = (one.0.max(other.0) - one.1.min(other.1)).max(0) as f64 / (24.0 * 60.0);
        1.0 / (1.0 + gap_days / HALF_LIFE_DAYS)
    }

    fn merge(&mut self, one: usize, other: usize) {
        let (large, small) =
            if self.groups[one].sum.len() >= self.groups[other].sum.len() { (one, other) } else { (other, one) };
        let none = || Sum::Many(Hashed::default());
        let taken = std::mem::replace(&mut self.groups[small].sum, none());
        let (size, minutes) = (self.groups[small].size, self.groups[small].minutes);
        let company = self.groups[small].company;
        let group = &mut self.groups[large];
        group.size += size;
        group.company += company;
        group.minutes = match (group.minutes, minutes) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        group.sum = std::mem::replace(&mut group.sum, none()).add(taken);
        self.parent[small] = large;
    }

    fn members(mut self, digests: &[Arc<Digest>]) -> Vec<Vec<ReportId>> {
        let mut members: BTreeMap<usize, Vec<ReportId>> = BTreeMap::new();
        for (at, digest) in digests.iter().enumerate() {
            members.entry(self.root(at)).or_default().push(digest.report);
        }
        let mut groups: Vec<Vec<ReportId>> = members.into_values().filter(|group| group.len() > 1).collect();
        groups.iter_mut().for_each(|group| group.sort());
        groups.sort();
        groups
    }
}

/// Groups after the user's decisions, replayed in order.
fn judged(mut groups: Vec<Vec<ReportId>>, judgements: &Judgements) -> Vec<Vec<ReportId>> {
    for judgement in &judgements.0 {
        match *judgement {
            Judgement::SameStory { one, other } if one != other => {
                let (mut joined, rest): (Vec<_>, Vec<_>) =
                    groups.into_iter().partition(|group| group.contains(&one) || group.contains(&other));
                joined.push(vec![one, other]);
                groups = rest;
                groups.push(joined.concat());
            }
            Judgement::DifferentStories { one, other } => {
                for group in groups.iter_mut().filter(|group| group.contains(&one) && group.contains(&other)) {
                    group.retain(|&report| report != one);
                }
            }
            _ => {}
        }
    }
    groups
}

/// The name that the user gave, last decision first.
fn named(members: &[Arc<Digest>], judgements: &Judgements) -> Option<String> {
    judgements.0.iter().rev().find_map(|judgement| match judgement {
        Judgement::NameStory { report, title } if members.iter().any(|member| member.report == *report) => {
            Some(title.clone())
        }
        _ => None,
    })
}

/// The headline that says most of what the reports have in common in the fewest words; of equals the earliest.
fn title(members: &[Arc<Digest>]) -> String {
    let mut common: BTreeMap<u32, f64> = BTreeMap::new();
    for &(term, weight) in members.iter().flat_map(|member| &member.terms.0) {
        *common.entry(term).or_default() += f64::from(weight);
    }
    let score = |headline: &str| -> f64 {
        let said: f64 = terms([headline]).0.iter().filter_map(|(term, _)| common.get(term)).sum();
        let words = headline.split_whitespace().count() as f64;
        // Four to twelve words make a headline; less is a label, more is a sentence.
        said / (words.max(4.0) + 8.0) * if (3.0..=14.0).contains(&words) { 1.0 } else { 0.6 }
    };
    let headlines = members.iter().map(|member| member.title.trim()).filter(|title| !title.is_empty());
    let best = headlines.rev().max_by(|a, b| score(a).total_cmp(&score(b)));
    best.map(|title| title.trim_end_matches('.').to_string()).unwrap_or_default()
}

fn story_id(first: ReportId) -> u64 {
    let mut id = first.0 ^ 0x7374_6f72_7900_0000;
    id = (id ^ (id >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    id ^ (id >> 29)
}
