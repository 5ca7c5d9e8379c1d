//! What is an outlet: a paper, station, agency or site that carries others' words. By its name, or by what it is called.

use crate::words::in_list;

/// Nouns for an outlet.
#[rustfmt::skip]
pub(crate) const OUTLETS: &[&str] = &[
    "blog", "broadcaster", "broadsheet", "channel", "daily", "magazine", "media", "newsletter", "newspaper", "newswire", "paper",
    "periodical", "podcast", "press", "programme", "radio", "site", "station", "tabloid", "television", "tv", "website", "weekly",
    "wire",
];

/// Last words of outlets' names in English and other languages.
#[rustfmt::skip]
const LAST: &[&str] = &[
    "abc", "advertiser", "afp", "anzeiger", "ap", "argus", "avis", "avisen", "bbc", "blad", "bladet", "bloomberg",
    "breitbart", "broadcasting", "bulletin", "buzzfeed", "cbs", "chronicle", "cnbc", "cnn", "courant", "courier", "dagblad",
    "dagbladet", "daily", "democrat-gazette", "dispatch", "dnevnik", "dpa", "echo", "enquirer", "evening", "examiner", "express",
    "fm", "fox", "gazet", "gazeta", "gazetesi", "gazette", "globe", "guardian", "haber", "herald", "huffpost", "ilbo",
    "independent", "inquirer", "insider", "itar-tass", "itv", "journal", "kurier", "kurir", "kyodo", "ledger", "mail", "matin",
    "mercury", "meridian", "messenger", "mirror", "monitor", "morning", "msnbc", "nachrichten", "nbc", "news", "newsday",
    "newspaper", "newsweek", "newswire", "novini", "noviny", "novosti", "npr", "observer", "pbs", "podcast", "politico", "post",
    "posten", "press", "presse", "pti", "radio", "record", "register", "reporter", "reuters", "review", "rundschau", "sanomat",
    "sentinel", "shimbun", "sky", "soir", "spectator", "standard", "star", "sun", "tageblatt", "tageszeitung", "tass", "telegraph",
    "television", "tidende", "tidning", "tidningen", "times", "today", "tribune", "tv", "upi", "uutiset", "vesti", "voice",
    "weekly", "wire", "wired", "world", "xinhua", "zeitung",
];

/// Words that open, or stand in, a name of several words that is an outlet's.
#[rustfmt::skip]
const FIRST: &[&str] = &[
    "canal", "channel", "corriere", "courrier", "dagens", "diario", "diário", "emisora", "folha", "gazeta", "gazzetta", "giornale",
    "jornal", "journal", "kanal", "l'écho", "periódico", "radio", "rtv", "rádio", "televisión", "televiziya", "tv", "wochenblatt",
];

/// Outlets that are known by names which do not show it, without articles.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "20 minutes", "aftenposten", "aftonbladet", "al arabiya", "al jazeera", "al-ahram", "al-jazeera", "al-monitor", "anadolu",
    "ani", "ansa", "antara", "ard", "arte", "asahi", "axios", "barron's", "bellingcat", "berlingske", "bernama", "bild",
    "billboard", "c-span", "caixin", "cbc", "cctv", "clarín", "ctv", "dawn", "de standaard", "de telegraaf", "der spiegel",
    "deutsche welle", "die welt", "die zeit", "economist", "efe", "el mundo", "el país", "el tiempo", "el universal",
    "esquire", "euractiv", "expressen", "faz", "figaro", "folha", "forbes", "foreign affairs", "foreign policy", "fortune",
    "france 24", "globo", "gq", "haaretz", "handelsblatt", "higher education", "hindu", "hindustan", "hürriyet", "ians", "il sole",
    "infobae", "intercept", "interfax", "izvestia", "kcna", "kommersant", "kompas", "kyiv independent", "la nación",
    "la repubblica", "la stampa", "la vanguardia", "lancet", "lbc", "le canard", "le figaro", "le monde", "le parisien",
    "les echos", "les échos", "libération", "maariv", "marketwatch", "mediapart", "meduza", "milliyet", "monde", "mother jones",
    "motherboard", "n-tv", "nature", "ndtv", "new republic", "new scientist", "new statesman", "new yorker", "nhk", "nikkei",
    "novaya gazeta", "nrc", "nrk", "nzz", "ouest-france", "pravda", "private eye", "propublica", "quartz", "rai", "ria novosti",
    "rolling stone", "rt", "rte", "rtl", "rtve", "rté", "sabc", "salon", "semafor", "slate", "spiegel", "stern",
    "svenska dagbladet", "svt", "taz", "techcrunch", "teen vogue", "time", "times higher education", "tsn", "tve", "ukrinform",
    "usa today", "vanity fair", "variety", "vedomosti", "vg", "vice", "vogue", "vox", "yedioth", "yle", "ynet", "yonhap", "zdf",
];

/// Whether a name is that of an outlet.
pub(crate) fn is_name(name: &str) -> bool {
    let lower = name.trim().to_lowercase().replace('’', "'");
    let bare = ["the ", "a ", "an "].iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower);
    let mut words = bare.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'')).filter(|w| !w.is_empty());
    let (Some(first), last) = (words.clone().next(), words.clone().next_back().unwrap_or_default()) else {
        return false;
    };
    let several = first.len() < bare.len();
    in_list(KNOWN, bare) || in_list(LAST, last) || several && words.any(|word| in_list(FIRST, word))
}

/// Whether a name is an outlet's whatever else it may look like: known, foreign by its words, or with an article before it.
pub(crate) fn is_sure(name: &str) -> bool {
    const ARTICLES: &[&str] = &["das", "de", "der", "die", "el", "il", "la", "las", "le", "les", "los", "the"];
    let lower = name.trim().to_lowercase();
    let mut words = lower.split_whitespace();
    let article = words.next().is_some_and(|word| in_list(ARTICLES, word));
    let several = lower.contains(' ');
    is_name(name) && several && (article || in_list(KNOWN, &lower) || lower.split(' ').any(|word| in_list(FIRST, word)))
}

/// Nouns that say of what bears the name that it is an outlet; not those that may as well mean a sheet or a place.
pub(crate) fn is_described(lemma: &str) -> bool {
    !matches!(lemma, "media" | "paper" | "press" | "programme" | "site" | "wire") && in_list(OUTLETS, lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search_by_halves() {
        for list in [OUTLETS, LAST, FIRST] {
            assert!(list.is_sorted(), "{list:?}");
        }
        let wrong: Vec<_> = KNOWN.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn people_named_like_papers_are_people() {
        assert!(is_sure("Le Courrier du Port") && is_sure("Canal 9") && !is_sure("Emily Post") && !is_sure("Fox"));
    }

    #[test]
    fn names_tell() {
        for name in [
            "The Harbour Post",
            "Radio Norte",
            "Kanal 4",
            "Der Spiegel",
            "Dagens Fiske",
            "the BBC",
            "Fisk Tidende",
            "Le Monde",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in ["Orla Finch", "the Harbour Board", "Canal", "Norway", "Nordvik Lines", ""] {
            assert!(!is_name(name), "{name}");
        }
    }
}
