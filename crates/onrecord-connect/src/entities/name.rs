//! Names of people as words that can be compared: without titles, accents and order of writing.

use onrecord_model::full_first_names;

/// A word of a name in two spellings: "møller" and "moller", or "moeller" where the letter may be spelt out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Word {
    /// Without accents.
    pub plain: String,
    /// With special letters spelt out, where there are any.
    spelt: Option<String>,
}

impl Word {
    fn new(lower: &str) -> Word {
        let plain: String = lower.chars().flat_map(|letter| base(letter).chars().chain(kept(letter))).collect();
        let spelt: String = lower.chars().flat_map(|letter| spelling(letter).chars().chain(kept(letter))).collect();
        let spelt = (spelt != plain).then_some(spelt);
        Word { plain, spelt }
    }

    /// Whether both may be spellings of one word.
    pub fn same(&self, other: &Word) -> bool {
        self.plain == other.plain
            || self.spelt.as_ref().is_some_and(|spelt| *spelt == other.plain)
            || other.spelt.as_ref().is_some_and(|spelt| *spelt == self.plain)
    }

    /// What the word is looked up by.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.plain.as_str()).chain(self.spelt.as_deref())
    }

    fn is_initial(&self) -> bool {
        let mut letters = self.plain.chars();
        letters.next().is_some() && letters.next().is_none()
    }

    fn same_or_initial(&self, other: &Word) -> bool {
        self.same(other)
            || self.is_initial() && other.plain.starts_with(&self.plain)
            || other.is_initial() && self.plain.starts_with(&other.plain)
    }
}

/// A name of a person, cut into words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct PersonName {
    /// Words in order: no titles, no particles ("van", "de"), parts of "Hesse-Brandl" apart.
    pub words: Vec<Word>,
    /// "Jr." and its like.
    pub generation: Option<String>,
    /// What stands in quotation marks or brackets between first name and surname: "Ramiro “Chico” Pons".
    nick: Option<Word>,
}

/// Words before a name that say what somebody is.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "baron", "baroness", "bishop", "brother", "capt", "captain", "cardinal", "chairman", "chairwoman", "chief", "cllr", "col", "colonel", "commander", "commissioner", "congressman",
    "congresswoman", "constable", "councillor", "counsel", "dame", "deputy", "detective", "doctor", "don", "dona", "dr", "father", "fr", "frau", "gen", "general", "gov", "governor", "herr",
    "hon", "insp", "inspector", "judge", "justice", "king", "lady", "lieutenant", "lord", "lt", "madam", "madame", "maj", "major", "mama", "mayor", "minister", "miss", "monsieur", "mr", "mrs",
    "ms", "mx", "officer", "papa", "pope", "president", "prime", "prince", "princess", "prof", "professor", "provost", "queen", "rabbi", "rep", "representative", "rev", "reverend", "sec",
    "secretary", "sen", "senator", "senor", "senora", "sergeant", "sgt", "sheikh", "sir", "sister", "superintendent", "supt", "undersecretary",
];

/// Words inside a name that are often left out or written small.
const PARTICLES: &[&str] = &[
    "al", "and", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "la", "las", "los", "of", "the",
    "van", "von", "y",
];

const GENERATIONS: &[&str] = &["ii", "iii", "iv", "jr", "junior", "senior", "sr"];

/// Titles that are never first names.
#[rustfmt::skip]
const HONORIFICS: &[&str] = &[
    "capt", "captain", "cllr", "col", "colonel", "commissioner", "congressman", "congresswoman", "constable", "councillor", "dame", "det", "detective", "dr", "gen", "gov", "governor", "hon",
    "insp", "inspector", "judge", "lieutenant", "lt", "madam", "maj", "mayor", "mr", "mrs", "ms", "mx", "officer", "president", "prof", "professor", "provost", "rep", "representative", "rev",
    "reverend", "sen", "senator", "sergeant", "sgt", "sir", "superintendent", "supt",
];

/// A full name without the titles before it: "Dame Hyacinth Poole" is Hyacinth Poole, "Dr Poole" stays.
pub(crate) fn without_titles(name: &str) -> &str {
    let title = |word: &&str| {
        let word = word.trim_end_matches('.').to_lowercase();
        HONORIFICS.binary_search(&word.as_str()).is_ok()
    };
    let titles = name.split(' ').take_while(title).count();
    let bare = name.splitn(titles + 1, ' ').nth(titles).unwrap_or(name);
    if bare.split(' ').count() >= 2 { bare } else { name }
}

impl PersonName {
    /// The words of a name as written. Without words where there is only a title.
    pub fn new(name: &str) -> PersonName {
        let lower = name.to_lowercase().replace('’', "'");
        let bare = lower.strip_suffix("'s").unwrap_or(&lower);
        let (bare, nick) = without_nick(bare);
        let parts =
            bare.split(|letter: char| !(letter.is_alphanumeric() || letter == '\'')).filter(|part| !part.is_empty());
        let mut words: Vec<Word> = parts.map(Word::new).collect();
        let among = |list: &[&str], word: &Word| list.binary_search(&word.plain.as_str()).is_ok();
        let generation = words.pop_if(|word| among(GENERATIONS, word)).map(|word| word.plain);
        let titles = words.iter().take_while(|word| among(TITLES, word)).count();
        // "Don Lemos" may be a Donald; "Don Ramiro Lemos" is none.
        let given = titles > 0 && words.len() == titles + 1 && words[titles - 1].plain == "don";
        words.drain(..titles.min(words.len().saturating_sub(1)) - usize::from(given));
        if words.len() > 1 {
            let last = words.len() - 1;
            let mut at = 0;
            words.retain(|word| {
                at += 1;
                at > last || !among(PARTICLES, word)
            });
        }
        PersonName { words, generation, nick: nick.map(|nick| Word::new(&nick)) }
    }

    /// The full names that this one makes with another: itself, or with the first name or the surname of this one.
    pub fn with(&self, other: &str) -> Vec<PersonName> {
        let other = PersonName::new(other);
        match (self.words.first(), &other.words[..], self.words.last()) {
            (Some(first), [one], Some(last)) if self.is_full() => [[first, one], [one, last]]
                .map(|words| PersonName { words: words.map(Word::clone).to_vec(), generation: None, nick: None })
                .to_vec(),
            _ if other.is_full() => vec![other],
            _ => Vec::new(),
        }
    }

    /// More than a surname.
    pub fn is_full(&self) -> bool {
        self.words.len() >= 2
    }

    /// How much it tells: words that are no initials, words, letters. Names are compared with fuller ones.
    pub fn fullness(&self) -> (usize, usize, usize) {
        let full = self.words.iter().filter(|word| !word.is_initial()).count();
        (full, self.words.len(), self.words.iter().map(|word| word.plain.len()).sum())
    }

    /// Its words in an order that does not depend on how it was written: "Min-jae Seo" and "Seo Min-jae".
    pub fn key(&self) -> String {
        let mut words: Vec<&str> = self.words.iter().map(|word| word.plain.as_str()).collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// Whether both may be names of one person. Both are full names.
    pub fn agrees(&self, other: &PersonName) -> bool {
        let (short, long) = if self.fullness() <= other.fullness() { (self, other) } else { (other, self) };
        turned(&short.words, &long.words)
            || fits(&short.words, &long.words)
            || short.words.len() == long.words.len() && fits(&long.words, &short.words)
            || closes(&short.words, &long.words)
            || by_nick(self, other)
            || by_nick(other, self)
    }

    /// Whether this name opens the other: "Álvaro Quintana" in "Álvaro Quintana Ruiz".
    pub fn opens(&self, other: &PersonName) -> bool {
        self.words.len() < other.words.len() && self.words.iter().zip(&other.words).all(|(a, b)| a.same(b))
    }
}

/// "Chico Pons" is "Ramiro “Chico” Pons".
fn by_nick(name: &PersonName, full: &PersonName) -> bool {
    let last = |name: &PersonName| name.words.last().cloned();
    full.nick.as_ref().is_some_and(|nick| name.words.len() == 2 && name.words[0].same(nick))
        && last(name).zip(last(full)).is_some_and(|(a, b)| a.same(&b))
}

/// A name without a nickname that stands in quotation marks or brackets inside it, and the nickname.
fn without_nick(name: &str) -> (String, Option<String>) {
    let open = |letter: char| matches!(letter, '"' | '“' | '‘' | '(');
    let close = |letter: char| matches!(letter, '"' | '”' | '’' | ')');
    let found = name.match_indices(open).find_map(|(at, mark)| {
        let inside = &name[at + mark.len()..];
        let end = inside.find(close)?;
        let after = &inside[end + inside[end..].chars().next()?.len_utf8()..];
        let nick = inside[..end].trim();
        let word = !nick.is_empty() && nick.chars().all(char::is_alphabetic);
        let between = at > 0 && after.trim_start().starts_with(char::is_alphabetic);
        (word && between).then(|| (format!("{} {}", name[..at].trim_end(), after.trim_start()), nick.to_owned()))
    });
    found.map_or_else(|| (name.to_owned(), None), |(bare, nick)| (bare, Some(nick)))
}

/// Equal, or with the family name at the other end.
fn turned(a: &[Word], b: &[Word]) -> bool {
    let equal = |turn: usize| a.iter().zip(b.iter().cycle().skip(turn)).all(|(a, b)| a.same(b));
    a.len() == b.len() && (equal(0) || a.len() <= 3 && (equal(1) || equal(b.len() - 1)))
}

/// Two words of a family name that close the longer one: "Ospina Restrepo".
fn closes(short: &[Word], long: &[Word]) -> bool {
    short.len() >= 2
        && short.len() < long.len()
        && short.iter().zip(&long[long.len() - short.len()..]).all(|(a, b)| a.same(b))
        && !short[0].is_initial()
}

/// The first names go together, all other words of the short name follow in the long one in order, the last of them in full;
/// what a longer name has after that is a second family name.
fn fits(short: &[Word], long: &[Word]) -> bool {
    let Some(used) = first_fits(&short[0], long) else { return false };
    let (rest, mut ahead) = (&short[1..], &long[used.min(long.len())..]);
    let Some(last) = rest.last().filter(|last| !last.is_initial()) else { return false };
    // "George W. Bush" is not "George H. W. Bush".
    if rest.len() >= 2 && !ahead.first().is_some_and(|next| rest[0].same_or_initial(next)) {
        return false;
    }
    for word in rest {
        let full = std::ptr::eq(word, last);
        let found = ahead.iter().position(|other| if full { word.same(other) } else { word.same_or_initial(other) });
        let Some(at) = found else { return false };
        ahead = &ahead[at + 1..];
    }
    ahead.len() <= 2
}

/// Whether a first name can stand for the first names of `long`, and for how many.
fn first_fits(first: &Word, long: &[Word]) -> Option<usize> {
    let own = &long[0];
    if first.same_or_initial(own) || short_form(&first.plain, &own.plain) {
        return Some(1);
    }
    // "Mafe" for "María Fernanda".
    let second = long.get(1).filter(|_| long.len() >= 3)?;
    let blend = (2..first.plain.len().saturating_sub(1)).any(|at| {
        first.plain.is_char_boundary(at)
            && own.plain.starts_with(&first.plain[..at])
            && second.plain.starts_with(&first.plain[at..])
    });
    blend.then_some(2)
}

fn short_form(a: &str, b: &str) -> bool {
    let (of_a, of_b) = (full_first_names(a), full_first_names(b));
    of_a.contains(&b) || of_b.contains(&a) || of_a.iter().any(|full| of_b.contains(full))
}

/// The letter without its accent, where it has one.
fn base(letter: char) -> &'static str {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' | 'ắ' | 'ằ' => {
            "a"
        }
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ế' | 'ề' | 'ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ộ' => {
            "o"
        }
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => "",
    }
}

/// The letter itself, where it has no accent; combining accents and points are dropped.
fn kept(letter: char) -> Option<char> {
    let accent = ('\u{300}'..='\u{36f}').contains(&letter);
    (base(letter).is_empty() && !accent && letter != '\'').then_some(letter)
}

/// The letter spelt out, where that is usual.
fn spelling(letter: char) -> &'static str {
    match letter {
        'ä' => "ae",
        'ö' | 'ø' => "oe",
        'ü' => "ue",
        'å' => "aa",
        'đ' => "dj",
        'ž' => "zh",
        'š' => "sh",
        'č' => "ch",
        _ => base(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(a: &str, b: &str) -> bool {
        let (a, b) = (PersonName::new(a), PersonName::new(b));
        assert_eq!(a.agrees(&b), b.agrees(&a), "the order does not matter");
        a.agrees(&b)
    }

    #[test]
    fn lists_are_sorted_for_the_binary_search() {
        assert!(TITLES.is_sorted() && PARTICLES.is_sorted() && GENERATIONS.is_sorted() && HONORIFICS.is_sorted());
    }

    #[test]
    fn a_full_name_is_shown_without_titles() {
        assert_eq!(without_titles("Dame Hyacinth Poole"), "Hyacinth Poole");
        assert_eq!(without_titles("Dr. Poole"), "Dr. Poole");
        assert_eq!(without_titles("Hyacinth Poole"), "Hyacinth Poole");
    }

    #[test]
    fn one_person_has_many_names() {
        for (a, b) in [
            ("Jørgen Møller", "Jorgen Moeller"),
            ("Jovan Đukić", "Jovan Djukic"),
            ("Peggy Sund", "Margaret Sund"),
            ("Lucía Fernanda Prado Vidal", "Lucía Prado"),
            ("Lucía Fernanda Prado Vidal", "Lufe Prado"),
            ("Lucía Fernanda Prado Vidal", "Prado Vidal"),
            ("Han Seo-jin", "Seo-jin Han"),
            ("Dr. T. K. Aalto", "Tarja K. Aalto"),
            ("Tarja Aalto", "Tarja Kaisa Aalto"),
            ("Inge Weber-Stahl", "Inge Weber"),
            ("Ramiro “Tigre” Pons", "Tigre Pons"),
            ("Ramiro \"Tigre\" Pons", "Ramiro Pons"),
        ] {
            assert!(agree(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn people_of_one_surname_stay_apart() {
        for (a, b) in [
            ("Mirela Novak", "Ivo Novak"),
            ("George W. Hale", "George H. W. Hale"),
            ("Anna Sund", "Anders Sund"),
            ("Kim Seo-jin", "Kim Ha-neul"),
            ("T. Aalto", "Kaisa Aalto"),
            ("Maria Prado", "Maria Vidal"),
        ] {
            assert!(!agree(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn titles_particles_and_generations_are_no_words_of_a_name() {
        let words = |name: &str| {
            let name = PersonName::new(name);
            (name.words.iter().map(|word| word.plain.clone()).collect::<Vec<_>>().join(" "), name.generation)
        };
        assert_eq!(words("Captain Hilde van Zyl"), ("hilde zyl".to_owned(), None));
        assert_eq!(words("Tomás Reyes Jr."), ("tomas reyes".to_owned(), Some("jr".to_owned())));
        assert_eq!(words("Major"), ("major".to_owned(), None));
        assert_eq!(words("Reyes’s"), ("reyes".to_owned(), None));
        assert_eq!(words("Don Lemos"), ("don lemos".to_owned(), None));
        assert_eq!(words("Don Ramiro Lemos"), ("ramiro lemos".to_owned(), None));
    }
}
