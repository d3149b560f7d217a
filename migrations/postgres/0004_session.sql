-- Who is logged in. Only a keyed hash of what the browser holds: a copy of the table opens nothing.
CREATE TABLE session (
    hash       BYTEA   NOT NULL PRIMARY KEY,
    expires_at BIGINT  NOT NULL
);
