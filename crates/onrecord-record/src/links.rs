//! Bringing the links between reports up to date: what did not change since the last build is left as it is.

use crate::code_points::CodePoints;
use crate::convert::words;
use crate::error::{Error, told};
use crate::ids::{hex, own_voice_id};
use crate::rows::{AlignedRow, ConflictRow, PassageRow, RoleRow, RootRow};
use crate::write::{Build, Draft};
use onrecord_model::{
    Basis, CopyEdge, Entity, Event, Form, Label, Passage, ReportId, Span, Stance, Statement, Story, Utterance,
    UtteranceRef,
};
use rusqlite::{OptionalExtension, params};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

/// All links over all reports of a record, as connecting gives them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Links<'a> {
    /// Copied text.
    pub copies: &'a [CopyEdge],
    /// People, organisations, … across reports.
    pub entities: &'a [Entity],
    /// Statements with their origins.
    pub statements: &'a [Statement],
    /// Stories.
    pub stories: &'a [Story],
    /// Dated happenings.
    pub events: &'a [Event],
}

/// What a table of links has: fingerprints by id.
type Stored = BTreeMap<String, i64>;

/// Texts met while writing links. Emptied when it holds many, so that memory does not grow with the record.
#[derive(Default)]
struct Texts {
    held: BTreeMap<ReportId, (i64, Arc<CodePoints>)>,
    bytes: usize,
}

const TEXT_BYTES_MAX: usize = 256 << 20;

impl Build {
    /// Makes `links` the record's links.
    ///
    /// # Errors
    /// A link that cites a report, utterance, chain or words that the record does not have.
    pub fn set_links(&mut self, links: &Links) -> Result<(), Error> {
        let mut texts = Texts::default();
        self.set_entities(links.entities, &mut texts)?;
        self.set_statements(links.statements, &mut texts)?;
        self.set_copies(links.copies, &mut texts)?;
        self.set_stories(links.stories)?;
        self.set_events(links.events, &mut texts)
    }

    /// Compares a table with the new links: removes what is gone or changed and gives what is to be written.
    fn changed_links<'l, T: Debug>(
        &mut self,
        stored_sql: &str,
        remove: &[&str],
        links: &'l [T],
        id: impl Fn(&T) -> String,
    ) -> Result<Vec<(String, i64, &'l T)>, Error> {
        let mut stored = self.fingerprints(stored_sql)?;
        let mut wanted = Vec::new();
        for link in links {
            let (id, fingerprint) = (id(link), fingerprint(link));
            if stored.get(&id) == Some(&fingerprint) {
                stored.remove(&id);
            } else {
                wanted.push((id, fingerprint, link));
            }
        }
        for gone in stored.keys() {
            for sql in remove {
                self.execute(sql, [gone])?;
            }
        }
        Ok(wanted)
    }

    fn fingerprints(&self, sql: &str) -> Result<Stored, Error> {
        let told = told(&self.path);
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.and_then(Iterator::collect).map_err(&told)
    }

    fn set_entities(&mut self, entities: &[Entity], texts: &mut Texts) -> Result<(), Error> {
        let remove = ["UPDATE chains SET entity = NULL WHERE entity = ?1", "DELETE FROM entities WHERE id = ?1"];
        let stored = "SELECT id, fingerprint FROM entities WHERE NOT solo";
        for (id, fingerprint, entity) in self.changed_links(stored, &remove, entities, |entity| hex(entity.id))? {
            let mut roles = Vec::new();
            for role in &entity.roles {
                roles.push(RoleRow {
                    title: role.title.clone(),
                    organisation: role.organisation.clone(),
                    from: role.from.clone(),
                    to: role.to.clone(),
                    passages: self.passages(&role.passages, texts)?,
                });
            }
            self.execute(
                "INSERT INTO entities (id, kind, name, aliases, roles, solo, fingerprint) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
                params![id, entity.kind.name(), entity.name, json!(entity.aliases).to_string(), json!(roles).to_string(), fingerprint],
            )?;
            for (report, chain) in &entity.chains {
                let key = self.text(*report, texts)?.0;
                self.execute(
                    "DELETE FROM entities WHERE solo AND id = (SELECT id FROM chains WHERE report = ?1 AND ord = ?2)",
                    params![key, chain],
                )?;
                let set = "UPDATE chains SET entity = ?3 WHERE report = ?1 AND ord = ?2";
                if self.execute(set, params![key, chain, id])? == 0 {
                    return Err(self.unsourced(format!(
                        "entity {id} cites mention chain {chain} of report {report}, which has no such chain"
                    )));
                }
            }
        }
        self.set_solo_entities(texts)
    }

    /// Every chain that is linked to no other is an entity by itself, so that every id in the record has its row.
    fn set_solo_entities(&mut self, texts: &mut Texts) -> Result<(), Error> {
        let alone: Vec<(i64, String, String, String, String, String)> = {
            let told = told(&self.path);
            let mut ask = self
                .connection
                .prepare_cached(
                    "SELECT chains.key, chains.id, chains.kind, chains.name, chains.roles, reports.id
                     FROM chains JOIN reports ON reports.key = chains.report WHERE entity IS NULL ORDER BY chains.key",
                )
                .map_err(&told)?;
            let rows = ask.query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            });
            rows.and_then(Iterator::collect).map_err(&told)?
        };
        for (key, id, kind, name, roles, report) in alone {
            let roles = self.solo_roles(&roles, &report, texts)?;
            self.execute(
                "INSERT INTO entities (id, kind, name, aliases, roles, solo, fingerprint) VALUES (?1, ?2, ?3, '[]', ?4, 1, 0)",
                params![id, kind, name, json!(roles).to_string()],
            )?;
            self.execute("UPDATE chains SET entity = ?2 WHERE key = ?1", params![key, id])?;
        }
        Ok(())
    }

    fn solo_roles(&mut self, roles: &str, report: &str, texts: &mut Texts) -> Result<Vec<RoleRow>, Error> {
        let stored: Vec<crate::rows::ChainRoleRow> =
            serde_json::from_str(roles).map_err(|_| self.damaged("the roles of a chain cannot be read"))?;
        let mut rows: Vec<RoleRow> = Vec::new();
        for role in stored {
            let id = report.parse().map_err(|_| self.damaged("a report's id is no id"))?;
            let (_, points) = self.text(id, texts)?;
            let exact = points.exact(role.start, role.end).unwrap_or_default().to_owned();
            let passage = PassageRow { report: report.to_owned(), start: role.start, end: role.end, exact };
            match rows.iter_mut().find(|row| row.title == role.title) {
                Some(row) => row.passages.push(passage),
                None => rows.push(RoleRow {
                    title: role.title,
                    organisation: String::new(),
                    from: None,
                    to: None,
                    passages: vec![passage],
                }),
            }
        }
        Ok(rows)
    }

    fn set_statements(&mut self, statements: &[Statement], texts: &mut Texts) -> Result<(), Error> {
        let remove = [
            "UPDATE utterances SET statement = NULL WHERE statement = ?1",
            "INSERT INTO statements_search (statements_search, rowid, gist)
             SELECT 'delete', key, gist FROM statements WHERE id = ?1",
            "DELETE FROM statements WHERE id = ?1",
        ];
        let stored = "SELECT id, fingerprint FROM statements";
        for (id, fingerprint, statement) in self.changed_links(stored, &remove, statements, |one| hex(one.id))? {
            for utterance in &statement.utterances {
                self.word_statement(*utterance, &id, texts)?;
            }
            let mut roots = Vec::new();
            for root in &statement.origins.roots {
                let mut utterances = Vec::new();
                for utterance in &root.utterances {
                    utterances.push(self.utterance_id(*utterance, texts)?);
                }
                roots.push(RootRow { kind: root.kind.clone(), name: root.name.clone(), utterances });
            }
            let mut conflicts = Vec::new();
            for conflict in &statement.conflicts {
                conflicts.push(ConflictRow {
                    with: hex(conflict.with),
                    kind: conflict.kind.name().to_owned(),
                    passages: self.passages(&conflict.passages, texts)?,
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
            self.execute("INSERT INTO statements_search (rowid, gist) VALUES (?1, ?2)", params![key, statement.gist])?;
        }
        self.drop_idle_own_voice()
    }

    /// Gives an utterance its statement; a sentence in the report's own voice becomes a row first.
    fn word_statement(&mut self, utterance: UtteranceRef, statement: &str, texts: &mut Texts) -> Result<(), Error> {
        let id = match utterance {
            UtteranceRef::Said(..) => self.utterance_id(utterance, texts)?,
            UtteranceRef::OwnVoice(report, span) => self.own_voice(report, span, texts)?,
        };
        self.execute("UPDATE utterances SET statement = ?2 WHERE id = ?1", params![id, statement]).map(|_| ())
    }

    fn utterance_id(&mut self, utterance: UtteranceRef, texts: &mut Texts) -> Result<String, Error> {
        let (report, ix) = match utterance {
            UtteranceRef::Said(report, ix) => (report, ix),
            UtteranceRef::OwnVoice(report, span) => return self.own_voice(report, span, texts),
        };
        let (key, _) = self.text(report, texts)?;
        let found = self
            .connection
            .prepare_cached("SELECT id FROM utterances WHERE report = ?1 AND ord = ?2")
            .and_then(|mut ask| ask.query_row(params![key, ix], |row| row.get(0)).optional())
            .map_err(told(&self.path))?;
        found.ok_or_else(|| {
            self.unsourced(format!("a statement cites utterance {ix} of report {report}, which has no such utterance"))
        })
    }

    fn own_voice(&mut self, report: ReportId, span: Span, texts: &mut Texts) -> Result<String, Error> {
        let id = hex(own_voice_id(report, span));
        let (key, points) = self.text(report, texts)?;
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
            let draft = Draft { id: id.clone(), report: key, ord: None, within: None, first_chain: 0 };
            self.add_utterance(&draft, &sentence, &points)?;
        }
        Ok(id)
    }

    /// Own-voice sentences are rows only as long as a statement has them.
    fn drop_idle_own_voice(&mut self) -> Result<(), Error> {
        self.execute(
            "INSERT INTO utterances_search (utterances_search, rowid, words, speaker_name, source_exact)
             SELECT 'delete', key, words, speaker_name, source_exact FROM utterances
             WHERE ord IS NULL AND statement IS NULL",
            [],
        )?;
        self.execute("DELETE FROM utterances WHERE ord IS NULL AND statement IS NULL", []).map(|_| ())
    }

    fn set_copies(&mut self, copies: &[CopyEdge], texts: &mut Texts) -> Result<(), Error> {
        let remove = ["DELETE FROM copies WHERE from_report || to_report = ?1"];
        let stored = "SELECT from_report || to_report, fingerprint FROM copies";
        for (_, fingerprint, edge) in
            self.changed_links(stored, &remove, copies, |edge| format!("{}{}", edge.from, edge.to))?
        {
            let (_, from) = self.text(edge.from, texts)?;
            let (_, to) = self.text(edge.to, texts)?;
            let mut passages = Vec::new();
            for (parent, child) in &edge.passages {
                self.in_text(edge.from, *parent, &from)?;
                self.in_text(edge.to, *child, &to)?;
                passages.push(AlignedRow { from: words(*parent, &from), to: words(*child, &to) });
            }
            self.execute(
                "INSERT INTO copies (from_report, to_report, share, direction, evidence, passages, unseen_parent, fingerprint)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    edge.from.to_string(),
                    edge.to.to_string(),
                    crate::convert::score(edge.share),
                    edge.direction.name(),
                    json!(edge.evidence).to_string(),
                    json!(passages).to_string(),
                    edge.unseen_parent,
                    fingerprint,
                ],
            )?;
        }
        self.set_copied_shares(copies, texts)
    }

    /// Share of each report's story that stands in reports it was copied from.
    fn set_copied_shares(&mut self, copies: &[CopyEdge], texts: &mut Texts) -> Result<(), Error> {
        let mut copied: BTreeMap<ReportId, Vec<Span>> = BTreeMap::new();
        for edge in copies.iter().filter(|edge| edge.direction != onrecord_model::Direction::Unknown) {
            copied.entry(edge.to).or_default().extend(edge.passages.iter().map(|(_, child)| *child));
        }
        let had: BTreeMap<String, f64> = {
            let told = told(&self.path);
            let mut ask = self
                .connection
                .prepare_cached("SELECT id, copied_share FROM reports WHERE copied_share <> 0")
                .map_err(&told)?;
            let rows = ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.and_then(Iterator::collect).map_err(&told)?
        };
        let mut wanted = BTreeMap::new();
        for (report, spans) in copied {
            let (key, points) = self.text(report, texts)?;
            let share = covered(spans, &points) / self.story_length(key)?.max(1.0);
            wanted.insert(report.to_string(), crate::convert::score(share as f32));
        }
        let set = "UPDATE reports SET copied_share = ?2 WHERE id = ?1";
        for id in had.keys().filter(|id| !wanted.contains_key(*id)) {
            self.execute(set, params![id, 0.0])?;
        }
        for (id, share) in wanted.iter().filter(|(id, share)| had.get(*id) != Some(share)) {
            self.execute(set, params![id, share])?;
        }
        Ok(())
    }

    /// Code points of the blocks that belong to the story.
    fn story_length(&self, key: i64) -> Result<f64, Error> {
        let blocks: String = self
            .connection
            .prepare_cached("SELECT blocks FROM reports WHERE key = ?1")
            .and_then(|mut ask| ask.query_row([key], |row| row.get(0)))
            .map_err(told(&self.path))?;
        let blocks: Vec<(String, u32, u32)> =
            serde_json::from_str(&blocks).map_err(|_| self.damaged("the blocks of a report cannot be read"))?;
        let story = blocks.iter().filter(|(kind, ..)| matches!(kind.as_str(), "standfirst" | "body" | "list"));
        Ok(story.map(|(_, start, end)| f64::from(end - start)).sum())
    }

    fn set_stories(&mut self, stories: &[Story]) -> Result<(), Error> {
        let remove = ["UPDATE reports SET story = NULL WHERE story = ?1", "DELETE FROM stories WHERE id = ?1"];
        let stored = "SELECT id, fingerprint FROM stories";
        for (id, fingerprint, story) in self.changed_links(stored, &remove, stories, |story| hex(story.id))? {
            self.execute(
                "INSERT INTO stories (id, title, first_day, last_day, fingerprint) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, story.title, story.from, story.to, fingerprint],
            )?;
            for report in &story.reports {
                let set = "UPDATE reports SET story = ?2 WHERE id = ?1";
                if self.execute(set, params![report.to_string(), id])? == 0 {
                    return Err(self.unsourced(format!("story {id} cites report {report}, which is not in the record")));
                }
            }
        }
        Ok(())
    }

    fn set_events(&mut self, events: &[Event], texts: &mut Texts) -> Result<(), Error> {
        let stored = "SELECT id, fingerprint FROM events";
        let remove = ["DELETE FROM events WHERE id = ?1"];
        for (id, fingerprint, event) in self.changed_links(stored, &remove, events, |event| hex(event.id))? {
            let passages = self.passages(&event.passages, texts)?;
            let reports: Vec<String> = event.reports.iter().map(ReportId::to_string).collect();
            self.execute(
                "INSERT INTO events (id, story, value, first_day, last_day, what, passages, reports, fingerprint)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    id,
                    event.story.map(hex),
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
    fn passages(&mut self, passages: &[Passage], texts: &mut Texts) -> Result<Vec<PassageRow>, Error> {
        let mut rows = Vec::new();
        for passage in passages {
            let (_, points) = self.text(passage.report, texts)?;
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
    fn text(&mut self, report: ReportId, texts: &mut Texts) -> Result<(i64, Arc<CodePoints>), Error> {
        if let Some((key, points)) = texts.held.get(&report) {
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
        if texts.bytes > TEXT_BYTES_MAX {
            *texts = Texts::default();
        }
        texts.bytes += text.len();
        let points = Arc::new(CodePoints::new(&text.into()));
        texts.held.insert(report, (key, points.clone()));
        Ok((key, points))
    }

    /// Rule: no row without a passage.
    fn in_text(&self, report: ReportId, span: Span, points: &CodePoints) -> Result<(), Error> {
        match points.text().get(span.start() as usize..span.end() as usize) {
            Some(words) if !words.is_empty() => Ok(()),
            _ => {
                Err(self.unsourced(format!("a link cites bytes {span:?} of report {report}, which are no words of it")))
            }
        }
    }

    fn unsourced(&self, what: String) -> Error {
        Error::Unsourced { path: self.path.clone(), what }
    }
}

/// Code points that the spans cover, each counted once.
fn covered(mut spans: Vec<Span>, points: &CodePoints) -> f64 {
    spans.sort_unstable();
    let (mut sum, mut reached) = (0, 0);
    for span in spans {
        let (start, end) = points.range(span);
        sum += end.max(reached) - start.max(reached);
        reached = reached.max(end);
    }
    f64::from(sum)
}

/// What tells whether a link changed. Texts never change, so the model's own offsets are enough.
fn fingerprint(link: &impl Debug) -> i64 {
    let hash = Sha256::digest(format!("{link:?}").as_bytes());
    i64::from_le_bytes(hash[..8].try_into().expect("a SHA-256 has 32 bytes"))
}
