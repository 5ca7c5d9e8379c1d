//! The steps against plain loops, and the machines against each other.

use super::{HEAD, ROWS_MAX, Rounded, RoundedRows, steps};
use crate::network::{LANES, Steps};
use proptest::prelude::*;

/// Numbers that look random.
fn bits(count: usize, mut seed: u64) -> Vec<u32> {
    let mut next = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 32) as u32
    };
    (0..count).map(|_| next()).collect()
}

fn bytes(count: usize, seed: u64) -> Vec<i8> {
    bits(count, seed).iter().map(|&bits| (bits >> 8) as i8).collect()
}

/// Between -1 and 1.
fn numbers(count: usize, seed: u64) -> Vec<f32> {
    bits(count, seed).iter().map(|&bits| (bits >> 8) as f32 / (1 << 23) as f32 - 1.0).collect()
}

/// The layer as it is defined, output by output.
fn defined(weights: &[i8], scales: &[f32], bias: &[f32], depth: usize, rows: &[f32]) -> Vec<f32> {
    let mut out = Vec::new();
    for row in rows.chunks_exact(depth) {
        let scale = row.iter().fold(0.0_f32, |most, x| most.max(x.abs())) / 127.0;
        let whole = |x: &f32| if scale == 0.0 { 0 } else { (x / scale).round_ties_even() as i32 };
        let row: Vec<i32> = row.iter().map(whole).collect();
        for (output, weights) in weights.chunks_exact(depth).enumerate() {
            let sum: i32 = row.iter().zip(weights).map(|(&x, &weight)| x * i32::from(weight)).sum();
            out.push(sum as f32 * (scale * scales[output]) + bias[output]);
        }
    }
    out
}

/// Every machine's layer must be the defined one, to the last bit.
fn check(weights: &[i8], scales: &[f32], bias: &[f32], depth: usize, rows: &[f32]) {
    let expected = defined(weights, scales, bias, depth, rows);
    let (mut rounded, count) = (RoundedRows::default(), rows.len() / depth);
    rounded.round(rows, depth);
    for steps in Steps::all() {
        let layer = Rounded::packed(&steps, weights, scales, bias, depth);
        let mut out = vec![f32::NAN; count * layer.width()];
        layer.run(&steps, &rounded, &mut out);
        for (row, expected) in out.chunks(layer.width()).zip(expected.chunks(bias.len())) {
            assert!(row[..bias.len()] == *expected, "{}", steps.name);
        }
    }
}

#[test]
fn layers_of_all_shapes_are_as_defined() {
    for (rows, depth, outputs) in [(1, 1, 1), (7, 5, 16), (8, 384, 48), (15, 64, 33), (23, 96, 100), (3, 1536, 384)] {
        let weights = bytes(outputs * depth, 1);
        check(&weights, &numbers(outputs, 2), &numbers(outputs, 3), depth, &numbers(rows * depth, 4));
    }
}

#[test]
fn the_greatest_numbers_do_not_overflow() {
    for (x, weight) in [(1.0, i8::MIN), (-1.0, i8::MIN), (1.0, i8::MAX), (-1.0, i8::MAX)] {
        for depth in [4, 1536, 1 << 15] {
            check(&vec![weight; 17 * depth], &[1.0; 17], &[0.5; 17], depth, &vec![x; 9 * depth]);
        }
    }
    let signs: Vec<f32> = (0..1536 * 9).map(|ix| if ix % 3 == 0 { 1.0 } else { -1.0 }).collect();
    let weights: Vec<i8> = (0..1536 * 48).map(|ix| if ix % 2 == 0 { i8::MIN } else { i8::MAX }).collect();
    check(&weights, &[1e-3; 48], &[0.0; 48], 1536, &signs);
}

/// Rounding gives no -128, but a product must not rely on that.
#[test]
fn the_least_numbers_do_not_overflow_either() {
    for (byte, x) in [(u8::MIN, -128), (u8::MAX, 127)] {
        for depth in [4, 1536, 1 << 15] {
            for weight in [i8::MIN, i8::MAX] {
                let rows = RoundedRows { numbers: vec![byte; 3 * depth], scales: vec![1.0; 3] };
                let expected = (x * i32::from(weight) * depth as i32) as f32;
                for steps in Steps::all() {
                    let layer = Rounded::packed(&steps, &vec![weight; 33 * depth], &[1.0; 33], &[0.0; 33], depth);
                    let mut out = vec![f32::NAN; 3 * layer.width()];
                    layer.run(&steps, &rows, &mut out);
                    let all = out.chunks(layer.width()).flat_map(|row| &row[..33]).all(|&sum| sum == expected);
                    assert!(all, "{} {x} {weight} {depth}", steps.name);
                }
            }
        }
    }
}

#[test]
fn rows_without_a_scale_are_rows_of_zeros() {
    let strange = [0.0, -0.0, f32::MIN_POSITIVE, 1e-45, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX];
    let layer = Rounded::new(&[1; 16], &[1.0], &[0.25], 16);
    for x in strange {
        for steps in Steps::all() {
            let (mut row, mut bytes) = ([0.0; 16], [0; 16]);
            row[3] = x;
            let scale = steps.round(&row, &mut bytes);
            let plain = Steps::all()[0].round(&row, &mut [0; 16]);
            assert_eq!(scale.to_bits(), plain.to_bits(), "{x} {}", steps.name);
            assert!(scale > 0.0 || bytes == [128; 16], "{x} {}", steps.name);
        }
        let (mut rows, mut out) = (RoundedRows::default(), Vec::new());
        rows.round(&[x; 16], 16);
        layer.apply(&rows, &mut out);
        assert!(x.is_normal() || out[0] == 0.25, "{x}");
    }
}

#[test]
fn norms_and_attention_are_the_same_bits_on_every_machine() {
    let (factor, shift) = (numbers(96, 1), numbers(96, 2));
    let made = |steps: &Steps, count: usize| {
        let (mut rows, wide) = (numbers(count * 96, 3), numbers(count * 96 * 3, 4));
        let wide: Vec<f32> = wide.iter().map(|x| x * 5.0).collect();
        steps.normalize(&mut rows, &numbers(count * 96, 5), &factor, &shift, 1e-12);
        let mut mixed = vec![0.0; count * 96];
        steps.attend(&wide, 3, count, &mut mixed);
        steps.activate(&mut rows);
        assert!(rows.iter().chain(&mixed).all(|x| x.is_finite()));
        rows.extend(mixed);
        rows.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
    };
    for count in [0, 1, 15, 16, 17, 33, 50, ROWS_MAX] {
        for steps in Steps::all() {
            assert!(made(&steps, count) == made(&Steps::all()[0], count), "{} {count}", steps.name);
        }
    }
    // Machines of another make are not here to be compared with.
    let hash = |hash: u64, bits: &u32| (hash ^ u64::from(*bits)).wrapping_mul(0x0100_0000_01b3);
    assert_eq!(made(steps(), 50).iter().fold(0xcbf2_9ce4_8422_2325, hash), 12_318_983_789_175_778_188);
}

#[test]
fn attention_is_a_mean_weighed_by_likeness() {
    let (count, heads) = (21, 2);
    let width = heads * HEAD;
    let wide: Vec<f32> = numbers(count * 3 * width, 7).iter().map(|x| x * 3.0).collect();
    let mut out = vec![0.0; count * width];
    steps().attend(&wide, heads, count, &mut out);
    let part = |row: usize, kind: usize, head: usize| &wide[row * 3 * width + kind * width + head * HEAD..][..HEAD];
    for (here, head) in [(0, 0), (5, 1), (20, 1)] {
        let score = |other: usize| {
            let dot: f32 = part(here, 0, head).iter().zip(part(other, 1, head)).map(|(x, y)| x * y).sum();
            (dot / (HEAD as f32).sqrt()).exp()
        };
        let all: f32 = (0..count).map(score).sum();
        for at in 0..HEAD {
            let expected: f32 = (0..count).map(|other| score(other) / all * part(other, 2, head)[at]).sum();
            assert!((out[here * width + head * HEAD + at] - expected).abs() < 1e-4);
        }
    }
}

#[test]
fn normalised_rows_have_mean_zero_and_variance_one() {
    let mut rows = numbers(4 * 3 * LANES, 9);
    steps().normalize(&mut rows, &[], &[1.0; 3 * LANES], &[0.0; 3 * LANES], 1e-12);
    for row in rows.chunks_exact(3 * LANES) {
        let (mean, squares) = (row.iter().sum::<f32>(), row.iter().map(|x| x * x).sum::<f32>());
        assert!(mean.abs() < 1e-4 && (squares / 48.0 - 1.0).abs() < 1e-4);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn layers_are_as_defined(count in 1_usize..20, depth in 1_usize..70, outputs in 1_usize..110, seed: u64, size in -20_i32..20) {
        let rows: Vec<f32> = numbers(count * depth, seed).iter().map(|x| x * 2_f32.powi(size)).collect();
        let (scales, bias) = (numbers(outputs, seed ^ 1), numbers(outputs, seed ^ 2));
        check(&bytes(outputs * depth, seed ^ 3), &scales, &bias, depth, &rows);
    }

    #[test]
    fn rounding_is_to_the_nearest_with_ties_to_even(row in prop::collection::vec(-1e6_f32..1e6, 1..60)) {
        let most = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        for steps in Steps::all() {
            let mut bytes = vec![0; row.len()];
            let scale = steps.round(&row, &mut bytes);
            prop_assert_eq!(scale, most / 127.0);
            for (x, byte) in row.iter().zip(bytes) {
                let expected = if scale == 0.0 { 0.0 } else { (x / scale).round_ties_even() };
                prop_assert_eq!(f32::from(byte) - 128.0, expected);
            }
        }
    }
}
