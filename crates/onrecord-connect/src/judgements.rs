//! What a user decided. Judgements are kept beside the evidence and replayed; they never change a passage.

use onrecord_model::ReportId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One decision of a user. Things are named by what is durable: reports and chains of reports, never by derived ids.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Judgement {
    /// The two chains (report, index in `Reading::chains`) mean one entity.
    SameEntity {
        /// One chain.
        one: (ReportId, u32),
        /// The other.
        other: (ReportId, u32),
    },
    /// The two chains mean different entities.
    DifferentEntities {
        /// One chain.
        one: (ReportId, u32),
        /// The other.
        other: (ReportId, u32),
    },
    /// The entity of this chain is to be called so.
    NameEntity {
        /// A chain of the entity.
        chain: (ReportId, u32),
        /// The name.
        name: String,
    },
    /// The two reports belong to one story.
    SameStory {
        /// One report.
        one: ReportId,
        /// The other.
        other: ReportId,
    },
    /// The report belongs to no story with the other.
    DifferentStories {
        /// One report.
        one: ReportId,
        /// The other.
        other: ReportId,
    },
    /// The story of this report is to be called so.
    NameStory {
        /// A report of the story.
        report: ReportId,
        /// The title.
        title: String,
    },
    /// `child` was copied from `parent`, whatever the evidence says of the direction.
    CopiedFrom {
        /// The original.
        parent: ReportId,
        /// The copy.
        child: ReportId,
    },
    /// What the two reports share was not copied by either from the other.
    NotCopied {
        /// One report.
        one: ReportId,
        /// The other.
        other: ReportId,
    },
}

impl Judgement {
    /// The chains that it names.
    pub fn chains(&self) -> Vec<(ReportId, u32)> {
        match self {
            Judgement::SameEntity { one, other } | Judgement::DifferentEntities { one, other } => vec![*one, *other],
            Judgement::NameEntity { chain, .. } => vec![*chain],
            _ => Vec::new(),
        }
    }

    /// The reports that it names.
    pub fn reports(&self) -> Vec<ReportId> {
        match self {
            Judgement::SameStory { one, other }
            | Judgement::DifferentStories { one, other }
            | Judgement::NotCopied { one, other } => vec![*one, *other],
            Judgement::CopiedFrom { parent, child } => vec![*parent, *child],
            Judgement::NameStory { report, .. } => vec![*report],
            _ => self.chains().into_iter().map(|(report, _)| report).collect(),
        }
    }
}

/// All decisions, in the order in which they were made: a later one overrules an earlier one on the same pair.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Judgements(pub Vec<Judgement>);

impl Judgements {
    /// The judgements on who is who that name a chain of one of these reports, in their order.
    pub fn on_entities_of(&self, reports: &BTreeSet<ReportId>) -> Judgements {
        let named = |judgement: &&Judgement| judgement.chains().iter().any(|(report, _)| reports.contains(report));
        Judgements(self.0.iter().filter(named).cloned().collect())
    }

    /// The last decision on copying between the two reports: none, `Some(None)` for "not copied", else the parent.
    pub fn copied(&self, a: ReportId, b: ReportId) -> Option<Option<ReportId>> {
        self.0.iter().rev().find_map(|judgement| match *judgement {
            Judgement::CopiedFrom { parent, child } if pair(parent, child) == pair(a, b) => Some(Some(parent)),
            Judgement::NotCopied { one, other } if pair(one, other) == pair(a, b) => Some(None),
            _ => None,
        })
    }
}

fn pair(a: ReportId, b: ReportId) -> (ReportId, ReportId) {
    (a.min(b), a.max(b))
}
