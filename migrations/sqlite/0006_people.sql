-- Parties and people: who works here, for whom, and as what. Of parties and people the change logs hold ids only.
CREATE TABLE party (
    id          BLOB    NOT NULL PRIMARY KEY,
    parent      BLOB,                               -- NULL: the root
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    everywhere  INTEGER NOT NULL,                       -- in every kommun, whatever stands in party_municipality
    valid_until TEXT                                -- last day, local; NULL has no end
) STRICT;

CREATE TABLE party_municipality (
    municipality TEXT   NOT NULL,
    party        BLOB   NOT NULL,
    PRIMARY KEY (municipality, party)
) STRICT;
CREATE INDEX party_municipality_party ON party_municipality (party);

CREATE TABLE person (
    id         BLOB    NOT NULL PRIMARY KEY,
    login      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    password   TEXT,                                -- PHC string; NULL until the invitation is accepted
    closed     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_on    TEXT                                 -- day of the last log-in, local
) STRICT;
CREATE UNIQUE INDEX person_login ON person (login);

CREATE TABLE assignment (
    person      BLOB   NOT NULL,
    party       BLOB   NOT NULL,
    role        TEXT   NOT NULL,
    valid_until TEXT,                               -- last day, local; NULL has no end
    PRIMARY KEY (person, party, role)
) STRICT;
CREATE INDEX assignment_party ON assignment (party);

-- One-time links. Of links, tokens and sessions only keyed hashes are kept: a copy of the tables opens nothing.
CREATE TABLE invitation (
    hash       BLOB    NOT NULL PRIMARY KEY,
    person     BLOB,                                -- NULL: the first administrator, who is nobody yet
    purpose    TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_token (
    hash       BLOB    NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL,
    person     BLOB    NOT NULL,
    name       TEXT    NOT NULL,
    scope      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX api_token_person ON api_token (person);

DROP TABLE session;
CREATE TABLE session (
    hash       BLOB    NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL,
    person     BLOB,                                -- NULL: whoever showed the operator token
    begun_at   INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_person ON session (person);

-- What residents have sent is for the parties of the agreement.
UPDATE report SET secrecy = 'partners';
