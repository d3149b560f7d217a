#!/usr/bin/env bash
# OWSLib walks the landing page, the conformance classes, the description and every collection, page by page.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=0.35.0
. tests/interop/lib/demo.sh
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "OWSLib==$version"
echo "== OWSLib $version"
"$folder/venv/bin/python" tests/interop/lib/owslib_walk.py "$url/ogc/" "$token"
