//! What somebody is called, without what else a mention says of them.

/// Small words inside names.
#[rustfmt::skip]
const INSIDE: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "las", "le", "los", "ter", "van", "von", "y",
];

/// Words that stand for somebody and name nobody, and posts that are often written in capitals.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "ambassador", "captain", "chairman", "chief", "coach", "colonel", "commissioner", "director", "doctor", "general", "god", "governor", "he", "her", "him", "his", "i", "it", "judge",
    "justice", "king", "madam", "mayor", "me", "minister", "mr", "mrs", "ms", "my", "officer", "our", "pope", "president", "prime", "professor", "prosecutor", "queen", "secretary",
    "senator", "she", "sheriff", "sir", "superintendent", "their", "them", "they", "us", "we", "you", "your",
];

/// The name in a mention: "the captain, Ines Calder, who slept" is "Ines Calder", "Nordhav of Sarn" is "Nordhav" unless its
/// whole name is longer. White space is one space.
pub(crate) fn bare_name(mention: &str, name: &str) -> String {
    let bare = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word).to_owned()
    };
    let known: Vec<String> = name.split_whitespace().map(bare).collect();
    let words: Vec<&str> = mention.split_whitespace().collect();
    let capital = |word: &str| {
        let inner = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        inner.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric()) && !word.ends_with("-old")
    };
    let article = |word: &str| matches!(word, "The" | "A" | "An");
    let is_part = |word: &str| capital(word) && !article(word) || known.contains(&bare(word)) && !bare(word).is_empty();
    let ends = |word: &str| word.ends_with([',', ';', ':', ')']);
    // Runs of words of names, up to a comma; the first that has a word of the name, else the first.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (ix, word) in words.iter().enumerate() {
        let inside = start.is_some() && INSIDE.contains(word) && words.get(ix + 1).is_some_and(|next| capital(next));
        let part = is_part(word) || inside;
        if part && start.is_none() {
            start = Some(ix);
        }
        let last = part && (ends(word) || ix + 1 == words.len());
        if let Some(from) = start
            && (!part || last)
        {
            runs.push((from, if part { ix + 1 } else { ix }));
            start = None;
        }
    }
    let shares = |&&(from, to): &&(usize, usize)| words[from..to].iter().any(|word| known.contains(&bare(word)));
    let Some(&(mut from, to)) = runs.iter().find(shares).or(runs.first()) else { return words.join(" ") };
    while from + 1 < to && !capital(words[from]) {
        from += 1;
    }
    let joined = words[from..to].join(" ");
    let joined = joined.trim_end_matches([',', ';', ':', ')', '"', '”']).trim_start_matches(['(', '"', '“', '‘']);
    joined.strip_suffix("'s").or_else(|| joined.strip_suffix("’s")).unwrap_or(joined).to_owned()
}

/// Whether what a person is called is a name: it has a word in capitals that is no post and no pronoun.
pub(crate) fn is_name(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let lower = word.to_lowercase();
        let lower = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
        let capital = word.chars().any(char::is_uppercase)
            || word.chars().any(|letter| letter.is_alphabetic() && !letter.is_lowercase());
        capital && !matches!(lower, "a" | "an" | "the") && NO_NAMES.binary_search(&lower).is_err()
    })
}

/// Whether a title is an age: "Nineteen-year".
pub(crate) fn is_age(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.ends_with("-year") || lower.ends_with("year-old") || lower.ends_with("year old")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_binary_search() {
        assert!(NO_NAMES.is_sorted());
    }

    #[test]
    fn a_name_stands_by_itself() {
        for (mention, name, bare) in [
            ("the captain, Ines Calder, who slept", "Ines Calder", "Ines Calder"),
            ("Race leader Calder", "Ines Calder", "Calder"),
            ("Captain Calder", "Ines Calder", "Captain Calder"),
            ("Ines Calder of Nordhav Energy", "Ines Calder", "Ines Calder"),
            ("Calder's", "Ines Calder", "Calder"),
            ("whose sister Ines", "Ines", "Ines"),
            ("The Port Authority of Sarn", "Port Authority of Sarn", "Port Authority of Sarn"),
            ("the PAS", "Port Authority of Sarn", "PAS"),
            ("Hilde van Aerschot, its head", "Hilde van Aerschot", "Hilde van Aerschot"),
            ("Nineteen-year-old Calder", "Ines Calder", "Calder"),
        ] {
            assert_eq!(bare_name(mention, name), bare, "{mention}");
        }
    }

    #[test]
    fn who_is_only_described_has_no_name() {
        assert!(is_name("Calder") && is_name("Captain Calder") && is_name("bell hooks Dale"));
        assert!(!is_name("a mob boss") && !is_name("You") && !is_name("General") && !is_name("The Governor"));
    }

    #[test]
    fn an_age_is_no_title() {
        assert!(is_age("Nineteen-year") && !is_age("first-year teacher"));
    }
}
