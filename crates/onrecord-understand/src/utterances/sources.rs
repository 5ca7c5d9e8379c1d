//! Sources made whole: with the clause that tells which one, the noun that a name stands beside, the subject where none was found.

use super::anonymity::{self, Grant};
use super::stance::cue_head;
use crate::words::Words;
use onrecord_model::{NameKind, Pos, Rel, Span, Tag, TokenIx};
use std::ops::Range;

/// The source of an attribution, never over its cue or content.
pub(super) fn whole(
    words: &Words,
    grants: &[Grant],
    source: Option<Span>,
    cue: Option<Span>,
    content: &[Span],
) -> Option<Span> {
    let taken = |ix: TokenIx| {
        let span = words.token(ix).span;
        cue.is_some_and(|c| c.overlaps(span)) || content.iter().any(|c| c.overlaps(span))
    };
    // "A clerk, granted anonymity because her employer reads along, said": the subject is not in the reason.
    let misplaced = source.is_some_and(|s| anonymity::is_in_grant(words, grants, s));
    if source.is_none() || misplaced {
        let free = |span: &Span| !anonymity::is_in_grant(words, grants, *span);
        return subject(words, cue, &taken).filter(free).or_else(|| granted(words, grants, cue, &taken)).or(source);
    }
    let span = source?;
    let head = words.head(span)?;
    let range = words.range(span);
    let tree = words.subtree(head);
    let range = after_date(words, head, &range)..range.end;
    let first = left(words, head, &range, &tree, &taken);
    let last = right(words, head, &range, &tree, &taken);
    words.span(first..last).or(source)
}

/// The subject of the cue, with what stands right behind it.
fn subject(words: &Words, cue: Option<Span>, taken: &dyn Fn(TokenIx) -> bool) -> Option<Span> {
    let verb = cue_head(words, cue?)?;
    let token = words.token(verb);
    if !matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp) {
        return None;
    }
    let subject =
        words.child(verb, Rel::Nsubj).filter(|&s| s < verb && !matches!(words.token(s).tag, Tag::Wp | Tag::Wdt))?;
    let tree = words.subtree(subject);
    let mut last = subject + 1;
    while last < tree.end.min(verb) && !is_break(words, last) {
        last += 1;
    }
    (!(tree.start..last).any(taken)).then(|| words.span(tree.start..last)).flatten()
}

/// "A pair of surgeons, granted anonymity …, described": those to whom the cue's sentence grants anonymity before it.
fn granted(words: &Words, grants: &[Grant], cue: Option<Span>, taken: &dyn Fn(TokenIx) -> bool) -> Option<Span> {
    let cue = words.range(cue?).start;
    let sentence = words.sentence_ix(cue);
    let first = grants.partition_point(|g| g.sentence < sentence);
    let grant = grants[first..].iter().take_while(|g| g.sentence == sentence).find(|g| g.trigger < cue)?;
    let verb = words.ancestors(grant.trigger).find(|&a| words.token(a).pos == Pos::Verb)?;
    let owner = words
        .child(verb, Rel::Nsubj)
        .or_else(|| Some(words.token(verb).head).filter(|&head| words.is_nominal(head)))
        .filter(|&owner| owner < grant.trigger)?;
    let tree = words.subtree(owner);
    let mut last = owner + 1;
    while last < tree.end.min(verb) && !is_break(words, last) {
        last += 1;
    }
    (!(tree.start..last).any(taken)).then(|| words.span(tree.start..last)).flatten()
}

fn is_break(words: &Words, ix: TokenIx) -> bool {
    matches!(words.token(ix).pos, Pos::Punct | Pos::Space) && !matches!(words.token(ix).tag, Tag::Hyph)
}

/// "That evening three of the envoys": a time before the source is none of it.
fn after_date(words: &Words, head: TokenIx, range: &Range<TokenIx>) -> TokenIx {
    let mut first = range.start;
    while first < head {
        let token = words.token(first);
        let name = words.name_at(first).filter(|n| matches!(n.kind, NameKind::Date | NameKind::Time) && n.last <= head);
        let adverbial = words
            .ancestors(first)
            .take_while(|a| range.contains(a))
            .chain([first])
            .any(|a| words.token(a).rel == Rel::Npadvmod);
        match name {
            Some(name) if adverbial => first = name.last,
            _ if token.rel == Rel::Npadvmod && words.subtree(first).end <= head => first = words.subtree(first).end,
            _ => break,
        }
    }
    first
}

/// Articles and nouns before a name, and the noun that it is set beside: "the tabloid Nova", "the head teacher, Ann Orr".
fn left(
    words: &Words,
    head: TokenIx,
    range: &Range<TokenIx>,
    tree: &Range<TokenIx>,
    taken: &dyn Fn(TokenIx) -> bool,
) -> TokenIx {
    let mut first = range.start;
    while first > tree.start && !is_break(words, first - 1) && !taken(first - 1) {
        first -= 1;
    }
    let token = words.token(head);
    // "one of | his physicians": how many of them speaks.
    if first >= 2 && token.rel == Rel::Pobj && token.head == first - 1 && words.is(first - 1, "of") && !taken(first - 1)
    {
        let quantity = words.token(first - 1).head;
        let counts = matches!(words.token(quantity).pos, Pos::Num | Pos::Det | Pos::Pron | Pos::Adj);
        if quantity == first - 2 && counts && !taken(quantity) {
            return quantity;
        }
    }
    if token.rel == Rel::Appos && token.head < first {
        let noun = words.subtree(token.head);
        let beside = first == token.head + 2 && words.token(first - 1).tag == Tag::Comma || first == token.head + 1;
        if beside && noun.start <= token.head && !(noun.start..first).any(taken) {
            return noun.start;
        }
    }
    first
}

/// The clause or phrase right behind the noun that tells which one is meant; a clause that was begun is ended.
fn right(
    words: &Words,
    head: TokenIx,
    range: &Range<TokenIx>,
    tree: &Range<TokenIx>,
    taken: &dyn Fn(TokenIx) -> bool,
) -> TokenIx {
    let mut last = range.end;
    if last <= head || last >= tree.end {
        return last;
    }
    let dangling = matches!(words.token(last - 1).tag, Tag::Wp | Tag::Wdt);
    let aside = dangling && range.len() > 2 && words.token(last - 2).tag == Tag::Comma;
    if aside {
        // ", who asked not to be named," goes on to its own end.
        let clause = words.token(last - 1).head;
        let end = words.subtree(clause).end.min(tree.end);
        return if (last..end).any(taken) { range.end } else { end.max(last) };
    }
    let opens = |ix: TokenIx| {
        let token = words.token(ix);
        dangling
            || matches!(token.tag, Tag::Wp | Tag::Wdt | Tag::WpPoss)
            || matches!(token.tag, Tag::Vbn | Tag::Vbg) && token.rel == Rel::Acl
    };
    if !opens(last) {
        return last;
    }
    while last < tree.end && !is_break(words, last) && !taken(last) {
        last += 1;
    }
    last
}
