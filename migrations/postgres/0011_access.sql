-- Who looked at which reports: ids only, of people and of reports.
CREATE TABLE access (
    id           uuid    NOT NULL PRIMARY KEY,
    at           bigint  NOT NULL,
    actor        text    NOT NULL,
    municipality text    NOT NULL,
    kind         text    NOT NULL,
    report       uuid,                              -- NULL: of more than one
    reports      bigint  NOT NULL,                  -- how many were shown
    many         boolean NOT NULL                   -- one of more looks than anybody's work asks for
);
CREATE INDEX access_municipality ON access (municipality, at);
CREATE INDEX access_actor ON access (actor, at);
