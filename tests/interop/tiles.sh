#!/usr/bin/env bash
# Every tile of some zooms of a running demo, in three decoders that are not ours: do they hold what the GeoJSON of the same question has?
# @mapbox/vector-tile (what MapLibre draws with), mapbox-vector-tile (Python) and GDAL (gdal-bin). `LYKTA_BIN` is the program to ask.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v ogrinfo >/dev/null || { echo "gdal-bin is missing"; exit 1; }
if [ -z "${LYKTA_BIN:-}" ]; then
  cargo build --quiet
  LYKTA_BIN=${CARGO_TARGET_DIR:-target}/debug/lykta
fi
folder=$(mktemp -d)
server=""
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "mapbox-vector-tile==2.2.0"
npm install --silent --no-audit --no-fund --prefix "$folder/node" "@mapbox/vector-tile@3.0.0" "pbf@5.1.2"
cp tests/interop/tiles.mjs "$folder/node/"

token=interop-asks-as-planner
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
LYKTA_OPERATOR_TOKEN=$token LYKTA_RATE_LIMIT=off LYKTA_LOG=error \
  "$LYKTA_BIN" demo --listen "127.0.0.1:$port" --database "sqlite://$folder/lykta.db" >"$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 600); do
  python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/readyz')" 2>/dev/null && break
  kill -0 "$server" || { cat "$folder/server.log"; exit 1; }
  sleep 0.5
done

"$folder/venv/bin/python" tests/interop/tiles.py "http://127.0.0.1:$port" "$token" "$folder"
if grep -E 'panicked|ERROR' "$folder/server.log"; then exit 1; fi
