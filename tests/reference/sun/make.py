"""Makes key.csv beside this file: solar elevation (no refraction, sea level) and the light it means, by pvlib's NREL SPA.

    pip install pvlib==0.16.1 && python make.py
"""

import pathlib
import random

import pandas
import pvlib

random.seed(1859)
places = [(14.77, 56.27), (14.44, 59.24), (14.81, 56.88), (18.07, 59.33), (20.23, 67.86), (11.97, 57.71), (-122.42, 37.77), (18.42, -33.92)]
rows = [
    f"# geometric elevation in degrees; pvlib {pvlib.__version__} spa.solar_position, height 0, delta T by pvlib for the year",
    "lon,lat,utc,elevation_deg,light",
]
for lon, lat in places:
    for _ in range(60):
        second = random.randrange(1_420_070_400, 1_893_456_000)  # 2015 to 2029
        time = pandas.DatetimeIndex([pandas.Timestamp(second, unit="s", tz="UTC")])
        sun = pvlib.solarposition.spa_python(time, lat, lon, altitude=0, delta_t=None)
        elevation = float(sun["elevation"].iloc[0])
        light = "day" if elevation >= -0.833 else "twilight" if elevation >= -6 else "dark"
        rows.append(f"{lon},{lat},{time[0].strftime('%Y-%m-%dT%H:%M:%SZ')},{elevation:.5f},{light}")
pathlib.Path(__file__).with_name("key.csv").write_text("\n".join(rows) + "\n")
