//! What the words of a source say of who speaks: description, number, and on whose word it is.

use super::lexicon as lex;
use crate::outlets;
use crate::words::{Words, in_list};
use onrecord_model::{Basis, NameKind, Pos, Rel, Span, Tag, TokenIx};

/// A source, read apart from coreference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Source {
    /// The noun or pronoun at its head.
    pub head: TokenIx,
    /// The description: the source without clauses about anonymity and without what follows a comma.
    pub description: Span,
    /// How it refers.
    pub kind: SourceKind,
    /// How many people, where the words say so.
    pub count: Option<u32>,
}

/// How a source refers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SourceKind {
    /// A personal pronoun or relative pronoun: look at the chain.
    Pronoun,
    /// "another", "a third", "one of them": a member of a group named before.
    Member,
    /// A name of a person, or an office that one known person holds.
    Person,
    /// Anything else, with its basis.
    Other(Basis),
}

/// Reads `span` as a source. None when it holds no word.
pub(super) fn read(words: &Words, span: Span) -> Option<Source> {
    let mut head = words.head(span)?;
    let mut span = span;
    // "the secretary, who said": the relative pronoun stands for the noun that its clause hangs from.
    if matches!(words.token(head).tag, Tag::Wdt | Tag::Wp) {
        let clause = words.ancestors(head).find(|&a| matches!(words.token(a).rel, Rel::Relcl | Rel::Acl));
        if let Some(clause) = clause {
            head = words.token(clause).head;
            span = words.span(words.subtree(head).start..head + 1).unwrap_or(span);
        }
    }
    // "Two of the officials": the number is the head in the tree, the noun says what they are.
    let noun = partitive(words, head).unwrap_or(head);
    let description = description(words, span);
    let kind = kind(words, head, noun, description);
    Some(Source { head, description, kind, count: count(words, head, noun) })
}

/// The noun after "of" where the head is a number or quantifier.
pub(super) fn partitive(words: &Words, head: TokenIx) -> Option<TokenIx> {
    let quantity = matches!(words.token(head).pos, Pos::Num | Pos::Det | Pos::Adj)
        || in_list(
            &[
                "couple", "dozen", "dozens", "half", "handful", "majority", "many", "most", "none", "number", "pair",
                "some",
            ],
            &words.lemma(head),
        );
    let of = words.children(head).iter().copied().find(|&c| words.is(c, "of")).filter(|_| quantity)?;
    words.child(of, Rel::Pobj)
}

/// The source up to its first comma or clause about anonymity.
fn description(words: &Words, span: Span) -> Span {
    let range = words.range(span);
    let mut end = range.end;
    for ix in range.clone().skip(1) {
        let token = words.token(ix);
        let comma = token.tag == Tag::Comma && !within_name(words, ix);
        let clause = matches!(token.tag, Tag::Wp | Tag::Wdt | Tag::Vbg | Tag::Vbn | Tag::In)
            && super::anonymity::is_trigger_clause(words, ix..range.end);
        // "A judge on Monday": the day belongs to the saying.
        let dated = words.name_at(ix).is_some_and(|n| n.kind == NameKind::Date && n.first == ix);
        if comma || clause || dated && words.token(ix).tag != Tag::Jj {
            end = if dated && words.token(ix - 1).tag == Tag::In { ix - 1 } else { ix };
            break;
        }
    }
    words.span(range.start..end).unwrap_or(span)
}

fn within_name(words: &Words, ix: TokenIx) -> bool {
    words.name_at(ix).is_some_and(|n| n.first < ix && ix + 1 < n.last)
}

fn kind(words: &Words, head: TokenIx, noun: TokenIx, description: Span) -> SourceKind {
    let token = words.token(noun);
    let lemma = words.lemma(noun);
    let group = ["duo", "pair", "quartet", "trio"];
    let of_group = noun != head && (token.pos == Pos::Pron || in_list(&group, &lemma));
    if of_group || noun == head && is_member(words, head) {
        return SourceKind::Member;
    }
    if noun != head && token.pos == Pos::Pron {
        return SourceKind::Member;
    }
    if token.pos == Pos::Pron {
        return match &*lemma {
            "nobody" | "no" | "none" => SourceKind::Other(Basis::Unspecified),
            "everyone" | "everybody" | "someone" | "somebody" | "anyone" | "many" | "some" | "other" | "others"
            | "those" => SourceKind::Other(Basis::Anonymous),
            _ => SourceKind::Pronoun,
        };
    }
    if let Some(basis) = name_basis(words, noun) {
        return basis;
    }
    let plural = matches!(token.tag, Tag::Nns | Tag::Nnps);
    let determiner = determiner(words, noun);
    let with =
        |list: &[&str]| words.children(noun).iter().any(|&c| c < noun && list.iter().any(|word| words.is(c, word)));
    // "The governor's press secretary" speaks for the governor.
    let speaks_for = matches!(&*lemma, "officer" | "secretary") && with(&["press", "communications", "media"]);
    let basis = if in_list(lex::SPOKESPEOPLE, &lemma) || words.is(noun, "spokespeople") || speaks_for {
        Basis::Organisation
    } else if lemma == "agency" && with(&["news", "press", "wire"]) {
        Basis::Outlet
    } else if lemma == "report" && plural && determiner != Determiner::Definite {
        Basis::Unspecified // "multiple reports", "news reports": they name nobody
    } else if lemma == "report" && outlet_modifier(words, noun) {
        Basis::Outlet
    } else if in_list(outlets::OUTLETS, &lemma) {
        if plural && determiner != Determiner::Definite { Basis::Unspecified } else { Basis::Outlet }
    } else if in_list(lex::DOCUMENTS, &lemma) && !is_figure(words, noun, plural, determiner) {
        Basis::Document
    } else if in_list(lex::OFFICES, &lemma) && !plural && determiner != Determiner::Indefinite && noun == head {
        return SourceKind::Person;
    } else if lemma == "police" || (in_list(lex::ORGANISATIONS, &lemma) && (!plural || capital(words, description))) {
        Basis::Organisation
    } else {
        Basis::Anonymous
    };
    SourceKind::Other(basis)
}

/// "A senior figure in the party", "leading figures": people, not numbers.
fn is_figure(words: &Words, noun: TokenIx, plural: bool, determiner: Determiner) -> bool {
    const RANKS: &[&str] = &[
        "church",
        "government",
        "important",
        "influential",
        "key",
        "leading",
        "military",
        "opposition",
        "party",
        "prominent",
        "public",
        "religious",
        "senior",
        "union",
    ];
    let ranked = words.children(noun).iter().any(|&c| in_list(RANKS, &words.lemma(c)));
    words.lemma_in(noun, &["figure"]) && (ranked || !plural && determiner == Determiner::Indefinite)
}

fn capital(words: &Words, span: Span) -> bool {
    words.text[span].starts_with(char::is_uppercase)
}

/// What the name at `noun` says, if it is (part of) one.
fn name_basis(words: &Words, noun: TokenIx) -> Option<SourceKind> {
    let name = words.name_at(noun);
    let token = words.token(noun);
    if let Some(name) = name {
        let text = &words.text[words.parse.span_of(name.first, name.last)];
        return match name.kind {
            _ if outlets::is_sure(text) => Some(SourceKind::Other(Basis::Outlet)),
            NameKind::Person => Some(SourceKind::Person),
            NameKind::Org | NameKind::WorkOfArt | NameKind::Product | NameKind::Fac if outlets::is_name(text) => {
                Some(SourceKind::Other(Basis::Outlet))
            }
            NameKind::Org | NameKind::Gpe | NameKind::Fac | NameKind::Loc => {
                Some(SourceKind::Other(Basis::Organisation))
            }
            NameKind::Norp => Some(SourceKind::Other(Basis::Anonymous)),
            NameKind::Law => Some(SourceKind::Other(Basis::Document)),
            _ => None,
        };
    }
    if token.pos != Pos::Propn {
        return None;
    }
    let lemma = words.lemma(noun);
    if in_list(lex::OFFICES, &lemma) || in_list(lex::SPOKESPEOPLE, &lemma) {
        None // "the Prime Minister": read as a description
    } else if in_list(lex::ORGANISATIONS, &lemma) {
        Some(SourceKind::Other(Basis::Organisation))
    } else if in_list(lex::DOCUMENTS, &lemma) {
        Some(SourceKind::Other(Basis::Document))
    } else {
        let span = super::carriers::numbered(words, noun);
        if outlets::is_name(&words.text[span]) {
            Some(SourceKind::Other(Basis::Outlet))
        } else {
            Some(SourceKind::Person)
        }
    }
}

fn outlet_modifier(words: &Words, noun: TokenIx) -> bool {
    words.children(noun).iter().any(|&c| {
        matches!(words.token(c).rel, Rel::Compound | Rel::Nmod | Rel::Poss)
            && words.token(c).pos == Pos::Propn
            && outlets::is_name(words.form(c))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Determiner {
    Definite,
    Indefinite,
    None,
}

fn determiner(words: &Words, noun: TokenIx) -> Determiner {
    for &c in words.children(noun) {
        let token = words.token(c);
        if token.rel == Rel::Poss {
            return Determiner::Definite;
        }
        if token.rel == Rel::Nummod && words.is(c, "one") {
            return Determiner::Indefinite;
        }
        if token.rel == Rel::Det {
            let lemma = words.lemma(c);
            return match &*lemma {
                "the" | "this" | "that" | "these" | "those" => Determiner::Definite,
                _ => Determiner::Indefinite,
            };
        }
    }
    Determiner::None
}

/// "another", "a third", "others" without a noun, "one of them".
fn is_member(words: &Words, head: TokenIx) -> bool {
    let alone = words
        .children(head)
        .iter()
        .all(|&c| matches!(words.token(c).rel, Rel::Det | Rel::Prep | Rel::Punct | Rel::Predet));
    alone
        && (words.is(head, "another")
            || words.is(head, "both") && words.token(head).rel == Rel::Nsubj
            || words.is(head, "one") && matches!(words.token(head).rel, Rel::Nsubj | Rel::Nsubjpass)
            || words.is(head, "second")
            || words.is(head, "third")
            || words.is(head, "fourth"))
}

/// "Half a dozen engineers", "a dozen", "two dozen": before the noun in its sentence.
fn dozens(words: &Words, noun: TokenIx) -> Option<u32> {
    const REACH: TokenIx = 8;
    let first = noun.saturating_sub(REACH).max(words.sentence(noun).start);
    let dozen = (first..=noun).rev().find(|&ix| words.is(ix, "dozen"))?;
    let near = words.children(noun).contains(&dozen) || words.subtree(noun).contains(&dozen) || dozen == noun;
    let before = |n: TokenIx| dozen.checked_sub(n).filter(|&ix| ix >= first);
    let times = before(1).and_then(|ix| lex::NUMBERS.iter().find(|(word, _)| words.is(ix, word)));
    let half = before(1).into_iter().chain(before(2)).any(|ix| words.is(ix, "half"));
    near.then_some(if half { 6 } else { 12 * times.map_or(1, |&(_, n)| n) })
}

fn count(words: &Words, head: TokenIx, noun: TokenIx) -> Option<u32> {
    let number = |ix: TokenIx| {
        let form = words.lower(ix);
        lex::NUMBERS
            .iter()
            .find(|(w, _)| *w == form)
            .map(|&(_, n)| n)
            .or_else(|| form.parse::<u32>().ok().filter(|&n| n < 10_000))
    };
    if words.is(head, "another") {
        return Some(1);
    }
    if let Some(dozen) = dozens(words, noun) {
        return Some(dozen);
    }
    if noun != head {
        return number(head);
    }
    for &c in words.children(head) {
        if matches!(words.token(c).rel, Rel::Nummod | Rel::Det | Rel::Predet | Rel::Amod)
            && let Some(n) = number(c)
        {
            return Some(n);
        }
    }
    if let Some(n) = number(head) {
        return Some(n);
    }
    let token = words.token(head);
    let single = matches!(token.tag, Tag::Nn | Tag::Nnp) && !in_list(lex::COLLECTIVES, &words.lemma(head));
    single.then_some(1)
}
