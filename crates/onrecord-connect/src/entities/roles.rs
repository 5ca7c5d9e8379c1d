//! Titles: what they are held of, and from when to when.

use super::{Node, name_words};
use onrecord_model::{Passage, RoleSpan};
use std::collections::BTreeMap;

/// Words of a title that tell one holder from another.
pub(crate) fn title_words(title: &str) -> Vec<String> {
    const COMMON: &[&str] = &[
        "a",
        "acting",
        "an",
        "and",
        "chief",
        "deputy",
        "director",
        "ex",
        "first",
        "for",
        "former",
        "head",
        "in",
        "its",
        "leader",
        "new",
        "of",
        "official",
        "on",
        "s",
        "senior",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "the",
        "then",
        "to",
        "top",
        "vice",
    ];
    name_words(title).into_iter().filter(|w| COMMON.binary_search(&w.as_str()).is_err()).collect()
}

/// "Member for Kellhaven North, Piers Dahl": the title without the name that follows it.
fn before_name<'a>(title: &'a str, name: &str) -> &'a str {
    let Some((before, rest)) = title.rsplit_once(", ") else { return title };
    let name = name_words(name);
    if name_words(rest).iter().all(|word| name.contains(word)) { before } else { title }
}

/// The titles of an entity with the days on which reports give them.
pub(super) fn roles(nodes: &[Node], group: &[usize]) -> Vec<RoleSpan> {
    let mut made: BTreeMap<String, RoleSpan> = BTreeMap::new();
    for &ix in group {
        let node = &nodes[ix];
        for (title, past, span) in &node.fact.roles {
            let title = before_name(title, &node.fact.name);
            let key = name_words(title).join(" ");
            let role = made.entry(key).or_insert_with(|| RoleSpan {
                title: title.to_string(),
                organisation: organisation(title),
                from: None,
                to: None,
                passages: Vec::new(),
            });
            role.passages.push(Passage { report: node.at.0, span: *span });
            // A past title says that it was held before, not that it is held on the day of the report.
            if let Some(day) = node.day.filter(|_| !past) {
                if role.from.as_deref().is_none_or(|from| day < from) {
                    role.from = Some(day.to_string());
                }
                if role.to.as_deref().is_none_or(|to| day > to) {
                    role.to = Some(day.to_string());
                }
            }
        }
    }
    let mut list: Vec<RoleSpan> = made.into_values().collect();
    for role in &mut list {
        role.passages.sort();
        role.passages.dedup();
    }
    list.sort_by(|a, b| (&a.from, &a.title).cmp(&(&b.from, &b.title)));
    list
}

/// What a title is held of: "director of the FBI", "FBI director", "spokesman for the ministry", "the bank's governor".
pub(crate) fn organisation(title: &str) -> String {
    for link in [" of the ", " of ", " for the ", " for ", " at the ", " at "] {
        if let Some((_, rest)) = title.split_once(link) {
            return rest.trim().to_string();
        }
    }
    if let Some((owner, _)) = title.split_once("'s ").or_else(|| title.split_once("’s ")) {
        return owner.trim_start_matches("the ").trim_start_matches("The ").to_string();
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    let names = words.iter().take_while(|w| w.starts_with(char::is_uppercase)).count();
    if names < words.len() { words[..names].join(" ") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_before_the_name() {
        assert_eq!(before_name("member for Kellhaven North, Piers Dahl", "Piers Dahl"), "member for Kellhaven North");
        assert_eq!(before_name("secretary, later chair", "Piers Dahl"), "secretary, later chair");
    }
}
