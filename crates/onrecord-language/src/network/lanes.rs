//! Sixteen numbers at a time: one type a kind of machine, all with the same answers.
//!
//! Every operation rounds as IEEE 754 says and sums run in one fixed order, so that AVX-512, AVX2 and the portable
//! fused form agree to the last bit. Only [`Plain`], for machines without a fused multiply-add, may differ there.

/// How many numbers a [`Lanes`] holds.
pub(crate) const LANES: usize = 16;

/// Sixteen `f32`.
///
/// # Safety
/// Pointers must be good for sixteen numbers; the machine must have what the type needs.
pub(super) trait Lanes: Copy {
    unsafe fn splat(value: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn sub(self, other: Self) -> Self;
    unsafe fn mul(self, other: Self) -> Self;
    unsafe fn max(self, other: Self) -> Self;
    /// `self × factor + term`.
    unsafe fn mul_add(self, factor: Self, term: Self) -> Self;
    /// The sum of all, halves upon halves: lanes 0 and 8, 1 and 9, …; then 0 and 4, …; then 0 and 2; then 0 and 1.
    unsafe fn sum(self) -> f32;
    /// The greatest of all; any of them if some are no numbers.
    unsafe fn greatest(self) -> f32;
    /// One bit for each that equals `value`, the lowest for the first.
    unsafe fn equal_to(self, value: f32) -> u32;
}

#[inline(always)]
fn halve(mut lanes: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}

// Loops count indexes: a closure, or what makes arrays of one, may stay a call for each number.
macro_rules! portable {
    ($(#[$doc:meta])* $name:ident, |$a:ident, $b:ident, $c:ident| $mul_add:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(super) struct $name([f32; LANES]);

        impl Lanes for $name {
            #[inline(always)]
            unsafe fn splat(value: f32) -> Self {
                $name([value; LANES])
            }
            #[inline(always)]
            unsafe fn load(from: *const f32) -> Self {
                // SAFETY: the caller's pointer is good for sixteen numbers.
                $name(unsafe { from.cast::<[f32; LANES]>().read_unaligned() })
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut f32) {
                // SAFETY: as above.
                unsafe { to.cast::<[f32; LANES]>().write_unaligned(self.0) }
            }
            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                let mut made = self.0;
                for i in 0..LANES {
                    made[i] += other.0[i];
                }
                $name(made)
            }
            #[inline(always)]
            unsafe fn sub(self, other: Self) -> Self {
                let mut made = self.0;
                for i in 0..LANES {
                    made[i] -= other.0[i];
                }
                $name(made)
            }
            #[inline(always)]
            unsafe fn mul(self, other: Self) -> Self {
                let mut made = self.0;
                for i in 0..LANES {
                    made[i] *= other.0[i];
                }
                $name(made)
            }
            #[inline(always)]
            unsafe fn max(self, other: Self) -> Self {
                let mut made = self.0;
                for i in 0..LANES {
                    made[i] = if made[i] > other.0[i] { made[i] } else { other.0[i] };
                }
                $name(made)
            }
            #[inline(always)]
            unsafe fn mul_add(self, factor: Self, term: Self) -> Self {
                let mut made = self.0;
                for i in 0..LANES {
                    let ($a, $b, $c) = (made[i], factor.0[i], term.0[i]);
                    made[i] = $mul_add;
                }
                $name(made)
            }
            #[inline(always)]
            unsafe fn sum(self) -> f32 {
                halve(self.0)
            }
            #[inline(always)]
            unsafe fn greatest(self) -> f32 {
                let mut greatest = self.0[0];
                for i in 1..LANES {
                    if self.0[i] > greatest {
                        greatest = self.0[i];
                    }
                }
                greatest
            }
            #[inline(always)]
            unsafe fn equal_to(self, value: f32) -> u32 {
                let mut bits = 0;
                for i in 0..LANES {
                    bits |= u32::from(self.0[i] == value) << i;
                }
                bits
            }
        }
    };
}

portable! {
    /// Any machine, with the fused multiply-add of the standard library: the twin that tests compare with.
    Fused, |a, b, c| a.mul_add(b, c)
}
portable! {
    /// Any machine, multiply and add apart: for those whose fused form is a slow library call.
    Plain, |a, b, c| a * b + c
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Avx2, Avx512};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Lanes;
    use std::arch::x86_64::*;

    /// AVX2 and FMA: two registers of eight.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Avx2(__m256, __m256);

    // SAFETY (all below): the caller's machine has AVX2 and FMA, and its pointers are good for sixteen numbers.
    #[allow(clippy::undocumented_unsafe_blocks)]
    impl Lanes for Avx2 {
        #[inline(always)]
        unsafe fn splat(value: f32) -> Self {
            unsafe { Avx2(_mm256_set1_ps(value), _mm256_set1_ps(value)) }
        }
        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            unsafe { Avx2(_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(8))) }
        }
        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            unsafe {
                _mm256_storeu_ps(to, self.0);
                _mm256_storeu_ps(to.add(8), self.1);
            }
        }
        #[inline(always)]
        unsafe fn add(self, other: Self) -> Self {
            unsafe { Avx2(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
        }
        #[inline(always)]
        unsafe fn sub(self, other: Self) -> Self {
            unsafe { Avx2(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
        }
        #[inline(always)]
        unsafe fn mul(self, other: Self) -> Self {
            unsafe { Avx2(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
        }
        #[inline(always)]
        unsafe fn max(self, other: Self) -> Self {
            unsafe { Avx2(_mm256_max_ps(self.0, other.0), _mm256_max_ps(self.1, other.1)) }
        }
        #[inline(always)]
        unsafe fn mul_add(self, factor: Self, term: Self) -> Self {
            unsafe { Avx2(_mm256_fmadd_ps(self.0, factor.0, term.0), _mm256_fmadd_ps(self.1, factor.1, term.1)) }
        }
        #[inline(always)]
        unsafe fn sum(self) -> f32 {
            unsafe { sum_of_eight(_mm256_add_ps(self.0, self.1)) }
        }
        #[inline(always)]
        unsafe fn greatest(self) -> f32 {
            unsafe { greatest_of_eight(_mm256_max_ps(self.0, self.1)) }
        }
        #[inline(always)]
        unsafe fn equal_to(self, value: f32) -> u32 {
            unsafe {
                let value = _mm256_set1_ps(value);
                let low = _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_EQ_OQ>(self.0, value));
                let high = _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_EQ_OQ>(self.1, value));
                (low | high << 8) as u32
            }
        }
    }

    #[inline(always)]
    unsafe fn greatest_of_eight(eight: __m256) -> f32 {
        // SAFETY: the caller's machine has AVX.
        unsafe {
            let four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps::<1>(two, two)))
        }
    }

    #[inline(always)]
    unsafe fn sum_of_eight(eight: __m256) -> f32 {
        // SAFETY: the caller's machine has AVX.
        unsafe {
            let four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps::<1>(two, two)))
        }
    }

    /// AVX-512: one register.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Avx512(__m512);

    // SAFETY (all below): the caller's machine has AVX-512F, and its pointers are good for sixteen numbers.
    #[allow(clippy::undocumented_unsafe_blocks)]
    impl Lanes for Avx512 {
        #[inline(always)]
        unsafe fn splat(value: f32) -> Self {
            unsafe { Avx512(_mm512_set1_ps(value)) }
        }
        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            unsafe { Avx512(_mm512_loadu_ps(from)) }
        }
        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            unsafe { _mm512_storeu_ps(to, self.0) }
        }
        #[inline(always)]
        unsafe fn add(self, other: Self) -> Self {
            unsafe { Avx512(_mm512_add_ps(self.0, other.0)) }
        }
        #[inline(always)]
        unsafe fn sub(self, other: Self) -> Self {
            unsafe { Avx512(_mm512_sub_ps(self.0, other.0)) }
        }
        #[inline(always)]
        unsafe fn mul(self, other: Self) -> Self {
            unsafe { Avx512(_mm512_mul_ps(self.0, other.0)) }
        }
        #[inline(always)]
        unsafe fn max(self, other: Self) -> Self {
            unsafe { Avx512(_mm512_max_ps(self.0, other.0)) }
        }
        #[inline(always)]
        unsafe fn mul_add(self, factor: Self, term: Self) -> Self {
            unsafe { Avx512(_mm512_fmadd_ps(self.0, factor.0, term.0)) }
        }
        #[inline(always)]
        unsafe fn sum(self) -> f32 {
            unsafe {
                let low = _mm512_castps512_ps256(self.0);
                let high = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(self.0)));
                sum_of_eight(_mm256_add_ps(low, high))
            }
        }
        #[inline(always)]
        unsafe fn greatest(self) -> f32 {
            unsafe {
                let low = _mm512_castps512_ps256(self.0);
                let high = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(self.0)));
                greatest_of_eight(_mm256_max_ps(low, high))
            }
        }
        #[inline(always)]
        unsafe fn equal_to(self, value: f32) -> u32 {
            unsafe { u32::from(_mm512_cmp_ps_mask::<_CMP_EQ_OQ>(self.0, _mm512_set1_ps(value))) }
        }
    }
}
