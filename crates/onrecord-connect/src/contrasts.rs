//! In what two propositions of a story contrast: figures, times, yes and no, turns, limits, sources. How surely that is a conflict is
//! [weighed](crate::weighing).

use crate::claims::{Claim, Figure};
use crate::ground::Ground;
use crate::likeness::{self, common, says_no};
use crate::numbers;
use crate::statements::Item;
use onrecord_model::{Basis, Stance};

/// In what two propositions may contrast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Contrast {
    /// Figures of one measure that differ.
    Figures,
    /// Times of one grain that differ.
    Times,
    /// Yes against no, or a word against its opposite.
    Sides,
    /// The later one says that what held no longer holds.
    Turn,
    /// A limit that the later one drops.
    Limit,
    /// A source that became more, or the report's own voice.
    Source,
}

/// All contrasts.
pub(crate) const CONTRASTS: [Contrast; 6] =
    [Contrast::Figures, Contrast::Times, Contrast::Sides, Contrast::Turn, Contrast::Limit, Contrast::Source];

/// Two items of a story, the earlier first, as they contrast.
pub(crate) struct Pair<'a, 'b, 'g> {
    pub ground: &'g Ground<'a, 'b>,
    pub earlier: usize,
    pub later: usize,
}

impl Pair<'_, '_, '_> {
    pub fn one(&self) -> (&Item<'_>, &Claim) {
        (&self.ground.items[self.earlier], &self.ground.claims[self.earlier])
    }

    pub fn two(&self) -> (&Item<'_>, &Claim) {
        (&self.ground.items[self.later], &self.ground.claims[self.later])
    }

    /// Whether there is such a contrast at all.
    pub fn has(&self, contrast: Contrast) -> bool {
        let ((a, p), (b, q)) = (self.one(), self.two());
        match contrast {
            Contrast::Figures => {
                let together = |(n, m)| comparable_alone(p, q, n, m) || self.shares_content() || self.near() > 0.5;
                p.old == q.old && clash(p, q).is_some_and(together)
            }
            Contrast::Times => times_clash(p, q) && self.shares_content(),
            Contrast::Sides => {
                let against = self.denies_much() && !self.both_deny()
                    || antonyms(p, q) > 0.0 && !self.both_deny() && (self.shares_content() || self.near() > 0.3)
                    || plain_verb(p, q) > 0.0 && self.shares_content()
                    || says_no(a.what) != says_no(b.what) && self.near() > 0.3 && !self.both_deny();
                against && !p.wished && !q.wished && asserted(a) && asserted(b)
            }
            Contrast::Turn => {
                a.day < b.day && q.turns && !p.turns && !q.wished && (self.shares_content() || antonyms(p, q) > 0.0)
            }
            Contrast::Limit => {
                let apart = a.report() != b.report() && a.day <= b.day;
                apart && p.limited && !q.limited && asserted(a) && !says_no(b.what) && self.shares_content()
            }
            Contrast::Source => {
                a.report() != b.report()
                    && a.day <= b.day
                    && raised((a, p), (b, q))
                    && asserted(a)
                    && q.limited <= p.limited
                    && self.shares_content()
            }
        }
    }

    /// Words of both, names left out, that one of them alone denies.
    fn denied_by_one(&self) -> impl Iterator<Item = u64> {
        let ((_, p), (_, q)) = (self.one(), self.two());
        let denied = |claim: &Claim, term: u64| claim.denied.binary_search(&term).is_ok();
        // Most pairs deny nothing: these are not gone through word by word.
        let topic = if p.denied.is_empty() && q.denied.is_empty() { &[][..] } else { &p.topic };
        let apart = common(topic, &q.topic).filter(move |&t| denied(p, t) != denied(q, t));
        apart.filter(|&t| !self.ground.scale.is_name(t))
    }

    /// Whether both deny one word.
    fn both_deny(&self) -> bool {
        let ((_, p), (_, q)) = (self.one(), self.two());
        common(&p.denied, &q.denied).next().is_some()
    }

    /// Whether more than a word in passing is denied by one alone.
    fn denies_much(&self) -> bool {
        const ALIKE: f32 = 0.3;
        let words = self.denied_by_one().count();
        words >= 2 || words == 1 && self.ground.scale.likeness(self.earlier, self.later) >= ALIKE
    }

    /// How much of what both speak of stands on opposite sides, by weight.
    pub fn opposition(&self) -> f32 {
        let ((_, p), (_, q)) = (self.one(), self.two());
        let words: f32 = self.denied_by_one().map(|t| self.ground.scale.weight(t)).sum();
        words + 0.5 * antonyms(p, q) + 0.4 * plain_verb(p, q)
    }

    /// Whether both have a word that is no name.
    fn shares_content(&self) -> bool {
        let ((_, p), (_, q)) = (self.one(), self.two());
        common(&p.topic, &q.topic).any(|term| !self.ground.scale.is_name(term))
    }

    /// Whether one follows the other closely in one report: 1 in the next words, 0 from some lines away.
    pub fn near(&self) -> f32 {
        const FAR: f32 = 600.0;
        let ((a, _), (b, _)) = (self.one(), self.two());
        if a.report() != b.report() {
            return 0.0;
        }
        let (one, other) = (a.what.sentence, b.what.sentence);
        let gap = other.start().saturating_sub(one.end()).max(one.start().saturating_sub(other.end()));
        1.0 - (gap as f32 / FAR).min(1.0)
    }
}

/// How far two figures are from each other: the logarithm of their ratio.
pub(crate) fn ratio(n: Figure, m: Figure) -> f32 {
    let (least, most) = (n.value.min(m.value).max(1), n.value.max(m.value).max(1));
    (likeness::log2(most as f32 / least as f32) / 4.0).min(1.0)
}

/// Two figures of one measure that differ; rather such as the other side does not have too.
pub(crate) fn clash(p: &Claim, q: &Claim) -> Option<(Figure, Figure)> {
    let in_both =
        |n: &Figure| p.figures.iter().any(|m| m.value == n.value) && q.figures.iter().any(|m| m.value == n.value);
    let pairs = p.figures.iter().flat_map(|n| q.figures.iter().map(move |m| (*n, *m)));
    pairs
        .filter(|(n, m)| n.value != m.value && comparable(n, m) && !(in_both(n) && in_both(m)))
        .min_by_key(|(n, m)| (in_both(n) || in_both(m), n.unit != m.unit))
}

/// Whether two figures measure one thing as far as their words tell: the same noun or measure, or people by different names.
fn comparable(n: &Figure, m: &Figure) -> bool {
    let bare = |n: &Figure, m: &Figure| n.people && m.unit == 0;
    let people = n.people && m.people && !(numbers::is_fate(n.unit) && numbers::is_fate(m.unit));
    n.unit == m.unit && n.unit != 0 || people || bare(n, m) || bare(m, n)
}

/// Whether figures clash by themselves: counts of a fate, or of what the words name beside little else.
pub(crate) fn comparable_alone(p: &Claim, q: &Claim, n: Figure, m: Figure) -> bool {
    let little = |claim: &Claim| claim.topic.len() <= 1;
    n.unit == m.unit && n.unit != 0 && (numbers::is_fate(n.unit) || little(p) || little(q))
}

/// Times of one grain of which at least one is not in the other.
fn times_clash(p: &Claim, q: &Claim) -> bool {
    let within = |one: &String, other: &String| one.starts_with(other.as_str()) || other.starts_with(one.as_str());
    p.times.iter().any(|one| {
        q.times.iter().any(|other| {
            one.len() == other.len()
                && one != other
                && !(q.times.iter().any(|t| within(one, t)) && p.times.iter().any(|t| within(other, t)))
        })
    })
}

/// Whether none of the times agrees.
pub(crate) fn times_apart(p: &Claim, q: &Claim) -> bool {
    let within = |one: &String, other: &String| one.starts_with(other.as_str()) || other.starts_with(one.as_str());
    !p.times.iter().any(|one| q.times.iter().any(|other| within(one, other)))
}

/// On how many scales the two stand on opposite sides, and on none of these on both.
pub(crate) fn antonyms(p: &Claim, q: &Claim) -> f32 {
    let both = |claim: &Claim, scale: u8| claim.sides.contains(&(scale, true)) && claim.sides.contains(&(scale, false));
    let apart = p
        .sides
        .iter()
        .filter(|&&(scale, side)| q.sides.contains(&(scale, !side)) && !both(p, scale) && !both(q, scale));
    (apart.count() as f32).min(2.0) / 2.0
}

/// Whether one of the two denies a plain verb ("told", "took") and the other does not.
pub(crate) fn plain_verb(p: &Claim, q: &Claim) -> f32 {
    let apart = p
        .light
        .iter()
        .filter(|&&(word, denied)| q.light.contains(&(word, !denied)) && !q.light.contains(&(word, denied)));
    f32::from(u8::from(apart.count() > 0))
}

/// Whether something is said to be so or not: a question, a refusal to speak and an order are neither.
fn asserted(item: &Item) -> bool {
    item.what.voice.as_ref().is_none_or(|v| !matches!(v.stance, Stance::Asks | Stance::Declines | Stance::Orders))
}

/// Whether one unnamed person became several, or somebody's word became nobody's or the report's own.
fn raised((a, p): (&Item, &Claim), (b, q): (&Item, &Claim)) -> bool {
    let Some(v) = &a.what.voice else { return false };
    match &b.what.voice {
        Some(w) => {
            let several = w.basis == Basis::Anonymous && w.count != Some(1) && !q.one_person;
            let one = v.basis == Basis::Anonymous && (v.count == Some(1) || p.one_person)
                || matches!(v.basis, Basis::Named | Basis::Document);
            several && one || w.basis == Basis::Unspecified && v.basis != Basis::Unspecified
        }
        None => matches!(v.basis, Basis::Anonymous | Basis::Named),
    }
}
