//! Views: plain structs in a user's terms, made from a record. Terminal text, pages and JSON all show these and nothing else.

mod compare;
mod desk;
mod ledger;
mod passages;
mod person;
mod report;
mod search;
mod statement;
mod story;
mod tree;

pub use compare::{Comparison, comparison};
pub use desk::{Counts, Desk, desk, texts};
pub use ledger::{Facet, Filter, Ledger, LedgerLine, Order, ledger, ledger_lines};
pub use onrecord_record::{EntityHead, OutletHead, ReportHead, StatementHead};
pub use passages::{Citation, Context};
pub use person::{Person, PersonKind, Role, person};
pub use report::{CopyView, Paragraph, Part, Piece, ReportView, report};
pub use search::{Found, Search, search};
pub use statement::{ConflictView, StatementView, statement};
pub use story::{StoryView, story};
pub use tree::{EdgeKind, Tree, TreeEdge, TreeNode};

use crate::Error;
use onrecord_record::rows::{AnonymityRow, NamedRow, RecordedUtterance, SpeakerRow, Words};
use passages::Texts;
use serde::Serialize;

/// Rows that a list shows before it says how many more there are.
pub const ROWS_MAX: u32 = 200;

/// One report's wording: who said it, on whose word, and where it stands.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Wording {
    /// Id of the utterance.
    pub id: String,
    /// Where it stands, with what stands around it.
    pub citation: Citation,
    /// The parts of what is said.
    pub content: Vec<Words>,
    /// Who is credited, as written.
    pub source: Option<Words>,
    /// The words that credit.
    pub cue: Option<Words>,
    /// Who speaks.
    pub speaker: Option<SpeakerRow>,
    /// Carriers between speaker and report, nearest the speaker first.
    pub via: Vec<NamedRow>,
    /// To whom.
    pub addressee: Option<NamedRow>,
    /// `named`, `anonymous`, … or `own-voice`.
    pub basis: String,
    /// How the speaker is unnamed.
    pub anonymity: Option<AnonymityRow>,
    /// `direct`, `mixed` or `indirect`.
    pub form: String,
    /// What the speaker does with the words.
    pub stance: String,
    /// TIMEX3 value of when it was said.
    pub said: Option<String>,
    /// Id of the utterance that contains this one.
    pub within: Option<String>,
    /// Id of the statement that it words.
    pub statement: Option<String>,
    /// Calibrated probability.
    pub score: f64,
}

impl Wording {
    /// On whose word, in a few words: "James Comey, through The New York Times".
    pub fn voices(&self) -> String {
        let mut voices = match (&self.speaker, &self.anonymity) {
            (Some(speaker), _) => speaker.name.clone(),
            (None, Some(anonymity)) => anonymity.described_as.clone(),
            (None, None) if self.basis == "own-voice" => "the report itself".to_owned(),
            (None, None) => "no one named".to_owned(),
        };
        for carrier in &self.via {
            voices.push_str(", through ");
            voices.push_str(&carrier.name);
        }
        voices
    }

    /// Who stands at the beginning of the way to the page, as well as the words say.
    pub fn origin(&self) -> String {
        match (&self.anonymity, &self.speaker, &self.source) {
            (Some(anonymity), ..) => anonymity.described_as.clone(),
            (None, Some(speaker), _) => speaker.name.clone(),
            (None, None, Some(source)) => source.exact.clone(),
            (None, None, None) if self.basis == "own-voice" => "the report itself".to_owned(),
            (None, None, None) => "no one named".to_owned(),
        }
    }

    /// The voices from the origin to the page: the origin, the carriers, the outlet.
    pub fn way(&self) -> Vec<String> {
        let mut way = vec![self.origin()];
        let carriers = self.via.iter().map(|carrier| &carrier.name);
        for name in carriers.chain([&self.citation.outlet]) {
            if !name.is_empty() && way.last() != Some(name) {
                way.push(name.clone());
            }
        }
        way
    }

    /// What is said, in one string.
    pub fn words(&self) -> String {
        self.content.iter().map(|part| part.exact.as_str()).collect::<Vec<_>>().join(" … ")
    }
}

/// Makes wordings of utterances; texts and heads of reports are read once each.
fn wordings(texts: &mut Texts, utterances: Vec<RecordedUtterance>) -> Result<Vec<Wording>, Error> {
    let mut made = Vec::with_capacity(utterances.len());
    for RecordedUtterance { utterance, report, statement } in utterances {
        let Some((first, last)) = utterance.content.first().zip(utterance.content.last()) else { continue };
        let citation = texts.citation(&report, first.start, last.end)?;
        made.push(Wording {
            id: utterance.id,
            citation,
            content: utterance.content,
            source: utterance.source,
            cue: utterance.cue,
            speaker: utterance.speaker,
            via: utterance.via,
            addressee: utterance.addressee,
            basis: utterance.basis,
            anonymity: utterance.anonymity,
            form: utterance.form,
            stance: utterance.stance,
            said: utterance.said.map(|said| said.value),
            within: utterance.within,
            statement,
            score: utterance.score,
        });
    }
    Ok(made)
}
