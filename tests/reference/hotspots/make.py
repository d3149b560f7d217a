"""Makes the answers beside this file with esda (BSD-3) and scipy (BSD-3), neither written here; see README.md.

    pip install esda==2.9.0 libpysal==4.14.1 scipy==1.17.1 && python make.py && Rscript make.R

The data are made up: counts of clusters on lattices with holes, and of scattered places.
"""

import math
import pathlib
import warnings

import numpy as np
from esda.getisord import G_Local
from libpysal.weights import DistanceBand, fill_diagonal
from scipy import stats

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(20261123)


def counts(xy):
    """Skewed, as counts of reports are: a low background and a few clusters."""
    centres = xy[rng.choice(len(xy), 4, replace=False)]
    spread = (xy.max(axis=0) - xy.min(axis=0)).max() / 12
    rate = 0.2 + sum(size * np.exp(-((xy - c) ** 2).sum(axis=1) / (2 * spread**2)) for size, c in zip((2, 4, 8, 20), centres))
    return rng.poisson(rate)


def lattice(columns, rows, kept):
    cells = [(c, r) for c in range(columns) for r in range(rows)]
    return np.array([cells[k] for k in sorted(rng.choice(len(cells), kept, replace=False))]) + (-7, 20)


def weights(xy, band):
    w = DistanceBand(xy, band, binary=True, silence_warnings=True)
    return w, fill_diagonal(w, 1)


squares, hexes = lattice(19, 17, 240), lattice(19, 17, 240)
# Flat-topped hexagons of edge 1, odd columns half a cell up (as PostGIS ST_HexagonGrid).
centres = np.array([(1.5 * c, (r + 0.5 * (c % 2)) * math.sqrt(3)) for c, r in hexes])
places = rng.integers(0, 20_000, (240, 2))
cases = [
    # name, the numbers that tell the cells, their places, band: one and two rings, or metres
    ("square 1", squares, squares.astype(float), 1.5),
    ("square 2", squares, squares.astype(float), 2.9),
    ("hex 1", hexes, centres, 1.8),
    ("hex 2", hexes, centres, 3.6),
    ("band 1500", places, places.astype(float), 1500.0),
]
made = [f"# esda 2.9.0 G_Local(transform='B', star=True), scipy {__import__('scipy').__version__}", "case,a,b,count,z,p,q"]
places_of = ["case,x,y,band"]
for name, cells, xy, band in cases:
    x = counts(xy)
    w, _ = weights(xy, band)
    g = G_Local(x.astype(float), fill_diagonal(w, 1), transform="B", star=True, permutations=0)
    p = 2 * stats.norm.sf(np.abs(g.Zs))
    q = stats.false_discovery_control(p)
    made += [f"{name},{a},{b},{n},{z:.17g},{one:.17g},{other:.17g}" for (a, b), n, z, one, other in zip(cells, x, g.Zs, p, q)]
    places_of += [f"{name},{a:.17g},{b:.17g},{band}" for a, b in xy]
(HERE / "gi_star.csv").write_text("\n".join(made) + "\n")
(HERE / "places.csv").write_text("\n".join(places_of) + "\n")

# Permutations: how many of esda's conditional draws gave at least, and at most, what there is. Its G are sums over the total:
# whole numbers again, so that no rounding decides a tie.
R = 9999
made = [f"# esda 2.9.0 G_Local(transform='B', star=True, permutations={R}, seed=7)", "a,b,count,at_least,at_most,p_sim"]
name, cells, xy, band = cases[0]
x = counts(xy)
g = G_Local(x.astype(float), fill_diagonal(weights(xy, band)[0], 1), transform="B", star=True, permutations=R, seed=7, n_jobs=1)
drawn, there = np.rint(g.rGs * x.sum()).astype(int), np.rint(g.Gs * x.sum()).astype(int)[:, None]
assert np.abs(g.rGs * x.sum() - drawn).max() < 1e-6
more, less = (drawn >= there).sum(axis=1), (drawn <= there).sum(axis=1)
made += [f"{a},{b},{n},{m},{l},{s:.17g}" for (a, b), n, m, l, s in zip(cells, x, more, less, g.p_sim)]
(HERE / "permutations.csv").write_text("\n".join(made) + "\n")

# The false discovery rate of p values with ties, ones and very small ones.
p = np.concatenate([rng.uniform(0, 1, 120), rng.choice([1e-300, 1e-12, 0.002, 0.01, 0.05, 1.0], 80)])
rng.shuffle(p)
made = [f"# scipy {__import__('scipy').__version__} stats.false_discovery_control(method='bh')", "p,q"]
made += [f"{one:.17g},{other:.17g}" for one, other in zip(p, stats.false_discovery_control(p))]
(HERE / "fdr.csv").write_text("\n".join(made) + "\n")
