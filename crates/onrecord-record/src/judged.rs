//! What users decided: kept beside the evidence, named by passages, replayed by connecting.

use crate::error::{Error, told};
use crate::open::Record;
use crate::query::{Of, Take, json};
use crate::rows::PassageRow;
use crate::write::Build;
use onrecord_model::ReportId;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// A decision of a user on who is who.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JudgementRow {
    /// When it was made, RFC 3339. The later one of two that contradict each other counts.
    pub made: String,
    /// Durable id: what was decided, by whom, when.
    pub id: String,
    /// Who decided; may be empty.
    pub by: String,
    /// Why; may be empty.
    pub why: String,
    /// `same`: both passages mean one. `different`: the other passage means somebody else. `name`: whom the passage means
    /// is called so.
    pub kind: String,
    /// The name, where it is one.
    pub name: Option<String>,
    /// A mention.
    pub one: PassageRow,
    /// Another mention.
    pub other: Option<PassageRow>,
    /// When it was taken back, RFC 3339.
    pub undone: Option<String>,
}

impl JudgementRow {
    /// Gives the decision its id.
    pub fn with_id(mut self) -> JudgementRow {
        let place = |passage: &PassageRow| json!([passage.report, passage.start, passage.end]);
        let content = json!([
            self.made,
            self.by,
            self.why,
            self.kind,
            self.name,
            place(&self.one),
            self.other.as_ref().map(place)
        ]);
        let hash = Sha256::digest(content.to_string().as_bytes());
        self.id = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        self
    }
}

const COLUMNS: &str = "made, id, by, why, kind, name, one, other, undone";

fn judgement(row: &Row) -> rusqlite::Result<JudgementRow> {
    Ok(JudgementRow {
        made: row.get("made")?,
        id: row.get("id")?,
        by: row.get("by")?,
        why: row.get("why")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        one: json(row, 6)?,
        other: row.get::<_, Option<String>>("other")?.map(|_| json(row, 7)).transpose()?,
        undone: row.get("undone")?,
    })
}

/// All decisions, in the order in which they count; of one moment splits first. A record of the format before has none.
fn judgements(connection: &Connection) -> rusqlite::Result<Vec<JudgementRow>> {
    let there = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'judgements')";
    if !connection.query_row(there, [], |row| row.get::<_, bool>(0))? {
        return Ok(Vec::new());
    }
    let mut ask = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM judgements ORDER BY made, kind, id"))?;
    ask.query_map([], judgement)?.collect()
}

/// The chain that is mentioned at a passage, or nearest to it where another version of the program found other mentions.
const CHAIN_AT: &str = "SELECT chains.ord, chains.entity FROM mentions JOIN chains ON chains.key = mentions.chain
     WHERE chains.report = (SELECT key FROM reports WHERE id = ?1) AND mentions.start < ?3 AND mentions.\"end\" > ?2
     ORDER BY abs(mentions.start - ?2) + abs(mentions.\"end\" - ?3), chains.ord LIMIT 1";

impl Build {
    /// All decisions, in the order in which they count.
    pub fn judgements(&self) -> Result<Vec<JudgementRow>, Error> {
        judgements(&self.connection).map_err(told(&self.path))
    }

    /// Keeps a decision; one that the record has is left as it is.
    pub fn add_judgement(&mut self, judgement: &JudgementRow) -> Result<(), Error> {
        let JudgementRow { made, id, by, why, kind, name, one, other, undone } = judgement;
        let (one, other) = (json!(one).to_string(), other.as_ref().map(|passage| json!(passage).to_string()));
        self.execute(
            &format!("INSERT OR IGNORE INTO judgements ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
            params![made, id, by, why, kind, name, one, other, undone],
        )
        .map(|_| ())
    }

    /// Takes a decision back; it stays in the record as undone. Whether there was one to take back.
    pub fn undo_judgement(&mut self, id: &str, when: &str) -> Result<bool, Error> {
        let undo = "UPDATE judgements SET undone = ?2 WHERE id = ?1 AND undone IS NULL";
        Ok(self.execute(undo, [id, when])? > 0)
    }

    /// The chain (report, place in its reading) that a passage mentions.
    pub fn chain_at(&self, passage: &PassageRow) -> Result<Option<(ReportId, u32)>, Error> {
        let Ok(report) = passage.report.parse() else { return Ok(None) };
        let place = params![passage.report, passage.start, passage.end];
        let ask = self.connection.prepare_cached(CHAIN_AT);
        let chain = ask.and_then(|mut ask| ask.query_row(place, |row| row.get(0)).optional());
        Ok(chain.map_err(told(&self.path))?.map(|chain| (report, chain)))
    }

    /// Whether an entity is only described, never named: nobody knows whether two descriptions mean one.
    pub fn is_unnamed(&self, entity: &str) -> Result<bool, Error> {
        let ask = self.connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM entities WHERE id = ?1 AND solo)");
        ask.and_then(|mut ask| ask.query_row([entity], |row| row.get(0))).map_err(told(&self.path))
    }

    /// The first mention of each chain that means an entity, by report, then place.
    pub fn mentions_of(&self, entity: &str) -> Result<Vec<PassageRow>, Error> {
        let told = told(&self.path);
        let mut ask = self
            .connection
            .prepare_cached(
                "SELECT reports.id, mentions.start, mentions.\"end\", mentions.exact
                 FROM chains JOIN reports ON reports.key = chains.report
                 JOIN mentions ON mentions.key = (SELECT key FROM mentions WHERE chain = chains.key
                                                  ORDER BY kind <> 'name', start, \"end\" LIMIT 1)
                 WHERE chains.entity = ?1 ORDER BY reports.id, mentions.start",
            )
            .map_err(&told)?;
        let rows = ask.query_map([entity], |row| {
            Ok(PassageRow { report: row.get(0)?, start: row.get(1)?, end: row.get(2)?, exact: row.get(3)? })
        });
        rows.and_then(Iterator::collect).map_err(&told)
    }
}

impl Record {
    /// Decisions of users, in the order in which they count: all, or those on an entity.
    pub fn each_judgement(&self, of: Of, take: Take<JudgementRow>) -> Result<(), Error> {
        for judgement in judgements(&self.connection).map_err(told(&self.path))? {
            let wanted = match of {
                Of::Entity(entity) => self.names_entity(&judgement, entity)?,
                Of::Id(id) => judgement.id == id,
                _ => true,
            };
            if wanted {
                take(judgement)?;
            }
        }
        Ok(())
    }

    fn names_entity(&self, judgement: &JudgementRow, entity: &str) -> Result<bool, Error> {
        for passage in std::iter::once(&judgement.one).chain(&judgement.other) {
            if self.entity_at(passage)?.as_deref() == Some(entity) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Id of the entity that a passage mentions.
    pub fn entity_at(&self, passage: &PassageRow) -> Result<Option<String>, Error> {
        let place = params![passage.report, passage.start, passage.end];
        let ask = self.connection.prepare_cached(CHAIN_AT);
        let entity = ask.and_then(|mut ask| ask.query_row(place, |row| row.get(1)).optional());
        Ok(entity.map_err(told(&self.path))?.flatten())
    }
}
