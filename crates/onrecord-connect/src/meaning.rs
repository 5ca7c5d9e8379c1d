//! What a proposition says, as a point: wordings that say the same lie close together.
//!
//! A small transformer (Vaswani and others 2017; two layers, four heads) reads the words of a proposition and gives 64 numbers of length
//! one, kept in eight bits each. It was taught with invented stories in which the same statement is told in many wordings
//! (`models/en/MEANING.md`). Two propositions are compared by the cosine alone, so that pairs cost next to nothing.

use crate::facts::hash;
use onrecord_language::arithmetic::{Linear, exp};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::sync::OnceLock;

static WEIGHTS: &[u8] = include_bytes!("../../../models/en/meaning.onrecord");
const MAGIC: &[u8; 8] = b"ONRECMNG";
const VERSION: u32 = 1;

/// Numbers of a point.
pub(crate) const POINT: usize = 64;
/// Words that are read of a proposition, from its start.
const WORDS: usize = 40;
/// Width of the network.
const WIDTH: usize = 128;
const HEADS: usize = 4;
const HEAD: usize = WIDTH / HEADS;
const INNER: usize = 256;
const LAYERS: usize = 2;
/// Propositions that are read at once.
const AT_ONCE: usize = 32;

/// Reads words.
struct Encoder {
    /// Hashes of the stems that have a row, sorted.
    stems: Vec<u64>,
    /// Rows for words that have none, found by their hash.
    buckets: usize,
    /// A row for each stem, then for each bucket, in eight bits.
    rows: &'static [u8],
    /// What to multiply a row with, and how much its word weighs in the end.
    scales: Vec<(f32, f32)>,
    places: Vec<f32>,
    first: Norm,
    layers: Vec<Layer>,
    out: Linear,
    stemmer: Stemmer,
}

struct Layer {
    before_attention: Norm,
    /// Queries, keys and values side by side.
    attention: Linear,
    attended: Linear,
    before_inner: Norm,
    inner: Linear,
    outer: Linear,
}

/// Brings rows to mean 0 and variance 1 (Ba and others 2016).
struct Norm {
    factor: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    fn apply(&self, rows: &[f32], out: &mut Vec<f32>) {
        const LEAST: f32 = 1e-5;
        out.clear();
        for row in rows.chunks_exact(WIDTH) {
            let mean = sum(row, |x| x) / WIDTH as f32;
            let variance = sum(row, |x| (x - mean) * (x - mean)) / WIDTH as f32;
            let scale = 1.0 / (variance + LEAST).sqrt();
            let moved = row.iter().zip(&self.factor).zip(&self.shift);
            out.extend(moved.map(|((x, factor), shift)| (x - mean) * scale * factor + shift));
        }
    }
}

/// The sum of what a function makes of a row: every sixteenth number by itself, so that sixteen are added at once on any machine alike.
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; 16];
    for part in row.chunks_exact(16) {
        lanes.iter_mut().zip(part).for_each(|(lane, &x)| *lane += of(x));
    }
    lanes.iter().sum()
}

/// Points of texts, one behind the other: [`POINT`] numbers each; all zero for a text without words. O(words) for a network of fixed size.
pub(crate) fn points<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Vec<i8>> {
    static ENCODER: OnceLock<Encoder> = OnceLock::new();
    let encoder = ENCODER.get_or_init(|| Encoder::from_bytes(WEIGHTS));
    // Most words of a report stand in it more than once: each is looked up once.
    let mut known = HashMap::new();
    let words: Vec<Vec<usize>> = texts.into_iter().map(|text| encoder.words(text, &mut known)).collect();
    words.chunks(AT_ONCE).flat_map(|some| encoder.read(some)).collect()
}

/// Cosine of two points, -1.0..=1.0; 0 where one has none.
pub(crate) fn cosine(a: &[i8], b: &[i8]) -> f32 {
    let sum: i32 = a.iter().zip(b).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum();
    sum as f32 / (127.0 * 127.0)
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

    fn floats(&mut self, count: usize) -> Vec<f32> {
        self.take(4 * count).chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
    }

    fn number(&mut self) -> u32 {
        u32::from_le_bytes(self.take(4).try_into().expect("four bytes"))
    }

    fn linear(&mut self, depth: usize, outputs: usize) -> Linear {
        let weights = self.floats(outputs * depth);
        Linear::new(&weights, &self.floats(outputs), depth)
    }

    fn norm(&mut self) -> Norm {
        Norm { factor: self.floats(WIDTH), shift: self.floats(WIDTH) }
    }
}

impl Encoder {
    /// # Panics
    /// If the file that the program carries is of another make; a test loads it.
    fn from_bytes(bytes: &'static [u8]) -> Encoder {
        let mut reader = Reader { bytes };
        assert_eq!(reader.take(8), MAGIC, "weights of a reader of meaning");
        assert_eq!(reader.number(), VERSION, "weights of this version");
        let (known, buckets) = (reader.number() as usize, reader.number() as usize);
        let stems = reader.take(8 * known).chunks_exact(8);
        let stems = stems.map(|b| u64::from_le_bytes(b.try_into().expect("eight bytes"))).collect();
        let rows = reader.take((known + buckets) * WIDTH);
        let scales = reader.floats((known + buckets) * 2).chunks_exact(2).map(|two| (two[0], two[1])).collect();
        let places = reader.floats(WORDS * WIDTH);
        let first = reader.norm();
        let layer = |reader: &mut Reader| Layer {
            before_attention: reader.norm(),
            attention: reader.linear(WIDTH, 3 * WIDTH),
            attended: reader.linear(WIDTH, WIDTH),
            before_inner: reader.norm(),
            inner: reader.linear(WIDTH, INNER),
            outer: reader.linear(INNER, WIDTH),
        };
        let layers = (0..LAYERS).map(|_| layer(&mut reader)).collect();
        let out = reader.linear(WIDTH, POINT);
        assert!(reader.bytes.is_empty(), "weights of this shape");
        Encoder {
            stems,
            buckets,
            rows,
            scales,
            places,
            first,
            layers,
            out,
            stemmer: Stemmer::create(Algorithm::English),
        }
    }

    /// The rows of the words of a text: runs of letters and digits, lower case, English ones by their stem.
    fn words<'a>(&self, text: &'a str, known: &mut HashMap<&'a str, usize>) -> Vec<usize> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(WORDS).map(|word| *known.entry(word).or_insert_with(|| self.row(word))).collect()
    }

    fn row(&self, word: &str) -> usize {
        let lower = word.to_lowercase();
        let plain = lower.bytes().all(|b| b.is_ascii_lowercase());
        let key = if plain { hash(&self.stemmer.stem(&lower)) } else { hash(&lower) };
        let found = self.stems.binary_search(&key);
        found.unwrap_or_else(|_| self.stems.len() + (key % self.buckets as u64) as usize)
    }

    /// Points of texts, given as rows of their words.
    fn read(&self, texts: &[Vec<usize>]) -> Vec<Vec<i8>> {
        let count: usize = texts.iter().map(Vec::len).sum();
        let mut state = Vec::with_capacity(count * WIDTH);
        let (mut normed, mut wide, mut mixed) = (Vec::new(), Vec::new(), Vec::new());
        for &row in texts.iter().flatten() {
            let scale = self.scales[row].0;
            state.extend(self.rows[row * WIDTH..(row + 1) * WIDTH].iter().map(|&byte| f32::from(byte as i8) * scale));
        }
        self.first.apply(&state, &mut normed);
        std::mem::swap(&mut state, &mut normed);
        let places = texts.iter().flat_map(|words| &self.places[..words.len() * WIDTH]);
        state.iter_mut().zip(places).for_each(|(x, place)| *x += place);
        for layer in &self.layers {
            layer.before_attention.apply(&state, &mut normed);
            apply(&layer.attention, &normed, WIDTH, &mut wide);
            mixed.clear();
            mixed.resize(count * WIDTH, 0.0);
            let mut at = 0;
            for words in texts {
                let end = at + words.len();
                attend(&wide[at * 3 * WIDTH..end * 3 * WIDTH], words.len(), &mut mixed[at * WIDTH..end * WIDTH]);
                at = end;
            }
            apply(&layer.attended, &mixed, WIDTH, &mut wide);
            state.iter_mut().zip(&wide).for_each(|(x, y)| *x += y);
            layer.before_inner.apply(&state, &mut normed);
            apply(&layer.inner, &normed, WIDTH, &mut wide);
            wide.iter_mut().for_each(|x| *x = x.max(0.0));
            apply(&layer.outer, &wide, INNER, &mut mixed);
            state.iter_mut().zip(&mixed).for_each(|(x, y)| *x += y);
        }
        let mut at = 0;
        let mut made = Vec::with_capacity(texts.len());
        for words in texts {
            made.push(self.point(words, &state[at * WIDTH..(at + words.len()) * WIDTH]));
            at += words.len();
        }
        made
    }

    /// The mean of a text's states, weighed by word, made to length one.
    fn point(&self, words: &[usize], states: &[f32]) -> Vec<i8> {
        if words.is_empty() {
            return Vec::new();
        }
        let (mut mean, mut all) = ([0.0; WIDTH], 0.0);
        for (&row, state) in words.iter().zip(states.chunks_exact(WIDTH)) {
            let weight = self.scales[row].1;
            all += weight;
            mean.iter_mut().zip(state).for_each(|(sum, x)| *sum += weight * x);
        }
        mean.iter_mut().for_each(|x| *x /= all);
        let mut out = Vec::new();
        apply(&self.out, &mean, WIDTH, &mut out);
        let length = out.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
        out.iter().map(|x| (x / length * 127.0).round() as i8).collect()
    }
}

/// Applies a layer whose outputs fill whole lanes.
fn apply(layer: &Linear, input: &[f32], depth: usize, out: &mut Vec<f32>) {
    let rows = input.len() / depth;
    out.clear();
    out.resize(rows * layer.width(), 0.0);
    layer.apply(input, rows, out);
}

/// What each word takes from the others: queries, keys and values of `count` words in, mixed values out.
fn attend(wide: &[f32], count: usize, out: &mut [f32]) {
    const ROW: usize = 3 * WIDTH;
    let scale = 1.0 / (HEAD as f32).sqrt();
    let mut scores = [0.0; WORDS];
    for head in 0..HEADS {
        // Keys of this head, a word a column: sums over rows need no order but the one they have.
        let mut keys = [[0.0_f32; WORDS]; HEAD];
        for word in 0..count {
            let key = &wide[word * ROW + WIDTH + head * HEAD..][..HEAD];
            key.iter().enumerate().for_each(|(at, &x)| keys[at][word] = x);
        }
        for word in 0..count {
            let scores = &mut scores[..count];
            scores.fill(0.0);
            let query = &wide[word * ROW + head * HEAD..][..HEAD];
            for (&x, column) in query.iter().zip(&keys) {
                scores.iter_mut().zip(column).for_each(|(sum, y)| *sum += x * scale * y);
            }
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|score| *score = exp(*score - most));
            let all: f32 = scores.iter().sum();
            let mixed = &mut out[word * WIDTH + head * HEAD..][..HEAD];
            for (other, score) in scores.iter().enumerate() {
                let value = &wide[other * ROW + 2 * WIDTH + head * HEAD..][..HEAD];
                mixed.iter_mut().zip(value).for_each(|(sum, x)| *sum += score / all * x);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_that_say_the_same_lie_closer_than_others_of_the_same_words() {
        let told = [
            "the ferry struck a rock that is marked on every chart",
            "the vessel had run onto a well-known reef",
            "the ferry will be towed to a dock on Monday",
        ];
        let points = points(told);
        let (same, other) = (cosine(&points[0], &points[1]), cosine(&points[0], &points[2]));
        assert!(same > other + 0.1, "{same} {other}");
    }

    #[test]
    fn a_point_does_not_depend_on_what_is_read_with_it() {
        let texts = ["The mayor resigned.", "", "Nobody told the council that the bridge had been closed for a week"];
        let together = points(texts);
        assert!(together[1].is_empty());
        for (text, point) in texts.iter().zip(&together) {
            assert_eq!(points([*text])[0], *point);
        }
        assert_eq!(cosine(&together[0], &together[1]), 0.0);
        assert!((cosine(&together[0], &together[0]) - 1.0).abs() < 0.02);
    }
}
