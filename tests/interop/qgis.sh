#!/usr/bin/env bash
# QGIS without a screen opens every collection with its OAPIF provider, logged in by HTTP Basic, and reads all of it.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/interop/lib/demo.sh
needs python3-qgis qgis-providers
export QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="$folder" HOME="$folder"
args=()
for collection in focus-areas heatmap reports; do
  args+=("$collection=$(matched "$collection")")
done
/usr/bin/python3 tests/interop/lib/qgis_read.py "$url/ogc" "$token" "${args[@]}"
