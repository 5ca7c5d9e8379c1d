//! The gates of recurrent layers, compiled for every kind of machine. No step fuses or reorders a sum, so that the bits are
//! the same on all of them.

/// `e^x` by a polynomial: the same bits everywhere, within a few units in the last place. No branch, no call: loops over
/// it become vector code.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
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

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    2.0 / (1.0 + exp(-2.0 * x)) - 1.0
}

use crate::network::Kernels;

type Lstm = unsafe fn(&[f32], &[f32], &mut [f32], &mut [f32]);
type Gru = unsafe fn(&[f32], &[f32], &mut [f32]);

/// The steps of recurrent layers for one kind of machine.
#[derive(Clone, Copy)]
pub struct Gates {
    lstm: Lstm,
    gru: Gru,
    kernels: Kernels,
}

impl Gates {
    /// The fastest that this machine can run.
    pub fn best() -> Gates {
        let kernels = Kernels::best();
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx2") {
                return Gates { lstm: avx512::lstm, gru: avx512::gru, kernels };
            }
            if is_x86_feature_detected!("avx2") {
                return Gates { lstm: avx2::lstm, gru: avx2::gru, kernels };
            }
        }
        Gates { lstm: plain::lstm, gru: plain::gru, kernels }
    }

    /// One step of an LSTM: gates (in, forget, new, out) from input and state to the next cell and state. The width is the
    /// cell's.
    ///
    /// # Panics
    /// If another slice is shorter than the width asks for.
    pub fn lstm(&self, from_input: &[f32], from_state: &[f32], cell: &mut [f32], state: &mut [f32]) {
        // SAFETY: `Gates::best` gives only code for features that the machine has.
        unsafe { (self.lstm)(from_input, from_state, cell, state) }
    }

    /// One step of a GRU: gates (reset, keep, new) from input and state to the next state. The width is the state's.
    ///
    /// # Panics
    /// If another slice is shorter than the width asks for.
    pub fn gru(&self, from_input: &[f32], from_state: &[f32], state: &mut [f32]) {
        // SAFETY: as above.
        unsafe { (self.gru)(from_input, from_state, state) }
    }

    /// Adds to `to` each of `rows` in turn; what comes out below `floor` is `floor`.
    ///
    /// # Panics
    /// If a row is shorter than `to`.
    pub fn sum(&self, to: &mut [f32], rows: &[&[f32]], floor: f32) {
        self.kernels.sum(to, rows, floor);
    }
}

#[inline(always)]
fn lstm(from_input: &[f32], from_state: &[f32], cell: &mut [f32], state: &mut [f32]) {
    let width = cell.len();
    let (a_in, a) = from_input[..4 * width].split_at(width);
    let (a_forget, a) = a.split_at(width);
    let (a_new, a_out) = a.split_at(width);
    let (b_in, b) = from_state[..4 * width].split_at(width);
    let (b_forget, b) = b.split_at(width);
    let (b_new, b_out) = b.split_at(width);
    let state = &mut state[..width];
    for unit in 0..width {
        let kept = sigmoid(a_forget[unit] + b_forget[unit]) * cell[unit];
        cell[unit] = kept + sigmoid(a_in[unit] + b_in[unit]) * tanh(a_new[unit] + b_new[unit]);
    }
    for unit in 0..width {
        state[unit] = sigmoid(a_out[unit] + b_out[unit]) * tanh(cell[unit]);
    }
}

#[inline(always)]
fn gru(from_input: &[f32], from_state: &[f32], state: &mut [f32]) {
    let width = state.len();
    let (a_reset, a) = from_input[..3 * width].split_at(width);
    let (a_keep, a_new) = a.split_at(width);
    let (b_reset, b) = from_state[..3 * width].split_at(width);
    let (b_keep, b_new) = b.split_at(width);
    for unit in 0..width {
        let reset = sigmoid(a_reset[unit] + b_reset[unit]);
        let keep = sigmoid(a_keep[unit] + b_keep[unit]);
        let new = tanh(a_new[unit] + reset * b_new[unit]);
        state[unit] = (1.0 - keep) * new + keep * state[unit];
    }
}

macro_rules! gates {
    ($module:ident $(, #[$attr:meta])?) => {
        // SAFETY: callers check the machine.
        #[allow(clippy::undocumented_unsafe_blocks)]
        mod $module {
            $(#[$attr])?
            pub unsafe fn lstm(from_input: &[f32], from_state: &[f32], cell: &mut [f32], state: &mut [f32]) {
                super::lstm(from_input, from_state, cell, state);
            }
            $(#[$attr])?
            pub unsafe fn gru(from_input: &[f32], from_state: &[f32], state: &mut [f32]) {
                super::gru(from_input, from_state, state);
            }
        }
    };
}

gates!(plain);
#[cfg(target_arch = "x86_64")]
gates!(avx2, #[target_feature(enable = "avx2")]);
#[cfg(target_arch = "x86_64")]
gates!(avx512, #[target_feature(enable = "avx512f,avx2")]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_exponential_is_close() {
        for step in -700..=700 {
            let x = step as f32 / 10.0;
            assert!((exp(x) / f64::from(x).exp() as f32 - 1.0).abs() < 1e-6, "{x}");
        }
        assert_eq!((sigmoid(0.0), tanh(0.0)), (0.5, 0.0));
    }

    #[test]
    fn every_machine_gives_the_same_bits() {
        let numbers = |count: usize, seed: usize| -> Vec<f32> {
            (0..count).map(|ix| ((ix * 7919 + seed * 104_729) % 2003) as f32 / 250.0 - 4.0).collect()
        };
        let kernels = Kernels::best();
        for width in [1, 31, 96] {
            let (input, from_state) = (numbers(4 * width, 1), numbers(4 * width, 2));
            let run = |gates: Gates| {
                let (mut cell, mut state, mut other) = (numbers(width, 3), vec![0.0; width], numbers(width, 4));
                gates.lstm(&input, &from_state, &mut cell, &mut state);
                gates.gru(&input, &from_state, &mut other);
                [cell, state, other].concat().iter().map(|x| x.to_bits()).collect::<Vec<_>>()
            };
            let plain = run(Gates { lstm: plain::lstm, gru: plain::gru, kernels });
            assert_eq!(run(Gates::best()), plain);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                assert_eq!(run(Gates { lstm: avx2::lstm, gru: avx2::gru, kernels }), plain);
            }
        }
    }
}
