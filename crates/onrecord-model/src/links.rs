//! Links between readings.

use crate::{EntityKind, Passage, ReportId, Span, UtteranceIx};

/// An utterance of a report, a clause of one, or a clause in the report's own voice.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum UtteranceRef {
    /// `Reading::utterances[ix]` of that report.
    Said(ReportId, UtteranceIx),
    /// A clause of that utterance that says something of its own: from its first to its last character.
    Part(ReportId, UtteranceIx, Span),
    /// A sentence in the report's own voice.
    OwnVoice(ReportId, Span),
}

impl UtteranceRef {
    /// The report.
    pub fn report(self) -> ReportId {
        match self {
            UtteranceRef::Said(report, _) | UtteranceRef::Part(report, _, _) | UtteranceRef::OwnVoice(report, _) => {
                report
            }
        }
    }
}

/// What the direction of a copy rests on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum Direction {
    Credit,
    Time,
    Containment,
    Unknown,
}

/// `to` shares copied text with `from`; where the direction is known, `from` is the parent.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CopyEdge {
    /// Parent, or the report that comes first (by time, then id) where the direction is unknown.
    pub from: ReportId,
    /// Child.
    pub to: ReportId,
    /// Whether this is a faint second choice: another edge into `to` explains the same words as well, and is the better
    /// supported of the two. Counts of origins follow the other.
    pub rival: bool,
    /// Share of the child's story words that are copied, 0.0..=1.0.
    pub share: f32,
    /// What the direction rests on.
    pub direction: Direction,
    /// Sentences that say why.
    pub evidence: Vec<String>,
    /// Aligned passages: in `from`, in `to`.
    pub passages: Vec<(Span, Span)>,
    /// Name of the unseen common parent ("unseen wire story credited to AFP"), where both are heirs of one.
    pub unseen_parent: Option<String>,
}

/// A title held over a time.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RoleSpan {
    /// As written.
    pub title: String,
    /// Of what ("FBI"), or empty.
    pub organisation: String,
    /// First day seen (`YYYY-MM-DD`), when dated.
    pub from: Option<String>,
    /// Last day seen, when dated.
    pub to: Option<String>,
    /// Where it stands; never empty.
    pub passages: Vec<Passage>,
}

/// A person, organisation, … across reports.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Entity {
    /// Content hash.
    pub id: u64,
    /// What it is.
    pub kind: EntityKind,
    /// Fullest name.
    pub name: String,
    /// Other names in use, sorted.
    pub aliases: Vec<String>,
    /// Titles over time.
    pub roles: Vec<RoleSpan>,
    /// Chains that mean this entity: (report, index in `Reading::chains`), sorted.
    pub chains: Vec<(ReportId, u32)>,
}

/// One origin of a statement, certain or possible.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Root {
    /// `named`, `organisation`, `anonymous`, `document`, `outlet`, `own-voice`, `unspecified`.
    pub kind: String,
    /// Who or what.
    pub name: String,
    /// Utterances that rest on it, sorted.
    pub utterances: Vec<UtteranceRef>,
}

/// How many independent origins a statement has: a range with roots and reasons.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Origins {
    /// Certain.
    pub min: u32,
    /// Possible; never below `min`.
    pub max: u32,
    /// The certain origins first, then the possible ones that have a name.
    pub roots: Vec<Root>,
    /// Sentences that say why.
    pub reasons: Vec<String>,
}

/// In what two statements or wordings conflict, or how one wording hardens another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum Change {
    Number,
    Polarity,
    Date,
    Changed,
    HedgeDropped,
    SourceUpgraded,
}

/// A conflict or a change, with both passages. No verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Conflict {
    /// Id of the other statement, or of the same one where two wordings of it differ.
    pub with: u64,
    /// In what.
    pub kind: Change,
    /// Both passages, the earlier first.
    pub passages: [Passage; 2],
}

/// What utterances of several reports share.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statement {
    /// Content hash.
    pub id: u64,
    /// The clearest wording, verbatim.
    pub gist: String,
    /// Sorted; never empty.
    pub utterances: Vec<UtteranceRef>,
    /// First day reported, when dated.
    pub first_reported: Option<String>,
    /// Origins as a range.
    pub origins: Origins,
    /// Conflicts and changes.
    pub conflicts: Vec<Conflict>,
}

/// Reports about one course of events.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Story {
    /// Content hash.
    pub id: u64,
    /// A title that a person would give.
    pub title: String,
    /// Sorted by date, then id.
    pub reports: Vec<ReportId>,
    /// First and last day, when dated.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// A dated happening.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Event {
    /// Content hash.
    pub id: u64,
    /// The story, when in one.
    pub story: Option<u64>,
    /// TIMEX3 value.
    pub value: String,
    /// First and last day.
    pub interval: (String, String),
    /// What happened, verbatim.
    pub what: String,
    /// Where it stands; never empty.
    pub passages: Vec<Passage>,
    /// Reports that tell it, sorted.
    pub reports: Vec<ReportId>,
}
