//! Stories in a set of plain texts (see [`sets::Document`]), by BCubed (Bagga and Baldwin 1998): for each text, how many of
//! those that stand with it belong there (precision), and how many that belong with it stand there (recall).

use crate::{Data, Table, sets};
use onrecord::connect::digest::digest_report;
use onrecord::connect::{Digest, Judgements, MemoryPile, stories};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

/// Scores the set in the file `data`.
pub fn score(data: &Data) -> anyhow::Result<Table> {
    let documents: Vec<sets::Document> = sets::read(&data.data)?;
    let digests: Vec<Arc<Digest>> =
        sets::reports(&documents).iter().map(|report| Arc::new(digest_report(report))).collect();
    let found = stories::stories(&digests, &MemoryPile::new(&digests), &Judgements::default());
    // A text in no story is one by itself.
    let mut story_of: Vec<(String, &str)> =
        documents.iter().map(|text| (text.id.clone(), text.title.as_str())).collect();
    for story in &found {
        for report in &story.reports {
            story_of[report.0 as usize] = (format!("{:016x}", story.id), &story.title);
        }
    }
    if let Some(path) = &data.predictions {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for (document, (story, title)) in documents.iter().zip(&story_of) {
            writeln!(out, "{}", serde_json::json!({"id": document.id, "story": story, "title": title}))?;
        }
        out.flush()?;
    }
    let labelled =
        documents.iter().zip(&story_of).filter_map(|(text, (found, _))| Some((text.story.as_deref()?, found.as_str())));
    let (precision, recall, texts) = bcubed(&labelled.collect::<Vec<_>>());
    let mut table = Table::prf();
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    table.measures.push(crate::Measure {
        name: "stories, BCubed".to_owned(),
        values: vec![100.0 * precision, 100.0 * recall, 100.0 * f1],
        counts: vec![found.len() as u64, texts as u64],
    });
    table.counted = vec!["stories", "texts"];
    Ok(table)
}

/// Precision and recall over texts with a (gold, found) label each, and how many there are.
pub fn bcubed(labels: &[(&str, &str)]) -> (f64, f64, usize) {
    let count = |of: &mut dyn Iterator<Item = (String, String)>| {
        of.fold(BTreeMap::new(), |mut counts: BTreeMap<(String, String), f64>, key| {
            *counts.entry(key).or_default() += 1.0;
            counts
        })
    };
    let none = String::new;
    let gold = count(&mut labels.iter().map(|(gold, _)| (gold.to_string(), none())));
    let found = count(&mut labels.iter().map(|(_, found)| (found.to_string(), none())));
    let both = count(&mut labels.iter().map(|(gold, found)| (gold.to_string(), found.to_string())));
    let total = labels.len().max(1) as f64;
    let precision = both.iter().map(|((_, f), n)| n * n / found[&(f.clone(), none())]).sum::<f64>() / total;
    let recall = both.iter().map(|((g, _), n)| n * n / gold[&(g.clone(), none())]).sum::<f64>() / total;
    (precision, recall, labels.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stories_in_one_cost_precision_only() {
        let (precision, recall, texts) = bcubed(&[("a", "1"), ("a", "1"), ("b", "1"), ("b", "1")]);
        assert_eq!((precision, recall, texts), (0.5, 1.0, 4));
    }

    #[test]
    fn a_story_torn_in_two_costs_recall_only() {
        let (precision, recall, _) = bcubed(&[("a", "1"), ("a", "2")]);
        assert_eq!((precision, recall), (1.0, 0.5));
    }
}
