//! Token vectors in context: hash embeddings and static vectors, mixed, then four layers over windows of three tokens.

use super::buffer::Buffer;
use super::dense::{Maxout, Window};
use super::kernels::{FORM_ROW, Kernels, PIECES, Product, WIDTH};
use super::table::{NO_WORD, Table};
use super::windows::QUAD;
use crate::error::ModelError;
use crate::form::{Form, FormIx, Forms};
use crate::hash::murmur3_128_of_u64;
use crate::model::{Model, View};

/// Empty rows between documents. As many as there are window layers would keep documents from seeing each other; but a quad
/// of the window layers' outputs is rounded together, so a quad more stands between them, and documents begin with one.
const PAD: usize = 2 * QUAD;

/// Rows worked on at a time: their numbers stay in the nearest caches.
const CHUNK: usize = 256;
/// Forms whose table rows are filled at a time.
const FILL: usize = 64;

/// What of a form an embedding table looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Feature {
    Norm,
    Prefix,
    Suffix,
    Shape,
    SpaceAfter,
    IsSpace,
}

impl Feature {
    fn from_name(name: &str) -> Option<Feature> {
        Some(match name {
            "NORM" => Feature::Norm,
            "PREFIX" => Feature::Prefix,
            "SUFFIX" => Feature::Suffix,
            "SHAPE" => Feature::Shape,
            "SPACY" => Feature::SpaceAfter,
            "IS_SPACE" => Feature::IsSpace,
            _ => return None,
        })
    }

    fn of(self, form: &Form, space_after: bool) -> u64 {
        match self {
            Feature::Norm => form.norm,
            Feature::Prefix => form.prefix,
            Feature::Suffix => form.suffix,
            Feature::Shape => form.shape,
            Feature::SpaceAfter => u64::from(space_after),
            Feature::IsSpace => u64::from(form.is_space),
        }
    }
}

/// One hashed embedding table: `rows` rows of the encoder's tables, beginning at `first`.
struct Embedding {
    feature: Feature,
    seed: u32,
    first: usize,
    rows: u32,
}

/// Names of the sections of one encoder.
pub(crate) struct EncoderSections {
    pub features: &'static str,
    pub seeds: &'static str,
    pub rows: &'static str,
    pub tables: &'static str,
    pub vectors: &'static str,
    pub maxouts: [[&'static str; 4]; 5],
}

/// One network from word forms to rows of 96 numbers.
pub(crate) struct Encoder {
    embeddings: Vec<Embedding>,
    tables: View<f32>,
    vectors: View<f32>,
    mix: Maxout,
    first: FirstWindow,
    windows: [Window; 3],
    sees_space_after: bool,
}

/// The first window layer, apart for the word before, the word itself and the word after.
struct FirstWindow {
    weights: View<f32>,
    no_bias: Vec<f32>,
    layer: Maxout,
}

/// The rows of some documents: keys into the table of forms, with empty rows around and between documents.
#[derive(Default)]
pub(crate) struct Rows {
    keys: Vec<Option<(FormIx, bool)>>,
    slots: Vec<u32>,
    missing: Vec<(u32, u32)>,
    input: Buffer,
    embedded: Buffer,
    parts: Buffer,
    ping: Buffer,
    pong: Buffer,
    room: Buffer,
}

impl Rows {
    /// Begins a new group of documents.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.keys.resize(1 + QUAD, None);
    }

    /// Adds a document; gives the row of its first token. That is the first of a quad, so that a row's place in its quad is
    /// the same whatever stands before its document.
    pub fn push(&mut self, tokens: impl Iterator<Item = (FormIx, bool)>) -> usize {
        let first = self.keys.len();
        self.keys.extend(tokens.map(Some));
        self.keys.resize(1 + (self.keys.len() - 1).next_multiple_of(QUAD) + PAD, None);
        first
    }

    /// How many rows are to be worked out. Behind the last document is one quad to be made, and a row for it to look at.
    fn count(&self) -> usize {
        self.keys.len() - PAD + QUAD + 1
    }

    /// What [`Encoder::encode`] made: rows of 96.
    pub fn encoded(&self) -> &[f32] {
        &self.ping
    }
}

impl Encoder {
    pub fn new(model: &Model, sections: &EncoderSections, vector_rows: usize) -> Result<Encoder, ModelError> {
        let embeddings = read_embeddings(model, sections)?;
        let rows = embeddings.iter().map(|e| e.rows as usize).sum::<usize>();
        let [mix, first, windows @ ..] = &sections.maxouts;
        let first_layer = Maxout::new(model, *first, 3 * WIDTH)?;
        Ok(Encoder {
            tables: model.view_of(sections.tables, rows * WIDTH)?,
            vectors: model.view_of(sections.vectors, vector_rows * WIDTH)?,
            mix: Maxout::new(model, *mix, (embeddings.len() + 1) * WIDTH)?,
            first: FirstWindow {
                weights: model.view_of(first[0], PIECES * 3 * WIDTH)?,
                no_bias: vec![0.0; 3 * PIECES],
                layer: first_layer,
            },
            windows: [
                Window::new(model, windows[0])?,
                Window::new(model, windows[1])?,
                Window::new(model, windows[2])?,
            ],
            sees_space_after: embeddings.iter().any(|e| e.feature == Feature::SpaceAfter),
            embeddings,
        })
    }

    /// Fills `rows.encoded()`. `vector_row` says which static vector a form has.
    pub fn encode(
        &self,
        kernels: &Kernels,
        forms: &Forms,
        vector_row: &dyn Fn(u64) -> Option<usize>,
        table: &mut Table,
        rows: &mut Rows,
    ) {
        let count = rows.count();
        rows.ping.fit(count * WIDTH);
        rows.pong.fit(count * WIDTH);
        for start in (0..count).step_by(CHUNK) {
            self.look_up(kernels, forms, vector_row, table, rows, start..(start + CHUNK).min(count));
        }
        for (index, layer) in self.windows.iter().enumerate() {
            let (from, to) = match index % 2 {
                0 => (&rows.pong, &mut rows.ping),
                _ => (&rows.ping, &mut rows.pong),
            };
            layer.apply(kernels, from, &mut rows.room, to);
        }
    }

    /// The embeddings of a range of rows go to `ping`, and what the first window layer makes of them to `pong`.
    fn look_up(
        &self,
        kernels: &Kernels,
        forms: &Forms,
        vector_row: &dyn Fn(u64) -> Option<usize>,
        table: &mut Table,
        rows: &mut Rows,
        range: std::ops::Range<usize>,
    ) {
        table.begin();
        rows.slots.clear();
        rows.missing.clear();
        for at in range.start as isize - 1..=range.end as isize {
            let key = usize::try_from(at).ok().and_then(|at| rows.keys.get(at).copied().flatten());
            rows.slots.push(match key {
                Some((form, space_after)) => {
                    let key = form << 1 | u32::from(space_after && self.sees_space_after);
                    table.slot(key, &mut rows.missing)
                }
                None => NO_WORD,
            });
        }
        let mut missing = std::mem::take(&mut rows.missing);
        for some in missing.chunks(FILL) {
            self.fill(kernels, forms, vector_row, table, rows, some);
        }
        missing.clear();
        rows.missing = missing;
        let numbers = range.start * WIDTH..range.end * WIDTH;
        let embedded = &mut rows.ping[numbers.clone()];
        for (row, &slot) in embedded.chunks_exact_mut(WIDTH).zip(&rows.slots[1..]) {
            let from = slot as usize * FORM_ROW;
            row.copy_from_slice(&table.rows[from..from + WIDTH]);
        }
        let out = &mut rows.pong[numbers];
        kernels.first_window(&table.rows, &rows.slots, self.first.layer.bias.get(), out);
        self.first.layer.normalize(kernels, out, embedded);
    }

    /// Fills the table rows of forms that are new to it.
    fn fill(
        &self,
        kernels: &Kernels,
        forms: &Forms,
        vector_row: &dyn Fn(u64) -> Option<usize>,
        table: &mut Table,
        rows: &mut Rows,
        missing: &[(u32, u32)],
    ) {
        let depth = (self.embeddings.len() + 1) * WIDTH;
        rows.input.fit(missing.len() * depth);
        rows.embedded.fit(missing.len() * WIDTH);
        rows.parts.fit(missing.len() * 3 * PIECES);
        for (row, &(key, _)) in rows.input.chunks_exact_mut(depth).zip(missing) {
            self.embed(forms.get(key >> 1), key & 1 == 1, vector_row, row);
        }
        self.mix.apply(kernels, &rows.input, depth, missing.len(), &[], &mut rows.embedded);
        let product = Product {
            input: &rows.embedded,
            stride: WIDTH,
            rows: missing.len(),
            depth: WIDTH,
            weights: self.first.weights.get(),
            bias: &self.first.no_bias,
            outputs: 3 * PIECES,
        };
        kernels.product(&product, &mut rows.parts, 3 * PIECES);
        for (i, &(_, slot)) in missing.iter().enumerate() {
            let row = &mut table.rows[slot as usize * FORM_ROW..][..FORM_ROW];
            row[..WIDTH].copy_from_slice(&rows.embedded[i * WIDTH..][..WIDTH]);
            row[WIDTH..].copy_from_slice(&rows.parts[i * 3 * PIECES..][..3 * PIECES]);
        }
    }

    /// The embeddings of one form, side by side, the static vector's projection last.
    fn embed(&self, form: &Form, space_after: bool, vector_row: &dyn Fn(u64) -> Option<usize>, out: &mut [f32]) {
        out.fill(0.0);
        let tables = self.tables.get();
        let (hashed, vector) = out.split_at_mut(self.embeddings.len() * WIDTH);
        for (embedding, sum) in self.embeddings.iter().zip(hashed.chunks_exact_mut(WIDTH)) {
            for hash in murmur3_128_of_u64(embedding.feature.of(form, space_after), embedding.seed) {
                let row = embedding.first + (hash % embedding.rows) as usize;
                for (sum, number) in sum.iter_mut().zip(&tables[row * WIDTH..][..WIDTH]) {
                    *sum += number;
                }
            }
        }
        if let Some(row) = vector_row(form.orth) {
            vector.copy_from_slice(&self.vectors.get()[row * WIDTH..][..WIDTH]);
        }
    }
}

fn read_embeddings(model: &Model, sections: &EncoderSections) -> Result<Vec<Embedding>, ModelError> {
    let names = model.lines(sections.features)?;
    let seeds = model.view_of::<u32>(sections.seeds, names.len())?;
    let rows = model.view_of::<u32>(sections.rows, names.len())?;
    let mut first = 0;
    let mut embeddings = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let unknown = ModelError::Shape { section: sections.features, what: "it names an unknown feature" };
        let rows = rows.get()[i];
        if rows == 0 || rows > 1 << 24 {
            return Err(ModelError::Shape { section: sections.rows, what: "it gives a table no rows, or too many" });
        }
        let feature = Feature::from_name(name).ok_or(unknown)?;
        embeddings.push(Embedding { feature, seed: seeds.get()[i], first, rows });
        first += rows as usize;
    }
    Ok(embeddings)
}
