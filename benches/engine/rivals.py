"""Asks DuckDB the questions of the bench: `rivals.py PLACES.csv SQL…` prints for each its counts and how long it took, as JSON."""

import json
import sys
import time

import duckdb

RUNS = 7


def timed(db, sql):
    started = time.perf_counter()
    db.execute(f"SELECT count(*), sum(n) FROM ({sql})").fetchall()
    return (time.perf_counter() - started) * 1e6


def main(places, questions):
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = true")
    db.execute(
        """CREATE TABLE points AS SELECT x::DOUBLE AS x, y::DOUBLE AS y, ts::BIGINT AS ts, cat::UTINYINT AS cat, hour::UTINYINT AS hour,
           light::UTINYINT AS light, status::UTINYINT AS status, * EXCLUDE (x, y, ts, cat, hour, light, status) FROM read_csv(?)""",
        [places],
    )
    told = []
    for sql in questions:
        counts = db.execute(sql).fetchall()
        threads = []
        for number in (1, 2):
            db.execute(f"SET threads = {number}")
            timed(db, sql)
            threads.append((number, [timed(db, sql) for _ in range(RUNS)]))
        told.append({"counts": counts, "threads": threads})
    json.dump(told, sys.stdout)


main(sys.argv[1], sys.argv[2:])
