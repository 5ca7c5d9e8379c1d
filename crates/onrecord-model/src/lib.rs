//! The nouns of Onrecord. No dependencies, no algorithms, no input or output.
//!
//! Data flows read → understand → connect → record → show; every step takes and
//! gives types of this crate. Offsets are half-open **byte** offsets of one text
//! (see [`Span`]); code points are computed only where a format asks for them.
//!
//! Words kept apart: **source** is who is credited with saying something,
//! **outlet** is who published, a **passage** is where it stands.

mod first_names;
mod labels;
mod links;
mod names;
mod parse;
mod reading;
mod report;
mod span;

pub use first_names::full_first_names;
pub use labels::{Label, NameKind, Pos, Rel, Tag};
pub use links::{
    Change, Conflict, CopyEdge, Direction, Entity, Event, Origins, RoleSpan, Root, Statement, Story, UtteranceRef,
};
pub use parse::{Name, Parse, Token, TokenIx};
pub use reading::{
    Addressee, Anonymity, Basis, Carrier, Chain, ChainIx, EntityKind, Form, Mention, MentionKind, Note, PersonKind,
    Reading, Role, Said, Speaker, Stance, TimeType, Utterance, UtteranceIx, When,
};
pub use report::{Block, BlockKind, OriginMap, Report, ReportId};
pub use span::{Passage, Span};
