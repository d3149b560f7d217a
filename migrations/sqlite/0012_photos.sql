-- Photos that came with a report. The pictures themselves lie in a store of files.
CREATE TABLE photo (
    municipality TEXT    NOT NULL,
    id           BLOB    NOT NULL PRIMARY KEY,      -- made by the telephone
    report       BLOB    NOT NULL,
    received_at  INTEGER NOT NULL,
    sent_hash    BLOB    NOT NULL,                  -- keyed, of the file as it came: to know it again
    state        TEXT    NOT NULL,
    decided_at   INTEGER,
    picture      TEXT    NOT NULL,                  -- key in the store; the hash of its content is in it
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL
) STRICT;
CREATE INDEX photo_report ON photo (municipality, report);
