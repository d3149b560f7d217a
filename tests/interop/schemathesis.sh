#!/usr/bin/env bash
# schemathesis asks a running demo everything its description allows, and much that it does not: does it answer as docs/openapi.json says?
# `LYKTA_BIN` is the program to ask (a debug build otherwise), `MAX_EXAMPLES` how much is asked of each operation.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=4.32.5
. tests/interop/lib/demo.sh

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"

ask() {
  printf '\n== schemathesis %s, %s\n' "$version" "$1"
  shift
  "$folder/venv/bin/schemathesis" --config-file tests/interop/schemathesis.toml run docs/openapi.json --url "$url" \
    --phases examples,coverage,fuzzing --max-examples "${MAX_EXAMPLES:-25}" --warnings off "$@"
}
failed=0
# A planner who logs out or shows a wrong token is no planner any more: those two are asked as anybody.
ask "as a planner" -H "Authorization: Bearer $token" --exclude-checks ignored_auth || failed=1
ask "as anybody" || failed=1

# A panic is caught and answered with a 500; it would also stand here.
if grep -E 'panicked|ERROR' "$folder/server.log"; then failed=1; fi
exit "$failed"
