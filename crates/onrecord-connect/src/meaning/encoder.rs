//! The network that makes points of pieces of words.

use super::POINT;
use super::pieces::{Cut, Vocabulary};
use onrecord_language::arithmetic::Linear;
use onrecord_language::transformer::{HEAD, Norm, Rounded, RoundedRows, activate, attend};

const MAGIC: &[u8; 8] = b"ONRECMNG";
const VERSION: usize = 2;

/// Width of the network.
const WIDTH: usize = 384;
const HEADS: usize = WIDTH / HEAD;
const INNER: usize = 1536;
/// Pieces that are read of a text, those before and behind it included.
const LONGEST: usize = 50;
/// Pieces that are read at once, but for the last text's: so many that weights are rarely fetched, so few that what is made of
/// them stays close by.
const AT_ONCE: usize = 64;
/// What is added to variances.
const LEAST: f32 = 1e-12;

/// Reads pieces of words.
pub(super) struct Encoder {
    vocabulary: Vocabulary,
    /// A row for each piece.
    rows: &'static [i8],
    /// What to multiply a row with: four bytes each.
    row_scales: &'static [u8],
    places: Vec<f32>,
    first: Norm,
    layers: Vec<Layer>,
    last: Linear,
}

struct Layer {
    /// Queries, keys and values side by side.
    attention: Rounded,
    attended: Rounded,
    after_attention: Norm,
    inner: Rounded,
    outer: Rounded,
    after_inner: Norm,
}

/// Where a batch is worked on.
#[derive(Default)]
struct Room {
    state: Vec<f32>,
    wide: Vec<f32>,
    mixed: Vec<f32>,
    rounded: RoundedRows,
}

impl Encoder {
    /// # Panics
    /// If the file that the program carries is of another make; a test loads it.
    pub(super) fn from_bytes(bytes: &'static [u8]) -> Encoder {
        let mut reader = Reader { bytes };
        assert_eq!(reader.take(8), MAGIC, "weights of a reader of meaning");
        assert_eq!(reader.number(), VERSION, "weights of this version");
        let (count, width, layers) = (reader.number(), reader.number(), reader.number());
        let rest = [reader.number(), reader.number(), reader.number(), reader.number()];
        assert_eq!((width, rest), (WIDTH, [HEADS, INNER, POINT, LONGEST]), "weights of this shape");
        let length = reader.number();
        let lines = std::str::from_utf8(reader.take(length)).expect("a vocabulary of text");
        let vocabulary = Vocabulary::new(lines);
        assert_eq!(vocabulary.len(), count, "a row for each piece");
        let rows = reader.eights(count * WIDTH);
        let row_scales = reader.take(4 * count);
        let places = reader.floats(LONGEST * WIDTH);
        let first = reader.norm();
        let layers = (0..layers).map(|_| reader.layer()).collect();
        let weights = reader.floats(POINT * WIDTH);
        let last = Linear::new(&weights, &reader.floats(POINT), WIDTH);
        assert!(reader.bytes.is_empty(), "weights of this shape");
        Encoder { vocabulary, rows, row_scales, places, first, layers, last }
    }

    /// The points of texts; none of a text without words.
    pub(super) fn points<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Vec<Vec<i8>> {
        let Cut { pieces, ends } = self.vocabulary.cut(texts, LONGEST);
        let (mut room, mut made) = (Room::default(), Vec::with_capacity(ends.len()));
        let (mut start, mut lengths) = (0, Vec::new());
        let mut before = 0;
        for (ix, &end) in ends.iter().enumerate() {
            lengths.push(end - before);
            before = end;
            if end - start >= AT_ONCE || ix + 1 == ends.len() {
                self.read(&pieces[start..end], &lengths, &mut room);
                self.finish(&lengths, &mut room, &mut made);
                lengths.clear();
                start = end;
            }
        }
        made
    }

    /// States of the pieces of texts, given how many each has.
    fn read(&self, pieces: &[u32], lengths: &[usize], room: &mut Room) {
        let Room { state, wide, mixed, rounded } = room;
        self.look_up(pieces, lengths, state);
        for layer in &self.layers {
            rounded.round(state, WIDTH);
            layer.attention.apply(rounded, wide);
            mixed.resize(state.len(), 0.0);
            let (mut wide_rest, mut mixed_rest) = (&wide[..], &mut mixed[..]);
            for &count in lengths {
                let (these, rest) = wide_rest.split_at(count * 3 * WIDTH);
                let (out, mixed_after) = mixed_rest.split_at_mut(count * WIDTH);
                attend(these, HEADS, count, out);
                (wide_rest, mixed_rest) = (rest, mixed_after);
            }
            rounded.round(mixed, WIDTH);
            layer.attended.apply(rounded, mixed);
            layer.after_attention.apply(state, mixed);
            rounded.round(state, WIDTH);
            layer.inner.apply(rounded, wide);
            activate(wide);
            rounded.round(wide, INNER);
            layer.outer.apply(rounded, mixed);
            layer.after_inner.apply(state, mixed);
        }
    }

    /// What each piece is and where it stands.
    fn look_up(&self, pieces: &[u32], lengths: &[usize], state: &mut Vec<f32>) {
        state.clear();
        let places = lengths.iter().flat_map(|&count| self.places[..count * WIDTH].chunks_exact(WIDTH));
        for (&piece, place) in pieces.iter().zip(places) {
            let piece = piece as usize;
            let scale = float(&self.row_scales[4 * piece..4 * piece + 4]);
            let row = &self.rows[piece * WIDTH..(piece + 1) * WIDTH];
            state.extend(row.iter().zip(place).map(|(&x, place)| f32::from(x) * scale + place));
        }
        self.first.apply(state, &[]);
    }

    /// The mean of each text's states, brought to a point.
    fn finish(&self, lengths: &[usize], room: &mut Room, made: &mut Vec<Vec<i8>>) {
        let Room { state, wide, mixed, .. } = room;
        mixed.clear();
        let mut rest = &state[..];
        for &count in lengths {
            let (states, after) = rest.split_at(count * WIDTH);
            let mut mean = [0.0; WIDTH];
            for state in states.chunks_exact(WIDTH) {
                mean.iter_mut().zip(state).for_each(|(sum, x)| *sum += x);
            }
            mixed.extend(mean.map(|sum| sum / count.max(1) as f32));
            rest = after;
        }
        wide.resize(lengths.len() * self.last.width(), 0.0);
        self.last.apply(mixed, lengths.len(), wide);
        for (&count, point) in lengths.iter().zip(wide.chunks_exact(POINT)) {
            let length = point.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
            let rounded = point.iter().map(|x| (x / length * 127.0).round() as i8);
            made.push(if count == 0 { Vec::new() } else { rounded.collect() });
        }
    }
}

fn float(bytes: &[u8]) -> f32 {
    f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// Takes numbers off the front.
struct Reader {
    bytes: &'static [u8],
}

impl Reader {
    fn take(&mut self, count: usize) -> &'static [u8] {
        let (head, rest) = self.bytes.split_at(count);
        self.bytes = rest;
        head
    }

    fn number(&mut self) -> usize {
        u32::from_le_bytes(self.take(4).try_into().expect("four bytes")) as usize
    }

    fn eights(&mut self, count: usize) -> &'static [i8] {
        bytemuck::cast_slice(self.take(count))
    }

    fn floats(&mut self, count: usize) -> Vec<f32> {
        self.take(4 * count).chunks_exact(4).map(float).collect()
    }

    fn rounded(&mut self, depth: usize, outputs: usize) -> Rounded {
        let weights = self.eights(outputs * depth);
        let scales = self.floats(outputs);
        Rounded::new(weights, &scales, &self.floats(outputs), depth)
    }

    fn norm(&mut self) -> Norm {
        let factor = self.floats(WIDTH);
        Norm::new(factor, self.floats(WIDTH), LEAST)
    }

    fn layer(&mut self) -> Layer {
        Layer {
            attention: self.rounded(WIDTH, 3 * WIDTH),
            attended: self.rounded(WIDTH, WIDTH),
            after_attention: self.norm(),
            inner: self.rounded(WIDTH, INNER),
            outer: self.rounded(INNER, WIDTH),
            after_inner: self.norm(),
        }
    }
}
