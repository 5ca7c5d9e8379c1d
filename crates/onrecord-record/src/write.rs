//! Building: one transaction that adds readings and brings the links up to date.

use crate::code_points::CodePoints;
use crate::convert::{chain_row, note_row, report_row, score, sentences, time_row, words};
use crate::draft::Draft;
use crate::error::{Error, told};
use crate::ids::{chain_ids, hex, utterance_ids};
use crate::kept::Kept;
use crate::links::Texts;
use crate::open::{bring_up_to_date, open_write};
use crate::rows::{ChainRoleRow, Words, joined};
use crate::versions::Page;
use onrecord_model::{ChainIx, Label, OriginMap, Reading, ReportId, Utterance};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A build in progress. Nothing of it is in the record before [`Build::commit`]; dropped or killed, it leaves no trace.
pub struct Build {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    /// The file of a record that is made by this build. After the connection, which holds it.
    draft: Option<Draft>,
    /// Number of this build: one more than the last that changed the record.
    number: i64,
    pub(crate) added: Vec<ReportId>,
    /// Pages that lost a version.
    pub(crate) bereft: BTreeSet<Page>,
    changed: bool,
    /// Postings that are not written yet: key, minute, report.
    pub(crate) postings: Vec<(i64, i64, i64)>,
    /// Texts met while writing links.
    pub(crate) texts: Texts,
}

/// What became of a report that was given to a build.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// The record does not have it.
    New,
    /// The record has it.
    Same,
}

impl Build {
    /// Opens the record at `path`, or makes one, and takes the right to write it.
    ///
    /// # Errors
    /// The file is no record or of a newer format, another process builds it, or it cannot be written.
    pub fn begin(path: &Path) -> Result<Build, Error> {
        let (connection, draft) = if path.exists() {
            (open_write(path)?, None)
        } else {
            let (connection, draft) = Draft::begin(path)?;
            (connection, Some(draft))
        };
        connection.set_prepared_statement_cache_capacity(128);
        // Without it, statements about tables with partial indexes are planned anew for every value.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(told(path))?;
        connection.execute_batch("BEGIN IMMEDIATE").map_err(told(path))?;
        bring_up_to_date(&connection).map_err(told(path))?;
        let number = last_build(&connection).map_err(told(path))? + 1;
        let path = path.to_owned();
        Ok(Build {
            connection,
            path,
            draft,
            number,
            added: Vec::new(),
            bereft: BTreeSet::new(),
            changed: false,
            postings: Vec::new(),
            texts: Texts::default(),
        })
    }

    /// Whether the record has this report. One that it has from a later path takes the earlier path, so that the order in
    /// which copies of one file are met does not matter.
    pub fn meet(&mut self, id: ReportId, file: &str, sha256: &str) -> Result<Known, Error> {
        let stored: Option<(i64, String)> = self
            .connection
            .prepare_cached("SELECT key, file FROM reports WHERE id = ?1")
            .and_then(|mut ask| ask.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(told(&self.path))?;
        let Some((key, stored_file)) = stored else { return Ok(Known::New) };
        if file < stored_file.as_str() {
            self.execute("UPDATE reports SET file = ?2, sha256 = ?3 WHERE key = ?1", params![key, file, sha256])?;
            self.execute("UPDATE notes SET file = ?2 WHERE report = ?1", params![key, file])?;
        }
        Ok(Known::Same)
    }

    /// Adds a reading and what connecting wants kept of it. A reading that the record has is left as it is.
    pub fn add(&mut self, reading: &Reading, kept: &Kept) -> Result<(), Error> {
        let report = &reading.report;
        if self.meet(report.id, &report.file, &report.sha256)? == Known::Same {
            return Ok(());
        }
        self.add_as(reading, kept, self.number)?;
        self.clear_trouble(&report.file)?;
        self.added.push(report.id);
        Ok(())
    }

    /// Puts a new reading of a report in the place of the one that the record has.
    pub fn replace(&mut self, reading: &Reading, kept: &Kept) -> Result<(), Error> {
        let id = reading.report.id;
        let ask = self.connection.prepare_cached("SELECT build, version_of FROM reports WHERE id = ?1");
        let (number, version_of): (i64, Option<String>) = ask
            .and_then(|mut ask| ask.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(told(&self.path))?;
        // What the reader noted cannot be made again from the report: it is kept.
        let notes: Vec<i64> = {
            let told = told(&self.path);
            let mut ask = self
                .connection
                .prepare_cached("SELECT key FROM notes WHERE report = (SELECT key FROM reports WHERE id = ?1)")
                .map_err(&told)?;
            let rows = ask.query_map([id.to_string()], |row| row.get(0));
            rows.and_then(Iterator::collect).map_err(&told)?
        };
        for note in &notes {
            self.execute("UPDATE notes SET report = NULL WHERE key = ?1", [note])?;
        }
        self.take_out(id)?;
        self.add_as(reading, kept, number)?;
        self.keep_notes(&notes, id)?;
        let set = "UPDATE reports SET version_of = ?2 WHERE id = ?1";
        self.execute(set, params![id.to_string(), version_of]).map(|_| ())
    }

    fn add_as(&mut self, reading: &Reading, kept: &Kept, number: i64) -> Result<(), Error> {
        let report = &reading.report;
        let points = CodePoints::new(&report.text);
        let key = self.add_report(reading, &points, number)?;
        self.keep(report.id, kept)?;
        let first_chain = self.add_chains(reading, key, &points)?;
        self.add_times(reading, key, &points)?;
        self.add_utterances(reading, key, first_chain, &points)?;
        for note in &reading.notes {
            let note = note_row(note, &points);
            self.execute(
                "INSERT INTO notes (report, file, start, \"end\", note) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![key, report.file, note.start, note.end, note.note],
            )?;
        }
        Ok(())
    }

    /// Keeps the sentence that says why an input gave no report.
    pub fn trouble(&mut self, file: &str, note: &str) -> Result<(), Error> {
        let had: bool = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM notes WHERE report IS NULL AND file = ?1 AND note = ?2)")
            .and_then(|mut ask| ask.query_row([file, note], |row| row.get(0)))
            .map_err(told(&self.path))?;
        if !had {
            self.execute("INSERT INTO notes (file, note) VALUES (?1, ?2)", [file, note])?;
        }
        Ok(())
    }

    /// Reports added so far, in the order given.
    pub fn added(&self) -> &[ReportId] {
        &self.added
    }

    /// Whether anything was changed so far.
    pub fn changed(&self) -> bool {
        self.changed
    }

    /// Makes everything done so far the record's new state, in one step.
    pub fn commit(mut self) -> Result<(), Error> {
        if !self.changed && self.draft.is_none() {
            return self.connection.execute_batch("ROLLBACK").map_err(told(&self.path));
        }
        self.write_postings()?;
        self.link_versions()?;
        self.set_meta(BUILDS, &self.number.to_string())?;
        self.connection.execute_batch("COMMIT").map_err(told(&self.path))?;
        if let Some(draft) = self.draft {
            return draft.name(self.connection, &self.path);
        }
        // A failing checkpoint loses nothing: the log beside the record holds what was written.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        Ok(())
    }

    /// Runs one statement that changes the record.
    pub(crate) fn execute(&mut self, sql: &str, values: impl rusqlite::Params) -> Result<usize, Error> {
        let done =
            self.connection.prepare_cached(sql).and_then(|mut run| run.execute(values)).map_err(told(&self.path))?;
        self.changed |= done > 0;
        Ok(done)
    }

    pub(crate) fn damaged(&self, reason: &str) -> Error {
        Error::Damaged { path: self.path.clone(), reason: reason.to_owned() }
    }

    fn clear_trouble(&mut self, file: &str) -> Result<(), Error> {
        self.execute("DELETE FROM notes WHERE report IS NULL AND file = ?1", [file]).map(|_| ())
    }

    fn add_report(&mut self, reading: &Reading, points: &CodePoints, number: i64) -> Result<i64, Error> {
        let report = &reading.report;
        let row = report_row(report, points);
        let blocks: Vec<_> = row.blocks.iter().map(|block| json!([block.kind, block.start, block.end])).collect();
        self.execute(
            "INSERT INTO reports (id, name, title, outlet, authors, credit, dateline, url, published, language, sha256, file,
             build, text, blocks, sentences, origin)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                row.id,
                row.name,
                row.title,
                row.outlet,
                json!(row.authors).to_string(),
                row.credit,
                row.dateline,
                row.url,
                row.published,
                row.language,
                report.sha256,
                report.file,
                number,
                row.text,
                json!(blocks).to_string(),
                json!(sentences(&reading.parse, points)).to_string(),
                origin_bytes(&report.origin),
            ],
        )?;
        let key = self.connection.last_insert_rowid();
        self.execute(
            "INSERT INTO reports_search (rowid, title, text) VALUES (?1, ?2, ?3)",
            params![key, row.title, row.text],
        )?;
        Ok(key)
    }

    /// Adds the chains with their mentions; gives the key of the first, the others follow it.
    fn add_chains(&mut self, reading: &Reading, report: i64, points: &CodePoints) -> Result<i64, Error> {
        let first: i64 = self
            .connection
            .query_row("SELECT coalesce(max(key), 0) + 1 FROM chains", [], |row| row.get(0))
            .map_err(told(&self.path))?;
        let ids = chain_ids(reading.report.id, &reading.chains);
        for (ord, (chain, id)) in reading.chains.iter().zip(ids).enumerate() {
            let row = chain_row(chain, id, points);
            let role = |role: &onrecord_model::Role| {
                let (start, end) = points.range(role.span);
                ChainRoleRow { title: role.title.clone(), start, end, past: role.past }
            };
            let roles: Vec<_> = chain.roles.iter().map(role).collect();
            let key = first + ord as i64;
            self.execute(
                "INSERT INTO chains (key, id, report, ord, kind, name, roles, person_kind)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    key,
                    row.id,
                    report,
                    ord,
                    row.kind,
                    row.name,
                    json!(roles).to_string(),
                    row.person_kind.map(|kind| json!(kind).to_string()),
                ],
            )?;
            for mention in row.mentions {
                self.execute(
                    "INSERT INTO mentions (report, chain, start, \"end\", exact, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![report, key, mention.start, mention.end, mention.exact, mention.kind],
                )?;
            }
        }
        Ok(first)
    }

    fn add_times(&mut self, reading: &Reading, report: i64, points: &CodePoints) -> Result<(), Error> {
        for when in &reading.times {
            let row = time_row(when, points);
            let (from, to) = when.interval.clone().unzip();
            self.execute(
                "INSERT INTO times (report, start, \"end\", exact, type, value, first_day, last_day, rule, anchor)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![report, row.start, row.end, row.exact, row.kind, row.value, from, to, row.rule, row.anchor],
            )?;
        }
        Ok(())
    }

    fn add_utterances(
        &mut self,
        reading: &Reading,
        report: i64,
        first_chain: i64,
        points: &CodePoints,
    ) -> Result<(), Error> {
        let ids = utterance_ids(reading.report.id, &reading.utterances);
        for (ord, utterance) in reading.utterances.iter().enumerate() {
            let within = utterance.within.map(|container| hex(ids[container as usize]));
            let row = UtteranceFrame { id: hex(ids[ord]), report, ord: Some(ord as i64), within, first_chain };
            self.add_utterance(&row, utterance, points)?;
        }
        Ok(())
    }

    /// Adds one utterance, or a sentence in the report's own voice, and makes it searchable.
    pub(crate) fn add_utterance(
        &mut self,
        frame: &UtteranceFrame,
        utterance: &Utterance,
        points: &CodePoints,
    ) -> Result<(), Error> {
        let chain = |ix: Option<ChainIx>| ix.map(|ix| frame.first_chain + i64::from(ix));
        let taken = |span: Option<onrecord_model::Span>| match span.map(|span| words(span, points)) {
            Some(Words { start, end, exact }) => (Some(start), Some(end), Some(exact)),
            None => (None, None, None),
        };
        let source = taken(utterance.source);
        let cue = taken(utterance.cue);
        let addressee = utterance.addressee.as_ref();
        let to = taken(addressee.map(|to| to.span));
        let said = utterance.said.as_ref().map(|said| (said.value.as_str(), points.range(said.span)));
        let anonymity = utterance.anonymity.as_ref();
        let speaker = utterance.speaker.as_ref();
        let content: Vec<_> = utterance.content.iter().map(|part| points.range(*part)).collect();
        let text = joined(utterance.content.iter().map(|part| &points.text()[*part]));
        let via = |carrier: &onrecord_model::Carrier| {
            let Words { start, end, exact } = words(carrier.span, points);
            json!([carrier.chain, carrier.name, start, end, exact])
        };
        let via: Vec<_> = utterance.via.iter().map(via).collect();
        self.execute(
            "INSERT INTO utterances (id, report, ord, within, form, stance, basis, speaker_chain, speaker_name, words, content,
             source_start, source_end, source_exact, cue_start, cue_end, cue_exact,
             addressee_chain, addressee_name, addressee_start, addressee_end, addressee_exact,
             anonymous_count, anonymous_described_as, anonymous_reason, via, said_value, said_start, said_end, score)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
             ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
            params![
                frame.id,
                frame.report,
                frame.ord,
                frame.within,
                utterance.form.name(),
                utterance.stance.name(),
                utterance.basis.name(),
                chain(speaker.and_then(|speaker| speaker.chain)),
                speaker.map(|speaker| speaker.name.as_str()),
                text,
                json!(content).to_string(),
                source.0,
                source.1,
                source.2,
                cue.0,
                cue.1,
                cue.2,
                chain(addressee.and_then(|to| to.chain)),
                addressee.map(|to| to.name.as_str()),
                to.0,
                to.1,
                to.2,
                anonymity.and_then(|how| how.count),
                anonymity.map(|how| how.described_as.as_str()),
                anonymity.and_then(|how| how.reason.as_deref()),
                json!(via).to_string(),
                said.map(|said| said.0),
                said.map(|said| said.1.0),
                said.map(|said| said.1.1),
                score(utterance.score),
            ],
        )?;
        let key = self.connection.last_insert_rowid();
        self.execute(
            "INSERT INTO utterances_search (rowid, words, speaker_name, source_exact)
             SELECT key, words, speaker_name, source_exact FROM utterances WHERE key = ?1",
            [key],
        )
        .map(|_| ())
    }
}

/// The name under which the record keeps the number of the last build.
const BUILDS: &str = "builds";

/// The number of the last build; records of earlier programs tell it by their reports alone, all of which are looked at then.
fn last_build(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT value FROM meta WHERE name = ?1";
    let kept: Option<String> = connection.query_row(sql, [BUILDS], |row| row.get(0)).optional()?;
    match kept.and_then(|kept| kept.parse().ok()) {
        Some(number) => Ok(number),
        None => connection.query_row("SELECT coalesce(max(build), 0) FROM reports", [], |row| row.get(0)),
    }
}

/// What a row of `utterances` has beside the utterance itself.
pub(crate) struct UtteranceFrame {
    /// Durable id.
    pub id: String,
    /// Key of the report.
    pub report: i64,
    /// Place in the reading.
    pub ord: Option<i64>,
    /// Id of the utterance that contains it.
    pub within: Option<String>,
    /// Key of the report's first chain.
    pub first_chain: i64,
}

fn origin_bytes(origin: &OriginMap) -> Vec<u8> {
    origin.runs.iter().flatten().flat_map(|number| number.to_le_bytes()).collect()
}
