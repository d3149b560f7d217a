-- What somebody shows beside or instead of a password, and who another's log-in service says that somebody is.
CREATE TABLE passkey (
    id         UUID    NOT NULL PRIMARY KEY,
    person     UUID    NOT NULL,
    credential BYTEA    NOT NULL,                    -- as the authenticator names it
    key        TEXT    NOT NULL,                    -- public key and counter, JSON
    name       TEXT    NOT NULL,
    created_at BIGINT NOT NULL,
    used_on    TEXT                                 -- day of the last log-in, local
);
CREATE UNIQUE INDEX passkey_credential ON passkey (credential);
CREATE INDEX passkey_person ON passkey (person);

CREATE TABLE totp (
    person     UUID    NOT NULL PRIMARY KEY,
    secret     BYTEA    NOT NULL,                    -- sealed with a key that is not in the database
    last_step  BIGINT NOT NULL,                    -- of the last code that was used: none is used twice
    created_at BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    hash       BYTEA    NOT NULL PRIMARY KEY,
    person     UUID    NOT NULL
);
CREATE INDEX recovery_code_person ON recovery_code (person);

CREATE TABLE identity (
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    person     UUID    NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_person ON identity (person);

-- What was begun in a browser and waits for its answer: a challenge, a log-in half way, another's log-in service.
CREATE TABLE ceremony (
    hash       BYTEA    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    person     UUID,                                -- NULL: not known yet
    state      TEXT    NOT NULL,
    tries      BIGINT NOT NULL,                    -- answers so far
    expires_at BIGINT NOT NULL
);
CREATE INDEX ceremony_expires_at ON ceremony (expires_at);
