//! Names that are one name: full names and surnames, short forms, acronyms, endings of companies.

use super::lexicon::{self, FEMALE, HUMAN, MALE, Sort};
use super::mentions::{Mention, MentionIx};
use super::text::Text;
use onrecord_model::{NameKind, Pos, Rel, Tag, TokenIx};
use std::collections::HashMap;
use std::ops::Range;

/// Index of a group of names.
pub(super) type GroupIx = u32;

/// Groups looked at for one word, newest first: bounds the work on texts that repeat a word without end.
const LOOK_BACK: usize = 24;

/// Tokens after a name in which a pronoun tells of it.
const OWN_PRONOUN_TOKENS: TokenIx = 10;

/// Names of one bearer.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Words of the fullest name in lower case, without points and quotation marks.
    pub words: Vec<String>,
    /// The fullest name as written.
    pub tokens: Range<TokenIx>,
    pub sort: Sort,
    /// Gender that first name and titles tell; zero when nothing does.
    pub gender: u8,
    /// Posts that stand before the full name.
    posts: Vec<String>,
    /// Mentions so far, for the choice of the nearest.
    last: MentionIx,
    suffix: Option<String>,
}

/// The name of one mention, cut into words.
struct Named {
    mention: MentionIx,
    tokens: Range<TokenIx>,
    words: Vec<String>,
    /// Junior, senior, II.
    suffix: Option<String>,
    gender: u8,
    kind: Option<NameKind>,
    /// Whether words of a title stand before it.
    titled: bool,
    /// The post before it, in lower case: "governor".
    post: Option<String>,
    /// Whether it stands in the first line.
    headline: bool,
    /// Whether it is set against whom the text has named: "not related to Dr Dale".
    other: bool,
    /// Whether it is an outlet's, whatever it was read as.
    outlet: bool,
}

/// Groups and the group of each mention.
pub(super) struct Names {
    pub groups: Vec<Group>,
    pub of: Vec<Option<GroupIx>>,
    by_last: HashMap<String, Vec<GroupIx>>,
    by_first: HashMap<String, Vec<GroupIx>>,
    by_whole: HashMap<String, GroupIx>,
    by_initials: HashMap<String, GroupIx>,
}

/// Groups the names of all mentions: full names of people first, so that a headline's surname finds its bearer.
pub(super) fn group_names(text: &Text, mentions: &[Mention]) -> Names {
    let mut names = Names {
        groups: Vec::new(),
        of: vec![None; mentions.len()],
        by_last: HashMap::new(),
        by_first: HashMap::new(),
        by_whole: HashMap::new(),
        by_initials: HashMap::new(),
    };
    let named: Vec<Named> =
        mentions.iter().enumerate().filter_map(|(ix, mention)| cut(text, ix as MentionIx, mention)).collect();
    let is_full = |name: &&Named| name.kind == Some(NameKind::Person) && name.words.len() > 1;
    let is_body = |name: &&Named| name.kind != Some(NameKind::Person) && name.words.len() > 1;
    for name in named.iter().filter(is_full) {
        let group = names.person(name).unwrap_or_else(|| names.open(name, Sort::Person));
        names.join(name, group);
    }
    for name in named.iter().filter(is_body) {
        let sort = if name.outlet { Sort::Organisation } else { mentions[name.mention as usize].sort };
        let group = names.body(name).unwrap_or_else(|| names.open(name, sort));
        names.join(name, group);
    }
    for group in &mut names.groups {
        group.last = 0; // the second reading counts from the start again
    }
    for name in &named {
        match names.of[name.mention as usize] {
            Some(group) => names.groups[group as usize].last = name.mention + 1,
            None => {
                let group =
                    names.single(name).unwrap_or_else(|| names.open(name, mentions[name.mention as usize].sort));
                names.join(name, group);
            }
        }
    }
    names
}

fn sort_of_kind(kind: Option<NameKind>) -> Sort {
    match kind {
        Some(NameKind::Person | NameKind::Norp) => Sort::Person,
        Some(NameKind::Org) => Sort::Organisation,
        Some(NameKind::Gpe | NameKind::Loc | NameKind::Fac) => Sort::Place,
        Some(NameKind::WorkOfArt | NameKind::Law) => Sort::Work,
        Some(NameKind::Event) => Sort::Event,
        _ => Sort::Unknown,
    }
}

/// A mention's name in words.
fn cut(text: &Text, mention: MentionIx, of: &Mention) -> Option<Named> {
    let tokens = with_number(text, of.name.clone()?);
    let span = text.parse().span_of(tokens.start, tokens.end);
    let last = text.words.text[span].split_whitespace().count().saturating_sub(1);
    // "“Chico” Pons" and "Ramiro “Chico” Pons": a nickname tells no first name from another.
    let nickname = |ix: usize, word: &str| ix < last && word.ends_with(['"', '”', '’']) && word.len() > 3;
    let mut words: Vec<String> = text.words.text[span]
        .split_whitespace()
        .enumerate()
        .filter(|&(ix, word)| !nickname(ix, word))
        .map(|(_, word)| word)
        .map(|word| word.trim_matches(['"', '\'', '“', '”', '‘', '’', '(', ')', ',', '.']).to_lowercase())
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s").to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let ending = |word: &String| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "junior" | "senior");
    let suffix = if words.len() > 1 && words.last().is_some_and(ending) { words.pop() } else { None };
    while words.len() > 1
        && of.name_kind != Some(NameKind::Person)
        && words.last().is_some_and(|w| lexicon::is_company_ending(w))
    {
        words.pop();
    }
    if words.is_empty() || words.len() == 1 && lexicon::is_address(&words[0]) {
        return None;
    }
    let titles = of.core.start..tokens.start;
    let mut gender = titles.map(|ix| lexicon::title_gender(&text.words.form(ix).to_lowercase())).fold(0, |a, b| a | b);
    if of.name_kind == Some(NameKind::Person) && words.len() > 1 && gender == 0 {
        gender = lexicon::first_name_gender(&words[0]);
    }
    if gender == MALE | FEMALE {
        gender = 0;
    }
    if gender == 0 && words.len() == 1 {
        gender = own_gender(text, of);
    }
    let post = (of.core.start..tokens.start).rev().map(|ix| text.words.form(ix).to_lowercase());
    let post = post.take(1).find(|form| lexicon::is_title(form) && !lexicon::is_address(form.trim_end_matches('.')));
    let headline = !text.words.text[..span.start() as usize].contains('\n');
    let titled = (of.core.start..tokens.start).any(|ix| matches!(text.words.token(ix).pos, Pos::Noun | Pos::Propn));
    let outlet = words.len() > 1 && crate::outlets::is_sure(&text.words.text[span]);
    let kind = if outlet { Some(NameKind::Org) } else { of.name_kind };
    Some(Named {
        mention,
        tokens,
        words,
        suffix,
        gender,
        kind,
        titled,
        post,
        headline,
        other: is_set_apart(text, of),
        outlet,
    })
}

/// "Not related to Dr Dale", "no relation of Dale", "not to be confused with Dale": somebody else of that name.
fn is_set_apart(text: &Text, of: &Mention) -> bool {
    let form = |back: TokenIx| of.core.start.checked_sub(back).map(|ix| text.words.form(ix));
    matches!(form(1), Some("to" | "of" | "with" | "for"))
        && matches!(form(2), Some("related" | "relation" | "relative" | "confused" | "mistaken"))
}

/// Gender that a pronoun tells of the subject of its clause: "Dale came in ninth, her head down", where nobody else is named.
fn own_gender(text: &Text, of: &Mention) -> u8 {
    let words = text.words;
    if of.name_kind != Some(NameKind::Person) || words.token(of.head).rel != Rel::Nsubj {
        return 0;
    }
    let end = words.sentence(of.head).end.min(of.head + OWN_PRONOUN_TOKENS);
    for ix in of.head + 1..end {
        let token = words.token(ix);
        if token.pos == Pos::Propn {
            return 0;
        }
        if token.tag == Tag::PrpPoss {
            return match words.form(ix) {
                "his" => MALE,
                "her" => FEMALE,
                _ => 0,
            };
        }
    }
    0
}

/// A station's name with its number: "Kanal 4".
fn with_number(text: &Text, tokens: Range<TokenIx>) -> Range<TokenIx> {
    let next = tokens.end;
    let words = text.words;
    if (next as usize) >= text.parse().tokens.len()
        || words.token(next).tag != Tag::Cd
        || !tokens.contains(&words.token(next).head)
    {
        return tokens;
    }
    let whole = tokens.start..next + 1;
    if crate::outlets::is_sure(&words.text[text.parse().span_of(whole.start, whole.end)]) { whole } else { tokens }
}

impl Names {
    fn open(&mut self, name: &Named, sort: Sort) -> GroupIx {
        let ix = self.groups.len() as GroupIx;
        self.groups.push(Group {
            words: name.words.clone(),
            tokens: name.tokens.clone(),
            sort,
            gender: name.gender,
            posts: Vec::new(),
            last: 0,
            suffix: name.suffix.clone(),
        });
        self.index(ix, &name.words);
        ix
    }

    fn index(&mut self, ix: GroupIx, words: &[String]) {
        let add = |table: &mut HashMap<String, Vec<GroupIx>>, word: &str| {
            let list = table.entry(word.to_owned()).or_default();
            if list.last() != Some(&ix) {
                list.push(ix);
            }
        };
        add(&mut self.by_last, &words[words.len() - 1]);
        add(&mut self.by_first, &words[0]);
        let whole = words.join(" ");
        self.by_whole.entry(lexicon::canonical_place(&whole).to_owned()).or_insert(ix);
        if words.len() > 1 {
            let initials: String = words
                .iter()
                .filter(|word| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "in" | "on" | "&" | "de" | "to"))
                .filter_map(|word| word.chars().next())
                .collect();
            self.by_initials.entry(initials).or_insert(ix);
        }
    }

    fn join(&mut self, name: &Named, ix: GroupIx) {
        self.of[name.mention as usize] = Some(ix);
        let group = &mut self.groups[ix as usize];
        group.last = name.mention + 1;
        if group.gender == 0 {
            group.gender = name.gender;
        }
        if group.suffix.is_none() {
            group.suffix = name.suffix.clone();
        }
        if name.words.len() > 1 {
            group.posts.extend(name.post.clone());
        }
        let person_first =
            group.sort != Sort::Person && name.kind == Some(NameKind::Person) && group.sort == Sort::Unknown;
        if group.sort == Sort::Unknown || person_first {
            group.sort = sort_of_kind(name.kind);
        }
        if name.words.len() > group.words.len() {
            group.words = name.words.clone();
            group.tokens = name.tokens.clone();
            let words = name.words.clone();
            self.index(ix, &words);
        }
    }

    fn newest<'a>(list: Option<&'a Vec<GroupIx>>) -> impl Iterator<Item = GroupIx> + use<'a> {
        list.into_iter().flat_map(|list| list.iter().rev().take(LOOK_BACK)).copied()
    }

    /// The person whose full name goes with this full name.
    fn person(&self, name: &Named) -> Option<GroupIx> {
        let last = name.words.last()?;
        Self::newest(self.by_last.get(last)).find(|&ix| {
            let group = &self.groups[ix as usize];
            if group.sort != Sort::Person || clash(group.gender, name.gender) || differs(&group.suffix, &name.suffix) {
                return false;
            }
            // "van Zyl" within "Lucas van Zyl"; else first names must go together.
            let (short, long) = if group.words.len() < name.words.len() {
                (&group.words, &name.words)
            } else {
                (&name.words, &group.words)
            };
            // In "then-FBI Chief Orr" the names layer may take the title for a first name.
            let title = name.titled && name.words.len() == 2 && is_office(&name.words[0]);
            long.ends_with(short) || title || lexicon::same_first_name(&group.words[0], &name.words[0])
        })
    }

    /// The organisation, place or work that has this name of several words.
    fn body(&self, name: &Named) -> Option<GroupIx> {
        let whole = name.words.join(" ");
        if let Some(&ix) = self.by_whole.get(lexicon::canonical_place(&whole)) {
            return Some(ix);
        }
        if name.kind != Some(NameKind::Org) {
            return None;
        }
        // "Health Ministry" within "Lestonian Health Ministry".
        Self::newest(self.by_last.get(name.words.last()?)).find(|&ix| {
            let group = &self.groups[ix as usize];
            group.sort == Sort::Organisation
                && (group.words.ends_with(&name.words) || name.words.ends_with(&group.words) && group.words.len() > 1)
        })
    }

    /// The bearer of a name of one word.
    fn single(&self, name: &Named) -> Option<GroupIx> {
        if name.words.len() > 1 {
            return None;
        }
        let word = &name.words[0];
        let place = matches!(name.kind, Some(NameKind::Gpe | NameKind::Loc | NameKind::Norp));
        let people = |ix: &GroupIx| {
            let group = &self.groups[*ix as usize];
            // "Governor Dale" before "Ragna Dale, his spokeswoman" is somebody else: the full name comes first.
            let stranger =
                group.last == 0 && !name.headline && name.post.as_ref().is_some_and(|post| !group.posts.contains(post));
            let stranger = stranger || name.other && group.last > 0;
            group.sort == Sort::Person && group.words.len() > 1 && !clash(group.gender, name.gender) && !stranger
        };
        // People by surname, then by first name: the one named last before this place, else the first to come.
        let nearest = |list: Option<&Vec<GroupIx>>| {
            let mut best: Option<GroupIx> = None;
            for ix in Self::newest(list).filter(people) {
                let better = best.is_none_or(|b| {
                    let (a, b) = (self.groups[ix as usize].last, self.groups[b as usize].last);
                    a > b || (a == b && a == 0) // both still to come: the one opened first
                });
                if better {
                    best = Some(ix);
                }
            }
            best
        };
        let named_before = |ix: &GroupIx| self.groups[*ix as usize].last > 0;
        let person = nearest(self.by_last.get(word)).or_else(|| {
            nearest(self.by_first.get(word))
                .filter(|_| name.kind == Some(NameKind::Person) || super::mended::is_family(word))
        });
        if let Some(ix) = person.filter(|ix| !place || named_before(ix) && !self.by_whole.contains_key(word)) {
            return Some(ix);
        }
        if let Some(&ix) = self.by_whole.get(lexicon::canonical_place(word))
            && !clash(self.groups[ix as usize].gender, name.gender)
        {
            return Some(ix);
        }
        if let Some(&ix) = self.by_initials.get(&word.replace('.', ""))
            && word.len() > 1
            && self.groups[ix as usize].sort != Sort::Person
        {
            return Some(ix);
        }
        // "Nordhav" for "Nordhav Energy"; "the Times" for "the New York Times".
        let body = |ix: &GroupIx| {
            matches!(self.groups[*ix as usize].sort, Sort::Organisation | Sort::Unknown)
                && self.groups[*ix as usize].words.len() > 1
        };
        if place || is_common(word) {
            return None;
        }
        Self::newest(self.by_first.get(word)).find(body).or_else(|| {
            let found = Self::newest(self.by_last.get(word)).find(body);
            found.filter(|_| name.kind == Some(NameKind::Org))
        })
    }
}

/// Whether two genders, where told, differ.
fn clash(a: u8, b: u8) -> bool {
    a != 0 && b != 0 && a & b & HUMAN == 0
}

fn differs(a: &Option<String>, b: &Option<String>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// Whether a word says what somebody is, not what they are called.
fn is_office(word: &str) -> bool {
    lexicon::is_title(word) || lexicon::noun(word).is_some_and(|noun| noun.sort == Sort::Person)
}

/// First words that many names share.
fn is_common(word: &str) -> bool {
    matches!(
        word,
        "national"
            | "new"
            | "united"
            | "american"
            | "federal"
            | "royal"
            | "university"
            | "bank"
            | "north"
            | "south"
            | "east"
            | "west"
            | "city"
            | "house"
            | "white"
            | "supreme"
            | "international"
            | "world"
            | "european"
            | "central"
            | "public"
            | "state"
            | "british"
            | "department"
            | "ministry"
            | "first"
            | "san"
            | "los"
            | "saint"
            | "st"
            | "the"
            | "high"
            | "great"
            | "old"
            | "green"
            | "black"
            | "red"
            | "blue"
            | "associated"
            | "general"
            | "institute"
    )
}
