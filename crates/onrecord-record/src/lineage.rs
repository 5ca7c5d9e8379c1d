//! Copies and stories: which report took which words from which other, and which tell one course of events.

use crate::code_points::CodePoints;
use crate::convert::words;
use crate::error::{Error, told};
use crate::ids::hex;
use crate::kept::{ordered, unordered};
use crate::links::fingerprint;
use crate::rows::AlignedRow;
use crate::write::Build;
use onrecord_model::{CopyEdge, Direction, Label, ReportId, Span, Story};
use rusqlite::{OptionalExtension, params};
use serde_json::json;
use std::collections::BTreeMap;

impl Build {
    /// Makes these the edges into a report, each with the bytes that connecting wants kept of it. Gives the parents, old
    /// and new, whose edge changed.
    pub fn set_edges_into(&mut self, child: ReportId, edges: &[(CopyEdge, Vec<u8>)]) -> Result<Vec<ReportId>, Error> {
        let to = child.to_string();
        let mut stored: BTreeMap<String, i64> = {
            let told = told(&self.path);
            let sql = "SELECT from_report, fingerprint FROM copies WHERE to_report = ?1";
            let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
            let rows = ask.query_map([&to], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.and_then(Iterator::collect).map_err(&told)?
        };
        let mut changed = Vec::new();
        let mut wanted = Vec::new();
        for (edge, bytes) in edges {
            let (from, fingerprint) = (edge.from.to_string(), fingerprint(edge));
            if stored.get(&from) == Some(&fingerprint) {
                stored.remove(&from);
            } else {
                changed.push(edge.from);
                wanted.push((fingerprint, edge, bytes));
            }
        }
        for from in stored.keys() {
            changed.extend(from.parse::<ReportId>());
            self.execute("DELETE FROM copies WHERE from_report = ?1 AND to_report = ?2", [from, &to])?;
        }
        for (fingerprint, edge, bytes) in wanted {
            self.add_edge(fingerprint, edge, bytes)?;
        }
        if !changed.is_empty() {
            self.set_copied_share(child, edges)?;
        }
        Ok(changed)
    }

    fn add_edge(&mut self, fingerprint: i64, edge: &CopyEdge, bytes: &[u8]) -> Result<(), Error> {
        let (_, from) = self.text(edge.from)?;
        let (_, to) = self.text(edge.to)?;
        let mut passages = Vec::new();
        for (parent, child) in &edge.passages {
            self.in_text(edge.from, *parent, &from)?;
            self.in_text(edge.to, *child, &to)?;
            passages.push(AlignedRow { from: words(*parent, &from), to: words(*child, &to) });
        }
        self.execute(
            "INSERT INTO copies
             (from_report, to_report, share, direction, evidence, passages, unseen_parent, bytes, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                edge.from.to_string(),
                edge.to.to_string(),
                crate::convert::score(edge.share),
                edge.direction.name(),
                json!(edge.evidence).to_string(),
                json!(passages).to_string(),
                edge.unseen_parent,
                bytes,
                fingerprint,
            ],
        )
        .map(|_| ())
    }

    /// Share of a report's story that stands in reports it was copied from.
    fn set_copied_share(&mut self, child: ReportId, edges: &[(CopyEdge, Vec<u8>)]) -> Result<(), Error> {
        let directed = edges.iter().filter(|(edge, _)| edge.direction != Direction::Unknown);
        let spans: Vec<Span> = directed.flat_map(|(edge, _)| edge.passages.iter().map(|(_, child)| *child)).collect();
        let (key, points) = self.text(child)?;
        let share = covered(spans, &points) / self.story_length(key)?.max(1.0);
        self.execute(
            "UPDATE reports SET copied_share = ?2 WHERE key = ?1 AND copied_share <> ?2",
            params![key, crate::convert::score(share as f32)],
        )
        .map(|_| ())
    }

    /// What connecting keeps of the edges into a report, by parent.
    pub fn edges_into(&self, child: ReportId) -> Result<Vec<Vec<u8>>, Error> {
        let told = told(&self.path);
        let sql = "SELECT bytes FROM copies WHERE to_report = ?1 ORDER BY from_report";
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map([child.to_string()], |row| row.get(0));
        rows.and_then(Iterator::collect).map_err(&told)
    }

    /// Reports into which an edge leads from this one, by id.
    pub fn copied_by(&self, parent: ReportId) -> Result<Vec<ReportId>, Error> {
        let told = told(&self.path);
        let sql = "SELECT to_report FROM copies WHERE from_report = ?1 ORDER BY to_report";
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map([parent.to_string()], |row| row.get::<_, String>(0));
        let ids: Vec<String> = rows.and_then(Iterator::collect).map_err(&told)?;
        Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
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

    /// The story of a report; none for a report that is in none, or not in the record.
    pub fn story_of(&self, report: ReportId) -> Result<Option<u64>, Error> {
        let ask = self.connection.prepare_cached("SELECT story FROM reports WHERE id = ?1");
        let story: Option<Option<String>> = ask
            .and_then(|mut ask| ask.query_row([report.to_string()], |row| row.get(0)).optional())
            .map_err(told(&self.path))?;
        Ok(story.flatten().and_then(|id| u64::from_str_radix(&id, 16).ok()))
    }

    /// The reports of a story, by id.
    pub fn story_members(&self, story: u64) -> Result<Vec<ReportId>, Error> {
        let told = told(&self.path);
        let mut ask =
            self.connection.prepare_cached("SELECT id FROM reports WHERE story = ?1 ORDER BY id").map_err(&told)?;
        let rows = ask.query_map([hex(story)], |row| row.get::<_, String>(0));
        let ids: Vec<String> = rows.and_then(Iterator::collect).map_err(&told)?;
        Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// Makes a story the record's, in the place of the one of the same id. Its reports are told by
    /// [`Build::set_story_of`].
    pub fn set_story(&mut self, story: &Story) -> Result<(), Error> {
        let (id, fingerprint) = (hex(story.id), fingerprint(&(&story.title, &story.from, &story.to)));
        if self.stored_fingerprint("SELECT fingerprint FROM stories WHERE id = ?1", &id)? == Some(fingerprint) {
            return Ok(());
        }
        self.execute("DELETE FROM stories WHERE id = ?1", [&id])?;
        self.execute(
            "INSERT INTO stories (id, title, first_day, last_day, fingerprint) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, story.title, story.from, story.to, fingerprint],
        )
        .map(|_| ())
    }

    /// Removes a story. Its reports are in another by now, or in none.
    pub fn drop_story(&mut self, story: u64) -> Result<(), Error> {
        self.execute("DELETE FROM stories WHERE id = ?1", [hex(story)]).map(|_| ())
    }

    /// The story that a report was merged with and sent out of.
    pub fn stranger_of(&self, report: ReportId) -> Result<Option<u64>, Error> {
        let ask = self.connection.prepare_cached("SELECT story FROM strangers WHERE report = ?1");
        let story = ask.and_then(|mut ask| ask.query_row([ordered(report.0)], |row| row.get::<_, i64>(0)).optional());
        Ok(story.map_err(told(&self.path))?.map(unordered))
    }

    /// The reports that were sent out of a story, by id.
    pub fn strangers_of(&self, story: u64) -> Result<Vec<ReportId>, Error> {
        let told = told(&self.path);
        let sql = "SELECT report FROM strangers WHERE story = ?1 ORDER BY report";
        let mut ask = self.connection.prepare_cached(sql).map_err(&told)?;
        let rows = ask.query_map([ordered(story)], |row| Ok(ReportId(unordered(row.get(0)?))));
        rows.and_then(Iterator::collect).map_err(&told)
    }

    /// Tells of which story a report is a stranger.
    pub fn set_stranger_of(&mut self, report: ReportId, story: Option<u64>) -> Result<(), Error> {
        match story {
            Some(story) => self.execute(
                "INSERT OR REPLACE INTO strangers (report, story) VALUES (?1, ?2)",
                params![ordered(report.0), ordered(story)],
            ),
            None => self.execute("DELETE FROM strangers WHERE report = ?1", [ordered(report.0)]),
        }
        .map(|_| ())
    }

    /// Puts a report into a story, or into none.
    pub fn set_story_of(&mut self, report: ReportId, story: Option<u64>) -> Result<(), Error> {
        let set = "UPDATE reports SET story = ?2 WHERE id = ?1";
        if self.execute(set, params![report.to_string(), story.map(hex)])? == 0 {
            return Err(self.unsourced(format!("a story cites report {report}, which is not in the record")));
        }
        Ok(())
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
