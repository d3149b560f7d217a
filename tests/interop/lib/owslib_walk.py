"""Reads everything that OWSLib can read, as anybody and as a planner, and counts it against numberMatched."""

import sys

import requests
from owslib.ogcapi.features import Features
from owslib.util import Authentication

url, token = sys.argv[1:]
failed = False
for who, auth in [("anybody", None), ("planner", Authentication("gis", token))]:
    api = Features(url, auth=auth) if auth else Features(url)
    assert "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs" in api.conformance()["conformsTo"]
    assert api.api()["openapi"].startswith("3.0.")
    names = api.feature_collections()
    assert ("reports" in names) == (who == "planner"), names
    for name in names:
        assert api.collection(name)["id"] == name
        page = api.collection_items(name, limit=250)
        matched, ids = page["numberMatched"], []
        session = requests.Session()
        session.auth = ("gis", token) if auth else None
        pages = 0
        while True:
            pages += 1
            ids += [feature["id"] for feature in page["features"]]
            following = [link["href"] for link in page["links"] if link["rel"] == "next"]
            if not following:
                break
            page = session.get(following[0]).json()
        alone = api.collection_item(name, ids[0])
        failed |= len(ids) != matched or len(set(ids)) != matched or alone["id"] != ids[0]
        print(f"{who} {name:12} API {matched:6}, OWSLib {len(ids)} in {pages} pages")
sys.exit(failed)
