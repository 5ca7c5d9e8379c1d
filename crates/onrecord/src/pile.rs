//! The pile over a record: digests found again through its tables.

use crate::Error;
use onrecord_connect::digest::TextFacts;
use onrecord_connect::{Digest, Pile, Place, Points};
use onrecord_model::ReportId;
use onrecord_record::{Build, Kept, Part};
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

/// What a record keeps of a digest.
pub(crate) fn kept(digest: &Digest) -> Result<Kept, Error> {
    let Digest { report, title, outlet, host, published, text, terms, passages, facts, points: _ } = digest;
    let failed = |error| Error::other(format!("a digest cannot be kept ({error})"));
    Ok(Kept {
        about: postcard::to_stdvec(&(report, title, outlet, host, published, terms, passages)).map_err(failed)?,
        text: postcard::to_stdvec(text).map_err(failed)?,
        facts: postcard::to_stdvec(facts).map_err(failed)?,
        minute: digest.place().minute,
        keys: digest.keys(),
    })
}

/// Which parts of digests a step of connecting looks at, beside title, outlet, date, terms and passages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Look {
    /// At nothing else.
    About,
    /// At words and fingerprints.
    Text,
    /// At names, propositions and days.
    Facts,
}

/// Digests that are remembered in each of two generations.
const REMEMBERED: usize = 4096;

/// A pile over the tables of a record. A question that the record cannot answer gives nothing, and the reason is told at
/// the end by [`RecordPile::sound`].
pub(crate) struct RecordPile<'b> {
    build: &'b Build,
    look: Look,
    memory: &'b Memory,
    fault: Cell<Option<Error>>,
}

/// Digests met lately.
#[derive(Default)]
pub(crate) struct Memory(RefCell<[HashMap<ReportId, Arc<Digest>>; 2]>);

impl Memory {
    fn get(&self, report: ReportId) -> Option<Arc<Digest>> {
        let generations = self.0.borrow();
        generations.iter().find_map(|met| met.get(&report)).cloned()
    }

    fn put(&self, report: ReportId, digest: Arc<Digest>) {
        let mut generations = self.0.borrow_mut();
        generations[0].insert(report, digest);
        if generations[0].len() >= REMEMBERED {
            generations[1] = std::mem::take(&mut generations[0]);
        }
    }
}

impl<'b> RecordPile<'b> {
    /// The pile of what a build holds by now. A memory serves one way of looking.
    pub(crate) fn new(build: &'b Build, look: Look, memory: &'b Memory) -> RecordPile<'b> {
        RecordPile { build, look, memory, fault: Cell::new(None) }
    }

    /// Tells the first trouble that there was.
    pub(crate) fn sound(self) -> Result<(), Error> {
        self.fault.into_inner().map_or(Ok(()), Err)
    }

    fn or_fault<T: Default>(&self, answer: Result<T, Error>) -> T {
        answer.unwrap_or_else(|error| {
            self.fault.set(Some(error));
            T::default()
        })
    }

    fn part<T: DeserializeOwned>(&self, report: ReportId, part: Part) -> Result<Option<T>, Error> {
        let Some(bytes) = self.build.kept(report, part)? else { return Ok(None) };
        let damaged = |error| Error::other(format!("what was kept of report {report} cannot be read ({error})"));
        postcard::from_bytes(&bytes).map(Some).map_err(damaged)
    }

    fn read(&self, report: ReportId) -> Result<Option<Digest>, Error> {
        let Some((report, title, outlet, host, published, terms, passages)) = self.part(report, Part::About)? else {
            return Ok(None);
        };
        let text = match self.look {
            Look::Text => self.part(report, Part::Text)?.unwrap_or_default(),
            _ => TextFacts::default(),
        };
        let facts = match self.look {
            Look::Facts => self.part(report, Part::Facts)?.unwrap_or_default(),
            _ => Default::default(),
        };
        Ok(Some(Digest { report, title, outlet, host, published, text, terms, passages, facts, points: Points::new() }))
    }
}

impl Pile for RecordPile<'_> {
    fn digest(&self, report: ReportId) -> Option<Arc<Digest>> {
        if let Some(met) = self.memory.get(report) {
            return Some(met);
        }
        let digest = Arc::new(self.or_fault(self.read(report))?);
        // What a story says is told once; its digests are large.
        if self.look != Look::Facts {
            self.memory.put(report, digest.clone());
        }
        Some(digest)
    }

    fn at_or_after(&self, key: u64, from: Place, limit: usize) -> Vec<Place> {
        let found = self.build.posted_from(key, (from.minute, from.report.0), limit).map_err(Error::from);
        places(self.or_fault(found))
    }

    fn before(&self, key: u64, before: Place, limit: usize) -> Vec<Place> {
        let found = self.build.posted_before(key, (before.minute, before.report.0), limit).map_err(Error::from);
        places(self.or_fault(found))
    }
}

fn places(found: Vec<(i64, u64)>) -> Vec<Place> {
    found.into_iter().map(|(minute, report)| Place { minute, report: ReportId(report) }).collect()
}
