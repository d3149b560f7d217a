-- Who is logged in. Only a keyed hash of what the browser holds: a copy of the table opens nothing.
CREATE TABLE session (
    hash       BLOB    NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;
