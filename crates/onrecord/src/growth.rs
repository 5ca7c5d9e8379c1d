//! Connecting what came, went or was judged, and what it touches: nothing else of the record is looked at.
//!
//! Step by step, each step handing on what it touched: copies into the reports that share a fingerprint with a changed one;
//! stories of the groups of alike reports in which a link changed; what these stories say; and the names that occur in them.

mod stories;
#[cfg(test)]
mod tests;

use crate::pile::{Look, Memory, RecordPile};
use crate::{Error, Progress, judging};
use onrecord_connect::figures::{DESCRIBED_BY, Figure, merge, named};
use onrecord_connect::{Digest, Judgement, Judgements, Pile, Points, Told, copies, told};
use onrecord_model::{CopyEdge, ReportId};
use onrecord_record::{Build, FigureRow, hex};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reports whose stories are told at a time.
const TOLD_AT_ONCE: usize = 512;
/// Changed reports whose digests are held at a time.
const CHANGED_AT_ONCE: usize = 256;

/// What changed in a record since it was connected.
#[derive(Default)]
pub(crate) struct Changes {
    /// Digests of reports that came or were replaced, as they are now, and of those that went or were replaced, as they
    /// were: words and terms, without facts.
    pub digests: Vec<Arc<Digest>>,
    /// Reports that came and whose digests are not listed, because they are many.
    pub came: Vec<ReportId>,
    /// Scopes that lost a report.
    pub bereft: BTreeSet<u64>,
    /// Reports that had a link to one that went.
    pub beside: BTreeSet<ReportId>,
    /// Judgements made or undone.
    pub judged: Vec<Judgement>,
    /// Whether all links are to be looked at.
    pub everything: bool,
}

/// What a story is told from: its scope and id, its reports, and the edges into them.
type Teller = (u64, Option<u64>, Vec<Arc<Digest>>, Vec<CopyEdge>);

/// What was told of a scope, and the points that had to be read for it.
type Heard = (u64, Told, Vec<(ReportId, Points)>);

/// A record that is being connected.
pub(crate) struct Growth<'b> {
    build: &'b mut Build,
    judgements: Judgements,
    changes: Changes,
    /// Stories to be told again, and reports that are in none: the scope, and the story's id.
    retell: BTreeMap<u64, Option<u64>>,
    /// Scopes that may be no more.
    left: BTreeSet<u64>,
    /// Names whose figures changed.
    units: Vec<u64>,
}

impl<'b> Growth<'b> {
    pub(crate) fn new(build: &'b mut Build, judgements: Judgements, mut changes: Changes) -> Growth<'b> {
        let left = std::mem::take(&mut changes.bereft);
        // A judgement waits for all reports that it names; now it may hold.
        let came: BTreeSet<ReportId> = changes.came.iter().copied().collect();
        let wakes = |judgement: &&Judgement| judgement.reports().iter().any(|report| came.contains(report));
        changes.judged.extend(judgements.0.iter().filter(wakes).cloned());
        Growth { build, judgements, changes, retell: BTreeMap::new(), left, units: Vec::new() }
    }

    /// Brings all links up to date.
    pub(crate) fn run(&mut self, progress: &dyn Progress) -> Result<(), Error> {
        self.build.write_postings()?;
        let mut touched = self.copies(progress)?;
        if self.changes.everything {
            touched.extend(self.build.reports_by_day()?);
        }
        touched.extend(self.changes.judged.iter().flat_map(Judgement::reports));
        touched.extend(self.changes.came.iter().copied());
        touched.extend(self.changes.digests.iter().map(|digest| digest.report));
        self.stories(progress)?;
        for report in touched {
            if self.build.has(report)? {
                let story = self.build.story_of(report)?;
                self.retell.insert(story.unwrap_or(report.0), story);
            }
        }
        progress.stage("telling stories", Some(self.retell.len()));
        self.tell(progress)?;
        progress.stage("bringing names together", Some(self.units.len()));
        self.entities()?;
        Ok(self.build.finish_links()?)
    }

    /// Reports to be looked at: those that `affected` says of the changed ones, or all.
    fn affected(
        &self,
        look: Look,
        memory: &Memory,
        affected: fn(&[Arc<Digest>], &dyn Pile) -> BTreeSet<ReportId>,
    ) -> Result<Vec<ReportId>, Error> {
        if self.changes.everything {
            return Ok(self.build.reports_by_day()?);
        }
        let pile = RecordPile::new(self.build, look, memory);
        let mut found = affected(&self.changes.digests, &pile);
        for some in self.changes.came.chunks(CHANGED_AT_ONCE) {
            let digests: Vec<Arc<Digest>> = some.iter().filter_map(|&report| pile.digest(report)).collect();
            found.extend(affected(&digests, &pile));
        }
        pile.sound()?;
        Ok(found.into_iter().collect())
    }

    /// Mends the copies; gives the reports at both ends of edges that changed.
    fn copies(&mut self, progress: &dyn Progress) -> Result<BTreeSet<ReportId>, Error> {
        let memory = Memory::default();
        let mut affected = self.affected(Look::Text, &memory, copies::affected)?;
        affected.extend(self.changes.judged.iter().flat_map(Judgement::reports));
        affected.extend(&self.changes.beside);
        progress.stage("finding copies", Some(affected.len()));
        let mut touched = BTreeSet::new();
        for report in affected {
            let pile = RecordPile::new(self.build, Look::Text, &memory);
            let child = pile.digest(report);
            let edges = child.map(|child| copies::edges_into(&child, &pile, &self.judgements));
            pile.sound()?;
            if let Some(edges) = edges {
                let kept = edges.into_iter().map(|edge| Ok((edge.clone(), encoded(&edge)?)));
                let changed = self.build.set_edges_into(report, &kept.collect::<Result<Vec<_>, Error>>()?)?;
                if !changed.is_empty() {
                    touched.insert(report);
                    touched.extend(changed);
                }
            }
            progress.done(1);
        }
        Ok(touched)
    }

    /// Tells the marked stories again: names, statements, events.
    fn tell(&mut self, progress: &dyn Progress) -> Result<(), Error> {
        let memory = Memory::default();
        let mut stale: BTreeSet<String> = BTreeSet::new();
        for scope in std::mem::take(&mut self.left) {
            // A story that is told again is compared with what it was; of one that is no more, nothing stays.
            if !self.retell.contains_key(&scope) {
                self.set_figures(scope, &[])?;
                self.build.set_events(scope, &[])?;
                self.build.drop_story(scope)?;
            }
        }
        // While some stories are told, what was told of those before is written, in order.
        let judgements = std::mem::take(&mut self.judgements);
        let mut told = Vec::new();
        let mut open: Vec<(u64, Option<u64>)> = std::mem::take(&mut self.retell).into_iter().rev().collect();
        while !open.is_empty() {
            let some = self.tellers(&mut open, &memory, &mut stale, progress)?;
            let (next, written) = rayon::join(|| tell_some(some, &judgements), || self.write_told(told, &mut stale));
            written?;
            told = next;
        }
        self.write_told(told, &mut stale)?;
        self.judgements = judgements;
        Ok(self.build.drop_statements(&stale)?)
    }

    /// Takes so many stories as are told at a time, with all that they are told from. What they have said so far is stale.
    fn tellers(
        &self,
        open: &mut Vec<(u64, Option<u64>)>,
        memory: &Memory,
        stale: &mut BTreeSet<String>,
        progress: &dyn Progress,
    ) -> Result<Vec<Teller>, Error> {
        let mut some: Vec<Teller> = Vec::new();
        let mut reports = 0;
        while reports < TOLD_AT_ONCE {
            let Some((scope, story)) = open.pop() else { break };
            let members = match story {
                Some(story) => self.build.story_members(story)?,
                None => vec![ReportId(scope)],
            };
            let mut edges = Vec::new();
            for &member in &members {
                stale.extend(self.build.statements_of(member)?);
                if members.len() > 1 {
                    for bytes in self.build.edges_into(member)? {
                        edges.push(decoded(&bytes)?);
                    }
                }
            }
            let pile = RecordPile::new(self.build, Look::Facts, memory);
            let mut digests: Vec<Arc<Digest>> = members.iter().filter_map(|&report| pile.digest(report)).collect();
            pile.sound()?;
            if story.is_some() {
                for digest in &mut digests {
                    if let Some(bytes) = self.build.points(digest.report)? {
                        Arc::make_mut(digest).points = decoded(&bytes)?;
                    }
                }
            }
            reports += digests.len();
            some.push((scope, story, digests, edges));
            progress.done(1);
        }
        Ok(some)
    }

    fn write_told(&mut self, heard: Vec<Heard>, stale: &mut BTreeSet<String>) -> Result<(), Error> {
        for (scope, told, points) in heard {
            for (report, points) in points {
                self.build.set_points(report, Some(&encoded(&points)?))?;
            }
            for statement in &told.statements {
                self.build.set_statement(statement)?;
                stale.remove(&hex(statement.id));
            }
            self.build.set_events(scope, &told.events)?;
            self.set_figures(scope, &told.figures)?;
        }
        Ok(())
    }

    /// Makes these the figures of a scope, and marks the names of those that came or went.
    fn set_figures(&mut self, scope: u64, figures: &[Figure]) -> Result<(), Error> {
        let mut known: BTreeMap<Vec<u8>, FigureRow> =
            self.build.figures_of_scope(scope)?.into_iter().map(|row| (row.bytes.clone(), row)).collect();
        for figure in figures {
            let bytes = encoded(figure)?;
            if known.remove(&bytes).is_none() {
                self.build.add_figure(scope, figure.unit, &bytes)?;
                self.units.push(figure.unit);
            }
        }
        for row in known.into_values() {
            let gone: Figure = decoded(&row.bytes)?;
            self.build.remove_figure(row.key, &gone.entity.chains)?;
            self.units.push(row.unit);
        }
        Ok(())
    }

    /// Mends the entities of the marked names.
    fn entities(&mut self) -> Result<(), Error> {
        let mut units = std::mem::take(&mut self.units);
        units.sort_unstable();
        units.dedup();
        let judged = self.judged_units()?;
        let mut tied: BTreeSet<BTreeSet<u64>> = judged
            .values()
            .filter(|group| group.iter().any(|unit| units.binary_search(unit).is_ok()))
            .cloned()
            .collect();
        // Judgements made or undone concern their units even where no figure changed.
        for chain in self.changes.judged.iter().flat_map(Judgement::chains).collect::<BTreeSet<_>>() {
            if let Some(unit) = self.unit_of(chain)? {
                tied.insert(judged.get(&unit).cloned().unwrap_or_else(|| BTreeSet::from([unit])));
            }
        }
        let done: BTreeSet<u64> = tied.iter().flatten().copied().collect();
        for group in tied {
            self.merge_units(&group)?;
        }
        for unit in units.into_iter().filter(|unit| !done.contains(unit)) {
            self.merge_unit(unit)?;
        }
        Ok(())
    }

    /// Units that judgements name, each with all that are tied to it.
    fn judged_units(&self) -> Result<BTreeMap<u64, BTreeSet<u64>>, Error> {
        let mut groups: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for judgement in &self.judgements.0 {
            let mut together = BTreeSet::new();
            for chain in judgement.chains() {
                let Some(unit) = self.unit_of(chain)? else { continue };
                groups.entry(unit).or_insert_with(|| BTreeSet::from([unit]));
                together.extend(groups[&unit].iter().copied());
            }
            if matches!(judgement, Judgement::SameEntity { .. }) {
                for unit in &together {
                    groups.insert(*unit, together.clone());
                }
            }
        }
        Ok(groups)
    }

    fn unit_of(&self, (report, chain): (ReportId, u32)) -> Result<Option<u64>, Error> {
        let scope = self.build.story_of(report)?.unwrap_or(report.0);
        for row in self.build.figures_of_scope(scope)? {
            let figure: Figure = decoded(&row.bytes)?;
            if figure.entity.chains.contains(&(report, chain)) {
                return Ok(Some(figure.unit));
            }
        }
        Ok(None)
    }

    /// One name on which there is no judgement. A body that half the record mentions costs no more than one that few do.
    fn merge_unit(&mut self, unit: u64) -> Result<(), Error> {
        let rows = self.build.figures_of_unit(unit, DESCRIBED_BY)?;
        let figures = rows.iter().map(|row| decoded(&row.bytes)).collect::<Result<Vec<Figure>, Error>>()?;
        if !figures.iter().all(|figure| figure.by_name_alone) {
            return self.merge_units(&BTreeSet::from([unit]));
        }
        let Some(entity) = named(&figures) else {
            return self.drop_entities(&BTreeSet::from([unit]), &BTreeSet::new());
        };
        self.build.set_entity(&entity, unit)?;
        for row in self.build.figures_without_entity(unit)? {
            let figure: Figure = decoded(&row.bytes)?;
            self.build.set_entity_of(row.key, &figure.entity.chains, entity.id)?;
        }
        Ok(())
    }

    /// All figures of names that judgements tie together, or of one name that needs more than the name.
    fn merge_units(&mut self, units: &BTreeSet<u64>) -> Result<(), Error> {
        let mut rows = Vec::new();
        for &unit in units {
            rows.extend(self.build.figures_of_unit(unit, usize::MAX)?);
        }
        let figures = rows.iter().map(|row| decoded(&row.bytes)).collect::<Result<Vec<Figure>, Error>>()?;
        let mut wanted = BTreeSet::new();
        for merged in merge(&figures, &self.judgements) {
            let id = hex(merged.entity.id);
            let unit = merged.figures.iter().map(|&at| figures[at].unit).min().unwrap_or_default();
            self.build.set_entity(&merged.entity, unit)?;
            for at in merged.figures {
                if rows[at].entity.as_ref() != Some(&id) {
                    self.build.set_entity_of(rows[at].key, &figures[at].entity.chains, merged.entity.id)?;
                }
            }
            wanted.insert(id);
        }
        self.drop_entities(units, &wanted)
    }

    /// Removes the entities of these units that nobody is any more.
    fn drop_entities(&mut self, units: &BTreeSet<u64>, wanted: &BTreeSet<String>) -> Result<(), Error> {
        for &unit in units {
            for id in self.build.entities_of_unit(unit)? {
                if !wanted.contains(&id) {
                    self.build.drop_entity(&id)?;
                }
            }
        }
        Ok(())
    }
}

fn tell_some(some: Vec<Teller>, judgements: &Judgements) -> Vec<Heard> {
    let read = |digest: &mut Arc<Digest>| {
        let digest = Arc::make_mut(digest);
        digest.read_meaning().then(|| (digest.report, digest.points.clone()))
    };
    let tell = |(scope, story, mut digests, edges): Teller| {
        let points = if story.is_some() { digests.par_iter_mut().filter_map(read).collect() } else { Vec::new() };
        (scope, told(story, &digests, edges, judgements), points)
    };
    some.into_par_iter().map(tell).collect()
}

/// Takes a report out of the record and notes what its going touches. Whether the record had it.
pub(crate) fn remove(build: &mut Build, report: ReportId, changes: &mut Changes) -> Result<bool, Error> {
    let memory = Memory::default();
    let pile = RecordPile::new(build, Look::Text, &memory);
    let digest = pile.digest(report);
    pile.sound()?;
    let Some(digest) = digest else { return Ok(false) };
    changes.bereft.insert(build.story_of(report)?.unwrap_or(report.0));
    changes.beside.extend(build.neighbours(report)?.into_iter().map(|(other, _)| other));
    changes.beside.extend(build.followers(report)?.into_iter().map(|(other, _)| other));
    changes.beside.extend(build.copied_by(report)?);
    let rests = |judgement: &Judgement| judgement.reports().contains(&report);
    changes.judged.extend(judging::judgements(build)?.0.into_iter().filter(rests));
    build.remove(report, digest.place().minute, &digest.keys())?;
    changes.beside.remove(&report);
    changes.digests.push(digest);
    Ok(true)
}

fn encoded<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    postcard::to_stdvec(value).map_err(|error| Error::other(format!("a link cannot be kept ({error})")))
}

fn decoded<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    postcard::from_bytes(bytes).map_err(|error| Error::other(format!("a kept link cannot be read ({error})")))
}
