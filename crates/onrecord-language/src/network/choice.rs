//! The choice of an action in a state: parts of the state to its hidden layer, that to scores, scores to the best action, all
//! without leaving the registers.

// Loops count indexes: adapters of iterators are not sure to be inlined into code for other machine features.
#![allow(clippy::needless_range_loop)]

use super::lanes::{LANES, Lanes};

/// Width of a transition state's hidden layer.
pub(crate) const HIDDEN: usize = 64;
/// The two maxout pieces of a hidden layer, one behind the other.
pub(crate) const PART: usize = 2 * HIDDEN;
/// The most actions that there may be.
pub(crate) const ACTIONS_MAX: usize = 8 * LANES;

/// What an action is chosen by. Actions are filled up to a multiple of sixteen.
#[derive(Clone, Copy)]
pub(crate) struct Choice<'a> {
    /// What tokens and bias add to the hidden layer's pieces, each [`PART`] long.
    pub parts: &'a [&'a [f32]],
    /// `[HIDDEN][actions]`.
    pub weights: &'a [f32],
    pub bias: &'a [f32],
    /// Added to the scores: 0 for actions that the state allows, minus infinity for others.
    pub barred: &'a [f32],
}

impl Choice<'_> {
    pub(super) fn check(&self) {
        let actions = self.bias.len();
        assert!(actions > 0 && actions <= ACTIONS_MAX && actions.is_multiple_of(LANES));
        assert!(self.weights.len() == HIDDEN * actions && self.barred.len() == actions);
        assert!(self.parts.iter().all(|part| part.len() == PART));
    }
}

#[inline(always)]
pub(super) unsafe fn choose<V: Lanes>(choice: &Choice) -> Option<usize> {
    // SAFETY: the caller has checked all lengths.
    unsafe {
        let hidden = hidden::<V>(choice.parts);
        match choice.bias.len() / LANES {
            1 => best::<V, 1>(choice, &hidden),
            2 => best::<V, 2>(choice, &hidden),
            3 => best::<V, 3>(choice, &hidden),
            4 => best::<V, 4>(choice, &hidden),
            5 => best::<V, 5>(choice, &hidden),
            6 => best::<V, 6>(choice, &hidden),
            7 => best::<V, 7>(choice, &hidden),
            _ => best::<V, 8>(choice, &hidden),
        }
    }
}

/// Adds up the parts and takes the greater of the two pieces.
#[inline(always)]
unsafe fn hidden<V: Lanes>(parts: &[&[f32]]) -> [f32; HIDDEN] {
    let mut hidden = [0.0; HIDDEN];
    // SAFETY: the caller has checked all lengths.
    unsafe {
        let zero = V::splat(0.0);
        let mut sums = [zero; PART / LANES];
        for i in 0..parts.len() {
            let part = parts[i].as_ptr();
            for block in 0..PART / LANES {
                sums[block] = sums[block].add(V::load(part.add(block * LANES)));
            }
        }
        for block in 0..HIDDEN / LANES {
            sums[block].max(sums[block + HIDDEN / LANES]).store(hidden.as_mut_ptr().add(block * LANES));
        }
    }
    hidden
}

/// The best of `C` registers of actions.
#[inline(always)]
unsafe fn best<V: Lanes, const C: usize>(choice: &Choice, hidden: &[f32; HIDDEN]) -> Option<usize> {
    // SAFETY: the caller has checked all lengths.
    unsafe {
        let (weights, bias, barred) = (choice.weights.as_ptr(), choice.bias.as_ptr(), choice.barred.as_ptr());
        let mut scores = [V::load(bias); C];
        for c in 1..C {
            scores[c] = V::load(bias.add(c * LANES));
        }
        for k in 0..HIDDEN {
            let x = V::splat(hidden[k]);
            for c in 0..C {
                scores[c] = x.mul_add(V::load(weights.add((k * C + c) * LANES)), scores[c]);
            }
        }
        scores[0] = scores[0].add(V::load(barred));
        let mut most = scores[0];
        for c in 1..C {
            scores[c] = scores[c].add(V::load(barred.add(c * LANES)));
            most = most.max(scores[c]);
        }
        let most = most.greatest();
        for c in 0..C {
            let found = scores[c].equal_to(most);
            if found != 0 {
                return (most > f32::NEG_INFINITY).then_some(c * LANES + found.trailing_zeros() as usize);
            }
        }
        None
    }
}
