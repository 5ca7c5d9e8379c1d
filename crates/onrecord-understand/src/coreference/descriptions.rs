//! What a description refers back to: "the harbour master", "the company", "these people".

use super::entities::{Entities, EntityIx, NONE, content_words, owner_of};
use super::lexicon::{HUMAN, Sort};
use super::mentions::{Mention, MentionIx, Opening, Text};
use super::roles::Roles;
use onrecord_model::MentionKind;

/// Entities looked at for one head, newest first.
const LOOK_BACK: usize = 16;
/// Mentions looked back over for a noun that names only the sort of a thing.
const GENERAL_BACK: usize = 60;

/// The entity that a nominal mention refers to, if it is one spoken of before.
pub(super) fn resolve(
    text: &Text,
    mentions: &[Mention],
    roles: &Roles,
    entities: &Entities,
    ix: MentionIx,
) -> Option<EntityIx> {
    let mention = &mentions[ix as usize];
    if mention.joined {
        return None;
    }
    match mention.opening {
        Opening::Indefinite => None,
        Opening::Bare => same_head(text, mentions, roles, entities, ix, Match::Exact),
        Opening::Definite | Opening::Demonstrative | Opening::Possessive => {
            same_head(text, mentions, roles, entities, ix, Match::Included)
                .or_else(|| general(text, mentions, entities, ix))
        }
    }
}

/// How the words of two descriptions must agree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    /// The same words.
    Exact,
    /// The later has no word that the earlier lacks.
    Included,
}

fn same_head(
    text: &Text,
    mentions: &[Mention],
    roles: &Roles,
    entities: &Entities,
    ix: MentionIx,
    how: Match,
) -> Option<EntityIx> {
    let mention = &mentions[ix as usize];
    let list = entities.by_head.get(&mention.lemma)?;
    let content: Vec<u32> = content_words(text, mention).collect();
    let owner = owner_of(text, roles, mention.head).map(|o| entities.of[o as usize]);
    let mut recent: Vec<EntityIx> = list.iter().rev().take(LOOK_BACK).copied().collect();
    recent.sort_by_key(|&e| std::cmp::Reverse(entities.all[e as usize].last));
    recent.into_iter().find(|&candidate| {
        let entity = &entities.all[candidate as usize];
        let number = mention.singular && entity.singular || mention.plural && entity.plural;
        let included = content.iter().all(|word| entity.content.contains(word) || *word == mention.lemma);
        let exact = how == Match::Included
            || content.len() >= entity.content.len().min(content.len() + 1) && entity.group.is_none();
        let owned = match owner {
            None => true,
            Some(NONE) => false,
            Some(owner) => {
                entity.owners.iter().all(|&(head, of)| head != mention.lemma || of == owner) && owner != candidate
            }
        };
        number
            && included
            && exact
            && owned
            && mention.gender & entity.gender != 0
            && !inside(mentions, entities, candidate, mention)
    })
}

/// Whether the newest mention of a candidate holds the mention, or lies in it.
fn inside(mentions: &[Mention], entities: &Entities, candidate: EntityIx, mention: &Mention) -> bool {
    entities.all[candidate as usize].mentions.iter().rev().take(4).any(|&m| {
        let other = &mentions[m as usize];
        let holds = |a: &Mention, b: &Mention| a.full.start <= b.full.start && b.full.end <= a.full.end;
        holds(other, mention) || holds(mention, other)
    })
}

/// "the company", "the man", "the country": the nearest thing of that sort that has a name.
fn general(text: &Text, mentions: &[Mention], entities: &Entities, ix: MentionIx) -> Option<EntityIx> {
    let mention = &mentions[ix as usize];
    let noun = text.noun(mention.head)?;
    if !noun.general
        || mention.opening == Opening::Possessive
        || content_words(text, mention).any(|w| w != mention.lemma)
    {
        return None;
    }
    let mut tried = Vec::new();
    for back in (0..ix).rev().take(GENERAL_BACK) {
        let other = &mentions[back as usize];
        let candidate = entities.of[back as usize];
        if candidate == NONE || mention.sentence - other.sentence > 4 || tried.contains(&candidate) {
            continue;
        }
        tried.push(candidate);
        let entity = &entities.all[candidate as usize];
        let number = mention.singular && entity.singular || mention.plural && entity.plural && !mention.singular;
        let sort = entity.sort == noun.sort && (entity.gender & noun.gender != 0 || noun.gender & HUMAN == 0);
        let named = entity.group.is_some() || other.kind == MentionKind::Nominal && noun.sort == Sort::Person;
        if number && sort && named && !inside(mentions, entities, candidate, mention) {
            return Some(candidate);
        }
    }
    None
}
