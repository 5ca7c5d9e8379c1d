//! The arithmetic of the network: each kernel is written once over [`Lanes`] and compiled for every kind of machine.

// Loops count indexes: adapters of iterators are not sure to be inlined into code for other machine features.
#![allow(clippy::needless_range_loop)]

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
/// Width of a transition state's hidden layer.
pub(crate) const HIDDEN: usize = 64;
/// The two maxout pieces of a hidden layer, one behind the other.
pub(crate) const PART: usize = 2 * HIDDEN;

/// A matrix product's operands: `rows` rows of `depth` numbers, `stride` apart (rows may overlap: windows do), times
/// panels of weights `[panels][depth][48]`, on top of `[panels][48]` biases.
#[derive(Clone, Copy)]
pub(crate) struct Product<'a> {
    pub input: &'a [f32],
    pub stride: usize,
    pub rows: usize,
    pub depth: usize,
    pub weights: &'a [f32],
    pub bias: &'a [f32],
}

impl Product<'_> {
    fn panels(&self) -> usize {
        self.bias.len() / PANEL
    }

    fn check(&self) {
        assert!(self.bias.len().is_multiple_of(PANEL));
        assert_eq!(self.weights.len(), self.bias.len() * self.depth);
        assert!(self.rows == 0 || self.input.len() >= (self.rows - 1) * self.stride + self.depth);
    }
}

/// Rows of a table that hold, for a word form, its embedding and its three parts of the first window layer.
pub(crate) const FORM_ROW: usize = WIDTH + 3 * PIECES;

type FirstWindow = unsafe fn(&[f32], &[u32], &[f32], &mut [f32]);
type Normalize = unsafe fn(&mut [f32], &[f32], &[f32], &[f32]);

/// The kernels for one kind of machine.
#[derive(Clone, Copy)]
pub(crate) struct Kernels {
    /// What it is called in reports.
    pub name: &'static str,
    product: unsafe fn(&Product, &mut [f32], usize),
    maxout: unsafe fn(&Product, &mut [f32]),
    windows: unsafe fn(&Windows, &mut [f32], &mut [f32]),
    first_window: FirstWindow,
    normalize: Normalize,
    hidden: unsafe fn(&[&[f32]], &mut [f32; HIDDEN]),
}

impl Kernels {
    /// The fastest this machine can run.
    pub fn best() -> Kernels {
        Kernels::all().pop().expect("the portable kernels run everywhere")
    }

    /// All this machine can run, the slowest first.
    pub fn all() -> Vec<Kernels> {
        let has_fused = cfg!(any(target_feature = "fma", target_arch = "aarch64"));
        let mut all = if has_fused { vec![PLAIN, FUSED] } else { vec![FUSED, PLAIN] };
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
        assert!(out_stride >= product.bias.len() && out.len() >= product.rows * out_stride);
        // SAFETY: `Kernels::all` gives only kernels the machine has; all lengths are checked.
        unsafe { (self.product)(product, out, out_stride) }
    }

    /// The product, and of every three pieces the greatest: a third of the outputs, row by row into `out`.
    pub fn maxout(&self, product: &Product, out: &mut [f32]) {
        product.check();
        assert!(out.len() >= product.rows * product.bias.len() / 3);
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

    /// The first window layer from the parts that `table` holds for word forms: row `i` of `out` is made of rows
    /// `slots[i]`, `slots[i + 1]`, `slots[i + 2]` of the table.
    pub fn first_window(&self, table: &[f32], slots: &[u32], bias: &[f32], out: &mut [f32]) {
        let rows = slots.len().saturating_sub(2);
        assert_eq!(bias.len(), PIECES);
        assert!(out.len() >= rows * WIDTH);
        assert!(slots.iter().all(|&slot| (slot as usize + 1) * FORM_ROW <= table.len()));
        // SAFETY: as above.
        unsafe { (self.first_window)(table, slots, bias, out) }
    }

    /// Brings each row of 96 to mean 0 and variance 1, then scales by `gain`, shifts by `shift`, and adds the row of
    /// `residual` (none if that is empty).
    pub fn normalize(&self, rows: &mut [f32], residual: &[f32], gain: &[f32], shift: &[f32]) {
        assert!(rows.len().is_multiple_of(WIDTH) && gain.len() == WIDTH && shift.len() == WIDTH);
        assert!(residual.is_empty() || residual.len() == rows.len());
        // SAFETY: as above.
        unsafe { (self.normalize)(rows, residual, gain, shift) }
    }

    /// Adds up the parts of a state and takes the greater of the two pieces.
    pub fn hidden(&self, parts: &[&[f32]], out: &mut [f32; HIDDEN]) {
        assert!(parts.iter().all(|part| part.len() >= PART));
        // SAFETY: as above.
        unsafe { (self.hidden)(parts, out) }
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
            hidden: $module::hidden,
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
            pub unsafe fn first_window(table: &[f32], slots: &[u32], bias: &[f32], out: &mut [f32]) {
                unsafe { super::first_window::<$lanes>(table, slots, bias, out) }
            }
            $(#[$attr])?
            pub unsafe fn normalize(rows: &mut [f32], residual: &[f32], gain: &[f32], shift: &[f32]) {
                unsafe { super::normalize::<$lanes>(rows, residual, gain, shift) }
            }
            $(#[$attr])?
            pub unsafe fn hidden(parts: &[&[f32]], out: &mut [f32; HIDDEN]) {
                unsafe { super::hidden::<$lanes>(parts, out) }
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

/// One tile: `R` rows by one panel, each output summed over the depth in order.
#[inline(always)]
pub(super) unsafe fn tile<V: Lanes, const R: usize>(
    input: *const f32,
    stride: usize,
    depth: usize,
    panel: *const f32,
    bias: *const f32,
) -> [[V; 3]; R] {
    // SAFETY: the caller's pointers are good for `R` rows of `depth`, a panel of that depth, and its bias.
    unsafe {
        let mut sums = [[V::load(bias), V::load(bias.add(LANES)), V::load(bias.add(2 * LANES))]; R];
        for k in 0..depth {
            let at = panel.add(k * PANEL);
            let weights = [V::load(at), V::load(at.add(LANES)), V::load(at.add(2 * LANES))];
            for r in 0..R {
                let x = V::splat(*input.add(r * stride + k));
                sums[r][0] = x.mul_add(weights[0], sums[r][0]);
                sums[r][1] = x.mul_add(weights[1], sums[r][1]);
                sums[r][2] = x.mul_add(weights[2], sums[r][2]);
            }
        }
        sums
    }
}

/// Runs `emit(row, panel, sums)` over all tiles: whole ones of `R` rows, then one row at a time.
#[inline(always)]
unsafe fn tiles<V: Lanes, const R: usize>(product: &Product, mut emit: impl FnMut(usize, usize, [V; 3])) {
    let Product { input, stride, rows, depth, weights, bias } = *product;
    for panel in 0..product.panels() {
        // SAFETY: `Product::check` has compared all lengths.
        unsafe {
            let bias = bias.as_ptr().add(panel * PANEL);
            let weights = weights.as_ptr().add(panel * depth * PANEL);
            let mut row = 0;
            while row + R <= rows {
                let sums = tile::<V, R>(input.as_ptr().add(row * stride), stride, depth, weights, bias);
                for r in 0..R {
                    emit(row + r, panel, sums[r]);
                }
                row += R;
            }
            while row < rows {
                let [sums] = tile::<V, 1>(input.as_ptr().add(row * stride), stride, depth, weights, bias);
                emit(row, panel, sums);
                row += 1;
            }
        }
    }
}

#[inline(always)]
unsafe fn product<V: Lanes, const R: usize>(product: &Product, out: &mut [f32], out_stride: usize) {
    let out = out.as_mut_ptr();
    // SAFETY: lengths are checked by the caller.
    unsafe {
        tiles::<V, R>(product, |row, panel, sums| store_panel(sums, out.add(row * out_stride + panel * PANEL)));
    }
}

#[inline(always)]
unsafe fn maxout<V: Lanes, const R: usize>(product: &Product, out: &mut [f32]) {
    let out_stride = product.panels() * LANES;
    let out = out.as_mut_ptr();
    // SAFETY: lengths are checked by the caller.
    unsafe {
        tiles::<V, R>(product, |row, panel, [a, b, c]| {
            a.max(b).max(c).store(out.add(row * out_stride + panel * LANES));
        });
    }
}

#[inline(always)]
pub(super) unsafe fn store_panel<V: Lanes>([a, b, c]: [V; 3], to: *mut f32) {
    // SAFETY: the caller's pointer is good for a panel.
    unsafe {
        a.store(to);
        b.store(to.add(LANES));
        c.store(to.add(2 * LANES));
    }
}

#[inline(always)]
unsafe fn first_window<V: Lanes>(table: &[f32], slots: &[u32], bias: &[f32], out: &mut [f32]) {
    for row in 0..slots.len().saturating_sub(2) {
        // SAFETY: lengths are checked by the caller.
        unsafe {
            let part = |i: usize| table.as_ptr().add(slots[row + i] as usize * FORM_ROW + WIDTH + i * PIECES);
            let (before, here, after) = (part(0), part(1), part(2));
            for block in 0..WIDTH / LANES {
                let sum = |piece: usize| {
                    let at = block * PANEL + piece * LANES;
                    let bias = V::load(bias.as_ptr().add(at));
                    bias.add(V::load(before.add(at))).add(V::load(here.add(at))).add(V::load(after.add(at)))
                };
                sum(0).max(sum(1)).max(sum(2)).store(out.as_mut_ptr().add(row * WIDTH + block * LANES));
            }
        }
    }
}

#[inline(always)]
unsafe fn normalize<V: Lanes>(rows: &mut [f32], residual: &[f32], gain: &[f32], shift: &[f32]) {
    const BLOCKS: usize = WIDTH / LANES;
    let (gain, shift) = (gain.as_ptr(), shift.as_ptr());
    for index in 0..rows.len() / WIDTH {
        // SAFETY: lengths are checked by the caller.
        unsafe {
            let row = rows.as_mut_ptr().add(index * WIDTH);
            let mut x = [V::load(row); BLOCKS];
            for i in 1..BLOCKS {
                x[i] = V::load(row.add(i * LANES));
            }
            let mean = V::splat(total(&x).sum() / WIDTH as f32);
            let mut squares = x;
            for i in 0..BLOCKS {
                x[i] = x[i].sub(mean);
                squares[i] = x[i].mul(x[i]);
            }
            let variance = total(&squares).sum() / WIDTH as f32 + 1e-8;
            let scale = V::splat(1.0 / variance.sqrt());
            for i in 0..BLOCKS {
                let at = i * LANES;
                let mut y = x[i].mul(scale).mul(V::load(gain.add(at))).add(V::load(shift.add(at)));
                if !residual.is_empty() {
                    y = V::load(residual.as_ptr().add(index * WIDTH + at)).add(y);
                }
                y.store(row.add(at));
            }
        }
    }
}

#[inline(always)]
unsafe fn total<V: Lanes>(blocks: &[V; WIDTH / LANES]) -> V {
    let [a, b, c, d, e, f] = *blocks;
    // SAFETY: the caller's machine has what `V` needs.
    unsafe { a.add(b).add(c.add(d)).add(e.add(f)) }
}

#[inline(always)]
unsafe fn hidden<V: Lanes>(parts: &[&[f32]], out: &mut [f32; HIDDEN]) {
    // SAFETY: lengths are checked by the caller.
    unsafe {
        for block in 0..HIDDEN / LANES {
            let at = block * LANES;
            let (mut low, mut high) = (V::splat(0.0), V::splat(0.0));
            for i in 0..parts.len() {
                low = low.add(V::load(parts[i].as_ptr().add(at)));
                high = high.add(V::load(parts[i].as_ptr().add(HIDDEN + at)));
            }
            low.max(high).store(out.as_mut_ptr().add(at));
        }
    }
}
