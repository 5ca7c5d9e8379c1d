//! Parts of a content that are another utterance: a sentence of the report's own, the other voice of a dialogue.

use crate::attribution::Attribution;
use crate::words::Words;
use onrecord_model::{Span, TokenIx};

const OPENING: [char; 5] = ['“', '"', '«', '‘', '„'];
const CLOSING: [char; 4] = ['”', '"', '»', '’'];

/// Attributions, each with one utterance. What is split off names no speaker: it stands right behind what it was split from.
/// O(length of the contents).
pub(super) fn split(words: &Words, attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut made: Vec<Attribution> = Vec::with_capacity(attributions.len());
    let mut place: Vec<u32> = Vec::with_capacity(attributions.len());
    for mut attribution in attributions {
        attribution.within = attribution.within.map(|ix| place[ix as usize]);
        place.push(made.len() as u32);
        let (Some(cue), None) = (attribution.cue, attribution.within) else {
            made.push(attribution);
            continue;
        };
        let content: Vec<Span> = attribution.content.iter().map(|&part| closing_quote(words, cue, part)).collect();
        let mut own = content;
        let others = dialogue(words, cue, &mut own);
        let (before, after): (Vec<Span>, Vec<Span>) = others.into_iter().partition(|part| part.end() <= cue.start());
        let free = |part: Span| Attribution {
            within: None,
            source: None,
            cue: None,
            content: vec![part],
            score: attribution.score,
        };
        attribution.content = own;
        made.extend(before.into_iter().map(free));
        *place.last_mut().expect("pushed above") = made.len() as u32;
        let after: Vec<Attribution> = after.into_iter().map(free).collect();
        made.push(attribution);
        made.extend(after);
    }
    made
}

fn is_quoted(text: &str) -> bool {
    text.starts_with(OPENING) && ends_quoted(text)
}

fn ends_quoted(text: &str) -> bool {
    text.trim_end_matches([',', '.', ' ']).ends_with(CLOSING)
}

/// "The board is silent. “We never comment,” a clerk said": a sentence of the report's own before the quotation is not the clerk's.
fn closing_quote(words: &Words, cue: Span, part: Span) -> Span {
    let text = &words.text[part];
    let near = part.end() <= cue.start() && words.range(Span::new(part.end(), cue.start())).len() <= 8;
    if !near || text.starts_with(OPENING) || !ends_quoted(text) {
        return part;
    }
    let start = words.range(part).skip(1).find(|&ix| opens_sentence(words, ix));
    start.map_or(part, |ix| Span::new(words.token(ix).span.start(), part.end()))
}

/// Whether a quotation opens at a token that begins a sentence, or follows the end of one.
fn opens_sentence(words: &Words, ix: TokenIx) -> bool {
    let start = words.token(ix).span.start() as usize;
    let before = words.text[..start].trim_end();
    words.text[start..].starts_with(OPENING) && before.ends_with(['.', '?', '!', '”', '"', '’', '»'])
}

/// Paragraphs of a dialogue that answer or ask: taken out of `own` and given back.
fn dialogue(words: &Words, cue: Span, own: &mut Vec<Span>) -> Vec<Span> {
    let mut others = Vec::new();
    let is_question = |part: Span| words.text[part].trim_end_matches(CLOSING).ends_with('?');
    let apart = |a: Span, b: Span| a.end() <= b.start() && words.text[Span::new(a.end(), b.start())].contains('\n');
    let beside = |part: Span| {
        let gap = if part.end() <= cue.start() {
            Span::new(part.end(), cue.start())
        } else {
            Span::new(cue.end().min(part.start()), part.start())
        };
        !words.text[gap].contains('\n')
    };
    // The part beside the cue is the speaker's own; from it outward, a closed paragraph before or after a question is not.
    let Some(home) = own.iter().position(|&part| beside(part)) else { return others };
    let after = (home + 1..own.len()).find(|&ix| {
        let (last, part) = (own[ix - 1], own[ix]);
        apart(last, part)
            && is_quoted(&words.text[last])
            && is_quoted(&words.text[part])
            && (is_question(last) || is_question(part))
    });
    if let Some(at) = after {
        others.extend(own.drain(at..));
    }
    let before = (0..home).rev().find(|&ix| {
        let (part, next) = (own[ix], own[ix + 1]);
        apart(part, next)
            && is_quoted(&words.text[part])
            && is_quoted(&words.text[next])
            && (is_question(part) || is_question(next))
    });
    if let Some(at) = before {
        others.splice(0..0, own.drain(..=at));
    }
    others
}
