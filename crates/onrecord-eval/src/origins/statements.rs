//! Utterances that stand in one statement, the range of its origins, its conflicts.

use super::Score;
use super::found::{Found, Utterance};
use super::gold::{self, Pile, file};
use super::words::Bag;
use std::collections::{BTreeMap, BTreeSet};

/// Utterances of the record by the file of their report, with the words of content and cue.
type Utterances<'a> = BTreeMap<&'a str, Vec<(&'a Utterance, Bag)>>;

/// A gold utterance: its statement, its file, and the statement where it was found.
struct Placed<'a> {
    gold: &'a str,
    file: &'a str,
    found: Option<&'a str>,
}

#[derive(Default)]
struct Counts {
    utterances: [usize; 2],
    pairs_right: usize,
    pairs_found: usize,
    pairs_gold: usize,
    statements: usize,
    statements_found: usize,
    contains: usize,
    minimum: usize,
    maximum: usize,
    width: u32,
}

/// Utterances found, pairs of utterances in one statement, ranges of origins.
pub fn score(pile: &Pile, found: &Found) -> Vec<Score> {
    let utterances = utterances(found);
    let ranges: BTreeMap<&str, gold::Range> = found.statements.iter().map(|s| (s.id.as_str(), s.origins)).collect();
    let mut counts = Counts::default();
    for (story, of) in &pile.gold {
        let mut placed = Vec::new();
        for statement in &of.statements {
            let start = placed.len();
            for utterance in &statement.utterances {
                let hit = lookup(&utterances, &file(story, &utterance.file), &utterance.exact);
                counts.utterances[0] += usize::from(hit.is_some());
                counts.utterances[1] += 1;
                let found = hit.and_then(|hit| hit.statement.as_deref());
                placed.push(Placed { gold: &statement.id, file: &utterance.file, found });
            }
            count_range(statement.origins, &placed[start..], &ranges, &mut counts);
        }
        count_pairs(&placed, &mut counts);
    }
    let of = counts.statements;
    let width = f64::from(counts.width) / counts.statements_found.max(1) as f64;
    vec![
        Score::share("utterances found", counts.utterances[0], counts.utterances[1]),
        Score::prf("statement pairs", counts.pairs_right, counts.pairs_found, counts.pairs_gold),
        Score::share("origins: statement found", counts.statements_found, of),
        Score::share("origins: range contains gold", counts.contains, of),
        Score::share("origins: minimum exact", counts.minimum, of),
        Score::share("origins: maximum exact", counts.maximum, of),
        Score { name: "origins: mean width, in hundredths", values: vec![width], counts: Vec::new() },
    ]
}

fn utterances(found: &Found) -> Utterances<'_> {
    let files = found.files();
    let mut by_file: Utterances = BTreeMap::new();
    for utterance in &found.utterances {
        let exact = utterance.content.iter().chain(&utterance.cue).map(|part| part.exact.as_str());
        let file = files.get(utterance.report.as_str()).copied().unwrap_or(&utterance.report);
        by_file.entry(file).or_default().push((utterance, Bag::of(exact)));
    }
    by_file
}

/// The utterance of the file that shares most words with the passage: at least half of the shorter. One that is much shorter
/// than the passage counts for less; of equals the last.
fn lookup<'a>(utterances: &Utterances<'a>, file: &str, exact: &str) -> Option<&'a Utterance> {
    let passage = Bag::of([exact]);
    let mut best: (f64, Option<&Utterance>) = (0.0, None);
    for (utterance, words) in utterances.get(file)? {
        let size = words.len() as f64 / passage.len().max(1) as f64;
        let close = passage.overlap(words) * (size * 2.0).min(1.0);
        if close >= best.0 {
            best = (close, Some(utterance));
        }
    }
    best.1.filter(|_| best.0 >= 0.5)
}

fn count_pairs(placed: &[Placed], counts: &mut Counts) {
    for (at, one) in placed.iter().enumerate() {
        for other in placed[at + 1..].iter().filter(|other| other.file != one.file) {
            let gold = one.gold == other.gold;
            let found = one.found.is_some() && one.found == other.found;
            counts.pairs_gold += usize::from(gold);
            counts.pairs_found += usize::from(found);
            counts.pairs_right += usize::from(gold && found);
        }
    }
}

/// Over a gold statement in two or more reports: the statement that holds most of its utterances, at least two.
fn count_range(gold: gold::Range, placed: &[Placed], ranges: &BTreeMap<&str, gold::Range>, counts: &mut Counts) {
    if placed.iter().map(|placed| placed.file).collect::<BTreeSet<_>>().len() < 2 {
        return;
    }
    counts.statements += 1;
    // The first of those with most.
    let mut held: Vec<(&str, usize)> = Vec::new();
    for found in placed.iter().filter_map(|placed| placed.found) {
        match held.iter_mut().find(|(id, _)| *id == found) {
            Some((_, count)) => *count += 1,
            None => held.push((found, 1)),
        }
    }
    let most = held.iter().rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count >= 2);
    let Some(range) = most.and_then(|(id, _)| ranges.get(id)) else { return };
    counts.statements_found += 1;
    counts.width += range.max.saturating_sub(range.min);
    counts.contains += usize::from(range.min <= gold.min && range.max >= gold.max);
    counts.minimum += usize::from(range.min == gold.min);
    counts.maximum += usize::from(range.max == gold.max);
}

/// A conflict that is shown: its two files, its words, its kind.
struct Shown {
    files: BTreeSet<String>,
    words: Bag,
    kind: Option<String>,
}

/// How many conflicts of the gold are shown, and how many are shown in all. Each that is shown answers one of the gold.
pub fn conflicts(pile: &Pile, found: &Found) -> Vec<Score> {
    let shown = shown(found);
    let (mut used, mut hits, mut kinds, mut of) = (vec![false; shown.len()], 0, 0, 0);
    for (story, gold) in &pile.gold {
        for conflict in &gold.conflicts {
            of += 1;
            let files = BTreeSet::from([file(story, &conflict.a.file), file(story, &conflict.b.file)]);
            let words = Bag::of([conflict.a.exact.as_str(), &conflict.b.exact]);
            let hit = shown
                .iter()
                .zip(&used)
                .position(|(shown, used)| !used && shown.files == files && shown.words.overlap(&words) >= 0.4);
            if let Some(at) = hit {
                used[at] = true;
                hits += 1;
                kinds += usize::from(shown[at].kind.as_deref() == Some(&conflict.kind));
            }
        }
    }
    let share = hits as f64 / of.max(1) as f64;
    vec![
        Score { name: "conflicts", values: vec![share], counts: vec![shown.len() as u64, of as u64] },
        Score::share("conflicts: kind right", kinds, hits),
    ]
}

/// Each pair of passages once, in the order of the record; the last kind that was given to it.
fn shown(found: &Found) -> Vec<Shown> {
    let files = found.files();
    let mut shown: Vec<Shown> = Vec::new();
    let mut at: BTreeMap<(BTreeSet<String>, String), usize> = BTreeMap::new();
    for conflict in found.statements.iter().flat_map(|statement| &statement.conflicts) {
        let of = |report: &str| files.get(report).map_or(report, |file| *file).to_owned();
        let between: BTreeSet<String> = conflict.passages.iter().map(|passage| of(&passage.report)).collect();
        let mut exact: Vec<&str> = conflict.passages.iter().map(|passage| passage.exact.as_str()).collect();
        exact.sort_unstable();
        let text = exact.join(" ");
        let words = Bag::of([text.as_str()]);
        let ix = *at.entry((between.clone(), text)).or_insert(shown.len());
        if ix == shown.len() {
            shown.push(Shown { files: between, words, kind: None });
        }
        shown[ix].kind.clone_from(&conflict.kind);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{found, pile};
    use super::*;

    const GOLD: &str = r#"{"statements": [{"id": "s1", "origins": {"min": 1, "max": 2}, "utterances": [
        {"file": "a", "exact": "the dam broke at noon"}, {"file": "b", "exact": "the dam gave way at noon"},
        {"file": "c", "exact": "nothing of the kind"}]}],
        "conflicts": [{"a": {"file": "a", "exact": "the dam broke at noon"}, "b": {"file": "c", "exact": "nothing of the kind"},
        "kind": "polarity"}]}"#;

    #[test]
    fn pairs_ranges_and_conflicts_are_counted() {
        let utterance = |report: &str, exact: &str, statement: &str| {
            format!(
                r#"{{"report": "{report}", "cue": null, "content": [{{"exact": "{exact}"}}], "statement": "{statement}"}}"#
            )
        };
        let rows = format!(
            r#"{{"utterances": [{}, {}, {}], "statements": [{{"id": "x", "origins": {{"min": 1, "max": 1}}, "conflicts": [
            {{"kind": "number", "passages": [{{"report": "c", "exact": "nothing of the kind happened"}},
            {{"report": "a", "exact": "the dam broke"}}]}}]}}]}}"#,
            utterance("a", "the dam broke at noon", "x"),
            utterance("b", "the dam gave way at noon on Friday", "x"),
            utterance("c", "nothing of the kind", "y"),
        );
        let (pile, found) = (pile(GOLD), found(&["a", "b", "c"], &rows));
        let scores = score(&pile, &found);
        let shown: Vec<String> = scores.iter().map(|s| format!("{} {:.2?} {:?}", s.name, s.values, s.counts)).collect();
        insta::assert_debug_snapshot!(shown, @r#"
        [
            "utterances found [1.00] [3, 3]",
            "statement pairs [0.50, 1.00, 0.33] [1, 3]",
            "origins: statement found [1.00] [1, 1]",
            "origins: range contains gold [0.00] [0, 1]",
            "origins: minimum exact [1.00] [1, 1]",
            "origins: maximum exact [0.00] [0, 1]",
            "origins: mean width, in hundredths [0.00] []",
        ]
        "#);
        let conflicts = conflicts(&pile, &found);
        assert_eq!(conflicts[0].counts, [1, 1]);
        assert_eq!((conflicts[0].values[0], conflicts[1].values[0]), (1.0, 0.0));
    }
}
