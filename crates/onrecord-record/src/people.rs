//! People, organisations, … across reports.

use crate::error::{Error, told};
use crate::ids::hex;
use crate::kept::ordered;
use crate::links::fingerprint;
use crate::rows::{PassageRow, RoleRow};
use crate::write::Build;
use onrecord_model::{Entity, Label, ReportId};
use rusqlite::params;
use serde_json::json;

/// Chains that are given an entity of their own at a time.
const ALONE_MAX: usize = 4096;

/// A chain without an entity: key, id, kind, name, roles, report.
type Alone = (i64, String, String, String, String, String);

impl Build {
    /// Makes an entity of a unit the record's, in the place of the one of the same id. Which chains mean it is told by
    /// [`Build::set_entity_of`].
    pub fn set_entity(&mut self, entity: &Entity, unit: u64) -> Result<(), Error> {
        let Entity { kind, name, aliases, .. } = entity;
        let (id, fingerprint) = (hex(entity.id), fingerprint(&(kind, name, aliases, &entity.roles, unit)));
        match self.stored_fingerprint("SELECT fingerprint FROM entities WHERE id = ?1", &id)? {
            Some(stored) if stored == fingerprint => return Ok(()),
            Some(_) => self.drop_entity(&id)?,
            None => {}
        }
        let mut roles = Vec::new();
        for role in &entity.roles {
            roles.push(RoleRow {
                title: role.title.clone(),
                organisation: role.organisation.clone(),
                from: role.from.clone(),
                to: role.to.clone(),
                passages: self.passages(&role.passages)?,
            });
        }
        self.execute(
            "INSERT INTO entities (id, kind, name, aliases, roles, solo, unit, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
            params![
                id,
                kind.name(),
                name,
                json!(aliases).to_string(),
                json!(roles).to_string(),
                ordered(unit),
                fingerprint,
            ],
        )
        .map(|_| ())
    }

    /// Removes an entity. Its chains are another's by now, or gone.
    pub fn drop_entity(&mut self, id: &str) -> Result<(), Error> {
        self.execute("DELETE FROM entities WHERE id = ?1", [id]).map(|_| ())
    }

    /// Gives a figure, and its chains, their entity.
    pub fn set_entity_of(&mut self, figure: i64, chains: &[(ReportId, u32)], entity: u64) -> Result<(), Error> {
        let id = hex(entity);
        self.execute("UPDATE figures SET entity = ?2 WHERE key = ?1", params![figure, id])?;
        for (report, chain) in chains {
            let key = self.report_key(&report.to_string())?;
            let alone =
                "DELETE FROM entities WHERE solo AND id = (SELECT id FROM chains WHERE report = ?1 AND ord = ?2)";
            self.execute(alone, params![key, chain])?;
            let set = "UPDATE chains SET entity = ?3 WHERE report = ?1 AND ord = ?2";
            if self.execute(set, params![key, chain, id])? == 0 {
                return Err(self.unsourced(format!(
                    "entity {id} cites mention chain {chain} of report {report}, which has no such chain"
                )));
            }
        }
        Ok(())
    }

    /// To be called when all links are set: every chain that is linked to no other becomes an entity by itself, so that
    /// every id in the record has its row, and own-voice sentences in no statement go.
    pub fn finish_links(&mut self) -> Result<(), Error> {
        loop {
            let alone = self.alone()?;
            for (key, id, kind, name, roles, report) in &alone {
                let roles = self.solo_roles(roles, report)?;
                self.execute(
                    "INSERT INTO entities (id, kind, name, aliases, roles, solo, fingerprint)
                     VALUES (?1, ?2, ?3, '[]', ?4, 1, 0)",
                    params![id, kind, name, json!(roles).to_string()],
                )?;
                self.execute("UPDATE chains SET entity = ?2 WHERE key = ?1", params![key, id])?;
            }
            if alone.len() < ALONE_MAX {
                return self.drop_idle_own_voice();
            }
        }
    }

    fn alone(&self) -> Result<Vec<Alone>, Error> {
        let told = told(&self.path);
        let mut ask = self
            .connection
            .prepare_cached(
                "SELECT chains.key, chains.id, chains.kind, chains.name, chains.roles, reports.id
                 FROM chains JOIN reports ON reports.key = chains.report WHERE entity IS NULL LIMIT ?1",
            )
            .map_err(&told)?;
        let rows = ask.query_map([ALONE_MAX], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        });
        rows.and_then(Iterator::collect).map_err(&told)
    }

    fn solo_roles(&mut self, roles: &str, report: &str) -> Result<Vec<RoleRow>, Error> {
        let stored: Vec<crate::rows::ChainRoleRow> =
            serde_json::from_str(roles).map_err(|_| self.damaged("the roles of a chain cannot be read"))?;
        let mut rows: Vec<RoleRow> = Vec::new();
        for role in stored {
            let id = report.parse().map_err(|_| self.damaged("a report's id is no id"))?;
            let (_, points) = self.text(id)?;
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
}
