//! The steps of a transformer that reads rows in eight bits (see [`crate::transformer`]), each written once and compiled for
//! every kind of machine. No step fuses or reorders a sum, so that the bits are the same on all of them.

// Loops count indexes: adapters of iterators are not sure to be inlined into code for other machine features.
#![allow(clippy::needless_range_loop)]

use super::integers::{self, OFFSET, WholeProduct};
#[cfg(target_arch = "x86_64")]
use super::integers::{Avx2Sums, Sse2Sums, VnniSums};
#[cfg(target_arch = "aarch64")]
use super::integers::{DotSums, NeonSums};
#[cfg(target_arch = "x86_64")]
use super::lanes::{Avx2, Avx512};
use super::lanes::{LANES, Lanes, Plain};
use crate::gates::exp;

/// Numbers of a head of attention.
pub const HEAD: usize = 32;
/// The most rows that attend to each other.
pub const ROWS_MAX: usize = 4 * LANES;

type Normalize = unsafe fn(&mut [f32], &[f32], &[f32], &[f32], f32);

/// The steps for one kind of machine.
#[derive(Clone, Copy)]
pub(crate) struct Steps {
    /// What tests call it.
    #[cfg(test)]
    pub name: &'static str,
    /// Whether weights of products are packed into panels.
    pub packed: bool,
    product: unsafe fn(&WholeProduct, &mut [f32]),
    round: unsafe fn(&[f32], &mut [u8]) -> f32,
    activate: unsafe fn(&mut [f32]),
    normalize: Normalize,
    attend: unsafe fn(&[f32], usize, usize, &mut [f32]),
}

impl Steps {
    /// The fastest this machine can run.
    pub fn best() -> Steps {
        Steps::all().pop().expect("the portable steps run everywhere")
    }

    /// All this machine can run, the slowest first.
    pub fn all() -> Vec<Steps> {
        #[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64")), allow(unused_mut))]
        let mut all = vec![PLAIN];
        #[cfg(target_arch = "x86_64")]
        {
            all.push(SSE2);
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                all.push(AVX2);
                if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
                    all.push(VNNI);
                }
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            all.push(NEON);
            if std::arch::is_aarch64_feature_detected!("dotprod") {
                all.push(DOT);
            }
        }
        all
    }

    /// The product, row by row into `out`.
    pub fn product(&self, product: &WholeProduct, out: &mut [f32]) {
        product.check(out);
        // SAFETY: `Steps::all` gives only steps the machine can run; all lengths are checked.
        unsafe { (self.product)(product, out) }
    }

    /// A row in eight bits, with [`OFFSET`] added, and what to multiply it with. A row of numbers too small to have a scale is
    /// one of zeros.
    pub fn round(&self, row: &[f32], out: &mut [u8]) -> f32 {
        assert_eq!(row.len(), out.len());
        // SAFETY: as above.
        unsafe { (self.round)(row, out) }
    }

    /// What comes of each number of an inner layer.
    pub fn activate(&self, numbers: &mut [f32]) {
        // SAFETY: as above.
        unsafe { (self.activate)(numbers) }
    }

    /// Adds to each row what is to be added (nothing if that is empty), brings it to mean 0 and variance 1, then scales by
    /// `factor` and shifts by `shift`.
    pub fn normalize(&self, rows: &mut [f32], add: &[f32], factor: &[f32], shift: &[f32], least: f32) {
        let width = factor.len();
        assert!(width > 0 && width.is_multiple_of(LANES) && shift.len() == width && rows.len().is_multiple_of(width));
        assert!(add.is_empty() || add.len() == rows.len());
        // SAFETY: as above.
        unsafe { (self.normalize)(rows, add, factor, shift, least) }
    }

    /// What each row takes from all of them: queries, keys and values of `count` rows in, side by side, mixed values out.
    pub fn attend(&self, wide: &[f32], heads: usize, count: usize, out: &mut [f32]) {
        assert!(count <= ROWS_MAX && out.len() == count * heads * HEAD && wide.len() == 3 * out.len());
        // SAFETY: as above.
        unsafe { (self.attend)(wide, heads, count, out) }
    }
}

macro_rules! steps {
    ($set:ident, $module:ident, $lanes:ty, $packed:literal, $multiply:expr, $name:literal $(, #[$attr:meta])?) => {
        const $set: Steps = Steps {
            #[cfg(test)]
            name: $name,
            packed: $packed,
            product: $module::product,
            round: $module::round,
            activate: $module::activate,
            normalize: $module::normalize,
            attend: $module::attend,
        };

        // SAFETY (all): callers check lengths and the machine.
        #[allow(clippy::undocumented_unsafe_blocks)]
        mod $module {
            use super::*;
            $(#[$attr])?
            pub unsafe fn product(product: &WholeProduct, out: &mut [f32]) {
                #[allow(unused_unsafe)]
                unsafe {
                    $multiply(product, out)
                }
            }
            $(#[$attr])?
            pub unsafe fn round(row: &[f32], out: &mut [u8]) -> f32 {
                super::round(row, out)
            }
            $(#[$attr])?
            pub unsafe fn activate(numbers: &mut [f32]) {
                super::activate(numbers);
            }
            $(#[$attr])?
            pub unsafe fn normalize(rows: &mut [f32], add: &[f32], factor: &[f32], shift: &[f32], least: f32) {
                unsafe { super::normalize::<$lanes>(rows, add, factor, shift, least) }
            }
            $(#[$attr])?
            pub unsafe fn attend(wide: &[f32], heads: usize, count: usize, out: &mut [f32]) {
                unsafe { super::attend::<$lanes>(wide, heads, count, out) }
            }
        }
    };
}

steps!(PLAIN, plain, Plain, false, integers::plain, "portable");
#[cfg(target_arch = "aarch64")]
steps!(NEON, neon, Plain, true, integers::product::<NeonSums, 2, 1>, "NEON");
#[cfg(target_arch = "aarch64")]
steps!(DOT, dot, Plain, true, integers::product::<DotSums, 2, 3>, "NEON, dot products", #[target_feature(enable = "dotprod")]);
#[cfg(target_arch = "x86_64")]
steps!(SSE2, sse2, Plain, true, integers::product::<Sse2Sums, 4, 1>, "SSE2");
#[cfg(target_arch = "x86_64")]
steps!(AVX2, avx2, Avx2, true, integers::product::<Avx2Sums, 2, 3>, "AVX2", #[target_feature(enable = "avx2,fma")]);
#[cfg(target_arch = "x86_64")]
steps!(VNNI, vnni, Avx512, true, integers::product::<VnniSums, 8, 3>, "AVX-512 VNNI", #[target_feature(enable = "avx512f,avx512vnni,avx2,fma")]);

#[inline(always)]
fn round(row: &[f32], out: &mut [u8]) -> f32 {
    // Adding this rounds to a whole number, ties to even, and brings it into the low bits of the fraction.
    const SHIFT: f32 = 12_582_912.0;
    let (mut most, mut lanes) = (0.0, [0.0_f32; LANES]);
    let whole = row.len() / LANES * LANES;
    for first in (0..whole).step_by(LANES) {
        let part = &row[first..first + LANES];
        for i in 0..LANES {
            let size = part[i].abs();
            lanes[i] = if size > lanes[i] { size } else { lanes[i] };
        }
    }
    for &size in &lanes {
        most = if size > most { size } else { most };
    }
    for &x in &row[whole..] {
        most = if x.abs() > most { x.abs() } else { most };
    }
    let scale = most / 127.0;
    if !(f32::MIN_POSITIVE..=f32::MAX).contains(&scale) {
        out.fill(OFFSET);
        return 0.0;
    }
    let times = 127.0 / most;
    for i in 0..row.len().min(out.len()) {
        out[i] = ((row[i] * times + SHIFT).to_bits() as u8).wrapping_add(OFFSET);
    }
    scale
}

/// Rectified linear units (Nair and Hinton 2010).
#[inline(always)]
fn activate(numbers: &mut [f32]) {
    for i in 0..numbers.len() {
        numbers[i] = if numbers[i] > 0.0 { numbers[i] } else { 0.0 };
    }
}

#[inline(always)]
unsafe fn normalize<V: Lanes>(rows: &mut [f32], add: &[f32], factor: &[f32], shift: &[f32], least: f32) {
    let width = factor.len();
    for first in (0..rows.len()).step_by(width) {
        // SAFETY: the caller has checked all lengths.
        unsafe {
            let row = rows.as_mut_ptr().add(first);
            if !add.is_empty() {
                for at in (0..width).step_by(LANES) {
                    V::load(row.add(at)).add(V::load(add.as_ptr().add(first + at))).store(row.add(at));
                }
            }
            let mut sum = V::splat(0.0);
            for at in (0..width).step_by(LANES) {
                sum = sum.add(V::load(row.add(at)));
            }
            let mean = V::splat(sum.sum() / width as f32);
            let mut squares = V::splat(0.0);
            for at in (0..width).step_by(LANES) {
                let x = V::load(row.add(at)).sub(mean);
                squares = squares.add(x.mul(x));
            }
            let scale = V::splat(1.0 / (squares.sum() / width as f32 + least).sqrt());
            for at in (0..width).step_by(LANES) {
                let x = V::load(row.add(at)).sub(mean).mul(scale);
                x.mul(V::load(factor.as_ptr().add(at))).add(V::load(shift.as_ptr().add(at))).store(row.add(at));
            }
        }
    }
}

#[inline(always)]
unsafe fn attend<V: Lanes>(wide: &[f32], heads: usize, count: usize, out: &mut [f32]) {
    // Keys of one head, a row a column, so that a query meets sixteen of them at once.
    let mut keys = [0.0; HEAD * ROWS_MAX];
    let mut bars = [f32::MIN; ROWS_MAX];
    bars[..count].fill(0.0);
    let row = 3 * heads * HEAD;
    for head in 0..heads {
        for other in 0..count {
            let key = &wide[other * row + (heads + head) * HEAD..][..HEAD];
            for at in 0..HEAD {
                keys[at * ROWS_MAX + other] = key[at];
            }
        }
        let head = Head { wide, heads, head, count, keys: &keys, bars: &bars };
        // SAFETY: the caller has checked all lengths.
        unsafe {
            match count.div_ceil(LANES) {
                0 => {}
                1 => attend_head::<V, 1>(head, out),
                2 => attend_head::<V, 2>(head, out),
                3 => attend_head::<V, 3>(head, out),
                _ => attend_head::<V, 4>(head, out),
            }
        }
    }
}

/// A head: how many there are, which it is, how many rows there are, its keys, and what is added to scores.
#[derive(Clone, Copy)]
struct Head<'a> {
    wide: &'a [f32],
    heads: usize,
    head: usize,
    count: usize,
    /// Columns of rows that there are not are zero.
    keys: &'a [f32; HEAD * ROWS_MAX],
    /// Zero for rows that there are, the lowest number for others.
    bars: &'a [f32; ROWS_MAX],
}

/// One head with `C` times sixteen keys, four queries at a time: sums of one do not wait for those of another.
#[inline(always)]
unsafe fn attend_head<V: Lanes, const C: usize>(head: Head, out: &mut [f32]) {
    let mut here = 0;
    // SAFETY: the caller has checked all lengths.
    unsafe {
        while here + 4 <= head.count {
            attend_rows::<V, C, 4>(head, here, out);
            here += 4;
        }
        while here < head.count {
            attend_rows::<V, C, 1>(head, here, out);
            here += 1;
        }
    }
}

/// `R` queries from the one `here` on.
#[inline(always)]
unsafe fn attend_rows<V: Lanes, const C: usize, const R: usize>(head: Head, here: usize, out: &mut [f32]) {
    let Head { wide, heads, head, count, keys, bars } = head;
    let factor = 1.0 / (HEAD as f32).sqrt();
    let (width, row) = (heads * HEAD, 3 * heads * HEAD);
    let mut shares = [[0.0; ROWS_MAX]; R];
    // SAFETY: the caller has checked all lengths; `C` times sixteen is at most `ROWS_MAX`.
    unsafe {
        let query = wide.as_ptr().add(here * row + head * HEAD);
        let mut scores = [[V::splat(0.0); C]; R];
        for at in 0..HEAD {
            let mut column = [V::load(keys.as_ptr().add(at * ROWS_MAX)); C];
            for c in 1..C {
                column[c] = V::load(keys.as_ptr().add(at * ROWS_MAX + c * LANES));
            }
            for r in 0..R {
                let x = V::splat(*query.add(r * row + at) * factor);
                for c in 0..C {
                    scores[r][c] = scores[r][c].add(x.mul(column[c]));
                }
            }
        }
        for r in 0..R {
            soften::<V, C>(&scores[r], bars, &mut shares[r]);
        }
        let value = wide.as_ptr().add((2 * heads + head) * HEAD);
        let mut mixed = [[V::splat(0.0); HEAD / LANES]; R];
        for other in 0..count {
            for c in 0..HEAD / LANES {
                let value = V::load(value.add(other * row + c * LANES));
                for r in 0..R {
                    mixed[r][c] = mixed[r][c].add(V::splat(shares[r][other]).mul(value));
                }
            }
        }
        for r in 0..R {
            for c in 0..HEAD / LANES {
                mixed[r][c].store(out.as_mut_ptr().add((here + r) * width + head * HEAD + c * LANES));
            }
        }
    }
}

/// `C` times sixteen scores to shares that add up to one. What is barred comes out too small to matter.
#[inline(always)]
unsafe fn soften<V: Lanes, const C: usize>(scores: &[V; C], bars: &[f32; ROWS_MAX], shares: &mut [f32; ROWS_MAX]) {
    // SAFETY: `C` times sixteen is at most `ROWS_MAX`.
    unsafe {
        let (bars, at) = (bars.as_ptr(), shares.as_mut_ptr());
        let mut scores = *scores;
        let mut most = scores[0].add(V::load(bars));
        for c in 0..C {
            scores[c] = scores[c].add(V::load(bars.add(c * LANES)));
            most = most.max(scores[c]);
        }
        let most = V::splat(most.greatest());
        for c in 0..C {
            scores[c].sub(most).store(at.add(c * LANES));
        }
        for i in 0..C * LANES {
            shares[i] = exp(shares[i]);
        }
        let mut sum = V::splat(0.0);
        for c in 0..C {
            sum = sum.add(V::load(at.add(c * LANES)));
        }
        let part = V::splat(1.0 / sum.sum());
        for c in 0..C {
            V::load(at.add(c * LANES)).mul(part).store(at.add(c * LANES));
        }
    }
}
