//! Word lists of the fields layer, sorted, lower-case lemmas.

/// Nouns for a text, recording or body of figures that is quoted or summarised.
#[rustfmt::skip]
pub const DOCUMENTS: &[&str] = &[
    "account", "accounts", "act", "affidavit", "agenda", "agreement", "analysis", "article", "assessment", "audit",
    "autopsy", "ballot", "bill", "biography", "book", "brief", "briefing", "bulletin", "census", "certificate",
    "charge", "charter", "circular", "communique", "communiqué", "complaint", "constitution", "contract",
    "correspondence", "data", "database", "deposition", "diary", "document", "documentation", "dossier", "draft",
    "e-mail", "email", "estimate", "evidence", "figure", "figures", "file", "filing", "finding", "footage",
    "forecast", "graph", "guidance", "guideline", "index", "indictment", "inquiry", "inspection", "inventory",
    "invoice", "journal", "judgement", "judgment", "law", "lawsuit", "leaflet", "ledger", "legislation", "letter",
    "log", "manifesto", "manual", "map", "memo", "memoir", "memorandum", "minute", "minutes", "motion", "note",
    "notice", "number", "order", "paper", "papers", "paperwork", "petition", "plan", "plaque", "poll", "polling",
    "poster", "projection", "proposal", "receipt", "record", "recording", "records", "register", "regulation",
    "report", "research", "resolution", "ruling", "schedule", "sign", "statistic", "statistics", "statute", "study",
    "submission", "suit", "summary", "summons", "survey", "tape", "testimony", "text", "timetable", "transcript",
    "treaty", "verdict", "video", "warrant", "will", "writ",
];

/// Nouns for a body that speaks.
#[rustfmt::skip]
pub const ORGANISATIONS: &[&str] = &[
    "academy", "administration", "agency", "airline", "airport", "alliance", "ambulance", "army", "assembly",
    "association", "authority", "bank", "board", "body", "branch", "brigade", "bureau", "business", "cabinet",
    "campaign", "chain", "chamber", "charity", "church", "city", "clinic", "club", "coalition", "college", "command",
    "commission", "committee", "company", "congress", "consortium", "cooperative", "corporation", "council",
    "country", "court", "defence", "defense", "department", "developer", "diocese", "directorate", "embassy",
    "employer", "exchange", "factory", "federation", "firm", "force", "foundation", "fund", "garrison",
    "government", "group", "hospital", "hotel", "house", "industry", "inspectorate", "institute", "institution",
    "insurer", "intelligence", "jury", "kingdom", "laboratory", "league", "maker", "management", "manufacturer",
    "military", "militia", "ministry", "mission", "movement", "municipality", "museum", "navy", "network", "ngo",
    "office", "operator", "opposition", "organisation", "organization", "palace", "panel", "parish", "parliament",
    "partnership", "party", "police", "port", "prison", "prosecution", "province", "publisher", "railway", "regime",
    "region", "registry", "regulator", "retailer", "school", "secretariat", "senate", "service", "shipyard",
    "society", "state", "supplier", "tribunal", "trust", "union", "unit", "university", "utility", "watchdog",
];

/// Nouns for an outlet.
#[rustfmt::skip]
pub const OUTLETS: &[&str] = &[
    "blog", "broadcaster", "broadsheet", "channel", "daily", "magazine", "media", "newsletter", "newspaper",
    "newswire", "paper", "periodical", "podcast", "press", "programme", "radio", "site", "station", "tabloid",
    "television", "tv", "website", "weekly", "wire",
];

/// Last (or first) words of names of outlets; matched only inside names.
#[rustfmt::skip]
pub const OUTLET_NAMES: &[&str] = &[
    "abc", "afp", "ap", "argus", "bbc", "bloomberg", "breitbart", "broadcasting", "bulletin", "buzzfeed", "cbs",
    "chronicle", "cnbc", "cnn", "courant", "courier", "daily", "democrat-gazette", "dispatch", "dpa", "echo",
    "enquirer", "evening", "examiner", "express", "fm", "fox", "gazette", "globe", "guardian", "herald", "huffpost",
    "independent", "inquirer", "insider", "itar-tass", "itv", "journal", "kyodo", "ledger", "mail", "mercury",
    "meridian", "messenger", "mirror", "monitor", "morning", "msnbc", "nbc", "news", "newsday", "newspaper",
    "newsweek", "newswire", "npr", "observer", "pbs", "politico", "post", "press", "pti", "radio", "record",
    "register", "reporter", "reuters", "review", "sentinel", "sky", "spectator", "standard", "star", "sun", "tass",
    "telegraph", "television", "times", "today", "tribune", "tv", "upi", "voice", "weekly", "wire", "wired", "world",
    "xinhua",
];

/// Unique offices: "the interior minister" is one known person.
#[rustfmt::skip]
pub const OFFICES: &[&str] = &[
    "admiral", "ambassador", "archbishop", "attorney", "bishop", "boss", "candidate", "captain", "ceo", "chair",
    "chairman", "chairperson", "chairwoman", "chancellor", "chief", "coach", "colonel", "commander", "commissioner",
    "congressman", "congresswoman", "coroner", "counsel", "deputy", "director", "emir", "envoy", "father", "founder",
    "general", "governor", "head", "headmaster", "headmistress", "incumbent", "judge", "justice", "king", "leader",
    "lieutenant", "magistrate", "manager", "mayor", "minister", "nominee", "ombudsman", "owner", "patriarch", "pope",
    "premier", "president", "prime", "prince", "princess", "principal", "prosecutor", "queen", "rector", "secretary",
    "senator", "sheriff", "speaker", "sultan", "superintendent", "teacher", "treasurer", "vicar",
];

/// People who speak for a body on the record.
pub const SPOKESPEOPLE: &[&str] =
    &["spokesman", "spokesmen", "spokespeople", "spokesperson", "spokeswoman", "spokeswomen"];

/// Words that deny the charge or claim at hand.
#[rustfmt::skip]
pub const DENY: &[&str] = &[
    "contradict", "debunk", "denial", "deny", "disavow", "discount", "dismiss", "dispute", "doubt",
    "rebuff", "rebut", "refute", "reject", "repudiate", "retort", "scoff",
];

/// Words that evade, with or without an object ("declined to comment").
#[rustfmt::skip]
pub const DECLINE: &[&str] = &[
    "decline", "demur", "refuse",
];

/// Words that ask or request.
#[rustfmt::skip]
pub const ASK: &[&str] = &[
    "appeal", "ask", "beg", "beseech", "call", "demand", "enquire", "entreat", "exhort", "implore", "inquire",
    "invite", "lobby", "petition", "plead", "press", "query", "question", "request", "seek", "solicit", "urge",
    "wonder",
];

/// Words that command.
#[rustfmt::skip]
pub const ORDER: &[&str] = &[
    "bar", "command", "decree", "direct", "forbid", "instruct", "mandate", "ordain", "order", "prohibit",
    "summon",
];

/// Words that bind the speaker to an act of his own.
pub const PROMISE: &[&str] =
    &["commit", "guarantee", "intend", "offer", "plan", "pledge", "promise", "swear", "threaten", "undertake", "vow"];

/// Words of holding true without saying.
#[rustfmt::skip]
pub const BELIEVE: &[&str] = &[
    "assume", "believe", "concern", "consider", "estimate", "fear", "feel", "hope", "imagine", "opinion", "reckon",
    "regard", "suppose", "suspect", "think", "understand", "view", "want", "wish", "worry",
];

/// Words of expecting.
#[rustfmt::skip]
pub const EXPECT: &[&str] = &[
    "anticipate", "expect", "forecast", "predict", "project",
];

/// Number words that count people.
pub const NUMBERS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("both", 2),
    ("couple", 2),
    ("pair", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("dozen", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
];

/// Collective or uncountable nouns: a singular that counts nobody.
#[rustfmt::skip]
pub const COLLECTIVES: &[&str] = &[
    "audience", "circle", "community", "couple", "crew", "crowd", "delegation", "entourage", "everybody", "everyone",
    "faction", "family", "half", "majority", "many", "minority", "none", "other", "others", "people", "public",
    "rest", "several", "some", "somebody", "someone", "staff", "team", "town", "village", "workforce",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_binary_search() {
        for list in [
            OUTLETS,
            OUTLET_NAMES,
            SPOKESPEOPLE,
            DENY,
            DECLINE,
            ASK,
            PROMISE,
            BELIEVE,
            EXPECT,
            COLLECTIVES,
            DOCUMENTS,
            ORGANISATIONS,
            OFFICES,
            ORDER,
        ] {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{} must come after {}", pair[0], pair[1]);
            }
        }
    }
}
