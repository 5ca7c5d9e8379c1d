//! From words to the chain they belong to.

use crate::outlets;
use crate::words::Words;
use onrecord_model::{Chain, ChainIx, EntityKind, MentionKind, Rel, Span, TokenIx};
use std::collections::BTreeMap;

/// Which chain each token heads a mention of. Building costs O(mentions × their tokens).
pub(super) struct Chains<'a> {
    pub list: &'a [Chain],
    at: Vec<ChainIx>,
    surnames: BTreeMap<&'a str, Option<ChainIx>>,
    /// Whether each is an outlet, by its name or by what it is called ("Le Phare, a weekly,").
    outlets: Vec<bool>,
}

/// The one person of each surname in the report; none where two bear it. O(chains log chains).
fn surnames(list: &[Chain]) -> BTreeMap<&str, Option<ChainIx>> {
    let mut made: BTreeMap<&str, Option<ChainIx>> = BTreeMap::new();
    for (ix, chain) in list.iter().enumerate() {
        if chain.kind == EntityKind::Person
            && let Some((_, surname)) = chain.name.rsplit_once(char::is_whitespace)
        {
            made.entry(surname).and_modify(|bearer| *bearer = None).or_insert(Some(ix as ChainIx));
        }
    }
    made
}

const NONE: ChainIx = ChainIx::MAX;

impl<'a> Chains<'a> {
    pub fn new(words: &Words, list: &'a [Chain]) -> Chains<'a> {
        let mut at = vec![NONE; words.parse.tokens.len()];
        let mut length = vec![0u32; at.len()];
        let surnames = surnames(list);
        for (ix, chain) in list.iter().enumerate() {
            // A surname that was read as a body's belongs to the one person who bears it.
            let body = !matches!(chain.kind, EntityKind::Person | EntityKind::Place | EntityKind::Group);
            let bearer = surnames.get(chain.name.as_str()).copied().flatten().filter(|_| body);
            let ix = bearer.map_or(ix, |bearer| bearer as usize);
            for mention in &chain.mentions {
                let Some(head) = words.head(mention.span) else { continue };
                let slot = head as usize;
                // Of two mentions with one head the longer says more.
                if at[slot] == NONE || mention.span.len() > length[slot] {
                    at[slot] = ix as ChainIx;
                    length[slot] = mention.span.len();
                }
            }
        }
        let called = |chain: &Chain| {
            let named = chain.mentions.iter().filter(|m| m.kind == MentionKind::Name).take(8);
            let mut heads = named.filter_map(|m| words.head(m.span));
            let beside = |head: TokenIx| {
                let token = words.token(head);
                let appositions = words.children(head).iter().copied().filter(|&c| words.token(c).rel == Rel::Appos);
                appositions
                    .chain(Some(token.head).filter(|_| token.rel == Rel::Appos))
                    .any(|ix| outlets::is_described(&words.lemma(ix)))
            };
            heads.any(beside)
        };
        let named = |chain: &Chain| {
            !matches!(chain.kind, EntityKind::Person | EntityKind::Group) && outlets::is_name(&chain.name)
        };
        let outlets = list.iter().map(|chain| called(chain) || named(chain)).collect();
        Chains { list, at, surnames, outlets }
    }

    /// The chain of which `head` heads a mention.
    pub fn of(&self, head: TokenIx) -> Option<ChainIx> {
        self.at.get(head as usize).copied().filter(|&c| c != NONE)
    }

    /// The one person who bears this surname.
    pub fn bearer(&self, surname: &str) -> Option<ChainIx> {
        self.surnames.get(surname).copied().flatten()
    }

    /// Whether the chain has a proper name.
    pub fn is_named(&self, ix: ChainIx) -> bool {
        self.list[ix as usize].mentions.iter().any(|m| m.kind == MentionKind::Name)
    }

    /// Whether the chain is an outlet: an organisation or work named like one, or described as one.
    pub fn is_outlet(&self, ix: ChainIx) -> bool {
        self.outlets[ix as usize]
    }

    /// The first mention that describes or names, for reading a pronoun's referent.
    pub fn description(&self, ix: ChainIx) -> Option<Span> {
        let mentions = &self.list[ix as usize].mentions;
        mentions.iter().find(|m| m.kind != MentionKind::Pronoun).map(|m| m.span)
    }
}
