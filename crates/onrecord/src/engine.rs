//! The engine: models loaded once, and the flows that use them.

use crate::growth::{self, Changes, Growth};
use crate::version::{self, Versions};
use crate::{Error, Progress, Settings, judging, pile};
use onrecord_language::{Job, Pipeline};
use onrecord_model::{Parse, Reading, Report, ReportId};
use onrecord_read::{ReadOptions, Trouble};
use onrecord_record::{Build, Kept, Known, Record};
use onrecord_understand::{Models, spans_to_parse, understand};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, mpsc};

/// Reports and bytes of text that go through the layers at a time; whichever is reached first. Large enough that the network's
/// matrix products are, small enough that memory stays flat.
const BATCH_REPORTS: usize = 64;
const BATCH_BYTES: usize = 1 << 20;

/// Reports that one thread parses at a time.
const SHARE_REPORTS: usize = 8;

/// A change of one report in so many, or more, has all links looked at: asking what is touched would cost more.
const MOST_OF: usize = 3;

/// Language pipeline, models and threads.
pub struct Engine {
    pipeline: Pipeline,
    models: Models,
    threads: rayon::ThreadPool,
    versions: OnceLock<Versions>,
}

/// What a build did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Built {
    /// Reports added.
    pub added: usize,
    /// Reports that the record had already.
    pub known: usize,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

/// A report on its way, or why there is none.
type Item = Result<Report, Trouble>;

/// A report that was read, with what connecting wants kept of it.
type Read = Result<(Result<Kept, Error>, Reading), Trouble>;

impl Engine {
    /// Loads the models.
    ///
    /// # Errors
    /// A model file that cannot be read, or threads that the system does not give.
    pub fn new(settings: &Settings) -> Result<Engine, Error> {
        let pipeline = match &settings.model.value {
            None => Pipeline::english(),
            Some(path) => Pipeline::from_file(path),
        };
        let threads = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs.value).build();
        Ok(Engine {
            pipeline: pipeline.map_err(|error| Error::other(error.to_string()))?,
            models: Models::english().map_err(|error| Error::other(error.to_string()))?,
            threads: threads.map_err(|error| Error::other(format!("the system gives no threads ({error})")))?,
            versions: OnceLock::new(),
        })
    }

    /// The language layer over texts, one answer a text, in order.
    pub fn parse(&self, texts: &[&str]) -> Vec<Parse> {
        let parse = |share: &[&str]| {
            let jobs: Vec<Job> = share.iter().map(|text| Job::whole(text)).collect();
            self.pipeline.parse_batch(&jobs)
        };
        self.threads.install(|| texts.par_chunks(SHARE_REPORTS).flat_map_iter(parse).collect())
    }

    /// Reads one report.
    pub fn read_report(&self, report: Report) -> Reading {
        self.read_share(vec![Arc::new(report)]).pop().expect("one report gives one reading")
    }

    /// Reads inputs and hands over every reading, in the order of the inputs.
    pub fn read(
        &self,
        inputs: &[PathBuf],
        options: &ReadOptions,
        progress: &dyn Progress,
        sink: &mut dyn FnMut(Result<Reading, Trouble>) -> Flow,
    ) {
        progress.stage("reading", None);
        self.stream(inputs, options, &mut |batch| {
            for item in self.read_batch(batch) {
                progress.done(1);
                if sink(item) == Flow::Stop {
                    return Flow::Stop;
                }
            }
            Flow::Go
        });
    }

    /// Reads inputs into the record at `path`, new or existing, and connects. All of it becomes visible in one step; a run
    /// that brings nothing new changes nothing.
    ///
    /// # Errors
    /// Trouble with the record; it is then as it was before. Inputs that cannot be read are no error: they are listed in the
    /// outcome and kept as notes.
    pub fn build(
        &self,
        inputs: &[PathBuf],
        options: &ReadOptions,
        path: &Path,
        progress: &dyn Progress,
    ) -> Result<Built, Error> {
        let mut build = Build::begin(path)?;
        let mut built = Built::default();
        let mut failed = None;
        let mut read = Vec::new();
        progress.stage("reading", None);
        self.stream(inputs, options, &mut |batch| {
            failed = self.add_batch(batch, &mut read, &mut build, &mut built, progress).err();
            if failed.is_none() { Flow::Go } else { Flow::Stop }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        write_read(read, &mut build, &mut built)?;
        if !build.added().is_empty() {
            let changes = Changes { came: build.added().to_vec(), ..Changes::default() };
            self.connect(&mut build, changes, progress)?;
        }
        build.commit()?;
        Ok(built)
    }

    /// Takes reports out of the record at `path`, with everything that rests on them alone, and mends the links of the
    /// others. Gives the ids that the record does not have.
    ///
    /// # Errors
    /// Trouble with the record; it is then as it was before.
    pub fn remove(&self, path: &Path, reports: &[ReportId], progress: &dyn Progress) -> Result<Vec<ReportId>, Error> {
        // A record is not made in order to take something out of it.
        drop(Record::open(path)?);
        let mut build = Build::begin(path)?;
        let mut changes = Changes::default();
        let mut unknown = Vec::new();
        self.renew(&mut build, &mut changes, progress)?;
        for &report in reports {
            if !growth::remove(&mut build, report, &mut changes)? {
                unknown.push(report);
            }
        }
        if build.changed() {
            self.connect(&mut build, changes, progress)?;
        }
        build.commit()?;
        Ok(unknown)
    }

    /// Reads a batch, and meanwhile writes what was read of the one before.
    fn add_batch(
        &self,
        batch: Vec<Item>,
        read: &mut Vec<Read>,
        build: &mut Build,
        built: &mut Built,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let all = batch.len();
        let mut new = Vec::with_capacity(all);
        for item in batch {
            match item {
                Ok(report) if build.meet(report.id, &report.file, &report.sha256)? == Known::Same => built.known += 1,
                item => new.push(item),
            }
        }
        let digested = |item: Result<Reading, Trouble>| {
            item.map(|reading| (pile::kept(&onrecord_connect::digest(&reading)), reading))
        };
        let before = std::mem::take(read);
        let (now, written) = self.threads.install(|| {
            let next = || self.read_batch(new).into_par_iter().map(digested).collect();
            rayon::join(next, || write_read(before, build, built))
        });
        *read = now;
        progress.done(all);
        written
    }

    /// Connects what changed. Where that is a good part of the record, all links are looked at, which is the same.
    pub(crate) fn connect(
        &self,
        build: &mut Build,
        mut changes: Changes,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        self.renew(build, &mut changes, progress)?;
        let (changed, all) = (changes.came.len() + changes.digests.len(), build.reports()?);
        changes.everything |= changed * MOST_OF > all;
        let judgements = judging::judgements(build)?;
        self.threads.install(|| Growth::new(build, judgements, changes).run(progress))
    }

    /// Where the record was read by another version of the program, reads its reports again and has all links looked at;
    /// where it was only connected by another version, has all links looked at.
    pub(crate) fn renew(&self, build: &mut Build, changes: &mut Changes, progress: &dyn Progress) -> Result<(), Error> {
        let versions = self.versions();
        let reading = build.meta("reading")?.as_deref() != Some(&versions.reading);
        let connecting = build.meta("connecting")?.as_deref() != Some(&versions.connecting);
        let added: BTreeSet<ReportId> = build.added().iter().copied().collect();
        if reading || connecting {
            build.forget_links(&added, reading)?;
            build.set_meta("reading", &versions.reading)?;
            build.set_meta("connecting", &versions.connecting)?;
            changes.everything = true;
        }
        if reading {
            let old: Vec<ReportId> = build.reports_by_day()?.into_iter().filter(|id| !added.contains(id)).collect();
            if !old.is_empty() {
                progress.stage("reading again", Some(old.len()));
            }
            for some in old.chunks(BATCH_REPORTS) {
                let reports = some.iter().map(|&id| Ok(Ok(build.stored(id)?)));
                let batch = reports.collect::<Result<Vec<Item>, Error>>()?;
                for reading in self.read_batch(batch).into_iter().flatten() {
                    build.replace(&reading, &pile::kept(&onrecord_connect::digest(&reading))?)?;
                    progress.done(1);
                }
            }
        }
        Ok(())
    }

    /// What this program makes of a sample: two programs that differ in it make other records of the same reports.
    fn versions(&self) -> &Versions {
        self.versions.get_or_init(|| version::versions(|report| self.read_report(report)))
    }

    /// Takes inputs in on a thread of its own and hands them over in batches, in their order.
    fn stream(&self, inputs: &[PathBuf], options: &ReadOptions, take: &mut dyn FnMut(Vec<Item>) -> Flow) {
        let (send, receive) = mpsc::sync_channel(2);
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let (mut batch, mut bytes, mut gone) = (Vec::new(), 0, false);
                onrecord_read::read_inputs(inputs, options, &mut |item| {
                    bytes += item.as_ref().map_or(0, |report| report.text.len());
                    batch.push(item);
                    if !gone && (batch.len() >= BATCH_REPORTS || bytes >= BATCH_BYTES) {
                        bytes = 0;
                        gone = send.send(std::mem::take(&mut batch)).is_err();
                    }
                    if gone {
                        batch.clear();
                    }
                });
                // Nobody listens any more where the taker stopped; what is left then is of no use.
                let _ = send.send(batch);
            });
            while let Ok(batch) = receive.recv() {
                if take(batch) == Flow::Stop {
                    break;
                }
            }
            drop(receive);
        });
    }

    /// Reads the reports of a batch on all threads; troubles stay in their places.
    fn read_batch(&self, batch: Vec<Item>) -> Vec<Result<Reading, Trouble>> {
        let mut places = Vec::with_capacity(batch.len());
        let mut reports = Vec::with_capacity(batch.len());
        for item in batch {
            places.push(item.map(|report| reports.push(Arc::new(report))));
        }
        let shares: Vec<&[Arc<Report>]> = reports.chunks(SHARE_REPORTS).collect();
        let readings: Vec<Vec<Reading>> =
            self.threads.install(|| shares.into_par_iter().map(|share| self.read_share(share.to_vec())).collect());
        let mut readings = readings.into_iter().flatten();
        places
            .into_iter()
            .map(|place| place.map(|()| readings.next().expect("every report gives one reading")))
            .collect()
    }

    fn read_share(&self, reports: Vec<Arc<Report>>) -> Vec<Reading> {
        let jobs: Vec<Job> = reports
            .iter()
            .map(|report| Job { text: &report.text, spans: spans_to_parse(report), vectors: true })
            .collect();
        let parses = self.pipeline.parse_batch(&jobs);
        drop(jobs);
        reports.into_iter().zip(parses).map(|(report, parse)| understand(report, parse, &self.models)).collect()
    }
}

/// Writes what was read, in order.
fn write_read(read: Vec<Read>, build: &mut Build, built: &mut Built) -> Result<(), Error> {
    for item in read {
        match item {
            Ok((kept, reading)) => {
                let before = build.added().len();
                build.add(&reading, &kept?)?;
                // One that came twice in a row is known the second time.
                let added = build.added().len() - before;
                built.added += added;
                built.known += 1 - added;
            }
            Err(trouble) => {
                build.trouble(&trouble.file, &trouble.problem)?;
                built.troubles.push(trouble);
            }
        }
    }
    Ok(())
}

/// Whether to go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    /// There may be more.
    Go,
    /// No more is wanted.
    Stop,
}
