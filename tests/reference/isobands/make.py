"""Makes surface.csv and areas.csv beside this file: a surface, and areas and rings of its filled contours, by contourpy.

    pip install contourpy==1.3.3 numpy==2.4.6 && python make.py

The surface is made up: bumps and noise, so that there are saddles, islands, holes and bands that leave the lattice.
"""

import importlib.metadata
import pathlib

import contourpy
import numpy as np

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(13)
COLUMNS, ROWS, STEP = 61, 47, 50.0
x, y = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
z = 0.6 * rng.random((ROWS, COLUMNS))
for _ in range(14):
    cx, cy, s, a = rng.uniform(0, COLUMNS), rng.uniform(0, ROWS), rng.uniform(1.5, 9), rng.uniform(1, 8)
    z += a * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * s * s))
z = np.round(z, 9)
head = f"contourpy {importlib.metadata.version('contourpy')}, numpy {np.__version__}"
rows = [f"# values, one row of the lattice a line, from the south; {head}"] + [",".join(f"{v:.9f}" for v in row) for row in z]
(HERE / "surface.csv").write_text("\n".join(rows) + "\n")

levels = [0.25, 0.5, 0.9, 1.7, 2.5, 4.0, 5.5, 7.0, 9.0]
generator = contourpy.contour_generator(x * STEP, y * STEP, z, name="serial", fill_type="OuterOffset")
area = lambda ring: 0.5 * np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1])
lines = [f"# filled contours in square metres, step {STEP} m; {head}", "low,high,area,polygons,holes"]
for low, high in zip(levels, levels[1:] + [1e9]):
    points, offsets = generator.filled(low, high)
    rings = [p[a:b] for p, o in zip(points, offsets) for a, b in zip(o[:-1], o[1:])]
    total = sum(area(ring) for ring in rings)
    lines.append(f"{low},{high},{total:.6f},{len(points)},{len(rings) - len(points)}")
(HERE / "areas.csv").write_text("\n".join(lines) + "\n")
