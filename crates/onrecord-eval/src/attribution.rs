//! Attribution against PolNeAR (brat files): a whole attribution is right when content and source share at least half of the
//! words of each side; exact spans are compared character by character, distinct spans counted once.
//!
//! A text with several annotators counts once: each annotator's file is a gold standard of weight one over their number.
//! Parts of the text that annotators marked as discarded are not judged.

use crate::{Data, Table, text};
use anyhow::Context;
use onrecord::rows::{UtteranceRow, Words as Passage};
use onrecord::{Engine, Flow, Progress, ReadOptions};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Half-open code points.
type Part = (usize, usize);
/// Indexes of words.
type WordSet = BTreeSet<usize>;

/// Source, cue and content of one attribution.
#[derive(Clone, Default)]
struct Attribution {
    roles: [Vec<Part>; 3],
}

const ROLES: [&str; 3] = ["source", "cue", "content"];

/// What one annotator says of one text.
struct Gold {
    attributions: Vec<Attribution>,
    ignored: Vec<Part>,
}

/// Weighted counts: right, predicted, gold.
type Counts = BTreeMap<String, [f64; 3]>;

/// Scores outermost utterances of all texts of `data`/`split`.
pub fn score(data: &Data, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Table> {
    let folder = data.data.join(&data.split);
    let texts = text::files(&folder.join("text"), "txt")?;
    anyhow::ensure!(!texts.is_empty(), "{}: there are no texts here", folder.display());
    let mut annotations: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for path in text::files(&folder.join("attributions"), "ann")? {
        let name = text::stem(&path);
        let stem = name.rsplit_once('_').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        annotations.entry(stem).or_default().push(path);
    }
    let mut predictions = match &data.predictions {
        Some(path) => Some(std::fs::File::create(path).with_context(|| path.display().to_string())?),
        None => None,
    };
    let options = ReadOptions { as_is: true, ..ReadOptions::default() };
    let (mut counts, mut failed) = (Counts::new(), None);
    engine.read(&texts, &options, progress, &mut |item| {
        let done = item.map_err(anyhow::Error::from).and_then(|reading| {
            let row = onrecord::reading_row(&reading, false);
            let predicted = outermost(&row.utterances);
            if let Some(file) = &mut predictions {
                writeln!(file, "{}", line(&row.report.name, &predicted))?;
            }
            let letters: Vec<char> = row.report.text.chars().collect();
            let files = annotations.get(&row.report.name).map_or(&[][..], Vec::as_slice);
            for path in files {
                let gold = annotated(&text::read(path)?, &letters)?;
                compare(&predicted, &gold, &letters, 1.0 / files.len() as f64, &mut counts);
            }
            Ok(())
        });
        match done {
            Ok(()) => Flow::Go,
            Err(error) => {
                failed = Some(error);
                Flow::Stop
            }
        }
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(table(&counts)),
    }
}

fn table(counts: &Counts) -> Table {
    let mut table = Table::prf();
    let mut add = |name: &str| {
        let [right, predicted, gold] = counts.get(name).copied().unwrap_or_default();
        table.add_prf(name, right, predicted, gold);
    };
    add("attribution");
    add("attribution, content alone");
    for role in ROLES {
        for kind in ["exact", "words"] {
            add(&format!("{role} {kind}"));
        }
    }
    for class in ["direct", "mixed", "indirect"] {
        add(&format!("attribution, {class}"));
    }
    table
}

fn outermost(utterances: &[UtteranceRow]) -> Vec<Attribution> {
    let parts = |words: &[&Passage]| words.iter().map(|words| (words.start as usize, words.end as usize)).collect();
    let one = |utterance: &UtteranceRow| Attribution {
        roles: [
            parts(&utterance.source.iter().collect::<Vec<_>>()),
            parts(&utterance.cue.iter().collect::<Vec<_>>()),
            parts(&utterance.content.iter().collect::<Vec<_>>()),
        ],
    };
    utterances.iter().filter(|utterance| utterance.within.is_none()).map(one).collect()
}

/// A line of predictions in the form that the published scorers of this data read.
fn line(name: &str, predicted: &[Attribution]) -> serde_json::Value {
    let one = |attribution: &Attribution| {
        let [source, cue, content] = &attribution.roles;
        let some = |parts: &Vec<Part>| if parts.is_empty() { json!(null) } else { json!(parts) };
        json!({"source": some(source), "cue": some(cue), "content": content})
    };
    json!({"doc": name, "attributions": predicted.iter().map(one).collect::<Vec<_>>()})
}

/// Reads a brat file.
fn annotated(file: &str, letters: &[char]) -> anyhow::Result<Gold> {
    let mut spans: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
    let (mut events, mut ignored) = (Vec::new(), Vec::new());
    for line in file.split('\n') {
        let mut fields = line.trim_end_matches('\r').split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else { continue };
        if id.starts_with('E') {
            events.push(what);
        } else if id.starts_with('T')
            && let Some((kind, offsets)) = what.split_once(' ')
        {
            let mut parts = Vec::new();
            for part in offsets.split(';') {
                let ends: Vec<usize> = part.split(' ').filter_map(|end| end.parse().ok()).collect();
                let [start, end] = ends[..] else { anyhow::bail!("{line:?} is no span of a brat file") };
                parts.push((start, end));
            }
            if matches!(kind, "Discard" | "Discuss") {
                ignored.extend_from_slice(&parts);
            }
            spans.insert(id, parts);
        }
    }
    let mut attributions = Vec::new();
    for event in events.iter().filter(|event| event.starts_with("Attribution")) {
        let mut attribution = Attribution::default();
        for argument in event.split(' ').skip(1) {
            let Some((role, id)) = argument.split_once(':') else { continue };
            let role = role.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_lowercase();
            let known = ROLES.iter().position(|known| *known == role);
            if let (Some(role), Some(parts)) = (known, spans.get(id)) {
                attribution.roles[role].extend_from_slice(parts);
            }
        }
        let roles = attribution.roles.map(|parts| tidy(parts, letters));
        if !roles[2].is_empty() {
            attributions.push(Attribution { roles });
        }
    }
    Ok(Gold { attributions, ignored })
}

/// Trims white space, sorts, and joins parts that only white space separates.
fn tidy(mut parts: Vec<Part>, letters: &[char]) -> Vec<Part> {
    let space = |at: usize| letters[at].is_whitespace();
    let mut tidy: Vec<Part> = Vec::new();
    parts.sort_unstable();
    for (start, end) in parts {
        let (mut start, mut end) = (start, end.min(letters.len()));
        while start < end && space(start) {
            start += 1;
        }
        while end > start && space(end - 1) {
            end -= 1;
        }
        match tidy.last_mut() {
            _ if start >= end => {}
            Some(last) if start <= last.1 || (last.1..start).all(space) => last.1 = last.1.max(end),
            _ => tidy.push((start, end)),
        }
    }
    tidy
}

/// Everything about one text that comparing needs.
struct Page {
    word_at: Vec<Option<usize>>,
    quoted: Vec<bool>,
    starts: Vec<usize>,
}

impl Page {
    fn new(letters: &[char]) -> Page {
        let words = text::words(letters);
        let mut word_at = vec![None; letters.len()];
        for (ix, (start, end)) in words.iter().enumerate() {
            word_at[*start..*end].fill(Some(ix));
        }
        Page { word_at, quoted: quoted(letters), starts: words.iter().map(|(start, _)| *start).collect() }
    }

    fn words(&self, parts: &[Part]) -> WordSet {
        parts
            .iter()
            .flat_map(|(start, end)| &self.word_at[*start..(*end).min(self.word_at.len())])
            .flatten()
            .copied()
            .collect()
    }

    /// `direct`, `mixed` or `indirect`, by the words between quotation marks.
    fn class(&self, content: &WordSet) -> &'static str {
        let inside = content.iter().filter(|word| self.quoted[self.starts[**word]]).count();
        match inside {
            0 => "indirect",
            _ if inside as f64 >= 0.9 * content.len() as f64 => "direct",
            _ => "mixed",
        }
    }
}

/// Which characters stand inside double quotation marks: straight ones toggle, an empty line closes.
fn quoted(letters: &[char]) -> Vec<bool> {
    let mut inside = false;
    let at = |ix: usize| letters.get(ix).copied();
    let mut state = |ix: usize| {
        match letters[ix] {
            '\n' if at(ix + 1) == Some('\n') => inside = false,
            '“' => inside = true,
            '”' => inside = false,
            '"' => inside = !inside,
            '\'' if at(ix + 1) == Some('\'') && (ix == 0 || letters[ix - 1] != '\'') => inside = !inside,
            _ => {}
        }
        inside
    };
    (0..letters.len()).map(&mut state).collect()
}

/// Whether each shares at least half of its words with the other; two empty sets do.
fn close(a: &WordSet, b: &WordSet) -> bool {
    if a.is_empty() || b.is_empty() {
        return a.is_empty() && b.is_empty();
    }
    let shared = 2 * a.intersection(b).count();
    shared >= a.len() && shared >= b.len()
}

fn compare(predicted: &[Attribution], gold: &Gold, letters: &[char], weight: f64, counts: &mut Counts) {
    let page = Page::new(letters);
    let predicted: Vec<[Vec<Part>; 3]> =
        predicted.iter().map(|one| one.roles.clone().map(|parts| tidy(parts, letters))).collect();
    let words = |roles: &[Vec<Part>; 3]| [page.words(&roles[0]), page.words(&roles[1]), page.words(&roles[2])];
    let said: Vec<[WordSet; 3]> = predicted.iter().map(words).collect();
    let truth: Vec<[WordSet; 3]> = gold.attributions.iter().map(|one| words(&one.roles)).collect();
    let whole = matching(&said, &truth, |a, b| close(&a[0], &b[0]));
    let content = matching(&said, &truth, |_, _| true);
    let ignored = page.words(&gold.ignored);
    let judged: Vec<usize> = (0..said.len())
        .filter(|ix| {
            let inside = said[*ix][2].intersection(&ignored).count();
            content.contains_key(ix) || said[*ix][2].is_empty() || 2 * inside < said[*ix][2].len()
        })
        .collect();
    let mut add = |name: &str, right: usize, predicted: usize, gold: usize| {
        let sum = counts.entry(name.to_owned()).or_default();
        for (sum, more) in sum.iter_mut().zip([right, predicted, gold]) {
            *sum += weight * more as f64;
        }
    };
    add("attribution", whole.len(), judged.len(), truth.len());
    add("attribution, content alone", content.len(), judged.len(), truth.len());
    let found: BTreeSet<usize> = whole.values().copied().collect();
    for (ix, one) in truth.iter().enumerate() {
        add(&format!("attribution, {}", page.class(&one[2])), usize::from(found.contains(&ix)), 0, 1);
    }
    for ix in &judged {
        let name = format!("attribution, {}", page.class(&said[*ix][2]));
        // Precision by the class of what was predicted, recall by the class of gold: hits are counted with the gold.
        add(&name, 0, 1, 0);
    }
    for (role, name) in ROLES.iter().enumerate() {
        let a: BTreeSet<&Vec<Part>> =
            judged.iter().map(|ix| &predicted[*ix][role]).filter(|parts| !parts.is_empty()).collect();
        let b: BTreeSet<&Vec<Part>> =
            gold.attributions.iter().map(|one| &one.roles[role]).filter(|parts| !parts.is_empty()).collect();
        add(&format!("{name} exact"), a.intersection(&b).count(), a.len(), b.len());
        let a: WordSet = judged.iter().flat_map(|ix| said[*ix][role].iter().copied()).collect();
        let b: WordSet = truth.iter().flat_map(|one| one[role].iter().copied()).collect();
        add(&format!("{name} words"), a.intersection(&b).count(), a.len(), b.len());
    }
}

/// The largest one-to-one matching of attributions whose contents are close and that pass a test; by predicted index.
fn matching(
    said: &[[WordSet; 3]],
    truth: &[[WordSet; 3]],
    test: impl Fn(&[WordSet; 3], &[WordSet; 3]) -> bool,
) -> BTreeMap<usize, usize> {
    let candidates = |one: &[WordSet; 3]| {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (ix, gold) in truth.iter().enumerate() {
            if close(&one[2], &gold[2]) && test(one, gold) {
                let shared = one[2].intersection(&gold[2]).count();
                found.push((shared, one[2].union(&gold[2]).count().max(1), ix));
            }
        }
        // The best overlap first: shared over union, compared without division.
        found.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)).then(a.2.cmp(&b.2)));
        found.into_iter().map(|(_, _, ix)| ix).collect::<Vec<_>>()
    };
    let edges: Vec<Vec<usize>> = said.iter().map(candidates).collect();
    let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
    for ix in 0..said.len() {
        augment(ix, &edges, &mut owner, &mut BTreeSet::new());
    }
    owner.into_iter().map(|(gold, said)| (said, gold)).collect()
}

/// One step of Kuhn's algorithm.
fn augment(ix: usize, edges: &[Vec<usize>], owner: &mut BTreeMap<usize, usize>, seen: &mut BTreeSet<usize>) -> bool {
    for gold in &edges[ix] {
        if !seen.insert(*gold) {
            continue;
        }
        let free = match owner.get(gold).copied() {
            None => true,
            Some(other) => augment(other, edges, owner, seen),
        };
        if free {
            owner.insert(*gold, ix);
            return true;
        }
    }
    false
}
