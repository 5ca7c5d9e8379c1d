//! A report: its text with every utterance marked, where it was copied from, and its versions.

use super::passages::Texts;
use super::{Citation, ReportHead, StatementHead, Wording, wordings};
use crate::Error;
use onrecord_record::rows::{BlockRow, EntityRow, RecordedNote, RecordedTime};
use onrecord_record::{CodePoints, Of, Record};
use serde::Serialize;

/// What a piece of text is in an utterance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Who is credited.
    Source,
    /// The words that credit.
    Cue,
    /// What is said.
    Content,
}

/// A run of text within which nothing changes: the same parts of the same utterances.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Piece {
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub text: String,
    /// Which utterances (ids) it is part of and as what, outermost first.
    pub parts: Vec<(String, Part)>,
}

/// A block of the report in pieces.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Paragraph {
    /// `title`, `body`, `furniture`, …
    pub kind: String,
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// All of its text, cut where marks start and end.
    pub pieces: Vec<Piece>,
}

/// Text that this report shares with another.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CopyView {
    /// The other report.
    pub other: ReportHead,
    /// Whether the other is the parent, as far as known.
    pub copied_from: bool,
    /// Share of the child's story words that are copied.
    pub share: f64,
    /// `credit`, `time`, `containment` or `unknown`.
    pub direction: String,
    /// Sentences that say why.
    pub evidence: Vec<String>,
    /// Name of the unseen common parent.
    pub unseen_parent: Option<String>,
    /// Passages here and there.
    pub passages: Vec<(Citation, Citation)>,
}

/// A report.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportView {
    /// Headline, outlet, dates, counts.
    pub report: ReportHead,
    /// BCP 47 code.
    pub language: String,
    /// Place of the dateline.
    pub dateline: String,
    /// The text in blocks and pieces.
    pub paragraphs: Vec<Paragraph>,
    /// Who said what, in text order; own-voice sentences last.
    pub utterances: Vec<Wording>,
    /// Statements that stand in it.
    pub statements: Vec<StatementHead>,
    /// People, organisations, … of it.
    pub entities: Vec<EntityRow>,
    /// Time expressions, in text order.
    pub times: Vec<RecordedTime>,
    /// Text shared with other reports.
    pub copies: Vec<CopyView>,
    /// Later versions of the same page.
    pub later_versions: Vec<ReportHead>,
    /// What was left out, and why.
    pub notes: Vec<RecordedNote>,
}

/// The report with this id.
pub fn report(record: &Record, id: &str) -> Result<ReportView, Error> {
    let row = record.all(|take| record.each_report(Of::Id(id), take))?.into_iter().next();
    let head = record.report_heads(Of::Id(id), 1)?.into_iter().next();
    let Some((row, head)) = row.zip(head) else { return Err(Error::unknown("report", id)) };
    let of = Of::Report(id);
    let mut texts = Texts::new(record);
    let utterances = record.all(|take| record.each_utterance(of, take))?;
    let utterances = wordings(&mut texts, utterances)?;
    let points = CodePoints::new(&row.report.text.as_str().into());
    let marks = marks(&utterances);
    let later = record.report_heads(Of::VersionOf(id), u32::MAX)?;
    Ok(ReportView {
        report: head,
        language: row.report.language,
        dateline: row.report.dateline,
        paragraphs: paragraphs(&points, &marks, &row.report.blocks),
        statements: record.statement_heads(of, u32::MAX)?,
        entities: record.all(|take| record.each_entity(of, take))?,
        times: record.all(|take| record.each_time(of, take))?,
        copies: copies(&mut texts, id)?,
        later_versions: later,
        notes: record.all(|take| record.each_note(of, take))?,
        utterances,
    })
}

fn copies(texts: &mut Texts, id: &str) -> Result<Vec<CopyView>, Error> {
    let record = texts.record();
    let mut views = Vec::new();
    for copy in record.all(|take| record.each_copy(Of::Report(id), take))? {
        let is_child = copy.to == id;
        let other = if is_child { &copy.from } else { &copy.to };
        let Some(other) = record.report_heads(Of::Id(other), 1)?.into_iter().next() else { continue };
        let mut passages = Vec::new();
        for pair in &copy.passages {
            let from = texts.citation(&copy.from, pair.from.start, pair.from.end)?;
            let to = texts.citation(&copy.to, pair.to.start, pair.to.end)?;
            passages.push(if is_child { (to, from) } else { (from, to) });
        }
        views.push(CopyView {
            other,
            copied_from: is_child && copy.direction != "unknown",
            share: copy.share,
            direction: copy.direction,
            evidence: copy.evidence,
            unseen_parent: copy.unseen_parent,
            passages,
        });
    }
    Ok(views)
}

/// A marked range: start, end, length of the whole utterance's range, utterance, part.
struct Mark<'u> {
    start: u32,
    end: u32,
    utterance: &'u str,
    part: Part,
}

/// All marks, by start; at one start the longer first, so that outer utterances come before inner ones.
fn marks(utterances: &[Wording]) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    for utterance in utterances.iter().filter(|one| one.basis != "own-voice") {
        let id = utterance.id.as_str();
        let mut mark = |words: &onrecord_record::rows::Words, part| {
            marks.push(Mark { start: words.start, end: words.end, utterance: id, part });
        };
        utterance.source.iter().for_each(|words| mark(words, Part::Source));
        utterance.cue.iter().for_each(|words| mark(words, Part::Cue));
        utterance.content.iter().for_each(|words| mark(words, Part::Content));
    }
    marks.sort_by(|a, b| (a.start, b.end, a.utterance, a.part).cmp(&(b.start, a.end, b.utterance, b.part)));
    marks
}

/// Most marks that one piece shows; deeper nesting is not drawn (it stands in the list of utterances).
const MARKS_MAX: usize = 12;

/// The blocks, in their order, cut where marks start and end. Each mark is looked at only for the blocks that it touches.
fn paragraphs(points: &CodePoints, marks: &[Mark], blocks: &[BlockRow]) -> Vec<Paragraph> {
    let (mut next, mut lasting) = (0, Vec::new());
    let paragraph = |block: &BlockRow| {
        let coming = next;
        next += marks[next..].partition_point(|mark| mark.start < block.end);
        let mut here: Vec<&Mark> = std::mem::take(&mut lasting);
        here.extend(&marks[coming..next]);
        here.retain(|mark| mark.end > block.start);
        let pieces = pieces(points, &here, block.start, block.end);
        here.retain(|mark| mark.end > block.end);
        lasting = here;
        Paragraph { kind: block.kind.clone(), start: block.start, end: block.end, pieces }
    };
    blocks.iter().map(paragraph).collect()
}

/// Cuts a block where one of these marks starts or ends.
fn pieces(points: &CodePoints, marks: &[&Mark], start: u32, end: u32) -> Vec<Piece> {
    let mut cuts: Vec<u32> = marks
        .iter()
        .flat_map(|mark| [mark.start, mark.end])
        .filter(|cut| start < *cut && *cut < end)
        .chain([start, end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut open: Vec<&Mark> = Vec::new();
    let mut next = 0;
    let mut pieces = Vec::with_capacity(cuts.len());
    for cut in cuts.windows(2) {
        open.retain(|mark| mark.end > cut[0]);
        while next < marks.len() && marks[next].start <= cut[0] {
            open.push(marks[next]);
            next += 1;
        }
        pieces.push(Piece {
            start: cut[0],
            end: cut[1],
            text: points.exact(cut[0], cut[1]).unwrap_or_default().to_owned(),
            parts: open.iter().take(MARKS_MAX).map(|mark| (mark.utterance.to_owned(), mark.part)).collect(),
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_at_blocks_and_at_each_other() {
        let points = CodePoints::new(&"Élise said: no.\nNot ever.".into());
        let mark = |start, end, utterance, part| Mark { start, end, utterance, part };
        let marks = [mark(0, 5, "a", Part::Source), mark(12, 24, "a", Part::Content), mark(16, 19, "b", Part::Content)];
        let block = |start, end| BlockRow { kind: "body".to_owned(), start, end };
        let shown: Vec<String> = paragraphs(&points, &marks, &[block(0, 15), block(16, 25)])
            .iter()
            .flat_map(|paragraph| &paragraph.pieces)
            .map(|piece| {
                let parts: Vec<&str> = piece.parts.iter().map(|(utterance, _)| utterance.as_str()).collect();
                format!("{}[{}]", piece.text, parts.join(" "))
            })
            .collect();
        assert_eq!(shown, ["Élise[a]", " said: []", "no.[a]", "Not[a b]", " ever[a]", ".[]"]);
    }
}
