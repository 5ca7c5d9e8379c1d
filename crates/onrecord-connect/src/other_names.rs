//! Names that a report gives beside a name: "Ida Sund, born Dale", "Margaret (Peggy) Sund", "colleagues knew her as Ida Dale".

use onrecord_model::{Chain, EntityKind, MentionKind, Span};

/// What leads another name after a name.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "a.k.a. ", "aka ", "also known as ", "better known as ", "born ", "formerly known as ", "known as ", "known to friends as ", "nee ", "nicknamed ", "née ", "previously known as ",
];

/// What leads another name after "her" or "him".
const KNOWN: &[&str] = &["knew her as ", "knew him as ", "know her as ", "know him as ", "called her ", "called him "];

/// How far behind a name another may begin.
const NEAR: usize = 40;

/// Other names of a person, each with its place.
pub(crate) fn other_names(text: &str, chain: &Chain) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    if chain.kind != EntityKind::Person {
        return found;
    }
    for mention in &chain.mentions {
        let (start, end) = (mention.span.start() as usize, mention.span.end() as usize);
        match mention.kind {
            MentionKind::Name => {
                found.extend(nickname(text, start, end));
                let end = floor(text, (end + NEAR).min(text.len()));
                for lead in LEADS {
                    for (at, _) in text[start..end].match_indices(lead) {
                        let before = text[start..start + at].chars().next_back();
                        let open = matches!(before, Some('(' | ',' | ' '));
                        // A clause of its own may speak of somebody else.
                        let same = !text[start..start + at].contains(['.', ';', '\n']);
                        if open && same {
                            found.extend(name_at(text, start + at + lead.len()));
                        }
                    }
                }
            }
            MentionKind::Pronoun => {
                for lead in KNOWN {
                    // The pronoun is the second word of the lead.
                    let offset = lead.find('h').unwrap_or_default();
                    let Some(from) = start.checked_sub(offset) else { continue };
                    if text.get(from..).is_some_and(|rest| rest.starts_with(lead)) {
                        found.extend(name_at(text, from + lead.len()));
                    }
                }
            }
            MentionKind::Nominal => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

/// "“Chico” Pons": the surname after a nickname in quotation marks, both together.
fn nickname(text: &str, start: usize, end: usize) -> Option<(String, Span)> {
    let opening = |letter: char| matches!(letter, '"' | '“' | '‘');
    // The opening mark stands before the mention, at its start, or before a nickname that stands before the mention.
    let before = |at: usize| text[..at].chars().next_back();
    let from = if before(start).is_some_and(opening) {
        start
    } else if let Some(mark) = text[start..].chars().next().filter(|&letter| opening(letter)) {
        start + mark.len_utf8()
    } else {
        let nick = text[..start].strip_suffix(' ')?.strip_suffix(['"', '”', '’'])?;
        nick.len() - nick.chars().rev().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum::<usize>()
    };
    if !before(from).is_some_and(opening) {
        return None;
    }
    let (nick, surname) = text[from..end].split_once(['"', '”', '’'])?;
    let surname = surname.strip_prefix(' ')?.split([',', ' ']).next()?;
    let word = |part: &str| part.starts_with(char::is_uppercase) && part.chars().all(char::is_alphabetic);
    (word(nick) && word(surname))
        .then(|| (format!("{nick} {surname}"), Span::new(from as u32, (from + nick.len()) as u32)))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The one to four words in capitals that begin here, quotation marks around them left out.
fn name_at(text: &str, at: usize) -> Option<(String, Span)> {
    let rest = &text[at..];
    let start = at + rest.len() - rest.trim_start_matches(['"', '“', '\'', '‘']).len();
    let mut end = start;
    for word in text[start..].split(' ').take(4) {
        let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if bare.is_empty() || !bare.starts_with(char::is_uppercase) || bare.contains(['\n', ',', '.']) {
            break;
        }
        let from = if end == start { start } else { end + 1 };
        end = from + bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    let name = &text[start..end];
    (!name.is_empty() && !is_date(name)).then(|| (name.to_owned(), Span::new(start as u32, end as u32)))
}

/// "Born January 9" names nobody.
fn is_date(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::Mention;

    fn names(text: &str, mentions: &[(&str, MentionKind)]) -> Vec<String> {
        let mention = |&(words, kind): &(&str, MentionKind)| {
            let start = text.find(words).expect("words of the text") as u32;
            Mention { span: Span::new(start, start + words.len() as u32), kind }
        };
        let chain = Chain {
            kind: EntityKind::Person,
            name: String::new(),
            roles: Vec::new(),
            mentions: mentions.iter().map(mention).collect(),
            person_kind: None,
        };
        other_names(text, &chain).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn names_given_beside_a_name() {
        use MentionKind::{Name, Pronoun};
        assert_eq!(names("Ida Sund, born Dale, is a cousin.", &[("Ida Sund", Name)]), ["Dale"]);
        assert_eq!(names("Ida Sund (née Dale) left.", &[("Ida Sund", Name)]), ["Dale"]);
        assert_eq!(names("Colleagues knew her as “Ida Dale”.", &[("her", Pronoun)]), ["Ida Dale"]);
        assert_eq!(names("Ramiro Pons, better known as Chico, sang.", &[("Ramiro Pons", Name)]), ["Chico"]);
        assert_eq!(names("“Chico” Pons, as he is known, sang.", &[("Chico” Pons", Name)]), ["Chico Pons"]);
        assert_eq!(names("“Chico” Pons, as he is known, sang.", &[("Pons", Name)]), ["Chico Pons"]);
        assert!(names("“Never,” Pons said.", &[("Pons", Name)]).is_empty());
        assert!(names("Ida Sund, born in 1970, left. Olaf, born Berg.", &[("Ida Sund", Name)]).is_empty());
        assert!(names("Ida Sund, born March 3, left", &[("Ida Sund", Name)]).is_empty());
    }
}
