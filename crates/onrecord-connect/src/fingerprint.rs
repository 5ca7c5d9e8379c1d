//! Fingerprints of a text: winnowed hashes of word runs (Schleimer, Wilkerson, Aiken 2003) for passages, least hashes
//! (Broder 1997) for whole texts that were copied many times over.

use crate::digest::TextFacts;

/// Words in a hashed run. Shorter runs are found in too many unrelated reports.
pub const RUN: usize = 8;
/// Of this many neighbouring runs at least one is kept, so any shared passage of `RUN + WINDOW - 1` words is found.
pub const WINDOW: usize = 8;
/// Words in a run of the sketch: shorter, so that edits spoil fewer.
const SKETCH_RUN: usize = 5;
/// Least hashes kept of a whole text.
pub const SKETCH: usize = 24;
/// Sketch hashes in one key: two texts must agree on all of them.
const BAND: usize = 2;

/// Kinds of keys, kept apart by their upper half.
const PASSAGE_KEY: u64 = 1 << 32;
const WHOLE_KEY: u64 = 2 << 32;

/// Hashes of word runs, a few from every stretch, with the index of their first word. By hash, then place. O(n).
pub fn winnow(words: &[u32]) -> Vec<(u32, u32)> {
    let mut kept: Vec<(u32, u32)> = Vec::with_capacity(words.len() / 4 + 1);
    each_winnowed(words, |hash, at| kept.push((hash, at)));
    kept.sort_unstable();
    kept
}

/// The least hash of each window of runs, once, with its place: the rightmost of equals.
fn each_winnowed(words: &[u32], mut keep: impl FnMut(u32, u32)) {
    let runs = run_hashes(words, RUN);
    let last = runs.len().saturating_sub(WINDOW);
    let mut least = usize::MAX;
    for (start, window) in (0..=last).map(|start| (start, &runs[start..runs.len().min(start + WINDOW)])) {
        let end = start + window.len();
        // Only where the least run left the window are all looked at again; else the run that came in is compared.
        if least == usize::MAX || least < start {
            let Some((at, _)) = window.iter().enumerate().min_by_key(|&(at, &hash)| (hash, usize::MAX - at)) else {
                return;
            };
            least = start + at;
        } else if runs[end - 1] <= runs[least] {
            least = end - 1;
        } else {
            continue;
        }
        keep(runs[least], least as u32);
    }
}

/// The least value of each of [`SKETCH`] hash functions over the text's word runs; empty for texts too short for one.
pub fn sketch(words: &[u32]) -> Vec<u32> {
    let runs = run_hashes(words, SKETCH_RUN);
    if runs.is_empty() {
        return Vec::new();
    }
    let mut least = [u32::MAX; SKETCH];
    for &run in &runs {
        for (function, least) in least.iter_mut().enumerate() {
            let odd = MULTIPLIERS[function];
            *least = (*least).min((run ^ (odd >> 7)).wrapping_mul(odd).rotate_left(15) ^ odd);
        }
    }
    least.to_vec()
}

/// How alike two whole texts are by their sketches, 0.0..=1.0: an estimate of the share of word runs in both.
pub fn resemblance(a: &[u32], b: &[u32]) -> f32 {
    if a.len() != b.len() || a.is_empty() {
        return 0.0;
    }
    a.iter().zip(b).filter(|(x, y)| x == y).count() as f32 / a.len() as f32
}

/// The key of a passage fingerprint.
pub fn passage_key(hash: u32) -> u64 {
    PASSAGE_KEY | u64::from(hash)
}

/// The keys of a whole text: one for each band of its sketch.
pub fn whole_keys(sketch: &[u32]) -> impl Iterator<Item = u64> {
    sketch.chunks_exact(BAND).enumerate().map(|(band, hashes)| {
        let mixed = hashes.iter().fold(band as u64 + 1, |mixed, &hash| {
            (mixed ^ u64::from(hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31)
        });
        WHOLE_KEY | (mixed >> 32)
    })
}

/// All keys of a text.
pub fn keys(text: &TextFacts) -> Vec<u64> {
    text.fingerprints.iter().map(|&(hash, _)| passage_key(hash)).chain(whole_keys(&text.sketch)).collect()
}

/// Hashes of all runs of `length` words, by place.
fn run_hashes(words: &[u32], length: usize) -> Vec<u32> {
    if words.len() < length {
        return Vec::new();
    }
    let power = (0..length).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut rolling = 0u64;
    let mut hashes = Vec::with_capacity(words.len() - length + 1);
    for (at, &word) in words.iter().enumerate() {
        rolling = rolling.wrapping_mul(BASE).wrapping_add(u64::from(word) + 1);
        if at >= length {
            rolling = rolling.wrapping_sub(power.wrapping_mul(u64::from(words[at - length]) + 1));
        }
        if at + 1 >= length {
            let mixed = (rolling ^ (rolling >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            hashes.push((mixed >> 32) as u32);
        }
    }
    hashes
}

const BASE: u64 = 0x5851_f42d_4c95_7f2d;

/// Odd multipliers, one for each hash function of the sketch.
const MULTIPLIERS: [u32; SKETCH] = {
    let mut multipliers = [0; SKETCH];
    let mut state = 0x9e37_79b9u32;
    let mut at = 0;
    while at < SKETCH {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        multipliers[at] = state | 1;
        at += 1;
    }
    multipliers
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The rightmost least run of every window, and no other.
        #[test]
        fn winnowing_keeps_the_least_of_each_window(words in prop::collection::vec(0u32..6, 0..80)) {
            let runs = run_hashes(&words, RUN);
            let mut expected: Vec<(u32, u32)> = Vec::new();
            for start in 0..(runs.len() + 1).saturating_sub(WINDOW).max(usize::from(!runs.is_empty())) {
                let window = &runs[start..runs.len().min(start + WINDOW)];
                let least = *window.iter().min().expect("not empty");
                let at = start + window.iter().rposition(|&run| run == least).expect("it is there");
                expected.push((least, at as u32));
            }
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(winnow(&words), expected);
        }
    }
}
