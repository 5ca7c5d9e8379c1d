//! People: complete and alone.

use super::Score;
use super::found::Found;
use super::gold::{Pile, file};
use super::words::words;
use std::collections::{BTreeMap, BTreeSet};

type Name = BTreeSet<String>;

struct Entity<'a> {
    names: Vec<Name>,
    files: BTreeSet<&'a str>,
}

/// A person is complete and alone where one entity has the name, all reports that mention them, and none of other stories.
/// Two people in one: people whose best entity is another one's too.
pub fn score(pile: &Pile, found: &Found) -> Vec<Score> {
    let entities = entities(found);
    let (mut people, mut right) = (0, 0);
    let mut owners: BTreeMap<usize, usize> = BTreeMap::new();
    for (story, gold) in &pile.gold {
        let own = file(story, "");
        for person in &gold.people {
            people += 1;
            let name: Name = words(&person.name).collect();
            let files: BTreeSet<String> = person.files.iter().map(|name| file(story, name)).collect();
            let files: BTreeSet<&str> = files.iter().map(String::as_str).collect();
            // The first of the best.
            let best =
                entities.iter().enumerate().rev().max_by_key(|(_, entity)| {
                    (entity.names.contains(&name), entity.files.intersection(&files).count())
                });
            let Some((ix, best)) = best else { continue };
            if best.names.contains(&name) && !best.files.is_disjoint(&files) {
                *owners.entry(ix).or_default() += 1;
                let alone = best.files.iter().all(|file| file.starts_with(&own));
                right += usize::from(alone && files.is_subset(&best.files));
            }
        }
    }
    let merged = owners.values().filter(|count| **count > 1).count();
    vec![
        Score::share("people complete and alone", right, people),
        Score::share("two people in one", merged, entities.len()),
    ]
}

fn entities(found: &Found) -> Vec<Entity<'_>> {
    let files = found.files();
    let people = found.entities.iter().filter(|entity| entity.kind == "person");
    let entity = |entity: &'_ super::found::Entity| {
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        names.map(|name| words(name).collect()).collect()
    };
    people
        .map(|row| Entity {
            names: entity(row),
            files: row.reports.iter().map(|id| files.get(id.as_str()).copied().unwrap_or(id)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{found, pile};
    use super::*;

    #[test]
    fn complete_alone_and_not_two_in_one() {
        let pile = pile(
            r#"{"people": [{"name": "Ida Berg", "files": ["a", "b"]}, {"name": "Olaf Berg", "files": ["a"]},
               {"name": "Una Dahl", "files": ["a", "b"]}]}"#,
        );
        let found = found(
            &["a", "b"],
            r#"{"entities": [{"kind": "person", "name": "Ida Berg", "aliases": ["Olaf Berg"], "reports": ["a", "b"]},
               {"kind": "person", "name": "Una Dahl", "reports": ["a"]}]}"#,
        );
        let scores = score(&pile, &found);
        assert_eq!(scores[0].counts, [2, 3], "Dahl's second report is missing");
        assert_eq!(scores[1].counts, [1, 2]);
    }
}
