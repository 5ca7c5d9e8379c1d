//! Attributions by the learned tagger: anchors, their windows, the best reading of each, the surest that agree.

use super::decode::Decoder;
use super::features::{self, TOKEN_FIELDS};
use super::judge::{Seen, log_softmax};
use super::rules::{Context, possible};
use super::runs;
use super::spans::{Candidate, NONE};
use super::tagger::{ROLES, Window};
use super::tree::Range;
use super::weights::Model;
use onrecord_model::Parse;

/// Chunks are read together up to this many tokens.
const GROUP_TOKENS: u32 = 1024;
/// Windows are read together up to this many.
const GROUP_WINDOWS: usize = 24;
/// Tokens that score less as a cue are not looked at again: the logit of one in four.
const CUE_MIN: f32 = -1.098_612_3;
/// Share of a content that may already belong to a surer attribution.
const SHARED_MAX: f32 = 0.3;

/// The outermost attributions that the tagger finds. The parse must carry its vectors.
pub fn candidates(context: &Context<'_>, model: &Model, rules: &[Candidate]) -> Vec<Candidate> {
    let tokens = features::tokens(context, rules);
    let chunks = features::chunks(context);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chunks.len() {
        let first = chunks[at].0;
        let mut end = at + 1;
        while end < chunks.len() && chunks[end].1 - first <= GROUP_TOKENS {
            end += 1;
        }
        group(context, model, rules, &tokens, &chunks[at..end], &mut found);
        at = end;
    }
    agree(found, model.threshold)
}

/// Reads some chunks together.
fn group(
    context: &Context<'_>,
    model: &Model,
    rules: &[Candidate],
    features: &[u16],
    chunks: &[Range],
    found: &mut Vec<Candidate>,
) {
    let (first, last) = (chunks[0].0, chunks[chunks.len() - 1].1);
    let rows = |range: Range| (range.0 - first) as usize..(range.1 - first) as usize;
    let sequences: Vec<_> = chunks.iter().map(|c| rows(*c)).collect();
    let fields = &features[first as usize * TOKEN_FIELDS..last as usize * TOKEN_FIELDS];
    let vectors = &context.tree.parse.vectors[first as usize * Parse::VECTOR..last as usize * Parse::VECTOR];
    let states = model.states(fields, vectors, &sequences);
    let cues = model.cues(&states);
    let mut anchors: Vec<(Range, u32)> = Vec::new();
    for chunk in chunks {
        let likely = |t: &u32| cues[(t - first) as usize] > CUE_MIN && !is_quoted(context, *t);
        let mut best: Vec<u32> = (chunk.0..chunk.1).filter(likely).collect();
        // Prose has one cue in thirty tokens; the bound keeps the cost linear on anything else.
        best.sort_by(|a, b| cues[(b - first) as usize].total_cmp(&cues[(a - first) as usize]).then(a.cmp(b)));
        best.truncate(8 + (chunk.1 - chunk.0) as usize / 12);
        best.sort_unstable();
        anchors.extend(best.into_iter().map(|t| (*chunk, t)));
    }
    if anchors.is_empty() {
        return;
    }
    let (mut decoder, mut roles, width) = (Decoder::default(), Vec::new(), model.role_out.width());
    for anchors in anchors.chunks(GROUP_WINDOWS) {
        let described: Vec<_> = anchors
            .iter()
            .map(|(chunk, anchor)| {
                let window = features::reach(*chunk, *anchor);
                let rule = rules.partition_point(|r| r.anchor < *anchor);
                let rule = best_rule(&rules[rule..], *anchor);
                (window, *anchor, features::pairs(context, *chunk, window, *anchor, rule))
            })
            .collect();
        let windows: Vec<Window<'_>> = described
            .iter()
            .map(|(window, anchor, fields)| Window { anchor: (anchor - first) as usize, tokens: rows(*window), fields })
            .collect();
        let scores = model.roles(&states, &windows);
        let mut row = 0;
        for (window, anchor, _) in &described {
            let length = (window.1 - window.0) as usize;
            let scores = &scores[row * width..(row + length) * width];
            row += length;
            roles.clear();
            roles.extend(scores.chunks_exact(width).map(log_softmax));
            let accept = scores[(anchor - window.0) as usize * width + ROLES];
            // “She wrote:” may have all its content in the next paragraph.
            let led_into = runs::led_into(context.layout, context.layout.block[*anchor as usize]);
            let parts_min = u8::from(led_into.is_none());
            if let Some(mut candidate) = decoder.decode(&roles, window.0, *anchor, parts_min) {
                let layout = context.layout;
                candidate.score = model.judge.probability(&Seen {
                    cue: cues[(anchor - first) as usize],
                    accept,
                    scores: &roles,
                    roles: &decoder.roles,
                    quotes: candidate.content.iter().any(|r| (r.0..r.1).any(|t| layout.quote[t as usize] != NONE)),
                    has_rule: rules.binary_search_by_key(anchor, |r| r.anchor).is_ok(),
                    is_verb: context.tree.is_verb(*anchor),
                });
                candidate.learned = true;
                candidate.content = candidate.content.into_iter().filter_map(|r| layout.trim_space(r)).collect();
                candidate.source = candidate.source.and_then(|r| layout.trim_space(r));
                if possible(context, &candidate) {
                    found.push(candidate);
                }
            }
        }
    }
}

/// Whether a token stands inside a quotation of some length: what is said to have been said there is not the report's to credit,
/// and the rules find it inside the quotation. A cue may itself be in quotation marks (“he ‘demanded’ …”).
fn is_quoted(context: &Context<'_>, token: u32) -> bool {
    const LONG: u32 = 40;
    let quote = context.layout.quote[token as usize];
    quote != NONE && context.layout.quotes[quote as usize].span.len() > LONG
}

/// The surest rule with this anchor; of equals the first.
fn best_rule(rules: &[Candidate], anchor: u32) -> Option<&Candidate> {
    let mut best: Option<&Candidate> = None;
    for rule in rules.iter().take_while(|r| r.anchor == anchor) {
        if best.is_none_or(|b| rule.score > b.score) {
            best = Some(rule);
        }
    }
    best
}

/// Takes the surest first, and leaves out what says words again that a surer one has, or hangs on a cue inside them.
fn agree(mut found: Vec<Candidate>, threshold: f32) -> Vec<Candidate> {
    found.retain(|c| c.score >= threshold);
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.anchor.cmp(&b.anchor)));
    let length = found.iter().flat_map(|c| c.content.iter().chain([&c.cue])).map(|r| r.1).max().unwrap_or(0);
    let (mut said, mut cue) = (vec![false; length as usize], vec![false; length as usize]);
    let mut kept: Vec<Candidate> = Vec::new();
    for mut candidate in found {
        let all: u32 = candidate.content.iter().map(|r| r.1 - r.0).sum();
        let shared = candidate.content.iter().flat_map(|r| r.0..r.1).filter(|t| said[*t as usize]).count();
        let anchor = candidate.anchor as usize;
        if said[anchor] || cue[anchor] || shared as f32 > SHARED_MAX * all as f32 {
            continue;
        }
        if shared > 0 {
            candidate.content = candidate.content.iter().flat_map(|r| unsaid(*r, &said)).collect();
        }
        for range in &candidate.content {
            said[range.0 as usize..range.1 as usize].fill(true);
        }
        cue[candidate.cue.0 as usize..candidate.cue.1 as usize].fill(true);
        kept.push(candidate);
    }
    kept.sort_by_key(|c| c.anchor);
    kept
}

/// The runs of `range` that are not yet said.
fn unsaid(range: Range, said: &[bool]) -> Vec<Range> {
    let mut runs: Vec<Range> = Vec::new();
    for token in (range.0..range.1).filter(|t| !said[*t as usize]) {
        match runs.last_mut() {
            Some(run) if run.1 == token => run.1 += 1,
            _ => runs.push((token, token + 1)),
        }
    }
    runs
}

/// The rules' candidates that lie wholly inside the content of one of `outer`: cue and content.
pub fn inside(outer: &[Candidate], rules: Vec<Candidate>, tokens: u32) -> Vec<Candidate> {
    let mut part = vec![0u32; tokens as usize];
    let mut number = 0;
    let mut owner = vec![0usize];
    for (ix, candidate) in outer.iter().enumerate() {
        for range in &candidate.content {
            number += 1;
            owner.push(ix);
            part[range.0 as usize..range.1 as usize].fill(number);
        }
    }
    let home = |range: Range| {
        let (first, last) = (part[range.0 as usize], part[range.1 as usize - 1]);
        (first != 0 && first == last).then(|| owner[first as usize])
    };
    let nested = |c: &Candidate| {
        let cue = home(c.cue);
        cue.is_some() && c.content.iter().all(|r| home(*r) == cue)
    };
    rules.into_iter().filter(nested).collect()
}
