//! What the learned tagger sees of each token, and of each token beside the anchor of a cue. All small numbers.

use super::lexicon::Frames;
use super::rules::Context;
use super::spans::{Candidate, NONE};
use super::tree::Range;
use onrecord_model::{Label, Rel, Tag, TokenIx};

/// Numbers that describe a token.
pub const TOKEN_FIELDS: usize = 13;
/// Rows of the table of each field; fields of one table share it.
pub const TOKEN_ROWS: [usize; TOKEN_FIELDS] = [
    Tag::ALL.len(),
    Rel::ALL.len(),
    LEMMA_ROWS,
    6,
    8,
    OFFSET_ROWS,
    LEMMA_ROWS,
    Tag::ALL.len(),
    19,
    16,
    Rel::ALL.len(),
    FRAME_ROWS,
    6,
];
/// Lemmas are hashed into this many rows.
pub const LEMMA_ROWS: usize = 8192;
const OFFSET_ROWS: usize = 19;
const FRAME_ROWS: usize = 40;

/// Numbers that describe a token beside an anchor.
pub const PAIR_FIELDS: usize = 8;
/// Rows of the table of each field.
pub const PAIR_ROWS: [usize; PAIR_FIELDS] = [25, 8, 8, Rel::ALL.len() + 2, Rel::ALL.len() + 2, 4, 16, 8];

/// Blocks are read in chunks of at most this many tokens, cut between sentences where that is possible.
pub const CHUNK: u32 = 400;
/// A cue reaches this many tokens to either side.
pub const REACH: u32 = 150;

/// The description of every token, row-major `[tokens × TOKEN_FIELDS]`.
pub fn tokens(context: &Context<'_>, rules: &[Candidate]) -> Vec<u16> {
    let (tree, layout) = (context.tree, context.layout);
    let hashes: Vec<u16> = tree.parse.lemmas.iter().map(|l| lemma_row(l)).collect();
    let mut kinds = vec![0u16; tree.len() as usize];
    for name in &tree.parse.names {
        kinds[name.first as usize..name.last as usize].fill(name.kind as u16 + 1);
    }
    let mut parts = vec![0u16; tree.len() as usize];
    for rule in rules {
        for (range, label) in rule.content.iter().map(|r| (*r, 3)).chain(rule.source.map(|r| (r, 2))) {
            parts[range.0 as usize..range.1 as usize].iter_mut().for_each(|p| *p = (*p).max(label));
        }
        parts[rule.anchor as usize] = if rule.score > 0.65 { 5 } else { 4 };
    }
    let mut out = Vec::with_capacity(parts.len() * TOKEN_FIELDS);
    for token in 0..tree.len() {
        let (ix, head) = (token as usize, tree.head(token));
        let own = &tree.parse.tokens[ix];
        let head_lemma = if head == token { 0 } else { hashes[tree.parse.tokens[head as usize].lemma as usize] };
        let block = layout.block[ix];
        let first_sentence = if block == NONE { 0 } else { tree.sentence(layout.block_tokens[block as usize].0) };
        let place = block.min(3) * 4 + (tree.sentence(token) - first_sentence.min(tree.sentence(token))).min(3);
        out.extend([
            own.tag as u16,
            own.rel as u16,
            hashes[own.lemma as usize],
            shape(layout.word(token)),
            quote_state(context, token),
            offset_row(i64::from(head) - i64::from(token)),
            head_lemma,
            tree.tag(head) as u16,
            kinds[ix],
            place as u16,
            tree.rel(head) as u16,
            frame_row(context, token),
            parts[ix],
        ]);
    }
    out
}

/// FNV-1a of the lower-case lemma, folded into the table.
fn lemma_row(lemma: &str) -> u16 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for c in lemma.chars().flat_map(char::to_lowercase) {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    ((hash ^ (hash >> 32)) % LEMMA_ROWS as u64) as u16
}

fn shape(word: &str) -> u16 {
    let first = word.chars().next();
    if first.is_some_and(|c| c.is_ascii_digit()) {
        return 5;
    }
    if !word.chars().any(char::is_alphabetic) {
        return if word.chars().any(char::is_numeric) { 4 } else { 0 };
    }
    if word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase) {
        return 3;
    }
    if first.is_some_and(char::is_uppercase) { 2 } else { 1 }
}

/// 0 outside quotations, 1 the opening mark, 2 inside, 3 the closing mark; four more in a quotation within another.
fn quote_state(context: &Context<'_>, token: TokenIx) -> u16 {
    let layout = context.layout;
    let quote = layout.quote[token as usize];
    if quote == NONE {
        return 0;
    }
    let (quote, span) = (&layout.quotes[quote as usize], layout.parse.tokens[token as usize].span);
    let state = if span.start() <= quote.span.start() {
        1
    } else if quote.closed && span.end() >= quote.span.end() {
        3
    } else {
        2
    };
    state + if quote.depth > 0 { 4 } else { 0 }
}

fn offset_row(offset: i64) -> u16 {
    let row = match offset.unsigned_abs() {
        near @ 0..=4 => near as u16,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    };
    if offset > 0 { 9 + row } else { 9 - row }
}

fn frame_row(context: &Context<'_>, token: TokenIx) -> u16 {
    let entry = context.entry(token);
    if context.tree.is_verb(token) && entry.verb != Frames::default() {
        let bit = |frames: Frames, value| if entry.verb.has(frames) { value } else { 0 };
        return 1
            + bit(Frames::SPEECH, 1)
            + bit(Frames::CLAUSE | Frames::MANNER, 2)
            + bit(Frames::INFINITIVE | Frames::REQUEST, 4)
            + bit(Frames::OBJECT | Frames::NAMING, 8)
            + bit(Frames::ABOUT, 16);
    }
    [(Frames::NOUN, 33), (Frames::ATTITUDE, 34), (Frames::ADVERB, 35)]
        .into_iter()
        .find(|(frames, _)| entry.other.has(*frames))
        .map_or(if entry.document { 36 } else { 0 }, |(_, row)| row)
}

/// The chunks of all blocks, in text order.
pub fn chunks(context: &Context<'_>) -> Vec<Range> {
    let mut out = Vec::new();
    for (first, last) in &context.layout.block_tokens {
        let mut at = *first;
        while *last > at + CHUNK {
            let mut cut = at + CHUNK;
            let sentence = context.tree.sentence_range(cut).0;
            if sentence > at + CHUNK / 2 {
                cut = sentence;
            }
            out.push((at, cut));
            at = cut;
        }
        if at < *last {
            out.push((at, *last));
        }
    }
    out
}

/// The tokens that a cue at `anchor` reaches in its chunk.
pub fn reach(chunk: Range, anchor: TokenIx) -> Range {
    (chunk.0.max(anchor.saturating_sub(REACH)), chunk.1.min(anchor + REACH + 1))
}

const DISTANCES: [u32; 11] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 40, 70];
/// Ancestors that a path looks up to.
const CLIMB: u32 = 40;
const NO_BRANCH: u8 = Rel::ALL.len() as u8;
const NO_PATH: u8 = NO_BRANCH + 1;

/// Where the path from a token meets the ancestors of the anchor: the ancestor, the steps to it, the branch it comes by.
#[derive(Clone, Copy)]
enum Path {
    Unknown,
    None,
    Meets { ancestor: TokenIx, down: u32, branch: Option<TokenIx> },
}

/// The description of every token of `window` beside `anchor`. Cost is linear in the window.
pub fn pairs(
    context: &Context<'_>,
    chunk: Range,
    window: Range,
    anchor: TokenIx,
    rule: Option<&Candidate>,
) -> Vec<[u8; PAIR_FIELDS]> {
    let (tree, layout) = (context.tree, context.layout);
    let head = |t: TokenIx| {
        let head = tree.head(t);
        if chunk.0 <= head && head < chunk.1 { head } else { t }
    };
    // The anchor's ancestors with the steps up and the child they were reached from.
    let mut ancestors: Vec<(TokenIx, Option<TokenIx>)> = vec![(anchor, None)];
    let mut at = anchor;
    while head(at) != at && ancestors.len() as u32 <= CLIMB {
        ancestors.push((head(at), Some(at)));
        at = head(at);
    }
    let mut paths = vec![Path::Unknown; (window.1 - window.0) as usize];
    let mut climbed = Vec::new();
    for token in window.0..window.1 {
        find_path(token, window, &head, &ancestors, &mut paths, &mut climbed);
    }
    let inside = layout.quote[anchor as usize] != NONE;
    (window.0..window.1)
        .map(|token| {
            let (up, down, branch, own_branch) = match paths[(token - window.0) as usize] {
                Path::Meets { ancestor, down, branch } => {
                    let up = ancestors.iter().position(|(a, _)| *a == ancestor).unwrap_or(0);
                    let rel = |t: Option<TokenIx>| t.map_or(NO_BRANCH, |t| tree.rel(t) as u8);
                    (up.min(6) as u8, down.min(6) as u8, rel(branch), rel(ancestors[up].1))
                }
                _ => (7, 7, NO_PATH, NO_PATH),
            };
            let sentence = match tree.sentence(token).cmp(&tree.sentence(anchor)) {
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Less => 1,
                std::cmp::Ordering::Greater => 2,
            };
            let quote = quote_state(context, token) as u8 + if inside { 8 } else { 0 };
            [distance_row(token, anchor), up, down, branch, own_branch, sentence, quote, rule_label(rule, token)]
        })
        .collect()
}

fn find_path(
    token: TokenIx,
    window: Range,
    head: &impl Fn(TokenIx) -> TokenIx,
    ancestors: &[(TokenIx, Option<TokenIx>)],
    paths: &mut [Path],
    climbed: &mut Vec<TokenIx>,
) {
    climbed.clear();
    let mut at = token;
    let known = |t: TokenIx, paths: &[Path]| match window.0 <= t && t < window.1 {
        true => paths[(t - window.0) as usize],
        false => Path::Unknown,
    };
    let mut base = loop {
        if !matches!(known(at, paths), Path::Unknown) {
            break known(at, paths);
        }
        if ancestors.iter().any(|(a, _)| *a == at) {
            break Path::Meets { ancestor: at, down: 0, branch: None };
        }
        climbed.push(at);
        if head(at) == at || climbed.len() as u32 > 2 * CLIMB {
            break Path::None;
        }
        at = head(at);
    };
    if climbed.is_empty() && window.0 <= at && at < window.1 {
        paths[(at - window.0) as usize] = base;
    }
    for step in climbed.iter().rev() {
        if let Path::Meets { ancestor, down, branch } = base {
            base = Path::Meets { ancestor, down: down + 1, branch: branch.or(Some(*step)) };
        }
        if window.0 <= *step && *step < window.1 {
            paths[(*step - window.0) as usize] = base;
        }
    }
}

fn distance_row(token: TokenIx, anchor: TokenIx) -> u8 {
    let steps = DISTANCES.iter().filter(|d| token.abs_diff(anchor) >= **d).count() as u8;
    if token > anchor { 12 + steps } else { 12 - steps }
}

/// 0 no rule found this cue, 1 outside all parts, 2 cue, 3 source, 4 content.
fn rule_label(rule: Option<&Candidate>, token: TokenIx) -> u8 {
    let holds = |range: Range| range.0 <= token && token < range.1;
    match rule {
        None => 0,
        Some(rule) if holds(rule.cue) => 2,
        Some(rule) if rule.source.is_some_and(holds) => 3,
        Some(rule) if rule.content.iter().any(|r| holds(*r)) => 4,
        Some(_) => 1,
    }
}
