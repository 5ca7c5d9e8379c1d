//! The network's arithmetic for layers that others have trained over the token vectors. The same bits on every machine
//! with a fused multiply-add (see the kernels).

pub use crate::gates::{Gates, exp, sigmoid, tanh};
use crate::network::{Kernels, LANES, PANEL, Product};

/// A linear layer: rows of `depth` numbers to rows of `outputs` numbers.
pub struct Linear {
    kernels: Kernels,
    /// `[panels][depth][48]`.
    weights: Vec<f32>,
    /// Filled up with zeros to whole panels.
    bias: Vec<f32>,
    depth: usize,
    outputs: usize,
}

impl Linear {
    /// A layer from row-major weights `[outputs × depth]` and `outputs` biases.
    ///
    /// # Panics
    /// If there are not `outputs × depth` weights.
    pub fn new(weights: &[f32], bias: &[f32], depth: usize) -> Linear {
        assert_eq!(weights.len(), bias.len() * depth, "one weight an input and output");
        let filled = bias.len().next_multiple_of(PANEL);
        let mut packed = vec![0.0; filled * depth];
        for (output, row) in weights.chunks_exact(depth.max(1)).enumerate() {
            let panel = output / PANEL * PANEL * depth + output % PANEL;
            for (input, weight) in row.iter().enumerate() {
                packed[panel + input * PANEL] = *weight;
            }
        }
        let outputs = bias.len().next_multiple_of(LANES);
        let mut bias = bias.to_vec();
        bias.resize(filled, 0.0);
        Linear { kernels: Kernels::best(), weights: packed, bias, depth, outputs }
    }

    /// Numbers in a row of the output: `outputs`, filled up to a multiple of 16.
    pub fn width(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to `rows` rows of `input`, one behind the other, into rows of [`Linear::width`] in `out`.
    ///
    /// # Panics
    /// If `input` or `out` is too short.
    pub fn apply(&self, input: &[f32], rows: usize, out: &mut [f32]) {
        let (depth, width) = (self.depth, self.width());
        let product =
            Product { input, stride: depth, rows, depth, weights: &self.weights, bias: &self.bias, outputs: width };
        self.kernels.product(&product, out, width);
    }
}

#[cfg(test)]
mod tests {
    use super::Linear;

    #[test]
    fn a_layer_is_a_matrix_product_with_a_bias() {
        let layer = Linear::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[0.5, 0.0, -1.0], 2);
        let mut out = vec![0.0; 2 * layer.width()];
        layer.apply(&[1.0, 1.0, 0.0, 2.0], 2, &mut out);
        assert_eq!(out[..4], [3.5, 7.0, 10.0, 0.0]);
        assert_eq!(out[16..19], [4.5, 8.0, 11.0]);
    }
}
