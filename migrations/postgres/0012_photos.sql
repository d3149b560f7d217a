-- Photos that came with a report. The pictures themselves lie in a store of files.
CREATE TABLE photo (
    municipality TEXT    NOT NULL,
    id           UUID    NOT NULL PRIMARY KEY,      -- made by the telephone
    report       UUID    NOT NULL,
    received_at  BIGINT NOT NULL,
    sent_hash    BYTEA    NOT NULL,                  -- keyed, of the file as it came: to know it again
    state        TEXT    NOT NULL,
    decided_at   BIGINT,
    picture      TEXT    NOT NULL,                  -- key in the store; the hash of its content is in it
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL
);
CREATE INDEX photo_report ON photo (municipality, report);
