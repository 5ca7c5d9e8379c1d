//! The two hashes of the model: MurmurHash64A names strings, MurmurHash3 picks rows of embedding tables.

/// The 64-bit name of a string, as spaCy's string store makes it (before its table of reserved symbols).
pub(crate) fn hash_string(text: &str) -> u64 {
    murmur_64a(text.as_bytes(), 1)
}

/// MurmurHash64A (Austin Appleby, public domain).
fn murmur_64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut k = u64::from_le_bytes(chunk.try_into().expect("chunks of eight bytes"));
        k = k.wrapping_mul(M);
        k ^= k >> R;
        k = k.wrapping_mul(M);
        hash = (hash ^ k).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

/// Four 32-bit hashes of one 64-bit id: MurmurHash3_x86_128 of its eight bytes (Austin Appleby, public domain).
pub(crate) fn murmur3_128_of_u64(id: u64, seed: u32) -> [u32; 4] {
    const C1: u32 = 0x239b_961b;
    const C2: u32 = 0xab0e_9789;
    const C3: u32 = 0x38b3_4ae5;
    let (low, high) = (id as u32, (id >> 32) as u32);
    // Eight bytes are all tail: the second and the first of its four words.
    let h2 = seed ^ high.wrapping_mul(C2).rotate_left(16).wrapping_mul(C3);
    let h1 = seed ^ low.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2);
    let mut h = [h1 ^ 8, h2 ^ 8, seed ^ 8, seed ^ 8];
    mix(&mut h);
    for word in &mut h {
        *word = finish(*word);
    }
    mix(&mut h);
    h
}

fn mix(h: &mut [u32; 4]) {
    h[0] = h[0].wrapping_add(h[1]).wrapping_add(h[2]).wrapping_add(h[3]);
    for i in 1..4 {
        h[i] = h[i].wrapping_add(h[0]);
    }
}

fn finish(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^= h >> 13;
    h = h.wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}
