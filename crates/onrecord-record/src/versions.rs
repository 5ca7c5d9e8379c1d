//! Which report is a later version of which: the same page met again with another text.

use crate::error::{Error, told};
use crate::write::Build;
use onrecord_model::ReportId;
use rusqlite::params;
use std::collections::BTreeSet;

/// Two texts under one file name share at least this part of their distinct words when one is a version of the other;
/// two articles about one matter share less than half of it. One address needs no such proof.
const SHARED_WORDS_MIN: f64 = 0.4;

/// A report that may be a version of another.
struct Candidate {
    key: i64,
    id: String,
    published: String,
    build: i64,
    url: String,
    text: String,
}

impl Build {
    /// Gives each added report, and those after it, the version that came before. Versions of one page are ordered by
    /// publication, then by the build that added them, then by id.
    pub(crate) fn link_versions(&mut self) -> Result<(), Error> {
        let mut pages = self.added.clone();
        pages.append(&mut self.relink);
        for id in pages {
            let mut page = self.same_page(&id.to_string())?;
            let Some(own) = page.iter().position(|one| one.id == id.to_string()) else { continue };
            let own = page.swap_remove(own);
            page.retain(|other| (!own.url.is_empty() && own.url == other.url) || alike(&own.text, &other.text));
            page.push(own);
            page.sort_by(|a, b| (&a.published, a.build, &a.id).cmp(&(&b.published, b.build, &b.id)));
            for pair in page.windows(2) {
                self.execute(
                    "UPDATE reports SET version_of = ?2 WHERE key = ?1 AND version_of IS NOT ?2",
                    params![pair[1].key, pair[0].id],
                )?;
            }
            if let Some(first) = page.first() {
                let earliest = "UPDATE reports SET version_of = NULL WHERE key = ?1 AND version_of IS NOT NULL";
                self.execute(earliest, [first.key])?;
            }
        }
        Ok(())
    }

    /// Ids of the reports that have one page, or one file and name, with this one, itself among them.
    pub(crate) fn same_page_ids(&self, id: &str) -> Result<Vec<ReportId>, Error> {
        let ids = self.same_page(id)?.into_iter().map(|page| page.id.parse().ok());
        Ok(ids.flatten().collect())
    }

    fn same_page(&self, id: &str) -> Result<Vec<Candidate>, Error> {
        let told = told(&self.path);
        let mut ask = self
            .connection
            .prepare_cached(
                "SELECT other.key, other.id, coalesce(other.published, ''), other.build, other.url, other.text
                 FROM reports AS own JOIN reports AS other ON other.file = own.file AND other.name = own.name
                 WHERE own.id = ?1
                 UNION
                 SELECT other.key, other.id, coalesce(other.published, ''), other.build, other.url, other.text
                 FROM reports AS own JOIN reports AS other ON other.url = own.url AND other.url <> ''
                 WHERE own.id = ?1",
            )
            .map_err(&told)?;
        let rows = ask.query_map([id], |row| {
            Ok(Candidate {
                key: row.get(0)?,
                id: row.get(1)?,
                published: row.get(2)?,
                build: row.get(3)?,
                url: row.get(4)?,
                text: row.get(5)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(&told)
    }
}

fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (distinct_words(a), distinct_words(b));
    let shared = a.intersection(&b).count() as f64;
    shared > 0.0 && shared >= SHARED_WORDS_MIN * (a.len() + b.len()) as f64 - SHARED_WORDS_MIN * shared
}

fn distinct_words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}
