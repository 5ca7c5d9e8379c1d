//! The weights of the learned tagger: one flat file of half-precision numbers.
//!
//! # Format
//! The magic `ONRECATT`, then four little-endian `u32`: version, widths of the two recurrent layers, number of weights; then
//! the weights as little-endian IEEE half-precision numbers, in the order in which [`Model::from_bytes`] takes them.
//! `models/en/train_attribution.py` writes it. Layers are brought to eight bits when they are loaded.

use super::features::{LEMMA_ROWS, PAIR_FIELDS, PAIR_ROWS, TOKEN_FIELDS, TOKEN_ROWS};
use super::judge::{Judge, SEEN};
use onrecord_language::arithmetic::Gates;
use onrecord_language::transformer::Rounded;
use onrecord_model::Parse;

const MAGIC: &[u8; 8] = b"ONRECATT";
const VERSION: u32 = 3;
/// Bytes before the weights.
const HEADER: usize = 24;

/// Width of a lemma's row.
pub const LEMMA: usize = 32;
/// Width of a token beside an anchor.
pub const PAIR: usize = 96;
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
    /// Width of the second recurrent layer, each way.
    pub role: usize,
    /// The steps of the recurrent layers.
    pub gates: Gates,
    /// `[LEMMA_ROWS × LEMMA]`.
    pub lemmas: Vec<f32>,
    /// For each field that is no lemma: what each of its values adds to the gates, `[rows × 8 hidden]`.
    pub fields: Vec<Vec<f32>>,
    /// Vector to gates, forward then backward.
    pub input: Rounded,
    /// Lemma to gates, and lemma of the head.
    pub lemma_input: [Rounded; 2],
    /// State to gates, forward and backward.
    pub recurrent: [Rounded; 2],
    /// First layer of the cue score.
    pub cue: Rounded,
    /// Second layer of the cue score: weights and bias.
    pub cue_out: Vec<f32>,
    /// A token beside an anchor: its part, and the anchor's part.
    pub pair_token: Rounded,
    /// The anchor's part.
    pub pair_anchor: Rounded,
    /// For each pair field: what its values add, `[rows × PAIR]`.
    pub pair_fields: Vec<Vec<f32>>,
    /// Pair to gates of the second recurrent layer, forward then backward.
    pub role_input: Rounded,
    /// State to gates, forward and backward.
    pub role_recurrent: [Rounded; 2],
    /// Both states to the scores of four roles and of acceptance.
    pub role_out: Rounded,
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

    fn linear(&mut self, depth: usize, outputs: usize) -> Rounded {
        let weights = self.take(outputs * depth);
        rounded(&weights, &self.take(outputs), depth)
    }

    /// The dense layer in three parts: vector, lemma, lemma of the head. The first has the bias.
    fn dense(&mut self, outputs: usize) -> (Rounded, [Rounded; 2]) {
        let weights = self.take(outputs * DENSE);
        let bias = self.take(outputs);
        let part = |first: usize, depth: usize, bias: &[f32]| {
            let columns: Vec<f32> =
                weights.chunks_exact(DENSE).flat_map(|row| &row[first..first + depth]).copied().collect();
            rounded(&columns, bias, depth)
        };
        let none = vec![0.0; outputs];
        let lemma = [0, 1].map(|ix| part(Parse::VECTOR + ix * LEMMA, LEMMA, &none));
        (part(0, Parse::VECTOR, &bias), lemma)
    }
}

/// A layer in eight bits: the greatest weight of an output is 127.
fn rounded(weights: &[f32], bias: &[f32], depth: usize) -> Rounded {
    let scales: Vec<f32> = weights
        .chunks_exact(depth)
        .map(|row| row.iter().fold(f32::MIN_POSITIVE, |most, weight| most.max(weight.abs())) / 127.0)
        .collect();
    let rows = weights.chunks_exact(depth).zip(&scales);
    let eights: Vec<i8> =
        rows.flat_map(|(row, scale)| row.iter().map(move |weight| (weight / scale).round() as i8)).collect();
    Rounded::new(&eights, &scales, bias, depth)
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
        let header = bytes.get(..HEADER).filter(|h| h.starts_with(MAGIC)).ok_or(WeightsError::Magic)?;
        let number = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if number(8) != VERSION {
            return Err(WeightsError::Version { found: number(8) });
        }
        let (hidden, role) = (number(12) as usize, number(16) as usize);
        let found = (bytes.len() - HEADER) / 2;
        // So that no outputs have to be filled up.
        let whole = |width: usize, of: usize| (1..=1024).contains(&width) && width.is_multiple_of(of);
        let needed = if whole(hidden, 4) && whole(role, 16) { count(hidden, role) } else { usize::MAX };
        if found != needed || number(20) as usize != found || bytes.len() % 2 == 1 {
            return Err(WeightsError::Length { found, needed });
        }
        let mut reader = Reader { bytes: &bytes[HEADER..] };
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
        let role_input = reader.linear(PAIR, 6 * role);
        let role_recurrent = [reader.linear(role, 3 * role), reader.linear(role, 3 * role)];
        let role_out = reader.linear(2 * role, SCORES);
        let weights = reader.take(SEEN);
        let last = reader.take(2);
        let judge = Judge { weights: std::array::from_fn(|ix| weights[ix]), bias: last[0] };
        let threshold = last[1];
        Ok(Model {
            hidden,
            role,
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

/// Numbers in a file of these widths.
fn count(hidden: usize, role: usize) -> usize {
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
        + linear(PAIR, 6 * role)
        + 2 * linear(role, 3 * role)
        + linear(2 * role, SCORES)
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
        bytes.extend([1, 0, 0, 0, 64, 0, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0]);
        assert!(matches!(Model::from_bytes(&bytes), Err(WeightsError::Version { found: 1 })));
        bytes[8] = VERSION as u8;
        assert!(matches!(Model::from_bytes(&bytes), Err(WeightsError::Length { found: 0, .. })));
    }
}
