//! "A told B that …, C said": a sentence with a frame at its edge is C's as a whole, and what A told lies inside it.
//!
//! Two credits of one sentence are often found side by side, the outer one with what the inner one leaves of the sentence.

use crate::attribution::Attribution;
use crate::words::{Words, in_list};
use onrecord_model::{NameKind, Pos, Rel, Span, Tag, TokenIx};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// Verbs that close a sentence after their content.
#[rustfmt::skip]
const CLOSING: &[&str] = &[
    "acknowledge", "add", "admit", "allege", "announce", "assert", "claim", "complain", "concede", "confirm", "disclose", "explain",
    "hear", "indicate", "insist", "maintain", "note", "recall", "report", "reveal", "say", "show", "state", "suggest", "testify", "warn",
    "write",
];
/// Verbs whose object is told, never said.
const TELL: &[&str] = &["assure", "inform", "notify", "remind", "tell", "warn"];
/// Longest closing frame that is looked for, in tokens.
const REACH: TokenIx = 24;

/// Words at an edge of a sentence that credit all the rest of it.
struct Frame {
    source: Span,
    cue: Span,
    /// The word that tells the frame from others.
    anchor: TokenIx,
    scope: Range<TokenIx>,
}

/// Attributions with those inside a frame's sentence put inside the frame's; containers come first again. O(n log n) in the
/// attributions, and the length of their sentences.
pub(super) fn nest(words: &Words, mut attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut sentences: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (ix, attribution) in attributions.iter().enumerate() {
        if let (None, Some(cue)) = (attribution.within, attribution.cue) {
            sentences.entry(words.sentence_ix(words.range(cue).start)).or_default().push(ix);
        }
    }
    for members in sentences.values() {
        let Some(cue) = attributions[members[0]].cue else { continue };
        let sentence = words.sentence(words.range(cue).start);
        for frame in [leading(words, &sentence), closing(words, &sentence)].into_iter().flatten() {
            settle(words, &frame, members, &mut attributions);
        }
    }
    in_order(attributions)
}

/// Puts the credits inside the frame's scope inside the frame's own attribution, which is made where it was not found.
fn settle(words: &Words, frame: &Frame, members: &[usize], attributions: &mut Vec<Attribution>) {
    let Some(scope) = words.span(frame.scope.clone()) else { return };
    let anchor = words.token(frame.anchor).span;
    let is_own = |a: &Attribution| a.cue.is_some_and(|cue| cue.contains(anchor));
    let is_inner = |a: &Attribution| {
        a.within.is_none()
            && !is_own(a)
            && a.cue.is_some_and(|cue| scope.contains(cue))
            && a.source.is_none_or(|source| scope.contains(source))
            && a.content.iter().all(|part| scope.start() <= part.start() && part.start() < scope.end())
            && a.content.iter().any(|part| part.end() > scope.start())
    };
    let inner: Vec<usize> = members.iter().copied().filter(|&ix| is_inner(&attributions[ix])).collect();
    if inner.is_empty() {
        return;
    }
    let own = members.iter().copied().find(|&ix| is_own(&attributions[ix]));
    let own = own.unwrap_or_else(|| {
        let score = inner.iter().map(|&ix| attributions[ix].score).fold(1.0, f32::min);
        attributions.push(Attribution {
            within: None,
            source: Some(frame.source),
            cue: Some(frame.cue),
            content: Vec::new(),
            score,
        });
        attributions.len() - 1
    });
    // What the credit holds of other sentences stays its own.
    let sentence = words.sentence(frame.anchor);
    let outside = |part: &Span| !words.range(*part).any(|ix| sentence.contains(&ix));
    attributions[own].content.retain(outside);
    attributions[own].content.push(scope);
    attributions[own].content.sort_unstable();
    for ix in inner {
        attributions[ix].within = Some(own as u32);
        // An inner content that ran on into the frame ends where the frame begins.
        for part in &mut attributions[ix].content {
            *part = Span::new(part.start().max(scope.start()), part.end().min(scope.end()));
        }
    }
}

/// Containers before what they contain, else in text order; links follow.
fn in_order(attributions: Vec<Attribution>) -> Vec<Attribution> {
    let depth =
        |ix: usize| std::iter::successors(Some(ix), |&at| attributions[at].within.map(|w| w as usize)).take(64).count();
    let mut order: Vec<(u32, usize, Reverse<u32>, usize)> = (0..attributions.len())
        .map(|ix| {
            let content = &attributions[ix].content;
            let start = content.first().map_or(0, |part| part.start());
            (start, depth(ix), Reverse(content.last().map_or(0, |part| part.end())), ix)
        })
        .collect();
    // A part of a container may begin after what it contains began only where both begin alike: depth settles that; a container
    // never begins later.
    order.sort_unstable();
    let mut place = vec![0u32; attributions.len()];
    for (at, (.., ix)) in order.iter().enumerate() {
        place[*ix] = at as u32;
    }
    order
        .iter()
        .enumerate()
        .map(|(at, &(.., ix))| {
            let within = attributions[ix].within.map(|w| place[w as usize]).filter(|&w| (w as usize) < at);
            Attribution { within, ..attributions[ix].clone() }
        })
        .collect()
}

fn is_comma(words: &Words, ix: TokenIx) -> bool {
    words.token(ix).tag == Tag::Comma
}

/// The sentence without stops, quotation marks and spaces at its end.
fn trimmed(words: &Words, sentence: &Range<TokenIx>) -> Range<TokenIx> {
    let mut end = sentence.end;
    while end > sentence.start
        && matches!(words.token(end - 1).tag, Tag::Stop | Tag::CloseQuote | Tag::OpenQuote | Tag::Space | Tag::Comma)
    {
        end -= 1;
    }
    sentence.start..end
}

/// "…, two people close to her said on Monday", "…, said an aide", "…, according to minutes of the meeting".
fn closing(words: &Words, sentence: &Range<TokenIx>) -> Option<Frame> {
    let range = trimmed(words, sentence);
    let first = range.end.saturating_sub(REACH).max(range.start + 3);
    let sought = |ix| if words.is(ix, "according") { according(words, ix, &range) } else { saying(words, ix, &range) };
    misread(words, &range).or_else(|| (first..range.end).rev().find_map(sought))
}

/// "…, the Ledger reports", "…, minutes of the meeting show": a last verb that was read as a noun.
fn misread(words: &Words, range: &Range<TokenIx>) -> Option<Frame> {
    let last = range.end.checked_sub(1)?;
    let noun = matches!(words.token(last).tag, Tag::Nn | Tag::Nns);
    if !noun || !["report", "reports", "say", "says", "show", "shows"].iter().any(|verb| words.is(last, verb)) {
        return None;
    }
    let first = range.end.saturating_sub(REACH).max(range.start + 3);
    let comma = (first..last).rev().find(|&ix| is_comma(words, ix))?;
    let source = comma + 1..last;
    let opener = source.clone().find(|&ix| words.token(ix).tag != Tag::Dt)?;
    let proper = (opener..last).all(|ix| matches!(words.token(ix).tag, Tag::Nnp | Tag::Nnps));
    let document = in_list(super::lexicon::DOCUMENTS, &words.lemma(opener)) && !words.is(last, "report");
    let verbal = |ix: TokenIx| matches!(words.token(ix).tag, Tag::Cc | Tag::Md | Tag::Vbd | Tag::Vbz | Tag::Vbp);
    if source.clone().any(verbal) || !(proper || document) {
        return None;
    }
    Some(Frame {
        source: words.span(source)?,
        cue: words.token(last).span,
        anchor: last,
        scope: since_semicolon(words, range.start..comma),
    })
}

fn saying(words: &Words, verb: TokenIx, range: &Range<TokenIx>) -> Option<Frame> {
    let finite = matches!(words.token(verb).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
    if !finite || !words.lemma_in(verb, CLOSING) && !words.is(verb, "told") {
        return None;
    }
    let later = |rels: &[Rel]| words.children(verb).iter().any(|&c| c > verb && rels.contains(&words.token(c).rel));
    let tells = words.is(verb, "told");
    if later(&[Rel::Ccomp, Rel::Xcomp]) || !tells && later(&[Rel::Dobj]) || tells && !later(&[Rel::Dobj, Rel::Dative]) {
        return None;
    }
    let subject = words.child(verb, Rel::Nsubj)?;
    let tree = words.subtree(subject);
    // Nothing of the main clause follows the frame.
    if words.subtree(verb).end < range.end {
        return None;
    }
    let (first, source) = if subject < verb {
        // Between subject and verb stand only words of the verb.
        let near =
            (tree.end.min(verb)..verb).all(|ix| words.token(ix).head == verb && words.token(ix).rel != Rel::Ccomp);
        (tree.start, near.then(|| tree.start..tree.end.min(verb))?)
    } else {
        (verb, tree.start.max(verb + 1)..tree.end)
    };
    let comma = first.checked_sub(1).filter(|&ix| ix > range.start + 1)?;
    let quoted = words.token(comma).tag == Tag::CloseQuote && is_comma(words, comma - 1);
    if !is_comma(words, comma) && !quoted || words.token(subject).tag == Tag::Wp || words.token(subject).tag == Tag::Wdt
    {
        return None;
    }
    let end = if quoted { comma + 1 } else { comma };
    Some(Frame {
        source: words.span(source)?,
        cue: words.token(verb).span,
        anchor: verb,
        scope: since_semicolon(words, range.start..end),
    })
}

fn according(words: &Words, ix: TokenIx, range: &Range<TokenIx>) -> Option<Frame> {
    let to = Some(ix + 1).filter(|&to| to + 1 < range.end && words.is(to, "to"))?;
    let noun = words.child(to, Rel::Pobj).or_else(|| words.child(ix, Rel::Pobj))?;
    let tree = words.subtree(noun);
    // The phrase ends the sentence: nothing of the main clause follows it.
    if tree.end + 1 < range.end || ix < range.start + 3 {
        return None;
    }
    Some(Frame {
        source: words.span(tree.start.max(to + 1)..tree.end)?,
        cue: words.parse.span_of(ix, to + 1),
        anchor: ix,
        scope: since_semicolon(words, range.start..ix),
    })
}

/// "According to the minutes, the minister told …".
fn leading(words: &Words, sentence: &Range<TokenIx>) -> Option<Frame> {
    let range = trimmed(words, sentence);
    let first = range.clone().take(2).find(|&ix| words.is(ix, "according"))?;
    let to = Some(first + 1).filter(|&to| to + 1 < range.end && words.is(to, "to"))?;
    let noun = words.child(to, Rel::Pobj).or_else(|| words.child(first, Rel::Pobj))?;
    let tree = words.subtree(noun);
    let comma =
        (tree.end.saturating_sub(1).max(to + 1)..range.end.min(tree.end + 1)).find(|&ix| is_comma(words, ix))?;
    let mut end = range.end;
    // A closing mark that the scope opens belongs to it.
    while end < sentence.end && matches!(words.token(end).tag, Tag::CloseQuote) {
        end += 1;
    }
    Some(Frame {
        source: words.span(tree.start.max(to + 1)..comma)?,
        cue: words.parse.span_of(first, to + 1),
        anchor: first,
        scope: comma + 1..end,
    })
}

/// What follows the last semicolon.
fn since_semicolon(words: &Words, range: Range<TokenIx>) -> Range<TokenIx> {
    let last = range.clone().rev().find(|&ix| words.form(ix) == ";");
    last.map_or(range.start, |ix| ix + 1)..range.end
}

/// A content without what stands between cue and clause: to whom and when ("told | the court on Monday | that …").
pub(super) fn trim_front(words: &Words, cue: Span, part: Span) -> Span {
    const FRONT: TokenIx = 10;
    if part.start() < cue.end() {
        return part;
    }
    let range = words.range(part);
    let Some(verb) = super::stance::cue_head(words, cue) else { return part };
    let mut first = range.start;
    while let Some(next) = after_adjunct(words, verb, &(first..range.end.min(first + FRONT)), range.end) {
        first = next;
    }
    let front = first..range.end.min(first + FRONT);
    let first = mark(words, front.clone(), range.end).or_else(|| after_colon(words, front)).unwrap_or(first);
    if first == range.start {
        return part;
    }
    let start = words.token(first).span.start();
    if start < part.end() { Span::new(start, part.end()) } else { part }
}

/// "asked | her deputy on 7 October: | “Can we …?”": the quotation after a colon before which no clause stands.
fn after_colon(words: &Words, front: Range<TokenIx>) -> Option<TokenIx> {
    let colon = front.clone().find(|&ix| words.form(ix) == ":")?;
    let verbal = |ix: TokenIx| {
        matches!(words.token(ix).pos, Pos::Verb | Pos::Aux) || words.form(ix).starts_with(['“', '"', '‘', '«'])
    };
    let quoted = front.contains(&(colon + 1)) && words.form(colon + 1).starts_with(['“', '"', '‘', '«', '\'']);
    (quoted && !(front.start..colon).any(verbal)).then_some(colon + 1)
}

/// The subject of a passive verb of telling, asking or ordering.
pub(super) fn told(words: &Words, verb: TokenIx) -> Option<TokenIx> {
    const TOLD: &[&str] =
        &["advise", "ask", "assure", "inform", "instruct", "notify", "order", "remind", "tell", "urge", "warn"];
    words.child(verb, Rel::Nsubjpass).filter(|_| words.lemma_in(verb, TOLD))
}

/// Whether a part is only the one who is told ("Ships, she told | the Courier |, were late").
pub(super) fn is_hearer(words: &Words, cue: Span, part: Span) -> bool {
    let (Some(verb), Some(head)) = (super::stance::cue_head(words, cue), words.head(part)) else { return false };
    let token = words.token(head);
    token.head == verb && matches!(token.rel, Rel::Dobj | Rel::Dative) && words.lemma_in(verb, TELL)
}

/// The "that" before which stand only words that hang from outside the clause.
fn mark(words: &Words, front: Range<TokenIx>, end: TokenIx) -> Option<TokenIx> {
    let that = front.clone().skip(1).find(|&ix| words.is(ix, "that") && words.token(ix).rel == Rel::Mark)?;
    let clause = words.token(that).head;
    // "the claim that …", "all that he said": the clause belongs to a noun or verb before it, not to the cue.
    if front.contains(&words.token(clause).head) {
        return None;
    }
    let outside = |ix: TokenIx| {
        let mut at = ix;
        while front.start <= at && at < that {
            let head = words.token(at).head;
            if head == at {
                break;
            }
            at = head;
        }
        !(that..end).contains(&at)
    };
    ((that..end).contains(&clause) && (front.start..that).all(outside)).then_some(that)
}

/// Where the clause goes on after an addressee or a time that hangs from the cue.
fn after_adjunct(words: &Words, verb: TokenIx, front: &Range<TokenIx>, end: TokenIx) -> Option<TokenIx> {
    let clause = words.children(verb).iter().copied().find(|&c| {
        c > verb
            && words.token(c).rel == Rel::Ccomp
            && words.child(c, Rel::Nsubj).or(words.child(c, Rel::Nsubjpass)).is_some()
    });
    let leads = |ix: &TokenIx| {
        let head = words.token(*ix).head;
        !front.contains(&head) && (head == verb || Some(head) == clause)
    };
    let top = front.clone().find(leads)?;
    let rel = words.token(top).rel;
    let tree = words.subtree(top);
    if tree.start != front.start || tree.end >= end {
        return None;
    }
    if words.token(top).head != verb {
        // "told him on Wednesday he would go": read as the day of going, but it stands with the telling.
        let dated = words.names_in(tree.clone()).iter().any(|n| n.kind == NameKind::Date);
        let follows = matches!(rel, Rel::Prep | Rel::Npadvmod) && dated && !is_comma(words, tree.end);
        return follows.then_some(tree.end);
    }
    let adjunct = match rel {
        Rel::Dative | Rel::Dobj => words.lemma_in(verb, TELL),
        Rel::Prep | Rel::Npadvmod => true,
        _ => false,
    };
    let comma = is_comma(words, tree.end) && matches!(rel, Rel::Dative | Rel::Dobj);
    // "told guests | on Saturday | to stay".
    let act = || {
        let acts = words.children(verb).iter().any(|&c| c > verb && words.token(c).rel == Rel::Xcomp);
        acts && words.token(tree.end).tag == Tag::To && matches!(rel, Rel::Prep | Rel::Npadvmod)
    };
    let before_clause =
        act() || clause.is_some_and(|c| words.subtree(c).start >= tree.end && words.subtree(c).start < end);
    (adjunct && (comma || before_clause)).then_some(if is_comma(words, tree.end) { tree.end + 1 } else { tree.end })
}
