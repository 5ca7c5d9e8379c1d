//! Settles candidates: which lie inside which, and which of two that cross is kept.

use super::Attribution;
use super::lexicon::Frames;
use super::rules::Context;
use super::spans::Candidate;
use super::tree::Range;
use onrecord_model::Span;
use std::cmp::Reverse;

/// Drops candidates that cross a surer one or say the same words again, finds containers, and orders the rest.
pub fn settle(context: &Context<'_>, mut candidates: Vec<Candidate>) -> Vec<Attribution> {
    candidates.retain(|c| !c.content.is_empty());
    candidates.sort_by_key(|c| (c.content[0].0, Reverse(c.content[c.content.len() - 1].1), Reverse(size(c)), c.anchor));
    // Each pass drops what crosses; a few passes settle all but pathological text, where the rest is dropped outright.
    for pass in 0..8 {
        let (within, dropped) = sweep(context, &candidates, pass == 7);
        if dropped.iter().all(|d| !d) {
            return collect(context, &candidates, &within);
        }
        let mut ix = 0;
        candidates.retain(|_| {
            ix += 1;
            !dropped[ix - 1]
        });
    }
    let (within, _) = sweep(context, &candidates, true);
    collect(context, &candidates, &within)
}

/// For each candidate the candidate around it; and which to drop.
fn sweep(context: &Context<'_>, candidates: &[Candidate], last: bool) -> (Vec<Option<u32>>, Vec<bool>) {
    let mut parts: Vec<(Range, u32)> = Vec::new();
    for (ix, candidate) in candidates.iter().enumerate() {
        parts.extend(candidate.content.iter().map(|part| (*part, ix as u32)));
    }
    parts.sort_by_key(|(part, ix)| (part.0, Reverse(part.1), *ix));
    let mut within = vec![None; candidates.len()];
    let mut dropped = vec![false; candidates.len()];
    let mut seen = vec![false; candidates.len()];
    let mut stack: Vec<(Range, u32)> = Vec::new();
    for (part, ix) in parts {
        while stack.last().is_some_and(|(top, _)| top.1 <= part.0) {
            stack.pop();
        }
        let candidate = &candidates[ix as usize];
        let around = stack.last().copied();
        stack.push((part, ix));
        let first_part = !std::mem::replace(&mut seen[ix as usize], true);
        let Some((outer_part, outer)) = around else {
            if !first_part && within[ix as usize].is_some() {
                dropped[ix as usize] = true;
            }
            continue;
        };
        if outer == ix {
            continue;
        }
        let container = &candidates[outer as usize];
        let nested = outer_part.1 >= part.1
            && holds(container, candidate.cue)
            && candidate.content.iter().all(|p| holds(container, *p));
        if nested && (first_part || within[ix as usize] == Some(outer)) {
            within[ix as usize] = Some(outer);
            dropped[ix as usize] |= own_thought(context, candidate);
        } else {
            let loser = if last || surer(container, candidate) { ix } else { outer };
            if !dropped[outer as usize] {
                dropped[loser as usize] = true;
            }
        }
    }
    (within, dropped)
}

fn holds(container: &Candidate, range: Range) -> bool {
    container.content.iter().any(|p| p.0 <= range.0 && range.1 <= p.1)
}

/// Tokens of the content.
fn size(candidate: &Candidate) -> u32 {
    candidate.content.iter().map(|p| p.1 - p.0).sum()
}

/// Whether `a` is kept when it crosses `b`; ties go to the longer, then to the earlier.
fn surer(a: &Candidate, b: &Candidate) -> bool {
    let key = |c: &Candidate| (c.learned, (c.score * 1000.0) as u32, size(c), Reverse(c.anchor));
    key(a) >= key(b)
}

/// A speaker's own "I think" inside his own words is no attribution of its own.
fn own_thought(context: &Context<'_>, candidate: &Candidate) -> bool {
    let own = candidate.source.is_some_and(|s| s.1 == s.0 + 1 && matches!(context.lemma(s.0), "I" | "we" | "We"));
    own && !context.entry(candidate.anchor).verb.has(Frames::SPEECH)
}

fn collect(context: &Context<'_>, candidates: &[Candidate], within: &[Option<u32>]) -> Vec<Attribution> {
    let span = |range: Range| -> Span { context.layout.span(range) };
    candidates
        .iter()
        .zip(within)
        .map(|(c, within)| Attribution {
            within: *within,
            source: c.source.map(span),
            cue: (c.cue.0 < c.cue.1).then(|| span(c.cue)),
            content: c.content.iter().map(|p| span(*p)).collect(),
            score: c.score,
        })
        .collect()
}
