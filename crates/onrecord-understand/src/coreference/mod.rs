//! Who and what a report speaks of: mentions that are one thing, joined to chains.
//!
//! Deterministic, in the spirit of the multi-pass sieve (Lee et al., 2013): names are grouped first over the whole text, then
//! mentions are read from left to right, each joining the entity that its words allow and its place suggests. Mentions follow
//! the OntoNotes guidelines: the whole noun phrase with its clauses and appositions, possessive mark included.

mod chains;
mod descriptions;
mod entities;
mod lexicon;
mod mended;
mod mentions;
mod names;
mod pronouns;
mod ranking;
mod roles;
mod text;
mod training;
mod weights;

pub use chains::{Coreference, Facts};
pub use training::{Candidate, Judged, judged_in};

use crate::attribution::Attribution;
use crate::quotes::Quote;
use crate::words::Words;
use entities::{Entities, EntityIx, NONE};
use lexicon::Form;
use mentions::{Mention, MentionIx};
use names::Names;
use onrecord_model::{MentionKind, Parse, Report, Span};
use roles::Roles;
use std::collections::BTreeMap;
use text::Text;

/// A stretch of quoted words and who is credited with them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Speech {
    /// The quoted words.
    pub content: Span,
    /// Who is credited, as written; none when the text does not say.
    pub source: Option<Span>,
}

/// The outermost quotations with the sources of the attributions that they are content of, in the order of the text.
///
/// O(quotations + attributions): both lists are in text order of their outermost spans.
pub fn speeches(quotes: &[Quote], attributions: &[Attribution]) -> Vec<Speech> {
    let mut sources: Vec<(Span, Span)> = Vec::new();
    for attribution in attributions.iter().filter(|a| a.within.is_none()) {
        let Some(source) = attribution.source else { continue };
        sources.extend(attribution.content.iter().map(|&content| (content, source)));
    }
    sources.sort_unstable();
    let mut outer: Vec<Span> = quotes.iter().filter(|quote| quote.within.is_none()).map(|quote| quote.span).collect();
    outer.sort_unstable();
    outer
        .into_iter()
        .map(|content| {
            let before = sources.partition_point(|(span, _)| span.start() < content.end());
            let credited = sources[..before].iter().rev().take(4).find(|(span, _)| span.overlaps(content));
            Speech { content, source: credited.map(|&(_, source)| source) }
        })
        .collect()
}

/// The chains of a report, ordered by first mention.
pub fn coreference(report: &Report, parse: &Parse, speeches: &[Speech]) -> Coreference {
    coreference_in(&report.text, parse, speeches)
}

/// The same over a bare text.
pub fn coreference_in(text: &str, parse: &Parse, speeches: &[Speech]) -> Coreference {
    run(text, parse, speeches, None)
}

/// All passes; `judged` takes what a trainer is to see.
fn run(text: &str, parse: &Parse, speeches: &[Speech], judged: Option<&mut Vec<Judged>>) -> Coreference {
    let words = Words::new(text, parse);
    let text = Text::new(&words);
    let mut mentions = mentions::mentions(&text);
    let roles = roles::roles(&text, &mut mentions);
    let names = names::group_names(&text, &mentions);
    for (mention, group) in mentions.iter_mut().zip(&names.of) {
        if let Some(group) = group {
            adopt(mention, &names.groups[*group as usize]);
        }
    }
    for (ix, by) in roles.named_by.iter().enumerate() {
        if let Some(part) = by
            && mentions[ix].gender == lexicon::HUMAN
            && mentions[*part as usize].gender & lexicon::HUMAN != 0
        {
            mentions[ix].gender = mentions[*part as usize].gender & lexicon::HUMAN;
        }
    }
    let entities = resolve(&text, &mentions, &roles, &names, speeches, judged);
    chains::chains(&text, &mentions, &roles, &names, entities)
}

/// What a group of names knows goes to each of its mentions: the sort most of all.
fn adopt(mention: &mut Mention, group: &names::Group) {
    use lexicon::{HUMAN, NEUTER, Sort};
    if group.sort == Sort::Unknown {
        return;
    }
    mention.sort = group.sort;
    mention.gender = match group.sort {
        Sort::Person if group.gender != 0 => group.gender,
        Sort::Person => HUMAN,
        _ => NEUTER,
    };
    if group.sort == Sort::Person {
        mention.plural = !mention.singular;
    }
}

/// Reads the mentions from left to right.
fn resolve(
    text: &Text,
    mentions: &[Mention],
    roles: &Roles,
    names: &Names,
    speeches: &[Speech],
    mut judged: Option<&mut Vec<Judged>>,
) -> Entities {
    let mut entities = Entities::new(mentions.len());
    let voices = Voices::of(text, mentions, roles, speeches);
    let mut firsts: BTreeMap<(u32, bool, u8), EntityIx> = BTreeMap::new();
    // "I" of speakers who are named after their words.
    let mut later: Vec<(MentionIx, MentionIx)> = Vec::new();
    for ix in 0..mentions.len() as MentionIx {
        let mention = &mentions[ix as usize];
        if mention.describes.is_some() {
            continue;
        }
        if mention.pronoun.is_some_and(|p| p.person == 1 && p.singular)
            && let Some(source) = voices.source(ix).filter(|&source| source > ix)
        {
            later.push((ix, source));
            continue;
        }
        let found = match (mention.kind, mention.pronoun) {
            (MentionKind::Pronoun, Some(p)) if p.person < 3 => {
                // First and second person: one entity per voice; "I" is the voice itself.
                let key = (voices.at[ix as usize], p.plural && !p.singular, p.person);
                let speaker =
                    voices.source(ix).filter(|_| p.person == 1 && p.singular).map(|s| entities.of[s as usize]);
                speaker.filter(|&e| e != NONE).or_else(|| firsts.get(&key).copied()).or_else(|| {
                    firsts.insert(key, entities.all.len() as EntityIx);
                    None
                })
            }
            (MentionKind::Pronoun, _) => {
                let speaker = voices.source(ix).map(|s| entities.of[s as usize]).filter(|&e| e != NONE);
                // Of what somebody says nothing is himself, but for "I".
                let says = |inner: MentionIx| voices.says(ix, inner);
                if let Some(judged) = &mut judged {
                    judged.extend(training::judged(text, mentions, &entities, ix, speaker, &says));
                }
                pronouns::resolve(text, mentions, &entities, ix, speaker, &says)
            }
            _ => match name_group(names, roles, ix) {
                Some(group) => entities
                    .by_group
                    .get(&group)
                    .copied()
                    .or_else(|| descriptions::unnamed_before(text, mentions, roles, &entities, ix)),
                None if mention.kind == MentionKind::Name => None,
                None => descriptions::resolve(text, mentions, roles, &entities, ix),
            },
        };
        if found.is_none() && mention.pronoun.is_some_and(|p| p.form == Form::Demonstrative || p.person == 3) {
            continue;
        }
        let entity = match found {
            Some(entity) => {
                entities.join(text, mentions, roles, ix, entity);
                entity
            }
            None => entities.open(text, mentions, roles, ix),
        };
        if let Some(group) = name_group(names, roles, ix) {
            entities.by_group.entry(group).or_insert(entity);
            entities.all[entity as usize].group.get_or_insert(group);
        }
    }
    for (ix, source) in later {
        match entities.of[source as usize] {
            NONE => {
                let key = (voices.at[ix as usize], false, 1);
                match firsts.get(&key).copied() {
                    Some(entity) => entities.join(text, mentions, roles, ix, entity),
                    None => {
                        firsts.insert(key, entities.open(text, mentions, roles, ix));
                    }
                }
            }
            entity => entities.join(text, mentions, roles, ix, entity),
        }
    }
    entities
}

/// The group of a mention's own name, or of the name that stands beside it.
fn name_group(names: &Names, roles: &Roles, ix: MentionIx) -> Option<names::GroupIx> {
    let by = roles.named_by[ix as usize];
    names.of[by.unwrap_or(ix) as usize]
}

/// Which speech each mention stands in.
struct Voices {
    /// 0 outside quotes, else one more than the index of the voice.
    at: Vec<u32>,
    /// Mention of the source, by voice.
    sources: Vec<Option<MentionIx>>,
}

impl Voices {
    /// Voices of one source mention are one; speeches without a source are one each.
    fn of(text: &Text, mentions: &[Mention], roles: &Roles, speeches: &[Speech]) -> Voices {
        let mut at = vec![0; mentions.len()];
        let mut sources = Vec::new();
        let mut by_source: BTreeMap<MentionIx, u32> = BTreeMap::new();
        let tokens = &text.parse().tokens;
        for speech in speeches {
            let source =
                speech.source.and_then(|span| text.words.head(span)).and_then(|head| roles.by_head.get(&head).copied());
            let voice = source.and_then(|s| by_source.get(&s).copied()).unwrap_or_else(|| {
                sources.push(source);
                let voice = sources.len() as u32;
                if let Some(s) = source {
                    by_source.insert(s, voice);
                }
                voice
            });
            let first =
                mentions.partition_point(|m| tokens[m.full.start as usize].span.start() < speech.content.start());
            for (ix, mention) in mentions.iter().enumerate().skip(first) {
                let start = tokens[mention.full.start as usize].span.start();
                if start >= speech.content.end() {
                    break;
                }
                at[ix] = voice;
            }
        }
        Voices { at, sources }
    }

    /// Whether `inner` stands in words that `source` is credited with.
    fn says(&self, source: MentionIx, inner: MentionIx) -> bool {
        let voice = self.at[inner as usize];
        voice != 0 && self.sources[voice as usize - 1] == Some(source)
    }

    /// Mention of the source of the speech that a mention stands in.
    fn source(&self, ix: MentionIx) -> Option<MentionIx> {
        let voice = self.at[ix as usize];
        if voice == 0 { None } else { self.sources[voice as usize - 1] }
    }
}
