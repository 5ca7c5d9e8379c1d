//! What a search found.

use super::passages::Texts;
use super::{Citation, ROWS_MAX};
use crate::Error;
use onrecord_record::Record;
use serde::Serialize;

/// One thing found.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Found {
    /// `report`, `utterance` or `statement`.
    pub kind: String,
    /// Id of it.
    pub id: String,
    /// Speaker of an utterance.
    pub speaker: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand; empty for a statement.
    pub citations: Vec<Citation>,
}

/// What a search found: statements, then utterances, then reports, the best of each first.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Search {
    /// As typed.
    pub query: String,
    /// What was found.
    pub found: Vec<Found>,
}

/// Searches a record.
pub fn search(record: &Record, query: &str) -> Result<Search, Error> {
    let mut texts = Texts::new(record);
    let mut found = Vec::new();
    for hit in record.search(query, ROWS_MAX)? {
        let mut citations = Vec::new();
        if let Some(report) = &hit.report {
            for words in &hit.passages {
                citations.push(texts.citation(report, words.start, words.end)?);
            }
        }
        found.push(Found { kind: hit.kind, id: hit.id, speaker: hit.speaker, text: hit.text, citations });
    }
    Ok(Search { query: query.to_owned(), found })
}
