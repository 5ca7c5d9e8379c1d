//! How many independent origins stand behind a statement: a range, its roots and reasons in sentences.
//!
//! Independence cannot be proved from text, so the answer runs from what is certain to what is possible. Three links make two
//! wordings one origin and are kept apart: copied text, a cited outlet, the same speaker.

use crate::entities::{ChainRef, name_words};
use crate::facts::Voice;
use crate::likeness::covers;
use crate::speakers::{Speaker, speaker};
use crate::statements::Item;
use onrecord_model::{Basis, CopyEdge, Direction, Entity, Origins, ReportId, Root, Span, UtteranceRef};
use std::collections::BTreeMap;

/// What origins are told from, beside the propositions themselves.
pub(crate) struct Evidence<'a> {
    pub entities: &'a [Entity],
    pub entity_of: &'a BTreeMap<ChainRef, usize>,
    /// Copy edges into each report.
    pub copies: &'a BTreeMap<ReportId, Vec<&'a CopyEdge>>,
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

/// Origins of one group of items (in order of day).
pub(crate) fn origins(items: &[Item], group: &[usize], evidence: &Evidence) -> Origins {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut root_of: BTreeMap<UtteranceRef, usize> = BTreeMap::new();
    let mut reasons: Vec<String> = Vec::new();
    let (headlines, told): (Vec<usize>, Vec<usize>) =
        in_order(items, group).into_iter().partition(|&ix| told_below(items, group, ix).is_some());
    for ix in told {
        let item = &items[ix];
        let voice = entered_by(item, items, group);
        let root = copied_root(items, group, item, evidence, &root_of, &mut reasons)
            .or_else(|| known_root(item, voice.as_ref(), &drafts, evidence, items, group, &root_of, &mut reasons));
        let root = match root {
            Some(root) => root,
            None => {
                let draft = new_root(item, voice.as_ref(), &drafts, evidence, &mut reasons);
                drafts.push(draft);
                drafts.len() - 1
            }
        };
        drafts[root].utterances.push(item.what.at);
        let who = voice.as_ref().map(|voice| who(item, voice, evidence));
        let named =
            |who: &Speaker| who.basis == drafts[root].kind || is_named(who.basis) && is_named(drafts[root].kind);
        if let Some(who) = who.filter(named).filter(|who| !drafts[root].speakers.contains(who)) {
            drafts[root].speakers.push(who);
        }
        root_of.insert(item.what.at, root);
    }
    for ix in headlines {
        let root = told_below(items, group, ix).and_then(|below| root_of.get(&below));
        if let Some(&root) = root {
            drafts[root].utterances.push(items[ix].what.at);
        }
    }
    let mut drafts = united(drafts);
    on_the_record(&mut drafts, &mut reasons);
    if drafts.iter().all(|d| !d.certain)
        && let Some(first) = drafts.first_mut()
    {
        first.certain = true; // somebody said it
    }
    finish(drafts, reasons, group.len(), items, group)
}

/// Where the report itself says what its headline sums up: the headline is no origin of its own.
fn told_below(items: &[Item], group: &[usize], ix: usize) -> Option<UtteranceRef> {
    let headline = &items[ix];
    let body = |other: &&Item| other.report() == headline.report() && !other.what.headline;
    let below = group.iter().map(|&g| &items[g]).find(body);
    below.filter(|_| headline.what.headline).map(|below| below.what.at)
}

/// The root of the text that this one was copied from.
fn copied_root(
    items: &[Item],
    group: &[usize],
    item: &Item,
    evidence: &Evidence,
    root_of: &BTreeMap<UtteranceRef, usize>,
    reasons: &mut Vec<String>,
) -> Option<usize> {
    for edge in evidence.copies.get(&item.report()).into_iter().flatten().filter(|e| !e.rival) {
        let other = if edge.to == item.report() { edge.from } else { edge.to };
        let child_side = edge.to == item.report();
        let sides = |pair: &(Span, Span)| if child_side { (pair.1, pair.0) } else { *pair };
        let Some((_, there)) = edge.passages.iter().map(sides).find(|(here, _)| covers(*here, item.what)) else {
            continue;
        };
        let source = group
            .iter()
            .map(|&g| &items[g])
            .find(|g| g.report() == other && covers(there, g.what) && root_of.contains_key(&g.what.at));
        let Some(source) = source else { continue };
        let how = match (&edge.unseen_parent, edge.direction) {
            (Some(parent), _) => format!("share the text of {parent}"),
            (None, Direction::Unknown) => "share copied text".to_string(),
            (None, _) if child_side => "copied its text".to_string(),
            (None, _) => "gave its text".to_string(),
        };
        note(reasons, format!("{} and {} {how} here, so they are one origin.", outlet(source), outlet(item)));
        return root_of.get(&source.what.at).copied();
    }
    None
}

fn note(reasons: &mut Vec<String>, reason: String) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}

fn outlet(item: &Item) -> String {
    if item.digest.outlet.is_empty() { format!("“{}”", item.digest.title) } else { item.digest.outlet.clone() }
}

/// Items by day and report; in each report first what is said, then what the report says itself: that rests on who is quoted beside
/// it.
fn in_order(items: &[Item], group: &[usize]) -> Vec<usize> {
    let mut order = group.to_vec();
    order.sort_by_key(|&ix| (items[ix].day, items[ix].report(), items[ix].what.voice.is_none(), ix));
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

/// The voice from which the words entered the report: the outermost one, but an outlet that only carries what was said to it or in
/// public is none.
fn entered_by(item: &Item, items: &[Item], group: &[usize]) -> Option<Voice> {
    let Some(mut voice) = item.what.voice.as_ref() else {
        return hearsay(&item.what.text).then(nobody);
    };
    // A container comes before what it contains, so that the way up ends.
    while let Some(within) = voice.within {
        let at = UtteranceRef::Said(item.report(), within);
        let container = item.digest.facts.propositions.iter().find(|p| p.at == at).and_then(|p| p.voice.as_ref());
        let Some(container) = container.filter(|c| c.within.is_none_or(|w| w < within) && !c.name.is_empty()) else {
            break;
        };
        if container.basis == Basis::Outlet && !voice.in_private {
            break;
        }
        voice = container;
    }
    let mut voice = voice.clone();
    // Said in private and known through an outlet: what the outlet has it from is not told.
    if voice.in_private
        && let Some((chain, name)) = voice.via.pop()
    {
        voice = Voice { basis: Basis::Outlet, chain, name, via: Vec::new(), count: None, ..voice };
    }
    // A name that another report of the group is published under is an outlet, whatever it was read as.
    if voice.basis == Basis::Organisation && voice.name.is_empty() {
        voice.basis = Basis::Unspecified;
    }
    let is_outlet =
        |g: &usize| items[*g].report() != item.report() && same_outlet(&items[*g].digest.outlet, &voice.name);
    if matches!(voice.basis, Basis::Named | Basis::Organisation) && group.iter().any(is_outlet) {
        voice.basis = Basis::Outlet;
    }
    Some(voice)
}

/// "It emerged", "it is understood": no source is claimed.
fn hearsay(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "it became known",
        "it emerged",
        "it has become known",
        "it has emerged",
        "it has transpired",
        "it is known",
        "it is understood",
        "it transpired",
        "it was learned",
        "it was learnt",
        "it was understood",
    ];
    let lower = text.get(..30.min(text.len())).unwrap_or_default().to_lowercase();
    OPENINGS.iter().any(|opening| lower.starts_with(opening))
}

fn nobody() -> Voice {
    Voice {
        basis: Basis::Unspecified,
        stance: onrecord_model::Stance::Asserts,
        chain: None,
        name: String::new(),
        count: None,
        via: Vec::new(),
        said: None,
        source: None,
        within: None,
        in_private: false,
    }
}

/// A root made before that this voice belongs to.
#[expect(clippy::too_many_arguments, reason = "all that is known of the group so far")]
fn known_root(
    item: &Item,
    voice: Option<&Voice>,
    drafts: &[Draft],
    evidence: &Evidence,
    items: &[Item],
    group: &[usize],
    root_of: &BTreeMap<UtteranceRef, usize>,
    reasons: &mut Vec<String>,
) -> Option<usize> {
    if let Some(same) = same_quotation(item, items, group, root_of) {
        return Some(same);
    }
    let Some(voice) = voice else {
        return rests_on(item, drafts, evidence, items, group, root_of, reasons);
    };
    match voice.basis {
        Basis::Named | Basis::Organisation | Basis::Document => {
            let who = who(item, voice, evidence);
            let found = drafts
                .iter()
                .position(|d| d.speakers.iter().any(|s| s.is(&who)))
                .or_else(|| who.is_bodiless().then(|| only_body(drafts)).flatten())?;
            if drafts[found].speakers.iter().any(|s| s.shares_body(&who)) && drafts[found].name != voice.name {
                note(
                    reasons,
                    format!("{} and {} speak for one body, so they are one origin.", drafts[found].name, voice.name),
                );
            }
            Some(found)
        }
        Basis::Anonymous => known_unnamed(item, voice, drafts, evidence, reasons),
        Basis::Outlet => {
            // A cited outlet whose own report is in the pile adds nothing to what that report rests on.
            let cited = group.iter().map(|&g| &items[g]).find(|g| {
                root_of.contains_key(&g.what.at)
                    && (same_outlet(&g.digest.outlet, &voice.name) || some_outlet(&voice.name) && credits(item, g))
                    && g.report() != item.report()
            });
            if let Some(cited) = cited {
                note(reasons, format!("{} only cites {}, whose report is here.", outlet(item), voice.name));
                return root_of.get(&cited.what.at).copied();
            }
            drafts.iter().position(|d| {
                d.kind == Basis::Outlet && same_outlet(&d.name, &voice.name) || same_outlet(&d.outlet, &voice.name)
            })
        }
        Basis::Unspecified => {
            let carried = drafts.iter().position(|d| d.certain);
            if carried.is_some() {
                note(reasons, format!("{} names no source for what others had reported.", outlet(item)));
            }
            carried
        }
        Basis::OwnVoice => None,
    }
}

/// What a report's own sentence rests on: whom the report, or its outlet before, credits for the same; or the report from which it has
/// copied, or which it credits, elsewhere in the text.
fn rests_on(
    item: &Item,
    drafts: &[Draft],
    evidence: &Evidence,
    items: &[Item],
    group: &[usize],
    root_of: &BTreeMap<UtteranceRef, usize>,
    reasons: &mut Vec<String>,
) -> Option<usize> {
    let before = |g: &&Item| root_of.contains_key(&g.what.at);
    let mut others = group.iter().map(|&g| &items[g]).filter(before);
    let home = |g: &&Item| g.report() == item.report() || same_outlet(&g.digest.outlet, &item.digest.outlet);
    if let Some(own) = others.clone().find(home) {
        return root_of.get(&own.what.at).copied();
    }
    let of_outlet = |d: &Draft| d.kind == Basis::OwnVoice && same_outlet(&d.outlet, &item.digest.outlet);
    if let Some(found) = drafts.iter().position(of_outlet) {
        return Some(found);
    }
    let edges = evidence.copies.get(&item.report());
    let copied =
        |g: &&Item| edges.into_iter().flatten().any(|e| e.to == item.report() && e.from == g.report() && !e.rival);
    let garbled = |g: &&Item| figures_differ(item, g);
    let parent = others.find(|g| garbled(g) && (copied(g) || credits(item, g)))?;
    note(
        reasons,
        format!("{} credits or copies {} elsewhere; its other figure is no source.", outlet(item), outlet(parent)),
    );
    root_of.get(&parent.what.at).copied()
}

/// The root of a wording in quotation marks that has most of these quoted words: two reports that quote the same words heard one
/// speaker on one occasion.
fn same_quotation(
    item: &Item,
    items: &[Item],
    group: &[usize],
    root_of: &BTreeMap<UtteranceRef, usize>,
) -> Option<usize> {
    let terms = &item.what.terms;
    let like = |other: &&Item| {
        let shared = terms.iter().filter(|t| other.what.terms.binary_search(t).is_ok()).count();
        other.what.quoted && shared >= 3 && shared * 5 >= terms.len().min(other.what.terms.len()) * 4
    };
    if !item.what.quoted {
        return None;
    }
    let found = group.iter().map(|&g| &items[g]).filter(|g| root_of.contains_key(&g.what.at)).find(like)?;
    root_of.get(&found.what.at).copied()
}

/// Unnamed people are the same when one outlet had them, or when the later report credits the outlet that had them; but not where the
/// words tell them apart.
fn known_unnamed(
    item: &Item,
    voice: &Voice,
    drafts: &[Draft],
    evidence: &Evidence,
    reasons: &mut Vec<String>,
) -> Option<usize> {
    let spoke_to = spoke_to(item, voice);
    let who = who(item, voice, evidence);
    let same = |d: &Draft| d.speakers.iter().any(|s| s.entity.is_some() && s.entity == who.entity);
    if let Some(found) = drafts.iter().position(same) {
        return Some(found);
    }
    if apart(voice) {
        return None;
    }
    let named = |d: &Draft| some_outlet(&spoke_to) && !same_outlet(&d.outlet, &item.digest.outlet);
    let theirs = |d: &Draft| d.kind == Basis::Anonymous && (same_outlet(&d.outlet, &spoke_to) || named(d));
    let found = drafts.iter().position(theirs)?;
    if !same_outlet(&item.digest.outlet, &spoke_to) {
        note(reasons, format!("{} has it from {}, so it adds no origin.", outlet(item), spoke_to));
    }
    Some(found)
}

/// "Two other workers", "another official": the words themselves tell them from whom else the report names.
fn apart(voice: &Voice) -> bool {
    name_words(&voice.name).iter().any(|word| matches!(word.as_str(), "other" | "another" | "second" | "different"))
}

/// The outlet to which an unnamed source spoke: the carrier nearest to it that is no person, else the report's own.
fn spoke_to(item: &Item, voice: &Voice) -> String {
    voice.via.last().map_or_else(|| item.digest.outlet.clone(), |(_, name)| name.clone())
}

pub(crate) fn same_outlet(a: &str, b: &str) -> bool {
    let (a, b) = (name_words(a), name_words(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    long == short || long.starts_with(short) || long.ends_with(short) || short.len() == 1 && initials(long) == short[0]
}

fn initials(words: &[String]) -> String {
    words.iter().filter_map(|w| w.chars().next()).collect()
}

/// "The paper", "the newspaper": an outlet that is named elsewhere.
fn some_outlet(name: &str) -> bool {
    let words = name_words(name);
    let [word] = words.as_slice() else { return false };
    matches!(
        word.as_str(),
        "agency" | "broadcaster" | "magazine" | "newspaper" | "outlet" | "paper" | "site" | "station"
    )
}

/// Whether the report names the other's outlet anywhere as one that it has things from.
fn credits(item: &Item, other: &Item) -> bool {
    let outlet = &other.digest.outlet;
    let mut voices = item.digest.facts.propositions.iter().filter_map(|p| p.voice.as_ref());
    let carriers = |v: &Voice| v.via.iter().any(|(_, name)| same_outlet(name, outlet));
    voices.any(|v| carriers(v) || same_outlet(&v.name, outlet))
}

/// Whether both give figures, and none alike.
fn figures_differ(a: &Item, b: &Item) -> bool {
    let (p, q) = (&a.what.numbers, &b.what.numbers);
    !p.is_empty() && !q.is_empty() && !p.iter().any(|n| q.iter().any(|m| n.value == m.value))
}

/// The one draft that is a body, or speaks for one.
fn only_body(drafts: &[Draft]) -> Option<usize> {
    let mut bodies = drafts.iter().enumerate().filter(|(_, d)| d.speakers.iter().any(|s| !s.body.is_empty()));
    let first = bodies.next()?.0;
    bodies.next().is_none().then_some(first)
}

fn who(item: &Item, voice: &Voice, evidence: &Evidence) -> Speaker {
    speaker(item.report(), voice, evidence.entities, evidence.entity_of)
}

fn new_root(
    item: &Item,
    voice: Option<&Voice>,
    drafts: &[Draft],
    evidence: &Evidence,
    reasons: &mut Vec<String>,
) -> Draft {
    let mut draft = Draft {
        speakers: Vec::new(),
        kind: Basis::OwnVoice,
        name: format!("{}, own voice", outlet(item)),
        outlet: item.digest.outlet.clone(),
        certain: true,
        pair: false,
        utterances: Vec::new(),
    };
    let Some(voice) = voice else {
        draft.certain = drafts.iter().all(|d| !d.certain);
        if !draft.certain {
            note(
                reasons,
                format!("{} says so in its own voice after another report: possible, not certain.", outlet(item)),
            );
        }
        return draft;
    };
    let who = who(item, voice, evidence);
    draft.kind = who.basis;
    draft.name = who.entity.map_or_else(|| voice.name.clone(), |e| evidence.entities[e].name.clone());
    let basis = who.basis;
    draft.speakers.push(who);
    match basis {
        Basis::Anonymous => {
            draft.outlet = spoke_to(item, voice);
            draft.name = format!(
                "{} (unnamed, to {})",
                voice.name,
                if draft.outlet.is_empty() { "this report" } else { &draft.outlet }
            );
            // Three people and more cannot all be the one who was named.
            let group = voice.count.is_some_and(|n| n >= 3) && drafts.iter().all(|d| d.kind != Basis::Anonymous);
            draft.certain = apart(voice) || group || drafts.iter().all(|d| !d.certain);
            draft.pair = voice.count == Some(2) && draft.certain;
            if !draft.certain {
                note(
                    reasons,
                    format!(
                        "The unnamed {} of {} may be the same people as a source counted before.",
                        voice.name,
                        outlet(item)
                    ),
                );
            } else if draft.pair {
                note(reasons, format!("{} speak together: one for certain, possibly two.", capital(&voice.name)));
            }
        }
        Basis::Unspecified => {
            draft.name = "no source given".to_string();
            draft.certain = drafts.is_empty();
        }
        // An inquiry rests on people and papers; who they are is not told.
        Basis::Document if rests_on_others(&voice.name) && drafts.iter().any(|d| d.certain) => {
            draft.certain = false;
            note(reasons, format!("{} may rest on sources counted before.", capital(&voice.name)));
        }
        Basis::Outlet => draft.name = format!("{} (its source not given)", voice.name),
        _ => {}
    }
    draft
}

fn rests_on_others(document: &str) -> bool {
    name_words(document).iter().any(|w| matches!(w.as_str(), "inquiry" | "investigation" | "review" | "enquiry"))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn finish(
    mut drafts: Vec<Draft>,
    mut reasons: Vec<String>,
    wordings: usize,
    items: &[Item],
    group: &[usize],
) -> Origins {
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
