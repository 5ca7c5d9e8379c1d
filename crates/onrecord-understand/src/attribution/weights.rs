//! The weights of the learned tagger: one flat file of half-precision numbers.
//!
//! # Format
//! The magic `ONRECATT`, then three little-endian `u32`: version, width of the recurrent layer, number of weights; then
//! the weights as little-endian IEEE half-precision numbers, in the order in which [`Model::from_bytes`] takes them.
//! `models/en/train_attribution.py` writes it.

use super::features::{LEMMA_ROWS, PAIR_FIELDS, PAIR_ROWS, TOKEN_FIELDS, TOKEN_ROWS};
use super::judge::{Judge, SEEN};
use onrecord_language::arithmetic::{Gates, Linear};
use onrecord_model::Parse;

const MAGIC: &[u8; 8] = b"ONRECATT";
const VERSION: u32 = 2;

/// Width of a lemma's row.
pub const LEMMA: usize = 32;
/// Width of a token beside an anchor.
pub const PAIR: usize = 96;
/// Width of the second recurrent layer, each way.
pub const ROLE: usize = 32;
/// Inputs of the first layer that are no rows of tables: vector, lemma, lemma of the head.
const DENSE: usize = Parse::VECTOR + 2 * LEMMA;
/// Fields whose rows are looked up in the lemma table.
pub const LEMMA_FIELDS: [usize; 2] = [2, 6];
/// Scores of a token beside an anchor: four roles, and acceptance.
pub const SCORES: usize = 5;
/// Inner width of the cue layer.
pub const CUE: usize = 48;

/// Why weights could not be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// The file is of another kind.
    #[error("these bytes are no attribution weights")]
    Magic,
    /// The file is of another version.
    #[error("attribution weights are of version {found}, this program reads version {VERSION}")]
    Version {
        /// The version found.
        found: u32,
    },
    /// The file has another number of weights than the network.
    #[error("attribution weights hold {found} numbers where the network has {needed}")]
    Length {
        /// Numbers in the file.
        found: usize,
        /// Numbers that the network has.
        needed: usize,
    },
}

/// The learned tagger.
pub struct Model {
    /// Width of the first recurrent layer, each way.
    pub hidden: usize,
    /// The steps of the recurrent layers.
    pub gates: Gates,
    /// `[LEMMA_ROWS × LEMMA]`.
    pub lemmas: Vec<f32>,
    /// For each field that is no lemma: what each of its values adds to the gates, `[rows × 8 hidden]`.
    pub fields: Vec<Vec<f32>>,
    /// Vector to gates, forward then backward.
    pub input: Linear,
    /// Lemma to gates, and lemma of the head.
    pub lemma_input: [Linear; 2],
    /// State to gates, forward and backward.
    pub recurrent: [Linear; 2],
    /// First layer of the cue score.
    pub cue: Linear,
    /// Second layer of the cue score: weights and bias.
    pub cue_out: Vec<f32>,
    /// A token beside an anchor: its part, and the anchor's part.
    pub pair_token: Linear,
    /// The anchor's part.
    pub pair_anchor: Linear,
    /// For each pair field: what its values add, `[rows × PAIR]`.
    pub pair_fields: Vec<Vec<f32>>,
    /// Pair to gates of the second recurrent layer, forward then backward.
    pub role_input: Linear,
    /// State to gates, forward and backward.
    pub role_recurrent: [Linear; 2],
    /// Both states to the scores of four roles and of acceptance.
    pub role_out: Linear,
    /// How probably a reading is right.
    pub judge: Judge,
    /// Probability from which an attribution is taken.
    pub threshold: f32,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("hidden", &self.hidden).finish_non_exhaustive()
    }
}

/// Takes numbers off the front.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Vec<f32> {
        let (head, rest) = self.bytes.split_at(2 * count);
        self.bytes = rest;
        head.chunks_exact(2).map(|b| from_half(u16::from_le_bytes([b[0], b[1]]))).collect()
    }

    fn linear(&mut self, depth: usize, outputs: usize) -> Linear {
        let weights = self.take(outputs * depth);
        let bias = self.take(outputs);
        Linear::new(&weights, &bias, depth)
    }

    /// The dense layer in three parts: vector, lemma, lemma of the head. The first has the bias.
    fn dense(&mut self, outputs: usize) -> (Linear, [Linear; 2]) {
        let weights = self.take(outputs * DENSE);
        let bias = self.take(outputs);
        let part = |first: usize, depth: usize, bias: &[f32]| {
            let columns: Vec<f32> =
                weights.chunks_exact(DENSE).flat_map(|row| &row[first..first + depth]).copied().collect();
            Linear::new(&columns, bias, depth)
        };
        let none = vec![0.0; outputs];
        let lemma = [0, 1].map(|ix| part(Parse::VECTOR + ix * LEMMA, LEMMA, &none));
        (part(0, Parse::VECTOR, &bias), lemma)
    }
}

/// IEEE half precision to single.
fn from_half(half: u16) -> f32 {
    let sign = u32::from(half >> 15) << 31;
    let exponent = u32::from(half >> 10) & 31;
    let fraction = u32::from(half) & 1023;
    match exponent {
        0 => f32::from_bits(sign) + fraction as f32 * f32::from_bits(0x3380_0000) * if sign == 0 { 1.0 } else { -1.0 },
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

impl Model {
    /// Takes the weights.
    ///
    /// # Errors
    /// If the bytes are no attribution weights of this version and shape.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, WeightsError> {
        let header = bytes.get(..20).filter(|h| h.starts_with(MAGIC)).ok_or(WeightsError::Magic)?;
        let number = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if number(8) != VERSION {
            return Err(WeightsError::Version { found: number(8) });
        }
        let hidden = number(12) as usize;
        let found = (bytes.len() - 20) / 2;
        let needed = if hidden <= 1024 { count(hidden) } else { usize::MAX };
        if found != needed || number(16) as usize != found || bytes.len() % 2 == 1 {
            return Err(WeightsError::Length { found, needed });
        }
        let mut reader = Reader { bytes: &bytes[20..] };
        let lemmas = reader.take(LEMMA_ROWS * LEMMA);
        let fields = (0..TOKEN_FIELDS)
            .map(|f| if LEMMA_FIELDS.contains(&f) { Vec::new() } else { reader.take(TOKEN_ROWS[f] * 8 * hidden) })
            .collect();
        let (input, lemma_input) = reader.dense(8 * hidden);
        let recurrent = [reader.linear(hidden, 4 * hidden), reader.linear(hidden, 4 * hidden)];
        let cue = reader.linear(2 * hidden, CUE);
        let cue_out = reader.take(CUE + 1);
        let pair_token = reader.linear(2 * hidden, PAIR);
        let pair_anchor = reader.linear(2 * hidden, PAIR);
        let pair_fields = (0..PAIR_FIELDS).map(|f| reader.take(PAIR_ROWS[f] * PAIR)).collect();
        let role_input = reader.linear(PAIR, 6 * ROLE);
        let role_recurrent = [reader.linear(ROLE, 3 * ROLE), reader.linear(ROLE, 3 * ROLE)];
        let role_out = reader.linear(2 * ROLE, SCORES);
        let weights = reader.take(SEEN);
        let last = reader.take(2);
        let judge = Judge { weights: std::array::from_fn(|ix| weights[ix]), bias: last[0] };
        let threshold = last[1];
        Ok(Model {
            hidden,
            gates: Gates::best(),
            lemmas,
            fields,
            input,
            lemma_input,
            recurrent,
            cue,
            cue_out,
            pair_token,
            pair_anchor,
            pair_fields,
            role_input,
            role_recurrent,
            role_out,
            judge,
            threshold,
        })
    }
}

/// Numbers in a file of this width.
fn count(hidden: usize) -> usize {
    let linear = |depth: usize, outputs: usize| (depth + 1) * outputs;
    let fields: usize = (0..TOKEN_FIELDS).filter(|f| !LEMMA_FIELDS.contains(f)).map(|f| TOKEN_ROWS[f]).sum();
    LEMMA_ROWS * LEMMA
        + fields * 8 * hidden
        + linear(DENSE, 8 * hidden)
        + 2 * linear(hidden, 4 * hidden)
        + linear(2 * hidden, CUE)
        + CUE
        + 1
        + 2 * linear(2 * hidden, PAIR)
        + PAIR_ROWS.iter().sum::<usize>() * PAIR
        + linear(PAIR, 6 * ROLE)
        + 2 * linear(ROLE, 3 * ROLE)
        + linear(2 * ROLE, SCORES)
        + SEEN
        + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_read() {
        let read = [0x3c00, 0xc000, 0x0000, 0x0001, 0x7bff, 0x3555].map(from_half);
        assert_eq!(read, [1.0, -2.0, 0.0, 5.960_464_5e-8, 65504.0, 0.333_251_95]);
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(matches!(Model::from_bytes(b"what"), Err(WeightsError::Magic)));
        let mut bytes = MAGIC.to_vec();
        bytes.extend([1, 0, 0, 0, 72, 0, 0, 0, 0, 0, 0, 0]);
        assert!(matches!(Model::from_bytes(&bytes), Err(WeightsError::Version { found: 1 })));
        bytes[8] = 2;
        assert!(matches!(Model::from_bytes(&bytes), Err(WeightsError::Length { found: 0, .. })));
    }
}
