//! The network of a transition system: what each token adds to a state is worked out once, a state sums it up.

use crate::error::ModelError;
use crate::model::{Model, View};
use crate::network::{Dense, HIDDEN, Kernels, PART, WIDTH};

/// A feature of a state that no token fills.
pub(crate) const MISSING: u32 = u32::MAX;

/// Names of the sections of one scorer.
pub(crate) struct ScorerSections {
    pub lower: [&'static str; 2],
    pub parts: [&'static str; 3],
    pub upper: [&'static str; 2],
}

/// Scores actions from `FEATURES` tokens of a state.
pub(crate) struct Scorer<const FEATURES: usize> {
    lower: Dense,
    parts: Dense,
    no_word: View<f32>,
    bias: View<f32>,
    upper: Dense,
}

/// What the tokens of one document add to states, and room for the scores of one state.
#[derive(Default)]
pub(crate) struct Parts {
    lower: Vec<f32>,
    parts: Vec<f32>,
    scores: Vec<f32>,
}

impl<const FEATURES: usize> Scorer<FEATURES> {
    pub fn new(model: &Model, sections: &ScorerSections, actions: usize) -> Result<Self, ModelError> {
        let ScorerSections { lower, parts, upper } = sections;
        // The converter says "bias" for what stands beside the panels of parts: they themselves have none.
        Ok(Scorer {
            lower: Dense::new(model, lower[0], lower[1], WIDTH, HIDDEN)?,
            parts: Dense::without_bias(model, parts[0], HIDDEN, FEATURES * PART)?,
            bias: model.view_of(parts[1], PART)?,
            no_word: model.view_of(parts[2], FEATURES * PART)?,
            upper: Dense::new(model, upper[0], upper[1], HIDDEN, actions)?,
        })
    }

    /// Works out the parts of a document's tokens from their vectors, rows of 96.
    pub fn prepare(&self, kernels: &Kernels, vectors: &[f32], parts: &mut Parts) {
        let rows = vectors.len() / WIDTH;
        let (narrow, wide) = (self.lower.outputs(), self.parts.outputs());
        parts.lower.resize(rows * narrow, 0.0);
        parts.parts.resize(rows * wide, 0.0);
        self.lower.apply(kernels, vectors, WIDTH, rows, &mut parts.lower, narrow);
        self.parts.apply(kernels, &parts.lower, narrow, rows, &mut parts.parts, wide);
    }

    /// The actions' scores in a state that shows `tokens`.
    pub fn score<'a>(&self, kernels: &Kernels, parts: &'a mut Parts, tokens: &[u32; FEATURES]) -> &'a [f32] {
        let wide = self.parts.outputs();
        let Parts { parts, scores, .. } = parts;
        let mut shown: [&[f32]; 9] = [&[]; 9];
        for (feature, &token) in tokens.iter().enumerate() {
            let from: &[f32] = if token == MISSING { self.no_word.get() } else { &parts[token as usize * wide..] };
            shown[feature] = &from[feature * PART..][..PART];
        }
        shown[FEATURES] = self.bias.get();
        let mut hidden = [0.0; HIDDEN];
        kernels.hidden(&shown[..=FEATURES], &mut hidden);
        scores.resize(self.upper.outputs(), 0.0);
        self.upper.apply(kernels, &hidden, HIDDEN, 1, scores, self.upper.outputs());
        scores
    }
}
