//! To whom it was said.

use super::chains::Chains;
use super::stance::cue_head;
use crate::words::{Words, in_list};
use onrecord_model::{Addressee, Rel, Report, Span, Tag, TokenIx, Utterance};

/// Verbs whose object is the listener.
const TELLING: &[&str] = &[
    "accuse",
    "advise",
    "ask",
    "assure",
    "beg",
    "beseech",
    "brief",
    "caution",
    "command",
    "convince",
    "counsel",
    "direct",
    "email",
    "exhort",
    "forbid",
    "implore",
    "inform",
    "instruct",
    "interrupt",
    "invite",
    "lecture",
    "lobby",
    "notify",
    "order",
    "persuade",
    "petition",
    "pledge",
    "press",
    "promise",
    "query",
    "question",
    "reassure",
    "remind",
    "request",
    "scold",
    "show",
    "tell",
    "text",
    "urge",
    "warn",
    "write",
];
/// Nouns for a talk or text that has a listener of its own: "in an interview with the Ledger", "in a letter to parents".
const TALKS: &[&str] = &[
    "address",
    "briefing",
    "call",
    "comment",
    "complaint",
    "conversation",
    "e-mail",
    "email",
    "evidence",
    "interview",
    "letter",
    "meeting",
    "memo",
    "message",
    "note",
    "phone",
    "presentation",
    "reply",
    "report",
    "response",
    "speech",
    "statement",
    "submission",
    "testimony",
];

/// The addressee of an utterance. `made` holds the utterances so far; `container` is the one around this one.
pub(super) fn addressee(
    words: &Words,
    chains: &Chains,
    report: &Report,
    source: Option<Span>,
    cue: Option<Span>,
    content: &[Span],
    container: Option<&Utterance>,
) -> Option<Addressee> {
    let verb = cue_head(words, cue?)?;
    let taken = |ix: TokenIx| {
        let span = words.token(ix).span;
        content.iter().any(|c| c.contains(span) && !opens_infinitive(words, ix, *c))
            || source.is_some_and(|s| s.contains(span))
    };
    let found = listener(words, verb, content).filter(|&ix| !taken(ix) || is_told(words, ix))?;
    let own = content.iter().find(|c| c.contains(words.token(found).span)).filter(|_| !is_told(words, found));
    let span = match own {
        Some(part) => {
            words.span(words.range(*part).start..words.subtree(found).end.min(infinitive(words, found, *part)?))
        }
        None if is_told(words, found) => phrase(words, found, source, &[]),
        None => phrase(words, found, source, content),
    }?;
    // "the chair, who was assured": the noun that the clause hangs from was.
    let found = antecedent(words, found);
    let form = words.lower(found);
    let (chain, name) = match (chains.of(found), container) {
        (None, Some(container)) if matches!(&*form, "i" | "me" | "us" | "we") => {
            let speaker = container.speaker.as_ref()?;
            (speaker.chain, speaker.name.clone())
        }
        (None, Some(container)) if form == "you" => {
            let listener = container.addressee.as_ref()?;
            (listener.chain, listener.name.clone())
        }
        (chain, _) if is_own_outlet(words, found) && !report.outlet.is_empty() => (chain, report.outlet.clone()),
        (Some(ix), _) if chains.is_named(ix) => (Some(ix), numbered_name(words, found, &chains.list[ix as usize].name)),
        (Some(ix), _) => (Some(ix), super::voice::owned(words, chains, &chains.list[ix as usize].name, span)),
        (None, _) => (None, super::voice::owned(words, chains, &words.text[span], span)),
    };
    let reflexive = form.ends_with("self")
        || form.ends_with("selves")
        || matches!(&*form, "that" | "this" | "it" | "what" | "which");
    (!reflexive).then_some(Addressee { chain, name, span })
}

/// Whether a passive verb of telling has this subject: it was told.
fn is_told(words: &Words, ix: TokenIx) -> bool {
    words.token(ix).rel == Rel::Nsubjpass
}

/// The noun that a relative pronoun stands for; anything else itself.
fn antecedent(words: &Words, ix: TokenIx) -> TokenIx {
    if !matches!(words.token(ix).tag, Tag::Wp | Tag::Wdt) {
        return ix;
    }
    let clause = words.ancestors(ix).find(|&a| matches!(words.token(a).rel, Rel::Relcl | Rel::Acl));
    clause.map_or(ix, |clause| words.token(clause).head)
}

/// The name of a chain, with the number that belongs to it: "Kanal 4".
fn numbered_name(words: &Words, ix: TokenIx, name: &str) -> String {
    let whole = &words.text[super::carriers::numbered(words, ix)];
    let longer = whole.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
    if longer { whole.to_string() } else { name.to_string() }
}

/// "this newspaper", "this paper": the report's own outlet.
fn is_own_outlet(words: &Words, ix: TokenIx) -> bool {
    const OWN: &[&str] = &["magazine", "newspaper", "outlet", "paper", "reporter", "website"];
    words.lemma_in(ix, OWN) && words.children(ix).iter().any(|&c| words.is(c, "this"))
}

/// The "to" of the infinitive that follows the noun phrase at the start of `part` ("all bakeries to close by six").
fn infinitive(words: &Words, head: TokenIx, part: Span) -> Option<TokenIx> {
    let range = words.range(part);
    let to = (head + 1..range.end.min(head + 12)).find(|&ix| words.token(ix).tag == Tag::To)?;
    let before = if to > head + 1 && words.is(to - 1, "not") { to - 1 } else { to };
    (words.subtree(head).end <= before || before == head + 1).then_some(before)
}

/// Whether `ix` heads a noun phrase that opens `part` and is the listener of the infinitive after it.
fn opens_infinitive(words: &Words, ix: TokenIx, part: Span) -> bool {
    words.subtree(ix).start <= words.range(part).start + 1 && infinitive(words, ix, part).is_some()
}

fn listener(words: &Words, verb: TokenIx, content: &[Span]) -> Option<TokenIx> {
    let lemma = words.lemma(verb);
    let telling = in_list(TELLING, &lemma) && !in_list(&["accuse", "request", "show"], &lemma);
    // "Ministers were told by civil servants": the listener is the passive's subject.
    if telling && let Some(subject) = words.child(verb, Rel::Nsubjpass) {
        return Some(subject);
    }
    for &c in words.children(verb) {
        let token = words.token(c);
        match token.rel {
            Rel::Dative if words.is(c, "to") => return words.child(c, Rel::Pobj),
            Rel::Dative => return Some(c),
            Rel::Dobj
                if telling
                    && (!(lemma == "promise" || lemma == "write" || lemma == "pledge")
                        || before_clause(words, verb, c)) =>
            {
                return Some(c);
            }
            Rel::Prep
                if words.is(c, "to")
                    || words.is(c, "with") && in_list(&["plead", "share", "speak", "talk"], &lemma) =>
            {
                if let Some(object) = words.child(c, Rel::Pobj).filter(|&o| !is_thing(words, o)) {
                    return Some(object);
                }
            }
            Rel::Prep if words.is(c, "from") && in_list(&["demand", "request", "seek"], &lemma) => {
                return words.child(c, Rel::Pobj);
            }
            Rel::Prep if words.is(c, "on") && in_list(&["call"], &lemma) => return words.child(c, Rel::Pobj),
            _ => {}
        }
    }
    subject_of_infinitive(words, verb, content, telling).or_else(|| talk(words, verb))
}

/// "promised the miners to keep the pit", "promised them he would": what is promised follows.
fn before_clause(words: &Words, verb: TokenIx, object: TokenIx) -> bool {
    words.children(verb).iter().any(|&c| c > object && matches!(words.token(c).rel, Rel::Xcomp | Rel::Ccomp))
}

/// "asked the colonel to move": the parser may hang the listener from the infinitive as its subject.
fn subject_of_infinitive(words: &Words, verb: TokenIx, content: &[Span], telling: bool) -> Option<TokenIx> {
    let begin = content.iter().map(|c| c.start()).filter(|&c| c > words.token(verb).span.end()).min()?;
    let clause =
        words.children(verb).iter().copied().find(|&c| matches!(words.token(c).rel, Rel::Xcomp | Rel::Ccomp))?;
    let subject = words.child(clause, Rel::Nsubj).filter(|_| telling)?;
    (words.token(subject).span.end() <= begin && subject > verb).then_some(subject)
}

/// "said in an interview with the Ledger", "wrote in a letter to parents".
fn talk(words: &Words, verb: TokenIx) -> Option<TokenIx> {
    for &preposition in words.children(verb).iter().filter(|&&c| words.token(c).rel == Rel::Prep) {
        let Some(noun) = words.child(preposition, Rel::Pobj).filter(|&n| words.lemma_in(n, TALKS)) else { continue };
        for &c in words.children(noun) {
            if words.token(c).rel == Rel::Prep && (words.is(c, "with") || words.is(c, "to")) {
                return words.child(c, Rel::Pobj);
            }
        }
    }
    None
}

/// "pleaded to the charge", "responded to questions": a thing does not listen.
fn is_thing(words: &Words, ix: TokenIx) -> bool {
    const THINGS: &[&str] = &[
        "accusation",
        "allegation",
        "call",
        "charge",
        "claim",
        "comment",
        "criticism",
        "email",
        "enquiry",
        "inquiry",
        "message",
        "question",
        "report",
        "request",
    ];
    words.lemma_in(ix, THINGS)
}

/// The noun phrase of `head`, clipped so that it overlaps neither source nor content, up to its first comma.
fn phrase(words: &Words, head: TokenIx, source: Option<Span>, content: &[Span]) -> Option<Span> {
    let tree = words.subtree(head);
    let blocked = |ix: TokenIx| {
        let span = words.token(ix).span;
        words.form(ix) == "," || content.iter().any(|c| c.overlaps(span)) || source.is_some_and(|s| s.overlaps(span))
    };
    let mut first = head;
    while first > tree.start && !blocked(first - 1) {
        first -= 1;
    }
    let mut last = head + 1;
    while last < tree.end && !blocked(last) {
        last += 1;
    }
    words.span(first..last)
}
