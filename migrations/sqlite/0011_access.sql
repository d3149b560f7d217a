-- Who looked at which reports: ids only, of people and of reports.
CREATE TABLE access (
    id           BLOB    NOT NULL PRIMARY KEY,
    at           INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    municipality TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    report       BLOB,                              -- NULL: of more than one
    reports      INTEGER NOT NULL,                  -- how many were shown
    many         INTEGER NOT NULL                   -- one of more looks than anybody's work asks for
) STRICT;
CREATE INDEX access_municipality ON access (municipality, at);
CREATE INDEX access_actor ON access (actor, at);
