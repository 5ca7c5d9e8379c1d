//! How surely two propositions of a story are the same statement: what they share, weighed.

use crate::facts::{Number, Proposition, hash};
use crate::hashed::Hashed;
use crate::meaning;
use crate::statements::{self, Item};
use onrecord_model::{Basis, ReportId, Span, Stance};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// How much each feature says, in the order of [`features`]: the logarithm of odds.
#[rustfmt::skip]
const WEIGHTS: [f32; FEATURES] = [
    -4.89, 0.65, 1.15, 0.32, 0.70, 0.55, -0.34, 1.95, -0.09, 1.33, -0.14, -0.58, -0.06,
    0.76, -0.14, 0.35, 6.00, 4.00, 0.03, -0.18, -2.04, 0.09, 1.29, -1.71, -1.42, 1.62,
    3.89, 6.26, -1.36, 1.06, 3.55,
];

/// The logarithm of the odds that the two are one statement.
pub(crate) fn odds(features: &[f32; FEATURES]) -> f32 {
    features.iter().zip(&WEIGHTS).map(|(value, weight)| value * weight).sum()
}

/// What it takes from the odds that both are steps of a count that grows, or that one denies what the other says in the same words:
/// each is a statement of its own.
const APART: f32 = 3.0;

/// What speaks against one statement whatever the two share.
pub(crate) fn against(items: &[Item], a: usize, b: usize, scale: &Scale) -> f32 {
    const SAME_WORDS: f32 = 0.35;
    let (p, q) = (items[a].what, items[b].what);
    let apart = are_steps(p, q) || opposed(p, q, (a, b), scale) && scale.likeness(a, b) >= SAME_WORDS;
    scale.room(a, b) + if apart { APART } else { 0.0 }
}

/// Whether the two count the dead, the hurt, the cases, and the numbers differ.
pub(crate) fn are_steps(p: &Proposition, q: &Proposition) -> bool {
    let differ = |n: &Number| q.numbers.iter().any(|m| m.unit == n.unit && m.value != n.value);
    let agree = |n: &Number| q.numbers.iter().any(|m| m.unit == n.unit && m.value == n.value);
    let growing = p.numbers.iter().filter(|n| is_growing(n.unit));
    growing.clone().any(differ) && !growing.clone().any(agree)
}

/// Units, as stems, of counts that grow.
const GROWING: &[&str] =
    &[crate::numbers::DEAD, crate::numbers::HURT, crate::numbers::ILL, "arrest", "case", "infect", "miss", "signatur"];

fn is_growing(unit: u64) -> bool {
    static UNITS: LazyLock<Vec<u64>> = LazyLock::new(|| GROWING.iter().map(|unit| hash(unit)).collect());
    UNITS.contains(&unit)
}

/// How many facts about a pair are weighed.
pub(crate) const FEATURES: usize = 31;

/// Weighs words: those that are rare in English and rare in the story say most.
pub(crate) struct Scale {
    /// What each term of the story says, and whether it is a name.
    terms: Hashed<u64, (f32, bool)>,
    /// The words of all items, one item after the other, each in order of terms; item `ix` has those from `starts[ix]`.
    words: Vec<Word>,
    starts: Vec<usize>,
    /// Weight of all words of each item.
    whole: Vec<f32>,
    /// Whether the item before, and the item after, is said by the same speaker close by.
    beside: Vec<[bool; 2]>,
    /// The outlet of each item, by number, and those that it names as ones that it has it from.
    outlet: Vec<usize>,
    cited: Vec<Vec<usize>>,
    /// How near to each item those of other reports lie that lie nearest.
    crowd: Vec<f32>,
    /// For each item what lies nearest to it in each of the other reports, in the order of items.
    nearest: Vec<Vec<Nearest>>,
    /// How rare each figure is in the story, 0.0..=1.0.
    figures: Hashed<i64, f32>,
    /// Whether each item asks: a question says nothing.
    asks: Vec<bool>,
    /// By how much the odds fall for what else the report of each item says.
    room: Vec<f32>,
}

/// A word of an item, with all that a pair is weighed by: nothing is looked up a pair.
#[derive(Clone, Copy, Debug)]
struct Word {
    term: u64,
    weight: f32,
    is_name: bool,
    is_denied: bool,
}

impl Scale {
    /// O(terms · log terms).
    pub fn new(items: &[Item]) -> Scale {
        let mut count: BTreeMap<u64, (u32, u8)> = BTreeMap::new();
        for item in items {
            for (&term, &rarity) in item.what.terms.iter().zip(&item.what.rarity) {
                count.entry(term).or_insert((0, rarity)).0 += 1;
            }
        }
        let all = log2(1.0 + items.len() as f32).max(1.0);
        let weigh = |(term, (n, rarity)): (u64, (u32, u8))| {
            let here = log2(1.0 + items.len() as f32 / n as f32) / all;
            (term, (here * (0.3 + f32::from(rarity) / 18.0), false))
        };
        let mut terms: Hashed<u64, (f32, bool)> = count.into_iter().map(weigh).collect();
        for name in items.iter().flat_map(|item| &item.what.names) {
            terms.entry(*name).or_insert(UNKNOWN).1 = true;
        }
        let (mut words, mut starts, mut whole) = (Vec::new(), vec![0], Vec::with_capacity(items.len()));
        for item in items {
            let what = item.what;
            let start = words.len();
            words.extend(what.terms.iter().map(|&term| {
                let &(weight, is_name) = terms.get(&term).unwrap_or(&UNKNOWN);
                Word { term, weight, is_name, is_denied: what.denied.binary_search(&term).is_ok() }
            }));
            whole.push(words[start..].iter().map(|word: &Word| word.weight).sum());
            starts.push(words.len());
        }
        let (outlet, cited) = cited(items);
        let (crowd, nearest) = neighbourhood(items);
        Scale {
            terms,
            words,
            starts,
            whole,
            beside: beside(items),
            outlet,
            cited,
            crowd,
            nearest,
            figures: figures(items),
            asks: items.iter().map(asks).collect(),
            room: room(items),
        }
    }

    /// Whether an item asks.
    pub fn asks(&self, ix: usize) -> bool {
        self.asks[ix]
    }

    /// By how much the odds of two items fall for what else their reports say.
    pub fn room(&self, a: usize, b: usize) -> f32 {
        (self.room[a] + self.room[b]) / 2.0
    }

    /// What a word says.
    pub fn weight(&self, term: u64) -> f32 {
        self.terms.get(&term).unwrap_or(&UNKNOWN).0
    }

    /// Whether a word of the story is part of a name.
    pub fn is_name(&self, term: u64) -> bool {
        self.terms.get(&term).unwrap_or(&UNKNOWN).1
    }

    fn words(&self, ix: usize) -> &[Word] {
        &self.words[self.starts[ix]..self.starts[ix + 1]]
    }

    /// Cosine of two items (by index) by weighted words, 0.0..=1.0.
    pub fn likeness(&self, a: usize, b: usize) -> f32 {
        let shared: f32 = shared_words(self.words(a), self.words(b)).map(|(word, _)| word.weight).sum();
        self.cosine(shared, a, b)
    }

    /// The same where the weight of the shared words is known.
    fn cosine(&self, shared: f32, a: usize, b: usize) -> f32 {
        if shared > 0.0 { shared / (self.whole[a] * self.whole[b]).sqrt() } else { 0.0 }
    }

    /// How like one is what the other's speaker says right before or after.
    fn around(&self, a: usize, b: usize) -> f32 {
        let beside = |of: usize, with: usize| {
            let [before, after] = self.beside[of];
            let near = [(before, of.wrapping_sub(1)), (after, of + 1)].into_iter();
            near.filter(|&(is_near, n)| is_near && n != with).map(|(_, n)| self.likeness(n, with)).fold(0.0, f32::max)
        };
        beside(a, b).max(beside(b, a))
    }

    /// By how much the one is nearer to the other than what else the other's report says, from whichever side that is less: who says
    /// the same mostly says it once.
    fn closest(&self, a: usize, b: usize, cosine: f32) -> f32 {
        const FAR: f32 = 0.3;
        const MOST: f32 = 0.5;
        let margin = |from: usize, to: usize| {
            let list = &self.nearest[from];
            let after = list.partition_point(|nearest| nearest.first <= to);
            let next = after.checked_sub(1).map(|at| list[at]).filter(|nearest| to <= nearest.last);
            let next = next.map_or(FAR, |nearest| if nearest.item == to { nearest.second } else { nearest.cosine });
            (cosine - next.max(FAR)).clamp(-MOST, MOST)
        };
        margin(a, b).min(margin(b, a))
    }

    /// How telling the rarest figure is that both have.
    fn shared_figure(&self, p: &Proposition, q: &Proposition) -> f32 {
        const SMALL: i64 = 12_000;
        let telling = |n: &Number| {
            let rare = self.figures.get(&n.value).copied().unwrap_or(1.0);
            if n.value > SMALL || n.value % 1000 != 0 { rare } else { rare / 2.0 }
        };
        let both = p.numbers.iter().filter(|n| q.numbers.iter().any(|m| m.value == n.value));
        both.map(telling).fold(0.0, f32::max)
    }

    /// Whether one of the two names the other's outlet as the one it has it from.
    fn cites(&self, a: usize, b: usize) -> bool {
        self.cited[a].contains(&self.outlet[b]) || self.cited[b].contains(&self.outlet[a])
    }
}

/// For each item the logarithm of how many times more its report says than those from which the weights were learned. Two reports of n
/// propositions each share some n of n² pairs: among many, one that looks alike is less often the same. O(items).
fn room(items: &[Item]) -> Vec<f32> {
    const LEARNED_FROM: f32 = 16.0;
    let mut said: BTreeMap<ReportId, u32> = BTreeMap::new();
    for item in items {
        *said.entry(item.report()).or_default() += 1;
    }
    let times = |item: &Item| said[&item.report()] as f32 / LEARNED_FROM;
    items.iter().map(|item| (log2(times(item)) * std::f32::consts::LN_2).max(0.0)).collect()
}

/// A word that no item has.
const UNKNOWN: (f32, bool) = (1.0, false);

fn beside(items: &[Item]) -> Vec<[bool; 2]> {
    let follows: Vec<bool> = items
        .windows(2)
        .map(|two| neighbours(&two[0], &two[1]) && speaker_match(&two[0], &two[1]) == Some(true))
        .collect();
    let at = |gap: usize| follows.get(gap).copied().unwrap_or(false);
    (0..items.len()).map(|ix| [ix > 0 && at(ix - 1), at(ix)]).collect()
}

/// Numbers the outlets; gives that of each item, and those that it names as ones that it has it from.
fn cited(items: &[Item]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        let next = numbers.len();
        numbers.entry(&item.digest.outlet).or_insert(next);
    }
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut cited = Vec::with_capacity(items.len());
    for item in items {
        let mut its: Vec<usize> = Vec::new();
        if let Some(voice) = &item.what.voice {
            let own = (voice.basis == Basis::Outlet).then_some(voice.name.as_str());
            for name in voice.via.iter().map(|(_, name)| name.as_str()).chain(own) {
                let called = |&(outlet, _): &(&&str, &usize)| crate::origins::same_outlet(name, outlet);
                let of_name = || numbers.iter().filter(called).map(|(_, &number)| number).collect();
                its.extend(known.entry(name).or_insert_with(of_name).iter());
            }
        }
        cited.push(its);
    }
    (items.iter().map(|item| numbers[item.digest.outlet.as_str()]).collect(), cited)
}

/// The words that two items share, in order, as each has them.
fn shared_words<'w>(a: &'w [Word], b: &'w [Word]) -> impl Iterator<Item = (&'w Word, &'w Word)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while i < a.len() && j < b.len() {
            let order = a[i].term.cmp(&b[j].term);
            i += usize::from(order.is_le());
            j += usize::from(order.is_ge());
            if order.is_eq() {
                return Some((&a[i - 1], &b[j - 1]));
            }
        }
        None
    })
}

/// The words that two propositions share, weighed.
#[derive(Default)]
struct Shared {
    count: usize,
    all: f32,
    names: f32,
    /// What is no name, the most telling of it, and what only one of the two denies.
    content: f32,
    most: f32,
    opposite: f32,
    any_content: bool,
}

impl Shared {
    fn of(a: &[Word], b: &[Word]) -> Shared {
        let mut made = Shared::default();
        for (one, other) in shared_words(a, b) {
            made.count += 1;
            made.all += one.weight;
            if one.is_name {
                made.names += one.weight;
                continue;
            }
            made.any_content = true;
            made.content += one.weight;
            made.most = made.most.max(one.weight);
            if one.is_denied != other.is_denied {
                made.opposite += one.weight;
            }
        }
        made
    }
}

/// The logarithm to base two, straight between powers: the same on every machine.
pub(crate) fn log2(value: f32) -> f32 {
    let bits = value.max(f32::MIN_POSITIVE).to_bits();
    (bits >> 23) as f32 - 127.0 + (bits & 0x7f_ffff) as f32 / 8_388_608.0
}

/// What two propositions share and in what they differ.
pub(crate) fn features(items: &[Item], a: usize, b: usize, scale: &Scale, copied: bool) -> [f32; FEATURES] {
    let (one, two) = (&items[a], &items[b]);
    let (p, q) = (one.what, two.what);
    let shared = Shared::of(scale.words(a), scale.words(b));
    let least = scale.whole[a].max(0.01).min(scale.whole[b].max(0.01));
    let within = shared.all / least;
    let cosine = scale.cosine(shared.all, a, b);
    let meaning = meaning::cosine(items[a].point, items[b].point);
    let flag = |yes: bool| f32::from(u8::from(yes));
    let same_speaker = speaker_match(one, two);
    let quotation =
        p.quoted && q.quoted && if shared.count >= 2 { within > 0.75 } else { same_letters(&p.text, &q.text) };
    [
        1.0,
        cosine,
        within,
        shared.content / (1.0 + shared.content),
        shared.most,
        shared.names / (1.0 + shared.names),
        flag(!shared.any_content),
        scale.shared_figure(p, q),
        flag(numbers_differ(&p.numbers, &q.numbers)),
        flag(!p.days.is_empty() && p.days.iter().any(|d| q.days.contains(d))),
        flag(days_differ(&p.days, &q.days)),
        if shared.content > 0.0 { shared.opposite / shared.content } else { 0.0 },
        flag(says_no(p) && says_no(q)),
        flag(same_speaker == Some(true)),
        flag(same_speaker == Some(false)),
        flag(same_speaker == Some(true) && neighbours(one, two)),
        flag(copied),
        flag(quotation),
        flag(p.quoted && q.quoted && !quotation),
        1.0 / least.max(0.3),
        flag(one.report() == two.report()),
        flag(one.report() != two.report() && scale.cites(a, b)),
        scale.around(a, b),
        cosine * shared.all / least,
        cosine * cosine,
        meaning,
        meaning * meaning.abs(),
        meaning - (scale.crowd[a] + scale.crowd[b]) / 2.0,
        flag(scale.asks[a] != scale.asks[b]),
        flag(is_rounded(&p.numbers, &q.numbers)),
        scale.closest(a, b, meaning),
    ]
}

/// Whether an item is a question, of its own or told ("whether he knew").
fn asks(item: &Item) -> bool {
    let text = item.what.text.trim_matches(|c: char| !c.is_alphanumeric() && c != '?');
    let whether = |word: &str| word.eq_ignore_ascii_case("whether");
    // "Whether she knew", "to say whether she knew".
    text.ends_with('?') || text.split_whitespace().take(4).any(whether)
}

/// How rare each figure is: 1.0 where one item has it, towards 0.0 where all do. O(items).
fn figures(items: &[Item]) -> Hashed<i64, f32> {
    let mut count: BTreeMap<i64, f32> = BTreeMap::new();
    for item in items {
        let values: BTreeSet<i64> = item.what.numbers.iter().map(|number| number.value).collect();
        for value in values {
            *count.entry(value).or_default() += 1.0;
        }
    }
    let all = 1.0 + items.len() as f32;
    count.into_iter().map(|(value, n)| (value, log2(all / n) / log2(all))).collect()
}

/// What of one report lies nearest to an item.
#[derive(Clone, Copy, Debug)]
struct Nearest {
    /// Items of the report that were looked at.
    first: usize,
    last: usize,
    /// The nearest of them, how near it lies, and how near the next.
    item: usize,
    cosine: f32,
    second: f32,
}

/// For each item how near the nearest of other reports lie on average: what lies near to everything says little by lying near to one
/// (cross-domain similarity local scaling, Conneau and others 2018); and the nearest of each other report. Compared are those that
/// [`statements::near`] would look at. O(items · reach).
fn neighbourhood(items: &[Item]) -> (Vec<f32>, Vec<Vec<Nearest>>) {
    const LEAST: f32 = 0.4;
    let mut crowd = vec![[LEAST; NEAREST]; items.len()];
    let mut nearest: Vec<Vec<Nearest>> = vec![Vec::new(); items.len()];
    for (one, item) in items.iter().enumerate().filter(|(_, item)| !item.point.is_empty()) {
        for (other, beside) in items.iter().enumerate().skip(one + 1).take(statements::REACH) {
            if item.report() != beside.report() && !beside.point.is_empty() {
                let alike = meaning::cosine(item.point, beside.point);
                for (from, to) in [(one, other), (other, one)] {
                    keep_greatest(&mut crowd[from], alike);
                    keep_nearest(&mut nearest[from], items, to, alike);
                }
            }
        }
    }
    (crowd.iter().map(|some| some.iter().sum::<f32>() / NEAREST as f32).collect(), nearest)
}

/// Items of one report stand together and come in order, so that theirs is the last entry, or a new one.
fn keep_nearest(list: &mut Vec<Nearest>, items: &[Item], to: usize, cosine: f32) {
    match list.last_mut().filter(|nearest| items[nearest.last].report() == items[to].report()) {
        Some(nearest) => {
            nearest.last = to;
            if cosine > nearest.cosine {
                (nearest.second, nearest.item, nearest.cosine) = (nearest.cosine, to, cosine);
            } else {
                nearest.second = nearest.second.max(cosine);
            }
        }
        None => list.push(Nearest { first: to, last: to, item: to, cosine, second: f32::MIN }),
    }
}

/// How many neighbours say how crowded it is around an item.
const NEAREST: usize = 4;

/// Puts a number into a list in falling order, whose least it pushes out.
fn keep_greatest(list: &mut [f32; NEAREST], mut value: f32) {
    for kept in list {
        if value > *kept {
            std::mem::swap(kept, &mut value);
        }
    }
}

/// Whether most of what both speak of is denied by one of them alone. One word will do where they say little else ("his resignation",
/// "he would not resign").
pub(crate) fn opposed(p: &Proposition, q: &Proposition, at: (usize, usize), scale: &Scale) -> bool {
    const ONE_WORD: f32 = 0.45;
    if p.denied.is_empty() && q.denied.is_empty() {
        return false;
    }
    let mut predicate = common(&p.predicate, &q.predicate);
    if predicate.any(|term| is_denied(p, term) != is_denied(q, term)) {
        return true;
    }
    let (mut apart, mut all, mut words) = (0.0, 0.0, 0);
    for (one, other) in shared_words(scale.words(at.0), scale.words(at.1)) {
        if p.names.binary_search(&one.term).is_ok() {
            continue;
        }
        words += 1;
        all += one.weight;
        if one.is_denied != other.is_denied {
            apart += one.weight;
        }
    }
    all > 0.0 && apart > 0.6 * all && (words >= 2 || scale.likeness(at.0, at.1) >= ONE_WORD)
}

/// Whether `term` stands in the scope of a negation.
fn is_denied(p: &Proposition, term: u64) -> bool {
    p.denied.binary_search(&term).is_ok()
}

/// Whether a proposition says no: negated, or a denial.
pub(crate) fn says_no(p: &Proposition) -> bool {
    p.negated || p.voice.as_ref().is_some_and(|v| v.stance == Stance::Denies)
}

/// Whether both are said by one named speaker; none where one of them names nobody.
pub(crate) fn speaker_match(a: &Item, b: &Item) -> Option<bool> {
    let (one, two) = (a.speaker.as_ref()?, b.speaker.as_ref()?);
    let named = |basis| matches!(basis, Basis::Named | Basis::Organisation | Basis::Document);
    if one.basis == Basis::Anonymous && two.basis == Basis::Anonymous && a.report() == b.report() {
        return Some(one.entity.is_some() && one.entity == two.entity || one.words == two.words);
    }
    (named(one.basis) && named(two.basis)).then(|| one.is(two))
}

/// Whether two propositions of a report follow each other closely.
pub(crate) fn neighbours(a: &Item, b: &Item) -> bool {
    const GAP: u32 = 160;
    let ends = |item: &Item| item.what.spans.first().map(|s| s.start()).zip(item.what.spans.last().map(|s| s.end()));
    let Some(((start, end), (its_start, its_end))) = ends(a).zip(ends(b)) else { return false };
    a.report() == b.report() && start < its_end + GAP && its_start < end + GAP
}

/// Whether a figure of the one is all but a figure of the other ("46 kg", "46.2 kg").
fn is_rounded(p: &[Number], q: &[Number]) -> bool {
    const SMALL: i64 = 12_000;
    let near = |n: &Number, m: &Number| {
        let comparable = n.unit == m.unit || n.unit == 0 || m.unit == 0;
        let (less, more) = (n.value.min(m.value), n.value.max(m.value));
        comparable && less > SMALL && less != more && (more - less) <= less / 20
    };
    p.iter().any(|n| q.iter().any(|m| near(n, m)))
}

/// Whether two quotations have the same words, however they are marked: few words of content tell nothing by themselves ("it was I").
fn same_letters(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<Vec<_>>();
    letters(a) == letters(b)
}

/// Whether both count the same things and the numbers differ.
pub(crate) fn numbers_differ(p: &[Number], q: &[Number]) -> bool {
    let agree = |n: &Number, m: &Number| n.value == m.value;
    let clash = |n: &Number| n.unit != 0 && q.iter().any(|m| m.unit == n.unit) && !q.iter().any(|m| agree(n, m));
    p.iter().any(clash)
}

/// Days of equal grain of which none agrees.
pub(crate) fn days_differ(p: &[String], q: &[String]) -> bool {
    let comparable = p.iter().any(|d| q.iter().any(|e| d.len() == e.len()));
    comparable && !p.iter().any(|d| q.iter().any(|e| d.starts_with(e.as_str()) || e.starts_with(d.as_str())))
}

/// What two sorted lists share, in order.
pub(crate) fn common<'a>(a: &'a [u64], b: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while i < a.len() && j < b.len() {
            let order = a[i].cmp(&b[j]);
            i += usize::from(order.is_le());
            j += usize::from(order.is_ge());
            if order.is_eq() {
                return Some(a[i - 1]);
            }
        }
        None
    })
}

/// Pairs of propositions that stand at the same place of copied passages.
pub(crate) fn copied_pairs(
    items: &[Item],
    copies: &BTreeMap<ReportId, Vec<&onrecord_model::CopyEdge>>,
) -> Vec<(usize, usize)> {
    let mut of_report: BTreeMap<ReportId, Vec<usize>> = BTreeMap::new();
    for (ix, item) in items.iter().enumerate() {
        of_report.entry(item.report()).or_default().push(ix);
    }
    let inside = |report: ReportId, passage: Span| -> Vec<usize> {
        let all = of_report.get(&report).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(|&ix| covers(passage, items[ix].what)).collect()
    };
    let mut made = Vec::new();
    for report in of_report.keys() {
        let edges = copies.get(report).into_iter().flatten();
        for edge in edges.filter(|edge| edge.to == *report && !edge.rival) {
            for &(from, to) in &edge.passages {
                let theirs = inside(edge.from, from);
                for ours in inside(edge.to, to) {
                    let twin = theirs.iter().copied().find(|&other| same_words(items[ours].what, items[other].what));
                    made.extend(twin.map(|twin| (ours.min(twin), ours.max(twin))));
                }
            }
        }
    }
    made.sort_unstable();
    made.dedup();
    made
}

fn same_words(p: &Proposition, q: &Proposition) -> bool {
    let shared = common(&p.terms, &q.terms).count();
    shared * 10 >= p.terms.len().max(q.terms.len()) * 7
}

/// Whether most of a proposition stands in a passage.
pub(crate) fn covers(passage: Span, what: &Proposition) -> bool {
    let (mut inside, mut all) = (0, 0);
    for span in &what.spans {
        all += span.len();
        let (start, end) = (span.start().max(passage.start()), span.end().min(passage.end()));
        inside += end.saturating_sub(start);
    }
    inside * 10 >= all * 7
}
