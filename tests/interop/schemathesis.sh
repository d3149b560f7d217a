#!/usr/bin/env bash
# schemathesis asks a running demo everything its description allows, and much that it does not: does it answer as docs/openapi.json says?
# `LYKTA_BIN` is the program to ask (a debug build otherwise), `MAX_EXAMPLES` how much is asked of each operation.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=4.32.5

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
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"

token=schemathesis-asks-as-planner
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
LYKTA_OPERATOR_TOKEN=$token LYKTA_RATE_LIMIT=off LYKTA_TRUSTED_PROXIES=127.0.0.1 LYKTA_LOG=error \
  "$LYKTA_BIN" demo --listen "127.0.0.1:$port" --database "sqlite://$folder/lykta.db" >"$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 600); do
  python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/readyz')" 2>/dev/null && break
  kill -0 "$server" || { cat "$folder/server.log"; exit 1; }
  sleep 0.5
done

ask() {
  printf '\n== schemathesis %s, %s\n' "$version" "$1"
  shift
  "$folder/venv/bin/schemathesis" --config-file tests/interop/schemathesis.toml run docs/openapi.json --url "http://127.0.0.1:$port" \
    --phases examples,coverage,fuzzing --max-examples "${MAX_EXAMPLES:-25}" --warnings off "$@"
}
failed=0
# A planner who logs out or shows a wrong token is no planner any more: those two are asked as anybody.
ask "as a planner" -H "Authorization: Bearer $token" --exclude-checks ignored_auth || failed=1
ask "as anybody" || failed=1

# A panic is caught and answered with a 500; it would also stand here.
if grep -E 'panicked|ERROR' "$folder/server.log"; then failed=1; fi
exit "$failed"
