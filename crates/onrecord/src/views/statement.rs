//! A statement: all wordings, the way back to its origins, and what contradicts it.

use super::passages::Texts;
use super::{Citation, StatementHead, Wording, wordings};
use crate::Error;
use onrecord_record::rows::OriginsRow;
use onrecord_record::{Of, Record};
use serde::Serialize;

/// A conflict or a change between two wordings. No verdict.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ConflictView {
    /// `number`, `polarity`, `date`, `changed`, `hedge-dropped` or `source-upgraded`.
    pub kind: String,
    /// Id of the other statement, or of the same one.
    pub with: String,
    /// The clearest wording of the other statement; none where it is the same one.
    pub with_gist: Option<String>,
    /// The earlier words.
    pub earlier: Citation,
    /// The later words.
    pub later: Citation,
}

/// A statement.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatementView {
    /// The line of the ledger.
    pub statement: StatementHead,
    /// By publication.
    pub wordings: Vec<Wording>,
    /// How many independent origins, with roots and reasons.
    pub origins: OriginsRow,
    /// Conflicts and changes.
    pub conflicts: Vec<ConflictView>,
    /// Where each wording's report has these words from, when it copied them; in the order of the wordings.
    pub copied_from: Vec<Option<Citation>>,
}

/// The statement with this id.
pub fn statement(record: &Record, id: &str) -> Result<StatementView, Error> {
    let Some(head) = record.statement_heads(Of::Id(id), 1)?.into_iter().next() else {
        return Err(Error::unknown("statement", id));
    };
    let row = record.all(|take| record.each_statement(Of::Id(id), take))?.into_iter().next();
    let Some(row) = row else { return Err(Error::unknown("statement", id)) };
    let mut texts = Texts::new(record);
    let utterances = record.all(|take| record.each_utterance(Of::Statement(id), take))?;
    let mut wordings = wordings(&mut texts, utterances)?;
    wordings.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut conflicts = Vec::new();
    for conflict in row.conflicts {
        let [earlier, later] = conflict.passages.as_slice() else { continue };
        let with_gist = match conflict.with == id {
            true => None,
            false => record.statement_heads(Of::Id(&conflict.with), 1)?.into_iter().next().map(|other| other.gist),
        };
        conflicts.push(ConflictView {
            kind: conflict.kind,
            with: conflict.with,
            with_gist,
            earlier: texts.passage(earlier)?,
            later: texts.passage(later)?,
        });
    }
    let copied_from = wordings.iter().map(|wording| parent(&mut texts, wording)).collect::<Result<_, _>>()?;
    Ok(StatementView { statement: head, wordings, origins: row.origins, conflicts, copied_from })
}

/// The words that a wording was copied from.
fn parent(texts: &mut Texts, wording: &Wording) -> Result<Option<Citation>, Error> {
    let record = texts.record();
    let here = &wording.citation;
    for copy in record.all(|take| record.each_copy(Of::Report(&here.report), take))? {
        let known = copy.to == here.report && copy.unseen_parent.is_none() && copy.direction != "unknown";
        let pair = copy.passages.iter().find(|pair| pair.to.start < here.end && here.start < pair.to.end);
        if let Some(pair) = pair.filter(|_| known) {
            return texts.citation(&copy.from, pair.from.start, pair.from.end).map(Some);
        }
    }
    Ok(None)
}

/// By publication (the undated last), then report and place.
pub(super) fn order(wording: &Wording) -> (bool, &Option<String>, &str, u32) {
    let citation = &wording.citation;
    (citation.published.is_none(), &citation.published, &citation.report, citation.start)
}
