//! Who copied from whom. Credit speaks first, then time, then containment; where none does, the answer is "unknown".

use crate::credit::CreditKind;
use crate::digest::minute;
use crate::{Digest, credit};
use onrecord_model::{Direction, ReportId};

/// Moments nearer than this tell no order: clocks and feeds differ.
const TOLERANCE_MINUTES: i64 = 5;
/// A credit line may overrule dates that are this far apart: the paper was on sale before the page was up.
const CREDIT_OVERRULES_MINUTES: i64 = 3 * 24 * 60;
/// A credit in passing ("the Echo reported") overrules less.
const CITATION_OVERRULES_MINUTES: i64 = 24 * 60;
/// So much of a text stands in the other where it may be an excerpt of it …
const CONTAINED_SHARE: f32 = 0.8;
/// … and by so much less does the other stand in it.
const FULLER_BY: f32 = 0.15;

/// Which of two reports that share text is the parent, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Orientation {
    /// The parent; none where unknown.
    pub parent: Option<ReportId>,
    /// What that rests on.
    pub direction: Direction,
    /// Sentences.
    pub evidence: Vec<String>,
    /// The unseen story that both took the words from, where that is likelier.
    pub unseen_parent: Option<String>,
}

impl Orientation {
    /// By the user's word.
    pub fn judged(parent: ReportId) -> Orientation {
        Orientation {
            parent: Some(parent),
            direction: Direction::Credit,
            evidence: vec!["a user of this record said so".to_string()],
            unseen_parent: None,
        }
    }

    /// The report to draw the edge from: the parent, or where none is known the one that comes first.
    pub fn parent_of(&self, one: &Digest, other: &Digest) -> ReportId {
        self.parent.unwrap_or(if one.place() < other.place() { one.report } else { other.report })
    }

    /// What another report that has these words makes of this. Where its outlet is the wire, the wire story is in the pile, and
    /// time tells which of its two clients came first. Where it came before both and is credited to the later of the two,
    /// that one had the words first, whatever its date: so no circle of parents closes.
    pub fn beside(self, one: &Digest, other: &Digest, third: &Digest) -> Orientation {
        let (first, second) = if one.place() <= other.place() { (one, other) } else { (other, one) };
        let client_of = |digest: &Digest| {
            matches!(credit_to(digest, third), Some((CreditKind::Whole | CreditKind::Contributed, _)))
        };
        if self.unseen_parent.is_some() && (client_of(one) || client_of(other)) {
            return by_time(first, second, order(first, second)).unwrap_or_else(|| Orientation {
                parent: None,
                direction: Direction::Unknown,
                evidence: vec![format!("both may have the words from {}", called(third))],
                unseen_parent: None,
            });
        }
        // Credits are in order of kind: a whole report's come first.
        let told_early = self.direction == Direction::Time
            && third.place() < first.place()
            && third.text.credits.first().is_some_and(|credit| credit.kind == CreditKind::Whole)
            && order(third, second).is_none_or(|apart| apart <= CREDIT_OVERRULES_MINUTES)
            && matches!(credit_to(third, second), Some((CreditKind::Whole, _)));
        if told_early {
            let evidence =
                format!("{} came before {} and is credited to {}", called(third), called(first), called(second));
            return Orientation {
                parent: Some(second.report),
                direction: Direction::Credit,
                evidence: vec![evidence],
                unseen_parent: None,
            };
        }
        self
    }

    /// Order in which parents that explain the same words are preferred.
    pub fn rank(&self) -> u8 {
        match self.direction {
            Direction::Credit => 0,
            Direction::Time | Direction::Containment => 1,
            Direction::Unknown => 2,
        }
    }
}

/// The direction between two reports; beside each stands the share of its words that the other has. `named` is the report
/// whose outlet the shared words name. Symmetric.
pub fn orient(one: (&Digest, f32), other: (&Digest, f32), named: Option<ReportId>) -> Orientation {
    let (first, second) = if one.0.place() <= other.0.place() { (one, other) } else { (other, one) };
    let ((first, first_share), (second, second_share)) = (first, second);
    let order = order(first, second);
    by_credit(first, second, order)
        .or_else(|| by_name(if named == Some(first.report) { (first, second) } else { (second, first) }, named?))
        .or_else(|| by_wire(first, second, order))
        .or_else(|| by_time(first, second, order))
        .or_else(|| by_containment((first, first_share), (second, second_share)))
        .unwrap_or_else(|| Orientation {
            parent: None,
            direction: Direction::Unknown,
            evidence: vec!["neither credits, dates nor completeness tell which came first".to_string()],
            unseen_parent: None,
        })
}

/// How much a credit of `child` to `parent` is worth: one of the whole report more than one of a part, that more than one in
/// passing and that more than words that both share; of equals, one that agrees with the order of the two.
pub(crate) fn credit_strength(parent: &Digest, child: &Digest) -> (u8, bool) {
    let kind = match credit_to(child, parent) {
        Some((CreditKind::Whole, _)) => 3,
        Some((CreditKind::Contributed, _)) => 2,
        Some((CreditKind::Cited, _)) => 1,
        None => 0,
    };
    (kind, parent.place() < child.place())
}

/// What a report is called in a sentence.
pub(crate) fn called(digest: &Digest) -> String {
    match (digest.outlet.trim(), digest.title.trim()) {
        ("", "") => format!("report {}", digest.report),
        (outlet, "") => format!("the report of {outlet}"),
        ("", title) => format!("“{title}”"),
        (outlet, title) => format!("“{title}” ({outlet})"),
    }
}

/// Minutes by which the second is later, where the dates tell an order.
fn order(first: &Digest, second: &Digest) -> Option<i64> {
    let (a, a_clock) = minute(first.published.as_deref()?)?;
    let (b, b_clock) = minute(second.published.as_deref()?)?;
    let apart = b - a;
    let told = if a_clock && b_clock { apart >= TOLERANCE_MINUTES } else { a.div_euclid(1440) != b.div_euclid(1440) };
    told.then_some(apart)
}

fn by_credit(first: &Digest, second: &Digest, order: Option<i64>) -> Option<Orientation> {
    let onward = credit_to(second, first);
    let back = credit_to(first, second);
    let (parent, child, (kind, words)) = match (onward, back) {
        (Some(found), None) => (first, second, found),
        (None, Some(found)) => {
            let limit = match found.0 {
                CreditKind::Cited => CITATION_OVERRULES_MINUTES,
                _ => CREDIT_OVERRULES_MINUTES,
            };
            if order.is_some_and(|apart| apart > limit) {
                return None;
            }
            (second, first, found)
        }
        _ => return None,
    };
    let how = match kind {
        CreditKind::Whole => "is credited to",
        CreditKind::Contributed => "names as contributor",
        CreditKind::Cited => "cites",
    };
    let mut evidence = vec![format!("{} {how} “{words}”", called(child))];
    if parent.report == second.report && order.is_some() {
        evidence.push("its date is earlier than that of the report it credits; the credit counts for more".to_string());
    }
    Some(Orientation { parent: Some(parent.report), direction: Direction::Credit, evidence, unseen_parent: None })
}

/// The shared words name the outlet that published one of the two, and it was not the other: whatever the dates say.
fn by_name((parent, child): (&Digest, &Digest), named: ReportId) -> Option<Orientation> {
    debug_assert_eq!(parent.report, named);
    let evidence = format!("{} has words that name {}, as {} has", called(child), parent.outlet, called(parent));
    Some(Orientation {
        parent: Some(parent.report),
        direction: Direction::Credit,
        evidence: vec![evidence],
        unseen_parent: None,
    })
}

/// How `report` credits the outlet of `other`, by the weightiest credit. Outlets credit themselves all the time: no sign.
fn credit_to(report: &Digest, other: &Digest) -> Option<(CreditKind, String)> {
    if credit::plain_name(&report.outlet) == credit::plain_name(&other.outlet) {
        return None;
    }
    let credits = report.text.credits.iter().filter(|credit| !credit.names(&report.outlet, &report.host));
    credits
        .into_iter()
        .find(|credit| credit.names(&other.outlet, &other.host))
        .map(|credit| (credit.kind, credit.name.clone()))
}

/// A wire story that is not in the pile: both are credited to it, or one that is stands beside or after one that is not.
fn by_wire(first: &Digest, second: &Digest, order: Option<i64>) -> Option<Orientation> {
    let (ours, theirs) = (wires(first), wires(second));
    let both = ours.iter().find(|wire| theirs.iter().any(|other| credit::same_name(wire, other)));
    let (wire, evidence) = match (both, ours.first(), theirs.first()) {
        (Some(&wire), _, _) => (wire, format!("both are credited to {wire}, whose own report is not in the pile")),
        (None, None, Some(&wire)) => (
            wire,
            format!("{} is credited to {wire}; {} may have the words from there too", called(second), called(first)),
        ),
        (None, Some(&wire), None) if order.is_none() => (
            wire,
            format!("{} is credited to {wire}; {} may have the words from there too", called(first), called(second)),
        ),
        _ => return None,
    };
    let unseen_parent = Some(format!("unseen wire story credited to {wire}"));
    Some(Orientation { parent: None, direction: Direction::Unknown, evidence: vec![evidence], unseen_parent })
}

/// Names that the whole report is credited to, other than its own outlet.
fn wires(digest: &Digest) -> Vec<&str> {
    let whole = digest.text.credits.iter().filter(|credit| credit.kind == CreditKind::Whole);
    whole.filter(|credit| !credit.names(&digest.outlet, &digest.host)).map(|credit| credit.name.as_str()).collect()
}

fn by_time(first: &Digest, second: &Digest, order: Option<i64>) -> Option<Orientation> {
    let evidence = format!("{} was published {} after {}", called(second), time_apart(order?), called(first));
    Some(Orientation {
        parent: Some(first.report),
        direction: Direction::Time,
        evidence: vec![evidence],
        unseen_parent: None,
    })
}

fn by_containment(first: (&Digest, f32), second: (&Digest, f32)) -> Option<Orientation> {
    let (parent, child) = match (first.1, second.1) {
        (ours, theirs) if theirs >= CONTAINED_SHARE && ours + FULLER_BY <= theirs => (first, second),
        (ours, theirs) if ours >= CONTAINED_SHARE && theirs + FULLER_BY <= ours => (second, first),
        _ => return None,
    };
    let evidence = format!("{} holds nearly all of {} and more", called(parent.0), called(child.0));
    Some(Orientation {
        parent: Some(parent.0.report),
        direction: Direction::Containment,
        evidence: vec![evidence],
        unseen_parent: None,
    })
}

fn time_apart(minutes: i64) -> String {
    let (amount, unit) = match minutes {
        ..120 => (minutes, "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{amount} {unit}{}", if amount == 1 { "" } else { "s" })
}
