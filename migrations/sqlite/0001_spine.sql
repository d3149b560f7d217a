-- The spine: kommuner, their change logs, reports, agreements and releases.
-- Times are microseconds UTC; every table that belongs to a kommun has it as its first key column, so the schema shards.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE municipality (
    code             TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL,
    active           INTEGER NOT NULL,
    demo             INTEGER NOT NULL,
    outline          TEXT,                       -- GeoJSON geometry; NULL = the one inside the binary
    uncertainty_m    REAL    NOT NULL,
    epsg             INTEGER NOT NULL,
    fault_report_url TEXT,
    contacts         TEXT    NOT NULL,           -- JSON
    version          INTEGER NOT NULL,           -- head of the change log
    head             BLOB    NOT NULL            -- its hash
) STRICT;

CREATE TABLE change (
    municipality TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    entity       TEXT    NOT NULL,
    entity_id    TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    facts        TEXT    NOT NULL,               -- JSON: field names and non-personal values only
    prev_hash    BLOB    NOT NULL,
    hash         BLOB    NOT NULL,
    PRIMARY KEY (municipality, version)
) STRICT;

CREATE TABLE report (
    municipality  TEXT    NOT NULL,
    id            BLOB    NOT NULL,
    version       INTEGER NOT NULL,
    reference     TEXT    NOT NULL,
    receipt_hash  BLOB    NOT NULL,
    content_hash  BLOB    NOT NULL,
    received_at   INTEGER NOT NULL,
    happened_at   INTEGER,
    happened_on   TEXT,
    time_band     TEXT,
    lon           REAL,
    lat           REAL,
    accuracy_m    REAL,
    place_text    TEXT,
    certain       INTEGER NOT NULL,
    feeling       TEXT    NOT NULL,
    category      TEXT    NOT NULL,
    insecurity    INTEGER,
    risk          INTEGER,
    travel_mode   TEXT,
    perspectives  INTEGER NOT NULL,              -- one bit per code
    avoids        TEXT,
    note          TEXT,
    reporter      BLOB,                          -- HMAC of the phone's token with the kommun, under a server key
    light         TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    status_reason TEXT,
    answer        TEXT,
    answered_at   INTEGER,
    source        TEXT    NOT NULL,
    secrecy       TEXT    NOT NULL,
    PRIMARY KEY (municipality, id)
) STRICT;
CREATE UNIQUE INDEX report_id ON report (id);
CREATE UNIQUE INDEX report_receipt_hash ON report (receipt_hash);
CREATE INDEX report_version ON report (municipality, version);

CREATE TABLE withdrawn (
    municipality TEXT    NOT NULL,
    id           BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (municipality, id)
) STRICT;
CREATE INDEX withdrawn_version ON withdrawn (municipality, version);

CREATE TABLE support (
    municipality TEXT    NOT NULL,
    report       BLOB    NOT NULL,
    reporter     BLOB    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (municipality, report, reporter)
) STRICT;

CREATE TABLE agreement (
    municipality TEXT    NOT NULL,
    id           BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    dnr          TEXT,
    valid_from   TEXT    NOT NULL,
    valid_to     TEXT    NOT NULL,
    parties      TEXT    NOT NULL,
    signers      TEXT    NOT NULL,
    purposes     TEXT    NOT NULL,
    PRIMARY KEY (municipality, id)
) STRICT;

CREATE TABLE focus_area (
    municipality TEXT    NOT NULL,
    id           BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    agreement    BLOB    NOT NULL,
    position     INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    description  TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    categories   TEXT    NOT NULL,
    polygon      TEXT,
    PRIMARY KEY (municipality, id)
) STRICT;

CREATE TABLE pledge (
    municipality TEXT    NOT NULL,
    id           BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    agreement    BLOB    NOT NULL,
    focus_area   BLOB,
    text         TEXT    NOT NULL,
    promisor     TEXT    NOT NULL,
    PRIMARY KEY (municipality, id)
) STRICT;

CREATE TABLE place_name (
    municipality TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    lon          REAL    NOT NULL,
    lat          REAL    NOT NULL,
    source       TEXT    NOT NULL,
    PRIMARY KEY (municipality, name, kind, lon, lat)
) STRICT;

CREATE TABLE public_release (
    municipality TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    from_at      INTEGER NOT NULL,
    to_at        INTEGER NOT NULL,
    made_at      INTEGER NOT NULL,
    method       TEXT    NOT NULL,
    k            INTEGER NOT NULL,
    PRIMARY KEY (municipality, period)
) STRICT;

CREATE TABLE public_release_cell (
    municipality TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    size_m       INTEGER NOT NULL,
    category     INTEGER NOT NULL,
    e            INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (municipality, period, size_m, category, e, n)
) STRICT;
