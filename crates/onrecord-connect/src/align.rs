//! Exact alignment of two texts: seeds where fingerprints agree, grown over small edits.

use crate::digest::TextFacts;

/// Words `child..child_end` of one text stand in the other as `parent..parent_end`, with small edits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Segment {
    /// First word in the child.
    pub child: u32,
    /// One past the last word in the child.
    pub child_end: u32,
    /// First word in the parent.
    pub parent: u32,
    /// One past the last word in the parent.
    pub parent_end: u32,
    /// Words that are the same.
    pub matched: u32,
}

/// A passage of fewer matched words is no finding.
const SEGMENT_WORDS_MIN: u32 = 8;
/// Words on either side that an edit may change, add or drop at one place.
const EDIT_WORDS_MAX: usize = 7;
/// Growth stops when the score has fallen this far below its best.
const DROP_MAX: i32 = 10;
/// A fingerprint that stands so often in one text seeds nothing there: a refrain, a table.
const REPEATS_MAX: usize = 4;

/// Aligned segments in order of the child's words; they do not overlap in the child. Matching words of the child and the
/// parent are reported pair by pair to `matched`.
pub fn align(child: &TextFacts, parent: &TextFacts, matched: &mut dyn FnMut(u32, u32)) -> Vec<Segment> {
    let (ours, theirs) = (&child.words.hashes[..], &parent.words.hashes[..]);
    let mut seeds = seeds(&child.fingerprints, &parent.fingerprints);
    seeds.sort_unstable();
    let mut segments: Vec<Segment> = Vec::new();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut done = 0;
    for (at, with) in seeds {
        if at < done {
            continue;
        }
        pairs.clear();
        grow(ours, theirs, at as usize, with as usize, done as usize, &mut pairs);
        let (Some(&(child, parent)), Some(&(child_last, parent_last))) = (pairs.first(), pairs.last()) else {
            continue;
        };
        if pairs.len() as u32 >= SEGMENT_WORDS_MIN {
            pairs.iter().for_each(|&(ours, theirs)| matched(ours, theirs));
            done = child_last + 1;
            let matched = pairs.len() as u32;
            segments.push(Segment { child, child_end: done, parent, parent_end: parent_last + 1, matched });
        }
    }
    segments
}

/// Places where both texts have the same fingerprint. Both lists are by hash.
fn seeds(ours: &[(u32, u32)], theirs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut seeds = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < ours.len() && j < theirs.len() {
        let hash = ours[i].0.max(theirs[j].0);
        if ours[i].0 < hash {
            i += 1;
        } else if theirs[j].0 < hash {
            j += 1;
        } else {
            let our_end = i + ours[i..].iter().take_while(|(h, _)| *h == hash).count();
            let their_end = j + theirs[j..].iter().take_while(|(h, _)| *h == hash).count();
            if our_end - i <= REPEATS_MAX && their_end - j <= REPEATS_MAX {
                for &(_, our) in &ours[i..our_end] {
                    seeds.extend(theirs[j..their_end].iter().map(|&(_, their)| (our, their)));
                }
            }
            (i, j) = (our_end, their_end);
        }
    }
    seeds
}

/// Grows a seed both ways; the pairs of matching words come out in order. Words of the child before `floor` are taken.
fn grow(ours: &[u32], theirs: &[u32], at: usize, with: usize, floor: usize, pairs: &mut Vec<(u32, u32)>) {
    extend(
        at - floor.min(at),
        with,
        |back| ours[at - 1 - back],
        |back| theirs[with - 1 - back],
        |i, j| {
            pairs.push(((at - 1 - i) as u32, (with - 1 - j) as u32));
        },
    );
    pairs.reverse();
    extend(
        ours.len() - at,
        theirs.len() - with,
        |on| ours[at + on],
        |on| theirs[with + on],
        |i, j| {
            pairs.push(((at + i) as u32, (with + j) as u32));
        },
    );
}

/// Walks two texts side by side from their common start and emits the matching words up to the best-scoring end.
fn extend(
    our_length: usize,
    their_length: usize,
    our: impl Fn(usize) -> u32,
    their: impl Fn(usize) -> u32,
    mut emit: impl FnMut(usize, usize),
) {
    let same = |i: usize, j: usize| i < our_length && j < their_length && our(i) == their(j);
    let (mut i, mut j, mut score, mut best) = (0, 0, 0i32, 0i32);
    // Matches since the best-scoring end: emitted once a better end is reached.
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    loop {
        while same(i, j) {
            waiting.push((i, j));
            (i, j, score) = (i + 1, j + 1, score + 1);
        }
        if score > best {
            best = score;
            waiting.drain(..).for_each(|(i, j)| emit(i, j));
        }
        let Some((skip_ours, skip_theirs)) = next_match(i, j, &same) else { return };
        score -= 1 + (skip_ours.max(skip_theirs)) as i32;
        if best - score > DROP_MAX {
            return;
        }
        (i, j) = (i + skip_ours, j + skip_theirs);
    }
}

/// The smallest edit after which the texts agree again, for longer the larger the edit is.
fn next_match(i: usize, j: usize, same: &impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
    for edit in 1..=2 * EDIT_WORDS_MAX {
        let needed = if edit <= 3 { 2 } else { 3 };
        let low = edit.saturating_sub(EDIT_WORDS_MAX);
        // Replacements before insertions: the evenest split first.
        let mut splits: [(usize, usize); 2 * EDIT_WORDS_MAX + 1] = [(0, 0); 2 * EDIT_WORDS_MAX + 1];
        let mut count = 0;
        for ours in low..=edit.min(EDIT_WORDS_MAX) {
            splits[count] = (ours, edit - ours);
            count += 1;
        }
        splits[..count].sort_unstable_by_key(|&(a, b)| (a.abs_diff(b), a));
        for &(ours, theirs) in &splits[..count] {
            if (0..needed).all(|n| same(i + ours + n, j + theirs + n)) {
                return Some((ours, theirs));
            }
        }
    }
    None
}
