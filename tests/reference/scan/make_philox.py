"""Makes philox.csv beside this file: random numbers of NumPy's Philox4x64-10 by seed and stream.

    pip install numpy==2.4.6 && python make_philox.py
"""

import pathlib

import numpy as np

lines = [f"# numpy {np.__version__} Philox(key=[seed, stream]).random_raw(11)", "seed,stream," + ",".join(f"n{i}" for i in range(11))]
for seed, stream in [(0, 0), (1, 0), (0, 1), (20261123, 998), (2**64 - 1, 2**63), (42, 2**64 - 1)]:
    key = np.array([seed, stream], dtype=np.uint64)
    lines.append(",".join(map(str, [seed, stream, *np.random.Philox(key=key).random_raw(11).tolist()])))
(pathlib.Path(__file__).parent / "philox.csv").write_text("\n".join(lines) + "\n")
