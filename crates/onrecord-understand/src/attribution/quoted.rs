//! What a verb of saying governs: its clause, the clause it stands in, and the quotations that belong to it.

use super::lexicon::Frames;
use super::rules::Context;
use super::runs;
use super::spans::{Layout, without};
use super::tree::{Range, Tree};
use onrecord_model::{Rel, Tag, TokenIx};

/// The parts of the content of `verb`; empty where it governs neither clause nor quotation.
pub fn speech(context: &Context<'_>, verb: TokenIx, source: Option<Range>, cue: Range, frames: Frames) -> Vec<Range> {
    let tree = context.tree;
    let hole = source.map_or(cue, |s| (s.0.min(cue.0), s.1.max(cue.1)));
    let hole = if hole.1 - hole.0 > 60 { cue } else { hole };
    let mut parts = Vec::new();
    if frames.has(Frames::CLAUSE) {
        for child in tree.children(verb) {
            if tree.rel(*child) == Rel::Ccomp && !is_reporting_as(context, *child) {
                parts.extend(without(tree.edges(*child), &[hole]));
            }
        }
        let host = tree.head(verb);
        let inserted =
            tree.rel(verb) == Rel::Parataxis || tree.rel(verb) == Rel::Ccomp && stands_after(context, verb, host);
        if parts.is_empty() && host != verb && inserted && frames.has(Frames::SPEECH) {
            parts.extend(without(tree.edges(host), &[tree.edges(verb)]));
        }
    }
    let inside = context.layout.outer_quote(verb);
    if inside.is_none() {
        beside(context, verb, hole, &mut parts);
    }
    if source.is_none() && !parts.is_empty() && !may_lack_source(context, verb, &parts) {
        parts.clear();
    }
    if is_title(context, verb, &parts) {
        parts.clear();
    }
    parts.iter().map(|part| snap(context, *part, verb)).collect()
}

/// She wrote “The Long Quay”: the name of a work is not what she said.
fn is_title(context: &Context<'_>, verb: TokenIx, parts: &[Range]) -> bool {
    let [part] = parts else { return false };
    matches!(context.lemma(verb), "write" | "read" | "sing" | "recite" | "publish" | "perform")
        && context.layout.outer_quote(part.0).is_some_and(|quote| {
            context.layout.quote_tokens(quote) == *part && is_name_of_work(context.tree, context.layout, quote)
        })
}

/// Whether a quotation looks like the name of a work: a few words, every one that matters has a capital, and no stop or
/// comma ends it.
pub fn is_name_of_work(tree: &Tree<'_>, layout: &Layout<'_>, quote: u32) -> bool {
    let (first, last) = layout.quote_tokens(quote);
    let inner = first + 1..last.saturating_sub(1);
    if inner.len() < 2 || inner.len() > 10 {
        return false;
    }
    let minor = |t: TokenIx| matches!(tree.tag(t), Tag::In | Tag::Dt | Tag::Cc | Tag::To | Tag::PrpPoss | Tag::Pos);
    let capital = |t: TokenIx| layout.word(t).chars().next().is_some_and(char::is_uppercase);
    let word = |t: TokenIx| layout.word(t).chars().any(char::is_alphanumeric);
    inner.clone().all(word) && inner.clone().all(|t| capital(t) || minor(t)) && capital(inner.start)
}

/// "As he said": the clause belongs to the report.
fn is_reporting_as(context: &Context<'_>, clause: TokenIx) -> bool {
    let tree = context.tree;
    tree.children(clause)
        .iter()
        .any(|c| tree.rel(*c) == Rel::Mark && matches!(context.lemma(*c), "as" | "while" | "As"))
}

/// "X won, he said": the parser may hang the verb of saying on what is said.
fn stands_after(context: &Context<'_>, verb: TokenIx, host: TokenIx) -> bool {
    let tree = context.tree;
    host < verb && !context.entry(host).verb.has(Frames::CLAUSE) && tree.child(verb, &[Rel::Nsubj]).is_some() && {
        let first = tree.edges(verb).0;
        first > 0 && matches!(tree.tag(first - 1), Tag::Comma | Tag::CloseQuote)
    }
}

/// Imperatives and "say, thirty" say nothing of anyone; passives, participles and quotations may lack a source.
fn may_lack_source(context: &Context<'_>, verb: TokenIx, parts: &[Range]) -> bool {
    let tree = context.tree;
    if !matches!(tree.tag(verb), Tag::Vb | Tag::Vbp) {
        return true;
    }
    parts.iter().any(|part| (part.0..part.1).any(|t| context.layout.outer_quote(t).is_some()))
}

/// Adds the quotations that stand beside the clause of the verb.
fn beside(context: &Context<'_>, verb: TokenIx, hole: Range, parts: &mut Vec<Range>) {
    let (tree, layout) = (context.tree, context.layout);
    let block = layout.block[verb as usize];
    if block == super::spans::NONE {
        return;
    }
    let (low, high) = layout.block_tokens[block as usize];
    let (_, sentence_last) = tree.sentence_range(verb);
    // Before: “…,” she said.
    let mut before = None;
    let first = hole.0.min(hole.1);
    if first > low && first >= 1 {
        let mut at = first - 1;
        while at > low && matches!(tree.tag(at), Tag::Comma | Tag::Space) && layout.outer_quote(at).is_none() {
            at -= 1;
        }
        before = layout.outer_quote(at).filter(|q| layout.quote_tokens(*q).1 == at + 1);
    }
    // After, in the same sentence: she said, “…”; she wrote: “…”.
    let mut after = None;
    let mut at = hole.1;
    while at < high && at < hole.1 + 25 {
        if let Some(quote) = layout.outer_quote(at) {
            let opens = layout.quote_tokens(quote).0 == at;
            let led_in = at > hole.1 && matches!(tree.tag(at - 1), Tag::Comma | Tag::Colon);
            if opens && (led_in || at == hole.1) && at <= sentence_last {
                after = Some(quote);
            }
            break;
        }
        at += 1;
    }
    let covered = |parts: &[Range], range: Range| parts.iter().any(|p| p.0 < range.1 && range.0 < p.1);
    for quote in [before, after].into_iter().flatten() {
        let range = layout.quote_tokens(quote);
        if !covered(parts, range) {
            parts.push(range);
        }
    }
    if after.is_none() && context.is_speech(verb) && sentence_last >= high {
        // She wrote: and the quotation is the next paragraph.
        parts.extend(runs::led_into(layout, block).map(|quote| layout.quote_tokens(quote)));
    }
    parts.sort_unstable();
    let next = continued(context, verb, sentence_last, high, before.is_some());
    parts.extend(next.filter(|next| !covered(parts, *next)));
}

/// “…,” she said. “…”: the quotation right after the sentence goes on with the same speaker, unless it has a cue of its own.
fn continued(
    context: &Context<'_>,
    verb: TokenIx,
    sentence_last: TokenIx,
    high: TokenIx,
    before: bool,
) -> Option<Range> {
    let (tree, layout) = (context.tree, context.layout);
    let mut at = sentence_last;
    while at < high && tree.tag(at) == Tag::Space {
        at += 1;
    }
    if !before || at >= high || at <= verb {
        return None;
    }
    let quote = layout.outer_quote(at)?;
    let range = layout.quote_tokens(quote);
    if range.0 != at {
        return None;
    }
    let last_sentence = tree.sentence_range(range.1 - 1);
    let own_cue = (range.1..last_sentence.1.min(range.1 + 40)).any(|t| context.is_speech(t));
    (!own_cue).then_some(range)
}

/// Widens a part to the whole quotation where it begins or ends inside one that does not hold `outside`.
pub fn snap(context: &Context<'_>, part: Range, outside: TokenIx) -> Range {
    let layout = context.layout;
    let mut part = part;
    for edge in [part.0, part.1 - 1] {
        if let Some(quote) = layout.outer_quote(edge) {
            let range = layout.quote_tokens(quote);
            if !(range.0 <= outside && outside < range.1) {
                part = (part.0.min(range.0), part.1.max(range.1));
            }
        }
    }
    part
}
