//! Plain text to blocks.

pub(crate) mod byline;
pub(crate) mod dateline;
pub(crate) mod furniture;
pub(crate) mod paragraphs;
mod phrases;
mod sort;

pub(crate) use sort::{Found, sort_blocks};

/// A stretch of text to be sorted into blocks, with what its markup says of it (plain text says nothing).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    pub start: usize,
    pub end: usize,
    /// Whether a blank line stands before it.
    pub gap: bool,
    pub hint: Hint,
}

/// What markup says of a piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Hint {
    /// Nothing: the words decide.
    #[default]
    None,
    /// The headline.
    Title,
    /// A summary under the headline.
    Standfirst,
    /// Marked as byline or dateline.
    Byline,
    /// Marked as the time of publication.
    Time,
    /// A heading inside the story.
    Heading,
    /// A caption.
    Caption,
    /// A list item.
    Item,
    /// Inside the chosen article body.
    Body,
    /// Outside the story.
    Furniture,
}
