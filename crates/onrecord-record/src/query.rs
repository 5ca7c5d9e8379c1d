//! Reading rows out of a record, always in an order that depends on the content alone.

use crate::error::{Error, told};
use crate::open::Record;
use crate::rows::{
    AnonymityRow, BlockRow, CopyRow, EntityRow, EventRow, EventWhen, MentionRow, NamedRow, OriginsRow, PersonKindRow,
    RecordedMention, RecordedNote, RecordedReport, RecordedTime, RecordedUtterance, ReportRow, SaidRow, SpeakerRow,
    StatementRow, StoryRow, TimeRow, UtteranceRow, Words,
};
use onrecord_model::OriginMap;
use rusqlite::types::FromSql;
use rusqlite::{Row, RowIndex, params};
use serde::de::DeserializeOwned;

/// Which rows a question is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of<'a> {
    /// All.
    All,
    /// The one with this id.
    Id(&'a str),
    /// Those of a report.
    Report(&'a str),
    /// Those of a statement.
    Statement(&'a str),
    /// Those of a story.
    Story(&'a str),
    /// Those that an entity speaks (utterances), or that mention it (reports, mentions).
    Entity(&'a str),
    /// Those said to an entity.
    To(&'a str),
    /// Reports that are the next version of this one.
    VersionOf(&'a str),
}

impl<'a> Of<'a> {
    /// The id that is asked for.
    pub(crate) fn value(self) -> &'a str {
        match self {
            Of::All => "",
            Of::Id(id)
            | Of::Report(id)
            | Of::Statement(id)
            | Of::Story(id)
            | Of::Entity(id)
            | Of::To(id)
            | Of::VersionOf(id) => id,
        }
    }
}

/// Takes one row after the other; may stop with an error of its own.
pub type Take<'t, T> = &'t mut dyn FnMut(T) -> Result<(), Error>;

impl Record {
    /// Reports by id.
    pub fn each_report(&self, of: Of, take: Take<RecordedReport>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT {REPORT_COLUMNS}, sha256, file, story, copied_share, version_of
                 FROM reports WHERE {condition} ORDER BY id"
            )
        };
        self.each(of, &sql, report_conditions, recorded_report, take)
    }

    /// Utterances by report, then in the order of the reading; own-voice sentences after them.
    pub fn each_utterance(&self, of: Of, take: Take<RecordedUtterance>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT u.id, u.within, u.form, u.stance, u.source_start, u.source_end, u.source_exact, u.cue_start, u.cue_end,
                 u.cue_exact, u.content, u.words, speaker.entity, u.speaker_name, addressee.entity, u.addressee_name,
                 u.addressee_start, u.addressee_end, u.addressee_exact, u.basis, u.anonymous_count, u.anonymous_described_as,
                 u.anonymous_reason, u.via, u.said_value, u.said_start, u.said_end, u.score, reports.id, u.statement, u.report
                 FROM utterances AS u JOIN reports ON reports.key = u.report
                 LEFT JOIN chains AS speaker ON speaker.key = u.speaker_chain
                 LEFT JOIN chains AS addressee ON addressee.key = u.addressee_chain
                 WHERE {condition} ORDER BY reports.id, u.ord IS NULL, u.ord, u.id"
            )
        };
        let conditions = |of: &Of| match of {
            Of::All => "?1 = ?1",
            Of::Id(_) => "u.id = ?1",
            Of::Report(_) => "u.report = (SELECT key FROM reports WHERE id = ?1)",
            Of::Statement(_) => "u.statement = ?1",
            Of::Story(_) => "reports.story = ?1",
            Of::Entity(_) => "u.speaker_chain IN (SELECT key FROM chains WHERE entity = ?1)",
            Of::To(_) => "u.addressee_chain IN (SELECT key FROM chains WHERE entity = ?1)",
            Of::VersionOf(_) => "reports.version_of = ?1",
        };
        let read = |row: &Row| self.recorded_utterance(row);
        self.each(of, &sql, conditions, read, take)
    }

    /// Mentions by report, then place.
    pub fn each_mention(&self, of: Of, take: Take<RecordedMention>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT m.start, m.\"end\", m.exact, m.kind, reports.id, chains.entity
                 FROM mentions AS m JOIN chains ON chains.key = m.chain JOIN reports ON reports.key = m.report
                 WHERE {condition} ORDER BY reports.id, m.start, m.\"end\", chains.ord"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Report(_) => "chains.report = (SELECT key FROM reports WHERE id = ?1)",
            Of::Story(_) => "reports.story = ?1",
            Of::Entity(_) => "chains.entity = ?1",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(RecordedMention {
                mention: MentionRow { start: row.get(0)?, end: row.get(1)?, exact: row.get(2)?, kind: row.get(3)? },
                report: row.get(4)?,
                entity: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// What the people of reports are said to do, each with its words and its report: by kind, then report and place.
    pub fn each_person_kind(&self, of: Of, take: Take<(PersonKindRow, String)>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT chains.person_kind, reports.id FROM chains JOIN reports ON reports.key = chains.report
                 WHERE chains.person_kind IS NOT NULL AND {condition}
                 ORDER BY chains.person_kind ->> '$.kind', reports.id, chains.person_kind ->> '$.start', chains.ord"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Report(_) => "chains.report = (SELECT key FROM reports WHERE id = ?1)",
            Of::Story(_) => "reports.story = ?1",
            Of::Entity(_) => "chains.entity = ?1",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| Ok((json(row, 0)?, row.get(1)?));
        self.each(of, &sql, conditions, read, take)
    }

    /// Time expressions by report, then place.
    pub fn each_time(&self, of: Of, take: Take<RecordedTime>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT t.start, t.\"end\", t.exact, t.type, t.value, t.rule, t.anchor, reports.id
                 FROM times AS t JOIN reports ON reports.key = t.report
                 WHERE {condition} ORDER BY reports.id, t.start, t.\"end\", t.value"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Report(_) => "t.report = (SELECT key FROM reports WHERE id = ?1)",
            Of::Story(_) => "reports.story = ?1",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(RecordedTime {
                time: TimeRow {
                    start: row.get(0)?,
                    end: row.get(1)?,
                    exact: row.get(2)?,
                    kind: row.get(3)?,
                    value: row.get(4)?,
                    rule: row.get(5)?,
                    anchor: row.get(6)?,
                },
                report: row.get(7)?,
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// Notes by report (none first), file and place.
    pub fn each_note(&self, of: Of, take: Take<RecordedNote>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT reports.id, notes.file, notes.start, notes.\"end\", notes.note
                 FROM notes LEFT JOIN reports ON reports.key = notes.report
                 WHERE {condition} ORDER BY reports.id, notes.file, notes.start, notes.\"end\", notes.note"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Report(_) => "notes.report = (SELECT key FROM reports WHERE id = ?1)",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(RecordedNote {
                report: row.get(0)?,
                file: row.get(1)?,
                start: row.get(2)?,
                end: row.get(3)?,
                note: row.get(4)?,
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// Entities by id.
    pub fn each_entity(&self, of: Of, take: Take<EntityRow>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT id, kind, name, aliases, roles,
                 (SELECT json_group_array(report) FROM (SELECT DISTINCT reports.id AS report
                  FROM chains JOIN reports ON reports.key = chains.report WHERE chains.entity = entities.id ORDER BY 1))
                 FROM entities WHERE {condition} ORDER BY id"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Id(_) => "id = ?1",
            Of::Report(_) => "id IN (SELECT entity FROM chains WHERE report = (SELECT key FROM reports WHERE id = ?1))",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(EntityRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                name: row.get(2)?,
                aliases: json(row, 3)?,
                roles: json(row, 4)?,
                reports: json(row, 5)?,
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// Statements by id.
    pub fn each_statement(&self, of: Of, take: Take<StatementRow>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT id, gist, first_reported, origins_min, origins_max, roots, reasons, conflicts,
                 (SELECT json_group_array(id) FROM (SELECT id FROM utterances WHERE statement = statements.id ORDER BY id)),
                 (SELECT json_group_array(report) FROM (SELECT DISTINCT reports.id AS report FROM utterances
                  JOIN reports ON reports.key = utterances.report WHERE statement = statements.id ORDER BY 1))
                 FROM statements WHERE {condition} ORDER BY id"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Id(_) => "id = ?1",
            Of::Report(_) => {
                "id IN (SELECT statement FROM utterances WHERE report = (SELECT key FROM reports WHERE id = ?1))"
            }
            Of::Story(_) => {
                "id IN (SELECT statement FROM utterances JOIN reports ON reports.key = utterances.report WHERE story = ?1)"
            }
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(StatementRow {
                id: row.get(0)?,
                gist: row.get(1)?,
                first_reported: row.get(2)?,
                origins: OriginsRow {
                    min: row.get(3)?,
                    max: row.get(4)?,
                    roots: json(row, 5)?,
                    reasons: json(row, 6)?,
                },
                conflicts: json(row, 7)?,
                utterances: json(row, 8)?,
                reports: json(row, 9)?,
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// Copies by parent, then child.
    pub fn each_copy(&self, of: Of, take: Take<CopyRow>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT from_report, to_report, share, direction, evidence, passages, unseen_parent
                 FROM copies WHERE {condition} ORDER BY from_report, to_report"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Report(_) => "from_report = ?1 OR to_report = ?1",
            Of::Story(_) => "to_report IN (SELECT id FROM reports WHERE story = ?1)",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(CopyRow {
                from: row.get(0)?,
                to: row.get(1)?,
                share: row.get(2)?,
                direction: row.get(3)?,
                evidence: json(row, 4)?,
                passages: json(row, 5)?,
                unseen_parent: row.get(6)?,
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// Stories by id.
    pub fn each_story(&self, of: Of, take: Take<StoryRow>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT id, title, first_day, last_day, (SELECT json_group_array(report) FROM
                 (SELECT id AS report FROM reports WHERE story = stories.id ORDER BY published IS NULL, published, id))
                 FROM stories WHERE {condition} ORDER BY id"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Id(_) | Of::Story(_) => "id = ?1",
            Of::Report(_) => "id = (SELECT story FROM reports WHERE id = ?1)",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(StoryRow {
                id: row.get(0)?,
                title: row.get(1)?,
                from: row.get(2)?,
                to: row.get(3)?,
                reports: json(row, 4)?,
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// Events by first day, then id.
    pub fn each_event(&self, of: Of, take: Take<EventRow>) -> Result<(), Error> {
        let sql = |condition: &str| {
            format!(
                "SELECT id, story, value, first_day, last_day, what, passages, reports
                 FROM events WHERE {condition} ORDER BY first_day, last_day, id"
            )
        };
        let conditions = |of: &Of| match of {
            Of::Id(_) => "id = ?1",
            Of::Story(_) => "story = ?1",
            Of::Report(_) => "EXISTS (SELECT 1 FROM json_each(reports) WHERE value = ?1)",
            _ => "?1 = ?1",
        };
        let read = |row: &Row| {
            Ok(EventRow {
                id: row.get(0)?,
                story: row.get(1)?,
                when: EventWhen { value: row.get(2)?, from: row.get(3)?, to: row.get(4)? },
                what: row.get(5)?,
                passages: json(row, 6)?,
                reports: json(row, 7)?,
            })
        };
        self.each(of, &sql, conditions, read, take)
    }

    /// Sentences of a report as half-open code points, and the runs that lead back to the bytes of its input.
    pub fn layout(&self, report: &str) -> Result<(Vec<(u32, u32)>, OriginMap), Error> {
        let ask = self.connection.prepare_cached("SELECT sentences, origin FROM reports WHERE id = ?1");
        let read = |row: &Row| Ok((json(row, 0)?, origin(row.get_ref(1)?.as_blob().unwrap_or_default())));
        ask.and_then(|mut ask| ask.query_row([report], read)).map_err(told(&self.path))
    }

    /// All rows that a question gives, in a list.
    pub fn all<T>(&self, ask: impl FnOnce(Take<T>) -> Result<(), Error>) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        ask(&mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// One number.
    pub(crate) fn number<T: FromSql>(&self, sql: &str, values: impl rusqlite::Params) -> Result<T, Error> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut ask| ask.query_row(values, |row| row.get(0)))
            .map_err(told(&self.path))
    }

    fn each<T>(
        &self,
        of: Of,
        sql: &dyn Fn(&str) -> String,
        conditions: impl Fn(&Of) -> &'static str,
        read: impl Fn(&Row) -> rusqlite::Result<T>,
        take: Take<T>,
    ) -> Result<(), Error> {
        let told = told(&self.path);
        let mut ask = self.connection.prepare_cached(&sql(conditions(&of))).map_err(&told)?;
        let mut rows = ask.query([of.value()]).map_err(&told)?;
        while let Some(row) = rows.next().map_err(&told)? {
            take(read(row).map_err(&told)?)?;
        }
        Ok(())
    }

    fn recorded_utterance(&self, row: &Row) -> rusqlite::Result<RecordedUtterance> {
        let report: i64 = row.get(30)?;
        let mut via = Vec::new();
        for (chain, name, start, end, exact) in json::<Vec<(Option<i64>, String, u32, u32, String)>>(row, 23)? {
            let entity = match chain {
                None => None,
                Some(ord) => self
                    .connection
                    .prepare_cached("SELECT entity FROM chains WHERE report = ?1 AND ord = ?2")?
                    .query_row(params![report, ord], |row| row.get(0))?,
            };
            via.push(NamedRow { entity, name, start, end, exact });
        }
        let speaker = match row.get::<_, Option<String>>(13)? {
            Some(name) => Some(SpeakerRow { entity: row.get(12)?, name }),
            None => None,
        };
        let addressee = match (words(row, 16)?, row.get::<_, Option<String>>(15)?) {
            (Some(Words { start, end, exact }), Some(name)) => {
                Some(NamedRow { entity: row.get(14)?, name, start, end, exact })
            }
            _ => None,
        };
        let anonymity = match row.get(21)? {
            Some(described_as) => Some(AnonymityRow { count: row.get(20)?, described_as, reason: row.get(22)? }),
            None => None,
        };
        let said = match (row.get(24)?, row.get(25)?, row.get(26)?) {
            (Some(value), Some(start), Some(end)) => Some(SaidRow { value, start, end }),
            _ => None,
        };
        Ok(RecordedUtterance {
            utterance: UtteranceRow {
                id: row.get(0)?,
                within: row.get(1)?,
                form: row.get(2)?,
                stance: row.get(3)?,
                source: words(row, 4)?,
                cue: words(row, 7)?,
                content: content(&json::<Vec<(u32, u32)>>(row, 10)?, row.get_ref(11)?.as_str()?),
                speaker,
                addressee,
                basis: row.get(19)?,
                anonymity,
                via,
                said,
                score: row.get(27)?,
            },
            report: row.get(28)?,
            statement: row.get(29)?,
        })
    }
}

/// What [`report_row`] reads.
pub(crate) const REPORT_COLUMNS: &str =
    "id, name, title, outlet, authors, credit, dateline, url, published, language, text, blocks";

pub(crate) fn report_conditions(of: &Of) -> &'static str {
    match of {
        Of::Id(_) | Of::Report(_) => "id = ?1",
        Of::Story(_) => "story = ?1",
        Of::Statement(_) => "key IN (SELECT report FROM utterances WHERE statement = ?1)",
        Of::Entity(_) | Of::To(_) => "key IN (SELECT report FROM chains WHERE entity = ?1)",
        Of::VersionOf(_) => "version_of = ?1",
        Of::All => "?1 = ?1",
    }
}

/// The columns of a report as read, all by their names.
pub(crate) fn report_row(row: &Row) -> rusqlite::Result<ReportRow> {
    let blocks = json::<Vec<(String, u32, u32)>>(row, "blocks")?;
    Ok(ReportRow {
        id: row.get("id")?,
        name: row.get("name")?,
        title: row.get("title")?,
        outlet: row.get("outlet")?,
        authors: json(row, "authors")?,
        credit: row.get("credit")?,
        dateline: row.get("dateline")?,
        url: row.get("url")?,
        published: row.get("published")?,
        language: row.get("language")?,
        text: row.get("text")?,
        blocks: blocks.into_iter().map(|(kind, start, end)| BlockRow { kind, start, end }).collect(),
    })
}

fn recorded_report(row: &Row) -> rusqlite::Result<RecordedReport> {
    Ok(RecordedReport {
        report: report_row(row)?,
        sha256: row.get("sha256")?,
        file: row.get("file")?,
        story: row.get("story")?,
        copied_share: row.get("copied_share")?,
        version_of: row.get("version_of")?,
    })
}

/// Start, end and characters in three columns, from `first` on.
fn words(row: &Row, first: usize) -> rusqlite::Result<Option<Words>> {
    Ok(match (row.get(first)?, row.get(first + 1)?, row.get(first + 2)?) {
        (Some(start), Some(end), Some(exact)) => Some(Words { start, end, exact }),
        _ => None,
    })
}

/// Takes the joined words of a content apart: the lengths of its parts say where.
pub(crate) fn content(parts: &[(u32, u32)], joined: &str) -> Vec<Words> {
    let mut letters = joined.chars();
    let mut part = |(start, end): &(u32, u32)| {
        let exact: String = letters.by_ref().take((end - start) as usize).collect();
        let gap = " … ".chars().count();
        letters.by_ref().take(gap).for_each(drop);
        Words { start: *start, end: *end, exact }
    };
    parts.iter().map(&mut part).collect()
}

/// Runs of an origin map as stored.
pub(crate) fn origin(bytes: &[u8]) -> OriginMap {
    let number = |at: &[u8]| u32::from_le_bytes(at.try_into().expect("four bytes"));
    let run = |run: &[u8]| [number(&run[..4]), number(&run[4..8]), number(&run[8..12]), number(&run[12..])];
    OriginMap { runs: bytes.chunks_exact(16).map(run).collect() }
}

/// A column of JSON, by its name or number.
pub(crate) fn json<T: DeserializeOwned>(row: &Row, column: impl RowIndex + Copy) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| {
        let column = column.idx(row.as_ref()).unwrap_or_default();
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}
