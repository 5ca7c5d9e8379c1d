//! The pile: all digests, found again by key.

use crate::Digest;
use onrecord_model::ReportId;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Where a report stands in the pile's one order: by time of publication (the undated last), then by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Minutes since 1970-01-01T00:00Z, [`Place::UNDATED`] where not known.
    pub minute: i64,
    /// The report.
    pub report: ReportId,
}

impl Place {
    /// The minute of reports without a date: after all others.
    pub const UNDATED: i64 = i64::MAX;
    /// Before every report.
    pub const FIRST: Place = Place { minute: i64::MIN, report: ReportId(0) };
    /// After every report.
    pub const LAST: Place = Place { minute: i64::MAX, report: ReportId(u64::MAX) };
}

/// What connecting asks of whoever holds the digests. Every answer must be a function of the set of reports.
/// Two implement it: [`MemoryPile`], and the record over its tables.
pub trait Pile {
    /// The digest of a report, or none where the pile has no such report.
    fn digest(&self, report: ReportId) -> Option<Arc<Digest>>;

    /// The first `limit` reports at or after `from` whose digest has `key`, in order.
    fn at_or_after(&self, key: u64, from: Place, limit: usize) -> Vec<Place>;

    /// The last `limit` reports before `before` whose digest has `key`, the nearest first.
    fn before(&self, key: u64, before: Place, limit: usize) -> Vec<Place>;
}

/// A pile in memory: a sorted, bucketed list of postings for what is settled, a small tree for what came since.
#[derive(Clone, Debug, Default)]
pub struct MemoryPile {
    digests: HashMap<ReportId, Arc<Digest>>,
    settled: Settled,
    fresh: BTreeSet<(u64, Place)>,
    /// Reports whose settled postings no longer hold.
    gone: BTreeSet<ReportId>,
}

impl MemoryPile {
    /// A pile of these digests; of several with one report, the last counts.
    pub fn new(digests: &[Arc<Digest>]) -> MemoryPile {
        let digests: HashMap<ReportId, Arc<Digest>> =
            digests.iter().map(|digest| (digest.report, digest.clone())).collect();
        let mut pile = MemoryPile { digests, ..MemoryPile::default() };
        pile.settle();
        pile
    }

    /// Adds a digest; one of the same report is replaced and returned.
    pub fn insert(&mut self, digest: Arc<Digest>) -> Option<Arc<Digest>> {
        let old = self.remove(digest.report);
        let place = digest.place();
        self.fresh.extend(digest.keys().into_iter().map(|key| (key, place)));
        self.digests.insert(digest.report, digest);
        if self.fresh.len() > FRESH_MIN + self.settled.len() / 4 {
            self.settle();
        }
        old
    }

    /// Takes a report out of the pile.
    pub fn remove(&mut self, report: ReportId) -> Option<Arc<Digest>> {
        let digest = self.digests.remove(&report)?;
        let place = digest.place();
        for key in digest.keys() {
            if !self.fresh.remove(&(key, place)) {
                self.gone.insert(report);
            }
        }
        Some(digest)
    }

    /// All digests, by id.
    pub fn digests(&self) -> impl Iterator<Item = &Arc<Digest>> {
        let mut digests: Vec<&Arc<Digest>> = self.digests.values().collect();
        digests.sort_unstable_by_key(|digest| digest.report);
        digests.into_iter()
    }

    fn settle(&mut self) {
        self.settled = Settled::new(self.digests.values());
        self.fresh.clear();
        self.gone.clear();
    }

    /// Up to `limit` settled places, those gone left out.
    fn standing(&self, places: impl Iterator<Item = Place>, limit: usize) -> Vec<Place> {
        places.filter(|place| self.gone.is_empty() || !self.gone.contains(&place.report)).take(limit).collect()
    }
}

impl Pile for MemoryPile {
    fn digest(&self, report: ReportId) -> Option<Arc<Digest>> {
        self.digests.get(&report).cloned()
    }

    fn at_or_after(&self, key: u64, from: Place, limit: usize) -> Vec<Place> {
        let (slots, places) = self.settled.of(key);
        let start = slots.partition_point(|&(_, slot)| places[slot as usize] < from);
        let mut found = self.standing(slots[start..].iter().map(|&(_, slot)| places[slot as usize]), limit);
        if !self.fresh.is_empty() {
            found.extend(self.fresh.range((key, from)..=(key, Place::LAST)).take(limit).map(|&(_, place)| place));
            found.sort_unstable();
            found.truncate(limit);
        }
        found
    }

    fn before(&self, key: u64, before: Place, limit: usize) -> Vec<Place> {
        let (slots, places) = self.settled.of(key);
        let end = slots.partition_point(|&(_, slot)| places[slot as usize] < before);
        let mut found = self.standing(slots[..end].iter().rev().map(|&(_, slot)| places[slot as usize]), limit);
        if !self.fresh.is_empty() {
            found.extend(
                self.fresh.range((key, Place::FIRST)..(key, before)).rev().take(limit).map(|&(_, place)| place),
            );
            found.sort_unstable_by(|a, b| b.cmp(a));
            found.truncate(limit);
        }
        found
    }
}

/// Fresh postings that are not worth sorting in.
const FRESH_MIN: usize = 20_000;
/// Kinds of keys: their upper half, see [`Digest::keys`].
const KINDS: usize = 4;

/// Postings that do not change: eight bytes each. A slot is the rank of a report in the order of the pile.
#[derive(Clone, Debug, Default)]
struct Settled {
    places: Vec<Place>,
    kinds: [Postings; KINDS],
}

/// Postings of one kind of key, by hash, then slot. `buckets[b]` is where the hashes begin whose upper bits are `b`.
#[derive(Clone, Debug, Default)]
struct Postings {
    entries: Vec<(u32, u32)>,
    buckets: Vec<u32>,
    shift: u32,
}

impl Settled {
    fn new<'a>(digests: impl Iterator<Item = &'a Arc<Digest>>) -> Settled {
        let mut ordered: Vec<(Place, &Arc<Digest>)> = digests.map(|digest| (digest.place(), digest)).collect();
        ordered.sort_unstable_by_key(|&(place, _)| place);
        let mut entries: [Vec<(u32, u32)>; KINDS] = Default::default();
        for (slot, (_, digest)) in ordered.iter().enumerate() {
            for key in digest.keys() {
                entries[(key >> 32) as usize % KINDS].push((key as u32, slot as u32));
            }
        }
        Settled { places: ordered.into_iter().map(|(place, _)| place).collect(), kinds: entries.map(Postings::new) }
    }

    fn len(&self) -> usize {
        self.kinds.iter().map(|kind| kind.entries.len()).sum()
    }

    /// The postings of a key, and the places that their slots stand for.
    fn of(&self, key: u64) -> (&[(u32, u32)], &[Place]) {
        (self.kinds[(key >> 32) as usize % KINDS].of(key as u32), &self.places)
    }
}

impl Postings {
    fn new(mut entries: Vec<(u32, u32)>) -> Postings {
        entries.sort_unstable();
        entries.shrink_to_fit();
        // About eight entries a bucket; hashes are spread evenly.
        let bits = (entries.len() / 8).max(2).ilog2().min(24);
        let shift = 32 - bits;
        let mut buckets = vec![0u32; (1 << bits) + 1];
        for &(hash, _) in &entries {
            buckets[(hash >> shift) as usize + 1] += 1;
        }
        for bucket in 1..buckets.len() {
            buckets[bucket] += buckets[bucket - 1];
        }
        Postings { entries, buckets, shift }
    }

    fn of(&self, hash: u32) -> &[(u32, u32)] {
        if self.entries.is_empty() {
            return &[];
        }
        let bucket = (hash >> self.shift) as usize;
        let inside = &self.entries[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize];
        let start = inside.partition_point(|&(other, _)| other < hash);
        let end = start + inside[start..].partition_point(|&(other, _)| other == hash);
        &inside[start..end]
    }
}
