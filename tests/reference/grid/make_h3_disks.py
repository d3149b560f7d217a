"""Makes h3_disks.csv beside this file: the cells within k steps of a cell, at pentagons too, by Uber's own library (Apache 2.0).

    pip install h3==4.5.0 && python make_h3_disks.py
"""

import pathlib
import random

import h3

random.seed(12)
HERE = pathlib.Path(__file__).parent
lines = [f"# cells within k steps; h3-py {h3.__version__}, H3 core {h3.versions()['c']}", "resolution,k,cell,disk"]
for resolution in range(7, 12):
    pentagon = sorted(h3.get_pentagons(resolution))[resolution - 7]
    beside = sorted(h3.grid_disk(pentagon, 2))[3]
    own = [h3.latlng_to_cell(random.uniform(55.0, 69.5), random.uniform(10.5, 24.5), resolution) for _ in range(6)]
    for number, cell in enumerate([pentagon, beside, pentagon, beside, *own]):
        k = 1 if number < 2 else number % 5 + 1
        lines.append(f"{resolution},{k},{cell},{' '.join(sorted(h3.grid_disk(cell, k)))}")
(HERE / "h3_disks.csv").write_text("\n".join(lines) + "\n")
