//! A report as read.

use crate::Span;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Durable name of a report: the first eight bytes of a SHA-256 over name, outlet, published, url and text.
/// Shown as 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportId(pub u64);

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ReportId {
    type Err = std::num::ParseIntError;
    fn from_str(s: &str) -> Result<ReportId, Self::Err> {
        u64::from_str_radix(s, 16).map(ReportId)
    }
}

/// What a block of a report is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum BlockKind {
    /// Headline.
    Title,
    /// Summary line(s) under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// Place (and date, agency) that opens the first paragraph. Lies before a [`BlockKind::Body`] block on the same line.
    Dateline,
    /// A paragraph of the story.
    Body,
    /// Picture or video caption, with its credit.
    Caption,
    /// An item of a list that belongs to the story.
    List,
    /// What belongs to the page and not to the story: galleries, prompts, "see also", credits, menus.
    Furniture,
}

/// A run of text of one kind. Blocks are ordered and disjoint; what lies between them is white space.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the report's text.
    pub span: Span,
}

impl Block {
    /// Whether the words of the block belong to the story (title, standfirst, body, list) and so may carry utterances.
    pub fn is_story(&self) -> bool {
        matches!(self.kind, BlockKind::Title | BlockKind::Standfirst | BlockKind::Body | BlockKind::List)
    }
}

/// Maps the report's text back to the bytes of the input file: runs of (start in text, start in input, text bytes, input bytes),
/// ordered by start in text. Text that no run covers was made by the reader (line breaks between blocks).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OriginMap {
    /// The runs. Equal lengths mean that the bytes are the same one to one; else the run is one decoded unit (an entity, say).
    pub runs: Vec<[u32; 4]>,
}

/// One article as read.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Durable id.
    pub id: ReportId,
    /// File stem or the input's own id.
    pub name: String,
    /// Path of the input as given (file name for a folder's file; `archive.zip!member` and the like inside containers).
    pub file: String,
    /// SHA-256 of the input's bytes, hexadecimal.
    pub sha256: String,
    /// Headline.
    pub title: String,
    /// Who published.
    pub outlet: String,
    /// Who wrote, in the order named.
    pub authors: Vec<String>,
    /// Agency or paper credited for the whole report ("Washington Post" in the Boston Globe), or empty.
    pub credit: String,
    /// Place of the dateline, or empty.
    pub dateline: String,
    /// Address, or empty.
    pub url: String,
    /// `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SSZ` (any RFC 3339), or none.
    pub published: Option<String>,
    /// BCP 47 code of the language the reader found ("en").
    pub language: String,
    /// The report's text. Never changed after reading: all spans are byte offsets of it.
    pub text: Arc<str>,
    /// What the text consists of.
    pub blocks: Vec<Block>,
    /// Back to the bytes of the input.
    pub origin: OriginMap,
    /// Trouble met while reading, one sentence each, with the place in the text.
    pub notes: Vec<crate::Note>,
}
