//! A user's word on who is who: kept in the record by the passages that it names, and replayed whenever links are made.

use crate::growth::Changes;
use crate::{Engine, Error, Progress};
use onrecord_connect::{Judgement, Judgements};
use onrecord_record::rows::PassageRow;
use onrecord_record::{Build, JudgementRow, Record};
use std::path::Path;

/// What a user decides. People, bodies and places are named by the ids that they have in the record at the time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Two are one.
    Merge {
        /// Id of one.
        one: String,
        /// Id of the other.
        other: String,
    },
    /// Whom these reports mean is not whom the others mean.
    Split {
        /// Id of the entity.
        entity: String,
        /// Ids of the reports that mean somebody else: one and the same in all of them.
        reports: Vec<String>,
    },
    /// An entity is to be called so.
    Name {
        /// Id of the entity.
        entity: String,
        /// The name.
        name: String,
    },
    /// A decision is taken back.
    Undo {
        /// Id of the decision.
        judgement: String,
    },
}

/// Who decides, when and why.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grounds {
    /// Who; may be empty.
    pub by: String,
    /// Why; may be empty.
    pub why: String,
    /// When, RFC 3339.
    pub when: String,
}

impl Engine {
    /// Keeps a decision in the record at `path` and brings the links up to date. Gives the decisions that were kept or taken
    /// back.
    ///
    /// # Errors
    /// Ids that the record does not have, a decision that decides nothing, or trouble with the record; it is then as it was.
    pub fn judge(
        &self,
        path: &Path,
        decision: &Decision,
        grounds: &Grounds,
        progress: &dyn Progress,
    ) -> Result<Vec<JudgementRow>, Error> {
        // A record is not made in order to judge it.
        drop(Record::open(path)?);
        let mut build = Build::begin(path)?;
        let mut changes = Changes::default();
        self.renew(&mut build, &mut changes, progress)?;
        let made = match decision {
            Decision::Undo { judgement } => vec![undone(&mut build, judgement, grounds)?],
            decision => {
                let made = rows(&build, decision, grounds)?;
                made.iter().try_for_each(|row| build.add_judgement(row))?;
                made
            }
        };
        for row in &made {
            changes.judged.extend(resolved(&build, row)?);
        }
        self.connect(&mut build, changes, progress)?;
        build.commit()?;
        Ok(made)
    }
}

/// The user's decisions that hold, as connecting wants them. One whose report is not in the record waits for it.
pub(crate) fn judgements(build: &Build) -> Result<Judgements, Error> {
    let mut all = Vec::new();
    for row in build.judgements()?.iter().filter(|row| row.undone.is_none()) {
        all.extend(resolved(build, row)?);
    }
    Ok(Judgements(all))
}

pub(crate) fn resolved(build: &Build, row: &JudgementRow) -> Result<Option<Judgement>, Error> {
    let Some(one) = build.chain_at(&row.one)? else { return Ok(None) };
    let other = match &row.other {
        Some(passage) => build.chain_at(passage)?,
        None => None,
    };
    Ok(match (row.kind.as_str(), other, &row.name) {
        ("same", Some(other), _) => Some(Judgement::SameEntity { one, other }),
        ("different", Some(other), _) => Some(Judgement::DifferentEntities { one, other }),
        ("name", _, Some(name)) => Some(Judgement::NameEntity { chain: one, name: name.clone() }),
        _ => None,
    })
}

fn undone(build: &mut Build, id: &str, grounds: &Grounds) -> Result<JudgementRow, Error> {
    if !build.undo_judgement(id, &grounds.when)? {
        return Err(Error::unknown("decision that holds", id));
    }
    let found = build.judgements()?.into_iter().find(|row| row.id == id);
    found.ok_or_else(|| Error::unknown("decision", id))
}

fn rows(build: &Build, decision: &Decision, grounds: &Grounds) -> Result<Vec<JudgementRow>, Error> {
    let row = |kind: &str, one: &PassageRow, other: Option<&PassageRow>, name: Option<&str>| {
        JudgementRow {
            made: grounds.when.clone(),
            id: String::new(),
            by: grounds.by.clone(),
            why: grounds.why.clone(),
            kind: kind.to_owned(),
            name: name.map(str::to_owned),
            one: one.clone(),
            other: other.cloned(),
            undone: None,
        }
        .with_id()
    };
    match decision {
        Decision::Merge { one, other } if one == other => Err(Error::other("the two are one already: name two ids")),
        Decision::Merge { one, other } => {
            let (one, other) = (mentions(build, one)?, mentions(build, other)?);
            Ok(vec![row("same", &one[0], Some(&other[0]), None)])
        }
        Decision::Name { name, .. } if name.trim().is_empty() => Err(Error::other("a name has at least one letter")),
        Decision::Name { entity, name } => Ok(vec![row("name", &mentions(build, entity)?[0], None, Some(name.trim()))]),
        Decision::Split { entity, reports } => {
            let all = mentions(build, entity)?;
            if let Some(id) = reports.iter().find(|id| !all.iter().any(|mention| mention.report == **id)) {
                return Err(Error::other(format!("report {id} does not mention {entity}")));
            }
            let (go, stay): (Vec<_>, Vec<_>) = all.iter().partition(|mention| reports.contains(&mention.report));
            let (Some(first), Some(stays)) = (go.first(), stay.first()) else {
                return Err(Error::other("a split leaves at least one report to each: name fewer reports"));
            };
            let mut made: Vec<JudgementRow> =
                go.iter().map(|mention| row("different", stays, Some(mention), None)).collect();
            made.extend(go[1..].iter().map(|mention| row("same", first, Some(mention), None)));
            Ok(made)
        }
        Decision::Undo { .. } => Ok(Vec::new()),
    }
}

fn mentions(build: &Build, entity: &str) -> Result<Vec<PassageRow>, Error> {
    if build.is_unnamed(entity)? {
        return Err(Error::other(format!("{entity} has no name: only who is named can be merged, split or named")));
    }
    let found = build.mentions_of(entity)?;
    if found.is_empty() { Err(Error::unknown("person", entity)) } else { Ok(found) }
}
