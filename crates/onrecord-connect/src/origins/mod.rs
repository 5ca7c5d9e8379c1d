//! How many independent origins stand behind a statement: a range, its roots and reasons in sentences.
//!
//! Independence cannot be proved from text, so the answer runs from what is certain to what is possible. Three links make two
//! wordings one origin and are kept apart: copied text, a cited outlet, the same speaker.

mod known;
mod outlets;
mod root;
mod voice;

use crate::Digest;
use crate::entities::{ChainRef, name_words};
use crate::facts::Voice;
use crate::speakers::{Speaker, is_paper, speaker};
use crate::statements::{Group, Item};
use known::Quote;
use onrecord_model::{Basis, CopyEdge, Entity, EntityKind, Origins, ReportId, Root, UtteranceRef};
use outlets::outlet;
pub(crate) use outlets::same_outlet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use voice::entered_by;

/// What origins are told from, beside the propositions themselves.
pub(crate) struct Evidence<'a> {
    pub entities: &'a [Entity],
    pub entity_of: &'a BTreeMap<ChainRef, usize>,
    /// Copy edges into each report.
    pub copies: &'a BTreeMap<ReportId, Vec<&'a CopyEdge>>,
    /// Whose papers the story tells of: what a paper is called ("memo"), and the surname of its author.
    pub authors: BTreeSet<(String, String)>,
}

impl<'a> Evidence<'a> {
    /// What a story's origins are told from. O(propositions).
    pub fn new(
        digests: &[Arc<Digest>],
        entities: &'a [Entity],
        entity_of: &'a BTreeMap<ChainRef, usize>,
        copies: &'a BTreeMap<ReportId, Vec<&'a CopyEdge>>,
    ) -> Evidence<'a> {
        let people = entities.iter().filter(|entity| entity.kind == EntityKind::Person);
        let surnames: BTreeSet<String> = people.filter_map(|person| name_words(&person.name).pop()).collect();
        let mut authors = BTreeSet::new();
        let voices = digests.iter().flat_map(|digest| &digest.facts.propositions).filter_map(|p| p.voice.as_ref());
        for voice in voices.filter(|voice| voice.basis == Basis::Document) {
            let words = name_words(&voice.name);
            let paper = words.iter().find(|word| is_paper(word));
            let author = words.iter().find(|word| surnames.contains(*word));
            authors.extend(paper.cloned().zip(author.cloned()));
        }
        Evidence { entities, entity_of, copies, authors }
    }
}

/// A root while it is being made.
struct Draft {
    /// Under which names it speaks; none in a report's own voice.
    speakers: Vec<Speaker>,
    kind: Basis,
    name: String,
    /// Outlet to which an unnamed source spoke, or whose own voice it is.
    outlet: String,
    certain: bool,
    /// A pair that speaks together is possibly two.
    pair: bool,
    utterances: Vec<UtteranceRef>,
}

/// The origins of one group while they are being told.
struct Telling<'a> {
    items: &'a [Item<'a>],
    /// In order of day.
    group: &'a [usize],
    evidence: &'a Evidence<'a>,
    drafts: Vec<Draft>,
    /// The draft to which each wording told so far belongs.
    root_of: BTreeMap<UtteranceRef, usize>,
    /// What these wordings quote, each with its draft.
    quotes: Vec<(Quote<'a>, usize)>,
    reasons: Vec<String>,
}

/// Origins of one group of items (in order of day).
pub(crate) fn origins(items: &[Item], group: &Group, evidence: &Evidence) -> Origins {
    let members = &group.members;
    let (drafts, root_of, quotes, reasons) = (Vec::new(), BTreeMap::new(), Vec::new(), Vec::new());
    let mut telling = Telling { items, group: members, evidence, drafts, root_of, quotes, reasons };
    let (headlines, told): (Vec<usize>, Vec<usize>) =
        in_order(items, group).into_iter().partition(|&ix| told_below(items, members, ix).is_some());
    for ix in told {
        telling.tell(&items[ix], group.unsure.contains(&ix));
    }
    for ix in headlines {
        let root = told_below(items, members, ix).and_then(|below| telling.root_of.get(&below));
        if let Some(&root) = root {
            telling.drafts[root].utterances.push(items[ix].what.at);
        }
    }
    let Telling { drafts, mut reasons, .. } = telling;
    let mut drafts = united(drafts);
    on_the_record(&mut drafts, &mut reasons);
    if drafts.iter().all(|d| !d.certain)
        && let Some(first) = drafts.first_mut()
    {
        first.certain = true; // somebody said it
    }
    finish(drafts, reasons, items, members)
}

impl<'a> Telling<'a> {
    /// Gives a wording to its root. A root is no more than possible where the wording may say something else.
    fn tell(&mut self, item: &'a Item<'a>, unsure: bool) {
        let voice = entered_by(item, self.items, self.group);
        let root = self.copied_root(item).or_else(|| self.known_root(item, voice.as_ref()));
        let root = root.unwrap_or_else(|| {
            let mut draft = self.new_root(item, voice.as_ref());
            if unsure && draft.certain && self.drafts.iter().any(|d| d.certain) {
                draft.certain = false;
                let reason =
                    format!("{} words it otherwise: that it says the same is possible, not certain.", outlet(item));
                self.note(reason);
            }
            self.drafts.push(draft);
            self.drafts.len() - 1
        });
        let draft = &mut self.drafts[root];
        draft.utterances.push(item.what.at);
        let who = voice.as_ref().map(|voice| who(item, voice, self.evidence));
        let kind = draft.kind;
        let named = |who: &Speaker| who.basis == kind || is_named(who.basis) && is_named(kind);
        if let Some(who) = who.filter(named).filter(|who| !draft.speakers.contains(who)) {
            draft.speakers.push(who);
        }
        self.root_of.insert(item.what.at, root);
        self.keep_quotation(item.what, root);
    }

    fn note(&mut self, reason: String) {
        note(&mut self.reasons, reason);
    }
}

/// Where the report itself says what its headline sums up: the headline is no origin of its own.
fn told_below(items: &[Item], group: &[usize], ix: usize) -> Option<UtteranceRef> {
    let headline = &items[ix];
    let body = |other: &&Item| other.report() == headline.report() && !other.what.headline;
    let below = group.iter().map(|&g| &items[g]).find(body);
    below.filter(|_| headline.what.headline).map(|below| below.what.at)
}

fn note(reasons: &mut Vec<String>, reason: String) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}

/// Items by day and report, those last that may say something else; of each day first what is said, then what reports say themselves: that rests on who is quoted beside it.
fn in_order(items: &[Item], group: &Group) -> Vec<usize> {
    let mut order = group.members.clone();
    let unsure = |ix| group.unsure.contains(&ix);
    order.sort_by_key(|&ix| (unsure(ix), items[ix].day, items[ix].what.voice.is_none(), items[ix].report(), ix));
    order
}

/// Drafts without those that turned out to be one speaker under several names.
fn united(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut made: Vec<Draft> = Vec::new();
    for draft in drafts {
        let same = |d: &Draft| d.speakers.iter().any(|one| draft.speakers.iter().any(|other| one.is(other)));
        match made.iter_mut().find(|d| same(d)) {
            Some(known) => {
                known.certain |= draft.certain;
                known.utterances.extend(draft.utterances);
                known.speakers.extend(draft.speakers);
            }
            None => made.push(draft),
        }
    }
    // "It emerged" claims no source of its own beside one that has a name.
    if made.iter().any(|d| d.certain && d.kind != Basis::Unspecified) {
        made.iter_mut().filter(|d| d.kind == Basis::Unspecified).for_each(|d| d.certain = false);
    }
    made
}

fn is_named(basis: Basis) -> bool {
    matches!(basis, Basis::Named | Basis::Organisation | Basis::Document)
}

/// A named person who speaks later may be the unnamed one of before, and only one person can be: of all that are named, one is no
/// more than possible.
fn on_the_record(drafts: &mut [Draft], reasons: &mut Vec<String>) {
    let Some(unnamed) = drafts.iter().position(|d| d.kind == Basis::Anonymous && d.certain) else { return };
    let later = drafts.iter().skip(unnamed + 1).position(|d| d.kind == Basis::Named && d.certain);
    let Some(named) = later.map(|at| unnamed + 1 + at) else { return };
    drafts[named].certain = false;
    let name = &drafts[named].name;
    note(reasons, format!("{name} may be the unnamed source of the earlier report, now on the record."));
}

fn who(item: &Item, voice: &Voice, evidence: &Evidence) -> Speaker {
    speaker(item.report(), voice, evidence.entities, evidence.entity_of)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn finish(mut drafts: Vec<Draft>, mut reasons: Vec<String>, items: &[Item], group: &[usize]) -> Origins {
    let wordings = group.len();
    let certain = drafts.iter().filter(|d| d.certain).count() as u32;
    let possible = drafts.len() as u32 - certain + drafts.iter().filter(|d| d.pair).count() as u32;
    let mut reports: Vec<ReportId> = group.iter().map(|&ix| items[ix].report()).collect();
    reports.sort_unstable();
    reports.dedup();
    let range = if possible == 0 { certain.to_string() } else { format!("{certain} to {}", certain + possible) };
    let names: Vec<&str> = drafts.iter().filter(|d| d.certain).map(|d| d.name.as_str()).collect();
    let origins = if certain + possible == 1 { "origin" } else { "origins" };
    let head = format!(
        "{range} {origins} behind {wordings} {} in {} {}: {}.",
        if wordings == 1 { "wording" } else { "wordings" },
        reports.len(),
        if reports.len() == 1 { "report" } else { "reports" },
        names.join("; ")
    );
    reasons.insert(0, head);
    drafts.sort_by_key(|d| !d.certain);
    let roots = drafts
        .into_iter()
        .map(|d| {
            let mut utterances = d.utterances;
            utterances.sort();
            Root { kind: basis_name(d.kind).to_string(), name: d.name, utterances }
        })
        .collect();
    Origins { min: certain, max: certain + possible, roots, reasons }
}

fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::Named => "named",
        Basis::Organisation => "organisation",
        Basis::Anonymous => "anonymous",
        Basis::Document => "document",
        Basis::Outlet => "outlet",
        Basis::Unspecified => "unspecified",
        Basis::OwnVoice => "own-voice",
    }
}
