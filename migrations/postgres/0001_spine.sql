-- The spine: kommuner, their change logs, reports, agreements and releases.
-- Times are microseconds UTC; every table that belongs to a kommun has it as its first key column, so the schema shards.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE municipality (
    code             TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL,
    active           BOOLEAN NOT NULL,
    demo             BOOLEAN NOT NULL,
    outline          TEXT,                       -- GeoJSON geometry; NULL = the one inside the binary
    uncertainty_m    DOUBLE PRECISION    NOT NULL,
    epsg             BIGINT NOT NULL,
    fault_report_url TEXT,
    contacts         TEXT    NOT NULL,           -- JSON
    version          BIGINT NOT NULL,           -- head of the change log
    head             BYTEA    NOT NULL            -- its hash
);

CREATE TABLE change (
    municipality TEXT    NOT NULL,
    version      BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    actor        TEXT    NOT NULL,
    entity       TEXT    NOT NULL,
    entity_id    TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    facts        TEXT    NOT NULL,               -- JSON: field names and non-personal values only
    prev_hash    BYTEA    NOT NULL,
    hash         BYTEA    NOT NULL,
    PRIMARY KEY (municipality, version)
);

CREATE TABLE report (
    municipality  TEXT    NOT NULL,
    id            UUID    NOT NULL,
    version       BIGINT NOT NULL,
    reference     TEXT    NOT NULL,
    receipt_hash  BYTEA    NOT NULL,
    content_hash  BYTEA    NOT NULL,
    received_at   BIGINT NOT NULL,
    happened_at   BIGINT,
    happened_on   TEXT,
    time_band     TEXT,
    lon           DOUBLE PRECISION,
    lat           DOUBLE PRECISION,
    accuracy_m    DOUBLE PRECISION,
    place_text    TEXT,
    certain       BOOLEAN NOT NULL,
    feeling       TEXT    NOT NULL,
    category      TEXT    NOT NULL,
    insecurity    BIGINT,
    risk          BIGINT,
    travel_mode   TEXT,
    perspectives  BIGINT NOT NULL,              -- one bit per code
    avoids        TEXT,
    note          TEXT,
    reporter      BYTEA,                          -- HMAC of the phone's token with the kommun, under a server key
    light         TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    status_reason TEXT,
    answer        TEXT,
    answered_at   BIGINT,
    source        TEXT    NOT NULL,
    secrecy       TEXT    NOT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX report_id ON report (id);
CREATE UNIQUE INDEX report_receipt_hash ON report (receipt_hash);
CREATE INDEX report_version ON report (municipality, version);

CREATE TABLE withdrawn (
    municipality TEXT    NOT NULL,
    id           UUID    NOT NULL,
    version      BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE INDEX withdrawn_version ON withdrawn (municipality, version);

CREATE TABLE support (
    municipality TEXT    NOT NULL,
    report       UUID    NOT NULL,
    reporter     BYTEA    NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (municipality, report, reporter)
);

CREATE TABLE agreement (
    municipality TEXT    NOT NULL,
    id           UUID    NOT NULL,
    version      BIGINT NOT NULL,
    title        TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    dnr          TEXT,
    valid_from   TEXT    NOT NULL,
    valid_to     TEXT    NOT NULL,
    parties      TEXT    NOT NULL,
    signers      TEXT    NOT NULL,
    purposes     TEXT    NOT NULL,
    PRIMARY KEY (municipality, id)
);

CREATE TABLE focus_area (
    municipality TEXT    NOT NULL,
    id           UUID    NOT NULL,
    version      BIGINT NOT NULL,
    agreement    UUID    NOT NULL,
    position     BIGINT NOT NULL,
    title        TEXT    NOT NULL,
    description  TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    categories   TEXT    NOT NULL,
    polygon      TEXT,
    PRIMARY KEY (municipality, id)
);

CREATE TABLE pledge (
    municipality TEXT    NOT NULL,
    id           UUID    NOT NULL,
    version      BIGINT NOT NULL,
    agreement    UUID    NOT NULL,
    focus_area   UUID,
    text         TEXT    NOT NULL,
    promisor     TEXT    NOT NULL,
    PRIMARY KEY (municipality, id)
);

CREATE TABLE place_name (
    municipality TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    lon          DOUBLE PRECISION    NOT NULL,
    lat          DOUBLE PRECISION    NOT NULL,
    source       TEXT    NOT NULL,
    PRIMARY KEY (municipality, name, kind, lon, lat)
);

CREATE TABLE public_release (
    municipality TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    from_at      BIGINT NOT NULL,
    to_at        BIGINT NOT NULL,
    made_at      BIGINT NOT NULL,
    method       TEXT    NOT NULL,
    k            BIGINT NOT NULL,
    PRIMARY KEY (municipality, period)
);

CREATE TABLE public_release_cell (
    municipality TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    size_m       BIGINT NOT NULL,
    category     BIGINT NOT NULL,
    e            BIGINT NOT NULL,
    n            BIGINT NOT NULL,
    count        BIGINT NOT NULL,
    PRIMARY KEY (municipality, period, size_m, category, e, n)
);
