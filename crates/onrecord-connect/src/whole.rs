//! Whole copies: which texts are for the most part the same, told from fingerprints alone.
//!
//! For piles too large to align, and for engines that spread them over machines: nothing is asked of a text but its
//! [`Print`], one hash for every four or five words and where it stands. The hashes are picked by winnowing (Schleimer,
//! Wilkerson, Aiken 2003). How much of one text stands in another is told by the share of its hashes that the other has
//! (the containment of Broder 1997) and by how evenly these are spread over it, half and half: an edit spoils all runs of
//! words that it touches, so a rewritten text keeps few hashes, but keeps them everywhere; a lifted paragraph keeps all of
//! its own, in one place. Two texts are whole copies where half of one stands in the other. No passages, no direction, no
//! test for quotations: who wants these asks [`crate::copies`].
//!
//! A hash in more than [`COMMON`] texts is a stock phrase or a footer and does not count, unless more than half of a text
//! is made of such hashes: then the text itself went round, and is held against the first few that share them. So
//! the work is linear in the number of texts, however many are copies of one, and n copies of one text give some n pairs
//! with its first few and not n².
//!
//! On many machines: group the hashes of all prints (a shuffle); a group of one says nothing, of a common one the first
//! [`LEADERS`] are paired with all, of any other all with all; of the distinct pairs those are whole copies for which
//! [`compare`] says so. That is what [`whole_copies`] does in memory, and any partition gives the same pairs.

use crate::digest::TextFacts;
use crate::fingerprint::winnow;
use crate::words::Words;
use onrecord_model::{ReportId, Span};
use serde::{Deserialize, Serialize};

/// A hash that more texts have is common.
pub const COMMON: usize = 128;
/// First texts (by id) that stand for all that share a common hash.
pub const LEADERS: usize = 8;
/// A text is looked at in so many equal parts.
pub const PARTS: u32 = 16;
/// So much of one of the two must stand in the other, by the mean of share and spread.
pub const HELD: f32 = 0.5;
/// Hashes that two texts must share, unless all that they have are the same.
pub const SHARED_HASHES: u32 = 5;

/// What a text is compared by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Print {
    /// The report.
    pub report: ReportId,
    /// Winnowed hashes of its runs of words, each with the part of the text in which it first stands; by hash, distinct.
    pub hashes: Vec<(u32, u8)>,
}

/// Two texts that are for the most part the same.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct WholeCopy {
    /// The one with the lesser id.
    pub one: ReportId,
    /// The other.
    pub other: ReportId,
    /// How much of `one` stands in `other`, 0.0..=1.0: the mean of the share of its hashes and the share of its parts.
    pub of_one: f32,
    /// How much of `other` stands in `one`.
    pub of_other: f32,
}

impl Print {
    /// The print of a text. O(n).
    pub fn of(report: ReportId, text: &str) -> Print {
        let mut words = Words::default();
        words.add(text, Span::new(0, text.len() as u32));
        Print::new(report, &winnow(&words.hashes), words.len())
    }

    /// The print of a text that has a digest.
    pub fn of_facts(report: ReportId, facts: &TextFacts) -> Print {
        Print::new(report, &facts.fingerprints, facts.words.len())
    }

    fn new(report: ReportId, fingerprints: &[(u32, u32)], words: usize) -> Print {
        let part = |at: u32| (u64::from(at) * u64::from(PARTS) / words.max(1) as u64) as u8;
        let mut hashes: Vec<(u32, u8)> = fingerprints.iter().map(|&(hash, at)| (hash, part(at))).collect();
        hashes.dedup_by_key(|&mut (hash, _)| hash);
        Print { report, hashes }
    }
}

/// Whether two prints are of whole copies. `common` are the hashes that more than [`COMMON`] texts have, ascending.
pub fn compare(a: &Print, b: &Print, common: &[u32]) -> Option<WholeCopy> {
    let (one, other) = if a.report <= b.report { (a, b) } else { (b, a) };
    let is_rare = |hash: u32| common.binary_search(&hash).is_err();
    let (one_rare, other_rare) = (Parts::of(one, is_rare), Parts::of(other, is_rare));
    if one_rare.is_most_of(one) && other_rare.is_most_of(other) {
        return verdict((one.report, one_rare), (other.report, other_rare), Common::of(one, other, is_rare));
    }
    verdict(
        (one.report, Parts::of(one, |_| true)),
        (other.report, Parts::of(other, |_| true)),
        Common::of(one, other, |_| true),
    )
}

/// All pairs of whole copies, in order of their ids. The order of `prints` does not matter; of several prints of one
/// report, the least counts. O(n log n) for n hashes.
pub fn whole_copies(prints: &[Print]) -> Vec<WholeCopy> {
    let mut prints: Vec<&Print> = prints.iter().collect();
    prints.sort_unstable();
    prints.dedup_by_key(|print| print.report);
    let groups = Groups::new(&prints);
    let mut found = Vec::new();
    // Pairs in which common hashes count.
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    // What each text shares with the one in hand; back to nothing before the next.
    let mut votes = vec![Common::default(); prints.len()];
    let mut voted: Vec<usize> = Vec::new();
    for (slot, print) in prints.iter().enumerate() {
        let plain = groups.rare[slot].is_most_of(print);
        for group in groups.of(slot) {
            // Both texts of a pair look at each other only where the group is common; else the later at the earlier.
            let (others, ours) = match group.len() > COMMON {
                true if plain => continue,
                true => (&group[..LEADERS], 0),
                false => {
                    let at = group.partition_point(|entry| entry.slot() < slot);
                    (&group[..at], group[at].part())
                }
            };
            for entry in others.iter().filter(|entry| entry.slot() != slot) {
                let vote = &mut votes[entry.slot()];
                if vote.hashes == 0 {
                    voted.push(entry.slot());
                }
                vote.add(entry.part(), ours);
            }
        }
        for other in voted.drain(..) {
            let shared = std::mem::take(&mut votes[other]);
            if !plain || !groups.rare[other].is_most_of(prints[other]) {
                pairs.push((slot.min(other), slot.max(other)));
                continue;
            }
            // All rare hashes of both have voted: nothing is left to look up.
            let (one, two) = ((prints[other].report, groups.rare[other]), (print.report, groups.rare[slot]));
            found.extend(verdict(one, two, shared));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let all = |print: &Print| (print.report, Parts::of(print, |_| true));
    found.extend(pairs.into_iter().filter_map(|(one, other)| {
        verdict(all(prints[one]), all(prints[other]), Common::of(prints[one], prints[other], |_| true))
    }));
    found.sort_unstable_by_key(|copy| (copy.one, copy.other));
    found
}

/// The hashes of a text that count, and the parts that they stand in.
#[derive(Clone, Copy, Default)]
struct Parts {
    hashes: u32,
    parts: u16,
}

impl Parts {
    fn of(print: &Print, counts: impl Fn(u32) -> bool) -> Parts {
        let mut all = Parts::default();
        print.hashes.iter().filter(|&&(hash, _)| counts(hash)).for_each(|&(_, part)| all.add(part));
        all
    }

    fn add(&mut self, part: u8) {
        self.hashes += 1;
        self.parts |= 1 << part;
    }

    fn is_most_of(&self, print: &Print) -> bool {
        2 * self.hashes as usize >= print.hashes.len()
    }
}

/// Hashes that two texts share, and the parts of both that they stand in.
#[derive(Clone, Copy, Default)]
struct Common {
    hashes: u32,
    one: u16,
    other: u16,
}

impl Common {
    fn of(one: &Print, other: &Print, counts: impl Fn(u32) -> bool) -> Common {
        let mut common = Common::default();
        let (mut i, mut j) = (0, 0);
        while let (Some(&(x, one_part)), Some(&(y, other_part))) = (one.hashes.get(i), other.hashes.get(j)) {
            if x == y && counts(x) {
                common.add(one_part, other_part);
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        common
    }

    fn add(&mut self, one: u8, other: u8) {
        self.hashes += 1;
        self.one |= 1 << one;
        self.other |= 1 << other;
    }
}

/// The verdict on two texts, the one with the lesser id first.
fn verdict(one: (ReportId, Parts), other: (ReportId, Parts), common: Common) -> Option<WholeCopy> {
    let held = |parts: u16, of: Parts| {
        let share = common.hashes as f32 / of.hashes.max(1) as f32;
        let spread = parts.count_ones() as f32 / of.parts.count_ones().max(1) as f32;
        (share + spread) / 2.0
    };
    let (of_one, of_other) = (held(common.one, one.1), held(common.other, other.1));
    let same = common.hashes > 0 && common.hashes == one.1.hashes && common.hashes == other.1.hashes;
    let whole = of_one.max(of_other) >= HELD && common.hashes >= SHARED_HASHES || same;
    whole.then_some(WholeCopy { one: one.0, other: other.0, of_one, of_other })
}

/// A hash of a text, so packed that entries sort by hash, then text. A text is a slot: its rank by id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry(u64);

const PART_BITS: u32 = PARTS.ilog2();

impl Entry {
    fn new(hash: u32, slot: usize, part: u8) -> Entry {
        Entry(u64::from(hash) << 32 | (slot as u64) << PART_BITS | u64::from(part))
    }

    fn hash(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn slot(self) -> usize {
        (self.0 as u32 >> PART_BITS) as usize
    }

    fn part(self) -> u8 {
        (self.0 as u32 & (PARTS - 1)) as u8
    }
}

/// Texts by hash.
struct Groups {
    /// Ascending.
    entries: Vec<Entry>,
    /// For each text, one after the other, where in `entries` the groups of its shared hashes begin and end.
    shared: Vec<(usize, usize)>,
    /// For each text: where its groups begin in `shared`.
    starts: Vec<usize>,
    /// For each text: how many groups.
    counts: Vec<usize>,
    /// For each text: its hashes that are not common.
    rare: Vec<Parts>,
}

impl Groups {
    fn new(prints: &[&Print]) -> Groups {
        let total = prints.iter().map(|print| print.hashes.len()).sum();
        let mut entries = Vec::with_capacity(total);
        let mut starts = Vec::with_capacity(prints.len());
        for (slot, print) in prints.iter().enumerate() {
            starts.push(entries.len());
            entries.extend(print.hashes.iter().map(|&(hash, part)| Entry::new(hash, slot, part)));
        }
        entries.sort_unstable();
        let (mut shared, mut counts) = (vec![(0, 0); total], vec![0; prints.len()]);
        let mut rare = vec![Parts::default(); prints.len()];
        let mut start = 0;
        for group in entries.chunk_by(|a, b| a.hash() == b.hash()) {
            let end = start + group.len();
            for entry in group {
                let slot = entry.slot();
                if group.len() > 1 {
                    shared[starts[slot] + counts[slot]] = (start, end);
                    counts[slot] += 1;
                }
                if group.len() <= COMMON {
                    rare[slot].add(entry.part());
                }
            }
            start = end;
        }
        Groups { entries, shared, starts, counts, rare }
    }

    /// The texts that share a hash with this one, hash by hash, this one among them.
    fn of(&self, slot: usize) -> impl Iterator<Item = &[Entry]> {
        let start = self.starts[slot];
        self.shared[start..start + self.counts[slot]].iter().map(|&(from, to)| &self.entries[from..to])
    }
}
