//! The learned tagger's arithmetic: tokens → cue scores; an anchor and its window → a role for every token.
//!
//! A recurrent layer (LSTM) runs both ways over each chunk; a second one (GRU) runs both ways over the window of each
//! anchor. Sequences run in lockstep, so that one matrix product serves many. Every row is summed in one fixed order:
//! what stands beside it changes nothing.

use super::features::{PAIR_FIELDS, TOKEN_FIELDS, TOKEN_ROWS};
use super::weights::{CUE, DENSE, LEMMA, LEMMA_FIELDS, Model, PAIR, ROLE};
use onrecord_model::Parse;
use std::ops::Range;

/// Roles of a token beside an anchor.
pub const ROLES: usize = 4;

/// `e^x` by a polynomial: the same bits everywhere, within a few units in the last place. No branch, no call: loops over
/// it become vector code.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Adding this brings the whole part of a small number into the low bits of its fraction.
    const SHIFT: f32 = 12_582_912.0;
    let x = x.clamp(-80.0, 80.0);
    let shifted = x * std::f32::consts::LOG2_E + SHIFT;
    let whole = shifted - SHIFT;
    let r = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 0.5;
    let y = p * r * r + r + 1.0;
    y * f32::from_bits(shifted.to_bits().wrapping_sub(SHIFT.to_bits()).wrapping_add(127) << 23)
}

/// The logistic function.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
fn tanh(x: f32) -> f32 {
    2.0 / (1.0 + exp(-2.0 * x)) - 1.0
}

/// One step of an LSTM: gates (in, forget, new, out) from input and state to the next cell and state.
fn lstm_step(from_input: &[f32], from_state: &[f32], cell: &mut [f32], state: &mut [f32]) {
    let hidden = cell.len();
    let (a, b) = (&from_input[..4 * hidden], &from_state[..4 * hidden]);
    let (a_in, a) = a.split_at(hidden);
    let (a_forget, a) = a.split_at(hidden);
    let (a_new, a_out) = a.split_at(hidden);
    let (b_in, b) = b.split_at(hidden);
    let (b_forget, b) = b.split_at(hidden);
    let (b_new, b_out) = b.split_at(hidden);
    let state = &mut state[..hidden];
    for unit in 0..hidden {
        let kept = sigmoid(a_forget[unit] + b_forget[unit]) * cell[unit];
        cell[unit] = kept + sigmoid(a_in[unit] + b_in[unit]) * tanh(a_new[unit] + b_new[unit]);
    }
    for unit in 0..hidden {
        state[unit] = sigmoid(a_out[unit] + b_out[unit]) * tanh(cell[unit]);
    }
}

/// One step of a GRU: gates (reset, keep, new) from input and state to the next state.
fn gru_step(from_input: &[f32], from_state: &[f32], state: &mut [f32; ROLE]) {
    let (a, b) = (&from_input[..3 * ROLE], &from_state[..3 * ROLE]);
    for unit in 0..ROLE {
        let reset = sigmoid(a[unit] + b[unit]);
        let keep = sigmoid(a[ROLE + unit] + b[ROLE + unit]);
        let new = tanh(a[2 * ROLE + unit] + reset * b[2 * ROLE + unit]);
        state[unit] = (1.0 - keep) * new + keep * state[unit];
    }
}

/// Natural logarithms of the probabilities of the four roles.
pub fn log_softmax(scores: &[f32]) -> [f32; ROLES] {
    let scores = [scores[0], scores[1], scores[2], scores[3]];
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = scores.iter().map(|s| exp(s - highest)).sum();
    let shift = highest + log(total);
    scores.map(|s| s - shift)
}

/// Natural logarithm of a number from 1 to 4, by Newton's method over [`exp`].
fn log(x: f32) -> f32 {
    let mut y = (x - 1.0) * 0.46;
    for _ in 0..4 {
        y += x * exp(-y) - 1.0;
    }
    y
}

/// Which way a recurrent layer runs.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Forward,
    Backward,
}

/// Sequences in lockstep: ranges of rows, the longest first.
fn order(sequences: &[Range<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    order.sort_by_key(|ix| (std::cmp::Reverse(sequences[*ix].len()), *ix));
    order
}

/// The states of tokens, `[rows × 2 hidden]`.
pub struct States {
    /// Row-major.
    pub rows: Vec<f32>,
}

impl Model {
    /// States of tokens. `features` and `vectors` are rows of the tokens of all `sequences`, which are ranges of them.
    pub fn states(&self, features: &[u16], vectors: &[f32], sequences: &[Range<usize>]) -> States {
        let count = vectors.len() / Parse::VECTOR;
        let width = self.input.width();
        let mut input = Vec::with_capacity(count * DENSE);
        for (vector, fields) in vectors.chunks_exact(Parse::VECTOR).zip(features.chunks_exact(TOKEN_FIELDS)) {
            input.extend_from_slice(vector);
            for field in LEMMA_FIELDS {
                let row = usize::from(fields[field]) * LEMMA;
                input.extend_from_slice(&self.lemmas[row..row + LEMMA]);
            }
        }
        let mut gates = vec![0.0; count * width];
        self.input.apply(&input, count, &mut gates);
        let used = 8 * self.hidden;
        for (gates, fields) in gates.chunks_exact_mut(width).zip(features.chunks_exact(TOKEN_FIELDS)) {
            for (field, table) in self.fields.iter().enumerate().filter(|(_, table)| !table.is_empty()) {
                let row = usize::from(fields[field]).min(TOKEN_ROWS[field] - 1) * used;
                add(&mut gates[..used], &table[row..row + used]);
            }
        }
        let mut rows = vec![0.0; count * 2 * self.hidden];
        for way in [Way::Forward, Way::Backward] {
            self.run_states(way, &gates, sequences, &mut rows);
        }
        States { rows }
    }

    fn run_states(&self, way: Way, gates: &[f32], sequences: &[Range<usize>], rows: &mut [f32]) {
        let (hidden, width) = (self.hidden, self.input.width());
        let side = usize::from(way == Way::Backward);
        let recurrent = &self.recurrent[side];
        let order = order(sequences);
        let mut state = vec![0.0; order.len() * hidden];
        let mut cell = vec![0.0; order.len() * hidden];
        let mut product = vec![0.0; order.len() * recurrent.width()];
        for step in 0..order.first().map_or(0, |ix| sequences[*ix].len()) {
            let active = order.partition_point(|ix| sequences[*ix].len() > step);
            recurrent.apply(&state, active, &mut product);
            for (slot, ix) in order[..active].iter().enumerate() {
                let row = place(&sequences[*ix], step, way);
                let from_input = &gates[row * width + side * 4 * hidden..][..4 * hidden];
                let from_state = &product[slot * recurrent.width()..][..4 * hidden];
                let (state, cell) = (&mut state[slot * hidden..][..hidden], &mut cell[slot * hidden..][..hidden]);
                lstm_step(from_input, from_state, cell, state);
                rows[row * 2 * hidden + side * hidden..][..hidden].copy_from_slice(state);
            }
        }
    }

    /// How likely each token is the anchor of a cue.
    pub fn cues(&self, states: &States) -> Vec<f32> {
        let count = states.rows.len() / (2 * self.hidden);
        let mut inner = vec![0.0; count * self.cue.width()];
        self.cue.apply(&states.rows, count, &mut inner);
        let (weights, bias) = (&self.cue_out[..CUE], self.cue_out[CUE]);
        inner
            .chunks_exact(self.cue.width())
            .map(|row| sigmoid(row.iter().zip(weights).map(|(x, w)| x.max(0.0) * w).sum::<f32>() + bias))
            .collect()
    }

    /// The part of each token, and of each token as an anchor, in the description of a pair: `[rows × PAIR]` each.
    pub fn pair_parts(&self, states: &States) -> (Vec<f32>, Vec<f32>) {
        let count = states.rows.len() / (2 * self.hidden);
        let mut parts = [vec![0.0; count * PAIR], vec![0.0; count * PAIR]];
        self.pair_token.apply(&states.rows, count, &mut parts[0]);
        self.pair_anchor.apply(&states.rows, count, &mut parts[1]);
        let [token, anchor] = parts;
        (token, anchor)
    }

    /// Scores of the roles and of acceptance for every token of every window, `[rows × width of role_out]`: rows are
    /// those of the windows, one behind the other.
    pub fn roles(&self, parts: &(Vec<f32>, Vec<f32>), windows: &[Window<'_>]) -> Vec<f32> {
        let mut sequences = Vec::new();
        let mut input: Vec<f32> = Vec::new();
        for window in windows {
            let first = input.len() / PAIR;
            let anchor = &parts.1[window.anchor * PAIR..][..PAIR];
            for (token, fields) in window.tokens.clone().zip(window.fields) {
                let at = input.len();
                input.extend_from_slice(&parts.0[token * PAIR..][..PAIR]);
                let row = &mut input[at..];
                add(row, anchor);
                for (table, value) in self.pair_fields.iter().zip(fields) {
                    add(row, &table[usize::from(*value) * PAIR..][..PAIR]);
                }
                row.iter_mut().for_each(|x| *x = x.max(0.0));
            }
            sequences.push(first..input.len() / PAIR);
        }
        let count = input.len() / PAIR;
        let mut gates = vec![0.0; count * self.role_input.width()];
        self.role_input.apply(&input, count, &mut gates);
        let mut rows = vec![0.0; count * 2 * ROLE];
        for way in [Way::Forward, Way::Backward] {
            self.run_roles(way, &gates, &sequences, &mut rows);
        }
        let mut out = vec![0.0; count * self.role_out.width()];
        self.role_out.apply(&rows, count, &mut out);
        out
    }

    fn run_roles(&self, way: Way, gates: &[f32], sequences: &[Range<usize>], rows: &mut [f32]) {
        let width = self.role_input.width();
        let side = usize::from(way == Way::Backward);
        let recurrent = &self.role_recurrent[side];
        let order = order(sequences);
        let mut state = vec![0.0; order.len() * ROLE];
        let mut product = vec![0.0; order.len() * recurrent.width()];
        for step in 0..order.first().map_or(0, |ix| sequences[*ix].len()) {
            let active = order.partition_point(|ix| sequences[*ix].len() > step);
            recurrent.apply(&state, active, &mut product);
            for (slot, ix) in order[..active].iter().enumerate() {
                let row = place(&sequences[*ix], step, way);
                let from_input = &gates[row * width + side * 3 * ROLE..][..3 * ROLE];
                let from_state = &product[slot * recurrent.width()..][..3 * ROLE];
                if let Some(state) = state[slot * ROLE..].first_chunk_mut::<ROLE>() {
                    gru_step(from_input, from_state, state);
                }
                let state = &state[slot * ROLE..][..ROLE];
                rows[row * 2 * ROLE + side * ROLE..][..ROLE].copy_from_slice(state);
            }
        }
    }
}

/// An anchor and the tokens it reaches, as rows of the group.
pub struct Window<'a> {
    /// The anchor's row.
    pub anchor: usize,
    /// Rows of the window.
    pub tokens: Range<usize>,
    /// Description of each token beside the anchor.
    pub fields: &'a [[u8; PAIR_FIELDS]],
}

fn place(sequence: &Range<usize>, step: usize, way: Way) -> usize {
    match way {
        Way::Forward => sequence.start + step,
        Way::Backward => sequence.end - 1 - step,
    }
}

fn add(to: &mut [f32], from: &[f32]) {
    for (x, y) in to.iter_mut().zip(from) {
        *x += y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_exponential_and_logarithm_are_close() {
        for step in -700..=700 {
            let x = step as f32 / 10.0;
            assert!((exp(x) / f64::from(x).exp() as f32 - 1.0).abs() < 1e-6, "{x}");
        }
        for step in 100..=400 {
            let x = step as f32 / 100.0;
            assert!((log(x) - f64::from(x).ln() as f32).abs() < 1e-6, "{x}");
        }
        assert_eq!((sigmoid(0.0), tanh(0.0)), (0.5, 0.0));
    }
}
