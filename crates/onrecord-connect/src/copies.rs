//! Copies: which report took which passages from which other.
//!
//! The work is cut into pure parts: [`candidates`] asks the pile who shares fingerprints with a report, [`shared`] aligns
//! two texts and subtracts what both may have from elsewhere, [`edges_into`] keeps the direct parents of one report. The
//! edges into a report depend on nothing but the reports that share a key with it, so a pile that grew is mended by
//! recomputing the [`affected`] alone.

use crate::align::{Segment, align};
use crate::direction::{Orientation, credit_strength, orient};
use crate::fingerprint::{passage_key, resemblance, whole_keys};
use crate::{Digest, Judgements, Pile, Place, credit};
use onrecord_model::{CopyEdge, Direction, ReportId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A fingerprint in more reports than this says nothing: it finds no candidates.
const POSTINGS_MAX: usize = 128;
/// Earliest reports that a whole-text key finds: copies beyond count all hang on the same few.
const LEADERS_MAX: usize = 6;
/// Candidates of the first round of voting, and of each later one, in which only what nobody yet explains has a vote.
const FIRST_ROUND_MAX: usize = 8;
const LATER_ROUND_MAX: usize = 4;
const ROUNDS_MAX: usize = 4;
/// Fingerprints that a candidate must share, unless a whole-text key found it.
const SHARED_FINGERPRINTS_MIN: u32 = 2;

/// Words that two reports must share: about a paragraph.
const SHARED_WORDS_MIN: u32 = 31;
/// Of these, words of the writer's own: neither quoted nor furniture.
const OWN_WORDS_MIN: u32 = 8;
/// Fewer will do where they stand between two quotations: two reporters do not cut a speech in the same places.
const OWN_WORDS_BETWEEN_MIN: u32 = 4;
/// A segment counts from so many matched words on.
const SEGMENT_WORDS_MIN: u32 = 10;

/// Above this share of the child a passage is part of a copied whole and not put to the boilerplate test.
const WHOLE_SHARE: f32 = 0.4;
/// Two reports of one outlet that share less than this of either are no versions of one report.
const VERSION_SHARE: f32 = 0.5;
/// Reports of one outlet, otherwise unlike each other, in which a passage must stand to be its boilerplate.
const BOILERPLATE_REPORTS_MIN: usize = 3;
/// Reports looked at to tell.
const BOILERPLATE_LOOKED_AT: usize = 48;
/// Whole texts less alike than this are different reports.
const UNLIKE_BELOW: f32 = 0.25;

/// Parents that explain the same words, the chosen one among them.
const RIVALS_MAX: usize = 6;
/// A rival explains at least this share of what the chosen parent explains.
const RIVAL_SHARE: f32 = 0.97;
/// Parents that explain as many words but for these are told apart by evidence, not by the count.
const TIE_WORDS: u32 = 2;

/// Reports that may share text with one report.
pub struct Candidates {
    /// The most promising, best first.
    pub reports: Vec<ReportId>,
    /// For each passage fingerprint of the report (by place among its words): who else has it; none where too many do.
    postings: BTreeMap<u32, Option<Vec<Place>>>,
}

/// What two reports share, seen from the child.
pub struct Shared {
    /// Aligned passages, in order of the child's words.
    pub segments: Vec<Segment>,
    /// Matched words of the child.
    pub words: u32,
    /// Matched words of the parent.
    pub parent_words: u32,
    /// For each word of the child: 0 not shared, 1 shared, 2 shared and in both texts the writer's own.
    marks: Vec<u8>,
}

/// Who shares fingerprints with a report: those that share most, then those that share most of what is left, so that a
/// passage lifted from one report is found beside ten copies of the other.
pub fn candidates(digest: &Digest, pile: &dyn Pile) -> Candidates {
    let mut postings: BTreeMap<u32, Option<Vec<Place>>> = BTreeMap::new();
    let mut last = None;
    for &(hash, at) in &digest.text.fingerprints {
        if last.replace(hash) == Some(hash) {
            continue;
        }
        let mut places = pile.at_or_after(passage_key(hash), Place::FIRST, POSTINGS_MAX + 1);
        let common = places.len() > POSTINGS_MAX;
        places.retain(|place| place.report != digest.report);
        if common || !places.is_empty() {
            postings.insert(at, (!common).then_some(places));
        }
    }
    let mut reports = leaders(digest, pile);
    let mut left: Vec<&[Place]> = postings.values().flatten().map(Vec::as_slice).collect();
    for round in 0..ROUNDS_MAX {
        let mut found = count(left.iter().copied().flatten().copied());
        found.retain(|&(votes, place)| votes >= SHARED_FINGERPRINTS_MIN && !reports.contains(&place));
        found.sort_by_key(|&(votes, place)| (std::cmp::Reverse(votes), place));
        found.truncate(if round == 0 { FIRST_ROUND_MAX } else { LATER_ROUND_MAX });
        if found.is_empty() {
            break;
        }
        reports.extend(found.into_iter().map(|(_, place)| place));
        left.retain(|places| !places.iter().any(|place| reports.contains(place)));
    }
    Candidates { reports: reports.into_iter().map(|place| place.report).collect(), postings }
}

/// The earliest reports that are alike as a whole: they lead where a text was copied too often for its fingerprints.
fn leaders(digest: &Digest, pile: &dyn Pile) -> Vec<Place> {
    let mut places: BTreeMap<Place, u32> = BTreeMap::new();
    for key in whole_keys(&digest.text.sketch) {
        for place in pile.at_or_after(key, Place::FIRST, LEADERS_MAX + 1) {
            if place.report != digest.report {
                *places.entry(place).or_default() += 1;
            }
        }
    }
    let mut places: Vec<(u32, Place)> = places.into_iter().map(|(place, votes)| (votes, place)).collect();
    places.sort_by_key(|&(votes, place)| (std::cmp::Reverse(votes), place));
    places.truncate(LEADERS_MAX);
    places.into_iter().map(|(_, place)| place).collect()
}

/// Aligns a child with a parent and subtracts what both may have from elsewhere: quotations, furniture, and whatever
/// `boilerplate` says of a segment. None where too little is left to speak of copying.
pub fn shared(child: &Digest, parent: &Digest, boilerplate: &mut dyn FnMut(&Segment) -> bool) -> Option<Shared> {
    let mut marks = vec![0u8; child.text.words.len()];
    let mut pairs = Vec::new();
    let mut segments = align(&child.text, &parent.text, &mut |ours, theirs| pairs.push((ours, theirs)));
    let words: u32 = segments.iter().map(|segment| segment.matched).sum();
    if words < SHARED_WORDS_MIN {
        return None;
    }
    let foreign = Foreign::new(child, parent);
    for &(ours, theirs) in &pairs {
        marks[ours as usize] = foreign.mark(ours, theirs);
    }
    let weak = (words as f32) < WHOLE_SHARE * child.text.words.len() as f32;
    segments.retain(|segment| {
        let own = own_words(&marks, segment);
        let keep = segment.matched >= SEGMENT_WORDS_MIN && own > 0 && !(weak && boilerplate(segment));
        if !keep {
            marks[segment.child as usize..segment.child_end as usize].fill(0);
        }
        keep
    });
    let mut theirs: Vec<u32> =
        pairs.iter().filter(|&&(ours, _)| marks[ours as usize] > 0).map(|&(_, theirs)| theirs).collect();
    theirs.sort_unstable();
    theirs.dedup();
    let count = Count::of(&marks, |_| true);
    let shared = Shared { segments, words: count.words, parent_words: theirs.len() as u32, marks };
    (count.enough() && !repeats_itself(child, parent, &shared)).then_some(shared)
}

/// An outlet that prints a paragraph of its own again copies nobody; only a new version of a report is linked to the old.
fn repeats_itself(child: &Digest, parent: &Digest, shared: &Shared) -> bool {
    let outlet = credit::plain_name(&child.outlet);
    let part = |words: u32, of: &Digest| (words as f32) < VERSION_SHARE * of.text.words.len() as f32;
    !outlet.is_empty()
        && outlet == credit::plain_name(&parent.outlet)
        && part(shared.words, child)
        && part(shared.parent_words, parent)
}

/// The edges into one report: its direct parents with the passages taken from each. What a parent's own parent explains
/// no better is left out; parents that explain the same words as well as the chosen one are kept as rivals.
pub fn edges_into(child: &Digest, pile: &dyn Pile, judgements: &Judgements) -> Vec<CopyEdge> {
    let candidates = candidates(child, pile);
    let mut sharing: Vec<(Arc<Digest>, Shared)> = Vec::new();
    for &report in &candidates.reports {
        let Some(other) = pile.digest(report) else { continue };
        let mut test = |segment: &Segment| is_boilerplate(segment, child, &other, &candidates, pile);
        if let Some(shared) = shared(child, &other, &mut test) {
            sharing.push((other, shared));
        }
    }
    // Each may tell something of the child and another.
    let mut beside: Vec<Arc<Digest>> = sharing.iter().map(|(other, _)| other.clone()).collect();
    beside.sort_by_key(|digest| digest.place());
    let mut parents: Vec<Parent> = Vec::new();
    // Reports that credit this one.
    let mut clients: Vec<Arc<Digest>> = Vec::new();
    for (other, shared) in sharing {
        let Some(mut orientation) = judged(child, &other, &shared, judgements) else { continue };
        if judgements.copied(child.report, other.report).is_none() {
            for third in beside.iter().filter(|third| third.report != other.report) {
                orientation = orientation.beside(child, &other, third);
            }
        }
        if orientation.parent_of(child, &other) == other.report {
            parents.push(Parent { digest: other, shared, orientation });
        } else if orientation.direction == Direction::Credit {
            clients.push(other);
        }
    }
    parents.retain(|parent| {
        parent.orientation.direction != Direction::Credit
            || !clients.iter().any(|client| breaks_circle(&parent.digest, child, client, judgements))
    });
    direct(child, parents)
}

/// Whether the credit by which `child` hangs on `parent` is the weakest of a circle: the parent hangs on `client` in turn,
/// and that one on the child. Such an edge is left out; a function of the three reports alone, whoever of them asks.
fn breaks_circle(parent: &Digest, child: &Digest, client: &Digest, judgements: &Judgements) -> bool {
    let (first, second) = if parent.place() < client.place() { (parent, client) } else { (client, parent) };
    let closes = shared(second, first, &mut |_| false)
        .and_then(|shared| judged(second, first, &shared, judgements))
        .map(|orientation| orientation.beside(second, first, child))
        .is_some_and(|found| found.direction == Direction::Credit && found.parent == Some(client.report));
    let strength = |parent: &Digest, child: &Digest| {
        let by_user = judgements.copied(child.report, parent.report).is_some();
        (by_user, credit_strength(parent, child), parent.place(), child.place())
    };
    let ours = strength(parent, child);
    closes && !ours.0 && ours < strength(child, client) && ours < strength(client, parent)
}

/// Reports whose edges may have changed now that these digests came into the pile, or left it; the pile is as it is after.
pub fn affected(changed: &[Arc<Digest>], pile: &dyn Pile) -> BTreeSet<ReportId> {
    let mut reports = BTreeSet::new();
    for digest in changed {
        reports.insert(digest.report);
        for &(hash, _) in &digest.text.fingerprints {
            // One more than the cap: the report that left, or came, may have moved the fingerprint over it.
            let places = pile.at_or_after(passage_key(hash), Place::FIRST, POSTINGS_MAX + 2);
            if places.len() <= POSTINGS_MAX + 1 {
                reports.extend(places.iter().map(|place| place.report));
            }
        }
        for key in whole_keys(&digest.text.sketch) {
            let leaders = pile.at_or_after(key, Place::FIRST, LEADERS_MAX + 1);
            let leads = leaders.len() <= LEADERS_MAX || leaders.last().is_some_and(|&last| digest.place() <= last);
            if leads {
                reports.extend(pile.at_or_after(key, Place::FIRST, usize::MAX).iter().map(|place| place.report));
            }
        }
    }
    reports.retain(|&report| pile.digest(report).is_some());
    reports
}

struct Parent {
    digest: Arc<Digest>,
    shared: Shared,
    orientation: Orientation,
}

/// The direction by the user's word, else by the evidence; none where the user says that nothing was copied.
fn judged(child: &Digest, other: &Digest, shared: &Shared, judgements: &Judgements) -> Option<Orientation> {
    match judgements.copied(child.report, other.report) {
        Some(None) => None,
        Some(Some(parent)) => Some(Orientation::judged(parent)),
        None => {
            let ours = shared.words as f32 / child.text.words.len().max(1) as f32;
            let theirs = shared.parent_words as f32 / other.text.words.len().max(1) as f32;
            let names_parent = names_outlet(child, &shared.marks, other);
            Some(orient((child, ours), (other, theirs), names_parent))
        }
    }
}

/// Whether the words that both reports share name the outlet of one of them: "told the Echo", in the Echo and elsewhere.
fn names_outlet(child: &Digest, marks: &[u8], parent: &Digest) -> Option<ReportId> {
    let words = &child.text.words.hashes;
    let named = |outlet: &str| {
        credit::written_names(outlet).iter().any(|name| {
            let fits =
                |(at, run): (usize, &[u32])| run == name && marks[at..at + name.len()].iter().all(|&mark| mark > 0);
            words.windows(name.len()).enumerate().any(fits)
        })
    };
    match (named(&child.outlet), named(&parent.outlet)) {
        (true, false) => Some(child.report),
        (false, true) => Some(parent.report),
        _ => None,
    }
}

/// Chooses parents until no other explains enough new words of its own.
fn direct(child: &Digest, mut parents: Vec<Parent>) -> Vec<CopyEdge> {
    let mut explained = vec![false; child.text.words.len()];
    let mut edges = Vec::new();
    while !parents.is_empty() {
        let mut news: Vec<Count> =
            parents.iter().map(|parent| Count::of(&parent.shared.marks, |word| !explained[word])).collect();
        let Some(most) = news.iter().filter(|new| new.enough()).map(|new| new.words).max() else { break };
        let best = (0..parents.len())
            .filter(|&at| news[at].enough() && news[at].words + TIE_WORDS >= most)
            .min_by_key(|&at| (parents[at].orientation.rank(), parents[at].digest.place()))
            .expect("the parent with the most new words is among them");
        let chosen = parents.remove(best);
        let chosen_words = news.remove(best).words;
        let mut rivals: Vec<Parent> = Vec::new();
        let mut rest = Vec::new();
        for (parent, new) in parents.into_iter().zip(news) {
            let as_good = new.enough() && new.words as f32 >= RIVAL_SHARE * chosen_words as f32;
            if as_good && rivals.len() + 1 < RIVALS_MAX { rivals.push(parent) } else { rest.push(parent) }
        }
        for (word, explained) in explained.iter_mut().enumerate() {
            *explained |= chosen.shared.marks[word] > 0;
        }
        edges.push(edge(child, chosen, false));
        edges.extend(rivals.into_iter().map(|parent| edge(child, parent, true)));
        parents = rest;
    }
    edges.sort_by_key(|edge| (edge.to, edge.from));
    edges
}

fn edge(child: &Digest, parent: Parent, rival: bool) -> CopyEdge {
    let Parent { digest, shared, orientation } = parent;
    let share = shared.words as f32 / child.text.words.len().max(1) as f32;
    let mut evidence = vec![format!(
        "{} of {} words stand in {} too",
        shared.words,
        child.text.words.len(),
        crate::direction::called(&digest)
    )];
    evidence.extend(orientation.evidence);
    if rival {
        evidence.push("another report explains these words as well".to_string());
    }
    let passages = shared.segments.iter().flat_map(|segment| passages(segment, child, &digest)).collect();
    CopyEdge {
        from: digest.report,
        to: child.report,
        rival,
        share,
        direction: orientation.direction,
        evidence,
        passages,
        unseen_parent: orientation.unseen_parent,
    }
}

/// The bytes of a segment in both texts: parent, then child.
fn passages(segment: &Segment, child: &Digest, parent: &Digest) -> Option<(Span, Span)> {
    let ours = child.text.words.span(segment.child as usize, segment.child_end as usize);
    let theirs = parent.text.words.span(segment.parent as usize, segment.parent_end as usize);
    Some((theirs, ours))
}

/// Shared words, those of the writer's own, and whether some of these stand between two quotations.
#[derive(Clone, Copy, Default)]
struct Count {
    words: u32,
    own: u32,
    between: bool,
}

impl Count {
    /// Counts the marks for which `wanted` holds.
    fn of(marks: &[u8], wanted: impl Fn(usize) -> bool) -> Count {
        let mut count = Count::default();
        // 1 once a quotation was seen, 2 once own words followed it.
        let mut seen = 0;
        for (word, &mark) in marks.iter().enumerate() {
            if mark == 0 || !wanted(word) {
                seen = if mark == 0 { 0 } else { seen };
                continue;
            }
            count.words += 1;
            count.own += u32::from(mark > 1);
            match (mark, seen) {
                (1, 2) => count.between = true,
                (1, _) => seen = 1,
                (_, 1) => seen = 2,
                _ => {}
            }
        }
        count
    }

    /// Whether this is enough to speak of copying.
    fn enough(self) -> bool {
        let own_min = if self.between { OWN_WORDS_BETWEEN_MIN } else { OWN_WORDS_MIN };
        self.words >= SHARED_WORDS_MIN && self.own >= own_min
    }
}

fn own_words(marks: &[u8], segment: &Segment) -> u32 {
    marks[segment.child as usize..segment.child_end as usize].iter().filter(|&&mark| mark > 1).count() as u32
}

/// How often each place occurs.
fn count(places: impl Iterator<Item = Place>) -> Vec<(u32, Place)> {
    let mut places: Vec<Place> = places.collect();
    places.sort_unstable();
    places.chunk_by(|a, b| a == b).map(|same| (same.len() as u32, same[0])).collect()
}

/// Whether a segment is what one of the two outlets prints under many reports.
fn is_boilerplate(segment: &Segment, child: &Digest, parent: &Digest, found: &Candidates, pile: &dyn Pile) -> bool {
    let inside: Vec<&Option<Vec<Place>>> =
        found.postings.range(segment.child..segment.child_end).map(|(_, posting)| posting).collect();
    // The rarest fingerprint decides: a stock phrase inside a passage does not make it boilerplate.
    let Some(rarest) = inside.iter().filter_map(|posting| posting.as_ref()).min_by_key(|posting| posting.len()) else {
        return !inside.is_empty();
    };
    if rarest.len() + 1 < BOILERPLATE_REPORTS_MIN {
        return false;
    }
    [child, parent].iter().any(|of| {
        let outlet = credit::plain_name(&of.outlet);
        let mut unlike: Vec<Arc<Digest>> = Vec::new();
        for place in rarest.iter().take(BOILERPLATE_LOOKED_AT) {
            let Some(other) = pile.digest(place.report) else { continue };
            let same = !outlet.is_empty() && credit::plain_name(&other.outlet) == outlet;
            let fresh = |known: &Digest| resemblance(&known.text.sketch, &other.text.sketch) < UNLIKE_BELOW;
            if same && unlike.iter().all(|known| fresh(known)) {
                unlike.push(other);
            }
        }
        let itself = usize::from(
            of.report == child.report
                && unlike.iter().all(|known| resemblance(&known.text.sketch, &child.text.sketch) < UNLIKE_BELOW),
        );
        unlike.len() + itself >= BOILERPLATE_REPORTS_MIN
    })
}

/// Words of either text that are not the writer's own.
struct Foreign {
    ours: Vec<u8>,
    theirs: Vec<u8>,
}

impl Foreign {
    fn new(child: &Digest, parent: &Digest) -> Foreign {
        Foreign { ours: foreign_words(child), theirs: foreign_words(parent) }
    }

    fn mark(&self, ours: u32, theirs: u32) -> u8 {
        2 - self.ours[ours as usize].max(self.theirs[theirs as usize])
    }
}

/// For each word: 0 the writer's own, 1 quoted, 2 furniture.
fn foreign_words(digest: &Digest) -> Vec<u8> {
    let mut foreign = vec![0; digest.text.words.len()];
    for (ranges, kind) in [(&digest.text.quoted, 1), (&digest.text.furniture, 2)] {
        for &(first, last) in ranges {
            foreign[first as usize..last as usize].fill(kind);
        }
    }
    foreign
}

/// Whether an edge tells who was first.
pub fn is_directed(edge: &CopyEdge) -> bool {
    edge.direction != Direction::Unknown
}
