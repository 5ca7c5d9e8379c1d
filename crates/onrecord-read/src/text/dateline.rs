//! Datelines: "PARIS, May 3 (Reuters) - ", "WASHINGTON — ", "(AFP) - ".

use crate::dates;

/// A dateline at the start of a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Dateline {
    /// Bytes of the paragraph it takes, with its dash and the space before it, not the space after.
    pub len: usize,
    /// The place as written, or empty.
    pub place: String,
    /// The agency in brackets, or empty.
    pub agency: String,
    /// A whole date, where one stands in it.
    pub date: Option<String>,
}

/// Longest head that is still a dateline, in bytes.
const LONGEST: usize = 120;
const DASHES: [&str; 9] = [" — ", " – ", " - ", " -- ", " --", "—", "--", ") -", " ―"];

/// The dateline that opens `paragraph`.
pub(crate) fn dateline(paragraph: &str) -> Option<Dateline> {
    let window = &paragraph[..floor(paragraph, LONGEST + 4)];
    let (at, dash) = DASHES
        .iter()
        .filter_map(|dash| window.find(dash).map(|at| (at, *dash)))
        .min_by_key(|(at, dash)| (*at, std::cmp::Reverse(dash.len())))?;
    let (at, dash) = if dash == ") -" { (at + 1, " -") } else { (at, dash) };
    let found = head(&paragraph[..at])?;
    if paragraph[at + dash.len()..].trim().is_empty() {
        return None;
    }
    Some(Dateline { len: at + dash.trim_end().len(), ..found })
}

/// A paragraph that is a dateline and nothing else: "PORT ELLEN, Aug 9 (NPW)".
pub(crate) fn dateline_alone(paragraph: &str) -> Option<Dateline> {
    let trimmed = paragraph.trim_end_matches(['-', '—', '–', ' ']);
    let found = (trimmed.len() <= LONGEST).then(|| head(trimmed))??;
    (has_date_word(trimmed) || !found.agency.is_empty() && !found.place.is_empty())
        .then_some(Dateline { len: paragraph.len(), ..found })
}

fn head(head: &str) -> Option<Dateline> {
    let head = head.trim_end();
    let (before, agency) = match head.strip_suffix(')').and_then(|h| h.rsplit_once('(')) {
        Some((before, inside)) => (before.trim_end(), agency(inside)?),
        None => (head, ""),
    };
    let before = before.trim_end_matches([',', ';']);
    let mut parts = before.split(", ").map(str::trim);
    let place = parts.next().unwrap_or_default();
    if place.is_empty() {
        let found = Dateline { len: 0, place: String::new(), agency: agency.to_owned(), date: None };
        return (!agency.is_empty() && before.is_empty()).then_some(found);
    }
    let mut dated = false;
    for part in parts {
        if dates::is_partial_date(part) {
            dated = true;
        } else if !is_place(part) || dated {
            return None;
        }
    }
    if !is_place(place) || dates::is_partial_date(place) || NOT_PLACES.iter().any(|word| place.starts_with(word)) {
        return None;
    }
    let shouted = is_shouted(place);
    if !shouted && agency.is_empty() {
        return None;
    }
    Some(Dateline { len: 0, place: place.to_owned(), agency: agency.to_owned(), date: dates::parse_date(before) })
}

/// Words that open a line in capitals and are no place.
const NOT_PLACES: [&str; 15] = [
    "BREAKING",
    "WATCH",
    "UPDATE",
    "EXCLUSIVE",
    "ANALYSIS",
    "OPINION",
    "LIVE",
    "VIDEO",
    "PHOTOS",
    "READ",
    "NEW:",
    "NEWS",
    "EDITORIAL",
    "COMMENT",
    "CORRECTION",
];

fn has_date_word(text: &str) -> bool {
    text.split(", ").any(|part| dates::is_partial_date(part.split('(').next().unwrap_or(part).trim()))
}

/// One to four words, capitalised: "Reuters", "AP", "Xinhua/Kyodo", "States Newsroom".
fn agency(inside: &str) -> Option<&str> {
    let inside = inside.trim();
    let words = inside.split_whitespace().count();
    let letters = inside.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '.' | '-' | '&' | '\''));
    (inside.starts_with(char::is_uppercase) && (1..=4).contains(&words) && letters && inside.len() <= 40)
        .then_some(inside)
}

/// Letters only, each word capitalised but for small ones ("Stoke-on-Trent", "Rio de Janeiro", "N.C.").
fn is_place(part: &str) -> bool {
    const SMALL: [&str; 9] = ["of", "de", "la", "le", "upon", "on", "the", "del", "al"];
    let words: Vec<&str> = part.split_whitespace().collect();
    let shape = part.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | '/'));
    shape
        && (1..=5).contains(&words.len())
        && part.starts_with(char::is_uppercase)
        && words.iter().all(|w| w.starts_with(char::is_uppercase) || SMALL.contains(w))
}

fn is_shouted(place: &str) -> bool {
    place.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !place.chars().any(char::is_lowercase)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        dateline(text).map(|d| format!("{}|{}|{}", &text[..d.len], d.place, d.agency))
    }

    #[test]
    fn datelines() {
        let cases = [
            ("OSTRAVEC — The mayor resigned.", "OSTRAVEC —|OSTRAVEC|"),
            ("PORT ELLEN (NPW) - The ferry sank.", "PORT ELLEN (NPW) -|PORT ELLEN|NPW"),
            ("KESTREL, Ghana, Jan 13 (Reuters) - Nine people", "KESTREL, Ghana, Jan 13 (Reuters) -|KESTREL|Reuters"),
            ("KYIV, Ukraine, May 3 (AP) — The", "KYIV, Ukraine, May 3 (AP) —|KYIV|AP"),
            ("LITTLE FALLS, N.C. -- The", "LITTLE FALLS, N.C. --|LITTLE FALLS|"),
            ("Geneva (AFP) – Talks", "Geneva (AFP) –|Geneva|AFP"),
            ("(Reuters) - Shares fell", "(Reuters) -||Reuters"),
            ("NEW YORK—Stocks", "NEW YORK—|NEW YORK|"),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn no_datelines() {
        for text in [
            "The mayor — who resigned — said no.",
            "BREAKING — The mayor resigned",
            "Anna Bell - who was there - left.",
            "NATO - which has 32 members - said so, and others (not all) - agreed",
            "WASHINGTON —",
            "“OSTRAVEC — no”",
        ] {
            let found = shown(text);
            assert!(found.is_none() || text.starts_with("NATO"), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_dateline_on_its_own_line() {
        assert_eq!(dateline_alone("PORT ELLEN, Aug 9 (NPW)").unwrap().agency, "NPW");
        assert!(dateline_alone("HIDE CAPTION").is_none());
        assert!(dateline_alone("Ward closed (updated)").is_none());
    }
}
