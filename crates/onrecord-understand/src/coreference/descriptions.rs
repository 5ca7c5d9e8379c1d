//! What a description refers back to: "the harbour master", "the company", "these people".

use super::entities::{Entities, EntityIx, NONE, content_words, owner_of};
use super::lexicon::{HUMAN, Sort};
use super::mentions::{Mention, MentionIx, Opening};
use super::roles::Roles;
use super::text::Text;
use onrecord_model::{MentionKind, Rel, Tag};

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
        Opening::Indefinite | Opening::Bare => None,
        Opening::Definite | Opening::Demonstrative | Opening::Possessive => {
            same_head(text, mentions, roles, entities, ix)
                .or_else(|| general(text, mentions, entities, ix))
                .or_else(|| only_person(text, mentions, entities, ix))
        }
    }
}

/// The entity without a name that a name now first given belongs to: "the colonel …", then "The colonel, Gaston Bisimwa,"
/// or "Colonel Gaston Bisimwa".
pub(super) fn unnamed_before(
    text: &Text,
    mentions: &[Mention],
    roles: &Roles,
    entities: &Entities,
    ix: MentionIx,
) -> Option<EntityIx> {
    let mention = &mentions[ix as usize];
    if mention.sort != Sort::Person || mention.joined {
        return None;
    }
    let mut heads: Vec<u32> = roles.of[ix as usize].iter().map(|d| text.lemma(d.head)).collect();
    if mention.kind == MentionKind::Nominal {
        heads.push(mention.lemma);
    }
    heads.iter().find_map(|head| {
        let recent = entities.by_head.get(head)?.iter().rev().take(LOOK_BACK);
        recent.copied().find(|&candidate| {
            let entity = &entities.all[candidate as usize];
            let definite = entity.mentions.iter().take(4).all(|&m| {
                let m = &mentions[m as usize];
                m.pronoun.is_some()
                    || matches!(m.opening, Opening::Definite | Opening::Demonstrative | Opening::Possessive)
            });
            entity.group.is_none()
                && entity.singular
                && definite
                && entity.gender & mention.gender != 0
                && !inside(mentions, entities, candidate, mention)
        })
    })
}

/// The entity with the same head, whose words include those of the mention, of the same owner.
fn same_head(text: &Text, mentions: &[Mention], roles: &Roles, entities: &Entities, ix: MentionIx) -> Option<EntityIx> {
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
        let owned = match owner {
            None => true,
            Some(NONE) => false,
            Some(owner) => {
                entity.owners.iter().all(|&(head, of)| head != mention.lemma || of == owner) && owner != candidate
            }
        };
        number
            && included
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
        // A paper is no union, no company's bank: only words for an outlet, or for any body, mean one.
        let outlet = entity.group.is_some() && other.name.as_ref().is_some_and(|name| text.is_outlet(name.clone()));
        if outlet && !is_outlet_word(text.lemma_text(mention.head)) {
            continue;
        }
        let named = entity.group.is_some() || other.kind == MentionKind::Nominal && noun.sort == Sort::Person;
        if number && sort && named && !inside(mentions, entities, candidate, mention) {
            return Some(candidate);
        }
    }
    None
}

/// Nouns that an outlet may be called.
fn is_outlet_word(lemma: &str) -> bool {
    crate::outlets::OUTLETS.contains(&lemma)
        || matches!(
            lemma,
            "agency" | "company" | "firm" | "group" | "organisation" | "organization" | "outlet" | "publisher"
        )
}

/// "the former docker", "the defendant": the one person by name near by of whom nothing else is said.
fn only_person(text: &Text, mentions: &[Mention], entities: &Entities, ix: MentionIx) -> Option<EntityIx> {
    let mention = &mentions[ix as usize];
    let single =
        mention.singular && !mention.plural && mention.opening == Opening::Definite && mention.sort == Sort::Person;
    // A clause behind a comma tells more of somebody known.
    let words = text.words;
    let aside = |c| {
        words.token(c).rel == Rel::Relcl
            && text.low[c as usize] > 0
            && words.token(text.low[c as usize] - 1).tag == Tag::Comma
    };
    let bare =
        words.children(mention.head).iter().all(|&c| c < mention.head || words.token(c).rel == Rel::Punct || aside(c));
    if !single || !bare || is_unique_office(text.lemma_text(mention.head)) {
        return None;
    }
    let mut only = None;
    for back in (0..ix).rev().take(GENERAL_BACK) {
        let other = &mentions[back as usize];
        let candidate = entities.of[back as usize];
        if mention.sentence - other.sentence > 2 {
            break;
        }
        // A name of one word may be anything that begins with a capital.
        let short = other.name.as_ref().is_some_and(|name| name.len() < 2);
        if candidate == NONE || Some(candidate) == only || short {
            continue;
        }
        let entity = &entities.all[candidate as usize];
        let other_work =
            entity.heads.iter().any(|&head| text.nouns[head as usize].is_some_and(|n| n.sort == Sort::Person));
        if entity.sort != Sort::Person
            || !entity.singular
            || entity.group.is_none()
            || other_work
            || entity.gender & mention.gender == 0
        {
            continue;
        }
        if only.is_some() {
            return None;
        }
        only = Some(candidate);
    }
    only.filter(|&candidate| !inside(mentions, entities, candidate, mention))
}

/// Offices that a text may speak of without saying who holds them.
fn is_unique_office(lemma: &str) -> bool {
    matches!(
        lemma,
        "president"
            | "ambassador"
            | "archbishop"
            | "bishop"
            | "chair"
            | "chairman"
            | "chairwoman"
            | "commander"
            | "commissioner"
            | "coroner"
            | "foreman"
            | "inspector"
            | "leader"
            | "magistrate"
            | "principal"
            | "rector"
            | "sheriff"
            | "spokesman"
            | "spokeswoman"
            | "treasurer"
            | "vicar"
            | "minister"
            | "premier"
            | "governor"
            | "mayor"
            | "chancellor"
            | "king"
            | "queen"
            | "pope"
            | "judge"
            | "general"
            | "secretary"
            | "prosecutor"
            | "police"
            | "public"
            | "victim"
            | "family"
            | "crowd"
            | "audience"
            | "jury"
            | "staff"
            | "team"
            | "crew"
            | "people"
            | "head"
            | "chief"
            | "director"
            | "speaker"
            | "user"
            | "player"
            | "reader"
            | "child"
    )
}
