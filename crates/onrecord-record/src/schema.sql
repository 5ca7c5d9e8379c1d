-- The tables of a record, format 2. Offsets are half-open, in Unicode code points of the text of the report named beside them.
-- Ids are content hashes, 16 hexadecimal digits; keys are local to the file. Lists are JSON, as in an export.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    authors TEXT NOT NULL,       -- JSON: names
    credit TEXT NOT NULL,
    dateline TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT,
    language TEXT NOT NULL,
    story TEXT,                  -- id
    copied_share REAL NOT NULL DEFAULT 0,
    version_of TEXT,             -- id of the earlier version of the same page
    sha256 TEXT NOT NULL,        -- of the input's bytes
    file TEXT NOT NULL,
    build INTEGER NOT NULL,      -- number of the build that added it
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,        -- JSON: kind, start, end
    sentences TEXT NOT NULL,     -- JSON: start, end
    origin BLOB NOT NULL         -- runs of four little-endian u32: byte in text, byte in input, bytes of text, bytes of input
) STRICT;
CREATE INDEX reports_by_story ON reports(story);
CREATE INDEX reports_by_file ON reports(file, name);
CREATE INDEX reports_by_url ON reports(url) WHERE url <> '';

CREATE TABLE chains (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports(key),
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,         -- JSON: title, start, end, past
    person_kind TEXT,            -- JSON: kind, start, end, exact
    entity TEXT                  -- id
) STRICT;
CREATE UNIQUE INDEX chains_by_report ON chains(report, ord);
CREATE INDEX chains_by_entity ON chains(entity);

CREATE TABLE mentions (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,     -- that of the chain
    chain INTEGER NOT NULL REFERENCES chains(key),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    exact TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;
CREATE INDEX mentions_by_chain ON mentions(chain);

CREATE TABLE times (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports(key),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    exact TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT,
    rule TEXT NOT NULL,
    anchor TEXT
) STRICT;
CREATE INDEX times_by_report ON times(report);

CREATE TABLE utterances (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES reports(key),
    ord INTEGER,                 -- place in the reading; none for a sentence in the report's own voice
    within TEXT,                 -- id
    form TEXT NOT NULL,
    stance TEXT NOT NULL,
    basis TEXT NOT NULL,
    speaker_chain INTEGER REFERENCES chains(key),
    speaker_name TEXT,
    words TEXT NOT NULL,         -- the parts of the content, joined by " … "
    content TEXT NOT NULL,       -- JSON: start, end
    source_start INTEGER, source_end INTEGER, source_exact TEXT,
    cue_start INTEGER, cue_end INTEGER, cue_exact TEXT,
    addressee_chain INTEGER REFERENCES chains(key),
    addressee_name TEXT, addressee_start INTEGER, addressee_end INTEGER, addressee_exact TEXT,
    anonymous_count INTEGER, anonymous_described_as TEXT, anonymous_reason TEXT,
    via TEXT NOT NULL,           -- JSON: ord of the chain, name, start, end, exact
    said_value TEXT, said_start INTEGER, said_end INTEGER,
    score REAL NOT NULL,
    statement TEXT               -- id
) STRICT;
CREATE UNIQUE INDEX utterances_by_report ON utterances(report, ord, id);
CREATE INDEX utterances_by_statement ON utterances(statement);
CREATE INDEX utterances_idle ON utterances(key) WHERE ord IS NULL AND statement IS NULL;
CREATE INDEX utterances_by_speaker ON utterances(speaker_chain) WHERE speaker_chain IS NOT NULL;
CREATE INDEX utterances_by_addressee ON utterances(addressee_chain) WHERE addressee_chain IS NOT NULL;

CREATE TABLE notes (
    key INTEGER PRIMARY KEY,
    report INTEGER REFERENCES reports(key),
    file TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_report ON notes(report);
CREATE INDEX notes_by_file ON notes(file);

-- Links between reports. A fingerprint tells whether a link changed since the last build.

CREATE TABLE entities (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,       -- JSON: names
    roles TEXT NOT NULL,         -- JSON: title, organisation, from, to, passages
    solo INTEGER NOT NULL,       -- 1: one chain of one report that is linked to no other; its id is the chain's
    unit INTEGER,                -- see figures
    fingerprint INTEGER NOT NULL
) STRICT;
CREATE INDEX entities_by_unit ON entities(unit) WHERE unit IS NOT NULL;

CREATE TABLE statements (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    gist TEXT NOT NULL,
    first_reported TEXT,
    origins_min INTEGER NOT NULL,
    origins_max INTEGER NOT NULL,
    roots TEXT NOT NULL,         -- JSON: kind, name, utterances
    reasons TEXT NOT NULL,       -- JSON: sentences
    conflicts TEXT NOT NULL,     -- JSON: with, kind, passages
    fingerprint INTEGER NOT NULL
) STRICT;

CREATE TABLE copies (
    key INTEGER PRIMARY KEY,
    from_report TEXT NOT NULL,   -- id
    to_report TEXT NOT NULL,     -- id
    share REAL NOT NULL,
    direction TEXT NOT NULL,
    evidence TEXT NOT NULL,      -- JSON: sentences
    passages TEXT NOT NULL,      -- JSON: from, to
    unseen_parent TEXT,
    bytes BLOB NOT NULL,         -- the same for connecting, in the bytes of the program that wrote it
    fingerprint INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX copies_by_pair ON copies(from_report, to_report);
CREATE INDEX copies_by_child ON copies(to_report);

CREATE TABLE stories (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT,
    fingerprint INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    story TEXT,                  -- id
    scope INTEGER NOT NULL,      -- see figures
    value TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    what TEXT NOT NULL,
    passages TEXT NOT NULL,      -- JSON
    reports TEXT NOT NULL,       -- JSON: ids
    fingerprint INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_story ON events(story);
CREATE INDEX events_by_scope ON events(scope);

CREATE VIRTUAL TABLE reports_search USING fts5(
    title, text, content = 'reports', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE utterances_search USING fts5(
    words, speaker_name, source_exact, content = 'utterances', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statements_search USING fts5(
    gist, content = 'statements', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2');

-- One row an utterance with everything that a reader asks first.
CREATE VIEW who_said_what AS
SELECT reports.published, reports.outlet, reports.title, utterances.basis, utterances.stance, utterances.speaker_name AS speaker,
       utterances.words, utterances.source_exact AS source, utterances.cue_exact AS cue, statements.gist AS statement,
       statements.origins_min, statements.origins_max, reports.id AS report_id, utterances.id AS utterance_id
FROM utterances JOIN reports ON reports.key = utterances.report LEFT JOIN statements ON statements.id = utterances.statement;
