//! The network of a transition system: what each token adds to a state is worked out once, a state sums it up and chooses.

use crate::error::ModelError;
use crate::model::{Model, View};
use crate::network::{ACTIONS_MAX, Buffer, Choice, Dense, HIDDEN, Kernels, LANES, PANEL, PART, WIDTH};

/// A feature of a state that no token fills.
pub(crate) const MISSING: u32 = u32::MAX;

/// The most features a scorer looks at.
const FEATURES_MAX: usize = 8;

/// Names of the sections of one scorer.
pub(crate) struct ScorerSections {
    pub lower: [&'static str; 2],
    pub parts: [&'static str; 3],
    pub upper: [&'static str; 2],
}

/// Chooses actions by `FEATURES` tokens of a state.
pub(crate) struct Scorer<const FEATURES: usize> {
    lower: Dense,
    parts: Dense,
    no_word: View<f32>,
    bias: View<f32>,
    /// `[HIDDEN][actions]`, actions filled up to a multiple of sixteen.
    upper: Buffer,
    upper_bias: Buffer,
    actions: usize,
}

/// Tokens whose parts are worked out together.
const BLOCK: usize = 32;
/// Blocks kept at a time, at least one a feature. A state looks at tokens near one another, and those of a whole document,
/// some 4 KB each, would not stay in the nearer caches.
const BLOCKS_MAX: usize = 16;
const _: () = assert!(BLOCKS_MAX >= FEATURES_MAX);
const ABSENT: u32 = u32::MAX;

/// What the tokens of one document add to states.
#[derive(Default)]
pub(crate) struct Parts {
    lower: Buffer,
    parts: Buffer,
    /// Where in `parts` each block of tokens stands, counted in blocks.
    places: Vec<u32>,
    /// Which block stands in each place, and the place to be given away next.
    blocks: Vec<u32>,
    next: usize,
}

impl<const FEATURES: usize> Scorer<FEATURES> {
    pub fn new(model: &Model, sections: &ScorerSections, actions: usize) -> Result<Self, ModelError> {
        let ScorerSections { lower, parts, upper } = sections;
        if actions > ACTIONS_MAX {
            return Err(ModelError::Shape { section: upper[0], what: "it has too many actions" });
        }
        let (width, filled) = (actions.next_multiple_of(LANES), actions.next_multiple_of(PANEL));
        let weights = model.view_of::<f32>(upper[0], filled * HIDDEN)?;
        let bias = model.view_of::<f32>(upper[1], filled)?;
        Ok(Scorer {
            lower: Dense::new(model, lower[0], lower[1], WIDTH, HIDDEN)?,
            parts: Dense::without_bias(model, parts[0], HIDDEN, FEATURES * PART)?,
            // The sum of a state's parts starts from this bias; the parts themselves have none.
            bias: model.view_of(parts[1], PART)?,
            no_word: model.view_of(parts[2], FEATURES * PART)?,
            upper: Buffer::from(&narrowed(weights.get(), HIDDEN, width)[..]),
            upper_bias: Buffer::from(&narrowed(bias.get(), 1, width)[..]),
            actions,
        })
    }

    /// Begins a document whose tokens have these vectors, rows of 96.
    pub fn begin(&self, kernels: &Kernels, vectors: &[f32], parts: &mut Parts) {
        let rows = vectors.len() / WIDTH;
        let narrow = self.lower.outputs();
        parts.lower.fit(rows * narrow);
        self.lower.apply(kernels, vectors, WIDTH, rows, &mut parts.lower, narrow);
        parts.places.clear();
        parts.places.resize(rows.div_ceil(BLOCK), ABSENT);
        parts.blocks.clear();
        parts.next = 0;
        parts.parts.fit(rows.min(BLOCKS_MAX * BLOCK) * self.parts.outputs());
    }

    /// Which actions are barred in each of some situations.
    pub fn barred(&self, situations: usize, is_allowed: impl Fn(usize, usize) -> bool) -> Barred {
        let width = self.upper_bias.len();
        let mut rows = Buffer::default();
        rows.fit(situations * width);
        for (at, number) in rows.iter_mut().enumerate() {
            let (situation, action) = (at / width, at % width);
            let is_allowed = action < self.actions && is_allowed(situation, action);
            *number = if is_allowed { 0.0 } else { f32::NEG_INFINITY };
        }
        Barred { rows, width }
    }

    /// The best action that is not barred in a state that shows `tokens`.
    pub fn choose(
        &self,
        kernels: &Kernels,
        parts: &mut Parts,
        tokens: &[u32; FEATURES],
        barred: &[f32],
    ) -> Option<usize> {
        let is_absent = |parts: &Parts, token: u32| token != MISSING && parts.places[token as usize / BLOCK] == ABSENT;
        // Making room for one block may take the place of another that is shown: then once more.
        while let Some(&token) = tokens.iter().find(|&&token| is_absent(parts, token)) {
            self.work_out(kernels, parts, token as usize / BLOCK);
        }
        let wide = self.parts.outputs();
        let Parts { parts, places, .. } = parts;
        let mut shown: [&[f32]; FEATURES_MAX + 1] = [&[]; FEATURES_MAX + 1];
        for (feature, &token) in tokens.iter().enumerate() {
            let from: &[f32] = if token == MISSING {
                self.no_word.get()
            } else {
                let token = token as usize;
                &parts[(places[token / BLOCK] as usize * BLOCK + token % BLOCK) * wide..]
            };
            shown[feature] = &from[feature * PART..][..PART];
        }
        shown[FEATURES] = self.bias.get();
        let shown = &shown[..=FEATURES];
        kernels.choose(&Choice { parts: shown, weights: &self.upper, bias: &self.upper_bias, barred })
    }

    /// Works out the parts of a block of tokens, if need be in the place of the block that came longest ago.
    fn work_out(&self, kernels: &Kernels, parts: &mut Parts, block: usize) {
        let place = match parts.blocks.len() {
            BLOCKS_MAX => {
                let place = parts.next;
                parts.next = (place + 1) % BLOCKS_MAX;
                parts.places[parts.blocks[place] as usize] = ABSENT;
                parts.blocks[place] = block as u32;
                place
            }
            fresh => {
                parts.blocks.push(block as u32);
                fresh
            }
        };
        parts.places[block] = place as u32;
        let (narrow, wide) = (self.lower.outputs(), self.parts.outputs());
        let lower = &parts.lower[block * BLOCK * narrow..];
        let rows = (lower.len() / narrow).min(BLOCK);
        self.parts.apply(kernels, lower, narrow, rows, &mut parts.parts[place * BLOCK * wide..], wide);
    }
}

/// Which actions are barred, by situation.
pub(crate) struct Barred {
    rows: Buffer,
    width: usize,
}

impl Barred {
    /// For each action 0, or minus infinity if it is barred.
    pub fn in_situation(&self, situation: usize) -> &[f32] {
        &self.rows[situation * self.width..][..self.width]
    }
}

/// From panels of 48 columns, `[panels][depth][48]`, to `[depth][width]`.
fn narrowed(panels: &[f32], depth: usize, width: usize) -> Vec<f32> {
    let at = |row: usize, column: usize| panels[(column / PANEL * depth + row) * PANEL + column % PANEL];
    (0..depth).flat_map(|row| (0..width).map(move |column| at(row, column))).collect()
}
