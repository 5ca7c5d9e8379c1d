//! Quotations that go on over paragraphs: the speaker of one paragraph keeps the next, until someone else is credited.

use super::rules::Context;
use super::spans::{Candidate, Layout, NONE};
use super::tree::Range;
use onrecord_model::{Tag, TokenIx};

/// Adds to each attribution the quotations that carry it into other paragraphs, where no other attribution has words or
/// a cue there: those that run on from or into its own, and paragraphs that are one quotation and nothing else after a
/// paragraph of someone who speaks. Linear: every paragraph is given once at most.
pub fn extend(context: &Context<'_>, candidates: &mut [Candidate]) {
    let layout = context.layout;
    let mut taken = vec![false; layout.block_tokens.len()];
    for candidate in candidates.iter() {
        for range in candidate.content.iter().chain([&candidate.cue]) {
            for token in [range.0, range.1 - 1] {
                if let Some(taken) = taken.get_mut(layout.block[token as usize] as usize) {
                    *taken = true;
                }
            }
        }
    }
    for candidate in candidates.iter_mut() {
        run_on(layout, &mut taken, candidate);
    }
    whole_blocks(context, &mut taken, candidates);
}

fn run_on(layout: &Layout<'_>, taken: &mut [bool], candidate: &mut Candidate) {
    let (Some(first), Some(last)) = (candidate.content.first(), candidate.content.last()) else { return };
    let (first, last) = (first.0, last.1 - 1);
    let mut quote = layout.outer_quote(last);
    while let Some(next) = quote.and_then(|q| follow(layout, q)) {
        quote = take(layout, taken, next, candidate).then_some(next);
    }
    let mut quote = layout.outer_quote(first).filter(|q| layout.quote_tokens(*q).0 >= first);
    while let Some(before) = quote.and_then(|q| precede(layout, q)) {
        quote = take(layout, taken, before, candidate).then_some(before);
    }
}

/// The quotation of the next block that goes on with this one.
fn follow(layout: &Layout<'_>, quote: u32) -> Option<u32> {
    let end = layout.quotes[quote as usize].span.end();
    let next = layout.quotes.partition_point(|q| q.span.start() < end);
    let goes_on = layout.quotes[quote as usize].runs_on && layout.quotes.get(next).is_some_and(|q| q.continues);
    goes_on.then_some(next as u32)
}

/// The quotation of the block before that this one goes on with: the last one there that runs on.
fn precede(layout: &Layout<'_>, quote: u32) -> Option<u32> {
    if !layout.quotes[quote as usize].continues {
        return None;
    }
    let outer = |q: &u32| layout.quotes[*q as usize].within.is_none();
    (0..quote).rev().take(64).find(outer).filter(|q| layout.quotes[*q as usize].runs_on)
}

/// Takes the quotation as a part, if its block is nobody's yet.
fn take(layout: &Layout<'_>, taken: &mut [bool], quote: u32, candidate: &mut Candidate) -> bool {
    let range: Range = layout.quote_tokens(quote);
    let block = |t: TokenIx| layout.block[t as usize] as usize;
    if range.0 >= range.1 || taken.get(block(range.0)).copied().unwrap_or(true) {
        return false;
    }
    taken[block(range.0)] = true;
    candidate.content.push(range);
    candidate.content.sort_unstable();
    true
}

/// Gives paragraphs that are one quotation to who spoke last in the paragraph before.
fn whole_blocks(context: &Context<'_>, taken: &mut [bool], candidates: &mut [Candidate]) {
    let layout = context.layout;
    let mut speaker: Vec<Option<usize>> = vec![None; taken.len()];
    for (ix, candidate) in candidates.iter().enumerate() {
        let block = layout.block[candidate.anchor as usize];
        if block != NONE && (context.is_speech(candidate.anchor) || ends_with_colon(layout, block as usize)) {
            let last = &mut speaker[block as usize];
            if last.is_none_or(|other| candidates[other].anchor < candidate.anchor) {
                *last = Some(ix);
            }
        }
    }
    for (ix, candidate) in candidates.iter().enumerate() {
        for part in &candidate.content {
            let (block, own) = (layout.block[part.0 as usize], layout.block[candidate.anchor as usize]);
            if block != own && block != NONE {
                speaker[block as usize] = Some(ix);
            }
        }
    }
    for block in 1..taken.len() {
        if let (Some(ix), Some(quote)) = (speaker[block - 1], whole_quote(layout, block))
            && take(layout, taken, quote, &mut candidates[ix])
        {
            speaker[block] = Some(ix);
        }
    }
}

fn ends_with_colon(layout: &Layout<'_>, block: usize) -> bool {
    let (first, last) = layout.block_tokens[block];
    (first..last)
        .rev()
        .find(|t| layout.parse.tokens[*t as usize].tag != Tag::Space)
        .is_some_and(|t| layout.word(t) == ":")
}

/// The quotation that the block consists of.
pub fn whole_quote(layout: &Layout<'_>, block: usize) -> Option<u32> {
    let range = layout.trim_space(*layout.block_tokens.get(block)?)?;
    let quote = layout.outer_quote(range.0)?;
    (layout.quote_tokens(quote) == range).then_some(quote)
}

/// The quotation after a block that leads into it: the block ends with a colon, the next is one quotation.
pub fn led_into(layout: &Layout<'_>, block: u32) -> Option<u32> {
    let block = block as usize;
    if block >= layout.block_tokens.len() || !ends_with_colon(layout, block) {
        return None;
    }
    whole_quote(layout, block + 1)
}

/// The rules' attributions by colons in paragraphs of which `found` has nothing: a quotation that a colon leads into, a
/// speaker named before one. These constructions are exact.
pub fn by_colon(layout: &Layout<'_>, found: &[Candidate], rules: &[Candidate]) -> Vec<Candidate> {
    let mut said = vec![false; layout.block_tokens.len()];
    for range in found.iter().flat_map(|c| c.content.iter().chain([&c.cue])) {
        if let Some(said) = said.get_mut(layout.block[range.0 as usize] as usize) {
            *said = true;
        }
    }
    let mut is_new = |rule: &&Candidate| {
        let [part] = rule.content[..] else { return false };
        let quote = led_into(layout, layout.block[rule.anchor as usize]).map(|quote| layout.quote_tokens(quote));
        (quote == Some(part) || layout.word(rule.anchor) == ":")
            && said.get_mut(layout.block[part.0 as usize] as usize).is_some_and(|said| !std::mem::replace(said, true))
    };
    rules.iter().filter(|rule| is_new(rule)).cloned().collect()
}
