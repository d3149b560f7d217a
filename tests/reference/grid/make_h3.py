"""Makes h3.csv and h3_rings.csv beside this file: cells of points, and boundaries of cells, by Uber's own library.

    pip install h3==4.5.0 && python make_h3.py
"""

import pathlib
import random

import h3

random.seed(8)
HERE = pathlib.Path(__file__).parent
head = f"h3-py {h3.__version__}, H3 core {h3.versions()['c']}"

lines = [f"# cell of a point; {head}", "resolution,lon,lat,cell"]
for number in range(2500):
    resolution = 7 + number % 5
    if number % 10 < 8:
        lon, lat = random.uniform(10.5, 24.5), random.uniform(55.0, 69.5)
    else:
        lon, lat = random.uniform(-180, 180), random.uniform(-84, 84)
    if number % 10 in (1, 4, 9):
        # Beside an edge: a thousandth of the way from its middle to the centre of the cell.
        cell = h3.latlng_to_cell(lat, lon, resolution)
        (centre_lat, centre_lon), boundary = h3.cell_to_latlng(cell), h3.cell_to_boundary(cell)
        (a_lat, a_lon), (b_lat, b_lon) = boundary[0], boundary[1]
        near = random.choice((-0.001, 0.001))
        lat = (a_lat + b_lat) / 2 + near * (centre_lat - (a_lat + b_lat) / 2)
        lon = (a_lon + b_lon) / 2 + near * (centre_lon - (a_lon + b_lon) / 2)
    lon, lat = round(lon, 9), round(lat, 9)
    lines.append(f"{resolution},{lon},{lat},{h3.latlng_to_cell(lat, lon, resolution)}")
(HERE / "h3.csv").write_text("\n".join(lines) + "\n")

lines = [f"# centre and corners as lon lat pairs; {head}", "cell,centre,corners"]
for number in range(40):
    cell = h3.latlng_to_cell(random.uniform(55.0, 69.5), random.uniform(10.5, 24.5), 7 + number % 5)
    lat, lon = h3.cell_to_latlng(cell)
    corners = " ".join(f"{lon:.9f} {lat:.9f}" for lat, lon in h3.cell_to_boundary(cell))
    lines.append(f"{cell},{lon:.9f} {lat:.9f},{corners}")
(HERE / "h3_rings.csv").write_text("\n".join(lines) + "\n")
