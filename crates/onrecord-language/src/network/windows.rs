//! Layers over windows of three rows in the fast form F(4,3) of Winograd: four outputs from six products instead of twelve.
//!
//! Six rows d₀ … d₅ times the matrices f, g, h of a window make the outputs y₀ … y₃, yᵢ = dᵢ f + dᵢ₊₁ g + dᵢ₊₂ h. Read as
//! polynomials they are found from their values at the points 0, ±A, ±B and at infinity: rows are brought to these points
//! by [`factor`], matrices by [`matrices`], outputs are brought back by [`combine`]. With points of about the same size,
//! and squares that an `f32` holds exactly, the sums are rounded no worse than those of the twelve products.

// Loops count indexes: adapters of iterators are not sure to be inlined into code for other machine features.
#![allow(clippy::needless_range_loop)]

use super::kernels::{PANEL, Rows, WIDTH, panel};
use super::lanes::{LANES, Lanes};

/// Outputs made at a time.
pub(crate) const QUAD: usize = 4;
/// Matrices of a layer.
pub(crate) const FACTORS: usize = 6;
/// The most quads that the kernel takes at a time.
pub(crate) const QUADS_MAX: usize = 64;
/// Room that the kernel needs.
pub(crate) const WINDOWS_ROOM: usize = QUADS_MAX * FACTORS * (WIDTH + PANEL);

/// The points.
const A: f32 = 0.625;
const B: f32 = 1.5;
const A2: f32 = A * A;
const B2: f32 = B * B;

/// Operands of the kernel.
#[derive(Clone, Copy)]
pub(crate) struct Windows<'a> {
    /// Rows of 96, one before the first output and one behind the last.
    pub input: &'a [f32],
    /// Outputs, four at a time.
    pub quads: usize,
    /// `[panels][6][96][48]`: see [`matrices`].
    pub weights: &'a [f32],
    pub bias: &'a [f32],
}

/// The six matrices of each panel from its `[3][96][48]` weights f, g, h.
pub(crate) fn matrices(weights: &[f32]) -> Vec<f32> {
    let (a, b) = (f64::from(A), f64::from(B));
    let (a2, b2) = (a * a, b * b);
    // For each matrix: what it takes of f, g and h.
    let near = 2.0 * a2 * (a2 - b2);
    let far = 2.0 * b2 * (b2 - a2);
    let shares: [[f64; 3]; FACTORS] = [
        [1.0 / (a2 * b2), 0.0, 0.0],
        [1.0 / near, a / near, a2 / near],
        [1.0 / near, -a / near, a2 / near],
        [1.0 / far, b / far, b2 / far],
        [1.0 / far, -b / far, b2 / far],
        [0.0, 0.0, 1.0],
    ];
    let size = WIDTH * PANEL;
    let mut made = Vec::with_capacity(weights.len() / 3 * FACTORS);
    for panel in weights.chunks_exact(3 * size) {
        for share in shares {
            let part = |i: usize, at: usize| share[i] * f64::from(panel[i * size + at]);
            made.extend((0..size).map(|at| (part(0, at) + part(1, at) + part(2, at)) as f32));
        }
    }
    made
}

#[inline(always)]
pub(super) unsafe fn windows<V: Lanes, const R: usize>(windows: &Windows, room: &mut [f32], out: &mut [f32]) {
    let quads = windows.quads;
    let (factors, sums) = room.split_at_mut(QUADS_MAX * FACTORS * WIDTH);
    let (factors, sums) = (factors.as_mut_ptr(), sums.as_mut_ptr());
    // SAFETY: lengths are checked by the caller.
    unsafe {
        factor::<V>(windows.input.as_ptr(), quads, factors);
        for block in 0..WIDTH / LANES {
            let weights = windows.weights.as_ptr().add(block * FACTORS * WIDTH * PANEL);
            let bias = windows.bias.as_ptr().add(block * PANEL);
            for j in 0..FACTORS {
                let begin = if j == 0 || j == FACTORS - 1 { bias } else { NO_BIAS.as_ptr() };
                let rows =
                    Rows { input: factors.add(j * QUADS_MAX * WIDTH), stride: WIDTH, depth: WIDTH, count: quads };
                let sums = sums.add(j * QUADS_MAX * PANEL);
                panel::<V, R, 3, false>(rows, weights.add(j * WIDTH * PANEL), begin, sums, PANEL);
            }
            combine::<V>(sums, quads, bias, out.as_mut_ptr().add(block * LANES));
        }
    }
}

const NO_BIAS: [f32; PANEL] = [0.0; PANEL];

/// The six rows of each quad to their values at the points.
#[inline(always)]
unsafe fn factor<V: Lanes>(input: *const f32, quads: usize, factors: *mut f32) {
    for quad in 0..quads {
        for block in 0..WIDTH / LANES {
            // SAFETY: the caller's pointers are good for all quads.
            unsafe {
                let from = input.add(QUAD * quad * WIDTH + block * LANES);
                let (d0, d1, d2) = (V::load(from), V::load(from.add(WIDTH)), V::load(from.add(2 * WIDTH)));
                let (d3, d4, d5) =
                    (V::load(from.add(3 * WIDTH)), V::load(from.add(4 * WIDTH)), V::load(from.add(5 * WIDTH)));
                let (near_even, near_odd) = (plus(d4, -B2, d2), plus(d3, -B2, d1));
                let (far_even, far_odd) = (plus(d4, -A2, d2), plus(d3, -A2, d1));
                let to = factors.add(quad * WIDTH + block * LANES);
                const NEXT: usize = QUADS_MAX * WIDTH;
                plus(plus(d4, -A2 - B2, d2), A2 * B2, d0).store(to);
                plus(near_even, A, near_odd).store(to.add(NEXT));
                plus(near_even, -A, near_odd).store(to.add(2 * NEXT));
                plus(far_even, B, far_odd).store(to.add(3 * NEXT));
                plus(far_even, -B, far_odd).store(to.add(4 * NEXT));
                plus(plus(d5, -A2 - B2, d3), A2 * B2, d1).store(to.add(5 * NEXT));
            }
        }
    }
}

/// `x + factor × y`.
#[inline(always)]
unsafe fn plus<V: Lanes>(x: V, factor: f32, y: V) -> V {
    // SAFETY: the caller's machine has what `V` needs.
    unsafe { y.mul_add(V::splat(factor), x) }
}

/// The six sums of each quad to its four outputs, and of every three pieces the greatest.
#[inline(always)]
unsafe fn combine<V: Lanes>(sums: *const f32, quads: usize, bias: *const f32, out: *mut f32) {
    for quad in 0..quads {
        // SAFETY: the caller's pointers are good for all quads.
        unsafe {
            let sums = sums.add(quad * PANEL);
            let [p0, p1, p2, p3] = outputs::<V>(sums, bias);
            let [q0, q1, q2, q3] = outputs::<V>(sums.add(LANES), bias.add(LANES));
            let [r0, r1, r2, r3] = outputs::<V>(sums.add(2 * LANES), bias.add(2 * LANES));
            let out = out.add(QUAD * quad * WIDTH);
            p0.max(q0).max(r0).store(out);
            p1.max(q1).max(r1).store(out.add(WIDTH));
            p2.max(q2).max(r2).store(out.add(2 * WIDTH));
            p3.max(q3).max(r3).store(out.add(3 * WIDTH));
        }
    }
}

/// One piece of a quad's four outputs.
#[inline(always)]
unsafe fn outputs<V: Lanes>(sums: *const f32, bias: *const f32) -> [V; QUAD] {
    const NEXT: usize = QUADS_MAX * PANEL;
    // SAFETY: the caller's pointers are good.
    unsafe {
        let (near, near_minus) = (V::load(sums.add(NEXT)), V::load(sums.add(2 * NEXT)));
        let (far, far_minus) = (V::load(sums.add(3 * NEXT)), V::load(sums.add(4 * NEXT)));
        let (near_even, near_odd) = (near.add(near_minus), near.sub(near_minus));
        let (far_even, far_odd) = (far.add(far_minus), far.sub(far_minus));
        let bias = V::load(bias);
        [
            V::load(sums).add(near_even).add(far_even),
            plus(plus(bias, A, near_odd), B, far_odd),
            plus(plus(bias, A2, near_even), B2, far_even),
            plus(plus(V::load(sums.add(5 * NEXT)), A * A2, near_odd), B * B2, far_odd),
        ]
    }
}
