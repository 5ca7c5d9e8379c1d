//! What is no utterance: words that only say why a source is unnamed, what a speaker says of his own thinking, titles of songs.

use super::chains::Chains;
use super::stance::cue_head;
use super::{anonymity, frames, sources, spans};
use crate::attribution::Attribution;
use crate::words::{Words, in_list};
use onrecord_model::{Pos, Rel, Span, Stance, Tag, TokenIx, Utterance};
use std::collections::BTreeSet;

/// Leaves out what only asks for or grants anonymity, and what nobody said; what such an attribution held moves up to the one
/// around it. Edges of the rest are set right.
pub(super) fn without_grants(
    words: &Words,
    chains: &Chains,
    grants: &[anonymity::Grant],
    attributions: &[Attribution],
) -> Vec<Attribution> {
    // "The Ledger reported …, citing two aides": one utterance, the aides'.
    let quoted: BTreeSet<Span> = attributions
        .iter()
        .filter_map(|a| super::carriers::quoted_source(words, chains, a.source, a.cue))
        .map(|(_, cue)| cue)
        .collect();
    let mut kept: Vec<Attribution> = Vec::with_capacity(attributions.len());
    let mut place: Vec<Option<u32>> = Vec::with_capacity(attributions.len());
    for attribution in attributions {
        let within = attribution.within.and_then(|ix| place[ix as usize]);
        let about = attribution.cue.is_some_and(|cue| {
            anonymity::is_about_anonymity(words, grants, cue, &attribution.content)
                || anonymity::cites_reason(words, grants, cue)
                || anonymity::is_in_grant(words, grants, cue)
                || quoted.contains(&cue)
                || is_no_speech(words, attribution, cue)
        });
        if about {
            place.push(within);
        } else {
            place.push(Some(kept.len() as u32));
            kept.push(Attribution { within, ..trimmed(words, grants, attribution) });
        }
    }
    kept
}

/// An attribution with its edges set right and clauses about anonymity taken out of its content.
fn trimmed(words: &Words, grants: &[anonymity::Grant], attribution: &Attribution) -> Attribution {
    let source = attribution.source.map(|s| spans::source(words.text, s));
    let source = sources::whole(words, grants, source, attribution.cue, &attribution.content);
    let front = |part: Span| attribution.cue.map_or(part, |cue| frames::trim_front(words, cue, part));
    let hearer = |part: &&Span| attribution.cue.is_some_and(|cue| frames::is_hearer(words, cue, **part));
    let others = attribution.content.iter().any(|part| !hearer(&part));
    let whole: Vec<Span> = attribution
        .content
        .iter()
        .filter(|part| !(others && hearer(part)))
        .map(|&part| spans::content(words.text, front(without_grant(words, grants, part))))
        .collect();
    let whole: Vec<Span> = whole.into_iter().map(|part| without_stub(words, part)).collect();
    let mut content = spans::join(words.text, &whole, source, attribution.cue);
    let told = attribution.cue.and_then(|cue| cue_head(words, cue)).and_then(|verb| frames::told(words, verb));
    if content.len() > 1
        && let Some(told) = told
    {
        // "Ministers | were told by clerks | that …": who was told is no part of it.
        content.retain(|part| words.head(*part) != Some(told));
    }
    if content.len() > 1 {
        content.retain(|part| !anonymity::is_grant_clause(words, grants, *part));
    }
    Attribution { source, content, ..attribution.clone() }
}

/// "…; they": the first word of the next clause is no part.
fn without_stub(words: &Words, part: Span) -> Span {
    let range = words.range(part);
    let first = range.end.saturating_sub(3).max(range.start + 1);
    let cut = (first..range.end).find(|&ix| words.form(ix) == ";");
    cut.and_then(|ix| words.span(range.start..ix)).unwrap_or(part)
}

/// "The tests were faked; all asked for anonymity": the part ends where the clause about anonymity begins.
fn without_grant(words: &Words, grants: &[anonymity::Grant], part: Span) -> Span {
    let range = words.range(part);
    let first = grants.partition_point(|g| g.trigger < range.start);
    let Some(grant) = grants.get(first).filter(|g| range.contains(&g.trigger)) else { return part };
    let cut = (range.start + 1..grant.trigger).rev().find(|&ix| words.form(ix) == ";");
    cut.and_then(|ix| words.span(range.start..ix)).unwrap_or(part)
}

/// "According to plan", "never spoke of the war", "sang “Hold the Line”": no words of anyone are told.
fn is_no_speech(words: &Words, attribution: &Attribution, cue: Span) -> bool {
    let bare = attribution.source.map(|source| words.range(source)).filter(|range| range.len() == 1);
    if words.is(words.range(cue).start, "according") {
        const MANNERS: &[&str] = &[
            "ability",
            "age",
            "availability",
            "custom",
            "form",
            "height",
            "merit",
            "mood",
            "need",
            "plan",
            "price",
            "rank",
            "schedule",
            "script",
            "season",
            "seniority",
            "size",
            "taste",
            "tradition",
            "type",
            "weather",
            "weight",
        ];
        return bare.is_some_and(|range| words.lemma_in(range.start, MANNERS));
    }
    let Some(verb) = cue_head(words, cue) else { return false };
    // "Asked whether he would go, he laughed": whoever asked is not told.
    if words.is(verb, "asked")
        && words.token(verb).rel == Rel::Advcl
        && words.sentence(verb).start + 1 >= verb
        && words.child(verb, Rel::Agent).is_none()
    {
        return true;
    }
    // "If the court says no": nobody has said it.
    let hypothetical = words
        .children(verb)
        .iter()
        .any(|&c| c < verb && words.token(c).rel == Rel::Mark && (words.is(c, "if") || words.is(c, "unless")));
    if hypothetical || is_own_finding(words, attribution, verb) {
        return true;
    }
    let negated = words.range(cue).any(|ix| words.token(ix).rel == Rel::Neg || words.is(ix, "never"));
    let plain = !words.range(cue).any(|ix| words.token(ix).tag == Tag::Md);
    if negated && plain && words.lemma_in(verb, &["speak", "talk"]) {
        return true;
    }
    const PERFORM: &[&str] = &["hum", "perform", "play", "sing"];
    words.lemma_in(verb, PERFORM) && attribution.content.iter().any(|&part| is_title(&words.text[part]))
}

/// "This newspaper has learned": the report speaks of itself.
fn is_own_finding(words: &Words, attribution: &Attribution, verb: TokenIx) -> bool {
    let Some(head) = attribution.source.and_then(|source| words.head(source)) else { return false };
    words.lemma_in(verb, &["learn", "reveal", "understand"])
        && words.lemma_in(head, crate::outlets::OUTLETS)
        && words.children(head).iter().any(|&c| words.is(c, "this"))
}

/// Whether the words begin like a title: every long one with a capital.
fn is_title(text: &str) -> bool {
    let long: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
        .filter(|word| word.chars().count() >= 4)
        .collect();
    text.starts_with(['“', '"', '‘', '\''])
        && !long.is_empty()
        && long.iter().all(|w| w.starts_with(char::is_uppercase))
}

/// Leaves out what a speaker says of his own thinking inside his own words ("he said he wanted to stay"): it is part of what he
/// says; and what is no saying of another's inside them.
pub(super) fn without_own_words(words: &Words, made: Vec<Utterance>) -> Vec<Utterance> {
    let own = |u: &Utterance| {
        let Some(container) = u.within.map(|ix| &made[ix as usize]) else { return false };
        let same = u.speaker.is_some() && container.speaker == u.speaker && container.via.len() >= u.via.len();
        // "declined to say whether": one act of speaking, found once more inside itself.
        let again = container.source.is_some() && container.source == u.source;
        again || own_thought(words, u, container, same) || is_no_report(words, u, same)
    };
    let drop: Vec<bool> = made.iter().map(own).collect();
    let mut place: Vec<Option<u32>> = Vec::with_capacity(made.len());
    let mut kept: Vec<Utterance> = Vec::with_capacity(made.len());
    for (mut utterance, drop) in made.into_iter().zip(drop) {
        let within = utterance.within.and_then(|ix| place[ix as usize]);
        if drop {
            place.push(within);
        } else {
            place.push(Some(kept.len() as u32));
            utterance.within = within;
            kept.push(utterance);
        }
    }
    kept
}

/// What the speaker, or whoever a pronoun of his words stands for, thinks or intends: part of what he says, unless it is told of
/// another who is known.
fn own_thought(words: &Words, inner: &Utterance, container: &Utterance, same: bool) -> bool {
    let Some(verb) = inner.cue.and_then(|cue| cue_head(words, cue)) else { return false };
    let intends = words.lemma_in(verb, &["expect", "hop", "intend", "plan"]);
    if inner.stance != Stance::Believes && !intends {
        return false;
    }
    let Some(head) = inner.source.and_then(|source| words.head(source)) else { return same };
    let relative = matches!(words.token(head).tag, Tag::Wp | Tag::Wdt);
    let pronoun = words.token(head).pos == Pos::Pron;
    let chain = |u: &Utterance| u.speaker.as_ref().and_then(|s| s.chain);
    let other = chain(inner).is_some() && chain(container).is_some() && chain(inner) != chain(container);
    same || relative || pronoun && !other
}

/// Verbs that tell of words or thoughts only where someone reports them himself; inside another's words they are part of those.
#[rustfmt::skip]
const MENTAL: &[&str] = &[
    "appreciate", "attempt", "begin", "care", "choose", "consider", "decide", "determine", "discover", "dream", "find", "finish", "forget",
    "go", "hate", "hear", "intend", "know", "learn", "like", "love", "mean", "need", "note", "notice", "prefer", "prove", "read", "realise", "realize",
    "reflect", "regret", "remember", "see", "seek", "sense", "show", "start", "trust", "try", "understand",
];

/// Whether an inner attribution reports nobody's words: a bare command or infinitive, a mental verb, a first person speaking now.
fn is_no_report(words: &Words, utterance: &Utterance, same: bool) -> bool {
    let Some(cue) = utterance.cue else { return false };
    let Some(verb) = cue_head(words, cue) else { return false };
    if words.token(verb).pos != Pos::Verb {
        return false;
    }
    let passive = words.children(verb).iter().any(|&c| words.token(c).rel == Rel::Auxpass);
    // "We were never warned": nobody said anything.
    let negated = words.children(verb).iter().any(|&c| words.token(c).rel == Rel::Neg || words.is(c, "never"));
    let Some(source) = utterance.source else { return !passive || negated };
    let document = utterance.basis == onrecord_model::Basis::Document;
    if !document && words.lemma_in(verb, MENTAL) || says_what(words, &utterance.content) {
        return true;
    }
    // "I promise you", "we ask you": the speaker's own act, not one that is told.
    let first_person = words.head(source).is_some_and(|head| is_first_person(words, head));
    let told = matches!(words.token(verb).tag, Tag::Vbd | Tag::Vbn);
    first_person && same && (!told || !speaks_to_another(words, verb, utterance))
}

fn is_first_person(words: &Words, ix: TokenIx) -> bool {
    words.is(ix, "I") || words.is(ix, "we")
}

/// "what the boss wanted": the object is the question word alone.
fn says_what(words: &Words, content: &[Span]) -> bool {
    matches!(content, [part] if words.range(*part).len() == 1 && words.token(words.range(*part).start).tag == Tag::Wp)
}

/// "I told him to go", "we said no such thing": words once said, now told.
fn speaks_to_another(words: &Words, verb: TokenIx, utterance: &Utterance) -> bool {
    const SPEAK: &[&str] =
        &["answer", "ask", "beg", "deny", "order", "promise", "reply", "say", "tell", "urge", "warn", "write"];
    utterance.addressee.is_some() || in_list(SPEAK, &words.lemma(verb))
}
