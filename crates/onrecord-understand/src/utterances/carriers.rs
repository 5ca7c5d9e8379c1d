//! The voices between speaker and report.

use super::chains::Chains;
use super::stance::cue_head;
use crate::outlets;
use crate::words::{Words, in_list, same_but_case};
use onrecord_model::{Addressee, Carrier, NameKind, Rel, Report, Span, Tag, TokenIx, Utterance};

/// Verbs by which an outlet gets at a document.
const OBTAIN: &[&str] = &[
    "acquire",
    "consult",
    "hear",
    "interview",
    "leak",
    "obtain",
    "publish",
    "quote",
    "read",
    "release",
    "review",
    "see",
    "view",
];
/// Verbs by which an outlet passes another's words on.
const PUBLISH: &[&str] = &[
    "air",
    "broadcast",
    "carry",
    "cite",
    "obtain",
    "post",
    "print",
    "publish",
    "quote",
    "release",
    "report",
    "run",
    "write",
];

/// Words in the names of bodies that are told things and carry nothing.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "bundestag", "capitol", "common", "commons", "duma", "fed", "interpol", "knesset", "kremlin", "labour", "lord", "lords", "nations",
    "ofgem", "ofsted", "pentagon", "scotland", "seimas", "sejm", "unicef", "verkhovna", "yard",
];

/// Whether a name means the report's own outlet.
fn is_own(report: &Report, name: &str) -> bool {
    let bare = |s: &str| {
        let s = s.trim().to_lowercase();
        s.strip_prefix("the ").map(str::to_string).unwrap_or(s)
    };
    let (own, name) = (bare(&report.outlet), bare(name));
    // "the Ledger" in The Harbour Ledger.
    !own.is_empty()
        && !name.is_empty()
        && (own == name || own.split(' ').next_back() == Some(name.as_str()) || own.starts_with(&format!("{name} ")))
}

/// Carriers of an utterance, nearest the speaker first.
pub(super) fn carriers(
    words: &Words,
    chains: &Chains,
    report: &Report,
    made: &Made,
    container: Option<&Utterance>,
) -> Vec<Carrier> {
    let mut list: Vec<Carrier> = Vec::new();
    let mut add = |carrier: Carrier| {
        let speaker = made.speaker_name.is_some_and(|s| same(s, &carrier.name));
        if !speaker && !is_own(report, &carrier.name) && !list.iter().any(|c| same(&c.name, &carrier.name)) {
            list.push(carrier);
        }
    };
    if let Some(to) = made.addressee.filter(|to| is_outlet(words, chains, to)) {
        add(Carrier { chain: to.chain, name: to.name.clone(), span: to.span });
    }
    // An outlet above the clause or beside it carries what no other utterance holds; else it is that one's carrier already.
    let around = if container.is_none() {
        [governing(words, made), closing(words, made), according(words, made)].concat()
    } else {
        Vec::new()
    };
    for carrier in through(words, chains, made) {
        add(carrier);
    }
    for head in seen_by(words, made.source).into_iter().chain(around) {
        if let Some(carrier) = outlet_at(words, chains, head) {
            add(carrier);
        }
    }
    if let Some(container) = container {
        if let (Some(speaker), Some(span)) = (&container.speaker, container.source.or(container.cue)) {
            add(Carrier { chain: speaker.chain, name: speaker.name.clone(), span });
        }
        for carrier in &container.via {
            add(carrier.clone());
        }
    }
    list
}

/// What is known of an utterance when its carriers are looked for.
pub(super) struct Made<'a> {
    pub source: Option<Span>,
    pub cue: Option<Span>,
    pub content: &'a [Span],
    pub speaker_name: Option<&'a str>,
    pub addressee: Option<&'a Addressee>,
}

fn same(a: &str, b: &str) -> bool {
    let bare = |s| -> &str { str::trim_start_matches(str::trim_start_matches(s, "The "), "the ") };
    same_but_case(bare(a), bare(b))
}

fn is_outlet(words: &Words, chains: &Chains, to: &Addressee) -> bool {
    to.chain.is_some_and(|ix| chains.is_outlet(ix))
        || words.head(to.span).is_some_and(|h| outlet_at(words, chains, h).is_some() || listens_for_many(words, h))
        || outlets::is_name(&to.name)
}

/// Whether a name that somebody tells something is likely an outlet's: a body's or work's, without a word of a body in it.
fn listens_for_many(words: &Words, head: TokenIx) -> bool {
    let Some(name) = words.name_at(head) else { return false };
    let proper = |ix: TokenIx| matches!(words.token(ix).tag, Tag::Nnp | Tag::Nnps);
    let body = |ix: TokenIx| {
        let lemma = words.lemma(ix);
        in_list(super::lexicon::ORGANISATIONS, &lemma) || in_list(BODIES, &lemma)
    };
    let short = words.form(head).len() <= 5 && words.form(head).chars().all(char::is_uppercase);
    matches!(name.kind, NameKind::Org | NameKind::WorkOfArt | NameKind::Product)
        && (name.first..name.last).any(proper)
        && !(name.first..name.last).any(body)
        && !short
        && matches!(words.token(words.token(head).head).pos, onrecord_model::Pos::Verb | onrecord_model::Pos::Aux)
}

/// The outlet that `head` heads a mention of.
fn outlet_at(words: &Words, chains: &Chains, head: TokenIx) -> Option<Carrier> {
    let name = words.name_at(head);
    let span = match name {
        Some(n) => words.parse.span_of(n.first, n.last),
        None => numbered(words, head),
    };
    if let Some(ix) = chains.of(head).filter(|&ix| chains.is_outlet(ix)) {
        return Some(Carrier { chain: Some(ix), name: chains.list[ix as usize].name.clone(), span });
    }
    let proper = matches!(words.token(head).tag, Tag::Nnp | Tag::Nnps);
    let agency = words.is(head, "agency")
        && words
            .children(head)
            .iter()
            .any(|&c| c < head && ["news", "press", "wire"].iter().any(|word| words.is(c, word)));
    let described = agency || outlets::is_described(&words.lemma(head));
    if proper && outlets::is_name(&words.text[span]) {
        return Some(Carrier { chain: chains.of(head), name: words.text[span].to_string(), span });
    }
    if described {
        // "the French daily Le Matin": the name says more than the noun.
        let tree = words.subtree(head);
        let named = words.names_in(head + 1..tree.end.min(head + 3)).first();
        if let Some(name) = named {
            let span = words.parse.span_of(name.first, name.last);
            return Some(Carrier { chain: chains.of(head), name: words.text[span].to_string(), span });
        }
        if words.children(head).iter().any(|&c| words.is(c, "this")) {
            return None; // "this newspaper" carries nothing: it is the report itself
        }
        let phrase = words.span(tree.start..head + 1)?;
        let chain = chains.of(head);
        let name = chain.map_or_else(|| words.text[phrase].to_string(), |ix| chains.list[ix as usize].name.clone());
        return Some(Carrier { chain, name, span: phrase });
    }
    None
}

/// A name of one word with the number behind it: "Kanal 4".
pub(super) fn numbered(words: &Words, head: TokenIx) -> Span {
    let span = words.token(head).span;
    let next = head + 1;
    let number = matches!(words.token(head).tag, Tag::Nnp | Tag::Nnps)
        && (next as usize) < words.parse.tokens.len()
        && words.token(next).tag == Tag::Cd
        && words.sentence(head).contains(&next);
    if number { span.cover(words.token(next).span) } else { span }
}

/// "A report seen by AFP", "engineers consulted by the channel".
fn seen_by(words: &Words, source: Option<Span>) -> Vec<TokenIx> {
    let Some(head) = source.and_then(|s| words.head(s)) else { return Vec::new() };
    words
        .children(head)
        .iter()
        .filter(|&&c| words.token(c).rel == Rel::Acl && words.lemma_in(c, OBTAIN))
        .filter_map(|&c| words.child(c, Rel::Agent))
        .filter_map(|by| words.child(by, Rel::Pobj))
        .collect()
}

/// "Said through a lawyer", "denied it via an agent": who speaks in the speaker's place.
fn through(words: &Words, chains: &Chains, made: &Made) -> Vec<Carrier> {
    const MOUTHS: &[&str] = &[
        "agent",
        "aide",
        "assistant",
        "attorney",
        "barrister",
        "intermediary",
        "interpreter",
        "lawyer",
        "manager",
        "publicist",
        "representative",
        "secretary",
        "solicitor",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "translator",
    ];
    let Some(verb) = made.cue.and_then(|cue| cue_head(words, cue)) else { return Vec::new() };
    let carrier = |by: TokenIx| {
        let noun = words.child(by, Rel::Pobj).filter(|&n| words.lemma_in(n, MOUTHS))?;
        let tree = words.subtree(noun);
        let span = words.span(tree.start..noun + 1)?;
        let chain = chains.of(noun);
        let name = chain
            .filter(|&ix| chains.is_named(ix))
            .map_or_else(|| words.text[span].to_string(), |ix| chains.list[ix as usize].name.clone());
        Some(Carrier { chain, name, span })
    };
    words
        .children(verb)
        .iter()
        .filter(|&&c| words.token(c).rel == Rel::Prep && (words.is(c, "through") || words.is(c, "via")))
        .filter_map(|&by| carrier(by))
        .collect()
}

/// "The Ledger published an interview in which the mayor suggested …": an outlet's verb above the cue.
fn governing(words: &Words, made: &Made) -> Vec<TokenIx> {
    let Some(verb) = made.cue.and_then(|cue| cue_head(words, cue)) else { return Vec::new() };
    // Only where the words themselves are below the outlet's verb: a relative clause or a complement.
    words
        .ancestors(verb)
        .filter(|&a| words.lemma_in(a, PUBLISH))
        .filter_map(|a| words.child(a, Rel::Nsubj))
        .filter(|&subject| made.source.is_none_or(|s| !s.contains(words.token(subject).span)))
        .collect()
}

/// "The aide told the board he would go, the Ledger reports.": an outlet's verb that closes the sentence.
fn closing(words: &Words, made: &Made) -> Vec<TokenIx> {
    const TAIL: TokenIx = 4;
    let Some(verb) = made.cue.and_then(|cue| cue_head(words, cue)) else { return Vec::new() };
    let sentence = words.sentence(verb);
    let tail = sentence.end.saturating_sub(TAIL).max(verb + 1)..sentence.end;
    tail.filter(|&ix| words.lemma_in(ix, PUBLISH) || words.lemma_in(ix, &["say"]))
        .filter_map(|ix| words.child(ix, Rel::Nsubj))
        .filter(|&subject| {
            let span = words.token(subject).span;
            made.source.is_none_or(|s| !s.contains(span)) && !made.content.iter().any(|c| c.contains(span))
        })
        .collect()
}

/// "…, the minister said, according to the Ledger."
fn according(words: &Words, made: &Made) -> Vec<TokenIx> {
    let Some(verb) = made.cue.and_then(|cue| cue_head(words, cue)) else { return Vec::new() };
    let inside = |ix: TokenIx| {
        let span = words.token(ix).span;
        made.source.is_some_and(|s| s.contains(span)) || made.content.iter().any(|c| c.contains(span))
    };
    let sentence = words.sentence(verb);
    sentence
        .filter(|&ix| {
            words.is(ix, "according") && !inside(ix) && !made.cue.is_some_and(|c| c.contains(words.token(ix).span))
        })
        .filter_map(|ix| words.child(ix, Rel::Prep).and_then(|to| words.child(to, Rel::Pobj)))
        .collect()
}

/// "X, quoting Y, said …": where the source is an outlet that names its own source in the same clause, the speaker is Y.
/// Returns (source, cue) of the quoted one.
pub(super) fn quoted_source(
    words: &Words,
    chains: &Chains,
    source: Option<Span>,
    cue: Option<Span>,
) -> Option<(Span, Span)> {
    let head = words.head(source?)?;
    outlet_at(words, chains, head)?;
    let verb = cue_head(words, cue?)?;
    let quotes = |ix: TokenIx| words.lemma_in(ix, &["cite", "quote"]);
    let citing = |ix: &&TokenIx| {
        let token = words.token(**ix);
        quotes(**ix)
            && (token.tag == Tag::Vbg && matches!(token.rel, Rel::Advcl | Rel::Acl | Rel::Prep | Rel::Dep)
                // "according to the station, which quoted an officer".
                || token.rel == Rel::Relcl)
    };
    // The parser may hang the participle from anything before it in the sentence.
    let end = words.sentence(verb).end;
    let near = (verb + 1..end.min(verb + 14))
        .find(|&ix| words.token(ix).tag == Tag::Vbg && quotes(ix) && ix > 0 && words.form(ix - 1) == ",");
    let participle = words
        .children(verb)
        .iter()
        .find(citing)
        .or_else(|| words.children(head).iter().find(citing))
        .copied()
        .or(near)?;
    let object = words.child(participle, Rel::Dobj).or_else(|| words.child(participle, Rel::Pobj))?;
    let tree = words.subtree(object);
    let comma = (object..tree.end).find(|&ix| words.form(ix) == ",").unwrap_or(tree.end);
    Some((words.span(tree.start.max(participle + 1)..comma)?, words.token(participle).span))
}
