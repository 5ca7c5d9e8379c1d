//! The learned tagger's arithmetic: tokens → cue scores; an anchor and its window → a role for every token.
//!
//! A recurrent layer (LSTM) runs both ways over each chunk; a second one (GRU) runs both ways over the window of each
//! anchor. Sequences run in lockstep, so that one matrix product serves many. Every row is summed in one fixed order:
//! what stands beside it changes nothing.

use super::features::{PAIR_FIELDS, TOKEN_FIELDS, TOKEN_ROWS};
use super::weights::{CUE, DENSE, LEMMA, LEMMA_FIELDS, Model, PAIR, ROLE, SCORES};
use onrecord_model::Parse;
use std::ops::Range;

/// Roles of a token beside an anchor.
pub const ROLES: usize = 4;

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
                self.gates.lstm(from_input, from_state, cell, state);
                rows[row * 2 * hidden + side * hidden..][..hidden].copy_from_slice(state);
            }
        }
    }

    /// The score of each token as the anchor of a cue: the logit of a probability.
    pub fn cues(&self, states: &States) -> Vec<f32> {
        let count = states.rows.len() / (2 * self.hidden);
        let mut inner = vec![0.0; count * self.cue.width()];
        self.cue.apply(&states.rows, count, &mut inner);
        let (weights, bias) = (&self.cue_out[..CUE], self.cue_out[CUE]);
        inner
            .chunks_exact(self.cue.width())
            .map(|row| row.iter().zip(weights).map(|(x, w)| x.max(0.0) * w).sum::<f32>() + bias)
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

    /// Scores of the roles and of acceptance for every token of every window: rows are those of the windows, one behind
    /// the other.
    pub fn roles(&self, parts: &(Vec<f32>, Vec<f32>), windows: &[Window<'_>]) -> Vec<[f32; SCORES]> {
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
        rows.chunks_exact(2 * ROLE).map(|row| self.score(row)).collect()
    }

    fn score(&self, row: &[f32]) -> [f32; SCORES] {
        let mut scores = self.role_bias;
        for (x, weights) in row.iter().zip(&self.role_out) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += x * weight;
            }
        }
        scores
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
                let state = &mut state[slot * ROLE..][..ROLE];
                self.gates.gru(from_input, from_state, state);
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
