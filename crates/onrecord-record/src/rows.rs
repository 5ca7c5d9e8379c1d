//! The rows: what a reading, an export and a query give, one struct a kind.
//!
//! Field names and their order are the format that `onrecord read` and `onrecord export` print. Offsets are half-open, in
//! **Unicode code points** of the text of the report named beside them; `exact` are the very characters there.

use serde::{Deserialize, Serialize};

/// Format name at the head of every reading.
pub const READING_FORMAT: &str = "onrecord.reading/1";

/// Words of one report.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Words {
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub exact: String,
}

/// A citation: words and the report they stand in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PassageRow {
    /// Id of the report.
    pub report: String,
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub exact: String,
}

/// A run of text of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BlockRow {
    /// `title`, `standfirst`, `byline`, `dateline`, `body`, `caption`, `list` or `furniture`.
    pub kind: String,
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
}

/// A report as read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReportRow {
    /// Durable id, 16 hexadecimal digits.
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
    /// Place of the dateline.
    pub dateline: String,
    /// Address.
    pub url: String,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// BCP 47 code.
    pub language: String,
    /// The text that all offsets count in.
    pub text: String,
    /// What the text consists of.
    pub blocks: Vec<BlockRow>,
}

/// A report in a record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecordedReport {
    /// The report as read.
    #[serde(flatten)]
    pub report: ReportRow,
    /// SHA-256 of the input's bytes.
    pub sha256: String,
    /// Path of the input as given.
    pub file: String,
    /// Id of its story.
    pub story: Option<String>,
    /// Share of the story's characters that stand in a report it was copied from, 0.0 to 1.0.
    pub copied_share: f64,
    /// Id of the earlier version of the same page.
    pub version_of: Option<String>,
}

/// A title with the words that say so.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChainRoleRow {
    /// As written.
    pub title: String,
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// Whether the text says that it is past.
    pub past: bool,
}

/// Words that refer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MentionRow {
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub exact: String,
    /// `name`, `nominal` or `pronoun`.
    pub kind: String,
}

/// Kind of person with the words that say so.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonKindRow {
    /// `official`, `politician`, `spokesperson`, `expert`, `witness`, `lawyer`, `company` or `document`.
    pub kind: String,
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub exact: String,
}

/// Mentions of one thing in one report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChainRow {
    /// Durable id within the report.
    pub id: String,
    /// `person`, `organisation`, `place`, `work`, `group`, `event` or `other`.
    pub kind: String,
    /// Fullest name, or the description first used.
    pub name: String,
    /// Titles as written, each once.
    pub roles: Vec<String>,
    /// Kind of person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person_kind: Option<PersonKindRow>,
    /// In text order.
    pub mentions: Vec<MentionRow>,
}

/// A time expression.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TimeRow {
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub exact: String,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
    /// Rule that resolved it.
    pub rule: String,
    /// Day that it was resolved against.
    pub anchor: Option<String>,
}

/// Who speaks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SpeakerRow {
    /// Id of the entity.
    pub entity: Option<String>,
    /// Fullest name, or the description first used.
    pub name: String,
}

/// An addressee or a carrier: a name and the words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NamedRow {
    /// Id of the entity.
    pub entity: Option<String>,
    /// Fullest name.
    pub name: String,
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub exact: String,
}

/// How a speaker is unnamed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AnonymityRow {
    /// How many people.
    pub count: Option<u32>,
    /// The description.
    pub described_as: String,
    /// The reason given.
    pub reason: Option<String>,
}

/// When it was said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SaidRow {
    /// TIMEX3 value.
    pub value: String,
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
}

/// One report's wording of who said what.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UtteranceRow {
    /// Durable id.
    pub id: String,
    /// Id of the utterance that contains this one.
    pub within: Option<String>,
    /// `direct`, `mixed` or `indirect`.
    pub form: String,
    /// What the speaker does with the words.
    pub stance: String,
    /// Who is credited, as written.
    pub source: Option<Words>,
    /// The words that credit.
    pub cue: Option<Words>,
    /// What is said.
    pub content: Vec<Words>,
    /// Who speaks.
    pub speaker: Option<SpeakerRow>,
    /// To whom.
    pub addressee: Option<NamedRow>,
    /// On whose word; `own-voice` for a report's own sentence.
    pub basis: String,
    /// How the speaker is unnamed.
    pub anonymity: Option<AnonymityRow>,
    /// Carriers, nearest the speaker first.
    pub via: Vec<NamedRow>,
    /// When it was said.
    pub said: Option<SaidRow>,
    /// Calibrated probability, 0.0 to 1.0.
    pub score: f64,
}

impl UtteranceRow {
    /// The parts of the content in one string.
    pub fn words(&self) -> String {
        joined(self.content.iter().map(|part| part.exact.as_str()))
    }
}

/// Parts of one content as one string, as the record stores and searches it.
pub(crate) fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for part in parts {
        if !all.is_empty() {
            all.push_str(" … ");
        }
        all.push_str(part);
    }
    all
}

/// An utterance in a record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecordedUtterance {
    /// The utterance.
    #[serde(flatten)]
    pub utterance: UtteranceRow,
    /// Id of its report.
    pub report: String,
    /// Id of the statement that it words.
    pub statement: Option<String>,
}

/// What was left out or could not be read, and why, in one report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NoteRow {
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// One sentence.
    pub note: String,
}

/// One token of the language layer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TokenRow {
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// Fine tag.
    pub tag: String,
    /// Universal part of speech.
    pub pos: String,
    /// Lemma.
    pub lemma: String,
    /// Index of the head; a root is its own head.
    pub head: u32,
    /// Relation to the head.
    pub relation: String,
    /// Label of the named entity it is part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
}

/// A named entity of the language layer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NameRow {
    /// First code point.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// Label of the OntoNotes scheme.
    pub label: String,
}

/// The language layer over one text: what `onrecord parse` prints.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ParseRow {
    /// File stem.
    pub name: String,
    /// Tokens.
    pub tokens: Vec<TokenRow>,
    /// Sentences, half-open.
    pub sentences: Vec<(u32, u32)>,
    /// Named entities.
    pub names: Vec<NameRow>,
}

/// A reading: what `onrecord read --format jsonl` prints.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReadingRow {
    /// [`READING_FORMAT`].
    pub format: String,
    /// The report.
    pub report: ReportRow,
    /// Sentences, half-open.
    pub sentences: Vec<(u32, u32)>,
    /// Entities of the report.
    pub entities: Vec<ChainRow>,
    /// Time expressions.
    pub times: Vec<TimeRow>,
    /// Utterances.
    pub utterances: Vec<UtteranceRow>,
    /// Trouble met.
    pub notes: Vec<NoteRow>,
    /// Tokens, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tokens: Option<Vec<TokenRow>>,
}

/// A mention in a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecordedMention {
    /// The mention.
    #[serde(flatten)]
    pub mention: MentionRow,
    /// Id of its report.
    pub report: String,
    /// Id of the entity.
    pub entity: String,
}

/// A time expression in a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecordedTime {
    /// The time expression.
    #[serde(flatten)]
    pub time: TimeRow,
    /// Id of its report.
    pub report: String,
}

/// A note in a record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecordedNote {
    /// Id of the report, or none where the input gave no report.
    pub report: Option<String>,
    /// Path of the input as given.
    pub file: String,
    /// First code point, of the report's text.
    pub start: Option<u32>,
    /// First code point after.
    pub end: Option<u32>,
    /// One sentence.
    pub note: String,
}

/// A title held over a time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleRow {
    /// As written.
    pub title: String,
    /// Of what.
    pub organisation: String,
    /// First day seen.
    pub from: Option<String>,
    /// Last day seen.
    pub to: Option<String>,
    /// Where it stands.
    pub passages: Vec<PassageRow>,
}

/// A person, organisation, … across reports.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntityRow {
    /// Durable id.
    pub id: String,
    /// As of [`ChainRow::kind`].
    pub kind: String,
    /// Fullest name.
    pub name: String,
    /// Other names in use.
    pub aliases: Vec<String>,
    /// Titles over time.
    pub roles: Vec<RoleRow>,
    /// Ids of the reports that mention it.
    pub reports: Vec<String>,
}

/// One origin of a statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RootRow {
    /// As of [`UtteranceRow::basis`].
    pub kind: String,
    /// Who or what.
    pub name: String,
    /// Ids of the utterances that rest on it.
    pub utterances: Vec<String>,
}

/// How many independent origins a statement has.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OriginsRow {
    /// Certain.
    pub min: u32,
    /// Possible.
    pub max: u32,
    /// The certain ones first, then possible ones that have a name.
    pub roots: Vec<RootRow>,
    /// Sentences that say why.
    pub reasons: Vec<String>,
}

/// A conflict or a change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ConflictRow {
    /// Id of the other statement, or of the same one.
    pub with: String,
    /// `number`, `polarity`, `date`, `changed`, `hedge-dropped` or `source-upgraded`.
    pub kind: String,
    /// Both passages, the earlier first.
    pub passages: Vec<PassageRow>,
}

/// What utterances of several reports share.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatementRow {
    /// Durable id.
    pub id: String,
    /// The clearest wording, verbatim.
    pub gist: String,
    /// Ids of its wordings.
    pub utterances: Vec<String>,
    /// Ids of the reports it stands in.
    pub reports: Vec<String>,
    /// First day reported.
    pub first_reported: Option<String>,
    /// Origins as a range.
    pub origins: OriginsRow,
    /// Conflicts and changes.
    pub conflicts: Vec<ConflictRow>,
}

/// Words in two reports that were aligned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AlignedRow {
    /// In the parent.
    pub from: Words,
    /// In the child.
    pub to: Words,
}

/// Copied text between two reports.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CopyRow {
    /// Id of the parent, or of either where the direction is unknown.
    pub from: String,
    /// Id of the child.
    pub to: String,
    /// Share of the child's story words that are copied.
    pub share: f64,
    /// `credit`, `time`, `containment` or `unknown`.
    pub direction: String,
    /// Sentences that say why.
    pub evidence: Vec<String>,
    /// Aligned passages.
    pub passages: Vec<AlignedRow>,
    /// Name of the unseen common parent, where both are heirs of one.
    pub unseen_parent: Option<String>,
}

/// Reports about one course of events.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoryRow {
    /// Durable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Ids, by date, then id.
    pub reports: Vec<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// When an event happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventWhen {
    /// TIMEX3 value.
    pub value: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// A dated happening.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventRow {
    /// Durable id.
    pub id: String,
    /// Id of its story.
    pub story: Option<String>,
    /// When.
    pub when: EventWhen,
    /// What happened, verbatim.
    pub what: String,
    /// Where it stands.
    pub passages: Vec<PassageRow>,
    /// Ids of the reports that tell it.
    pub reports: Vec<String>,
}
