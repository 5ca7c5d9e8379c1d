//! Layers of transformers that read rows in eight bits: whole numbers are summed up exactly, and whatever else there is runs in
//! one fixed order without fused steps. The same bits on every machine.

use crate::network::{GROUP, LANES, OFFSET, PANEL, Steps, WholeProduct};
use std::sync::OnceLock;

pub use crate::network::{HEAD, ROWS_MAX};

fn steps() -> &'static Steps {
    static STEPS: OnceLock<Steps> = OnceLock::new();
    STEPS.get_or_init(Steps::best)
}

/// Rows of whole numbers between -127 and 127, each with what to multiply it with.
#[derive(Default)]
pub struct RoundedRows {
    /// With 128 added; rows are filled up with zeros to whole groups of four.
    numbers: Vec<u8>,
    scales: Vec<f32>,
}

impl RoundedRows {
    /// Puts rows of `depth` numbers in the place of what was here, rounded so that the greatest of a row is 127 (ties to even).
    ///
    /// # Panics
    /// If `depth` is zero.
    pub fn round(&mut self, rows: &[f32], depth: usize) {
        let (steps, stride) = (steps(), depth.next_multiple_of(GROUP));
        self.scales.clear();
        self.numbers.resize(rows.len() / depth * stride, OFFSET);
        for (row, out) in rows.chunks_exact(depth).zip(self.numbers.chunks_exact_mut(stride)) {
            let (numbers, rest) = out.split_at_mut(depth);
            self.scales.push(steps.round(row, numbers));
            rest.fill(OFFSET);
        }
    }
}

/// A linear layer with weights in eight bits: rows of `depth` numbers to rows of `outputs` numbers.
pub struct Rounded {
    /// `[panels][depth / 4][48][4]`, or `[outputs][depth / 4][4]` where steps do not ask for panels.
    weights: Vec<[i8; GROUP]>,
    /// What takes the offset of rows back: one an output, filled up to whole panels, as the next two.
    begin: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Filled up to a multiple of four.
    depth: usize,
    outputs: usize,
}

impl Rounded {
    /// A layer from row-major weights `[outputs × depth]`, what to multiply them with (one number an output), and biases.
    ///
    /// # Panics
    /// If there are not `outputs × depth` weights and `outputs` scales, or if rows are so long that sums could overflow.
    pub fn new(weights: &[i8], scales: &[f32], bias: &[f32], depth: usize) -> Rounded {
        Rounded::packed(steps(), weights, scales, bias, depth)
    }

    fn packed(steps: &Steps, weights: &[i8], scales: &[f32], bias: &[f32], depth: usize) -> Rounded {
        assert!(weights.len() == bias.len() * depth && scales.len() == bias.len(), "one weight an input and output");
        assert!((1..=1 << 15).contains(&depth), "sums have room");
        let filled = bias.len().next_multiple_of(PANEL);
        let (groups, outputs) = (depth.div_ceil(GROUP), bias.len().next_multiple_of(LANES));
        let mut packed = vec![[0; GROUP]; filled * groups];
        let mut begin = vec![0; filled];
        for (output, row) in weights.chunks_exact(depth).enumerate() {
            begin[output] = -i32::from(OFFSET) * row.iter().map(|&weight| i32::from(weight)).sum::<i32>();
            let in_panel = (output / PANEL * PANEL * groups + output % PANEL, PANEL);
            let (first, step) = if steps.packed { in_panel } else { (output * groups, 1) };
            let column = packed[first..].iter_mut().step_by(step);
            let (whole, rest) = row.as_chunks();
            let mut last = [0; GROUP];
            last[..rest.len()].copy_from_slice(rest);
            column.zip(whole.iter().chain([&last]).take(groups)).for_each(|(to, from)| *to = *from);
        }
        let fill = |numbers: &[f32]| {
            let mut numbers = numbers.to_vec();
            numbers.resize(filled, 0.0);
            numbers
        };
        let (scales, bias) = (fill(scales), fill(bias));
        Rounded { weights: packed, begin, scales, bias, depth: groups * GROUP, outputs }
    }

    /// Numbers in a row of the output: `outputs`, filled up to a multiple of 16.
    pub fn width(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to `rows`, into rows of [`Rounded::width`] that take the place of what was in `out`.
    ///
    /// # Panics
    /// If rows are not as long as the layer's.
    pub fn apply(&self, rows: &RoundedRows, out: &mut Vec<f32>) {
        out.resize(rows.scales.len() * self.outputs, 0.0);
        self.run(steps(), rows, out);
    }

    fn run(&self, steps: &Steps, rows: &RoundedRows, out: &mut [f32]) {
        let product = WholeProduct {
            rows: &rows.numbers,
            row_scales: &rows.scales,
            depth: self.depth,
            weights: self.weights.as_flattened(),
            begin: &self.begin,
            scales: &self.scales,
            bias: &self.bias,
            outputs: self.outputs,
        };
        steps.product(&product, out);
    }
}

/// Brings rows to mean 0 and variance 1, then scales and shifts each number (Ba and others 2016).
pub struct Norm {
    factor: Vec<f32>,
    shift: Vec<f32>,
    least: f32,
}

impl Norm {
    /// A norm for rows as long as `factor` and `shift`, a multiple of 16. `least` is added to the variance.
    pub fn new(factor: Vec<f32>, shift: Vec<f32>, least: f32) -> Norm {
        Norm { factor, shift, least }
    }

    /// Adds `add` to rows (nothing, if that is empty), then normalises each.
    ///
    /// # Panics
    /// If lengths do not fit.
    pub fn apply(&self, rows: &mut [f32], add: &[f32]) {
        steps().normalize(rows, add, &self.factor, &self.shift, self.least);
    }
}

/// What comes of each number of an inner layer: nothing of those below zero.
pub fn activate(numbers: &mut [f32]) {
    steps().activate(numbers);
}

/// What each of `count` rows takes from all of them: queries, keys and values in, side by side, `heads` times [`HEAD`] numbers
/// each; mixed values out.
///
/// # Panics
/// If lengths do not fit, or if there are more than [`ROWS_MAX`] rows.
pub fn attend(wide: &[f32], heads: usize, count: usize, out: &mut [f32]) {
    steps().attend(wide, heads, count, out);
}

#[cfg(test)]
mod tests;
