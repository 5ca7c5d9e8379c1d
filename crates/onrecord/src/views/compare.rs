//! Two reports that share text, side by side.

use crate::Error;
use onrecord_record::rows::{AlignedRow, CopyRow, RecordedReport};
use onrecord_record::{Of, Record};
use serde::Serialize;

/// Two reports that share text.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Comparison {
    /// What they share, and who copied whom.
    pub edge: CopyRow,
    /// The parent, or either where the direction is unknown.
    pub from: RecordedReport,
    /// The child.
    pub to: RecordedReport,
    /// What changed in copied text, as kinds of conflict (`number`, `hedge-dropped`, …), sorted.
    pub changes: Vec<String>,
}

/// The two reports with these ids, in either order.
pub fn comparison(record: &Record, one: &str, other: &str) -> Result<Comparison, Error> {
    let edges = record.all(|take| record.each_copy(Of::Report(one), take))?;
    let edge = edges.into_iter().find(|edge| edge.from == other || edge.to == other);
    let Some(edge) = edge else { return Err(Error::unknown("shared text", &format!("{one} and {other}"))) };
    let whole =
        |id: &str| record.all(|take| record.each_report(Of::Id(id), take)).map(|found| found.into_iter().next());
    let (from, to) = (whole(&edge.from)?, whole(&edge.to)?);
    let Some((from, to)) = from.zip(to) else { return Err(Error::unknown("report", other)) };
    let mut changes: Vec<String> = Vec::new();
    if edge.passages.iter().any(figures_differ) {
        changes.push("number".to_owned());
    }
    for statement in record.all(|take| record.each_statement(Of::Report(&to.report.id), take))? {
        for conflict in &statement.conflicts {
            let in_report = |id: &str| conflict.passages.iter().any(|passage| passage.report == id);
            if in_report(&edge.from) && in_report(&edge.to) {
                changes.push(conflict.kind.clone());
            }
        }
    }
    changes.sort();
    changes.dedup();
    Ok(Comparison { edge, from, to, changes })
}

/// Whether aligned words have other figures.
fn figures_differ(pair: &AlignedRow) -> bool {
    fn figures(text: &str) -> impl Iterator<Item = &str> {
        let words = text.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit()));
        words.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()))
    }
    !figures(&pair.from.exact).eq(figures(&pair.to.exact))
}
