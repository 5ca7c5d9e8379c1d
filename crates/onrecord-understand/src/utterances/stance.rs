//! What the speaker does with the words: from the cue, and with a neutral cue from the content.

use super::chains::Chains;
use super::lexicon as lex;
use crate::words::{Words, begins_with_any, holds_any, in_list};
use onrecord_model::{ChainIx, Pos, Rel, Span, Stance, Tag, TokenIx};

/// The stance of an utterance.
pub(super) fn stance(
    words: &Words,
    chains: &Chains,
    speaker: Option<ChainIx>,
    source: Option<Span>,
    cue: Option<Span>,
    content: &[Span],
) -> Stance {
    let verb = cue.and_then(|cue| cue_head(words, cue));
    if let (Some(cue), Some(verb)) = (cue, verb)
        && let Some(stance) = from_cue(words, cue, verb, content)
    {
        return stance;
    }
    let plain = verb.is_none_or(|verb| !words.lemma_in(verb, lex::ASSERT));
    from_content(words, &Side { chains, speaker }, source, content, plain)
}

/// Whose words they are, to tell the speaker's own deeds from others'.
struct Side<'a> {
    chains: &'a Chains<'a>,
    speaker: Option<ChainIx>,
}

impl Side<'_> {
    /// Whether a pronoun stands for the speaker; unknown where either is.
    fn is_own(&self, pronoun: TokenIx) -> Option<bool> {
        Some(self.chains.of(pronoun)? == self.speaker?)
    }
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
    let infinitive = content.first().is_some_and(|&part| asks_for_act(words, part));
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
    if lemma == "plead" {
        let guilt = (verb..words.sentence(verb).end.min(verb + 6)).find(|&ix| words.is(ix, "guilty"));
        if let Some(guilty) = guilt {
            return Some(if words.is(guilty - 1, "not") { Stance::Denies } else { Stance::Asserts });
        }
    }
    if neither_confirms(words, verb) {
        return Some(Stance::Declines);
    }
    if in_list(&["brand", "call", "describe", "label"], &lemma)
        && content.first().is_some_and(|&part| is_claim(words, part))
    {
        return Some(Stance::Denies);
    }
    if lemma == "announce"
        && content
            .first()
            .is_some_and(|&part| main_verb(words, part).is_some_and(|main| future(words, main) && acts(words, main)))
    {
        return Some(Stance::Promises);
    }
    if matches!(&*lemma, "announce" | "declare" | "impose")
        && content.first().is_some_and(|&part| is_measure(words, part))
    {
        return Some(Stance::Orders);
    }
    let urges = content
        .first()
        .is_some_and(|&part| main_verb(words, part).is_some_and(|main| words.token(main).tag == Tag::Vb));
    if lemma == "advise" && (infinitive || urges) {
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

/// An act, not a state: "will leave", not "will stay shut".
fn acts(words: &Words, main: TokenIx) -> bool {
    !words.lemma_in(main, &["be", "have", "last", "lie", "remain", "stand", "stay"])
        && !words.children(main).iter().any(|&c| words.token(c).rel == Rel::Auxpass)
}

/// "a curfew", "a ban on rallies": what is announced binds others.
fn is_measure(words: &Words, part: Span) -> bool {
    const MEASURES: &[&str] = &[
        "ban",
        "blockade",
        "closure",
        "curfew",
        "embargo",
        "evacuation",
        "lockdown",
        "mobilisation",
        "mobilization",
        "moratorium",
        "quarantine",
    ];
    words.head(part).is_some_and(|head| words.lemma_in(head, MEASURES))
}

/// "to leave by six", "not to leave", "him to leave": an act of another's.
fn asks_for_act(words: &Words, part: Span) -> bool {
    let range = words.range(part);
    let is_to = |ix: TokenIx| words.parse.tokens.get(ix as usize).is_some_and(|t| t.tag == Tag::To);
    let first = range.start;
    let mut at = if words.is(first, "not") { first + 1 } else { first };
    if is_to(at) {
        return true;
    }
    // A noun phrase before it: nothing of a clause.
    while at < range.end.min(first + 8)
        && matches!(words.token(at).pos, Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num)
    {
        at += 1;
    }
    at > first && at < range.end && (is_to(at) || words.is(at, "not") && is_to(at + 1))
}

/// "neither confirmed nor denied", "could not confirm or deny".
fn neither_confirms(words: &Words, verb: TokenIx) -> bool {
    let pair = ["confirm", "deny"];
    let first = verb.saturating_sub(5).max(words.sentence(verb).start);
    let last = (verb + 5).min(words.sentence(verb).end);
    let near = |word: &str| (first..last).any(|ix| words.lemma_in(ix, &[word]));
    words.lemma_in(verb, &pair)
        && near("confirm")
        && near("deny")
        && (near("neither") || near("nor") || near("not") || near("decline"))
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
        "report",
        "story",
        "suggestion",
    ];
    let mut range = words.range(part);
    let object = range.find(|&ix| !matches!(words.token(ix).pos, Pos::Punct | Pos::Det | Pos::Space));
    if object.is_some_and(|ix| in_list(CLAIMS, &words.lemma(ix))) {
        return true;
    }
    let first = words.range(part).start;
    let refers = words.is(first, "that") || words.is(first, "this") || words.is(first, "it");
    refers && words.range(part).any(|ix| words.lemma_in(ix, lex::FALSE))
}

fn from_content(words: &Words, side: &Side, source: Option<Span>, content: &[Span], plain: bool) -> Stance {
    let Some(&part) = content.first() else { return Stance::Asserts };
    if content.len() == 1 && is_question(&words.text[part]) {
        return Stance::Asks;
    }
    let range = words.range(part);
    if evades(words, part) {
        return Stance::Declines;
    }
    let Some(main) = main_verb(words, part) else { return if plain { verbless(words, part) } else { Stance::Asserts } };
    let subject = words.child(main, Rel::Nsubj).map(|s| words.form(s).to_ascii_lowercase()).unwrap_or_default();
    if matches!(subject.as_str(), "i" | "we") && words.lemma_in(main, &["believe", "fear", "hope", "think"]) {
        return Stance::Believes;
    }
    if disowns(words, part) {
        return Stance::Denies;
    }
    // "There will be no sale": who can say so promises it.
    if own_future(words, source, main)
        || future(words, main) && words.child(main, Rel::Expl).is_some() && is_none(words, main)
    {
        return Stance::Promises;
    }
    let negated = words.children(main).iter().any(|&c| words.token(c).rel == Rel::Neg && range.contains(&c))
        || is_none(words, main)
        || words.child(main, Rel::Nsubj).or(words.child(main, Rel::Nsubjpass)).is_some_and(|s| is_nobody(words, s));
    let called_false = words
        .children(main)
        .iter()
        .any(|&c| matches!(words.token(c).rel, Rel::Attr | Rel::Acomp | Rel::Oprd) && words.lemma_in(c, lex::FALSE));
    // Not wanting is no denial.
    let wish = words.lemma_in(main, &["like", "need", "want", "wish"]);
    let wronged = words.lemma_in(main, lex::FALSE) && words.token(main).tag == Tag::Vbn;
    if plain && (called_false || wronged || negated && !wish && denies_own_deed(words, side, main)) {
        return Stance::Denies;
    }
    if words.token(main).tag == Tag::Vb && commands(words, main, range.start, source) {
        return Stance::Orders;
    }
    Stance::Asserts
}

/// Whether the words are one question, not words that hold one.
fn is_question(text: &str) -> bool {
    const CLOSING: [char; 6] = ['"', '”', '’', '\'', ' ', '»'];
    const OPENING: [char; 5] = ['"', '“', '‘', '\'', '«'];
    let own = text.trim_end_matches(CLOSING);
    let inner = text.trim_start_matches(OPENING);
    // A quotation that opens inside makes the question another's.
    own.ends_with('?')
        && !inner.trim_end_matches(CLOSING).contains(['“', '«'])
        && !inner.trim_end_matches(CLOSING).contains(" \"")
        && !inner.contains(" ‘")
}

/// "has no plans", "there was nothing": the object or what there is is none.
fn is_none(words: &Words, main: TokenIx) -> bool {
    words.children(main).iter().any(|&c| {
        matches!(words.token(c).rel, Rel::Attr | Rel::Dobj)
            && (words.is(c, "nothing") || words.is(c, "none") || words.children(c).iter().any(|&d| words.is(d, "no")))
    })
}

/// An answer without a verb: "Not by me", "No", "Never", "Rubbish".
fn verbless(words: &Words, part: Span) -> Stance {
    let mut range = words.range(part);
    let first = range.find(|&ix| !matches!(words.token(ix).pos, Pos::Punct | Pos::Space));
    let refusals = ["absolutely", "lies", "never", "no", "nobody", "nonsense", "not", "rubbish"];
    match first {
        Some(ix) if in_list(&refusals, &words.lower(ix)) => {
            if holds_any(&words.text[part], &["comment"]) {
                Stance::Declines
            } else {
                Stance::Denies
            }
        }
        // "I don't", "Not so": an answer of a few words with a no in it.
        Some(ix)
            if words.range(part).len() <= 7
                && (ix..words.range(part).end)
                    .any(|at| ["n't", "n’t", "not", "never"].iter().any(|no| words.is(at, no))) =>
        {
            Stance::Denies
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
    #[rustfmt::skip]
    const PHRASES: &[&str] = &[
        "knew of no", "know of no", "n't recall", "n't recogni", "no intention", "no knowledge", "no plan", "no recollection", "no such",
        "not aware", "not recall", "not recogni",
    ];
    holds_any(&words.text[part], PHRASES)
}

fn evades(words: &Words, part: Span) -> bool {
    const FIRST: TokenIx = 14;
    #[rustfmt::skip]
    const PHRASES: &[&str] = &[
        "can't say", "cannot say", "could not say", "couldn't say", "n't comment", "no comment", "not comment", "not here to talk",
        "taking questions", "would not say", "wouldn't say",
    ];
    // "Ask the bank", "You'd have to ask the minister": the answer is left to others.
    const OPENINGS: &[&str] = &["ask ", "you must ask", "you should ask", "you will have to ask", "you'd have to ask"];
    let range = words.range(part);
    // Only what the answer begins with: "he was leaving … and would take no questions" says more.
    let Some(begin) = words.span(range.start..range.end.min(range.start + FIRST)) else { return false };
    let text = &words.text[begin];
    holds_any(text, PHRASES) || begins_with_any(text.trim_start_matches(['“', '"', '‘', '\'', '«']), OPENINGS)
}

/// Negation makes a denial where the speaker's own side is the subject, or the thing charged is said not to be.
fn denies_own_deed(words: &Words, side: &Side, main: TokenIx) -> bool {
    let subject = [Rel::Nsubj, Rel::Nsubjpass, Rel::Expl].iter().find_map(|&rel| words.child(main, rel));
    let Some(subject) = subject else { return true };
    let form = words.form(subject).to_ascii_lowercase();
    let past = words.token(main).tag == Tag::Vbd
        || words.children(main).iter().any(|&c| {
            matches!(words.token(c).rel, Rel::Aux | Rel::Auxpass)
                && matches!(
                    words.form(c).to_ascii_lowercase().as_str(),
                    "did" | "had" | "has" | "have" | "was" | "were" | "'ve" | "’ve" | "'d" | "’d"
                )
        });
    let being = words.lemma_in(main, &["be"]);
    let possessed = words.children(subject).iter().any(|&c| words.token(c).tag == Tag::PrpPoss);
    match form.as_str() {
        // "We don't sell them" says what one is; "we didn't sell them" answers a charge.
        "i" | "we" => past,
        // Of others it is a report, unless a claim is set right ("it was not").
        "he" | "she" | "it" | "they" => match side.is_own(subject) {
            Some(true) => past || being,
            Some(false) => being && form != "she" && form != "he",
            None => past || being,
        },
        "there" => (past || being) && speaks_of_none(words, main),
        "this" | "that" => true,
        _ => {
            being && (past || is_definite(words, subject))
                || past && (possessed || words.token(subject).rel == Rel::Nsubj && is_nobody(words, subject))
        }
    }
}

/// "Nobody", "not one euro", "none of it".
fn is_nobody(words: &Words, subject: TokenIx) -> bool {
    let none = |ix: TokenIx| ["neither", "no", "nobody", "none", "not", "nothing"].iter().any(|no| words.is(ix, no));
    none(subject) || words.children(subject).iter().any(|&c| c < subject && none(c))
}

/// A thing that was spoken of: with an article, an owner or a name.
fn is_definite(words: &Words, subject: TokenIx) -> bool {
    let token = words.token(subject);
    matches!(token.tag, Tag::Nnp | Tag::Nnps | Tag::Prp)
        || words.children(subject).iter().any(|&c| {
            matches!(words.token(c).rel, Rel::Poss)
                || ["the", "this", "that", "these", "those"].iter().any(|the| words.is(c, the))
        })
}

/// "There was no deal": a thing that one may be charged with, or that was spoken of near by.
fn speaks_of_none(words: &Words, main: TokenIx) -> bool {
    const NEAR: usize = 4;
    #[rustfmt::skip]
    const CHARGES: &[&str] = &[
        "agreement", "attempt", "basis", "breach", "collusion", "conflict", "conspiracy", "contact", "corruption", "cover-up", "deal",
        "decision", "evidence", "foundation", "indication", "intent", "intention", "involvement", "link", "merit", "misconduct", "negligence",
        "plan", "proof", "reason", "record", "substance", "truth", "wrongdoing",
    ];
    let noun = words.children(main).iter().copied().find(|&c| matches!(words.token(c).rel, Rel::Attr | Rel::Dobj));
    let Some(noun) = noun else { return true };
    if CHARGES.iter().any(|charge| *charge == words.lemma(noun)) {
        return true;
    }
    let sentences = &words.parse.sentences;
    let own = words.sentence_ix(noun);
    let (first, last) = (own.saturating_sub(NEAR), (own + 2).min(sentences.len()));
    if first >= last {
        return false;
    }
    let lemma = words.token(noun).lemma;
    (sentences[first].0..sentences[last - 1].1).any(|ix| ix != noun && words.token(ix).lemma == lemma)
}

/// An imperative: a bare verb that opens its sentence without a subject.
fn commands(words: &Words, main: TokenIx, first: TokenIx, source: Option<Span>) -> bool {
    source.is_some()
        && words.child(main, Rel::Nsubj).is_none()
        && !words.children(main).iter().any(|&c| words.token(c).rel == Rel::Aux)
        && main <= first + 2
}
