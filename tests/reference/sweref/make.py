"""Makes key.csv beside this file: metric coordinates by PROJ.

    pip install pyproj==3.7.2 && python make.py
"""

import pathlib
import random

import pyproj

random.seed(3006)
points = [(3006, random.uniform(10.5, 24.5), random.uniform(55.0, 69.5)) for _ in range(320)]
for zone in range(1, 61):
    for south in (False, True):
        lon = (zone * 6 - 183 + random.uniform(-3, 3) + 540) % 360 - 180
        lat = random.uniform(0, 80)
        points.append(((32700 if south else 32600) + zone, lon, -lat if south else lat))
# Beyond a zone's own width: a kommun may straddle two, and the projection must still hold.
for _ in range(120):
    points.append((32633, random.uniform(0, 30), random.uniform(0, 80)))

rows = [
    f"# WGS 84 to metric; pyproj {pyproj.__version__}, PROJ {pyproj.proj_version_str}, EPSG registry as shipped",
    "epsg,lon,lat,e,n",
]
for code, lon, lat in points:
    # SWEREF 99 is taken as WGS 84, as the product does: the projection alone is under test.
    crs = pyproj.CRS.from_epsg(code)
    project = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    lon, lat = round(lon, 7), round(lat, 7)
    e, n = project.transform(lon, lat)
    rows.append(f"{code},{lon},{lat},{e:.5f},{n:.5f}")
pathlib.Path(__file__).with_name("key.csv").write_text("\n".join(rows) + "\n")
