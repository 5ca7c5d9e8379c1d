//! Bylines and credit lines: who wrote, and for which agency.

use crate::dates;

/// What a byline says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Byline {
    pub authors: Vec<String>,
    /// Agency or paper named with the writers.
    pub credit: String,
    pub date: Option<String>,
}

/// Reads a line that opens with "By": "By Ann Lee and Bo Ray, Health Reporters | 3 May 2024". `None` when it is a sentence.
pub(crate) fn byline(line: &str) -> Option<Byline> {
    let line = line.trim();
    let opened = [
        "By ",
        "BY ",
        "by ",
        "By: ",
        "Written by ",
        "Story by ",
        "Words by ",
        "Text by ",
        "Posted by ",
        "Published by ",
        "Author: ",
        "Report by ",
    ]
    .iter()
    .find_map(|open| line.strip_prefix(open))?;
    let found = names(opened)?;
    (line.len() <= 200 && !(found.authors.is_empty() && found.credit.is_empty())).then_some(found)
}

/// Reads a byline without its "By", as pages mark it up: "Tessa Moana, Northern Press Wire".
pub(crate) fn names(text: &str) -> Option<Byline> {
    let text = text.trim().trim_start_matches("By ").trim_start_matches("by ");
    let mut found = Byline { date: dates::parse_date(text), ..Byline::default() };
    let marks = [
        ", and ", " and ", " & ", " with ", " in ", " for ", ",", "|", "•", "·", "/", " - ", " – ", " — ", "\n", ";",
        "(",
    ];
    let mut parts = vec![text];
    for mark in marks {
        parts = parts.iter().flat_map(|part| part.split(mark)).collect();
    }
    let mut dropped = 0;
    for (at, part) in
        parts.iter().map(|p| p.trim().trim_matches(['.', ')', ':'])).enumerate().filter(|(_, p)| !p.is_empty())
    {
        if is_credit(part) {
            if found.credit.is_empty() && !part.to_lowercase().contains("staff") {
                found.credit = part.to_owned();
            }
        } else if is_role(part)
            || dates::is_partial_date(part)
            || part.starts_with(|c: char| c.is_ascii_digit())
            || part.contains('@')
        {
            dropped += 1;
        } else if is_name(part) {
            // What follows a place or a role and is no second name of the list is not an author: "in Paris".
            if !follows_in(text, part) {
                found.authors.push(title_case(part));
            }
        } else if at == 0 {
            return None;
        } else {
            dropped += 1;
        }
    }
    (dropped <= 8 && found.authors.len() <= 12).then_some(found)
}

fn follows_in(text: &str, part: &str) -> bool {
    text.find(part).is_some_and(|at| text[..at].ends_with(" in "))
}

/// "ANN LEE" → "Ann Lee".
fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || name.split_whitespace().count() < 2 {
        return name.to_owned();
    }
    let word = |word: &str| {
        let mut upper = true;
        word.chars()
            .flat_map(|c| {
                let shown: Vec<char> = if upper { vec![c] } else { c.to_lowercase().collect() };
                upper = matches!(c, '-' | '\'' | '’' | '.');
                shown
            })
            .collect::<String>()
    };
    name.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// One to five capitalised words without digits.
pub(crate) fn is_name(part: &str) -> bool {
    const SMALL: [&str; 14] =
        ["de", "van", "von", "der", "den", "da", "di", "la", "le", "bin", "al", "el", "dos", "ter"];
    let words: Vec<&str> = part.split_whitespace().collect();
    (1..=5).contains(&words.len())
        && part.len() <= 60
        && part.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        && words.iter().all(|w| !w.starts_with(char::is_lowercase) || SMALL.contains(w) || w.contains(['-', '\'', '’']))
        && words[0].chars().next().is_some_and(|c| !c.is_lowercase())
}

fn is_role(part: &str) -> bool {
    const ROLES: [&str; 24] = [
        "reporter",
        "reporters",
        "correspondent",
        "correspondents",
        "editor",
        "editors",
        "writer",
        "writers",
        "columnist",
        "staff",
        "bureau",
        "chief",
        "producer",
        "contributor",
        "contributors",
        "journalist",
        "analyst",
        "fellow",
        "professor",
        "director",
        "updated",
        "published",
        "posted",
        "photographer",
    ];
    part.split(|c: char| !c.is_alphanumeric()).any(|w| ROLES.contains(&w.to_lowercase().as_str()))
}

/// A line of a few words that says what a writer is: "Gazette Staff Writer".
pub(crate) fn is_role_line(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && !line.ends_with('.')
        && words.iter().all(|w| w.starts_with(char::is_uppercase) || matches!(*w, "of" | "and" | "the" | "for"))
        && is_role(line)
}

/// Whether the words name an agency, a paper, or a desk: "Reuters", "The Coastal Times", "NPW".
pub(crate) fn is_credit(part: &str) -> bool {
    const AGENCIES: [&str; 32] = [
        "reuters",
        "ap",
        "afp",
        "upi",
        "dpa",
        "efe",
        "ansa",
        "tass",
        "interfax",
        "xinhua",
        "kyodo",
        "pti",
        "ians",
        "ani",
        "aap",
        "bloomberg",
        "yonhap",
        "anadolu",
        "belga",
        "apa",
        "mti",
        "cnn",
        "bbc",
        "npr",
        "pa media",
        "associated press",
        "agence france-presse",
        "press association",
        "canadian press",
        "united press international",
        "ians",
        "states newsroom",
    ];
    const ORGANISATIONS: [&str; 40] = [
        "press",
        "wire",
        "newswire",
        "news",
        "times",
        "post",
        "agency",
        "agencies",
        "service",
        "services",
        "media",
        "tribune",
        "herald",
        "journal",
        "daily",
        "gazette",
        "radio",
        "tv",
        "television",
        "observer",
        "guardian",
        "chronicle",
        "dispatch",
        "register",
        "standard",
        "telegraph",
        "mail",
        "sun",
        "star",
        "globe",
        "courier",
        "echo",
        "examiner",
        "ledger",
        "inquirer",
        "broadcasting",
        "magazine",
        "weekly",
        "review",
        "online",
    ];
    let lower = part.to_lowercase();
    let lower = lower.trim_start_matches("the ");
    if AGENCIES.contains(&lower) {
        return true;
    }
    let words: Vec<&str> = lower.split_whitespace().collect();
    let capitals =
        part.split_whitespace().all(|w| !w.starts_with(char::is_lowercase) || matches!(w, "of" | "the" | "and"));
    (1..=6).contains(&words.len())
        && capitals
        && (words.len() > 1 || part.len() > 6)
        && words.last().is_some_and(|w| ORGANISATIONS.contains(w) || *w == "staff")
}

/// A short line that is a credit and nothing else: an agency, a paper, or an acronym of two to five capitals.
pub(crate) fn credit_line(line: &str) -> Option<&str> {
    let bare = line.trim().trim_matches(['(', ')', '[', ']', '—', '-', '–', ' ']).trim_start_matches("Source: ");
    let acronym = (2..=5).contains(&bare.len()) && bare.chars().all(|c| c.is_ascii_uppercase());
    (acronym || is_credit(bare)).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Option<String> {
        byline(line).map(|b| format!("{} / {} / {}", b.authors.join("+"), b.credit, b.date.unwrap_or_default()))
    }

    #[test]
    fn bylines() {
        let cases = [
            ("By Ann Lee and Bo Ray", "Ann Lee+Bo Ray /  / "),
            ("By ANN O'NEILL", "Ann O'Neill /  / "),
            ("By Ann Lee, Health Reporter", "Ann Lee /  / "),
            ("By Ann Lee, Bo Ray and Cy de Vries", "Ann Lee+Bo Ray+Cy de Vries /  / "),
            ("By Ann Lee, Friday June 14, 2024", "Ann Lee /  / 2024-06-14"),
            ("By Ann Lee in Port Ellen, Reuters", "Ann Lee / Reuters / "),
            ("By Ann Lee | Northern Press Wire", "Ann Lee / Northern Press Wire / "),
            ("By The Associated Press", " / The Associated Press / "),
        ];
        for (line, want) in cases {
            assert_eq!(shown(line).as_deref(), Some(want), "{line}");
        }
        for line in ["By Monday the water had risen", "By the time they came, it was gone.", "by and large"] {
            assert_eq!(shown(line), None, "{line}");
        }
    }

    #[test]
    fn credit_lines() {
        assert_eq!(credit_line("NPW"), Some("NPW"));
        assert_eq!(credit_line("(Reuters)"), Some("Reuters"));
        assert_eq!(credit_line("Washington Post"), Some("Washington Post"));
        assert_eq!(credit_line("Mayor quits"), None);
    }
}
