//! Attributions by rules over the parse: the exact constructions, and the whole answer where no weights are given.

use super::lexicon::{self, Entry, Frames};
use super::quoted;
use super::spans::{Candidate, Layout, NONE, noun_phrase, verb_group, without};
use super::tree::{Range, Tree};
use onrecord_model::{NameKind, Rel, Tag, TokenIx};

/// What a rule looks at.
pub struct Context<'a> {
    /// Tree.
    pub tree: &'a Tree<'a>,
    /// Blocks and quotations.
    pub layout: &'a Layout<'a>,
    /// Lexicon entry of each distinct lemma of the text.
    pub entries: Vec<Entry>,
}

impl<'a> Context<'a> {
    /// Looks every distinct lemma up once.
    pub fn new(tree: &'a Tree<'a>, layout: &'a Layout<'a>) -> Context<'a> {
        Context { tree, layout, entries: tree.parse.lemmas.iter().map(|l| lexicon::entry(l)).collect() }
    }

    /// The lexicon entry of a token.
    pub fn entry(&self, token: TokenIx) -> Entry {
        self.entries[self.tree.parse.tokens[token as usize].lemma as usize]
    }

    /// The lemma of a token.
    pub fn lemma(&self, token: TokenIx) -> &str {
        self.tree.parse.lemma(token)
    }

    /// Whether the token is a verb of speech.
    pub fn is_speech(&self, token: TokenIx) -> bool {
        self.tree.is_verb(token) && self.entry(token).verb.has(Frames::SPEECH)
    }
}

/// All candidates that a rule finds, in text order of their anchors.
pub fn candidates(context: &Context<'_>) -> Vec<Candidate> {
    let tree = context.tree;
    let mut out = Vec::new();
    for token in 0..tree.len() {
        let entry = context.entry(token);
        let cue_verb = tree.is_verb(token) && entry.verb != Frames::default();
        let found = if cue_verb { verb(context, token, entry) } else { None };
        let found = found.or_else(|| match tree.tag(token) {
            Tag::Vbg | Tag::In if is_according(context, token) => according(context, token),
            Tag::Nn | Tag::Nns => noun(context, token, entry),
            Tag::Jj | Tag::Vbn | Tag::Vbd if entry.other.has(Frames::ATTITUDE) => attitude(context, token),
            Tag::Rb if entry.other.has(Frames::ADVERB) => hearsay_adverb(context, token),
            _ => None,
        });
        out.extend(found);
    }
    out.extend((0..context.layout.block_tokens.len()).filter_map(|block| introduced(context, block)));
    out.retain(|c| possible(context, c));
    out.sort_by_key(|c| (c.anchor, c.cue));
    out
}

/// Whether anyone can have said it: nobody is no source, the name of a work says nothing, and "say" may mean "for
/// example".
pub fn possible(context: &Context<'_>, found: &Candidate) -> bool {
    let (tree, layout) = (context.tree, context.layout);
    let nobody = |range: Range| match context.lemma(range.0) {
        "nobody" | "Nobody" | "none" | "None" => true,
        "no" | "No" if range.0 + 1 < range.1 => layout.word(range.0 + 1).eq_ignore_ascii_case("one"),
        _ => false,
    };
    // Without a source, what stands right before the cue is its subject.
    let subject = found.source.or_else(|| found.content.first().copied().filter(|part| part.1 == found.cue.0));
    let quote = layout.quote[found.anchor as usize];
    let is_name = quote != NONE && quoted::is_name_of_work(tree, layout, quote);
    !is_name && !subject.is_some_and(nobody) && !is_for_example(context, found) && !names_a_work(context, found)
}

/// "Billed as ‘A Night of No Speeches’", "a tarpaulin marked ‘Gift of the People’".
fn names_a_work(context: &Context<'_>, found: &Candidate) -> bool {
    const NAMING: &[&str] =
        &["bill", "brand", "call", "christen", "dub", "entitle", "label", "mark", "name", "nickname", "stamp", "title"];
    let layout = context.layout;
    NAMING.contains(&context.lemma(found.anchor))
        && found.content.first().is_some_and(|part| {
            let quote = layout.quote[part.0 as usize];
            quote != NONE
                && layout.quote_tokens(quote).0 == part.0
                && quoted::is_name_of_work(context.tree, layout, quote)
        })
}

/// "Of the ninety seats, say thirty were taken."
fn is_for_example(context: &Context<'_>, found: &Candidate) -> bool {
    let (tree, layout, anchor) = (context.tree, context.layout, found.anchor);
    let (first, last) = tree.sentence_range(anchor);
    let next = anchor + 1;
    layout.word(anchor).eq_ignore_ascii_case("say")
        && (anchor == first || matches!(tree.tag(anchor - 1), Tag::Comma | Tag::Lrb | Tag::Hyph | Tag::Colon))
        && next < last
        && matches!(tree.tag(next), Tag::Cd | Tag::Comma)
        && !found.source.is_some_and(|s| s.0 <= next && next < s.1)
}

// ---- verbs ----

fn verb(context: &Context<'_>, verb: TokenIx, entry: Entry) -> Option<Candidate> {
    let (tree, frames) = (context.tree, entry.verb);
    if hypothetical(context, verb) {
        return None;
    }
    let passive = tree.child(verb, &[Rel::Auxpass]).is_some();
    let mut cue = verb_group(tree, verb);
    let source = source(context, verb, passive);
    let clause = |rels: &[Rel]| tree.children(verb).iter().copied().find(|c| rels.contains(&tree.rel(*c)));
    let mut score = 0.7;
    let mut content = Vec::new();
    if frames.has(Frames::CLAUSE.and_manner()) {
        content = quoted::speech(context, verb, source, cue, frames);
        score = if frames.has(Frames::SPEECH) { 0.9 } else { 0.7 };
    }
    if content.is_empty() && passive && frames.has(Frames::HEARSAY) && source.is_none() {
        (content, score) = (hearsay(context, verb)?, 0.6);
    }
    if content.is_empty() && frames.has(Frames::REQUEST | Frames::NAMING) && !passive {
        content = object_and_predicate(context, verb, cue, frames).into_iter().collect();
        score = 0.6;
    }
    if content.is_empty()
        && frames.has(Frames::INFINITIVE)
        && let Some(infinitive) = clause(&[Rel::Xcomp]).filter(|x| starts_with_to(tree, *x))
    {
        content = vec![tree.edges(infinitive)];
        score = 0.6;
    }
    if content.is_empty()
        && frames.has(Frames::ABOUT)
        && let Some((wider, about)) = about(context, verb, cue, entry)
    {
        (cue, content, score) = (wider, vec![about], 0.55);
    }
    if content.is_empty() && frames.has(Frames::OBJECT) {
        content = object(context, verb, passive).into_iter().collect();
        score = 0.45;
        // Without a source an object says too little.
        source?;
    }
    if cue.1 == verb + 1 && verb + 1 < tree.len() && context.layout.word(verb + 1) == ":" {
        cue.1 += 1;
    }
    finish(context, Candidate { anchor: verb, source, cue, content, score, learned: false })
}

impl Frames {
    const fn and_manner(self) -> Frames {
        Frames(self.0 | Frames::MANNER.0)
    }
}

impl std::ops::BitOr for Frames {
    type Output = Frames;
    fn bitor(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }
}

/// Trims the parts, keeps them out of cue and source, splits at blocks; nothing without content.
fn finish(context: &Context<'_>, mut found: Candidate) -> Option<Candidate> {
    let layout = context.layout;
    let mut holes: Vec<Range> = vec![found.cue];
    holes.extend(found.source);
    holes.sort_unstable();
    let mut parts = Vec::new();
    found.content.sort_unstable();
    for part in &found.content {
        for piece in without(*part, &holes) {
            layout.by_block(piece, &mut parts);
        }
    }
    found.content.clear();
    for part in parts.into_iter().filter_map(|p| layout.trim(p)) {
        match found.content.last_mut() {
            Some(last) if part.0 <= last.1 && layout.block[last.0 as usize] == layout.block[part.0 as usize] => {
                last.1 = last.1.max(part.1);
            }
            _ => found.content.push(part),
        }
    }
    (!found.content.is_empty()).then_some(found)
}

/// "If the court says go": nobody has said it.
fn hypothetical(context: &Context<'_>, verb: TokenIx) -> bool {
    let tree = context.tree;
    tree.children(verb)
        .iter()
        .any(|c| tree.rel(*c) == Rel::Mark && matches!(context.lemma(*c), "if" | "unless" | "If" | "Unless"))
}

fn starts_with_to(tree: &Tree<'_>, verb: TokenIx) -> bool {
    tree.children(verb).iter().any(|c| tree.rel(*c) == Rel::Aux && tree.tag(*c) == Tag::To)
}

/// Who does what the verb says.
fn source(context: &Context<'_>, verb: TokenIx, passive: bool) -> Option<Range> {
    let tree = context.tree;
    if passive {
        let agent = tree.child(verb, &[Rel::Agent])?;
        let noun = tree.child(agent, &[Rel::Pobj])?;
        return noun_phrase(tree, context.layout, noun, agent);
    }
    let mut at = verb;
    for _ in 0..6 {
        if let Some(subject) = tree.child(at, &[Rel::Nsubj, Rel::Nsubjpass]) {
            return noun_phrase(tree, context.layout, subject, at);
        }
        let head = tree.head(at);
        match tree.rel(at) {
            Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Pcomp | Rel::Prep | Rel::Dep if head != at => at = head,
            Rel::Acl if head < at => {
                let (first, _) = tree.edges(head);
                return context.layout.trim((first, at));
            }
            _ => return None,
        }
    }
    None
}

/// "The plant | is expected | to shed jobs".
fn hearsay(context: &Context<'_>, verb: TokenIx) -> Option<Vec<Range>> {
    let tree = context.tree;
    let infinitive = tree.child(verb, &[Rel::Xcomp]).filter(|x| starts_with_to(tree, *x))?;
    let subject = tree.child(verb, &[Rel::Nsubjpass, Rel::Nsubj])?;
    Some(vec![noun_phrase(tree, context.layout, subject, verb)?, tree.edges(infinitive)])
}

/// Object with what is asked of it or said of it: "urged | voters to stay", "called | it a farce".
fn object_and_predicate(context: &Context<'_>, verb: TokenIx, cue: Range, frames: Frames) -> Option<Range> {
    let tree = context.tree;
    let object =
        tree.children(verb).iter().copied().find(|c| *c >= cue.1 && matches!(tree.rel(*c), Rel::Dobj | Rel::Dative))?;
    let predicate = tree.children(verb).iter().copied().filter(|c| *c > object).find(|c| match tree.rel(*c) {
        Rel::Xcomp | Rel::Ccomp => frames.has(Frames::NAMING) || starts_with_to(tree, *c),
        Rel::Oprd => true,
        Rel::Prep => frames.has(Frames::NAMING) && matches!(context.lemma(*c), "as" | "of" | "for"),
        _ => false,
    });
    let last = match predicate {
        Some(predicate) => tree.edges(predicate).1,
        None => {
            // The parser also hangs "as" and "of" on the object itself.
            let own =
                tree.children(object).iter().any(|c| tree.rel(*c) == Rel::Prep && matches!(context.lemma(*c), "as"));
            if !(frames.has(Frames::NAMING) && own) {
                return None;
            }
            tree.edges(object).1
        }
    };
    // Who is told does not belong to what is told.
    let first = if context.lemma(verb) == "tell" { tree.edges(object).1 } else { tree.edges(object).0.max(cue.1) };
    (first < last).then_some((first, last))
}

/// The preposition and what it governs: "warned of | floods".
fn about(context: &Context<'_>, verb: TokenIx, cue: Range, entry: Entry) -> Option<(Range, Range)> {
    let tree = context.tree;
    let takes = |t: TokenIx| entry.prepositions.split(',').any(|p| p == context.lemma(t));
    let preposition = tree
        .children(verb)
        .iter()
        .copied()
        .find(|c| *c >= verb && matches!(tree.rel(*c), Rel::Prep | Rel::Prt) && takes(*c))?;
    let content = match tree.rel(preposition) {
        Rel::Prt => tree.edges(tree.child(verb, &[Rel::Dobj, Rel::Ccomp])?),
        _ => tree.edges(tree.child(preposition, &[Rel::Pobj, Rel::Pcomp])?),
    };
    let cue = if preposition == cue.1 { (cue.0, preposition + 1) } else { cue };
    Some((cue, content))
}

fn object(context: &Context<'_>, verb: TokenIx, passive: bool) -> Option<Range> {
    let tree = context.tree;
    let object = tree.child(verb, if passive { &[Rel::Nsubjpass] } else { &[Rel::Dobj] })?;
    if matches!(context.lemma(object), "nothing" | "anything" | "word" | "whatever") {
        return None;
    }
    if passive { noun_phrase(tree, context.layout, object, verb) } else { Some(tree.edges(object)) }
}

// ---- other cues ----

fn is_according(context: &Context<'_>, token: TokenIx) -> bool {
    context.layout.word(token).eq_ignore_ascii_case("according")
        && token + 1 < context.tree.len()
        && context.layout.word(token + 1) == "to"
}

/// "According to X, …" and "…, according to X".
fn according(context: &Context<'_>, token: TokenIx) -> Option<Candidate> {
    let tree = context.tree;
    let to = token + 1;
    let noun = tree.child(to, &[Rel::Pobj, Rel::Pcomp]).or_else(|| tree.child(token, &[Rel::Pobj]))?;
    let (first, last) = tree.edges(noun);
    let source = context.layout.trim((first.max(to + 1), last))?;
    let content = around_phrase(context, (token, source.1), token);
    finish(
        context,
        Candidate { anchor: token, source: Some(source), cue: (token, to + 1), content, score: 0.9, learned: false },
    )
}

/// The clause that a phrase belongs to, without the phrase; the whole quotation where it touches one.
fn around_phrase(context: &Context<'_>, phrase: Range, token: TokenIx) -> Vec<Range> {
    let tree = context.tree;
    let mut head = tree.head(token);
    // The phrase often hangs on the last noun: climb to the verb of the clause.
    for _ in 0..8 {
        let clause = tree.is_verb(head) || tree.child(head, &[Rel::Nsubj, Rel::Nsubjpass]).is_some();
        let inner = matches!(
            tree.rel(head),
            Rel::Acl
                | Rel::Relcl
                | Rel::Xcomp
                | Rel::Pcomp
                | Rel::Aux
                | Rel::Auxpass
                | Rel::Ccomp
                | Rel::Advcl
                | Rel::Conj
        );
        if (clause && !inner) || tree.head(head) == head {
            break;
        }
        head = tree.head(head);
    }
    let (low, high) = tree.edges(head);
    let clause = if phrase.0 > low && phrase.0 > head { (low, high.max(phrase.1)) } else { (low, high) };
    let mut parts = without(clause, &[phrase]);
    // After the phrase only what goes on with the same clause: nothing when the phrase ends it.
    if phrase.0 > head {
        parts.truncate(1);
    } else {
        parts.retain(|p| p.0 >= phrase.1);
    }
    for part in &mut parts {
        *part = quoted::snap(context, *part, phrase.0);
    }
    parts
}

/// "The claim that …", "his promise to …", "in her view, …".
fn noun(context: &Context<'_>, noun: TokenIx, entry: Entry) -> Option<Candidate> {
    let tree = context.tree;
    let owner = tree.child(noun, &[Rel::Poss]);
    if let Some(found) = in_the_view(context, noun, owner) {
        return Some(found);
    }
    if !entry.other.has(Frames::NOUN) {
        return None;
    }
    let clause = tree.children(noun).iter().copied().find(|c| {
        *c > noun
            && matches!(tree.rel(*c), Rel::Acl | Rel::Ccomp)
            && (has_that(context, *c) || starts_with_to(tree, *c))
    })?;
    let content = vec![tree.edges(clause)];
    if let Some(owner) = owner {
        let source = context.layout.trim(tree.edges(owner))?;
        let cue = (source.1.min(noun), noun + 1);
        return finish(
            context,
            Candidate { anchor: noun, source: Some(source), cue, content, score: 0.6, learned: false },
        );
    }
    let verb = tree.head(noun);
    if tree.rel(noun) == Rel::Dobj && tree.is_verb(verb) && verb < noun {
        let source = source(context, verb, false);
        let cue = (verb_group(tree, verb).0, noun + 1);
        return finish(context, Candidate { anchor: noun, source, cue, content, score: 0.5, learned: false });
    }
    has_that(context, clause).then(|| {
        finish(
            context,
            Candidate { anchor: noun, source: None, cue: (noun, noun + 1), content, score: 0.4, learned: false },
        )
    })?
}

fn has_that(context: &Context<'_>, clause: TokenIx) -> bool {
    let tree = context.tree;
    tree.children(clause).iter().any(|c| tree.rel(*c) == Rel::Mark && context.lemma(*c) == "that")
}

/// "In the words of X", "in her view", "by his own account".
fn in_the_view(context: &Context<'_>, noun: TokenIx, owner: Option<TokenIx>) -> Option<Candidate> {
    let tree = context.tree;
    if !matches!(context.lemma(noun), "word" | "view" | "opinion" | "eye" | "account" | "telling" | "estimation") {
        return None;
    }
    let preposition = tree.head(noun);
    if tree.rel(noun) != Rel::Pobj || !matches!(context.lemma(preposition), "in" | "by" | "In" | "By") {
        return None;
    }
    let (source, cue) = match (owner, tree.child(noun, &[Rel::Prep]).filter(|p| context.lemma(*p) == "of")) {
        (Some(owner), _) => {
            let source = context.layout.trim(tree.edges(owner))?;
            (source, (source.1.min(noun), noun + 1))
        }
        (None, Some(of)) => {
            let whose = tree.child(of, &[Rel::Pobj])?;
            (noun_phrase(tree, context.layout, whose, of)?, (preposition, of + 1))
        }
        _ => return None,
    };
    let content = around_phrase(context, (preposition, source.1.max(noun + 1)), preposition);
    finish(context, Candidate { anchor: noun, source: Some(source), cue, content, score: 0.7, learned: false })
}

/// "X is confident that …".
fn attitude(context: &Context<'_>, adjective: TokenIx) -> Option<Candidate> {
    let tree = context.tree;
    let verb = tree.head(adjective);
    if !matches!(tree.rel(adjective), Rel::Acomp | Rel::Attr | Rel::Oprd) || verb > adjective {
        return None;
    }
    let clause =
        tree.children(adjective).iter().copied().find(|c| *c > adjective && matches!(tree.rel(*c), Rel::Ccomp))?;
    let source = source(context, verb, false)?;
    let cue = (verb_group(tree, verb).0, adjective + 1);
    let content = vec![tree.edges(clause)];
    finish(context, Candidate { anchor: adjective, source: Some(source), cue, content, score: 0.6, learned: false })
}

/// "X reportedly did": the clause is the content, nobody is the source.
fn hearsay_adverb(context: &Context<'_>, adverb: TokenIx) -> Option<Candidate> {
    let tree = context.tree;
    let head = tree.head(adverb);
    let mut range = tree.edges(head);
    // Clauses that only hang on are the report's own.
    for child in tree.children(head) {
        let edges = tree.edges(*child);
        if edges.0 > head && matches!(tree.rel(*child), Rel::Advcl | Rel::Conj | Rel::Parataxis | Rel::Cc) {
            range.1 = range.1.min(edges.0.max(adverb + 1));
        }
    }
    if !tree.is_verb(head) || tree.rel(head) == Rel::Aux {
        return None;
    }
    finish(
        context,
        Candidate {
            anchor: adverb,
            source: None,
            cue: (adverb, adverb + 1),
            content: vec![range],
            score: 0.6,
            learned: false,
        },
    )
}

/// A block that names its speaker before a colon: "Mayor: “It is finished.”", "QUILLAN: Why not?"; as the first block, a
/// headline: "Quillan: No vote before May", "Report: Dam was never inspected".
fn introduced(context: &Context<'_>, block: usize) -> Option<Candidate> {
    let layout = context.layout;
    let (first, last) = layout.block_tokens[block];
    let colon = (first..last.min(first + 6)).find(|t| layout.word(*t) == ":")?;
    let name = (first, colon);
    let proper = (first..colon).all(|t| matches!(context.tree.tag(t), Tag::Nnp | Tag::Nnps | Tag::Stop));
    let all_caps = (first..colon).all(|t| !layout.word(t).bytes().any(|b| b.is_ascii_lowercase()));
    let quoted = colon + 1 < last && layout.quote[colon as usize + 1] != NONE;
    let headline = block == 0 && speaks_in_headlines(context, name);
    if name.0 == name.1 || colon + 3 > last || !(headline || proper && (all_caps || quoted)) {
        return None;
    }
    let said = (colon + 1..last).find(|t| context.tree.tag(*t) != Tag::Space)?;
    let content = vec![(said, last)];
    // All of a transcript line is speech, its last stop too.
    Some(Candidate { anchor: colon, source: Some(name), cue: (colon, colon + 1), content, score: 0.6, learned: false })
}

/// Whether these words before the colon of a headline are someone who speaks: a person, an organisation, a document.
fn speaks_in_headlines(context: &Context<'_>, name: Range) -> bool {
    let (tree, layout) = (context.tree, context.layout);
    let capital = |t: TokenIx| layout.word(t).chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
    let names = &tree.parse.names;
    let at = names.partition_point(|n| n.last <= name.0);
    let is_name = names.get(at).is_some_and(|n| {
        matches!(n.kind, NameKind::Person | NameKind::Org) && n.last == name.1 && n.first <= name.0 + 2
    });
    let speaker = |t: TokenIx| context.entry(t).document || matches!(context.lemma(t), "source" | "Source" | "Sources");
    (name.0..name.1).all(capital) && name.0 < name.1 && (is_name || speaker(name.1 - 1))
}
