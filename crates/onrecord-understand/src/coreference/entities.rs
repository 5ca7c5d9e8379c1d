//! Entities under construction: mentions that are one thing, and what is known of it.

use super::lexicon::{HUMAN, NEUTER, Sort};
use super::mentions::{Mention, MentionIx};
use super::names::GroupIx;
use super::roles::{Description, Roles};
use super::text::Text;
use onrecord_model::MentionKind;
use std::collections::{BTreeSet, HashMap};

/// Index of an entity under construction.
pub(super) type EntityIx = u32;

/// One thing.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// In the order they were joined, which is text order but for names of later speakers.
    pub mentions: Vec<MentionIx>,
    pub sort: Sort,
    pub gender: u8,
    pub singular: bool,
    pub plural: bool,
    pub group: Option<GroupIx>,
    /// Canonical lemmas of the heads of its descriptions.
    pub heads: BTreeSet<u32>,
    /// Canonical lemmas of all content words said of it.
    pub content: BTreeSet<u32>,
    /// Entity of the possessor in a description, by the description's head ("his lawyer").
    pub owners: Vec<(u32, EntityIx)>,
    pub last: MentionIx,
    pub descriptions: Vec<Description>,
}

/// All entities of a text and the way to find them.
pub(super) struct Entities {
    pub all: Vec<Entity>,
    /// Entity of each mention, `u32::MAX` when none yet.
    pub of: Vec<EntityIx>,
    pub by_group: HashMap<GroupIx, EntityIx>,
    /// Entities by head lemma of a description, oldest first.
    pub by_head: HashMap<u32, Vec<EntityIx>>,
}

/// No entity.
pub(super) const NONE: EntityIx = u32::MAX;

impl Entities {
    pub(super) fn new(mentions: usize) -> Entities {
        Entities { all: Vec::new(), of: vec![NONE; mentions], by_group: HashMap::new(), by_head: HashMap::new() }
    }

    /// Opens an entity with one mention.
    pub(super) fn open(&mut self, text: &Text, mentions: &[Mention], roles: &Roles, ix: MentionIx) -> EntityIx {
        let mention = &mentions[ix as usize];
        let new = self.all.len() as EntityIx;
        self.all.push(Entity {
            mentions: Vec::new(),
            sort: mention.sort,
            gender: mention.gender,
            singular: mention.singular,
            plural: mention.plural,
            group: None,
            heads: BTreeSet::new(),
            content: BTreeSet::new(),
            owners: Vec::new(),
            last: ix,
            descriptions: Vec::new(),
        });
        self.join(text, mentions, roles, ix, new);
        new
    }

    /// Adds a mention to an entity, with all that is said by it.
    pub(super) fn join(&mut self, text: &Text, mentions: &[Mention], roles: &Roles, ix: MentionIx, to: EntityIx) {
        let mention = &mentions[ix as usize];
        self.of[ix as usize] = to;
        let entity = &mut self.all[to as usize];
        entity.mentions.push(ix);
        entity.last = entity.last.max(ix);
        if entity.gender & mention.gender != 0 {
            entity.gender &= mention.gender;
        }
        if entity.sort == Sort::Unknown
            || entity.sort == Sort::Thing && mention.kind == MentionKind::Name && mention.sort != Sort::Unknown
        {
            entity.sort = mention.sort;
        }
        if mention.pronoun.is_none() {
            if entity.singular && mention.singular {
                entity.plural &= mention.plural;
            }
        } else if entity.sort == Sort::Unknown && mention.gender & NEUTER == 0 && mention.gender & HUMAN != 0 {
            entity.sort = Sort::Person;
        }
        if mention.kind == MentionKind::Nominal && !mention.joined {
            self.add_head(to, mention.lemma);
            let content: Vec<u32> = content_words(text, mention).collect();
            let owner = owner_of(text, roles, mention.head).map(|o| self.of[o as usize]).filter(|&o| o != NONE);
            let entity = &mut self.all[to as usize];
            entity.content.extend(content);
            if let Some(owner) = owner {
                entity.owners.push((mention.lemma, owner));
            }
        }
        for description in &roles.of[ix as usize] {
            self.add_head(to, text.lemma(description.head));
            // "attorney general" is headed by either word.
            if description.head > description.first && text.lemma_text(description.head) == "general" {
                self.add_head(to, text.lemma(description.head - 1));
            }
            let owner = owner_of(text, roles, description.head).map(|o| self.of[o as usize]).filter(|&o| o != NONE);
            let entity = &mut self.all[to as usize];
            entity.content.extend((description.first..description.last).map(|t| text.lemma(t)));
            if let Some(owner) = owner {
                entity.owners.push((text.lemma(description.head), owner));
            }
            entity.descriptions.push(description.clone());
        }
    }

    fn add_head(&mut self, to: EntityIx, lemma: u32) {
        if self.all[to as usize].heads.insert(lemma) {
            self.by_head.entry(lemma).or_default().push(to);
        }
    }
}

/// The mention that possesses a head: "his" of "his lawyer", "the club's" of "the club's owner".
pub(super) fn owner_of(text: &Text, roles: &Roles, head: onrecord_model::TokenIx) -> Option<MentionIx> {
    let poss = text.words.child(head, onrecord_model::Rel::Poss)?;
    roles.by_head.get(&poss).copied()
}

/// Lemmas of the words that tell one thing from another: nouns, names, adjectives, numbers of the core.
pub(super) fn content_words<'a>(text: &'a Text, mention: &Mention) -> impl Iterator<Item = u32> + 'a {
    use onrecord_model::Pos;
    let owner = text.words.child(mention.head, onrecord_model::Rel::Poss);
    let (skip_low, skip_high) = owner.map_or((1, 0), |o| (text.low[o as usize], text.high[o as usize]));
    mention
        .core
        .clone()
        .filter(move |&t| !(skip_low <= t && t <= skip_high))
        .filter(|&t| matches!(text.words.token(t).pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num))
        .map(|t| text.lemma(t))
}
