//! How well a pronoun goes with a mention before it: a log-linear ranker over a few dozen yes-or-no features.
//!
//! Weights are in hundredths; one table for "he" and "she", one for "they", one for "it". They are fitted to OntoGUM (CC BY 4.0),
//! its genres other than news, with the mentions found here, by `models/en/train_coreference.py`.

use super::entities::Entity;
use super::lexicon::{NEUTER, Pronoun, Sort};
use super::mentions::{Mention, Opening};
use super::text::Text;
use super::weights::WEIGHTS;
use onrecord_model::{MentionKind, Rel};

/// Number of features.
pub(super) const FEATURES: usize = 64;

/// A pair to be judged.
pub(super) struct Pair<'a> {
    pub mention: &'a Mention,
    pub pronoun: &'a Pronoun,
    pub other: &'a Mention,
    pub entity: &'a Entity,
    /// Sentences between the two.
    pub apart: u32,
    /// Place among the candidates, nearest first, from 1.
    pub rank: u32,
    /// Whether the other is the first mention of its sentence.
    pub first: bool,
    /// Whether the other is the newest mention of its entity.
    pub newest: bool,
}

/// Table of weights for a pronoun.
pub(super) fn class(pronoun: &Pronoun) -> usize {
    if pronoun.gender & NEUTER == 0 {
        0
    } else if pronoun.plural {
        1
    } else {
        2
    }
}

/// Sum of the weights of what holds of the pair; higher is better.
pub(super) fn score(text: &Text, pair: &Pair) -> i32 {
    let weights = &WEIGHTS[class(pair.pronoun)];
    let mut sum = 0;
    features(text, pair, |feature| sum += i32::from(weights[feature]));
    sum
}

/// Calls `hold` with each feature that holds of the pair.
pub(super) fn features(text: &Text, pair: &Pair, mut hold: impl FnMut(usize)) {
    let words = text.words;
    let Pair { mention, pronoun, other, entity, .. } = pair;
    let role = |head| match words.token(head).rel {
        Rel::Nsubj | Rel::Nsubjpass => 0,
        Rel::Dobj | Rel::Dative => 1,
        Rel::Poss => 2,
        Rel::Compound | Rel::Nmod | Rel::Amod => 3,
        Rel::Pobj => 4,
        Rel::Conj => 5,
        _ => 6,
    };
    let (own, theirs) = (role(mention.head), role(other.head));
    hold(pair.apart.min(4) as usize);
    hold(
        5 + match pair.rank {
            1..=4 => pair.rank as usize - 1,
            5..=6 => 4,
            7..=9 => 5,
            _ => 6,
        },
    );
    hold(12 + theirs + if pair.apart == 0 { 0 } else { 7 });
    if own == theirs && own < 3 {
        hold(26 + own);
    }
    if own == 2 && theirs == 0 && pair.apart == 0 {
        hold(29);
    }
    hold(
        30 + match entity.mentions.len() {
            0 | 1 => 0,
            2 => 1,
            3..=5 => 2,
            _ => 3,
        },
    );
    if entity.group.is_some() {
        hold(34);
    }
    if entity.gender == pronoun.gender {
        hold(35);
    }
    hold(
        36 + match entity.sort {
            Sort::Person => 0,
            Sort::Organisation => 1,
            Sort::Place => 2,
            Sort::Work => 3,
            Sort::Event => 4,
            Sort::Thing => 5,
            Sort::Unknown => 6,
        },
    );
    if let Some(p) = other.pronoun {
        hold(if p.gender == pronoun.gender && p.plural == pronoun.plural { 43 } else { 44 });
    }
    if other.joined {
        hold(45);
    }
    if !entity.singular {
        hold(46);
    }
    if entity.singular && entity.plural {
        hold(47);
    }
    if other.kind == MentionKind::Nominal {
        hold(
            48 + match other.opening {
                Opening::Definite => 0,
                Opening::Demonstrative => 1,
                Opening::Indefinite => 2,
                Opening::Possessive => 3,
                Opening::Bare => 4,
            },
        );
    }
    if pair.first {
        hold(53);
    }
    if pair.newest {
        hold(54);
    }
    let head = words.token(other.head).head;
    if theirs == 0 && words.token(head).head == head {
        hold(55);
    }
    if own == 0 && pair.apart == 1 && theirs == 0 {
        hold(56);
    }
    if other.kind == MentionKind::Name {
        hold(57);
    }
    if other.full.end - other.full.start > 6 {
        hold(58);
    }
    if other.full.contains(&mention.head) {
        hold(59);
    }
    // The verb that both depend on, one through a clause of the other.
    if words.token(words.token(mention.head).head).head == head && pair.apart == 0 {
        hold(60);
    }
    if text.lemma(words.token(mention.head).head) == text.lemma(head) && pair.apart > 0 {
        hold(61);
    }
}
