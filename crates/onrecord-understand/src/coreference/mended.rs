//! The names of a text put right: what the names layer cuts wrongly or takes for something else.

use super::lexicon::{self, Sort};
use crate::words::Words;
use onrecord_model::{Name, NameKind, Pos, Rel, Tag, TokenIx};

/// Longest part of a given name that is written with a hyphen: "Min-jae".
const SYLLABLE_LETTERS_MAX: usize = 6;

/// Family names of Korea and Taiwan, after or before which a given name with a hyphen stands ("Seo Min-jae", "Min-jae Seo").
#[rustfmt::skip]
const FAMILIES: &[&str] = &[
    "ahn", "an", "bae", "baek", "ban", "bang", "byun", "cha", "chang", "chen", "cheng", "cheong", "chiang", "chiu", "cho", "choe", "choi", "chou", "chu", "chun", "chung", "do", "eom",
    "gil", "go", "gong", "gu", "gwak", "gwon", "ha", "han", "heo", "ho", "hong", "hsiao", "hsieh", "hsu", "huang", "huh", "hung", "hwang", "hwangbo", "hyun", "im", "jang", "jeon",
    "jeong", "ji", "jin", "jo", "joo", "ju", "jun", "jung", "kang", "kao", "ki", "kil", "kim", "ko", "kong", "koo", "ku", "kuo", "kwak", "kwon", "lai", "lee", "li", "liao", "lim",
    "lin", "liu", "lo", "lu", "ma", "maeng", "min", "moon", "mun", "myung", "na", "nam", "namgung", "namkung", "no", "noh", "oh", "paek", "paik", "pak", "park", "pyo", "ra", "rhee",
    "ri", "roh", "ryoo", "ryu", "seo", "seok", "seol", "shen", "shih", "shim", "shin", "sim", "sin", "so", "sohn", "son", "song", "su", "suh", "suk", "sul", "sun", "sung", "tak", "tsai",
    "tseng", "um", "wang", "wi", "won", "woo", "wu", "yang", "yeh", "yeo", "yeom", "yeon", "yi", "yim", "yoo", "yoon", "you", "youn", "yu", "yun",
];

/// Whether a word in lower case is a family name that a given name with a hyphen goes with.
pub(super) fn is_family(word: &str) -> bool {
    FAMILIES.binary_search(&word).is_ok()
}

/// All names, in text order and disjoint.
pub(super) fn names(words: &Words) -> Vec<Name> {
    let given = hyphened(words);
    let mut names = Vec::with_capacity(words.parse.names.len() + given.len());
    let mut next = given.iter().peekable();
    for &name in &words.parse.names {
        while let Some(person) = next.next_if(|person| person.first < name.last) {
            push(&mut names, *person);
        }
        let inside = names.last().is_some_and(|last: &Name| last.last > name.first);
        if inside {
            // "Min-jae Seo of Hanbit Institute": what follows "of" is a name by itself.
            let from = names.last().map_or(name.first, |last| last.last);
            if name.last > from + 1 && words.form(from) == "of" {
                push(&mut names, Name { first: from + 1, ..name });
            }
            continue;
        }
        for part in of_a_body(words, name) {
            push(&mut names, whole(words, repaired(words, part)));
        }
    }
    for person in next {
        push(&mut names, *person);
    }
    names
}

/// Adds a name, but for what an earlier one covers of it; earlier ones that it covers go.
fn push(names: &mut Vec<Name>, mut name: Name) {
    while names.pop_if(|last| last.first >= name.first).is_some() {}
    name.first = name.first.max(names.last().map_or(0, |last| last.last));
    if name.first < name.last {
        names.push(name);
    }
}

/// Given names with a hyphen beside a family name: "Seo Min-jae", "Min-jae Seo".
fn hyphened(words: &Words) -> Vec<Name> {
    let count = words.parse.tokens.len() as TokenIx;
    let small = |form: &str| {
        form.len() >= 2 && form.len() <= SYLLABLE_LETTERS_MAX && form.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let mut found: Vec<Name> = Vec::new();
    for ix in 1..count.saturating_sub(1) {
        let (first, last) = (words.form(ix - 1), words.form(ix + 1));
        let given = words.form(ix) == "-"
            && is_tight(words, ix)
            && small(last)
            && first.len() <= SYLLABLE_LETTERS_MAX
            && first.starts_with(|letter: char| letter.is_ascii_uppercase());
        if !given {
            continue;
        }
        let family = |ix: TokenIx| {
            let form = words.form(ix);
            form.starts_with(char::is_uppercase) && is_family(&form.to_lowercase())
        };
        let name = match (ix >= 2 && family(ix - 2), ix + 2 < count && family(ix + 2)) {
            (true, _) => ix - 2..ix + 2,
            (_, true) => ix - 1..ix + 3,
            _ => continue,
        };
        if found.last().is_none_or(|last| last.last <= name.start) {
            found.push(Name { first: name.start, last: name.end, kind: NameKind::Person });
        }
    }
    found
}

/// Whether no space stands on either side of a token.
fn is_tight(words: &Words, ix: TokenIx) -> bool {
    let span = |ix| words.token(ix).span;
    span(ix - 1).end() == span(ix).start() && span(ix).end() == span(ix + 1).start()
}

/// "Carla Renzi of Nordhav Energy", taken for one name, is a person and a body.
fn of_a_body(words: &Words, name: Name) -> Vec<Name> {
    let of = (name.first..name.last).find(|&ix| words.form(ix) == "of");
    let person = of.filter(|&of| {
        name.kind == NameKind::Org
            && of >= name.first + 2
            && of <= name.first + 4
            && of + 1 < name.last
            && lexicon::first_name_gender(&words.form(name.first).to_lowercase()) != 0
            && (name.first..of).all(|ix| {
                let form = words.form(ix);
                words.token(ix).pos == Pos::Propn
                    && form.starts_with(char::is_uppercase)
                    && lexicon::noun(&form.to_lowercase()).is_none()
            })
    });
    match person {
        Some(of) => {
            vec![Name { last: of, kind: NameKind::Person, ..name }, Name { first: of + 1, ..name }]
        }
        None => vec![name],
    }
}

/// A name after a title is a person's, whatever the names layer takes it for: "Judge Helena Banks", "Ms Ntuli".
fn repaired(words: &Words, name: Name) -> Name {
    let wrong = matches!(
        name.kind,
        NameKind::Org | NameKind::Gpe | NameKind::Product | NameKind::WorkOfArt | NameKind::Norp | NameKind::Fac
    );
    let titled = || {
        let before = words.form(name.first - 1);
        before.starts_with(char::is_uppercase) && lexicon::is_title(&before.to_lowercase())
    };
    // "Ann Orr, who", "Ann Orr, 61,": only a person is told of so.
    let told = || {
        let count = words.parse.tokens.len() as TokenIx;
        let at = |ix: TokenIx| (ix < count).then(|| words.token(ix).tag);
        let who = |ix: TokenIx| at(ix).is_some_and(|tag| matches!(tag, Tag::Wp | Tag::WpPoss));
        let comma = at(name.last) == Some(Tag::Comma);
        let age = comma
            && at(name.last + 1) == Some(Tag::Cd)
            && at(name.last + 2) == Some(Tag::Comma)
            && words.form(name.last + 1).len() == 2;
        name.last - name.first > 1 && (comma && who(name.last + 1) || age)
    };
    let proper = || (name.first..name.last).all(|ix| words.token(ix).pos == Pos::Propn);
    let thing = || {
        let noun = lexicon::noun(&words.lemma(name.last - 1));
        noun.is_some_and(|noun| matches!(noun.sort, Sort::Organisation | Sort::Place | Sort::Work | Sort::Event))
    };
    if wrong && (name.first > 0 && titled() || told()) && proper() && !thing() {
        Name { kind: NameKind::Person, ..name }
    } else {
        name
    }
}

/// A person's name with the words that the names layer left out, and without the post that it took in.
fn whole(words: &Words, name: Name) -> Name {
    if name.kind == NameKind::Person { with_first_name(words, double(words, without_post(words, name))) } else { name }
}

/// "Director Orr" after "FBI" is no name of two words.
fn without_post(words: &Words, mut name: Name) -> Name {
    let initials = |ix: TokenIx| {
        let form = words.form(ix);
        form.len() >= 3 && form.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    if name.last - name.first >= 3 && initials(name.first) {
        name.first += 1;
    }
    let post = name.last - name.first >= 2
        && words.follows_initials(name.first)
        && lexicon::first_name_gender(&words.form(name.first).to_lowercase()) == 0;
    if post { Name { first: name.first + 1, ..name } } else { name }
}

/// A double family name whose second part was left out: "Ulrike Hesse | -Brandl".
fn double(words: &Words, name: Name) -> Name {
    let count = words.parse.tokens.len() as TokenIx;
    let cut = name.last - name.first >= 2
        && name.last + 1 < count
        && words.form(name.last) == "-"
        && is_tight(words, name.last)
        && words.form(name.last + 1).starts_with(char::is_uppercase)
        && words.name_at(name.last + 1).is_none();
    if cut { Name { last: name.last + 2, ..name } } else { name }
}

/// A person's name with the first name that the names layer left out: "Piers | Dahl", "Ramiro “Chico” | Pons".
fn with_first_name(words: &Words, name: Name) -> Name {
    if let Some(first) = before_nickname(words, name) {
        return Name { first, ..name };
    }
    if name.last - name.first > 1 || name.first <= words.sentence(name.first).start {
        return name;
    }
    let before = name.first - 1;
    let token = words.token(before);
    let form = words.form(before);
    let given = token.pos == Pos::Propn
        && matches!(token.rel, Rel::Compound)
        && token.head == name.first
        && words.name_at(before).is_none()
        && !words.follows_initials(before)
        && form.chars().filter(|c| c.is_lowercase()).count() > 1
        && form.starts_with(char::is_uppercase)
        && lexicon::noun(&form.to_lowercase()).is_none()
        && !lexicon::is_title(&form.to_lowercase())
        && !lexicon::is_address(&form.trim_end_matches('.').to_lowercase());
    if given { Name { first: before, ..name } } else { name }
}

/// The first name before a nickname in quotation marks, which stands before the last word of the name.
fn before_nickname(words: &Words, name: Name) -> Option<TokenIx> {
    let first = (name.last - 1).checked_sub(4).filter(|&first| first >= words.sentence(name.first).start)?;
    if first >= name.first {
        return None;
    }
    let mark = |ix: TokenIx| matches!(words.form(ix), "\"" | "“" | "”" | "‘" | "’" | "'" | "``" | "''");
    let given = |ix: TokenIx| {
        let form = words.form(ix);
        words.token(ix).pos == Pos::Propn
            && form.starts_with(char::is_uppercase)
            && form.chars().any(char::is_lowercase)
            && lexicon::noun(&form.to_lowercase()).is_none()
            && !lexicon::is_title(&form.to_lowercase())
    };
    let free = words.name_at(first).is_none_or(|other| other.first == first);
    let fits = mark(first + 1) && mark(first + 3) && given(first) && free;
    (fits && words.form(first + 2).starts_with(char::is_uppercase)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_sorted_for_the_binary_search() {
        assert!(FAMILIES.is_sorted());
        assert!(is_family("seo") && !is_family("institute"));
    }
}
