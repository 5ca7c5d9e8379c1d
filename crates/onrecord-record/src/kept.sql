-- What connecting keeps, so that a few more reports cost little. Ids here are whole numbers with the order of the unsigned ids
-- (the upper bit is turned). A scope is a story, or a report that is in none; a unit is one name.

-- What a report is connected by, in the bytes of the program that wrote it. They lie in the order in which reports came, which is most often that
-- of time: those that are asked for together lie near each other.
CREATE TABLE digests (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL UNIQUE,
    about BLOB NOT NULL,         -- title, outlet, date, terms, passages
    text BLOB NOT NULL,          -- words and fingerprints
    facts BLOB NOT NULL          -- names, propositions, days
) STRICT;

-- What the propositions of a report that shares a story say, as points.
CREATE TABLE points (
    report INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- Which reports have a fingerprint or a weighty term.
CREATE TABLE postings (
    key INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (key, minute, report)
) STRICT, WITHOUT ROWID;

-- Reports that are alike, the later one first.
CREATE TABLE neighbours (
    report INTEGER NOT NULL,
    earlier INTEGER NOT NULL,
    likeness REAL NOT NULL,
    PRIMARY KEY (report, earlier)
) STRICT, WITHOUT ROWID;
CREATE INDEX neighbours_by_earlier ON neighbours(earlier, report, likeness);

-- Reports that were merged with a story and sent out of it again, since they tell something else.
CREATE TABLE strangers (
    report INTEGER PRIMARY KEY,
    story INTEGER NOT NULL
) STRICT;
CREATE INDEX strangers_by_story ON strangers(story);

-- Who and what occurs in one scope.
CREATE TABLE figures (
    key INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    entity TEXT,                 -- id
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX figures_by_scope ON figures(scope);
CREATE INDEX figures_by_unit ON figures(unit, scope);
CREATE INDEX figures_new ON figures(unit) WHERE entity IS NULL;

-- What users decided, with the passages that they named; it outlives what it was decided on.
CREATE TABLE judgements (
    id TEXT PRIMARY KEY,
    made TEXT NOT NULL,          -- RFC 3339
    by TEXT NOT NULL,
    why TEXT NOT NULL,
    kind TEXT NOT NULL,          -- same, different or name
    name TEXT,
    one TEXT NOT NULL,           -- JSON: report, start, end, exact
    other TEXT,                  -- JSON
    undone TEXT                  -- RFC 3339
) STRICT;
