//! The arithmetic of the network: each kernel is written once over [`Lanes`] and compiled for every kind of machine.

// Loops count indexes: adapters of iterators are not sure to be inlined into code for other machine features.
#![allow(clippy::needless_range_loop)]

use super::choice::{self, Choice};
#[cfg(target_arch = "x86_64")]
use super::lanes::{Avx2, Avx512};
use super::lanes::{Fused, LANES, Lanes, Plain};
use super::windows::{self, FACTORS, QUAD, QUADS_MAX, WINDOWS_ROOM, Windows};

/// Width of a token's row between layers.
pub(crate) const WIDTH: usize = 96;
/// Outputs a kernel makes at a time.
pub(crate) const PANEL: usize = 3 * LANES;
/// A row before its maxout of three pieces: six panels, in each the three pieces of sixteen outputs side by side.
pub(crate) const PIECES: usize = 3 * WIDTH;
/// A matrix product's operands: `rows` rows of `depth` numbers, `stride` apart (rows may overlap: windows do), times
/// panels of weights `[panels][depth][48]`, on top of `[panels][48]` biases. The last panel may be filled up: only the first
/// `outputs` outputs are made, a multiple of sixteen.
#[derive(Clone, Copy)]
pub(crate) struct Product<'a> {
    pub input: &'a [f32],
    pub stride: usize,
    pub rows: usize,
    pub depth: usize,
    pub weights: &'a [f32],
    pub bias: &'a [f32],
    pub outputs: usize,
}

impl Product<'_> {
    fn check(&self) {
        assert!(self.outputs.is_multiple_of(LANES) && self.bias.len() == self.outputs.next_multiple_of(PANEL));
        assert_eq!(self.weights.len(), self.bias.len() * self.depth);
        assert!(self.rows == 0 || self.input.len() >= (self.rows - 1) * self.stride + self.depth);
    }
}

/// Rows of a table that hold, for a word form, its embedding and its three parts of the first window layer.
pub(crate) const FORM_ROW: usize = WIDTH + 3 * PIECES;

/// The first window layer, made of the parts that a table holds for word forms: output `i` is made of rows `slots[i]`,
/// `slots[i + 1]`, `slots[i + 2]` of the table, normalised, and the embedding of `slots[i + 1]` is added to it.
#[derive(Clone, Copy)]
pub(crate) struct FirstWindow<'a> {
    pub table: &'a [f32],
    pub slots: &'a [u32],
    pub bias: &'a [f32],
    pub gain: &'a [f32],
    pub shift: &'a [f32],
}

type Sum = unsafe fn(&mut [f32], &[&[f32]], f32);
type Normalize = unsafe fn(&mut [f32], &[f32], &[f32], &[f32]);

/// The kernels for one kind of machine.
#[derive(Clone, Copy)]
pub(crate) struct Kernels {
    /// What it is called in reports.
    pub name: &'static str,
    product: unsafe fn(&Product, &mut [f32], usize),
    maxout: unsafe fn(&Product, &mut [f32]),
    windows: unsafe fn(&Windows, &mut [f32], &mut [f32]),
    first_window: unsafe fn(&FirstWindow, &mut [f32]),
    normalize: Normalize,
    choose: unsafe fn(&Choice) -> Option<usize>,
    sum: Sum,
}

/// Whether the standard library's fused multiply-add is one instruction; else it is a slow call.
pub(crate) const HAS_FUSED: bool = cfg!(any(target_feature = "fma", target_arch = "aarch64"));

impl Kernels {
    /// The fastest this machine can run.
    pub fn best() -> Kernels {
        Kernels::all().pop().expect("the portable kernels run everywhere")
    }

    /// All this machine can run, the slowest first.
    pub fn all() -> Vec<Kernels> {
        #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
        let mut all = if HAS_FUSED { vec![PLAIN, FUSED] } else { vec![FUSED, PLAIN] };
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                all.push(AVX2);
                if is_x86_feature_detected!("avx512f") {
                    all.push(AVX512);
                }
            }
        }
        all
    }

    /// The product itself, row by row into `out`, `out_stride` apart.
    pub fn product(&self, product: &Product, out: &mut [f32], out_stride: usize) {
        product.check();
        assert!(out_stride >= product.outputs && out.len() >= product.rows * out_stride);
        // SAFETY: `Kernels::all` gives only kernels the machine has; all lengths are checked.
        unsafe { (self.product)(product, out, out_stride) }
    }

    /// The product, and of every three pieces the greatest: a third of the outputs, row by row into `out`.
    pub fn maxout(&self, product: &Product, out: &mut [f32]) {
        product.check();
        assert!(product.outputs.is_multiple_of(PANEL) && out.len() >= product.rows * product.outputs / 3);
        // SAFETY: as above.
        unsafe { (self.maxout)(product, out) }
    }

    /// A window layer before its normalisation: four rows of 96 in `out` a quad. What a row comes out as depends, in the
    /// last bits, on its place in its quad and on all six rows that the quad is made of.
    pub fn windows(&self, windows: &Windows, room: &mut [f32], out: &mut [f32]) {
        assert_eq!((windows.bias.len(), windows.weights.len()), (PIECES, PIECES * FACTORS * WIDTH));
        assert!(windows.quads <= QUADS_MAX && windows.input.len() >= (QUAD * windows.quads + 2) * WIDTH);
        assert!(room.len() >= WINDOWS_ROOM && out.len() >= QUAD * windows.quads * WIDTH);
        // SAFETY: as above.
        unsafe { (self.windows)(windows, room, out) }
    }

    /// The first window layer, one row of 96 in `out` for each word but the first and the last.
    pub fn first_window(&self, window: &FirstWindow, out: &mut [f32]) {
        let FirstWindow { table, slots, bias, gain, shift } = *window;
        assert_eq!((bias.len(), gain.len(), shift.len()), (PIECES, WIDTH, WIDTH));
        assert!(out.len() >= slots.len().saturating_sub(2) * WIDTH);
        assert!(slots.iter().all(|&slot| (slot as usize + 1) * FORM_ROW <= table.len()));
        // SAFETY: as above.
        unsafe { (self.first_window)(window, out) }
    }

    /// Brings each row of 96 to mean 0 and variance 1, then scales by `gain`, shifts by `shift`, and adds the row of
    /// `residual` (none if that is empty).
    pub fn normalize(&self, rows: &mut [f32], residual: &[f32], gain: &[f32], shift: &[f32]) {
        assert!(rows.len().is_multiple_of(WIDTH) && gain.len() == WIDTH && shift.len() == WIDTH);
        assert!(residual.is_empty() || residual.len() == rows.len());
        // SAFETY: as above.
        unsafe { (self.normalize)(rows, residual, gain, shift) }
    }

    /// The first of the actions with the greatest score; none if it is barred, or if no score is a number.
    pub fn choose(&self, choice: &Choice) -> Option<usize> {
        choice.check();
        // SAFETY: as above.
        unsafe { (self.choose)(choice) }
    }

    /// Adds to `to` each of `rows` in turn; what comes out below `floor` is `floor`.
    pub fn sum(&self, to: &mut [f32], rows: &[&[f32]], floor: f32) {
        assert!(rows.iter().all(|row| row.len() >= to.len()));
        // SAFETY: as above.
        unsafe { (self.sum)(to, rows, floor) }
    }
}

macro_rules! kernels {
    ($set:ident, $module:ident, $lanes:ty, $rows:literal, $name:literal $(, #[$attr:meta])?) => {
        const $set: Kernels = Kernels {
            name: $name,
            product: $module::product,
            maxout: $module::maxout,
            windows: $module::windows,
            first_window: $module::first_window,
            normalize: $module::normalize,
            choose: $module::choose,
            sum: $module::sum,
        };

        // SAFETY (all): callers check lengths and the machine.
        #[allow(clippy::undocumented_unsafe_blocks)]
        mod $module {
            use super::*;
            $(#[$attr])?
            pub unsafe fn product(product: &Product, out: &mut [f32], out_stride: usize) {
                unsafe { super::product::<$lanes, $rows>(product, out, out_stride) }
            }
            $(#[$attr])?
            pub unsafe fn maxout(product: &Product, out: &mut [f32]) {
                unsafe { super::maxout::<$lanes, $rows>(product, out) }
            }
            $(#[$attr])?
            pub unsafe fn windows(windows: &Windows, room: &mut [f32], out: &mut [f32]) {
                unsafe { windows::windows::<$lanes, $rows>(windows, room, out) }
            }
            $(#[$attr])?
            pub unsafe fn first_window(window: &FirstWindow, out: &mut [f32]) {
                unsafe { super::first_window::<$lanes>(window, out) }
            }
            $(#[$attr])?
            pub unsafe fn normalize(rows: &mut [f32], residual: &[f32], gain: &[f32], shift: &[f32]) {
                unsafe { super::normalize::<$lanes>(rows, residual, gain, shift) }
            }
            $(#[$attr])?
            pub unsafe fn choose(choice: &Choice) -> Option<usize> {
                unsafe { choice::choose::<$lanes>(choice) }
            }
            $(#[$attr])?
            pub unsafe fn sum(to: &mut [f32], rows: &[&[f32]], floor: f32) {
                unsafe { super::sum::<$lanes>(to, rows, floor) }
            }
        }
    };
}

kernels!(PLAIN, plain, Plain, 4, "portable");
kernels!(FUSED, fused, Fused, 4, "portable, fused");
#[cfg(target_arch = "x86_64")]
kernels!(AVX2, avx2, Avx2, 2, "AVX2", #[target_feature(enable = "avx2,fma")]);
#[cfg(target_arch = "x86_64")]
kernels!(AVX512, avx512, Avx512, 8, "AVX-512", #[target_feature(enable = "avx512f,avx2,fma")]);

/// One tile: `R` rows by `C` registers of a panel's outputs, each output summed over the depth in order.
#[inline(always)]
unsafe fn tile<V: Lanes, const R: usize, const C: usize>(
    input: *const f32,
    stride: usize,
    depth: usize,
    panel: *const f32,
    bias: *const f32,
) -> [[V; C]; R] {
    // SAFETY: the caller's pointers are good for `R` rows of `depth`, a panel of that depth, and its bias.
    unsafe {
        let mut begin = [V::load(bias); C];
        for c in 1..C {
            begin[c] = V::load(bias.add(c * LANES));
        }
        let mut sums = [begin; R];
        for k in 0..depth {
            let at = panel.add(k * PANEL);
            let mut weights = [V::load(at); C];
            for c in 1..C {
                weights[c] = V::load(at.add(c * LANES));
            }
            for r in 0..R {
                let x = V::splat(*input.add(r * stride + k));
                for c in 0..C {
                    sums[r][c] = x.mul_add(weights[c], sums[r][c]);
                }
            }
        }
        sums
    }
}

/// `R` rows of a product by `C` registers of one panel.
#[inline(always)]
unsafe fn store_tile<V: Lanes, const R: usize, const C: usize, const MAXOUT: bool>(
    rows: Rows,
    panel: *const f32,
    bias: *const f32,
    out: *mut f32,
    out_stride: usize,
) {
    // SAFETY: the caller's pointers are good for `R` rows.
    unsafe {
        let sums = tile::<V, R, C>(rows.input, rows.stride, rows.depth, panel, bias);
        for r in 0..R {
            let out = out.add(r * out_stride);
            if MAXOUT {
                sums[r][0].max(sums[r][1]).max(sums[r][2]).store(out);
            } else {
                for c in 0..C {
                    sums[r][c].store(out.add(c * LANES));
                }
            }
        }
    }
}

/// Rows of a product: where the first begins, how far apart they are, how many numbers they have, how many there are.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub input: *const f32,
    pub stride: usize,
    pub depth: usize,
    pub count: usize,
}

/// All rows by `C` registers of one panel (`MAXOUT`: by all three, and the greatest of each three), in tiles of `R` rows, what
/// is left in smaller ones.
#[inline(always)]
pub(super) unsafe fn panel<V: Lanes, const R: usize, const C: usize, const MAXOUT: bool>(
    rows: Rows,
    panel: *const f32,
    bias: *const f32,
    out: *mut f32,
    out_stride: usize,
) {
    let mut row = 0;
    // SAFETY: the caller's pointers are good for all rows.
    unsafe {
        while row + R <= rows.count {
            let these = Rows { input: rows.input.add(row * rows.stride), ..rows };
            store_tile::<V, R, C, MAXOUT>(these, panel, bias, out.add(row * out_stride), out_stride);
            row += R;
        }
        if R > 4 && row + 4 <= rows.count {
            let these = Rows { input: rows.input.add(row * rows.stride), ..rows };
            store_tile::<V, 4, C, MAXOUT>(these, panel, bias, out.add(row * out_stride), out_stride);
            row += 4;
        }
        if R > 2 && row + 2 <= rows.count {
            let these = Rows { input: rows.input.add(row * rows.stride), ..rows };
            store_tile::<V, 2, C, MAXOUT>(these, panel, bias, out.add(row * out_stride), out_stride);
            row += 2;
        }
        if row < rows.count {
            let these = Rows { input: rows.input.add(row * rows.stride), ..rows };
            store_tile::<V, 1, C, MAXOUT>(these, panel, bias, out.add(row * out_stride), out_stride);
        }
    }
}

#[inline(always)]
unsafe fn product<V: Lanes, const R: usize>(product: &Product, out: &mut [f32], out_stride: usize) {
    let Product { input, stride, rows, depth, weights, bias, outputs } = *product;
    let rows = Rows { input: input.as_ptr(), stride, depth, count: rows };
    for first in (0..outputs).step_by(PANEL) {
        // SAFETY: lengths are checked by the caller.
        unsafe {
            let (weights, bias) = (weights.as_ptr().add(first * depth), bias.as_ptr().add(first));
            let out = out.as_mut_ptr().add(first);
            match (outputs - first) / LANES {
                1 => panel::<V, R, 1, false>(rows, weights, bias, out, out_stride),
                2 => panel::<V, R, 2, false>(rows, weights, bias, out, out_stride),
                _ => panel::<V, R, 3, false>(rows, weights, bias, out, out_stride),
            }
        }
    }
}

#[inline(always)]
unsafe fn maxout<V: Lanes, const R: usize>(product: &Product, out: &mut [f32]) {
    let Product { input, stride, rows, depth, weights, bias, outputs } = *product;
    let rows = Rows { input: input.as_ptr(), stride, depth, count: rows };
    for first in (0..outputs).step_by(PANEL) {
        // SAFETY: lengths are checked by the caller.
        unsafe {
            let (weights, bias) = (weights.as_ptr().add(first * depth), bias.as_ptr().add(first));
            panel::<V, R, 3, true>(rows, weights, bias, out.as_mut_ptr().add(first / 3), outputs / 3);
        }
    }
}

/// A block stays in registers while all rows are added to it.
#[inline(always)]
unsafe fn sum<V: Lanes>(to: &mut [f32], rows: &[&[f32]], floor: f32) {
    let whole = to.len() / PANEL * PANEL;
    // SAFETY: lengths are checked by the caller.
    unsafe {
        let low = V::splat(floor);
        for first in (0..whole).step_by(PANEL) {
            let at = to.as_mut_ptr().add(first);
            let mut sums = [V::load(at), V::load(at.add(LANES)), V::load(at.add(2 * LANES))];
            for row in rows {
                let row = row.as_ptr().add(first);
                for c in 0..3 {
                    sums[c] = sums[c].add(V::load(row.add(c * LANES)));
                }
            }
            for c in 0..3 {
                sums[c].max(low).store(at.add(c * LANES));
            }
        }
    }
    for unit in whole..to.len() {
        to[unit] = rows.iter().fold(to[unit], |sum, row| sum + row[unit]).max(floor);
    }
}

#[inline(always)]
unsafe fn first_window<V: Lanes>(window: &FirstWindow, out: &mut [f32]) {
    let FirstWindow { table, slots, bias, gain, shift } = *window;
    for row in 0..slots.len().saturating_sub(2) {
        // SAFETY: lengths are checked by the caller.
        unsafe {
            let before = table.as_ptr().add(slots[row] as usize * FORM_ROW + WIDTH);
            let here = table.as_ptr().add(slots[row + 1] as usize * FORM_ROW + WIDTH);
            let after = table.as_ptr().add(slots[row + 2] as usize * FORM_ROW + WIDTH);
            let parts = [bias.as_ptr(), before, here.add(PIECES), after.add(2 * PIECES)];
            let mut x = [V::splat(0.0); BLOCKS];
            for block in 0..BLOCKS {
                let mut pieces = [V::splat(0.0); 3];
                for piece in 0..3 {
                    let at = block * PANEL + piece * LANES;
                    pieces[piece] = V::load(parts[0].add(at)).add(V::load(parts[1].add(at)));
                    pieces[piece] = pieces[piece].add(V::load(parts[2].add(at))).add(V::load(parts[3].add(at)));
                }
                x[block] = pieces[0].max(pieces[1]).max(pieces[2]);
            }
            let x = normalized(x, gain.as_ptr(), shift.as_ptr());
            for block in 0..BLOCKS {
                let embedded = V::load(here.sub(WIDTH).add(block * LANES));
                embedded.add(x[block]).store(out.as_mut_ptr().add(row * WIDTH + block * LANES));
            }
        }
    }
}

#[inline(always)]
unsafe fn normalize<V: Lanes>(rows: &mut [f32], residual: &[f32], gain: &[f32], shift: &[f32]) {
    for index in 0..rows.len() / WIDTH {
        // SAFETY: lengths are checked by the caller.
        unsafe {
            let row = rows.as_mut_ptr().add(index * WIDTH);
            let mut x = [V::load(row); BLOCKS];
            for i in 1..BLOCKS {
                x[i] = V::load(row.add(i * LANES));
            }
            let mut x = normalized(x, gain.as_ptr(), shift.as_ptr());
            for i in 0..BLOCKS {
                if !residual.is_empty() {
                    x[i] = V::load(residual.as_ptr().add(index * WIDTH + i * LANES)).add(x[i]);
                }
                x[i].store(row.add(i * LANES));
            }
        }
    }
}

/// Registers of a row of 96.
const BLOCKS: usize = WIDTH / LANES;

/// A row brought to mean 0 and variance 1, scaled by `gain` and shifted by `shift`.
#[inline(always)]
unsafe fn normalized<V: Lanes>(mut x: [V; BLOCKS], gain: *const f32, shift: *const f32) -> [V; BLOCKS] {
    // SAFETY: the caller's pointers are good for a row.
    unsafe {
        let mean = V::splat(total(&x).sum() / WIDTH as f32);
        let mut squares = x;
        for i in 0..BLOCKS {
            x[i] = x[i].sub(mean);
            squares[i] = x[i].mul(x[i]);
        }
        let variance = total(&squares).sum() / WIDTH as f32 + 1e-8;
        let scale = V::splat(1.0 / variance.sqrt());
        for i in 0..BLOCKS {
            x[i] = x[i].mul(scale).mul(V::load(gain.add(i * LANES))).add(V::load(shift.add(i * LANES)));
        }
        x
    }
}

#[inline(always)]
unsafe fn total<V: Lanes>(blocks: &[V; BLOCKS]) -> V {
    let [a, b, c, d, e, f] = *blocks;
    // SAFETY: the caller's machine has what `V` needs.
    unsafe { a.add(b).add(c.add(d)).add(e.add(f)) }
}
