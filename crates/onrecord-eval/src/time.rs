//! Time expressions against TIMEX3 annotation: a JSON list of {"id", "dct", "text", "timex": [{"s", "e", "type", "value"}]} in code
//! points. As in TempEval-3, an expression is matched with the one it overlaps most, each once.

use crate::staged::{self, Text};
use crate::{Data, Table, text};
use anyhow::Context;
use onrecord::{Engine, Progress};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Document {
    id: String,
    #[serde(default)]
    dct: String,
    text: String,
    timex: Vec<Expression>,
}

/// An annotated or predicted expression.
#[derive(Clone, Deserialize)]
struct Expression {
    s: u32,
    e: u32,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    value: String,
}

/// Scores all documents of a file.
pub fn score(data: &Data, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Table> {
    let documents: Vec<Document> = serde_json::from_str(&text::read(&data.data)?)
        .with_context(|| format!("{}: this is no list of annotated texts", data.data.display()))?;
    let gold: BTreeMap<&str, &[Expression]> = documents.iter().map(|d| (&*d.id, &*d.timex)).collect();
    let text = |d: &Document| Text {
        name: d.id.clone(),
        text: d.text.clone(),
        outlet: String::new(),
        published: d.dct.get(..10).unwrap_or_default().to_owned(),
    };
    let texts: Vec<Text> = documents.iter().map(text).collect();
    let mut counts = Counts::default();
    staged::read(&texts, engine, progress, &mut |text, row| {
        let predicted: Vec<Expression> = row
            .times
            .iter()
            .map(|time| Expression { s: time.start, e: time.end, kind: time.kind.clone(), value: time.value.clone() })
            .collect();
        counts.add(gold.get(&*text.name).copied().unwrap_or_default(), &predicted);
        Ok(())
    })?;
    let mut table = Table::prf();
    let all = (counts.predicted as f64, counts.gold as f64);
    for (name, right) in [
        ("relaxed", counts.relaxed),
        ("strict", counts.strict),
        ("type", counts.kind),
        ("value", counts.value),
        ("strict and value", counts.strict_value),
    ] {
        table.add_prf(name, right as f64, all.0, all.1);
    }
    Ok(table)
}

#[derive(Default)]
struct Counts {
    gold: u64,
    predicted: u64,
    relaxed: u64,
    strict: u64,
    kind: u64,
    value: u64,
    strict_value: u64,
}

impl Counts {
    fn add(&mut self, gold: &[Expression], predicted: &[Expression]) {
        self.gold += gold.len() as u64;
        self.predicted += predicted.len() as u64;
        let mut used = vec![false; predicted.len()];
        for want in gold {
            let shared = |got: &Expression| match (got.s, got.e) == (want.s, want.e) {
                true => u32::MAX,
                false => got.e.min(want.e).saturating_sub(got.s.max(want.s)),
            };
            let free = predicted.iter().enumerate().filter(|(ix, got)| !used[*ix] && shared(got) > 0);
            // Of equals the first.
            let Some((ix, got)) = free.rev().max_by_key(|(_, got)| shared(got)) else { continue };
            used[ix] = true;
            let (exact, value) = ((got.s, got.e) == (want.s, want.e), got.value.trim() == want.value.trim());
            self.relaxed += 1;
            self.strict += u64::from(exact);
            self.kind += u64::from(got.kind == want.kind);
            self.value += u64::from(value);
            self.strict_value += u64::from(exact && value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_matched_once_with_the_one_it_overlaps_most() {
        let expression = |s, e, value: &str| Expression { s, e, kind: "DATE".into(), value: value.into() };
        let mut counts = Counts::default();
        let gold = [expression(0, 10, "2021-03"), expression(20, 25, "2020")];
        counts.add(&gold, &[expression(0, 3, "2021"), expression(4, 10, "2021-03"), expression(20, 25, "2019")]);
        assert_eq!((counts.relaxed, counts.strict, counts.value, counts.strict_value), (2, 1, 1, 0));
    }
}
