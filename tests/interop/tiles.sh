#!/usr/bin/env bash
# Every tile of some zooms of a running demo, in three decoders that are not ours: do they hold what the GeoJSON of the same question has?
# @mapbox/vector-tile (what MapLibre draws with), mapbox-vector-tile (Python) and GDAL (gdal-bin). `LYKTA_BIN` is the program to ask.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/interop/lib/demo.sh
needs gdal-bin
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "mapbox-vector-tile==2.2.0"
npm install --silent --no-audit --no-fund --prefix "$folder/node" "@mapbox/vector-tile@3.0.0" "pbf@5.1.2"
cp tests/interop/tiles.mjs "$folder/node/"

"$folder/venv/bin/python" tests/interop/tiles.py "$url" "$token" "$folder"
if grep -E 'panicked|ERROR' "$folder/server.log"; then exit 1; fi
