//! Time expressions, resolved against the day of publication.
//!
//! A hand-written recogniser over tokens: the words of time are classed once (`words`), rules of one family after the
//! other try to read an expression at each place (`absolute`, `relative`, `spans`, `clock`), the longest wins. Values follow
//! TIMEX3 as TimeML 1.2.1 and TempEval-3 use it. Nothing here reads a clock: without a day of publication, values stay
//! open ("XXXX-WXX-4").

mod absolute;
mod clock;
mod relative;
mod scan;
mod spans;
mod tense;
mod value;
mod words;

use jiff::civil::Date;
use onrecord_model::{Parse, Report, When};
use scan::Scan;

/// The time expressions of a report, in text order, disjoint.
pub fn times(report: &Report, parse: &Parse) -> Vec<When> {
    times_in(&report.text, report.published.as_deref().and_then(day_of), parse)
}

/// The day of a publication stamp (`YYYY-MM-DD` or RFC 3339), as written there.
pub fn day_of(published: &str) -> Option<Date> {
    published.get(..10)?.parse().ok()
}

/// The time expressions of a parsed text, resolved against `anchor`.
pub fn times_in(text: &str, anchor: Option<Date>, parse: &Parse) -> Vec<When> {
    let mut scan = Scan::new(text, anchor, parse);
    let mut found = Vec::new();
    for &(first, last) in &parse.sentences {
        scan.enter(first as usize, last as usize);
        let mut at = first as usize;
        while at < last as usize {
            let Some(hit) = read(&scan, at) else {
                at += 1;
                continue;
            };
            at = hit.end.max(at + 1);
            scan.remember(&hit);
            found.push(scan.when(hit));
        }
    }
    found
}

/// The longest expression that starts at token `at`; of equals the earlier family's.
fn read(scan: &Scan, at: usize) -> Option<scan::Hit> {
    if scan.opens_nothing(at) {
        return None;
    }
    let families = [clock::read, absolute::read, relative::read, spans::read];
    let mut best: Option<scan::Hit> = None;
    for family in families {
        if let Some(hit) = family(scan, at)
            && best.as_ref().is_none_or(|b| hit.end > b.end)
        {
            best = Some(hit);
        }
    }
    let best = best.filter(|hit| !scan.is_in_title(hit.first, hit.end))?;
    Some(without_article(scan, best))
}

/// Leaves out an article that belongs to a noun after the expression: "the 2016 campaign".
fn without_article(scan: &Scan, mut hit: scan::Hit) -> scan::Hit {
    let head = scan.parse.tokens[hit.first].head as usize;
    if scan.word(hit.first) == words::Word::The && head >= hit.end && hit.end > hit.first + 1 {
        hit.first += 1;
    }
    hit
}
