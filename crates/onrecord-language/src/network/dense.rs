//! Layers whose weights are read from the model file.

use super::buffer::Buffer;
use super::kernels::{Kernels, PANEL, PIECES, Product, WIDTH};
use super::lanes::LANES;
use super::windows::{QUAD, QUADS_MAX, WINDOWS_ROOM, Windows, matrices};
use crate::error::ModelError;
use crate::model::{Model, View};

/// A linear layer. Its outputs are filled up to a multiple of sixteen.
pub(crate) struct Dense {
    weights: View<f32>,
    bias: Bias,
    depth: usize,
    outputs: usize,
}

impl Dense {
    /// Reads a layer of `depth` inputs and `outputs` outputs.
    pub fn new(
        model: &Model,
        weights: &'static str,
        bias: &'static str,
        depth: usize,
        outputs: usize,
    ) -> Result<Dense, ModelError> {
        let filled = outputs.next_multiple_of(PANEL);
        let weights = model.view_of(weights, filled * depth)?;
        let bias = Bias::Read(model.view_of(bias, filled)?);
        Ok(Dense { weights, bias, depth, outputs: outputs.next_multiple_of(LANES) })
    }

    /// Reads a layer that adds nothing to its product.
    pub fn without_bias(
        model: &Model,
        weights: &'static str,
        depth: usize,
        outputs: usize,
    ) -> Result<Dense, ModelError> {
        let filled = outputs.next_multiple_of(PANEL);
        let weights = model.view_of(weights, filled * depth)?;
        Ok(Dense { weights, bias: Bias::Zero(vec![0.0; filled]), depth, outputs: outputs.next_multiple_of(LANES) })
    }

    /// Outputs a row, filled up.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Rows of `depth` numbers, `stride` apart, to rows of `outputs` numbers, `out_stride` apart.
    pub fn apply(
        &self,
        kernels: &Kernels,
        input: &[f32],
        stride: usize,
        rows: usize,
        out: &mut [f32],
        out_stride: usize,
    ) {
        let weights = self.weights.get();
        let bias = match &self.bias {
            Bias::Read(view) => view.get(),
            Bias::Zero(zeros) => zeros,
        };
        let product = Product { input, stride, rows, depth: self.depth, weights, bias, outputs: self.outputs };
        kernels.product(&product, out, out_stride);
    }
}

enum Bias {
    Read(View<f32>),
    Zero(Vec<f32>),
}

/// Three linear layers of 96 outputs, the greatest of each three, then layer normalisation.
pub(crate) struct Maxout {
    pub weights: View<f32>,
    pub bias: View<f32>,
    pub gain: View<f32>,
    pub shift: View<f32>,
    depth: usize,
}

impl Maxout {
    /// Reads the layer whose sections are named; `depth` is its number of inputs.
    pub fn new(model: &Model, sections: [&'static str; 4], depth: usize) -> Result<Maxout, ModelError> {
        let [weights, bias, gain, shift] = sections;
        Ok(Maxout {
            weights: model.view_of(weights, PIECES * depth)?,
            bias: model.view_of(bias, PIECES)?,
            gain: model.view_of(gain, WIDTH)?,
            shift: model.view_of(shift, WIDTH)?,
            depth,
        })
    }

    /// Rows of `depth` numbers, `stride` apart, to normalised rows of 96, to which those of `residual` are added.
    pub fn apply(
        &self,
        kernels: &Kernels,
        input: &[f32],
        stride: usize,
        rows: usize,
        residual: &[f32],
        out: &mut [f32],
    ) {
        let (weights, bias) = (self.weights.get(), self.bias.get());
        let product = Product { input, stride, rows, depth: self.depth, weights, bias, outputs: PIECES };
        kernels.maxout(&product, out);
        self.normalize(kernels, &mut out[..rows * WIDTH], residual);
    }

    /// Normalises rows that already went through the maxout.
    pub fn normalize(&self, kernels: &Kernels, rows: &mut [f32], residual: &[f32]) {
        kernels.normalize(rows, residual, self.gain.get(), self.shift.get());
    }
}

/// A maxout layer over windows of three rows, its weights in the form of [`Windows`].
pub(crate) struct Window {
    weights: Buffer,
    layer: Maxout,
}

impl Window {
    /// Reads the layer whose sections are named.
    pub fn new(model: &Model, sections: [&'static str; 4]) -> Result<Window, ModelError> {
        let layer = Maxout::new(model, sections, 3 * WIDTH)?;
        Ok(Window { weights: Buffer::from(&matrices(layer.weights.get())[..]), layer })
    }

    /// All rows but the first and the last of `from`, whose number must be a multiple of four, to the same rows of `to`.
    pub fn apply(&self, kernels: &Kernels, from: &[f32], room: &mut Buffer, to: &mut [f32]) {
        room.fit(WINDOWS_ROOM);
        let (weights, bias) = (&self.weights, self.layer.bias.get());
        let rows = from.len() / WIDTH - 2;
        for first in (0..rows).step_by(QUADS_MAX * QUAD) {
            let count = (rows - first).min(QUADS_MAX * QUAD);
            let input = &from[first * WIDTH..(first + count + 2) * WIDTH];
            let out = &mut to[(first + 1) * WIDTH..(first + 1 + count) * WIDTH];
            kernels.windows(&Windows { input, quads: count / QUAD, weights, bias }, room, out);
            self.layer.normalize(kernels, out, &input[WIDTH..(count + 1) * WIDTH]);
        }
    }
}
