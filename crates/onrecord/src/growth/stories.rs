//! Mending the stories: which reports are alike now, and the groups in which that changed.

use super::Growth;
use crate::pile::{Look, Memory, RecordPile};
use crate::{Error, Progress};
use onrecord_connect::stories::{Link, affected, company, may_join, neighbours, stories_of};
use onrecord_connect::{Digest, Judgement, Pile};
use onrecord_model::ReportId;
use onrecord_record::Build;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Reports that judgements on stories name together.
type Ties = BTreeMap<ReportId, Vec<ReportId>>;

/// Links of one report: to reports before it and after it.
struct Links {
    earlier: Vec<(ReportId, f64)>,
    later: Vec<(ReportId, f64)>,
}

impl Links {
    fn of(build: &Build, report: ReportId) -> Result<Links, Error> {
        Ok(Links { earlier: build.neighbours(report)?, later: build.followers(report)? })
    }

    fn all(&self) -> impl Iterator<Item = (ReportId, f64)> {
        self.earlier.iter().chain(&self.later).copied()
    }

    fn company(&self) -> f64 {
        company(self.all().map(|(_, likeness)| likeness).collect())
    }
}

/// What was met on the way along the links.
#[derive(Default)]
struct Met {
    reports: HashSet<ReportId>,
    companies: HashMap<ReportId, f64>,
}

impl Met {
    fn company(&mut self, build: &Build, report: ReportId) -> Result<f64, Error> {
        if let Some(&known) = self.companies.get(&report) {
            return Ok(known);
        }
        let found = Links::of(build, report)?.company();
        self.companies.insert(report, found);
        Ok(found)
    }
}

impl Growth<'_> {
    /// Mends the stories, and marks those whose reports changed.
    pub(super) fn stories(&mut self, progress: &dyn Progress) -> Result<(), Error> {
        let memory = Memory::default();
        let mut dirty = self.neighbours(&memory, progress)?;
        dirty.extend(self.changes.judged.iter().flat_map(Judgement::reports));
        dirty.extend(&self.changes.beside);
        // A report that came or went may have had no link; its own scope is looked at in any case.
        dirty.extend(self.changes.came.iter().copied());
        dirty.extend(self.changes.digests.iter().map(|digest| digest.report));
        let ties = self.ties();
        let mut met = Met::default();
        let mut open: Vec<ReportId> = dirty.into_iter().collect();
        while let Some(report) = open.pop() {
            if !met.reports.contains(&report) && self.build.has(report)? {
                let (members, links) = self.component(report, &ties, &mut met)?;
                for story in self.stories_among(&members, &links, &memory)? {
                    // Those who were in one story with a member and are no longer within its reach.
                    open.extend(self.build.story_members(story)?);
                }
            }
        }
        for scope in self.left.clone() {
            if !self.build.story_members(scope)?.is_empty() {
                self.retell.insert(scope, Some(scope));
            }
        }
        Ok(())
    }

    /// Mends the links between alike reports; gives the ends of those that came or went.
    fn neighbours(&mut self, memory: &Memory, progress: &dyn Progress) -> Result<BTreeSet<ReportId>, Error> {
        let mut dirty = BTreeSet::new();
        let mut looked_at = self.affected(Look::About, memory, affected)?;
        looked_at.extend(&self.changes.beside);
        progress.stage("finding stories", Some(looked_at.len()));
        for report in looked_at {
            progress.done(1);
            let pile = RecordPile::new(self.build, Look::About, memory);
            let found = pile.digest(report).map(|digest| neighbours(&digest, &pile));
            pile.sound()?;
            let mut found = found.unwrap_or_default();
            found.sort_unstable_by_key(|&(other, _)| other);
            let known = self.build.neighbours(report)?;
            if known != found {
                let differs = |(some, others): (&[_], &[(ReportId, f64)])| -> Vec<ReportId> {
                    some.iter().filter(|link| !others.contains(link)).map(|&(other, _)| other).collect()
                };
                dirty.extend(differs((&known, &found)));
                dirty.extend(differs((&found, &known)));
                dirty.insert(report);
                self.build.set_neighbours(report, &found)?;
            }
        }
        Ok(dirty)
    }

    fn ties(&self) -> Ties {
        let mut ties = Ties::new();
        for judgement in self.judgements.0.iter().chain(&self.changes.judged) {
            if let Judgement::SameStory { one, other } | Judgement::DifferentStories { one, other } = judgement {
                ties.entry(*one).or_default().push(*other);
                ties.entry(*other).or_default().push(*one);
            }
        }
        ties
    }

    /// All reports that may be in a story with this one, and all their links. A link that cannot bring two reports together
    /// says only what company they keep: it is not followed.
    fn component(&self, from: ReportId, ties: &Ties, met: &mut Met) -> Result<(Vec<ReportId>, Vec<Link>), Error> {
        let (mut members, mut links, mut back, mut open) = (HashSet::new(), Vec::new(), Vec::new(), vec![from]);
        met.reports.insert(from);
        while let Some(report) = open.pop() {
            let found = Links::of(self.build, report)?;
            let own = found.company();
            met.companies.insert(report, own);
            let mut near = Vec::new();
            for (other, likeness) in found.all() {
                if may_join(likeness, (own, met.company(self.build, other)?)) {
                    near.push(other);
                }
            }
            for &other in ties.get(&report).into_iter().flatten() {
                if self.build.has(other)? {
                    near.push(other);
                }
            }
            open.extend(near.into_iter().filter(|&other| met.reports.insert(other)));
            links.extend(found.earlier.into_iter().map(|(other, likeness)| (report, other, likeness)));
            back.extend(found.later.into_iter().map(|(other, likeness)| (other, report, likeness)));
            members.insert(report);
        }
        // A link between two members was met at its later end.
        links.extend(back.into_iter().filter(|(later, ..)| !members.contains(later)));
        let mut members: Vec<ReportId> = members.into_iter().collect();
        members.sort_unstable();
        Ok((members, links))
    }

    /// Finds the stories of these reports; gives the stories that they were in.
    fn stories_among(&mut self, members: &[ReportId], links: &[Link], memory: &Memory) -> Result<BTreeSet<u64>, Error> {
        let found = if members.len() < 2 {
            Vec::new()
        } else {
            let pile = RecordPile::new(self.build, Look::About, memory);
            let digests: Vec<Arc<Digest>> = members.iter().filter_map(|&report| pile.digest(report)).collect();
            pile.sound()?;
            stories_of(&digests, links, &self.judgements)
        };
        let story_of: BTreeMap<ReportId, u64> =
            found.iter().flat_map(|story| story.reports.iter().map(|&report| (report, story.id))).collect();
        let mut old = BTreeSet::new();
        for &report in members {
            let (before, now) = (self.build.story_of(report)?, story_of.get(&report).copied());
            old.extend(before);
            if before != now {
                self.build.set_story_of(report, now)?;
                self.left.insert(before.unwrap_or(report.0));
                self.retell.insert(now.unwrap_or(report.0), now);
            }
        }
        for story in &found {
            self.build.set_story(story)?;
        }
        for &gone in &old {
            if self.build.story_members(gone)?.is_empty() {
                self.build.drop_story(gone)?;
            }
        }
        Ok(old)
    }
}
