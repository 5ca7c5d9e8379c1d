//! Descriptions that go with a name or phrase: appositions, predicates, titles.

use super::lexicon::{HUMAN, Sort};
use super::mentions::{Mention, MentionIx, Opening};
use super::text::Text;
use onrecord_model::{MentionKind, NameKind, Pos, Rel, Tag, TokenIx};
use std::collections::HashMap;

/// A description of a mention: its head and its words, without what leads it.
#[derive(Clone, Debug)]
pub(super) struct Description {
    /// Whether it stands before a name as its title.
    pub title: bool,
    pub head: TokenIx,
    pub first: TokenIx,
    pub last: TokenIx,
}

/// Descriptions by mention, and the mention that heads at a token.
pub(super) struct Roles {
    pub of: Vec<Vec<Description>>,
    pub by_head: HashMap<TokenIx, MentionIx>,
    /// Mention whose name another mention bears by apposition ("his lawyer, Funke Adeleye").
    pub named_by: Vec<Option<MentionIx>>,
}

/// Finds descriptions and marks the mentions that only describe.
pub(super) fn roles(text: &Text, mentions: &mut [Mention]) -> Roles {
    let mut by_head = HashMap::new();
    for (ix, mention) in mentions.iter().enumerate().filter(|(_, m)| !m.joined) {
        by_head.insert(mention.head, ix as MentionIx);
    }
    let mut roles = Roles { of: vec![Vec::new(); mentions.len()], by_head, named_by: vec![None; mentions.len()] };
    for ix in 0..mentions.len() {
        title(text, mentions, ix, &mut roles);
        match text.words.token(mentions[ix].head).rel {
            Rel::Appos => apposition(text, mentions, ix, &mut roles),
            Rel::Attr => predicate(text, mentions, ix, &mut roles),
            _ => {}
        }
    }
    roles
}

/// The words before a name that say what its bearer is: "former Justice Department official".
fn title(text: &Text, mentions: &[Mention], ix: usize, roles: &mut Roles) {
    let mention = &mentions[ix];
    let Some(name) = &mention.name else { return };
    if mention.joined
        || mention.core.start >= name.start
        || !matches!(mention.sort, Sort::Person | Sort::Unknown | Sort::Organisation)
    {
        return;
    }
    let words = text.words;
    // Back over nouns and adjectives; a clause or quotation before the name is no title.
    let part = |t: TokenIx| {
        let token = words.token(t);
        matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Space)
            || token.tag == Tag::Hyph
            || token.tag == Tag::Pos
    };
    let mut first = name.start;
    while first > mention.core.start && part(first - 1) {
        first -= 1;
    }
    let head = (first..name.start).rev().find(|&t| matches!(words.token(t).pos, Pos::Noun | Pos::Propn));
    // A possessor or a body before the name is no title: "Varga's deputy Anton Imre" has its title after the mark.
    let body = |t| {
        text.name(t).is_some_and(|n| matches!(n.kind, NameKind::Org | NameKind::Gpe | NameKind::Norp | NameKind::Loc))
    };
    let post = |t| text.noun(t).is_some_and(|n| n.sort == Sort::Person);
    let Some(head) = head.filter(|&h| words.token(h).rel != Rel::Poss && (!body(h) || post(h))) else { return };
    roles.of[ix].push(Description { title: true, head, first, last: head + 1 });
}

/// "Ilona Varga, the city's harbour master,"; "his lawyer, Funke Adeleye".
fn apposition(text: &Text, mentions: &mut [Mention], ix: usize, roles: &mut Roles) {
    let token = text.words.token(mentions[ix].head);
    let Some(&of) = roles.by_head.get(&token.head) else { return };
    let (of, part) = (outer(text, mentions, roles, of as usize, ix), ix);
    if !is_beside(text, &mentions[of], &mentions[part]) {
        return;
    }
    if of == part || mentions[part].pronoun.is_some() || mentions[of].pronoun.is_some() {
        return;
    }
    let (mut whole_named, part_named) =
        (mentions[of].kind == MentionKind::Name, mentions[part].kind == MentionKind::Name);
    // "The health MEC, Sibongile Radebe": capitals that a person explains are a post, not a name.
    let full_name =
        mentions[part].name_kind == Some(NameKind::Person) && mentions[part].name.as_ref().is_some_and(|n| n.len() > 1);
    if whole_named
        && full_name
        && mentions[of].name_kind != Some(NameKind::Person)
        && mentions[of].opening == Opening::Definite
        && !is_place(&mentions[of])
    {
        whole_named = false;
        (mentions[of].name, mentions[of].kind, mentions[of].sort) = (None, MentionKind::Nominal, Sort::Person);
        (mentions[of].gender, mentions[of].plural) = (HUMAN, false);
    }
    // Of "the tabloid Nova Iskra" the noun knows best what it is; names are often taken for something else.
    let told = !whole_named
        && part_named
        && matches!(mentions[of].opening, Opening::Definite | Opening::Possessive)
        && matches!(mentions[of].sort, Sort::Person | Sort::Organisation)
        && (matches!(mentions[part].sort, Sort::Person | Sort::Organisation | Sort::Work | Sort::Unknown)
            || mentions[part].sort == Sort::Place && mentions[of].sort == Sort::Person)
        && (mentions[of].singular || !mentions[of].plural);
    if told {
        mentions[part].sort = mentions[of].sort;
        mentions[part].plural = mentions[of].plural;
    }
    if !is_apposition(text, mentions, of, part) {
        return;
    }
    match (whole_named, part_named) {
        (true, true) => {} // "Louisville, Ky.": two names
        (false, true) => {
            mentions[part].describes = Some(mentions[of].head);
            roles.named_by[of] = Some(part as MentionIx);
            let mention = &mentions[of];
            roles.of[of].push(describe(text, mention));
        }
        _ => {
            mentions[part].describes = Some(mentions[of].head);
            let description = describe(text, &mentions[part]);
            roles.of[of].push(description);
        }
    }
}

/// "The member for Kell North, Ann Orr": the person is set beside the member, whatever the parser says.
fn outer(text: &Text, mentions: &[Mention], roles: &Roles, of: usize, part: usize) -> usize {
    let words = text.words;
    let whole = &mentions[of];
    let person = mentions[part].name_kind == Some(NameKind::Person);
    if !person || whole.kind != MentionKind::Name || whole.name_kind == Some(NameKind::Person) {
        return of;
    }
    let token = words.token(whole.head);
    let preposition = words.token(token.head);
    if token.rel != Rel::Pobj || preposition.rel != Rel::Prep {
        return of;
    }
    let holder = roles.by_head.get(&preposition.head).map(|&ix| ix as usize);
    let fits = |m: &Mention| {
        m.kind == MentionKind::Nominal && m.sort == Sort::Person && m.singular && m.opening == Opening::Definite
    };
    holder.filter(|&ix| ix < mentions.len() && fits(&mentions[ix])).unwrap_or(of)
}

/// Whether only a comma, or nothing, parts the two: what stands further off was read wrongly.
fn is_beside(text: &Text, whole: &Mention, part: &Mention) -> bool {
    let first = part.full.start.min(part.core.start);
    first > 0 && (first - 1 == whole.head || first <= whole.head || text.words.token(first - 1).pos == Pos::Punct)
}

fn is_place(mention: &Mention) -> bool {
    matches!(mention.name_kind, Some(NameKind::Gpe | NameKind::Loc | NameKind::Fac))
}

/// Whether an apposition of the parser is one: same number, no date, no list.
fn is_apposition(text: &Text, mentions: &[Mention], of: usize, part: usize) -> bool {
    let (whole, part) = (&mentions[of], &mentions[part]);
    let dated = |m: &Mention| {
        matches!(m.name_kind, Some(NameKind::Date | NameKind::Cardinal | NameKind::Money | NameKind::Percent))
    };
    let sorts = whole.sort == part.sort
        || whole.sort == Sort::Unknown
        || part.sort == Sort::Unknown
        || whole.sort == Sort::Thing
        || part.sort == Sort::Thing;
    let numbers = whole.singular == part.singular || whole.plural == part.plural;
    let joined = text.words.children(part.head).iter().any(|&c| text.words.token(c).rel == Rel::Cc)
        && whole.singular
        && !whole.plural;
    part.head > whole.head && !dated(whole) && !dated(part) && sorts && numbers && !joined
}

/// "Varga is the harbour master".
fn predicate(text: &Text, mentions: &mut [Mention], ix: usize, roles: &mut Roles) {
    let words = text.words;
    let verb = words.token(mentions[ix].head).head;
    if mentions[ix].kind != MentionKind::Nominal || mentions[ix].joined || words.token(verb).pos != Pos::Aux {
        return;
    }
    let subject = words.children(verb).iter().copied().find(|&c| words.token(c).rel == Rel::Nsubj);
    let negated = words.children(verb).iter().any(|&c| words.token(c).rel == Rel::Neg);
    let Some(&of) = subject.and_then(|s| roles.by_head.get(&s)) else { return };
    let of = of as usize;
    if negated || of == ix || mentions[of].head > mentions[ix].head {
        return;
    }
    mentions[ix].describes = Some(mentions[of].head);
    // "It is a day for …" tells nothing about a person.
    let fits =
        mentions[ix].sort == mentions[of].sort || mentions[of].pronoun.is_some() && mentions[ix].sort == Sort::Person;
    if fits {
        let description = describe(text, &mentions[ix]);
        roles.of[of].push(description);
    }
}

/// A mention's core without its article and what the parser hung before it.
fn describe(text: &Text, mention: &Mention) -> Description {
    let words = text.words;
    let mut first = mention.core.start;
    while first < mention.head
        && matches!(words.token(first).pos, Pos::Det | Pos::Punct | Pos::Space)
        && words.token(first).tag != Tag::PrpPoss
    {
        first += 1;
    }
    Description { title: false, head: mention.head, first, last: mention.core.end }
}
