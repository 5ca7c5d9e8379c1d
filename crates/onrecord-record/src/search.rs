//! Full-text search over reports, utterances and statements.

use crate::error::{Error, told};
use crate::open::Record;
use crate::query::{content, json};
use crate::rows::Words;
use serde::Serialize;

/// Around matched words in a highlighted text. Noncharacters, which no text has a use for.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// Matched words of one report that are shown.
const PASSAGES_MAX: usize = 3;

/// What was found.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Hit {
    /// `report`, `utterance` or `statement`.
    pub kind: String,
    /// Durable id of it.
    pub id: String,
    /// Id of the report that the words stand in; none for a statement.
    pub report: Option<String>,
    /// Speaker of an utterance.
    pub speaker: Option<String>,
    /// The words: matched ones of a report with what stands around them, an utterance's content, a statement's gist.
    pub text: String,
    /// Where the words stand in the report.
    pub passages: Vec<Words>,
}

impl Record {
    /// What has all words of `query`, the best first; words in double quotes must follow each other. Every other character
    /// of the query is only a gap between words. At most `limit` hits a kind.
    pub fn search(&self, query: &str, limit: u32) -> Result<Vec<Hit>, Error> {
        let Some(query) = match_expression(query) else { return Ok(Vec::new()) };
        let mut hits = self.search_statements(&query, limit)?;
        hits.extend(self.search_utterances(&query, limit)?);
        hits.extend(self.search_reports(&query, limit)?);
        Ok(hits)
    }

    fn search_statements(&self, query: &str, limit: u32) -> Result<Vec<Hit>, Error> {
        let told = told(&self.path);
        let mut ask = self
            .connection
            .prepare_cached(
                "SELECT statements.id, statements.gist FROM statements_search
                 JOIN statements ON statements.key = statements_search.rowid
                 WHERE statements_search MATCH ?1 ORDER BY bm25(statements_search), statements.id LIMIT ?2",
            )
            .map_err(&told)?;
        let hits = ask.query_map(rusqlite::params![query, limit], |row| {
            Ok(Hit {
                kind: "statement".to_owned(),
                id: row.get(0)?,
                report: None,
                speaker: None,
                text: row.get(1)?,
                passages: Vec::new(),
            })
        });
        hits.and_then(Iterator::collect).map_err(&told)
    }

    fn search_utterances(&self, query: &str, limit: u32) -> Result<Vec<Hit>, Error> {
        let told = told(&self.path);
        let mut ask = self
            .connection
            .prepare_cached(
                "SELECT u.id, reports.id, u.speaker_name, u.content, u.words FROM utterances_search
                 JOIN utterances AS u ON u.key = utterances_search.rowid JOIN reports ON reports.key = u.report
                 WHERE utterances_search MATCH ?1 ORDER BY bm25(utterances_search), u.id LIMIT ?2",
            )
            .map_err(&told)?;
        let hits = ask.query_map(rusqlite::params![query, limit], |row| {
            let text: String = row.get(4)?;
            Ok(Hit {
                kind: "utterance".to_owned(),
                id: row.get(0)?,
                report: row.get(1)?,
                speaker: row.get(2)?,
                passages: content(&json::<Vec<(u32, u32)>>(row, 3)?, &text),
                text,
            })
        });
        hits.and_then(Iterator::collect).map_err(&told)
    }

    fn search_reports(&self, query: &str, limit: u32) -> Result<Vec<Hit>, Error> {
        let told = told(&self.path);
        let mut ask = self
            .connection
            .prepare_cached(
                "SELECT reports.id, reports.title, reports.text, highlight(reports_search, 1, ?3, ?4) FROM reports_search
                 JOIN reports ON reports.key = reports_search.rowid
                 WHERE reports_search MATCH ?1 ORDER BY bm25(reports_search), reports.id LIMIT ?2",
            )
            .map_err(&told)?;
        let marks = (OPEN.to_string(), CLOSE.to_string());
        let hits = ask.query_map(rusqlite::params![query, limit, marks.0, marks.1], |row| {
            let id: String = row.get(0)?;
            let passages = marked(row.get_ref(2)?.as_str()?, row.get_ref(3)?.as_str()?);
            let title = row.get_ref(1)?.as_str()?;
            let text = match passages.first() {
                Some(first) => around(row.get_ref(2)?.as_str()?, first),
                None => title.to_owned(),
            };
            Ok(Hit { kind: "report".to_owned(), report: Some(id.clone()), id, speaker: None, text, passages })
        });
        hits.and_then(Iterator::collect).map_err(&told)
    }
}

/// The user's words as an FTS5 expression: each word and each phrase quoted, so that nothing in them is syntax.
fn match_expression(query: &str) -> Option<String> {
    let mut terms = Vec::new();
    for (at, part) in query.split('"').enumerate() {
        let words: Vec<&str> =
            part.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        match at % 2 {
            1 if !words.is_empty() => terms.push(format!("\"{}\"", words.join(" "))),
            _ => terms.extend(words.iter().map(|word| format!("\"{word}\""))),
        }
    }
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// Places of matched words: `marked` is `text` with marks around them.
fn marked(text: &str, marked: &str) -> Vec<Words> {
    let mut found = Vec::new();
    let mut open: Option<(u32, String)> = None;
    let mut letters = text.chars();
    let mut at = 0;
    let mut next = letters.next();
    for letter in marked.chars() {
        // A mark is what the text itself does not have here.
        if next == Some(letter) {
            if let Some((_, exact)) = &mut open {
                exact.push(letter);
            }
            at += 1;
            next = letters.next();
        } else if letter == OPEN {
            open = Some((at, String::new()));
        } else if letter == CLOSE
            && let Some((start, exact)) = open.take()
        {
            found.push(Words { start, end: at, exact });
            if found.len() == PASSAGES_MAX {
                break;
            }
        }
    }
    found
}

/// Some words before and after.
fn around(text: &str, words: &Words) -> String {
    const LETTERS: u32 = 70;
    let from = words.start.saturating_sub(LETTERS);
    let taken: String = text.chars().skip(from as usize).take((words.end - from + LETTERS) as usize).collect();
    let mut shown = taken.split_whitespace().collect::<Vec<_>>();
    // The outer words may be cut; the paragraph's edges are not.
    if from > 0 && shown.len() > 2 {
        shown.remove(0);
    }
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_user_types_is_syntax() {
        let expression = |query| match_expression(query).unwrap_or_default();
        assert_eq!(expression("harbour wall"), r#""harbour" AND "wall""#);
        assert_eq!(
            expression(r#"said "the harbour, wall" NOT (fell*)"#),
            r#""said" AND "the harbour wall" AND "NOT" AND "fell""#
        );
        assert_eq!(expression("\"' * ( ) :"), "");
        assert_eq!(expression("\"unclosed phrase"), "\"unclosed phrase\"");
    }

    #[test]
    fn marks_give_places() {
        let words = |start, end, exact: &str| Words { start, end, exact: exact.to_owned() };
        let text = "Élise fell. She fell";
        let with = format!("Élise {OPEN}fell{CLOSE}. She {OPEN}fell{CLOSE}");
        assert_eq!(marked(text, &with), [words(6, 10, "fell"), words(16, 20, "fell")]);
    }
}
