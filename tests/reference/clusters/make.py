"""Makes made_up.csv, memphis.csv and lancashire.csv beside this file: DBSCAN by scikit-learn.

    pip install scikit-learn==1.9.1 numpy==2.4.6 pyproj==3.7.2 && python make.py [FOLDER WITH crime-memphis AND crime-lancashire-asb]

made_up.csv holds points and answers. The other two hold answers only (labels, and sums per cluster); the points are
robberies in Memphis 2019 (Crime Open Database, MIT) and anti-social behaviour in Lancashire 2022 (police.uk, Open
Government Licence v3), which are not part of the repository, in UTM zones 16N and 30N.
"""

import csv
import gzip
import importlib.metadata
import pathlib
import sys

import numpy as np
import pyproj
from sklearn.cluster import DBSCAN
from sklearn.neighbors import KDTree

HERE = pathlib.Path(__file__).parent
head = f"scikit-learn {importlib.metadata.version('scikit-learn')}, pyproj {pyproj.__version__} (PROJ {pyproj.proj_version_str})"


def clustered(points, eps, least, algorithm="auto"):
    made = DBSCAN(eps=eps, min_samples=least, algorithm=algorithm).fit(points)
    core = np.zeros(len(points), bool)
    core[made.core_sample_indices_] = True
    return made.labels_, core


rng = np.random.default_rng(96)
parts = [rng.normal((x, y), s, (n, 2)) for x, y, s, n in [(100, 100, 15, 90), (180, 110, 20, 90), (400, 380, 60, 120), (700, 100, 8, 60)]]
# A street of points 9 m apart, a whole-number lattice with pairs exactly eps apart, one spot often, and scattered ones.
parts += [np.column_stack([np.arange(0, 700, 9), np.full(78, 600)]), np.array([(x, y) for x in range(600, 760, 20) for y in range(300, 460, 20)], float)]
parts += [np.full((40, 2), (520.0, 520.0)), rng.uniform(0, 800, (160, 2))]
points = np.round(np.vstack(parts), 2)
rng.shuffle(points)
points += (480000, 6250000)
columns = [clustered(points, eps, least) for eps, least in [(20, 5), (20, 4), (35, 12), (9, 3)]]
lines = [f"# label (-1 is noise) and core for (eps, min_points) = (20, 5), (20, 4), (35, 12), (9, 3); {head}", "x,y,a,a_core,b,b_core,c,c_core,d,d_core"]
for i, (x, y) in enumerate(points):
    lines.append(f"{x:.2f},{y:.2f}," + ",".join(f"{labels[i]},{int(core[i])}" for labels, core in columns))
(HERE / "made_up.csv").write_text("\n".join(lines) + "\n")

data = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[3] / "shared/data"


def projected(rows, zone):
    to_metres = pyproj.Transformer.from_crs(4326, 32600 + zone, always_xy=True)
    return np.column_stack(to_metres.transform(*zip(*rows)))


def unambiguous(points, eps):
    """No pair so near to eps that another projection's last digits would decide."""
    tree = KDTree(points)
    assert tree.two_point_correlation(points, [eps - 1e-3]) == tree.two_point_correlation(points, [eps + 1e-3])


with open(data / "crime-memphis/robberies_2019.csv", newline="") as file:
    memphis = projected([(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)], 16)
lines = [f"# per robbery: label and core for (eps, min_points) = (150, 5), (400, 12); {head}", "a,a_core,b,b_core"]
columns = []
for eps, least in [(150, 5), (400, 12)]:
    unambiguous(memphis, eps)
    columns.append(clustered(memphis, eps, least))
for i in range(len(memphis)):
    lines.append(",".join(f"{labels[i]},{int(core[i])}" for labels, core in columns))
(HERE / "memphis.csv").write_text("\n".join(lines) + "\n")

with gzip.open(data / "crime-lancashire-asb/lancashire_asb_2022.tab.gz", "rt", newline="") as file:
    lancashire = projected([(float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(file, delimiter="\t")], 30)
lines = [f"# sums per cluster of the row numbers (from 0) of its points and of its core points; {head}", "eps,min_points,label,points,core,rows,core_rows"]
for eps, least in [(30, 20), (100, 60)]:
    unambiguous(lancashire, eps)
    labels, core = clustered(lancashire, eps, least)
    for label in range(labels.max() + 1):
        rows, core_rows = np.flatnonzero(labels == label), np.flatnonzero((labels == label) & core)
        lines.append(f"{eps},{least},{label},{len(rows)},{len(core_rows)},{rows.sum()},{core_rows.sum()}")
(HERE / "lancashire.csv").write_text("\n".join(lines) + "\n")
