"""An empty parameter reads as absent, which a schema cannot say: such queries are not asked."""

import schemathesis


@schemathesis.hook
def filter_query(context, query):
    return query is None or all(value != "" for value in query.values())
