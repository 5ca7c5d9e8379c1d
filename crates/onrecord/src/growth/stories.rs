//! Mending the stories: which reports are alike now, and the groups in which that changed.
//!
//! A report has *moved* where its company changed, or a link along which it may join another came or went. Groups with such a
//! report are merged anew, beside the groups that they might join. A group that comes out as it was has nothing new to say to
//! others; one that does not is taken in, with those that it might join. So a change is felt as far as it changes anything,
//! and the answer is the one that merging all reports gives: what a group becomes depends on its own reports and on those that
//! join it, since a link along which nothing was joined leaves no trace.

use super::Growth;
use crate::pile::{Look, Memory, RecordPile};
use crate::{Error, Progress};
use onrecord_connect::stories::{Found, Link, affected, company, may_join, neighbours, stories_of};
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

/// Companies of the reports met on the way.
#[derive(Default)]
struct Companies(HashMap<ReportId, f64>);

impl Companies {
    fn of(&mut self, build: &Build, report: ReportId) -> Result<f64, Error> {
        if let Some(&known) = self.0.get(&report) {
            return Ok(known);
        }
        let found = Links::of(build, report)?.company();
        self.0.insert(report, found);
        Ok(found)
    }
}

/// Links that came and links that went, told by both ends.
#[derive(Default)]
struct Shifts {
    came: BTreeMap<ReportId, Vec<(ReportId, f64)>>,
    went: BTreeMap<ReportId, Vec<(ReportId, f64)>>,
}

impl Shifts {
    fn note(&mut self, report: ReportId, known: &[(ReportId, f64)], found: &[(ReportId, f64)]) {
        for (of, in_, side) in [(found, known, &mut self.came), (known, found, &mut self.went)] {
            for &(other, likeness) in of.iter().filter(|link| !in_.contains(link)) {
                side.entry(report).or_default().push((other, likeness));
                side.entry(other).or_default().push((report, likeness));
            }
        }
    }

    fn ends(&self) -> BTreeSet<ReportId> {
        self.came.keys().chain(self.went.keys()).copied().collect()
    }

    /// The reports that moved.
    fn moved(&self, build: &Build, companies: &mut Companies) -> Result<BTreeSet<ReportId>, Error> {
        let mut moved = BTreeSet::new();
        for report in self.ends() {
            let links = Links::of(build, report)?;
            let mut before: Vec<(ReportId, f64)> = links.all().collect();
            let came = self.came.get(&report).map_or(&[][..], Vec::as_slice);
            before.retain(|link| !came.contains(link));
            before.extend(self.went.get(&report).into_iter().flatten());
            if company(before.into_iter().map(|(_, likeness)| likeness).collect()) != links.company() {
                moved.insert(report);
            }
        }
        // The companies of what is left are now what they were.
        for (&report, links) in self.came.iter().chain(&self.went) {
            for &(other, likeness) in links {
                if may_join(likeness, (companies.of(build, report)?, companies.of(build, other)?)) {
                    moved.extend([report, other]);
                }
            }
        }
        Ok(moved)
    }
}

/// A story with its strangers, or a report that is in none and no stranger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Story(u64),
    Alone(ReportId),
}

impl Group {
    fn of(build: &Build, report: ReportId) -> Result<Group, Error> {
        let story = match build.story_of(report)? {
            None => build.stranger_of(report)?,
            story => story,
        };
        Ok(story.map_or(Group::Alone(report), Group::Story))
    }

    /// Its reports, by id.
    fn members(self, build: &Build) -> Result<Vec<ReportId>, Error> {
        match self {
            Group::Story(story) => {
                let mut members = build.story_members(story)?;
                members.extend(build.strangers_of(story)?);
                members.sort_unstable();
                Ok(members)
            }
            Group::Alone(report) => Ok(vec![report]),
        }
    }
}

/// Groups that are merged anew, and those beside them.
#[derive(Default)]
struct Region {
    inner: BTreeMap<ReportId, Links>,
    outer: BTreeMap<Group, Vec<ReportId>>,
}

impl Region {
    /// Takes groups in, with those that moved and that they might join, and puts those that they might join and that did not
    /// move beside them. False where a judgement ties one of them: such groups are not what merging alone made.
    fn take_in(
        &mut self,
        mut open: Vec<Group>,
        build: &Build,
        moved: &BTreeSet<ReportId>,
        ties: &Ties,
        companies: &mut Companies,
    ) -> Result<bool, Error> {
        let mut met: BTreeSet<Group> = open.iter().copied().collect();
        while let Some(group) = open.pop() {
            self.outer.remove(&group);
            for report in group.members(build)? {
                if self.inner.contains_key(&report) {
                    continue;
                }
                let links = Links::of(build, report)?;
                let own = links.company();
                companies.0.insert(report, own);
                for (other, likeness) in links.all() {
                    if self.inner.contains_key(&other) || !may_join(likeness, (own, companies.of(build, other)?)) {
                        continue;
                    }
                    let group = Group::of(build, other)?;
                    if self.outer.contains_key(&group) || !met.insert(group) {
                        continue;
                    }
                    let members = group.members(build)?;
                    if members.iter().any(|member| ties.contains_key(member)) {
                        return Ok(false);
                    }
                    if members.iter().any(|member| moved.contains(member)) {
                        open.push(group);
                    } else {
                        self.outer.insert(group, members);
                    }
                }
                self.inner.insert(report, links);
                if ties.contains_key(&report) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// All reports of the region, and all links of theirs.
    fn reports_and_links(&self, build: &Build) -> Result<(Vec<ReportId>, Vec<Link>), Error> {
        let mut all: BTreeMap<ReportId, &Links> = self.inner.iter().map(|(&report, links)| (report, links)).collect();
        let beside: Vec<ReportId> = self.outer.values().flatten().copied().collect();
        let theirs = beside.iter().map(|&report| Links::of(build, report)).collect::<Result<Vec<_>, Error>>()?;
        all.extend(beside.iter().copied().zip(&theirs));
        let mut links = Vec::new();
        for (&report, found) in &all {
            links.extend(found.earlier.iter().map(|&(other, likeness)| (report, other, likeness)));
            // A link between two of them is met at its later end.
            let later = found.later.iter().filter(|(other, _)| !all.contains_key(other));
            links.extend(later.map(|&(other, likeness)| (other, report, likeness)));
        }
        Ok((all.into_keys().collect(), links))
    }

    /// Groups beside that did not come out as they were.
    fn changed(&self, found: &[Found]) -> Vec<Group> {
        let mut group_of: HashMap<ReportId, (usize, usize)> = HashMap::new();
        for (ix, Found { story, strangers }) in found.iter().enumerate() {
            let size = story.reports.len() + strangers.len();
            group_of.extend(story.reports.iter().chain(strangers).map(|&report| (report, (ix, size))));
        }
        let same = |members: &[ReportId]| match group_of.get(&members[0]) {
            None => members.len() == 1,
            Some(group) => group.1 == members.len() && members.iter().all(|member| group_of.get(member) == Some(group)),
        };
        self.outer.iter().filter(|(_, members)| !same(members)).map(|(&group, _)| group).collect()
    }
}

impl Growth<'_> {
    /// Mends the stories, and marks those whose reports changed.
    pub(super) fn stories(&mut self, progress: &dyn Progress) -> Result<(), Error> {
        let memory = Memory::default();
        let shifts = self.neighbours(&memory, progress)?;
        let mut companies = Companies::default();
        let moved = self.moved(&shifts, &mut companies)?;
        let ties = self.ties();
        let mut done = HashSet::new();
        let mut open: Vec<ReportId> = moved.iter().copied().collect();
        while let Some(report) = open.pop() {
            if done.contains(&report) || !self.build.has(report)? {
                continue;
            }
            let mended = !self.changes.everything
                && self.mend_region(report, &moved, &ties, &mut companies, &mut done, &memory)?;
            if !mended {
                let (members, links) = self.component(report, &ties, &mut companies)?;
                done.extend(&members);
                let found = self.stories_among(&members, &links, &memory)?;
                for story in self.set_stories(&members, &found)? {
                    // Those who were in one story with a member and are no longer within its reach.
                    open.extend(Group::Story(story).members(self.build)?);
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

    /// Reports whose groups are to be merged anew.
    fn moved(&self, shifts: &Shifts, companies: &mut Companies) -> Result<BTreeSet<ReportId>, Error> {
        if self.changes.everything {
            return Ok(self.build.reports_by_day()?.into_iter().collect());
        }
        let mut moved = shifts.moved(self.build, companies)?;
        moved.extend(&self.changes.beside);
        moved.extend(self.changes.judged.iter().flat_map(Judgement::reports));
        // A report that came or went may have had no link; its own scope is looked at in any case.
        moved.extend(self.changes.came.iter().copied());
        moved.extend(self.changes.digests.iter().map(|digest| digest.report));
        for &scope in &self.left {
            moved.extend(Group::Story(scope).members(self.build)?);
        }
        Ok(moved)
    }

    /// Mends the links between alike reports.
    fn neighbours(&mut self, memory: &Memory, progress: &dyn Progress) -> Result<Shifts, Error> {
        let mut shifts = Shifts::default();
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
                if !self.changes.everything {
                    shifts.note(report, &known, &found);
                }
                self.build.set_neighbours(report, &found)?;
            }
        }
        Ok(shifts)
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

    /// Merges the group of a report anew, and what that touches. False, with nothing changed, where judgements have a part in it.
    fn mend_region(
        &mut self,
        report: ReportId,
        moved: &BTreeSet<ReportId>,
        ties: &Ties,
        companies: &mut Companies,
        done: &mut HashSet<ReportId>,
        memory: &Memory,
    ) -> Result<bool, Error> {
        let mut region = Region::default();
        let mut open = vec![Group::of(self.build, report)?];
        loop {
            if !region.take_in(open, self.build, moved, ties, companies)? {
                return Ok(false);
            }
            let (reports, links) = region.reports_and_links(self.build)?;
            let mut found = self.stories_among(&reports, &links, memory)?;
            open = region.changed(&found);
            if open.is_empty() {
                found.retain(|found| region.inner.contains_key(&found.story.reports[0]));
                let members: Vec<ReportId> = region.inner.into_keys().collect();
                done.extend(&members);
                self.set_stories(&members, &found)?;
                return Ok(true);
            }
        }
    }

    /// All reports that may be in a story with this one, and all their links. A link that cannot bring two reports together
    /// says only what company they keep: it is not followed.
    fn component(
        &self,
        from: ReportId,
        ties: &Ties,
        companies: &mut Companies,
    ) -> Result<(Vec<ReportId>, Vec<Link>), Error> {
        let (mut links, mut back, mut open) = (Vec::new(), Vec::new(), vec![from]);
        let mut members = BTreeSet::from([from]);
        while let Some(report) = open.pop() {
            let found = Links::of(self.build, report)?;
            let own = found.company();
            companies.0.insert(report, own);
            let mut near = Vec::new();
            for (other, likeness) in found.all() {
                if may_join(likeness, (own, companies.of(self.build, other)?)) {
                    near.push(other);
                }
            }
            for &other in ties.get(&report).into_iter().flatten() {
                if self.build.has(other)? {
                    near.push(other);
                }
            }
            open.extend(near.into_iter().filter(|&other| members.insert(other)));
            links.extend(found.earlier.into_iter().map(|(other, likeness)| (report, other, likeness)));
            back.extend(found.later.into_iter().map(|(other, likeness)| (other, report, likeness)));
        }
        // A link between two members was met at its later end.
        links.extend(back.into_iter().filter(|(later, ..)| !members.contains(later)));
        Ok((members.into_iter().collect(), links))
    }

    fn stories_among(&self, members: &[ReportId], links: &[Link], memory: &Memory) -> Result<Vec<Found>, Error> {
        if members.len() < 2 {
            return Ok(Vec::new());
        }
        let pile = RecordPile::new(self.build, Look::About, memory);
        let digests: Vec<Arc<Digest>> = members.iter().filter_map(|&report| pile.digest(report)).collect();
        pile.sound()?;
        Ok(stories_of(&digests, links, &self.judgements))
    }

    /// Puts these reports into these stories; gives the stories that they were in, or were strangers of.
    fn set_stories(&mut self, members: &[ReportId], found: &[Found]) -> Result<BTreeSet<u64>, Error> {
        let (mut story_of, mut stranger_of) = (BTreeMap::new(), BTreeMap::new());
        for Found { story, strangers } in found {
            story_of.extend(story.reports.iter().map(|&report| (report, story.id)));
            stranger_of.extend(strangers.iter().map(|&report| (report, story.id)));
        }
        let mut old = BTreeSet::new();
        for &report in members {
            let (before, now) = (self.build.story_of(report)?, story_of.get(&report).copied());
            old.extend(before);
            if before != now {
                self.build.set_story_of(report, now)?;
                if now.is_none() {
                    self.build.set_points(report, None)?;
                }
                self.left.insert(before.unwrap_or(report.0));
                self.retell.insert(now.unwrap_or(report.0), now);
            }
            let (before, now) = (self.build.stranger_of(report)?, stranger_of.get(&report).copied());
            old.extend(before);
            if before != now {
                self.build.set_stranger_of(report, now)?;
            }
        }
        for Found { story, .. } in found {
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
