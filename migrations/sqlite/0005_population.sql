-- Inhabitants of squares of 1 km in SWEREF 99 TM (SCB), each under the kommun it is told of; e and n are those of the lower-left corner, metres.
CREATE TABLE population (
    municipality TEXT    NOT NULL,
    e            INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    people       INTEGER NOT NULL,
    year         INTEGER,
    source       TEXT    NOT NULL,
    PRIMARY KEY (municipality, e, n)
) STRICT;
