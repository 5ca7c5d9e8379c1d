//! Dated happenings: sentences of a story that name the same day and share words.

use crate::Digest;
use crate::facts::{DayFact, hash};
use onrecord_model::{Event, Passage, ReportId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The events of one story, by first day, then id. O(n × m) for n sentences of a day in m events of it, m at most `MOST`.
pub(crate) fn events(story: Option<u64>, digests: &[Arc<Digest>]) -> Vec<Event> {
    const MOST: usize = 40;
    let mut days: BTreeMap<&str, Vec<(&Digest, &DayFact)>> = BTreeMap::new();
    for digest in digests {
        for fact in digest.facts.days.iter().filter(|f| is_day_or_month(&f.value)) {
            days.entry(&fact.value).or_default().push((digest, fact));
        }
    }
    let mut made = Vec::new();
    for (value, mut facts) in days {
        facts.sort_by(|a, b| order(a).cmp(&order(b)));
        let mut groups: Vec<Vec<(&Digest, &DayFact)>> = Vec::new();
        for fact in facts {
            let near = groups.iter().take(MOST).position(|g| g.iter().take(6).any(|other| one_happening(fact, *other)));
            match near {
                Some(ix) => groups[ix].push(fact),
                None => groups.push(vec![fact]),
            }
        }
        made.extend(groups.iter().map(|group| event(story, value, group)));
    }
    made.sort_by(|a: &Event, b: &Event| (&a.interval.0, a.id).cmp(&(&b.interval.0, b.id)));
    made
}

fn order<'a>(fact: &(&'a Digest, &DayFact)) -> (&'a str, ReportId, onrecord_model::Span) {
    (fact.0.published.as_deref().unwrap_or(crate::statements::UNDATED), fact.0.report, fact.1.sentence)
}

/// A day ("2022-10-12", with or without a time of day) or a month.
fn is_day_or_month(value: &str) -> bool {
    let date = value.split('T').next().unwrap_or_default();
    matches!(date.len(), 7 | 10)
        && date.bytes().enumerate().all(|(ix, b)| if ix == 4 || ix == 7 { b == b'-' } else { b.is_ascii_digit() })
}

fn one_happening(a: (&Digest, &DayFact), b: (&Digest, &DayFact)) -> bool {
    if a.0.report == b.0.report && a.1.sentence == b.1.sentence {
        return true;
    }
    let shared = a.1.terms.iter().filter(|t| b.1.terms.binary_search(t).is_ok()).count();
    let least = a.1.terms.len().min(b.1.terms.len()).max(1);
    shared >= 2 && shared * 4 >= least
}

fn event(story: Option<u64>, value: &str, group: &[(&Digest, &DayFact)]) -> Event {
    let mut passages: Vec<Passage> =
        group.iter().map(|(d, f)| Passage { report: d.report, span: f.sentence }).collect();
    passages.sort();
    passages.dedup();
    let mut reports: Vec<ReportId> = passages.iter().map(|p| p.report).collect();
    reports.dedup();
    let what = group[0].1.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = hash(&format!("event {value} {:?}", passages));
    Event { id, story, value: value.to_string(), interval: group[0].1.interval.clone(), what, passages, reports }
}
