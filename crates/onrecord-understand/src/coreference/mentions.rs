//! The noun phrases of a text that may refer, with what their words say.

use super::lexicon::{self, HUMAN, NEUTER, Pronoun, Sort};
use super::text::Text;
use onrecord_model::{MentionKind, Name, NameKind, Pos, Rel, Tag, TokenIx};
use std::ops::Range;

/// Tokens of a phrase on either side of its head.
const PHRASE_TOKENS_MAX: TokenIx = 200;

/// Index of a mention in a text.
pub(super) type MentionIx = u32;

/// How a noun phrase is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Opening {
    /// "the".
    Definite,
    /// "this", "those".
    Demonstrative,
    /// "a", "some", a number.
    Indefinite,
    /// "his", "the city's".
    Possessive,
    /// Nothing.
    Bare,
}

/// A noun phrase that may refer.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub head: TokenIx,
    /// The whole phrase with clauses and appositions after it, without quotation marks and commas around it.
    pub full: Range<TokenIx>,
    /// The phrase up to the first comma, relative clause or participle.
    pub core: Range<TokenIx>,
    pub kind: MentionKind,
    pub sentence: u32,
    pub pronoun: Option<Pronoun>,
    pub sort: Sort,
    pub gender: u8,
    pub singular: bool,
    pub plural: bool,
    pub opening: Opening,
    /// The tokens of its name, when it has one.
    pub name: Option<Range<TokenIx>>,
    pub name_kind: Option<NameKind>,
    /// Two or more joined by "and": a mention for them together.
    pub joined: bool,
    /// Canonical lemma of the head.
    pub lemma: u32,
    /// Said of another mention (apposition, predicate) or a part of the grammar: never linked itself.
    pub describes: Option<TokenIx>,
}

/// All mentions in the order of their first token, shorter first: an owner is known before what is owned.
pub(super) fn mentions(text: &Text) -> Vec<Mention> {
    let mut found = Vec::new();
    for ix in 0..text.parse().tokens.len() as TokenIx {
        let Some(mention) = mention_at(text, ix) else { continue };
        if let Some(joined) = joined_at(text, ix, &mention) {
            found.push(joined);
        }
        found.push(mention);
    }
    found.sort_by_key(|m: &Mention| (m.full.start, m.full.end, m.head));
    // A head that is trimmed away (a lone "’s"), or a tree that crosses itself, would give one phrase to two heads.
    found.dedup_by(|later, earlier| later.full == earlier.full);
    found
}

/// Whether a token heads a noun phrase that may refer.
fn heads_phrase(text: &Text, ix: TokenIx) -> bool {
    let token = text.words.token(ix);
    if matches!(token.rel, Rel::Expl | Rel::Punct) && token.pos != Pos::Pron {
        return false;
    }
    // "Technology" in "Lestonia Institute of Technology" is no thing of its own.
    if text.name(ix).is_some_and(|name| token.head != ix && (name.first..name.last).contains(&token.head)) {
        return false;
    }
    match token.pos {
        Pos::Propn | Pos::Noun => {
            if is_nobody(text.lemma_text(ix)) {
                return false;
            }
            if matches!(token.rel, Rel::Compound | Rel::Nmod | Rel::Amod) || is_date(text, ix) {
                return is_name_modifier(text, ix);
            }
            token.rel != Rel::Npadvmod || !is_date(text, ix)
        }
        Pos::Pron => {
            !is_nobody(text.lemma_text(ix))
                && token.rel != Rel::Expl
                && !matches!(token.tag, Tag::Wp | Tag::Wdt | Tag::WpPoss | Tag::Ex)
                && !matches!(token.rel, Rel::Det)
                || token.tag == Tag::PrpPoss
        }
        // "one of them", "two said", "both", "another", "the injured".
        Pos::Num | Pos::Det | Pos::Adj => {
            matches!(token.rel, Rel::Nsubj | Rel::Nsubjpass | Rel::Agent)
                || matches!(token.rel, Rel::Pobj | Rel::Dobj) && token.pos == Pos::Det
                || matches!(token.rel, Rel::Pobj)
                    && token.pos == Pos::Num
                    && !is_date(text, ix)
                    && text.words.child(ix, Rel::Prep).is_some()
        }
        _ => false,
    }
}

/// Words that stand for nobody in particular.
fn is_nobody(lemma: &str) -> bool {
    matches!(
        lemma,
        "nobody"
            | "everybody"
            | "everyone"
            | "anybody"
            | "anyone"
            | "none"
            | "nothing"
            | "something"
            | "anything"
            | "everything"
    )
}

/// A name before a noun: "the Varga inquiry", "Nordhav shares".
fn is_name_modifier(text: &Text, ix: TokenIx) -> bool {
    let token = text.words.token(ix);
    let Some(name) = text.name(ix) else { return false };
    let kind = matches!(name.kind, NameKind::Person | NameKind::Org | NameKind::Gpe | NameKind::Loc | NameKind::Fac);
    // The last token of a name that does not reach the head of the phrase.
    kind && name.last == ix + 1 && token.pos == Pos::Propn && !(name.first..name.last).contains(&token.head)
}

/// Whether the names layer sees a time or an amount.
fn is_date(text: &Text, ix: TokenIx) -> bool {
    text.name(ix).is_some_and(|name| {
        matches!(
            name.kind,
            NameKind::Date
                | NameKind::Time
                | NameKind::Money
                | NameKind::Percent
                | NameKind::Quantity
                | NameKind::Ordinal
        )
    })
}

/// The mention that a token heads.
fn mention_at(text: &Text, ix: TokenIx) -> Option<Mention> {
    if !heads_phrase(text, ix) {
        return None;
    }
    let words = text.words;
    let token = words.token(ix);
    let (full, core) = bounds(text, ix)?;
    let pronoun = (token.pos == Pos::Pron || token.pos == Pos::Det)
        .then(|| lexicon::pronoun(&words.form(ix).to_lowercase()))
        .flatten();
    let (name, name_kind) = if pronoun.is_some() { (None, None) } else { name_of(text, ix, &core) };
    let first = name.as_ref().map_or(core.start, |name| name.start.min(core.start));
    let (full, core) = (full.start.min(first)..full.end, first..core.end);
    let kind = match (pronoun.is_some(), name.is_some()) {
        (true, _) => MentionKind::Pronoun,
        (_, true) => MentionKind::Name,
        _ => MentionKind::Nominal,
    };
    let surname = name_kind == Some(NameKind::Person) && text.is_surname(ix);
    let noun = if surname { None } else { text.noun(ix) };
    let many = (token.tag == Tag::Nns || token.tag == Tag::Nnps) && !surname;
    let sort = sort_of(text, ix, name_kind, pronoun);
    let mut mention = Mention {
        head: ix,
        full,
        core,
        kind,
        sentence: text.sentence[ix as usize],
        pronoun,
        sort,
        gender: HUMAN | NEUTER,
        singular: !many,
        plural: many,
        opening: opening(text, ix),
        name,
        name_kind,
        joined: false,
        lemma: text.lemma(ix),
        describes: None,
    };
    match pronoun {
        Some(p) => (mention.gender, mention.singular, mention.plural) = (p.gender, p.singular, p.plural),
        None => {
            mention.gender = match (mention.sort, noun, mention.kind) {
                (Sort::Person, Some(noun), MentionKind::Nominal) => noun.gender,
                (Sort::Person, ..) => HUMAN,
                (Sort::Unknown, ..) => HUMAN | NEUTER,
                _ => NEUTER,
            };
            if mention.sort == Sort::Organisation && !many {
                mention.plural = true; // "the company … they"
            }
            if noun.is_some_and(|n| n.gender == HUMAN | NEUTER) && !many {
                mention.plural = true; // "the couple", "the staff"
            }
            if token.pos == Pos::Num || many_by_form(text, ix) {
                let one = words.is(ix, "one") || words.is(ix, "another") || words.is(ix, "each");
                (mention.singular, mention.plural) = (one, !one);
            }
        }
    }
    Some(mention)
}

/// "both", "some", "many", "people".
fn many_by_form(text: &Text, ix: TokenIx) -> bool {
    matches!(
        text.lemma_text(ix),
        "both"
            | "some"
            | "many"
            | "several"
            | "few"
            | "most"
            | "all"
            | "others"
            | "people"
            | "police"
            | "these"
            | "those"
            | "two"
            | "three"
    )
}

/// What a head says it is: its name's kind, else its noun.
fn sort_of(text: &Text, ix: TokenIx, name_kind: Option<NameKind>, pronoun: Option<Pronoun>) -> Sort {
    if let Some(p) = pronoun {
        return match p.gender {
            g if g & NEUTER == 0 => Sort::Person,
            NEUTER => Sort::Thing,
            _ => Sort::Unknown,
        };
    }
    match name_kind {
        Some(NameKind::Person) => return Sort::Person,
        Some(NameKind::Org) => return Sort::Organisation,
        Some(NameKind::Gpe | NameKind::Loc | NameKind::Fac) => return Sort::Place,
        Some(NameKind::WorkOfArt | NameKind::Law) => return Sort::Work,
        Some(NameKind::Event) => return Sort::Event,
        Some(NameKind::Product | NameKind::Language) => return Sort::Thing,
        Some(NameKind::Norp) if text.words.token(ix).pos != Pos::Adj => return Sort::Person,
        _ => {}
    }
    let token = text.words.token(ix);
    match text.noun(ix) {
        Some(noun) => noun.sort,
        None if token.pos == Pos::Noun => Sort::Thing,
        None => Sort::Unknown,
    }
}

/// The whole phrase and its core, both without punctuation at the edges.
fn bounds(text: &Text, ix: TokenIx) -> Option<(Range<TokenIx>, Range<TokenIx>)> {
    let words = text.words;
    let (mut first, mut last) = (ix, ix + 1);
    let mut core_last = ix + 1;
    let mut open = true;
    for &child in words.children(ix) {
        let token = words.token(child);
        let (low, high) = (text.low[child as usize], text.high[child as usize] + 1);
        if child < ix {
            let aside = matches!(
                token.rel,
                Rel::Cc
                    | Rel::Preconj
                    | Rel::Punct
                    | Rel::Mark
                    | Rel::Intj
                    | Rel::Conj
                    | Rel::Nsubj
                    | Rel::Aux
                    | Rel::Advcl
            );
            let adverb = token.rel == Rel::Advmod
                && !matches!(text.lemma_text(child), "now" | "then" | "almost" | "nearly" | "about" | "only");
            if !(aside || adverb) {
                first = first.min(low);
            }
            continue;
        }
        let breaks = matches!(
            token.rel,
            Rel::Relcl
                | Rel::Acl
                | Rel::Appos
                | Rel::Advcl
                | Rel::Conj
                | Rel::Cc
                | Rel::Dep
                | Rel::Parataxis
                | Rel::Ccomp
                | Rel::Nsubj
                | Rel::Aux
                | Rel::Advmod
        ) || token.rel == Rel::Punct && token.tag != Tag::Hyph;
        if matches!(
            token.rel,
            Rel::Cc
                | Rel::Conj
                | Rel::Preconj
                | Rel::Dep
                | Rel::Parataxis
                | Rel::Ccomp
                | Rel::Nsubj
                | Rel::Aux
                | Rel::Attr
                | Rel::Acomp
                | Rel::Advcl
                | Rel::Advmod
                | Rel::Neg
        ) {
            open = false;
            continue;
        }
        // A colon, semicolon or dash ends the phrase; a bracket closes what it opened.
        if token.rel == Rel::Punct && matches!(token.tag, Tag::Colon) && child > ix {
            break;
        }
        if token.rel == Rel::Punct && token.tag == Tag::Rrb && child == last {
            last = child + 1;
        }
        if token.rel == Rel::Case || token.rel == Rel::Punct && token.tag != Tag::Hyph {
            open &= token.rel == Rel::Case || matches!(token.tag, Tag::OpenQuote | Tag::CloseQuote);
            continue;
        }
        last = last.max(high);
        if open && !breaks {
            core_last = core_last.max(high);
        } else {
            open = false;
        }
    }
    // No phrase of news is longer; a tree gone wrong must not make every phrase as long as the text.
    first = first.max(ix.saturating_sub(PHRASE_TOKENS_MAX));
    last = last.min(ix.saturating_add(PHRASE_TOKENS_MAX));
    for at in (first..ix).rev() {
        if words.token(at).tag == Tag::CloseQuote {
            first = at + 1;
            break;
        }
    }
    let mut quoted = (first..ix).any(|at| words.token(at).tag == Tag::OpenQuote);
    for at in ix + 1..last {
        match words.token(at).tag {
            Tag::OpenQuote => quoted = true,
            Tag::CloseQuote if !quoted => {
                last = at;
                break;
            }
            _ => {}
        }
    }
    let mut full = trimmed(text, first..last)?;
    let core = trimmed(text, first..core_last.min(last))?;
    if let Some(mark) = words.child(ix, Rel::Case)
        && mark == full.end
    {
        full.end += 1;
    }
    Some((full, core))
}

/// Without punctuation, white space and possessive marks at the edges.
fn trimmed(text: &Text, mut range: Range<TokenIx>) -> Option<Range<TokenIx>> {
    let edge = |ix: TokenIx| {
        let token = text.words.token(ix);
        matches!(token.pos, Pos::Punct | Pos::Space) && !matches!(token.tag, Tag::Rrb | Tag::Lrb)
            || matches!(token.tag, Tag::Pos)
    };
    while range.start < range.end && edge(range.start) {
        range.start += 1;
    }
    while range.start < range.end && edge(range.end - 1) {
        range.end -= 1;
    }
    (range.start < range.end).then_some(range)
}

/// How the phrase of a head is opened.
fn opening(text: &Text, ix: TokenIx) -> Opening {
    let words = text.words;
    for &child in words.children(ix) {
        if child > ix {
            break;
        }
        let token = words.token(child);
        match token.rel {
            Rel::Poss => return Opening::Possessive,
            Rel::Det | Rel::Predet => match text.lemma_text(child) {
                "the" => return Opening::Definite,
                "this" | "that" | "these" | "those" => return Opening::Demonstrative,
                _ => return Opening::Indefinite,
            },
            Rel::Nummod => return Opening::Indefinite,
            _ => {}
        }
    }
    Opening::Bare
}

/// The tokens of the name that the phrase holds at its head, and what kind of name.
fn name_of(text: &Text, ix: TokenIx, core: &Range<TokenIx>) -> (Option<Range<TokenIx>>, Option<NameKind>) {
    let other = |name: Name| match name.kind {
        NameKind::Person => false,
        // "Ragna Dale" beside "Knut Dale": a place has no first name.
        NameKind::Gpe | NameKind::Loc => name.last - name.first == 1 && first_names(text, ix, core) < ix,
        _ => true,
    };
    if text.is_surname(ix) && text.name(ix).is_none_or(other) {
        return (Some(first_names(text, ix, core)..ix + 1), Some(NameKind::Person));
    }
    if let Some(name) = text.name(ix)
        && !(name.kind != NameKind::Person && is_office(text, ix))
        && !matches!(name.kind, NameKind::Cardinal | NameKind::Ordinal | NameKind::Date | NameKind::Time)
    {
        // "the Varga inquiry" is headed by a common noun.
        let proper = text.words.form(ix).chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        // "Seo Min-jae" may be headed by its last syllable.
        let syllable = name.kind == NameKind::Person && ix > name.first && text.words.form(ix - 1) == "-";
        if proper || syllable {
            let mut first = name.first.max(core.start);
            // "Ramiro “Chico” Pons": the marks keep the parser from the first name.
            if (name.first..first).any(|ix| text.words.token(ix).pos == Pos::Punct) {
                first = name.first;
            }
            if name.kind == NameKind::Person {
                first = first_names(text, first, core);
            }
            let range = name_words(text, first..name.last.min(core.end), name.kind);
            return (range, Some(name.kind));
        }
        return (None, None);
    }
    if text.words.token(ix).pos != Pos::Propn || is_office(text, ix) {
        return (None, None);
    }
    if !text.words.form(ix).chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()) {
        return (None, None);
    }
    // No name seen: the run of proper nouns that ends at the head.
    let mut first = ix;
    while first > core.start
        && matches!(text.words.token(first - 1).pos, Pos::Propn)
        && text.words.token(first - 1).tag != Tag::Pos
    {
        first -= 1;
    }
    (name_words(text, first..ix + 1, NameKind::Product), None)
}

/// Where the first names before a surname begin: "Ragna Dale" is not the Dale named before, whatever the names layer saw.
fn first_names(text: &Text, surname: TokenIx, core: &Range<TokenIx>) -> TokenIx {
    let words = text.words;
    let same_name = |ix: TokenIx| match (text.name(ix), text.name(surname)) {
        (None, _) => true,
        (Some(own), Some(last)) => own.kind == NameKind::Person || own.first == last.first,
        (Some(own), None) => own.kind == NameKind::Person,
    };
    let first_name = |ix: TokenIx| {
        let form = words.form(ix);
        let capital =
            form.starts_with(char::is_uppercase) && (form.ends_with('.') || form.contains(char::is_lowercase));
        let token = words.token(ix);
        let proper = token.pos == Pos::Propn && token.tag != Tag::Pos;
        let post = words.follows_initials(ix) && lexicon::first_name_gender(&form.to_lowercase()) == 0;
        proper
            && capital
            && same_name(ix)
            && !post
            && text.noun(ix).is_none()
            && !lexicon::is_title(&form.to_lowercase())
    };
    // "Dong-wook".
    let hyphened = |ix: TokenIx| {
        let span = |ix| words.token(ix).span;
        words.form(ix + 1) == "-"
            && span(ix).end() == span(ix + 1).start()
            && span(ix + 1).end() == span(ix + 2).start()
            && words.form(ix).starts_with(char::is_uppercase)
            && same_name(ix)
    };
    let mut first = surname;
    while first > core.start && surname - first < 5 {
        if first >= core.start + 3 && hyphened(first - 3) {
            first -= 3;
        } else if first_name(first - 1) {
            first -= 1;
        } else {
            break;
        }
    }
    first
}

/// An office in capitals is a description: "the Attorney-General", "the President".
fn is_office(text: &Text, ix: TokenIx) -> bool {
    let post = text.noun(ix).is_some_and(|noun| noun.sort == Sort::Person);
    let led = matches!(opening(text, ix), Opening::Definite | Opening::Possessive);
    // A headline's "Mayor says".
    let bare = text.name(ix).is_none() && text.words.children(ix).is_empty() && lexicon::is_title(text.lemma_text(ix));
    post && (led || bare)
}

/// A name without articles, titles and possessive marks at its edges.
fn name_words(text: &Text, mut range: Range<TokenIx>, kind: NameKind) -> Option<Range<TokenIx>> {
    let words = text.words;
    while range.end > range.start
        && (words.token(range.end - 1).tag == Tag::Pos
            || matches!(words.token(range.end - 1).pos, Pos::Punct | Pos::Space))
    {
        range.end -= 1;
    }
    while range.start + 1 < range.end {
        let form = words.form(range.start).to_lowercase();
        let strip = matches!(form.as_str(), "the" | "a" | "an")
            || matches!(words.token(range.start).pos, Pos::Punct | Pos::Space)
            || matches!(kind, NameKind::Person | NameKind::Product) && lexicon::is_title(&form);
        if !strip {
            break;
        }
        range.start += 1;
    }
    (range.start < range.end).then_some(range)
}

/// The mention for a coordination that a head opens: "Varga and two aides".
fn joined_at(text: &Text, ix: TokenIx, first: &Mention) -> Option<Mention> {
    let words = text.words;
    let token = words.token(ix);
    if token.rel == Rel::Conj || first.pronoun.is_some() && token.tag == Tag::PrpPoss {
        return None;
    }
    let mut last = None;
    let mut at = ix;
    let mut sort = first.sort;
    // A coordination is a chain: each part hangs from the one before.
    for _ in 0..32 {
        let Some(next) = words
            .children(at)
            .iter()
            .copied()
            .find(|&c| c > at && words.token(c).rel == Rel::Conj && words.is_nominal(c))
        else {
            break;
        };
        let kind = text.name(next).map(|n| n.kind);
        if sort_of(text, next, kind, None) != sort {
            sort = Sort::Unknown;
        }
        last = Some(next);
        at = next;
    }
    let last = last?;
    words.children(ix).iter().any(|&c| words.token(c).rel == Rel::Cc).then_some(())?;
    let full = trimmed(text, first.full.start..text.high[last as usize] + 1)?;
    Some(Mention {
        core: full.clone(),
        full,
        kind: MentionKind::Nominal,
        pronoun: None,
        sort,
        gender: if sort == Sort::Person { HUMAN } else { HUMAN | NEUTER },
        singular: false,
        plural: true,
        opening: Opening::Bare,
        name: None,
        name_kind: None,
        joined: true,
        describes: None,
        ..first.clone()
    })
}
