#!/usr/bin/env bash
# GDAL/OGR reads every collection page by page, as anybody and as a planner with HTTP Basic, in CRS84 and in EPSG:3006: as many features
# as the API says, each id once. Debian's GDAL is asked, and the newer one inside pyogrio, which knows reference systems (Part 2).
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/interop/lib/demo.sh
needs gdal-bin
failed=0

echo "== $(ogrinfo --version)"
check() {
  local who=$1 collection=$2 filter=$3 options=() expected found
  [ "$who" = planner ] && options=(--config GDAL_HTTP_AUTH BASIC --config GDAL_HTTP_USERPWD "gis:$token")
  expected=$(matched "$collection" "$filter" "$([ "$who" = planner ] || echo public)")
  rm -f "$folder/out.gpkg"
  # Pages of 100: many of them.
  ogr2ogr "${options[@]}" -f GPKG "$folder/out.gpkg" "OAPIF:$url/ogc/collections/$collection${filter:+?$filter}" -oo PAGE_SIZE=100 -nln got
  found=$(ogrinfo -q -sql "SELECT COUNT(*) AS n, COUNT(DISTINCT id) AS d FROM got" "$folder/out.gpkg" | awk '/n \(/ {n = $NF} /d \(/ {d = $NF} END {print n, d}')
  printf '%-8s %-12s %-24s API %6s, GDAL %s\n' "$who" "$collection" "${filter:-everything}" "$expected" "$found"
  [ "$found" = "$expected $expected" ] || failed=1
}
check anybody focus-areas ""
check anybody heatmap ""
check planner focus-areas ""
check planner heatmap ""
check planner reports ""
# A spatial filter, which the driver hands on as bbox.
expected=$(matched reports bbox=14.5,56.2,14.6,56.3)
found=$(ogrinfo --config GDAL_HTTP_AUTH BASIC --config GDAL_HTTP_USERPWD "gis:$token" -ro -so -spat 14.5 56.2 14.6 56.3 "OAPIF:$url/ogc" reports | sed -n 's/^Feature Count: //p')
printf 'planner  reports      in a box                 API %6s, GDAL %s\n' "$expected" "$found"
[ "$found" = "$expected" ] && [ "$expected" -gt 0 ] || failed=1

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyogrio==0.11.1
"$folder/venv/bin/python" tests/interop/lib/gdal_crs.py "$url" "$token" || failed=1
exit "$failed"
