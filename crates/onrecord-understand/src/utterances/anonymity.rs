//! Why a source is unnamed: clauses that grant or ask for anonymity, their reason, and whom they are about.

use crate::words::{Words, in_list};
use onrecord_model::{Pos, Rel, Span, Tag, TokenIx};
use std::ops::Range;

/// A clause about anonymity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Grant {
    /// The word that tells ("anonymity", "named", "background").
    pub trigger: TokenIx,
    /// Sentence number.
    pub sentence: usize,
    /// The reason given, with its connective.
    pub reason: Option<Span>,
}

impl Grant {
    /// Whether `cue` belongs to the clause: it holds the word that tells, or stands in the reason.
    fn holds(&self, words: &Words, cue: Span) -> bool {
        let trigger = words.token(self.trigger).span;
        let named = cue.contains(trigger) && !words.is(self.trigger, "condition");
        named || self.reason.is_some_and(|reason| reason.contains(cue))
    }
}

/// Whether a cue stands inside a clause about anonymity or its reason ("would not be identified", "because they fear for their
/// jobs"). `grants` are in text order.
pub(super) fn is_in_grant(words: &Words, grants: &[Grant], cue: Span) -> bool {
    let sentence = words.sentence_ix(words.range(cue).start);
    let first = grants.partition_point(|g| g.sentence < sentence);
    grants[first..].iter().take_while(|g| g.sentence == sentence).any(|g| g.holds(words, cue))
}

/// All clauses about anonymity, in text order. O(tokens).
pub(super) fn grants(words: &Words) -> Vec<Grant> {
    let mut found = Vec::new();
    let mut quiet_until = 0;
    for ix in 0..words.parse.tokens.len() as TokenIx {
        if ix < quiet_until || !is_trigger(words, ix) {
            continue;
        }
        let sentence = words.sentence(ix);
        found.push(Grant { trigger: ix, sentence: words.sentence_ix(ix), reason: reason(words, ix, &sentence) });
        quiet_until = ix + 6; // "on condition of anonymity … not authorised": one grant, not two
    }
    found
}

/// Whether a cue with its content only asks for or grants anonymity ("agreed to talk if not named", "insisting on anonymity"):
/// that is no attribution, it says why a source is unnamed.
pub(super) fn is_about_anonymity(words: &Words, grants: &[Grant], cue: Span, content: &[Span]) -> bool {
    const GRANTING: &[&str] =
        &["agree", "ask", "decline", "grant", "insist", "prefer", "refuse", "request", "speak", "talk", "want", "wish"];
    let asks = words.range(cue).any(|ix| words.lemma_in(ix, GRANTING));
    let end = content.last().map_or(cue.end(), |c| c.end().max(cue.end()));
    let near = grants.iter().map(|g| words.token(g.trigger).span).any(|t| {
        t.start() >= cue.start()
            && (t.end() <= end || words.text[Span::new(end, t.start().max(end))].split_whitespace().count() <= 8)
            && words.sentence_ix(words.range(cue).start) == words.sentence_ix(words.range(t).start)
    });
    asks && near && content.iter().map(|c| words.range(*c).len()).sum::<usize>() <= 14
}

/// Whether a cue only gives the reason for anonymity ("The six asked not to be named, citing their contracts").
pub(super) fn cites_reason(words: &Words, grants: &[Grant], cue: Span) -> bool {
    let range = words.range(cue);
    range.clone().any(|ix| words.lemma_in(ix, &["cite"]))
        && grants.iter().any(|g| {
            g.sentence == words.sentence_ix(range.start) && g.trigger < range.start && range.start <= g.trigger + 8
        })
}

/// Whether a part of a content is a clause about anonymity ("declining to be named as no contract has been signed").
pub(super) fn is_grant_clause(words: &Words, grants: &[Grant], part: Span) -> bool {
    let range = words.range(part);
    words.parse.tokens.get(range.start as usize).is_some_and(|t| t.tag == Tag::Vbg)
        && range.len() <= 16
        && grants.iter().any(|g| range.contains(&g.trigger) && g.trigger <= range.start + 8)
}

/// Whether the tokens hold a word about anonymity within a clause's length of their first.
pub(super) fn is_trigger_clause(words: &Words, range: Range<TokenIx>) -> bool {
    let end = range.end.min(range.start + 14);
    (range.start..end).any(|ix| is_trigger(words, ix))
}

/// The words that can tell of anonymity.
#[rustfmt::skip]
const TRIGGERS: &[&str] = &[
    "allowed", "anonymity", "anonymous", "anonymously", "attribution", "authorised", "authorized", "background", "barred", "cleared",
    "condition", "forbidden", "identified", "identify", "identity", "name", "named", "names", "permitted", "quoted", "record", "surname",
    "surnames", "unnamed",
];

fn is_trigger(words: &Words, ix: TokenIx) -> bool {
    let token = words.token(ix);
    if !matches!(token.pos, Pos::Noun | Pos::Verb | Pos::Adj | Pos::Adv | Pos::Propn) {
        return false;
    }
    // Looked at for every content word of a report: no copy is made of a word that tells nothing.
    let form = words.form(ix);
    if !TRIGGERS.iter().any(|trigger| form.eq_ignore_ascii_case(trigger)) {
        return false;
    }
    match form.to_ascii_lowercase().as_str() {
        "anonymity" => true,
        "anonymous" | "anonymously" | "unnamed" => speaks(words, ix),
        "named" | "identified" | "quoted" | "name" | "names" | "identify" | "identity" | "surname" | "surnames" => {
            negated(words, ix) && !is_subject_source(words, ix)
        }
        "condition" => before(words, ix, &["on"], 2) && speaks(words, ix),
        _ if tells_permission(words, ix) => may_not_speak(words, ix),
        "background" | "attribution" | "record" => before(words, ix, &["on", "without", "off"], 2) && speaks(words, ix),
        _ => false,
    }
}

/// Words of permission to speak.
fn tells_permission(words: &Words, ix: TokenIx) -> bool {
    ["allowed", "authorised", "authorized", "barred", "cleared", "forbidden", "permitted"]
        .iter()
        .any(|word| words.is(ix, word))
}

/// "not authorised to discuss the matter publicly", "barred from briefing the press".
fn may_not_speak(words: &Words, ix: TokenIx) -> bool {
    let sentence = words.sentence(ix);
    let first = ix.saturating_sub(4).max(sentence.start);
    let not = words.is(ix, "barred")
        || words.is(ix, "forbidden")
        || (first..ix).any(|at| words.is(at, "not") || words.is(at, "n't") || words.is(at, "never"));
    not && (ix + 1..(ix + 4).min(sentence.end))
        .any(|at| words.lemma_in(at, &["brief", "comment", "discuss", "speak", "talk"]))
}

fn before(words: &Words, ix: TokenIx, prepositions: &[&str], reach: TokenIx) -> bool {
    let first = ix.saturating_sub(reach).max(words.sentence(ix).start);
    (first..ix).any(|at| {
        let word = words.form(at);
        prepositions.iter().any(|p| word.eq_ignore_ascii_case(p))
            // "on the record" grants nothing.
            && !(word.eq_ignore_ascii_case("on") && words.is(ix, "record"))
    })
}

/// A verb of speaking or asking within eight words to the left.
fn speaks(words: &Words, ix: TokenIx) -> bool {
    const SPEAK: &[&str] = &[
        "agree",
        "ask",
        "brief",
        "comment",
        "communicate",
        "describe",
        "discuss",
        "insist",
        "interview",
        "prefer",
        "quote",
        "remain",
        "request",
        "say",
        "share",
        "speak",
        "talk",
        "tell",
        "want",
        "wish",
    ];
    let first = ix.saturating_sub(8).max(words.sentence(ix).start);
    (first..ix).any(|at| words.lemma_in(at, SPEAK))
}

/// "not to be named", "did not want to be identified", "their names were withheld", "would not give his name".
fn negated(words: &Words, ix: TokenIx) -> bool {
    let sentence = words.sentence(ix);
    let first = ix.saturating_sub(8).max(sentence.start);
    let left = (first..ix).any(|at| {
        let form = words.form(at).to_ascii_lowercase();
        matches!(form.as_str(), "not" | "n't" | "n’t" | "never" | "without" | "neither" | "none" | "nor")
            || in_list(&["decline", "refuse", "withhold"], &words.lemma(at))
    });
    let passive = words.children(ix).iter().any(|&c| words.token(c).rel == Rel::Auxpass);
    match words.form(ix).to_ascii_lowercase().as_str() {
        "named" | "identified" | "quoted" => left && (passive || words.token(ix).tag == Tag::Vbn),
        "identify" => {
            left && words.child(ix, Rel::Dobj).is_some_and(|o| {
                words.form(o).to_ascii_lowercase().ends_with("sel")
                    || words.form(o).to_ascii_lowercase().ends_with("selves")
            })
        }
        _ => {
            let after = ix + 1..(ix + 6).min(sentence.end);
            let hidden = after.clone().any(|at| words.lemma_in(at, &["leave", "omit", "protect", "withhold"]));
            // "that their surnames not be printed", "if his name was not used".
            let unused = after.clone().any(|at| words.is(at, "not") || words.is(at, "n't"))
                && after
                    .clone()
                    .any(|at| words.lemma_in(at, &["disclose", "give", "print", "publish", "reveal", "use"]));
            let right = hidden || unused;
            let own = words
                .children(ix)
                .iter()
                .any(|&c| words.token(c).rel == Rel::Poss && words.token(c).tag == Tag::PrpPoss)
                || words.token(ix).rel == Rel::Pobj;
            own && (right || left && verb_of_giving(words, ix))
        }
    }
}

fn verb_of_giving(words: &Words, ix: TokenIx) -> bool {
    let first = ix.saturating_sub(5).max(words.sentence(ix).start);
    (first..ix)
        .any(|at| words.lemma_in(at, &["give", "identify", "print", "publish", "quote", "reveal", "use", "withhold"]))
}

/// "The report did not name …" names nobody's wish: the trigger must not be an active verb with an object of its own.
fn is_subject_source(words: &Words, ix: TokenIx) -> bool {
    words.token(ix).pos == Pos::Verb && words.is(ix, "name")
}

/// The reason that follows the trigger in its sentence, with its connective, up to the end of the clause.
fn reason(words: &Words, trigger: TokenIx, sentence: &Range<TokenIx>) -> Option<Span> {
    // "because he was not authorised to speak": the trigger itself belongs to the reason.
    if tells_permission(words, trigger) {
        let opens = |ix: &TokenIx| words.is(*ix, "because") || words.is(*ix, "as") || words.is(*ix, "since");
        let first = (trigger.saturating_sub(8).max(sentence.start)..trigger).rev().find(opens);
        let not = (trigger.saturating_sub(4).max(sentence.start)..trigger).find(|&ix| words.is(ix, "not"));
        let start = first.or(not).unwrap_or(trigger);
        return words.span(start..clause_end(words, trigger, sentence.end));
    }
    for ix in trigger + 1..sentence.end {
        if ix > trigger + 14 {
            break;
        }
        if !opens_reason(words, ix, trigger, sentence.end) {
            continue;
        }
        let end = clause_end(words, ix, sentence.end);
        let span = words.span(ix..end)?;
        return (end > ix + 1).then_some(span);
    }
    None
}

fn opens_reason(words: &Words, ix: TokenIx, trigger: TokenIx, end: TokenIx) -> bool {
    let form = words.form(ix).to_ascii_lowercase();
    let next = |n: TokenIx, word: &str| ix + n < end && words.is(ix + n, word);
    match form.as_str() {
        "because" | "citing" | "lest" | "saying" | "given" | "since" => true,
        // Weaker ones only right behind the grant: "on background under house rules", "until the deal is signed".
        "amid" | "pending" | "per" | "under" | "until" | "while" => ix <= trigger + 3,
        "ahead" => ix <= trigger + 3 && next(1, "of"),
        "as" if ix <= trigger + 3 => true,
        "as" | "for" => {
            words.token(ix).rel == Rel::Mark
                || next(1, "fear")
                || next(1, "they")
                || next(1, "he")
                || next(1, "she")
                || words.token(ix).tag == Tag::In && words.token(words.token(ix).head).rel == Rel::Advcl
        }
        "so" => next(1, "as") || next(1, "that") || next(1, "they"),
        "in" => ["accordance", "keeping", "light", "line", "order", "view"].iter().any(|word| next(1, word)),
        "on" => next(1, "account"),
        "out" => next(1, "of"),
        "due" | "owing" => next(1, "to"),
        "to" => {
            words.token(ix).tag == Tag::To
                && ix + 1 < end
                && !in_list(&["be"], &words.lemma(ix + 1)) | next(2, "candid") | next(2, "frank")
        }
        "fearing" | "barred" | "describing" | "discussing" => true,
        "not" => {
            next(1, "authorised")
                || next(1, "authorized")
                || next(1, "allowed")
                || next(1, "permitted")
                || next(1, "cleared")
        }
        _ => false,
    }
}

/// The end of the clause that starts at `ix`: the sentence's end, or a comma that the main clause follows.
fn clause_end(words: &Words, ix: TokenIx, end: TokenIx) -> TokenIx {
    for at in ix + 2..end {
        if words.token(at).tag == Tag::Comma && !continues(words, at, ix)
            || matches!(words.token(at).tag, Tag::Colon | Tag::CloseQuote | Tag::OpenQuote)
        {
            return at;
        }
    }
    end
}

/// Whether what follows the comma still hangs from inside the clause.
fn continues(words: &Words, comma: TokenIx, first: TokenIx) -> bool {
    let Some(next) = words.parse.tokens.get(comma as usize + 1).map(|_| comma + 1) else { return false };
    let mut at = next;
    for _ in 0..40 {
        let head = words.token(at).head;
        if head >= first && head < comma {
            return words.token(at).rel == Rel::Conj || words.token(at).rel == Rel::Appos;
        }
        if head == at || head < first {
            return false;
        }
        at = head;
    }
    false
}
