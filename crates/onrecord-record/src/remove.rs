//! Taking reports out of a record, with everything that rests on them alone.

use crate::error::{Error, told};
use crate::kept::ordered;
use crate::open::FORGET_LINKS;
use crate::write::Build;
use onrecord_model::ReportId;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

impl Build {
    /// Takes a report out, with its utterances, mentions, times and notes, what was kept of it for connecting, its statements
    /// and the edges into it; all other links are for connecting to mend. Its postings go by the keys and the minute that were
    /// kept with it. Whether the record had it.
    pub fn remove(&mut self, id: ReportId, minute: i64, keys: &[u64]) -> Result<bool, Error> {
        let name = id.to_string();
        if self.report_key(&name)?.is_none() {
            return Ok(false);
        }
        let mut pages = self.pages_of(id)?;
        self.bereft.append(&mut pages);
        self.added.retain(|added| *added != id);
        self.execute("UPDATE reports SET version_of = NULL WHERE version_of = ?1", [&name])?;
        self.forget(id, minute, keys)?;
        self.take_out(id)?;
        self.execute("DELETE FROM copies WHERE to_report = ?1", [&name])?;
        Ok(true)
    }

    /// Removes the rows that came with a reading.
    pub(crate) fn take_out(&mut self, id: ReportId) -> Result<(), Error> {
        let Some(key) = self.report_key(&id.to_string())? else { return Ok(()) };
        self.texts.drop(id);
        for statement in self.statements_of(id)? {
            self.drop_statement(&statement)?;
        }
        let rows = [
            "INSERT INTO utterances_search (utterances_search, rowid, words, speaker_name, source_exact)
             SELECT 'delete', key, words, speaker_name, source_exact FROM utterances WHERE report = ?1",
            "DELETE FROM utterances WHERE report = ?1",
            "DELETE FROM mentions WHERE chain IN (SELECT key FROM chains WHERE report = ?1)",
            "DELETE FROM entities WHERE solo AND id IN (SELECT id FROM chains WHERE report = ?1)",
            "DELETE FROM chains WHERE report = ?1",
            "DELETE FROM times WHERE report = ?1",
            "DELETE FROM notes WHERE report = ?1",
            "INSERT INTO reports_search (reports_search, rowid, title, text)
             SELECT 'delete', key, title, text FROM reports WHERE key = ?1",
            "DELETE FROM reports WHERE key = ?1",
        ];
        for sql in rows {
            self.execute(sql, [key])?;
        }
        Ok(())
    }

    /// Forgets all links, and of all reports but these what is kept of them: another version of the program made it.
    pub fn forget_links(&mut self, fresh: &BTreeSet<ReportId>, digests_too: bool) -> Result<(), Error> {
        self.write_postings()?;
        self.connection.execute_batch(FORGET_LINKS).map_err(told(&self.path))?;
        if digests_too {
            self.connection
                .execute_batch("CREATE TEMP TABLE IF NOT EXISTS fresh (report INTEGER PRIMARY KEY); DELETE FROM fresh;")
                .map_err(told(&self.path))?;
            for report in fresh {
                self.execute("INSERT INTO fresh (report) VALUES (?1)", [ordered(report.0)])?;
            }
            for table in ["digests", "postings"] {
                self.execute(&format!("DELETE FROM {table} WHERE report NOT IN (SELECT report FROM fresh)"), [])?;
            }
        }
        Ok(())
    }

    /// Key of a report.
    pub(crate) fn report_key(&self, id: &str) -> Result<Option<i64>, Error> {
        let ask = self.connection.prepare_cached("SELECT key FROM reports WHERE id = ?1");
        ask.and_then(|mut ask| ask.query_row([id], |row| row.get(0)).optional()).map_err(told(&self.path))
    }

    /// Ids of the statements that stand in a report.
    pub fn statements_of(&self, id: ReportId) -> Result<Vec<String>, Error> {
        let told = told(&self.path);
        let sql = "SELECT DISTINCT statement FROM utterances
                   WHERE report = (SELECT key FROM reports WHERE id = ?1) AND statement IS NOT NULL";
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map([id.to_string()], |row| row.get(0));
        rows.and_then(Iterator::collect).map_err(&told)
    }

    /// Removes a statement; its own-voice sentences go with the next cleaning.
    pub(crate) fn drop_statement(&mut self, id: &str) -> Result<(), Error> {
        self.execute("UPDATE utterances SET statement = NULL WHERE statement = ?1", [id])?;
        self.execute(
            "INSERT INTO statements_search (statements_search, rowid, gist)
             SELECT 'delete', key, gist FROM statements WHERE id = ?1",
            [id],
        )?;
        self.execute("DELETE FROM statements WHERE id = ?1", [id]).map(|_| ())
    }

    /// Sets the notes of a report to those that it had under another key.
    pub(crate) fn keep_notes(&mut self, notes: &[i64], id: ReportId) -> Result<(), Error> {
        let Some(key) = self.report_key(&id.to_string())? else { return Ok(()) };
        self.execute("DELETE FROM notes WHERE report = ?1", [key])?;
        for note in notes {
            self.execute("UPDATE notes SET report = ?2 WHERE key = ?1", params![note, key])?;
        }
        Ok(())
    }
}
