//! All links at once.

use crate::{Digest, Judgements, MemoryPile, copies, stories};
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
    let mut copies: Vec<CopyEdge> =
        pile.digests().flat_map(|digest| copies::edges_into(digest, &pile, judgements)).collect();
    copies.sort_by_key(|edge| (edge.to, edge.from));
    let digests: Vec<Arc<Digest>> = pile.digests().cloned().collect();
    let stories = stories::stories(&digests, &pile, judgements);
    Links { copies, stories, ..Links::default() }
}
