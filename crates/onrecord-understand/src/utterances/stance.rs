//! What the speaker does with the words: from the cue, and with a neutral cue from the content.

use super::lexicon as lex;
use crate::words::{Words, in_list};
use onrecord_model::{Pos, Rel, Span, Stance, Tag, TokenIx};

/// The stance of an utterance.
pub(super) fn stance(words: &Words, source: Option<Span>, cue: Option<Span>, content: &[Span]) -> Stance {
    let verb = cue.and_then(|cue| cue_head(words, cue));
    if let (Some(cue), Some(verb)) = (cue, verb)
        && let Some(stance) = from_cue(words, cue, verb, content)
    {
        return stance;
    }
    from_content(words, source, content)
}

/// The word of the cue that carries its meaning: its last verb, else its last noun, adverb or adjective.
pub(super) fn cue_head(words: &Words, cue: Span) -> Option<TokenIx> {
    let range = words.range(cue);
    let rank = |ix: TokenIx| match words.token(ix).pos {
        Pos::Verb if words.token(ix).rel != Rel::Prep && words.token(ix).rel != Rel::Pcomp => 3,
        Pos::Verb => 2,
        Pos::Noun | Pos::Adv | Pos::Adj => 1,
        _ => 0,
    };
    let best = range.clone().map(rank).max()?;
    // The first verb of the best rank: "said in a statement released …" is about "said"; auxiliaries are no verbs.
    range.clone().find(|&ix| rank(ix) == best).or(Some(range.start))
}

fn from_cue(words: &Words, cue: Span, verb: TokenIx, content: &[Span]) -> Option<Stance> {
    let lemma = words.lemma(verb);
    let range = words.range(cue);
    let negative =
        range.clone().any(|ix| words.token(ix).rel == Rel::Neg || words.is(ix, "never") || words.is(ix, "neither"));
    let infinitive = content.first().is_some_and(|&part| {
        let first = words.range(part).start;
        let at = if words.is(first, "not") { first + 1 } else { first };
        words.parse.tokens.get(at as usize).is_some_and(|t| t.tag == Tag::To)
    });
    if negative {
        let evading = [
            "answer",
            "comment",
            "confirm",
            "discuss",
            "draw",
            "elaborate",
            "reply",
            "respond",
            "return",
            "say",
            "speak",
        ];
        if in_list(&evading, &lemma) {
            return Some(Stance::Declines);
        }
        if in_list(&["accept", "agree", "believe", "deny", "recall", "recognise", "recognize", "remember"], &lemma) {
            return Some(if lemma == "deny" { Stance::Asserts } else { Stance::Denies });
        }
    }
    if range.clone().any(|ix| words.is(ix, "neither")) && range.clone().any(|ix| words.lemma_in(ix, &["confirm"])) {
        return Some(Stance::Declines);
    }
    if in_list(&["brand", "call", "describe", "label"], &lemma)
        && content.first().is_some_and(|&part| is_claim(words, part))
    {
        return Some(Stance::Denies);
    }
    if lemma == "announce"
        && content.first().is_some_and(|&part| main_verb(words, part).is_some_and(|main| future(words, main)))
    {
        return Some(Stance::Promises);
    }
    if infinitive && lemma == "advise" {
        return Some(Stance::Asks);
    }
    if range.clone().any(|ix| words.is(ix, "not")) && range.clone().any(|ix| words.lemma_in(ix, &["reach"])) {
        return Some(Stance::Declines);
    }
    let by_lemma = [
        (lex::DENY, Stance::Denies),
        (lex::DECLINE, Stance::Declines),
        (lex::PROMISE, Stance::Promises),
        (lex::ORDER, Stance::Orders),
        (lex::ASK, Stance::Asks),
        (lex::BELIEVE, Stance::Believes),
        (lex::EXPECT, Stance::Expects),
    ];
    for (list, stance) in by_lemma {
        if in_list(list, &lemma) {
            // "called it a lie" is no call for anything; "refused him entry" declines nothing said.
            if lemma == "call"
                && !range.clone().any(|ix| words.is(ix, "for") || words.is(ix, "on") || words.is(ix, "upon"))
            {
                break;
            }
            return Some(stance);
        }
    }
    (infinitive && in_list(&["remind", "tell", "warn"], &lemma)).then_some(Stance::Orders)
}

/// "called it soup gossip", "described the account as fiction": what is judged is something said before.
fn is_claim(words: &Words, part: Span) -> bool {
    const CLAIMS: &[&str] = &[
        "account",
        "accusation",
        "allegation",
        "charge",
        "claim",
        "description",
        "finding",
        "idea",
        "it",
        "report",
        "story",
        "suggestion",
        "that",
        "this",
    ];
    let mut range = words.range(part);
    range
        .find(|&ix| !matches!(words.token(ix).pos, Pos::Punct | Pos::Det | Pos::Space))
        .is_some_and(|ix| in_list(CLAIMS, &words.lemma(ix)))
        || words.range(part).next().is_some_and(|ix| words.is(ix, "that") || words.is(ix, "this") || words.is(ix, "it"))
}

fn from_content(words: &Words, source: Option<Span>, content: &[Span]) -> Stance {
    let Some(&part) = content.first() else { return Stance::Asserts };
    let text = words.text[part].trim_end_matches(['"', '”', '’', '\'', ' ', '»']);
    if content.len() == 1 && text.ends_with('?') {
        return Stance::Asks;
    }
    let range = words.range(part);
    let Some(main) = main_verb(words, part) else { return verbless(words, part) };
    let evades = evades(words, part);
    if evades {
        return Stance::Declines;
    }
    let subject = words.child(main, Rel::Nsubj).map(|s| words.form(s).to_ascii_lowercase()).unwrap_or_default();
    if matches!(subject.as_str(), "i" | "we") && words.lemma_in(main, &["believe", "fear", "hope", "think"]) {
        return Stance::Believes;
    }
    if disowns(words, part) {
        return Stance::Denies;
    }
    if own_future(words, source, main) {
        return Stance::Promises;
    }
    let negated = words.children(main).iter().any(|&c| {
        words.token(c).rel == Rel::Neg && range.contains(&c)
            || matches!(words.token(c).rel, Rel::Attr | Rel::Dobj)
                && words.children(c).iter().any(|&d| words.is(d, "no"))
    });
    let false_claim = [
        "baseless",
        "fake",
        "false",
        "fiction",
        "incorrect",
        "lie",
        "nonsense",
        "rubbish",
        "unfounded",
        "untrue",
        "wrong",
    ];
    let called_false = words
        .children(main)
        .iter()
        .any(|&c| matches!(words.token(c).rel, Rel::Attr | Rel::Acomp | Rel::Oprd) && words.lemma_in(c, &false_claim));
    // Not wanting is no denial.
    let wish = words.lemma_in(main, &["like", "need", "want", "wish"]);
    if called_false || negated && !wish && denies_own_deed(words, main) {
        return Stance::Denies;
    }
    if words.token(main).tag == Tag::Vb && commands(words, main, range.start, source) {
        return Stance::Orders;
    }
    Stance::Asserts
}

/// An answer without a verb: "Not by me", "No", "Never", "Rubbish".
fn verbless(words: &Words, part: Span) -> Stance {
    let mut range = words.range(part);
    let first = range.find(|&ix| !matches!(words.token(ix).pos, Pos::Punct | Pos::Space));
    let refusals = ["absolutely", "lies", "never", "no", "nobody", "none", "nonsense", "not", "rubbish"];
    match first {
        Some(ix) if in_list(&refusals, &words.form(ix).to_lowercase()) => {
            if words.text[part].to_lowercase().contains("comment") { Stance::Declines } else { Stance::Denies }
        }
        _ => Stance::Asserts,
    }
}

/// The verb on which the content hangs: the first token of it whose head lies outside and that is a verb or auxiliary.
fn main_verb(words: &Words, part: Span) -> Option<TokenIx> {
    let range = words.range(part);
    range.clone().find(|&ix| {
        let token = words.token(ix);
        matches!(token.pos, Pos::Verb | Pos::Aux)
            && (token.head == ix || !range.contains(&token.head))
            && !matches!(token.rel, Rel::Aux | Rel::Auxpass)
    })
}

/// "I will publish", "he would not reopen": the subject speaks of his own act to come.
fn own_future(words: &Words, source: Option<Span>, main: TokenIx) -> bool {
    let subject = words.child(main, Rel::Nsubj);
    let Some(subject) = subject else { return false };
    let form = words.form(subject).to_ascii_lowercase();
    let own = match form.as_str() {
        "i" | "we" => true,
        "he" | "she" | "they" | "it" => words.token(main).rel == Rel::Ccomp && source.is_some(),
        _ => false,
    };
    let would_be = words.lemma_in(main, &["be", "have", "last"]);
    own && (future(words, main) && !would_be || words.lemma_in(main, &["intend", "plan"]))
}

fn future(words: &Words, main: TokenIx) -> bool {
    words.children(main).iter().any(|&c| {
        words.token(c).rel == Rel::Aux
            && matches!(words.form(c).to_ascii_lowercase().as_str(), "will" | "'ll" | "’ll" | "would" | "wo" | "shall")
    })
}

/// "knew of no such plan", "does not recognise the description", "has no recollection".
fn disowns(words: &Words, part: Span) -> bool {
    let text = words.text[part].to_lowercase().replace('’', "'");
    [
        "no such",
        "not recogni",
        "n't recogni",
        "not recall",
        "n't recall",
        "no recollection",
        "knew of no",
        "know of no",
        "no knowledge",
        "not aware",
    ]
    .iter()
    .any(|phrase| text.contains(phrase))
}

fn evades(words: &Words, part: Span) -> bool {
    let text = words.text[part].to_lowercase().replace('’', "'");
    [
        "no comment",
        "not comment",
        "n't comment",
        "couldn't say",
        "could not say",
        "can't say",
        "cannot say",
        "taking questions",
        "not here to talk",
    ]
    .iter()
    .any(|phrase| text.contains(phrase))
}

/// Negation makes a denial where the speaker's own side is the subject, or the thing charged is said not to be.
fn denies_own_deed(words: &Words, main: TokenIx) -> bool {
    let Some(subject) = words
        .child(main, Rel::Nsubj)
        .or_else(|| words.child(main, Rel::Nsubjpass))
        .or_else(|| words.child(main, Rel::Expl))
    else {
        return true;
    };
    let form = words.form(subject).to_ascii_lowercase();
    let past = words.token(main).tag == Tag::Vbd
        || words.children(main).iter().any(|&c| {
            matches!(words.token(c).rel, Rel::Aux | Rel::Auxpass)
                && matches!(
                    words.form(c).to_ascii_lowercase().as_str(),
                    "did" | "had" | "has" | "have" | "was" | "were"
                )
        });
    let being = words.lemma_in(main, &["be"]);
    match form.as_str() {
        "i" | "we" | "he" | "she" | "it" => true,
        "they" => past || being,
        "there" | "this" | "that" => true,
        _ => being || past && words.children(subject).iter().any(|&c| words.token(c).tag == Tag::PrpPoss),
    }
}

/// An imperative: a bare verb that opens its sentence without a subject.
fn commands(words: &Words, main: TokenIx, first: TokenIx, source: Option<Span>) -> bool {
    source.is_some()
        && words.child(main, Rel::Nsubj).is_none()
        && !words.children(main).iter().any(|&c| words.token(c).rel == Rel::Aux)
        && main <= first + 2
}
