//! Coreference scores: MUC (Vilain et al., 1995), B³ (Bagga and Baldwin, 1998), entity CEAF (Luo, 2005), and their mean F1, the
//! CoNLL score (Pradhan et al., 2012).
//!
//! Mentions are half-open spans and match when equal; chains of one mention do not count, as in OntoNotes.

use std::collections::BTreeMap;

/// A mention: where it starts and ends.
pub type Mention = (u32, u32);

/// Sums for a ratio of precision and one of recall, added up over documents.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Ratio {
    /// Numerator and denominator of recall.
    pub recall: (f64, f64),
    /// Numerator and denominator of precision.
    pub precision: (f64, f64),
}

impl Ratio {
    fn add(&mut self, recall: (f64, f64), precision: (f64, f64)) {
        self.recall = (self.recall.0 + recall.0, self.recall.1 + recall.1);
        self.precision = (self.precision.0 + precision.0, self.precision.1 + precision.1);
    }

    /// Harmonic mean of precision and recall, 0.0..=1.0.
    pub fn f1(&self) -> f64 {
        let part = |(n, d): (f64, f64)| if d > 0.0 { n / d } else { 0.0 };
        let (p, r) = (part(self.precision), part(self.recall));
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// Scores of one or more documents.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Conll {
    /// Links.
    pub muc: Ratio,
    /// Mentions, each by the share of its chain.
    pub b_cubed: Ratio,
    /// Chains, paired one to one.
    pub ceaf: Ratio,
    /// Mentions found, whatever their chain.
    pub mentions: Ratio,
}

impl Conll {
    /// Adds a document: chains of the gold and of the system.
    pub fn add(&mut self, gold: &[Vec<Mention>], system: &[Vec<Mention>]) {
        let (gold, system) = (proper(gold), proper(system));
        let (of_gold, of_system) = (chain_of(&gold), chain_of(&system));
        self.muc.add(links(&gold, &of_system), links(&system, &of_gold));
        self.b_cubed.add(shares(&gold, &system, &of_system), shares(&system, &gold, &of_gold));
        let paired = pairing(&gold, &system);
        self.ceaf.add((paired, gold.len() as f64), (paired, system.len() as f64));
        let found = of_gold.keys().filter(|mention| of_system.contains_key(mention)).count() as f64;
        self.mentions.add((found, of_gold.len() as f64), (found, of_system.len() as f64));
    }

    /// The mean F1 of MUC, B³ and CEAF, in percent.
    pub fn score(&self) -> f64 {
        100.0 * (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }
}

/// Chains of two mentions and more; a mention that stands in several counts in the first.
fn proper(chains: &[Vec<Mention>]) -> Vec<Vec<Mention>> {
    let mut seen = std::collections::BTreeSet::new();
    let own = |chain: &Vec<Mention>| chain.iter().copied().filter(|mention| seen.insert(*mention)).collect::<Vec<_>>();
    chains.iter().map(own).filter(|chain| chain.len() > 1).collect()
}

fn chain_of(chains: &[Vec<Mention>]) -> BTreeMap<Mention, usize> {
    chains.iter().enumerate().flat_map(|(ix, chain)| chain.iter().map(move |&mention| (mention, ix))).collect()
}

/// MUC: links of the chains that the other side keeps.
fn links(chains: &[Vec<Mention>], other: &BTreeMap<Mention, usize>) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for chain in chains {
        let mut parts: Vec<usize> = chain.iter().filter_map(|mention| other.get(mention).copied()).collect();
        let alone = chain.len() - parts.len();
        parts.sort_unstable();
        parts.dedup();
        sums.0 += (chain.len() - parts.len() - alone) as f64;
        sums.1 += (chain.len() - 1) as f64;
    }
    sums
}

/// B³: for each mention, the share of its chain that the other side has with it.
fn shares(chains: &[Vec<Mention>], others: &[Vec<Mention>], other: &BTreeMap<Mention, usize>) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for chain in chains {
        for mention in chain {
            sums.1 += 1.0;
            if let Some(&ix) = other.get(mention) {
                sums.0 += common(chain, &others[ix]) as f64 / chain.len() as f64;
            }
        }
    }
    sums
}

fn common(a: &[Mention], b: &[Mention]) -> usize {
    a.iter().filter(|mention| b.contains(mention)).count()
}

/// CEAF with φ₄: the greatest sum of 2·|a∩b| / (|a|+|b|) over one-to-one pairs of chains.
fn pairing(gold: &[Vec<Mention>], system: &[Vec<Mention>]) -> f64 {
    let (few, many) = if gold.len() <= system.len() { (gold, system) } else { (system, gold) };
    let value = |a: &[Mention], b: &[Mention]| 2.0 * common(a, b) as f64 / (a.len() + b.len()) as f64;
    let values: Vec<Vec<f64>> = few.iter().map(|a| many.iter().map(|b| value(a, b)).collect()).collect();
    assignment(&values)
}

/// Greatest sum of one value a row, no two in a column (Hungarian method, O(rows² × columns); rows ≤ columns).
fn assignment(values: &[Vec<f64>]) -> f64 {
    let (rows, columns) = (values.len(), values.first().map_or(0, Vec::len));
    let (mut row_price, mut column_price) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut taken_by = vec![0; columns + 1];
    for row in 1..=rows {
        taken_by[0] = row;
        let mut at = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut used = vec![false; columns + 1];
        let mut way = vec![0; columns + 1];
        while taken_by[at] != 0 {
            used[at] = true;
            let (from, mut delta, mut next) = (taken_by[at], f64::INFINITY, 0);
            for column in 1..=columns {
                if used[column] {
                    continue;
                }
                let cost = -values[from - 1][column - 1] - row_price[from] - column_price[column];
                if cost < least[column] {
                    (least[column], way[column]) = (cost, at);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], column);
                }
            }
            for column in 0..=columns {
                if used[column] {
                    row_price[taken_by[column]] += delta;
                    column_price[column] -= delta;
                } else {
                    least[column] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            taken_by[at] = taken_by[way[at]];
            at = way[at];
        }
    }
    (1..=columns).filter(|&column| taken_by[column] != 0).map(|column| values[taken_by[column] - 1][column - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(of: &[&[u32]]) -> Vec<Vec<Mention>> {
        of.iter().map(|chain| chain.iter().map(|&at| (at, at + 1)).collect()).collect()
    }

    #[test]
    fn equal_chains_score_all() {
        let gold = chains(&[&[1, 2, 3], &[4, 5]]);
        let mut conll = Conll::default();
        conll.add(&gold, &gold);
        assert_eq!(conll.score(), 100.0);
    }

    /// The worked example of Pradhan et al. (2014): key {a b c} {d e f g}, response {a b} {c d} {f g h i}.
    #[test]
    fn the_worked_example_of_the_reference_scorer() {
        let mut conll = Conll::default();
        conll.add(&chains(&[&[1, 2, 3], &[4, 5, 6, 7]]), &chains(&[&[1, 2], &[3, 4], &[6, 7, 8, 9]]));
        let rounded = |ratio: &Ratio| (ratio.recall.0 / ratio.recall.1, ratio.precision.0 / ratio.precision.1);
        let near = |(a, b): (f64, f64), (c, d): (f64, f64)| (a - c).abs() < 0.005 && (b - d).abs() < 0.005;
        assert!(near(rounded(&conll.muc), (0.40, 0.40)), "{:?}", conll.muc);
        assert!(near(rounded(&conll.b_cubed), (0.42, 0.50)), "{:?}", conll.b_cubed);
        assert!(near(rounded(&conll.ceaf), (0.65, 0.43)), "{:?}", conll.ceaf);
    }

    #[test]
    fn single_mentions_do_not_count() {
        let mut conll = Conll::default();
        conll.add(&chains(&[&[1, 2]]), &chains(&[&[1, 2], &[3]]));
        assert_eq!(conll.score(), 100.0);
    }

    #[test]
    fn nothing_scores_nothing() {
        let mut conll = Conll::default();
        conll.add(&[], &[]);
        conll.add(&chains(&[&[1, 2]]), &[]);
        assert_eq!(conll.score(), 0.0);
    }
}
