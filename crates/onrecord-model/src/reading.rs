//! A reading: the stack of layers over one report.

use crate::{Parse, Report, Span};
use std::sync::Arc;

/// Index of a chain in [`Reading::chains`]. Local.
pub type ChainIx = u32;
/// Index of an utterance in [`Reading::utterances`]. Local.
pub type UtteranceIx = u32;

/// What kind of thing a chain or entity is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum EntityKind {
    /// One human being.
    Person,
    /// Company, ministry, court, party, police, outlet.
    Organisation,
    /// Country, town, building.
    Place,
    /// Book, document, law, film.
    Work,
    /// Several people ("these people", "two officials").
    Group,
    /// Named event.
    Event,
    /// Anything else.
    Other,
}

/// How a mention refers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum MentionKind {
    /// By name.
    Name,
    /// By description.
    Nominal,
    /// By pronoun.
    Pronoun,
}

/// Words that refer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// How they refer.
    pub kind: MentionKind,
}

/// What a person does, for splitting speakers by kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum PersonKind {
    Official,
    Politician,
    Spokesperson,
    Expert,
    Witness,
    Lawyer,
    Company,
    Document,
}

/// A title or role with the words that say so.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Role {
    /// As written ("FBI director").
    pub title: String,
    /// The words.
    pub span: Span,
    /// Whether the text says it is past ("former", "then-", "ex-").
    pub past: bool,
}

/// Mentions of one thing in one report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chain {
    /// What it is.
    pub kind: EntityKind,
    /// Fullest name without title, or the description first used.
    pub name: String,
    /// Titles and roles, in text order.
    pub roles: Vec<Role>,
    /// In text order; never empty.
    pub mentions: Vec<Mention>,
    /// Kind of person with the words that say so.
    pub person_kind: Option<(PersonKind, Span)>,
}

/// TIMEX3 type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum TimeType {
    Date,
    Time,
    Duration,
    Set,
}

/// A time expression resolved against the publication date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct When {
    /// The words.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value ("2017-06-08", "2017-06", "P3D", "XXXX-WXX-1", "PRESENT_REF").
    pub value: String,
    /// First and last day (`YYYY-MM-DD`) of the interval, when it has them.
    pub interval: Option<(String, String)>,
    /// Name of the rule that resolved it.
    pub rule: &'static str,
    /// What it was resolved against (`YYYY-MM-DD`), or empty.
    pub anchor: String,
}

/// Form of an utterance, by the quotation marks inside its content alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum Form {
    Direct,
    Mixed,
    Indirect,
}

/// What the speaker does with the words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum Stance {
    Asserts,
    Denies,
    Declines,
    Asks,
    Orders,
    Promises,
    Believes,
    Expects,
}

/// On whose word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(missing_docs)]
pub enum Basis {
    Named,
    Organisation,
    Anonymous,
    Document,
    Outlet,
    Unspecified,
    /// The report's own voice: no attribution. Made by connect, never by understand.
    OwnVoice,
}

/// Who speaks.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Speaker {
    /// The chain, when the speaker has one.
    pub chain: Option<ChainIx>,
    /// Fullest name, or the description first used.
    pub name: String,
}

/// To whom.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Addressee {
    /// The chain, when there is one.
    pub chain: Option<ChainIx>,
    /// Fullest name.
    pub name: String,
    /// The words.
    pub span: Span,
}

/// A voice between speaker and report.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Carrier {
    /// The chain, when there is one.
    pub chain: Option<ChainIx>,
    /// Fullest name.
    pub name: String,
    /// The words.
    pub span: Span,
}

/// How a speaker is unnamed.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Anonymity {
    /// How many people, where the words say so.
    pub count: Option<u32>,
    /// The description ("two White House officials").
    pub described_as: String,
    /// The reason given ("to be candid").
    pub reason: Option<String>,
}

/// When it was said, where the words say so.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Said {
    /// TIMEX3 value.
    pub value: String,
    /// The words.
    pub span: Span,
}

/// One report's wording of who said what. See the PolNeAR guidelines (Newell et al., 2018) for source, cue and content.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Utterance {
    /// The utterance that contains this one. Always an earlier index.
    pub within: Option<UtteranceIx>,
    /// Direct, mixed or indirect.
    pub form: Form,
    /// Asserts, denies, …
    pub stance: Stance,
    /// Who is credited, as written.
    pub source: Option<Span>,
    /// The words that credit.
    pub cue: Option<Span>,
    /// What is said: one or more parts in text order, none crossing a block.
    pub content: Vec<Span>,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// To whom.
    pub addressee: Option<Addressee>,
    /// On whose word.
    pub basis: Basis,
    /// How the speaker is unnamed; only where `basis` is anonymous.
    pub anonymity: Option<Anonymity>,
    /// Carriers, nearest the speaker first.
    pub via: Vec<Carrier>,
    /// When it was said.
    pub said: Option<Said>,
    /// Calibrated probability that the attribution is right, 0.0..=1.0.
    pub score: f32,
}

/// What was left out or could not be read, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Note {
    /// Where, or an empty span for the whole report.
    pub span: Span,
    /// One sentence.
    pub note: String,
}

/// All layers over one report. Later layers read earlier ones; nothing edits backwards.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The report.
    pub report: Arc<Report>,
    /// The language layer over the story blocks of the report (furniture is not parsed); offsets are of the report's text.
    pub parse: Parse,
    /// Entities of the report with their mentions, ordered by first mention.
    pub chains: Vec<Chain>,
    /// Time expressions in text order.
    pub times: Vec<When>,
    /// Utterances: containers before what they contain, else in text order of content.
    pub utterances: Vec<Utterance>,
    /// Trouble met, by place.
    pub notes: Vec<Note>,
}
