"""Fetches every tile around a kommun, decodes them three ways, and compares with the GeoJSON of the same question."""

import collections
import json
import math
import pathlib
import subprocess
import sys
import urllib.request

import mapbox_vector_tile

BASE, TOKEN, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])


def get(path, right=True):
    request = urllib.request.Request(BASE + path, headers={"Authorization": f"Bearer {TOKEN}"} if right else {})
    with urllib.request.urlopen(request) as answer:
        return answer.headers.get("Content-Type"), answer.read()


def tiles(z, bounds, aside):
    """The tiles of a zoom that a box (degrees) and what lies a little aside of it meet."""
    n = 2**z

    def at(lon, lat):
        y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
        return int((lon + 180) / 360 * n), int(y * n)

    west, south, east, north = bounds
    (left, top), (right, bottom) = at(west - aside, north + aside), at(east + aside, south - aside)
    return [(x, y) for x in range(max(0, left), min(n - 1, right) + 1) for y in range(max(0, top), min(n - 1, bottom) + 1)]


def fetch(layer, query, z, bounds, aside, right=True):
    """Saves the tiles as GDAL wants them, where TileJSON says they are."""
    _, text = get(f"/tiles/{layer}.json?{query}", right)
    described = json.loads(text)
    assert described["tilejson"] == "3.0.0" and described["minzoom"] <= z <= described["maxzoom"], described
    folder = FOLDER / f"{layer}-{z}-{len(list(FOLDER.iterdir()))}" / str(z)
    size = 0
    for x, y in tiles(z, bounds, aside):
        url = described["tiles"][0].replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))
        kind, tile = get(url.removeprefix(BASE), right)
        assert kind == "application/vnd.mapbox-vector-tile", kind
        (folder / str(x)).mkdir(parents=True, exist_ok=True)
        (folder / str(x) / f"{y}.mvt").write_bytes(tile)
        size += len(tile)
    return folder, size


def python_features(folder, layer):
    found = []
    for path in folder.glob("*/*.mvt"):
        tile = mapbox_vector_tile.decode(path.read_bytes())
        assert list(tile) == ([layer] if path.stat().st_size else []), (path, list(tile))
        for feature in tile.get(layer, {}).get("features", []):
            # The decoder gives 0 for a feature without a number.
            found.append({"properties": feature["properties"], "id": feature.get("id") or None})
    return found


def node_features(folder, layer):
    made = subprocess.run(["node", FOLDER / "node" / "tiles.mjs", folder, layer], check=True, capture_output=True, text=True)
    return [{"properties": feature["properties"], "id": feature["id"]} for feature in json.loads(made.stdout)]


def gdal_features(folder, layer):
    """Each tile by itself: a directory of tiles is cut and joined by GDAL, which would hide a cell that is told twice."""
    found = []
    for path in sorted(folder.glob("*/*.mvt")):
        if path.stat().st_size == 0:
            continue
        made = FOLDER / "gdal.geojson"
        made.unlink(missing_ok=True)
        subprocess.run(["ogr2ogr", "-f", "GeoJSON", made, f"MVT:{path}", layer, "-oo", "CLIP=NO"], check=True, capture_output=True)
        for feature in json.loads(made.read_text())["features"]:
            properties = {name: value for name, value in feature["properties"].items() if value is not None and name != "mvt_id"}
            properties.update({name: True for name in ("cluster", "suppressed") if properties.get(name) == 1})
            found.append({"properties": properties, "id": feature["properties"].get("mvt_id")})
    return found


def bag(features):
    def rounded(value):
        # JavaScript has one kind of number, and GDAL's writer drops what it takes for noise in the last digits.
        return float(f"{value:.13g}") if isinstance(value, int | float) and not isinstance(value, bool) else value

    def told(properties):
        return {name: rounded(value) for name, value in properties.items()}

    return collections.Counter(json.dumps({**feature, "properties": told(feature["properties"])}, sort_keys=True) for feature in features)


def directory(folder, layer):
    """How many features GDAL finds in the whole zoom, opened as one data set."""
    asked = ["ogrinfo", "-ro", "-so", f"MVT:{folder}", layer, "-oo", "TILE_EXTENSION=mvt", "-oo", "CLIP=NO"]
    made = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return int(next(line for line in made.splitlines() if line.startswith("Feature Count")).split(":")[1])


def decoded(layer, query, z, bounds, aside, right=True):
    folder, size = fetch(layer, query, z, bounds, aside, right)
    features, by_node, by_gdal = python_features(folder, layer), node_features(folder, layer), gdal_features(folder, layer)
    assert bag(features) == bag(by_node), "Python and JavaScript read different features"
    assert bag(features) == bag(by_gdal), (bag(features) - bag(by_gdal), bag(by_gdal) - bag(features))
    # Where every tile is empty there is no layer that GDAL could open.
    assert not features or directory(folder, layer) == len(features)
    print(f"{layer} z={z} {query}: {len(list(folder.glob('*/*.mvt')))} tiles, {size} bytes, {len(features)} features in each of three decoders")
    return [feature["properties"] for feature in features]


_, listed = get("/api/v1/municipalities?active=true")
kommuner = {kommun["id"]: kommun["properties"]["bbox"] for kommun in json.loads(listed)["features"]}
checked = 0
for code, bounds in sorted(kommuner.items()):
    for more in ["", "&group=light,sight", "&feeling=safe"]:
        query = f"municipality={code}{more}"
        total = json.loads(get(f"/api/v1/reports?limit=1&{query}")[1])["total"]
        unplaced = json.loads(get(f"/api/v1/summary?{query}")[1])["unplaced"]
        # Sums of the first zooms stand up to 64 km away.
        for z, aside in [(0, 0), (6, 1.5), (9, 0.2), (11, 0.05), (12, 0.05)] + ([(14, 0.03)] if more else []):
            found = sum(feature.get("point_count", 1) for feature in decoded("reports", query, z, bounds, aside))
            assert found == total - unplaced, (query, z, found, total, unplaced)
            checked += 1
    for grid, zooms in [("size_m=250", [9, 12]), ("size_m=1000&statistic=reporters", [7, 11]), ("grid=hex&size_m=200", [8, 11]), ("grid=h3&resolution=9", [8, 11])]:
        query = f"municipality={code}&{grid}"
        cells = {cell["properties"]["cell"]: cell["properties"]["count"] for cell in json.loads(get(f"/api/v1/heatmap?{query}")[1])["features"]}
        for z in zooms:
            drawn = decoded("heatmap", query, z, bounds, 0.05)
            assert {cell["cell"]: cell["count"] for cell in drawn} == cells and len({(c["cell"], c["count"]) for c in drawn}) == len(cells), (query, z)
            checked += 1
    # A study from the first zoom on; what is null in the GeoJSON is not there on tiles.
    halves = "&from=2026-01-01&to=2026-07-01&before_from=2025-07-01&before_to=2026-01-01"
    for study in ["statistic=gi_star&size_m=500", "statistic=gi_star&grid=h3&resolution=8&rings=2", f"statistic=change&size_m=500{halves}"]:
        query = f"municipality={code}&{study}"
        answer = json.loads(get(f"/api/v1/heatmap?{query}")[1])
        told = {cell["id"]: {name: value for name, value in cell["properties"].items() if value is not None} for cell in answer["features"]}
        for z in [0, 6, 9, 11]:
            drawn = decoded("heatmap", query, z, bounds, 0.05)
            assert told and {cell["cell"]: cell for cell in drawn} == told and all(cell == told[cell["cell"]] for cell in drawn), (query, z)
            checked += 1
    for size in [250, 1000]:
        query = f"municipality={code}&size_m={size}"
        answer = json.loads(get(f"/api/v1/heatmap?{query}", False)[1])
        cells = {cell["properties"]["cell"]: cell["properties"]["count"] for cell in answer["features"]}
        drawn = decoded("heatmap", query, 10, bounds, 0.05, False)
        assert {cell["cell"]: cell.get("count") for cell in drawn} == cells, query
        assert all(("count" in cell) != ("suppressed" in cell) for cell in drawn)
        checked += 1
    areas = json.loads(get(f"/api/v1/municipalities/{code}/focus-areas", False)[1])["features"]
    places = {area["id"] for area in areas if area["geometry"]}
    for z in [9, 13]:
        assert {area["id"] for area in decoded("focus-areas", f"municipality={code}", z, bounds, 0.05, False)} == places, (code, z)
        checked += 1
print(f"{checked} questions answered alike")
