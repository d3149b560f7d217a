"""Asks esda and scikit-learn: `studies.py COUNTS.csv SIDE PERMUTATIONS PLACES.csv EPS MIN_POINTS` prints what they answer and how long
it took, as JSON. Counts lie row by row in a square of SIDE cells; weights are binary, queen contiguity with the cell itself."""

import json
import sys
import time

import esda
import libpysal
import numpy
import sklearn
from sklearn.cluster import DBSCAN

RUNS = 7


def timed(run, runs):
    answer = run()  # Warm: numba compiles at the first call.
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        times.append((time.perf_counter() - started) * 1e6)
    return answer, times


def main(counts, side, permutations, places, eps, min_points):
    x = numpy.loadtxt(counts)
    weights = libpysal.weights.lat2W(side, side, rook=False)

    def local(permutations):
        return esda.G_Local(x, weights, transform="B", star=True, permutations=permutations, seed=20261123, n_jobs=1)

    analytic, analytic_us = timed(lambda: local(0), RUNS)
    permuted, permuted_us = timed(lambda: local(permutations), RUNS)
    points = numpy.loadtxt(places, delimiter=",")
    clusters, clusters_us = timed(lambda: DBSCAN(eps=eps, min_samples=min_points, n_jobs=1).fit(points), RUNS)
    told = {
        "versions": {"esda": esda.__version__, "scikit-learn": sklearn.__version__},
        "z": analytic.Zs.tolist(),
        "p_folded": permuted.p_sim.tolist(),
        "analytic_us": analytic_us,
        "permuted_us": permuted_us,
        "labels": clusters.labels_.tolist(),
        "core": clusters.core_sample_indices_.tolist(),
        "clusters_us": clusters_us,
    }
    json.dump(told, sys.stdout)


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], float(sys.argv[5]), int(sys.argv[6]))
