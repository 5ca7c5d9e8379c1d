//! The model file: one flat file of named, aligned sections, read in place.
//!
//! # Format
//! All numbers are little-endian.
//!
//! | bytes | meaning |
//! |---|---|
//! | 0..8 | the magic `ONRECLNG` |
//! | 8..12 | format version, `u32` |
//! | 12..16 | number of sections, `u32` |
//! | 16..24 | length of the whole file, `u64` |
//! | 24..64 | zero |
//! | 64.. | one row of 48 bytes a section: name (32 bytes, UTF-8, padded with zeros), offset `u64`, length `u64` |
//!
//! Sections start at multiples of 64 bytes; rows stand in the order of their names. A reader takes the
//! sections it knows and ignores the rest.

use crate::error::ModelError;
use bytemuck::AnyBitPattern;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"ONRECLNG";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 64;
const ROW_BYTES: usize = 48;
const NAME_BYTES: usize = 32;
const ALIGNMENT: usize = 64;

/// Bytes whose first one lies at a multiple of 64, as the sections' types need.
#[repr(C, align(64))]
pub(crate) struct Aligned<T: ?Sized>(pub T);

#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; ALIGNMENT]);

/// Where the bytes live.
enum Storage {
    /// In the program.
    Carried(&'static Aligned<[u8]>),
    /// On the heap: lines of 64 bytes, and how many bytes count.
    Owned(Vec<Line>, usize),
}

impl Storage {
    fn bytes(&self) -> &[u8] {
        match self {
            Storage::Carried(aligned) => &aligned.0,
            // SAFETY: lines are plain bytes without padding, and `length` is at most what they hold (see `copy_of`).
            Storage::Owned(lines, length) => unsafe { std::slice::from_raw_parts(lines.as_ptr().cast(), *length) },
        }
    }

    fn copy_of(bytes: &[u8]) -> Storage {
        let mut lines = vec![Line([0; ALIGNMENT]); bytes.len().div_ceil(ALIGNMENT)];
        for (line, chunk) in lines.iter_mut().zip(bytes.chunks(ALIGNMENT)) {
            line.0[..chunk.len()].copy_from_slice(chunk);
        }
        Storage::Owned(lines, bytes.len())
    }
}

/// Name and bytes.
type Section = (Box<str>, Range<usize>);

/// An opened model file: its table of sections is checked, their contents are not yet.
pub(crate) struct Model {
    storage: Arc<Storage>,
    sections: Vec<Section>,
}

impl Model {
    /// Opens bytes that the program carries, in place.
    pub fn carried(bytes: &'static Aligned<[u8]>) -> Result<Model, ModelError> {
        Model::open(Storage::Carried(bytes))
    }

    /// Opens a copy of `bytes`.
    pub fn copied(bytes: &[u8]) -> Result<Model, ModelError> {
        Model::open(Storage::copy_of(bytes))
    }

    fn open(storage: Storage) -> Result<Model, ModelError> {
        let sections = read_table(storage.bytes())?;
        Ok(Model { storage: Arc::new(storage), sections })
    }

    /// The section `name` as numbers of type `T`.
    pub fn view<T: AnyBitPattern>(&self, name: &'static str) -> Result<View<T>, ModelError> {
        let range = match self.sections.binary_search_by(|(known, _)| known.as_ref().cmp(name)) {
            Ok(found) => self.sections[found].1.clone(),
            Err(_) => return Err(ModelError::Missing { section: name }),
        };
        if cfg!(target_endian = "big") && size_of::<T>() > 1 {
            return Err(ModelError::BigEndian);
        }
        match bytemuck::try_cast_slice::<u8, T>(&self.storage.bytes()[range.clone()]) {
            Ok(_) => Ok(View { storage: self.storage.clone(), range, item: PhantomData }),
            Err(_) => Err(ModelError::Shape { section: name, what: "its length is no whole number of items" }),
        }
    }

    /// The section `name`, which must hold exactly `count` numbers.
    pub fn view_of<T: AnyBitPattern>(&self, name: &'static str, count: usize) -> Result<View<T>, ModelError> {
        let view = self.view(name)?;
        if view.get().len() != count {
            return Err(ModelError::Shape {
                section: name,
                what: "it holds another number of items than its use needs",
            });
        }
        Ok(view)
    }

    /// The section `name` as it is.
    pub fn bytes(&self, name: &'static str) -> Result<&[u8], ModelError> {
        let view = self.view::<u8>(name)?;
        Ok(&self.storage.bytes()[view.range])
    }

    /// The section `name` as UTF-8.
    pub fn text(&self, name: &'static str) -> Result<&str, ModelError> {
        let view = self.view::<u8>(name)?;
        std::str::from_utf8(&self.storage.bytes()[view.range])
            .map_err(|_| ModelError::Shape { section: name, what: "it is not UTF-8" })
    }

    /// The lines of the section `name`.
    pub fn lines(&self, name: &'static str) -> Result<Vec<&str>, ModelError> {
        Ok(self.text(name)?.lines().collect())
    }
}

/// A section read in place; it keeps the file's bytes alive.
pub(crate) struct View<T> {
    storage: Arc<Storage>,
    range: Range<usize>,
    item: PhantomData<T>,
}

impl<T: AnyBitPattern> View<T> {
    /// The numbers. Checked when the view was made; take the slice once outside loops.
    pub fn get(&self) -> &[T] {
        bytemuck::cast_slice(&self.storage.bytes()[self.range.clone()])
    }
}

fn read_table(bytes: &[u8]) -> Result<Vec<Section>, ModelError> {
    if bytes.len() < HEADER_BYTES || &bytes[..8] != MAGIC {
        return Err(ModelError::Magic);
    }
    let version = u32_at(bytes, 8);
    if version != VERSION {
        return Err(ModelError::Version { found: version, known: VERSION });
    }
    let count = u32_at(bytes, 12) as usize;
    let length = u64_at(bytes, 16);
    if length != bytes.len() as u64 {
        return Err(ModelError::Length { said: length, found: bytes.len() as u64 });
    }
    let rows_end = count.checked_mul(ROW_BYTES).and_then(|rows| rows.checked_add(HEADER_BYTES));
    let Some(rows) = rows_end.and_then(|end| bytes.get(HEADER_BYTES..end)) else {
        return Err(ModelError::Table { row: 0 });
    };
    let mut sections: Vec<Section> = Vec::with_capacity(count);
    for (row, fields) in rows.chunks_exact(ROW_BYTES).enumerate() {
        let (name, range) = read_row(fields, bytes.len()).ok_or(ModelError::Table { row })?;
        if sections.last().is_some_and(|(last, _)| last.as_ref() >= name) {
            return Err(ModelError::Table { row });
        }
        sections.push((name.into(), range));
    }
    Ok(sections)
}

/// Name and range of one row, unless either makes no sense.
fn read_row(fields: &[u8], file_bytes: usize) -> Option<(&str, Range<usize>)> {
    let name = fields[..NAME_BYTES].split(|&byte| byte == 0).next()?;
    let name = std::str::from_utf8(name).ok()?;
    let start = usize::try_from(u64_at(fields, NAME_BYTES)).ok()?;
    let end = start.checked_add(usize::try_from(u64_at(fields, NAME_BYTES + 8)).ok()?)?;
    (start.is_multiple_of(ALIGNMENT) && end <= file_bytes).then_some((name, start..end))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(std::array::from_fn(|i| bytes[at + i]))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(std::array::from_fn(|i| bytes[at + i]))
}
