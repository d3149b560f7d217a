"""An empty parameter reads as absent, which a schema cannot say: such queries are not asked. And every request comes from an address of
its own, as a trusted proxy would say it: the limits on guesses are on, and are not what is asked about here."""

import secrets

import schemathesis


@schemathesis.hook
def filter_query(context, query):
    return query is None or all(value != "" for value in query.values())


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers["X-Forwarded-For"] = "2001:db8:" + ":".join(f"{secrets.randbits(16):x}" for _ in range(6))
