"""Makes distances.csv and borders.csv beside this file: geodesic metres on WGS 84 by GeographicLib.

    pip install geographiclib==2.1 && python make.py
"""

import importlib.metadata
import math
import pathlib
import random

from geographiclib.geodesic import Geodesic

random.seed(84)
HERE = pathlib.Path(__file__).parent
head = f"GeographicLib {importlib.metadata.version('geographiclib')}, WGS 84, metres"


def metres(lon1, lat1, lon2, lat2):
    return Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"]


lines = [f"# distance of two places; {head}", "lon1,lat1,lon2,lat2,metres"]
for number in range(300):
    lon, lat = random.uniform(10.5, 24.5), random.uniform(55, 69.5)
    reach = 10 ** random.uniform(-5, 0)
    other = (lon + random.uniform(-reach, reach), lat + random.uniform(-reach, reach))
    if number % 10 == 0:
        lon, lat, other = random.uniform(-180, 180), random.uniform(-90, 90), (random.uniform(-180, 180), random.uniform(-90, 90))
    place = [round(value, 8) for value in (lon, lat, *other)]
    lines.append(",".join(map(str, place)) + f",{metres(*place):.4f}")
(HERE / "distances.csv").write_text("\n".join(lines) + "\n")


def to_edge(place, a, b):
    """The least distance to an edge that is straight in degrees: a coarse walk, then ever finer around the best."""
    at = lambda t: metres(*place, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
    low, high = 0.0, 1.0
    for _ in range(6):
        steps = [low + (high - low) * k / 16 for k in range(17)]
        best = min(steps, key=at)
        width = (high - low) / 16
        low, high = max(0.0, best - width), min(1.0, best + width)
    return at((low + high) / 2) if 0 < best < 1 else min(at(best), at((low + high) / 2))


lines = [f"# least distance of a place to a ring; {head}", "lon lat metres,ring"]
for _ in range(200):
    centre = random.uniform(11, 24), random.uniform(55.5, 69)
    radius = 10 ** random.uniform(-1.5, -0.2)
    count = random.randrange(3, 9)
    ring = []
    for k in range(count):
        angle, r = 2 * math.pi * k / count, radius * random.uniform(0.4, 1)
        ring.append((round(centre[0] + 2 * r * math.cos(angle), 6), round(centre[1] + r * math.sin(angle), 6)))
    ring.append(ring[0])
    reach = radius * random.choice((0.3, 1.5, 3))
    place = round(centre[0] + random.uniform(-2, 2) * reach, 6), round(centre[1] + random.uniform(-1, 1) * reach, 6)
    least = min(to_edge(place, a, b) for a, b in zip(ring, ring[1:]))
    lines.append(f"{place[0]} {place[1]} {least:.3f}," + " ".join(f"{x} {y}" for x, y in ring))
(HERE / "borders.csv").write_text("\n".join(lines) + "\n")
