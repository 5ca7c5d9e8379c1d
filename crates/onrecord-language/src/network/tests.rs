//! The kernels against their portable twin.

use super::choice::{Choice, HIDDEN, PART};
use super::kernels::{FORM_ROW, FirstWindow, Kernels, PANEL, PIECES, Product, WIDTH};
use super::lanes::LANES;
use super::windows::{FACTORS, QUAD, QUADS_MAX, WINDOWS_ROOM, Windows, matrices};

/// Numbers between -1 and 1 that look random.
fn numbers(count: usize, mut seed: u64) -> Vec<f32> {
    let mut next = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// Runs `work` with every kind of kernels this machine has. The fused ones must agree to the last bit, the plain ones nearly.
fn compare(work: impl Fn(&Kernels) -> Vec<f32>) {
    let all = Kernels::all();
    let twin = work(all.iter().find(|kernels| kernels.name == "portable, fused").expect("the twin is always there"));
    assert!(twin.iter().all(|number| number.is_finite()));
    for kernels in all {
        let made = work(&kernels);
        if kernels.name == "portable" {
            let near = |(a, b): (&f32, &f32)| (a - b).abs() <= 1e-4 * (1.0 + a.abs());
            assert!(made.iter().zip(&twin).all(near), "{} is off", kernels.name);
        } else {
            assert!(made == twin, "{} differs from its twin", kernels.name);
        }
    }
}

#[test]
fn products_agree() {
    for (rows, depth, registers, stride) in [(1, 64, 7, 64), (7, 96, 6, 96), (23, 288, 18, 96), (40, 5, 2, 9)] {
        let outputs = registers * LANES;
        let filled = outputs.next_multiple_of(PANEL);
        let input = numbers(rows * stride + depth, 1);
        let weights = numbers(filled * depth, 2);
        let bias = numbers(filled, 3);
        let product = Product { input: &input, stride, rows, depth, weights: &weights, bias: &bias, outputs };
        compare(|kernels| {
            let mut out = vec![0.0; rows * outputs];
            kernels.product(&product, &mut out, outputs);
            out
        });
        if outputs == filled {
            compare(|kernels| {
                let mut out = vec![0.0; rows * outputs / 3];
                kernels.maxout(&product, &mut out);
                out
            });
        }
    }
}

#[test]
fn a_product_is_the_sum_of_its_terms() {
    let (rows, depth) = (3, 4);
    let input = numbers(rows * depth, 4);
    let weights = numbers(depth * PANEL, 5);
    let bias = numbers(PANEL, 6);
    let product = Product { input: &input, stride: depth, rows, depth, weights: &weights, bias: &bias, outputs: PANEL };
    let mut out = vec![0.0; rows * PANEL];
    Kernels::best().product(&product, &mut out, PANEL);
    for row in 0..rows {
        for column in 0..PANEL {
            let terms = (0..depth).map(|k| f64::from(input[row * depth + k]) * f64::from(weights[k * PANEL + column]));
            let sum = terms.sum::<f64>() + f64::from(bias[column]);
            assert!((sum - f64::from(out[row * PANEL + column])).abs() < 1e-5);
        }
    }
}

#[test]
fn a_row_comes_out_the_same_whatever_rows_are_beside_it() {
    let (rows, depth) = (21, 96);
    let input = numbers(rows * depth, 7);
    let weights = numbers(2 * depth * PANEL, 8);
    let bias = numbers(2 * PANEL, 9);
    for kernels in Kernels::all() {
        let product = |input, rows| {
            let mut out = vec![0.0; rows * 2 * PANEL];
            let (weights, bias, outputs) = (&weights, &bias, 2 * PANEL);
            let product = Product { input, stride: depth, rows, depth, weights, bias, outputs };
            kernels.product(&product, &mut out, 2 * PANEL);
            out
        };
        let together = product(&input, rows);
        for row in 0..rows {
            let alone = product(&input[row * depth..(row + 1) * depth], 1);
            assert!(alone == together[row * 2 * PANEL..(row + 1) * 2 * PANEL]);
        }
    }
}

#[test]
fn windows_agree() {
    for quads in [1, 5, 9, QUADS_MAX] {
        let input = numbers((QUAD * quads + 2) * WIDTH, 16);
        let (weights, bias) = (numbers(PIECES * FACTORS * WIDTH, 17), numbers(PIECES, 18));
        compare(|kernels| {
            let (mut room, mut out) = (vec![0.0; WINDOWS_ROOM], vec![0.0; QUAD * quads * WIDTH]);
            let windows = Windows { input: &input, quads, weights: &weights, bias: &bias };
            kernels.windows(&windows, &mut room, &mut out);
            out
        });
    }
}

#[test]
fn fast_windows_are_products_over_windows() {
    let quads = 3;
    let rows = QUAD * quads;
    let input = numbers((rows + 2) * WIDTH, 19);
    let (plain, bias) = (numbers(PIECES * 3 * WIDTH, 20), numbers(PIECES, 21));
    let kernels = Kernels::best();
    let (mut room, mut fast) = (vec![0.0; WINDOWS_ROOM], vec![0.0; rows * WIDTH]);
    let weights = matrices(&plain);
    kernels.windows(&Windows { input: &input, quads, weights: &weights, bias: &bias }, &mut room, &mut fast);
    let (depth, outputs) = (3 * WIDTH, PIECES);
    let product = Product { input: &input, stride: WIDTH, rows, depth, weights: &plain, bias: &bias, outputs };
    let mut slow = vec![0.0; rows * WIDTH];
    kernels.maxout(&product, &mut slow);
    assert!(fast.iter().zip(&slow).all(|(a, b)| (a - b).abs() < 1e-4));
}

#[test]
fn first_windows_agree() {
    let table = numbers(5 * FORM_ROW, 10);
    let (bias, gain, shift) = (numbers(PIECES, 11), numbers(WIDTH, 13), numbers(WIDTH, 14));
    let slots = [0, 3, 1, 1, 4, 2, 0];
    let window = FirstWindow { table: &table, slots: &slots, bias: &bias, gain: &gain, shift: &shift };
    compare(|kernels| {
        let mut out = vec![0.0; 5 * WIDTH];
        kernels.first_window(&window, &mut out);
        out
    });
}

#[test]
fn normalized_rows_agree() {
    let rows = numbers(4 * WIDTH, 12);
    let (gain, shift) = (numbers(WIDTH, 13), numbers(WIDTH, 14));
    for residual in [Vec::new(), numbers(4 * WIDTH, 15)] {
        compare(|kernels| {
            let mut rows = rows.clone();
            kernels.normalize(&mut rows, &residual, &gain, &shift);
            rows
        });
    }
}

/// A state of nine parts and `actions` actions, of which every third is barred.
#[test]
fn sums_of_rows_agree() {
    for width in [7, 96, 480, 500] {
        let (begin, rows) = (numbers(width, 1), [2, 3, 4].map(|seed| numbers(width, seed)));
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        for floor in [f32::NEG_INFINITY, 0.0] {
            let sum = |unit: usize| (begin[unit] + rows[0][unit] + rows[1][unit] + rows[2][unit]).max(floor);
            let wanted: Vec<f32> = (0..width).map(sum).collect();
            for kernels in Kernels::all() {
                let mut out = begin.clone();
                kernels.sum(&mut out, &rows, floor);
                assert_eq!(out, wanted, "{}", kernels.name);
            }
        }
    }
}

fn state(actions: usize, work: impl FnOnce(Choice)) {
    let parts: Vec<Vec<f32>> = (0..9).map(|seed| numbers(PART, seed)).collect();
    let parts: Vec<&[f32]> = parts.iter().map(Vec::as_slice).collect();
    let (weights, bias) = (numbers(HIDDEN * actions, 22), numbers(actions, 23));
    let barred: Vec<f32> = (0..actions).map(|i| if i % 3 == 0 { f32::NEG_INFINITY } else { 0.0 }).collect();
    work(Choice { parts: &parts, weights: &weights, bias: &bias, barred: &barred });
}

#[test]
fn choices_agree_and_are_the_best_allowed() {
    for actions in [16, 48, 80, 112, 128] {
        state(actions, |choice| {
            let sum = |at: usize| choice.parts.iter().map(|part| part[at]).sum::<f32>();
            let hidden: Vec<f32> = (0..HIDDEN).map(|i| sum(i).max(sum(HIDDEN + i))).collect();
            let weight = |k: usize, action: usize| choice.weights[k * actions + action];
            let score =
                |action: usize| choice.bias[action] + (0..HIDDEN).map(|k| hidden[k] * weight(k, action)).sum::<f32>();
            let allowed = (0..actions).filter(|action| action % 3 != 0);
            let best = allowed.max_by(|&a, &b| score(a).total_cmp(&score(b)));
            for kernels in Kernels::all() {
                assert_eq!(kernels.choose(&choice), best, "{} with {actions} actions", kernels.name);
            }
        });
    }
}

#[test]
fn of_equal_actions_the_first_is_chosen_and_of_none_none() {
    state(32, |choice| {
        let weights = vec![0.0; choice.weights.len()];
        let (same, barred, odd) = (vec![1.0; 32], vec![f32::NEG_INFINITY; 32], vec![f32::NAN; 32]);
        for kernels in Kernels::all() {
            let choice = Choice { weights: &weights, bias: &same, ..choice };
            assert_eq!(kernels.choose(&choice), Some(1));
            assert_eq!(kernels.choose(&Choice { barred: &barred, ..choice }), None);
            assert_eq!(kernels.choose(&Choice { bias: &odd, ..choice }), None);
        }
    });
}
