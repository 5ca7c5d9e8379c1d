//! Chains against OntoGUM (Zhu, Pradhan, Zeldes 2021; CC BY): the folder `coref/ontogum` of the GUM repository, with `conll/` and
//! `conllu/`. Mentions and everything below them are predicted from the bare text. `--split` is the text type, `news` unless told.
//!
//! Spans are compared in code points, without white space and the stops and commas at their ends, which the two tokenizers cut
//! differently.

use crate::conll::{Conll, Mention, Ratio};
use crate::staged::{self, Text};
use crate::{Data, Table, text};
use onrecord::{Engine, Progress};
use std::collections::BTreeMap;

/// Scores all documents of one type.
pub fn score(data: &Data, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Table> {
    let kind = if data.split == "dev" { "news" } else { &data.split };
    let (mut texts, mut gold) = (Vec::new(), BTreeMap::new());
    for path in text::files(&data.data.join("conllu"), "conllu")? {
        let name = text::stem(&path);
        if !name.contains(&format!("_{kind}_")) {
            continue;
        }
        let (characters, tokens) = words(&text::read(&path)?);
        let chains = chains(&text::read(&data.data.join("conll").join(format!("{name}.conll")))?, &tokens);
        gold.insert(name.clone(), chains);
        texts.push(Text { name, text: characters, outlet: String::new(), published: String::new() });
    }
    anyhow::ensure!(!texts.is_empty(), "{}: there are no texts of type {kind} here", data.data.display());
    let mut conll = Conll::default();
    staged::read(&texts, engine, progress, &mut |text, row| {
        let letters: Vec<char> = text.text.chars().collect();
        let chain = |mentions: &mut dyn Iterator<Item = Mention>| mentions.map(|m| trimmed(m, &letters)).collect();
        let system: Vec<Vec<Mention>> =
            row.entities.iter().map(|entity| chain(&mut entity.mentions.iter().map(|m| (m.start, m.end)))).collect();
        let gold: Vec<Vec<Mention>> = gold[&text.name].iter().map(|own| chain(&mut own.iter().copied())).collect();
        conll.add(&gold, &system);
        Ok(())
    })?;
    Ok(table(&conll, texts.len()))
}

/// The text of a CoNLL-U file, with the code points of each token.
fn words(conllu: &str) -> (String, Vec<Mention>) {
    let (mut text, mut tokens, mut length) = (String::new(), Vec::new(), 0u32);
    let mut space = "";
    // A word cut in two ("don't") ends its space where the whole does.
    let (mut whole_ends, mut whole_space) = (0, "");
    for line in conllu.lines() {
        if line.starts_with("# newpar") && !text.is_empty() {
            space = "\n\n";
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || fields.len() < 10 || fields[0].contains('.') {
            whole_ends = if line.is_empty() { 0 } else { whole_ends };
            continue;
        }
        let after = if fields[9].contains("SpaceAfter=No") { "" } else { " " };
        if let Some((_, last)) = fields[0].split_once('-') {
            (whole_ends, whole_space) = (last.parse().unwrap_or(0), after);
            continue;
        }
        let at: u32 = fields[0].parse().unwrap_or(0);
        text.push_str(space);
        let start = length + space.len() as u32;
        length = start + fields[1].chars().count() as u32;
        text.push_str(fields[1]);
        tokens.push((start, length));
        space = if at < whole_ends {
            ""
        } else if at == whole_ends {
            whole_space
        } else {
            after
        };
    }
    (text, tokens)
}

/// Chains of a CoNLL file with one column of brackets, as code points of the tokens.
fn chains(conll: &str, tokens: &[Mention]) -> Vec<Vec<Mention>> {
    let mut open: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut chains: BTreeMap<&str, Vec<Mention>> = BTreeMap::new();
    let lines = conll.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for (line, &(start, end)) in lines.zip(tokens) {
        let mut rest = line.rsplit('\t').next().unwrap_or_default();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let digits = rest[at..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |length| at + length);
            let chain = &rest[at..digits];
            if rest[..at].ends_with('(') {
                open.entry(chain).or_default().push(start);
            }
            if rest[digits..].starts_with(')')
                && let Some(first) = open.get_mut(chain).and_then(Vec::pop)
            {
                chains.entry(chain).or_default().push((first, end));
            }
            rest = &rest[digits..];
        }
    }
    chains.into_values().collect()
}

fn trimmed((mut start, mut end): Mention, letters: &[char]) -> Mention {
    let edge = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':');
    while end > start && letters.get(end as usize - 1).is_some_and(|&c| edge(c)) {
        end -= 1;
    }
    while start < end && letters.get(start as usize).is_some_and(|c| c.is_whitespace()) {
        start += 1;
    }
    (start, end)
}

fn table(conll: &Conll, documents: usize) -> Table {
    let mut table = Table { columns: vec!["P", "R", "F1"], counted: vec!["documents"], measures: Vec::new() };
    let share = |(n, d): (f64, f64)| if d > 0.0 { 100.0 * n / d } else { 0.0 };
    let mut add = |name: &str, values| {
        table.measures.push(crate::Measure { name: name.to_owned(), values, counts: vec![documents as u64] });
    };
    let row = |ratio: &Ratio| vec![share(ratio.precision), share(ratio.recall), 100.0 * ratio.f1()];
    add("mentions", row(&conll.mentions));
    add("MUC", row(&conll.muc));
    add("B cubed", row(&conll.b_cubed));
    add("CEAF (entities)", row(&conll.ceaf));
    add("CoNLL", vec![0.0, 0.0, conll.score()]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_spaces_and_brackets_become_chains() {
        let line = |id: &str, form: &str, misc: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
        let conllu = [
            "# newpar\n".to_owned(),
            line("1-2", "Orr's", "_"),
            line("1", "Orr", "_"),
            line("2", "'s", "_"),
            line("3", "aide", "SpaceAfter=No"),
            line("4", ".", "_"),
            "\n# newpar\n".to_owned(),
            line("1", "He", "_"),
            line("2", "left", "_"),
        ]
        .concat();
        let (text, tokens) = words(&conllu);
        assert_eq!(text, "Orr's aide.\n\nHe left");
        let chains =
            chains("# begin\n0\tOrr\t(1(2\n1\t's\t2)\n2\taide\t1)\n3\t.\t_\n4\tHe\t(1)\n5\tleft\t_\n", &tokens);
        assert_eq!(chains, vec![vec![(0, 10), (13, 15)], vec![(0, 5)]]);
    }
}
