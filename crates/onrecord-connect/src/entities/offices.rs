//! Posts that stand for their holder: "the provost" in a report that does not name him.

use super::Node;
use super::name_words;
use super::sets::Sets;
use onrecord_model::ReportId;
use std::collections::{BTreeMap, BTreeSet};

/// A post as a description or title names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Office {
    /// The post with what makes it another: "deputy governor", "chief executive".
    post: String,
    /// The other words: "interior" of "interior minister", what a director is director of.
    of: BTreeSet<String>,
}

/// Posts that one person in a story holds at a time.
#[rustfmt::skip]
const POSTS: &[&str] = &[
    "administrator", "ambassador", "archbishop", "captain", "chair", "chairman", "chairwoman", "chancellor", "coach", "collector", "commander", "commissioner", "comptroller", "controller",
    "coroner", "dean", "director", "editor", "founder", "governor", "head", "headmaster", "headmistress", "headteacher", "judge", "manager", "mayor", "minister", "ombudsman", "owner",
    "premier", "president", "principal", "prosecutor", "provost", "rector", "registrar", "secretary", "sheriff", "skipper", "speaker", "superintendent", "treasurer", "undersecretary",
];

/// Words that make another post of a post.
const MODIFIERS: &[&str] = &["acting", "assistant", "deputy", "ex", "former", "interim", "new", "outgoing", "vice"];

impl Office {
    /// The post that a title or description names. None where it is no post that tells a person.
    pub fn of(words: &str) -> Option<Office> {
        let words = name_words(words);
        let end =
            words.iter().position(|word| matches!(word.as_str(), "of" | "for" | "in" | "at")).unwrap_or(words.len());
        let head = words[..end].last()?;
        let chief = end >= 2 && words[end - 2] == "chief" && matches!(head.as_str(), "executive" | "constable");
        if words.len() > 8 || !(chief || POSTS.binary_search(&head.as_str()).is_ok()) {
            return None;
        }
        let own = |word: &&String| MODIFIERS.contains(&word.as_str());
        let mut post: Vec<&str> = words[..end - 1].iter().filter(own).map(String::as_str).collect();
        if chief {
            post.push("chief");
        }
        post.push(head);
        let rest = words[..end - 1].iter().filter(|word| !(own(word) || chief && *word == "chief"));
        let small =
            |word: &str| matches!(word, "of" | "for" | "in" | "at" | "the" | "its" | "his" | "her" | "their" | "s");
        let of = rest.chain(&words[end..]).filter(|word| !small(word)).map(|word| stem(word)).collect();
        Some(Office { post: post.join(" "), of })
    }

    /// Whether the holder of `title` may be meant by this description: nothing is said that the title does not say.
    fn means(&self, title: &Office) -> bool {
        self.post == title.post && self.of.is_subset(&title.of)
    }
}

fn stem(word: &str) -> String {
    word.trim_end_matches("'s").to_owned()
}

/// Whether words that look like a name are a post: "the provost", "acting governor".
pub(super) fn described(name: &str) -> Option<Office> {
    let definite = name.starts_with("the ") || name.starts_with("The ");
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = words.len() >= 2 && words.iter().skip(1).all(|word| word.starts_with(char::is_lowercase));
    if definite || small { Office::of(name) } else { None }
}

/// First and last day.
type Days = (String, String);

/// Who holds an office in a story, by the days on which named people bear the title.
struct Holder {
    title: Office,
    node: usize,
    days: Option<Days>,
}

/// Joins descriptions by post with the one person of their story who bears the title; of two, with the one who bears it around
/// the day. A report that names a holder of the post has told already whom it means. O(d · h) for descriptions and holders of one
/// post in a story, of which no more than [`MOST`] are compared.
pub(super) fn join(nodes: &[Node], members: &[usize], sets: &mut Sets) {
    let holders = holders(nodes, members, sets);
    for &ix in members {
        let node = &nodes[ix];
        let Some(office) = &node.office else { continue };
        let Some(of_post) = holders.get(office.post.as_str()) else { continue };
        let named_here = |holder: &&Holder| nodes[holder.node].at.0 == node.at.0;
        if of_post.iter().any(|holder| named_here(&holder)) {
            continue;
        }
        let mut fitting: BTreeMap<usize, Vec<&Holder>> = BTreeMap::new();
        for holder in of_post.iter().filter(|holder| office.means(&holder.title)) {
            fitting.entry(sets.root(holder.node)).or_default().push(holder);
        }
        let around = |held: &&Holder| {
            node.day.zip(held.days.as_ref()).is_some_and(|(day, (from, to))| from.as_str() <= day && day <= to.as_str())
        };
        // "The club's treasurer" is the one treasurer that the story has, where nothing says of what.
        if fitting.is_empty() {
            let roots: BTreeSet<usize> = of_post.iter().map(|holder| sets.root(holder.node)).collect();
            let plain = of_post.iter().find(|holder| holder.title.of.is_empty());
            if let (1, Some(holder)) = (roots.len(), plain) {
                fitting.entry(sets.root(holder.node)).or_default().push(holder);
            }
        }
        let mut roots = fitting.iter().filter(|(_, held)| fitting.len() == 1 || held.iter().any(around));
        if let (Some((&root, _)), None) = (roots.next(), roots.next()) {
            sets.join(ix, root);
        }
    }
}

/// So many titles of one post in a story, and the post tells nobody.
const MOST: usize = 512;

fn holders(nodes: &[Node], members: &[usize], sets: &mut Sets) -> BTreeMap<String, Vec<Holder>> {
    let mut spans: BTreeMap<(usize, Office), Option<Days>> = BTreeMap::new();
    let mut here: BTreeMap<(ReportId, usize, Office), usize> = BTreeMap::new();
    for &ix in members {
        let node = &nodes[ix];
        if !node.person || node.office.is_some() {
            continue;
        }
        for (title, past, _) in &node.fact.roles {
            let Some(office) = Office::of(title).filter(|_| !past) else { continue };
            here.entry((node.at.0, sets.root(ix), office.clone())).or_insert(ix);
            let days = spans.entry((sets.root(ix), office)).or_default();
            if let Some(day) = node.day {
                let (from, to) = days.get_or_insert((day.to_owned(), day.to_owned()));
                if day < from.as_str() {
                    *from = day.to_owned();
                }
                if day > to.as_str() {
                    *to = day.to_owned();
                }
            }
        }
    }
    let mut by_post: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
    for ((_, root, office), ix) in here {
        let days = spans.get(&(root, office.clone())).cloned().flatten();
        by_post.entry(office.post.clone()).or_default().push(Holder { title: office, node: ix, days });
    }
    by_post.retain(|_, holders| holders.len() <= MOST);
    by_post
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_sorted_for_the_binary_search() {
        assert!(POSTS.is_sorted());
    }

    #[test]
    fn a_description_means_a_title_that_says_as_much_or_more() {
        let means = |description: &str, title: &str| {
            Office::of(description).zip(Office::of(title)).is_some_and(|(a, b)| a.means(&b))
        };
        assert!(means("the minister", "Interior Minister"));
        assert!(means("the chief executive", "chief executive of Nordhav Energy"));
        assert!(means("The town's mayor", "town's mayor"));
        assert!(!means("the interior minister", "minister of health"));
        assert!(!means("the governor", "deputy governor"));
        assert!(!means("the former governor", "governor"));
        assert_eq!(Office::of("the witness"), None);
    }

    #[test]
    fn words_in_small_letters_are_no_name() {
        assert!(described("acting governor").is_some() && described("The provost").is_some());
        assert!(described("Provost Brandt").is_none() && described("Dean").is_none());
    }
}
