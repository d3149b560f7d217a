#!/usr/bin/env bash
# @placemarkio/check-geojson (RFC 7946) looks at every kind of collection there is, as anybody and as a planner.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=0.1.14
. tests/interop/lib/demo.sh
npm install --silent --no-audit --no-fund --prefix "$folder/npm" "@placemarkio/check-geojson@$version"
cp tests/interop/lib/check_geojson.mjs "$folder/npm/"
echo "== @placemarkio/check-geojson $version"
node "$folder/npm/check_geojson.mjs" "$url" "$token"
