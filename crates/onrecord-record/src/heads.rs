//! Short rows for lists: what a line of the desk shows, without texts and passages.

use crate::error::Error;
use crate::error::told;
use crate::open::Record;
use crate::query::{Of, json, report_conditions};
use rusqlite::Row;
use serde::Serialize;

/// A report without its text.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportHead {
    /// Durable id.
    pub id: String,
    /// File stem or the input's own id.
    pub name: String,
    /// Headline.
    pub title: String,
    /// Who published.
    pub outlet: String,
    /// Who wrote.
    pub authors: Vec<String>,
    /// Agency or paper credited for the whole report.
    pub credit: String,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// Address.
    pub url: String,
    /// Path of the input as given.
    pub file: String,
    /// Id of its story.
    pub story: Option<String>,
    /// Share of the story that stands in a report it was copied from.
    pub copied_share: f64,
    /// Id of the earlier version of the same page.
    pub version_of: Option<String>,
    /// Utterances in it, without own-voice sentences.
    pub utterances: u32,
    /// Those of them whose speaker is unnamed.
    pub anonymous: u32,
}

/// A statement without its wordings.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatementHead {
    /// Durable id.
    pub id: String,
    /// The clearest wording.
    pub gist: String,
    /// First day reported.
    pub first_reported: Option<String>,
    /// Certain origins.
    pub origins_min: u32,
    /// Possible origins.
    pub origins_max: u32,
    /// Wordings.
    pub utterances: u32,
    /// Reports.
    pub reports: u32,
    /// Every basis among its wordings, sorted.
    pub bases: Vec<String>,
    /// Every kind of conflict or change, sorted.
    pub conflicts: Vec<String>,
    /// Ids of the stories it stands in, sorted.
    pub stories: Vec<String>,
    /// Outlets that have it, sorted.
    pub outlets: Vec<String>,
}

/// A person, organisation, … in one line.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntityHead {
    /// Durable id.
    pub id: String,
    /// `person`, `organisation`, …
    pub kind: String,
    /// Fullest name.
    pub name: String,
    /// Titles, each once, in the order of the record.
    pub roles: Vec<String>,
    /// Reports that mention it.
    pub reports: u32,
    /// Utterances that it speaks.
    pub utterances: u32,
}

/// What one outlet's reports rest on.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OutletHead {
    /// Who published; may be empty.
    pub outlet: String,
    /// Its reports.
    pub reports: u32,
    /// Those of them that are copied for half or more.
    pub copied: u32,
    /// Their utterances, without own-voice sentences.
    pub utterances: u32,
    /// Utterances of named people.
    pub named: u32,
    /// Utterances of unnamed people.
    pub anonymous: u32,
}

/// How much a record holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Totals {
    /// Reports.
    pub reports: u32,
    /// Utterances, without own-voice sentences.
    pub utterances: u32,
    /// Statements.
    pub statements: u32,
    /// Stories.
    pub stories: u32,
    /// People.
    pub people: u32,
    /// Outlets that have a name.
    pub outlets: u32,
    /// Notes.
    pub notes: u32,
}

/// Names with what a line of a list shows of them.
const ENTITY_HEAD: &str = "SELECT e.id, e.kind, e.name, e.roles, count(DISTINCT c.report) AS spread,
     sum((SELECT count(*) FROM utterances WHERE speaker_chain = c.key)) AS spoken
     FROM entities AS e JOIN chains AS c ON c.entity = e.id";

fn entity_head(row: &Row) -> rusqlite::Result<EntityHead> {
    let mut roles: Vec<String> = Vec::new();
    for role in json::<Vec<crate::rows::RoleRow>>(row, 3)? {
        if !roles.contains(&role.title) {
            roles.push(role.title);
        }
    }
    Ok(EntityHead {
        id: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        roles,
        reports: row.get(4)?,
        utterances: row.get(5)?,
    })
}

impl Record {
    /// How much the record holds.
    pub fn totals(&self) -> Result<Totals, Error> {
        Ok(Totals {
            reports: self.number("SELECT count(*) FROM reports", [])?,
            utterances: self.number("SELECT count(*) FROM utterances WHERE ord IS NOT NULL", [])?,
            statements: self.number("SELECT count(*) FROM statements", [])?,
            stories: self.number("SELECT count(*) FROM stories", [])?,
            people: self.number("SELECT count(*) FROM entities WHERE kind = 'person' AND NOT solo", [])?,
            outlets: self.number("SELECT count(DISTINCT outlet) FROM reports WHERE outlet <> ''", [])?,
            notes: self.number("SELECT count(*) FROM notes", [])?,
        })
    }

    /// Reports by publication (the undated last), then name and id.
    pub fn report_heads(&self, of: Of, limit: u32) -> Result<Vec<ReportHead>, Error> {
        let condition = report_conditions(&of);
        let sql = format!(
            "SELECT id, name, title, outlet, authors, credit, published, url, file, story, copied_share, version_of,
             (SELECT count(*) FROM utterances WHERE report = reports.key AND ord IS NOT NULL) AS utterances,
             (SELECT count(*) FROM utterances WHERE report = reports.key AND basis = 'anonymous') AS anonymous
             FROM reports WHERE {condition} ORDER BY published IS NULL, published, name, id LIMIT ?2"
        );
        self.list(&sql, of.value(), limit, |row| {
            Ok(ReportHead {
                id: row.get("id")?,
                name: row.get("name")?,
                title: row.get("title")?,
                outlet: row.get("outlet")?,
                authors: json(row, "authors")?,
                credit: row.get("credit")?,
                published: row.get("published")?,
                url: row.get("url")?,
                file: row.get("file")?,
                story: row.get("story")?,
                copied_share: row.get("copied_share")?,
                version_of: row.get("version_of")?,
                utterances: row.get("utterances")?,
                anonymous: row.get("anonymous")?,
            })
        })
    }

    /// Statements: those in most reports first, then the earliest.
    pub fn statement_heads(&self, of: Of, limit: u32) -> Result<Vec<StatementHead>, Error> {
        let condition = match of {
            Of::Id(_) | Of::Statement(_) => "s.id = ?1",
            Of::Report(_) => {
                "s.id IN (SELECT statement FROM utterances WHERE report = (SELECT key FROM reports WHERE id = ?1))"
            }
            Of::Story(_) => {
                "s.id IN (SELECT statement FROM utterances JOIN reports ON reports.key = report WHERE story = ?1)"
            }
            Of::Entity(_) | Of::To(_) => {
                "s.id IN (SELECT statement FROM utterances WHERE speaker_chain IN (SELECT key FROM chains WHERE entity = ?1))"
            }
            Of::VersionOf(_) | Of::All => "?1 = ?1",
        };
        let sql = format!(
            "SELECT s.id, s.gist, s.first_reported, s.origins_min, s.origins_max, count(*), count(DISTINCT u.report) AS spread,
             json_group_array(DISTINCT u.basis),
             (SELECT json_group_array(kind) FROM
              (SELECT DISTINCT json_extract(value, '$.kind') AS kind FROM json_each(s.conflicts) ORDER BY 1)),
             json_group_array(DISTINCT reports.story), json_group_array(DISTINCT reports.outlet)
             FROM statements AS s JOIN utterances AS u ON u.statement = s.id JOIN reports ON reports.key = u.report
             WHERE {condition} GROUP BY s.id
             ORDER BY spread DESC, s.origins_min DESC, s.origins_max DESC, s.first_reported IS NULL, s.first_reported, s.id LIMIT ?2"
        );
        self.list(&sql, of.value(), limit, |row| {
            let mut bases: Vec<String> = json(row, 7)?;
            let mut stories: Vec<String> = json::<Vec<Option<String>>>(row, 9)?.into_iter().flatten().collect();
            let mut outlets: Vec<String> = json(row, 10)?;
            bases.sort();
            stories.sort();
            outlets.sort();
            Ok(StatementHead {
                id: row.get(0)?,
                gist: row.get(1)?,
                first_reported: row.get(2)?,
                origins_min: row.get(3)?,
                origins_max: row.get(4)?,
                utterances: row.get(5)?,
                reports: row.get(6)?,
                bases,
                conflicts: json(row, 8)?,
                stories,
                outlets,
            })
        })
    }

    /// Entities of a kind: those that speak most first, then those in most reports. An empty kind means all.
    pub fn entity_heads(&self, of: Of, kind: &str, limit: u32) -> Result<Vec<EntityHead>, Error> {
        let condition = match of {
            Of::Id(_) | Of::Entity(_) | Of::To(_) => "e.id = ?1",
            Of::Report(_) => "c.report = (SELECT key FROM reports WHERE id = ?1)",
            Of::Story(_) => "c.report IN (SELECT key FROM reports WHERE story = ?1)",
            Of::Statement(_) => "c.key IN (SELECT speaker_chain FROM utterances WHERE statement = ?1)",
            Of::VersionOf(_) | Of::All => "?1 = ?1",
        };
        let kind = match kind {
            "" => String::new(),
            // The kind is one of the program's own words; quoting it keeps any other text harmless.
            kind => format!("AND e.kind = '{}'", kind.replace('\'', "''")),
        };
        self.entities_where(&format!("{condition} {kind}"), of, limit)
    }

    /// People whom some report names, in the same order: "a witness" is a source, and nobody to look up.
    pub fn named_people(&self, of: Of, limit: u32) -> Result<Vec<EntityHead>, Error> {
        let condition = match of {
            Of::Story(_) => "c.report IN (SELECT key FROM reports WHERE story = ?1)",
            _ => "?1 = ?1",
        };
        self.entities_where(&format!("{condition} AND e.kind = 'person' AND NOT e.solo"), of, limit)
    }

    fn entities_where(&self, condition: &str, of: Of, limit: u32) -> Result<Vec<EntityHead>, Error> {
        let sql = format!(
            "{ENTITY_HEAD} WHERE {condition}
             GROUP BY e.id ORDER BY spoken DESC, spread DESC, e.name, e.id LIMIT ?2"
        );
        self.list(&sql, of.value(), limit, entity_head)
    }

    /// Other entities of the same kind whose name has the last word of this one's.
    pub fn entity_namesakes(&self, id: &str, limit: u32) -> Result<Vec<EntityHead>, Error> {
        let Some(own) = self.entity_heads(Of::Id(id), "", 1)?.into_iter().next() else { return Ok(Vec::new()) };
        let last = own.name.split_whitespace().next_back().unwrap_or_default().replace(['%', '_', '\\'], "");
        if last.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let sql = format!(
            "{ENTITY_HEAD} WHERE e.name LIKE ?1 AND e.kind = '{}' AND e.id <> '{}'
             GROUP BY e.id ORDER BY spoken DESC, spread DESC, e.name, e.id LIMIT ?2",
            own.kind.replace('\'', "''"),
            own.id.replace('\'', "''"),
        );
        self.list(&sql, &format!("%{last}%"), limit, entity_head)
    }

    /// Outlets by number of reports, then name.
    pub fn outlet_heads(&self, limit: u32) -> Result<Vec<OutletHead>, Error> {
        let sql = "SELECT outlet, count(*) AS size, sum(copied_share >= 0.5),
             sum((SELECT count(*) FROM utterances WHERE report = reports.key AND ord IS NOT NULL)),
             sum((SELECT count(*) FROM utterances WHERE report = reports.key AND basis = 'named')),
             sum((SELECT count(*) FROM utterances WHERE report = reports.key AND basis = 'anonymous'))
             FROM reports WHERE ?1 = ?1 GROUP BY outlet ORDER BY size DESC, outlet LIMIT ?2";
        self.list(sql, "", limit, |row| {
            Ok(OutletHead {
                outlet: row.get(0)?,
                reports: row.get(1)?,
                copied: row.get(2)?,
                utterances: row.get(3)?,
                named: row.get(4)?,
                anonymous: row.get(5)?,
            })
        })
    }

    /// Parent, child and share of every copy.
    pub fn copy_shares(&self) -> Result<Vec<(String, String, f64)>, Error> {
        let sql = "SELECT from_report, to_report, share FROM copies WHERE ?1 = ?1 ORDER BY 1, 2 LIMIT ?2";
        self.list(sql, "", u32::MAX, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    fn list<T>(
        &self,
        sql: &str,
        value: &str,
        limit: u32,
        read: impl Fn(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut ask = self.connection.prepare_cached(sql).map_err(told(&self.path))?;
        let rows = ask.query_map(rusqlite::params![value, limit], |row| read(row)).map_err(told(&self.path))?;
        rows.collect::<Result<_, _>>().map_err(told(&self.path))
    }
}
