//! All links at once.

use crate::{Context, Digest, Judgements, MemoryPile};
use crate::{copies, entities, stories, story_groups, story_links, with_story};
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
    let digests: Vec<Arc<Digest>> = pile.digests().cloned().collect();
    let mut copies: Vec<CopyEdge> =
        digests.iter().flat_map(|digest| copies::edges_into(digest, &pile, judgements)).collect();
    copies.sort_by_key(|edge| (edge.to, edge.from));
    let stories = stories::stories(&digests, &pile, judgements);
    let groups = story_groups(&digests, &stories);
    let entities = entities(&with_story(&groups), judgements);
    let context = Context::new(&entities, &copies);
    let (mut statements, mut events) = (Vec::new(), Vec::new());
    for (story, members) in &groups {
        let (told, happened) = story_links(*story, members, &context);
        statements.extend(told);
        events.extend(happened);
    }
    statements.sort_by_key(|statement: &Statement| statement.id);
    events.sort_by(|a: &Event, b| (&a.interval, a.id).cmp(&(&b.interval, b.id)));
    Links { copies, stories, entities, statements, events }
}
