//! Entities as the model has them: chains, and the facts that later layers ask for.

use super::entities::Entities;
use super::lexicon::{FEMALE, MALE, NEUTER, Sort};
use super::mentions::Mention;
use super::names::Names;
use super::roles::{Description, Roles};
use super::text::Text;
use onrecord_model::{Chain, ChainIx, EntityKind, Mention as Said, MentionKind, Pos, Role, Span, Tag, TokenIx};

/// What is known of the thing behind a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// May be a man, a woman, a thing; all three when nothing tells.
    pub male: bool,
    #[allow(missing_docs)]
    pub female: bool,
    #[allow(missing_docs)]
    pub neuter: bool,
    /// Whether it is spoken of as one.
    pub singular: bool,
    /// Whether it is, or may be, several.
    pub plural: bool,
    /// Whether it has a name, and is not only described.
    pub named: bool,
}

/// Chains of a report, their facts, and the chain at each place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coreference {
    /// Ordered by first mention.
    pub chains: Vec<Chain>,
    /// Facts of each chain.
    pub facts: Vec<Facts>,
    /// (head token, chain, name of this mention), sorted by token.
    by_head: Vec<(TokenIx, ChainIx)>,
}

impl Coreference {
    /// The chain of the mention that a token heads.
    pub fn chain_at(&self, head: TokenIx) -> Option<ChainIx> {
        self.by_head.binary_search_by_key(&head, |&(token, _)| token).ok().map(|at| self.by_head[at].1)
    }

    /// The chain of a phrase: of its head, else of the first token of it that heads a mention.
    pub fn chain_of(&self, words: &crate::words::Words, span: Span) -> Option<ChainIx> {
        let head = words.head(span)?;
        self.chain_at(head).or_else(|| {
            let range = words.range(span);
            let at = self.by_head.partition_point(|&(token, _)| token < range.start);
            self.by_head[at..].iter().take_while(|&&(token, _)| token < range.end).map(|&(_, chain)| chain).next()
        })
    }
}

/// Makes chains of entities: those with a name, of people or bodies, or spoken of twice.
pub(super) fn chains(
    text: &Text,
    mentions: &[Mention],
    roles: &Roles,
    names: &Names,
    entities: Entities,
) -> Coreference {
    let mut made: Vec<(Chain, Facts, Vec<TokenIx>)> = Vec::new();
    for entity in &entities.all {
        let mut own = entity.mentions.clone();
        own.sort_unstable();
        let first = own.iter().map(|&m| &mentions[m as usize]).find(|m| m.pronoun.is_none());
        let people = matches!(entity.sort, Sort::Person | Sort::Organisation);
        let named = entity.group.is_some();
        if own.len() < 2 && !named && !(people && first.is_some()) {
            continue;
        }
        let spans = own.iter().map(|&m| {
            let mention = &mentions[m as usize];
            // "His lawyer, Funke Adeleye," names.
            let kind = if roles.named_by[m as usize].is_some() { MentionKind::Name } else { mention.kind };
            Said { span: text.parse().span_of(mention.full.start, mention.full.end), kind }
        });
        let mut spans: Vec<Said> = spans.collect();
        spans.sort_by_key(|said| (said.span.start(), std::cmp::Reverse(said.span.end())));
        spans.dedup_by_key(|said| said.span);
        let name = match entity.group {
            Some(group) => {
                let tokens = &names.groups[group as usize].tokens;
                text.words.text[text.parse().span_of(tokens.start, tokens.end)].to_owned()
            }
            None => first.map_or_else(
                || text.words.text[spans[0].span].to_owned(),
                |m| text.words.text[text.parse().span_of(m.core.start, m.core.end)].to_owned(),
            ),
        };
        let titles = entity.descriptions.iter().filter(|_| entity.sort == Sort::Person);
        let mut titles: Vec<Role> = titles.filter_map(|d| role(text, d)).collect();
        titles.sort_by_key(|role| role.span);
        titles.dedup_by_key(|role| role.span);
        let facts = Facts {
            male: entity.gender & MALE != 0,
            female: entity.gender & FEMALE != 0,
            neuter: entity.gender & NEUTER != 0,
            singular: entity.singular,
            plural: entity.plural,
            named,
        };
        let chain = Chain {
            kind: kind(entity.sort, entity.singular, named),
            name,
            roles: titles,
            mentions: spans,
            person_kind: None,
        };
        made.push((
            chain,
            facts,
            own.iter().filter(|&&m| !mentions[m as usize].joined).map(|&m| mentions[m as usize].head).collect(),
        ));
    }
    made.sort_by_key(|(chain, ..)| (chain.mentions[0].span.start(), std::cmp::Reverse(chain.mentions[0].span.end())));
    let mut table = Coreference::default();
    for (chain, facts, heads) in made {
        let ix = table.chains.len() as ChainIx;
        table.by_head.extend(heads.into_iter().map(|head| (head, ix)));
        table.chains.push(chain);
        table.facts.push(facts);
    }
    // A mention that only describes belongs to what it describes.
    let mut described: Vec<(TokenIx, ChainIx)> = Vec::new();
    table.by_head.sort_unstable();
    for mention in mentions {
        if let Some(chain) = mention.describes.and_then(|of| table.chain_at(of)) {
            described.push((mention.head, chain));
        }
    }
    table.by_head.extend(described);
    table.by_head.sort_unstable();
    table.by_head.dedup_by_key(|&mut (token, _)| token);
    table
}

fn kind(sort: Sort, singular: bool, named: bool) -> EntityKind {
    match sort {
        Sort::Person if singular || named => EntityKind::Person,
        Sort::Person => EntityKind::Group,
        Sort::Organisation => EntityKind::Organisation,
        Sort::Place => EntityKind::Place,
        Sort::Work => EntityKind::Work,
        Sort::Event => EntityKind::Event,
        Sort::Thing | Sort::Unknown => EntityKind::Other,
    }
}

/// Forms of address and kinship are no roles.
fn is_no_role(lemma: &str) -> bool {
    matches!(
        lemma.trim_end_matches('.'),
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "mx"
            | "wife"
            | "husband"
            | "widow"
            | "widower"
            | "son"
            | "daughter"
            | "father"
            | "mother"
            | "brother"
            | "sister"
            | "uncle"
            | "aunt"
            | "cousin"
            | "nephew"
            | "niece"
            | "partner"
            | "child"
            | "man"
            | "woman"
            | "person"
            | "guy"
            | "friend"
            | "parent"
    )
}

/// A description as a role: without "former" and its like, which make it past.
fn role(text: &Text, description: &Description) -> Option<Role> {
    let words = text.words;
    let (mut first, mut past) = (description.first, false);
    // "triumphant moment" is no role.
    let noun = text.noun(description.head);
    let fits = noun.map_or(description.title, |noun| noun.sort == Sort::Person);
    if !fits {
        return None;
    }
    while first < description.last {
        let form = words.form(first).to_lowercase();
        let gone =
            matches!(form.as_str(), "former" | "then" | "ex" | "late" | "retired" | "onetime" | "one-time" | "ousted");
        let lead = gone
            || matches!(form.as_str(), "the" | "a" | "an" | "-" | "–")
            || matches!(words.token(first).pos, Pos::Punct | Pos::Space)
            || words.token(first).tag == Tag::PrpPoss;
        if !lead {
            break;
        }
        past |= gone;
        first += 1;
    }
    if first >= description.last || is_no_role(text.lemma_text(description.head)) {
        return None;
    }
    let span = text.parse().span_of(first, description.last);
    let mut title = &words.text[span];
    for lead in ["then-", "ex-", "former-"] {
        if let Some(rest) = title.strip_prefix(lead) {
            (title, past) = (rest, true);
        }
    }
    Some(Role { title: title.to_owned(), span, past })
}
