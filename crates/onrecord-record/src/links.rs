//! Bringing the links between reports up to date: what did not change is left as it is.

use crate::code_points::CodePoints;
use crate::convert::words;
use crate::error::{Error, told};
use crate::ids::{hex, own_voice_id, part_id};
use crate::kept::ordered;
use crate::rows::{ConflictRow, PassageRow, RootRow};
use crate::write::{Build, UtteranceFrame};
use onrecord_model::{Basis, Event, Form, Label, Passage, ReportId, Span, Stance, Statement, Utterance, UtteranceRef};
use rusqlite::{OptionalExtension, params};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

/// Texts met while writing links. Emptied when it holds many, so that memory does not grow with the record.
#[derive(Default)]
pub(crate) struct Texts {
    held: BTreeMap<ReportId, (i64, Arc<CodePoints>)>,
    bytes: usize,
}

const TEXT_BYTES_MAX: usize = 32 << 20;

impl Texts {
    /// Forgets the text of a report that is taken out.
    pub(crate) fn drop(&mut self, id: ReportId) {
        self.held.remove(&id);
    }
}

impl Build {
    /// Makes a statement the record's, in the place of the one of the same id.
    ///
    /// # Errors
    /// A statement that cites a report, utterance or words that the record does not have; so for all links here.
    pub fn set_statement(&mut self, statement: &Statement) -> Result<(), Error> {
        let (id, fingerprint) = (hex(statement.id), fingerprint(statement));
        match self.stored_fingerprint("SELECT fingerprint FROM statements WHERE id = ?1", &id)? {
            Some(stored) if stored == fingerprint => return Ok(()),
            Some(_) => self.drop_statement(&id)?,
            None => {}
        }
        for utterance in &statement.utterances {
            self.word_statement(*utterance, &id)?;
        }
        let mut roots = Vec::new();
        for root in &statement.origins.roots {
            let mut utterances = Vec::new();
            for utterance in &root.utterances {
                utterances.push(self.utterance_id(*utterance)?);
            }
            roots.push(RootRow { kind: root.kind.clone(), name: root.name.clone(), utterances });
        }
        let mut conflicts = Vec::new();
        for conflict in &statement.conflicts {
            conflicts.push(ConflictRow {
                with: hex(conflict.with),
                kind: conflict.kind.name().to_owned(),
                passages: self.passages(&conflict.passages)?,
            });
        }
        self.execute(
            "INSERT INTO statements (id, gist, first_reported, origins_min, origins_max, roots, reasons, conflicts, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                id,
                statement.gist,
                statement.first_reported,
                statement.origins.min,
                statement.origins.max,
                json!(roots).to_string(),
                json!(statement.origins.reasons).to_string(),
                json!(conflicts).to_string(),
                fingerprint,
            ],
        )?;
        let key = self.connection.last_insert_rowid();
        let index = "INSERT INTO statements_search (rowid, gist) VALUES (?1, ?2)";
        self.execute(index, params![key, statement.gist]).map(|_| ())
    }

    /// Removes statements by their ids.
    pub fn drop_statements<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) -> Result<(), Error> {
        ids.into_iter().try_for_each(|id| self.drop_statement(id))
    }

    /// Gives an utterance its statement; a sentence in the report's own voice becomes a row first.
    fn word_statement(&mut self, utterance: UtteranceRef, statement: &str) -> Result<(), Error> {
        let id = self.utterance_id(utterance)?;
        self.execute("UPDATE utterances SET statement = ?2 WHERE id = ?1", params![id, statement]).map(|_| ())
    }

    fn utterance_id(&mut self, utterance: UtteranceRef) -> Result<String, Error> {
        let (report, ix) = match utterance {
            UtteranceRef::Said(report, ix) => (report, ix),
            UtteranceRef::Part(report, ix, span) => return self.part(report, ix, span),
            UtteranceRef::OwnVoice(report, span) => return self.own_voice(report, span),
        };
        let (key, _) = self.text(report)?;
        let found = self
            .connection
            .prepare_cached("SELECT id FROM utterances WHERE report = ?1 AND ord = ?2")
            .and_then(|mut ask| ask.query_row(params![key, ix], |row| row.get(0)).optional())
            .map_err(told(&self.path))?;
        found.ok_or_else(|| {
            self.unsourced(format!("a statement cites utterance {ix} of report {report}, which has no such utterance"))
        })
    }

    /// The row of a clause of an utterance, made when a statement needs it: who says it, and on whose word, is as the utterance says.
    fn part(&mut self, report: ReportId, ix: u32, span: Span) -> Result<String, Error> {
        let whole = self.utterance_id(UtteranceRef::Said(report, ix))?;
        let id = hex(part_id(report, &whole, span));
        let (key, points) = self.text(report)?;
        self.in_text(report, span, &points)?;
        let text = &points.text()[span];
        let (start, end) = points.range(span);
        let made = self.execute(
            "INSERT OR IGNORE INTO utterances (id, report, ord, within, form, stance, basis, speaker_chain, speaker_name, words,
             content, source_start, source_end, source_exact, cue_start, cue_end, cue_exact,
             addressee_chain, addressee_name, addressee_start, addressee_end, addressee_exact,
             anonymous_count, anonymous_described_as, anonymous_reason, via, said_value, said_start, said_end, score)
             SELECT ?3, report, NULL, id, form, stance, basis, speaker_chain, speaker_name, ?4,
             ?5, source_start, source_end, source_exact, cue_start, cue_end, cue_exact,
             addressee_chain, addressee_name, addressee_start, addressee_end, addressee_exact,
             anonymous_count, anonymous_described_as, anonymous_reason, via, said_value, said_start, said_end, score
             FROM utterances WHERE report = ?1 AND ord = ?2",
            params![key, ix, id, text, json!([[start, end]]).to_string()],
        )?;
        if made > 0 {
            let row = self.connection.last_insert_rowid();
            self.execute(
                "INSERT INTO utterances_search (rowid, words, speaker_name, source_exact)
                 SELECT key, words, speaker_name, source_exact FROM utterances WHERE key = ?1",
                params![row],
            )?;
        }
        Ok(id)
    }

    fn own_voice(&mut self, report: ReportId, span: Span) -> Result<String, Error> {
        let id = hex(own_voice_id(report, span));
        let (key, points) = self.text(report)?;
        let known: bool = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM utterances WHERE id = ?1)")
            .and_then(|mut ask| ask.query_row([&id], |row| row.get(0)))
            .map_err(told(&self.path))?;
        if !known {
            self.in_text(report, span, &points)?;
            let sentence = Utterance {
                within: None,
                form: Form::Indirect,
                stance: Stance::Asserts,
                source: None,
                cue: None,
                content: vec![span],
                speaker: None,
                addressee: None,
                basis: Basis::OwnVoice,
                anonymity: None,
                via: Vec::new(),
                said: None,
                score: 1.0,
            };
            let frame = UtteranceFrame { id: id.clone(), report: key, ord: None, within: None, first_chain: 0 };
            self.add_utterance(&frame, &sentence, &points)?;
        }
        Ok(id)
    }

    /// Clauses and own-voice sentences are rows only as long as a statement has them.
    pub(crate) fn drop_idle_own_voice(&mut self) -> Result<(), Error> {
        self.execute(
            "INSERT INTO utterances_search (utterances_search, rowid, words, speaker_name, source_exact)
             SELECT 'delete', key, words, speaker_name, source_exact FROM utterances
             WHERE ord IS NULL AND statement IS NULL",
            [],
        )?;
        self.execute("DELETE FROM utterances WHERE ord IS NULL AND statement IS NULL", []).map(|_| ())
    }

    /// Makes these the events of a scope.
    pub fn set_events(&mut self, scope: u64, events: &[Event]) -> Result<(), Error> {
        let mut stored: BTreeMap<String, i64> = {
            let told = told(&self.path);
            let sql = "SELECT id, fingerprint FROM events WHERE scope = ?1";
            let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
            let rows = ask.query_map([ordered(scope)], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.and_then(Iterator::collect).map_err(&told)?
        };
        let mut wanted = Vec::new();
        for event in events {
            let (id, fingerprint) = (hex(event.id), fingerprint(event));
            if stored.get(&id) == Some(&fingerprint) {
                stored.remove(&id);
            } else {
                wanted.push((id, fingerprint, event));
            }
        }
        for gone in stored.keys() {
            self.execute("DELETE FROM events WHERE id = ?1", [gone])?;
        }
        for (id, fingerprint, event) in wanted {
            // The same happening may have stood in another scope before.
            self.execute("DELETE FROM events WHERE id = ?1", [&id])?;
            let passages = self.passages(&event.passages)?;
            let reports: Vec<String> = event.reports.iter().map(ReportId::to_string).collect();
            self.execute(
                "INSERT INTO events (id, story, scope, value, first_day, last_day, what, passages, reports, fingerprint)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    id,
                    event.story.map(hex),
                    ordered(scope),
                    event.value,
                    event.interval.0,
                    event.interval.1,
                    event.what,
                    json!(passages).to_string(),
                    json!(reports).to_string(),
                    fingerprint,
                ],
            )?;
        }
        Ok(())
    }

    /// Passages with their characters.
    pub(crate) fn passages(&mut self, passages: &[Passage]) -> Result<Vec<PassageRow>, Error> {
        let mut rows = Vec::new();
        for passage in passages {
            let (_, points) = self.text(passage.report)?;
            self.in_text(passage.report, passage.span, &points)?;
            let words = words(passage.span, &points);
            rows.push(PassageRow {
                report: passage.report.to_string(),
                start: words.start,
                end: words.end,
                exact: words.exact,
            });
        }
        Ok(rows)
    }

    /// Key and text of a report of the record.
    pub(crate) fn text(&mut self, report: ReportId) -> Result<(i64, Arc<CodePoints>), Error> {
        if let Some((key, points)) = self.texts.held.get(&report) {
            return Ok((*key, points.clone()));
        }
        let found: Option<(i64, String)> = self
            .connection
            .prepare_cached("SELECT key, text FROM reports WHERE id = ?1")
            .and_then(|mut ask| ask.query_row([report.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(told(&self.path))?;
        let Some((key, text)) = found else {
            return Err(self.unsourced(format!("a link cites report {report}, which is not in the record")));
        };
        if self.texts.bytes > TEXT_BYTES_MAX {
            self.texts = Texts::default();
        }
        self.texts.bytes += text.len();
        let points = Arc::new(CodePoints::new(&text.into()));
        self.texts.held.insert(report, (key, points.clone()));
        Ok((key, points))
    }

    /// Rule: no row without a passage.
    pub(crate) fn in_text(&self, report: ReportId, span: Span, points: &CodePoints) -> Result<(), Error> {
        match points.text().get(span.start() as usize..span.end() as usize) {
            Some(words) if !words.is_empty() => Ok(()),
            _ => {
                Err(self.unsourced(format!("a link cites bytes {span:?} of report {report}, which are no words of it")))
            }
        }
    }

    pub(crate) fn unsourced(&self, what: String) -> Error {
        Error::Unsourced { path: self.path.clone(), what }
    }

    /// The fingerprint of a link.
    pub(crate) fn stored_fingerprint(&self, sql: &str, id: &str) -> Result<Option<i64>, Error> {
        let ask = self.connection.prepare_cached(sql);
        ask.and_then(|mut ask| ask.query_row([id], |row| row.get(0)).optional()).map_err(told(&self.path))
    }
}

/// What tells whether a link changed. Texts never change, so the model's own offsets are enough.
pub(crate) fn fingerprint(link: &impl Debug) -> i64 {
    let hash = Sha256::digest(format!("{link:?}").as_bytes());
    i64::from_le_bytes(hash[..8].try_into().expect("a SHA-256 has 32 bytes"))
}
