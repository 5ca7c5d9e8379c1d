//! `check`: every row has its passage, every passage its characters, every id its row.

use crate::code_points::CodePoints;
use crate::error::{Error, told};
use crate::open::{Record, open_write};
use crate::query::Of;
use crate::rows::{PassageRow, RecordedReport, RecordedUtterance, Words};
use onrecord_model::{BlockKind, Label};
use std::collections::{BTreeMap, BTreeSet};

/// What a check found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// Reports looked at.
    pub reports: u32,
    /// Utterances looked at, own-voice sentences too.
    pub utterances: u32,
    /// Rows of all kinds looked at.
    pub rows: u64,
    /// Passages whose characters were compared.
    pub passages: u64,
    /// What is wrong, one sentence each. Empty for a sound record.
    pub faults: Vec<String>,
}

/// Ids that rows may name.
#[derive(Default)]
struct Ids {
    reports: BTreeSet<String>,
    utterances: BTreeSet<String>,
    entities: BTreeSet<String>,
    statements: BTreeSet<String>,
    stories: BTreeSet<String>,
}

struct Checker<'r> {
    record: &'r Record,
    ids: Ids,
    checked: Checked,
}

impl Record {
    /// Looks at every row. Reads the whole record once, report by report.
    ///
    /// # Errors
    /// A file that cannot be read at all; what is wrong with its rows is in the answer.
    pub fn check(&self) -> Result<Checked, Error> {
        let ids = Ids {
            reports: self.id_set("SELECT id FROM reports")?,
            utterances: self.id_set("SELECT id FROM utterances")?,
            entities: self.id_set("SELECT id FROM entities")?,
            statements: self.id_set("SELECT id FROM statements")?,
            stories: self.id_set("SELECT id FROM stories")?,
        };
        let mut checker = Checker { record: self, ids, checked: Checked::default() };
        checker.file()?;
        let reports: Vec<String> = checker.ids.reports.iter().cloned().collect();
        for report in &reports {
            checker.report(report)?;
        }
        checker.links()?;
        checker.search_index()?;
        Ok(checker.checked)
    }

    fn id_set(&self, sql: &str) -> Result<BTreeSet<String>, Error> {
        let mut ask = self.connection.prepare(sql).map_err(told(&self.path))?;
        let rows = ask.query_map([], |row| row.get(0)).map_err(told(&self.path))?;
        rows.collect::<Result<_, _>>().map_err(told(&self.path))
    }
}

impl Checker<'_> {
    fn fault(&mut self, sentence: String) {
        self.checked.faults.push(sentence);
    }

    /// The file as SQLite sees it, and keys that lead nowhere.
    fn file(&mut self) -> Result<(), Error> {
        let state: String = self.record.number("PRAGMA quick_check(1)", [])?;
        if state != "ok" {
            self.fault(format!("the file is damaged: {state}"));
        }
        let lost: i64 = self.record.number("SELECT count(*) FROM pragma_foreign_key_check", [])?;
        if lost > 0 {
            self.fault(format!("{lost} rows belong to a row that is not there"));
        }
        Ok(())
    }

    /// Everything that belongs to one report.
    fn report(&mut self, id: &str) -> Result<(), Error> {
        let record = self.record;
        let of = Of::Report(id);
        let Some(row) = record.all(|take| record.each_report(Of::Id(id), take))?.into_iter().next() else {
            return Ok(());
        };
        self.checked.reports += 1;
        let points = CodePoints::new(&row.report.text.as_str().into());
        self.report_row(&row, &points)?;
        for utterance in record.all(|take| record.each_utterance(of, take))? {
            self.utterance(&utterance, &points);
        }
        let joined = "SELECT count(*) FROM utterances WHERE report = (SELECT key FROM reports WHERE id = ?1) AND length(words) <>
             (SELECT sum(json_extract(value, '$[1]') - json_extract(value, '$[0]')) + 3 * (count(*) - 1) FROM json_each(content))";
        let other_words: i64 = record.number(joined, [id])?;
        if other_words > 0 {
            self.fault(format!("{other_words} utterances of report {id} have more or fewer words than their content"));
        }
        for mention in record.all(|take| record.each_mention(of, take))? {
            let words = (mention.mention.start, mention.mention.end, mention.mention.exact.as_str());
            self.exact("a mention", id, words, &points);
            self.known(&mention.entity, "entity", &format!("a mention of report {id}"));
        }
        let mentioned = "SELECT count(*) FROM chains WHERE report = (SELECT key FROM reports WHERE id = ?1)
             AND NOT EXISTS (SELECT 1 FROM mentions WHERE chain = chains.key)";
        let unmentioned: i64 = record.number(mentioned, [id])?;
        if unmentioned > 0 {
            self.fault(format!("{unmentioned} entities of report {id} have no mention"));
        }
        for time in record.all(|take| record.each_time(of, take))? {
            let time = time.time;
            self.exact("a time expression", id, (time.start, time.end, &time.exact), &points);
        }
        for note in record.all(|take| record.each_note(of, take))? {
            let place = note.start.zip(note.end).and_then(|(start, end)| points.span(start, end));
            if place.is_none() {
                self.fault(format!("a note of report {id} stands outside its text"));
            }
            self.checked.rows += 1;
        }
        Ok(())
    }

    fn report_row(&mut self, row: &RecordedReport, points: &CodePoints) -> Result<(), Error> {
        let id = &row.report.id;
        self.checked.rows += 1;
        let mut reached = 0;
        for block in &row.report.blocks {
            let inside = points.span(block.start, block.end).is_some() && block.start >= reached;
            if !inside || BlockKind::from_name(&block.kind).is_none() {
                self.fault(format!("block {}..{} of report {id} is no block of its text", block.start, block.end));
            }
            reached = block.end;
        }
        let (sentences, origin) = self.record.layout(id)?;
        if sentences.iter().any(|(start, end)| points.span(*start, *end).is_none()) {
            self.fault(format!("a sentence of report {id} stands outside its text"));
        }
        let bytes = row.report.text.len() as u64;
        let mut covered = 0;
        for [text, _, length, _] in origin.runs {
            let (from, to) = (u64::from(text), u64::from(text) + u64::from(length));
            if from < covered || to > bytes {
                self.fault(format!("the way from report {id} back to its file is out of order at byte {text}"));
            }
            covered = to;
        }
        if let Some(story) = &row.story {
            self.known(story, "story", &format!("report {id}"));
        }
        if let Some(earlier) = &row.version_of {
            self.known(earlier, "report", &format!("report {id}"));
        }
        Ok(())
    }

    fn utterance(&mut self, row: &RecordedUtterance, points: &CodePoints) {
        let utterance = &row.utterance;
        let what = format!("utterance {}", utterance.id);
        self.checked.utterances += 1;
        self.checked.rows += 1;
        if utterance.content.is_empty() {
            self.fault(format!("{what} has no content"));
        }
        for Words { start, end, exact } in utterance.content.iter().chain(&utterance.source).chain(&utterance.cue) {
            self.exact(&what, &row.report, (*start, *end, exact), points);
        }
        for named in utterance.via.iter().chain(&utterance.addressee) {
            self.exact(&what, &row.report, (named.start, named.end, &named.exact), points);
        }
        if let Some(said) = &utterance.said
            && points.span(said.start, said.end).is_none()
        {
            self.fault(format!("{what} is dated by words outside its report"));
        }
        if let Some(within) = &utterance.within {
            self.known(within, "utterance", &what);
        }
        if let Some(statement) = &row.statement {
            self.known(statement, "statement", &what);
        }
        let speaker = utterance.speaker.iter().filter_map(|speaker| speaker.entity.as_ref());
        let named = utterance.via.iter().chain(&utterance.addressee).filter_map(|named| named.entity.as_ref());
        for entity in speaker.chain(named) {
            self.known(entity, "entity", &what);
        }
        if utterance.basis == "own-voice" && row.statement.is_none() {
            self.fault(format!("{what} is in the report's own voice and words no statement"));
        }
    }

    /// Links between reports.
    fn links(&mut self) -> Result<(), Error> {
        let record = self.record;
        let mut passages: BTreeMap<String, Vec<(String, PassageRow)>> = BTreeMap::new();
        let mut later = |what: String, passage: PassageRow| {
            passages.entry(passage.report.clone()).or_default().push((what, passage));
        };
        let mut names: Vec<(String, &'static str, String)> = Vec::new();
        let mut faults = Vec::new();
        let mut rows = 0;
        record.each_entity(Of::All, &mut |entity| {
            rows += 1;
            let what = format!("entity {}", entity.id);
            if entity.reports.is_empty() {
                faults.push(format!("{what} stands in no report"));
            }
            for role in entity.roles {
                if role.passages.is_empty() {
                    faults.push(format!("{what} has the role {:?} without a passage", role.title));
                }
                role.passages.into_iter().for_each(|passage| later(what.clone(), passage));
            }
            Ok(())
        })?;
        record.each_statement(Of::All, &mut |statement| {
            rows += 1;
            let what = format!("statement {}", statement.id);
            let origins = &statement.origins;
            if statement.utterances.is_empty() {
                faults.push(format!("{what} has no wording"));
            }
            if origins.min > origins.max || origins.reasons.is_empty() {
                faults.push(format!("{what} has origins {} to {} without a reason", origins.min, origins.max));
            }
            for utterance in origins.roots.iter().flat_map(|root| &root.utterances) {
                names.push((utterance.clone(), "utterance", what.clone()));
            }
            for conflict in statement.conflicts {
                names.push((conflict.with, "statement", what.clone()));
                conflict.passages.into_iter().for_each(|passage| later(what.clone(), passage));
            }
            Ok(())
        })?;
        record.each_copy(Of::All, &mut |copy| {
            rows += 1;
            let what = format!("copy {} {}", copy.from, copy.to);
            if copy.passages.is_empty() || copy.evidence.is_empty() {
                faults.push(format!("{what} has no passage or no evidence"));
            }
            for pair in copy.passages {
                for (report, words) in [(&copy.from, pair.from), (&copy.to, pair.to)] {
                    let Words { start, end, exact } = words;
                    later(what.clone(), PassageRow { report: report.clone(), start, end, exact });
                }
            }
            Ok(())
        })?;
        record.each_story(Of::All, &mut |story| {
            rows += 1;
            if story.reports.is_empty() {
                faults.push(format!("story {} has no report", story.id));
            }
            Ok(())
        })?;
        record.each_event(Of::All, &mut |event| {
            rows += 1;
            let what = format!("event {}", event.id);
            if event.passages.is_empty() {
                faults.push(format!("{what} has no passage"));
            }
            names.extend(event.story.map(|story| (story, "story", what.clone())));
            names.extend(event.reports.into_iter().map(|report| (report, "report", what.clone())));
            event.passages.into_iter().for_each(|passage| later(what.clone(), passage));
            Ok(())
        })?;
        self.checked.rows += rows;
        self.checked.faults.append(&mut faults);
        for (id, kind, what) in names {
            self.known(&id, kind, &what);
        }
        self.cited(passages)
    }

    /// Passages that links cite, report by report.
    fn cited(&mut self, passages: BTreeMap<String, Vec<(String, PassageRow)>>) -> Result<(), Error> {
        let record = self.record;
        for (report, cited) in passages {
            let found = record.all(|take| record.each_report(Of::Id(&report), take))?.into_iter().next();
            let Some(found) = found else {
                self.fault(format!("{} cites report {report}, which is not in the record", cited[0].0));
                continue;
            };
            let points = CodePoints::new(&found.report.text.into());
            for (what, passage) in cited {
                self.exact(&what, &report, (passage.start, passage.end, &passage.exact), &points);
            }
        }
        Ok(())
    }

    /// The full-text indexes against the rows. SQLite's own comparison wants to write, so it is made by a connection of its
    /// own and taken back; where that is not possible, the numbers of rows are compared.
    fn search_index(&mut self) -> Result<(), Error> {
        for (index, rows) in
            [("reports_search", "reports"), ("utterances_search", "utterances"), ("statements_search", "statements")]
        {
            let indexed: i64 = self.record.number(&format!("SELECT count(*) FROM {index}_docsize"), [])?;
            let stored: i64 = self.record.number(&format!("SELECT count(*) FROM {rows}"), [])?;
            if indexed != stored {
                self.fault(format!("{stored} {rows} are stored and {indexed} of them can be searched"));
            }
        }
        let Ok(connection) = open_write(&self.record.path) else { return Ok(()) };
        if connection.execute_batch("BEGIN IMMEDIATE").is_err() {
            return Ok(());
        }
        for index in ["reports_search", "utterances_search", "statements_search"] {
            let compare = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
            if let Err(error) = connection.execute(&compare, []) {
                self.fault(format!("{index} does not have the words of its rows ({error})"));
            }
        }
        let _ = connection.execute_batch("ROLLBACK");
        Ok(())
    }

    /// Compares the characters of a passage.
    fn exact(&mut self, what: &str, report: &str, words: (u32, u32, &str), points: &CodePoints) {
        let (start, end, exact) = words;
        self.checked.passages += 1;
        self.checked.rows += u64::from(what.starts_with("a "));
        match points.exact(start, end) {
            Some(found) if found == exact && !exact.is_empty() => {}
            Some("") => self.fault(format!("{what} cites {start}..{end} of report {report}, where no words are")),
            Some(_) => self.fault(format!("{what} cites {start}..{end} of report {report}, where other words stand")),
            None => self.fault(format!("{what} cites {start}..{end} of report {report}, which is outside its text")),
        }
    }

    fn known(&mut self, id: &str, kind: &str, what: &str) {
        let ids = match kind {
            "report" => &self.ids.reports,
            "utterance" => &self.ids.utterances,
            "entity" => &self.ids.entities,
            "statement" => &self.ids.statements,
            _ => &self.ids.stories,
        };
        if !ids.contains(id) {
            self.fault(format!("{what} names {kind} {id}, which is not in the record"));
        }
    }
}
