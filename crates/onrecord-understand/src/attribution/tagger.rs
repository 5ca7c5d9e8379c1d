//! The learned tagger's arithmetic: tokens → cue scores; an anchor and its window → a role for every token.
//!
//! A recurrent layer (LSTM) runs both ways over each chunk; a second one (GRU) runs both ways over the window of each
//! anchor. Sequences run in lockstep, so that one matrix product serves many. Every row is summed in one fixed order:
//! what stands beside it changes nothing.

use super::features::{LEMMA_ROWS, PAIR_FIELDS, TOKEN_FIELDS, TOKEN_ROWS};
use super::weights::{CUE, LEMMA, LEMMA_FIELDS, Model, PAIR};
use onrecord_language::transformer::RoundedRows;
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

/// What lemmas add to the gates: the rows of those that occur, and which of them each token has.
struct LemmaRows {
    rows: Vec<f32>,
    width: usize,
    numbers: Vec<u16>,
}

impl LemmaRows {
    fn row(&self, token: usize) -> &[f32] {
        &self.rows[usize::from(self.numbers[token]) * self.width..][..self.width]
    }
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
        let lemmas = [0, 1].map(|part| self.lemma_rows(part, features));
        let (mut rounded, mut gates) = (RoundedRows::default(), Vec::new());
        rounded.round(vectors, Parse::VECTOR);
        self.input.apply(&rounded, &mut gates);
        for (row, (gates, fields)) in gates.chunks_exact_mut(width).zip(features.chunks_exact(TOKEN_FIELDS)).enumerate()
        {
            let rows: [&[f32]; TOKEN_FIELDS] =
                std::array::from_fn(|field| match LEMMA_FIELDS.iter().position(|lemma| *lemma == field) {
                    Some(part) => lemmas[part].row(row),
                    None => {
                        &self.fields[field][usize::from(fields[field]).min(TOKEN_ROWS[field] - 1) * width..][..width]
                    }
                });
            self.gates.sum(gates, &rows, f32::NEG_INFINITY);
        }
        let mut rows = vec![0.0; count * 2 * self.hidden];
        for way in [Way::Forward, Way::Backward] {
            self.run_states(way, &gates, sequences, &mut rows);
        }
        States { rows }
    }

    /// What the lemmas of one field add to the gates: made once for each lemma that occurs.
    fn lemma_rows(&self, part: usize, features: &[u16]) -> LemmaRows {
        let field = LEMMA_FIELDS[part];
        let mut slots = vec![u16::MAX; LEMMA_ROWS];
        let (mut input, mut distinct) = (Vec::new(), 0);
        let mut numbers = Vec::with_capacity(features.len() / TOKEN_FIELDS);
        for fields in features.chunks_exact(TOKEN_FIELDS) {
            let lemma = usize::from(fields[field]);
            if slots[lemma] == u16::MAX {
                slots[lemma] = distinct;
                distinct += 1;
                input.extend_from_slice(&self.lemmas[lemma * LEMMA..][..LEMMA]);
            }
            numbers.push(slots[lemma]);
        }
        let (layer, mut rounded, mut rows) = (&self.lemma_input[part], RoundedRows::default(), Vec::new());
        rounded.round(&input, LEMMA);
        layer.apply(&rounded, &mut rows);
        LemmaRows { rows, width: layer.width(), numbers }
    }

    fn run_states(&self, way: Way, gates: &[f32], sequences: &[Range<usize>], rows: &mut [f32]) {
        let (hidden, width) = (self.hidden, self.input.width());
        let side = usize::from(way == Way::Backward);
        let recurrent = &self.recurrent[side];
        let order = order(sequences);
        let mut state = vec![0.0; order.len() * hidden];
        let mut cell = vec![0.0; order.len() * hidden];
        let (mut rounded, mut product) = (RoundedRows::default(), Vec::new());
        for step in 0..order.first().map_or(0, |ix| sequences[*ix].len()) {
            let active = order.partition_point(|ix| sequences[*ix].len() > step);
            rounded.round(&state[..active * hidden], hidden);
            recurrent.apply(&rounded, &mut product);
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
        let (mut rounded, mut inner) = (RoundedRows::default(), Vec::new());
        rounded.round(&states.rows, 2 * self.hidden);
        self.cue.apply(&rounded, &mut inner);
        let (weights, bias) = (&self.cue_out[..CUE], self.cue_out[CUE]);
        inner
            .chunks_exact(self.cue.width())
            .map(|row| row.iter().zip(weights).map(|(x, w)| x.max(0.0) * w).sum::<f32>() + bias)
            .collect()
    }

    /// Scores of the roles and of acceptance for every token of every window: rows are those of the windows, one behind
    /// the other.
    pub fn roles(&self, states: &States, windows: &[Window<'_>]) -> Vec<f32> {
        let parts = PairParts::new(self, states, windows);
        let count: usize = windows.iter().map(|window| window.tokens.len()).sum();
        let (mut input, mut sequences) = (vec![0.0; count * PAIR], Vec::with_capacity(windows.len()));
        let mut first = 0;
        for (ix, window) in windows.iter().enumerate() {
            let rows = first..first + window.tokens.len();
            let anchor = &parts.anchors[ix * PAIR..][..PAIR];
            let tokens = parts.tokens_of(window);
            let input = input[rows.start * PAIR..rows.end * PAIR].chunks_exact_mut(PAIR);
            for ((row, token), fields) in input.zip(tokens.chunks_exact(PAIR)).zip(window.fields) {
                let mut added: [&[f32]; PAIR_FIELDS + 2] = [token; PAIR_FIELDS + 2];
                added[1] = anchor;
                for ((added, table), value) in added[2..].iter_mut().zip(&self.pair_fields).zip(fields) {
                    *added = &table[usize::from(*value) * PAIR..][..PAIR];
                }
                self.gates.sum(row, &added, 0.0);
            }
            first = rows.end;
            sequences.push(rows);
        }
        let (mut rounded, mut gates) = (RoundedRows::default(), Vec::new());
        rounded.round(&input, PAIR);
        self.role_input.apply(&rounded, &mut gates);
        let mut rows = vec![0.0; count * 2 * self.role];
        for way in [Way::Forward, Way::Backward] {
            self.run_roles(way, &gates, &sequences, &mut rows);
        }
        let mut scores = Vec::new();
        rounded.round(&rows, 2 * self.role);
        self.role_out.apply(&rounded, &mut scores);
        scores
    }

    fn run_roles(&self, way: Way, gates: &[f32], sequences: &[Range<usize>], rows: &mut [f32]) {
        let (role, width) = (self.role, self.role_input.width());
        let side = usize::from(way == Way::Backward);
        let recurrent = &self.role_recurrent[side];
        let order = order(sequences);
        let mut state = vec![0.0; order.len() * role];
        let (mut rounded, mut product) = (RoundedRows::default(), Vec::new());
        for step in 0..order.first().map_or(0, |ix| sequences[*ix].len()) {
            let active = order.partition_point(|ix| sequences[*ix].len() > step);
            rounded.round(&state[..active * role], role);
            recurrent.apply(&rounded, &mut product);
            for (slot, ix) in order[..active].iter().enumerate() {
                let row = place(&sequences[*ix], step, way);
                let from_input = &gates[row * width + side * 3 * role..][..3 * role];
                let from_state = &product[slot * recurrent.width()..][..3 * role];
                let state = &mut state[slot * role..][..role];
                self.gates.gru(from_input, from_state, state);
                rows[row * 2 * role + side * role..][..role].copy_from_slice(state);
            }
        }
    }
}

/// The parts of the anchors of some windows in the description of a pair, and those of all tokens that they reach.
struct PairParts {
    anchors: Vec<f32>,
    /// For each run of tokens that windows reach, its first token and the rows.
    runs: Vec<(usize, Vec<f32>)>,
}

impl PairParts {
    fn new(model: &Model, states: &States, windows: &[Window<'_>]) -> PairParts {
        let depth = 2 * model.hidden;
        let mut input = Vec::with_capacity(windows.len() * depth);
        for window in windows {
            input.extend_from_slice(&states.rows[window.anchor * depth..][..depth]);
        }
        let (mut rounded, mut anchors) = (RoundedRows::default(), Vec::new());
        rounded.round(&input, depth);
        model.pair_anchor.apply(&rounded, &mut anchors);
        let mut reached: Vec<Range<usize>> = Vec::new();
        for window in windows {
            match reached.last_mut() {
                Some(run) if window.tokens.start <= run.end => run.end = run.end.max(window.tokens.end),
                _ => reached.push(window.tokens.clone()),
            }
        }
        let mut part = |run: Range<usize>| {
            let mut rows = Vec::new();
            rounded.round(&states.rows[run.start * depth..run.end * depth], depth);
            model.pair_token.apply(&rounded, &mut rows);
            (run.start, rows)
        };
        PairParts { anchors, runs: reached.into_iter().map(&mut part).collect() }
    }

    fn tokens_of(&self, window: &Window<'_>) -> &[f32] {
        let run = self.runs.partition_point(|(first, _)| *first <= window.tokens.start) - 1;
        let (first, rows) = &self.runs[run];
        &rows[(window.tokens.start - first) * PAIR..][..window.tokens.len() * PAIR]
    }
}

/// An anchor and the tokens it reaches, as rows of the group. Windows come in the order of their anchors.
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
