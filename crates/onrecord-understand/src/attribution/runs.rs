//! Quotations that run on over paragraphs: the speaker of one paragraph keeps the next, until someone else is credited.

use super::spans::{Candidate, Layout};
use super::tree::Range;
use onrecord_model::TokenIx;

/// Adds to each attribution the quotations that carry its own into the paragraphs after and before it, where no other
/// attribution has words or a cue in that paragraph. Linear: every quotation is added once at most.
pub fn extend(layout: &Layout<'_>, candidates: &mut [Candidate]) {
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
    for candidate in candidates {
        let Some(last) = candidate.content.last().map(|r| r.1 - 1) else { continue };
        let mut quote = layout.outer_quote(last);
        while let Some(next) = quote.and_then(|q| follow(layout, q)) {
            if !take(layout, &mut taken, next, candidate) {
                break;
            }
            quote = Some(next);
        }
        let first = candidate.content[0].0;
        let mut quote = layout.outer_quote(first).filter(|q| layout.quote_tokens(*q).0 >= first);
        while let Some(before) = quote.and_then(|q| precede(layout, q)) {
            if !take(layout, &mut taken, before, candidate) {
                break;
            }
            quote = Some(before);
        }
    }
}

/// The quotation of the next block that goes on with this one.
fn follow(layout: &Layout<'_>, quote: u32) -> Option<u32> {
    let end = layout.quotes[quote as usize].span.end();
    let next = layout.quotes.partition_point(|q| q.span.start() < end);
    let goes_on = layout.quotes[quote as usize].runs_on && layout.quotes.get(next).is_some_and(|q| q.continues);
    goes_on.then_some(next as u32)
}

/// The quotation of the block before that this one goes on with: the last one there that is nobody's part.
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
