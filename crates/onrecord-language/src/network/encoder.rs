//! Token vectors in context: hash embeddings and static vectors, mixed, then four layers over windows of three tokens.

use super::buffer::Buffer;
use super::dense::{Maxout, Window};
use super::kernels::{self, FORM_ROW, Kernels, PIECES, Product, WIDTH};
use super::table::{NO_WORD, Table};
use super::windows::QUAD;
use crate::error::ModelError;
use crate::form::{Form, FormIx, Forms};
use crate::hash::murmur3_128_of_u64;
use crate::model::{Model, View};
use std::ops::Range;

/// Empty rows between documents. As many as there are window layers would keep documents from seeing each other; but a quad
/// of the window layers' outputs is rounded together, so a quad more stands between them, and documents begin with one.
const PAD: usize = 2 * QUAD;

/// Rows worked on at a time: their numbers stay in the nearest caches.
const CHUNK: usize = 256;
/// Word forms whose rows are kept: about 16 MB.
const FORMS_KEPT: usize = 4 << 10;
/// Word forms whose embeddings are kept: about 6 MB.
const EMBEDDINGS_KEPT: usize = 16 << 10;
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

/// What one thread keeps by word form for one network: embeddings, and rows of the first window layer ([`FORM_ROW`]), which are
/// ten times as long and so are kept for fewer forms.
pub(crate) struct Tables {
    forms: Table,
    embeddings: Table,
}

impl Default for Tables {
    fn default() -> Tables {
        Tables { forms: Table::new(FORMS_KEPT, FORM_ROW), embeddings: Table::new(EMBEDDINGS_KEPT, WIDTH) }
    }
}

impl Tables {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.forms.clear();
        self.embeddings.clear();
    }
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
    bias: View<f32>,
    gain: View<f32>,
    shift: View<f32>,
}

/// The rows of some documents: keys into the table of forms, with empty rows around and between documents.
#[derive(Default)]
pub(crate) struct Rows {
    keys: Vec<Option<(FormIx, bool)>>,
    slots: Vec<u32>,
    missing: Vec<(u32, u32)>,
    embedding_slots: Vec<u32>,
    unknown: Vec<(u32, u32)>,
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
                bias: first_layer.bias,
                gain: first_layer.gain,
                shift: first_layer.shift,
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
        tables: &mut Tables,
        rows: &mut Rows,
    ) {
        let count = rows.count();
        rows.ping.fit(count * WIDTH);
        rows.pong.fit(count * WIDTH);
        for start in (0..count).step_by(CHUNK) {
            let range = start..(start + CHUNK).min(count);
            self.look_up(kernels, forms, vector_row, tables, rows, range.clone());
            let window = kernels::FirstWindow {
                table: &tables.forms.rows,
                slots: &rows.slots,
                bias: self.first.bias.get(),
                gain: self.first.gain.get(),
                shift: self.first.shift.get(),
            };
            kernels.first_window(&window, &mut rows.pong[range.start * WIDTH..range.end * WIDTH]);
        }
        for (index, layer) in self.windows.iter().enumerate() {
            let (from, to) = match index % 2 {
                0 => (&rows.pong, &mut rows.ping),
                _ => (&rows.ping, &mut rows.pong),
            };
            layer.apply(kernels, from, &mut rows.room, to);
        }
    }

    /// Finds the slots of a range of rows, and of the one before and the one behind it.
    fn look_up(
        &self,
        kernels: &Kernels,
        forms: &Forms,
        vector_row: &dyn Fn(u64) -> Option<usize>,
        tables: &mut Tables,
        rows: &mut Rows,
        range: Range<usize>,
    ) {
        tables.forms.begin();
        rows.slots.clear();
        rows.missing.clear();
        for at in range.start as isize - 1..=range.end as isize {
            let key = usize::try_from(at).ok().and_then(|at| rows.keys.get(at).copied().flatten());
            rows.slots.push(match key {
                Some((form, space_after)) => {
                    let key = form << 1 | u32::from(space_after && self.sees_space_after);
                    tables.forms.slot(key, &mut rows.missing)
                }
                None => NO_WORD,
            });
        }
        let missing = std::mem::take(&mut rows.missing);
        for some in missing.chunks(FILL) {
            self.embed(kernels, forms, vector_row, &mut tables.embeddings, rows, some);
            self.fill(kernels, &mut tables.forms, rows, some);
        }
        rows.missing = missing;
    }

    /// The embeddings of forms, in `rows.embedded`.
    fn embed(
        &self,
        kernels: &Kernels,
        forms: &Forms,
        vector_row: &dyn Fn(u64) -> Option<usize>,
        table: &mut Table,
        rows: &mut Rows,
        keys: &[(u32, u32)],
    ) {
        let depth = (self.embeddings.len() + 1) * WIDTH;
        table.begin();
        rows.unknown.clear();
        rows.embedding_slots.clear();
        rows.embedding_slots.extend(keys.iter().map(|&(key, _)| table.slot(key, &mut rows.unknown)));
        let count = rows.unknown.len();
        rows.input.fit(count * depth);
        rows.embedded.fit(keys.len() * WIDTH);
        for (row, &(key, _)) in rows.input.chunks_exact_mut(depth).zip(&rows.unknown) {
            self.look_at(forms.get(key >> 1), key & 1 == 1, vector_row, row);
        }
        self.mix.apply(kernels, &rows.input, depth, count, &[], &mut rows.embedded);
        for (made, &(_, slot)) in rows.embedded.chunks_exact(WIDTH).zip(&rows.unknown) {
            table.row(slot).copy_from_slice(made);
        }
        for (row, &slot) in rows.embedded.chunks_exact_mut(WIDTH).zip(&rows.embedding_slots) {
            row.copy_from_slice(table.row(slot));
        }
    }

    /// Fills the rows of forms that are new to their table from their embeddings.
    fn fill(&self, kernels: &Kernels, table: &mut Table, rows: &mut Rows, missing: &[(u32, u32)]) {
        rows.parts.fit(missing.len() * 3 * PIECES);
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
        let parts = rows.parts.chunks_exact(3 * PIECES);
        for ((&(_, slot), embedded), parts) in missing.iter().zip(rows.embedded.chunks_exact(WIDTH)).zip(parts) {
            let row = table.row(slot);
            row[..WIDTH].copy_from_slice(embedded);
            row[WIDTH..].copy_from_slice(parts);
        }
    }

    /// The hashed embeddings of one form, side by side, the static vector's projection last.
    fn look_at(&self, form: &Form, space_after: bool, vector_row: &dyn Fn(u64) -> Option<usize>, out: &mut [f32]) {
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
