//! How probably a reading is right: a logistic regression over what the tagger saw of it.

use super::tagger::ROLES;
use onrecord_language::arithmetic::{exp, sigmoid};

/// Numbers that the judge looks at.
pub const SEEN: usize = 10;
/// Roles as the tagger numbers them.
const SOURCE: usize = 2;
const CONTENT: usize = 3;

/// The learned weights.
pub struct Judge {
    /// One for each number seen.
    pub weights: [f32; SEEN],
    /// What is added.
    pub bias: f32,
}

/// A reading of a window as the judge is shown it.
pub struct Seen<'a> {
    /// The score of the anchor as a cue.
    pub cue: f32,
    /// The score of acceptance.
    pub accept: f32,
    /// Natural logarithms of the probabilities of the roles of every token.
    pub scores: &'a [[f32; ROLES]],
    /// The role that the reading gives each token.
    pub roles: &'a [u8],
    /// Whether a token of the content stands in quotation marks.
    pub quotes: bool,
    /// Whether a rule has the same anchor.
    pub has_rule: bool,
    /// Whether the anchor is a verb.
    pub is_verb: bool,
}

impl Judge {
    /// The probability that the reading is right.
    pub fn probability(&self, seen: &Seen<'_>) -> f32 {
        let (mut all, mut source, mut sources, mut words, mut expected) = (0.0, 0.0, 0u32, 0u32, 0.0);
        for (scores, role) in seen.scores.iter().zip(seen.roles) {
            let chosen = scores[usize::from(*role)];
            all += chosen;
            expected += exp(scores[SOURCE]);
            match usize::from(*role) {
                SOURCE => (source, sources) = (source + chosen, sources + 1),
                CONTENT => words += 1,
                _ => {}
            }
        }
        let flag = |is: bool| f32::from(u8::from(is));
        let numbers: [f32; SEEN] = [
            seen.accept,
            all / 10.0,
            source,
            1.0 - exp(-expected),
            flag(sources > 0),
            log(words.max(1) as f32),
            flag(seen.quotes),
            flag(seen.has_rule),
            seen.cue,
            flag(seen.is_verb),
        ];
        sigmoid(numbers.iter().zip(&self.weights).map(|(x, w)| x * w).sum::<f32>() + self.bias)
    }
}

/// Natural logarithms of the probabilities of the four roles.
pub fn log_softmax(scores: &[f32]) -> [f32; ROLES] {
    let scores = [scores[0], scores[1], scores[2], scores[3]];
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = scores.iter().map(|s| exp(s - highest)).sum();
    let shift = highest + log(total);
    scores.map(|s| s - shift)
}

/// Natural logarithm of a number from 1 on: a guess from its exponent, then Newton's method over [`exp`]. The same bits
/// everywhere.
fn log(x: f32) -> f32 {
    const ONE: f32 = (1u32 << 23) as f32;
    let mut y = (x.to_bits() as f32 / ONE - 126.957) * std::f32::consts::LN_2;
    for _ in 0..3 {
        y += x * exp(-y) - 1.0;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_logarithm_is_close() {
        for step in 100..60_000 {
            let x = step as f32 / 100.0;
            assert!((log(x) - f64::from(x).ln() as f32).abs() < 2e-6, "{x}");
        }
    }

    #[test]
    fn probabilities_of_roles_add_up() {
        let total: f32 = log_softmax(&[1.0, 3.0, -200.0, 2.0]).into_iter().map(exp).sum();
        assert!((total - 1.0).abs() < 1e-6, "{total}");
    }

    #[test]
    fn a_surer_reading_is_more_probable() {
        let mut judge = Judge { weights: [0.0; SEEN], bias: -1.0 };
        judge.weights[1] = 2.0;
        let probability = |sure: f32| {
            let rest = (1.0 - sure) / 3.0;
            let row = |role: usize| std::array::from_fn(|r| if r == role { sure.ln() } else { rest.ln() });
            let (scores, roles) = ([row(2), row(1), row(3), row(0)], [2, 1, 3, 0]);
            let seen = Seen {
                cue: 1.0,
                accept: 1.0,
                scores: &scores,
                roles: &roles,
                quotes: false,
                has_rule: false,
                is_verb: true,
            };
            judge.probability(&seen)
        };
        assert!(probability(0.9) > probability(0.6));
        assert!((probability(1.0 - 1e-7) - sigmoid(-1.0)).abs() < 1e-3);
    }
}
