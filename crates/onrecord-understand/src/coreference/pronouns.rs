//! What a pronoun refers back to.

use super::entities::{Entities, EntityIx, NONE};
use super::lexicon::{Form, NEUTER, Pronoun, Sort};
use super::mentions::{Mention, MentionIx};
use super::ranking::{self, Pair};
use super::text::Text;
use onrecord_model::{Rel, TokenIx};

/// Mentions looked back over.
const LOOK_BACK: usize = 80;
/// Sentences looked back over.
const SENTENCES: u32 = 4;

/// The entity that a pronoun of the third person refers to; `says` tells which mentions stand in its own words.
pub(super) fn resolve(
    text: &Text,
    mentions: &[Mention],
    entities: &Entities,
    ix: MentionIx,
    not: Option<EntityIx>,
    says: &dyn Fn(MentionIx) -> bool,
) -> Option<EntityIx> {
    let mention = &mentions[ix as usize];
    let pronoun = mention.pronoun?;
    if pronoun.form == Form::Reflexive
        && !is_empty(text, mention)
        && let Some(subject) = subject_of_clause(text, mentions, entities, ix)
    {
        return Some(subject);
    }
    let mut best: Option<(i32, EntityIx)> = None;
    candidates(text, mentions, entities, ix, not, says, &mut |_, candidate, pair| {
        let score = ranking::score(text, pair);
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, candidate));
        }
    });
    best.map(|(_, entity)| entity)
}

/// Hands over each mention before the pronoun that grammar and sense allow, nearest first.
pub(super) fn candidates(
    text: &Text,
    mentions: &[Mention],
    entities: &Entities,
    ix: MentionIx,
    not: Option<EntityIx>,
    says: &dyn Fn(MentionIx) -> bool,
    each: &mut dyn FnMut(MentionIx, EntityIx, &Pair),
) {
    let mention = &mentions[ix as usize];
    let Some(pronoun) = mention.pronoun.filter(|p| p.form != Form::Demonstrative && !is_empty(text, mention)) else {
        return;
    };
    let mut rank = 0;
    for back in (0..ix).rev().take(LOOK_BACK) {
        let other = &mentions[back as usize];
        let candidate = entities.of[back as usize];
        let apart = mention.sentence - other.sentence;
        if apart > SENTENCES {
            break;
        }
        let barred = candidate == NONE || Some(candidate) == not || says(back);
        if barred || !may_be(text, mentions, entities, mention, &pronoun, other, candidate) {
            continue;
        }
        rank += 1;
        let entity = &entities.all[candidate as usize];
        let first = back == 0 || mentions[back as usize - 1].sentence != other.sentence;
        let pair = Pair { mention, pronoun: &pronoun, other, entity, apart, rank, first, newest: entity.last == back };
        each(back, candidate, &pair);
    }
}

/// "it" that stands for nothing: "it seems that", "it is clear that", "it rained".
fn is_empty(text: &Text, mention: &Mention) -> bool {
    let words = text.words;
    let token = words.token(mention.head);
    if text.lemma_text(mention.head) != "it" || token.rel == Rel::Expl {
        return token.rel == Rel::Expl;
    }
    if !matches!(token.rel, Rel::Nsubj | Rel::Nsubjpass) {
        return false;
    }
    let verb = token.head;
    let clause = words.children(verb).iter().any(|&c| {
        let rel = words.token(c).rel;
        matches!(rel, Rel::Ccomp | Rel::Csubj | Rel::Xcomp | Rel::Advcl) && c > verb
            || matches!(rel, Rel::Acomp | Rel::Attr)
                && words.children(c).iter().any(|&g| matches!(words.token(g).rel, Rel::Ccomp | Rel::Xcomp | Rel::Advcl))
    });
    match text.lemma_text(verb) {
        "be" | "become" => {
            clause && words.children(verb).iter().any(|&c| matches!(words.token(c).rel, Rel::Acomp | Rel::Attr))
        }
        "seem" | "appear" | "emerge" | "turn" | "happen" | "transpire" | "follow" => clause,
        "rain" | "snow" | "take" => clause || text.lemma_text(verb) != "take",
        _ => false,
    }
}

/// Whether the grammar and what is known allow the pair.
fn may_be(
    text: &Text,
    mentions: &[Mention],
    entities: &Entities,
    mention: &Mention,
    pronoun: &Pronoun,
    other: &Mention,
    candidate: EntityIx,
) -> bool {
    let entity = &entities.all[candidate as usize];
    if let Some(p) = other.pronoun
        && p.person != pronoun.person
    {
        return false;
    }
    let number = pronoun.singular && entity.singular || pronoun.plural && entity.plural;
    let human = pronoun.gender & NEUTER == 0;
    let sort = match entity.sort {
        // "the staff" is people, and nobody says "he" of it.
        Sort::Person => human && entity.gender & NEUTER == 0 || pronoun.plural || !human && entity.gender & NEUTER != 0,
        Sort::Organisation | Sort::Place => !human,
        Sort::Unknown => true,
        _ => !human,
    };
    if !number || !sort || entity.gender & pronoun.gender == 0 {
        return false;
    }
    if other.full.contains(&mention.head) && !in_relative_clause(text, mention.head, other) {
        return false;
    }
    !same_clause(text, mention, pronoun, other)
        && !clashes_in_clause(text, mentions, entities, mention, pronoun, candidate)
}

/// Nothing refers to the phrase that it is part of, but from within a clause on its head: "the aide who said he …".
fn in_relative_clause(text: &Text, head: TokenIx, phrase: &Mention) -> bool {
    use onrecord_model::Tag;
    let words = text.words;
    words.children(phrase.head).iter().any(|&clause| {
        let opener = words.token(text.low[clause as usize]);
        let holds = text.low[clause as usize] <= head && head <= text.high[clause as usize];
        words.token(clause).rel == Rel::Relcl
            && holds
            && matches!(opener.tag, Tag::Wp | Tag::Wdt)
            && words.token(head).head != clause
    })
}

/// The verb that a mention depends on as subject or object, through prepositions and coordination.
fn verb_of(text: &Text, head: TokenIx) -> Option<(TokenIx, bool)> {
    let words = text.words;
    let mut at = head;
    for _ in 0..6 {
        let token = words.token(at);
        match token.rel {
            Rel::Nsubj | Rel::Nsubjpass => return Some((token.head, true)),
            Rel::Dobj | Rel::Dative => return Some((token.head, false)),
            Rel::Pobj | Rel::Prep | Rel::Agent | Rel::Conj => {
                let head = words.token(token.head);
                if token.rel == Rel::Prep && matches!(head.pos, onrecord_model::Pos::Verb | onrecord_model::Pos::Aux) {
                    return Some((token.head, false));
                }
                if token.head == at {
                    return None;
                }
                at = token.head;
            }
            _ => return None,
        }
    }
    None
}

/// Subject and object of one verb are two, unless reflexive.
fn same_clause(text: &Text, mention: &Mention, pronoun: &Pronoun, other: &Mention) -> bool {
    if pronoun.form != Form::Plain || mention.sentence != other.sentence {
        return false;
    }
    match (verb_of(text, mention.head), verb_of(text, other.head)) {
        (Some((a, _)), Some((b, _))) => a == b,
        _ => false,
    }
}

/// Whether the candidate already fills the other place of the pronoun's verb.
fn clashes_in_clause(
    text: &Text,
    mentions: &[Mention],
    entities: &Entities,
    mention: &Mention,
    pronoun: &Pronoun,
    candidate: EntityIx,
) -> bool {
    entities.all[candidate as usize]
        .mentions
        .iter()
        .rev()
        .take(3)
        .any(|&m| same_clause(text, mention, pronoun, &mentions[m as usize]))
}

/// The subject of the reflexive's clause.
fn subject_of_clause(text: &Text, mentions: &[Mention], entities: &Entities, ix: MentionIx) -> Option<EntityIx> {
    let mention = &mentions[ix as usize];
    let (verb, _) = verb_of(text, mention.head)?;
    (0..ix).rev().take(LOOK_BACK).find_map(|back| {
        let other = &mentions[back as usize];
        let token = text.words.token(other.head);
        let subject = token.head == verb && matches!(token.rel, Rel::Nsubj | Rel::Nsubjpass);
        let entity = entities.of[back as usize];
        (subject && entity != NONE && entities.all[entity as usize].gender & mention.gender != 0).then_some(entity)
    })
}
