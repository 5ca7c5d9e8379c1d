//! What a trainer of the ranker sees: each pronoun of the third person with its candidates.

use super::Speech;
use super::entities::{Entities, EntityIx};
use super::mentions::{Mention, MentionIx};
use super::text::Text;
use super::{pronouns, ranking};
use onrecord_model::{Parse, Span};

/// A pronoun with all that it may refer to, nearest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
    /// The pronoun.
    pub pronoun: Span,
    /// Its table of weights: 0 for "he" and "she", 1 for "they", 2 for "it".
    pub class: usize,
    /// Never empty.
    pub candidates: Vec<Candidate>,
}

/// A mention that a pronoun may refer to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The mention.
    pub mention: Span,
    /// Candidates of one number are one entity, as found so far.
    pub entity: u32,
    /// The features that hold of the pair.
    pub features: Vec<usize>,
}

/// The pronouns of a text with their candidates, as reading from left to right meets them.
pub fn judged_in(text: &str, parse: &Parse, speeches: &[Speech]) -> Vec<Judged> {
    let mut judged = Vec::new();
    super::run(text, parse, speeches, Some(&mut judged));
    judged
}

/// One pronoun with its candidates; none where it has no candidate.
pub(super) fn judged(
    text: &Text,
    mentions: &[Mention],
    entities: &Entities,
    ix: MentionIx,
    not: Option<EntityIx>,
    says: &dyn Fn(MentionIx) -> bool,
) -> Option<Judged> {
    let span = |mention: &Mention| text.parse().span_of(mention.full.start, mention.full.end);
    let mention = &mentions[ix as usize];
    let class = ranking::class(&mention.pronoun?);
    let mut candidates: Vec<Candidate> = Vec::new();
    pronouns::candidates(text, mentions, entities, ix, not, says, &mut |back, entity, pair| {
        let mut features = Vec::new();
        ranking::features(text, pair, |feature| features.push(feature));
        candidates.push(Candidate { mention: span(&mentions[back as usize]), entity, features });
    });
    (!candidates.is_empty()).then(|| Judged { pronoun: span(mention), class, candidates })
}
