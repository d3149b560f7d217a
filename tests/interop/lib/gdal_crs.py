"""GDAL >= 3.8 (inside pyogrio) reads every collection in every reference system that it offers; coordinates come out the same place."""

import json
import struct
import sys
import urllib.request

import pyogrio
from pyogrio.raw import read

url, token = sys.argv[1:]
pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": "BASIC", "GDAL_HTTP_USERPWD": f"gis:{token}"})
print("== GDAL", pyogrio.__gdal_version_string__, "in pyogrio", pyogrio.__version__)
failed = False
for collection in ["focus-areas", "heatmap", "reports"]:
    request = urllib.request.Request(f"{url}/ogc/collections/{collection}/items?limit=1", headers={"Authorization": f"Bearer {token}"})
    expected = json.load(urllib.request.urlopen(request))["numberMatched"]
    for name in ["OGC:CRS84", "EPSG:4326", "EPSG:3006"]:
        meta, _, geometry, fields = read(f"OAPIF:{url}/ogc/collections/{collection}", CRS=name, PAGE_SIZE=100, datetime_as_string=True)
        ids = fields[list(meta["fields"]).index("id")]
        # WKB of the first point: byte order, type, then x and y. x is easting or longitude whatever the order of the axes.
        first = ""
        if collection == "reports":
            at = next(wkb for wkb in geometry if wkb is not None)
            x, y = struct.unpack("<dd", at[5:21])
            low, high = ((200_000, 1_000_000), (6_000_000, 7_800_000)) if name == "EPSG:3006" else ((10, 25), (55, 70))
            first = f"first x={x:.3f} y={y:.3f}"
            failed |= not (low[0] < x < low[1] and high[0] < y < high[1])
        failed |= len(ids) != expected or len(set(ids)) != expected
        known_as = meta["crs"].split(",")[0]
        print(f"planner  {collection:12} {name:10} {known_as} API {expected:6}, GDAL {len(ids)} {len(set(ids))}", first)
sys.exit(failed)
