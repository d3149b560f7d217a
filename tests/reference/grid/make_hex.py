"""Makes hex.csv and hex_rings.csv beside this file: which cell of PostGIS ST_HexagonGrid covers a point, and the cells' corners.

Needs a scratch database with PostGIS (the key was made with 3.3.2, GEOS 3.11.1) and psql:

    PGHOST=… PGDATABASE=… python make_hex.py
"""

import math
import pathlib
import random
import subprocess

random.seed(1000)
HERE = pathlib.Path(__file__).parent
SIZES = (50, 100, 200, 400)


def sql(statement: str) -> list[str]:
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"], input=statement, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def anywhere() -> tuple[float, float]:
    """Within the extent of Sweden in SWEREF 99 TM, and sometimes left of or below the origin."""
    if random.random() < 0.1:
        return random.uniform(-9e4, 9e4), random.uniform(-9e4, 9e4)
    return random.uniform(260_000, 920_000), random.uniform(6_130_000, 7_680_000)


def near_edge(size: int) -> tuple[float, float]:
    """One millimetre to either side of an edge of some hexagon."""
    x, y = anywhere()
    column = round(x / (1.5 * size))
    height = size * math.sqrt(3)
    row = round(y / height)
    centre = column * 1.5 * size, (row + 0.5 * (column % 2)) * height
    angle = math.radians(60 * random.randrange(6))
    a, b = [(size * math.cos(angle + t), size * math.sin(angle + t)) for t in (0, math.pi / 3)]
    t = random.uniform(0.001, 0.999)
    out = random.choice((-0.001, 0.001))
    normal = angle + math.pi / 6
    return (
        centre[0] + a[0] + t * (b[0] - a[0]) + out * math.cos(normal),
        centre[1] + a[1] + t * (b[1] - a[1]) + out * math.sin(normal),
    )


points = []
for size in SIZES:
    points += [(size, *anywhere()) for _ in range(300)]
    points += [(size, *near_edge(size)) for _ in range(400)]
values = ",".join(f"({n},{size},{x:.6f},{y:.6f})" for n, (size, x, y) in enumerate(points))
found = sql(f"""
    SELECT p.size, p.x, p.y, h.i, h.j
    FROM (VALUES {values}) AS p(n, size, x, y),
         ST_HexagonGrid(p.size, ST_Expand(ST_Point(p.x, p.y, 3006), p.size)) AS h
    WHERE ST_Covers(h.geom, ST_Point(p.x, p.y, 3006))
    ORDER BY p.n;
""")
assert len(found) == len(points), (len(found), len(points))
version = sql("SELECT postgis_lib_version() || ', GEOS ' || postgis_geos_version()")[0]
lines = [f"# covering cell of ST_HexagonGrid; PostGIS {version}", "size,x,y,i,j"] + [row.replace("|", ",") for row in found]
(HERE / "hex.csv").write_text("\n".join(lines) + "\n")

rings = sql("""
    SELECT s.size, h.i, h.j, string_agg(ST_X(d.geom) || ' ' || ST_Y(d.geom), ' ' ORDER BY d.path)
    FROM (VALUES (50), (100), (200), (400)) AS s(size),
         ST_HexagonGrid(s.size, ST_Expand(ST_Point(520000, 6700000, 3006), s.size)) AS h,
         ST_DumpPoints(h.geom) AS d
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
""")
lines = [f"# corners in metres, as x y pairs, first repeated; PostGIS {version}", "size,i,j,corners"]
lines += [row.replace("|", ",") for row in rings]
(HERE / "hex_rings.csv").write_text("\n".join(lines) + "\n")
