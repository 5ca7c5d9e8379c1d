//! The carried model file with few word forms: everything the reader looks at, at a tenth of the size.

const HEADER_BYTES: usize = 64;
const ROW_BYTES: usize = 48;
const NAME_BYTES: usize = 32;
const ALIGNMENT: usize = 64;

/// Vectors, and rows of each embedding table, that are left.
const ROWS: usize = 4;
const ROW_OF_NUMBERS: usize = 96 * 4;

/// Makes the small file of a whole one.
pub fn small_model(bytes: &[u8]) -> Vec<u8> {
    let sections = sections(bytes);
    let section = |wanted: &str| sections.iter().find(|(name, _)| *name == wanted).expect("a section of the model").1;
    let keys = &section("vectors.keys")[..ROWS * 8];
    let small = sections.iter().map(|&(name, whole)| {
        let small = match name {
            "vectors.keys" => keys.to_vec(),
            "vectors.rows" => (0..ROWS as u16).flat_map(u16::to_le_bytes).collect(),
            "vectors.starts" => starts(keys).into_iter().flat_map(u32::to_le_bytes).collect(),
            "context.vectors" | "names.vectors" => whole[..ROWS * ROW_OF_NUMBERS].to_vec(),
            "context.rows" | "names.rows" => (ROWS as u32).to_le_bytes().repeat(whole.len() / 4),
            "context.tables" => whole[..section("context.rows").len() / 4 * ROWS * ROW_OF_NUMBERS].to_vec(),
            "names.tables" => whole[..section("names.rows").len() / 4 * ROWS * ROW_OF_NUMBERS].to_vec(),
            _ => whole.to_vec(),
        };
        (name, small)
    });
    write(&small.collect::<Vec<_>>())
}

/// Where each value of a key's leading 16 bits begins.
fn starts(keys: &[u8]) -> Vec<u32> {
    let leading: Vec<u32> = keys.chunks_exact(8).map(|key| u32::from(key[7]) << 8 | u32::from(key[6])).collect();
    (0..=1 << 16).map(|value| leading.partition_point(|&known| known < value) as u32).collect()
}

fn number(bytes: &[u8]) -> usize {
    u64::from_le_bytes(bytes.try_into().expect("eight bytes")) as usize
}

fn sections(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let count = u32::from_le_bytes(bytes[12..16].try_into().expect("four bytes")) as usize;
    let rows = bytes[HEADER_BYTES..][..count * ROW_BYTES].chunks_exact(ROW_BYTES);
    rows.map(|row| {
        let name = std::str::from_utf8(&row[..NAME_BYTES]).expect("names are UTF-8").trim_end_matches('\0');
        let (offset, length) = (number(&row[NAME_BYTES..NAME_BYTES + 8]), number(&row[NAME_BYTES + 8..]));
        (name, &bytes[offset..offset + length])
    })
    .collect()
}

fn write(sections: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut head = [b"ONRECLNG".as_slice(), &1u32.to_le_bytes(), &(sections.len() as u32).to_le_bytes()].concat();
    head.resize(HEADER_BYTES, 0);
    let first = (HEADER_BYTES + sections.len() * ROW_BYTES).next_multiple_of(ALIGNMENT);
    let mut body = Vec::new();
    for (name, bytes) in sections {
        head.extend_from_slice(name.as_bytes());
        head.resize(head.len() + NAME_BYTES - name.len(), 0);
        head.extend_from_slice(&((first + body.len()) as u64).to_le_bytes());
        head.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        body.extend_from_slice(bytes);
        body.resize(body.len().next_multiple_of(ALIGNMENT), 0);
    }
    head.resize(first, 0);
    head[16..24].copy_from_slice(&((first + body.len()) as u64).to_le_bytes());
    [head, body].concat()
}
