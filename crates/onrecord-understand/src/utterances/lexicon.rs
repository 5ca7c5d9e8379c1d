//! Word lists of the fields layer, sorted, lower-case lemmas.

/// Nouns for a text, recording or body of figures that is quoted or summarised.
#[rustfmt::skip]
pub const DOCUMENTS: &[&str] = &[
    "account", "accounts", "act", "affidavit", "agenda", "agreement", "analysis", "announcement", "article",
    "assessment", "audit", "autopsy", "ballot", "bill", "bio", "biography", "book", "booklet", "brief", "briefing",
    "brochure", "bulletin", "bylaw", "cable", "catalogue", "census", "certificate", "charge", "charter", "circular",
    "codicil", "communique", "communiqué", "complaint", "confession", "constitution", "contract", "correction",
    "correspondence", "data", "database", "decree", "deposition", "diary", "dispatch", "document", "documentation",
    "dossier", "draft", "e-mail", "edict", "email", "entry", "estimate", "evidence", "figure", "figures", "file",
    "filing", "finding", "flyer", "footage", "forecast", "graph", "guidance", "guideline", "index", "indictment",
    "inquiry", "inscription", "inspection", "inventory", "invoice", "journal", "judgement", "judgment", "label",
    "law", "lawsuit", "leaflet", "ledger", "legislation", "letter", "log", "logbook", "manifesto", "manual", "map",
    "memo", "memoir", "memorandum", "minute", "minutes", "motion", "note", "notice", "number", "order", "ordinance",
    "pamphlet", "paper", "papers", "paperwork", "permit", "petition", "placard", "plan", "plaque", "poll", "polling",
    "poster", "presentation", "projection", "proposal", "prospectus", "questionnaire", "receipt", "record",
    "recording", "records", "register", "regulation", "release", "report", "research", "resolution", "review",
    "ruling", "schedule", "sign", "slide", "spreadsheet", "statement", "statistic", "statistics", "statute", "study",
    "submission", "suit", "summary", "summons", "survey", "tape", "telegram", "testimony", "text", "timetable",
    "transcript", "treaty", "tweet", "verdict", "video", "warrant", "will", "writ",
];

/// Nouns for a body that speaks.
#[rustfmt::skip]
pub const ORGANISATIONS: &[&str] = &[
    "academy", "administration", "agency", "airline", "airport", "alliance", "ambulance", "army", "assembly",
    "association", "authority", "bank", "board", "body", "branch", "brewer", "brewery", "brigade", "builder",
    "bureau", "business", "cabinet", "campaign", "carrier", "casino", "cathedral", "chain", "chamber", "charity",
    "choir", "church", "city", "clinic", "club", "coalition", "coastguard", "collective", "college", "command",
    "commission", "committee", "company", "conglomerate", "congregation", "congress", "consortium", "consulate",
    "consultancy", "convent", "cooperative", "corporation", "council", "country", "court", "dairy",
    "dealership", "defence", "defense", "department", "developer", "diocese", "directorate", "distillery", "embassy",
    "employer", "exchange", "exporter", "factory", "farm", "federation", "festival", "firm", "fleet", "force",
    "foundation", "franchise", "fund", "gallery", "garrison", "giant", "government", "group", "gym", "hospice",
    "hospital", "hotel", "house", "importer", "industry", "inspectorate", "institute", "institution", "insurer",
    "intelligence", "junta", "jury", "kingdom", "laboratory", "league", "lender", "library", "line",
    "maker", "mall", "management", "manufacturer", "military", "militia", "mill", "mine", "ministry", "mission",
    "mosque", "movement", "municipality", "museum", "navy", "network", "ngo", "nursery", "observatory", "office",
    "operator", "opposition", "orchestra", "organisation", "organization", "outfit", "palace", "panel", "parish",
    "parliament", "partnership", "party", "plant", "police", "port", "prison", "prosecution", "province",
    "publisher", "quarry", "railway", "refinery", "regime", "region", "registry", "regulator", "resort", "restaurant",
    "retailer", "school", "secretariat", "senate", "service", "shipyard", "shop", "society", "start-up", "startup",
    "state", "store", "studio", "supermarket", "supplier", "synagogue", "temple", "theater", "theatre", "think-tank",
    "tribunal", "troupe", "trust", "union", "unit", "university", "utility", "venue", "watchdog", "winery", "zoo",
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
    "appeal", "ask", "beg", "beseech", "call", "campaign", "demand", "enquire", "entreat", "exhort", "implore",
    "inquire", "invite", "lobby", "petition", "plead", "press", "push", "query", "question", "recommend", "request",
    "seek", "solicit", "urge", "wonder",
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

/// Cues that only assert, whatever their content: a warning that nothing will hold denies nothing.
#[rustfmt::skip]
pub const ASSERT: &[&str] = &[
    "add", "allege", "boast", "caution", "charge", "claim", "complain", "concede", "fume", "grumble", "joke", "lament", "note", "observe",
    "point", "quip", "recall", "recount", "remark", "sigh", "warn",
];

/// Words for what is not true.
#[rustfmt::skip]
pub const FALSE: &[&str] = &[
    "absurd", "baseless", "concoction", "defame", "distortion", "exaggeration", "fabrication", "fake", "false",
    "fantasy", "fiction", "frame", "gossip", "groundless", "hoax", "inaccurate", "incorrect", "invention", "libel",
    "lie", "ludicrous", "malicious", "malign", "misinterpret", "misleading", "misquote", "misrepresent", "mistaken",
    "misunderstand", "myth", "nonsense", "preposterous", "propaganda", "ridiculous", "rubbish", "rumor", "rumour",
    "slander", "smear", "speculation", "unfounded", "untrue", "wrong",
];

/// Words of holding true without saying. The lemma of "hopes" is read as "hop".
#[rustfmt::skip]
pub const BELIEVE: &[&str] = &[
    "assume", "believe", "concern", "consider", "estimate", "fear", "feel", "hop", "hope", "imagine", "opinion", "reckon",
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
            SPOKESPEOPLE,
            DENY,
            DECLINE,
            ASK,
            PROMISE,
            BELIEVE,
            EXPECT,
            ASSERT,
            FALSE,
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
