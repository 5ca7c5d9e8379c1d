//! A digest: what connecting keeps of a report. Small, serialisable, made once.

use crate::facts::{Facts, facts};
use crate::passages::{Passages, passages};
use crate::statements::left_to;
use crate::terms::{Terms, terms};
use crate::words::Words;
use crate::{Place, credit, fingerprint, meaning, quoted, stories};
use onrecord_model::{BlockKind, Reading, Report, ReportId, Span};
use serde::{Deserialize, Serialize};

/// The facts of one report that links are made of.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Digest {
    /// The report.
    pub report: ReportId,
    /// Headline.
    pub title: String,
    /// Who published.
    pub outlet: String,
    /// Host of the address, without `www.`, or empty.
    pub host: String,
    /// `YYYY-MM-DD` or RFC 3339, or none.
    pub published: Option<String>,
    /// For copies: words, quotations, credits, fingerprints.
    pub text: TextFacts,
    /// For stories: what the report is about.
    pub terms: Terms,
    /// For stories: what it says, passage by passage.
    pub passages: Passages,
    /// For entities, statements, origins and events.
    pub facts: Facts,
    /// What each proposition of the facts says, as a point, once it is [read](Digest::read_meaning).
    #[serde(skip)]
    pub points: Points,
}

/// A point for each proposition, in their order; empty for those that are compared with nothing.
pub type Points = Vec<Vec<i8>>;

/// What copies are found by.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct TextFacts {
    /// Words of the story without its headline.
    pub words: Words,
    /// Half-open ranges of word indexes that stand in quotation marks, in order.
    pub quoted: Vec<(u32, u32)>,
    /// Half-open ranges of word indexes that are page furniture by their wording, in order.
    pub furniture: Vec<(u32, u32)>,
    /// Whom the report credits.
    pub credits: Vec<credit::Credit>,
    /// Winnowed hashes of word runs with the index of their first word, by hash.
    pub fingerprints: Vec<(u32, u32)>,
    /// Least hashes of the whole text, for reports that are copied many times over.
    pub sketch: Vec<u32>,
}

/// The digest of a reading.
pub fn digest(reading: &Reading) -> Digest {
    let report = &*reading.report;
    let mut digest = digest_report(report);
    digest.facts = facts(reading);
    credit::add_carriers(&mut digest.text.credits, reading);
    digest
}

/// The digest of a report that nobody has read closely: no facts beyond its text.
pub fn digest_report(report: &Report) -> Digest {
    let story: Vec<Span> = report
        .blocks
        .iter()
        .filter(|block| block.is_story() && block.kind != BlockKind::Title)
        .map(|block| block.span)
        .collect();
    let whole = [Span::new(0, report.text.len() as u32)];
    let story = if story.is_empty() && report.blocks.is_empty() { &whole[..] } else { &story };
    let told = || [report.title.as_str()].into_iter().chain(story.iter().map(|&span| &report.text[span]));
    let mut words = Words::default();
    for &span in story {
        words.add(&report.text, span);
    }
    Digest {
        report: report.id,
        title: report.title.clone(),
        outlet: report.outlet.clone(),
        host: host(&report.url),
        published: report.published.clone(),
        text: TextFacts {
            quoted: quoted::quoted_words(&report.text, &words),
            furniture: quoted::furniture_words(&report.text, &words),
            credits: credit::credits(report, story),
            fingerprints: fingerprint::winnow(&words.hashes),
            sketch: fingerprint::sketch(&words.hashes),
            words,
        },
        terms: terms(told()),
        passages: passages(told()),
        facts: Facts::default(),
        points: Points::new(),
    }
}

impl Digest {
    /// Where the report stands in the pile.
    pub fn place(&self) -> Place {
        let minute = self.published.as_deref().and_then(minute).map_or(Place::UNDATED, |(minute, _)| minute);
        Place { minute, report: self.report }
    }

    /// Reads what each proposition says, unless that is known: only reports that share a story need it, and it costs more than all
    /// other facts. Whether there was anything to read. O(words).
    pub fn read_meaning(&mut self) -> bool {
        let propositions = &self.facts.propositions;
        if self.points.len() == propositions.len() {
            return false;
        }
        let is_compared = |&ix: &usize| !propositions[ix].terms.is_empty() && left_to(propositions, ix).is_none();
        let compared: Vec<usize> = (0..propositions.len()).filter(is_compared).collect();
        let wordings: Vec<String> = compared.iter().map(|&ix| propositions[ix].wording()).collect();
        let points = meaning::points(wordings.iter().map(String::as_str));
        self.points = vec![Vec::new(); propositions.len()];
        for (ix, point) in compared.into_iter().zip(points) {
            self.points[ix] = point;
        }
        true
    }

    /// What the report is found by. Distinct, in order.
    pub fn keys(&self) -> Vec<u64> {
        let mut keys = fingerprint::keys(&self.text);
        keys.extend(stories::keys(self));
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Minutes since 1970 of a day or moment, and whether the time of day is known. A day counts as its first minute.
pub(crate) fn minute(published: &str) -> Option<(i64, bool)> {
    if let Ok(moment) = published.parse::<jiff::Timestamp>() {
        return Some((moment.as_second().div_euclid(60), true));
    }
    let day: jiff::civil::Date = published.get(..10)?.parse().ok()?;
    let days = day.since(jiff::civil::date(1970, 1, 1)).ok()?.get_days();
    Some((i64::from(days) * 24 * 60, false))
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    host.strip_prefix("www.").unwrap_or(host).to_lowercase()
}
