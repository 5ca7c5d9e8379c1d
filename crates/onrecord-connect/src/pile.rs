//! The pile: all digests, found again by key.

use crate::Digest;
use onrecord_model::ReportId;
use std::collections::{BTreeMap, BTreeSet};
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

/// A pile in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryPile {
    digests: BTreeMap<ReportId, Arc<Digest>>,
    postings: BTreeSet<(u64, Place)>,
}

impl MemoryPile {
    /// A pile of these digests.
    pub fn new(digests: &[Arc<Digest>]) -> MemoryPile {
        let mut pile = MemoryPile::default();
        for digest in digests {
            pile.insert(digest.clone());
        }
        pile
    }

    /// Adds a digest; one of the same report is replaced and returned.
    pub fn insert(&mut self, digest: Arc<Digest>) -> Option<Arc<Digest>> {
        let old = self.remove(digest.report);
        let place = digest.place();
        self.postings.extend(digest.keys().into_iter().map(|key| (key, place)));
        self.digests.insert(digest.report, digest);
        old
    }

    /// Takes a report out of the pile.
    pub fn remove(&mut self, report: ReportId) -> Option<Arc<Digest>> {
        let digest = self.digests.remove(&report)?;
        let place = digest.place();
        for key in digest.keys() {
            self.postings.remove(&(key, place));
        }
        Some(digest)
    }

    /// All digests, by id.
    pub fn digests(&self) -> impl Iterator<Item = &Arc<Digest>> {
        self.digests.values()
    }
}

impl Pile for MemoryPile {
    fn digest(&self, report: ReportId) -> Option<Arc<Digest>> {
        self.digests.get(&report).cloned()
    }

    fn at_or_after(&self, key: u64, from: Place, limit: usize) -> Vec<Place> {
        self.postings.range((key, from)..=(key, Place::LAST)).take(limit).map(|&(_, place)| place).collect()
    }

    fn before(&self, key: u64, before: Place, limit: usize) -> Vec<Place> {
        self.postings.range((key, Place::FIRST)..(key, before)).rev().take(limit).map(|&(_, place)| place).collect()
    }
}
