-- Parties and people: who works here, for whom, and as what. Of parties and people the change logs hold ids only.
CREATE TABLE party (
    id          UUID    NOT NULL PRIMARY KEY,
    parent      UUID,                               -- NULL: the root
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    everywhere  BOOLEAN NOT NULL,                       -- in every kommun, whatever stands in party_municipality
    valid_until TEXT                                -- last day, local; NULL has no end
);

CREATE TABLE party_municipality (
    municipality TEXT   NOT NULL,
    party        UUID   NOT NULL,
    PRIMARY KEY (municipality, party)
);
CREATE INDEX party_municipality_party ON party_municipality (party);

CREATE TABLE person (
    id         UUID    NOT NULL PRIMARY KEY,
    login      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    password   TEXT,                                -- PHC string; NULL until the invitation is accepted
    closed     BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    seen_on    TEXT                                 -- day of the last log-in, local
);
CREATE UNIQUE INDEX person_login ON person (login);

CREATE TABLE assignment (
    person      UUID   NOT NULL,
    party       UUID   NOT NULL,
    role        TEXT   NOT NULL,
    valid_until TEXT,                               -- last day, local; NULL has no end
    PRIMARY KEY (person, party, role)
);
CREATE INDEX assignment_party ON assignment (party);

-- One-time links. Of links, tokens and sessions only keyed hashes are kept: a copy of the tables opens nothing.
CREATE TABLE invitation (
    hash       BYTEA    NOT NULL PRIMARY KEY,
    person     UUID,                                -- NULL: the first administrator, who is nobody yet
    purpose    TEXT    NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE api_token (
    hash       BYTEA    NOT NULL PRIMARY KEY,
    id         UUID    NOT NULL,
    person     UUID    NOT NULL,
    name       TEXT    NOT NULL,
    scope      TEXT    NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX api_token_person ON api_token (person);

DROP TABLE session;
CREATE TABLE session (
    hash       BYTEA    NOT NULL PRIMARY KEY,
    id         UUID    NOT NULL,
    person     UUID,                                -- NULL: whoever showed the operator token
    begun_at   BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);

-- What residents have sent is for the parties of the agreement.
UPDATE report SET secrecy = 'partners';
