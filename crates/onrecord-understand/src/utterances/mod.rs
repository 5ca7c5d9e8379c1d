//! The last layer: from attributions to utterances. Who speaks, to whom, on whose word, through whom, when, and what for.
//!
//! Reads attributions, chains and times; writes [`Utterance`]s. Each field is one file.

mod addressee;
mod anonymity;
mod carriers;
mod chains;
mod form;
mod frames;
mod lexicon;
mod noise;
mod parts;
mod source;
mod sources;
mod spans;
mod stance;
mod voice;

use crate::attribution::Attribution;
use crate::words::{Words, same_but_case};
use chains::Chains;
use onrecord_model::{Basis, Chain, Form, Report, Said, Span, TimeType, TokenIx, Utterance, When};
use voice::Voice;

/// The utterances of one report, in the order of `attributions` (containers first). O(attributions × sentence length).
pub fn utterances(
    report: &Report,
    words: &Words,
    attributions: &[Attribution],
    chains: &[Chain],
    times: &[When],
) -> Vec<Utterance> {
    let chains = Chains::new(words, chains);
    let grants = anonymity::grants(words);
    let attributions = noise::without_grants(words, &chains, &grants, attributions);
    let attributions = frames::nest(words, parts::split(words, attributions));
    let mut made: Vec<Utterance> = Vec::with_capacity(attributions.len());
    for attribution in &attributions {
        let utterance = utterance(report, words, &chains, times, attribution, &made);
        made.push(utterance);
    }
    give_reasons(words, &grants, &mut made);
    inherit_reasons(&mut made);
    noise::without_own_words(words, made)
}

fn utterance(
    report: &Report,
    words: &Words,
    chains: &Chains,
    times: &[When],
    attribution: &Attribution,
    made: &[Utterance],
) -> Utterance {
    let container = attribution.within.map(|ix| &made[ix as usize]);
    let content = &attribution.content;
    let quoted = carriers::quoted_source(words, chains, attribution.source, attribution.cue);
    let (source, cue) = match quoted {
        Some((source, cue)) => (Some(source), Some(cue)),
        None => (attribution.source, attribution.cue),
    };
    let form = form::form(words.text, content);
    let Voice { speaker, basis, anonymity } = match source {
        Some(span) => voice::voice(words, chains, span, container, made),
        None if cue.is_none() && form != Form::Indirect => continued(words, made, content),
        None => Voice::nobody(),
    };
    let addressee = addressee::addressee(words, chains, report, source, cue, content, container);
    let known = carriers::Made {
        source,
        cue,
        content,
        speaker_name: speaker.as_ref().map(|s| s.name.as_str()),
        addressee: addressee.as_ref(),
    };
    let mut via = Vec::new();
    if let (Some(_), Some(outlet)) = (quoted, attribution.source) {
        let voice = voice::voice(words, chains, outlet, None, &[]);
        if let Some(speaker) = voice.speaker {
            via.push(onrecord_model::Carrier { chain: speaker.chain, name: speaker.name, span: outlet });
        }
    }
    for carrier in carriers::carriers(words, chains, report, &known, container) {
        if !via.iter().any(|v| v.name == carrier.name) {
            via.push(carrier);
        }
    }
    Utterance {
        within: attribution.within,
        form,
        stance: stance::stance(words, chains, speaker.as_ref().and_then(|s| s.chain), source, cue, content),
        source,
        cue,
        content: content.clone(),
        said: said(words, times, source, cue, content),
        speaker,
        addressee,
        basis,
        anonymity,
        via,
        score: attribution.score,
    }
}

/// A quotation that nobody is credited with goes on with the voice before it; after a question it is the other one's answer.
fn continued(words: &Words, made: &[Utterance], content: &[Span]) -> Voice {
    let Some(start) = content.first().map(|c| c.start()) else { return Voice::nobody() };
    let outer: Vec<&Utterance> = made.iter().filter(|u| u.within.is_none()).collect();
    let Some(last) = outer.last().filter(|u| u.form != Form::Indirect && near(words, u, start)) else {
        return Voice::nobody();
    };
    // In a dialogue a question is put to the one who spoke, and answered by him.
    let asks =
        content.last().is_some_and(|part| words.text[*part].trim_end_matches(['”', '"', '’', '»']).ends_with('?'));
    let alone = words.text[..start as usize].ends_with('\n');
    if last.stance == onrecord_model::Stance::Asks || asks && alone {
        let other = outer.iter().rev().find(|u| u.speaker.is_some() && u.speaker != last.speaker);
        return other.map_or_else(Voice::nobody, |u| Voice::of(u));
    }
    Voice::of(last)
}

/// Whether `start` follows the utterance within the same paragraph or the next.
fn near(words: &Words, utterance: &Utterance, start: u32) -> bool {
    let Some(end) = utterance.content.last().map(|c| c.end()).filter(|&end| end <= start) else { return false };
    words.text[Span::new(end, start)].matches('\n').count() <= 2
}

/// The time expression that dates the act of saying: it hangs from the cue, outside source and content.
fn said(words: &Words, times: &[When], source: Option<Span>, cue: Option<Span>, content: &[Span]) -> Option<Said> {
    let cue = cue?;
    let verb = stance::cue_head(words, cue)?;
    let sentence = words.sentence(verb);
    let (first, last) = (words.token(sentence.start).span.start(), words.token(sentence.end - 1).span.end());
    let from = times.partition_point(|t| t.span.end() <= first);
    times[from..]
        .iter()
        .take_while(|t| t.span.start() < last)
        .filter(|t| {
            matches!(t.kind, TimeType::Date | TimeType::Time) && t.value.starts_with(|c: char| c.is_ascii_digit())
        })
        .filter(|t| !content.iter().any(|c| c.overlaps(t.span)) && !source.is_some_and(|s| s.overlaps(t.span)))
        .find(|t| words.head(t.span).is_some_and(|h| governed_by(words, h, verb)))
        .map(|t| Said { value: t.value.split('T').next().unwrap_or_default().to_string(), span: t.span })
}

/// Whether `verb` is the first verb above `ix`.
fn governed_by(words: &Words, ix: TokenIx, verb: TokenIx) -> bool {
    use onrecord_model::Pos;
    words.ancestors(ix).find(|&a| matches!(words.token(a).pos, Pos::Verb | Pos::Aux) || a == verb) == Some(verb)
}

/// Reasons for anonymity go to the nearest unnamed speaker before or around them, and to all utterances of that speaker.
fn give_reasons(words: &Words, grants: &[anonymity::Grant], made: &mut [Utterance]) {
    let mut reasons: Vec<(usize, String)> = Vec::new();
    for grant in grants {
        let Some(reason) = grant.reason else { continue };
        let at = words.token(grant.trigger).span;
        let target = (0..made.len())
            .filter(|&ix| made[ix].basis == Basis::Anonymous)
            .filter_map(|ix| {
                let source = made[ix].source?;
                let head = words.head(source)?;
                let sentence = words.sentence_ix(head);
                let distance = grant.sentence.checked_sub(sentence)?;
                let inside = source.contains(at);
                // In the same sentence the source must come before the grant; else look back two sentences.
                let before = source.start() < at.start();
                (inside || before && distance <= 2).then_some((
                    u8::from(!inside),
                    at.start() - source.start().min(at.start()),
                    ix,
                ))
            })
            .min();
        if let Some((_, _, ix)) = target {
            reasons.push((ix, words.text[reason].to_string()));
        }
    }
    for (ix, reason) in reasons {
        let chosen = made[ix].clone();
        for utterance in made.iter_mut().filter(|u| is_same_voice(u, &chosen)) {
            if let Some(anonymity) = utterance.anonymity.as_mut().filter(|a| a.reason.is_none()) {
                anonymity.reason = Some(reason.clone());
            }
        }
    }
}

/// "One", "another", "both": a member of a group is unnamed for the group's reason.
fn inherit_reasons(made: &mut [Utterance]) {
    const FIRST: &[&str] = &["a", "another", "both", "one", "the"];
    const ALL: &[&str] =
        &["a", "another", "both", "of", "one", "other", "second", "the", "them", "third", "three", "two"];
    let mut last: Option<String> = None;
    for utterance in made {
        let Some(anonymity) = utterance.anonymity.as_mut() else { continue };
        let mut words = anonymity.described_as.split_whitespace();
        let in_all = |list: &[&str], word: &str| list.iter().any(|w| w.eq_ignore_ascii_case(word));
        let member = words.clone().count() <= 3
            && words.clone().next().is_some_and(|w| in_all(FIRST, w))
            && words.all(|w| in_all(ALL, w));
        match (&anonymity.reason, member) {
            (Some(reason), _) => last = Some(reason.clone()),
            (None, true) => anonymity.reason = last.clone(),
            (None, false) => {}
        }
    }
}

/// Whether two unnamed speakers of one report are the same: by their chain, else by their description.
fn is_same_voice(a: &Utterance, b: &Utterance) -> bool {
    let chain = |u: &Utterance| u.speaker.as_ref().and_then(|s| s.chain);
    match (chain(a), chain(b), &a.anonymity, &b.anonymity) {
        (None, None, Some(a), Some(b)) => same_but_case(&a.described_as, &b.described_as),
        (a, b, ..) => a.is_some() && a == b,
    }
}
