//! The family tree of a story: who has it from whom.

use super::ReportHead;
use crate::Error;
use onrecord_record::rows::{CopyRow, RecordedUtterance};
use onrecord_record::{Of, Record};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The family tree of a story.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Tree {
    /// Reports by date, and unseen parents.
    pub nodes: Vec<TreeNode>,
    /// Who has it from whom.
    pub edges: Vec<TreeEdge>,
}

/// A report in the family tree.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TreeNode {
    /// The report; none for an unseen parent.
    pub report: Option<ReportHead>,
    /// What to call it.
    pub name: String,
    /// Outlet, or who the unseen parent is credited to.
    pub lane: String,
    /// Moment on the axis, in minutes since 1970; none when undated.
    pub minute: Option<i64>,
}

/// A line in the family tree.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TreeEdge {
    /// Index of the parent in [`Tree::nodes`].
    pub from: usize,
    /// Index of the child.
    pub to: usize,
    /// What joins them.
    pub kind: EdgeKind,
    /// Share of the child that is copied, 0.0 to 1.0; 0 for a citation.
    pub share: f64,
    /// Sentences that say why.
    pub evidence: Vec<String>,
}

/// What joins two reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum EdgeKind {
    /// Text was copied from one to the other.
    Copied,
    /// Text is shared; who copied whom is not known.
    Shared,
    /// Text was copied from a parent that is not in the record.
    Unseen,
    /// One names the other's outlet as carrier.
    Cited,
}

/// The tree over the reports of a story.
pub(super) fn tree(record: &Record, story: &str, reports: &[ReportHead]) -> Result<Tree, Error> {
    let mut tree = Tree { nodes: reports.iter().map(node).collect(), edges: Vec::new() };
    let index: BTreeMap<&str, usize> =
        reports.iter().enumerate().map(|(ix, report)| (report.id.as_str(), ix)).collect();
    let copies = record.all(|take| record.each_copy(Of::Story(story), take))?;
    for copy in &copies {
        if let (Some(&from), Some(&to)) = (index.get(copy.from.as_str()), index.get(copy.to.as_str())) {
            match &copy.unseen_parent {
                Some(parent) => unseen(&mut tree, parent, copy, (from, to)),
                None => tree.edges.push(edge(copy, from, to)),
            }
        }
    }
    let said = record.all(|take| record.each_utterance(Of::Story(story), take))?;
    cited(&mut tree, reports, &index, &said);
    Ok(tree)
}

fn node(report: &ReportHead) -> TreeNode {
    let lane = if report.outlet.is_empty() { "Unknown outlet" } else { &report.outlet };
    let minute = report.published.as_deref().and_then(minute);
    TreeNode { report: Some(report.clone()), name: report.title.clone(), lane: lane.to_owned(), minute }
}

/// Minutes since 1970; a day without a time counts from its noon.
fn minute(published: &str) -> Option<i64> {
    if let Ok(moment) = published.parse::<jiff::Timestamp>() {
        return Some(moment.as_second().div_euclid(60));
    }
    let day: jiff::civil::Date = published.get(..10)?.parse().ok()?;
    let noon = day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(noon.timestamp().as_second().div_euclid(60))
}

fn edge(copy: &CopyRow, from: usize, to: usize) -> TreeEdge {
    let kind = if copy.direction == "unknown" { EdgeKind::Shared } else { EdgeKind::Copied };
    TreeEdge { from, to, kind, share: copy.share, evidence: copy.evidence.clone() }
}

/// Hangs both heirs under the parent that is not here.
fn unseen(tree: &mut Tree, parent: &str, copy: &CopyRow, heirs: (usize, usize)) {
    let found = tree.nodes.iter().position(|node| node.report.is_none() && node.name == parent);
    let at = found.unwrap_or_else(|| {
        tree.nodes.push(TreeNode {
            report: None,
            name: parent.to_owned(),
            lane: "Not in the record".to_owned(),
            minute: None,
        });
        tree.nodes.len() - 1
    });
    for heir in [heirs.0, heirs.1] {
        if !tree.edges.iter().any(|edge| edge.from == at && edge.to == heir) {
            tree.edges.push(TreeEdge {
                from: at,
                to: heir,
                kind: EdgeKind::Unseen,
                share: copy.share,
                evidence: copy.evidence.clone(),
            });
        }
    }
}

/// Adds an edge where a report names another outlet of the story as the carrier of what it tells.
fn cited(tree: &mut Tree, reports: &[ReportHead], index: &BTreeMap<&str, usize>, said: &[RecordedUtterance]) {
    let mut by_statement: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for utterance in said {
        if let (Some(statement), Some(&ix)) = (utterance.statement.as_deref(), index.get(utterance.report.as_str())) {
            by_statement.entry(statement).or_default().insert(ix);
        }
    }
    let mut done: BTreeSet<(usize, usize)> = tree.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    for utterance in said {
        let Some(&to) = index.get(utterance.report.as_str()) else { continue };
        let sharing = utterance.statement.as_deref().and_then(|statement| by_statement.get(statement));
        for name in carriers(utterance) {
            if let Some(from) = carrier_report(reports, to, &name, sharing)
                && done.insert((from, to))
            {
                let evidence = vec![format!("It names {name} as carrier.")];
                tree.edges.push(TreeEdge { from, to, kind: EdgeKind::Cited, share: 0.0, evidence });
            }
        }
    }
}

/// The outlets that an utterance came through.
fn carriers(recorded: &RecordedUtterance) -> Vec<String> {
    let utterance = &recorded.utterance;
    let mut names: Vec<String> = utterance.via.iter().map(|carrier| carrier.name.clone()).collect();
    if utterance.basis == "outlet" {
        names.extend(utterance.speaker.iter().map(|speaker| speaker.name.clone()));
    }
    names
}

/// The report of the named outlet that `to` most likely has it from: one that words the same statement, else its latest earlier one.
fn carrier_report(reports: &[ReportHead], to: usize, name: &str, sharing: Option<&BTreeSet<usize>>) -> Option<usize> {
    let earlier = |ix: &usize| {
        let (this, other) = (&reports[to], &reports[*ix]);
        *ix != to
            && other.outlet != this.outlet
            && same_outlet(name, &other.outlet)
            && other.published <= this.published
    };
    let shared = sharing.and_then(|sharing| sharing.iter().copied().rfind(earlier));
    shared.or_else(|| (0..reports.len()).rfind(earlier))
}

/// Whether a name in running text means an outlet: "the Courier" and "Port Ansel Courier" do, "the" alone does not.
fn same_outlet(name: &str, outlet: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
        lower.skip_while(|word| word == "the").collect()
    };
    let (name, outlet) = (words(name), words(outlet));
    !name.is_empty() && outlet.ends_with(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_known_by_the_end_of_its_name() {
        assert!(same_outlet("the Courier", "Port Ansel Courier"));
        assert!(same_outlet("The Lantern", "The Lantern"));
        assert!(!same_outlet("the", "The Lantern"));
        assert!(!same_outlet("the Port", "Port Ansel Courier"));
    }

    #[test]
    fn days_and_moments_have_minutes() {
        assert_eq!(minute("1970-01-02"), Some(36 * 60));
        assert_eq!(minute("1970-01-01T01:30:00Z"), Some(90));
        assert_eq!(minute("soon"), None);
    }
}
