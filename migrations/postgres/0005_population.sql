-- Inhabitants of squares of 1 km in SWEREF 99 TM (SCB), each under the kommun it is told of; e and n are those of the lower-left corner, metres.
CREATE TABLE population (
    municipality TEXT    NOT NULL,
    e            BIGINT  NOT NULL,
    n            BIGINT  NOT NULL,
    people       BIGINT  NOT NULL,
    year         BIGINT,
    source       TEXT    NOT NULL,
    PRIMARY KEY (municipality, e, n)
);
