"""Makes made_up.csv and clusters.csv beside this file: Kulldorff's scan by brute force, written from the paper.

    Rscript export.R && pip install numpy==2.4.6 scipy==1.17.1 && python make.py

Shares nothing with the program but the definition: every circle is a mask over the matrix of all distances, and secondary
clusters are found by walking down the list of all circles. The counts of simulated maxima that reach each cluster come
from NumPy's own multinomial draws.

What others published about the New York data (SaTScan's answers as stated in the tests of the R package smerc, circles up to
half of the residents, by great circles between slightly other middles of the tracts): most likely cluster of 31 tracts, 106 cases of 62.13 expected, relative risk 1.87, log likelihood ratio 14.78; then
9 tracts, 42 of 21.24, 2.06, 8.29; then 16 tracts, 44 of 23.83, 1.92, 7.20.
"""

import csv
import pathlib

import numpy as np
import scipy
from scipy.special import xlogy

HERE = pathlib.Path(__file__).parent


def llr(c, e, total):
    inside = xlogy(c, np.divide(c, e))
    outside = xlogy(total - c, np.divide(total - c, total - e))
    return np.where(c > e, inside + outside, 0.0)


def circles(xy, expected, share, radius):
    """Every distinct set of cells that a circle allows, as rows of a matrix of 0 and 1."""
    dx, dy = xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1]
    d2 = dx * dx + dy * dy
    masks = set()
    for i in range(len(xy)):
        for r2 in np.unique(d2[i][d2[i] <= radius * radius]):
            mask = d2[i] <= r2
            if 0 < expected[mask].sum() <= share * expected.sum() * (1 + 1e-9):
                masks.add(mask.tobytes())
    return np.array([np.frombuffer(mask, bool) for mask in sorted(masks)], float)


def scan(name, xy, cases, population, share, radius, rounds=1999):
    total = cases.sum()
    expected = population * total / population.sum()
    masks = circles(xy, expected, share, radius)
    inside = masks @ expected
    ratios = llr(masks @ cases, inside, total)
    rng = np.random.default_rng(2010)
    maxima = []
    for _ in range(0, rounds, 100):
        dealt = rng.multinomial(total, expected / expected.sum(), size=min(100, rounds - len(maxima)))
        maxima.extend(llr(masks @ dealt.T, inside[:, None], total).max(axis=0))
    taken = np.zeros(len(xy), bool)
    for row in np.argsort(-ratios, kind="stable"):
        mask = masks[row] > 0
        if (mask & taken).any():
            continue
        # From the first tie on the order is anybody's.
        if ratios[row] <= 0 or (np.abs(ratios[~(masks[:, taken].any(axis=1))] - ratios[row]) < 1e-9).sum() > 1:
            break
        taken |= mask
        reached = int((np.array(maxima) >= ratios[row] - 1e-9).sum())
        cells = " ".join(map(str, np.flatnonzero(mask)))
        yield f"{name},{share},{radius},{int(cases[mask].sum())},{expected[mask].sum():.10f},{ratios[row]:.12f},{reached},{rounds},{cells}"


def table(name):
    with open(HERE / name, newline="") as file:
        next(file)
        header, *rows = csv.reader(file)
    return dict(zip(header, np.array(rows, float).T))


# A town: places at whole metres (so that distances tie), residents skewed, some with none, risk trebled around two places.
rng = np.random.default_rng(1997)
xy = rng.integers(0, 60, (260, 2)) * 50.0
residents = np.round(rng.lognormal(3, 1.2, 260))
residents[rng.random(260) < 0.08] = 0
risk = np.ones(260)
for place, times in [((700, 800), 3.0), ((2200, 2100), 2.5)]:
    risk[np.hypot(*(xy - place).T) < 400] = times
cases = rng.poisson(0.05 * residents * risk)
lines = [f"# made up: metres, residents, cases; numpy {np.__version__}", "x,y,residents,cases"]
lines += [f"{x:.0f},{y:.0f},{r:.0f},{c}" for (x, y), r, c in zip(xy, residents, cases)]
(HERE / "made_up.csv").write_text("\n".join(lines) + "\n")

head = f"# clusters in order, cells by row from 0, and how many of so many simulated maxima reach them; numpy {np.__version__}, scipy {scipy.__version__}"
lines = [head, "data,max_share,max_radius_m,observed,expected,llr,reached,rounds,cells"]
lines += scan("made_up", xy, cases, residents, 0.1, 600)
lines += scan("made_up", xy, cases, residents, 0.5, 5000)
sids, ny = table("sids.csv"), table("ny.csv")
for year in ("74", "79"):
    place = np.column_stack([sids["x"], sids["y"]])
    lines += scan("sids" + year, place, sids["deaths" + year].astype(int), sids["births" + year], 0.5, 1e6)
lines += scan("ny", np.column_stack([ny["x"], ny["y"]]), ny["cases"].astype(int), ny["residents"], 0.5, 1e6)
(HERE / "clusters.csv").write_text("\n".join(lines) + "\n")
