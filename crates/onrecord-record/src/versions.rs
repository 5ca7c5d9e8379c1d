//! Which report is a later version of which: the same page met again with another text.
//!
//! Reports of one address are versions of one page; those of one file and name are if their texts share enough words. Each is a
//! version of the last one before it. All of a page are looked at once, in order, and each is held against a bounded number of
//! those before it: a page that an archive has ten thousand times costs ten thousand looks.

use crate::error::{Error, told};
use crate::write::Build;
use onrecord_model::ReportId;
use rusqlite::{OptionalExtension, Params, params};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

/// Two texts under one file name share at least this part of their distinct words when one is a version of the other;
/// two articles about one matter share less than half of it. One address needs no such proof.
const SHARED_WORDS_MIN: f64 = 0.4;
/// Reports of one file and name that a later one is held against, the last before it.
const LOOKED_AT: usize = 32;

/// What makes reports versions of one page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Page {
    /// An address.
    Address(String),
    /// A file, and the name in it.
    Name(String, String),
}

/// A report that may be a version of another, by publication, then by the build that added it, then by id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    published: String,
    build: i64,
    id: String,
    key: i64,
    url: String,
    file: String,
    name: String,
}

impl Version {
    fn pages(&self) -> impl Iterator<Item = Page> {
        let address = Some(&self.url).filter(|url| !url.is_empty()).cloned().map(Page::Address);
        address.into_iter().chain([Page::Name(self.file.clone(), self.name.clone())])
    }
}

impl Build {
    /// Gives each added report, and those after it, the version that came before; also those whose page lost one.
    pub(crate) fn link_versions(&mut self) -> Result<(), Error> {
        let mut open: Vec<Page> = std::mem::take(&mut self.bereft).into_iter().collect();
        let mut met: HashSet<i64> = HashSet::new();
        for id in self.added.clone() {
            let Some(version) = self.version(id)? else { continue };
            if !met.contains(&version.key) {
                open.extend(version.pages());
                self.link_pages(&mut open, &mut met)?;
            }
        }
        self.link_pages(&mut open, &mut met)
    }

    /// Links the reports of these pages, and of all pages that they hang together with.
    fn link_pages(&mut self, open: &mut Vec<Page>, met: &mut HashSet<i64>) -> Result<(), Error> {
        let mut seen: HashSet<Page> = open.iter().cloned().collect();
        // For each report the last before it.
        let mut before: HashMap<i64, Option<Version>> = HashMap::new();
        while let Some(page) = open.pop() {
            let mut versions = self.versions_of(&page)?;
            versions.sort();
            open.extend(versions.iter().flat_map(Version::pages).filter(|page| seen.insert(page.clone())));
            let found = match page {
                Page::Address(_) => last_before(&versions),
                Page::Name(..) => self.last_alike(&versions)?,
            };
            for (version, found) in versions.iter().zip(found) {
                met.insert(version.key);
                let known = before.entry(version.key).or_default();
                *known = known.take().max(found.map(|at| versions[at].clone()));
            }
        }
        #[allow(clippy::iter_over_hash_type)] // each row is set by itself
        for (key, earlier) in before {
            self.execute(
                "UPDATE reports SET version_of = ?2 WHERE key = ?1 AND version_of IS NOT ?2",
                params![key, earlier.map(|earlier| earlier.id)],
            )?;
        }
        Ok(())
    }

    /// For each of these, in order, the last before it whose text is alike.
    fn last_alike(&self, versions: &[Version]) -> Result<Vec<Option<usize>>, Error> {
        if versions.len() < 2 {
            return Ok(vec![None; versions.len()]);
        }
        let mut texts: VecDeque<(usize, HashSet<String>)> = VecDeque::new();
        let mut found = Vec::with_capacity(versions.len());
        for (at, version) in versions.iter().enumerate() {
            let words = distinct_words(&self.text_of(version.key)?);
            let alike = texts.iter().find(|(_, others)| alike(&words, others));
            found.push(alike.map(|(at, _)| *at));
            texts.push_front((at, words));
            texts.truncate(LOOKED_AT);
        }
        Ok(found)
    }

    /// The pages that a report is a version of.
    pub(crate) fn pages_of(&self, id: ReportId) -> Result<BTreeSet<Page>, Error> {
        Ok(self.version(id)?.iter().flat_map(Version::pages).collect())
    }

    fn version(&self, id: ReportId) -> Result<Option<Version>, Error> {
        Ok(self.versions_where("id = ?1", [id.to_string()])?.pop())
    }

    fn versions_of(&self, page: &Page) -> Result<Vec<Version>, Error> {
        match page {
            Page::Address(url) => self.versions_where("url = ?1 AND url <> ''", [url]),
            Page::Name(file, name) => self.versions_where("file = ?1 AND name = ?2", [file, name]),
        }
    }

    fn versions_where(&self, clause: &str, values: impl Params) -> Result<Vec<Version>, Error> {
        let told = told(&self.path);
        let sql =
            format!("SELECT coalesce(published, ''), build, id, key, url, file, name FROM reports WHERE {clause}");
        let mut ask = self.connection.prepare_cached(&sql).map_err(&told)?;
        let rows = ask.query_map(values, |row| {
            Ok(Version {
                published: row.get(0)?,
                build: row.get(1)?,
                id: row.get(2)?,
                key: row.get(3)?,
                url: row.get(4)?,
                file: row.get(5)?,
                name: row.get(6)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(&told)
    }

    fn text_of(&self, key: i64) -> Result<String, Error> {
        let ask = self.connection.prepare_cached("SELECT text FROM reports WHERE key = ?1");
        let text = ask.and_then(|mut ask| ask.query_row([key], |row| row.get(0)).optional());
        Ok(text.map_err(told(&self.path))?.unwrap_or_default())
    }
}

/// For each of these the one before it.
fn last_before(versions: &[Version]) -> Vec<Option<usize>> {
    (0..versions.len()).map(|at| at.checked_sub(1)).collect()
}

fn alike(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    let shared = a.intersection(b).count() as f64;
    shared > 0.0 && shared >= SHARED_WORDS_MIN * (a.len() + b.len()) as f64 - SHARED_WORDS_MIN * shared
}

fn distinct_words(text: &str) -> HashSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_string).collect()
}
