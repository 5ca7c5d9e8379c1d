//! What connecting keeps of reports, so that a few more of them cost little: digests, the lists by which they are found,
//! neighbours, and the names of each story.

use crate::error::{Error, told};
use crate::write::Build;
use onrecord_model::ReportId;
use rusqlite::{OptionalExtension, params};

/// Postings that are kept back until there are so many, so that the table is written in its own order.
const POSTINGS_MAX: usize = 1 << 20;

/// An id as a signed number of the same order.
pub(crate) fn ordered(id: u64) -> i64 {
    (id ^ (1 << 63)) as i64
}

pub(crate) fn unordered(id: i64) -> u64 {
    (id as u64) ^ (1 << 63)
}

/// What connecting wants kept of one report. The record looks into none of it.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Title, outlet, date, terms.
    pub about: Vec<u8>,
    /// Words and fingerprints.
    pub text: Vec<u8>,
    /// Names, propositions, days.
    pub facts: Vec<u8>,
    /// Minute of publication, by which postings are ordered.
    pub minute: i64,
    /// What the report is found by. Distinct.
    pub keys: Vec<u64>,
}

/// A part of what is kept of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Title, outlet, date, terms.
    About,
    /// Words and fingerprints.
    Text,
    /// Names, propositions, days.
    Facts,
}

/// Who or what occurs in one scope, as kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureRow {
    /// Key of the row.
    pub key: i64,
    /// One name.
    pub unit: u64,
    /// Id of its entity, once there is one.
    pub entity: Option<String>,
    /// The figure.
    pub bytes: Vec<u8>,
}

impl Build {
    /// A part of what is kept of a report; none for a report that is not in the record.
    pub fn kept(&self, id: ReportId, part: Part) -> Result<Option<Vec<u8>>, Error> {
        let sql = match part {
            Part::About => "SELECT about FROM digests WHERE report = ?1",
            Part::Text => "SELECT text FROM digests WHERE report = ?1",
            Part::Facts => "SELECT facts FROM digests WHERE report = ?1",
        };
        let ask = self.connection.prepare_cached(sql);
        ask.and_then(|mut ask| ask.query_row([ordered(id.0)], |row| row.get(0)).optional()).map_err(told(&self.path))
    }

    /// Whether the record has a report.
    pub fn has(&self, id: ReportId) -> Result<bool, Error> {
        Ok(self.report_key(&id.to_string())?.is_some())
    }

    /// How many reports the record has.
    pub fn reports(&self) -> Result<usize, Error> {
        let ask = self.connection.prepare_cached("SELECT count(*) FROM reports");
        ask.and_then(|mut ask| ask.query_row([], |row| row.get(0))).map_err(told(&self.path))
    }

    /// Ids of all reports, by publication (the undated last), then id.
    pub fn reports_by_day(&self) -> Result<Vec<ReportId>, Error> {
        let told = told(&self.path);
        let sql = "SELECT id FROM reports ORDER BY published IS NULL, published, id";
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map([], |row| row.get::<_, String>(0)).map_err(&told)?;
        let mut ids = Vec::new();
        for id in rows {
            ids.push(id.map_err(&told)?.parse().map_err(|_| self.damaged("a report's id is no id"))?);
        }
        Ok(ids)
    }

    pub(crate) fn keep(&mut self, id: ReportId, kept: &Kept) -> Result<(), Error> {
        self.execute(
            "INSERT INTO digests (report, about, text, facts) VALUES (?1, ?2, ?3, ?4)",
            params![ordered(id.0), kept.about, kept.text, kept.facts],
        )?;
        self.postings.extend(kept.keys.iter().map(|&key| (key as i64, kept.minute, ordered(id.0))));
        if self.postings.len() >= POSTINGS_MAX { self.write_postings() } else { Ok(()) }
    }

    /// Forgets what is kept of a report. Its postings are named by the keys and the minute that were kept with it.
    pub fn forget(&mut self, id: ReportId, minute: i64, keys: &[u64]) -> Result<(), Error> {
        self.write_postings()?;
        let report = ordered(id.0);
        for &key in keys {
            self.execute(
                "DELETE FROM postings WHERE key = ?1 AND minute = ?2 AND report = ?3",
                params![key as i64, minute, report],
            )?;
        }
        self.execute("DELETE FROM digests WHERE report = ?1", [report])?;
        self.execute("DELETE FROM strangers WHERE report = ?1", [report])?;
        self.execute("DELETE FROM points WHERE report = ?1", [report])?;
        self.execute("DELETE FROM neighbours WHERE report = ?1", [report]).map(|_| ())
    }

    /// What the propositions of a report say, as it was kept.
    pub fn points(&self, id: ReportId) -> Result<Option<Vec<u8>>, Error> {
        let ask = self.connection.prepare_cached("SELECT bytes FROM points WHERE report = ?1");
        ask.and_then(|mut ask| ask.query_row([ordered(id.0)], |row| row.get(0)).optional()).map_err(told(&self.path))
    }

    /// Keeps what the propositions of a report say, or forgets it.
    pub fn set_points(&mut self, id: ReportId, points: Option<&[u8]>) -> Result<(), Error> {
        let report = ordered(id.0);
        match points {
            Some(bytes) => {
                self.execute("INSERT OR REPLACE INTO points (report, bytes) VALUES (?1, ?2)", params![report, bytes])
            }
            None => self.execute("DELETE FROM points WHERE report = ?1", [report]),
        }
        .map(|_| ())
    }

    /// Writes the postings that were kept back. To be called before they are asked for.
    pub fn write_postings(&mut self) -> Result<(), Error> {
        let mut postings = std::mem::take(&mut self.postings);
        postings.sort_unstable();
        for posting in &postings {
            self.execute("INSERT OR IGNORE INTO postings (key, minute, report) VALUES (?1, ?2, ?3)", *posting)?;
        }
        postings.clear();
        self.postings = postings;
        Ok(())
    }

    /// The first `limit` reports at or after a place that have a key, in order.
    pub fn posted_from(&self, key: u64, from: (i64, u64), limit: usize) -> Result<Vec<(i64, u64)>, Error> {
        let sql = "SELECT minute, report FROM postings WHERE key = ?1 AND (minute, report) >= (?2, ?3)
                   ORDER BY minute, report LIMIT ?4";
        self.places(sql, key, from, limit)
    }

    /// The last `limit` reports before a place that have a key, the nearest first.
    pub fn posted_before(&self, key: u64, before: (i64, u64), limit: usize) -> Result<Vec<(i64, u64)>, Error> {
        let sql = "SELECT minute, report FROM postings WHERE key = ?1 AND (minute, report) < (?2, ?3)
                   ORDER BY minute DESC, report DESC LIMIT ?4";
        self.places(sql, key, before, limit)
    }

    fn places(&self, sql: &str, key: u64, (minute, id): (i64, u64), limit: usize) -> Result<Vec<(i64, u64)>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let told = told(&self.path);
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map(params![key as i64, minute, ordered(id), limit], |row| {
            Ok((row.get(0)?, unordered(row.get(1)?)))
        });
        rows.and_then(Iterator::collect).map_err(&told)
    }

    /// The reports before this one that are most alike, with their likeness, by id.
    pub fn neighbours(&self, id: ReportId) -> Result<Vec<(ReportId, f64)>, Error> {
        self.alike("SELECT earlier, likeness FROM neighbours WHERE report = ?1 ORDER BY earlier", id)
    }

    fn alike(&self, sql: &str, id: ReportId) -> Result<Vec<(ReportId, f64)>, Error> {
        let told = told(&self.path);
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map([ordered(id.0)], |row| Ok((ReportId(unordered(row.get(0)?)), row.get(1)?)));
        rows.and_then(Iterator::collect).map_err(&told)
    }

    /// The reports after this one whose neighbour it is, with their likeness, by id.
    pub fn followers(&self, id: ReportId) -> Result<Vec<(ReportId, f64)>, Error> {
        self.alike("SELECT report, likeness FROM neighbours WHERE earlier = ?1 ORDER BY report", id)
    }

    /// Sets the neighbours of a report.
    pub fn set_neighbours(&mut self, id: ReportId, neighbours: &[(ReportId, f64)]) -> Result<(), Error> {
        self.execute("DELETE FROM neighbours WHERE report = ?1", [ordered(id.0)])?;
        for (earlier, likeness) in neighbours {
            self.execute(
                "INSERT INTO neighbours (report, earlier, likeness) VALUES (?1, ?2, ?3)",
                params![ordered(id.0), ordered(earlier.0), likeness],
            )?;
        }
        Ok(())
    }

    /// The figures of a scope.
    pub fn figures_of_scope(&self, scope: u64) -> Result<Vec<FigureRow>, Error> {
        self.figures(
            "SELECT key, unit, entity, bytes FROM figures WHERE scope = ?1 ORDER BY key LIMIT ?2",
            ordered(scope),
            usize::MAX,
        )
    }

    /// The figures of a unit, by scope, at most `limit`.
    pub fn figures_of_unit(&self, unit: u64, limit: usize) -> Result<Vec<FigureRow>, Error> {
        let sql = "SELECT key, unit, entity, bytes FROM figures WHERE unit = ?1 ORDER BY scope, key LIMIT ?2";
        self.figures(sql, ordered(unit), limit)
    }

    fn figures(&self, sql: &str, of: i64, limit: usize) -> Result<Vec<FigureRow>, Error> {
        let told = told(&self.path);
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = ask.query_map([of, limit], |row| {
            let unit: i64 = row.get(1)?;
            Ok(FigureRow { key: row.get(0)?, unit: unordered(unit), entity: row.get(2)?, bytes: row.get(3)? })
        });
        rows.and_then(Iterator::collect).map_err(&told)
    }

    /// The figures of a unit that have no entity yet.
    pub fn figures_without_entity(&self, unit: u64) -> Result<Vec<FigureRow>, Error> {
        let sql =
            "SELECT key, unit, entity, bytes FROM figures WHERE unit = ?1 AND entity IS NULL ORDER BY key LIMIT ?2";
        self.figures(sql, ordered(unit), usize::MAX)
    }

    /// Ids of the entities of a unit.
    pub fn entities_of_unit(&self, unit: u64) -> Result<Vec<String>, Error> {
        let told = told(&self.path);
        let mut ask =
            self.connection.prepare_cached("SELECT id FROM entities WHERE unit = ?1 ORDER BY id").map_err(&told)?;
        let rows = ask.query_map([ordered(unit)], |row| row.get(0));
        rows.and_then(Iterator::collect).map_err(&told)
    }

    /// Adds a figure.
    pub fn add_figure(&mut self, scope: u64, unit: u64, bytes: &[u8]) -> Result<(), Error> {
        self.execute(
            "INSERT INTO figures (scope, unit, bytes) VALUES (?1, ?2, ?3)",
            params![ordered(scope), ordered(unit), bytes],
        )
        .map(|_| ())
    }

    /// Removes a figure. Its chains have no entity until another figure, or nobody, has them.
    pub fn remove_figure(&mut self, key: i64, chains: &[(ReportId, u32)]) -> Result<(), Error> {
        for (report, chain) in chains {
            let report = self.report_key(&report.to_string())?;
            let set = "UPDATE chains SET entity = NULL WHERE report = ?1 AND ord = ?2 AND entity IS NOT NULL";
            self.execute(set, params![report, chain])?;
        }
        self.execute("DELETE FROM figures WHERE key = ?1", [key]).map(|_| ())
    }

    /// A value of the record about itself.
    pub fn meta(&self, name: &str) -> Result<Option<String>, Error> {
        let ask = self.connection.prepare_cached("SELECT value FROM meta WHERE name = ?1");
        ask.and_then(|mut ask| ask.query_row([name], |row| row.get(0)).optional()).map_err(told(&self.path))
    }

    /// Sets a value of the record about itself, where it is another than it was.
    pub fn set_meta(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.execute(
            "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2 WHERE value <> ?2",
            [name, value],
        )
        .map(|_| ())
    }
}
