//! How surely a contrast between two propositions is a conflict: facts about the pair, weighed.

use crate::contrasts::{CONTRASTS, Contrast, Pair, antonyms, clash, comparable_alone, plain_verb, ratio, times_apart};
use crate::likeness::{common, says_no, speaker_match};
use crate::meaning;
use crate::statements::Item;
use onrecord_model::Stance;

/// A fact about a pair of propositions, 0 to 1 or thereabouts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fact {
    /// One, for every pair.
    Always,
    /// Cosine of what the two are about.
    Alike,
    /// Cosine of all their words.
    AlikeInAll,
    /// How much of the shorter one is in the other.
    Contained,
    /// How many words they share, names left out; four are enough.
    Words,
    /// How rare in the story the rarest of these is.
    RareWord,
    /// How much the names say that they share.
    Names,
    /// How alike the two reports are.
    Company,
    /// The odds that the two are one statement.
    Odds,
    /// Whether one was published on a later day.
    Later,
    /// Whether both stand in one report.
    OneReport,
    /// Whether both stand in one outlet, on different days.
    OneOutlet,
    /// Whether one named speaker says both.
    OneSpeaker,
    /// Whether two named speakers do.
    TwoSpeakers,
    /// How close they stand in one report, where no one speaker says both.
    NearTwoSpeakers,
    /// How close they stand in one report, where one of them says no.
    NearDenial,
    /// Whether one of them is a denial.
    OneDenies,
    /// Whether one of them says no.
    OneSaysNo,
    /// How much of what they share is denied by one alone, opposites among it.
    Denied,
    /// On how many scales they stand on opposite sides.
    Opposites,
    /// Whether a plain verb is denied by one alone.
    PlainVerb,
    /// Whether the later one says that something no longer holds.
    Turns,
    /// Whether the later one says that a figure moved.
    Moves,
    /// Whether the later one says what will be.
    Will,
    /// Whether the earlier one does.
    Willed,
    /// How few figures there are that could be the ones that differ.
    OneFigure,
    /// Whether the figures are held together by more than their measure.
    Solid,
    /// How far the figures are from each other.
    Ratio,
    /// Whether the second figure is the next that was told after the first.
    Step,
    /// Whether the earlier one is the first with its figure.
    FirstTold,
    /// Whether the later one is the first with its figure.
    FirstAnswer,
    /// Whether another figure agrees.
    FiguresAgree,
    /// Whether a time agrees.
    TimesAgree,
    /// How near to each other they lie by what they say.
    Near,
}

/// How many facts there are.
pub(crate) const FACTS: usize = 34;

// How much each fact says for each contrast, as the logarithm of odds: logistic regressions with the sign of each weight given, learned on
// stories of the project's own.

#[rustfmt::skip]
const FIGURES: &[(Fact, f32)] = &[
    (Fact::Always, -7.79), (Fact::Alike, 1.67), (Fact::Words, 1.19), (Fact::RareWord, 0.29), (Fact::OneOutlet, 0.00),
    (Fact::OneFigure, 0.20), (Fact::Step, 0.86), (Fact::FirstTold, 0.00), (Fact::FirstAnswer, 0.78), (Fact::Ratio, -1.70),
    (Fact::OneSpeaker, 0.08), (Fact::TwoSpeakers, 0.70), (Fact::NearTwoSpeakers, 0.00), (Fact::Moves, 0.40), (Fact::Later, 1.45),
    (Fact::FiguresAgree, -0.04), (Fact::Company, 0.00), (Fact::Solid, 0.03), (Fact::Near, 4.80),
];
#[rustfmt::skip]
const TIMES: &[(Fact, f32)] = &[
    (Fact::Always, -5.36), (Fact::Alike, 0.38), (Fact::Words, 0.40), (Fact::RareWord, 0.05), (Fact::Names, 0.00),
    (Fact::NearTwoSpeakers, 0.39), (Fact::TimesAgree, -0.90), (Fact::AlikeInAll, 0.20), (Fact::Contained, 0.90), (Fact::Later, 0.62),
    (Fact::Moves, 0.73), (Fact::Opposites, 0.76), (Fact::Company, 0.00), (Fact::Near, 2.96),
];
#[rustfmt::skip]
const SIDES: &[(Fact, f32)] = &[
    (Fact::Always, -6.27), (Fact::Alike, 0.92), (Fact::Words, 0.70), (Fact::RareWord, 0.54), (Fact::Names, 0.30), (Fact::Denied, 1.63),
    (Fact::Opposites, 0.24), (Fact::PlainVerb, 0.16), (Fact::OneDenies, 0.40), (Fact::NearDenial, 0.00), (Fact::NearTwoSpeakers, 2.23),
    (Fact::OneSpeaker, 0.64), (Fact::TwoSpeakers, 0.33), (Fact::Turns, 0.00), (Fact::Contained, 0.05), (Fact::AlikeInAll, 1.62),
    (Fact::OneReport, -0.90), (Fact::TimesAgree, 0.60), (Fact::Company, 0.00), (Fact::Near, 3.09),
];
#[rustfmt::skip]
const TURN: &[(Fact, f32)] = &[
    (Fact::Always, -4.81), (Fact::Alike, 0.23), (Fact::RareWord, 0.06), (Fact::Names, 0.53), (Fact::Denied, 0.05),
    (Fact::Opposites, 1.28), (Fact::OneSpeaker, 0.46), (Fact::Willed, 0.00), (Fact::OneSaysNo, 0.00), (Fact::Contained, 0.85),
    (Fact::Company, 0.99), (Fact::Near, 2.37),
];
#[rustfmt::skip]
const LIMIT: &[(Fact, f32)] = &[
    (Fact::Always, -3.30), (Fact::Alike, 0.28), (Fact::Words, 0.00), (Fact::RareWord, 0.59), (Fact::Will, 0.11), (Fact::Odds, 4.65),
    (Fact::Contained, 0.18), (Fact::AlikeInAll, 0.05), (Fact::TimesAgree, -0.19), (Fact::Company, 0.23), (Fact::Near, 2.65),
];
#[rustfmt::skip]
const SOURCE: &[(Fact, f32)] = &[
    (Fact::Always, -3.91), (Fact::Alike, 0.48), (Fact::RareWord, 0.00), (Fact::Names, 0.00), (Fact::Odds, 3.22),
    (Fact::AlikeInAll, 0.00), (Fact::Contained, 0.92), (Fact::Company, 0.00), (Fact::Near, 1.96),
];

fn weights(contrast: Contrast) -> &'static [(Fact, f32)] {
    match contrast {
        Contrast::Figures => FIGURES,
        Contrast::Times => TIMES,
        Contrast::Sides => SIDES,
        Contrast::Turn => TURN,
        Contrast::Limit => LIMIT,
        Contrast::Source => SOURCE,
    }
}

/// Odds of one statement from which one of two propositions may be called a repetition of the other.
const REPEATS: f32 = 0.4;
/// The same from which two speak of one matter.
const MATTER: f32 = -2.0;

impl Pair<'_, '_, '_> {
    /// The contrast by which the two are most surely a conflict, with the logarithm of the odds that they are one by any.
    pub fn strongest(&self, odds: f32) -> Option<(Contrast, f32)> {
        // A limit or a source gets lost where one repeats the other; a turn, or another time, is one of the same matter.
        let least = |contrast| match contrast {
            Contrast::Limit | Contrast::Source => REPEATS,
            Contrast::Turn | Contrast::Times => MATTER,
            _ => f32::MIN,
        };
        let possible = |&contrast: &Contrast| odds >= least(contrast) && self.has(contrast);
        let mut has = CONTRASTS.into_iter().filter(possible).peekable();
        has.peek()?;
        let facts = self.facts(odds);
        let weigh = |contrast: Contrast| {
            weights(contrast).iter().map(|&(fact, weight)| facts[fact as usize] * weight).sum::<f32>()
        };
        let (mut best, mut second): (Option<(Contrast, f32)>, Option<f32>) = (None, None);
        for contrast in has {
            let odds = weigh(contrast);
            if best.is_none_or(|(_, most)| odds.total_cmp(&most).is_gt()) {
                second = best.map(|(_, most)| most);
                best = Some((contrast, odds));
            } else if second.is_none_or(|most| odds > most) {
                second = Some(odds);
            }
        }
        let (best, first) = best?;
        // Close to the logarithm of one minus the chance that it is none by both of the strongest two.
        let more = second.map_or(0.0, |second| 0.7 * (1.0 - (first - second) / 3.0).max(0.0));
        Some((best, first + more))
    }

    /// Facts to weigh, by [`Fact`].
    pub fn facts(&self, odds: f32) -> [f32; FACTS] {
        let ((a, p), (b, q)) = (self.one(), self.two());
        let scale = self.ground.scale;
        let (mut of_names, mut of_content, mut rarest, mut words) = (0.0, 0.0, 0.0_f32, 0);
        for term in common(&p.topic, &q.topic) {
            if scale.is_name(term) {
                of_names += scale.weight(term);
            } else {
                of_content += scale.weight(term);
                rarest = rarest.max(self.ground.rareness(term));
                words += 1;
            }
        }
        let whole = |claim| self.ground.weight(claim).max(0.3);
        let (whole_p, whole_q) = (whole(self.earlier), whole(self.later));
        let flag = |yes: bool| f32::from(u8::from(yes));
        let speaker = speaker_match(a, b);
        let denies = |item: &Item| item.what.voice.as_ref().is_some_and(|v| v.stance == Stance::Denies);
        let (one_denies, one_says_no) = (denies(a) != denies(b), says_no(a.what) != says_no(b.what));
        let near = self.near();
        let mut facts = [0.0; FACTS];
        let mut set = |fact: Fact, value: f32| facts[fact as usize] = value;
        set(Fact::Always, 1.0);
        set(Fact::Alike, (of_names + of_content) / (whole_p * whole_q).sqrt());
        set(Fact::AlikeInAll, scale.likeness(self.earlier, self.later));
        set(Fact::Contained, (of_names + of_content) / whole_p.min(whole_q));
        set(Fact::Words, (words as f32 / 4.0).min(1.0));
        set(Fact::RareWord, rarest);
        set(Fact::Names, of_names / (1.0 + of_names));
        set(Fact::Company, self.ground.company(a.report(), b.report()));
        set(Fact::Odds, (odds / 8.0).clamp(-1.0, 1.0));
        set(Fact::Later, flag(a.day < b.day));
        set(Fact::OneReport, flag(a.report() == b.report()));
        set(Fact::OneOutlet, flag(a.day < b.day && !a.digest.outlet.is_empty() && a.digest.outlet == b.digest.outlet));
        set(Fact::OneSpeaker, flag(speaker == Some(true)));
        set(Fact::TwoSpeakers, flag(speaker == Some(false)));
        set(Fact::NearTwoSpeakers, near * flag(speaker != Some(true)));
        set(Fact::NearDenial, near * flag(one_denies || one_says_no));
        set(Fact::OneDenies, flag(one_denies));
        set(Fact::OneSaysNo, flag(one_says_no));
        set(Fact::Denied, self.opposition() / (1.0 + of_content));
        set(Fact::Opposites, antonyms(p, q));
        set(Fact::PlainVerb, plain_verb(p, q));
        set(Fact::Turns, flag(q.turns));
        set(Fact::Moves, flag(q.moves));
        set(Fact::Will, flag(q.will));
        set(Fact::Willed, flag(p.will));
        set(Fact::FiguresAgree, flag(p.figures.iter().any(|n| q.figures.iter().any(|m| n.value == m.value))));
        set(Fact::TimesAgree, flag(!times_apart(p, q)));
        set(Fact::Near, meaning::cosine(a.point, b.point));
        if let Some((n, m)) = clash(p, q) {
            set(Fact::OneFigure, 1.0 / (p.figures.len() * q.figures.len()) as f32);
            set(Fact::Solid, flag(comparable_alone(p, q, n, m) || words > 0));
            set(Fact::Ratio, ratio(n, m));
            set(Fact::Step, flag(self.ground.steps.contains(&(n.unit, n.value, m.value))));
            set(Fact::FirstTold, flag(self.ground.first.get(&(n.unit, n.value)) == Some(&self.earlier)));
            set(Fact::FirstAnswer, flag(self.ground.first.get(&(m.unit, m.value)) == Some(&self.later)));
        }
        facts
    }
}
