"""Makes edge.csv beside this file: the share of a kernel's mass within a rectangle, by adaptive quadrature.

    pip install scipy==1.17.1 && python make_edge.py
"""

import importlib.metadata
import math
import pathlib

from scipy.integrate import quad

STEP, COLUMNS, ROWS = 50.0, 12, 6
H, SIGMA = 200.0, 70.0


def quartic(x, y):
    """Mass of the quartic kernel at (x, y) within the rectangle: across each chord in closed form, along it by quadrature."""

    def chord(dy):
        r2 = H * H - dy * dy
        if r2 <= 0:
            return 0.0
        a = max(-math.sqrt(r2), -x)
        b = min(math.sqrt(r2), COLUMNS * STEP - x)
        # The integral of (r2 - t^2)^2 over t.
        F = lambda t: r2 * r2 * t - 2 * r2 * t**3 / 3 + t**5 / 5
        return 3 / (math.pi * H**6) * (F(b) - F(a))

    low, high = max(-H, -y), min(H, ROWS * STEP - y)
    breaks = [d for d in (math.sqrt(max(H * H - x * x, 0)), math.sqrt(max(H * H - (COLUMNS * STEP - x) ** 2, 0))) if d > 0]
    points = [p for d in breaks for p in (-d, d) if low < p < high]
    return quad(chord, low, high, points=points or None, epsabs=1e-12, epsrel=1e-12, limit=200)[0]


def gaussian(x, y):
    F = lambda d: 0.5 * math.erf(d / (SIGMA * math.sqrt(2)))
    return (F(COLUMNS * STEP - x) - F(-x)) * (F(ROWS * STEP - y) - F(-y))


head = f"# share within a rectangle of {COLUMNS} x {ROWS} cells of {STEP} m: quartic h = {H} m, Gaussian sigma = {SIGMA} m; scipy {importlib.metadata.version('scipy')}"
lines = [head, "column,row,quartic,gaussian"]
for row in range(ROWS):
    for column in range(COLUMNS):
        x, y = (column + 0.5) * STEP, (row + 0.5) * STEP
        lines.append(f"{column},{row},{quartic(x, y):.12f},{gaussian(x, y):.12f}")
(pathlib.Path(__file__).parent / "edge.csv").write_text("\n".join(lines) + "\n")
