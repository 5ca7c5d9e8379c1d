//! Products of whole numbers: rows in eight bits by weights in eight bits, summed up without any rounding, so that every kind of
//! machine comes to the same bits in whatever order it adds.

// Loops count indexes: adapters of iterators are not sure to be inlined into code for other machine features.
#![allow(clippy::needless_range_loop)]

use super::kernels::PANEL;
use super::lanes::LANES;

/// Inputs that are multiplied at a time.
pub(crate) const GROUP: usize = 4;
/// What is added to a number of a row, so that it has no sign.
pub(crate) const OFFSET: u8 = 128;

/// A product's operands: rows of `depth` numbers (each with [`OFFSET`] added), times panels of weights
/// `[panels][depth / 4][48][4]` (or, for [`plain`], `[outputs][depth]`). Output `o` of row `r` is the sum, with `begin[o]` added,
/// times `row_scales[r] × scales[o]`, plus `bias[o]`. The last panel may be filled up: only the first `outputs` outputs are made, a multiple of sixteen.
#[derive(Clone, Copy)]
pub(crate) struct WholeProduct<'a> {
    pub rows: &'a [u8],
    pub row_scales: &'a [f32],
    pub depth: usize,
    pub weights: &'a [i8],
    pub begin: &'a [i32],
    pub scales: &'a [f32],
    pub bias: &'a [f32],
    pub outputs: usize,
}

impl WholeProduct<'_> {
    pub(super) fn check(&self, out: &[f32]) {
        let filled = self.outputs.next_multiple_of(PANEL);
        assert!(self.outputs.is_multiple_of(LANES) && self.depth.is_multiple_of(GROUP));
        assert_eq!(self.weights.len(), filled * self.depth);
        assert_eq!([self.begin.len(), self.scales.len(), self.bias.len()], [filled; 3]);
        assert_eq!(self.rows.len(), self.row_scales.len() * self.depth);
        assert!(out.len() >= self.row_scales.len() * self.outputs);
    }
}

/// Sixteen sums of products, in whatever order is fast.
///
/// # Safety
/// Pointers must be good for what is read; the machine must have what the type needs.
pub(super) trait Sums: Copy {
    type Inputs: Copy;
    type Weights: Copy;
    /// Whether inputs lose [`OFFSET`] again, so that nothing is to be taken back.
    const SIGNED: bool = false;
    unsafe fn zero() -> Self;
    /// Four numbers of a row.
    unsafe fn inputs(from: *const u8) -> Self::Inputs;
    /// Their weights for a quarter of the outputs, four for each: all of them if the type takes them at once.
    unsafe fn weights(from: *const i8, quarter: usize) -> Self::Weights;
    /// How many times weights are to be taken for sixteen outputs.
    const QUARTERS: usize;
    unsafe fn add(&mut self, inputs: Self::Inputs, weights: Self::Weights, quarter: usize);
    /// Writes sixteen outputs.
    unsafe fn finish(self, of: &Outputs, out: *mut f32);
}

/// Sixteen outputs of sums that have left the registers.
#[inline(always)]
unsafe fn put<S: Sums>(sums: [i32; LANES], of: &Outputs, out: *mut f32) {
    // SAFETY: the caller's pointers are good for sixteen numbers.
    unsafe {
        for i in 0..LANES {
            let begin = if S::SIGNED { 0 } else { *of.begin.add(i) };
            *out.add(i) = (sums[i] + begin) as f32 * (of.row_scale * *of.scales.add(i)) + *of.bias.add(i);
        }
    }
}

/// What makes outputs of sums; see [`WholeProduct`].
pub(super) struct Outputs {
    begin: *const i32,
    row_scale: f32,
    scales: *const f32,
    bias: *const f32,
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Avx2Sums, Sse2Sums, VnniSums};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{GROUP, LANES, Outputs, Sums, put};
    use std::arch::x86_64::*;

    /// What stands beside each other, added up.
    #[inline(always)]
    fn add_halves(halves: &[i32; 2 * LANES]) -> [i32; LANES] {
        let mut sums = [0; LANES];
        for output in 0..LANES {
            sums[output] = halves[2 * output] + halves[2 * output + 1];
        }
        sums
    }

    /// SSE2, which every machine of the kind has: as [`Avx2Sums`], in registers half as wide, two for each quarter of the outputs.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Sse2Sums([[__m128i; 2]; 4]);

    // SAFETY (all below): the caller's pointers are good for what is read.
    #[allow(clippy::undocumented_unsafe_blocks)]
    impl Sums for Sse2Sums {
        type Inputs = __m128i;
        type Weights = [__m128i; 2];
        const QUARTERS: usize = 4;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { Sse2Sums([[_mm_setzero_si128(); 2]; 4]) }
        }
        #[inline(always)]
        unsafe fn inputs(from: *const u8) -> Self::Inputs {
            unsafe {
                let four = _mm_cvtsi32_si128(from.cast::<i32>().read_unaligned());
                let wide = _mm_unpacklo_epi8(four, _mm_setzero_si128());
                _mm_unpacklo_epi64(wide, wide)
            }
        }
        #[inline(always)]
        unsafe fn weights(from: *const i8, quarter: usize) -> Self::Weights {
            unsafe {
                let all = _mm_loadu_si128(from.add(quarter * LANES).cast());
                let (low, high) = (_mm_unpacklo_epi8(all, all), _mm_unpackhi_epi8(all, all));
                [_mm_srai_epi16::<8>(low), _mm_srai_epi16::<8>(high)]
            }
        }
        #[inline(always)]
        unsafe fn add(&mut self, inputs: Self::Inputs, [first, second]: Self::Weights, quarter: usize) {
            let [low, high] = self.0[quarter];
            unsafe {
                let low = _mm_add_epi32(low, _mm_madd_epi16(inputs, first));
                self.0[quarter] = [low, _mm_add_epi32(high, _mm_madd_epi16(inputs, second))];
            }
        }
        #[inline(always)]
        unsafe fn finish(self, of: &Outputs, out: *mut f32) {
            let mut halves = [0_i32; 2 * LANES];
            for eighth in 0..8 {
                let register = self.0[eighth / 2][eighth % 2];
                unsafe { _mm_storeu_si128(halves.as_mut_ptr().add(4 * eighth).cast(), register) }
            }
            unsafe { put::<Self>(add_halves(&halves), of, out) }
        }
    }

    /// AVX2: numbers and weights become sixteen bits wide, pairs of products are added up in 32, so that nothing overflows. A
    /// register holds two sums for each of four outputs.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Avx2Sums([__m256i; 4]);

    // SAFETY (all below): the caller's machine has AVX2, and its pointers are good for what is read.
    #[allow(clippy::undocumented_unsafe_blocks)]
    impl Sums for Avx2Sums {
        type Inputs = __m256i;
        type Weights = __m256i;
        const QUARTERS: usize = 4;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { Avx2Sums([_mm256_setzero_si256(); 4]) }
        }
        #[inline(always)]
        unsafe fn inputs(from: *const u8) -> Self::Inputs {
            unsafe {
                _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(from.cast::<i32>().read_unaligned())))
            }
        }
        #[inline(always)]
        unsafe fn weights(from: *const i8, quarter: usize) -> Self::Weights {
            unsafe { _mm256_cvtepi8_epi16(_mm_loadu_si128(from.add(quarter * LANES).cast())) }
        }
        #[inline(always)]
        unsafe fn add(&mut self, inputs: Self::Inputs, weights: Self::Weights, quarter: usize) {
            unsafe { self.0[quarter] = _mm256_add_epi32(self.0[quarter], _mm256_madd_epi16(inputs, weights)) }
        }
        #[inline(always)]
        unsafe fn finish(self, of: &Outputs, out: *mut f32) {
            let mut halves = [0_i32; 2 * LANES];
            for quarter in 0..4 {
                unsafe { _mm256_storeu_si256(halves.as_mut_ptr().add(8 * quarter).cast(), self.0[quarter]) }
            }
            unsafe { put::<Self>(add_halves(&halves), of, out) }
        }
    }

    /// AVX-512 with its instruction for networks: four products for each of sixteen outputs at once.
    #[derive(Clone, Copy)]
    pub(in super::super) struct VnniSums(__m512i);

    // SAFETY (all below): the caller's machine has AVX-512 VNNI, and its pointers are good for what is read.
    #[allow(clippy::undocumented_unsafe_blocks)]
    impl Sums for VnniSums {
        type Inputs = __m512i;
        type Weights = __m512i;
        const QUARTERS: usize = 1;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { VnniSums(_mm512_setzero_si512()) }
        }
        #[inline(always)]
        unsafe fn inputs(from: *const u8) -> Self::Inputs {
            const { assert!(GROUP == size_of::<i32>()) }
            unsafe { _mm512_set1_epi32(from.cast::<i32>().read_unaligned()) }
        }
        #[inline(always)]
        unsafe fn weights(from: *const i8, _: usize) -> Self::Weights {
            unsafe { _mm512_loadu_si512(from.cast()) }
        }
        #[inline(always)]
        unsafe fn add(&mut self, inputs: Self::Inputs, weights: Self::Weights, _: usize) {
            unsafe { self.0 = _mm512_dpbusd_epi32(self.0, inputs, weights) }
        }
        // As `put`, without leaving the registers: where rows are short that is half of the work.
        #[inline(always)]
        unsafe fn finish(self, of: &Outputs, out: *mut f32) {
            unsafe {
                let sums = _mm512_cvtepi32_ps(_mm512_add_epi32(self.0, _mm512_loadu_si512(of.begin.cast())));
                let scales = _mm512_mul_ps(_mm512_set1_ps(of.row_scale), _mm512_loadu_ps(of.scales));
                _mm512_storeu_ps(out, _mm512_add_ps(_mm512_mul_ps(sums, scales), _mm512_loadu_ps(of.bias)));
            }
        }
    }
}

#[cfg(target_arch = "aarch64")]
pub(super) use arm::{DotSums, NeonSums};

#[cfg(target_arch = "aarch64")]
mod arm {
    use super::{LANES, OFFSET, Outputs, Sums, put};
    use std::arch::aarch64::*;
    use std::arch::asm;

    /// Four numbers of a row without their offset, four times.
    #[inline(always)]
    unsafe fn four(from: *const u8) -> int8x16_t {
        // SAFETY: the caller's pointer is good for four numbers.
        unsafe {
            let four = vreinterpretq_u8_u32(vdupq_n_u32(from.cast::<u32>().read_unaligned()));
            vreinterpretq_s8_u8(veorq_u8(four, vdupq_n_u8(OFFSET)))
        }
    }

    /// NEON, which every machine of the kind has: numbers lose their offset, a product has room in sixteen bits even if it is
    /// -128 times -128, pairs of them are added up in 32. Registers hold two sums for each of two outputs.
    #[derive(Clone, Copy)]
    pub(in super::super) struct NeonSums([[int32x4_t; 2]; 4]);

    // SAFETY (all below): the caller's pointers are good for what is read.
    #[allow(clippy::undocumented_unsafe_blocks)]
    impl Sums for NeonSums {
        type Inputs = int8x16_t;
        type Weights = int8x16_t;
        const QUARTERS: usize = 4;
        const SIGNED: bool = true;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { NeonSums([[vdupq_n_s32(0); 2]; 4]) }
        }
        #[inline(always)]
        unsafe fn inputs(from: *const u8) -> Self::Inputs {
            unsafe { four(from) }
        }
        #[inline(always)]
        unsafe fn weights(from: *const i8, quarter: usize) -> Self::Weights {
            unsafe { vld1q_s8(from.add(quarter * LANES)) }
        }
        #[inline(always)]
        unsafe fn add(&mut self, inputs: Self::Inputs, weights: Self::Weights, quarter: usize) {
            let [low, high] = self.0[quarter];
            unsafe {
                let first = vmull_s8(vget_low_s8(inputs), vget_low_s8(weights));
                self.0[quarter] = [vpadalq_s16(low, first), vpadalq_s16(high, vmull_high_s8(inputs, weights))];
            }
        }
        #[inline(always)]
        unsafe fn finish(self, of: &Outputs, out: *mut f32) {
            let mut sums = [0_i32; LANES];
            for quarter in 0..4 {
                let [low, high] = self.0[quarter];
                unsafe { vst1q_s32(sums.as_mut_ptr().add(4 * quarter), vpaddq_s32(low, high)) }
            }
            unsafe { put::<Self>(sums, of, out) }
        }
    }

    /// NEON with dot products, as nearly all machines since 2018 have them: four products for each of four outputs at once.
    #[derive(Clone, Copy)]
    pub(in super::super) struct DotSums([int32x4_t; 4]);

    // SAFETY (all below): the caller's machine has dot products, and its pointers are good for what is read.
    #[allow(clippy::undocumented_unsafe_blocks)]
    impl Sums for DotSums {
        type Inputs = int8x16_t;
        type Weights = int8x16_t;
        const QUARTERS: usize = 4;
        const SIGNED: bool = true;

        #[inline(always)]
        unsafe fn zero() -> Self {
            unsafe { DotSums([vdupq_n_s32(0); 4]) }
        }
        #[inline(always)]
        unsafe fn inputs(from: *const u8) -> Self::Inputs {
            unsafe { four(from) }
        }
        #[inline(always)]
        unsafe fn weights(from: *const i8, quarter: usize) -> Self::Weights {
            unsafe { vld1q_s8(from.add(quarter * LANES)) }
        }
        #[inline(always)]
        unsafe fn add(&mut self, inputs: Self::Inputs, weights: Self::Weights, quarter: usize) {
            // `vdotq_s32`, which the standard library does not have on stable Rust.
            unsafe {
                asm!(
                    "sdot {sums:v}.4s, {inputs:v}.16b, {weights:v}.16b",
                    sums = inout(vreg) self.0[quarter],
                    inputs = in(vreg) inputs,
                    weights = in(vreg) weights,
                    options(pure, nomem, nostack, preserves_flags)
                );
            }
        }
        #[inline(always)]
        unsafe fn finish(self, of: &Outputs, out: *mut f32) {
            let mut sums = [0_i32; LANES];
            for quarter in 0..4 {
                unsafe { vst1q_s32(sums.as_mut_ptr().add(4 * quarter), self.0[quarter]) }
            }
            unsafe { put::<Self>(sums, of, out) }
        }
    }
}

/// `R` rows from `row` on by `C` times sixteen outputs from the one `first` on, all of one panel.
#[inline(always)]
unsafe fn tile<S: Sums, const R: usize, const C: usize>(
    product: &WholeProduct,
    row: usize,
    first: usize,
    out: &mut [f32],
) {
    let WholeProduct { rows, row_scales, depth, weights, begin, scales, bias, outputs } = *product;
    // SAFETY: the caller has checked all lengths.
    unsafe {
        let (input, in_panel) = (rows.as_ptr().add(row * depth), first % PANEL);
        let panel = weights.as_ptr().add((first - in_panel) * depth + in_panel * GROUP);
        let mut sums = [[S::zero(); C]; R];
        for group in 0..depth / GROUP {
            let mut inputs = [S::inputs(input.add(group * GROUP)); R];
            for r in 1..R {
                inputs[r] = S::inputs(input.add(r * depth + group * GROUP));
            }
            for c in 0..C {
                let at = panel.add((group * PANEL + c * LANES) * GROUP);
                for quarter in 0..S::QUARTERS {
                    let weights = S::weights(at, quarter);
                    for r in 0..R {
                        sums[r][c].add(inputs[r], weights, quarter);
                    }
                }
            }
        }
        for r in 0..R {
            let row_scale = *row_scales.get_unchecked(row + r);
            for c in 0..C {
                let at = first + c * LANES;
                let (begin, scales, bias) = (begin.as_ptr().add(at), scales.as_ptr().add(at), bias.as_ptr().add(at));
                let of = Outputs { begin, row_scale, scales, bias };
                sums[r][c].finish(&of, out.as_mut_ptr().add((row + r) * outputs + at));
            }
        }
    }
}

/// All rows by `C` times sixteen outputs of one panel, `R` rows at a time.
#[inline(always)]
unsafe fn panel<S: Sums, const R: usize, const C: usize>(product: &WholeProduct, first: usize, out: &mut [f32]) {
    let (mut row, count) = (0, product.row_scales.len());
    // SAFETY: the caller has checked all lengths.
    unsafe {
        while row + R <= count {
            tile::<S, R, C>(product, row, first, out);
            row += R;
        }
        if R > 4 && row + 4 <= count {
            tile::<S, 4, C>(product, row, first, out);
            row += 4;
        }
        if R > 2 && row + 2 <= count {
            tile::<S, 2, C>(product, row, first, out);
            row += 2;
        }
        if row < count {
            tile::<S, 1, C>(product, row, first, out);
        }
    }
}

/// `R` rows of `C` times sixteen outputs are made at a time; `C` is one or three.
#[inline(always)]
pub(super) unsafe fn product<S: Sums, const R: usize, const C: usize>(product: &WholeProduct, out: &mut [f32]) {
    for first in (0..product.outputs).step_by(C * LANES) {
        // SAFETY: the caller has checked all lengths.
        unsafe {
            match (C, (product.outputs - first) / LANES) {
                (1, _) | (_, 1) => panel::<S, R, 1>(product, first, out),
                (_, 2) => panel::<S, R, 2>(product, first, out),
                _ => panel::<S, R, 3>(product, first, out),
            }
        }
    }
}

/// The product on any machine, with weights as they come, `[outputs][depth]`: compilers find the machine's own registers for it.
#[inline(always)]
pub(super) fn plain(product: &WholeProduct, out: &mut [f32]) {
    let WholeProduct { rows, row_scales, depth, weights, begin, scales, bias, outputs } = *product;
    for (row, &row_scale) in row_scales.iter().enumerate() {
        let inputs = &rows[row * depth..(row + 1) * depth];
        let out = &mut out[row * outputs..(row + 1) * outputs];
        for (output, out) in out.iter_mut().enumerate() {
            let weights = &weights[output * depth..(output + 1) * depth];
            let products = inputs.iter().zip(weights).map(|(&x, &weight)| i32::from(x) * i32::from(weight));
            let sum = (products.sum::<i32>() + begin[output]) as f32;
            *out = sum * (row_scale * scales[output]) + bias[output];
        }
    }
}
