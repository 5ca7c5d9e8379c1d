//! How many independent origins stand behind a statement: a range, its roots and reasons in sentences.
//!
//! Independence cannot be proved from text, so the answer runs from what is certain to what is possible. Three links make two
//! wordings one origin and are kept apart: copied text, a cited outlet, the same speaker.

use crate::entities::{ChainRef, name_words, organisation};
use crate::facts::Voice;
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
    kind: Basis,
    name: String,
    entity: Option<usize>,
    /// The body for which a person speaks, or the body itself: lower-case words.
    body: Vec<String>,
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
    for &ix in group {
        let item = &items[ix];
        let root = copied_root(items, group, item, evidence, &root_of, &mut reasons)
            .or_else(|| known_root(item, &drafts, evidence, items, group, &root_of, &mut reasons));
        let root = match root {
            Some(root) => root,
            None => {
                let draft = new_root(item, &drafts, evidence, &mut reasons);
                drafts.push(draft);
                drafts.len() - 1
            }
        };
        drafts[root].utterances.push(item.what.at);
        root_of.insert(item.what.at, root);
    }
    if drafts.iter().all(|d| !d.certain)
        && let Some(first) = drafts.first_mut()
    {
        first.certain = true; // somebody said it
    }
    finish(drafts, reasons, group.len(), items, group)
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
        let Some((_, there)) = edge.passages.iter().map(sides).find(|(here, _)| covers(*here, item)) else { continue };
        let source = group
            .iter()
            .map(|&g| &items[g])
            .find(|g| g.report() == other && covers(there, g) && root_of.contains_key(&g.what.at));
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

fn covers(passage: Span, item: &Item) -> bool {
    let (mut inside, mut all) = (0, 0);
    for span in &item.what.spans {
        all += span.len();
        let (start, end) = (span.start().max(passage.start()), span.end().min(passage.end()));
        inside += end.saturating_sub(start);
    }
    inside * 10 >= all * 7
}

fn note(reasons: &mut Vec<String>, reason: String) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}

fn outlet(item: &Item) -> String {
    if item.digest.outlet.is_empty() { format!("“{}”", item.digest.title) } else { item.digest.outlet.clone() }
}

/// The voice from which the words entered the report: the outermost one, but an outlet that only carries what was said to it or in
/// public is none.
fn entered_by(item: &Item) -> Option<Voice> {
    let mut voice = item.what.voice.as_ref()?;
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
    Some(voice)
}

/// A root made before that this voice belongs to.
fn known_root(
    item: &Item,
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
    let Some(voice) = &entered_by(item) else {
        return drafts.iter().position(|d| d.kind == Basis::OwnVoice && d.outlet == item.digest.outlet);
    };
    match voice.basis {
        Basis::Named | Basis::Organisation | Basis::Document => {
            let entity = entity(item, voice, evidence);
            let body = body(voice, entity, evidence);
            let found = drafts.iter().position(|d| same_speaker(d, voice, entity, &body))?;
            if !drafts[found].body.is_empty() && drafts[found].entity != entity {
                note(
                    reasons,
                    format!("{} and {} speak for one body, so they are one origin.", drafts[found].name, voice.name),
                );
            }
            Some(found)
        }
        Basis::Anonymous => known_unnamed(item, voice, drafts, reasons),
        Basis::Outlet => {
            // A cited outlet whose own report is in the pile adds nothing to what that report rests on.
            let cited = group.iter().map(|&g| &items[g]).find(|g| {
                root_of.contains_key(&g.what.at)
                    && same_outlet(&g.digest.outlet, &voice.name)
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

fn same_speaker(draft: &Draft, voice: &Voice, entity: Option<usize>, body: &[String]) -> bool {
    if draft.entity.is_some() && draft.entity == entity {
        return true;
    }
    let bodies = draft.body.last().is_some() && draft.body.last() == body.last();
    match (draft.kind, voice.basis) {
        (Basis::Document, Basis::Document) => {
            let (a, b) = (name_words(&draft.name), name_words(&voice.name));
            a.last() == b.last() || a.iter().any(|w| w.len() > 5 && b.contains(w))
        }
        (Basis::Named | Basis::Organisation, Basis::Named | Basis::Organisation) => {
            let (a, b) = (name_words(&draft.name), name_words(&voice.name));
            let named = !a.is_empty()
                && (a == b || a.len() == 1 && b.last() == a.last() || b.len() == 1 && a.last() == b.last());
            bodies || named && draft.entity.is_none_or(|d| entity.is_none_or(|e| e == d))
        }
        _ => false,
    }
}

/// Unnamed people are the same when one outlet had them, or when the later report credits the outlet that had them.
fn known_unnamed(item: &Item, voice: &Voice, drafts: &[Draft], reasons: &mut Vec<String>) -> Option<usize> {
    let spoke_to = spoke_to(item, voice);
    let found = drafts.iter().position(|d| d.kind == Basis::Anonymous && same_outlet(&d.outlet, &spoke_to))?;
    if !same_outlet(&item.digest.outlet, &spoke_to) {
        note(reasons, format!("{} has it from {}, so it adds no origin.", outlet(item), spoke_to));
    }
    Some(found)
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

fn entity(item: &Item, voice: &Voice, evidence: &Evidence) -> Option<usize> {
    evidence.entity_of.get(&(item.report(), voice.chain?)).copied()
}

/// The body that speaks through this voice: the organisation itself, or that of a spokesperson.
fn body(voice: &Voice, entity: Option<usize>, evidence: &Evidence) -> Vec<String> {
    const SPEAKS: &[&str] = &["lawyer", "attorney", "spokesman", "spokeswoman", "spokesperson", "press secretary"];
    if voice.basis == Basis::Organisation {
        let name = entity.map_or(voice.name.as_str(), |e| evidence.entities[e].name.as_str());
        let lower = name.to_lowercase();
        if SPEAKS.iter().any(|s| lower.contains(s)) {
            return name_words(&strip_speaker(&lower));
        }
        return name_words(name);
    }
    let Some(entity) = entity else { return Vec::new() };
    evidence.entities[entity]
        .roles
        .iter()
        .find(|r| SPEAKS.iter().any(|s| r.title.to_lowercase().contains(s)))
        .map(|r| {
            if r.organisation.is_empty() {
                name_words(&strip_speaker(&r.title.to_lowercase()))
            } else {
                name_words(&r.organisation)
            }
        })
        .unwrap_or_default()
}

/// "a ministry spokesman" → "ministry"; "a spokeswoman for the fund" → "fund".
fn strip_speaker(title: &str) -> String {
    let body = organisation(title);
    if !body.is_empty() {
        return body;
    }
    let words: Vec<&str> = title
        .split_whitespace()
        .filter(|w| !w.starts_with("spokes") && !matches!(*w, "a" | "an" | "the" | "its" | "lawyer" | "attorney"))
        .collect();
    words.join(" ")
}

fn new_root(item: &Item, drafts: &[Draft], evidence: &Evidence, reasons: &mut Vec<String>) -> Draft {
    let mut draft = Draft {
        kind: Basis::OwnVoice,
        name: format!("{}, own voice", outlet(item)),
        entity: None,
        body: Vec::new(),
        outlet: item.digest.outlet.clone(),
        certain: true,
        pair: false,
        utterances: Vec::new(),
    };
    let Some(voice) = &entered_by(item) else {
        draft.certain = !drafts.iter().any(|d| d.kind == Basis::OwnVoice);
        if !draft.certain {
            note(
                reasons,
                format!("{} says so in its own voice after another report: possible, not certain.", outlet(item)),
            );
        }
        return draft;
    };
    draft.kind = voice.basis;
    draft.entity = entity(item, voice, evidence);
    draft.body = body(voice, draft.entity, evidence);
    draft.name = draft.entity.map_or_else(|| voice.name.clone(), |e| evidence.entities[e].name.clone());
    match voice.basis {
        Basis::Anonymous => {
            draft.outlet = spoke_to(item, voice);
            draft.name = format!(
                "{} (unnamed, to {})",
                voice.name,
                if draft.outlet.is_empty() { "this report" } else { &draft.outlet }
            );
            draft.certain = drafts.is_empty() || drafts.iter().all(|d| !d.certain);
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
        Basis::Named if drafts.iter().any(|d| d.kind == Basis::Anonymous && d.certain) => {
            draft.certain = false;
            note(
                reasons,
                format!("{} may be the unnamed source of the earlier report, now on the record.", draft.name),
            );
        }
        Basis::Unspecified => {
            draft.name = "no source given".to_string();
            draft.certain = drafts.is_empty();
        }
        Basis::Outlet => draft.name = format!("{} (its source not given)", voice.name),
        _ => {}
    }
    draft
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
